"""Laws of one back table: who is counted, what a shift or a waiver changes, and how a voice is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from generators import build as small
from oracles.deals import carries
from summitry import case
from summitry.model import build

if TYPE_CHECKING:
    from summitry.case.types import Case
    from summitry.interests.home import Home
    from summitry.model import Model

SPAN = [-2, 0, 3]


def made(sways: dict[str, float] | None = None, voice: Any = (-3, -1, 4)) -> Case:  # noqa: ANN401 (a range of the case file)
    seats: dict[str, Any] = {
        "house": {"influence": 2, "positions": {"x": {"options": {"some": [-1, 1, 3]}}, "y": {"options": {"all": SPAN}}}},
        "court": {"positions": {"y": {"options": {"all": [-1, 2, 4]}}}, "threshold": [-1, 0, 1]},
        "press": {"positions": {"x": {"options": {"some": voice}}}, "threshold": [0, 1, 2], "sways": sways or {}},
    }
    return small(
        {"us": {"x": {"some": 1}, "y": {"all": -1}}, "dprk": {"x": {"some": -1}, "y": {"all": 2}}},
        preferences={"us": {"back_table": {"quota": 0.6, "seats": seats}}},
        constituencies={
            "us": {
                "house": {"name": "House"},
                "court": {"name": "Court", "role": "veto"},
                "press": {"name": "Press", "role": "voice"},
            }
        },
        laws=[{"party": "us", "name": "An act", "forbids": ["y.all"], "waiver": [0.2, 0.4, 0.6]}],
    )


def home(sways: dict[str, float] | None = None, voice: Any = (-3, -1, 4)) -> tuple[Model, Home]:  # noqa: ANN401 (see `made`)
    compiled = build(made(sways, voice), draws=512)
    return compiled, compiled.homes["us"]


def every(model: Model) -> list[list[int]]:
    return [model.columns([x, y]) for x in (0, 1) for y in (0, 1)]


@pytest.mark.parametrize("sways", [{}, {"house": 0.5}, {"house": 0.5, "court": 2.0}])
def test_every_draw_is_decided_as_by_hand(sways: dict[str, float]) -> None:
    model, table = home(sways)
    for columns in every(model):
        assert table.ratified(columns).tolist() == carries(model, "us", columns)


def test_a_voice_that_sways_nobody_changes_nothing() -> None:
    silent, loud = home(voice=[-3, -1, 4]), home(voice=[-30, -10, -4])
    for columns in every(silent[0]):
        assert (silent[1].ratified(columns) == loud[1].ratified(columns)).all()


def test_a_voice_that_sways_moves_its_listener_towards_itself() -> None:
    for voice, better in (([5, 6, 7], True), ([-7, -6, -5], False)):
        model, plain = home(voice=voice)
        _, swayed = home({"house": 1.0}, voice=voice)
        columns = model.columns([1, 0])
        before, after = plain.yes(columns)[0], swayed.yes(columns)[0]
        assert (after >= before).all() if better else (after <= before).all()
        assert (after != before).any()


def test_support_never_falls_when_a_shift_or_a_chance_rises() -> None:
    model, table = home()
    for columns in every(model):
        now = table.ratified(columns)
        assert (now == table.ratified(columns, np.zeros(2), np.array([law.chance for law in table.laws]))).all()
        before = now
        for step in (0.5, 2.0, 9.0):
            after = table.ratified(columns, np.array([step, step]))
            assert (after >= before).all()
            assert (after == table.ratified(columns, np.full((2, model.draws), step))).all()
            before = after
        before = now
        for chance in (0.4, 0.7, 1.0):
            after = table.ratified(columns, waiver=np.array([chance]))
            assert (after >= before).all()
            before = after
        assert not table.ratified(columns, waiver=np.array([0.0])).any() or 3 not in columns


def test_the_chance_of_a_waiver_is_the_stated_one() -> None:
    compiled = build(case.load("korea-2019"), draws=1000)
    for law in compiled.homes["us"].laws:
        assert law.waived.mean() == pytest.approx(law.chance, abs=1e-3)
        assert law.source


@pytest.mark.parametrize(("table", "carried"), [({}, False), ({"tie_carries": True}, True), ({"quota": 0.4}, True)])
def test_a_tie_carries_only_where_the_case_says_so(table: dict[str, Any], *, carried: bool) -> None:
    seats = {
        name: {"influence": 3, "positions": {"x": {"options": {"some": points}}}} for name, points in (("yes", 1), ("no", -1))
    }
    tied = small(
        {"us": {"x": {"some": 1}}, "dprk": {"x": {"some": -1}}},
        preferences={"us": {"back_table": {**table, "seats": seats}}},
        constituencies={"us": {"yes": {"name": "Yes"}, "no": {"name": "No"}}},
    )
    model = build(tied, draws=16)
    columns = model.columns([1] + [0] * (len(model.issues) - 1))
    ratified = model.homes["us"].ratified(columns)
    assert ratified.tolist() == [carried] * 16 == carries(model, "us", columns)


def test_a_stated_quota_is_reached_by_just_that_share() -> None:
    seats = {name: {"positions": {"x": {"options": {"some": points}}}} for name, points in (("a", 1), ("b", 1), ("c", -1))}
    for quota, carried in ((2 / 3, True), (1.0, False)):
        case_of = small(
            {"us": {"x": {"some": 1}}, "dprk": {"x": {"some": -1}}},
            preferences={"us": {"back_table": {"quota": quota, "seats": seats}}},
            constituencies={"us": {name: {"name": name} for name in seats}},
        )
        model = build(case_of, draws=4)
        assert model.homes["us"].ratified(model.columns([1] + [0] * (len(model.issues) - 1))).all() == carried
