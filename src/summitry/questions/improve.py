"""What improves a deal that is already there.

Another tool's scenario has no status quo, so there the deal must settle every issue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Folded, head, places, say, table
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.deals.improve import Improvements
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ImproveRequest:
    """The deal on the table."""

    deal: Annotated[
        tuple[str, ...],
        Ask("ISSUE=OPTION...", position=True),
    ]
    open: Annotated[bool, Ask()] = False


def answer(workspace: Workspace, request: ImproveRequest) -> Improvements:
    """Packages that no party minds and at least one prefers, by mean values."""
    from summitry.deals.improve import improve_deal, with_chances
    from summitry.packages import BEST, package_of, words_of

    words = words_of(request.deal)
    deal, _ = package_of(workspace.model if BEST in words else workspace.certain_model, words)
    model = workspace.certain_model
    found = improve_deal(replace(model, bounds=model.bounds.reopened()) if request.open else model, deal)
    return found if workspace.case.foreign else with_chances(workspace.model, found)


def view(improvements: Improvements, _: Names) -> Iterator[Block]:
    """The deal, and what nobody minds and somebody prefers, the fewest changes first."""
    yield head("improve.head")
    yield say("improve.deal" if improvements.deal else "improve.unmoved")
    yield say("improve.values")
    yield say("improve.accept")
    yield say("improve.below")
    yield head("improve.better", level=2)
    rows = places("improvements", improvements.improvements)
    for place, better in zip(rows, improvements.improvements, strict=True):
        yield say("improve.efficient" if better.efficient else "improve.change", place)
        yield say("improve.accept", place, depth=1)
        yield say("improve.below", place, depth=1)
    if improvements.efficient:
        yield say("improve.nothing")
    elif not rows:
        yield say("improve.unfound")
    if improvements.unlisted:
        yield say("improve.unlisted")
    yield say("improve.scope")
    yield Folded((table("improve.table", rows, ["changed = changed:changes", "gains = gains:each signed2", "efficient"]),))


QUESTION = Question(
    name="improve",
    group="deals",
    request=ImproveRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"deal": ("price=less-5", "volume=half")}),
    foreign=True,
)
