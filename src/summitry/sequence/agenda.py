"""The steps of an order as tasks on a calendar: acts, verifications, and the other side waiting until they are done.

Steps of one mover in a row are a phase. Within a phase acts run side by side as far as prerequisites, windows and resources
allow; the next phase begins when everything of the last one is done and verified. Finishing a phase earlier never makes a later
one later, so the phases are solved one after the other and the whole is as short as it can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import BadArgument
from summitry.kernels import timetable
from summitry.sequence.days import Days, days

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Calendar

FAR = timetable.FAR
MOST_DAYS = 400_000


@dataclass(frozen=True, slots=True)
class Act:
    """One step as work: its days, the days until it is verified, its window, and the units that act and verification take."""

    issue: str
    phase: int
    days: int
    lag: int
    earliest: dt.date | None
    latest: dt.date | None
    expires: dt.date | None
    uses: Mapping[str, int]
    checks: Mapping[str, int]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What dates and capacities the plan must keep: the last day of all (None: any), and the units of each resource."""

    horizon: dt.date | None
    room: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Agenda:
    """When each act begins and ends, when its check begins and ends, in day numbers of `days`; the last day, its proven bound."""

    days: Days
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    check: NDArray[np.int64]
    close: NDArray[np.int64]
    last: int
    bound: int


def agenda(acts: Sequence[Act], calendar: Calendar, first: dt.date, limits: Limits) -> Agenda | None:
    """The shortest calendar of the acts, phase by phase; None where none keeps the windows, the horizon and the capacities.

    Raises BadArgument where the durations are longer than a calendar is kept for.
    """
    span = sum(act.days + act.lag for act in acts) + max([0, *((act.earliest - first).days for act in acts if act.earliest)])
    weeks = 7.0 / len(calendar.working_days) if calendar.durations == "working" else 1.0
    room = int(span * weeks) + len(calendar.holidays) + 8 * len(acts) + 60
    if room > MOST_DAYS:
        raise BadArgument(
            f"The steps of this plan may take {room // 365:,} years one after the other, and a calendar is kept for "
            f"{MOST_DAYS // 365:,} years: shorten `takes`, `lag` or the windows in case.yaml."
        )
    on = days(calendar, first, 2 * room)
    n = len(acts)
    start, end, check, close = (np.zeros(n, dtype=np.int64) for _ in range(4))
    opens, bound = 0, 0
    for phase in sorted({act.phase for act in acts}):
        own = [k for k, act in enumerate(acts) if act.phase == phase]
        work = _work(acts, own, on, opens, limits)
        # The next phase may begin once this one is proven to end no earlier; the bound counts from there.
        result = timetable.solve(work, since=None if bound == opens else np.where(work.opens <= opens, bound, work.opens))
        if result.state != "found":
            return None
        size = len(own)
        start[own], end[own] = result.start[:size], result.end[:size]
        check[own], close[own] = result.start[size:], result.end[size:]
        opens, bound = result.last, max(bound, result.bound)
    return Agenda(on, start, end, check, close, opens, bound)


def _work(acts: Sequence[Act], own: Sequence[int], on: Days, opens: int, limits: Limits) -> timetable.Work:
    """One phase as arrays: its acts, then their verifications."""
    size, names = len(own), list(limits.room)
    before = np.zeros((2 * size, 2 * size), dtype=np.bool_)
    place = {k: at for at, k in enumerate(own)}
    begin_by, end_by = np.full(2 * size, FAR), np.full(2 * size, FAR)
    ready = np.full(2 * size, opens)
    uses = np.zeros((2 * size, len(names)), dtype=np.int64)
    if limits.horizon is not None:
        end_by[:] = on.number(limits.horizon)
    for at, k in enumerate(own):
        act = acts[k]
        before[at, size + at] = True
        for a in act.after:
            if a in place:
                before[place[a], at] = True
        if act.earliest is not None:
            ready[at] = max(opens, on.number(act.earliest))
        if act.latest is not None:
            end_by[at] = min(end_by[at], on.number(act.latest))
        if act.expires is not None:
            begin_by[at] = on.number(act.expires)
        uses[at] = [act.uses.get(name, 0) for name in names]
        uses[size + at] = [act.checks.get(name, 0) for name in names]
    return timetable.Work(
        length=np.array([acts[k].days for k in own] + [acts[k].lag for k in own], dtype=np.int64),
        opens=ready,
        begin_by=begin_by,
        end_by=end_by,
        before=before,
        uses=uses,
        room=np.array([limits.room[name] for name in names], dtype=np.int64),
        next_workday=on.next_workday,
        workdays=on.workdays,
        steps=on.steps,
    )
