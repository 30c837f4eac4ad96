"""The exact frontier of packages that are put together from groups of choices, without listing the packages.

Nemhauser & Ullmann (1969), "Discrete dynamic programming and capital allocation", Management Science 15(9), for any number of
parties: a package can only be efficient if every part of it is, so groups are added one at a time and dominated sums are
dropped after each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels._exact import whole
from summitry.kernels._tally import Layers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Extended = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]

COMPILE_AT = {2: 2_000_000, 3: 300_000}
"""Candidates from which compiling is worth its second or two, by parties."""
COMPILE_AT_MANY = 200_000
READY_AT = 20_000
"""Candidates from which the compiled way wins once it is loaded."""


@dataclass(frozen=True, slots=True, eq=False)
class Frontier:
    """The packages that nobody can improve for one party without loss to another.

    `values` (F, P) are the distinct efficient points, by first value descending, then the next; each is an exact sum,
    rounded once. `choice` (F, G) is one package for each point: the first in the lexicographic order of choices. `epsilon`
    is 0.0 when the frontier is exact. Otherwise every package is matched by a returned point that is worse for each party
    by at most epsilon times the span between that party's worst and best package.
    """

    values: NDArray[np.float64]
    choice: NDArray[np.int32]
    epsilon: float
    layers: Layers = field(repr=False)

    def count(self) -> tuple[int, ...]:
        """Count the packages with exactly each point's values (F,), in integers of any size; computed at the first call and kept.

        Where epsilon > 0 it counts the packages that the grid let through, so it is a lower bound.
        """
        return self.layers.count()

    def packages(self, point: int) -> Iterator[tuple[int, ...]]:
        """List lazily, in lexicographic order, the choices (G) of all packages with exactly the values of one point."""
        return self.layers.packages(point)


def frontier(groups: Sequence[NDArray[np.float64]], *, limit: int | None = None, parties: int | None = None) -> Frontier:
    """Find the efficient sums of one choice from every group, exactly unless `limit` forces a grid.

    `groups[g]` (n_g, P): what each of the group's choices adds to the value of each of P parties, more is better. `limit` is
    the most points to keep after a group: where the exact frontier has more, they are thinned on a grid, and `epsilon` tells
    what that may cost. `parties` is needed only where there is no group, to say how many zeros the one point has.

    1. Express the values in whole units, so that comparisons are exact (see `_exact.whole` for input that is not decimal).
    2. From the last group to the first: add each choice to each efficient sum of the groups behind it, drop what is
       dominated, and keep one of several equal sums: the one with the least choice, so that the first package in
       lexicographic order remains.
    3. Walk the back-pointers from the first group to the last.

    Raises ValueError where a value is not finite, a group is empty or the groups disagree about the number of parties.
    """
    if limit is not None and limit < 1:
        msg = f"limit is {limit}: at least one point must be kept"
        raise ValueError(msg)
    width = _check(groups, parties)
    problem = whole(groups, width)
    front = np.zeros((width, 1), dtype=np.int64)
    points, parents, picks = [front], [], []
    lost = np.zeros(width)
    work = 0
    for options in reversed(problem.options):
        work += front.shape[1] * options.shape[1]
        front, parent, pick = _extension(width, work)(front, options)
        if limit is not None and front.shape[1] > limit:
            front, kept, step = _thin(front, limit)
            parent, pick = parent[kept], pick[kept]
            lost += step
        points.append(front)
        parents.append(parent)
        picks.append(pick)
    span = sum((options.max(axis=1) for options in problem.options), np.zeros(width, dtype=np.int64))
    epsilon = float(np.max(lost / np.maximum(span, 1)))
    layers = Layers(problem.options, tuple(reversed(points)))
    return Frontier(problem.floats(front), _walk(parents, picks, front.shape[1]), epsilon, layers)


def _check(groups: Sequence[NDArray[np.float64]], parties: int | None) -> int:
    width = parties
    for g, group in enumerate(groups):
        if group.ndim != 2 or 0 in group.shape:  # noqa: PLR2004 (choices, parties)
            msg = f"group {g} has shape {group.shape}: it must be (choices, parties) with at least one of each"
            raise ValueError(msg)
        if width is None:
            width = group.shape[1]
        if group.shape[1] != width:
            msg = f"group {g} values {group.shape[1]} parties where {width} are expected"
            raise ValueError(msg)
        good = np.isfinite(group)
        if not good.all():
            choice, party = (int(axis[0]) for axis in np.nonzero(~good))
            msg = f"the value of group {g}, choice {choice} for party {party} is {group[choice, party]}: it must be finite"
            raise ValueError(msg)
    return width or 0


def _walk(parents: list[NDArray[np.int32]], picks: list[NDArray[np.int32]], count: int) -> NDArray[np.int32]:
    choice = np.empty((count, len(parents)), dtype=np.int32)
    at: NDArray[np.integer] = np.arange(count)
    for column, (parent, pick) in enumerate(zip(reversed(parents), reversed(picks), strict=True)):
        choice[:, column] = pick[at]
        at = parent[at]
    return choice


def _extension(_parties: int, _work: int) -> Callable[[NDArray[np.int64], NDArray[np.int64]], Extended]:
    return extend


def extend(front: NDArray[np.int64], options: NDArray[np.int64]) -> Extended:
    """Add options (P, n) to an efficient front (P, F): the efficient sums, with the front's column and the option of each.

    The front is sorted by the first row descending, then the next, and so is the result. Reference of the compiled ways.
    """
    parties, size = front.shape
    sums = (options[:, :, None] + front[:, None, :]).reshape(parties, -1)
    order = np.lexsort(-sums[::-1])
    ranked = sums[:, order]
    fresh = np.ones(order.size, dtype=np.bool_)
    fresh[1:] = (ranked[:, 1:] != ranked[:, :-1]).any(axis=0)
    order, ranked = order[fresh], ranked[:, fresh]
    keep = _undominated(ranked)
    order = order[keep]
    return np.ascontiguousarray(ranked[:, keep]), (order % size).astype(np.int32), (order // size).astype(np.int32)


def _undominated(points: NDArray[np.int64], block: int = 256) -> NDArray[np.intp]:
    """Find the efficient among distinct points (P, N) that are sorted by the first row descending, then the next."""
    parties, size = points.shape
    if parties < 3:  # noqa: PLR2004 (a running maximum of the second row decides)
        if parties < 2:  # noqa: PLR2004
            return np.zeros(min(size, 1), dtype=np.intp)
        best = np.maximum.accumulate(points[1])
        return np.flatnonzero(np.concatenate([[True], points[1, 1:] > best[:-1]]))
    kept = np.zeros(0, dtype=np.intp)
    for start in range(0, size, block):
        alive = np.arange(start, min(start + block, size))
        for rivals in (kept, alive):
            here, there = points[1:, alive], points[1:, rivals]
            beaten = (there[:, :, None] >= here[:, None, :]).all(axis=0) & (rivals[:, None] < alive[None, :])
            alive = alive[~beaten.any(axis=0)]
        kept = np.concatenate([kept, alive])
    return kept


def _thin(front: NDArray[np.int64], limit: int) -> tuple[NDArray[np.int64], NDArray[np.intp], NDArray[np.float64]]:
    """Keep at most `limit` points: of each cell of a grid over all parties but the last, the one that is best for the last.

    The width of the cells is the least that suffices, as a share of each party's range; a party loses less than a width, and
    the last party nothing.
    """
    low = front.min(axis=1, keepdims=True)
    reach = (front - low).max(axis=1)
    coarse, fine = 1.0, 0.0
    best = _cells(front - low, reach, coarse)
    for _ in range(24):
        middle = (coarse + fine) / 2
        kept = _cells(front - low, reach, middle)
        if kept.size <= limit:
            coarse, best = middle, kept
        else:
            fine = middle
    step = np.floor(reach * coarse)
    step[-1] = 0.0
    return np.ascontiguousarray(front[:, best]), best, step


def _cells(points: NDArray[np.int64], reach: NDArray[np.int64], width: float) -> NDArray[np.intp]:
    steps = np.floor(reach[:-1] * width).astype(np.int64) + 1
    cells = points[:-1] // steps[:, None]
    order = np.lexsort((-points[-1], *cells))
    ranked = cells[:, order]
    first = np.ones(order.size, dtype=np.bool_)
    first[1:] = (ranked[:, 1:] != ranked[:, :-1]).any(axis=0)
    return np.sort(order[first])
