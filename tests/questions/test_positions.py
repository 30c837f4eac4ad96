"""What is shown of the state of play: every answer in its words, every source by its number."""

from __future__ import annotations

import dataclasses
from typing import get_args

import pytest

from report.sample import positions as sample
from summitry.answers import open_case
from summitry.document import Document
from summitry.evidence.positions import Answer, Direction, Positions, Shift, Statement
from summitry.questions import positions
from summitry.report import html, terminal
from summitry.wording import Names, Wording, messages

NAMES = Names({"list": "Inventory", "list.full": "complete", "aland": "Aland"}, givers={"list": ("borduria",)})


def shown(value: Positions) -> str:
    return terminal.render(Document(value, tuple(positions.view(value, NAMES))), Wording(NAMES, messages()), 10_000)


@pytest.mark.parametrize("answer", get_args(Answer))
def test_every_kind_of_answer_has_its_words_and_stands_where_it_belongs(answer: Answer) -> None:
    value = sample()
    (waiting,) = value.waiting
    reply = None if answer == "open" else Statement("refused", "full")
    words = shown(dataclasses.replace(value, waiting=(dataclasses.replace(waiting, answer=answer, reply=reply),)))
    unanswered, _, answered = words[words.index("NOT ANSWERED") :].partition("ANSWERED, and still standing")
    assert ("Aland demanded complete" in unanswered) == (answer in {"open", "reopened", "floated"})
    assert ("Aland demanded complete" in answered) == (answer not in {"open", "reopened", "floated"})
    assert ("borduria refused complete on 1933-12-01" in words) == (answer != "open")


@pytest.mark.parametrize("role", ["gives", "asks"])
@pytest.mark.parametrize("direction", get_args(Direction))
def test_every_move_has_its_words(role: str, direction: str) -> None:
    value = sample()
    (shift,) = value.shifts
    moved: Shift = dataclasses.replace(shift, role=role, direction=direction)  # type: ignore[arg-type] # all of both
    words = shown(dataclasses.replace(value, shifts=(moved,)))
    expected = {"further": {"gives": "offers more", "asks": "asks less"}, "back": {"gives": "takes back", "asks": "asks more"}}
    assert f"then offered none: {expected.get(direction, {}).get(role, 'stays')}" in words


def test_each_source_is_listed_once_and_its_number_stands_where_it_speaks() -> None:
    words = shown(sample())
    text, _, sources = words.partition("SOURCES")
    listed = [line.strip() for line in sources.strip().splitlines()]
    assert listed == ["[1] Gazette", "[2] Note 8"]
    assert "borduria: refused complete (1933-09-01, repeated until 1933-12-01, not <i>now</i>) [1]" in text
    page = html.render(Document(sample(), tuple(positions.view(sample(), NAMES))), Wording(NAMES, messages()))
    assert '<a href="#source-1">[1]</a>' in page
    assert '<li id="source-1">Gazette</li>' in page
    assert "<i>" not in page


def test_who_gives_an_issue_and_what_nobody_spoke_of_are_said() -> None:
    text = open_case("supply-contract").positions().to_text(10_000)
    assert "Price per housing, given by The supplier:" in text
    assert "Nobody has said anything about Warranty." in text
