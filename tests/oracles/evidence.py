"""Slow, obvious twins of the evidence's kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

if TYPE_CHECKING:
    from collections.abc import Sequence


def pert(low: float, mode: float, high: float) -> stats._distn_infrastructure.rv_frozen:
    """SciPy's beta on [low, high] with the shapes of PERT."""
    width = high - low
    return stats.beta(1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width, loc=low, scale=width)


def pooled_sample(spans: Sequence[tuple[float, float, float]], each: int) -> list[float]:
    """A sorted sample of the linear pool: the same number of evenly spaced quantiles from every claim."""
    at = (np.arange(each) + 0.5) / each
    return sorted(float(x) for span in spans for x in pert(*span).ppf(at))


def kendall_score(values: Sequence[float]) -> int:
    """Pairs that rise less pairs that fall."""
    pairs = [(a, b) for i, a in enumerate(values) for b in values[i + 1 :]]
    return sum(b > a for a, b in pairs) - sum(b < a for a, b in pairs)


def shuffled_variance(values: Sequence[float], shuffles: int, rng: np.random.Generator) -> float:
    """Variance of Kendall's score when the order of the values means nothing."""
    scores = [kendall_score(rng.permutation(np.array(values)).tolist()) for _ in range(shuffles)]
    return float(np.var(scores))
