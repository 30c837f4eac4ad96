"""The bundled case panama-1977: the published weights, and nothing that became known later."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from summitry import case
from summitry.model import build

# Howard Raiffa, The Art and Science of Negotiation, Harvard University Press 1982, chapter 12: weights of the US and of Panama.
RAIFFA = {
    "defense": (22, 9),
    "use": (22, 15),
    "land-water": (15, 15),
    "expansion": (14, 3),
    "duration": (11, 15),
    "routes": (6, 5),
    "jurisdiction": (2, 7),
    "us-military": (2, 7),
    "panama-defense": (2, 13),
    "compensation": (4, 11),
}
NAME = "panama-1977"
PAIRS = [(holder, about) for holder in ("us", "panama") for about in ("us", "panama")]
FOLDER = Path(case.__file__).parents[1] / "cases" / NAME


def test_nothing_is_to_be_mended_but_that_nobody_states_its_trust() -> None:
    assert [(problem.level, problem.path) for problem in case.check(NAME)] == [("warning", "parties")]


@pytest.mark.parametrize("viewer", ["us", "panama"])
def test_each_party_can_open_the_case_alone(viewer: str) -> None:
    opened = case.load(NAME, viewer=viewer)
    assert set(opened.preferences) == {viewer}
    assert set(opened.preferences[viewer]) == {"us", "panama"}


@pytest.mark.parametrize(("holder", "about"), PAIRS)
def test_modes_are_the_published_weights(holder: str, about: str) -> None:
    values = case.load(NAME).preferences[holder][about].values
    sign, side = (-1, 0) if about == "us" else (1, 1)
    assert {issue: values[issue].options["panama"][1] for issue in RAIFFA} == {i: sign * w[side] for i, w in RAIFFA.items()}


def test_means_are_the_published_weights_too() -> None:
    made = build(case.load(NAME), draws=0)
    ends = {issue: tuple(made.value[:, made.column(issue, "panama")]) for issue in RAIFFA}
    for issue, (us, panama) in RAIFFA.items():
        assert ends[issue] == pytest.approx((-us, panama))


def test_each_sides_weights_sum_to_one_hundred() -> None:
    values = case.load(NAME).preferences
    assert sum(values["us"]["us"].values[issue].options["panama"][1] for issue in RAIFFA) == -100
    assert sum(values["panama"]["panama"].values[issue].options["panama"][1] for issue in RAIFFA) == 100


@pytest.mark.parametrize(("holder", "about"), PAIRS)
def test_half_way_is_worth_half(holder: str, about: str) -> None:
    values = case.load(NAME).preferences[holder][about].values
    for issue in RAIFFA:
        assert values[issue].options["shared"][1] == values[issue].options["panama"][1] / 2


def test_the_issue_that_was_not_published_leans_to_neither_end_of_the_scale() -> None:
    values = case.load(NAME).preferences
    assert list(values["us"]["us"].values["treaty"].options["signed"]) == [0, 50, 100]
    assert list(values["panama"]["panama"].values["treaty"].options["signed"]) == [-100, -50, 0]


def test_nothing_moves_without_a_treaty() -> None:
    for name, issue in case.load(NAME).file.issues.items():
        if name != "treaty":
            assert issue.giver == ("us",)
            assert issue.requires == {"shared": ("treaty.signed",), "panama": ("treaty.signed",)}


def test_the_senates_groups_count_a_hundred_senators_and_need_two_thirds() -> None:
    table = case.load(NAME).preferences["us"]["us"].back_table
    assert table is not None
    assert sum(seat.influence for seat in table.seats.values()) == 100
    assert 66 < 100 * table.quota <= 67


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.csv")), ids=lambda path: path.name)
def test_no_date_in_the_evidence_is_after_the_cases_date(path: Path) -> None:
    as_of = case.load(NAME).file.as_of.isoformat()
    dates = re.findall(r"\b\d{4}-\d{2}-\d{2}\b", path.read_text(encoding="utf-8"))
    assert dates
    assert max(dates) <= as_of


@pytest.mark.parametrize("path", sorted([*FOLDER.rglob("*.yaml"), *FOLDER.rglob("*.txt")]), ids=lambda path: path.name)
def test_no_day_in_the_text_is_after_the_cases_date(path: Path) -> None:
    as_of = case.load(NAME).file.as_of.isoformat()
    assert all(day <= as_of for day in re.findall(r"\b\d{4}-\d{2}-\d{2}\b", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("holder", "about"), PAIRS)
def test_every_value_says_why(holder: str, about: str) -> None:
    preferences = case.load(NAME).preferences[holder][about]
    assert preferences.back_table is not None
    tables = [preferences.values, *(seat.positions for seat in preferences.back_table.seats.values())]
    assert all(entry.why for table in tables for entry in table.values())
    assert all(seat.why for seat in preferences.back_table.seats.values())


def test_trust_is_left_out_because_nothing_is_known_of_it() -> None:
    assert not any(about.trust for files in case.load(NAME).preferences.values() for about in files.values())
