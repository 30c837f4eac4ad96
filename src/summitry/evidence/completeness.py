"""What tells whether a declaration is all: past declarations, categories against each other, and visits that find nothing.

Past declarations: the facts stand in declarations.csv beside this module, each with its source. A declaration is one observation,
however many items it has: incomplete if anything was found that it should have named, complete if verification closed without
such a finding, open otherwise. What is unaccounted for is not held, so it is open. Rows from memory are shown and not counted.

Categories: what is declared of one against what the others would allow, such as material and warheads.

Visits in vain: as far as one looks in the right places, they speak for completeness. With c the probability that the declaration
is complete, r that what is left out lies among the places visited, and q(v) the detection probability of v of the places:
P(complete | v visits find nothing) = c / (c + (1 - c)(1 - r q(v))).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from summitry.case.dates import period
from summitry.evidence.inspections import detection
from summitry.evidence.inventory import draw as draw_amounts
from summitry.kernels import draw
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Balance, Search
    from summitry.evidence.inventory import Holding

JEFFREYS = 0.5
CREDIBLE = (0.05, 0.95)
DRAWS = 4096
RARE, ROOM = 0.05, 1.5
POINTS = 12


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
    rows = tuple(row for row in _all() if (since := period(row.known)) is not None and since[1] <= as_of)
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
    outcomes = [row.outcome for row in rows if "unverified" not in row.status]
    return next((outcome for outcome in ("incomplete", "complete") if outcome in outcomes), "open")


def _all() -> tuple[Past, ...]:
    text = (files("summitry.evidence") / "declarations.csv").read_text(encoding="utf-8")
    return tuple(Past(**row) for row in csv.DictReader(io.StringIO(text, newline="")))


@dataclass(frozen=True, slots=True)
class Consistency:
    """How many of a category what it takes would allow, against how many are declared.

    `possible` and `room` (possible less declared) are 5, 50 and 95 % quantiles; `enough` is the probability that the inputs allow
    what is declared. `inputs` says by category whether its amount is declared, estimated or unknown. `verdict`:
    "cannot be" where the inputs almost surely do not allow it, "leaves room" where they almost surely allow half as many again,
    "fits" between, and "not compared" with the reason in `why`.
    """

    of: str
    declared: float | None
    possible: tuple[float, float, float] | None
    enough: float | None
    room: tuple[float, float, float] | None
    inputs: dict[str, str]
    verdict: str
    why: Reason
    source: str


def compare_categories(
    balances: Sequence[Balance], holdings: Sequence[Holding], declared: Mapping[tuple[str, str], float], seed: int
) -> tuple[Consistency, ...]:
    """Compare the categories as the case's balances say, for the party that declares; declared amounts before estimated ones."""
    return tuple(_compared(b, holdings, declared, seed) for b in balances)


def _compared(balance: Balance, holdings: Sequence[Holding], declared: Mapping[tuple[str, str], float], seed: int) -> Consistency:
    amounts = {category: amount for (_, category), amount in declared.items()}
    by_category = {h.category: h for h in holdings}
    target = amounts.get(balance.of)
    inputs, possible = {}, np.zeros(DRAWS)
    for category, each in balance.takes.items():
        holding = by_category.get(category)
        if category in amounts:
            inputs[category], amount = "declared", np.full(DRAWS, amounts[category])
        elif holding is not None and holding.posterior is not None:
            inputs[category], amount = "estimated", draw_amounts(holding, _uniforms(seed, balance.of, category, "amount"))
        else:
            inputs[category] = "unknown"
            continue
        rate = draw.pert_quantile(*each, _uniforms(seed, balance.of, category, "takes"))
        possible += amount / rate
    unknown = [category for category, how in inputs.items() if how == "unknown"]
    if target is None or unknown:
        why = reason("balance.undeclared", of=balance.of) if target is None else reason("balance.unknown", categories=unknown)
        return Consistency(balance.of, target, None, None, None, inputs, "not compared", why, balance.source)
    enough, more = float((possible >= target).mean()), float((possible > ROOM * target).mean())
    verdict = "cannot be" if enough < RARE else "leaves room" if more > 1.0 - RARE else "fits"
    room, why = _quantiles(possible - target), reason("balance.stated", text=balance.why)
    return Consistency(balance.of, target, _quantiles(possible), enough, room, inputs, verdict, why, balance.source)


def _uniforms(seed: int, *key: str) -> NDArray[np.float64]:
    return draw.generator(seed, "balance", *key).permutation((np.arange(DRAWS) + 0.5) / DRAWS)


def _quantiles(values: NDArray[np.float64]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95)).tolist()
    return low, middle, high


@dataclass(frozen=True, slots=True)
class SearchPoint:
    """After so many visits that found nothing: the probability of completeness, and its range with prior and reach together."""

    visits: int
    complete: float
    complete_range: tuple[float, float]


@dataclass(frozen=True, slots=True)
class SearchInVain:
    """The visits that the case states for a category, and how the probability of completeness moves while they find nothing.

    `points` go from no visit to one at every place, with the number that is planned among them.
    """

    of: str
    places: int
    hidden: int
    power: float
    reach: tuple[float, float, float]
    planned: int
    points: tuple[SearchPoint, ...]
    why: str
    source: str
    kind: str

    @property
    def after(self) -> SearchPoint:
        """The point of the planned visits."""
        return next(point for point in self.points if point.visits == self.planned)


def search_in_vain(search: Search, complete: float, span: tuple[float, float]) -> SearchInVain:
    """How visits in vain move a probability of completeness, and its low and high end with the low and high reach.

    Raises BadArgument for counts that cannot be.
    """
    step = max(1, -(-search.places // POINTS))
    at = sorted({*range(0, search.places, step), search.visits, search.places})
    chances = (complete, *span)
    reaches = (search.reach[1], search.reach[0], search.reach[2])
    points = []
    for visits in at:
        detects = detection(search.places, search.hidden, visits, search.power)
        middle, low, high = (complete_in_vain(c, r * detects) for c, r in zip(chances, reaches, strict=True))
        points.append(SearchPoint(visits, middle, (low, high)))
    return SearchInVain(
        search.of,
        search.places,
        search.hidden,
        search.power,
        search.reach,
        search.visits,
        tuple(points),
        search.why,
        search.source,
        search.kind,
    )


def complete_in_vain(complete: float, detected: float) -> float:
    """The probability of completeness after looking in vain where an omission would be detected with this probability."""
    missed = (1.0 - complete) * (1.0 - detected)
    return complete / (complete + missed) if complete + missed > 0.0 else complete
