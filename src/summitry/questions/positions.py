"""Who stands where: what was floated, demanded, offered or refused, what stands, and what nobody has answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.document import Block, Phrase, bullets, head, places, say
from summitry.errors import LinkMissing
from summitry.questions import Question

if TYPE_CHECKING:
    from summitry.evidence.positions import Positions
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PositionsRequest:
    """Nothing more is asked."""


def answer(workspace: Workspace, _: PositionsRequest) -> Positions:
    """The state of play on the case's date."""
    from summitry.evidence.positions import read_positions

    positions = read_positions(workspace.case)
    if positions is None:
        raise LinkMissing("The state of play", "it has no positions", "Write who said what in evidence/positions.csv.")
    return positions


def view(positions: Positions, names: Names) -> Iterator[Block]:
    """The board by issue and party, what is agreed, what waits for an answer, how all moved, and who is not in the room."""
    yield head("positions.head")
    yield say("positions.rule")
    for issue, stands in positions.board.items():
        items = [
            Phrase("positions.party", place, {"party": party})
            for place, party in zip(places(f"board[{issue}]", stands), stands, strict=True)
        ]
        yield bullets("positions.issue", items, issue=issue, givers=names.givers.get(issue, ()))
    yield say("positions.untouched")
    yield from _agreed(positions)
    for code, waits in (("positions.unanswered", True), ("positions.answered", False)):
        yield head(code, level=2)
        rows = [(f"waiting[{k}]", one) for k, one in enumerate(positions.waiting) if one.waits is waits]
        for place, one in rows:
            yield say("positions.open" if one.reply is None else "positions.reply", place)
        if not rows:
            yield say("positions.nothing")
    yield head("positions.shifts", level=2)
    for place in places("shifts", positions.shifts):
        yield say("positions.shift", place)
    if not positions.shifts:
        yield say("positions.unmoved")
    if positions.outside:
        yield head("positions.outside", level=2)
    for place in places("outside", positions.outside):
        yield say("positions.outsider", place)


def _agreed(positions: Positions) -> Iterator[Block]:
    """What is agreed, by whom not yet, under which condition, and what was taken back."""
    yield head("positions.agreed", level=2)
    yield say("positions.agreements" if positions.agreements else "positions.disagreed")
    for place, agreement in zip(places("settled", positions.settled), positions.settled, strict=True):
        if agreement.conditional:
            yield say("positions.conditional", place)
    for place in places("partial", positions.partial):
        yield say("positions.partial", place)
    for place in places("taken_back", positions.taken_back):
        yield say("positions.taken_back", place)


QUESTION = Question(
    name="positions",
    group="evidence",
    request=PositionsRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {}),
)
