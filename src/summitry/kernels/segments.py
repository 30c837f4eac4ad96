"""Where the mean of a series changes: the best cuts into 1, 2, ... pieces, exactly, by dynamic programming.

Segment neighbourhood of Auger & Lawrence (1989), Bulletin of Mathematical Biology 51, 39-54. Time O(K n^2), memory O(n^2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def squares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum of squares about the mean of every piece values[i:j], shape (n + 1, n + 1); zero where i >= j."""
    centred = values - values.mean()  # sums of squares cancel badly far from zero
    total = np.concatenate(([0.0], np.cumsum(centred)))
    power = np.concatenate(([0.0], np.cumsum(centred * centred)))
    at = np.arange(values.size + 1)
    length = np.maximum(at[None, :] - at[:, None], 1)
    sums = (power[None, :] - power[:, None]) - (total[None, :] - total[:, None]) ** 2 / length
    return np.where(at[None, :] > at[:, None], np.maximum(sums, 0.0), 0.0)


def best_cuts(cost: NDArray[np.float64], least: int, most: int) -> list[tuple[float, tuple[int, ...]]]:
    """The least total of `cost` (n + 1, n + 1) with 0, 1, ... `most` cuts, each with its cuts: the first index of a new piece.

    Every piece has at least `least` values; the list ends early where no further cut fits.
    """
    n = len(cost) - 1
    at = np.arange(n + 1)
    allowed = np.where(at[None, :] - at[:, None] >= least, cost, np.inf)
    best = allowed[0].copy()
    best_by_cuts: list[tuple[float, tuple[int, ...]]] = [(float(cost[0, n]), ())]
    back: list[NDArray[np.int64]] = []
    for _ in range(most):
        total = best[:, None] + allowed
        start = total.argmin(axis=0)
        best = total[start, at]
        back.append(start)
        if not np.isfinite(best[n]):
            break
        cuts, end = [], n
        for starts in reversed(back):
            end = int(starts[end])
            cuts.append(end)
        best_by_cuts.append((float(best[n]), tuple(reversed(cuts))))
    return best_by_cuts
