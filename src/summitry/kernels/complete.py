"""Whether a declared amount is all there is: Bayes' rule on a tabulated belief about how much there is.

X is what is held, with a density that is constant between tabulated quantiles. A complete declaration names X. An incomplete one
names a share of X that may be anything between none and all of it, equally likely. With prior c of completeness and d declared,
P(complete | d) = c f(d) / (c f(d) + (1 - c) g(d)), g(d) = integral over x > d of f(x) / x dx;
given an incomplete one, X has the density f(x) / (x g(d)) above d. All integrals are exact, because f is constant in pieces.
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
THIN = 1e-6
"""A tabulated step without width, that is, an amount known for certain, is given this share of the largest amount as width."""


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
    at, amounts = (at - at[0]) / (at[-1] - at[0]), amounts + max(float(amounts[-1]), declared) * THIN * np.arange(len(amounts))
    ends = np.log(max(float(amounts[0]), float(amounts[-1]) / LEAST) / FAR), np.log(float(amounts[-1]) * FAR)
    vague = np.exp(np.linspace(*ends, PIECES + 1))
    grid = np.unique(np.concatenate((amounts, vague))) if miss else amounts
    share = np.interp(grid, amounts, at)
    if miss:
        share = (1.0 - miss) * share + miss * np.interp(grid, vague, np.linspace(0.0, 1.0, PIECES + 1))
    low, high, density = grid[:-1], grid[1:], np.diff(share) / np.diff(grid)
    complete = float(density[(low <= declared) & (declared < high)].sum())
    above = (high > declared) & (density > 0.0)
    start, high = np.maximum(low[above], declared), high[above]
    weight = density[above] * np.log(high / start)
    return Evidence(complete, float(weight.sum()), declared, start, high, weight)
