"""A dated order as people follow it: steps, checks, decision points, stop-losses, critical path, dates that days off moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from summitry.evidence.inspections import check_of
from summitry.kernels.trust import along, holding
from summitry.plan.exposure import exposures
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.evidence.inspections import Check as Inspection
    from summitry.model import Model
    from summitry.sequence.calendar import Act, Agenda
    from summitry.sequence.orders import Steps

    Spec = tuple[int, int, int, float]
    Course = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Step:
    """One act of one side, or of several sides at once: `givers` are all who do it.

    `part` is the share of the issue's move, None for the whole of it. `verification` says how the act is seen, empty where the
    case does not say. `held` is, by party, what it holds if everything stops right after this step, in own points (PERT means),
    once what can be taken back is taken back; `exposure` is how far that lies below zero. `exit` is what the mover can take
    back. `slack` counts the days that the step may be late while nothing moves but its own check. Dates are ISO dates.
    """

    id: str
    givers: tuple[str, ...]
    issue: str
    before: str
    after: str
    start: str
    end: str
    verification: str
    held: dict[str, float]
    exit: Reason
    part: float | None = None
    owner: str = ""
    phase: int = 1
    exposure: dict[str, float] = field(default_factory=dict)
    slack: int = 0
    uses: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verification:
    """The verification of one step: when it runs, how, and how surely and soon it shows a step that was not done.

    `detection` is the probability that it shows what is wrong, None where the case does not say. `days` counts from the end of
    the step to its verification. `within` is the time in which what is wrong must be found, None where the case does not say.
    `why` says where the probability comes from, or why there is none.
    """

    id: str
    step: str
    start: str
    end: str
    method: str
    days: int
    within: int | None
    detection: float | None
    why: Reason
    uses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """A point at which the next side decides: go on, hold, or snap back.

    By party, own points: `go` is what it has at the end of the whole plan, `hold` what it has if all stays as it is here, `back`
    what it has once everything that can be taken back is taken back.
    """

    id: str
    date: str
    after: str
    next: tuple[str, ...]
    hold_until: str
    go: dict[str, float]
    hold: dict[str, float]
    back: dict[str, float]


@dataclass(frozen=True, slots=True)
class StopLoss:
    """From when on a party is exposed beyond its limit: `date` and `step` are empty where the plan never exposes it so far.

    `limit` in own points is stated by the party, or else the exposure that its trust carries, p G / (1 - p).
    """

    party: str
    limit: float
    kind: Literal["stated", "trust"]
    exposure: float
    step: str
    date: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A date that days off moved: of which step or check, its start or end, from and to when, and the days' reasons."""

    step: str
    what: Literal["start", "end"]
    due: str
    moved: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What each party holds from a day on if everything stops, and how far it is exposed: a receipt counts once it is verified.

    Nobody is exposed once every step is done.
    """

    date: str
    held: dict[str, float]
    exposure: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """Steps on a calendar. `walk` (n,) are the steps in the order of the plan, `numbers` their numbers, `listed` their acts.

    `before` is the step that stands for all that was done before the first of them, `past` what that was.
    """

    model: Model
    work: Steps
    acts: tuple[Act, ...]
    agenda: Agenda
    walk: NDArray[np.int64]
    listed: NDArray[np.int64]
    numbers: tuple[int, ...]
    before: tuple[int, ...] = ()
    past: tuple[Spec, ...] = ()

    def holds(self) -> NDArray[np.float64]:
        """What each party holds after 1 .. n steps if everything stops, shape (n, P)."""
        joint = self.work.joint
        return along([*self.before, *self.walk.tolist()], self.work.balance, joint, joint.balance)[1 + len(self.before) :]

    def holds_of(self, done: Sequence[int]) -> NDArray[np.float64]:
        """What each party holds once the steps at some places are done, if everything stops, (P,)."""
        joint = self.work.joint
        states = np.zeros((1, self.work.count), dtype=np.bool_)
        states[0, [*self.before, *self.walk[list(done)].tolist()]] = True
        return np.asarray(holding(states, self.work.balance, joint, joint.balance)[0])

    def date(self, day: int) -> str:
        """A day's number as an ISO date."""
        return self.agenda.days.date(day).isoformat()

    def number_of_act(self) -> dict[int, int]:
        """The plan's number of each act."""
        return {int(k): number for number, k in zip(self.numbers, self.listed, strict=True)}


def option_of(model: Model, column: int) -> str:
    """The name of an option by its column."""
    i = int(model.issue_of[column])
    return model.options[i][column - int(model.first[i])]


def list_steps(line: Timeline, slack: Sequence[int]) -> tuple[Step, ...]:
    """The steps as listed, S1 first; what is held is summed in that order."""
    model, work, holds = line.model, line.work, line.holds()
    steps = []
    for n, k in enumerate(line.listed.tolist()):
        s, act = int(line.walk[n]), line.acts[k]
        issue, after = model.terms[act.issue], option_of(model, work.after[s])
        steps.append(
            Step(
                id=f"S{line.numbers[n]}",
                givers=tuple(model.parties[p] for p in work.givers[s]),
                issue=act.issue,
                before=option_of(model, work.before[s]),
                after=after,
                start=line.date(line.agenda.start[k]),
                end=line.date(line.agenda.end[k]),
                verification=issue.verified_by.get(after, ""),
                held=_by_party(model, holds[n]),
                exit=_exit(float(model.recoverable[work.after[s]])),
                part=None if work.share[s] == 1.0 else float(work.share[s]),
                owner=issue.owner,
                phase=act.phase,
                exposure=_by_party(model, np.maximum(0.0, -holds[n])),
                slack=slack[k],
                uses=dict(act.uses),
            )
        )
    return tuple(steps)


def _exit(recoverable: float) -> Reason:
    if 0.0 < recoverable < 1.0:
        return reason("plan.exit.part", share=recoverable)
    return reason("plan.exit.whole" if recoverable >= 1.0 else "plan.exit.none")


def list_verifications(line: Timeline) -> tuple[Verification, ...]:
    """The verification of each step, V1 that of S1."""
    model, agenda = line.model, line.agenda
    checks = []
    for n, k in enumerate(line.listed.tolist()):
        act, after = line.acts[k], option_of(model, line.work.after[int(line.walk[n])])
        issue = model.terms[act.issue]
        method, inspection = issue.verified_by.get(after, ""), check_of(issue, after)
        checks.append(
            Verification(
                id=f"V{line.numbers[n]}",
                step=f"S{line.numbers[n]}",
                start=line.date(agenda.check[k]),
                end=line.date(agenda.close[k]),
                method=method,
                days=int(agenda.close[k] - agenda.end[k]),
                within=None if inspection is None else inspection.days,
                detection=None if inspection is None else inspection.detection,
                why=_ground(method, inspection),
                uses=dict(act.checks),
            )
        )
    return tuple(checks)


def _ground(method: str, inspection: Inspection | None) -> Reason:
    """Where the detection probability comes from, or why there is none."""
    if inspection is None:
        return reason("plan.check.silent" if method else "plan.check.none")
    return reason(
        "plan.check.sample",
        drawn=inspection.drawn,
        items=inspection.items,
        significant=inspection.significant,
        kind=inspection.kind,
        why=inspection.why,
    )


def list_decisions(line: Timeline, horizon: dt.date | None) -> tuple[Decision, ...]:
    """A decision point before each phase but the first: when all is verified for which its earliest steps wait."""
    model, acts, agenda = line.model, line.acts, line.agenda
    decisions: list[Decision] = []
    for phase in sorted({act.phase for act in acts})[1:]:
        own = [k for k, act in enumerate(acts) if act.phase == phase]
        waiting = [k for k in own if acts[k].seen]
        if not waiting:  # for what was done before these steps
            continue
        opens = min(waiting, key=lambda k: (agenda.close[list(acts[k].seen)].max(), k))
        waited = max(acts[opens].seen, key=lambda k: (int(agenda.close[k]), k))
        day = int(agenda.close[waited])
        done = [n for n, k in enumerate(line.listed.tolist()) if agenda.close[k] <= day]
        room = _room(acts, agenda, phase, horizon)
        givers = [p for n, k in enumerate(line.listed.tolist()) if k in own for p in line.work.givers[int(line.walk[n])]]
        decisions.append(
            Decision(
                id=f"D{len(decisions) + 1}",
                date=line.date(day),
                after=f"S{line.number_of_act()[waited]}",
                next=tuple(dict.fromkeys(model.parties[p] for p in givers)),
                hold_until="" if room is None or room < 0 else line.date(day + room),
                go=_by_party(model, line.work.gain),
                hold=_by_party(model, _as_it_is(line, done)),
                back=_by_party(model, line.holds_of(done)),
            )
        )
    return tuple(decisions)


def _as_it_is(line: Timeline, done: Sequence[int]) -> NDArray[np.float64]:
    """What each party has of the steps done, by place, if they stand as they are, parts of a move at their share of it (P,)."""
    model, work = line.model, line.work
    specs = [*line.past, *((work.issue[s], work.before[s], work.after[s], work.share[s]) for s in line.walk[list(done)].tolist())]
    shares: dict[tuple[int, int, int], float] = {}
    for issue, before, after, share in specs:
        shares[issue, before, after] = shares.get((issue, before, after), 0.0) + share
    row, part = np.zeros(len(model.issues), dtype=np.int64), np.zeros(len(model.parties))
    for (issue, before, after), share in shares.items():
        if share > 1.0 - 1e-9:
            row[issue] = max(row[issue], after - int(model.first[issue]))
        else:
            part += share * (model.value[:, after] - model.value[:, before])
    means = model.means(np.array([row, np.zeros_like(row)]))
    points: NDArray[np.float64] = means[0] - means[1] + part - model.step_cost * len(specs)
    return points


def _room(acts: Sequence[Act], agenda: Agenda, phase: int, horizon: dt.date | None) -> int | None:
    """By how many days everything after a phase can move as it is before it meets a date; None where no date limits it."""
    room = [] if horizon is None else [agenda.days.number(horizon) - agenda.last]
    for k, act in enumerate(acts):
        if act.phase > phase:
            room += [] if act.latest is None else [agenda.days.number(act.latest) - int(agenda.end[k])]
            room += [] if act.expires is None else [agenda.days.number(act.expires) - int(agenda.start[k])]
    return min(room, default=None)


def list_stop_losses(line: Timeline, course: Course, trust: NDArray[np.float64]) -> tuple[StopLoss, ...]:
    """For each party its limit, stated or what its trust carries, and the first moment of the calendar beyond it."""
    model, gain, number = line.model, line.work.gain, line.number_of_act()
    day, holds, act = course
    exposure_of_all = exposures(line.agenda, day, holds)
    last_of_day = _last_of_day(day)
    stops = []
    for p, party in enumerate(model.parties):
        own, believed = bool(np.isfinite(model.limit[p])), float(trust[p])
        bearable = np.inf if believed >= 1.0 else max(float(gain[p]), 0.0) * believed / (1.0 - believed)
        limit = float(model.limit[p]) if own else bearable
        exposure = exposure_of_all[:, p]
        beyond = np.flatnonzero((exposure > limit * (1.0 + 1e-9) + 1e-12) & last_of_day)
        at = int(beyond[0]) if len(beyond) else None
        stops.append(
            StopLoss(
                party=party,
                limit=limit,
                kind="stated" if own else "trust",
                exposure=float(exposure[at] if at is not None else exposure[last_of_day].max(initial=0.0)),
                step="" if at is None else f"S{number[int(act[at])]}",
                date="" if at is None else line.date(int(day[at])),
            )
        )
    return tuple(stops)


def list_moments(line: Timeline, course: Course) -> tuple[Moment, ...]:
    """What each party holds from each day on which something counts."""
    day, holds, _ = course
    exposure = exposures(line.agenda, day, holds)
    return tuple(
        Moment(line.date(int(day[k])), _by_party(line.model, holds[k]), _by_party(line.model, exposure[k]))
        for k in np.flatnonzero(_last_of_day(day))
    )


def _last_of_day(day: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where the last of the moments of a day stands."""
    return np.append(day[1:] != day[:-1], [True]).astype(bool)


def find_critical(line: Timeline) -> tuple[str, ...]:
    """The chain of steps and checks that decides when the plan ends: each begins when the one before it is done."""
    acts, agenda, number = line.acts, line.agenda, line.number_of_act()
    n = len(acts)
    begin, end = np.concatenate([agenda.start, agenda.check]), np.concatenate([agenda.end, agenda.close])
    chain: list[int] = []
    here: int | None = int(np.argmax(end))
    while here is not None and here not in chain:
        chain.append(here)
        before = [
            t
            for t in range(2 * n)
            if t not in chain
            and end[t] <= begin[here]
            and agenda.days.next_workday[end[t]] == begin[here]
            and _waits(acts, here, t)
        ]
        here = max(before, key=lambda t: (end[t], begin[t], -t), default=None)
    return tuple(f"{'S' if t < n else 'V'}{number[t % n]}" for t in reversed(chain))


def _waits(acts: Sequence[Act], late: int, early: int) -> bool:
    """Whether a piece of work waits for another: numbers below n are acts, from n on the checks of the same acts.

    It does for its own act, for what its act must follow or have seen, and for what needs the same resource.
    """
    n = len(acts)
    act, other = acts[late % n], acts[early % n]
    units, others = (act.uses if late < n else act.checks), (other.uses if early < n else other.checks)
    return (
        (late >= n and early == late - n)
        or (late < n and early in act.after)
        or (late < n and early - n in act.seen)
        or bool(units.keys() & others.keys())
    )


def list_shifts(line: Timeline) -> tuple[Shift, ...]:
    """Every date that would have fallen on a day off: where it would have been, where it is, and why."""
    acts, agenda, days = line.acts, line.agenda, line.agenda.days
    shifts: list[Shift] = []
    for n, k in enumerate(line.listed.tolist()):
        act = acts[k]
        ready = max([0, *agenda.close[list(act.seen)].tolist(), *agenda.end[list(act.after)].tolist()])
        if act.earliest is not None and days.number(act.earliest) <= agenda.start[k]:  # else the calendar could not keep it
            ready = max(ready, days.number(act.earliest))
        begin, end, check, close = (int(a[k]) for a in (agenda.start, agenda.end, agenda.check, agenda.close))
        dates: tuple[tuple[str, Literal["start", "end"], int, int], ...] = (
            (f"S{line.numbers[n]}", "start", ready if days.next_workday[ready] == begin else begin, begin),
            (f"S{line.numbers[n]}", "end", days.due(begin, act.days), end),
            (f"V{line.numbers[n]}", "end", days.due(check, act.lag), close),
        )
        for name, what, due, day in dates:
            if due != day:
                why = [days.reason(d) for d in range(due, day)]
                unlike = tuple(text for j, text in enumerate(why) if text not in why[:j])
                shifts.append(Shift(name, what, line.date(due), line.date(day), unlike))
    return tuple(shifts)


def _by_party(model: Model, numbers: NDArray[np.float64]) -> dict[str, float]:
    return {party: float(numbers[p]) for p, party in enumerate(model.parties)}
