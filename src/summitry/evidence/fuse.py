"""Fusing estimates of one quantity: arrays in, arrays out.

K claims, each a PERT(low, mode, high). Where they agree, the inverse-variance mean; where they do not, the linear pool, which
keeps every claimant's opinion in view. A logarithmic pool is left aside because it is zero wherever any one claimant says zero.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

QUANTILES = (0.05, 0.2, 0.5, 0.8, 0.95)
"""The probabilities that are told."""
FURTHEST, STEPS = 5.0, 100
AT = np.unique([*(math.erfc(-z / math.sqrt(2.0)) / 2.0 for z in np.linspace(-FURTHEST, FURTHEST, 2 * STEPS + 1)), *QUANTILES])
"""The probabilities at which a fused distribution is tabulated, shape (205,): those of a normal deviate at every twentieth from
-5 to 5, so that the tails are told as finely as the middle, and those that are told."""

GRID, HALVINGS = 129, 28
"""A quantile lies between two of 129 places, and 28 halvings then find it within 3e-11 of the whole range."""


def pert_moments(low: Floats, mode: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of PERT distributions, shapes (K,): (a + 4m + b) / 6 and sqrt((mean - a)(b - mean) / 7)."""
    mean = (low + 4.0 * mode + high) / 6.0
    return mean, np.sqrt(np.maximum((mean - low) * (high - mean), 0.0) / 7.0)


def inverse_variance(mean: Floats, deviation: Floats) -> tuple[float, float, float]:
    """Mean of independent estimates, its standard deviation, and their heterogeneity chi-square.

    It is Cochran's Q, with K - 1 degrees of freedom. Every `deviation` (K,) is positive. Source: Cochran (1954), The combination
    of estimates from different experiments.
    """
    weight = deviation**-2.0
    fused = float(weight @ mean / weight.sum())
    return fused, float(weight.sum() ** -0.5), float(weight @ (mean - fused) ** 2)


def chi_square_tail(statistic: float, freedom: int) -> float:
    """The probability of a chi-square at least this large; 1 where there is nothing to compare."""
    from scipy.special import chdtrc

    return float(chdtrc(freedom, statistic)) if freedom > 0 else 1.0


def pert_cdf(low: Floats, mode: Floats, high: Floats, x: Floats) -> Floats:
    """P(claim k <= x) for each of K PERT distributions, shape (K, len(x)); a claim without width is a step."""
    from scipy.special import betainc

    width = high - low
    wide = width > 0.0
    safe = np.where(wide, width, 1.0)
    share = np.where(wide, (mode - low) / safe, 0.5)[:, None]
    at = np.clip((x[None, :] - low[:, None]) / safe[:, None], 0.0, 1.0)
    smooth = np.asarray(betainc(1.0 + 4.0 * share, 5.0 - 4.0 * share, at), dtype=np.float64)
    return np.where(wide[:, None], smooth, x[None, :] >= low[:, None])


def pool_quantiles(low: Floats, mode: Floats, high: Floats, at: Floats) -> Floats:
    """Quantiles, shape of `at`, of the equally weighted linear pool of K PERT claims, by halving the interval that holds them."""
    grid = np.linspace(low.min(), high.max(), GRID)
    past = np.clip(np.searchsorted(pert_cdf(low, mode, high, grid).mean(axis=0), at), 1, GRID - 1)
    left, right = grid[past - 1], grid[past]
    for _ in range(HALVINGS):
        middle = left + (right - left) / 2.0
        reached = pert_cdf(low, mode, high, middle).mean(axis=0) >= at
        left, right = np.where(reached, left, middle), np.where(reached, middle, right)
    return np.maximum.accumulate(right)


def pool_table(low: Floats, mode: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Probabilities and amounts, both rising, that tabulate the pool: the quantiles at `AT`, and `GRID` places from end to end.

    The places tell how little lies between opinions that are far apart, where hardly any quantile falls.
    """
    grid = np.linspace(low.min(), high.max(), GRID)
    amounts = np.concatenate((pool_quantiles(low, mode, high, AT), grid))
    at = np.concatenate((AT, pert_cdf(low, mode, high, grid).mean(axis=0)))
    order = np.lexsort((at, amounts))
    return np.maximum.accumulate(at[order]), amounts[order]


def normal_quantiles(mean: float, deviation: float, at: Floats) -> Floats:
    """Quantiles, shape of `at`, of a normal distribution cut off below zero, because nobody holds less than nothing."""
    from scipy.special import ndtr, ndtri

    above = float(ndtr(mean / deviation))
    if above == 0.0:  # so far below zero that nothing of it is left above
        return np.zeros(at.shape)
    return np.maximum(mean - deviation * ndtri((1.0 - at) * above), 0.0)


def read_curve(at: Floats, curve: Floats, uniforms: Floats) -> Floats:
    """Values at `uniforms` (D,) of a distribution tabulated at `at`: monotone, linear in between, flat beyond the ends."""
    return np.interp(uniforms, at, curve)
