"""The order in which one party holds as much as it can, as early as it can, within what everybody bears.

At every moment before the end a party holds B(X) if everything stops. The front-loading order has the greatest sum of B over its
moments, among the orders whose load is at most `cap` and that keep the prerequisites, the exposure limits and the changes of
mover. Load and B are functions of the set of steps done, so the longest path over sets, with the changes left as a further
dimension, is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels._space import TIE, narrow_space, space_of
from summitry.kernels.order import judge_order, levels
from summitry.kernels.trust import over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.kernels._space import Space
    from summitry.kernels.order import Order, Terms

MOST_CELLS = 2**23
"""States times sides times changes up to which every order is compared: about a second."""


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """`best[state, s, k]`: the most that can still be summed behind a step of side s with k changes left; -inf without a way."""

    best: NDArray[np.float64]
    score: NDArray[np.float64]


def front_load(terms: Terms, before: NDArray[np.bool_], party: int, cap: float) -> Order | None:
    """The order in which `party` holds most, summed over the moments before the end, among those of a load of at most `cap`.

    None where there is none. Sums within a relative 1e-9 of each other are equal; of equal ones the first in lexicographic order
    counts. Where there are too many states the order of some steps is fixed and the order says that it is not `exact`.
    """
    if not len(terms.mover):
        return judge_order((), terms, exact=True, bound=0.0)
    changes = min(terms.changes, len(terms.mover) - 1)
    most = MOST_CELLS // (len(set(terms.mover.tolist())) * (changes + 1))
    space = space_of(terms.balance, terms.mover, before, terms.traits)
    if space is not None and space.states > most:
        space = narrow_space(terms.balance, terms.mover, before, terms.traits, most)
    if space is None:
        return None
    level, hopeless = levels(space, terms)
    if cap < inf:
        level[hopeless] = inf
    level[[0, -1]] = 0.0
    joint = terms.joint
    balance = over(space, terms.balance[:, [party]], joint, np.zeros((0, 0)) if joint is None else joint.balance[:, [party]])[0]
    score = np.where(level <= cap * (1.0 + TIE) if cap < inf else level < inf, balance, -inf)
    score[[0, -1]] = 0.0
    steps = _walk(space, _filled(space, score, changes), changes)
    return None if steps is None else judge_order(steps, terms, exact=space.whole, bound=0.0)


def _filled(space: Space, score: NDArray[np.float64], changes: int) -> _Table:
    """Fill the table from the last layer of states back to the first, a layer at a time."""
    best = np.full((space.states, space.sides, changes + 1), -inf)
    best[-1] = 0.0
    for states, places in _layers(space):
        for c, chain in enumerate(space.chains):
            for place, step in enumerate(chain):
                ready = places[:, c] == place
                for other, least in space.needed[step]:
                    ready &= places[:, other] >= least
                here = states[ready]
                if not here.size:
                    continue
                then = here + space.strides[c]
                mine = space.side[step]
                sums = score[then][:, None] + best[then, mine]
                for s in range(space.sides):
                    if s == mine:
                        best[here, s] = np.maximum(best[here, s], sums)
                    elif changes:
                        best[here, s, 1:] = np.maximum(best[here, s, 1:], sums[:, :-1])
    return _Table(best, score)


def _layers(space: Space) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The states with n - 1, n - 2, .. 0 steps done, and the places (states, chains) that they have reached."""
    states = np.arange(space.states)
    lengths = np.array([len(chain) + 1 for chain in space.chains])
    places = (states[:, None] // np.array(space.strides)[None, :]) % lengths
    depth = places.sum(axis=1)
    order = np.argsort(depth, kind="stable")
    ends = np.searchsorted(depth[order], np.arange(len(space.side) + 1))
    for count in range(len(space.side) - 1, -1, -1):
        layer = order[ends[count] : ends[count + 1]]
        yield layer, places[layer]


def _walk(space: Space, table: _Table, changes: int) -> tuple[int, ...] | None:
    best, score = table.best, table.score
    if best[0].max() == -inf:
        return None
    scale = max(1.0, float(np.abs(score[score > -inf]).max())) * len(space.side)
    places, steps, state, left, last = [0] * len(space.chains), list[int](), 0, changes, -1
    while len(steps) < len(space.side):
        ways = []
        for step, chain in space.moves(places):
            side = space.side[step]
            after = left - int(last not in {-1, side})
            if after >= 0:
                then = state + space.strides[chain]
                ways.append((score[then] + best[then, side, after], step, chain, after))
        most = max(way[0] for way in ways)
        _, step, chain, left = next(way for way in ways if way[0] >= most - TIE * scale)
        steps.append(step)
        places[chain] += 1
        state, last = state + space.strides[chain], space.side[step]
    return tuple(steps)
