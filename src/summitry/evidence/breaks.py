"""Where a series jumps to another level: break points by penalised least squares, with a penalty that noise seldom beats.

For K breaks, the best cuts are exact (`kernels.segments`). K breaks count only if they lower n log(sum of squares) by more than K
times a penalty. The gain is first divided by (1 + r) / (1 - r), by which a first-order memory r increases the variance of a mean.
The penalty was set by simulation, so that noise of 10 to 150 values and memory 0 to .7 alarms in at most 7 %
(tests/evidence/test_breaks.py measures it); a normal approximation does not hold for the best of many cuts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from summitry.evidence.trend import LEAST, memory
from summitry.kernels.segments import best_cuts, squares

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 5
CERTAIN = 3.841
"""95 % of chi-square with one degree of freedom: places of a break that lose no more than this are as good."""


@dataclass(frozen=True, slots=True)
class Break:
    """A jump: the index of the first value after it, the first and last index it may as well have, and the means around it."""

    at: int
    earliest: int
    latest: int
    before: float
    after: float


def penalty(n: int) -> float:
    """What a break must gain on n values."""
    return 9.4 - 38.0 / n


def breaks(series: NDArray[np.float64]) -> tuple[Break, ...] | None:
    """The breaks of a series (T,), NaN where there is no value, as indices into it; None with fewer than `LEAST` values.

    1. The best cuts for every K up to five, no piece shorter than three values or a tenth of them.
    2. The K whose gain, reduced for memory, exceeds K penalties by most. Memory is halfway between that of the series, which
       takes breaks for memory, and that of what is left without the breaks, which takes memory for breaks.
    3. Around each break, the places that fit as well with the other breaks as they are.
    """
    index = np.flatnonzero(np.isfinite(series))
    values = series[index]
    n = values.size
    if n < LEAST:
        return None
    cost = squares(values)
    least = max(3, n // 10)
    if cost[0, n] <= 1e-12 * float(np.abs(values).max(initial=1.0)) ** 2:
        return ()
    fits = best_cuts(cost, least, min(MOST, n // least - 1))
    scored = [(_gain(values, cost[0, n], rest, cuts) - penalty(n) * len(cuts), cuts) for rest, cuts in fits]
    cuts = max(scored, key=lambda pair: (pair[0], -len(pair[1])))[1]
    return tuple(_break(values, cost, index, cuts, k, least) for k in range(len(cuts)))


def residuals(values: NDArray[np.float64], cuts: tuple[int, ...]) -> NDArray[np.float64]:
    """What is left of the values without the means of their pieces."""
    return np.concatenate([piece - piece.mean() for piece in np.split(values, cuts)])


def _gain(values: NDArray[np.float64], whole: float, rest: float, cuts: tuple[int, ...]) -> float:
    if not cuts:
        return 0.0
    n = values.size
    left = memory(residuals(values, cuts), 2.0 * len(cuts) + 1.0) if rest > 1e-9 * whole else 0.0
    r = (memory(values, 1.0) + left) / 2.0
    return n * math.log(whole / max(rest, 1e-9 * whole)) * (1.0 - r) / (1.0 + r)


def _break(
    values: NDArray[np.float64], cost: NDArray[np.float64], index: NDArray[np.int64], cuts: tuple[int, ...], k: int, least: int
) -> Break:
    n, ends = values.size, (0, *cuts, values.size)
    low, at, high = ends[k : k + 3]
    elsewhere = sum(float(cost[a, b]) for a, b in pairwise(ends)) - float(cost[low, at] + cost[at, high])
    places = np.arange(low + least, high - least + 1)
    total = np.maximum(elsewhere + cost[low, places] + cost[places, high], 1e-9 * float(cost[0, n]))
    good = places[n * np.log(total / total.min()) <= CERTAIN]
    before, after = float(values[low:at].mean()), float(values[at:high].mean())
    return Break(int(index[at]), int(index[good[0]]), int(index[good[-1]]), before, after)
