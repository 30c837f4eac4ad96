"""The slow, obvious twin of the vote count: every package, every draw, every seat by itself, in double precision."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def carried(
    stance: NDArray[np.float64],
    threshold: NDArray[np.float64],
    weight: NDArray[np.float64],
    veto: NDArray[np.bool_],
    quota: float,
    rows: NDArray[np.float64],
) -> list[list[bool]]:
    """Whether the votes carry each package in each draw; what is short by less than 1e-9 is not short."""
    seats, columns, draws = stance.shape
    result = []
    for row in rows:
        said = []
        for d in range(draws):
            yes = [fsum(stance[c, q, d] for q in range(columns) if row[q]) - threshold[c, d] >= -1e-9 for c in range(seats)]
            share = fsum(weight[c] for c in range(seats) if yes[c])
            said.append(share >= quota - 1e-9 and all(yes[c] for c in range(seats) if veto[c]))
        result.append(said)
    return result
