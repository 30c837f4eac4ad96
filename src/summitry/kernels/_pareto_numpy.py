"""One step of the frontier in plain numpy: the reference of the compiled kernels, and the way of all small cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Extended: TypeAlias = tuple[Ints, NDArray[np.int32], NDArray[np.int32]]

LANE = 8
FEW = 2000
BLOCK = 256


def extend(front: Ints, options: Ints) -> Extended:
    """Add options (P, n) to an efficient front (P, F): the efficient sums, with the front's column and the option of each.

    All entries are at least 0. The front is sorted by the first row descending, then the next, and so is the result; of
    equal sums the one with the least option stays.
    """
    parties = len(front)
    if parties == 1:
        option = int(options[0].argmax())
        return front + options[:, [option]], np.zeros(1, dtype=np.int32), np.full(1, option, dtype=np.int32)
    return extend_two(front, options) if parties == 2 else extend_many(front, options, undominated)  # noqa: PLR2004 (two parties)


def extend_two(front: Ints, options: Ints) -> Extended:
    """Do the same as `_pareto_two.extend`, where the steps stand, for two parties; few sums are sorted without a staircase."""
    size, choices = front.shape[1], options.shape[1]
    up, right = options[0][:, None], options[1][:, None]
    if size * choices <= FEW:
        x, y = (up + front[0]).ravel(), (right + front[1]).ravel()
        at = _rising(x, y)
        return np.stack([x[at], y[at]]), (at % size).astype(np.int32), (at // size).astype(np.int32)
    top = int(front[0, 0] + options[0].max())
    span = top - int(front[0, -1] + options[0].min())
    shift = max(0, span.bit_length() - (2 * size).bit_length())
    down = top - up
    bound = np.full((span >> shift) + 2, -1, dtype=np.int64)
    np.maximum.at(bound, ((down - front[0, ::4]) >> shift) + 1, right + front[1, ::4])
    np.maximum.accumulate(bound, out=bound)
    padded = np.concatenate([front, np.repeat(front[:, -1:], -size % LANE, axis=1)], axis=1).reshape(2, -1, LANE)
    option, block = np.nonzero(right + padded[1, :, -1] > bound[(down - padded[0, :, 0]) >> shift])
    x, y = (padded[p, block] + options[p][option][:, None] for p in range(2))
    left = np.flatnonzero(y > bound[(top - x) >> shift])
    x, y = x.ravel()[left], y.ravel()[left]
    at = _rising(x, y)
    lane = left[at] // LANE
    return np.stack([x[at], y[at]]), (block[lane] * LANE + left[at] % LANE).astype(np.int32), option[lane].astype(np.int32)


def _rising(x: Ints, y: Ints) -> NDArray[np.intp]:
    """Find the efficient points by falling x: those whose y exceeds every y before, and the last of those with one x."""
    order = np.argsort(-x, kind="stable")
    best = np.maximum.accumulate(y[order])
    keep = np.ones(order.size, dtype=np.bool_)
    keep[1:] = best[1:] > best[:-1]
    order = order[keep]
    last = np.ones(order.size, dtype=np.bool_)
    last[:-1] = x[order[1:]] != x[order[:-1]]
    return order[last]


def extend_many(front: Ints, options: Ints, search: Callable[[Ints], NDArray[np.integer]]) -> Extended:
    """Extend a front of any number of parties: list all sums, sort them by falling values, `search` for the efficient."""
    return extend_some(front, options, np.arange(front.shape[1] * options.shape[1]), search)


def extend_some(
    front: Ints, options: Ints, some: NDArray[np.intp], search: Callable[[Ints], NDArray[np.integer]] | None = None
) -> Extended:
    """Extend a front by the sums `some` (option * F + column, rising) alone; more than one party."""
    size = front.shape[1]
    sums = front[:, some % size] + options[:, some // size]
    order = np.lexsort(-sums[::-1])
    ranked = sums[:, order]
    fresh = np.ones(order.size, dtype=np.bool_)
    fresh[1:] = (ranked[:, 1:] != ranked[:, :-1]).any(axis=0)
    order, ranked = order[fresh], ranked[:, fresh]
    keep = (search or undominated)(ranked)
    at = some[order[keep]]
    return np.ascontiguousarray(ranked[:, keep]), (at % size).astype(np.int32), (at // size).astype(np.int32)


def undominated(points: Ints | NDArray[np.float64]) -> NDArray[np.intp]:
    """Find the efficient among distinct points (P, N) that are sorted by the first row descending, then the next.

    1. One party: the first. Two: those whose second value exceeds every one before.
    2. More: replace values by their ranks, which are small integers that compare fast; the order decides the first row. Compare
       a block of points with the efficient ones so far, in growing portions, and then with each other.
    """
    parties, size = points.shape
    if parties == 1:
        return np.zeros(min(size, 1), dtype=np.intp)
    if parties == 2:  # noqa: PLR2004 (two parties)
        best = np.maximum.accumulate(points[1])
        return np.flatnonzero(np.concatenate([[True], best[1:] > best[:-1]])[:size])
    ranks = _ranks(points[1:])
    efficient = np.zeros(0, dtype=np.intp)
    for start in range(0, size, BLOCK):
        alive = np.arange(start, min(start + BLOCK, size))
        low, step = 0, BLOCK
        while low < efficient.size and alive.size:
            alive = alive[~_reached(ranks[:, efficient[low : low + step]], ranks[:, alive]).any(axis=0)]
            low, step = low + step, 2 * step
        within = _reached(ranks[:, alive], ranks[:, alive])
        alive = alive[~np.triu(within, 1).any(axis=0)]
        efficient = np.concatenate([efficient, alive])
    return efficient


def _ranks(rows: Ints | NDArray[np.float64]) -> NDArray[np.integer]:
    small = np.uint16 if rows.shape[1] < 2**16 else np.int32
    ranks = np.empty(rows.shape, dtype=small)
    for row, rank in zip(rows, ranks, strict=True):
        order = np.argsort(row)
        rank[order] = np.concatenate([[0], np.cumsum(row[order[1:]] != row[order[:-1]])])
    return ranks


def _reached(rivals: NDArray[np.integer], points: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell for each rival (rows) and point (columns) whether the rival has at least the point's rank everywhere."""
    reached = rivals[0][:, None] >= points[0]
    for rival, point in zip(rivals[1:], points[1:], strict=True):
        reached &= rival[:, None] >= point
    return np.asarray(reached)
