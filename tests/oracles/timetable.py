"""The slow twins of the timetable: every order of tasks placed day by day, and exposure summed day by day."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
            if int(work.done[day]) != day or not _room(work, k, taken, day, work.end(k, day)):
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
