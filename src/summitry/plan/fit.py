"""Where no calendar keeps every limit: which limits exclude each other, and the least change of one that lifts it.

A limit is a date (earliest, latest, expires, horizon) or a capacity. A conflict is a set of limits none of which can be dropped
without the rest becoming possible. Because every change makes more possible and never less, the least change is found by halving.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summitry.plan.results import Conflict
from summitry.sequence.agenda import Agenda, Limits, agenda

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from summitry.case.types import Calendar
    from summitry.sequence.agenda import Act

    Key = tuple[str, str]

KINDS = ("expires", "latest", "horizon", "earliest", "capacity")


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """The calendar with the changes that it needed, and the conflicts that they lift; None where even they give none."""

    agenda: Agenda | None
    conflicts: tuple[Conflict, ...]


def fit(acts: Sequence[Act], calendar: Calendar, first: dt.date, limits: Limits) -> Fitted:
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

    found = solved(keys, changed)
    for group in range(1, 2 * len(keys) + 2):
        if found is not None:
            break
        core = _core(keys, lambda active: solved(active, changed))
        if not core:
            break
        least = {key: _least(key, core, changed, acts, limits, first, solved) for key in core}
        known = [(KINDS.index(key[0]) == len(KINDS) - 1, amount, key) for key, amount in least.items() if amount is not None]
        if not known:
            break
        chosen = min(known)[2]
        conflicts += [_told(group, key, least[key], changed, acts, limits, applied=key == chosen) for key in core]
        changed[chosen] = changed.get(chosen, 0) + (least[chosen] or 0)
        found = solved(keys, changed)
    return Fitted(found, tuple(conflicts))


def _keys(acts: Sequence[Act], limits: Limits) -> list[Key]:
    found: list[Key] = [("horizon", "")] if limits.horizon is not None else []
    for act in acts:
        dates = {"expires": act.expires, "latest": act.latest, "earliest": act.earliest}
        found += [(kind, act.issue) for kind, date in dates.items() if date is not None]
    found += [("capacity", name) for name in limits.room]
    return list(dict.fromkeys(found))


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
    """The least further change of one limit that lifts the conflict `core`; None where no change of it alone does."""
    free = solved([other for other in core if other != key], changed)
    if free is None:
        return None
    most = free.last + 1
    if key[0] == "earliest":
        most = max((act.earliest - first).days for act in acts if act.issue == key[1] and act.earliest is not None)
    elif key[0] == "capacity":
        most = sum(act.uses.get(key[1], 0) + act.checks.get(key[1], 0) for act in acts)

    def enough(amount: int) -> bool:
        return solved(core, {**changed, key: changed.get(key, 0) + amount}) is not None

    while not enough(most):
        if key[0] != "earliest" and most <= _date_room(limits, acts, key):
            most *= 2
        else:
            return None
    return bisect_left(range(most), 1, lo=1, key=enough)


def _date_room(limits: Limits, acts: Sequence[Act], key: Key) -> int:
    """How far a change may be sought: so many days that the whole plan could be done after the limit."""
    if key[0] == "capacity":
        return limits.room[key[1]]
    return 4 * sum(act.days + act.lag + 14 for act in acts) + 4000


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


def _told(
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
    base = changed.get(key, 0)
    if kind == "capacity":
        limit = limits.room[about] + base
        needed = "" if amount is None else str(limit + amount)
        return Conflict(group, kind, about, str(limit), needed, amount, applied, _sentence(kind, str(limit), needed, amount))
    if kind == "horizon":
        date = limits.horizon
    else:
        date = next((getattr(act, kind) for act in acts if act.issue == about and getattr(act, kind) is not None), None)
    assert date is not None, "a limit of this kind has a date"  # noqa: S101 (only what has one is a key)
    sign = -1 if kind == "earliest" else 1
    now = date + dt.timedelta(days=sign * base)
    needed = "" if amount is None else (now + dt.timedelta(days=sign * amount)).isoformat()
    return Conflict(
        group, kind, about, now.isoformat(), needed, amount, applied, _sentence(kind, now.isoformat(), needed, amount)
    )


def _sentence(kind: str, limit: str, needed: str, amount: int | None) -> str:
    """The limit in words, and the change of it alone that would do."""
    said = {
        "expires": f"it expires on {limit}",
        "latest": f"it must be done by {limit}",
        "earliest": f"it cannot begin before {limit}",
        "horizon": f"all must be done by {limit}",
        "capacity": f"there are {limit} units",
    }[kind]
    if amount is None:
        return f"{said}; no change of this alone would do"
    if kind == "capacity":
        return f"{said}; {needed} would do"
    return (
        f"{said}; {needed} would do, {amount} {'day' if amount == 1 else 'days'} {'earlier' if kind == 'earliest' else 'later'}"
    )
