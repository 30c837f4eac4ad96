"""The sets of steps that can be done at one moment, and the walks through them from nothing to everything.

Steps that must follow one another form a chain, and only a place in each chain needs to be remembered: n free steps are 2^n
states, but 5 issues of 6 lumps each are 7^5 instead of 2^30. Identical steps are made a chain, since only their number matters.
"""

# Comparisons are written out: thousands of small packages are searched, and a call of min or max takes longer than the rest.
# ruff: noqa: FURB136, PLR1730

from __future__ import annotations

import sys
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import inf, prod
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_STATES = 2**22
"""States up to which the search is exact and takes seconds at most: 22 free steps, or many more in chains."""
NARROW_TO = 2**18
"""States to which a larger space is narrowed by fixing the order of some steps of one side."""
LAYER_AT = 2_000
"""States times chains from which arrays beat plain lists."""
COMPILE_AT = 4_000_000
"""States times chains from which loading the compiled way is worth its second."""
READY_AT = 3_000
"""The same once it is loaded."""
HALVE_AT = 16
"""Changes of mover from which bisecting the levels beats one sweep for each change."""
TIE = 1e-9
"""Loads that differ by less, relatively, count as equal, so that the rounding of sums decides nothing."""
NEVER = 32_767
"""Changes of mover where there is no way to the end."""


@dataclass(frozen=True, slots=True)
class Space:
    """Steps in chains. A state's index is the sum of place * stride over chains; it only grows while steps are done.

    `needed[b]` are the pairs (chain, place) that must be reached before step b; `sides` is the number of sides;
    `whole` is False where the order of some steps was fixed because there were too many states.
    """

    chains: tuple[tuple[int, ...], ...]
    strides: tuple[int, ...]
    side: tuple[int, ...]
    needed: tuple[tuple[tuple[int, int], ...], ...]
    sides: int
    whole: bool = True

    @property
    def states(self) -> int:
        """The number of states, done or not, reachable or not."""
        return _states(self.chains)

    def moves(self, places: Sequence[int]) -> list[tuple[int, int]]:
        """The (step, chain) pairs that can be done next where `places` is reached in each chain, by step."""
        found = []
        for c, chain in enumerate(self.chains):
            if places[c] < len(chain):
                step = chain[places[c]]
                if all(places[other] >= place for other, place in self.needed[step]):
                    found.append((step, c))
        return sorted(found)

    def holding(self, need: NDArray[np.bool_], ends: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The states in which all steps of `need` (n,) are done and none of `ends` (n,), shape (states,)."""
        found = np.ones(1, dtype=np.bool_)
        for chain in self.chains:
            here = np.ones(len(chain) + 1, dtype=np.bool_)
            for place, step in enumerate(chain):
                if need[step]:
                    here[: place + 1] = False
                if ends[step]:
                    here[place + 1 :] = False
            found = (here[:, None] & found).reshape(-1)
        return found

    def sums(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of rows (n, P) over the steps done, for every state, shape (P, states)."""
        total = np.zeros((rows.shape[1], 1))
        for chain in self.chains:
            reached = np.zeros((rows.shape[1], len(chain) + 1))
            reached[:, 1:] = np.cumsum(rows[list(chain)], axis=0).T
            total = (reached[:, :, None] + total[:, None, :]).reshape(len(reached), -1)
        return total


def space_of(
    rows: NDArray[np.float64], mover: NDArray[np.int64], before: NDArray[np.bool_], also: NDArray[np.float64] | None = None
) -> Space | None:
    """Put steps with rows (n, P) into chains; None where the prerequisites run in a circle.

    1. Of identical steps (row, row of `also`, mover, prerequisites), each waits for the one before it: no load or order is lost.
    2. Close the prerequisites transitively along a topological order.
    3. Append each step in that order to the chain whose last step is the latest of its prerequisites, else open a chain.
    4. Beyond `MOST_STATES`, fix the order of some steps (see `_narrow`).
    """
    found = _chained(rows, mover, before, rows[:, :0] if also is None else also)
    if found is None:
        return None
    chains, bits = found
    if _states(chains) <= MOST_STATES:
        return space_of_chains(chains, mover, bits)
    return replace(space_of_chains(_narrow(chains, rows, mover, bits, NARROW_TO), mover, bits), whole=False)


def _chained(
    rows: NDArray[np.float64], mover: NDArray[np.int64], before: NDArray[np.bool_], also: NDArray[np.float64]
) -> tuple[list[list[int]], list[int]] | None:
    """Steps 1 to 3 of `space_of`: the chains, and the closed prerequisites; None where they run in a circle."""
    count = len(mover)
    bits = [0] * count
    if before.any():
        for a, b in np.argwhere(before).tolist():
            bits[b] |= 1 << a
    twins: dict[tuple[int, bytes, bytes, bytes], int] = {}
    alike = np.concatenate([rows, also], axis=1)
    for b in range(count):
        key = (int(mover[b]), alike[b].tobytes(), before[b].tobytes(), before[:, b].tobytes())
        if key in twins:
            bits[b] |= 1 << twins[key]
        twins[key] = b
    ranked = _close(bits)
    if ranked is None:
        return None
    chains: list[list[int]] = []
    for b in ranked:
        tails = [chain for chain in chains if bits[b] >> chain[-1] & 1]
        if tails:
            max(tails, key=lambda chain: ranked.index(chain[-1])).append(b)
        else:
            chains.append([b])
    return chains, bits


def narrowed(
    rows: NDArray[np.float64], mover: NDArray[np.int64], before: NDArray[np.bool_], also: NDArray[np.float64], most: int
) -> Space | None:
    """As `space_of`, with the order of some steps fixed so that there are at most `most` states."""
    found = _chained(rows, mover, before, also)
    if found is None:
        return None
    return replace(space_of_chains(_narrow(found[0], rows, mover, found[1], most), mover, found[1]), whole=False)


def _narrow(
    chains: list[list[int]], rows: NDArray[np.float64], mover: NDArray[np.int64], bits: list[int], most: int
) -> list[list[int]]:
    """Merge chains until there are at most `most` states; `bits` is kept closed. Fewer orders remain, and each is permitted.

    1. Merge the two shortest chains that begin with the same side; where all begin with different sides, the two shortest.
    2. In the merged chain, of the two heads that wait for nothing in it comes first the one with the least burden: what it takes
       from the parties, each in shares of its sum of magnitudes. Small gifts first leave the cushion that large ones need.
    """
    burden = (np.maximum(0.0, -rows) / np.maximum(np.abs(rows).sum(axis=0), np.finfo(np.float64).tiny)).sum(axis=1).tolist()
    while _states(chains) > most:
        pairs = list(combinations(sorted(chains, key=lambda chain: (len(chain), chain)), 2))
        one, two = next(((a, b) for a, b in pairs if mover[a[0]] == mover[b[0]]), pairs[0])
        left, merged = [*one, *two], []
        while left:
            waiting = sum(1 << a for a in left)
            step = min((b for b in left if not bits[b] & waiting), key=lambda b: (burden[b], b))
            left.remove(step)
            merged.append(step)
        for a, b in pairwise(merged):
            bits[b] |= 1 << a
        _close(bits)
        chains = [chain for chain in chains if chain not in (one, two)] + [merged]
    return chains


def _states(chains: Sequence[Sequence[int]]) -> int:
    return prod(len(chain) + 1 for chain in chains)


def space_of_chains(chains: Sequence[Sequence[int]], mover: NDArray[np.int64], closed: Sequence[int]) -> Space:
    """Build the space of given chains; bit a of closed[b] says that a must precede b, directly or not.

    Raises ValueError where there are more than `MOST_STATES` states.
    """
    states = _states(chains)
    if states > MOST_STATES:
        msg = f"{len(mover)} steps in {len(chains)} chains have {states:,} states; at most {MOST_STATES:,} are searched"
        raise ValueError(msg)
    strides = [1]
    for chain in chains:
        strides.append(strides[-1] * (len(chain) + 1))
    masks = [sum(1 << a for a in chain) for chain in chains]
    needed = tuple(
        tuple((c, (bits & mask).bit_count()) for c, mask in enumerate(masks) if bits & mask and not mask >> b & 1)
        for b, bits in enumerate(closed)
    )
    names = {side: s for s, side in enumerate(sorted(set(mover.tolist())))}
    side = tuple(names[m] for m in mover.tolist())
    return Space(tuple(tuple(chain) for chain in chains), tuple(strides[:-1]), side, needed, len(names))


def _close(bits: list[int]) -> list[int] | None:
    """Close prerequisites transitively in place, and return the steps in a topological order; None where there is a circle."""
    done = 0
    ranked: list[int] = []
    while len(ranked) < len(bits):
        free = [b for b, need in enumerate(bits) if not done >> b & 1 and not need & ~done]
        if not free:
            return None
        for b in free:
            done |= 1 << b
            direct = bits[b]
            for a in ranked:
                if direct >> a & 1:
                    bits[b] |= bits[a]
        ranked += free
    return ranked


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
    if work > (READY_AT if "summitry.kernels._chains_fast" in sys.modules else COMPILE_AT):
        from summitry.kernels._chains_fast import Compiled

        return Compiled(space, level)
    if work > LAYER_AT:
        from summitry.kernels._chains_layers import Layered

        return Layered(space, level)
    return Listed(space, level)


class Listed:
    """The reference: plain lists of the states that each side's next step leads to, which is fast while there are few."""

    def __init__(self, space: Space, level: NDArray[np.float64]) -> None:
        self.level: list[float] = level.tolist()
        self.then: list[list[list[int]]] = [[[] for _ in self.level] for _ in range(space.sides)]
        done = [0]
        for chain in space.chains:
            reached = [0]
            for step in chain:
                reached.append(reached[-1] | 1 << step)
            done = [mask | below for mask in reached for below in done]
        before = [sum(1 << a for c, place in needed for a in space.chains[c][:place]) for needed in space.needed]
        for chain, stride in zip(space.chains, space.strides, strict=True):
            for place, step in enumerate(chain):
                need, then = before[step], self.then[space.side[step]]
                for start in range(place * stride, len(level), stride * (len(chain) + 1)):
                    for state in range(start, start + stride):
                        if not need & ~done[state]:
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
        found: list[float] = []
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
            found.append(turned[0])
        return found

    def fewest(self, cap: float) -> NDArray[np.int16]:
        """See `Search.fewest`; `ahead[s]` counts, behind a step of side s, the change to another side as well."""
        level, sides = self.level, range(len(self.then))
        ahead = [[NEVER] * (len(level) - 1) + [0] for _ in sides]
        found = [[NEVER] * (len(level) - 1) + [0] for _ in range(len(self.then) + 1)]
        for state in range(len(level) - 2, -1, -1):
            if level[state] > cap:
                continue
            any_side = NEVER
            for s in sides:
                best, least = ahead[s], NEVER
                for t in self.then[s][state]:
                    if best[t] < least:
                        least = best[t]
                found[s][state] = least
                if least < any_side:
                    any_side = least
            if any_side < NEVER:
                found[-1][state] = any_side
                for s in sides:
                    least = found[s][state]
                    ahead[s][state] = least if least <= any_side else any_side + 1
        return np.array(found, dtype=np.int16).T
