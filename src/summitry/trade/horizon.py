"""Whether a package can be done in time: within the horizon, its windows, expiries, days off and shared resources.

The steps of one side in a row are a phase, and a phase ends when all of it is verified; so each further change of mover costs
days, and an order that strains trust least may well be too slow. Of the orders that trust carries those with fewer changes are
tried until one keeps every date. `summitry plan` lays out that same order.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import BadArgument
from summitry.kernels.timetable import topological
from summitry.trade import steps as made_of
from summitry.trade.agenda import Act, Agenda, Limits, agenda
from summitry.trade.lumps import lumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from summitry.case.timing import Calendar
    from summitry.kernels.order import Order
    from summitry.model import Model
    from summitry.trade.steps import Steps


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """An order as work, its calendar (None: none was found that keeps every limit), and the day on which it could end.

    `ends` keeps prerequisites, durations and capacities and no other date; None where capacities alone forbid the order.
    """

    order: Order
    acts: tuple[Act, ...]
    agenda: Agenda | None
    ends: dt.date | None


@dataclass(frozen=True, slots=True)
class InTime:
    """Whether an order that trust carries keeps every date. `days` from the case's date are set against `allowed`.

    `fits` is None where nothing could be tested. `proven`: no order whatever takes fewer than `days`; else they are those of the
    order that fits, or of the quickest that was tried, whatever its windows say (None: there is none).
    """

    fits: bool | None
    days: int | None
    allowed: int
    changes: int | None = None
    proven: bool = False
    why: str = ""

    @property
    def over(self) -> bool:
        """Whether it takes more days than there are, and not only other dates than those that its windows leave."""
        return self.days is not None and self.days > self.allowed


def day_after(model: Model, days: int) -> dt.date:
    """The date so many days after the case's own."""
    return model.case.file.as_of + dt.timedelta(days=days)


def in_time(model: Model, made: Steps, orders: Iterable[Order], *, prove: bool = True) -> InTime:
    """Try the orders that trust carries, of those given in rising load, until one keeps every date.

    With `prove` none is tried where the fewest days that any order takes are too many already.
    """
    allowed = model.case.file.settings.horizon
    fewest = int(least_days(model, np.array([made.package]))[0])
    if prove and fewest > allowed:
        return InTime(fits=False, days=fewest, allowed=allowed, proven=True)
    start = model.case.file.as_of
    try:
        tried = list(on_calendar(model, made, carried(orders), start, limits(model, start)))
    except BadArgument as problem:
        return InTime(None, None, allowed, why=str(problem))
    if not tried:
        return InTime(None, None, allowed, why="no order of its steps is allowed")
    last = tried[-1]
    if last.agenda is not None:
        return InTime(fits=True, days=last.agenda.last, allowed=allowed, changes=last.order.changes)
    ends = [((one.ends - start).days, one.order.changes) for one in tried if one.ends is not None]
    days, changes = min(ends) if ends else (None, None)
    return InTime(fits=False, days=days, allowed=allowed, changes=changes)


def possible(model: Model, made: Steps, least: Order) -> bool:
    """Whether `in_time` finds an order, or cannot tell, without the days; `least` is the order of least load.

    Orders with more changes of mover than the horizon can hold are skipped.
    """
    start, calendar = model.case.file.as_of, model.case.file.calendar
    within = limits(model, start)

    def fits(order: Order) -> bool:
        acts = acts_of(model, made, order.steps)
        if _phases(acts) > model.case.file.settings.horizon:
            return False
        try:
            return agenda(acts, calendar, start, within) is not None
        except BadArgument:  # longer than a calendar is kept for: the gate says that it is not tested
            return True

    if fits(least):
        return True
    most = min(least.changes - 1, _most_changes(model, made))
    orders = made_of.fewer_changes(model, made, most) if most > 0 else iter(())
    return any(fits(order) for order in carried(orders, max(1.0, least.load)))


def _most_changes(model: Model, made: Steps) -> int:
    """How often the mover may change at most until the horizon.

    A mover takes at least the days of its longest move with its verification, and for each further phase those of a verification.
    """
    moves: dict[tuple[int, int], int] = {}
    for s, i in enumerate(made.issue):
        key = int(made.mover[s]), i
        moves[key] = moves.get(key, _lag(model, i)) + _days(model, made.before[s], made.after[s], made.share[s])
    alone = {mover: max(days for (m, _), days in moves.items() if m == mover) for mover, _ in moves}
    lag = min(_lag(model, i) for i in made.issue)
    spare = model.case.file.settings.horizon - sum(alone.values())
    return len(alone) - 1 + (spare // lag if lag else made.count) if spare >= 0 else 0


def _phases(acts: Iterable[Act]) -> int:
    """Days that these acts take at least: in each phase those of the longest with its verification."""
    longest: dict[int, int] = {}
    for act in acts:
        longest[act.phase] = max(longest.get(act.phase, 0), act.days + act.lag)
    return sum(longest.values())


def limits(model: Model, start: dt.date) -> Limits:
    """What the calendar of the case must keep, where work begins on `start`."""
    file = model.case.file
    return Limits(start + dt.timedelta(days=file.settings.horizon), dict(file.calendar.resources))


def carried(orders: Iterable[Order], bearable: float | None = None) -> Iterator[Order]:
    """Of orders in rising load those of a `bearable` load: by default those that trust carries, or else those of the least."""
    for order in orders:
        bearable = max(1.0, order.load) if bearable is None else bearable
        if order.load > bearable:
            return
        yield order
        if order.changes <= 1:
            return


def on_calendar(
    model: Model, made: Steps, orders: Iterable[Order], start: dt.date, within: Limits, skip: int = 0
) -> Iterator[Tried]:
    """Each order on the calendar of the case from `start`, without its first `skip` steps, up to the first that keeps all dates.

    Raises BadArgument where the durations are longer than a calendar is kept for.
    """
    calendar = model.case.file.calendar
    for order in orders:
        acts = acts_of(model, made, order.steps[skip:])
        found = agenda(acts, calendar, start, within)
        yield Tried(order, acts, found, _ends(acts, calendar, start, within, found))
        if found is not None:
            return


def _ends(acts: tuple[Act, ...], calendar: Calendar, start: dt.date, within: Limits, found: Agenda | None) -> dt.date | None:
    """When an order ends that keeps prerequisites, durations and capacities; None where capacities alone forbid it."""
    if found is None or any(act.earliest or act.latest or act.expires for act in acts):
        found = agenda([without_dates(act) for act in acts], calendar, start, Limits(None, within.room))
    return None if found is None else found.days.date(found.last)


def without_dates(act: Act) -> Act:
    """An act that may begin and end on any day."""
    return replace(act, earliest=None, latest=None, expires=None)


def acts_of(model: Model, made: Steps, order: tuple[int, ...]) -> tuple[Act, ...]:
    """The steps of an order as work, phases numbered from 1."""
    file = model.case.file
    found: list[Act] = []
    phase, mover = 0, -1
    for at, s in enumerate(order):
        if made.mover[s] != mover:
            phase, mover = phase + 1, int(made.mover[s])
        i = made.issue[s]
        name = model.issues[i]
        issue, option = file.issues[name], model.options[i][made.after[s] - int(model.first[i])]
        found.append(
            Act(
                issue=name,
                phase=phase,
                days=_days(model, made.before[s], made.after[s], made.share[s]),
                lag=_lag(model, i),
                earliest=issue.window.earliest,
                latest=issue.window.latest,
                expires=issue.expires,
                uses=issue.uses.get(option, {}),
                checks=issue.checks.get(option, {}),
                after=tuple(k for k, t in enumerate(order[:at]) if made.first[t, s]),
            )
        )
    return tuple(found)


def _days(model: Model, before: int, after: int, share: float) -> int:
    """How long a step takes: its option's time less that of the option it starts from, times its share of the move."""
    return round(max(int(model.days[after]) - int(model.days[before]), 0) * share)


def _lag(model: Model, i: int) -> int:
    file = model.case.file
    return file.issues[model.issues[i]].lag or file.settings.lag


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """What each option takes, by column (Q,): `mover` does it (-1: nobody), `days` from the option before, `lag` to verify it.

    `alone` is all that it takes by itself, from the status quo on. `before` lists, for each column that waits for others, the
    columns of which it needs those that a package has, each column after those that it waits for; `passed` marks options that a
    later one of their issue passes through.
    """

    mover: NDArray[np.int64]
    days: NDArray[np.int64]
    lag: NDArray[np.int64]
    alone: NDArray[np.int64]
    passed: NDArray[np.bool_]
    before: tuple[tuple[int, tuple[int, ...]], ...]


def pace(model: Model, most: NDArray[np.int64] | None = None) -> Pace:
    """The pace of all options, or of those up to the option number `most` (I,) of each issue."""
    width, most = int(model.first[-1]), model.sizes - 1 if most is None else most
    mover = np.full(width, -1, dtype=np.int64)
    days, lag, alone = (np.zeros(width, dtype=np.int64) for _ in range(3))
    passed, first = np.zeros(width, dtype=np.bool_), np.zeros((width, width), dtype=np.bool_)
    for i in np.flatnonzero(model.giver.any(axis=1)).tolist():
        base = int(model.first[i])
        splits = model.case.file.issues[model.issues[i]].splits
        who = made_of.mover_of(model, tuple(np.flatnonzero(model.giver[i]).tolist()))
        for q in range(base + 1, base + int(most[i]) + 1):
            parts = [_days(model, b, a, share) for _, b, a, share in lumps(model, i, q - base)[0] if a == q]
            mover[q], days[q], lag[q], passed[q] = who, sum(parts), _lag(model, i), splits
            alone[q] = days[q] + (alone[q - 1] - lag[q - 1] if splits and q > base + 1 else 0) + lag[q]
            first[q - 1, q] = splits and q > base + 1
    for q, r in model.needs:
        last = int(model.first[model.issue_of[r] + 1])
        first[r : r + 1 if passed[r] else last, q] = True
    first[mover < 0] = False
    first[:, mover < 0] = False
    before = tuple((q, tuple(np.flatnonzero(first[:, q]).tolist())) for q in topological(first) if first[:, q].any())
    return Pace(mover, days, lag, alone, passed, before)


def least_days(model: Model, packages: NDArray[np.int64], at: Pace | None = None) -> NDArray[np.int64]:
    """Days that every order of the steps of packages (N, I) takes at least, shape (N,), whatever the windows and capacities.

    Phases of different movers do not overlap. A mover needs, along each chain of prerequisites, the days of its own steps, and
    those of a verification wherever the chain passes to somebody else or ends; so the most of these, summed over the movers.
    `at` is `pace(model)`, so that many calls make it once.
    """
    at = pace(model, packages.max(axis=0, initial=0)) if at is None else at
    columns = packages + model.first[:-1]
    options = np.ascontiguousarray(packages.T)
    total = np.zeros(len(packages), dtype=np.int64)
    for mover in np.unique(at.mover[at.mover >= 0]).tolist():
        longest = np.where(at.mover[columns] == mover, at.alone[columns], 0).max(axis=1, initial=0)
        spent: dict[int, NDArray[np.int64]] = {}
        for q, waits in at.before:
            own, there = at.mover[q] == mover, _has(model, options, at, q)
            so_far = np.zeros(len(packages), dtype=np.int64)
            for c in waits if there.any() else ():
                mine = at.mover[c] == mover
                before = spent[c] if c in spent else _has(model, options, at, c) * (at.days[c] * mine)
                if mine and not own:
                    before = before + at.lag[c] * _has(model, options, at, c)
                np.maximum(so_far, before, out=so_far)
            spent[q] = there * (so_far + at.days[q] * own)
            np.maximum(longest, spent[q] + there * at.lag[q] * own, out=longest)
        total += longest
    return total


def _has(model: Model, options: NDArray[np.int64], at: Pace, q: int) -> NDArray[np.bool_]:
    """Which packages, as option numbers (I, N), come to the option of a column or pass through it, shape (N,)."""
    i = int(model.issue_of[q])
    least = q - int(model.first[i])
    return np.asarray(options[i] >= least if at.passed[q] else options[i] == least)
