"""Bargaining solutions on integer values, in fractions and plain loops."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Row = list[int]


def rational_rows(points: list[Row], disagreement: Row) -> list[int]:
    return [f for f, row in enumerate(points) if all(v >= d for v, d in zip(row, disagreement, strict=True))]


def best(points: list[Row], disagreement: Row, score: Callable[[list[Fraction], list[Fraction]], object]) -> set[int]:
    """Indices of the individually rational packages with the largest score(gains, shares of the ideal gain)."""
    who = rational_rows(points, disagreement)
    gains = {f: [Fraction(v - d) for v, d in zip(points[f], disagreement, strict=True)] for f in who}
    ideal = [max((g[p] for g in gains.values()), default=Fraction(0)) for p in range(len(disagreement))]
    shares = {f: [g / i for g, i in zip(gains[f], ideal, strict=True) if i > 0] for f in who}
    scores = {f: score(gains[f], shares[f]) for f in who}
    top = max(scores.values(), default=None)  # type: ignore[type-var] # every score of one call is of one ordered type
    return {f for f in who if scores[f] == top}


def nash(points: list[Row], disagreement: Row) -> set[int]:
    return best(points, disagreement, lambda gains, _: (sum(g > 0 for g in gains), prod(g for g in gains if g > 0)))


def kalai_smorodinsky(points: list[Row], disagreement: Row) -> set[int]:
    return best(points, disagreement, lambda _, shares: sorted(shares))


def egalitarian(points: list[Row], disagreement: Row) -> set[int]:
    return best(points, disagreement, lambda gains, _: sorted(gains))


def utilitarian(points: list[Row], disagreement: Row) -> set[int]:
    return best(points, disagreement, lambda gains, _: sum(gains))


def raiffa(points: list[Row], disagreement: Row) -> set[int]:
    """Sequential midpoints in fractions, for packages that are not all reduced to one point by exhaustion."""
    level = [Fraction(d) for d in disagreement]
    alive = rational_rows(points, disagreement)
    while alive:
        ideal = [Fraction(max(points[f][p] for f in alive)) for p in range(len(level))]
        if all(list(map(Fraction, points[f])) == ideal for f in alive):
            break
        midpoint = [d + (i - d) / len(level) for d, i in zip(level, ideal, strict=True)]
        left = [f for f in alive if all(v >= m for v, m in zip(points[f], midpoint, strict=True))]
        if not left or midpoint == level:
            break
        alive, level = left, midpoint
    if not alive:
        return set()
    ideal = [Fraction(max(points[f][p] for f in alive)) for p in range(len(level))]
    shares = {
        f: sorted((v - d) / (i - d) if i > d else Fraction(1) for v, d, i in zip(points[f], level, ideal, strict=True))
        for f in alive
    }
    top = max(shares.values())
    return {f for f in alive if shares[f] == top}


def best_lottery(points: NDArray[np.float64], disagreement: NDArray[np.float64], goal: NDArray[np.float64]) -> float | None:
    """The largest expected goal (F,) of the lotteries that give each party its disagreement value; None where there is none."""
    gain = points - disagreement
    best = linprog(-goal, A_ub=-gain.T, b_ub=np.zeros(gain.shape[1]), A_eq=np.ones((1, len(gain))), b_eq=[1.0])
    return None if best.fun is None else -float(best.fun)


def ideal_gains(points: NDArray[np.float64], disagreement: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Each party's largest expected gain; None where no lottery gives each its disagreement value."""
    gains = [best_lottery(points, disagreement, points[:, p] - disagreement[p]) for p in range(points.shape[1])]
    return None if None in gains else np.array(gains, dtype=np.float64)


def least_of_lotteries(height: NDArray[np.float64], gain: NDArray[np.float64]) -> float:
    """The largest least expected height (F, K) of the lotteries whose gains (F, P) are not negative."""
    packages, count = height.shape
    rows = np.vstack([np.hstack([-height.T, np.ones((count, 1))]), np.hstack([-gain.T, np.zeros((gain.shape[1], 1))])])
    one = np.append(np.ones(packages), 0.0)[None]
    goal, bounds = np.append(np.zeros(packages), -1.0), [*[(0.0, None)] * packages, (None, None)]
    best = linprog(goal, A_ub=rows, b_ub=np.zeros(len(rows)), A_eq=one, b_eq=[1.0], bounds=bounds)
    assert best.fun is not None
    return -float(best.fun)


def largest_product(points: list[Row], disagreement: Row) -> Fraction | None:
    """The largest product of two parties' expected gains, over every mixture of two packages; None where none is rational."""
    gains = [[Fraction(v - d) for v, d in zip(row, disagreement, strict=True)] for row in points]
    best = None
    for a in gains:
        for b in gains:
            dx, dy = a[0] - b[0], a[1] - b[1]
            low, high = Fraction(0), Fraction(1)
            for start, slope in ((b[0], dx), (b[1], dy)):
                if slope > 0:
                    low = max(low, -start / slope)
                elif slope < 0:
                    high = min(high, -start / slope)
                elif start < 0:
                    high = Fraction(-1)
            if low > high:
                continue
            top = -(b[0] * dy + b[1] * dx) / (2 * dx * dy) if dx * dy else low
            for share in (low, high, min(max(top, low), high)):
                value = (b[0] + share * dx) * (b[1] + share * dy)
                best = value if best is None else max(best, value)
    return best
