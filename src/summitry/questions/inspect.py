"""How many items to look at, what a sample would find, what may be left after a result, and when to inspect.

Give the items, the wrong ones that matter and the probability wanted; or the items, how many were looked at and how many of them
were wrong; or the periods and the inspections for them; or several of these at once. With a case: the inspections that it states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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

    items, power = request.items, request.power
    sample = _whole({"--items": items}, {"--defects": request.defects, "--detect": request.detect})
    result = _whole({"--items": items}, {"--drawn": request.drawn, "--found": request.found})
    periods = _whole({}, {"--periods": request.periods, "--inspections": request.inspections})
    if not (sample or result or periods or workspace):
        raise BadArgument(
            "Give --items, --defects and --detect; or --items, --drawn and --found; or --periods and --inspections; or a case."
        )
    sizes = left = game = None
    if sample and items is not None and request.defects is not None and request.detect is not None:
        sizes = numbers.sizes(items, request.defects, request.detect, power)
    if result and items is not None and request.drawn is not None and request.found is not None:
        left = numbers.left(items, request.drawn, request.found, 1.0 if power is None else power)
    if periods and request.periods is not None and request.inspections is not None:
        game = numbers.game(request.periods, request.inspections)
    return Inspection(sizes, left, game, () if workspace is None else numbers.checks(workspace.case))


def _whole(shared: Mapping[str, float | None], own: Mapping[str, float | None]) -> bool:
    """Whether a question is asked: all that it needs is given; a part of what only it needs is a mistake in the call."""
    if all(value is None for value in own.values()):
        return False
    needed = {**shared, **own}
    missing = [name for name, value in needed.items() if value is None]
    if missing:
        given = [name for name in needed if name not in missing]
        msg = f"{' and '.join(given)} also {'needs' if len(given) == 1 else 'need'} {' and '.join(missing)}."
        raise BadArgument(msg)
    return True


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
