"""Spreading a budget over rows that gain in steps: exact, by labels of cost and gain that nothing cheaper beats.

J rows; `gains[j]` (V_j + 1,) is what row j gains from 0..V_j visits, `cost[j]` what one visit costs. A label is a set of choices
for the first rows; one that costs no less and gains no more than another is dropped (Nemhauser & Ullmann, "Discrete dynamic
programming and capital allocation", Management Science 15(9), 1969).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_LABELS = 1_000_000
EPS = 1e-9
"""Costs are compared, and gains counted as equal, within this share of the budget and of one."""


class TooManyLabelsError(ValueError):
    """The exact search would hold more labels than `MOST_LABELS`."""


def most_in_sum(gains: Sequence[Floats], cost: Floats, budget: float, least: float = -np.inf) -> NDArray[np.int64] | None:
    """The visits (J,) with the largest sum of gains within the budget, where no row gains less than `least`; None if none can.

    Of equal sums the cheapest. Raises TooManyLabelsError where costs are so uneven that too many sums of them differ.
    """
    spent, gained = np.zeros(1), np.zeros(1)
    trail: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for row, price in zip(gains, cost.tolist(), strict=True):
        visits = np.flatnonzero(row >= least - EPS)
        if not len(visits) or len(visits) * len(spent) > 8 * MOST_LABELS:
            if len(visits):
                raise TooManyLabelsError
            return None
        all_spent = (spent[:, None] + visits * price).ravel()
        all_gained = (gained[:, None] + row[visits]).ravel()
        fits = np.flatnonzero(all_spent <= budget * (1.0 + EPS) + EPS)
        order = fits[np.lexsort((-all_gained[fits], all_spent[fits]))]
        best = np.maximum.accumulate(np.concatenate(([-np.inf], all_gained[order][:-1])))
        labels = order[all_gained[order] > best + EPS * EPS]
        if not len(labels):
            return None
        if len(labels) > MOST_LABELS:
            raise TooManyLabelsError
        trail.append((labels // len(visits), visits[labels % len(visits)]))
        spent, gained = all_spent[labels], all_gained[labels]
    at = int(np.argmax(gained))
    plan = np.zeros(len(trail), dtype=np.int64)
    for j in range(len(trail) - 1, -1, -1):
        before, visits = trail[j]
        plan[j], at = visits[at], before[at]
    return plan


def most_in_least(gains: Sequence[Floats], cost: Floats, budget: float) -> float:
    """The largest gain that every row can reach together within the budget: bisection over the gains that occur."""

    def too_dear(level: float) -> bool:
        needed = [np.flatnonzero(row >= level - EPS) for row in gains]
        bill = sum(float(n[0]) * c for n, c in zip(needed, cost.tolist(), strict=True)) if all(len(n) for n in needed) else np.inf
        return bill > budget * (1.0 + EPS) + EPS

    levels = np.unique(np.concatenate(gains)).tolist()
    return float(levels[bisect_left(levels, 1, lo=1, key=too_dear) - 1])
