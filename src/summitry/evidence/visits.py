"""How to spread a year's inspections over sites and categories, so that what matters most is found within its time.

One visit to row j looks at n of N items and finds a significant quantity (d wrong items, each recognised with probability p) with
s = 1 - E[(1 - p)^K]. With v visits a year, within T days of the violation:
random      days drawn at random, unannounced: each visit falls into the time with q = min(1, T / 365): 1 - (1 - q s)^v;
scheduled   evenly spaced and known, so that a violation begins right after one, which leaves k = floor(v T / 365): 1 - (1 - s)^k;
challenge   kept for a suspicion, which arises in time with probability c, and then all used: c (1 - (1 - s)^v).
Visits are independent: each draws anew. Two aims: the weighted mean of the detection probabilities (somebody cheats anywhere,
in proportion to the weights), and the least one (somebody cheats where it is least likely to be found).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import Field

from summitry.case.fields import Doc
from summitry.errors import BadArgument
from summitry.evidence.inspections import check_of, detection
from summitry.kernels import allot
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Case

YEAR = 365
MOST_VISITS = 366
MOST_ROWS = 400


class Site(Doc):
    """One row of a table of sites: what could be wrong there, how soon it must be found, and what one visit costs and sees."""

    site: str
    category: str
    items: Annotated[int, Field(ge=1, le=1_000_000)]
    significant: Annotated[int, Field(ge=1)]
    timeliness: Annotated[int, Field(ge=1)]
    cost: Annotated[float, Field(gt=0)]
    power: Annotated[float, Field(gt=0, le=1)] = 1.0
    drawn: Annotated[int, Field(ge=1)] | None = None
    manner: Literal["random", "scheduled", "challenge"] = "random"
    suspicion: Annotated[float, Field(gt=0, le=1)] | None = None
    weight: Annotated[float, Field(gt=0)] = 1.0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """How often one site is visited in a year, what that costs, and with what probability it finds what matters in time."""

    site: str
    category: str
    manner: str
    weight: float
    visits: int
    cost: float
    one_visit: float
    detection: float


@dataclass(frozen=True, slots=True)
class Spread:
    """One way to spend the budget: the weighted mean and the least detection probability that it reaches."""

    visits: tuple[Visit, ...]
    cost: float
    mean: float
    least: float


@dataclass(frozen=True, slots=True)
class Visits:
    """The budget spread for the largest weighted mean, and for the largest least detection; both proven best of all spreads.

    `left_out` names what could not be counted, and why.
    """

    budget: float
    mean: Spread
    least: Spread
    left_out: tuple[Reason, ...] = ()


def spread(sites: Sequence[Site], budget: float, left_out: Sequence[Reason] = ()) -> Visits:
    """Spread a year's budget over the sites, exactly, for each of the two aims.

    For the least detection, what the budget leaves after the level is reached goes where it adds most to the weighted mean.
    Raises BadArgument where nothing can be spread, or costs are too uneven for the exact search.
    """
    _checked(sites, budget)
    cheapest, dear = min(sites, key=lambda s: s.cost), [s for s in sites if s.cost > budget + allot.EPS]
    if len(dear) == len(sites):
        raise BadArgument(
            f"{budget:,g} pays for no visit: the cheapest, to {cheapest.site}, costs {cheapest.cost:,g}. Raise the budget."
        )
    left_out = [*left_out, *(reason("visits.dear", site=s.site, category=s.category, cost=s.cost) for s in dear)]
    single = [detection(s.items, s.significant, s.items if s.drawn is None else s.drawn, s.power) for s in sites]
    cost = np.array([s.cost for s in sites])
    chances = [
        _detections(s, one, int(min(MOST_VISITS, budget / s.cost + allot.EPS))) for s, one in zip(sites, single, strict=True)
    ]
    weighted = [s.weight * row for s, row in zip(sites, chances, strict=True)]
    try:
        first = allot.most_in_sum(weighted, cost, budget)
        level = allot.most_in_least(chances, cost, budget)
        second = allot.most_in_sum(_from(weighted, chances, level), cost, budget, 0.0)
    except allot.TooManyLabelsError:
        raise BadArgument("The costs of a visit are too uneven to search every spread: round them, or leave sites out.") from None
    if first is None or second is None:
        raise BadArgument("No spread fits the budget.")
    return Visits(budget, _spread(sites, single, chances, first), _spread(sites, single, chances, second), tuple(left_out))


def sites_of(case: Case, weights: Mapping[str, float]) -> tuple[list[Site], list[Reason]]:
    """The inspections that a case states, as sites weighted by what the issue is worth, and what is left out and why."""
    sites: list[Site] = []
    left_out: list[Reason] = []
    for name, issue in case.file.issues.items():
        if issue.inspection is None:
            continue
        check = check_of(issue, next((o for o in reversed(issue.options) if check_of(issue, o)), issue.status_quo))
        if check is None:
            left_out.append(reason("visits.no_option", issue=name))
        elif weights.get(name, 0.0) <= 0.0:
            left_out.append(reason("visits.worthless", issue=name))
        elif check.challenge and check.suspicion is None:
            left_out.append(reason("visits.no_suspicion", issue=name))
        elif not check.drawn:
            left_out.append(reason("visits.nothing", issue=name))
        else:
            sites.append(
                Site(
                    site=name,
                    category=issue.holding or name,
                    items=check.items,
                    significant=check.significant,
                    timeliness=max(1, check.days),
                    cost=issue.inspection.cost * check.drawn,
                    power=check.power,
                    drawn=check.drawn,
                    manner="challenge" if check.challenge else "random",
                    suspicion=check.suspicion,
                    weight=weights[name],
                    source=check.source,
                )
            )
    return sites, left_out


def _checked(sites: Sequence[Site], budget: float) -> None:
    if not 0 < budget < np.inf:
        raise BadArgument(f"The budget is {budget:g}: it must be above 0, in the unit in which a visit's cost is given.")
    if not 0 < len(sites) <= MOST_ROWS:
        raise BadArgument(f"There are {len(sites)} sites to visit: this spreads visits over 1 to {MOST_ROWS}.")
    for s in sites:
        where = f"{s.site}, {s.category}"
        if s.significant > s.items or (s.drawn or 0) > s.items:
            raise BadArgument(
                f"{where}: more wrong or drawn items than the {s.items} there are. Write at most as many as `items`."
            )
        if s.manner == "challenge" and s.suspicion is None:
            raise BadArgument(
                f"{where}: a challenge answers a suspicion. Give `suspicion`, the probability that one arises in time."
            )


def _detections(site: Site, one: float, most: int) -> NDArray[np.float64]:
    """Detection within the timeliness after 0..most visits a year, shape (most + 1,)."""
    v = np.arange(most + 1)
    share = min(1.0, site.timeliness / YEAR)
    if site.manner == "scheduled":
        return np.asarray(1.0 - (1.0 - one) ** (v * min(site.timeliness, YEAR) // YEAR))
    if site.manner == "challenge":
        return np.asarray((site.suspicion or 0.0) * (1.0 - (1.0 - one) ** v))
    return np.asarray(1.0 - (1.0 - share * one) ** v)


def _from(
    weighted: Sequence[NDArray[np.float64]], chances: Sequence[NDArray[np.float64]], level: float
) -> list[NDArray[np.float64]]:
    """The weighted gains, where a gain under the level counts as impossible (-1)."""
    return [np.where(row >= level - allot.EPS, gain, -1.0) for gain, row in zip(weighted, chances, strict=True)]


def _spread(
    sites: Sequence[Site], single: Sequence[float], chances: Sequence[NDArray[np.float64]], visits: NDArray[np.int64]
) -> Spread:
    rows = tuple(
        Visit(s.site, s.category, s.manner, s.weight, v, v * s.cost, one, float(row[v]))
        for s, one, row, v in zip(sites, single, chances, visits.tolist(), strict=True)
    )
    total = sum(row.weight for row in rows)
    mean = sum(row.weight * row.detection for row in rows) / total
    return Spread(rows, sum(row.cost for row in rows), mean, min(row.detection for row in rows))
