"""The sets of steps that can be done at one moment: what leads from nothing to everything.

Steps that must follow one another form a chain, and only a place in each chain needs to be remembered: n free steps are 2^n
states, but 5 issues of 6 lumps each are 7^5 instead of 2^30. Identical steps are made a chain, since only their number matters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.timetable import topological

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MOST_STATES = 2**22
"""States up to which the search is exact and takes seconds at most: 22 free steps, or many more in chains."""
NARROW_TO = 2**18
"""States to which a larger space is narrowed by fixing the order of some steps of one side."""
TIE = 1e-9
"""Loads that differ by less, relatively, count as equal, so that the rounding of sums decides nothing."""
MOST_PAIRS = 5_000_000
"""Pairs of states, one after the other, up to which every division of the steps into phases is compared: about a second."""


@dataclass(frozen=True)
class Space:
    """Steps in chains. A state's index is the sum of place * stride over chains; it only grows while steps are done.

    `needed[b]` are the pairs (chain, place) that must be reached before step b; `side[b]` numbers who does it; `whole` is False
    where the order of some steps was fixed because there were too many states.
    """

    chains: tuple[tuple[int, ...], ...]
    strides: tuple[int, ...]
    side: tuple[int, ...]
    needed: tuple[tuple[tuple[int, int], ...], ...]
    whole: bool = True

    @property
    def states(self) -> int:
        """The number of states, done or not, reachable or not."""
        return _states(self.chains)

    @property
    def pairs(self) -> int:
        """The number of pairs of a state and one that comes after it, or the same."""
        return prod((len(chain) + 1) * (len(chain) + 2) // 2 for chain in self.chains)

    def places(self) -> NDArray[np.int64]:
        """The place that each state has reached in each chain, shape (states, chains)."""
        return np.array([self._place(c) for c in range(len(self.chains))], dtype=np.int64).reshape(-1, self.states).T

    def _place(self, c: int) -> NDArray[np.int16]:
        """The place of each state in one chain, shape (states,)."""
        size, stride = len(self.chains[c]) + 1, self.strides[c]
        return np.tile(np.repeat(np.arange(size, dtype=np.int16), stride), self.states // (stride * size))

    @cached_property
    def done(self) -> NDArray[np.bool_]:
        """Which steps are done in each state, shape (states, n)."""
        result = np.empty((len(self.side), self.states), dtype=np.bool_)
        for c, chain in enumerate(self.chains):
            place = self._place(c)
            for k, step in enumerate(chain):
                result[step] = place > k
        return result.T

    @cached_property
    def reachable(self) -> NDArray[np.bool_]:
        """The states that hold every prerequisite of their steps, shape (states,)."""
        done = self.done
        result = np.ones(self.states, dtype=np.bool_)
        for step, needed in enumerate(self.needed):
            for other, place in needed:
                result &= ~done[:, step] | done[:, self.chains[other][place - 1]]
        return result

    def links(self) -> NDArray[np.bool_]:
        """Which step follows another directly in a chain, shape (n, n)."""
        result = np.zeros((len(self.side), len(self.side)), dtype=np.bool_)
        for chain in self.chains:
            for a, b in pairwise(chain):
                result[a, b] = True
        return result

    def moves(self, places: Sequence[int]) -> list[tuple[int, int]]:
        """The (step, chain) pairs that can be done next where `places` is reached in each chain, by step."""
        pairs = []
        for c, chain in enumerate(self.chains):
            if places[c] < len(chain):
                step = chain[places[c]]
                if all(places[other] >= place for other, place in self.needed[step]):
                    pairs.append((step, c))
        return sorted(pairs)

    def holding(self, need: NDArray[np.bool_], ends: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The states in which all steps of `need` (n,) are done and none of `ends` (n,), shape (states,)."""
        holds = np.ones(1, dtype=np.bool_)
        for chain in self.chains:
            here = np.ones(len(chain) + 1, dtype=np.bool_)
            for place, step in enumerate(chain):
                if need[step]:
                    here[: place + 1] = False
                if ends[step]:
                    here[place + 1 :] = False
            holds = (here[:, None] & holds).reshape(-1)
        return holds

    def sums(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of rows (n, P) over the steps done, for every state, shape (P, states)."""
        total = np.zeros((rows.shape[1], 1))
        for chain in self.chains:
            reached = np.zeros((rows.shape[1], len(chain) + 1))
            reached[:, 1:] = np.cumsum(rows[list(chain)], axis=0).T
            total = (reached[:, :, None] + total[:, None, :]).reshape(len(reached), -1)
        return total


def space_of(
    rows: NDArray[np.float64],
    mover: NDArray[np.int64],
    before: NDArray[np.bool_],
    also: NDArray[np.float64] | None = None,
    *,
    apart: bool = False,
) -> Space | None:
    """Put steps with rows (n, P) into chains; None where the prerequisites run in a circle. `apart` leaves out 1.

    1. Of identical steps (row, row of `also`, mover, prerequisites), each waits for the one before it: no load or order is lost.
    2. Close the prerequisites transitively along a topological order.
    3. Append each step in that order to the chain whose last step is the latest of its prerequisites, else open a chain.
    4. Beyond `MOST_STATES`, fix the order of some steps (see `_narrow`).
    """
    parts = _chains(rows, mover, before, rows[:, :0] if also is None else also, apart=apart)
    if parts is None:
        return None
    chains, bits = parts
    if _states(chains) <= MOST_STATES:
        return _space_of_chains(chains, mover, bits)
    return replace(_space_of_chains(_narrow(chains, rows, mover, bits, NARROW_TO), mover, bits), whole=False)


def _chains(
    rows: NDArray[np.float64],
    mover: NDArray[np.int64],
    before: NDArray[np.bool_],
    also: NDArray[np.float64],
    *,
    apart: bool = False,
) -> tuple[list[list[int]], list[int]] | None:
    """Steps 1 to 3 of `space_of`: the chains, and the closed prerequisites; None where they run in a circle."""
    count = len(mover)
    bits = [0] * count
    if before.any():
        for a, b in np.argwhere(before).tolist():
            bits[b] |= 1 << a
    twins: dict[tuple[int, bytes, bytes, bytes], int] = {}
    alike = np.concatenate([rows, also], axis=1)
    for b in () if apart else range(count):
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


def narrow_space(
    rows: NDArray[np.float64], mover: NDArray[np.int64], before: NDArray[np.bool_], also: NDArray[np.float64], pairs: int
) -> Space | None:
    """As `space_of`, with the order of some steps fixed so that there are at most `pairs` pairs of states."""
    most, space = NARROW_TO, space_of(rows, mover, before, also, apart=True)
    while space is not None and space.pairs > pairs:
        chains, bits = _chains(rows, mover, before, also) or ([], [])
        space = replace(_space_of_chains(_narrow(chains, rows, mover, bits, most), mover, bits), whole=False)
        most //= 2
    return space


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


def _space_of_chains(chains: Sequence[Sequence[int]], mover: NDArray[np.int64], closed: Sequence[int]) -> Space:
    """Build the space of given chains; bit a of closed[b] says that a must precede b, directly or not."""
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
    return Space(tuple(tuple(chain) for chain in chains), tuple(strides[:-1]), side, needed)


def _close(bits: list[int]) -> list[int] | None:
    """Close prerequisites transitively in place; return the steps by how many must precede each in a row; None on a circle."""
    before = np.array([[need >> a & 1 for need in bits] for a in range(len(bits))], dtype=np.bool_).reshape(len(bits), len(bits))
    try:
        order = topological(before)
    except ValueError:
        return None
    depth = [0] * len(bits)
    for b in order:
        for a in np.flatnonzero(before[:, b]).tolist():
            bits[b] |= bits[a]
            depth[b] = max(depth[b], depth[a] + 1)
    return sorted(range(len(bits)), key=lambda b: (depth[b], b))
