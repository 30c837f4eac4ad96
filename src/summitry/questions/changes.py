"""What changed between two lists of identified things, as in a data exchange, and whether limits are kept.

A list is a table with the columns `id`, `type`, and, where known, `location`, `status`, `count`. A thing may have moved, been
converted and changed status at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Folded, Phrase, bullets, head, places, say, table
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.evidence.declarations import Exchange
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

MOST_LINES = 12
KINDS = ("new", "gone", "moved", "converted", "restated", "recounted")


@dataclass(frozen=True, slots=True)
class ChangesRequest:
    """The two lists and the limits."""

    before: Annotated[str, Ask("BEFORE.csv", position=True)]
    after: Annotated[str, Ask("AFTER.csv", position=True)]
    limit: Annotated[tuple[str, ...], Ask("TYPE=NUMBER")] = ()


def answer(_: Workspace | None, request: ChangesRequest) -> Exchange:
    """Compare two lists of identified things, and test limits given as TYPE=NUMBER."""
    from summitry.case.tables import read_table
    from summitry.evidence.declarations import Item, compare_lists
    from summitry.packages import parse_amount

    first, second = read_table(request.before, Item).rows, read_table(request.after, Item).rows
    return compare_lists(first, second, dict(parse_amount(word, "launchers=700") for word in request.limit))


def view(exchange: Exchange, _: Names) -> Iterator[Block]:
    """What changed, by kind; then the counts and the limits."""
    yield head("changes.head")
    for kind in KINDS:
        items = getattr(exchange, kind)
        line = "changes.thing" if kind in {"new", "gone"} else "changes.change"
        lines = [Phrase(line, place) for place in places(kind, items)]
        yield bullets(f"changes.{kind}", lines[:MOST_LINES])
        if len(lines) > MOST_LINES:
            yield Folded((bullets("changes.more", lines[MOST_LINES:]),))
    yield say("changes.same")
    yield table(
        "changes.counts", places("counts", exchange.counts), ("what = .:key", "before = [0]:number", "after = [1]:number")
    )
    for place, limit in zip(places("limits", exchange.limits), exchange.limits, strict=True):
        yield say("changes.limit.met" if limit.met else "changes.limit.exceeded", place)


QUESTION = Question(
    name="changes",
    group="evidence",
    request=ChangesRequest,
    answer=answer,
    view=view,
    case="none",
    example=("", {"before": "before.csv", "after": "after.csv", "limit": ("all=3",)}),
)
