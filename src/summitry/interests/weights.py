"""Weights of issues from comparisons: what is consistent with the answers, and which question would tell most.

Weights w (n,) are non-negative and sum to 1; before any answer every such w is as probable as another. A comparison says that
the ratio of two sums of weights lies between `low` and `high`. People judge ratios with a normal error of ERROR in their
logarithm, and SLIP of the answers say nothing; so it is made with probability
SLIP / 2 + (1 - SLIP) Phi((ln ratio - ln low) / ERROR) Phi((ln high - ln ratio) / ERROR).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import conflict, walk

if TYPE_CHECKING:
    from numpy.typing import NDArray

ERROR = 0.1
"""Standard error of a judged ratio, in its logarithm: two answers in three are right to about a tenth."""
SLIP = 0.05
"""Share of answers that are slips of the tongue or the pen; without it one of them would spoil all that fits it badly."""
SLACK = 2.0 * ERROR
"""Answers contradict each other where not even errors of two standard errors in each of them could make them agree."""
LARGEST_RATIO = 1e6
CHAINS, KEPT = 64, 16
TINY = 1e-300


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """K comparisons of weights: sums `left` and `right` (K, n), ratios `low` to `high` (K,), `answer` (K,) behind each."""

    left: NDArray[np.float64]
    right: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    answer: NDArray[np.int64]


def consistent(told: Comparisons, rng: np.random.Generator) -> NDArray[np.float64]:
    """Weights drawn as the answers leave them, shape (CHAINS * KEPT, n); consumes rng."""
    size = told.left.shape[1]
    if size == 1:
        return np.ones((CHAINS * KEPT, 1))
    with np.errstate(divide="ignore"):
        low, high = np.log(told.low), np.log(told.high)

    def log_density(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        from scipy.special import ndtr

        ratio = np.log(weights @ told.left.T + TINY) - np.log(weights @ told.right.T + TINY)
        meant = ndtr((ratio - low) / ERROR) * ndtr((high - ratio) / ERROR)
        total: NDArray[np.float64] = np.log(SLIP / 2.0 + (1.0 - SLIP) * meant).sum(axis=1)
        return total

    start = rng.dirichlet(np.ones(size), CHAINS)
    warm = 60 + 8 * size
    return walk.hit_and_run(log_density, start, rng, warm + 4 * KEPT)[warm::4].reshape(-1, size)


def informative(
    weights: NDArray[np.float64], issue: NDArray[np.int64], size: NDArray[np.float64], pairs: NDArray[np.int64]
) -> NDArray[np.float64]:
    """How much the answer to "which matters more?" is expected to tell of the weights, in bits, shape (C,).

    `pairs` (C, 2) number items; item k is the share `size[k]` of the weight of `issue[k]`. The mutual information of answer and
    weights: the entropy of the answer less what remains of it when the weights are known (Lindley 1956; Houlsby et al. 2011).
    """
    from scipy.special import ndtr

    worth = np.log(weights[:, issue] * size + TINY)
    chance = SLIP / 2.0 + (1.0 - SLIP) * ndtr((worth[:, pairs[:, 0]] - worth[:, pairs[:, 1]]) / ERROR)
    told: NDArray[np.float64] = _bits(chance.mean(axis=0)) - _bits(chance).mean(axis=0)
    return told


def _bits(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.special import entr

    found: NDArray[np.float64] = (entr(chance) + entr(1.0 - chance)) / np.log(2.0)
    return found


def contradicting(told: Comparisons) -> tuple[int, ...]:
    """The answers of one minimal contradiction, or (): no weights meet them all, even if each is off by SLACK."""
    if not len(told.low):
        return ()
    bounded = np.isfinite(told.high)
    rows = np.concatenate(
        [
            told.left - told.right * (told.low * np.exp(-SLACK))[:, None],
            told.right[bounded] * (told.high[bounded] * np.exp(SLACK))[:, None] - told.left[bounded],
        ]
    )
    group = np.concatenate([told.answer, told.answer[bounded]])
    bounds = np.tile([1.0, LARGEST_RATIO], (told.left.shape[1], 1))
    return conflict.contradiction(rows, group, bounds)
