"""Goods for money without trust: in which order, and in how many parts, nobody gains by walking out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from summitry.errors import BadArgument
from summitry.kernels.unenforced import divisible_steps, safe_order

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Good:
    """One good in its turn, with its `cost` to the seller and its `value` to the buyer, in money.

    `least` is what it and all after it cost, `most` what all after it is worth. While it changes hands, what is still to be paid
    must be at least the one, less what walking out costs the seller, and at most the other, plus what it costs the buyer.
    `parts` is the fewest instalments in which this good alone could be sold, if it can be divided; None where no number would do.
    """

    name: str
    cost: float
    value: float
    least: float
    most: float
    parts: int | None


@dataclass(frozen=True, slots=True)
class Instalments:
    """The goods, in a safe order where there is one, and what walking out costs both sides together."""

    goods: tuple[Good, ...]
    defection: float
    safe: bool


def order_goods(prices: Mapping[str, tuple[float, float]], defection: float) -> Instalments:
    """Find an order in which goods can be sold for money without trust, from their cost and value. Raises BadArgument."""
    if not prices:
        raise BadArgument("Name at least one good as NAME=COST/VALUE.")
    names = [*prices]
    cost, value = zip(*prices.values(), strict=True)
    order = safe_order(cost, value, defection)
    turns = order or range(len(names))
    after_cost, after_value = (_from_the_end([side[k] for k in turns]) for side in (cost, value))
    goods = tuple(
        Good(names[k], cost[k], value[k], after_cost[n], after_value[n + 1], divisible_steps(cost[k], value[k], defection))
        for n, k in enumerate(turns)
    )
    return Instalments(goods, defection, order is not None)


def _from_the_end(amounts: list[float]) -> list[float]:
    """What is left at each turn: the sums of this amount and all after it, and zero at the end."""
    return [*reversed([*accumulate(reversed(amounts), initial=0.0)])]
