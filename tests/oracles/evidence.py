"""Slow, obvious twins of the evidence's kernels."""

from __future__ import annotations

from itertools import combinations, pairwise
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


def all_cuts(values: Sequence[float], least: int, count: int) -> float | None:
    """The least sum of squares about the means of `count` + 1 pieces, by trying every way to cut; None where there is none."""
    n = len(values)
    totals = []
    for cuts in combinations(range(1, n), count):
        pieces = [values[a:b] for a, b in pairwise((0, *cuts, n))]
        if count == 0 or all(len(piece) >= least for piece in pieces):
            totals.append(sum(float(np.var(piece)) * len(piece) for piece in pieces))
    return min(totals, default=None)


def forward(prior: float, stays: float, comes: float, evidence: Sequence[tuple[float, float]]) -> float:
    """Filtered probability of the first state: the sum over all paths of hidden states, one by one."""
    weight = {True: 0.0, False: 0.0}
    steps = len(evidence)
    for code in range(2 ** (steps + 1)):
        path = [bool(code >> k & 1) for k in range(steps + 1)]
        chance = prior if path[0] else 1.0 - prior
        for before, now, (first, second) in zip(path, path[1:], evidence, strict=False):
            enters = stays if before else comes
            chance *= (enters if now else 1.0 - enters) * (first if now else second)
        weight[path[-1]] += chance
    return weight[True] / (weight[True] + weight[False])


def dyad_months(
    rows: Sequence[dict[str, str]], source: str, target: str, classes: str
) -> dict[str, tuple[list[float], list[float]]]:
    """Scores of words and of deeds of `source` to `target` by month, row by row, each story once."""
    words = {1, 2, 3, 4, 5, 9, 10, 11, 12, 13} if classes == "codebook" else {1, 2, 3, 4, 5, 10, 11, 12, 13, 14}
    found: dict[str, tuple[list[float], list[float]]] = {}
    told = set()
    for row in rows:
        key = tuple(row[name] for name in ("date", "source", "target", "code", "story", "goldstein"))
        if row["source"] == source and row["target"] == target and key not in told:
            told.add(key)
            lists = found.setdefault(row["date"][:7], ([], []))
            lists[int(row["code"][:2]) not in words].append(float(row["goldstein"]))
    return found
