"""A package as a plan.

The quickest order that trust carries and the calendar bears, or another that was asked for, with dates, verifications, decision
points, and what each side holds wherever it stops.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.plan import timeline
from summitry.plan.conflicts import Conflict, Fit, fit_limits
from summitry.plan.exposure import exposed_days, moments, move_later, slack_of, stakes_of
from summitry.plan.timeline import Decision, Moment, Shift, Step, StopLoss, Timeline, Verification
from summitry.reasons import Reason, reason
from summitry.sequence import orders
from summitry.sequence.calendar import Act, Limits, agenda
from summitry.sequence.critical_path import least_days
from summitry.sequence.horizon import limits, on_calendar, quickest, to_try, without_dates

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels.ordering import Order
    from summitry.model import Model
    from summitry.sequence.calendar import Agenda
    from summitry.sequence.orders import Purpose, Steps


@dataclass(frozen=True, slots=True)
class Tried:
    """An order that was put on the calendar: its phases and load, when it would end, and whether it keeps every limit.

    `end` keeps prerequisites, durations and capacities, and no other date; it is empty where capacities alone forbid the order.
    """

    phases: int
    load: float
    end: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the quickest order that trust carries, or in the one asked for (`purpose`), with dates, and what each party bears.

    `load` is that of this order, `least` the least over orders. `trust_needed` holds the 20, 50 and 80 % quantiles
    over draws. `end` is when the last step is verified, `bound` the date before which no plan with these waits can end,
    `gap` their distance as a share of the plan's length, `soonest` the date before which no order at all can end, whatever trust
    bears. `critical` names the steps and checks that decide when the plan ends.
    `exposure` is the most that each party is exposed to whatever is done first within a phase;
    `exposed_days` counts, by party, points of exposure times days on this calendar, where what a party receives counts from its
    verification on. `orders` are those that were tried, that asked for first.
    """

    title: str | Reason
    steps: tuple[Step, ...]
    load: float
    least: float
    purpose: Purpose
    phases: int
    phases_allowed: int
    exposure: dict[str, float]
    trust: dict[str, float]
    trust_needed: dict[str, tuple[float, float, float]]
    gain: dict[str, float]
    start: str = ""
    end: str = ""
    horizon: str = ""
    bound: str = ""
    soonest: str = ""
    gap: float = 0.0
    exposed_days: dict[str, float] = field(default_factory=dict)
    course: tuple[Moment, ...] = ()
    orders: tuple[Tried, ...] = ()
    verifications: tuple[Verification, ...] = ()
    decisions: tuple[Decision, ...] = ()
    stop_loss: tuple[StopLoss, ...] = ()
    critical: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    resources: dict[str, int] = field(default_factory=dict)
    notes: tuple[Reason, ...] = ()

    @property
    def order_is(self) -> str:
        """Whether it is the order asked for; else why not: `dated` (dates forbid that), `sooner` (none fits, this ends first)."""
        asked = self.orders[0] if self.orders else None
        if asked is None or (asked.phases, asked.load) == (self.phases, self.load):
            return "asked"
        return "dated" if any(order.fits for order in self.orders) else "sooner"


@dataclass(frozen=True, slots=True)
class Past:
    """What came before the steps that remain of a plan: their numbers in it; issue, before, after and share of each done one."""

    numbers: tuple[int, ...]
    specs: tuple[tuple[int, int, int, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """An order of steps with their work and its calendar."""

    work: Steps
    order: Order
    acts: tuple[Act, ...]
    fit: Fit
    past: Past | None

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps of the acts."""
        return self.order.steps[0 if self.past is None else 1 :]


def plan_package(
    model: Model, package: NDArray[np.int64], *, title: str | Reason, start: dt.date, purpose: Purpose = "quickest"
) -> Plan | None:
    """Lay the steps of a package out from `start`, or None where no order meets prerequisites and exposure limits.

    1. Of the orders of `horizon.to_try` the first whose calendar keeps every date and capacity. Where none does, the one that
    would end first, the limits in its way, and the least changes that make it fit. Where trust carries no order, those of the
    least load are tried all the same.
    2. Every act as soon as can be; then later where that exposes somebody for less time and
    nobody for more. 3. Exposure by PERT means; trust needed per draw, at the 20, 50 and 80 % quantiles.
    """
    work = orders.steps(model, package)
    if not work.count or not orders.trust_tested(model):
        return None
    laid_out = lay_out(model, work, title, start, purpose=purpose)
    return None if laid_out is None else laid_out[0]


def lay_out(
    model: Model,
    work: Steps,
    title: str | Reason,
    start: dt.date,
    *,
    horizon: dt.date | None = None,
    past: Past | None = None,
    purpose: Purpose = "quickest",
) -> tuple[Plan, tuple[int, ...]] | None:
    """The plan of steps, and the steps in its order; None where no order meets prerequisites and exposure limits.

    `past` says what was done before, where these are what remains of a plan. The last of `work` is then what was done, as one
    step that comes first.
    """
    within = limits(model, start) if horizon is None else replace(limits(model, start), horizon=horizon)
    skip = 0 if past is None else 1
    trials = list(on_calendar(model, work, to_try(model, work, purpose), start, within, skip))
    if not trials:
        return None
    dated = tuple(
        Tried(max(one.order.phases), one.order.load, "" if one.ends is None else one.ends.isoformat(), one.agenda is not None)
        for one in trials
    )
    best = quickest(trials)
    fit = Fit(best.agenda, ()) if best.agenda is not None else fit_limits(best.acts, model.calendar, start, within)
    layout = Layout(work, best.order, best.acts, fit, past)
    return _plan(model, layout, within, title, start, dated, purpose)


def _plan(
    model: Model,
    layout: Layout,
    limits: Limits,
    title: str | Reason,
    start: dt.date,
    dated: tuple[Tried, ...],
    purpose: Purpose,
) -> tuple[Plan, tuple[int, ...]]:
    work, acts, unlimited = layout.work, layout.acts, Limits(None, dict.fromkeys(limits.room, 10**9))
    earliest, notes = layout.fit.agenda, tuple[Reason, ...]()
    if earliest is None:
        earliest = agenda(tuple(without_dates(act) for act in acts), model.calendar, start, unlimited)
        assert earliest is not None  # noqa: S101 (without dates and limits every order has a calendar)
        notes = (reason("plan.undated"),)
    before = () if layout.past is None else (work.count - 1,)
    stakes = stakes_of(model, work, np.array(layout.steps), before)
    unmet = bool(layout.fit.conflicts or notes)
    room = unlimited if unmet else limits
    timed = earliest if unmet else move_later(acts, earliest, room, stakes)
    line = _timeline(model, layout, timed, before)
    walk = tuple(line.walk.tolist())
    order = layout.order
    needed = None if before else np.quantile(orders.strained(model, work, order).needed, (0.2, 0.5, 0.8), axis=1)
    least = orders.least_load(model, work.package, work)
    course = moments(timed, stakes)
    plan = Plan(
        title=title,
        steps=timeline.list_steps(line, slack_of(acts, timed, room)),
        load=order.load,
        least=order.load if least is None else least.load,
        purpose=purpose,
        phases=max(order.phases),
        phases_allowed=orders.phases_allowed(model),
        exposure=_by_party(model, order.exposure),
        trust=_by_party(model, order.trust),
        trust_needed={}
        if needed is None
        else {p: (float(a), float(b), float(c)) for p, (a, b, c) in zip(model.parties, needed.T, strict=True)},
        gain=_by_party(model, work.gain),
        start=start.isoformat(),
        end=line.date(timed.last),
        horizon="" if limits.horizon is None else limits.horizon.isoformat(),
        bound=line.date(timed.bound),
        soonest="" if before else (start + dt.timedelta(int(least_days(model, np.array([work.package]))[0]))).isoformat(),
        gap=(timed.last - timed.bound) / timed.bound if timed.bound else 0.0,
        exposed_days=_by_party(model, exposed_days(timed, stakes)),
        course=timeline.list_moments(line, course),
        orders=dated,
        verifications=timeline.list_verifications(line),
        decisions=timeline.list_decisions(line, limits.horizon),
        stop_loss=timeline.list_stop_losses(line, course, order.trust),
        critical=timeline.find_critical(replace(line, agenda=earliest)),
        shifts=timeline.list_shifts(line),
        conflicts=layout.fit.conflicts,
        resources=dict(limits.room),
        notes=notes,
    )
    return plan, walk


def _timeline(model: Model, layout: Layout, timed: Agenda, before: tuple[int, ...]) -> Timeline:
    """The steps of a layout on a calendar, as they end, with their numbers."""
    steps = np.array(layout.steps)
    listed = np.lexsort((np.arange(len(steps)), timed.end))
    walk, past = steps[listed], layout.past
    numbers = range(1, len(walk) + 1) if past is None else [past.numbers[s] for s in walk.tolist()]
    specs = () if past is None else past.specs
    return Timeline(model, layout.work, layout.acts, timed, walk, listed, tuple(numbers), before, specs)


def _by_party(model: Model, numbers: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(model.parties, numbers.tolist(), strict=True))
