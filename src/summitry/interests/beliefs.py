"""What each party believes of those across the table: that they mean to deliver, and what a pretender would pay to seem so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Case, Together


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """What `party` believes of `other`: that it means to deliver, with probability `serious`, and what a pretender would pay.

    `pretender` is (c90, c10) or None. `value` (Q,) are the other's points as the party sees them, PERT means, `reserve` what no
    deal is worth to it, `low` and `high` the ends of the ranges of `value`, `tables` its interactions: from the party's own file
    about the other where this reader has it.
    """

    party: int
    other: int
    serious: float
    pretender: tuple[float, float] | None
    reserve: float
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    tables: tuple[tuple[tuple[tuple[int, frozenset[int]], ...], float], ...]


def beliefs(
    case: Case, seriousness: Sequence[tuple[str, str, float]], place: Mapping[tuple[str, str], int], width: int
) -> Iterator[Belief]:
    """The beliefs of `seriousness` (party, other, probability) between sides, with the other's values as its believer does."""
    parties = list(case.file.parties)
    sides = case.file.sides
    for party, other, serious in seriousness:
        own, estimate = case.believed(party), case.preferences.get(case.viewer or party, {}).get(other)
        theirs = estimate or case.believed(other)
        if sides[party] == sides[other] or own is None or theirs is None:
            continue
        low, value, high = (np.zeros(width) for _ in range(3))
        for issue, values in theirs.values.items():
            for option, span in values.options.items():
                q = place[issue, option]
                low[q], value[q], high[q] = span[0], draw.pert_mean(*span), span[2]
        yield Belief(
            party=parties.index(party),
            other=parties.index(other),
            serious=serious,
            pretender=own.trust[other].pretender,
            reserve=float(draw.pert_mean(*theirs.reservation)),
            value=value,
            low=low,
            high=high,
            tables=tuple(_table(case, together) for together in theirs.together),
        )


def _table(case: Case, together: Together) -> tuple[tuple[tuple[int, frozenset[int]], ...], float]:
    issues = list(case.file.issues)
    where = tuple(
        (issues.index(i), frozenset(list(case.file.issues[i].options).index(o) for o in names))
        for i, names in together.when.items()
    )
    return where, float(draw.pert_mean(*together.value))
