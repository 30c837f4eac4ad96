"""What to ask for under uncertainty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Folded, Moves, head, places, say, table
from summitry.questions import Ask, Question
from summitry.questions._verdict import show_gates

if TYPE_CHECKING:
    from summitry.deals.ask import AskAnswer
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

MOST_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class AskRequest:
    """Whether all is open."""

    open: Annotated[bool, Ask()] = False


def answer(workspace: Workspace, request: AskRequest) -> AskAnswer:
    """The best ask of the principal, which question to ask first, and the best ask under the gates: the first rung."""
    from summitry.deals.ask import best_ask, with_start
    from summitry.deals.rung import first_rung

    model, principal = workspace.at_table(reopen=request.open), workspace.principal
    rung = first_rung(model, principal)
    return with_start(model, best_ask(model, principal), None if rung.best is None else rung.best.moves)


def view(ask: AskAnswer, names: Names) -> Iterator[Block]:
    """The best ask under its gates, its regret, which question to ask first, and what is often the best."""
    yield head("ask.head")
    if ask.best is None or ask.verdict is None:
        yield say("ask.nothing")
    else:
        yield Moves("best.moves")
        yield say("ask.gain")
        yield from show_gates(ask.verdict, "verdict")
    if ask.start is None:
        yield say("ask.start.none")
    elif ask.best is None or ask.start.differs:
        yield say("ask.start")
    yield say("ask.regret")
    yield from _worth_knowing(ask, names, "theirs")
    yield from _worth_knowing(ask, names, "ours")
    yield head("ask.leaders", level=2)
    for place, leader in zip(places("leaders", ask.leaders), ask.leaders, strict=True):
        yield say("ask.leader" if leader.differs else "ask.itself", place)
    if ask.unlisted:
        yield say("ask.unlisted")
    yield say("ask.scope")


def _worth_knowing(ask: AskAnswer, names: Names, side: str) -> Iterator[Block]:
    """The numbers of one side that are worth finding out."""
    others = tuple(party for party in names.sides if not names.ours(party))
    yield head(f"ask.{side}", level=2, others=others)
    about = zip(places("questions", ask.questions), ask.questions, strict=True)
    worthwhile = [(place, one) for place, one in about if one.shows and names.ours(one.party) is (side == "ours")]
    for place, one in worthwhile[:MOST_NUMBERS]:
        yield say("ask.question.law" if one.kind == "law" else "ask.question", place)
    yield say("ask.counts", f"counts[{side}]")
    if len(worthwhile) > MOST_NUMBERS:
        rows = [place for place, _ in worthwhile]
        cells = ["number = number", "worth:number2", "error:number2", "switches:whole", "low:number2", "high:number2"]
        yield Folded((table("ask.questions", rows, cells),))


QUESTION = Question(
    name="ask",
    group="deals",
    request=AskRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {}),
)
