"""The compiled twin of `_walks.ListSearch`; imported only where the work is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

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
        self.space = (
            np.array(space.strides, dtype=np.int64),
            np.array([len(chain) for chain in space.chains], dtype=np.int64),
            np.cumsum([0, *map(len, space.chains)])[:-1].astype(np.int64),
            np.array([step for chain in space.chains for step in chain], dtype=np.int64),
            np.cumsum([0, *map(len, space.needed)]).astype(np.int64),
            np.array(flat, dtype=np.int64).reshape(-1, 2),
        )

    def ahead(self) -> Floats:
        """See `Search.ahead`."""
        return np.asarray(_ahead(self.level, *self.space))


@njit(cache=True)
def _back(place: Ints, length: Ints, open_to: Bits) -> None:
    """Go to the state before; bit c of open_to (1,) says that chain c has a next step."""
    for c in range(place.size):
        bit = np.uint64(1) << np.uint64(c)
        if place[c] < length[c]:
            open_to[0] &= ~bit
        if place[c] > 0:
            place[c] -= 1
            open_to[0] |= bit
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
def _ahead(level: Floats, stride: Ints, length: Ints, first: Ints, steps: Ints, at: Ints, needed: Ints) -> Floats:
    best = np.empty(level.size)
    best[-1] = 0.0
    place, open_to = length.copy(), np.zeros(1, dtype=np.uint64)
    free = needed.size == 0
    for state in range(level.size - 2, -1, -1):
        _back(place, length, open_to)
        least = np.inf
        if level[state] < np.inf:
            bits = open_to[0]
            while bits:
                c = _lowest(bits)
                bits &= bits - np.uint64(1)
                value = best[state + stride[c]]
                if free or not _waits(steps[first[c] + place[c]], place, at, needed):
                    least = min(least, value)
        best[state] = max(least, level[state])
    return best
