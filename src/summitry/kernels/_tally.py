"""How many packages, and which, have exactly the values of one efficient point: answered from the stored layers when asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


class Index:
    """Finds points among the columns of a layer (P, F) through a linear 64-bit hash; every hit is compared in full."""

    def __init__(self, points: NDArray[np.int64]) -> None:
        self.points = points
        rng = np.random.default_rng(0)
        while True:
            self.factors = rng.integers(0, 2**63, size=(points.shape[0], 1), dtype=np.uint64) * np.uint64(2) + np.uint64(1)
            codes = self._codes(points)
            self.order = np.argsort(codes, kind="stable")
            self.codes = codes[self.order]
            if (self.codes[1:] != self.codes[:-1]).all():
                return

    def _codes(self, points: NDArray[np.int64]) -> NDArray[np.uint64]:
        coded: NDArray[np.uint64] = (points.astype(np.uint64) * self.factors).sum(axis=0, dtype=np.uint64)
        return coded

    def find(self, points: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the column of each of the points (P, N) in the layer, -1 where it is not there."""
        at = np.minimum(np.searchsorted(self.codes, self._codes(points)), self.codes.size - 1)
        column = self.order[at]
        return np.where((self.points[:, column] == points).all(axis=0), column, -1)


@dataclass(slots=True, eq=False)
class Layers:
    """The efficient sums (P, F_g) of groups g and after, for g = 0 .. G, and the options (P, n_g) that link them."""

    options: tuple[NDArray[np.int64], ...]
    points: tuple[NDArray[np.int64], ...]
    counts: tuple[int, ...] | None = None
    indices: dict[int, Index] = field(default_factory=dict)

    def count(self) -> tuple[int, ...]:
        """Count the packages behind each point of the first layer (F_0,).

        1. The empty sum has one package.
        2. A point of layer g has, over all options of group g, those of the point of layer g + 1 that the option leads to.
        """
        if self.counts is None:
            most = 1
            for options in self.options:
                most *= options.shape[1]
            dtype = np.dtype(np.int64 if most < 2**63 else object)
            behind = np.ones(1, dtype=dtype)
            for g in reversed(range(len(self.options))):
                layer = self.points[g]
                total = np.zeros(layer.shape[1], dtype=dtype)
                for option in self.options[g].T:
                    column = self._index(g + 1).find(layer - option[:, None])
                    hit = column >= 0
                    total[hit] += behind[column[hit]]
                behind = total
            self.counts = tuple(int(number) for number in behind)
        return self.counts

    def packages(self, point: int) -> Iterator[tuple[int, ...]]:
        """List, in lexicographic order, the choices (G) of all packages with the values of a point of the first layer."""
        yield from self._from(0, self.points[0][:, point], ())

    def _from(self, g: int, sums: NDArray[np.int64], choice: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if g == len(self.options):
            yield choice
            return
        rest = sums[:, None] - self.options[g]
        for option in np.flatnonzero(self._index(g + 1).find(rest) >= 0):
            yield from self._from(g + 1, rest[:, option], (*choice, int(option)))

    def _index(self, g: int) -> Index:
        if g not in self.indices:
            self.indices[g] = Index(self.points[g])
        return self.indices[g]
