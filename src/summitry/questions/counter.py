"""What a giveaway brings in return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, head, places, say
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.deals.counter import CounterAsk
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CounterRequest:
    """The giveaway, and how surely the other side must accept."""

    giveaway: Annotated[str, Ask("ISSUE=OPTION", position=True)]
    at: Annotated[float | None, Ask("P")] = None
    open: Annotated[bool, Ask()] = False


def answer(workspace: Workspace, request: CounterRequest) -> CounterAsk:
    """The most that the principal can ask in return."""
    from summitry.deals.counter import counter_ask
    from summitry.packages import parse_option

    issue, option = parse_option(request.giveaway)
    model = workspace.at_table(reopen=request.open, about=issue)
    return counter_ask(model, issue, option, payer=workspace.principal, at=request.at, base=model.bounds.base)


def view(counter: CounterAsk, _: Names) -> Iterator[Block]:
    """What the giveaway costs, what to ask for it, and the cheapest way to the same answer."""
    yield head("counter.head")
    yield say("counter.brings")
    yield say("counter.cost")
    if counter.state == "never":
        yield say("counter.never")
    elif counter.worth is None:
        stopped = counter.state == "not found"
        if counter.short:
            yield say("counter.unsearched" if stopped else "counter.refused")
            for party in counter.short:
                yield say("counter.short", f"short[{party}]", depth=1, party=party)
        else:
            yield say("counter.unsearched.all" if stopped else "counter.refused.all")
        yield say("counter.most")
    else:
        yield from _asked(counter)
        yield say("counter.worth" if counter.alone else "counter.worth.helped")
        if counter.cheapest is None:
            yield say("counter.unbought" if counter.cheapest_proven else "counter.unfound")
        else:
            yield say("counter.cheapest" if counter.cheapest_package else "counter.free")


def _asked(counter: CounterAsk) -> Iterator[Block]:
    """What to ask for: by giver where several give something, with what is given beside the giveaway."""
    if not counter.alone:
        yield say("counter.helped")
    others = [place for place, gift in zip(places("gifts", counter.gifts), counter.gifts, strict=True) if not gift.ours]
    if len(others) > 1:
        yield say("counter.ask.each")
        yield from (say("counter.gift", place, depth=1) for place in others)
    else:
        yield say("counter.ask" if counter.answer else "counter.nothing")
    if counter.also:
        yield say("counter.also")


QUESTION = Question(
    name="counter",
    group="deals",
    request=CounterRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"giveaway": "volume.most"}),
)
