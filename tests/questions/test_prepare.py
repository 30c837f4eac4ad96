"""Laws of what `prepare` shows of a study: it chooses among the study's findings and adds nothing."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

from summitry import questions
from summitry.answers import Study, open_case
from summitry.document import Heading, Moves, Sentence, look_up
from summitry.questions import prepare, price

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.answers import Answer
    from summitry.study import Findings

SEATS = [("supply-contract", None), ("supply-contract", "supplier"), ("panama-1977", None)]


@cache
def study(case: str, viewer: str | None) -> Answer[Findings]:
    """The answer to `prepare`, once."""
    answer: Answer[Findings] = open_case(case, viewer).prepare()
    return answer


def lines(answer: Answer[Findings]) -> Iterator[tuple[str, str]]:
    """The code and the place of every heading and sentence that is shown."""
    for block in answer.document().blocks:
        if isinstance(block, (Heading, Sentence)):
            yield block.phrase.code, block.phrase.place


def test_left_open_it_starts_where_the_first_rung_left_open_does() -> None:
    workspace = open_case("supply-contract")
    bound, free = workspace.prepare().value.rung.chosen, workspace.prepare(open=True).value.rung.chosen
    assert free.moves == workspace.rung(open=True).rung.chosen.moves
    assert bound.moves == workspace.rung().rung.chosen.moves
    assert (free.joint, bound.joint) == (workspace.rung(open=True).rung.chosen.joint, workspace.rung().rung.chosen.joint)


def test_only_a_study_is_of_its_kind() -> None:
    assert [each.name for each in questions.questions() if each.kind == "study"] == ["prepare"]
    assert isinstance(study("supply-contract", None), Study)


@pytest.mark.parametrize(("case", "viewer"), SEATS)
def test_its_data_are_the_document_of_its_file_with_the_keys_that_the_question_names(case: str, viewer: str | None) -> None:
    answer = study(case, viewer)
    document = json.loads(answer.to_json())
    assert tuple(document) == prepare.DOCUMENT
    assert document == json.loads(json.dumps(answer.to_dict()))
    assert answer.to_json() == answer.files().contents["findings.json"].decode()
    assert {*answer.files().contents} == {*prepare.QUESTION.files}


@pytest.mark.parametrize(("case", "viewer"), SEATS)
def test_what_moves_is_shown_once_and_is_where_to_start(case: str, viewer: str | None) -> None:
    answer = study(case, viewer)
    places = [block.place for block in answer.document().blocks if isinstance(block, Moves)]
    chosen = answer.rung and answer.rung.chosen
    starts = [place for place in places if place.startswith("rung.")]
    assert [look_up(answer.value, place) for place in starts] == ([chosen.moves] if chosen else [])


@pytest.mark.parametrize(("case", "viewer"), SEATS)
def test_of_the_gates_only_those_that_are_not_open_are_shown_and_all_of_them(case: str, viewer: str | None) -> None:
    answer = study(case, viewer)
    gates = [place for code, place in lines(answer) if code.startswith("gate.line.")]
    chosen = answer.rung and answer.rung.chosen
    barred = sum(not gate.passed for verdict in (chosen, answer.not_today) if verdict for gate in verdict.gates)
    assert len(gates) == barred
    assert not any(look_up(answer.value, f"{place}.passed") for place in gates)


@pytest.mark.parametrize(("case", "viewer"), SEATS)
def test_every_omission_is_told_once(case: str, viewer: str | None) -> None:
    answer = study(case, viewer)
    omissions = [place for code, place in lines(answer) if code == "prepare.omission"]
    assert [look_up(answer.value, place) for place in omissions] == [*answer.omitted]


@pytest.mark.parametrize(("case", "viewer"), SEATS)
def test_the_price_is_told_as_the_question_of_the_price_begins(case: str, viewer: str | None) -> None:
    answer = study(case, viewer)
    if answer.price is None:
        assert not any(place.startswith("price") for _, place in lines(answer))
        return
    own = [block.phrase.code for block in price.view(answer.price, answer.wording.names) if isinstance(block, Sentence)]
    here = [code for code, place in lines(answer) if place.startswith("price") and code in own]
    assert here == own[: len(here)]
    assert here


@pytest.mark.parametrize(("case", "viewer"), SEATS)
def test_it_says_whose_eyes_it_looks_through_and_few_deeds(case: str, viewer: str | None) -> None:
    codes = [code for code, _ in lines(study(case, viewer))]
    assert ("prepare.analyst" in codes, "prepare.viewer" in codes) == (viewer is None, viewer is not None)
    assert codes.count("deeds.deed") <= prepare.MOST_DEEDS
