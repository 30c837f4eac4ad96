"""Exchange that needs no trust because nobody gains by walking out.

Source: Sandholm & Lesser, "Equilibrium analysis of the possibilities of unenforced exchange in multiagent systems", IJCAI 1995.
"""

from __future__ import annotations

from itertools import accumulate
from math import ceil, log, log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TIE = 1e-9
"""A bound that is missed by less, relative to the numbers compared, is met: only rounding misses it."""


def safe_order(cost: Sequence[float], value: Sequence[float], defection: float) -> tuple[int, ...] | None:
    """Find an order in which chunks of goods can be sold for divisible money without trust; None where there is none.

    `cost` to the seller and `value` to the buyer of each chunk, in money; `defection`: what walking out costs both together.

    1. With r the money still to be paid, the seller goes on while r >= cost of the rest - D_s, the buyer while
       r <= value of the rest + D_b. Such an r exists right before and after a chunk k iff
       cost of k and the rest behind it <= value of the rest behind it + D_s + D_b.
    2. So from the end backwards a purse D grows by value - cost of each chunk that it can pre-finance.
    3. Chunks worth their cost come as early in that order as possible, by cost; the others after them, by value from the most.
    """
    chunks = range(len(cost))
    gainers = sorted((k for k in chunks if value[k] >= cost[k]), key=lambda k: (cost[k], -value[k], k))
    losers = sorted((k for k in chunks if value[k] < cost[k]), key=lambda k: (-value[k], cost[k], k))
    backwards = gainers + losers
    purses = accumulate((value[k] - cost[k] for k in backwards), initial=defection)
    slack = TIE * (defection + sum(map(abs, cost)) + sum(map(abs, value)))
    if any(cost[k] > purse + slack for k, purse in zip(backwards, purses, strict=False)):
        return None
    return tuple(reversed(backwards))


def divisible_steps(cost: float, value: float, defection: float) -> int | None:
    """The fewest instalments that sell a divisible good without trust: ceil(ln(1 + G / D) / ln r); None where none do.

    G = value - cost, r = value / cost: backwards, each instalment can be r times the one after it, the last costs D at most.
    Nothing can be sold where it is worth no more than it costs, or where walking out costs nothing.
    """
    if not (0 < cost < value and defection > 0):
        return None
    return max(1, ceil(log1p((value - cost) / defection) / log(value / cost) - TIE))
