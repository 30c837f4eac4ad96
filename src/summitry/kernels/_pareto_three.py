"""Compiled extension of a three-party frontier by one group of choices; the law is `_pareto_numpy.extend`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels._pareto_numpy import Extended, Ints

BLOCK = 16
SAMPLE = 4
GRID = 512


@njit(cache=True)
def extend(front: Ints, options: Ints) -> Extended:
    """Add options (3, n) to a front (3, F) that is sorted by the first row descending, then the second.

    1. Lay a grid over the first two values, from the best down. In each cell keep the best third value of a sample of the sums; a
       running maximum over the cells that are better in both makes a stair that nothing efficient lies under.
    2. Take the sums in blocks of neighbours under one option: where the best corner of a block lies under the stair, skip all of
       it; otherwise test one by one.
    3. Sort the survivors by buckets of the first value, then within by falling values and rising option.
    4. Sweep: a sum is efficient if no third value so far, among those with at least its second value, reaches its own. A Fenwick
       tree of maxima over buckets of the second value answers for the better buckets, a list for its own.
    """
    size, choices = front.shape[1], options.shape[1]
    ends = np.empty((4, 2), dtype=np.int64)
    for p in range(2):
        for k, row in enumerate((front[p], options[p])):
            ends[2 * p + k, 0] = ends[2 * p + k, 1] = row[0]
            for value in row:
                ends[2 * p + k, 0], ends[2 * p + k, 1] = min(ends[2 * p + k, 0], value), max(ends[2 * p + k, 1], value)
    low0, top0, low1, top1 = ends[0, 0] + ends[1, 0], ends[0, 1] + ends[1, 1], ends[2, 0] + ends[3, 0], ends[2, 1] + ends[3, 1]
    side = 8
    while side < GRID and side * side < 4 * size * choices:
        side *= 2
    wide0, wide1 = 0, 0
    while (top0 - low0) >> wide0 >= side:
        wide0 += 1
    while (top1 - low1) >> wide1 >= side:
        wide1 += 1
    pairs = _survivors(front, options, side, top0, wide0, top1, wide1)
    count = len(pairs)
    while wide0 > 0 and (top0 - low0) >> (wide0 - 1) <= 2 * count:
        wide0 -= 1
    while wide1 > 0 and (top1 - low1) >> (wide1 - 1) <= 2 * count:
        wide1 -= 1
    sums, who = _sorted(front, options, pairs, top0, wide0, ((top0 - low0) >> wide0) + 1)
    efficient = _sweep(sums, top1, wide1, ((top1 - low1) >> wide1) + 1)
    values = np.empty((3, efficient.size), dtype=np.int64)
    parent, pick = np.empty(efficient.size, dtype=np.int32), np.empty(efficient.size, dtype=np.int32)
    for k in range(efficient.size):
        for p in range(3):
            values[p, k] = sums[efficient[k], p]
        parent[k], pick[k] = pairs[who[efficient[k]], 0], pairs[who[efficient[k]], 1]
    return values, parent, pick


@njit(cache=True)
def _survivors(front: Ints, options: Ints, side: int, top0: int, wide0: int, top1: int, wide1: int) -> NDArray[np.int32]:
    """List (point, option) of the sums above the stair (steps 1 and 2)."""
    size, choices = front.shape[1], options.shape[1]
    stair = np.full((side + 1, side + 1), -1, dtype=np.int64)
    for option in range(choices):
        d0, d1, d2 = top0 - options[0, option], top1 - options[1, option], options[2, option]
        for i in range(option % SAMPLE % size, size, SAMPLE):
            a, b = ((d0 - front[0, i]) >> wide0) + 1, ((d1 - front[1, i]) >> wide1) + 1
            stair[a, b] = max(stair[a, b], front[2, i] + d2)
    for a in range(1, side + 1):
        for b in range(1, side + 1):
            stair[a, b] = max(stair[a, b], stair[a - 1, b], stair[a, b - 1])
    corner = np.full((2, size // BLOCK + 1), -1, dtype=np.int64)
    for i in range(size):
        corner[0, i // BLOCK] = max(corner[0, i // BLOCK], front[1, i])
        corner[1, i // BLOCK] = max(corner[1, i // BLOCK], front[2, i])
    pairs = np.empty((size * choices, 2), dtype=np.int32)
    count = 0
    for option in range(choices):
        d0, d1, d2 = top0 - options[0, option], top1 - options[1, option], options[2, option]
        for start in range(0, size, BLOCK):
            block = start // BLOCK
            if corner[1, block] + d2 <= stair[(d0 - front[0, start]) >> wide0, (d1 - corner[0, block]) >> wide1]:
                continue
            for i in range(start, min(start + BLOCK, size)):
                if front[2, i] + d2 > stair[(d0 - front[0, i]) >> wide0, (d1 - front[1, i]) >> wide1]:
                    pairs[count, 0], pairs[count, 1] = i, option
                    count += 1
    return pairs[:count]


@njit(cache=True)
def _sorted(
    front: Ints, options: Ints, pairs: NDArray[np.int32], top: int, wide: int, buckets: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sort the sums of `pairs` by falling values and rising option: the sums (N, 3) and their places in `pairs` (step 3)."""
    count = len(pairs)
    place = np.zeros(buckets + 1, dtype=np.int64)
    for k in range(count):
        place[((top - front[0, pairs[k, 0]] - options[0, pairs[k, 1]]) >> wide) + 1] += 1
    for b in range(buckets):
        place[b + 1] += place[b]
    sums, who = np.empty((count, 3), dtype=np.int64), np.empty(count, dtype=np.int64)
    for k in range(count):
        i, option = pairs[k, 0], pairs[k, 1]
        b = (top - front[0, i] - options[0, option]) >> wide
        who[place[b]] = k
        for p in range(3):
            sums[place[b], p] = front[p, i] + options[p, option]
        place[b] += 1
    start = 0
    for b in range(buckets):
        stop = place[b]
        gap = 1
        while gap * 3 < stop - start:
            gap = gap * 3 + 1
        while gap > 0 and stop - start > 1:
            for k in range(start + gap, stop):
                x, y, z, code, at = sums[k, 0], sums[k, 1], sums[k, 2], who[k], k
                while at - gap >= start:
                    j = at - gap
                    if sums[j, 0] != x:
                        before = sums[j, 0] > x
                    elif sums[j, 1] != y:
                        before = sums[j, 1] > y
                    else:
                        before = sums[j, 2] > z or (sums[j, 2] == z and who[j] < code)
                    if before:
                        break
                    sums[at, 0], sums[at, 1], sums[at, 2], who[at] = sums[j, 0], sums[j, 1], sums[j, 2], who[j]
                    at = j
                sums[at, 0], sums[at, 1], sums[at, 2], who[at] = x, y, z, code
            gap //= 3
        start = stop
    return sums, who


@njit(cache=True)
def _sweep(sums: Ints, top: int, wide: int, rows: int) -> NDArray[np.int64]:
    """Find the efficient among sorted sums (N, 3) with a Fenwick tree over `rows` buckets of the second value (step 4)."""
    count = len(sums)
    tree, peak = np.full(rows + 1, -1, dtype=np.int64), np.full(rows, -1, dtype=np.int64)
    head, link = np.full(rows, -1, dtype=np.int64), np.empty(count, dtype=np.int64)
    efficient, number = np.empty(count, dtype=np.int64), 0
    for k in range(count):
        y, z = sums[k, 1], sums[k, 2]
        row = (top - y) >> wide
        beaten = False
        at = row
        while at > 0 and not beaten:
            beaten = tree[at] >= z
            at -= at & -at
        if not beaten and peak[row] >= z:
            j = head[row]
            while j >= 0 and not beaten:
                beaten = sums[j, 1] >= y and sums[j, 2] >= z
                j = link[j]
        if beaten:
            continue
        link[k], head[row] = head[row], k
        peak[row] = max(peak[row], z)
        at = row + 1
        while at <= rows:
            tree[at] = max(tree[at], z)
            at += at & -at
        efficient[number] = k
        number += 1
    return efficient[:number].copy()
