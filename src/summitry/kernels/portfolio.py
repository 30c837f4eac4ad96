"""Which subsets of moves bring a deal through most often, for every cost: an exact branch and bound over subsets.

A draw is carried when every row that must hold reaches zero and, in every group of votes, the weight of the rows that do reaches
the quota. Moves add their shifts to the rows. Axes: M moves, K rows, D draws, G groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

ROUNDING = 1e-9
MOST_WORK = 400_000_000
"""Rows times open draws that a search looks at, a few seconds; each subset counts for as many again as `OVERHEAD`."""
OVERHEAD = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """How rows count: `group` (K,) is -1 where a row must hold, else the number of its vote; `weight` (K,), `quota` (G,)."""

    group: NDArray[np.int64]
    weight: NDArray[np.float64]
    quota: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Efficient:
    """The subsets that no other beats in cost and count at once, by rising cost: `chosen` (E, M), `cost` (E,), `count` (E,).

    `proven` False means that the search stopped after `nodes`; then no subset is carried in more than `bound` draws.
    """

    chosen: NDArray[np.bool_]
    cost: NDArray[np.float64]
    count: NDArray[np.int64]
    nodes: int
    proven: bool
    bound: int


def carried(margin: NDArray[np.float64], votes: Votes) -> NDArray[np.bool_]:
    """The draws in which everything that must hold does and every quota is met, from `margin` (K, D) to (D,)."""
    yes = margin >= -ROUNDING
    result = np.asarray(yes[votes.group < 0].all(axis=0))
    for g, quota in enumerate(votes.quota):
        rows = votes.group == g
        result &= votes.weight[rows] @ yes[rows] >= quota - ROUNDING
    return result


def efficient(
    margin: NDArray[np.float64],
    shift: NDArray[np.float64],
    votes: Votes,
    cost: NDArray[np.float64],
    needs: NDArray[np.bool_],
    most_work: int = MOST_WORK,
) -> Efficient:
    """The efficient subsets of M moves with shifts (M, K, D); `needs[a, b]` where move a cannot be had without b.

    1. Moves in an order in which none stands before what it needs, those that help most first.
    2. A node has decided the first i moves. With all that may still help added, a draw that fails is lost; with all that may
       still harm added, one that holds is won; the others stay open. Won and open draws bound what any completion reaches.
    3. A node is cut where a known subset costs no more and reaches that bound. Every taken move makes a subset that is noted.
    Known from the start are the subsets that grow by the move of most gain for its cost, so that a search that stops has them.
    """
    order = _order(shift, needs)
    shift, cost, needs = shift[order], cost[order], needs[np.ix_(order, order)]
    count = len(order)
    helps = np.concatenate([np.cumsum(np.maximum(shift, 0.0)[::-1], axis=0)[::-1], np.zeros((1, *margin.shape))])
    harms = np.concatenate([np.cumsum(np.minimum(shift, 0.0)[::-1], axis=0)[::-1], np.zeros((1, *margin.shape))])
    nothing = np.zeros(count, dtype=np.bool_)
    known = [(0.0, int(carried(margin, votes).sum()), nothing)]
    for some in _grown(margin, shift, votes, cost, needs):
        _note(known, float(cost[some].sum()), int(carried(margin + shift[some].sum(axis=0), votes).sum()), some)
    stack = [(0, nothing, 0.0, margin, np.arange(margin.shape[1]), 0)]
    nodes = work = 0
    while stack and work < most_work:
        nodes += 1
        i, chosen, paid, here, live, won = stack.pop()
        work += OVERHEAD + live.size * len(margin)
        if i == count:
            continue
        hopeful = carried(here + helps[i][:, live], votes)
        sure = hopeful & carried(here + harms[i][:, live], votes)
        won, still = won + int(sure.sum()), hopeful & ~sure
        if any(c <= paid + ROUNDING and n >= won + int(still.sum()) for c, n, _ in known):
            continue
        here, live = here[:, still], live[still]
        stack.append((i + 1, chosen, paid, here, live, won))
        if not (needs[i] & ~chosen).any():
            taken, price, after = chosen.copy(), paid + float(cost[i]), here + shift[i][:, live]
            taken[i] = True
            _note(known, price, won + int(carried(after, votes).sum()), taken)
            stack.append((i + 1, taken, price, after, live, won))
    known.sort(key=lambda entry: entry[0])
    back = np.empty(count, dtype=np.int64)
    back[order] = np.arange(count)
    best = max(n for _, n, _ in known)
    return Efficient(
        chosen=np.array([taken[back] for _, _, taken in known], dtype=np.bool_).reshape(len(known), count),
        cost=np.array([c for c, _, _ in known]),
        count=np.array([n for _, n, _ in known], dtype=np.int64),
        nodes=nodes,
        proven=not stack,
        bound=max([best, *(won + len(live) for _, _, _, _, live, won in stack)]),
    )


def _grown(
    margin: NDArray[np.float64],
    shift: NDArray[np.float64],
    votes: Votes,
    cost: NDArray[np.float64],
    needs: NDArray[np.bool_],
) -> Iterator[NDArray[np.bool_]]:
    """Subsets that grow from nothing, each time by the free move that gains most draws for its cost, while one gains any."""
    chosen = np.zeros(len(cost), dtype=np.bool_)
    here, now = margin, int(carried(margin, votes).sum())
    while True:
        free = [m for m in np.flatnonzero(~chosen) if not (needs[m] & ~chosen).any()]
        gains = {m: int(carried(here + shift[m], votes).sum()) - now for m in free}
        better = [m for m in free if gains[m] > 0]
        if not better:
            return
        best = max(better, key=lambda m: gains[m] / max(float(cost[m]), ROUNDING))
        chosen, here, now = chosen.copy(), here + shift[best], now + gains[best]
        chosen[best] = True
        yield chosen


def _note(known: list[tuple[float, int, NDArray[np.bool_]]], cost: float, count: int, chosen: NDArray[np.bool_]) -> None:
    """Keep a subset unless one that costs no more reaches as much, and drop those that it beats."""
    if any(c <= cost + ROUNDING and n >= count for c, n, _ in known):
        return
    known[:] = [entry for entry in known if not (cost <= entry[0] + ROUNDING and count >= entry[1])]
    known.append((cost, count, chosen))


def _order(shift: NDArray[np.float64], needs: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Moves so that each stands behind what it needs; among those free to come next the one that helps most."""
    help_ = np.maximum(shift, 0.0).sum(axis=(1, 2))
    left, found = list(range(len(shift))), list[int]()
    while left:
        free = [m for m in left if not any(needs[m, k] for k in left)]
        found.append(max(free, key=lambda m: help_[m]))
        left.remove(found[-1])
    return np.array(found, dtype=np.int64)
