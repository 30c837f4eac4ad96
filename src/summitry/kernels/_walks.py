"""The best walk through the sets of steps that can be done, from nothing to everything, one step at a time.

`ListSearch` is the reference, and the fastest while there are few states. `LayerSearch` works on whole arrays and needs no
compiler. `_walks_fast.CompiledSearch` is for large work. All three give the same.
"""

from __future__ import annotations

import sys
from math import inf
from typing import TYPE_CHECKING, Protocol

import numpy as np

from summitry.kernels._space import TIE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels._space import Space

    Ints = NDArray[np.int64]

LAYER_AT = 2_000
"""States times chains from which arrays beat plain lists."""
COMPILE_AT = 4_000_000
"""States times chains from which loading the compiled way is worth its second."""
READY_AT = 3_000
"""The same once it is loaded."""


class Search(Protocol):
    """Searches one space with one level (states,) per state; the empty and the full state have level 0."""

    def ahead(self) -> NDArray[np.float64]:
        """The least greatest level on a walk from each state to the end, its own among it (states,); inf where there is none."""


def walk(space: Space, level: NDArray[np.float64]) -> tuple[int, ...] | None:
    """The walk whose greatest level is least, the first in lexicographic order among equals; None where there is none."""
    ahead = search_of(space, level).ahead()
    if ahead[0] == inf:
        return None
    cap = ahead[0] * (1.0 + TIE)
    places, steps, state = [0] * len(space.chains), list[int](), 0
    while len(steps) < len(space.side):
        step, chain = next((s, c) for s, c in space.moves(places) if ahead[state + space.strides[c]] <= cap)
        steps.append(step)
        places[chain] += 1
        state += space.strides[chain]
    return tuple(steps)


def search_of(space: Space, level: NDArray[np.float64]) -> Search:
    """Plain lists, arrays in layers or the compiled way, by how large the work is; all three give the same."""
    work = space.states * len(space.chains)
    if work > (READY_AT if "summitry.kernels._walks_fast" in sys.modules else COMPILE_AT):
        from summitry.kernels._walks_fast import CompiledSearch

        return CompiledSearch(space, level)
    if work > LAYER_AT:
        return LayerSearch(space, level)
    return ListSearch(space, level)


class ListSearch:
    """The reference: plain lists of the states that the next steps lead to, which is fast while there are few."""

    def __init__(self, space: Space, level: NDArray[np.float64]) -> None:
        self.level: list[float] = level.tolist()
        self.then: list[list[int]] = [[] for _ in self.level]
        masks = [0]
        for chain in space.chains:
            reached = [0]
            for step in chain:
                reached.append(reached[-1] | 1 << step)
            masks = [mask | below for mask in reached for below in masks]
        before = [sum(1 << a for c, place in needed for a in space.chains[c][:place]) for needed in space.needed]
        for chain, stride in zip(space.chains, space.strides, strict=True):
            for place, step in enumerate(chain):
                need = before[step]
                for start in range(place * stride, len(level), stride * (len(chain) + 1)):
                    for state in range(start, start + stride):
                        if not need & ~masks[state]:
                            self.then[state].append(state + stride)

    def ahead(self) -> NDArray[np.float64]:
        """See `Search.ahead`."""
        best = [0.0] * len(self.level)
        for state in range(len(self.level) - 2, -1, -1):
            best[state] = max(min((best[t] for t in self.then[state]), default=inf), self.level[state])
        return np.array(best)


class LayerSearch:
    """See `Search`: a layer are the states in which equally many steps are done, worked out from the next one by whole arrays."""

    def __init__(self, space: Space, level: NDArray[np.float64]) -> None:
        self.level = level
        places = [np.zeros(1, dtype=np.int64)] * 0
        depth = np.zeros(1, dtype=np.int64)
        for chain in space.chains:
            here = np.arange(len(chain) + 1)
            places = [np.tile(place, len(here)) for place in places] + [np.repeat(here, len(depth))]
            depth = (here[:, None] + depth).reshape(-1)
        order = np.argsort(depth, kind="stable")
        starts = np.searchsorted(depth[order], np.arange(len(space.side) + 2))
        moves: list[tuple[int, list[Ints]]] = []
        for c, chain in enumerate(space.chains):
            for place, step in enumerate(chain):
                can = places[c] == place
                for other, least in space.needed[step]:
                    can &= places[other] >= least
                moves.append((space.strides[c], self._by_layer(np.flatnonzero(can), depth, len(space.side))))
        self.layers = [
            (order[starts[d] : starts[d + 1]], [(by[d], by[d] + stride) for stride, by in moves if len(by[d])])
            for d in range(len(space.side) - 1, -1, -1)
        ]

    @staticmethod
    def _by_layer(states: Ints, depth: Ints, steps: int) -> list[Ints]:
        """States (k,) apart by the number of steps done, one array for each number below `steps`."""
        ranked = states[np.argsort(depth[states], kind="stable")]
        ends = np.searchsorted(depth[ranked], np.arange(steps + 1))
        return [ranked[ends[d] : ends[d + 1]] for d in range(steps)]

    def ahead(self) -> NDArray[np.float64]:
        """See `Search.ahead`."""
        best = np.full(len(self.level), inf)
        best[-1] = 0.0
        for states, moves in self.layers:
            for here, then in moves:
                best[here] = np.minimum(best[here], best[then])
            best[states] = np.maximum(best[states], self.level[states])
        return best
