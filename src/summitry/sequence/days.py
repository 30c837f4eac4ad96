"""Plain dates as day numbers: which days are working days, and the reason why another is not. No time zones anywhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.case.types import Calendar

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST = dt.date(9990, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """T days from `first`, numbered from 0. `next_workday[t]`: the first working day at or after day t; `workdays`: all of them.

    `steps[t]` numbers the working days before t where durations count working days, else None.
    """

    first: dt.date
    calendar: Calendar
    next_workday: NDArray[np.int64]
    workdays: NDArray[np.int64]
    steps: NDArray[np.int64] | None

    def date(self, day: int) -> dt.date:
        """The date of a day number."""
        return self.first + dt.timedelta(days=int(day))

    def number(self, date: dt.date) -> int:
        """The day number of a date; negative before the first day."""
        return (date - self.first).days

    def end(self, start: int, length: int) -> int:
        """The day on which something is done that begins on the working day `start` and takes `length`."""
        if self.steps is None:
            return int(self.next_workday[start + length])
        return int(self.workdays[int(self.steps[start]) + length])

    def due(self, start: int, length: int) -> int:
        """The same before a day off moves it."""
        return start + length if self.steps is None else self.end(start, length)

    def reason(self, day: int) -> str:
        """Why nothing begins or ends on this day; empty on a working day."""
        date = self.date(day)
        if date in self.calendar.holidays:
            return self.calendar.holidays[date] or "a holiday"
        return "" if WEEK[date.weekday()] in self.calendar.working_days else f"a {NAMES[date.weekday()]}"


def days(calendar: Calendar, first: dt.date, span: int) -> Days:
    """`span` days from `first`, and as many more as it takes to end on a working day."""
    week = np.array([name in calendar.working_days for name in WEEK])
    count = min(span, (LAST - first).days)
    working = week[(first.weekday() + np.arange(count)) % 7]
    for date in calendar.holidays:
        if 0 <= (date - first).days < count:
            working[(date - first).days] = False
    workdays = np.flatnonzero(working)
    workdays = workdays if len(workdays) else np.array([count - 1])
    count = int(workdays[-1]) + 1
    next_workday = workdays[np.searchsorted(workdays, np.arange(count))]
    steps = np.searchsorted(workdays, np.arange(count)) if calendar.durations == "working" else None
    return Days(first, calendar, next_workday, workdays, steps)
