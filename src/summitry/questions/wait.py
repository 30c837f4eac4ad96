"""What waiting costs: a deal's values, its chance and the price of the deliverable on later days, and what is lost first.

The days are those on which something changes, and quarters of the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Folded, Moves, head, places, say, table
from summitry.errors import BadArgument
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.plan.waiting import WaitResult
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WaitRequest:
    """The deal, and how long to look ahead."""

    target: Annotated[
        tuple[str, ...],
        Ask("DEAL"),
    ] = ()
    until: Annotated[str | None, Ask("DATE")] = None
    days: Annotated[int | None, Ask("N", low=1)] = None


def answer(workspace: Workspace, request: WaitRequest) -> WaitResult:
    """What waiting costs for a deal; by default for the first rung, or the nearest miss."""
    from summitry.case.types import require_native
    from summitry.plan.waiting import weigh_waiting

    require_native(workspace.case, "What waiting costs")
    last = workspace.last_day(request.until, request.days)
    package, title = workspace.package(request.target)
    if not package.any():
        raise BadArgument("Everything stays at the status quo in this target, so that waiting changes nothing.")
    return weigh_waiting(workspace.model, workspace.model_on, package, workspace.principal, until=last, title=title)


def view(value: WaitResult, _: Names) -> Iterator[Block]:
    """What changes, the first first, and the deal on each day."""
    yield head("wait.head")
    yield Moves("target")
    yield head("wait.changes", level=2)
    for place, loss in zip(places("losses", value.losses), value.losses, strict=True):
        yield say(f"wait.{loss.kind}", place)
        if loss.kind != "expires":
            yield say("wait.why", place, depth=1)
    if not value.losses:
        yield say("wait.nothing")
    yield head("wait.moments.head", level=2)
    for place, moment in zip(places("moments", value.moments), value.moments, strict=True):
        yield say("wait.meeting" if moment.date == value.meets else "wait.moment", place)
        yield say("wait.expired", place, depth=1)
        yield say("wait.faults", place, depth=1)
        yield say("wait.values" if moment.ratify is None else "wait.values.homes", place, depth=1)
        if value.deliverable and value.price_left_out is None:
            yield say("wait.unbuyable" if moment.price is None else "wait.price", place, depth=1)
    if value.unlisted:
        yield say("wait.unlisted")
    yield say("wait.price_left_out")
    yield from (say("wait.silent", place) for place in places("silent", value.silent))
    yield say("wait.same")
    yield Folded(
        (table("wait.moments", places("moments", value.moments), ("date", "joint:percent", "worth:number", "price:number")),)
    )


QUESTION = Question(
    name="wait",
    group="plan",
    request=WaitRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"target": ("volume-for-speed",), "days": 200}),
)
