from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles import inspect as oracle
from summitry import load
from summitry.case.types import Issue
from summitry.errors import BadArgument
from summitry.evidence.inspections import check_of, detection, smallest_sample

POWERS = st.sampled_from(("0.2", "0.5", "0.9", "1.0"))
GOALS = st.sampled_from(("0.2", "0.5", "0.9", "0.95"))


@st.composite
def entries(draw: st.DrawFn) -> dict[str, object]:
    items = draw(st.integers(1, 40))
    drawn = draw(st.none() | st.integers(0, items))
    said: dict[str, object] = {"items": items, "significant": draw(st.integers(1, items)), "days": 30, "why": "by hand"}
    return said | {"drawn": drawn, "goal": float(draw(GOALS)), "power": float(draw(POWERS))}


def issue(**said: object) -> Issue:
    return Issue.model_validate({"title": "A list", "options": ["none", "part", "full"], "inspection": said})


@given(entries())
def test_a_stated_inspection_is_what_its_numbers_say(said: dict[str, object]) -> None:
    found = check_of(issue(**said), "full")
    assert found is not None
    power = Fraction(str(said["power"]))
    fewest = oracle.smallest(found.items, found.significant, Fraction(str(said["goal"])), power)
    wanted = said["drawn"] if said["drawn"] is not None else found.items if fewest is None else fewest
    assert (found.drawn, found.reachable) == (wanted, fewest is not None)
    missed = oracle.miss(found.items, found.significant, found.drawn, power)
    assert found.detection == pytest.approx(float(1 - missed), rel=1e-9, abs=1e-12)
    if said["drawn"] is None and found.reachable:
        assert found.detection >= found.goal * (1 - 1e-12)


def test_only_the_options_that_are_inspected_have_a_check() -> None:
    told = issue(items=10, significant=1, days=30, why="by hand", options="full")
    assert check_of(told, "full") is not None
    assert check_of(told, "part") is None
    assert check_of(told, "none") is None
    assert check_of(issue(items=10, significant=1, days=30, why="by hand"), "part") is not None
    assert check_of(Issue(title="A list", options={"none": None, "full": None}), "full") is None


@pytest.mark.parametrize("case", ["korea-2019", "supply-contract"])
def test_bundled_cases_state_inspections_that_can_meet_their_goal(case: str) -> None:
    issues = load(case).file.issues
    found = [check for told in issues.values() if (check := check_of(told, list(told.options)[-1])) is not None]
    assert len(found) >= 3
    assert all(check.reachable and check.detection >= check.goal and check.days > 0 for check in found)


def test_counts_that_cannot_be_are_refused_in_a_sentence() -> None:
    with pytest.raises(BadArgument, match="11 defects among 10 items"):
        detection(10, 11, 3)
    with pytest.raises(BadArgument, match="11 of 10 items cannot be drawn"):
        detection(10, 1, 11)
    with pytest.raises(BadArgument, match="10,000,001 items"):
        smallest_sample(10**7 + 1, 1, 0.9)
