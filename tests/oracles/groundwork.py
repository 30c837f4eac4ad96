"""The obvious way to find efficient subsets of moves: look at all of them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels.portfolio import Votes


def carried_once(margin: NDArray[np.float64], votes: Votes) -> bool:
    """One draw (K,), row by row."""
    tally = [0.0] * len(votes.quota)
    for k, value in enumerate(margin):
        if votes.group[k] < 0 and value < 0:
            return False
        if votes.group[k] >= 0 and value >= 0:
            tally[votes.group[k]] += votes.weight[k]
    return all(share >= quota for share, quota in zip(tally, votes.quota, strict=True))


def efficient(
    margin: NDArray[np.float64], shift: NDArray[np.float64], votes: Votes, cost: NDArray[np.float64], needs: NDArray[np.bool_]
) -> list[tuple[float, int]]:
    """(cost, count) of every subset that no other beats, by rising cost."""
    found: set[tuple[float, int]] = set()
    for bits in product((False, True), repeat=len(shift)):
        chosen = np.array(bits, dtype=bool)
        if any((needs[m] & ~chosen).any() for m in np.flatnonzero(chosen)):
            continue
        total = margin + shift[chosen].sum(axis=0)
        found.add((float(cost[chosen].sum()), sum(carried_once(total[:, d], votes) for d in range(margin.shape[1]))))
    return sorted(point for point in found if not any(c <= point[0] and n >= point[1] and (c, n) != point for c, n in found))
