"""What a deliverable costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, head, places, say
from summitry.questions import Ask, Question
from summitry.wording.numbers import number

if TYPE_CHECKING:
    from summitry.deals.price import Price
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PriceRequest:
    """The deliverable, and how surely its giver must accept."""

    deliverable: Annotated[str, Ask("ISSUE=OPTION", position=True)]
    at: Annotated[float | None, Ask("P")] = None
    open: Annotated[bool, Ask()] = False


def answer(workspace: Workspace, request: PriceRequest) -> Price:
    """The price to the principal, with the range that it takes over a few seeds."""
    from summitry.deals.price import SEEDS, price_over_seeds
    from summitry.packages import parse_option

    issue, option = parse_option(request.deliverable)
    model = workspace.at_table(reopen=request.open, about=issue)
    built = (workspace.build(seed=workspace.seed + k, homes=False) for k in range(1, SEEDS))
    others = (replace(other, bounds=model.bounds) for other in built)
    return price_over_seeds(model, others, issue, option, payer=workspace.principal, at=request.at)


def view(price: Price, _: Names) -> Iterator[Block]:
    """The price, what pays for it, what it is worth, what it unlocks."""
    yield head("price.head")
    if not price.closure:
        yield say("price.offered")
    if price.price is None:
        yield say("price.unbought" if price.state == "not for sale" else "price.unfound")
        if price.probability >= price.at:
            yield say("price.allies")
        yield say("price.floor")
    else:
        if not price.alone:
            yield say("price.helped" if price.proven else "price.helped.unproven")
        ends = {number(end) for end in price.price_range or ()}
        yield say("price.cost.steady" if len(ends) == 1 else "price.cost")
        yield from _paid(price)
        yield say("price.near")
    yield from map(say, ("price.joint", "price.brings", "price.worth", "price.opportunity", "price.nothing"))
    yield say("price.unproven" if not price.proven else "price.proven" if price.alone else "price.proven.helped")
    yield head("price.unlocks", level=2)
    if not price.unlocks:
        yield say("price.unlocks.none")
    own = price.deliverable.partition(".")[0]
    for place, one in zip(places("unlocks", price.unlocks), price.unlocks, strict=True):
        yield say("price.unlocked", place, after=[label for label in one.through if label.partition(".")[0] != own])


def _paid(price: Price) -> Iterator[Block]:
    """What pays: by payer where others than the one who asks and its allies give something."""
    if all(payer.ours for payer in price.payers):
        yield say("price.paid" if price.package else "price.unpaid")
        return
    yield say("price.payers")
    yield from (say("price.payer", place, depth=1) for place in places("payers", price.payers))


QUESTION = Question(
    name="price",
    group="deals",
    request=PriceRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"deliverable": "delivery.two-weeks"}),
)
