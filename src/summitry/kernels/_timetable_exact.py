"""The exact search of a timetable: tasks placed in the order in which they begin, depth first, cut off by bounds; compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from summitry.kernels._timetable_fast import _end

if TYPE_CHECKING:
    from numpy.typing import NDArray


@njit(cache=True, nogil=True)
def shortest(
    length: NDArray[np.int64],
    opens: NDArray[np.int64],
    begin_by: NDArray[np.int64],
    end_by: NDArray[np.int64],
    before: NDArray[np.bool_],
    uses: NDArray[np.int64],
    room: NDArray[np.int64],
    done: NDArray[np.int64],
    workdays: NDArray[np.int64],
    steps: NDArray[np.int64],
    head: NDArray[np.int64],
    tail: NDArray[np.int64],
    best: int,
    bound: int,
    nodes: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int, bool]:
    """A timetable that ends before day `best` if there is one, the best of those; the last end is -1 if none was found.

    True where the search ended by itself or reached `bound`: then nothing better exists. A shortest timetable in which no task
    can begin earlier comes out when its tasks are placed in the order in which they begin; so the next task begins before any
    other that is ready could end. A branch is left where a task that is not placed must end too late: by what must follow it, or
    by the unit-days that a resource is still asked for.
    """
    n, R = uses.shape
    start, end = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    best_start, best_end, found = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), -1
    placed = np.zeros(n, dtype=np.bool_)
    missing = np.zeros(n, dtype=np.int64)
    for b in range(n):
        for a in range(n):
            missing[b] += before[a, b]
    order = np.full(n + 1, -1, dtype=np.int64)
    pick = np.full(n + 1, -1, dtype=np.int64)
    may = np.zeros((n + 1, n), dtype=np.int64)
    rank = np.argsort(head - tail * 1.0)
    depth, count = 0, 0
    while depth >= 0:
        if depth == n:
            last = 0
            for k in range(n):
                last = max(last, end[k])
            if last < best:
                best, found = last, last
                best_start[:], best_end[:] = start, end
                if best <= bound:
                    return best_start, best_end, found, True
            depth -= 1
        if order[depth] >= 0:
            k = order[depth]
            order[depth] = -1
            placed[k] = False
            for b in range(n):
                if before[k, b]:
                    missing[b] += 1
        if pick[depth] < 0:
            now = start[order[depth - 1]] if depth > 0 else 0
            first_end = 1 << 40
            for k in range(n):
                may[depth, k] = -1
                if placed[k] or missing[k] > 0:
                    continue
                day = max(opens[k], now)
                for a in range(n):
                    if before[a, k] and end[a] > day:
                        day = end[a]
                day = done[day]
                stop = _end(length[k], day, done, workdays, steps)
                while stop > day:
                    fits = True
                    for r in range(R):
                        taken = uses[k, r]
                        for a in range(n):
                            if placed[a] and end[a] > day:
                                taken += uses[a, r]
                        if uses[k, r] > 0 and taken > room[r]:
                            fits = False
                    if fits:
                        break
                    soonest = 1 << 40
                    for a in range(n):
                        if placed[a] and end[a] > day:
                            soonest = min(soonest, end[a])
                    day = done[soonest]
                    stop = _end(length[k], day, done, workdays, steps)
                may[depth, k] = day
                first_end = min(first_end, max(stop, day + 1))
            for k in range(n):
                if may[depth, k] >= first_end:
                    may[depth, k] = -1
        chosen = -1
        while pick[depth] + 1 < n:
            pick[depth] += 1
            k = rank[pick[depth]]
            day = may[depth, k]
            if day < 0:
                continue
            stop = _end(length[k], day, done, workdays, steps)
            if day > begin_by[k] or stop > end_by[k] or stop + tail[k] >= best:
                continue
            chosen = k
            start[k], end[k] = day, stop
            break
        if chosen < 0:
            pick[depth] = -1
            depth -= 1
            continue
        count += 1
        if count > nodes:
            return best_start, best_end, found, False
        k = chosen
        placed[k] = True
        now = start[k]
        good = True
        for b in range(n):
            if not placed[b]:
                soon = max(head[b], now)
                for a in range(n):
                    if before[a, b] and placed[a]:
                        soon = max(soon, end[a])
                if soon > begin_by[b] or soon + length[b] > end_by[b] or soon + length[b] + tail[b] >= best:
                    good = False
                    break
        if good:
            for r in range(R):
                asked, least = 0, 1 << 40
                for a in range(n):
                    if uses[a, r] == 0 or length[a] == 0:
                        continue
                    if placed[a]:
                        asked += uses[a, r] * max(0, end[a] - now)
                        continue
                    asked += uses[a, r] * length[a]
                    least = min(least, tail[a])
                if least < 1 << 40 and asked > 0 and now + (asked + room[r] - 1) // room[r] >= best:
                    good = False
        if not good:
            placed[k] = False
            continue
        for b in range(n):
            if before[k, b]:
                missing[b] -= 1
        order[depth] = k
        depth += 1
        pick[depth] = -1
    return best_start, best_end, found, True
