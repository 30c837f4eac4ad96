"""Waiting changes what the case says it changes, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators import build
from summitry import load, model
from summitry.case.types import Fade
from summitry.deals.outcomes import chances
from summitry.errors import BadArgument
from summitry.evidence.conduct import record
from summitry.interests.preferences import discounted, factor, later, starts
from summitry.plan.waiting import WaitResult, weigh_waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.case.types import Case

TODAY = dt.date(2019, 2, 15)
WORTH: dict[str, dict[str, dict[str, Any]]] = {
    "a": {"x": {"some": [-3, -2, -1]}, "y": {"some": [1, 5, 9]}},
    "b": {"x": {"some": [1, 3, 5]}, "y": {"some": [-3, -2, 0]}},
}
SEATS = {"a": {"house": {"name": "House"}}}
TABLE = {"seats": {"house": {"positions": {"x": {"some": [-1, 1, 3]}}}}}


def small(own: dict[str, Any] | None = None, **file: Any) -> Case:  # noqa: ANN401 (of case.yaml)
    preferences = {"a": {"back_table": TABLE, **(own or {})}}
    return build(WORTH, givers={"x": "a", "y": "b"}, preferences=preferences, constituencies=SEATS, **file)


def waited(case: Case, days: int = 365) -> WaitResult:
    made = model.build(case, draws=512)
    deal = made.row({"x": "some", "y": "some"})
    return weigh_waiting(made, days_of(case, draws=512), deal, "a", until=TODAY + dt.timedelta(days=days))


def days_of(case: Case, **terms: Any) -> Callable[[dt.date], model.Model]:  # noqa: ANN401 (of `build`)
    """The models of the case on later days."""
    return lambda day: model.build(later(case, day), **terms)


def test_where_nothing_changes_every_day_is_like_today() -> None:
    found = waited(small())
    assert found.losses == ()
    assert len({(m.joint, m.worth, *m.values.values()) for m in found.moments}) == 1


@pytest.mark.parametrize("name", ["korea-2019", "supply-contract"])
def test_today_is_what_the_gates_count(name: str) -> None:
    case = load(name)
    seen = record(case)
    made = model.build(case, record=seen, draws=512)
    for idea in list(case.file.ideas.values())[:3]:
        package = made.row(idea.package)
        party = case.file.settings.principal or ""
        first = weigh_waiting(
            made, days_of(case, record=seen, draws=512), package, party, until=case.file.as_of + dt.timedelta(days=2)
        ).moments[0]
        drawn = chances(made, package)
        joint = drawn.joint if not made.faults(package) else np.zeros(512, dtype=bool)
        assert first.joint == joint.mean()
        assert first.worth == pytest.approx(float((drawn.margin[made.party(party)] * joint).mean()))


@given(st.integers(1, 2000), st.integers(0, 4000), st.floats(0, 1))
def test_a_half_life_halves_what_lies_above_the_floor(half: int, days: int, floor: float) -> None:
    fade = Fade(half_life=half, floor=floor)
    now, then = (factor(fade, TODAY, TODAY + dt.timedelta(days=d)) for d in (days, days + half))
    assert then - floor == pytest.approx((now - floor) / 2, abs=1e-12)
    assert factor(fade, TODAY, TODAY) == 1.0


def test_a_schedule_is_straight_between_its_dates_and_stays_after_the_last() -> None:
    fade = Fade(schedule={dt.date(2019, 2, 25): 0.5, dt.date(2019, 3, 7): 1.5})
    assert [factor(fade, TODAY, TODAY + dt.timedelta(days=d)) for d in (0, 5, 10, 15, 20, 500)] == [1, 0.75, 0.5, 1, 1.5, 1.5]


def test_a_year_discounts_once() -> None:
    assert discounted(0.9, 365) == pytest.approx(0.9)
    assert discounted(0.9, 730) == pytest.approx(0.81)
    moments = waited(small({"discount": 0.8})).moments
    now, then = moments[0], moments[-1]
    assert then.worth == pytest.approx(0.8 * now.worth)
    assert then.joint == now.joint


def test_a_value_that_fades_is_the_value_times_the_factor_for_its_holder_alone() -> None:
    case = later(small({"fades": {"y": {"half_life": 100}}}), TODAY + dt.timedelta(days=100))
    told = {(party, issue): case.preferences[party][party].values[issue].options["some"] for party in "ab" for issue in "xy"}
    assert told == {("a", "x"): (-3, -2, -1), ("a", "y"): (0.5, 2.5, 4.5), ("b", "x"): (1, 3, 5), ("b", "y"): (-3, -2, 0)}


def test_an_expired_chit_is_taken_out_on_the_day_after_and_not_before() -> None:
    case = build(WORTH, givers={"x": "a", "y": "b"}, issues={"x": {"expires": "2019-03-01"}})
    gone = {m.date: m.expired for m in waited(case, days=40).moments}
    assert gone["2019-03-02"] == ("x",)
    assert all((when > "2019-03-01") == bool(out) for when, out in gone.items())


def test_a_deadline_shifts_the_home_from_its_day_on() -> None:
    deadline = {"date": "2019-06-01", "title": "A vote", "effects": [{"seat": "a/house", "shift": -5}]}
    found = waited(small({"deadlines": [deadline]}))
    chance = {m.date: m.ratify for m in found.moments}
    assert chance["2019-06-01"] == 0.0
    assert all((when >= "2019-06-01") == (share == 0.0) for when, share in chance.items())
    assert [loss.what for loss in found.losses] == ["A vote"]


def test_a_deadline_that_had_passed_changes_nothing() -> None:
    deadline = {"date": "2019-01-01", "title": "A vote", "effects": [{"seat": "a/house", "shift": -5}]}
    assert waited(small({"deadlines": [deadline]})).moments == waited(small()).moments


def test_the_last_day_lies_after_today() -> None:
    with pytest.raises(BadArgument, match="after the case's date"):
        waited(small(), days=0)


def test_a_value_is_said_to_change_from_the_day_on_which_it_begins_to_change() -> None:
    """A schedule that says 1 up to a date changes from that date on, one that says anything else from today on."""
    later_on, at_once = dt.date(2019, 5, 1), dt.date(2019, 9, 1)
    for schedule, begins in (
        ({later_on: 1.0, at_once: 0.5}, later_on),
        ({later_on: 1.2, at_once: 1.4}, TODAY),
    ):
        fade = Fade(schedule=schedule)
        assert starts(fade, TODAY) == begins
        assert factor(fade, TODAY, begins) == 1.0
        assert factor(fade, TODAY, begins + dt.timedelta(days=1)) != 1.0
    assert starts(Fade(half_life=60), TODAY) == TODAY


def test_homes_that_nobody_wrote_down_are_not_told_as_willing() -> None:
    values = {"us": {"list": {"full": 5}}, "dprk": {"list": {"full": 1}}}
    case = build(values, givers={"list": "dprk"})
    made = model.build(case, draws=64)
    found = weigh_waiting(
        made, days_of(case, draws=64), made.row({"list": "full"}), "us", until=made.as_of + dt.timedelta(days=9)
    )
    assert {moment.ratify for moment in found.moments} == {None}
    assert found.silent == ("us", "dprk")


def test_a_chit_that_lasts_to_the_end_of_the_calendar_never_expires() -> None:
    never = small(issues={"y": {"expires": "9999-12-31"}})
    assert [(m.date, m.joint) for m in waited(never).moments] == [(m.date, m.joint) for m in waited(small()).moments]
