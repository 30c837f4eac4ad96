"""Sampling and the inspection game by their definitions, in fractions: slow, obvious, and exact."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb


def miss(items: int, defects: int, drawn: int, per_defect: Fraction = Fraction(1)) -> Fraction:
    """The chance to recognise none, over every possible number of defects drawn."""
    ways = comb(items, drawn)
    return sum(
        (
            Fraction(comb(defects, k) * comb(items - defects, drawn - k), ways) * (1 - per_defect) ** k
            for k in range(min(defects, drawn) + 1)
        ),
        Fraction(0),
    )


def smallest(items: int, defects: int, goal: Fraction, per_defect: Fraction = Fraction(1)) -> int | None:
    """The first sample size that meets the goal, from 0 on."""
    return next((n for n in range(items + 1) if miss(items, defects, n, per_defect) <= 1 - goal), None)


def iaea(items: int, defects: int, goal: Fraction) -> int:
    """The first n at which (1 - n/N)^d is no more than allowed."""
    return next(n for n in range(items + 1) if (1 - Fraction(n, items)) ** defects <= 1 - goal)


def game(periods: int, inspections: int) -> tuple[Fraction, Fraction, Fraction]:
    """Value, P(inspect now) and P(violate now) by solving the 2 x 2 game of each period, backwards."""
    if inspections == 0:
        return Fraction(-1), Fraction(0), Fraction(1)
    if inspections >= periods:
        return Fraction(0), Fraction(1), Fraction(0)
    seen, unseen = game(periods - 1, inspections - 1)[0], game(periods - 1, inspections)[0]
    a, b, c, d = seen, Fraction(1), unseen, Fraction(-1)
    total = a + d - b - c
    return (a * d - b * c) / total, (d - c) / total, (a - c) / total


def left(items: int, drawn: int, found: int) -> list[Fraction]:
    """Bayes' rule over every total number of defects, each equally likely beforehand."""
    rest = items - drawn
    weights = [
        Fraction(comb(found + k, found) * comb(items - found - k, drawn - found), comb(items, drawn)) for k in range(rest + 1)
    ]
    return [weight / sum(weights) for weight in weights]


def left_overlooked(items: int, drawn: int, found: int, per_defect: Fraction) -> list[Fraction]:
    """Bayes' rule over every total and every number drawn, when a drawn defect is recognised with `per_defect`."""
    weights = [Fraction(0)] * (items - found + 1)
    for total in range(found, items + 1):
        for k in range(found, min(total, drawn) + 1):
            hit = Fraction(comb(total, k) * comb(items - total, drawn - k), comb(items, drawn))
            weights[total - found] += hit * comb(k, found) * per_defect**found * (1 - per_defect) ** (k - found)
    return [weight / sum(weights) for weight in weights]


def allot(gains: list[list[Fraction]], costs: list[Fraction], budget: Fraction) -> tuple[Fraction, Fraction]:
    """The best sum of gains, and the best least gain, over every way to spend the budget; `gains[j][v]` is v visits to row j."""
    ways = [
        counts
        for counts in product(*(range(len(row)) for row in gains))
        if sum(c * v for c, v in zip(costs, counts, strict=True)) <= budget
    ]
    picked = [[row[v] for row, v in zip(gains, counts, strict=True)] for counts in ways]
    return max(sum(row, Fraction(0)) for row in picked), max(map(min, picked))
