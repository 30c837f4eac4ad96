"""Where to start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Figure, Folded, Phrase, bullets, head, places, say, table
from summitry.questions import Ask, Question
from summitry.questions._verdict import show_changes, show_gates, show_table, show_verdict, state_of

if TYPE_CHECKING:
    from summitry.deals.gates import Verdict
    from summitry.deals.rung import RungResult
    from summitry.deals.sensitivity import Sensitivity
    from summitry.deals.table import OnTable
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RungRequest:
    """The deliverable to start with, or any."""

    deliverable: Annotated[str | None, Ask("ISSUE=OPTION", position=True)] = None
    open: Annotated[bool, Ask()] = False


@dataclass(frozen=True, slots=True)
class RungAnswer:
    """Where to start, and the case's named ideas under the same gates.

    `on_table` is what the record settles of it. `sensitivity` is how the swap's joint chance moves under other assumptions: of
    how others answer, and, in a study, of draws and correlation.
    """

    rung: RungResult
    ideas: tuple[Verdict, ...]
    sensitivity: tuple[Sensitivity, ...] = ()
    on_table: OnTable | None = None


def answer(workspace: Workspace, request: RungRequest) -> RungAnswer:
    """The first rung and the ideas."""
    from summitry.deals.gates import judge_ideas
    from summitry.deals.rung import first_rung
    from summitry.deals.sensitivity import other_answers
    from summitry.deals.table import lifts
    from summitry.packages import parse_option

    wanted = None if request.deliverable is None else parse_option(request.deliverable)
    model = workspace.at_table(reopen=request.open, about=None if wanted is None else wanted[0])
    first = first_rung(model, workspace.principal, wanted)
    moves = None if first.chosen is None else first.chosen.moves
    otherwise = () if moves is None else tuple(other_answers(model, model.row(moves)))
    return RungAnswer(first, judge_ideas(model), otherwise, lifts(model, moves))


def view(start: RungAnswer, _: Names) -> Iterator[Block]:
    """The swap to start with, how it was found, what would flip it; then the ideas."""
    yield from view_start(start)
    yield from view_ideas(start.ideas)


def view_start(start: RungAnswer) -> Iterator[Block]:
    """The best swap or the nearest miss under all gates, how it was found, and what would flip the answer."""
    rung, verdict = start.rung, start.rung.chosen
    best = "rung.head.best.untrusted" if rung.best and rung.best.load is None else "rung.head.best"
    nearest = "rung.head.nearest" if rung.nearest and rung.nearest.closed else "rung.head.untold"
    yield head(best if rung.best else nearest if rung.nearest else "rung.head.none")
    yield Figure("gates")
    if verdict is not None:
        yield from show_verdict(verdict, "rung.best" if rung.best else "rung.nearest")
    yield from show_table(start.on_table, "on_table")
    yield from _view_search(rung)
    if rung.flips:
        yield bullets("rung.flips", (Phrase("rung.flip", at) for at in places("rung.flips", rung.flips)))
    if start.sensitivity:
        yield bullets("rung.otherwise", (Phrase("rung.assumed", at) for at in places("sensitivity", start.sensitivity)))
    if rung.others:
        yield bullets("rung.curve", _curve(rung))


def _curve(rung: RungResult) -> Iterator[Phrase]:
    """What passes, from the safest to the boldest; START HERE in short where it is one of them."""
    own = {} if rung.best is None else rung.best.moves
    for at, other in zip(places("rung.others", rung.others), rung.others, strict=True):
        yield Phrase("rung.itself" if other.moves == own else "rung.other", at, {"party": rung.principal})


def _view_search(rung: RungResult) -> Iterator[Block]:
    """What was looked at and tested, what is near, and what the draws do not tell apart."""
    yield say("rung.searched")
    yield say("rung.tested")
    if rung.serves:
        yield say("rung.serves")
    if rung.best:
        yield say("rung.near")
        if rung.best.load is None:
            yield say("rung.unexposed" if rung.unexposed else "rung.unexposed.none", "rung.unexposed")
    if rung.rivals:
        yield bullets("rung.rivals", (Phrase("rung.rival", at) for at in places("rung.rivals", rung.rivals)))
    yield bullets("rung.failing", (Phrase("rung.failed", f"rung.failing[{name}]", {"gate": name}) for name in rung.failing))


def view_ideas(ideas: Sequence[Verdict]) -> Iterator[Block]:
    """The case's named ideas under the same gates."""
    for idea, at in zip(ideas, places("ideas", ideas), strict=True):
        yield head(f"rung.idea.{state_of(idea)}", at, level=2)
        yield from show_gates(idea, at)
        yield from show_changes(idea.opens, f"{at}.opens")
    if ideas:
        columns = (
            "idea = {title:text}",
            "moves = {moves:moves}",
            "joint = joint:about",
            "load = load:number2",
            "source = source:source",
        )
        yield Folded((table("rung.ideas", places("ideas", ideas), columns),))


QUESTION = Question(
    name="rung",
    group="start",
    request=RungRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {}),
)
