"""The search in layers of arrays: the twin of `_chains.Listed` for spaces that are large, but not worth a compiler's start.

All states in which equally many steps are done form a layer, and a step leads from each layer to the next. So a layer is worked
out from the next one by whole arrays, one chain after another.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels._chains import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.kernels._chains import Space

    Ints = NDArray[np.int64]


class Layered:
    """See `_chains.Search`. `layers`, from the last one down, are their states and, by side, (states, where they lead) pairs."""

    def __init__(self, space: Space, level: NDArray[np.float64]) -> None:
        self.level = level
        self.sides = space.sides
        places = [np.zeros(1, dtype=np.int64)] * 0
        depth = np.zeros(1, dtype=np.int64)
        for chain in space.chains:
            here = np.arange(len(chain) + 1)
            places = [np.tile(place, len(here)) for place in places] + [np.repeat(here, len(depth))]
            depth = (here[:, None] + depth).reshape(-1)
        order = np.argsort(depth, kind="stable")
        starts = np.searchsorted(depth[order], np.arange(len(space.side) + 2))
        steps: list[list[tuple[int, list[Ints]]]] = [[] for _ in range(space.sides)]
        for c, chain in enumerate(space.chains):
            for place, step in enumerate(chain):
                can = places[c] == place
                for other, least in space.needed[step]:
                    can &= places[other] >= least
                steps[space.side[step]].append((space.strides[c], self._by_layer(np.flatnonzero(can), depth, len(space.side))))
        self.layers = [
            (order[starts[d] : starts[d + 1]], [[(by[d], by[d] + stride) for stride, by in side if len(by[d])] for side in steps])
            for d in range(len(space.side) - 1, -1, -1)
        ]

    @staticmethod
    def _by_layer(states: Ints, depth: Ints, steps: int) -> list[Ints]:
        """States (k,) apart by the number of steps done, one array for each number below `steps`."""
        ranked = states[np.argsort(depth[states], kind="stable")]
        ends = np.searchsorted(depth[ranked], np.arange(steps + 1))
        return [ranked[ends[d] : ends[d + 1]] for d in range(steps)]

    def bottleneck(self) -> float:
        """See `Search.bottleneck`."""
        best = np.full(len(self.level), inf)
        best[-1] = 0.0
        for states, sides in self.layers:
            for here, then in _moves(sides):
                best[here] = np.minimum(best[here], best[then])
            best[states] = np.maximum(best[states], self.level[states])
        return float(best[0])

    def bottlenecks(self, changes: int) -> list[float]:
        """See `Search.bottlenecks`: one sweep for each change, over what the sweep before left behind."""
        turned = np.full(len(self.level), inf)
        turned[-1] = 0.0
        found: list[float] = []
        for _ in range(changes + 1):
            ahead = np.full((self.sides, len(self.level)), inf)
            ahead[:, -1] = 0.0
            for states, sides in self.layers:
                for best, moves in zip(ahead, sides, strict=True):
                    for here, then in moves:
                        best[here] = np.minimum(best[here], np.minimum(best[then], turned[then]))
                    best[states] = np.maximum(best[states], self.level[states])
            turned = ahead.min(axis=0)
            found.append(float(turned[0]))
        return found

    def fewest(self, cap: float) -> NDArray[np.int16]:
        """See `Search.fewest`."""
        table = np.full((self.sides + 1, len(self.level)), NEVER, dtype=np.int16)
        table[:, -1] = 0
        anybody = table[-1]
        beyond = self.level > cap
        for states, sides in self.layers:
            for found, moves in zip(table, sides, strict=False):
                for here, then in moves:
                    found[here] = np.minimum(found[here], np.minimum(found[then], np.minimum(anybody[then], NEVER - 1) + 1))
            out = states[beyond[states]]
            table[:-1, out] = NEVER
            anybody[states] = table[:-1, states].min(axis=0)
        return table.T


def _moves(sides: list[list[tuple[Ints, Ints]]]) -> Iterator[tuple[Ints, Ints]]:
    for moves in sides:
        yield from moves
