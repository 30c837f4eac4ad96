"""The exchange rate between two chits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, head, places, say
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.deals.counter import ExchangeRate
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RateRequest:
    """One chit of each side."""

    a: Annotated[str, Ask("A=OPTION", position=True)]
    b: Annotated[str, Ask("B=OPTION", position=True)]


def answer(workspace: Workspace, request: RateRequest) -> ExchangeRate:
    """How many of chit A the giver of B asks for one B, and how many the giver of A bids."""
    from summitry.deals.counter import exchange_rate
    from summitry.packages import parse_option

    return exchange_rate(workspace.model, parse_option(request.a), parse_option(request.b))


def view(rate: ExchangeRate, _: Names) -> Iterator[Block]:
    """Ask and bid with their ranges, and how often a rate suits both."""
    yield head("rate.head")
    yield from map(say, ("rate.brings_a", "rate.brings_b", "rate.presupposes"))
    for place, chit in zip(places("undefined", rate.undefined), rate.undefined, strict=True):
        giver = rate.giver_a if chit == rate.a else rate.giver_b
        yield say("rate.undefined", place, chit=chit, giver=giver)
    yield from map(say, ("rate.ask", "rate.bid", "rate.chance"))


QUESTION = Question(
    name="rate",
    group="deals",
    request=RateRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"a": "volume.most", "b": "delivery.two-weeks"}),
)
