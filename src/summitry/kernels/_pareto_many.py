"""Compiled search for the efficient among points of any number of parties; the law is `_pareto_numpy.undominated`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from summitry.kernels._pareto_numpy import extend_many

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels._pareto_numpy import Extended, Ints

BLOCK = 32


def extend(front: Ints, options: Ints) -> Extended:
    """Extend a front by one group of choices; only the search for the efficient sums is compiled."""
    return extend_many(front, options, _search)


def _search(points: Ints) -> NDArray[np.int64]:
    return undominated(np.ascontiguousarray(points.T))


@njit(cache=True)
def undominated(points: Ints) -> NDArray[np.int64]:
    """Find the efficient among distinct points (N, P) that are sorted by the first value descending, then the next.

    1. Compare a point first with the one that beat the point before it: neighbours are often beaten by the same.
    2. Otherwise with all efficient points so far, in blocks: a block whose best corner does not reach the point is skipped.
    """
    size, parties = points.shape
    efficient, corners = np.empty(size, dtype=np.int64), np.zeros((size // BLOCK + 1, parties), dtype=np.int64)
    count, last = 0, 0
    for i in range(size):
        beaten = count > 0
        for p in range(parties):
            if not beaten or points[last, p] < points[i, p]:
                beaten = False
                break
        block = 0
        while not beaten and block * BLOCK < count:
            reached = True
            for p in range(parties):
                if corners[block, p] < points[i, p]:
                    reached = False
                    break
            if reached:
                for k in range(block * BLOCK, min((block + 1) * BLOCK, count)):
                    beaten = True
                    for p in range(parties):
                        if points[efficient[k], p] < points[i, p]:
                            beaten = False
                            break
                    if beaten:
                        last = efficient[k]
                        break
            block += 1
        if not beaten:
            for p in range(parties):
                corners[count // BLOCK, p] = max(corners[count // BLOCK, p], points[i, p])
            efficient[count] = i
            count += 1
    return efficient[:count].copy()
