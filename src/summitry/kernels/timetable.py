"""When tasks can be done: the earliest end of tasks with prerequisites, windows, capacities and days off, with a proven bound.

Days are whole numbers from 0. A task begins on a working day and is done on the first working day that is at least its length
later; it holds its resources from the day it begins to the day before it is done. This is resource-constrained project
scheduling, strongly NP-hard; starting any task earlier never makes another later, so that placing the tasks one by one, each as
early as possible, reaches a shortest timetable in at least one order (Kolisch, Eur. J. Oper. Res. 90, 1996).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Arrays = tuple[Ints, Ints, Ints, Ints, NDArray[np.bool_], Ints, Ints, Ints, Ints, Ints]

ROUNDS = 400
"""Orders that are tried before a proof is asked for."""
MOVES = 12_000
"""Changes of the best order that are tried where the exact search was cut off."""
NODES = 1_000_000
"""Places that one exact search tries, about a second."""
SIZE = 120
"""Tasks up to which these numbers hold; with more, so many fewer that the work does not grow."""
ENTRIES = 1 << 15
"""Places that the exact search remembers."""
GOOD = 0.02
"""A gap at which the search, where it was cut off, goes on no further."""
FAR = 1 << 40
CUTS = 5
"""Further limits for each resource that follow from its capacity: those that ask for most days."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """n tasks and R resources on T days.

    `length` (n,): days that a task takes; `opens` (n,): first day on which it may begin; `begin_by`, `end_by` (n,): last days on
    which it may begin and be done; `before[a, b]`: b begins when a is done or later; `uses` (n, R) and `room` (R,): units.
    `next_workday[t]` is the first working day at or after day t, where durations count calendar days; with `steps` durations
    count working days: then `steps[t]` numbers the working days before t, and `workdays` lists them.
    """

    length: NDArray[np.int64]
    opens: NDArray[np.int64]
    begin_by: NDArray[np.int64]
    end_by: NDArray[np.int64]
    before: NDArray[np.bool_]
    uses: NDArray[np.int64]
    room: NDArray[np.int64]
    next_workday: NDArray[np.int64]
    workdays: NDArray[np.int64]
    steps: NDArray[np.int64] | None = None

    def end(self, task: int, start: int) -> int:
        """The day on which a task is done that begins on the working day `start`."""
        length = int(self.length[task])
        if self.steps is None:
            return int(self.next_workday[start + length])
        return int(self.workdays[int(self.steps[start]) + length])


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """Start and end day of each task, the last end, and the least that any timetable can reach (equal where this is proven)."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    last: int
    bound: int
    state: Literal["found", "impossible", "not found"] = "found"


def solve(work: Work, seed: int = 0, nodes: int = NODES, since: Ints | None = None) -> Timetable:
    """The timetable whose last task is done first, with a lower bound on that day.

    1. Each task as early as prerequisites allow: a bound, and the answer where resources suffice.
    2. Bounds from what the tasks ask of each resource. 3. Orders by several rules, their mirror images, and random ones.
    4. Where the best lies above the bound: all orders, depth first, `nodes` places. 5. Where that was cut off: changes of the
    best order, and the largest day for which a search proves that nothing ends before it.
    With `since` (n,), not after `work.opens`, the bound holds for tasks that may begin from those days on.
    `state` is "impossible" where that is proven; "not found" where the search ended without either.
    """
    count = len(work.length)
    free = earliest(work)
    if free is None or (work.uses > work.room).any():
        return _none(count, "impossible")
    nodes = nodes * SIZE // max(SIZE, count)
    sooner = work if since is None else replace(work, opens=since)
    if not count or not _crowded(work, *free):
        last = int(free[1].max(initial=0))
        return Timetable(*free, last, last if since is None else _prove(sooner, last, nodes))
    bound = least(work, *free)
    best, whole = _best(work, free[0], bound, np.random.default_rng(seed), nodes)
    if best is None:
        return _none(count, "impossible" if whole else "not found")
    if since is None and (whole or best.last <= bound):
        return replace(best, bound=best.last)
    return replace(best, bound=_prove(sooner, best.last, nodes))


def _best(work: Work, head: Ints, bound: int, rng: np.random.Generator, nodes: int) -> tuple[Timetable | None, bool]:
    """Steps 3 to 5 of `solve`: the best timetable found, and whether the exact search proves that there is no better one."""
    best, whole = _search(work, head, tails(work), bound, rng), False
    if best is None or best.last > bound:
        better, whole = _exact(work, FAR if best is None else best.last, bound, nodes)
        best = better or best
    if best is not None and best.last > bound and not whole:
        best = _improve(work, best, bound, rng, nodes)
    return best, whole


def least(work: Work, start: Ints, end: Ints) -> int:
    """A day before which no timetable can end, from start and end as in `earliest` and from what is asked of each resource."""
    ask, top = cuts(work.uses, work.room, work.length)
    bound = energy(work.length, ask, top, start, tails(work))
    return max(int(end.max(initial=0)), int(work.next_workday[min(bound, len(work.next_workday) - 1)]))


def _exact(work: Work, best: int, bound: int, nodes: int) -> tuple[Timetable | None, bool]:
    """A timetable that ends before `best`, the shortest found, and whether that is all there is."""
    from summitry.kernels._timetable_exact import WAYS, Memory, Tasks, shortest

    n = len(work.length)
    tail, order = tails(work), np.array(topological(work.before), dtype=np.int64)
    length, opens, begin_by, end_by, before, uses, room, next_workday, workdays, steps = _arrays(work)
    first = np.concatenate([[0], before.sum(axis=0).cumsum()])
    tasks = Tasks(
        length, opens, begin_by, end_by, uses, room, next_workday, workdays, steps, *cuts(uses, room, length), tail, first,
        np.nonzero(before.T)[1], order, np.argsort(-tail, kind="stable"), (length == 0) | (uses == 0).all(axis=1),
    )  # fmt: skip
    entries = ENTRIES * SIZE // max(SIZE, n) // WAYS * WAYS
    memory = Memory(
        np.zeros((entries, (n + 63) // 64), dtype=np.uint64),
        np.full(entries, -1, dtype=np.int64),
        np.zeros((entries, n), dtype=np.int32),
    )
    start, end, last, whole = shortest(tasks, memory, best, bound, nodes)
    return (Timetable(start, end, int(last), bound) if last >= 0 else None), bool(whole)


def _prove(work: Work, last: int, nodes: int) -> int:
    """The largest day found before which nothing can end; `last` is a day on which all can be done.

    1. Prerequisites and unit-days. 2. All orders, with a tenth of the places where the gap is good already. 3. By halving, the
    largest day before which a search of so many places proves that nothing ends, first where only the scarcest resource counts,
    then where all do (Klein and Scholl, Eur. J. Oper. Res. 112, 1999).
    """
    free = earliest(work)
    assert free is not None  # noqa: S101 (what can be done later can be done)
    bound = min(int(free[1].max(initial=0)) if not _crowded(work, *free) else least(work, *free), last)
    if last <= bound or not _crowded(work, *free):
        return bound
    near = last <= bound * (1.0 + GOOD)
    better, whole = _exact(work, last, bound, nodes // 10 if near else nodes)
    if whole:
        return last if better is None else better.last
    alone = [replace(work, uses=np.where(np.arange(len(work.room)) == r, work.uses, 0)) for r in range(len(work.room))]
    for one in (max(alone, key=lambda one: least(one, *free)), work):
        high = last
        while high - bound > 1 and last > bound * (1.0 + GOOD):
            middle = (bound + high + 1) // 2
            better, whole = _exact(one, middle, bound, nodes)
            if whole and better is None:
                bound = middle
            else:
                high = middle
    return bound


def _improve(work: Work, best: Timetable, bound: int, rng: np.random.Generator, nodes: int) -> Timetable:
    """The best timetable that changes of the order lead to."""
    from summitry.kernels._timetable_fast import improve

    n = len(work.length)
    noise = rng.random((min(MOVES, nodes) * SIZE // max(SIZE, n), n))
    start, end, last = improve(*_arrays(work), best.start, best.end, noise, bound)
    return Timetable(start, end, int(last), bound)


def _arrays(work: Work) -> Arrays:
    """The work as the compiled functions take it."""
    steps = np.zeros(0, dtype=np.int64) if work.steps is None else work.steps
    return (
        work.length, work.opens, work.begin_by, work.end_by, work.before, work.uses, work.room,
        work.next_workday, work.workdays, steps,
    )  # fmt: skip


def earliest(work: Work) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Start and end of each task if resources were unlimited; None where a task misses its window even so."""
    start, end = np.zeros(len(work.length), dtype=np.int64), np.zeros(len(work.length), dtype=np.int64)
    for k in topological(work.before):
        ready = max([int(work.opens[k]), *(int(end[a]) for a in np.flatnonzero(work.before[:, k]))])
        start[k] = work.next_workday[ready]
        end[k] = work.end(k, int(start[k]))
        if start[k] > work.begin_by[k] or end[k] > work.end_by[k]:
            return None
    return start, end


def topological(before: NDArray[np.bool_]) -> list[int]:
    """The tasks so that each comes after what must precede it, the smaller number first. Raises ValueError on a circle."""
    sorter = TopologicalSorter({b: np.flatnonzero(before[:, b]).tolist() for b in range(len(before))})
    try:
        sorter.prepare()
    except CycleError as circle:
        raise ValueError(f"circle {circle.args[1]}") from None
    order, ready = list[int](), list(sorter.get_ready())
    heapify(ready)
    while ready:
        k = heappop(ready)
        order.append(k)
        sorter.done(k)
        for b in sorter.get_ready():
            heappush(ready, b)
    return order


def tails(work: Work) -> NDArray[np.int64]:
    """The fewest days from the end of each task to the end of all that must follow it, shape (n,)."""
    tail = np.zeros(len(work.length), dtype=np.int64)
    for k in reversed(topological(work.before)):
        for b in np.flatnonzero(work.before[k]):
            tail[k] = max(tail[k], int(work.length[b] + tail[b]))
    return tail


def energy(length: Ints, ask: Ints, top: Ints, head: Ints, tail: Ints) -> int:
    """A bound from each limit: tasks that begin no earlier than a and have b to follow need a + their unit-days / top + b."""
    best = 0
    falling = np.argsort(-tail, kind="stable")
    for q in range(len(top)):
        days = ask[falling, q] * length[falling]
        for a in np.unique(head):
            demand = np.where(head[falling] >= a, days, 0).cumsum()
            ends = np.where(demand > 0, a - (-demand // top[q]) + tail[falling], 0)
            best = max(best, int(ends.max(initial=0)))
    return best


def cuts(uses: Ints, room: Ints, length: Ints) -> tuple[Ints, Ints]:
    """The limits themselves and those that follow from them, as `uses` (n, Q) and `room` (Q,); none where nothing is asked.

    What tasks ask for is rounded so that what no other task could use counts as taken. A dual feasible function f keeps every
    limit: what fits together before f fits together after it. Where a team of three out of four leaves one that nobody can use,
    f counts it as four, and the work of all then needs more days than units alone say. Fekete and Schepers, Math. Program. 91,
    2001; Carlier, Clautiaux and Moukrim, Comput. Oper. Res. 34, 2007.
    """
    limits: list[tuple[Ints, int]] = []
    for r in range(len(room)):
        own, most = uses[:, r], int(room[r])
        if not own.any():
            continue
        others = {(tuple(row.tolist()), top): (row, top) for row, top in _rounded(own, most)}
        others.pop((tuple(own.tolist()), most), None)
        ranked = sorted(others.values(), key=lambda row: -float(row[0] @ length) / row[1])
        limits += [(own, most), *ranked[:CUTS]]
    rows, tops = [row for row, _ in limits], [top for _, top in limits]
    return np.array(rows, dtype=np.int64).reshape(-1, len(uses)).T.copy(), np.array(tops, dtype=np.int64)


def _rounded(own: Ints, most: int) -> list[tuple[Ints, int]]:
    """`own` under each function whose parameter is a number of units at which it changes."""
    half = {int(u) for u in own if 0 < 2 * u <= most} | {most + 1 - int(u) for u in own if 2 * u > most + 1}
    limits = []
    for k in sorted(half):
        limits.append((np.where(own > most - k, most, np.where(own >= k, own, 0)), most))
        over = 2 * (most // k - (most - own) // k)
        limits.append((np.where(2 * own > most, over, np.where(2 * own == most, most // k, 2 * (own // k))), 2 * (most // k)))
    return limits


def _crowded(work: Work, start: NDArray[np.int64], end: NDArray[np.int64]) -> bool:
    """Whether on some day the tasks as placed ask for more than there is."""
    return any((work.uses[(start <= day) & (end > day)].sum(axis=0) > work.room).any() for day in np.unique(start))


def _search(
    work: Work, head: NDArray[np.int64], tail: NDArray[np.int64], bound: int, rng: np.random.Generator
) -> Timetable | None:
    """The best of many orders: by what must follow, by the window, by the mirror image of the best so far, and around those."""
    from summitry.kernels._timetable_fast import orders

    span = len(work.next_workday) // 2
    slack = np.minimum(work.end_by, span) - work.length
    rules = np.array([-(tail + work.length), head, slack - tail, head - tail, slack], dtype=np.float64)
    noise = rng.random((ROUNDS, len(head)))
    start, end, last = orders(*_arrays(work), rules, noise, bound)
    return None if last < 0 else Timetable(start, end, int(last), bound)


def _none(count: int, state: Literal["impossible", "not found"]) -> Timetable:
    nothing = np.full(count, -1, dtype=np.int64)
    return Timetable(nothing, nothing, -1, -1, state)
