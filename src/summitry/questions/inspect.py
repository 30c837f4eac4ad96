"""How many items to look at, what a sample would find, what may be left after a result, and when to inspect.

Give the items, the wrong ones that matter and the probability wanted; or the items, how many were looked at and how many of them
were wrong; or the periods and the inspections for them; or several of these at once. With a case: the inspections that it states.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Figure, head, places, say, table
from summitry.errors import BadArgument
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.evidence.inspections import Checked, Game, Left, Sizes
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

STATED = (
    "issue:name",
    "options:texts",
    "of = check.of:text",
    "drawn = {check.drawn} / {check.items}",
    "significant = check.significant",
    "detection = check.detection:whole",
    "days = {.:phrase inspect.stated.within}",
    "why = {check.kind:word inspect.kind}: {check.why:text}",
    "source = check.source:source",
)


NEEDS = ((("items",), ("defects", "detect")), (("items",), ("drawn", "found")), ((), ("periods", "inspections")))
"""What each of the three questions needs: what it shares with others, and what only it needs."""


@dataclass(frozen=True, slots=True)
class InspectRequest:
    """Numbers of items, results and periods; each of three questions is answered where all of its numbers are given."""

    items: Annotated[int | None, Ask("N")] = None
    defects: Annotated[int | None, Ask("D")] = None
    detect: Annotated[float | None, Ask("P")] = None
    power: Annotated[float | None, Ask("P")] = None
    drawn: Annotated[int | None, Ask("N")] = None
    found: Annotated[int | None, Ask("X")] = None
    periods: Annotated[int | None, Ask("N")] = None
    inspections: Annotated[int | None, Ask("M")] = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """Sample sizes, what may be left after a result, and when to inspect; None for what was not asked.

    `inspections` are those that the case states, where one is named.
    """

    sizes: Sizes | None
    left: Left | None
    game: Game | None
    inspections: tuple[Checked, ...] = ()


def answer(workspace: Workspace | None, request: InspectRequest) -> Inspection:
    """Answer whatever is given whole: items, defects and detect; items, drawn and found; periods and inspections."""
    from summitry.evidence import inspections as numbers

    for shared, own in NEEDS:
        _refuse_part(request, shared, own)
    sizes, left, game = _sizes(request), _left(request), _game(request)
    if workspace is None and (sizes, left, game) == (None, None, None):
        raise BadArgument(
            "Give --items, --defects and --detect; or --items, --drawn and --found; or --periods and --inspections; or a case."
        )
    return Inspection(sizes, left, game, () if workspace is None else numbers.checks(workspace.case))


def _refuse_part(request: InspectRequest, shared: tuple[str, ...], own: tuple[str, ...]) -> None:
    """A part of what only one question needs is a mistake in the call."""
    present = [name for name in (*shared, *own) if getattr(request, name) is not None]
    missing = [name for name in (*shared, *own) if name not in present]
    if missing and set(present) & set(own):
        options, others = (" and ".join(f"--{name}" for name in names) for names in (present, missing))
        raise BadArgument(f"{options} also {'needs' if len(present) == 1 else 'need'} {others}.")


def _sizes(request: InspectRequest) -> Sizes | None:
    from summitry.evidence.inspections import sizes

    items, defects, detect = request.items, request.defects, request.detect
    return None if items is None or defects is None or detect is None else sizes(items, defects, detect, request.power)


def _left(request: InspectRequest) -> Left | None:
    from summitry.evidence.inspections import left

    items, sample, wrong = request.items, request.drawn, request.found
    power = 1.0 if request.power is None else request.power
    return None if items is None or sample is None or wrong is None else left(items, sample, wrong, power)


def _game(request: InspectRequest) -> Game | None:
    from summitry.evidence.inspections import game

    periods, inspections = request.periods, request.inspections
    return None if periods is None or inspections is None else game(periods, inspections)


def view(inspection: Inspection, _: Names) -> Iterator[Block]:
    """Sample sizes and their curve, what may be left, when to inspect, and what the case states."""
    if inspection.sizes is not None:
        yield head("inspect.sizes", "sizes")
        yield say("inspect.exact", "sizes")
        if inspection.sizes.power is not None:
            yield say("inspect.power" if isinstance(inspection.sizes.imperfect, int) else "inspect.unreachable", "sizes")
        yield say("inspect.finds", "sizes")
        columns = ("defects", "detected:fine", "passes:fine")
        yield table("inspect.curve", places("sizes.curve", inspection.sizes.curve), columns)
    if inspection.left is not None:
        yield head("inspect.left", "left")
        yield say("inspect.rest", "left")
        yield say("inspect.prior")
    if inspection.game is not None:
        yield head("inspect.game", "game")
        for code in ("inspect.now", "inspect.violate", "inspect.value"):
            yield say(code, "game")
    if inspection.inspections:
        yield Figure("inspections")
        yield say("inspect.stated.lead")
        yield table("inspect.stated", places("inspections", inspection.inspections), STATED)
    elif (inspection.sizes, inspection.left, inspection.game) == (None, None, None):
        yield say("inspect.stated.none")


QUESTION = Question(
    name="inspect",
    group="evidence",
    request=InspectRequest,
    answer=answer,
    view=view,
    case="optional",
    example=(
        "",
        {"items": 100, "defects": 5, "detect": 0.9, "power": 0.9, "drawn": 20, "found": 0, "periods": 4, "inspections": 2},
    ),
)
