"""What a dated order says: steps, checks, decision points, stop-losses, the critical path, and dates that a day off moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.evidence.inspections import check_of
from summitry.kernels.trust import along
from summitry.plan.exposed import exposures
from summitry.plan.results import Decision, Moment, Shift, Step, StopLoss, Verification

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.evidence.inspections import Check as Inspection
    from summitry.model import Model
    from summitry.sequence.agenda import Act, Agenda
    from summitry.sequence.steps import Steps

    Spec = tuple[int, int, int, float]
    Course = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]

UNSEEN = "none stated: counts as unverified"


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """Steps on a calendar. `walk` (n,) are the steps as they are told, `numbers` their numbers, `listed` the acts that they are.

    `before` is the step that stands for all that was done before the first of them, `past` what that was.
    """

    model: Model
    made: Steps
    acts: tuple[Act, ...]
    timed: Agenda
    walk: NDArray[np.int64]
    listed: NDArray[np.int64]
    numbers: tuple[int, ...]
    before: tuple[int, ...] = ()
    past: tuple[Spec, ...] = ()

    def held(self) -> NDArray[np.float64]:
        """What each party holds after 1 .. n steps if everything stops, shape (n, P)."""
        joint = self.made.joint
        extra = np.zeros((0, 0)) if joint is None else joint.balance
        return along([*self.before, *self.walk.tolist()], self.made.balance, joint, extra)[1 + len(self.before) :]


def option(model: Model, column: int) -> str:
    """The name of an option by its column."""
    i = int(model.issue_of[column])
    return model.options[i][column - int(model.first[i])]


def steps(dated: Dated, slack: Sequence[int]) -> tuple[Step, ...]:
    """The steps as listed, S1 first; what is held is summed in that order."""
    model, made, timed, held = dated.model, dated.made, dated.timed, dated.held()
    found = []
    for n, k in enumerate(dated.listed.tolist()):
        s, act = int(dated.walk[n]), dated.acts[k]
        issue, after = model.case.file.issues[act.issue], option(model, made.after[s])
        share = "" if made.share[s] == 1.0 else f" ({made.share[s]:.0%} of the move)"
        found.append(
            Step(
                id=f"S{dated.numbers[n]}",
                givers=tuple(model.parties[p] for p in made.givers[s]),
                issue=act.issue,
                before=option(model, made.before[s]),
                after=after + share,
                start=timed.days.date(timed.start[k]).isoformat(),
                end=timed.days.date(timed.end[k]).isoformat(),
                verification=issue.verified_by.get(after, UNSEEN),
                held=_by_party(model, held[n]),
                exit=_exit(float(model.recoverable[made.after[s]])),
                owner=issue.owner,
                phase=act.phase,
                exposure=_by_party(model, np.maximum(0.0, -held[n])),
                slack=slack[k],
                uses=dict(act.uses),
            )
        )
    return tuple(found)


def verifications(dated: Dated) -> tuple[Verification, ...]:
    """The verification of each step, V1 that of S1."""
    model, timed = dated.model, dated.timed
    found = []
    for n, k in enumerate(dated.listed.tolist()):
        act, after = dated.acts[k], option(model, dated.made.after[int(dated.walk[n])])
        method = model.case.file.issues[act.issue].verified_by.get(after, "")
        said = check_of(model.case.file.issues[act.issue], after)
        found.append(
            Verification(
                id=f"V{dated.numbers[n]}",
                step=f"S{dated.numbers[n]}",
                start=timed.days.date(timed.check[k]).isoformat(),
                end=timed.days.date(timed.seen[k]).isoformat(),
                method=method or UNSEEN,
                days=int(timed.seen[k] - timed.end[k]),
                within=None if said is None else said.days,
                detection=None if said is None else said.detection,
                why=_why(method, said),
                uses=dict(act.checks),
            )
        )
    return tuple(found)


def _why(method: str, said: Inspection | None) -> str:
    """Where the detection probability comes from, or why there is none."""
    if said is not None:
        return f"{said.drawn} of {said.items} looked at, {said.significant} wrong ones matter; {said.kind}: {said.why}"
    if method:
        return "the case does not say how surely this shows what is wrong"
    return "nothing is said to verify it: the time passes all the same"


def decisions(dated: Dated, horizon: dt.date | None) -> tuple[Decision, ...]:
    """A decision point where the mover changes: once all of a phase is verified, before the next one begins."""
    model, made, acts, timed = dated.model, dated.made, dated.acts, dated.timed
    back, phases = dated.held(), [acts[k].phase for k in dated.listed.tolist()]
    found: list[Decision] = []
    for n in range(len(phases) - 1):
        if phases[n] == phases[n + 1]:
            continue
        day = int(max(timed.seen[[k for k in range(len(acts)) if acts[k].phase == phases[n]]]))
        room = _room(acts, timed, phases[n], horizon)
        givers = [p for m in range(len(phases)) if phases[m] == phases[n + 1] for p in made.givers[int(dated.walk[m])]]
        found.append(
            Decision(
                id=f"D{len(found) + 1}",
                date=timed.days.date(day).isoformat(),
                after=f"S{dated.numbers[n]}",
                next=tuple(dict.fromkeys(model.parties[p] for p in givers)),
                hold_until="" if room is None or room < 0 else timed.days.date(day + room).isoformat(),
                go=_by_party(model, made.gain),
                hold=_by_party(model, _as_it_is(dated, n + 1)),
                back=_by_party(model, back[n]),
            )
        )
    return tuple(found)


def _as_it_is(dated: Dated, count: int) -> NDArray[np.float64]:
    """What each party has of the first steps if they stand as they are, parts of a move at their share of it (P,)."""
    model, made = dated.model, dated.made
    specs = [*dated.past, *((made.issue[s], made.before[s], made.after[s], made.share[s]) for s in dated.walk[:count].tolist())]
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
    found: NDArray[np.float64] = means[0] - means[1] + part - model.step_cost * len(specs)
    return found


def _room(acts: Sequence[Act], timed: Agenda, phase: int, horizon: dt.date | None) -> int | None:
    """By how many days everything after a phase can move as it is before it meets a date; None where no date limits it."""
    found = [] if horizon is None else [timed.days.number(horizon) - timed.last]
    for k, act in enumerate(acts):
        if act.phase > phase:
            found += [] if act.latest is None else [timed.days.number(act.latest) - int(timed.end[k])]
            found += [] if act.expires is None else [timed.days.number(act.expires) - int(timed.start[k])]
    return min(found, default=None)


def stop_loss(dated: Dated, course: Course, trust: NDArray[np.float64]) -> tuple[StopLoss, ...]:
    """For each party its limit, stated or what its trust carries, and the first moment of the calendar beyond it."""
    model, timed, gain = dated.model, dated.timed, dated.made.gain
    day, holds, act = course
    exposed_all = exposures(timed, day, holds)
    place = {int(k): number for number, k in zip(dated.numbers, dated.listed, strict=True)}
    found = []
    for p, party in enumerate(model.parties):
        stated, believed = bool(np.isfinite(model.limit[p])), float(trust[p])
        carried = np.inf if believed >= 1.0 else max(float(gain[p]), 0.0) * believed / (1.0 - believed)
        limit = float(model.limit[p]) if stated else carried
        exposed = exposed_all[:, p]
        last_of_day = np.append(day[1:] != day[:-1], [True]).astype(bool)
        beyond = np.flatnonzero((exposed > limit * (1.0 + 1e-9) + 1e-12) & last_of_day)
        at = int(beyond[0]) if len(beyond) else None
        found.append(
            StopLoss(
                party=party,
                limit=limit,
                kind="stated" if stated else "what its trust carries",
                exposure=float(exposed[at] if at is not None else exposed[last_of_day].max(initial=0.0)),
                step="" if at is None else f"S{place[int(act[at])]}",
                date="" if at is None else timed.days.date(int(day[at])).isoformat(),
            )
        )
    return tuple(found)


def course(dated: Dated, moments: Course) -> tuple[Moment, ...]:
    """What each party holds from each day on which something counts."""
    model, timed = dated.model, dated.timed
    day, holds, _ = moments
    last = np.append(day[1:] != day[:-1], [True]).astype(bool)
    exposed = exposures(timed, day, holds)
    return tuple(
        Moment(timed.days.date(int(day[k])).isoformat(), _by_party(model, holds[k]), _by_party(model, exposed[k]))
        for k in np.flatnonzero(last)
    )


def critical(dated: Dated) -> tuple[str, ...]:
    """The chain of steps and checks that decides when the plan ends: each begins when the one before it is done."""
    acts, timed = dated.acts, dated.timed
    n = len(acts)
    begin, end = np.concatenate([timed.start, timed.check]), np.concatenate([timed.end, timed.seen])
    units = [act.uses for act in acts] + [act.checks for act in acts]
    place = {int(k): number for number, k in zip(dated.numbers, dated.listed, strict=True)}
    chain: list[int] = []
    here: int | None = int(np.argmax(end))
    while here is not None and here not in chain:
        chain.append(here)
        act = acts[here % n]
        before = [
            t
            for t in range(2 * n)
            if t not in chain
            and end[t] <= begin[here]
            and timed.days.next_workday[end[t]] == begin[here]
            and (
                acts[t % n].phase < act.phase
                or (here >= n and t == here - n)
                or (here < n and t < n and t in act.after)
                or bool(units[t].keys() & units[here].keys())
            )
        ]
        here = max(before, key=lambda t: (end[t], begin[t], -t), default=None)
    return tuple(f"{'S' if t < n else 'V'}{place[t % n]}" for t in reversed(chain))


def shifts(dated: Dated) -> tuple[Shift, ...]:
    """Every date that would have fallen on a day off: where it would have been, where it is, and why."""
    acts, timed, found = dated.acts, dated.timed, []
    on = timed.days
    closed = {
        phase: int(max(timed.seen[[k for k, a in enumerate(acts) if a.phase == phase]])) for phase in {a.phase for a in acts}
    }
    for n, k in enumerate(dated.listed.tolist()):
        act = acts[k]
        ready = max([0, *(closed[p] for p in closed if p < act.phase), *(int(timed.end[j]) for j in act.after)])
        if act.earliest is not None and on.number(act.earliest) <= timed.start[k]:  # else the calendar could not keep it
            ready = max(ready, on.number(act.earliest))
        begin, end, check, seen = (int(a[k]) for a in (timed.start, timed.end, timed.check, timed.seen))
        for name, what, due, day in (
            (f"S{dated.numbers[n]}", "start", ready if on.next_workday[ready] == begin else begin, begin),
            (f"S{dated.numbers[n]}", "end", on.due(begin, act.days), end),
            (f"V{dated.numbers[n]}", "end", on.due(check, act.lag), seen),
        ):
            if due != day:
                why = "; ".join(dict.fromkeys(on.reason(d) for d in range(due, day)))
                found.append(Shift(name, what, on.date(due).isoformat(), on.date(day).isoformat(), why))
    return tuple(found)


def _by_party(model: Model, numbers: NDArray[np.float64]) -> dict[str, float]:
    return {party: float(numbers[p]) for p, party in enumerate(model.parties)}


def _exit(recoverable: float) -> str:
    if recoverable >= 1.0:
        return "can be taken back whole"
    if recoverable <= 0.0:
        return "cannot be taken back"
    return f"{100 * recoverable:.0f} % can be taken back"
