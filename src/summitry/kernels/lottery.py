"""Bargaining solutions over lotteries: shares of efficient packages instead of one package, as the theory assumes.

Values of a lottery are expected values; only individually rational packages enter. Shares are (F,), sum to 1, and are all zero
where no package is individually rational.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.bargain import individually_rational

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

ROUNDS = 200_000
GAP = 1e-9
NEGLIGIBLE = 1e-7


def nash(points: Points, disagreement: Points) -> Points:
    """Shares whose expected gains have the largest product: J. Nash, "The bargaining problem", Econometrica 18 (1950).

    1. Gains g over the disagreement point; packages that bring nobody anything are left out. 2. Cover's iteration for the
    log-optimal portfolio (IEEE Transactions on Information Theory 30(2), 1984): multiply each share by its mean of gain over
    expected gain. 3. Stop where no package's mean exceeds 1 by more than 1e-9, which bounds the logarithm of the product by
    that gap times P. Where some party cannot gain, the product is that of the parties who can.
    """
    gain, who = _gains(points, disagreement)
    shares = np.zeros(len(points))
    can = gain.max(axis=0, initial=0.0) > 0.0
    if not who.size:
        return shares
    if not can.any():
        shares[who[0]] = 1.0
        return shares
    g = gain[:, can] / gain[:, can].max(axis=0)
    w = np.full(len(g), 1.0 / len(g))
    for _ in range(ROUNDS):
        mean = (g / (w @ g)).mean(axis=1)
        if mean.max() <= 1.0 + GAP:
            break
        w *= mean
    shares[who] = np.where(w >= NEGLIGIBLE, w, 0.0)
    shares /= shares.sum()
    return shares


def kalai_smorodinsky(points: Points, disagreement: Points) -> Points:
    """Shares with the largest least share of the ideal gain, a linear program: Kalai & Smorodinsky, Econometrica 43 (1975)."""
    gain, who = _gains(points, disagreement)
    ideal = gain.max(axis=0, initial=0.0)
    return _largest_least(gain[:, ideal > 0.0] / ideal[ideal > 0.0], who, len(points))


def egalitarian(points: Points, disagreement: Points) -> Points:
    """Shares with the largest least gain, where points may be compared between parties: E. Kalai, Econometrica 45 (1977)."""
    gain, who = _gains(points, disagreement)
    return _largest_least(gain, who, len(points))


def _gains(points: Points, disagreement: Points) -> tuple[Points, NDArray[np.intp]]:
    who = np.flatnonzero(individually_rational(points, disagreement))
    return np.maximum(points[who] - disagreement, 0.0), who


def _largest_least(height: Points, who: NDArray[np.intp], count: int) -> Points:
    """Maximise t with shares @ height >= t; of the optima, one with the largest sum of heights, so that nothing is wasted."""
    from scipy.optimize import linprog

    shares = np.zeros(count)
    if not who.size:
        return shares
    if not height.shape[1]:
        shares[who[0]] = 1.0
        return shares
    packages, parties = height.shape
    rows = np.hstack([-height.T, np.ones((parties, 1))])
    one = np.hstack([np.ones((1, packages)), np.zeros((1, 1))])
    bounds = [(0.0, None)] * packages + [(None, None)]
    first = linprog(np.append(np.zeros(packages), -1.0), A_ub=rows, b_ub=np.zeros(parties), A_eq=one, b_eq=[1.0], bounds=bounds)
    if first.fun is None:
        raise ArithmeticError(f"linear program, {packages} packages: {first.message}")
    bounds[-1] = (-first.fun - GAP, None)
    best = linprog(np.append(-height.sum(axis=1), 0.0), A_ub=rows, b_ub=np.zeros(parties), A_eq=one, b_eq=[1.0], bounds=bounds)
    if best.x is None:
        raise ArithmeticError(f"linear program, {packages} packages: {best.message}")
    weights = np.where(best.x[:-1] >= NEGLIGIBLE, best.x[:-1], 0.0)
    shares[who] = weights / weights.sum()
    return shares
