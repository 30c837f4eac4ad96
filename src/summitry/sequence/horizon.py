"""Whether a package can be done in time: within the horizon, its windows, expiries, days off and shared resources.

The steps of one side in a row are a phase, and a phase ends when all of it is verified; so each further change of mover costs
days, and an order that strains trust least may well be too slow. `to_try` says which orders are tried until one keeps every date.
`summitry plan` lays out that same order.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import BadArgument
from summitry.kernels.timetable import topological
from summitry.reasons import reason
from summitry.sequence import steps as made_of
from summitry.sequence.agenda import Act, Agenda, Limits, agenda
from summitry.sequence.pace import days_of, lag_of, least_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from summitry.case.types import Calendar
    from summitry.kernels.order import Order
    from summitry.model import Model
    from summitry.reasons import Reason
    from summitry.sequence.steps import Steps


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
    """Whether an order that was tried keeps every date. `days` from the case's date are set against `allowed`.

    `fits` is None where nothing could be tested. `proven`: no order whatever takes fewer than `days`; else they are those of the
    order that fits, or of the quickest that was tried, whatever its windows say (None: there is none).
    """

    fits: bool | None
    days: int | None
    allowed: int
    changes: int | None = None
    proven: bool = False
    why: Reason | None = None

    @property
    def over(self) -> bool:
        """Whether it takes more days than there are, and not only other dates than those that its windows leave."""
        return self.days is not None and self.days > self.allowed


def day_after(model: Model, days: int) -> dt.date:
    """The date so many days after the case's own."""
    return model.as_of + dt.timedelta(days=days)


def in_time(model: Model, sequence: Steps, least: Order | None, *, prove: bool = True) -> InTime:
    """Try the orders of `to_try`, from that of least load on, until one keeps every date.

    With `prove` none is tried where the fewest days that any order takes are too many already.
    """
    allowed = model.settings.horizon
    late = proven_late(model, sequence) if prove else None
    if late is not None:
        return late
    if least is None:
        return InTime(None, None, allowed, why=reason("time.unordered"))
    start = model.as_of
    try:
        quick = quickest(list(on_calendar(model, sequence, to_try(model, sequence, least), start, limits(model, start))))
    except BadArgument as problem:
        return InTime(None, None, allowed, why=reason("time.refused", problem=str(problem)))
    if quick.agenda is not None:
        return InTime(fits=True, days=quick.agenda.last, allowed=allowed, changes=quick.order.changes)
    if quick.ends is None:
        return InTime(fits=False, days=None, allowed=allowed)
    return InTime(fits=False, days=(quick.ends - start).days, allowed=allowed, changes=quick.order.changes)


def proven_late(model: Model, sequence: Steps) -> InTime | None:
    """That no order is in time, where the fewest days that any order takes are more than there are."""
    allowed, fewest = model.settings.horizon, int(least_days(model, np.array([sequence.package]))[0])
    return InTime(fits=False, days=fewest, allowed=allowed, proven=True) if fewest > allowed else None


def quickest(dated: Sequence[Tried]) -> Tried:
    """Of orders tried the one that keeps every date, which is the last; where none does, the first of those that end earliest."""
    return dated[-1] if dated[-1].agenda is not None else min(dated, key=lambda one: one.ends or dt.date.max)


def limits(model: Model, start: dt.date) -> Limits:
    """What the calendar of the case must keep, where work begins on `start`."""
    return Limits(start + dt.timedelta(days=model.settings.horizon), dict(model.calendar.resources))


def to_try(model: Model, sequence: Steps, least: Order) -> Iterator[Order]:
    """Orders for the calendar, each once, none of more than a load of 1, or than that of `least`, the order of least load.

    1. `least`, then those of least load with one change of mover fewer each time. 2. The same again with the steps that have a
    deadline, and what these require, before the others. It is a search: another order with as many changes may be quicker.
    """
    bearable, known_steps = max(1.0, least.load), set[tuple[int, ...]]()
    fewer = made_of.fewer_changes(model, sequence, least.changes - 1) if least.changes > 1 else ()
    urgent = urgent_first(model, sequence)
    for orders in (chain((least,), fewer), () if urgent is sequence else made_of.fewer_changes(model, urgent)):
        for order in orders:
            if order.load > bearable:
                break
            if order.steps not in known_steps:
                known_steps.add(order.steps)
                yield order
            if order.changes <= 1:
                break


def urgent_first(model: Model, sequence: Steps) -> Steps:
    """The steps, each before those with a later deadline; a step has the earliest of its own and of those that wait for it.

    The same steps where that forbids no order.
    """
    due = np.full(sequence.count, np.inf)
    for s in reversed(topological(sequence.first)):
        issue = model.terms[model.issues[sequence.issue[s]]]
        own = [day.toordinal() for day in (issue.expires, issue.window.latest) if day is not None]
        due[s] = min([*own, *due[sequence.first[s]].tolist()], default=np.inf)
    sooner = due[:, None] < due[None, :]
    return replace(sequence, first=sequence.first | sooner) if (sooner & ~sequence.first).any() else sequence


def on_calendar(
    model: Model, sequence: Steps, orders: Iterable[Order], start: dt.date, within: Limits, skip: int = 0
) -> Iterator[Tried]:
    """Each order on the calendar of the case from `start`, without its first `skip` steps, up to the first that keeps all dates.

    Raises BadArgument where the durations are longer than a calendar is kept for.
    """
    calendar = model.calendar
    for order in orders:
        acts = acts_of(model, sequence, order.steps[skip:])
        dated = agenda(acts, calendar, start, within)
        yield Tried(order, acts, dated, _ends(acts, calendar, start, within, dated))
        if dated is not None:
            return


def _ends(acts: tuple[Act, ...], calendar: Calendar, start: dt.date, within: Limits, dated: Agenda | None) -> dt.date | None:
    """When an order ends that keeps prerequisites, durations and capacities; None where capacities alone forbid it."""
    if dated is None or any(act.earliest or act.latest or act.expires for act in acts):
        dated = agenda([without_dates(act) for act in acts], calendar, start, Limits(None, within.room))
    return None if dated is None else dated.days.date(dated.last)


def without_dates(act: Act) -> Act:
    """An act that may begin and end on any day."""
    return replace(act, earliest=None, latest=None, expires=None)


def acts_of(model: Model, sequence: Steps, order: tuple[int, ...]) -> tuple[Act, ...]:
    """The steps of an order as work, phases numbered from 1."""
    dated: list[Act] = []
    phase, mover = 0, -1
    for at, s in enumerate(order):
        if sequence.mover[s] != mover:
            phase, mover = phase + 1, int(sequence.mover[s])
        i = sequence.issue[s]
        name = model.issues[i]
        issue, option = model.terms[name], model.options[i][sequence.after[s] - int(model.first[i])]
        dated.append(
            Act(
                issue=name,
                phase=phase,
                days=days_of(model, sequence.before[s], sequence.after[s], sequence.share[s]),
                lag=lag_of(model, i),
                earliest=issue.window.earliest,
                latest=issue.window.latest,
                expires=issue.expires,
                uses=issue.uses.get(option, {}),
                checks=issue.checks.get(option, {}),
                after=tuple(k for k, t in enumerate(order[:at]) if sequence.first[t, s]),
            )
        )
    return tuple(dated)
