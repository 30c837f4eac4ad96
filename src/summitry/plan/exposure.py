"""Exposure in time: who holds how much on which day, and acts moved later where that shortens it and delays nothing.

An act counts for those who give when it is done, and for those who receive when it is verified; what would hurt a receiver counts
when it is done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.timetable import FAR
from summitry.kernels.trust import along, unrounded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.model import Model
    from summitry.sequence.calendar import Act, Agenda, Limits
    from summitry.sequence.orders import Steps


@dataclass(frozen=True, slots=True, eq=False)
class Stakes:
    """What n acts leave P parties after a breakdown, in the order of the acts.

    `balance` (n, P) is what each act leaves; `giver` (n, P) whether the party is on a side that acts. `need` and `ends` (T, n)
    say of which acts, done, an amount `extra` (T, P) arises, and which of them end it. `base` (P,) was there before.
    """

    balance: NDArray[np.float64]
    giver: NDArray[np.bool_]
    need: NDArray[np.bool_]
    ends: NDArray[np.bool_]
    extra: NDArray[np.float64]
    base: NDArray[np.float64]


def stakes_of(model: Model, work: Steps, order: NDArray[np.int64], before: tuple[int, ...] = ()) -> Stakes:
    """The stakes of steps in an order, after steps that were done before them."""
    giver = np.array([np.isin(model.side, model.side[list(work.givers[s])]) for s in order])
    joint = work.joint
    base = along(before, work.balance, joint, joint.balance)[-1]
    return Stakes(work.balance[order], giver, joint.need[:, order], joint.ends[:, order], joint.balance, base)


def moments(agenda: Agenda, stakes: Stakes) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
    """Days (M,), what each party holds from then on (M, P), and the act that the moment belongs to (M,)."""
    acts = np.arange(len(stakes.balance))
    at_once = np.where(stakes.giver | (stakes.balance < 0.0), stakes.balance, 0.0)
    begin, nothing = np.zeros(1, dtype=np.int64), np.zeros((1, stakes.balance.shape[1]))
    day, change, act = [begin, agenda.end, agenda.close], [nothing, at_once, stakes.balance - at_once], [begin, acts, acts]
    for need, ends, extra in zip(stakes.need, stakes.ends, stakes.extra, strict=True):
        stop = int(agenda.end[ends].min()) if ends.any() else FAR
        if not need.any():  # it arose before, and is in the base
            if stop < FAR:
                first = int(np.flatnonzero(ends)[np.argmin(agenda.end[ends])])
                day, change, act = [*day, agenda.end[first : first + 1]], [*change, -extra[None]], [*act, np.array([first])]
            continue
        for amount, when in ((np.minimum(extra, 0.0), agenda.end), (np.maximum(extra, 0.0), agenda.close)):
            last = int(np.flatnonzero(need)[np.argmax(when[need])])
            if int(when[last]) < stop and amount.any():
                day.append(np.array([int(when[last]), stop]) if stop < FAR else when[last : last + 1])
                change.append(np.array([amount, -amount]) if stop < FAR else amount[None])
                act.append(np.full(len(day[-1]), last))
    days, changes, by = np.concatenate(day), np.concatenate(change), np.concatenate(act)
    order = np.lexsort((np.arange(len(days)), days))
    holds = unrounded(stakes.base + np.cumsum(changes[order], axis=0), np.abs(stakes.base) + np.abs(changes).sum(axis=0))
    return days[order], holds, by[order]


def exposures(agenda: Agenda, day: NDArray[np.int64], holds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Exposure from each day on (M, P): none once every act is done, as after the last step of an order."""
    return np.where((day < agenda.end.max())[:, None], np.maximum(0.0, -holds), 0.0)


def exposed_days(agenda: Agenda, stakes: Stakes) -> NDArray[np.float64]:
    """Points of exposure times days, by party (P,)."""
    day, holds, _ = moments(agenda, stakes)
    result: NDArray[np.float64] = (exposures(agenda, day, holds)[:-1] * np.diff(day)[:, None]).sum(axis=0)
    return result


def move_later(acts: Sequence[Act], agenda: Agenda, limits: Limits, stakes: Stakes) -> Agenda:
    """The same calendar with acts moved to their latest day where somebody is exposed for less and nobody for more."""
    for k in np.argsort(-agenda.end, kind="stable").tolist():
        late = _latest_of(acts, agenda, limits, k)
        if late is None:
            continue
        now, then = exposed_days(agenda, stakes), exposed_days(late, stakes)
        if (then <= now + 1e-9).all() and (then < now - 1e-9).any():
            agenda = late
    return agenda


def slack_of(acts: Sequence[Act], agenda: Agenda, limits: Limits) -> list[int]:
    """By how many days each act may begin later while nothing moves but its own verification."""
    latest = [_latest_of(acts, agenda, limits, k) for k in range(len(acts))]
    return [0 if late is None else int(late.start[k] - agenda.start[k]) for k, late in enumerate(latest)]


def _latest_of(acts: Sequence[Act], agenda: Agenda, limits: Limits, k: int) -> Agenda | None:
    """The agenda with act k and its verification as late as all others allow; None where it cannot move."""
    act = acts[k]
    close = min([agenda.last, *(int(agenda.start[j]) for j, other in enumerate(acts) if k in other.seen)])
    check = _latest(acts, agenda, limits, k, act.lag, act.checks, int(agenda.check[k]), close)
    by = min([check, *(int(agenda.start[j]) for j, other in enumerate(acts) if k in other.after)])
    if act.latest is not None:
        by = min(by, agenda.days.number(act.latest))
    start = _latest(acts, agenda, limits, k, act.days, act.uses, int(agenda.start[k]), by)
    if start <= agenda.start[k] or (act.expires is not None and start > agenda.days.number(act.expires)):
        return None
    fields = {name: getattr(agenda, name).copy() for name in ("start", "end", "check", "close")}
    fields["start"][k], fields["end"][k] = start, agenda.days.end(start, act.days)
    fields["check"][k], fields["close"][k] = check, agenda.days.end(check, act.lag)
    return replace(agenda, **fields)


def _latest(
    acts: Sequence[Act], agenda: Agenda, limits: Limits, k: int, length: int, units: Mapping[str, int], start: int, by: int
) -> int:
    """The last working day from `start` on so that a task of act k ends by `by` and every resource suffices."""
    workdays = agenda.days.workdays
    for day in workdays[: np.searchsorted(workdays, by, side="right")][::-1].tolist():
        if day <= start:
            break
        end = agenda.days.end(day, length)
        if end <= by and all(
            _units_in_use(acts, agenda, k, name, day, end) + n <= limits.room[name] for name, n in units.items()
        ):
            return int(day)
    return start


def _units_in_use(acts: Sequence[Act], agenda: Agenda, k: int, name: str, day: int, end: int) -> int:
    """The most units of a resource that all acts but k, and their verifications, take on one day of [day, end)."""
    tasks = [
        (int(begins[j]), int(ends[j]), units.get(name, 0))
        for j, act in enumerate(acts)
        if j != k
        for begins, ends, units in ((agenda.start, agenda.end, act.uses), (agenda.check, agenda.close, act.checks))
    ]
    inside = [(a, b, n) for a, b, n in tasks if n and a < end and b > day]
    points = {day, *(a for a, _, _ in inside if a > day)} if end > day else set()
    return max((sum(n for a, b, n in inside if a <= t < b) for t in points), default=0)
