"""Exchange that needs no trust because nobody gains by walking out, and the trust games that the rest is measured by.

Sources: Sandholm & Lesser, "Equilibrium analysis of the possibilities of unenforced exchange in multiagent systems", IJCAI 1995;
Kydd, "Trust and Mistrust in International Relations", 2005.
"""

from __future__ import annotations

from itertools import accumulate
from math import ceil, log, log1p
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TIE = 1e-9
"""A bound that is missed by less, relative to the numbers compared, is met: only rounding misses it."""


def corridor(
    reached: NDArray[np.float64], gain: NDArray[np.float64], loss: NDArray[np.float64], defection: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """After which prefixes each party stays: -L_i <= S_i <= G_i + D_i, shape (n + 1, P).

    `reached` (n + 1, P) is S_i after 0 .. n steps, `gain` (P,) its total G_i, `loss` (P,) the most it bears to have lost L_i, and
    `defection` (P,) what walking out costs it D_i, all in own points.
    """
    slack = TIE * np.abs(reached).max(axis=0, initial=0.0)
    inside: NDArray[np.bool_] = (reached >= -loss - slack) & (reached <= gain + defection + slack)
    return inside


def temptation(reached: NDArray[np.float64], gain: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much more each party holds at its best moment before the end than at the end, shape (P,), own points; -G_i at least.

    A party whose temptation exceeds its defection cost D_i walks out there: a bond, a guarantor or a finer lump must cover it.
    """
    return np.asarray(reached[:-1].max(axis=0, initial=0.0) - gain)


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


def trust_to_cooperate(reward: float, sucker: float, temptation_payoff: float, punishment: float) -> float:
    """The least trust at which cooperating in the simultaneous trust game is best: (P - S) / ((P - S) + (R - T)).

    For a trustworthy player (R > T); played in sequence, the first mover needs only `order.trust_needed(P - S, R - P)`.
    Raises ValueError where S < P < R and T < R fails.
    """
    if not (sucker < punishment < reward and temptation_payoff < reward):
        msg = f"R, S, T, P = {reward}, {sucker}, {temptation_payoff}, {punishment}: a trustworthy player has S < P < R and T < R"
        raise ValueError(msg)
    risk = punishment - sucker
    return risk / (risk + reward - temptation_payoff)


def signal_window(
    trustworthy: tuple[float, float, float], untrustworthy: tuple[float, float, float]
) -> tuple[float, float] | None:
    """The shares of the stakes which, given up first, tell the types apart; None where no such signal exists.

    `trustworthy` = (R, S, P), `untrustworthy` = (T, S, P): only the first gains by a signal of share s, so
    (T_u - P_u) / (T_u - S_u) <= s <= (R_t - P_t) / (R_t - S_t).
    """
    reward, loss, without = trustworthy
    least = (untrustworthy[0] - untrustworthy[2]) / (untrustworthy[0] - untrustworthy[1])
    most = (reward - without) / (reward - loss)
    return (least, most) if least <= most else None
