"""Whether an inspected stock balances, from which difference on to raise the alarm, and which loss that alarm would show.

What is unaccounted for is what was there and came in, less what went out and is there now. Measurement errors alone make it
differ from zero, so the alarm allows for them; what they hide, the alarm does not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, head, say
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.evidence.balance import StockBalance
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BalanceRequest:
    """The stock before and after, what moved in between, and how well all of it was measured."""

    beginning: Annotated[float, Ask("X", low=0)]
    ending: Annotated[float, Ask("X", low=0)]
    sigma: Annotated[float, Ask("S", low=0)]
    received: Annotated[float, Ask("X", low=0)] = 0.0
    shipped: Annotated[float, Ask("X", low=0)] = 0.0
    false_alarm: Annotated[float, Ask("P", low=0, high=1)] = 0.05
    amount: Annotated[float | None, Ask("X", low=0)] = None


def answer(_: Workspace | None, request: BalanceRequest) -> StockBalance:
    """Close the balance of a stock."""
    from summitry.evidence.balance import balance_stock

    return balance_stock(
        request.beginning,
        request.received,
        request.shipped,
        request.ending,
        sigma=request.sigma,
        false_alarm=request.false_alarm,
        amount=request.amount,
    )


def view(balance: StockBalance, _: Names) -> Iterator[Block]:
    """What is unaccounted for, whether that alarms, and what the alarm would show."""
    yield head("balance.head")
    yield say("balance.sum")
    yield say("balance.alarm" if balance.alarm else "balance.quiet")
    yield say("balance.detection")
    yield say("balance.held")


QUESTION = Question(
    name="balance",
    group="evidence",
    request=BalanceRequest,
    answer=answer,
    view=view,
    case="none",
    example=("", {"beginning": 10.0, "received": 5.0, "shipped": 3.0, "ending": 11.0, "sigma": 0.5, "amount": 2.0}),
)
