"""The steps of an order as tasks on a calendar: acts, their verifications, and who waits for whom.

Everything runs side by side as far as prerequisites, what trust must have seen, windows and resources allow. Dates are day
numbers; there are no time zones anywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import BadArgument
from summitry.kernels import timetable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Calendar

FAR = timetable.FAR
MOST_DAYS = 400_000
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


@dataclass(frozen=True, slots=True)
class Act:
    """One step as work: its days, the days until it is verified, its window, and the units that act and verification take.

    `after` are the acts that must be done before it begins, `seen` those that must be verified; `phase` counts from 1.
    """

    issue: str
    phase: int
    days: int
    lag: int
    earliest: dt.date | None
    latest: dt.date | None
    expires: dt.date | None
    uses: Mapping[str, int]
    checks: Mapping[str, int]
    after: tuple[int, ...]
    seen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What dates and capacities the plan must keep: the last day of all (None: any), and the units of each resource."""

    horizon: dt.date | None
    room: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Agenda:
    """When each act begins and ends, when its check begins and ends, in day numbers of `days`; the last day, its proven bound."""

    days: Days
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    check: NDArray[np.int64]
    close: NDArray[np.int64]
    last: int
    bound: int


def agenda(acts: Sequence[Act], calendar: Calendar, first: dt.date, limits: Limits) -> Agenda | None:
    """The shortest calendar of the acts; None where none keeps the windows, the horizon and the capacities.

    Raises BadArgument where the durations are longer than a calendar is kept for.
    """
    span = sum(act.days + act.lag for act in acts) + max([0, *((act.earliest - first).days for act in acts if act.earliest)])
    weeks = 7.0 / len(calendar.working_days) if calendar.durations == "working" else 1.0
    room = int(span * weeks) + len(calendar.holidays) + 8 * len(acts) + 60
    if room > MOST_DAYS:
        raise BadArgument(
            f"The steps of this plan may take {room // 365:,} years one after the other, and a calendar is kept for "
            f"{MOST_DAYS // 365:,} years: shorten `takes`, `lag` or the windows in case.yaml."
        )
    on = days(calendar, first, 2 * room)
    result = timetable.solve(_work(acts, on, limits))
    if result.state != "found":
        return None
    n = len(acts)
    return Agenda(on, result.start[:n], result.end[:n], result.start[n:], result.end[n:], result.last, result.bound)


def _work(acts: Sequence[Act], on: Days, limits: Limits) -> timetable.Work:
    """The acts, then their verifications, as arrays."""
    size, names = len(acts), list(limits.room)
    before = np.zeros((2 * size, 2 * size), dtype=np.bool_)
    begin_by, end_by = np.full(2 * size, FAR), np.full(2 * size, FAR)
    ready = np.zeros(2 * size, dtype=np.int64)
    uses = np.zeros((2 * size, len(names)), dtype=np.int64)
    if limits.horizon is not None:
        end_by[:] = on.number(limits.horizon)
    for k, act in enumerate(acts):
        before[k, size + k] = True
        before[list(act.after), k] = True
        before[[size + a for a in act.seen], k] = True
        if act.earliest is not None:
            ready[k] = max(0, on.number(act.earliest))
        if act.latest is not None:
            end_by[k] = min(end_by[k], on.number(act.latest))
        if act.expires is not None:
            begin_by[k] = on.number(act.expires)
        uses[k] = [act.uses.get(name, 0) for name in names]
        uses[size + k] = [act.checks.get(name, 0) for name in names]
    return timetable.Work(
        length=np.array([act.days for act in acts] + [act.lag for act in acts], dtype=np.int64),
        opens=ready,
        begin_by=begin_by,
        end_by=end_by,
        before=before,
        uses=uses,
        room=np.array([limits.room[name] for name in names], dtype=np.int64),
        next_workday=on.next_workday,
        workdays=on.workdays,
        steps=on.steps,
    )
