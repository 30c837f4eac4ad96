"""Bargaining solutions on integer values, in fractions and plain loops."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

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
