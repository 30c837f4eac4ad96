"""What became of declarations that were made and verified: the base rate of completeness, with the interval that so few allow.

The facts stand in declarations.csv beside this module, each with its source. A declaration is one observation, however many items
it has: incomplete if anything was found that it should have named, complete if verification closed without such a finding, open
otherwise. What is unaccounted for is not held, so it is open. Rows from memory are shown and not counted.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from summitry.case.dates import period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

JEFFREYS = 0.5
CREDIBLE = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Past:
    """One item of a past declaration: what was declared, what was found, since when that is known, and what follows."""

    declaration: str
    declared_on: str
    item: str
    declared: str
    unit: str
    found: str
    known: str
    outcome: str
    note: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How many declarations proved complete among those that were decided: mean and 90 % interval of the share, and the rows.

    The prior of the share is Jeffreys' Beta(1/2, 1/2). These are a few famous cases that nobody drew at random, so the share
    is a starting point and no law.
    """

    complete: int
    decided: int
    low: float
    mean: float
    high: float
    rows: tuple[Past, ...]


def base_rate(as_of: dt.date) -> BaseRate:
    """The base rate as it was known on a day: what became known later does not count and is not shown."""
    rows = tuple(row for row in _all() if (known := period(row.known)) is not None and known[1] <= as_of)
    outcomes = [_outcome([r for r in rows if r.declaration == name]) for name in dict.fromkeys(r.declaration for r in rows)]
    complete, decided = outcomes.count("complete"), len(outcomes) - outcomes.count("open")
    low, mean, high = share(complete, decided)
    return BaseRate(complete, decided, low, mean, high, rows)


def share(successes: int, trials: int) -> tuple[float, float, float]:
    """5 % quantile, mean and 95 % quantile of a share, with Jeffreys' prior: Beta(k + 1/2, n - k + 1/2).

    Source: Brown, Cai & DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16(2), 2001.
    """
    from scipy.special import betaincinv

    a, b = successes + JEFFREYS, trials - successes + JEFFREYS
    low, high = (float(betaincinv(a, b, q)) for q in CREDIBLE)
    return low, a / (a + b), high


def _outcome(rows: Sequence[Past]) -> str:
    known = [row.outcome for row in rows if "unverified" not in row.status]
    return next((outcome for outcome in ("incomplete", "complete") if outcome in known), "open")


def _all() -> tuple[Past, ...]:
    text = (files("summitry.evidence") / "declarations.csv").read_text(encoding="utf-8")
    return tuple(Past(**row) for row in csv.DictReader(io.StringIO(text, newline="")))
