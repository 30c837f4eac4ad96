"""How many things stand on neither of two lists, such as a declaration and a report, by what they share.

A list is a table with the column `id`. The estimate holds where the lists are independent, so it is shown beside what it would be
if a thing on the one list were likelier, or less likely, to stand on the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, head, places, say, table
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.evidence.recapture import Overlap
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OverlapRequest:
    """The two lists."""

    first: Annotated[str, Ask("FIRST.csv", position=True)]
    second: Annotated[str, Ask("SECOND.csv", position=True)]


def answer(_: Workspace | None, request: OverlapRequest) -> Overlap:
    """Compare two lists of identified things."""
    from summitry.case.tables import read_table
    from summitry.evidence.recapture import Thing, overlap

    return overlap(read_table(request.first, Thing).rows, read_table(request.second, Thing).rows)


def view(result: Overlap, _: Names) -> Iterator[Block]:
    """What the lists share, and how many there may be in all."""
    yield head("overlap.head")
    yield say("overlap.lists")
    yield say("overlap.total")
    yield table("overlap.dependent", places("dependent", result.dependent), ("odds:number", "unlisted:number", "total:number"))
    yield say("overlap.concealed")


QUESTION = Question(
    name="overlap",
    group="evidence",
    request=OverlapRequest,
    answer=answer,
    view=view,
    case="none",
    example=("", {"first": "declared.csv", "second": "reported.csv"}),
)
