"""What a deal or a text delivers against its ceremony."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, head, places, say, why
from summitry.errors import BadArgument, UnknownName
from summitry.questions import Ask, Question
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.deals.substance import Move, Substance
    from summitry.evidence.texts.audit import Text
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

LIGHT, WEIGHTY = 0.1, 0.5
"""Assumption: under a tenth of what could be received a meeting is light for that side; from a half on it is weighty."""


@dataclass(frozen=True, slots=True)
class SubstanceRequest:
    """A deal by its moves or by a name, or a text."""

    moves: Annotated[tuple[str, ...], Ask("ISSUE=OPTION...", position=True)] = ()
    package: Annotated[str | None, Ask("DEAL")] = None
    text: Annotated[str | None, Ask("DOC")] = None


def answer(workspace: Workspace, request: SubstanceRequest) -> Substance:
    """What is delivered: by party, bare and weighed by firmness."""
    from summitry.case.types import require_native
    from summitry.deals.substance import of_package, of_text
    from summitry.evidence.texts.documents import audits
    from summitry.packages import moves, package_of, words_of

    if sum(bool(part) for part in (request.moves, request.package is not None, request.text is not None)) != 1:
        raise BadArgument("Say what to weigh, and only one thing: ISSUE=OPTION..., --package DEAL or --text DOC.")
    case = require_native(workspace.case, "Substance")
    if request.package is not None:
        row, title = package_of(workspace.model, words_of(request.package))
        return of_package(workspace.model, workspace.model.named(row), title)
    model = workspace.build(draws=0, homes=False)
    if request.text is not None:
        return of_text(model, audits(case, [_text(workspace, request.text)])[0])
    return of_package(model, moves(words_of(request.moves)), reason("substance.deal"))


def _text(workspace: Workspace, name: str) -> Text:
    """A document of the case by its name, or a file."""
    from pathlib import Path

    from summitry.case.rows import stem
    from summitry.case.source import is_file
    from summitry.evidence.texts.documents import read, texts

    documents = {text.name: text for text in texts(workspace.case)}
    if stem(name) in documents:
        return documents[stem(name)]
    if not is_file(Path(name)):
        raise UnknownName("document", name, list(documents))
    return read(name)


def view(substance: Substance, _: Names) -> Iterator[Block]:
    """Substance by party; each move with what is said of it; the ceremony; what brings nothing and why."""
    yield head("substance.head")
    if substance.kind == "text":
        yield say("substance.having")
    if substance.kind == "text" and not substance.moves:
        yield say("substance.unplaced")
    elif substance.kind == "text" and not any(move.option for move in substance.moves):
        yield say("substance.uncounted")
    else:
        for place, (party, received) in zip(places("received", substance.received), substance.received.items(), strict=True):
            weight = "light" if received.share < LIGHT else "weighty" if received.share >= WEIGHTY else "moderate"
            yield say(f"substance.{weight}", place, party=party)
    yield say("substance.ceremony")
    yield from _moves("substance.moves", "moves", substance.moves)
    yield from _moves("substance.honours", "ceremony", substance.ceremony)
    if substance.perhaps:
        yield head("substance.perhaps", level=2)
    for place, words in zip(places("perhaps", substance.perhaps), substance.perhaps, strict=True):
        yield say("substance.candidate", place, words=words)
    if substance.nowhere:
        yield head("substance.nowhere", level=2)
    for place in places("nowhere", substance.nowhere):
        yield say("substance.words", place)
    yield head("substance.omitted", level=2)
    for place in places("omitted", substance.omitted):
        yield why(place)


def _moves(title: str, place: str, moves: Sequence[Move]) -> Iterator[Block]:
    if moves:
        yield head(title, level=2)
    for where, move in zip(places(place, moves), moves, strict=True):
        yield say("substance.move" if move.option else "substance.vague", where)
        for term, (name, words) in zip(places(f"{where}.terms", move.terms), move.terms.items(), strict=True):
            yield say("substance.silent" if words is None else "substance.term", term, depth=2, name=name)
        yield say("substance.brings" if move.brings else "substance.brings-nothing", where, depth=2)
        yield say("substance.rests", where, depth=2)


QUESTION = Question(
    name="substance",
    group="evidence",
    request=SubstanceRequest,
    answer=answer,
    view=view,
    example=("korea-2019", {"text": "singapore-2018"}),
)
