"""The compiled twin of `_walks.ListSearch`; imported only where the work is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from summitry.kernels._space import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels._space import Space

    Bits = NDArray[np.uint64]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
PLACE = np.zeros(64, dtype=np.int64)
PLACE[[(0x03F79D71B4CB0A89 << place) % 2**64 >> 58 for place in range(64)]] = range(64)


class CompiledSearch:
    """See `_walks.Search`."""

    def __init__(self, space: Space, level: NDArray[np.float64]) -> None:
        flat = [pair for needed in space.needed for pair in needed]
        self.level = np.ascontiguousarray(level)
        self.sides = space.sides
        self.space = (
            np.array(space.strides, dtype=np.int64),
            np.array([len(chain) for chain in space.chains], dtype=np.int64),
            np.cumsum([0, *map(len, space.chains)])[:-1].astype(np.int64),
            np.array([step for chain in space.chains for step in chain], dtype=np.int64),
            np.array(space.side, dtype=np.int64),
            space.sides,
            np.cumsum([0, *map(len, space.needed)]).astype(np.int64),
            np.array(flat, dtype=np.int64).reshape(-1, 2),
        )

    def bottleneck(self) -> float:
        """See `Search.bottleneck`."""
        return float(_bottleneck(self.level, *self.space))

    def bottlenecks(self, changes: int) -> list[float]:
        """See `Search.bottlenecks`."""
        turned = np.full(len(self.level), np.inf)
        turned[-1] = 0.0
        best = np.empty((len(self.level), self.sides))
        least_by_changes: list[float] = []
        for _ in range(changes + 1):
            _one_more_change(self.level, turned, best, *self.space)
            least_by_changes.append(float(turned[0]))
        return least_by_changes

    def fewest(self, cap: float) -> NDArray[np.int16]:
        """See `Search.fewest`."""
        table = np.full((len(self.level), self.sides + 1), NEVER, dtype=np.int16)
        _fewest(self.level, cap, table, *self.space)
        return table


@njit(cache=True)
def _back(place: Ints, length: Ints, first: Ints, steps: Ints, side: Ints, open_to: Bits) -> None:
    """Go to the state before; bit c of open_to[s] (sides,) says that the next step of chain c is there and is side s's."""
    for c in range(place.size):
        bit = np.uint64(1) << np.uint64(c)
        if place[c] < length[c]:
            open_to[side[steps[first[c] + place[c]]]] &= ~bit
        if place[c] > 0:
            place[c] -= 1
            open_to[side[steps[first[c] + place[c]]]] |= bit
            return
        place[c] = length[c]


@njit(cache=True)
def _lowest(bits: np.uint64) -> int:
    """The place of the lowest set bit: the top six bits of its product with a de Bruijn sequence tell (Leiserson 1998)."""
    return int(PLACE[((bits & (~bits + np.uint64(1))) * DE_BRUIJN) >> np.uint64(58)])


@njit(cache=True)
def _waits(step: int, place: Ints, at: Ints, needed: Ints) -> bool:
    for k in range(at[step], at[step + 1]):  # noqa: SIM110 (a loop compiles to a loop)
        if place[needed[k, 0]] < needed[k, 1]:
            return True
    return False


@njit(cache=True)
def _bottleneck(
    level: Floats, stride: Ints, length: Ints, first: Ints, steps: Ints, side: Ints, sides: int, at: Ints, needed: Ints
) -> float:
    best = np.empty(level.size)
    best[-1] = 0.0
    place, open_to = length.copy(), np.zeros(sides, dtype=np.uint64)
    free = needed.size == 0
    for state in range(level.size - 2, -1, -1):
        _back(place, length, first, steps, side, open_to)
        least = np.inf
        if level[state] < np.inf:
            for s in range(sides):
                bits = open_to[s]
                while bits:
                    c = _lowest(bits)
                    bits &= bits - np.uint64(1)
                    value = best[state + stride[c]]
                    if free or not _waits(steps[first[c] + place[c]], place, at, needed):
                        least = min(least, value)
        best[state] = max(least, level[state])
    return float(best[0])


@njit(cache=True)
def _one_more_change(
    level: Floats,
    turned: Floats,
    best: Floats,
    stride: Ints,
    length: Ints,
    first: Ints,
    steps: Ints,
    side: Ints,
    sides: int,
    at: Ints,
    needed: Ints,
) -> None:
    """Replace `turned` (states,), the bottleneck with k changes, by that with k + 1; `best` (states, sides) is scratch."""
    best[-1, :] = 0.0
    place, open_to = length.copy(), np.zeros(sides, dtype=np.uint64)
    free = needed.size == 0
    for state in range(level.size - 2, -1, -1):
        _back(place, length, first, steps, side, open_to)
        for s in range(sides):
            least = np.inf
            if level[state] < np.inf:
                bits = open_to[s]
                while bits:
                    c = _lowest(bits)
                    bits &= bits - np.uint64(1)
                    value = min(best[state + stride[c], s], turned[state + stride[c]])
                    if free or not _waits(steps[first[c] + place[c]], place, at, needed):
                        least = min(least, value)
            best[state, s] = max(least, level[state])
    for state in range(level.size):
        least = best[state, 0]
        for s in range(1, sides):
            least = min(least, best[state, s])
        turned[state] = least


@njit(cache=True)
def _fewest(
    level: Floats,
    cap: float,
    table: NDArray[np.int16],
    stride: Ints,
    length: Ints,
    first: Ints,
    steps: Ints,
    side: Ints,
    sides: int,
    at: Ints,
    needed: Ints,
) -> None:
    table[-1, :] = 0
    place, open_to = length.copy(), np.zeros(sides, dtype=np.uint64)
    free = needed.size == 0
    for state in range(level.size - 2, -1, -1):
        _back(place, length, first, steps, side, open_to)
        if level[state] > cap:
            continue
        least = np.int64(NEVER)
        for s in range(sides):
            fewest = np.int64(NEVER)
            bits = open_to[s]
            while bits:
                c = _lowest(bits)
                bits &= bits - np.uint64(1)
                then = state + stride[c]
                value = min(np.int64(table[then, s]), np.int64(table[then, sides]) + 1)
                if free or not _waits(steps[first[c] + place[c]], place, at, needed):
                    fewest = min(fewest, value)
            table[state, s] = fewest
            least = min(least, fewest)
        table[state, sides] = least
