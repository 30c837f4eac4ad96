"""The fewest days of a package's steps by trying every order of them: slow and obvious; windows and capacities aside."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def fewest_days(days: Sequence[int], lag: Sequence[int], mover: Sequence[int], before: Sequence[tuple[int, int]]) -> int | None:
    """The days of the quickest order: steps of one mover in a row run side by side, and all are verified before the next begin.

    `before` are pairs (a, b): b begins when a is done. None where no order keeps them.
    """
    orders = permutations(range(len(days)))
    allowed = [order for order in orders if all(order.index(a) < order.index(b) for a, b in before)]
    return min((_length(order, days, lag, mover, before) for order in allowed), default=None)


def _length(
    order: Sequence[int], days: Sequence[int], lag: Sequence[int], mover: Sequence[int], before: Sequence[tuple[int, int]]
) -> int:
    opens, last, now = 0, 0, None
    done: dict[int, int] = {}
    for s in order:
        if mover[s] != now:
            opens, now = last, mover[s]
        done[s] = max([opens, *(done[a] for a, b in before if b == s)]) + days[s]
        last = max(last, done[s] + lag[s])
    return last
