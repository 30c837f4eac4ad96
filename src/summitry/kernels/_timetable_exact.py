"""The exact search of a timetable: tasks placed in the order in which they begin, depth first, cut off by bounds; compiled.

A place is cut off where (1) a task that is left must miss its window or end too late, (2) what is left asks for more unit-days
than there are, (3) the same tasks were placed before with no later ends: the cutset rule of Demeulemeester and Herroelen,
Manage. Sci. 38, 1992.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numba import njit

from summitry.kernels._timetable_fast import _end

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Bools: TypeAlias = NDArray[np.bool_]

NONE = 1 << 40
WAYS = 8
"""Entries of the memory that share a place."""


class Tasks(NamedTuple):
    """The work as arrays. `ask` (n, Q) and `top` (Q,): capacities and what follows from them; `tail` (n,) as in `tails`.

    `first[k]:first[k + 1]` of `prior` are the tasks that k requires; `order` lists the tasks so that those come before it.
    `free`: tasks that hold nothing, and so begin as soon as they may. `falling`: the tasks from the longest tail on.
    """

    length: Ints
    opens: Ints
    begin_by: Ints
    end_by: Ints
    uses: Ints
    room: Ints
    next_workday: Ints
    workdays: Ints
    steps: Ints
    ask: Ints
    top: Ints
    tail: Ints
    first: Ints
    prior: Ints
    order: Ints
    falling: Ints
    free: Bools


class Memory(NamedTuple):
    """Places that were searched: which tasks (as bits), the day `now`, and the end of each."""

    bits: NDArray[np.uint64]
    now: Ints
    end: NDArray[np.int32]


@njit(cache=True, nogil=True)
def _fits_on(tasks: Tasks, k: int, day: int, placed: Bools, end: Ints, load: Ints) -> int:
    """The first working day from `day` on that has room for k beside the tasks placed, none of which begins after `day`."""
    n, R = tasks.uses.shape
    day = tasks.next_workday[day]
    while True:
        load[:] = tasks.uses[k]
        soonest = NONE
        for a in range(n):
            if placed[a] and end[a] > day and not tasks.free[a]:
                for r in range(R):
                    load[r] += tasks.uses[a, r]
                    if tasks.uses[a, r] > 0 and tasks.uses[k, r] > 0:
                        soonest = min(soonest, end[a])
        fits = True
        for r in range(R):
            fits = fits and (tasks.uses[k, r] == 0 or load[r] <= tasks.room[r])
        if fits:
            return day
        day = tasks.next_workday[soonest]


@njit(cache=True, nogil=True)
def _choices(tasks: Tasks, now: int, placed: Bools, end: Ints, may: Ints, queue: Ints, load: Ints) -> int:
    """Into `queue` the tasks that may come next, best first, into `may` their days; how many there are.

    A free task that is ready comes alone. Of the others, none that begins when another could be over.
    """
    first_end, count = NONE, 0
    for k in tasks.order:
        ready, day = not placed[k], max(tasks.opens[k], 0 if tasks.free[k] else now)
        for a in tasks.prior[tasks.first[k] : tasks.first[k + 1]]:
            ready = ready and placed[a]
            day = max(day, end[a])
        if not ready:
            continue
        if tasks.free[k]:
            queue[0], may[k] = k, tasks.next_workday[day]
            return 1
        may[k] = _fits_on(tasks, k, day, placed, end, load)
        first_end = min(first_end, _end(tasks.length[k], may[k], tasks.next_workday, tasks.workdays, tasks.steps))
        queue[count] = k
        count += 1
    size = 0
    for i in range(count):
        k = queue[i]
        if may[k] < first_end:
            j = size
            left = tasks.tail[k] + tasks.length[k]
            while j > 0 and (may[queue[j - 1]], -tasks.tail[queue[j - 1]] - tasks.length[queue[j - 1]]) > (may[k], -left):
                queue[j] = queue[j - 1]
                j -= 1
            queue[j] = k
            size += 1
    return size


@njit(cache=True, nogil=True)
def _misses_window(tasks: Tasks, now: int, best: int, placed: Bools, end: Ints, soon: Ints) -> bool:
    """Whether some task that is not placed must miss its window, or end so late that the whole ends on `best` or later."""
    for b in tasks.order:
        if placed[b] and end[b] >= best:
            return True
        if not placed[b]:
            day = max(tasks.opens[b], 0 if tasks.free[b] else now)
            for a in tasks.prior[tasks.first[b] : tasks.first[b + 1]]:
                day = max(day, end[a] if placed[a] else soon[a])
            day = tasks.next_workday[day]
            soon[b] = _end(tasks.length[b], day, tasks.next_workday, tasks.workdays, tasks.steps)
            if day > tasks.begin_by[b] or soon[b] > tasks.end_by[b] or soon[b] + tasks.tail[b] >= best:
                return True
    return False


@njit(cache=True, nogil=True)
def _lacks_days(tasks: Tasks, now: int, best: int, placed: Bools, start: Ints, end: Ints) -> bool:
    """Whether what is left asks for so many unit-days of a resource that the whole ends on `best` or later."""
    for q in range(tasks.top.size):
        demand = 0
        for b in tasks.falling:
            if tasks.ask[b, q] > 0:
                days = max(0, end[b] - max(now, start[b])) if placed[b] else tasks.length[b]
                demand += tasks.ask[b, q] * days
                if demand > 0 and now + (demand + tasks.top[q] - 1) // tasks.top[q] + tasks.tail[b] >= best:
                    return True
    return False


@njit(cache=True, nogil=True)
def _too_late(tasks: Tasks, now: int, best: int, placed: Bools, start: Ints, end: Ints, soon: Ints) -> bool:
    """Whether no completion keeps all windows and ends before `best`."""
    return _misses_window(tasks, now, best, placed, end, soon) or _lacks_days(tasks, now, best, placed, start, end)


@njit(cache=True, nogil=True)
def _remember(memory: Memory, bits: NDArray[np.uint64], now: int, placed: Bools, end: Ints) -> bool:
    """Whether these tasks were placed before with no later ends and days; if not, it is remembered, in place of what it beats."""
    if memory.now.size == 0:
        return False
    mixed = np.uint64(0)
    for word in bits:
        mixed = (mixed ^ word) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    low = np.int64(mixed % np.uint64(memory.now.size // WAYS)) * WAYS
    slot, empty = int(low + np.int64((mixed >> np.uint64(40)) + np.uint64(now)) % WAYS), False
    for i in range(low, low + WAYS):
        if memory.now[i] < 0:
            slot, empty = (slot, empty) if empty else (i, True)
        else:
            better, worse = memory.now[i] <= now, memory.now[i] >= now
            for word in range(bits.size):
                better = better and memory.bits[i, word] == bits[word]
                worse = worse and memory.bits[i, word] == bits[word]
            for a in range(end.size):
                if placed[a]:
                    better = better and memory.end[i, a] <= max(now, end[a])
                    worse = worse and end[a] <= max(memory.now[i], memory.end[i, a])
            if better:
                return True
            if worse:
                slot, empty = i, True
    memory.now[slot] = now
    memory.bits[slot] = bits
    memory.end[slot] = end
    return False


@njit(cache=True, nogil=True)
def shortest(tasks: Tasks, memory: Memory, best: int, bound: int, nodes: int) -> tuple[Ints, Ints, int, bool]:
    """A timetable that ends before day `best` if there is one, the best of those; the last end is -1 if none was found.

    True where the search ended by itself or reached `bound`: then nothing better exists. A shortest timetable in which no task
    can begin earlier comes out when its tasks are placed in the order in which they begin; so the next task begins before any
    other that is ready could end. `memory` must be empty; without entries nothing is remembered.
    """
    n, R = tasks.uses.shape
    start, end, placed = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.bool_)
    best_start, best_end, last = start.copy(), end.copy(), -1
    task, pick = np.full(n + 1, -1, dtype=np.int64), np.full(n + 1, -1, dtype=np.int64)
    may, queue = np.zeros((n + 1, n), dtype=np.int64), np.zeros((n + 1, n), dtype=np.int64)
    many, now = np.zeros(n + 1, dtype=np.int64), np.zeros(n + 1, dtype=np.int64)
    soon, load = np.zeros(n, dtype=np.int64), np.zeros(R, dtype=np.int64)
    bits = np.zeros((n + 63) // 64, dtype=np.uint64)
    depth, count = 0, 0
    while depth >= 0:
        if depth == n:
            best = last = int(end.max())
            best_start[:], best_end[:] = start, end
            if best <= bound:
                return best_start, best_end, last, True
            depth -= 1
        if task[depth] >= 0:
            placed[task[depth]] = False
            bits[task[depth] >> 6] ^= np.uint64(1) << np.uint64(task[depth] & 63)
            task[depth] = -1
        if pick[depth] < 0:
            many[depth] = _choices(tasks, now[depth], placed, end, may[depth], queue[depth], load)
        pick[depth] += 1
        if pick[depth] >= many[depth]:
            pick[depth] = -1
            depth -= 1
            continue
        k = queue[depth, pick[depth]]
        day = may[depth, k]
        stop = _end(tasks.length[k], day, tasks.next_workday, tasks.workdays, tasks.steps)
        if day > tasks.begin_by[k] or stop > tasks.end_by[k] or stop + tasks.tail[k] >= best:
            continue
        count += 1
        if count > nodes:
            return best_start, best_end, last, False
        start[k], end[k], placed[k] = day, stop, True
        bits[k >> 6] ^= np.uint64(1) << np.uint64(k & 63)
        task[depth] = k
        at = now[depth] if tasks.free[k] else day
        if _too_late(tasks, at, best, placed, start, end, soon) or (
            not tasks.free[k] and _remember(memory, bits, at, placed, end)
        ):
            continue
        depth += 1
        pick[depth], now[depth] = -1, at
    return best_start, best_end, last, True
