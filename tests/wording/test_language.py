"""A language is one catalogue: whatever is shown, no word comes from anywhere else."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

import pytest

from foreign import FOREIGN, install
from report.test_book import Seen
from report.test_figures import foreign
from report.test_page import everywhere
from summitry import publish
from summitry.answers import Answer, Study
from summitry.questions import question
from summitry.questions.rung import RungAnswer
from summitry.report import page
from summitry.wording import language as languages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from summitry.study import Findings

ENGLISH = re.compile(r"[A-Za-z]+")
CODES = {"code", "link", "state", "kind", "weight", "role", "settings", "counts"}
"""Fields whose texts, or whose keys, are words of ours."""
NUMBERED = re.compile(r"\b[A-Z]\d+\b")
"""Steps, checks and decision points by their numbers, such as S1."""


@pytest.fixture
def language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return install(tmp_path, monkeypatch)


@pytest.fixture
def found() -> Findings:
    """Findings of a case without an English word, but for ids that have no title."""
    findings: Findings = in_foreign_words(foreign(everywhere(FOREIGN)))
    settings = {key: findings.settings.get(key) for key in keys("setting")}
    return dataclasses.replace(findings, digest="0" * 64, case=FOREIGN, counts=dict.fromkeys(keys("count"), 1), settings=settings)


def keys(prefix: str) -> list[str]:
    """What the catalogue words as `PREFIX.KEY`."""
    return [code.partition(".")[2] for code in languages.messages() if code.startswith(f"{prefix}.")]


def in_foreign_words(value: Any) -> Any:  # noqa: ANN401 (any data)
    """Data with every text of several words in foreign letters; a code stays, also where it is of several words."""
    if isinstance(value, str):
        return FOREIGN if " " in value else value
    if isinstance(value, (tuple, list)):
        return type(value)(map(in_foreign_words, value))
    if isinstance(value, dict):
        return {key: in_foreign_words(inner) for key, inner in value.items()}
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    names = [field.name for field in dataclasses.fields(value) if field.init and field.name not in CODES]
    return dataclasses.replace(value, **{name: in_foreign_words(getattr(value, name)) for name in names})


def ids(value: Any) -> Iterator[str]:  # noqa: ANN401 (any data)
    """The words of the case that in foreign letters would mean nothing: ids, sources, addresses."""
    if isinstance(value, str):
        yield from ENGLISH.findall(value)
    elif isinstance(value, (tuple, list)):
        yield from (word for inner in value for word in ids(inner))
    elif isinstance(value, dict):
        yield from (word for pair in value.items() for inner in pair for word in ids(inner))
    elif dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.name not in CODES]
        yield from (word for name in names for word in ids(getattr(value, name)))


def english(text: str, found: Findings) -> set[str]:
    """The English words of a text that are none of the case."""
    return set(ENGLISH.findall(NUMBERED.sub("", text))) - set(ids(found))


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401 (what the page says)
    if isinstance(value, dict):
        yield from (text for inner in value.values() for text in texts(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in texts(inner))
    elif isinstance(value, str):
        yield value


def test_the_page_says_no_word_of_its_own(found: Findings, language: str) -> None:
    said = page.content(found, language)
    for entry in said["numbers"]:
        del entry["from"]
    assert english(" ".join(texts(said)), found) == set()
    missing = dataclasses.replace(found, rung=None, price=None, plan=None, record=None, ideas=())
    assert english(" ".join(texts({**page.content(missing, language), "numbers": []})), found) == set()


def test_the_book_says_no_word_of_its_own(found: Findings, language: str) -> None:
    book = publish.render(found, language=language)["book.html"].decode()
    own = re.sub(r'(?s)<style>.*?</style>|<span class="path">.*?</span>', "", book)
    assert english(" ".join(Seen(own).text), found) == set()


@pytest.mark.parametrize("name", ["rung", "price", "prepare"])
def test_a_view_says_no_word_of_its_own(found: Findings, language: str, name: str) -> None:
    assert found.rung is not None
    values = {"rung": RungAnswer(found.rung, found.ideas, found.sensitivity), "price": found.price, "prepare": found}
    answer = Answer(question(name), values[name], found.wording_names, language)
    assert english(answer.to_text(), found) == set()


def test_a_language_is_chosen_in_one_place(found: Findings, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for = Study(question("prepare"), found, found.wording_names, language)
    monkeypatch.setattr(languages, "LANGUAGE", language)
    usual = Study(question("prepare"), found, found.wording_names)
    assert usual.to_text() == asked_for.to_text()
    assert usual.files() == asked_for.files()
