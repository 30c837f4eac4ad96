"""What an inspection can find, of plain numbers or as an issue states it, and how to spread a year's inspections over sites.

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
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import numpy as np
from pydantic import Field

from summitry.case.fields import Doc
from summitry.errors import BadArgument
from summitry.kernels import allot, inspect
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Case, Inspection, Issue


MOST_ITEMS, MOST_OVERLOOKED, MOST_PERIODS = 1_000_000, 4_000, 1_000
CURVE_POINTS, CURVE_ENDS = 25, 0.99
NOT_REACHABLE = "not reachable"
YEAR = 365
MOST_VISITS = 366
MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Check:
    """The inspection of one option in numbers: `drawn` of `items` looked at finds `significant` wrong ones with `detection`.

    `goal` is what was wanted and `reachable` whether any sample meets it; `days` is the time within which it must be found.
    """

    of: str
    items: int
    significant: int
    power: float
    drawn: int
    detection: float
    goal: float
    reachable: bool
    days: int
    challenge: bool
    suspicion: float | None
    why: str
    source: str
    kind: str


@dataclass(frozen=True, slots=True)
class Point:
    """One point of an operating-characteristic curve: with so many wrong items, it is detected, or passes, with these chances."""

    defects: int
    detected: float
    passes: float


@dataclass(frozen=True, slots=True)
class Checked:
    """The inspection that an issue states, the options that it holds for, the operating-characteristic curve of its sample."""

    issue: str
    options: tuple[str, ...]
    check: Check
    curve: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Sizes:
    """The fewest items to look at: exactly, by the IAEA's formula, and with an imperfect method (None if none is named).

    `curve` is the operating-characteristic curve of the sample `looked_at`: the imperfect one where asked for and reachable,
    all items where it is not reachable, else the exact one.
    """

    items: int
    defects: int
    detect: float
    power: float | None
    exact: int
    iaea: int
    imperfect: int | str | None
    looked_at: int
    detection: float
    curve: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What may be left after `found` wrong items in `drawn`: the chance of nothing, the mean, and what it does not exceed.

    Before, every number of wrong items was held equally likely. Found ones are taken away; overlooked ones are left.
    """

    items: int
    drawn: int
    found: int
    power: float
    none: float
    mean: float
    at_most: dict[str, int]


@dataclass(frozen=True, slots=True)
class Game:
    """When to inspect, so that the other side cannot gain by knowing the plan: probabilities in the first of the periods."""

    periods: int
    inspections: int
    value: float
    inspect_now: float
    violate_now: float


def sizes(items: int, defects: int, detect: float, power: float | None = None) -> Sizes:
    """Sample sizes for a detection goal, and the curve of the resulting sample. Raises BadArgument for counts that cannot be."""
    exact = smallest_sample(items, defects, detect)
    imperfect = None if power is None else smallest_sample(items, defects, detect, power)
    if exact is None:  # a perfect method always finds what is there, so this cannot happen; here for the type
        raise BadArgument(NOT_REACHABLE)
    looked_at = exact if power is None else items if imperfect is None else imperfect
    return Sizes(
        items,
        defects,
        detect,
        power,
        exact,
        inspect.iaea_sample_size(items, defects, detect),
        NOT_REACHABLE if power is not None and imperfect is None else imperfect,
        looked_at,
        detection(items, defects, looked_at, power or 1.0),
        curve(items, looked_at, power or 1.0, defects),
    )


def curve(items: int, drawn: int, power: float = 1.0, about: int = 1) -> tuple[Point, ...]:
    """The operating-characteristic curve of a sample: from no wrong item to where 99 % are detected, or to twice `about`."""
    last = min(items, max(1, 2 * about))
    while last < items and drawn and detection(items, last, drawn, power) < CURVE_ENDS:
        last = min(items, 2 * last)
    step = max(1, -(-last // (CURVE_POINTS - 1)))
    at = sorted({*range(0, last + 1, step), last, min(about, last)})
    return tuple(Point(d, chance := detection(items, d, drawn, power), 1.0 - chance) for d in at)


def left(items: int, drawn: int, found: int, power: float = 1.0) -> Left:
    """What may be left after a result. Raises BadArgument for counts that cannot be."""
    _bounded(items)
    if power < 1.0 and items > MOST_OVERLOOKED:
        raise BadArgument(
            f"With an imperfect method this counts up to {MOST_OVERLOOKED:,} items, not {items:,}. Count lots instead of pieces."
        )
    try:
        rest = inspect.remainder(items, drawn, found, per_defect=power)
    except inspect.ImpossibleCounts as problem:
        _refuse(problem)
    limits = {f"p{q}": rest.at_most(q / 100.0) for q in (50, 80, 95)}
    return Left(items, drawn, found, power, rest.none, rest.mean, limits)


def game(periods: int, inspections: int) -> Game:
    """The mix of an inspector with fewer inspections than periods (Dresher). Raises BadArgument for counts that cannot be."""
    if periods > MOST_PERIODS:
        raise BadArgument(f"There are {periods:,} periods: this counts up to {MOST_PERIODS:,}. Take longer ones.")
    try:
        mix = inspect.inspection_game(periods, inspections)
    except inspect.ImpossibleCounts as problem:
        _refuse(problem)
    return Game(periods, inspections, mix.value, mix.inspect_now, mix.violate_now)


def detection(items: int, defects: int, drawn: int, power: float = 1.0) -> float:
    """The probability that at least one of `defects` wrong items is recognised when `drawn` of `items` are looked at.

    `power` is the probability that a wrong item is recognised. Raises BadArgument for counts that cannot be.
    """
    _bounded(items)
    try:
        return 1.0 - inspect.miss_probability(items, defects, drawn, power)
    except inspect.ImpossibleCounts as problem:
        _refuse(problem)


def smallest_sample(items: int, defects: int, goal: float, power: float = 1.0) -> int | None:
    """The fewest items to look at so that the detection probability reaches `goal`; None where even all of them do not suffice.

    Raises BadArgument for counts that cannot be.
    """
    _bounded(items)
    try:
        return inspect.sample_size(items, defects, goal, power)
    except inspect.ImpossibleCounts as problem:
        _refuse(problem)


def check_of(issue: Issue, option: str) -> Check | None:
    """The inspection that the case states for an option of an issue; None where it states none, or not for this option.

    Looked at are as many as the case says, else the fewest that meet the goal, and all of them where no number does.
    """
    entry = issue.inspection
    if entry is None or option == issue.status_quo or (entry.options and option not in entry.options):
        return None
    return check(entry)


def checks(case: Case) -> tuple[Checked, ...]:
    """Every inspection that the case states, in the order of its issues."""
    rows = []
    for name, issue in case.file.issues.items():
        options = tuple(option for option in issue.options if check_of(issue, option) is not None)
        of = check_of(issue, options[-1]) if options else None
        if of is not None:
            rows.append(Checked(name, options, of, curve(of.items, of.drawn, of.power, of.significant)))
    return tuple(rows)


def check(entry: Inspection) -> Check:
    """An inspection entry in numbers; see `check_of`."""
    fewest = smallest_sample(entry.items, entry.significant, entry.goal, entry.power)
    looked_at = entry.drawn if entry.drawn is not None else entry.items if fewest is None else fewest
    chance = detection(entry.items, entry.significant, looked_at, entry.power)
    return Check(
        entry.of,
        entry.items,
        entry.significant,
        entry.power,
        looked_at,
        chance,
        entry.goal,
        fewest is not None,
        entry.days,
        entry.challenge,
        entry.suspicion,
        entry.why,
        entry.source,
        entry.kind,
    )


def _bounded(items: int) -> None:
    if not 0 <= items <= MOST_ITEMS:
        raise BadArgument(f"There are {items:,} items: this counts 0 to {MOST_ITEMS:,}. Count lots or sites instead of pieces.")


def _refuse(problem: inspect.ImpossibleCounts) -> NoReturn:
    """Say in words which rule the counts of a question break."""
    match problem.args:
        case ("sample", sample, items):
            raise BadArgument(f"{sample} of {items} items cannot be drawn.") from None
        case ("hits", hits, sample, items):
            raise BadArgument(f"Found {hits} in {sample} drawn of {items} items: each must be at most the next.") from None
        case ("periods", periods, inspections):
            raise BadArgument(
                f"{inspections} inspections in {periods} periods: there must be at least 0 in at least 1."
            ) from None
        case ("defects", defects, items, least):
            counts = f"{defects} defect{'' if defects == 1 else 's'} among {items} item{'' if items == 1 else 's'}"
            raise BadArgument(f"{counts}: there must be at least {least} and at most all.") from None
        case ("power", power):
            raise BadArgument(f"A defect is recognised with probability {power}: it must be above 0 and at most 1.") from None
        case ("goal", goal):
            raise BadArgument(f"The detection goal is {goal}: it must lie between 0 and 1.") from None
    raise problem


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
    _require_countable(sites, budget)
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


def _require_countable(sites: Sequence[Site], budget: float) -> None:
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
