"""The case as it will be on a later day: values that fade or rise by then, and that day as the case's date."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from summitry.case.types import Case, Fade, OptionValues, Preferences

YEAR = 365.0


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
