"""Which subsets of moves bring a deal through most often, for every cost: an exact branch and bound over subsets.

A draw is carried when every row that must hold reaches zero and, in every group of votes, the weight of the rows that do reaches
the quota. Moves add their shifts to the rows. Axes: M moves, K rows, D draws, G groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter
from heapq import heappop, heappush
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
    """The subsets that no other beats in cost and count at once, by rising cost: `subsets` (E, M), `cost` (E,), `count` (E,).

    `proven` False means that the search stopped after `nodes`; then no subset is carried in more than `bound` draws.
    """

    subsets: NDArray[np.bool_]
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
    3. A node is cut where a front subset costs no more and reaches that bound. Every taken move makes a subset that is noted.
    At hand from the start are the subsets that grow by the move of most gain for its cost, so that a search that stops has them.
    """
    order = _order(shift, needs)
    shift, cost, needs = shift[order], cost[order], needs[np.ix_(order, order)]
    count = len(order)
    helps = np.concatenate([np.cumsum(np.maximum(shift, 0.0)[::-1], axis=0)[::-1], np.zeros((1, *margin.shape))])
    harms = np.concatenate([np.cumsum(np.minimum(shift, 0.0)[::-1], axis=0)[::-1], np.zeros((1, *margin.shape))])
    nothing = np.zeros(count, dtype=np.bool_)
    front = [(0.0, int(carried(margin, votes).sum()), nothing)]
    for some in _grown(margin, shift, votes, cost, needs):
        _note(front, float(cost[some].sum()), int(carried(margin + shift[some].sum(axis=0), votes).sum()), some)
    stack = [(0, nothing, 0.0, margin, np.arange(margin.shape[1]), 0)]
    nodes = work = 0
    while stack and work < most_work:
        nodes += 1
        i, subset, price, here, live, safe = stack.pop()
        work += OVERHEAD + live.size * len(margin)
        if i == count:
            continue
        hopeful = carried(here + helps[i][:, live], votes)
        sure = hopeful & carried(here + harms[i][:, live], votes)
        safe, still = safe + int(sure.sum()), hopeful & ~sure
        if any(c <= price + ROUNDING and n >= safe + int(still.sum()) for c, n, _ in front):
            continue
        here, live = here[:, still], live[still]
        stack.append((i + 1, subset, price, here, live, safe))
        if not (needs[i] & ~subset).any():
            larger, total, after = subset.copy(), price + float(cost[i]), here + shift[i][:, live]
            larger[i] = True
            _note(front, total, safe + int(carried(after, votes).sum()), larger)
            stack.append((i + 1, larger, total, after, live, safe))
    front.sort(key=lambda entry: entry[0])
    back = np.empty(count, dtype=np.int64)
    back[order] = np.arange(count)
    best = max(n for _, n, _ in front)
    return Efficient(
        subsets=np.array([subset[back] for _, _, subset in front], dtype=np.bool_).reshape(len(front), count),
        cost=np.array([c for c, _, _ in front]),
        count=np.array([n for _, n, _ in front], dtype=np.int64),
        nodes=nodes,
        proven=not stack,
        bound=max([best, *(safe + len(live) for _, _, _, _, live, safe in stack)]),
    )


def _grown(
    margin: NDArray[np.float64],
    shift: NDArray[np.float64],
    votes: Votes,
    cost: NDArray[np.float64],
    needs: NDArray[np.bool_],
) -> Iterator[NDArray[np.bool_]]:
    """Subsets that grow from nothing, each time by the free move that gains most draws for its cost, while one gains any."""
    subset = np.zeros(len(cost), dtype=np.bool_)
    here, now = margin, int(carried(margin, votes).sum())
    while True:
        free = [m for m in np.flatnonzero(~subset) if not (needs[m] & ~subset).any()]
        gains = {m: int(carried(here + shift[m], votes).sum()) - now for m in free}
        better = [m for m in free if gains[m] > 0]
        if not better:
            return
        best = max(better, key=lambda m: gains[m] / max(float(cost[m]), ROUNDING))
        subset, here, now = subset.copy(), here + shift[best], now + gains[best]
        subset[best] = True
        yield subset


def _note(front: list[tuple[float, int, NDArray[np.bool_]]], cost: float, count: int, subset: NDArray[np.bool_]) -> None:
    """Keep a subset unless one that costs no more reaches as much, and drop those that it beats."""
    if any(c <= cost + ROUNDING and n >= count for c, n, _ in front):
        return
    front[:] = [entry for entry in front if not (cost <= entry[0] + ROUNDING and count >= entry[1])]
    front.append((cost, count, subset))


def _order(shift: NDArray[np.float64], needs: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Moves so that each stands behind what it needs; among those free to come next the one that helps most."""
    help_ = np.maximum(shift, 0.0).sum(axis=(1, 2)).tolist()
    sorter = TopologicalSorter({m: np.flatnonzero(needs[m]).tolist() for m in range(len(shift))})
    sorter.prepare()
    order, free = list[int](), list[tuple[float, int]]()
    while sorter.is_active():
        for m in sorter.get_ready():
            heappush(free, (-help_[m], m))
        order.append(heappop(free)[1])
        sorter.done(order[-1])
    return np.array(order, dtype=np.int64)
