"""Where no calendar keeps every limit: which limits exclude each other, and the least change of one that lifts it.

A limit is a date (earliest, latest, expires, horizon) or a capacity. A conflict is a set of limits none of which can be dropped
without the rest becoming possible. Because every change makes more possible and never less, the least change is found by halving.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summitry.reasons import Reason, reason
from summitry.sequence.calendar import Agenda, Limits, agenda

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from summitry.case.types import Calendar
    from summitry.sequence.calendar import Act

    Key = tuple[str, str]

KINDS = ("expires", "latest", "horizon", "earliest", "capacity")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A limit that the plan cannot keep together with others, and the least change of it alone that lifts their conflict.

    `about` is the issue or resource. `limit` and `needed` are ISO dates or numbers of units. Conflicts of one `group` exclude
    each other; changing one of them is enough, and the plan shown has the one `applied`. `by` is the change in days or units;
    `needed` is empty and `by` None where no change of it alone would do. `what` says the same in words.
    """

    group: int
    kind: str
    about: str
    limit: str
    needed: str
    by: int | None
    applied: bool
    what: Reason


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The calendar with the changes that it needed, and the conflicts that they lift; None where even they give none."""

    agenda: Agenda | None
    conflicts: tuple[Conflict, ...]


def fit_limits(acts: Sequence[Act], calendar: Calendar, first: dt.date, limits: Limits) -> Fit:
    """The shortest calendar within the limits; where there is none, with the least changes that make one.

    1. Find limits that exclude each other: drop all, and take each back unless the rest stays impossible without it.
    2. For each of them, the least change that lifts this conflict alone. 3. Apply the one of fewest days, or else of fewest
    units, and begin again until a calendar is found.
    """
    keys = _keys(acts, limits)
    changed: dict[Key, int] = {}
    conflicts: list[Conflict] = []

    def solved(active: Sequence[Key], changes: Mapping[Key, int]) -> Agenda | None:
        return agenda(*_eased(acts, limits, [key for key in keys if key not in active], changes, calendar, first))

    timed = solved(keys, changed)
    for group in range(1, 2 * len(keys) + 2):
        if timed is not None:
            break
        core = _core(keys, lambda active: solved(active, changed))
        if not core:
            break
        least = {key: _least(key, core, changed, acts, limits, first, solved) for key in core}
        ways = [(key[0] == "capacity", amount, key) for key, amount in least.items() if amount is not None]
        if not ways:
            break
        easiest = min(ways)[2]
        conflicts += [_conflict(group, key, least[key], changed, acts, limits, applied=key == easiest) for key in core]
        changed[easiest] = changed.get(easiest, 0) + (least[easiest] or 0)
        timed = solved(keys, changed)
    return Fit(timed, tuple(conflicts))


def _keys(acts: Sequence[Act], limits: Limits) -> list[Key]:
    keys: list[Key] = [("horizon", "")] if limits.horizon is not None else []
    for act in acts:
        dates = {"expires": act.expires, "latest": act.latest, "earliest": act.earliest}
        keys += [(kind, act.issue) for kind, date in dates.items() if date is not None]
    keys += [("capacity", name) for name in limits.room]
    return list(dict.fromkeys(keys))


def _core(keys: Sequence[Key], solved: Callable[[Sequence[Key]], Agenda | None]) -> list[Key]:
    """Limits that cannot all be kept, though all but any one of them can; empty where not even dropping all helps."""
    core = list(keys)
    if solved([]) is None:
        return []
    for key in sorted(keys, key=lambda key: -KINDS.index(key[0])):
        rest = [other for other in core if other != key]
        if solved(rest) is None:
            core = rest
    return core


def _least(
    key: Key,
    core: Sequence[Key],
    changed: Mapping[Key, int],
    acts: Sequence[Act],
    limits: Limits,
    first: dt.date,
    solved: Callable[[Sequence[Key], Mapping[Key, int]], Agenda | None],
) -> int | None:
    """The least further change of one limit that lifts the conflict `core`; None where no change of it alone does.

    Without the limit the plan ends on some day, so a limit moved beyond that day is as good as none: the most to look for.
    """
    free = solved([other for other in core if other != key], changed)
    if free is None:
        return None
    kind, about = key
    if kind == "capacity":
        most = sum(act.uses.get(about, 0) + act.checks.get(about, 0) for act in acts)
    elif kind == "earliest":
        most = max((act.earliest - first).days for act in acts if act.issue == about and act.earliest is not None)
    else:
        most = free.last + 1 + max(0, (first - _date_of(key, acts, limits)).days)

    def enough(amount: int) -> bool:
        return solved(core, {**changed, key: changed.get(key, 0) + amount}) is not None

    if not enough(most):
        return None
    return bisect_left(range(most), 1, lo=1, key=enough)


def _eased(
    acts: Sequence[Act],
    limits: Limits,
    dropped: Sequence[Key],
    changes: Mapping[Key, int],
    calendar: Calendar,
    first: dt.date,
) -> tuple[list[Act], Calendar, dt.date, Limits]:
    """The arguments of `agenda` with some limits dropped and others changed: dates by days, capacities by units."""

    def moved(kind: str, issue: str, date: dt.date | None) -> dt.date | None:
        if date is None or (kind, issue) in dropped:
            return None
        by = changes.get((kind, issue), 0)
        return date - dt.timedelta(days=by) if kind == "earliest" else date + dt.timedelta(days=by)

    eased = [
        replace(
            act,
            earliest=moved("earliest", act.issue, act.earliest),
            latest=moved("latest", act.issue, act.latest),
            expires=moved("expires", act.issue, act.expires),
        )
        for act in acts
    ]
    total = {name: sum(act.uses.get(name, 0) + act.checks.get(name, 0) for act in acts) for name in limits.room}
    room = {
        name: total[name] if ("capacity", name) in dropped else units + changes.get(("capacity", name), 0)
        for name, units in limits.room.items()
    }
    return eased, calendar, first, Limits(moved("horizon", "", limits.horizon), room)


def _conflict(
    group: int,
    key: Key,
    amount: int | None,
    changed: Mapping[Key, int],
    acts: Sequence[Act],
    limits: Limits,
    *,
    applied: bool,
) -> Conflict:
    kind, about = key
    limit, needed = ("" if by is None else _moved_limit(key, changed.get(key, 0) + by, acts, limits) for by in (0, amount))
    code = f"plan.limit.{kind}" if amount is not None else f"plan.limit.{kind}.fixed"
    what = reason(code, limit=limit, needed=needed, by=amount)
    return Conflict(group, kind, about, limit, needed, amount, applied, what)


def _moved_limit(key: Key, by: int, acts: Sequence[Act], limits: Limits) -> str:
    """A limit moved by days or units: an ISO date, or a number of units."""
    kind, about = key
    if kind == "capacity":
        return str(limits.room[about] + by)
    return (_date_of(key, acts, limits) + dt.timedelta(days=-by if kind == "earliest" else by)).isoformat()


def _date_of(key: Key, acts: Sequence[Act], limits: Limits) -> dt.date:
    """The date of a limit that is no capacity."""
    kind, about = key
    dates = [limits.horizon] if kind == "horizon" else [getattr(act, kind) for act in acts if act.issue == about]
    date: dt.date = next(date for date in dates if date is not None)
    return date
