"""The compiled twin of `_chains.Listed`; imported only where the work is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from summitry.kernels._chains import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels._chains import Space

    Ints = NDArray[np.int64]


class Compiled:
    """See `_chains.Search`."""

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
            np.cumsum([0, *map(len, space.needed)]).astype(np.int64),
            np.array(flat, dtype=np.int64).reshape(-1, 2),
        )

    def bottleneck(self) -> float:
        """See `Search.bottleneck`."""
        return float(_bottleneck(self.level, *self.space))

    def bottleneck_within(self, changes: int) -> float:
        """See `Search.bottleneck_within`."""
        turned = np.full(len(self.level), np.inf)
        turned[-1] = 0.0
        best = np.empty((len(self.level), self.sides))
        for _ in range(changes + 1):
            _one_more_change(self.level, turned, best, *self.space)
        return float(turned[0])

    def fewest(self, cap: float) -> NDArray[np.int16]:
        """See `Search.fewest`."""
        table = np.full((len(self.level), self.sides + 1), NEVER, dtype=np.int16)
        _fewest(self.level, cap, table, *self.space)
        return table


@njit(cache=True)
def _back(place: Ints, length: Ints) -> None:
    for c in range(place.size):
        if place[c] > 0:
            place[c] -= 1
            return
        place[c] = length[c]


@njit(cache=True)
def _open(step: int, place: Ints, at: Ints, needed: Ints) -> bool:
    for k in range(at[step], at[step + 1]):  # noqa: SIM110 (a loop compiles to a loop)
        if place[needed[k, 0]] < needed[k, 1]:
            return False
    return True


@njit(cache=True)
def _bottleneck(
    level: NDArray[np.float64], stride: Ints, length: Ints, first: Ints, steps: Ints, _side: Ints, at: Ints, needed: Ints
) -> float:
    best = np.empty(level.size)
    best[-1] = 0.0
    place = length.copy()
    for state in range(level.size - 2, -1, -1):
        _back(place, length)
        least = np.inf
        if level[state] < np.inf:
            for c in range(stride.size):
                if place[c] < length[c]:
                    then = state + stride[c]
                    value = max(best[then], level[then])
                    if value < least and _open(steps[first[c] + place[c]], place, at, needed):
                        least = value
        best[state] = least
    return float(best[0])


@njit(cache=True)
def _one_more_change(
    level: NDArray[np.float64],
    turned: NDArray[np.float64],
    best: NDArray[np.float64],
    stride: Ints,
    length: Ints,
    first: Ints,
    steps: Ints,
    side: Ints,
    at: Ints,
    needed: Ints,
) -> None:
    """Replace `turned` (states,), the bottleneck with k changes, by that with k + 1; `best` (states, sides) is scratch."""
    best[-1, :] = 0.0
    place = length.copy()
    for state in range(level.size - 2, -1, -1):
        _back(place, length)
        best[state, :] = np.inf
        if level[state] == np.inf:
            continue
        for c in range(stride.size):
            if place[c] < length[c]:
                then = state + stride[c]
                step = steps[first[c] + place[c]]
                mover = side[step]
                value = max(level[then], min(best[then, mover], turned[then]))
                if value < best[state, mover] and _open(step, place, at, needed):
                    best[state, mover] = value
    for state in range(level.size):
        turned[state] = best[state].min()


@njit(cache=True)
def _fewest(
    level: NDArray[np.float64],
    cap: float,
    table: NDArray[np.int16],
    stride: Ints,
    length: Ints,
    first: Ints,
    steps: Ints,
    side: Ints,
    at: Ints,
    needed: Ints,
) -> None:
    sides = table.shape[1] - 1
    table[-1, :] = 0
    place = length.copy()
    for state in range(level.size - 2, -1, -1):
        _back(place, length)
        if level[state] > cap:
            continue
        for c in range(stride.size):
            if place[c] < length[c]:
                then = state + stride[c]
                ahead = np.int64(table[then, sides])
                step = steps[first[c] + place[c]]
                mover = side[step]
                value = min(np.int64(table[then, mover]), ahead + 1)
                if value < table[state, mover] and _open(step, place, at, needed):
                    table[state, mover] = value
                    table[state, sides] = min(np.int64(table[state, sides]), value)
