"""In which order, and in how many parts, goods can change hands for money so that nobody gains by walking out.

Each good is named with what it costs its seller and what it is worth to its buyer, in money. The model is Sandholm and Lesser's,
"... unenforced exchange" (1995): both go on while that is worth no less than leaving with what each has.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, head, places, say, table
from summitry.errors import BadArgument
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.plan.instalments import Instalments
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class InstalmentsRequest:
    """The goods, and what walking out costs."""

    goods: Annotated[tuple[str, ...], Ask("NAME=COST/VALUE...", position=True)]
    defection: Annotated[float, Ask("D", low=0)] = 0.0


def answer(_: Workspace | None, request: InstalmentsRequest) -> Instalments:
    """Find an order of goods that needs no trust."""
    from summitry.plan.instalments import order_goods

    if not 0.0 <= request.defection < math.inf:
        msg = f"Walking out costs {request.defection:g}: it must be a number from 0."
        raise BadArgument(msg)
    prices = dict(map(_price, request.goods))
    if len(prices) < len(request.goods):
        raise BadArgument("A good is named twice: give each its own name.")
    return order_goods(prices, request.defection)


def _price(word: str) -> tuple[str, tuple[float, float]]:
    name, _, amounts = word.rpartition("=")
    try:
        cost, value = map(float, amounts.split("/"))
    except ValueError:
        cost = value = math.nan
    if not name or not (0.0 <= cost < math.inf and 0.0 <= value < math.inf):
        msg = f"Write NAME=COST/VALUE with two numbers from 0, for example reactor=4/9; found {word!r}."
        raise BadArgument(msg)
    return name, (cost, value)


def view(instalments: Instalments, _: Names) -> Iterator[Block]:
    """The order, what may be unpaid at each turn, and in how many parts a good would be safe by itself."""
    yield head("instalments.safe" if instalments.safe else "instalments.unsafe")
    yield say("instalments.about")
    columns = ("name:text", "cost:number", "value:number", "least:number", "most:number", "parts")
    yield table("instalments.goods", places("goods", instalments.goods), columns)
    yield say("instalments.owed" if instalments.safe else "instalments.divide")


QUESTION = Question(
    name="instalments",
    group="plan",
    request=InstalmentsRequest,
    answer=answer,
    view=view,
    case="none",
    example=("", {"goods": ("reactor=4/9", "fuel=1/3", "training=2/4"), "defection": 1.0}),
)
