"""A package as a plan.

The order of least load that the calendar bears, with dates, verifications, decision points, and what each side holds wherever
it stops.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import order as kernel
from summitry.plan import told
from summitry.plan.exposed import exposed_days, exposures, later, moments, slack, stakes_of
from summitry.plan.fit import Fitted, fit
from summitry.plan.results import Plan, Tried
from summitry.sequence import steps as made_of
from summitry.sequence.agenda import Act, Limits, agenda
from summitry.sequence.horizon import limits, on_calendar, quickest, to_try, without_dates

if TYPE_CHECKING:
    import datetime as dt

    from numpy.typing import NDArray

    from summitry.model import Model
    from summitry.sequence.steps import Steps


@dataclass(frozen=True, slots=True)
class Past:
    """What came before the steps that remain of a plan: their numbers in it; issue, before, after and share of each done one."""

    numbers: tuple[int, ...]
    done: tuple[tuple[int, int, int, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """An order of steps with their work and its calendar."""

    made: Steps
    steps: tuple[int, ...]
    changes: int
    acts: tuple[Act, ...]
    fitted: Fitted
    past: Past | None


def plan(model: Model, package: NDArray[np.int64], *, title: str, start: dt.date) -> Plan | None:
    """Lay the steps of a package out from `start`, or None where no order meets prerequisites and exposure limits.

    1. Of the orders of `horizon.to_try` the first whose calendar keeps every date and capacity. Where none does, the one that
    would end first, the limits in its way, and the least changes that make it fit. Where trust carries no order, those of the
    least load are tried all the same.
    2. Each phase as short as can be; then acts later where that exposes somebody for less time and
    nobody for more. 3. Exposure by PERT means; trust needed per draw, at the 20, 50 and 80 % quantiles.
    """
    made = made_of.steps(model, package)
    if not made.count or not made_of.trust_tested(model):
        return None
    found = laid_out(model, made, title, start)
    return None if found is None else found[0]


def laid_out(
    model: Model, made: Steps, title: str, start: dt.date, *, horizon: dt.date | None = None, past: Past | None = None
) -> tuple[Plan, tuple[int, ...]] | None:
    """The plan of steps and the steps as it tells them; `past` says what was done before, where these are what remains of a plan.

    The last of `made` is then what was done, as one step that comes first.
    """
    within = limits(model, start) if horizon is None else replace(limits(model, start), horizon=horizon)
    skip = 0 if past is None else 1
    least = made_of.least_load(model, made.package, made)
    if least is None:
        return None
    found = list(on_calendar(model, made, to_try(model, made, least), start, within, skip))
    tried = tuple(
        Tried(one.order.changes, one.order.load, "" if one.ends is None else one.ends.isoformat(), one.agenda is not None)
        for one in found
    )
    taken = quickest(found)
    fitted = Fitted(taken.agenda, ()) if taken.agenda is not None else fit(taken.acts, model.case.file.calendar, start, within)
    laid = Laid(made, taken.order.steps[skip:], taken.order.changes, taken.acts, fitted, past)
    return _dated(model, laid, within, title, start, tried)


def _dated(
    model: Model, laid: Laid, limits: Limits, title: str, start: dt.date, tried: tuple[Tried, ...]
) -> tuple[Plan, tuple[int, ...]]:
    file, made = model.case.file, laid.made
    fitted, notes = laid.fitted, []
    earliest = fitted.agenda
    if earliest is None:
        free = Limits(None, dict.fromkeys(limits.room, 10**9))
        loose = tuple(without_dates(act) for act in laid.acts)
        earliest = agenda(loose, file.calendar, start, free)
        assert earliest is not None, "without dates and limits every order has a calendar"  # noqa: S101 (an invariant)
        notes.append("no calendar was found that keeps the dates and capacities; this one keeps prerequisites and durations only")
    steps = np.array(laid.steps)
    before = () if laid.past is None else (made.count - 1,)
    stakes = stakes_of(model, made, steps, before)
    unmet = bool(fitted.conflicts or notes)
    room = Limits(None, dict.fromkeys(limits.room, 10**9)) if unmet else limits
    timed = earliest if unmet else later(laid.acts, earliest, room, stakes)
    listed = np.lexsort((np.arange(len(steps)), timed.end, np.array([act.phase for act in laid.acts])))
    walk = tuple(steps[listed].tolist())
    past = laid.past or Past(tuple(range(made.count)), ())
    numbers = tuple(past.numbers[s] for s in walk) if laid.past else tuple(range(1, len(walk) + 1))
    dated = told.Dated(model, made, laid.acts, timed, np.array(walk), listed, numbers, before, past.done)
    strained = kernel.strain([*before, *walk], made.balance, made.gain, made.trust, made.joint)
    needed = None if before else np.quantile(made_of.strained(model, made, walk).needed, (0.2, 0.5, 0.8), axis=1)
    by_party = {party: p for p, party in enumerate(model.parties)}
    course = moments(timed, stakes)
    found = Plan(
        title=title,
        steps=told.steps(dated, slack(laid.acts, timed, room)),
        load=float(strained.load.max(initial=0.0)),
        changes=laid.changes,
        changes_allowed=made_of.changes_allowed(model),
        exposure=dict(zip(model.parties, exposures(timed, *course[:2]).max(axis=0).tolist(), strict=True)),
        trust={party: float(strained.trust[p]) for party, p in by_party.items()},
        trust_needed={}
        if needed is None
        else {p: (float(a), float(b), float(c)) for p, (a, b, c) in zip(by_party, needed.T, strict=True)},
        gain={party: float(made.gain[p]) for party, p in by_party.items()},
        start=start.isoformat(),
        end=timed.days.date(timed.last).isoformat(),
        horizon="" if limits.horizon is None else limits.horizon.isoformat(),
        bound=timed.days.date(timed.bound).isoformat(),
        gap=(timed.last - timed.bound) / timed.bound if timed.bound else 0.0,
        exposed_days={party: float(v) for party, v in zip(model.parties, exposed_days(timed, stakes), strict=True)},
        course=told.course(dated, course),
        orders=tried,
        verifications=told.verifications(dated),
        decisions=told.decisions(dated, limits.horizon),
        stop_loss=told.stop_loss(dated, course, strained.trust),
        critical=told.critical(replace(dated, timed=earliest)),
        shifts=told.shifts(dated),
        conflicts=fitted.conflicts,
        resources=dict(limits.room),
        notes=tuple(notes),
    )
    return found, walk
