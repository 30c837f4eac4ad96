"""Laws of the table of questions: each is shown by every door alike, and no number is shown that the answer does not hold."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summitry import questions
from summitry.answers import Answer, open_case
from summitry.answers import ask as method
from summitry.document import Bullets, Column, Document, Folded, Heading, Moves, Phrase, Sentence, Table, look_up
from summitry.report import html
from summitry.wording import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.document import Block
    from summitry.wording import Span

NAMES = questions.names()
DATA = Path(__file__).resolve().parents[1] / "data"


@cache
def example(name: str) -> Answer[Any]:
    """The answer to a question's example, whose files lie in tests/data."""
    question = questions.question(name)
    case, request = question.example
    with contextlib.chdir(DATA):
        return method(question)(open_case(case) if case else None, **request)


def blocks(document: Document) -> Iterator[Block]:
    """All blocks, folded ones too."""
    rest = list(document.blocks)
    while rest:
        block = rest.pop(0)
        yield block
        rest = [*block.blocks, *rest] if isinstance(block, Folded) else rest


def spans(answer: Answer[Any]) -> Iterator[Span]:
    """All pieces of words that an answer shows."""
    wording, value = answer.wording, answer.value
    for block in blocks(answer.document()):
        phrases: list[Phrase | None] = []
        if isinstance(block, (Heading, Sentence)):
            phrases = [block.phrase]
        elif isinstance(block, Bullets):
            phrases = [block.lead, *block.items]
        elif isinstance(block, Table):
            phrases = [block.caption, *(column.head for column in block.columns)]
            for place in block.rows:
                for column in block.columns:
                    assert isinstance(column, Column)
                    yield from wording.cell(column.cell, value, place)
        elif isinstance(block, Moves):
            look_up(value, block.place)
        for phrase in phrases:
            yield from [] if phrase is None else wording.spans(phrase, value)


def test_the_table_names_every_question_once() -> None:
    assert sorted(name for names in questions.by_group().values() for name in names) == [*NAMES]
    for group, names in questions.by_group().items():
        assert messages()[f"group.{group}"]
        assert [*names] == sorted(question.name for question in questions.questions() if question.group == group)


@pytest.mark.parametrize("name", NAMES)
def test_the_table_says_what_every_door_needs(name: str) -> None:
    question = questions.question(name)
    assert question.name == name
    assert question.group in questions.GROUPS
    assert question.summary.endswith(".")
    for field in questions.fields_of(question.request):
        assert question.help(field.name).endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_no_field_of_an_answer_hides_behind_what_every_answer_has(name: str) -> None:
    answer = example(name)
    own = {word for word in dir(answer) if not word.startswith("_")}
    assert not own & {field.name for field in dataclasses.fields(answer.value)}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_that_is_shown_stands_in_the_answer(name: str) -> None:
    answer = example(name)
    for span in spans(answer):
        if span.kind == "number" and span.path and span.value is not None:
            value = look_up(answer.value, span.path)
            number = len(value) if hasattr(value, "__len__") and not isinstance(value, str) else value
            assert math.isclose(float(number), span.value)  # type: ignore[arg-type]  # whatever counts as a number


@pytest.mark.parametrize("name", NAMES)
def test_words_numbers_and_json_are_the_same_behind_every_door(name: str) -> None:
    answer = example(name)
    text, markup = answer.to_text(10_000), html.render(answer.document(), answer.wording)
    assert len(text.split()) > 1
    assert "{" not in re.sub(r"<pre>.*?</pre>|<[^>]*>", "", markup, flags=re.DOTALL)  # what is copied as it is may hold any sign
    assert json.loads(answer.to_json()) == json.loads(json.dumps(answer.to_dict()))
    assert repr(answer) == answer.to_text()
    assert answer.to_pdf().startswith(b"%PDF")


def test_every_message_can_be_parsed_and_is_ours() -> None:
    for code, message in messages().items():
        assert message.count("{") == message.count("}"), code
        assert message.count("[[") == message.count("]]"), code
