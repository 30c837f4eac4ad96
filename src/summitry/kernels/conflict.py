"""Which statements contradict each other: a minimal set of linear rows that no point meets, by leaving out each in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def feasible(rows: NDArray[np.float64], bounds: NDArray[np.float64]) -> bool:
    """Whether some x with bounds[:, 0] <= x <= bounds[:, 1] has rows @ x >= 0; rows (K, n), bounds (n, 2)."""
    from scipy.optimize import linprog

    if not len(rows):
        return True
    limits = [(float(low), float(high)) for low, high in bounds]
    scale = np.abs(rows).max(axis=1, keepdims=True)
    scaled = rows / np.where(scale > 0.0, scale, 1.0)
    program = linprog(np.zeros(rows.shape[1]), A_ub=-scaled, b_ub=np.zeros(len(rows)), bounds=limits, method="highs")
    return bool(program.status != 2)  # noqa: PLR2004 (HiGHS: infeasible)


def contradiction(rows: NDArray[np.float64], group: NDArray[np.int64], bounds: NDArray[np.float64]) -> tuple[int, ...]:
    """The groups of rows of one minimal contradiction, or () where all can hold: leaving any one of them out resolves it.

    The deletion filter (Chinneck 2008): leave each group out in turn, and for good where a contradiction remains. `group` (K,)
    numbers the statement that each row belongs to; the first are left out first, so that the newest is among those named.
    """
    if feasible(rows, bounds):
        return ()
    core = list(dict.fromkeys(group.tolist()))
    for one in tuple(core):
        rest = [g for g in core if g != one]
        if not feasible(rows[np.isin(group, rest)], bounds):
            core = rest
    return tuple(core)
