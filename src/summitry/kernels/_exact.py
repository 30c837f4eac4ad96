"""Values as exact integers, so that sums can be compared and counted without rounding.

Decimal input (and PERT sixths, and fractions with small denominators) becomes integers on a common unit per party; anything
else goes onto a binary grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SAFE = 2.0**52
"""Sums stay below this, so that every integer is also a float64 and no comparison rounds."""
REACH = 2.0**42
"""A single value stays below this while a unit is sought, so that the test for a whole number has digits to spare."""
NOISE = 64 * 2.0**-52
"""How far a value may lie from its decimal, relative to the party's largest value: roundings, and scores written to 14 digits."""
SHARE = 1e-6
"""How far it may lie from it relative to itself, so that a small value beside a large one disappears only below `DUST`."""
DUST = 2.0**-52
"""What is left where a zero was meant, as in 0.1 + 0.2 - 0.3, relative to the party's largest value."""
LARGEST, SMALLEST = 1e290, 1e-290
DENOMINATORS = (1, 3**2 * 7 * 11 * 13, 3**2 * 7 * 17 * 19 * 23)
"""Factors tried beside a power of ten; together with it they cover sixths and the maxima that usual scores are divided by."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Groups of choices in whole units: `options[g]` is int64 (P, n_g) with least entry 0 in each row.

    `value = (sum of whole units + offset) / unit`, per party; `exact[p]` tells whether party p's input is represented exactly.
    """

    options: tuple[NDArray[np.int64], ...]
    offset: NDArray[np.int64]
    unit: NDArray[np.float64]
    exact: NDArray[np.bool_]

    def floats(self, points: NDArray[np.int64]) -> NDArray[np.float64]:
        """Values (F, P) of points (P, F) in whole units, each the float64 nearest to the exact quotient."""
        return np.ascontiguousarray(((points + self.offset[:, None]) / self.unit[:, None]).T)


def whole(groups: Sequence[NDArray[np.float64]], parties: int) -> Whole:
    """Find each party's unit and express the groups' (n_g, P) values in it.

    1. Try S = 10^d, as large as the values allow, alone and times a product of small primes: where all values times S are
       whole up to `NOISE`, divide S and the values by their greatest common divisor; that unit is exact.
    2. Otherwise S = 2^e with all sums below `SAFE`: each value moves by at most 2^-52 of the sum of the groups' largest
       magnitudes, so packages that differ by less than that per group may be ranked, or told apart, either way.
    3. Shift every group so that its least entry is 0 and remember the sum of the shifts.
    """
    sizes = [len(group) for group in groups]
    table = np.concatenate([*groups, np.zeros((0, parties))]).T
    starts = np.cumsum([0, *sizes[:-1]]) if sizes else np.zeros(0, dtype=np.intp)
    units = np.ones(parties)
    exact = np.ones(parties, dtype=np.bool_)
    ints = np.zeros(table.shape, dtype=np.int64)
    offset = np.zeros(parties, dtype=np.int64)
    if table.size:
        sizeable = np.abs(table)
        tops = np.maximum.reduceat(sizeable, starts, axis=1).sum(axis=1)
        for party in range(parties):
            ints[party], units[party], exact[party] = _unit(table[party], float(sizeable[party].max()), float(tops[party]))
        least = np.minimum.reduceat(ints, starts, axis=1)
        offset = least.sum(axis=1)
        ints -= np.repeat(least, sizes, axis=1)
    options = tuple(np.ascontiguousarray(ints[:, start : start + size]) for start, size in zip(starts, sizes, strict=True))
    return Whole(options, offset, units, exact)


def _unit(values: NDArray[np.float64], largest: float, top: float) -> tuple[NDArray[np.int64], float, bool]:
    if largest == 0.0:
        return np.zeros(values.shape, dtype=np.int64), 1.0, True
    if top > LARGEST or largest < SMALLEST:
        raise ValueError(f"largest value {largest:g}: not 0 or {SMALLEST:g} to {LARGEST:g}")
    for factor in DENOMINATORS:
        digits = min(12, int(np.floor(np.log10(REACH / (largest * factor)))))
        if digits < 0:
            continue
        scale = factor * 10**digits
        scaled = values * float(scale)
        rounded = np.rint(scaled)
        near = np.maximum(DUST * largest * scale, np.minimum(NOISE * largest * scale, SHARE * np.abs(scaled)))
        if (np.abs(scaled - rounded) <= near).all():
            ints = rounded.astype(np.int64)
            common = int(np.gcd(np.gcd.reduce(ints), scale))
            if top * scale / common < SAFE:
                return ints // common, float(scale // common), True
    unit = 2.0 ** np.floor(np.log2(SAFE / top))
    ints = np.rint(values * unit).astype(np.int64)
    return ints, float(unit), bool(np.array_equal(ints / unit, values))
