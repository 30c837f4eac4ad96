"""Whether a declared amount is all there is: Bayes' rule on a tabulated belief about how much there is.

X is what is held. Its distribution function is read from a table by monotone cubic interpolation, so that its density f is
continuous; integrals are sums over pieces so short that f hardly changes within one. A complete declaration names X. An
incomplete one names a share of X that may be anything between none and all of it, equally likely. With prior c of completeness
and d declared, P(complete | d) = c f(d) / (c f(d) + (1 - c) g(d)), g(d) = integral over x > d of f(x) / x dx;
given an incomplete one, X has the density f(x) / (x g(d)) above d.
Source of the interpolation: Fritsch and Butland (1984), A method for constructing local monotone piecewise cubic interpolants.
It is that of scipy.interpolate, written out because loading that package takes a quarter of a second.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST, FAR, PIECES = 100.0, 4.0, 64
CUTS = np.arange(8) / 8.0
"""Into so many pieces each interval between two quantiles is cut."""
THIN, SAME = 1e-6, 1e-9
"""A tabulated step without width, that is, an amount known for certain, is given this share of the largest amount as width; a
step counts as one if its quantiles differ by less than the second share."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Densities of the declared amount if complete and if incomplete, and the pieces (K,) of what is then held above it."""

    complete: float
    incomplete: float
    declared: float
    low: Floats
    high: Floats
    weight: Floats

    def probability(self, prior: float) -> float | None:
        """The probability that the declaration is complete; None where the belief excludes such a declaration altogether."""
        yes, no = prior * self.complete, (1.0 - prior) * self.incomplete
        return None if yes + no == 0.0 else yes / (yes + no)

    def undeclared(self, at: float, complete: float) -> float:
        """The amount that what is undeclared does not exceed with probability `at`, when it is complete with `complete`."""
        if at <= complete or not len(self.weight):
            return 0.0
        total = np.cumsum(self.weight)
        wanted = (at - complete) / (1.0 - complete) * total[-1]
        k = min(int(np.searchsorted(total, wanted)), len(total) - 1)
        within = (wanted - (total[k] - self.weight[k])) / self.weight[k]
        low, high = float(self.low[k]), float(self.high[k])
        return max(0.0, low * math.pow(high / low, float(within)) - self.declared)


def weigh(at: Floats, amounts: Floats, declared: float, miss: float = 0.0) -> Evidence:
    """Weigh a declared amount above zero against a belief: quantiles `amounts` (K + 1,) at the probabilities `at`, both rising.

    With probability `miss` the belief misses: then X is anything from a quarter of its lowest to four times its highest amount,
    equally likely on a logarithmic scale (its lowest counts as no less than a hundredth of its highest).
    """
    ends = np.log(max(float(amounts[0]), float(amounts[-1]) / LEAST) / FAR), np.log(float(amounts[-1]) * FAR)
    at, amounts = _apart(at, amounts, max(float(amounts[-1]), declared))
    slopes = _slopes(at, amounts)
    cuts = (amounts[:-1, None] + np.diff(amounts)[:, None] * CUTS).ravel()
    grid = np.unique(np.concatenate((cuts, amounts[-1:], np.exp(np.linspace(*ends, PIECES + 1)) if miss else [])))
    share, density = _cubic(at, amounts, slopes, grid)
    complete = float(_cubic(at, amounts, slopes, np.array([declared]))[1][0])
    if miss:
        share = (1.0 - miss) * share + miss * np.interp(np.log(grid), ends, (0.0, 1.0))
        vague = ends[0] <= np.log(declared) <= ends[1]
        complete = (1.0 - miss) * complete + (miss / (declared * (ends[1] - ends[0])) if vague else 0.0)
    low, high, density = grid[:-1], grid[1:], np.diff(share) / np.diff(grid)
    above = (high > declared) & (density > 0.0)
    start, high = np.maximum(low[above], declared), high[above]
    weight = density[above] * np.log(high / start)
    return Evidence(complete, float(weight.sum()), declared, start, high, weight)


def _apart(at: Floats, amounts: Floats, largest: float) -> tuple[Floats, Floats]:
    """Probabilities from 0 to 1 and quantiles that rise strictly: those of one amount are spread evenly about it."""
    first = np.diff(amounts, prepend=-np.inf) > SAME * largest
    group = np.cumsum(first) - 1
    last = np.append(first[1:], [True])
    middle = (at[first] + at[last]) / 2.0
    spread = amounts + THIN * largest * (at - middle[group])
    rises = np.diff(np.maximum.accumulate(spread), prepend=-np.inf) > 0.0
    at = at[rises]
    return (at - at[0]) / (at[-1] - at[0]), spread[rises]


def _slopes(at: Floats, amounts: Floats) -> Floats:
    """The density at each quantile: a weighted harmonic mean of the secants beside it; at the ends, the secant's."""
    width = np.diff(amounts)
    secant = np.diff(at) / width
    before, after = 2.0 * width[1:] + width[:-1], width[1:] + 2.0 * width[:-1]
    some = (secant[:-1] > 0.0) & (secant[1:] > 0.0)  # where nothing lies on one side, the density is zero
    left, right = np.where(some, secant[:-1], 1.0), np.where(some, secant[1:], 1.0)
    inner = np.where(some, (before + after) / (before / left + after / right), 0.0)
    return np.concatenate((secant[:1], inner, secant[-1:]))


def _cubic(at: Floats, amounts: Floats, slopes: Floats, x: Floats) -> tuple[Floats, Floats]:
    """The distribution function at `x` and its density, which is zero outside the quantiles."""
    k = np.clip(np.searchsorted(amounts, x, side="right") - 1, 0, len(amounts) - 2)
    width = amounts[k + 1] - amounts[k]
    t = (x - amounts[k]) / width
    rise, left, right = at[k + 1] - at[k], slopes[k] * width, slopes[k + 1] * width
    share = at[k] + t * (left + t * (3.0 * rise - 2.0 * left - right + t * (left + right - 2.0 * rise)))
    density = (left + t * (2.0 * (3.0 * rise - 2.0 * left - right) + 3.0 * t * (left + right - 2.0 * rise))) / width
    within = (x >= amounts[0]) & (x <= amounts[-1])
    return np.where(within, share, x > amounts[-1]), np.where(within, density, 0.0)
