"""The ladder: deals in the order in which trust comes to carry them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.document import Block, Figure, Folded, Moves, Phrase, bullets, column, head, places, say, table, why
from summitry.questions import Question

if TYPE_CHECKING:
    from summitry.deals.ladder import LadderResult, Rung
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LadderRequest:
    """Nothing but the case."""


def answer(workspace: Workspace, _: LadderRequest) -> LadderResult:
    """The rungs in rising load for the principal, and the case's ideas among them."""
    from summitry.case.types import require_native
    from summitry.deals.candidates import search
    from summitry.deals.ladder import climb
    from summitry.sequence.orders import require_trust

    require_native(workspace.case, "A ladder")
    require_trust(workspace.model, "A ladder")
    return climb(workspace.model, workspace.principal, search(workspace.model, workspace.principal))


def view(ladder: LadderResult, _: Names) -> Iterator[Block]:
    """The rungs that climb, then the ideas, then how the first rung's load moves."""
    yield head("ladder.head")
    yield Figure("ladder")
    if ladder.short is not None:
        yield why("short")
    for k, (rung, at) in enumerate(zip(ladder.rungs, places("rungs", ladder.rungs), strict=True)):
        if rung.climbs or k == ladder.first:
            yield head("ladder.first" if k == ladder.first else "ladder.rung", level=2, number=k + 1)
            yield from _rung(rung, at, ladder.principal)
    if ladder.first is None:
        yield head("ladder.uncarried" if ladder.rungs else "ladder.none", level=2)
    yield head("ladder.how", level=2)
    yield say("ladder.searched")
    yield from map(why, places("gaps", ladder.gaps))
    for walk, at in zip(ladder.walks, places("walks", ladder.walks), strict=True):
        yield head(f"ladder.walk.{walk.kind}", at, level=2, principal=ladder.principal)
        yield bullets(None, (Phrase("ladder.moment", moment) for moment in places(f"{at}.moments", walk.moments)))
    if ladder.sensitivity:
        yield head("ladder.sensitivity", level=2)
        for row, at in zip(ladder.sensitivity, places("sensitivity", ladder.sensitivity), strict=True):
            yield say("ladder.assumed" if row.load is not None else "ladder.assumed.none", at)
    for idea, at in zip(ladder.ideas, places("ideas", ladder.ideas), strict=True):
        yield head("ladder.idea", at, level=2)
        yield from _rung(idea, at, ladder.principal)
    tables = (("rungs", ladder.rungs), ("ideas", ladder.ideas))
    yield Folded(tuple(_table(place, rungs, ladder.principal) for place, rungs in tables if rungs))


def _rung(rung: Rung, at: str, principal: str) -> Iterator[Block]:
    """One deal: what moves, how much it brings, the trust that it needs, and what would carry it."""
    yield Moves(f"{at}.package")
    yield say("ladder.substance", f"{at}.substance[{principal}]")
    yield say("ladder.joint" if rung.passes else "ladder.joint.short", at)
    if rung.load is None:
        yield say("ladder.orderless", at)
    else:
        yield say("ladder.load", at)
        yield say("verdict.trust", at)
        if rung.in_time is False:
            yield say("ladder.late", at)
        if rung.kept_steps != 0:
            yield say("ladder.unkept" if rung.kept_steps is None else "ladder.kept", at)
    for place in places(f"{at}.mends", rung.mends):
        yield say("ladder.mend", place, depth=1)
    for temptation, place in zip(rung.temptations, places(f"{at}.temptations", rung.temptations), strict=True):
        yield say("ladder.temptation", place, depth=1)
        for inner in places(f"{place}.mends", temptation.mends):
            yield say("ladder.remedy", inner, depth=2)


def _table(place: str, rungs: Sequence[Rung], principal: str) -> Block:
    """All rungs, or all ideas, side by side."""
    parties = list(rungs[0].substance) if rungs else []
    return table(
        f"ladder.{place}",
        places(place, rungs),
        (
            "deal = {package:moves}",
            f"substance = substance[{principal}]:about",
            "load = load:number",
            *(column("ladder.needs", f"trust_needed[{party}]:probability", party=party) for party in parties),
            "joint = joint:about",
            "kept = kept_steps",
        ),
    )


QUESTION = Question(
    name="ladder",
    group="deals",
    request=LadderRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {}),
)
