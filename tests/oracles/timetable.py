"""The slow twins of the timetable: every order of tasks placed day by day, one order placed task by task, summed exposure."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels.timetable import Work


def shortest(work: Work) -> int | None:
    """The least last end over all orders, each task on the first day that has room; None where none keeps the windows."""
    count = len(work.length)
    best: int | None = None
    for order in permutations(range(count)):
        last = _placed(work, order)
        if last is not None and (best is None or last < best):
            best = last
    return best


def _placed(work: Work, order: tuple[int, ...]) -> int | None:
    ends: dict[int, int] = {}
    taken: dict[int, list[int]] = {}
    for k in order:
        if any(work.before[a, k] and a not in ends for a in range(len(order))):
            return None
        day = max([int(work.opens[k]), *(ends[a] for a in ends if work.before[a, k])])
        while True:
            if int(work.next_workday[day]) != day or not _room(work, k, taken, day, work.end(k, day)):
                day += 1
                continue
            break
        end = work.end(k, day)
        if day > work.begin_by[k] or end > work.end_by[k]:
            return None
        ends[k] = end
        for t in range(day, end):
            taken[t] = [x + int(u) for x, u in zip(taken.get(t, [0] * len(work.room)), work.uses[k], strict=True)]
    return max(ends.values())


def _room(work: Work, k: int, taken: dict[int, list[int]], day: int, end: int) -> bool:
    return all(
        x + int(u) <= int(room)
        for t in range(day, end)
        for x, u, room in zip(taken.get(t, [0] * len(work.room)), work.uses[k], work.room, strict=True)
        if u
    )


def place(work: Work, order: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Place tasks in an order that respects `before`, each as early as resources allow; None where one misses its window."""
    start, end = np.zeros(len(order), dtype=np.int64), np.zeros(len(order), dtype=np.int64)
    placed: list[int] = []
    for k in order.tolist():
        ready = max([int(work.opens[k]), *(int(end[a]) for a in placed if work.before[a, k])])
        day = int(work.next_workday[ready])
        need = work.uses[k]
        rivals = [a for a in placed if (work.uses[a] * need).any() and end[a] > start[a]]
        while True:
            stop = work.end(k, day)
            later = _too_full(work, need, rivals, start, end, day, stop)
            if later is None or stop == day:
                break
            day = int(work.next_workday[later])
        start[k], end[k] = day, stop
        if day > work.begin_by[k] or stop > work.end_by[k]:
            return None
        placed.append(k)
    return start, end


def _too_full(
    work: Work,
    need: NDArray[np.int64],
    rivals: list[int],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    day: int,
    stop: int,
) -> int | None:
    """Where [day, stop) has no room for `need`: the day on which the first that is in the way ends."""
    inside = [a for a in rivals if start[a] < stop and end[a] > day]
    for at in sorted({day, *(int(start[a]) for a in inside if start[a] > day)}):
        there = [a for a in inside if start[a] <= at < end[a]]
        over = need + sum((work.uses[a] for a in there), start=np.zeros_like(need)) > work.room
        if (over & (need > 0)).any():
            return min(int(end[a]) for a in there if (work.uses[a] * (over & (need > 0))).any())
    return None
