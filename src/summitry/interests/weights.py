"""Weights of issues from comparisons: what is consistent with the answers, and which question would tell most.

Weights w (n,) are non-negative and sum to 1; before any answer every such w is as probable as another. A comparison says that
the ratio of two sums of weights lies between `low` and `high`. People judge ratios with a logistic error of scale ERROR in their
logarithm (Bradley & Terry 1952): it is made with probability F((ln ratio - ln low) / ERROR) F((ln high - ln ratio) / ERROR) with
F(x) = 1 / (1 + exp(-x)). In the logarithms of two moves' worth this has one peak, so that chains of draws cannot be trapped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import conflict, walk
from summitry.kernels.halving import least_share

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

ERROR = 0.1
"""Scale of the error of a judged ratio, in its logarithm: moves in the ratio 5 to 4 are confused by one in ten, 2 to 1 hardly."""
SLACK = 2.0 * ERROR
"""Answers contradict each other where not even an error of this size in each of them could make them agree."""
LARGEST_RATIO = 1e6
CHAINS, WARM = 128, 10
EACH, LONG = 8, 40
"""How many draws each chain gives: for choosing a question, and for the ranges that go into a file."""
HALVINGS, SMALLEST = 30, 1e-4
LARGEST_LOG = 50.0
TINY = 1e-300


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """K comparisons of weights: sums `left` and `right` (K, n), ratios `low` to `high` (K,), `answer` (K,) behind each."""

    left: NDArray[np.float64]
    right: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    answer: NDArray[np.int64]


def consistent(answers: Comparisons, rng: np.random.Generator, *, each: int = EACH) -> NDArray[np.float64]:
    """Weights drawn as the answers leave them, `each` from each chain, shape (each * C, n), step by step; consumes rng.

    The walk goes over logarithms, in which ratios are straight: even weights are exponential variables divided by their sum. It
    begins without the answers, and heeds them more and more: chains that they make improbable give way to others (sequential
    Monte Carlo, Del Moral, Doucet & Jasra 2006), so that none is left far from what fits.
    """
    size = answers.left.shape[1]
    if size == 1:
        return np.ones((CHAINS * each, 1))
    chains = max(CHAINS, 4 * size)
    with np.errstate(divide="ignore"):
        low, high = np.log(answers.low), np.log(answers.high)

    def doubt(logs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Minus the log-likelihood of the answers with these weights, shape (C,)."""
        raw = np.exp(np.minimum(logs, LARGEST_LOG))
        ratio = np.log(raw @ answers.left.T + TINY) - np.log(raw @ answers.right.T + TINY)
        doubts = np.logaddexp(0.0, (low - ratio) / ERROR) + np.logaddexp(0.0, (ratio - high) / ERROR)
        return np.asarray(doubts.sum(axis=1))

    def heeding(share: float) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
        return lambda logs: (logs - np.exp(np.minimum(logs, LARGEST_LOG))).sum(axis=1) - share * doubt(logs)

    at, share = np.log(rng.exponential(size=(chains, size)) + TINY), 0.0
    while share < 1.0:
        doubts = doubt(at)
        step = _step(doubts, 1.0 - share)
        chance = np.exp(step * (doubts.min() - doubts))
        share += step
        at = walk.hit_and_run(heeding(share), at[rng.choice(chains, chains, p=chance / chance.sum())], rng, WARM + size)[-1]
    thin = size // 2 + 1
    raw = np.exp(walk.hit_and_run(heeding(1.0), at, rng, thin * each)[thin - 1 :: thin])
    return np.asarray((raw / raw.sum(axis=2, keepdims=True)).reshape(-1, size))


def _step(doubts: NDArray[np.float64], rest: float) -> float:
    """How much more the answers can be heeded, `rest` at most, so that half of the chains still count."""

    def counting(step: float) -> float:
        weight = np.exp(step * (doubts.min() - doubts))
        return float(weight.sum() ** 2 / (weight**2).sum())

    if counting(rest) >= doubts.size / 2.0:
        return rest
    low, span = rest * SMALLEST, rest * (1.0 - SMALLEST)
    too_far = least_share(lambda share: counting(low + span * share) < doubts.size / 2.0, HALVINGS)
    return low + span * (too_far - 2.0**-HALVINGS)


def informative(
    weights: NDArray[np.float64], issue: NDArray[np.int64], size: NDArray[np.float64], pairs: NDArray[np.int64]
) -> NDArray[np.float64]:
    """How much the answer to "which matters more?" is expected to tell of the weights, in bits, shape (C,).

    `pairs` (C, 2) number items; item k is the share `size[k]` of the weight of `issue[k]`. The mutual information of answer and
    weights: the entropy of the answer less what remains of it when the weights are known (Lindley 1956; Houlsby et al. 2011).
    """
    from scipy.special import expit

    worth = np.log(weights[:, issue] * size + TINY)
    chance = expit((worth[:, pairs[:, 0]] - worth[:, pairs[:, 1]]) / ERROR)
    information: NDArray[np.float64] = _bits(chance.mean(axis=0)) - _bits(chance).mean(axis=0)
    return information


def _bits(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.special import entr

    bits: NDArray[np.float64] = (entr(chance) + entr(1.0 - chance)) / np.log(2.0)
    return bits


def contradicting(answers: Comparisons) -> tuple[int, ...]:
    """The answers of one minimal contradiction, or (): no weights meet them all, even if each is off by SLACK."""
    if not len(answers.low):
        return ()
    bounded = np.isfinite(answers.high)
    rows = np.concatenate(
        [
            answers.left - answers.right * (answers.low * np.exp(-SLACK))[:, None],
            answers.right[bounded] * (answers.high[bounded] * np.exp(SLACK))[:, None] - answers.left[bounded],
        ]
    )
    group = np.concatenate([answers.answer, answers.answer[bounded]])
    bounds = np.tile([1.0, LARGEST_RATIO], (answers.left.shape[1], 1))
    return conflict.contradiction(rows, group, bounds)
