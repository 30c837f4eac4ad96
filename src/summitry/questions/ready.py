"""What is prepared and what is not, where it is missing, what it would take, and by when each task must start. No draws."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Folded, head, places, say, table
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.plan.readiness import Item, Readiness
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

SHOWN = 3


@dataclass(frozen=True, slots=True)
class ReadyRequest:
    """The day from which the preparation is looked at."""

    date: Annotated[str | None, Ask("DATE")] = None


def answer(workspace: Workspace, request: ReadyRequest) -> Readiness:
    """What is prepared for the principal and what is not, as of a day."""
    from summitry.case.dates import read_day
    from summitry.case.types import require_native
    from summitry.plan.readiness import assess_readiness

    case = require_native(workspace.case, "What is prepared")
    return assess_readiness(case, workspace.principal, None if request.date is None else read_day(request.date))


def view(value: Readiness, _: Names) -> Iterator[Block]:
    """The parts, then what is open with its place, what it takes and when it must start, and how long others took."""
    yield head("ready.head")
    yield from (say("ready.area.done", place) for place in places("areas", value.areas))
    if value.meets is None or value.left is None:
        yield say("ready.unset")
    else:
        yield say("ready.meets" if value.left >= 0 else "ready.met")
        yield say("ready.needed")
    items = list(zip(places("items", value.items), value.items, strict=True))
    for area, body in zip(places("areas", value.areas), value.areas, strict=True):
        missing = [(place, item) for place, item in items if item.area == body.name and item.state != "done"]
        if missing:
            yield head("ready.missing", area, level=2)
        for place, item in missing:
            yield from _item(item, place)
    yield head("ready.talks.head", level=2)
    yield from (say("ready.talk", place) for place in places("talks", value.talks))
    if not value.talks and not value.later:
        yield say("ready.talks.none")
    if value.later:
        yield say("ready.later")
    yield Folded(tuple(_details(value)))


def _item(item: Item, place: str) -> Iterator[Block]:
    if item.state == "accepted" and not item.why:
        yield say("ready.accepted.silent", place)
    else:
        yield say(f"ready.{item.state}", place)
    for where, gap in zip(places(f"{place}.places", item.places), item.places, strict=True):
        if len(gap.paths) > SHOWN:
            yield say("ready.place.more", where, depth=1, first=gap.paths[:SHOWN])
        else:
            yield say("ready.place" if gap.paths else "ready.place.file", where, depth=1)
    yield say("ready.late" if item.late else "ready.take", place, depth=1)


def _details(value: Readiness) -> Iterator[Block]:
    columns = ("what", "state:word ready.state", "start", "late", "days", "owner", "gaps", "take", "why", "source:source")
    yield table("ready.items", places("items", value.items), columns)
    if value.talks:
        stretch = ("name", "days", "from = {began}: {beginning}", "to = {ended}: {ending}", "status", "source:source")
        yield table("ready.talks", places("talks", value.talks), stretch)


QUESTION = Question(
    name="ready",
    group="plan",
    request=ReadyRequest,
    answer=answer,
    view=view,
    example=("korea-2019", {}),
)
