"""Votes on many packages in many draws: who says yes, and where the yes-votes carry. Arrays only.

Axes: N packages, Q columns, C seats, D draws. Sums of points are matrix products in single precision; every sum that lies so near
its threshold that rounding could decide is counted again in double precision, so the answer is that of double precision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS, DRAWS = 128, 512
"""A block of margins of this size stays in the cache; its edges are fixed, so that no number depends on the cores at work."""
UNIT = 1.01 * 2.0**-24
"""Rounding error of single precision, and a little for that of its own bound."""
SEATS = 8
TIE = 1e-9
"""Shares that fall short of the quota by less are equal to it, and so are sums and thresholds."""


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """A back table made ready to count: `stance` (C, Q, D), `least` (C, D) what a sum must reach, `weight` and `veto` (C,).

    `fast` (C, Q + 1, D) is single precision, its last row minus `least`; `reach` (C, Q + 1) bounds its rows from above.
    """

    stance: NDArray[np.float64]
    least: NDArray[np.float64]
    weight: NDArray[np.float64]
    veto: NDArray[np.bool_]
    quota: float
    fast: NDArray[np.float32]
    reach: NDArray[np.float64]


def ready(
    stance: NDArray[np.float64],
    threshold: NDArray[np.float64],
    weight: NDArray[np.float64],
    veto: NDArray[np.bool_],
    quota: float,
) -> Ballots:
    """Make a back table ready: worth doing once for many counts."""
    least = threshold - TIE
    seats, columns, draws = stance.shape
    fast = np.empty((seats, columns + 1, draws), dtype=np.float32)
    fast[:, :-1], fast[:, -1] = stance, -least
    return Ballots(stance, least, weight, veto, quota, fast, np.abs(fast).max(axis=2, initial=0.0).astype(np.float64))


def carried(ballots: Ballots, rows: NDArray[np.float64], draws: int | None = None) -> NDArray[np.bool_]:
    """Where the votes carry each of the packages `rows` (N, Q), 0 or 1 by column; shape (N, D), or its first `draws` columns."""
    count = ballots.least.shape[1] if draws is None else draws
    part = _part(ballots, rows, count)
    result = np.empty((len(rows), count), dtype=np.bool_)
    for start in range(0, len(rows), ROWS):
        at = slice(start, start + ROWS)
        for low in range(0, count, DRAWS):
            result[at, low : low + DRAWS] = _block(ballots, part, at, low)
    return result


def chances(
    ballots: Ballots, rows: NDArray[np.float64], waived: NDArray[np.bool_], law: NDArray[np.int64], draws: int | None = None
) -> NDArray[np.float64]:
    """The share of all draws, or the first `draws`, in which each package is carried and lawful, shape (N,).

    No table of packages by draws is made.
    `law` (N,) numbers each package's row of `waived` (M, D): the draws in which all laws that it meets are lifted.
    """
    draws = ballots.least.shape[1] if draws is None else draws
    part = _part(ballots, rows, draws)
    count = np.zeros(len(rows), dtype=np.int64)
    for start in range(0, len(rows), ROWS):
        at = slice(start, start + ROWS)
        for low in range(0, draws, DRAWS):
            count[at] += (_block(ballots, part, at, low) & waived[law[at], low : min(low + DRAWS, draws)]).sum(axis=1)
    return np.asarray(count / max(draws, 1))


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Packages over the K columns that occur in them, `rows` (N, K), and with a last column of ones `fast_rows` (N, K + 1).

    `fast` (C, K + 1, D) is the table over these columns, `unsure` (C, N) bounds the error of a margin in single precision.
    """

    used: NDArray[np.int64]
    rows: NDArray[np.float64]
    fast_rows: NDArray[np.float32]
    fast: NDArray[np.float32]
    unsure: NDArray[np.float32]


def _part(ballots: Ballots, rows: NDArray[np.float64], draws: int) -> _Part:
    used = np.flatnonzero(rows.any(axis=0))
    picked = np.append(used, rows.shape[1])
    ones = np.ones((len(rows), picked.size))
    ones[:, :-1] = rows[:, used]
    unsure = (ones.sum(axis=1) + 2.0) * UNIT * (ballots.reach[:, picked] @ ones.T)
    return _Part(used, ones[:, :-1], ones.astype(np.float32), ballots.fast[:, picked, :draws], unsure.astype(np.float32))


def _block(ballots: Ballots, part: _Part, at: slice, low: int) -> NDArray[np.bool_]:
    """Where some packages are carried in a block of draws from `low` on.

    The votes of eight seats are the bits of one byte, whose weight a table holds.
    """
    fast = part.fast[:, :, low : low + DRAWS]
    x = part.fast_rows[at]
    share = np.zeros((len(x), fast.shape[2]))
    passes, byte = np.ones(share.shape, dtype=np.bool_), np.zeros(share.shape, dtype=np.uint8)
    margin, size = np.empty(share.shape, dtype=np.float32), np.empty(share.shape, dtype=np.float32)
    yes, near = np.empty_like(passes), np.empty_like(passes)
    for c in range(len(fast)):
        np.matmul(x, fast[c], out=margin)
        np.greater_equal(margin, 0.0, out=yes)
        np.abs(margin, out=size)
        np.less_equal(size, part.unsure[c, at, None], out=near)
        if (close := np.flatnonzero(near)).size:
            n, d = np.divmod(close, share.shape[1])
            points = ballots.stance[c][part.used[:, None], d + low]
            yes[n, d] = np.einsum("ek,ke->e", part.rows[at][n], points) >= ballots.least[c, d + low]
        if ballots.veto[c]:
            passes &= yes
        np.add(byte, byte, out=byte)
        np.bitwise_or(byte, yes.view(np.uint8), out=byte)
        if c % SEATS == SEATS - 1 or c == len(fast) - 1:
            share += _weights(ballots.weight[c - c % SEATS : c + 1])[byte]
            byte[:] = 0
    passes &= share >= ballots.quota - TIE
    return passes


def _weights(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """The summed weight of every set of at most eight seats, the first seat being the highest bit, shape (2 ** n,)."""
    total = np.zeros(1)
    for w in weight:
        total = np.stack([total, total + w], axis=1).reshape(-1)
    return total
