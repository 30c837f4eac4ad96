"""What inspections find: sample sizes, what may remain undeclared, when to inspect, and when a balance alarms.

Counts are exact: wherever a goal decides between two sample sizes, integers are compared, not rounded quotients.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb, expm1, log
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIE = 1e-9
"""With an imperfect method, a miss probability within this relative distance of what is allowed meets the goal."""

ULPS = 1e-14
"""Relative distance within which a float may lie on the wrong side of a whole number, so that integers must decide."""


class ImpossibleCounts(ValueError):
    """Counts or probabilities that cannot be: a word for the rule that they break, then the numbers."""


def miss_probability(items: int, defects: int, sample: int, per_defect: float = 1.0) -> float:
    """The chance that a draw without replacement detects none of the defects among the items.

    `per_defect` p is the chance that a drawn defect is recognised. With K hypergeometric, the miss probability is
    E[(1 - p)^K] = sum_k C(d, k) C(N - d, n - k) / C(N, n) (1 - p)^k; with p = 1 it is C(N - d, n) / C(N, n).
    Source: Avenhaus & Canty, "Compliance Quantified", 1996, attribute sampling. Raises ImpossibleCounts
    where 0 <= d, n <= N fails.
    """
    _check_sample(items, defects, per_defect)
    if not 0 <= sample <= items:
        raise ImpossibleCounts("sample", sample, items)
    if per_defect == 1.0:
        missed, ways = _missed(items, defects, sample)
        return missed / ways
    from scipy.special import gammaln

    k = np.arange(max(0, sample + defects - items), min(defects, sample) + 1)

    def logs(n: int, r: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.asarray(gammaln(n + 1.0) - gammaln(r + 1.0) - gammaln(n - r + 1.0))

    chance = np.exp(logs(defects, k) + logs(items - defects, sample - k) - logs(items, np.array(sample)))
    return float(min(1.0, (chance * (1.0 - per_defect) ** k).sum() / chance.sum()))


def sample_size(items: int, defects: int, goal: float, per_defect: float = 1.0) -> int | None:
    """The fewest items to draw so that defects are detected with probability `goal` or more; None where even all do not suffice.

    Exact with a perfect method (`per_defect` = 1); the goal is read as the decimal it is written as, so that .7 of 10 items is 7.
    Raises ImpossibleCounts where 0 < goal < 1 or 1 <= d <= N fails.
    """
    _check_sample(items, defects, per_defect, goal)
    if per_defect == 1.0:
        allowed = _allowed(goal)
        sample = iaea_sample_size(items, defects, goal)
        while sample and _misses_at_most(items, defects, sample - 1, allowed):
            sample -= 1
        return sample
    most = float(_allowed(goal)) * (1.0 + TIE)
    if (1.0 - per_defect) ** defects > most:
        return None
    return bisect_left(range(items), 1, key=lambda sample: miss_probability(items, defects, sample, per_defect) <= most)


def iaea_sample_size(items: int, defects: int, goal: float) -> int:
    """The IAEA's n = ceil(N (1 - beta^(1/d))), beta = 1 - goal: never fewer than the exact number.

    It lets every defect escape with chance 1 - n / N independently, which overstates the miss. Up to goals of 95 % it draws at
    most 3 items too many; at 99 % and where nearly all items are defective, it may be 4 or more (16 of 16: 5 instead of 1).
    Source: IAEA, "Statistical Concepts and Techniques for IAEA Safeguards" (SG/SCT/5), 1998; the bound of 3 "for all
    safeguards-relevant cases": Journal of Nuclear Materials Management 44(3). Raises ImpossibleCounts as `sample_size`.
    """
    _check_sample(items, defects, 1.0, goal)
    allowed = _allowed(goal)
    needed = -items * expm1((log(allowed.numerator) - log(allowed.denominator)) / defects)
    nearest = round(needed)
    if abs(needed - nearest) > items * ULPS:
        return ceil(needed)
    escapes: int = (items - nearest) ** defects * allowed.denominator
    return nearest if escapes <= allowed.numerator * items**defects else nearest + 1


@dataclass(frozen=True, slots=True, eq=False)
class Remainder:
    """How many defects, or undeclared items, are left among the items that were not drawn: `chance[k]` of exactly k."""

    chance: NDArray[np.float64]

    @property
    def none(self) -> float:
        """The probability that nothing is left."""
        return float(self.chance[0])

    @property
    def mean(self) -> float:
        """The expected number left."""
        return float(self.chance @ np.arange(len(self.chance)))

    def at_most(self, probability: float) -> int:
        """The least k such that at most k are left with the probability or more."""
        return min(int(np.searchsorted(np.cumsum(self.chance), probability * (1.0 - TIE))), len(self.chance) - 1)


def remainder(items: int, sample: int, hits: int, a: float = 1.0, b: float = 1.0, per_defect: float = 1.0) -> Remainder:
    """What may be left after `hits` defects turned up in a `sample` of the items, when beforehand D ~ BetaBinomial(N, a, b).

    1. With a perfect method the rest is BetaBinomial(N - n, a + x, b + n - x): the draw is exchangeable, so the Beta prior
    updates as in Bernoulli trials. 2. With an imperfect one K >= x of the drawn are defects with weight BetaBinomial(k; n, a, b)
    Binomial(x; k, p); then k - x were overlooked and are left, beside BetaBinomial(N - n, a + k, b + n - k).
    Found defects are taken away. `chance` has length N - x + 1, or N - n + 1 with a perfect method. a = b = 1 holds every number
    of defects equally likely. The second is O((n - x) N). Raises ImpossibleCounts where 0 <= x <= n <= N, a, b > 0, 0 < p <= 1
    fails.
    """
    if not 0 <= hits <= sample <= items:
        raise ImpossibleCounts("hits", hits, sample, items)
    if not (a > 0 and b > 0):
        raise ImpossibleCounts("prior", a, b)
    _check_sample(items, 0, per_defect)
    from scipy.stats import betabinom, binom

    left = np.arange(items - sample + 1)
    if per_defect == 1.0:
        return Remainder(np.asarray(betabinom.pmf(left, items - sample, a + hits, b + sample - hits), dtype=np.float64))
    hit = np.arange(hits, sample + 1)
    weight = betabinom.pmf(hit, sample, a, b) * binom.pmf(hits, hit, per_defect)
    chance = np.zeros(items - hits + 1)
    for k, share in zip(hit.tolist(), weight / weight.sum(), strict=True):
        chance[k - hits : k - hits + len(left)] += share * betabinom.pmf(left, items - sample, a + k, b + sample - k)
    return Remainder(chance)


def chapman(first: int, second: int, both: int) -> float:
    """The total behind two lists that share some items: (M + 1)(C + 1) / (R + 1) - 1.

    It holds if the lists are independent; a party that conceals the same things from both makes it too low, so it is a
    sensitivity and no estimate of what is hidden. Source: Chapman, "Some properties of the hypergeometric distribution with
    applications to zoological sample censuses", 1951. Raises ImpossibleCounts where 0 <= R <= M, C fails.
    """
    if not 0 <= both <= min(first, second):
        raise ImpossibleCounts("lists", first, second, both)
    return (first + 1) * (second + 1) / (both + 1) - 1.0


@dataclass(frozen=True, slots=True)
class InspectionGame:
    """Optimal play with n periods and m inspections left: the inspector's value, and who does what now with which probability."""

    value: float
    inspect_now: float
    violate_now: float


def inspection_game(periods: int, inspections: int) -> InspectionGame:
    """Dresher's game: an inspector spreads m inspections over n periods, in one of which the other side may violate.

    Zero-sum; a violation that is caught pays the inspector 1, one that is missed -1, none 0; inspections are seen.
    v(n, m) = -C(n - 1, m) / sum_{i <= m} C(n, i); inspect now with probability sum_{i < m} C(n - 1, i) / sum_{i <= m} C(n, i).
    Where the inspections suffice for every period, all are inspected and nothing is violated.
    Source: Dresher, "A sampling-inspection problem in arms control agreements", RAND RM-2972, 1962; von Stengel, "Recursive
    inspection games", Mathematics of Operations Research 41(3), 2016. Raises ImpossibleCounts where n >= 1 and m >= 0 fails.
    """
    if periods < 1 or inspections < 0:
        raise ImpossibleCounts("periods", periods, inspections)
    if inspections >= periods:
        return InspectionGame(0.0, 1.0, 0.0)
    if not inspections:
        return InspectionGame(-1.0, 0.0, 1.0)
    ways = _up_to(periods, inspections)
    spared = _value(periods - 1, inspections) - _value(periods - 1, inspections - 1)
    return InspectionGame(
        -comb(periods - 1, inspections) / ways, _up_to(periods - 1, inspections - 1) / ways, float(spared / (spared + 2))
    )


@dataclass(frozen=True, slots=True)
class Balance:
    """A material balance: `muf` unaccounted for, the threshold from which it alarms, and whether it does.

    Unaccounted for is not held: measurement errors alone exceed the threshold with the false-alarm probability.
    """

    muf: float
    threshold: float
    alarm: bool


def material_balance(
    beginning: float, received: float, shipped: float, ending: float, sigma: float, false_alarm: float = 0.05
) -> Balance:
    """MUF = beginning inventory + received - shipped - ending inventory, in the material's unit; it alarms above z sigma.

    `sigma` is the standard deviation of MUF, z the normal quantile of 1 - `false_alarm` (one-sided: only a loss alarms).
    Source: IAEA Safeguards Glossary, 2022, "material unaccounted for". Raises ImpossibleCounts where sigma > 0 or
    0 < false_alarm < 1 fails.
    """
    muf = beginning + received - shipped - ending
    threshold = _threshold(sigma, false_alarm)
    return Balance(muf, threshold, muf > threshold)


def diversion_detection(amount: float, sigma: float, false_alarm: float = 0.05) -> float:
    """The probability that the balance alarms if so much was diverted: Phi((amount - z sigma) / sigma)."""
    return NormalDist().cdf((amount - _threshold(sigma, false_alarm)) / sigma)


def _threshold(sigma: float, false_alarm: float) -> float:
    if not (sigma > 0 and 0 < false_alarm < 1):
        raise ImpossibleCounts("alarm", sigma, false_alarm)
    return NormalDist().inv_cdf(1.0 - false_alarm) * sigma


def _up_to(n: int, m: int) -> int:
    return sum(comb(n, i) for i in range(m + 1))


def _value(periods: int, inspections: int) -> Fraction:
    return Fraction(-comb(periods - 1, inspections), _up_to(periods, inspections)) if inspections < periods else Fraction(0)


def _allowed(goal: float) -> Fraction:
    return 1 - Fraction(str(goal))


def _missed(items: int, defects: int, sample: int) -> tuple[int, int]:
    """C(N - d, n) and C(N, n), or the same ratio with d and n exchanged where that has smaller numbers."""
    few, many = sorted((defects, sample))
    return comb(items - many, few), comb(items, few)


def _misses_at_most(items: int, defects: int, sample: int, allowed: Fraction) -> bool:
    missed, ways = _missed(items, defects, sample)
    return missed * allowed.denominator <= allowed.numerator * ways


def _check_sample(items: int, defects: int, per_defect: float, goal: float | None = None) -> None:
    least = 0 if goal is None else 1
    if not least <= defects <= items:
        raise ImpossibleCounts("defects", defects, items, least)
    if not 0 < per_defect <= 1:
        raise ImpossibleCounts("power", per_defect)
    if goal is not None and not 0 < goal < 1:
        raise ImpossibleCounts("goal", goal)
