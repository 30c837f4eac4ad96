"""The order in which one party holds as much as it can, as early as it can, within what everybody bears.

At every moment before the end a party holds B(X) if everything stops. The front-loading order, one step after the other, has the
greatest sum of B over its moments, among the orders whose load is at most `cap` and that keep the prerequisites and the exposure
limits. Load and B are functions of the set of steps done, so the longest path over sets is exact.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels._space import TIE, space_of
from summitry.kernels.ordering import levels
from summitry.kernels.trust import over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.kernels._space import Space
    from summitry.kernels.ordering import Terms


def front_load(terms: Terms, before: NDArray[np.bool_], party: int, cap: float) -> tuple[int, ...] | None:
    """The steps in the order in which `party` holds most, summed over the moments before the end, within a load of `cap`.

    None where there is none. Sums within a relative 1e-9 of each other are equal; of equal ones the first in lexicographic order
    counts. Where there are too many states the order of some steps is fixed.
    """
    space = space_of(terms.balance, terms.mover, before, terms.traits)
    if space is None:
        return None
    level, hopeless = levels(space, terms)
    level[hopeless & (cap < inf)] = inf
    holds = over(space, terms.balance[:, [party]], terms.joint, terms.joint.balance[:, [party]])[0]
    score = np.where(level <= cap * (1.0 + TIE) if cap < inf else level < inf, holds, -inf)
    score[[0, -1]] = 0.0
    return _walk(space, score, _ahead(space, score))


def _ahead(space: Space, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """The most that can still be summed behind each state (states,), a layer at a time from the last; -inf without a way."""
    best = np.full(space.states, -inf)
    best[-1] = 0.0
    for states, places in _layers(space):
        for c, chain in enumerate(space.chains):
            for place, step in enumerate(chain):
                ready = places[:, c] == place
                for other, least in space.needed[step]:
                    ready &= places[:, other] >= least
                here = states[ready]
                then = here + space.strides[c]
                best[here] = np.maximum(best[here], score[then] + best[then])
    return best


def _layers(space: Space) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The states with n - 1, n - 2, .. 0 steps done, and the places (states, chains) that they have reached."""
    places = space.places()
    depth = places.sum(axis=1)
    order = np.argsort(depth, kind="stable")
    ends = np.searchsorted(depth[order], np.arange(len(space.side) + 1))
    for count in range(len(space.side) - 1, -1, -1):
        layer = order[ends[count] : ends[count + 1]]
        yield layer, places[layer]


def _walk(space: Space, score: NDArray[np.float64], best: NDArray[np.float64]) -> tuple[int, ...] | None:
    if best[0] == -inf:
        return None
    scale = max(1.0, float(np.abs(score[score > -inf]).max())) * len(space.side)
    places, steps, state = [0] * len(space.chains), list[int](), 0
    while len(steps) < len(space.side):
        ways = [(score[state + space.strides[c]] + best[state + space.strides[c]], step, c) for step, c in space.moves(places)]
        most = max(way[0] for way in ways)
        _, step, chain = next(way for way in ways if way[0] >= most - TIE * scale)
        steps.append(step)
        places[chain] += 1
        state += space.strides[chain]
    return tuple(steps)
