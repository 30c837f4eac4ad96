"""The bundled case camp-david-1978: a mediator's seat, nothing that became known later, and the accords as one deal of many."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
import yaml

import summitry
from summitry import case

NAME = "camp-david-1978"
ROOT = Path(summitry.__file__).parent / "cases" / NAME
TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial-mediators.agreed.yaml"
AS_OF = dt.date(1978, 9, 4)
PARTIES = ("egypt", "israel", "us")
HORIZON = 1460


def agreed() -> dict[str, str]:
    """The package that the tutorial shows as what was agreed."""
    package: dict[str, str] = yaml.safe_load(TUTORIAL.read_text(encoding="utf-8"))
    return package


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "evidence" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_is_to_be_mended() -> None:
    assert case.check(NAME) == ()


@pytest.mark.parametrize("viewer", PARTIES)
def test_each_party_can_open_the_case_alone(viewer: str) -> None:
    opened = case.load(NAME, viewer=viewer)
    assert set(opened.preferences) == {viewer}
    assert set(opened.preferences[viewer]) == set(PARTIES)


def test_the_united_states_serve_the_two_sides() -> None:
    assert case.load(NAME).file.mediator == "us"


@pytest.mark.parametrize(
    ("table", "column"), [("events", "date"), ("positions", "date"), ("commitments", "signed"), ("claims", "published")]
)
def test_no_evidence_is_younger_than_the_case_or_without_a_source(table: str, column: str) -> None:
    for row in rows(table):
        assert dt.date.fromisoformat(row[column]) <= AS_OF, row
        assert row["source"].strip(), row


def test_no_file_of_the_case_names_a_year_after_it() -> None:
    for file in [*ROOT.rglob("*.yaml"), *ROOT.rglob("*.csv"), *ROOT.rglob("*.txt")]:
        text = file.read_text(encoding="utf-8").replace("1977-1980", "").replace("Brookings 1986", "").replace("Quandt 1986", "")
        assert not re.search(r"\b(1979|198\d)\b", text), file.name


def test_every_number_says_that_it_is_a_judgement() -> None:
    for file in ROOT.glob("preferences/*/*.yaml"):
        assert "judgement" in yaml.safe_load(file.read_text(encoding="utf-8"))["basis"], file


def test_what_was_agreed_settles_every_issue() -> None:
    assert set(agreed()) == set(case.load(NAME).file.issues)


def test_what_was_agreed_passes_every_gate_in_four_years() -> None:
    answer = summitry.open(NAME).try_package(agreed()).to_dict()
    assert answer["verdict"]["passed"]
    assert answer["days"] <= HORIZON
