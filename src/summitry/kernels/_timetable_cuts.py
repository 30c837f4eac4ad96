"""Further limits that follow from capacities: what tasks ask for, rounded so that what no other task could use counts as taken.

A dual feasible function f keeps every limit: what fits together before f fits together after it. Where a team of three out of
four leaves one that nobody can use, f counts it as four, and the work of all then needs more days than units alone say.
Fekete and Schepers, Math. Program. 91, 2001; Carlier, Clautiaux and Moukrim, Comput. Oper. Res. 34, 2007.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

MOST = 5
"""Further limits for each resource: those that ask for most days."""


def cuts(uses: Ints, room: Ints, length: Ints) -> tuple[Ints, Ints]:
    """The limits themselves and those that follow, as `uses` (n, Q) and `room` (Q,); none where nothing is asked."""
    found: list[tuple[Ints, int]] = []
    for r in range(len(room)):
        own, most = uses[:, r], int(room[r])
        if not own.any():
            continue
        rows = {(tuple(row.tolist()), top): (row, top) for row, top in _rounded(own, most)}
        rows.pop((tuple(own.tolist()), most), None)
        ranked = sorted(rows.values(), key=lambda row: -float(row[0] @ length) / row[1])
        found += [(own, most), *ranked[:MOST]]
    return np.array([row for row, _ in found], dtype=np.int64).reshape(-1, len(uses)).T.copy(), np.array(
        [top for _, top in found], dtype=np.int64
    )


def _rounded(own: Ints, most: int) -> list[tuple[Ints, int]]:
    """`own` under each function whose parameter is a number of units at which it changes."""
    half = {int(u) for u in own if 0 < 2 * u <= most} | {most + 1 - int(u) for u in own if 2 * u > most + 1}
    found = []
    for k in sorted(half):
        found.append((np.where(own > most - k, most, np.where(own >= k, own, 0)), most))
        over = 2 * (most // k - (most - own) // k)
        found.append((np.where(2 * own > most, over, np.where(2 * own == most, most // k, 2 * (own // k))), 2 * (most // k)))
    return found
