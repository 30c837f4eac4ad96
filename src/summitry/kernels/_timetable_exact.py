"""The exact search of a timetable: tasks placed in the order in which they begin, depth first, cut off by bounds; compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numba import njit

from summitry.kernels._timetable_fast import _end

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Bools: TypeAlias = NDArray[np.bool_]


@njit(cache=True, nogil=True)
def _choices(
    now: int,
    length: NDArray[np.int64],
    opens: NDArray[np.int64],
    before: NDArray[np.bool_],
    uses: NDArray[np.int64],
    room: NDArray[np.int64],
    done: NDArray[np.int64],
    workdays: NDArray[np.int64],
    steps: NDArray[np.int64],
    placed: NDArray[np.bool_],
    end: NDArray[np.int64],
    may: NDArray[np.int64],
) -> None:
    """Into `may`, the first day from `now` on that has room for each task that is ready; -1 where another could end before it."""
    n, R = uses.shape
    first_end = 1 << 40
    for k in range(n):
        may[k] = -1
        ready = not placed[k]
        day = max(opens[k], now)
        for a in range(n):
            if before[a, k]:
                ready = ready and placed[a]
                day = max(day, end[a])
        if not ready:
            continue
        day = done[day]
        stop = _end(length[k], day, done, workdays, steps)
        fits = stop <= day
        while not fits:
            fits, soonest = True, 1 << 40
            for r in range(R):
                taken = uses[k, r]
                for a in range(n):
                    if placed[a] and end[a] > day:
                        taken += uses[a, r]
                        soonest = min(soonest, end[a])
                fits = fits and (uses[k, r] == 0 or taken <= room[r])
            if not fits:
                day = done[soonest]
                stop = _end(length[k], day, done, workdays, steps)
                fits = stop <= day
        may[k] = day
        first_end = min(first_end, max(stop, day + 1))
    for k in range(n):
        if may[k] >= first_end:
            may[k] = -1


@njit(cache=True, nogil=True)
def _too_late(
    now: int,
    best: int,
    length: NDArray[np.int64],
    begin_by: NDArray[np.int64],
    end_by: NDArray[np.int64],
    before: NDArray[np.bool_],
    uses: NDArray[np.int64],
    room: NDArray[np.int64],
    head: NDArray[np.int64],
    tail: NDArray[np.int64],
    placed: NDArray[np.bool_],
    end: NDArray[np.int64],
) -> bool:
    """Whether some task that is not placed must miss its window, or the whole must end on `best` or later."""
    n, R = uses.shape
    for b in range(n):
        if not placed[b]:
            soon = max(head[b], now)
            for a in range(n):
                if before[a, b] and placed[a]:
                    soon = max(soon, end[a])
            if soon > begin_by[b] or soon + length[b] > end_by[b] or soon + length[b] + tail[b] >= best:
                return True
    for r in range(R):
        asked, least = 0, 1 << 40
        for a in range(n):
            days = uses[a, r] * (max(0, end[a] - now) if placed[a] else length[a])
            if days > 0:
                asked += days
                least = min(least, tail[a])
        if asked > 0 and now + (asked + room[r] - 1) // room[r] + least >= best:
            return True
    return False


@njit(cache=True, nogil=True)
def shortest(
    length: Ints, opens: Ints, begin_by: Ints, end_by: Ints, before: Bools, uses: Ints, room: Ints, done: Ints, workdays: Ints,
    steps: Ints, head: Ints, tail: Ints, best: int, bound: int, nodes: int,
) -> tuple[Ints, Ints, int, bool]:  # fmt: skip
    """A timetable that ends before day `best` if there is one, the best of those; the last end is -1 if none was found.

    True where the search ended by itself or reached `bound`: then nothing better exists. A shortest timetable in which no task
    can begin earlier comes out when its tasks are placed in the order in which they begin; so the next task begins before any
    other that is ready could end.
    """
    n = len(length)
    start, end, placed = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.bool_)
    best_start, best_end, found = start.copy(), end.copy(), -1
    order, pick, may = (
        np.full(n + 1, -1, dtype=np.int64),
        np.full(n + 1, -1, dtype=np.int64),
        np.zeros((n + 1, n), dtype=np.int64),
    )
    rank = np.argsort(head - tail * 1.0)
    depth, count = 0, 0
    while depth >= 0:
        if depth == n:
            best = found = end.max()
            best_start[:], best_end[:] = start, end
            if best <= bound:
                return best_start, best_end, found, True
            depth -= 1
        if order[depth] >= 0:
            placed[order[depth]] = False
            order[depth] = -1
        if pick[depth] < 0:
            now = start[order[depth - 1]] if depth > 0 else 0
            _choices(now, length, opens, before, uses, room, done, workdays, steps, placed, end, may[depth])
        pick[depth] += 1
        if pick[depth] == n:
            pick[depth] = -1
            depth -= 1
            continue
        k = rank[pick[depth]]
        day = may[depth, k]
        stop = _end(length[k], day, done, workdays, steps) if day >= 0 else 0
        if day < 0 or day > begin_by[k] or stop > end_by[k] or stop + tail[k] >= best:
            continue
        count += 1
        if count > nodes:
            return best_start, best_end, found, False
        start[k], end[k], placed[k] = day, stop, True
        if _too_late(day, best, length, begin_by, end_by, before, uses, room, head, tail, placed, end):
            placed[k] = False
            continue
        order[depth] = k
        depth += 1
        pick[depth] = -1
    return best_start, best_end, found, True
