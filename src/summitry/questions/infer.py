"""What a party's offers, demands and refusals say about its values, on top of what is judged of them.

Its rows of `evidence/positions.csv` are read as packages that it prefers, or does not. [How to use
it](../how-to/read-their-record.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Folded, Lines, Phrase, bullets, head, places, say, table, why
from summitry.errors import UnknownName
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.interests.offers import Effect, Inference, Statement
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

COLUMNS = (
    "option = [[{issue:name}: ]]{option:option issue}",
    "before = before:range",
    "after = after:range",
)


@dataclass(frozen=True, slots=True)
class InferRequest:
    """Whose record to read."""

    party: Annotated[str, Ask("PARTY", position=True)]


def answer(workspace: Workspace, request: InferRequest) -> Inference:
    """Combine the viewer's judgement of a party, or the party's own file for an analyst, with the party's record."""
    from summitry.interests.offers import infer_values

    parties = workspace.case.file.parties
    if request.party not in parties:
        raise UnknownName("party", request.party, tuple(parties))
    return infer_values(workspace.case, request.party, seed=workspace.seed)


def view(inference: Inference, _: Names) -> Iterator[Block]:
    """What each statement implies and moves, what fits badly, what says nothing, values before and after, lines to paste."""
    yield head("infer.head" if inference.holder != inference.party else "infer.head.own")
    yield say("infer.errors")
    yield say("infer.draws")
    yield head("infer.implies", level=2)
    plain = []
    for place, effect in zip(places("effects", inference.effects), inference.effects, strict=True):
        if effect.moves or effect.doubtful:
            yield from show_effect(place, effect)
        else:
            plain.append(Phrase("reason", f"{place}.statement.label"))
    if plain:
        yield bullets("infer.plain", plain)
    if inference.contradiction:
        yield head("infer.contradiction", level=2)
        yield bullets("infer.clash", (Phrase("reason", place) for place in places("contradiction", inference.contradiction)))
    if inference.silent:
        yield head("infer.silent", level=2)
        for place in places("silent", inference.silent):
            yield say("infer.silent.row", place)
    yield from _values(inference)


def show_effect(place: str, effect: Effect) -> Iterator[Block]:
    """What a party did, what it implies, how well that fits, what it moves."""
    statement = effect.statement
    yield why(f"{place}.statement.label")
    yield say(_meaning(statement), place, depth=2)
    if effect.moves:
        yield say("infer.moves", place, depth=2)
    if effect.doubtful:
        yield say("infer.doubtful", place, depth=2)


def _meaning(statement: Statement) -> str:
    """The message of what a statement implies."""
    if statement.than:
        return "infer.more"
    if not statement.reservation:
        return "infer.today"
    if not statement.least:
        return "infer.most"
    return "infer.together" if statement.label.code == "infer.package" else "infer.least"


def _values(inference: Inference) -> Iterator[Block]:
    """The values that moved, with lines to paste; the others folded."""
    rows = places("values", inference.values)
    telling = [place for place, one in zip(rows, inference.values, strict=True) if one.telling]
    if telling:
        yield table("infer.values", telling, COLUMNS)
        yield say("infer.steady")
        yield head("infer.paste", level=2)
        yield Lines("paste")
    else:
        yield say("infer.agree")
    yield Folded((table("infer.all", rows, (*COLUMNS, "judgement = judgement:range", "paste = paste:range")),))


QUESTION = Question(
    name="infer",
    group="values",
    request=InferRequest,
    answer=answer,
    view=view,
    example=("korea-2019", {"party": "dprk"}),
)
