"""The best walks through the sets of steps that can be done, from nothing to everything.

`ListSearch` is the reference, and the fastest while there are few states. `LayerSearch` works on whole arrays and needs no
compiler. `_walks_fast.CompiledSearch` is for large work. All three give the same.
"""

# Comparisons are written out: thousands of small packages are searched, and a call of min or max takes longer than the rest.
# ruff: noqa: FURB136, PLR1730

from __future__ import annotations

import sys
from bisect import bisect_left
from math import inf
from typing import TYPE_CHECKING, Protocol

import numpy as np

from summitry.kernels._space import NEVER, TIE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.kernels._space import Space

    Ints = NDArray[np.int64]

LAYER_AT = 2_000
"""States times chains from which arrays beat plain lists."""
COMPILE_AT = 4_000_000
"""States times chains from which loading the compiled way is worth its second."""
READY_AT = 3_000
"""The same once it is loaded."""
HALVE_AT = 16
"""Changes of mover from which bisecting the levels beats one sweep for each change."""


class Search(Protocol):
    """Searches one space with one level (states,) per state; the empty and the full state have level 0."""

    def bottleneck(self) -> float:
        """The least greatest level on a walk from nothing to everything; inf where there is none below inf."""

    def bottlenecks(self, changes: int) -> list[float]:
        """The same over walks with at most 0, 1, .. `changes` changes of mover."""

    def fewest(self, cap: float) -> NDArray[np.int16]:
        """The fewest changes of mover to the end through levels <= cap, shape (states, sides + 1).

        Column s: the next step is side s's; the last column: anybody's. `NEVER` where there is no way.
        """


class Walks:
    """The best walks through one space with one level (states,), for one bound on the changes of mover after the other.

    1. Without the bound on changes, the bottleneck over states (Bellman's recursion on the maximum) is a lower bound.
    2. Where it needs more changes, the number of changes left becomes a further dimension of the recursion, or the levels are
       bisected for the least at which few enough changes suffice.
    3. Of the walks within that level, take one with fewest changes, and of those the first in lexicographic order.
    """

    def __init__(self, space: Space, level: NDArray[np.float64]) -> None:
        self._space, self._level, self._search = space, level, search_of(space, level)
        self._least = self._search.bottleneck()
        self._free = None if self._least == inf else self._search.fewest(self._least * (1.0 + TIE))
        self._within: list[float] = []

    def best(self, changes: int) -> tuple[int, ...] | None:
        """The walk of least greatest level, with at most `changes` changes of mover; None where no finite level allows one."""
        if self._free is None:
            return None
        if self._free[0, -1] <= changes:
            return _walk(self._space, self._free)
        least = self._bounded(changes)
        return None if least == inf else _walk(self._space, self._search.fewest(least * (1.0 + TIE)))

    def _bounded(self, changes: int) -> float:
        if changes >= HALVE_AT:
            return _halve(self._search, self._level, self._least, changes)
        if changes >= len(self._within):
            self._within = self._search.bottlenecks(changes)
        return self._within[changes]


def _halve(search: Search, level: NDArray[np.float64], low: float, changes: int) -> float:
    """The least level above `low` within which few enough changes suffice, by bisection: steady where the changes are many."""
    levels = np.unique(level[(level > low) & (level < inf)]).tolist()
    at = bisect_left(levels, 1, key=lambda cap: int(search.fewest(cap * (1.0 + TIE))[0, -1] <= changes))
    return levels[at] if at < len(levels) else inf


def _walk(space: Space, table: NDArray[np.int16]) -> tuple[int, ...]:
    places = [0] * len(space.chains)
    steps: list[int] = []
    state, left, last = 0, int(table[0, -1]), -1
    while len(steps) < len(space.side):
        here = state
        step, chain, turned = next(
            (step, chain, turned)
            for step, chain in space.moves(places)
            if (turned := int(last not in {-1, space.side[step]})) + _ahead(table[here + space.strides[chain]], space.side[step])
            == left
        )
        left -= turned
        steps.append(step)
        places[chain] += 1
        state, last = state + space.strides[chain], space.side[step]
    return tuple(steps)


def _ahead(row: NDArray[np.int16], side: int) -> int:
    """Fewest changes from a state on, with the one right after it, when the last step was that side's."""
    return min(int(row[side]), int(row[-1]) + 1)


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
    """The reference: plain lists of the states that each side's next step leads to, which is fast while there are few."""

    def __init__(self, space: Space, level: NDArray[np.float64]) -> None:
        self.level: list[float] = level.tolist()
        self.then: list[list[list[int]]] = [[[] for _ in self.level] for _ in range(space.sides)]
        masks = [0]
        for chain in space.chains:
            reached = [0]
            for step in chain:
                reached.append(reached[-1] | 1 << step)
            masks = [mask | below for mask in reached for below in masks]
        before = [sum(1 << a for c, place in needed for a in space.chains[c][:place]) for needed in space.needed]
        for chain, stride in zip(space.chains, space.strides, strict=True):
            for place, step in enumerate(chain):
                need, then = before[step], self.then[space.side[step]]
                for start in range(place * stride, len(level), stride * (len(chain) + 1)):
                    for state in range(start, start + stride):
                        if not need & ~masks[state]:
                            then[state].append(state + stride)

    def bottleneck(self) -> float:
        """See `Search.bottleneck`."""
        level = self.level
        best = [0.0] * len(level)
        for state in range(len(level) - 2, -1, -1):
            least = inf
            for then in self.then:
                for t in then[state]:
                    if best[t] < least:
                        least = best[t]
            best[state] = least if least > level[state] else level[state]
        return best[0]

    def bottlenecks(self, changes: int) -> list[float]:
        """See `Search.bottlenecks`: one sweep for each change; `turned` is the last sweep's best, whoever moves next.

        `ahead[s]` is the best behind a step of side s: that side's in this sweep, or anybody's in the last one.
        """
        level = self.level
        turned = [inf] * (len(level) - 1) + [0.0]
        least_by_changes: list[float] = []
        for _ in range(changes + 1):
            ahead = [turned.copy() for _ in self.then]
            for then, best in zip(self.then, ahead, strict=True):
                for state in range(len(level) - 2, -1, -1):
                    least = inf
                    for t in then[state]:
                        if best[t] < least:
                            least = best[t]
                    if least < level[state]:
                        least = level[state]
                    if least < best[state]:
                        best[state] = least
            turned = list(map(min, *ahead)) if len(ahead) > 1 else ahead[0]
            least_by_changes.append(turned[0])
        return least_by_changes

    def fewest(self, cap: float) -> NDArray[np.int16]:
        """See `Search.fewest`; `ahead[s]` counts, behind a step of side s, the change to another side as well."""
        level, sides = self.level, range(len(self.then))
        ahead = [[NEVER] * (len(level) - 1) + [0] for _ in sides]
        table = [[NEVER] * (len(level) - 1) + [0] for _ in range(len(self.then) + 1)]
        for state in range(len(level) - 2, -1, -1):
            if level[state] > cap:
                continue
            any_side = NEVER
            for s in sides:
                best, least = ahead[s], NEVER
                for t in self.then[s][state]:
                    if best[t] < least:
                        least = best[t]
                table[s][state] = least
                if least < any_side:
                    any_side = least
            if any_side < NEVER:
                table[-1][state] = any_side
                for s in sides:
                    least = table[s][state]
                    ahead[s][state] = least if least <= any_side else any_side + 1
        return np.array(table, dtype=np.int16).T


class LayerSearch:
    """See `Search`: a layer are the states in which equally many steps are done, worked out from the next one by whole arrays.

    `layers`, from the last one down, are their states and, by side, (states, where they lead) pairs.
    """

    def __init__(self, space: Space, level: NDArray[np.float64]) -> None:
        self.level = level
        self.sides = space.sides
        places = [np.zeros(1, dtype=np.int64)] * 0
        depth = np.zeros(1, dtype=np.int64)
        for chain in space.chains:
            here = np.arange(len(chain) + 1)
            places = [np.tile(place, len(here)) for place in places] + [np.repeat(here, len(depth))]
            depth = (here[:, None] + depth).reshape(-1)
        order = np.argsort(depth, kind="stable")
        starts = np.searchsorted(depth[order], np.arange(len(space.side) + 2))
        steps: list[list[tuple[int, list[Ints]]]] = [[] for _ in range(space.sides)]
        for c, chain in enumerate(space.chains):
            for place, step in enumerate(chain):
                can = places[c] == place
                for other, least in space.needed[step]:
                    can &= places[other] >= least
                steps[space.side[step]].append((space.strides[c], self._by_layer(np.flatnonzero(can), depth, len(space.side))))
        self.layers = [
            (order[starts[d] : starts[d + 1]], [[(by[d], by[d] + stride) for stride, by in side if len(by[d])] for side in steps])
            for d in range(len(space.side) - 1, -1, -1)
        ]

    @staticmethod
    def _by_layer(states: Ints, depth: Ints, steps: int) -> list[Ints]:
        """States (k,) apart by the number of steps done, one array for each number below `steps`."""
        ranked = states[np.argsort(depth[states], kind="stable")]
        ends = np.searchsorted(depth[ranked], np.arange(steps + 1))
        return [ranked[ends[d] : ends[d + 1]] for d in range(steps)]

    def bottleneck(self) -> float:
        """See `Search.bottleneck`."""
        best = np.full(len(self.level), inf)
        best[-1] = 0.0
        for states, sides in self.layers:
            for here, then in _moves(sides):
                best[here] = np.minimum(best[here], best[then])
            best[states] = np.maximum(best[states], self.level[states])
        return float(best[0])

    def bottlenecks(self, changes: int) -> list[float]:
        """See `Search.bottlenecks`: one sweep for each change, over what the sweep before left behind."""
        turned = np.full(len(self.level), inf)
        turned[-1] = 0.0
        least_by_changes: list[float] = []
        for _ in range(changes + 1):
            ahead = np.full((self.sides, len(self.level)), inf)
            ahead[:, -1] = 0.0
            for states, sides in self.layers:
                for best, moves in zip(ahead, sides, strict=True):
                    for here, then in moves:
                        best[here] = np.minimum(best[here], np.minimum(best[then], turned[then]))
                    best[states] = np.maximum(best[states], self.level[states])
            turned = ahead.min(axis=0)
            least_by_changes.append(float(turned[0]))
        return least_by_changes

    def fewest(self, cap: float) -> NDArray[np.int16]:
        """See `Search.fewest`."""
        table = np.full((self.sides + 1, len(self.level)), NEVER, dtype=np.int16)
        table[:, -1] = 0
        anybody = table[-1]
        beyond = self.level > cap
        for states, sides in self.layers:
            for own, moves in zip(table, sides, strict=False):
                for here, then in moves:
                    own[here] = np.minimum(own[here], np.minimum(own[then], np.minimum(anybody[then], NEVER - 1) + 1))
            out = states[beyond[states]]
            table[:-1, out] = NEVER
            anybody[states] = table[:-1, states].min(axis=0)
        return table.T


def _moves(sides: list[list[tuple[Ints, Ints]]]) -> Iterator[tuple[Ints, Ints]]:
    for moves in sides:
        yield from moves
