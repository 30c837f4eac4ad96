"""Words minus deeds by month, for one party or across two: the series, whether it drifts, and where it jumps.

One scale for both: -2 hostile to 2 cooperative, anchored by the coder's rules and by no other data, so that a month never depends
on a later one. The sum over months is drawn but never tested: on pure noise a trend test of sums alarms half the time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.evidence.breaks import breaks
from summitry.evidence.trend import LEAST, trend

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.evidence.record import Month

REACH = 3
"""Where too few months have both, a month's words are held against the deeds of this many months up to it."""
ALARM = 0.05
Tally = tuple[float, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """One month: mean sign of words and of deeds (null where none), and words minus the deeds they are held against."""

    month: str
    words: float | None
    deeds: float | None
    difference: float | None


@dataclass(frozen=True, slots=True)
class Drift:
    """The words of `speaker` against the deeds of `doer`, by month; the deeds of `reach` months up to the words count."""

    speaker: str
    doer: str
    reach: int
    months: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class DriftTrend:
    """Whether the differences rise or fall; all numbers null where there are too few, and `why` says what was found."""

    speaker: str
    doer: str
    n: int
    tau: float | None
    p: float | None
    slope: float | None
    why: str


@dataclass(frozen=True, slots=True)
class DriftBreak:
    """A jump of the differences: the first month after it, the first and last it may as well be, the means around it."""

    speaker: str
    doer: str
    month: str
    earliest: str
    latest: str
    before: float
    after: float
    why: str


def drift(speaker: str, doer: str, words: Sequence[Month], deeds: Sequence[Month]) -> Drift | None:
    """The series over the months in which either spoke or did something; None where one of the two is silent throughout."""
    said = {_number(m.month): m.words for m in words if m.words is not None}
    done = {_number(m.month): (m.deeds * m.deed_count, m.deed_count) for m in deeds if m.deeds is not None}
    if not said or not done:
        return None
    reach = 1 if len(said.keys() & done.keys()) >= LEAST else REACH
    numbers = range(min(*said, *done), max(*said, *done) + 1)
    months = tuple(
        Gap(f"{k // 12:04d}-{k % 12 + 1:02d}", said.get(k), _mean(done, k, 1), _difference(said.get(k), _mean(done, k, reach)))
        for k in numbers
    )
    return Drift(speaker, doer, reach, months)


def tested(series: Drift) -> tuple[DriftTrend, tuple[DriftBreak, ...]]:
    """Mann-Kendall's test of the differences, corrected for memory, and their breaks."""
    values = differences(series)
    found, jumps = trend(values), breaks(values)
    n = int(np.isfinite(values).sum())
    if found is None:
        had = "1 month has" if n == 1 else f"{n or 'no'} months have"
        why = f"too few: {had} words and deeds to compare, {LEAST} are needed"
        return DriftTrend(series.speaker, series.doer, n, None, None, None, why), ()
    way = "words rise above deeds" if found.tau > 0.0 else "words fall towards or below deeds"
    why = f"{way} by {abs(found.slope):.2g} a month" if found.p < ALARM else "no trend that noise could not make as well"
    why += f" (p {found.p:.2g}, corrected for memory, {n} months)"
    told = tuple(_break(series, at.at, at.earliest, at.latest, at.before, at.after) for at in jumps or ())
    return DriftTrend(series.speaker, series.doer, n, found.tau, found.p, found.slope, why), told


def differences(series: Drift) -> NDArray[np.float64]:
    """The tested series, shape (T,); NaN where there is nothing to compare."""
    return np.array([np.nan if m.difference is None else m.difference for m in series.months], dtype=np.float64)


def _break(series: Drift, at: int, earliest: int, latest: int, before: float, after: float) -> DriftBreak:
    names = [series.months[k].month for k in (at, earliest, latest)]
    why = f"words stood {_stood(before)} deeds before {names[0]} and {_stood(after)} them from then on"
    why += f"; the jump may lie between {names[1]} and {names[2]}" if names[1] != names[2] else ""
    return DriftBreak(series.speaker, series.doer, names[0], names[1], names[2], before, after, why)


def _stood(level: float) -> str:
    return f"{abs(level):.2g} {'above' if level >= 0.0 else 'below'}"


def _mean(done: Mapping[int, Tally], month: int, reach: int) -> float | None:
    found = [done[k] for k in range(month - reach + 1, month + 1) if k in done]
    return math.fsum(total for total, _ in found) / sum(count for _, count in found) if found else None


def _difference(words: float | None, deeds: float | None) -> float | None:
    return None if words is None or deeds is None else words - deeds


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
