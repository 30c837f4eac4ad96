"""Whether a package can be done in time: within the horizon, its windows, expiries, days off and shared resources.

What trust must have seen before the next step costs days; an order that strains trust least may well be too slow. `to_try` says
which orders are tried until one keeps every date. `summitry plan` lays out that same order.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import BadArgument
from summitry.kernels.timetable import topological
from summitry.reasons import reason
from summitry.sequence import orders
from summitry.sequence.calendar import Act, Agenda, Limits, agenda
from summitry.sequence.critical_path import least_days
from summitry.sequence.orders import days_of, lag_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Calendar
    from summitry.kernels.ordering import Order
    from summitry.model import Model
    from summitry.reasons import Reason
    from summitry.sequence.orders import Purpose, Steps


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
    """Whether an order that was tried keeps every date. `days` from the signature are set against `allowed`.

    `fits` is None where nothing could be tested. `proven`: no order whatever takes fewer than `days`, whatever trust bears; else
    they are those of the order that fits, or of the quickest that was tried, whatever its windows say (None: there is none).
    `fewest` are the days that no order stays below; `order` is the one whose days these are, `first` whether it is the one that
    was tried first, so that no date forbade a quicker one.
    """

    fits: bool | None
    days: int | None
    allowed: int
    proven: bool = False
    why: Reason | None = None
    fewest: int = 0
    order: Order | None = None
    first: bool = True

    @property
    def over(self) -> bool:
        """Whether it takes more days than there are, and not only other dates than those that its windows leave."""
        return self.days is not None and self.days > self.allowed


def day_after(model: Model, days: int) -> dt.date:
    """The date so many days after the day on which a deal can be signed."""
    return model.signed + dt.timedelta(days=days)


def proven_late(model: Model, sequence: Steps) -> InTime | None:
    """That no order is in time, where the fewest days that any order takes are more than there are."""
    allowed, fewest = model.settings.horizon, int(least_days(model, np.array([sequence.package]))[0])
    return InTime(fits=False, days=fewest, allowed=allowed, proven=True, fewest=fewest) if fewest > allowed else None


def in_time(model: Model, sequence: Steps, choices: Iterable[Order]) -> InTime:
    """Try orders until one keeps every date."""
    allowed, fewest = model.settings.horizon, int(least_days(model, np.array([sequence.package]))[0])
    start = model.signed
    try:
        dated = list(on_calendar(model, sequence, choices, start, limits(model, start)))
    except BadArgument as problem:
        return InTime(None, None, allowed, why=reason("time.refused", problem=str(problem)))
    if not dated:
        return InTime(None, None, allowed, why=reason("time.unordered"))
    best = quickest(dated)
    if best.agenda is not None:
        return InTime(fits=True, days=best.agenda.last, allowed=allowed, fewest=fewest, order=best.order, first=len(dated) == 1)
    days = None if best.ends is None else (best.ends - start).days
    return InTime(fits=False, days=days, allowed=allowed, fewest=fewest, order=best.order)


def quickest(dated: Sequence[Tried]) -> Tried:
    """Of orders tried the one that keeps every date, which is the last; where none does, the first of those that end earliest."""
    return dated[-1] if dated[-1].agenda is not None else min(dated, key=lambda one: one.ends or dt.date.max)


def limits(model: Model, start: dt.date) -> Limits:
    """What the calendar of the case must keep, where work begins on `start`."""
    return Limits(start + dt.timedelta(days=model.settings.horizon), dict(model.calendar.resources))


def to_try(model: Model, sequence: Steps, purpose: Purpose = "quickest", least: Order | None = None) -> Iterator[Order]:
    """Orders for the calendar, each once: none of more than a load of 1, or than the least load where that is more.

    1. The one asked for. 2. The quickest in which the steps that have a deadline, and what these require, come before the others.
    3. The quickest of those of the least load. It is a search: another order may keep the dates as well.
    """
    least = orders.least_load(model, sequence.package, sequence) if least is None else least
    if least is None:
        return
    known_steps, sooner = set[bytes](), urgent_first(model, sequence)
    ways: tuple[tuple[Purpose, NDArray[np.bool_] | None], ...] = (
        (purpose, None),
        *((("quickest", sooner),) if sooner.any() else ()),
        ("least-trust", None),
    )
    for kind, urgent in ways:
        order = orders.order_of(model, sequence, kind, least=least, urgent=urgent)
        if order is not None and order.waits.tobytes() not in known_steps:
            known_steps.add(order.waits.tobytes())
            yield order


def urgent_first(model: Model, sequence: Steps) -> NDArray[np.bool_]:
    """Which step would come before which, each before those with a later deadline, shape (n, n); prerequisites aside.

    A step has the earliest deadline of its own and of those that wait for it.
    """
    due = np.full(sequence.count, np.inf)
    for s in reversed(topological(sequence.first)):
        issue = model.terms[model.issues[sequence.issue[s]]]
        own = [day.toordinal() for day in (issue.expires, issue.window.latest) if day is not None]
        due[s] = min([*own, *due[sequence.first[s]].tolist()], default=np.inf)
    return np.asarray((due[:, None] < due[None, :]) & ~sequence.first)


def on_calendar(
    model: Model, sequence: Steps, choices: Iterable[Order], start: dt.date, within: Limits, skip: int = 0
) -> Iterator[Tried]:
    """Each order on the calendar of the case from `start`, without its first `skip` steps, up to the first that keeps all dates.

    Raises BadArgument where the durations are longer than a calendar is kept for.
    """
    calendar = model.calendar
    for order in choices:
        acts = acts_of(model, sequence, order, skip)
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


def acts_of(model: Model, sequence: Steps, order: Order, skip: int = 0) -> tuple[Act, ...]:
    """The steps of an order as work, but for the first `skip`, which were done before."""
    alone = sequence.mover[:, None] == sequence.mover[None, :]
    rest = order.steps[skip:]
    dated: list[Act] = []
    for s, phase in zip(rest, order.phases[skip:], strict=True):
        i = sequence.issue[s]
        name = model.issues[i]
        issue, option = model.terms[name], model.options[i][sequence.after[s] - int(model.first[i])]
        seen = order.waits[:, s] | (sequence.first[:, s] & ~alone[:, s])
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
                after=tuple(k for k, t in enumerate(rest) if sequence.first[t, s] and not seen[t]),
                seen=tuple(k for k, t in enumerate(rest) if seen[t]),
            )
        )
    return tuple(dated)
