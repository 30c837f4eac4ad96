"""What preference files say beside today's own values: what each believes of the others, and what fades by a later day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import draw

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Case, Fade, OptionValues, Preferences, Together
YEAR = 365.0


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """What `party` believes of `other`: that it means to deliver, with probability `serious`, and what a pretender would pay.

    `pretender` is (c90, c10) or None. `value` (Q,) are the other's points as the party sees them, PERT means, `low` and
    `high` the ends of their ranges, `tables` its interactions: from the party's own file about the other where this
    reader has it.
    """

    party: int
    other: int
    serious: float
    pretender: tuple[float, float] | None
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


def factor(fade: Fade, today: dt.date, day: dt.date) -> float:
    """What is left of a value on `day`, as a share of its value `today`.

    By half-life h towards a floor f: f + (1 - f) 2^(-t/h). By schedule: straight lines through its factors from 1 today on.
    """
    passed = (day - today).days
    if fade.half_life is not None:
        return fade.floor + (1.0 - fade.floor) * float(2.0 ** (-passed / fade.half_life))
    points = [(0, 1.0), *sorted(((date - today).days, share) for date, share in fade.schedule.items())]
    for (a, low), (b, high) in pairwise(points):
        if passed <= b:
            return low + (high - low) * (passed - a) / (b - a)
    return points[-1][1]


def starts(fade: Fade, today: dt.date) -> dt.date:
    """The day from which on the value is another one than today's: the last date up to which a schedule still says 1."""
    start = today
    for date, share in sorted(fade.schedule.items()):
        if share != 1.0:
            break
        start = max(start, date)
    return start


def discounted(discount: float, days: int) -> float:
    """What a gain is worth today that comes in so many days, where one that comes in a year is worth `discount`."""
    return float(discount ** (days / YEAR))


def later(case: Case, day: dt.date) -> Case:
    """The case on a later day. Beliefs, laws, reservation values and back tables stay; `deadlines` are counted apart."""
    today = case.file.as_of
    preferences = {
        holder: {about: _faded(believed, today, day) for about, believed in files.items()}
        for holder, files in case.preferences.items()
    }
    return case.model_copy(update={"file": case.file.model_copy(update={"as_of": day}), "preferences": preferences})


def _faded(believed: Preferences, today: dt.date, day: dt.date) -> Preferences:
    values = dict(believed.values)
    for issue, fade in believed.fades.items():
        if issue in values:
            values[issue] = _scaled(values[issue], factor(fade, today, day), fade.options)
    return believed.model_copy(update={"values": values}) if believed.fades else believed


def _scaled(entry: OptionValues, by: float, only: tuple[str, ...]) -> OptionValues:
    options = {
        option: (by * low, by * mode, by * high) if not only or option in only else (low, mode, high)
        for option, (low, mode, high) in entry.options.items()
    }
    return entry.model_copy(update={"options": options})
