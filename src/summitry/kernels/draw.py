"""Draws of uncertain values: PERT quantiles, and quantiles that correlate through one common factor.

The random bits come from a counter-based generator keyed by (seed, names), so that a draw depends on what it is for and on
nothing else: not on the number of cores, the order of evaluation, or which other things are drawn.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NODES = 1025


def pert_mean(low: float, mode: float, high: float) -> float:
    """Mean of a PERT distribution, (low + 4 mode + high) / 6."""
    return (low + 4.0 * mode + high) / 6.0


def generator(seed: int, *key: str) -> np.random.Generator:
    """The generator of one named stream: Philox keyed by SHA-256 of the seed and the names."""
    words = "\x1f".join((str(seed), *key)).encode()
    return np.random.Generator(np.random.Philox(key=np.frombuffer(hashlib.sha256(words).digest()[:16], dtype=np.uint64)))


def common_factor(rng: np.random.Generator, draws: int) -> NDArray[np.float64]:
    """Normal scores in random order, shape (draws,): the factor that the quantiles of one party share."""
    return rng.permutation(_normal_scores(draws))


def ranks(rng: np.random.Generator, factor: NDArray[np.float64], correlation: float) -> NDArray[np.int64]:
    """Ranks that share `factor`: rank k stands for the quantile (k + 1/2) / D; each of 0..D-1 once, shape (D,).

    Any two that share the factor have normal scores of correlation `correlation` (Gaussian copula); the margins are stratified,
    so that the mean over draws of a single issue's value has no sampling error beyond the midpoint rule.
    """
    draws = factor.size
    mixed = np.sqrt(correlation) * factor + np.sqrt(1.0 - correlation) * rng.permutation(_normal_scores(draws))
    order = np.argsort(mixed)
    rising = mixed[order]
    if np.any(rising[1:] == rising[:-1]):  # rare; how a quick sort orders ties depends on the processor
        order = np.argsort(mixed, kind="stable")
    rank = np.empty(draws, dtype=np.int64)
    rank[order] = np.arange(draws)
    return rank


def pert_draws(low: float, mode: float, high: float, rank: NDArray[np.int64]) -> NDArray[np.float64]:
    """The quantiles of PERT(low, mode, high) that these ranks of 0..D-1 stand for, shape (D,).

    As `pert_quantile`, from a kept table.
    """
    if low == high:
        return np.full(rank.shape, low)
    return low + (high - low) * _at_midpoints((mode - low) / (high - low), rank.size)[rank]


def pert_quantile(low: float, mode: float, high: float, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quantiles of PERT(low, mode, high): a beta on [low, high] with shapes 1 + 4 (mode - low) / (high - low) and its mirror.

    Read from 1,025 exact quantiles, evenly spaced in log-odds, with linear interpolation: off by less than 4e-5 of the range.
    """
    if low == high:
        return np.full(at.shape, low)
    return low + (high - low) * np.interp(at, _nodes(), _unit_quantiles((mode - low) / (high - low)))


def pert_quantile_exact(low: float, mode: float, high: float, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """The slow twin of `pert_quantile`: the inverse incomplete beta function at every point."""
    from scipy.special import betaincinv

    if low == high:
        return np.full(at.shape, low)
    share = (mode - low) / (high - low)
    exact: NDArray[np.float64] = low + (high - low) * betaincinv(1.0 + 4.0 * share, 5.0 - 4.0 * share, at)
    return exact


@lru_cache(maxsize=1)
def _nodes() -> NDArray[np.float64]:
    inner = 1.0 / (1.0 + np.exp(-np.linspace(-16.0, 16.0, NODES - 2)))
    return np.concatenate(([0.0], inner, [1.0]))


@lru_cache(maxsize=2048)
def _unit_quantiles(share: float) -> NDArray[np.float64]:
    """Exact quantiles of the unit PERT whose mode is `share`, at the nodes; kept, because each costs a millisecond."""
    return pert_quantile_exact(0.0, share, 1.0, _nodes())


@lru_cache(maxsize=1024)
def _at_midpoints(share: float, draws: int) -> NDArray[np.float64]:
    """Quantiles of the unit PERT at the midpoints (k + 1/2) / D, shape (D,); kept, because shapes recur over seeds."""
    return np.interp((np.arange(draws) + 0.5) / draws, _nodes(), _unit_quantiles(share))


@lru_cache(maxsize=8)
def _normal_scores(draws: int) -> NDArray[np.float64]:
    from scipy.special import ndtri

    scores: NDArray[np.float64] = ndtri((np.arange(draws) + 0.5) / draws)
    return scores
