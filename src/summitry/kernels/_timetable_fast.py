"""Placing tasks in many orders, compiled. `timetable.place` is the slow twin of `_place`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIXED = 2
NEAR = 1.03
"""Only a timetable that is no longer than the one kept by this factor is justified."""


@njit(cache=True, nogil=True)
def _end(length: int, start: int, next_workday: NDArray[np.int64], workdays: NDArray[np.int64], steps: NDArray[np.int64]) -> int:
    if steps.size == 0:
        return int(next_workday[start + length])
    return int(workdays[steps[start] + length])


@njit(cache=True, nogil=True)
def _place(
    priority: NDArray[np.float64],
    length: NDArray[np.int64],
    opens: NDArray[np.int64],
    begin_by: NDArray[np.int64],
    end_by: NDArray[np.int64],
    before: NDArray[np.bool_],
    uses: NDArray[np.int64],
    room: NDArray[np.int64],
    next_workday: NDArray[np.int64],
    workdays: NDArray[np.int64],
    steps: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
) -> int:
    """Place the tasks, of those that are ready the one of least priority first; the last end, -1 where one misses its window."""
    n, R = uses.shape
    T = next_workday.size
    left = np.zeros(n, dtype=np.int64)
    for b in range(n):
        for a in range(n):
            if before[a, b]:
                left[b] += 1
    load = np.zeros((R, T), dtype=np.int64)
    placed = np.zeros(n, dtype=np.bool_)
    last = 0
    for _ in range(n):
        k = -1
        for j in range(n):
            if not placed[j] and left[j] == 0 and (k < 0 or priority[j] < priority[k]):
                k = j
        ready = opens[k]
        for a in range(n):
            if before[a, k] and end[a] > ready:
                ready = end[a]
        day = next_workday[ready]
        stop = _end(length[k], day, next_workday, workdays, steps)
        fits = False
        while not fits:
            fits = True
            for t in range(stop - 1, day - 1, -1):
                for r in range(R):
                    if uses[k, r] > 0 and load[r, t] + uses[k, r] > room[r]:
                        fits = False
                if not fits:
                    day = next_workday[t + 1]
                    stop = _end(length[k], day, next_workday, workdays, steps)
                    break
            if day > begin_by[k] or stop > end_by[k]:
                return -1
        start[k], end[k] = day, stop
        placed[k] = True
        for t in range(day, stop):
            for r in range(R):
                load[r, t] += uses[k, r]
        for b in range(n):
            if before[k, b]:
                left[b] -= 1
        last = max(last, stop)
    return last


@njit(cache=True, nogil=True)
def _mirrored(
    end: NDArray[np.int64],
    length: NDArray[np.int64],
    before: NDArray[np.bool_],
    uses: NDArray[np.int64],
    room: NDArray[np.int64],
    T: int,
) -> NDArray[np.float64]:
    """Starts of the tasks when all are pushed as late as they can go, seen from the end, on days without holidays."""
    n = length.size
    every = np.arange(T)
    none, far = np.zeros(0, dtype=np.int64), np.full(n, 1 << 40, dtype=np.int64)
    start, stop = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    _place(
        -end.astype(np.float64),
        length,
        np.zeros(n, dtype=np.int64),
        far,
        far,
        before.T,
        uses,
        room,
        every,
        every,
        none,
        start,
        stop,
    )
    return -stop.astype(np.float64)


@njit(cache=True, nogil=True)
def orders(
    length: NDArray[np.int64],
    opens: NDArray[np.int64],
    begin_by: NDArray[np.int64],
    end_by: NDArray[np.int64],
    before: NDArray[np.bool_],
    uses: NDArray[np.int64],
    room: NDArray[np.int64],
    next_workday: NDArray[np.int64],
    workdays: NDArray[np.int64],
    steps: NDArray[np.int64],
    rules: NDArray[np.float64],
    noise: NDArray[np.float64],
    bound: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """The best timetable over the rules and over the rules with noise, each followed by its mirror image; last is -1 if none.

    Stops where `bound` is reached. rules (K, n), noise (N, n) in [0, 1).
    """
    n, K = length.size, rules.shape[0]
    best, best_start, best_end = -1, np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    start, end = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for trial in range(K + noise.shape[0]):
        priority = rules[trial % K].copy()
        if trial >= K:
            if best >= 0 and trial % 2 == 0:
                priority = best_start.astype(np.float64)
            width = (priority.max() - priority.min()) * (0.1 + 0.4 * noise[trial - K, 0])
            priority = priority + width * noise[trial - K]
        last = _place(priority, length, opens, begin_by, end_by, before, uses, room, next_workday, workdays, steps, start, end)
        for _ in range(2):
            if last < 0:
                break
            if best < 0 or last < best:
                best = last
                best_start[:] = start
                best_end[:] = end
                if best <= bound:
                    return best_start, best_end, best
            late = _mirrored(end, length, before, uses, room, next_workday.size)
            last = _place(late, length, opens, begin_by, end_by, before, uses, room, next_workday, workdays, steps, start, end)
    return best_start, best_end, best


@njit(cache=True, nogil=True)
def _changed(start: NDArray[np.int64], last: int, way: int, draw: NDArray[np.float64]) -> NDArray[np.float64]:
    """Priorities near an order: some tasks go anywhere, some move by up to a quarter of the whole, or one stretch is mixed."""
    n, priority = start.size, start.astype(np.float64)
    some, low, width = 2.0 + 8.0 * draw[0], draw[0] * last, last * (0.05 + 0.25 * draw[n // 2])
    for k in range(n):
        other = draw[(k + 1) % n]
        if way == MIXED:
            if low <= start[k] <= low + width:
                priority[k] = low + width * draw[k]
        elif draw[k] * n < some:
            priority[k] = other * last if way == 0 else start[k] + (other - 0.5) * 0.5 * last
    return priority


@njit(cache=True, nogil=True)
def improve(
    length: NDArray[np.int64],
    opens: NDArray[np.int64],
    begin_by: NDArray[np.int64],
    end_by: NDArray[np.int64],
    before: NDArray[np.bool_],
    uses: NDArray[np.int64],
    room: NDArray[np.int64],
    next_workday: NDArray[np.int64],
    workdays: NDArray[np.int64],
    steps: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    noise: NDArray[np.float64],
    bound: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """A timetable no longer than the one given: its order changed a little, placed, and kept if no longer, N times.

    What comes near is justified, that is, placed anew from its mirror image (Valls, Ballestin and Quintanilla, Eur. J. Oper.
    Res. 165, 2005). Stops where `bound` is reached. noise (N, n) in [0, 1).
    """
    n = length.size
    now, last = start.copy(), end.max()
    best_start, best_end, best = start.copy(), end.copy(), last
    new_start, new_end, new_last = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), -1
    for trial in range(noise.shape[0]):
        priority = _changed(now, last, trial % (MIXED + 1), noise[trial])
        for again in (False, True):
            if again:
                if new_last < 0 or new_last > last * NEAR:
                    break
                priority = _mirrored(new_end, length, before, uses, room, next_workday.size)
            new_last = _place(
                priority, length, opens, begin_by, end_by, before, uses, room, next_workday, workdays, steps, new_start, new_end
            )
            if 0 <= new_last <= last:
                now[:], last = new_start, new_last
                if last < best:
                    best, best_start[:], best_end[:] = last, new_start, new_end
        if best <= bound:
            break
    return best_start, best_end, best
