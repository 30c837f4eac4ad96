"""A fair division of issues between two parties: who wins which, and which one issue is split.

The points are a table with the columns `issue`, `first`, `second`: what winning each issue is worth to either party. The method
is Adjusted Winner (Brams and Taylor, Fair Division, 1996). Issues must be independent, and the one that is split divisible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, head, places, say, table
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.deals.division import FairDivision
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DivideRequest:
    """The points of both parties."""

    points: Annotated[str, Ask("POINTS.csv", position=True)]


def answer(_: Workspace | None, request: DivideRequest) -> FairDivision:
    """Divide the issues of a table of points between two parties."""
    from summitry.case.tables import read_table
    from summitry.deals.division import Bid, divide

    return divide(read_table(request.points, Bid).rows)


def view(division: FairDivision, _: Names) -> Iterator[Block]:
    """What each gets, the issues with who wins them, and what the division is worth."""
    yield head("divide.head")
    yield say("divide.values")
    columns = ("issue:text", "first:number", "second:number", "share:percent")
    yield table("divide.parts", places("parts", division.parts), columns)
    yield say("divide.split" if division.split is not None else "divide.whole")
    yield say("divide.fair")
    yield say("divide.open")


QUESTION = Question(
    name="divide",
    group="deals",
    request=DivideRequest,
    answer=answer,
    view=view,
    case="none",
    example=("", {"points": "points.csv"}),
)
