"""Compiled extension of a two-party frontier by one group of choices; the law is `_pareto_numpy.extend`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels._pareto_numpy import Extended, Ints

BLOCK = 16
SAMPLE = 4


@njit(cache=True)
def extend(front: Ints, options: Ints) -> Extended:
    """Add options (2, n) to a front (2, F) that falls in its first row and rises in its second.

    1. Cut the range of the first value into about two buckets a point, from the best down. In each, keep the best second value of
       a sample of the sums; a running maximum over the buckets before makes them a staircase that nothing efficient lies under.
    2. Take the sums in blocks of neighbours under one option: where the best corner of a block lies under the staircase, skip all
       of it; otherwise test one by one. About 1.2 times the result survives.
    3. Sort the survivors by bucket, then within the bucket by falling first value, falling second value and rising option.
    4. Sweep: what exceeds all second values before it is efficient.
    """
    x, y = front[0], front[1]
    size, choices = x.size, options.shape[1]
    top, low = x[0] + options[0, 0], x[size - 1] + options[0, 0]
    for option in range(choices):
        top, low = max(top, x[0] + options[0, option]), min(low, x[size - 1] + options[0, option])
    shift = 0
    while (top - low) >> shift > 2 * size + 64:
        shift += 1
    bound = np.full(((top - low) >> shift) + 2, -1, dtype=np.int64)
    for option in range(choices):
        reach, gain = top - options[0, option], options[1, option]
        for i in range(option % SAMPLE % size, size, SAMPLE):
            b = ((reach - x[i]) >> shift) + 1
            bound[b] = max(bound[b], y[i] + gain)
    for b in range(1, bound.size):
        bound[b] = max(bound[b], bound[b - 1])
    pairs = np.empty((size * choices, 2), dtype=np.int32)
    place = np.zeros(bound.size + 1, dtype=np.int64)
    count = 0
    for option in range(choices):
        reach, gain = top - options[0, option], options[1, option]
        for start in range(0, size, BLOCK):
            stop = min(start + BLOCK, size)
            if y[stop - 1] + gain <= bound[(reach - x[start]) >> shift]:
                continue
            for i in range(start, stop):
                b = (reach - x[i]) >> shift
                if y[i] + gain > bound[b]:
                    pairs[count, 0], pairs[count, 1] = i, option
                    place[b + 1] += 1
                    count += 1
    for b in range(1, place.size):
        place[b] += place[b - 1]
    return _sweep(front, options, pairs[:count], place, top, shift)


@njit(cache=True)
def _sweep(front: Ints, options: Ints, pairs: NDArray[np.int32], place: NDArray[np.int64], top: int, shift: int) -> Extended:
    """Sort the `pairs` (point, option) by bucket, whose first positions are in `place`, and keep what exceeds all before it."""
    count = len(pairs)
    sums, who = np.empty((count, 2), dtype=np.int64), np.empty(count, dtype=np.int64)
    for k in range(count):
        i, option = pairs[k, 0], pairs[k, 1]
        first = front[0, i] + options[0, option]
        b = (top - first) >> shift
        at = place[b]
        place[b] = at + 1
        sums[at, 0], sums[at, 1], who[at] = first, front[1, i] + options[1, option], k
    values = np.empty((2, count), dtype=np.int64)
    parent, pick = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    best, size, start = np.int64(-1), 0, 0
    for b in range(place.size - 1):
        stop = place[b]
        gap = 1
        while gap * 3 < stop - start:
            gap = gap * 3 + 1
        while gap > 0 and stop - start > 1:
            for k in range(start + gap, stop):
                first, second, code, at = sums[k, 0], sums[k, 1], who[k], k
                while at - gap >= start:
                    j = at - gap
                    if sums[j, 0] > first:
                        break
                    if sums[j, 0] == first and (sums[j, 1] > second or (sums[j, 1] == second and who[j] < code)):
                        break
                    sums[at, 0], sums[at, 1], who[at] = sums[j, 0], sums[j, 1], who[j]
                    at = j
                sums[at, 0], sums[at, 1], who[at] = first, second, code
            gap //= 3
        for k in range(start, stop):
            if sums[k, 1] > best:
                best = sums[k, 1]
                values[0, size], values[1, size] = sums[k, 0], best
                parent[size], pick[size] = pairs[who[k], 0], pairs[who[k], 1]
                size += 1
        start = stop
    return values[:, :size].copy(), parent[:size].copy(), pick[:size].copy()
