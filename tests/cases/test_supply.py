"""The bundled case supply-contract: a lesson that is whole, fictional and reads as its README says."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from typer.main import get_command

from summitry import case
from summitry.cli import app
from summitry.deals import gates
from summitry.evidence.conduct import record
from summitry.model import build

NAME = "supply-contract"
FOLDER = Path(case.__file__).parents[1] / "cases" / NAME
PAIRS = [(holder, about) for holder in ("buyer", "supplier") for about in ("buyer", "supplier")]


def test_nothing_is_to_be_mended() -> None:
    assert case.check(NAME) == ()


@pytest.mark.parametrize("viewer", ["buyer", "supplier"])
def test_each_party_can_open_the_case_alone(viewer: str) -> None:
    opened = case.load(NAME, viewer=viewer)
    assert set(opened.preferences) == {viewer}
    assert set(opened.preferences[viewer]) == {"buyer", "supplier"}


def test_both_sides_have_something_to_give() -> None:
    assert {giver for issue in case.load(NAME).file.issues.values() for giver in issue.giver} == {"buyer", "supplier"}


def test_giving_costs_its_giver_and_pays_the_other() -> None:
    made = build(case.load(NAME), draws=0)
    for i in range(len(made.issues)):
        giver, receiver = (0, 1) if made.giver[i, 0] else (1, 0)
        columns = slice(int(made.first[i]) + 1, int(made.first[i + 1]))
        assert (made.value[giver, columns] < 0).all(), made.issues[i]
        assert (made.value[receiver, columns] > 0).all(), made.issues[i]


@pytest.mark.parametrize("end", [0, 1, 2])
def test_a_later_option_moves_more_for_both(end: int) -> None:
    opened = case.load(NAME)
    for party in opened.file.parties:
        believed = opened.believed(party)
        assert believed is not None
        for issue, values in believed.values.items():
            size = [0.0, *(abs(span[end]) for span in values.options.values())]
            assert all(more > less for less, more in pairwise(size)), (party, issue)


def test_ideas_bring_their_prerequisites_along() -> None:
    made = build(case.load(NAME), draws=0)
    for idea in made.ideas.values():
        assert made.faults(made.row(idea.package)) == []


def test_the_strategy_departments_slide_fails_at_home() -> None:
    opened = case.load(NAME)
    made = build(opened, draws=512, record=record(opened))
    verdict = gates.judge(made, made.row(opened.file.ideas["alliance"].package))
    ratify = next(gate for gate in verdict.gates if gate.name == "ratify")
    assert ratify.passed is False
    assert any("/" in blocker for blocker in ratify.who)


def test_trust_can_be_tested_for_both_sides() -> None:
    opened = case.load(NAME)
    made = build(opened, draws=64, record=record(opened))
    assert {(belief.party, belief.other) for belief in made.beliefs} == {(0, 1), (1, 0)}
    assert all(0 < belief.serious < 1 and belief.pretender for belief in made.beliefs)


@pytest.mark.parametrize(("holder", "about"), PAIRS)
def test_every_value_says_why(holder: str, about: str) -> None:
    preferences = case.load(NAME).preferences[holder][about]
    assert preferences.back_table is not None
    tables = [preferences.values, *(seat.positions for seat in preferences.back_table.seats.values())]
    assert all(entry.why for table in tables for entry in table.values())
    assert all(seat.why for seat in preferences.back_table.seats.values())
    assert preferences.trust
    assert all(trust.why for trust in preferences.trust.values())


def test_every_row_of_evidence_says_that_it_is_a_teaching_case() -> None:
    evidence = case.load(NAME).evidence
    for rows in (evidence.events, evidence.positions, evidence.commitments):
        assert {row.source for row in rows} == {"teaching case"}


def test_the_lesson_names_only_commands_and_deliverables_that_exist() -> None:
    made = build(case.load(NAME), draws=0)
    commands = set(get_command(app).commands)  # type: ignore[attr-defined] # the app has several commands, so it is a group
    lines = re.findall(
        r"^ {4}summitry (\w+) supply-contract(.*)$", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert lines
    for command, rest in lines:
        assert command in commands
        for issue, option in re.findall(r"(\S+)=(\S+)", rest):
            assert made.column(issue, option) >= 0


def test_the_lessons_unverified_option_is_the_only_one() -> None:
    unseen = {
        f"{name}.{option}"
        for name, issue in case.load(NAME).file.issues.items()
        for option in list(issue.options)[1:]
        if option not in issue.verified_by
    }
    assert unseen == {"exclusivity.one-line"}
