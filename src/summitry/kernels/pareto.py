"""The exact frontier of packages that are put together from groups of choices, without listing the packages.

Nemhauser & Ullmann (1969), "Discrete dynamic programming and capital allocation", Management Science 15(9), for any number of
parties: a package can only be efficient if every part of it is, so groups are added one at a time and dominated sums are
dropped after each.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, cast

import numpy as np

from summitry.kernels import _pareto_numpy
from summitry.kernels._exact import whole
from summitry.kernels._tally import Layers
from summitry.kernels.halving import least_share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.kernels._exact import Whole
    from summitry.kernels._pareto_numpy import Extended, Ints

    Way = Callable[[Ints, Ints], Extended]

WORTH = 1.0
"""Estimated seconds of the numpy way from which loading a compiled one pays: loading takes one second, compiling a few."""
SECONDS = {2: 8e-9}
"""Seconds of the numpy way per sum of two parties; for more, per pair of a sum and a point, `SECONDS_A_PAIR`."""
SECONDS_A_PAIR = 1e-9
READY = 500
"""Sums from which a compiled way that is loaded already is the faster one."""


FLOOR = 1e-9
"""Points that miss `floor` by a smaller share of the party's span reach it: a rounding of sums must not decide."""


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


def frontier(
    groups: Sequence[NDArray[np.float64]],
    *,
    limit: int | None = None,
    floor: NDArray[np.float64] | None = None,
    parties: int | None = None,
    compiled: bool | None = None,
) -> Frontier:
    """Find the efficient sums of one choice from every group, exactly unless `limit` forces a grid.

    `groups[g]` (n_g, P): what each of the group's choices adds to the value of each of P parties, more is better. `limit` is
    the most points to keep after a group: where the exact frontier has more, they are thinned on a grid, and `epsilon` tells
    what that may cost. `floor` (P,), if given, leaves out the efficient points that lie below it for some party: sums that
    cannot reach it any more are dropped on the way, which can be most of the work. `parties` is needed only where there is no
    group, to say how many zeros the one point has. `compiled` chooses between numpy (False) and numba (True), which differ in
    nothing but speed; None decides by the work, so only a caller that knows of many calls to come has reason to say True.

    1. Express the values in whole units, so that comparisons are exact (see `_exact.whole` for input that is not decimal).
    2. From the last group to the first: add each choice to each efficient sum of the groups behind it, drop what is
       dominated, and keep one of several equal sums: the one with the least choice, so that the first package in
       lexicographic order remains. Drop, too, what cannot reach `floor` with the best of every group before.
    3. Walk the back-pointers from the first group to the last.

    Raises ValueError where a value is not finite, a group is empty or the groups disagree about the number of parties.
    """
    if limit is not None and limit < 1:
        raise ValueError(f"limit {limit} < 1")
    width = _check(groups, parties)
    problem = whole(groups, width)
    front = np.zeros((width, 1), dtype=np.int64)
    points, parents, picks = [front], [], []
    losses = np.zeros(width, dtype=np.int64)
    spent = 0.0
    bounds = None if floor is None else _bounds(problem, floor)
    for g, options in reversed(list(enumerate(problem.options))):
        sums = None if bounds is None else bounds.above(front, options, g)
        work = front.shape[1] * options.shape[1] if sums is None else sums.size
        pays, spent = _pays(width, front.shape[1], work, spent)
        if sums is None or (pays if compiled is None else compiled):
            front, parent, pick = _way(width, compiled=pays if compiled is None else compiled)(front, options)
        else:
            front, parent, pick = _pareto_numpy.extend_some(front, options, sums)
        if limit is not None and front.shape[1] > limit:
            front, stay, loss = _thin(front, limit)
            parent, pick = parent[stay], pick[stay]
            losses += loss
        if bounds is not None:
            stay = bounds.above(front, np.zeros((width, 1), dtype=np.int64), g)
            front, parent, pick = np.ascontiguousarray(front[:, stay]), parent[stay], pick[stay]
        points.append(front)
        parents.append(parent)
        picks.append(pick)
    span = sum((options.max(axis=1) for options in problem.options), np.zeros(width, dtype=np.int64))
    epsilon = float((losses / np.maximum(span, 1)).max(initial=0.0))
    layers = Layers(problem.options, tuple(reversed(points)))
    return Frontier(problem.floats(front), _walk(parents, picks, front.shape[1]), epsilon, layers)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What a sum must reach so that the groups before it can still lift it to the floor, along parties and mixes of them.

    `mixes` (K, P) weigh whole units by each party's span; `least` (K,) is the floor's mix, `ahead[g]` (K,) the most that
    groups 0..g-1 add.
    """

    mixes: NDArray[np.float64]
    least: NDArray[np.float64]
    ahead: tuple[NDArray[np.float64], ...]

    def above(self, front: Ints, options: Ints, group: int) -> NDArray[np.intp]:
        """Find the sums of front (P, F) and options (P, n) that can reach the floor, as option * F + column, rising."""
        short = self.least - self.ahead[group] - FLOOR
        base, sums = self.mixes @ front, []
        for o, lift in enumerate((self.mixes @ options).T):
            alive = np.arange(front.shape[1])
            for row, need in zip(base, short - lift, strict=True):
                alive = alive[row[alive] >= need]
            sums.append(alive + o * front.shape[1])
        return np.concatenate(sums)


def _bounds(problem: Whole, floor: NDArray[np.float64]) -> _Bounds:
    """Each party alone, and every mix of parties with weights 0, 1 or 3 (of up to three parties; all alike beyond)."""
    width = len(floor)
    span = np.maximum(sum((o.max(axis=1) for o in problem.options), np.zeros(width, dtype=np.int64)), 1)
    weights = list(product((0, 1, 3), repeat=width)) if width <= 3 else [*map(tuple, np.eye(width)), (1,) * width]  # noqa: PLR2004
    mixes = np.array([w for w in weights if any(w)], dtype=np.float64)
    mixes = mixes / mixes.sum(axis=1, keepdims=True) / span
    add = [(mixes @ options).max(axis=1) for options in problem.options]
    ahead = tuple(sum(add[:g], np.zeros(len(mixes))) for g in range(len(add)))
    return _Bounds(mixes, mixes @ (floor * problem.unit - problem.offset), ahead)


def _check(groups: Sequence[NDArray[np.float64]], parties: int | None) -> int:
    width = parties
    for g, group in enumerate(groups):
        if group.ndim != 2 or 0 in group.shape:  # noqa: PLR2004 (choices, parties)
            raise ValueError(f"group {g}: shape {group.shape}, not (choices, parties)")
        if width is None:
            width = group.shape[1]
        if group.shape[1] != width:
            raise ValueError(f"group {g}: {group.shape[1]} parties, not {width}")
        good = np.isfinite(group)
        if not good.all():
            choice, party = (int(axis[0]) for axis in np.nonzero(~good))
            raise ValueError(f"group {g}, choice {choice}, party {party}: {group[choice, party]}")
    return width or 0


def _walk(parents: list[NDArray[np.int32]], picks: list[NDArray[np.int32]], count: int) -> NDArray[np.int32]:
    choice = np.empty((count, len(parents)), dtype=np.int32)
    at: NDArray[np.integer] = np.arange(count)
    for column, (parent, pick) in enumerate(zip(reversed(parents), reversed(picks), strict=True)):
        choice[:, column] = pick[at]
        at = parent[at]
    return choice


def _way(parties: int, *, compiled: bool) -> Way:
    """Choose the kernel for one step."""
    if not compiled or parties == 1:
        return _pareto_numpy.extend
    if parties == 2:  # noqa: PLR2004 (two and three parties have kernels of their own)
        from summitry.kernels import _pareto_two

        return cast("Way", _pareto_two.extend)
    if parties == 3:  # noqa: PLR2004
        from summitry.kernels import _pareto_three

        return cast("Way", _pareto_three.extend)
    from summitry.kernels import _pareto_many

    return _pareto_many.extend


def _pays(parties: int, size: int, sums: int, spent: float) -> tuple[bool, float]:
    """Tell whether compiling pays for the next `sums` on a front of `size`, and the estimated seconds of numpy up to then."""
    spent += sums * (SECONDS[parties] if parties in SECONDS else SECONDS_A_PAIR * size)
    module = {2: "two", 3: "three"}.get(parties, "many")
    loaded = f"summitry.kernels._pareto_{module}" in sys.modules
    return spent > WORTH or (loaded and sums > READY), spent


def _thin(front: Ints, limit: int) -> tuple[Ints, NDArray[np.intp], Ints]:
    """Keep at most `limit` points of a front (P, F): the points, their columns, and the most that each party loses by it.

    1. Lay a grid over all parties but the last; in each cell keep the point that is best for the last.
    2. Halve the interval for the width of the cells, a share of each party's range, until it is the least that suffices.
    3. The loss is what the dropped points have more than the kept one of their cell, at most.
    """
    keeper = _keepers(front, least_share(lambda width: np.unique(_keepers(front, width)).size <= limit, 24))
    stay = np.unique(keeper)
    return np.ascontiguousarray(front[:, stay]), stay, (front - front[:, keeper]).max(axis=1)


def _keepers(front: Ints, width: float) -> NDArray[np.intp]:
    """Name for each point the one that stands for it when cells are `width` of each party's range wide."""
    low = front[:-1].min(axis=1, keepdims=True)
    steps = np.floor((front[:-1].max(axis=1, keepdims=True) - low) * width).astype(np.int64) + 1
    cells = (front[:-1] - low) // steps
    order = np.lexsort((-front[-1], *cells))
    ranked = cells[:, order]
    first = np.ones(order.size, dtype=np.bool_)
    first[1:] = (ranked[:, 1:] != ranked[:, :-1]).any(axis=0)
    keeper = np.empty(order.size, dtype=np.intp)
    keeper[order] = order[first][np.cumsum(first) - 1]
    return keeper
