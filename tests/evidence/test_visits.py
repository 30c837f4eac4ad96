from __future__ import annotations

import numpy as np
import pytest

from summitry import load
from summitry.errors import BadArgument
from summitry.evidence.inspections import Site, sites_of, spread
from summitry.reasons import reason


def site(name: str = "hall", **more: object) -> Site:
    fields: dict[str, object] = {"site": name, "category": "units", "items": 10, "significant": 2, "timeliness": 90, "cost": 1}
    return Site.model_validate(fields | more)


def simulated(manner: str, visits: int, days: int, one: float, suspicion: float, rng: np.random.Generator) -> float:
    """How often a violation on a random day is found in time, played day by day over a year that repeats."""
    found, games = 0, 4000
    for _ in range(games):
        if manner == "challenge":
            found += rng.random() < suspicion and any(rng.random() < one for _ in range(visits))
            continue
        start = rng.uniform(0, 365)
        when = rng.uniform(0, 365, visits)
        found += any((day - start) % 365 < days and rng.random() < one for day in when)
    return found / games


@pytest.mark.parametrize(("manner", "visits", "days"), [("random", 3, 90), ("random", 1, 500), ("challenge", 2, 30)])
def test_detection_in_time_is_what_playing_it_gives(manner: str, visits: int, days: int) -> None:
    told = site(manner=manner, timeliness=days, suspicion=0.6, drawn=4, power=0.8)
    (row,) = spread([told], float(visits)).mean.visits
    assert row.visits == visits
    played = simulated(manner, visits, days, row.one_visit, 0.6, np.random.default_rng(3))
    assert row.detection == pytest.approx(played, abs=0.03)


def test_a_known_schedule_finds_only_what_its_gaps_leave_time_for() -> None:
    rarely = spread([site(manner="scheduled", timeliness=90)], 4.0).mean
    often = spread([site(manner="scheduled", timeliness=90)], 5.0).mean
    assert rarely.least == 0.0  # four visits are 91 days apart
    assert often.least == pytest.approx(1.0)


def test_random_visits_are_worth_more_where_they_matter_more() -> None:
    even = spread([site("a"), site("b")], 4.0).mean.visits
    assert [row.visits for row in even] == [2, 2]
    uneven = spread([site("a", weight=9), site("b")], 4.0).mean.visits
    assert uneven[0].visits > uneven[1].visits


def test_the_weakest_place_is_protected_by_the_other_aim() -> None:
    found = spread([site("a", weight=50), site("b")], 3.0)
    assert found.mean.mean >= found.least.mean
    assert found.least.least >= found.mean.least
    assert found.least.least > 0.0


@pytest.mark.parametrize("name", ["korea-2019", "supply-contract"])
def test_a_case_names_what_it_leaves_out(name: str) -> None:
    case = load(name)
    stated = [issue for issue, told in case.file.issues.items() if told.inspection is not None]
    sites, left_out = sites_of(case, {stated[0]: 5.0})
    assert [s.site for s in sites] == stated[:1]
    assert [line.values["issue"] for line in left_out] == stated[1:]


def test_what_cannot_be_spread_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadArgument, match="The budget is 0"):
        spread([site()], 0.0)
    with pytest.raises(BadArgument, match="0 sites"):
        spread([], 5.0)
    with pytest.raises(BadArgument, match="hall, units: more wrong or drawn"):
        spread([site(significant=11)], 5.0)
    with pytest.raises(BadArgument, match="a challenge answers a suspicion"):
        spread([site(manner="challenge")], 5.0)


def test_a_budget_below_one_visit_says_what_a_visit_costs() -> None:
    with pytest.raises(BadArgument, match=r"the cheapest, to hall, costs 168\. Raise the budget"):
        spread([site(cost=168)], 100.0)
    told = spread([site(cost=168), site("shed", cost=50)], 100.0)
    assert told.left_out == (reason("visits.dear", site="hall", category="units", cost=168.0),)
