"""What is prepared and what is not: read off the case, with the checklist, the time left and how long others took. No draws.

A holder's own folder and what all share are looked at, never another party's folder, so that an analyst and the party itself
see the same. Start dates are counted backward from the meeting: a task that others wait for must start before them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Literal, TypeAlias

from summitry.case import lessons
from summitry.case.types import Task
from summitry.errors import BadArgument
from summitry.plan.gaps import GAPS, View
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summitry.case.types import Case, Meeting

State: TypeAlias = Literal["done", "open", "accepted"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is missing: a file of the case and the paths in it; without paths the file itself is missing."""

    file: str
    paths: tuple[str | Reason, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to prepare. `start` is the last day to begin if it is to be done by the meeting; `late` where that has passed.

    `state`: done; open; accepted, where the party knows of the gaps and calls it done. `from_case` tells items read off the case
    from those that somebody must say. `take` says what it would take, `days` how long, by judgement. `area` is the part of the
    preparation. `what` is a reason for an item of the bundled checklist, and the party's own words elsewhere.
    """

    name: str
    area: str
    what: str | Reason
    state: State
    from_case: bool
    places: tuple[Place, ...]
    gaps: int
    take: Reason | None
    days: int
    after: tuple[str, ...]
    owner: str
    start: str | None
    late: bool
    why: str | Reason
    source: str


@dataclass(frozen=True, slots=True)
class Area:
    """How much of one part of the preparation is done."""

    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is prepared for `party` on `date`, by part; no single score.

    `left` is the number of days to the meeting and `lead` from its announcement to it; `needed` the days of the longest chain of
    open items. `talks` are comparable ones that ended by the case's date, `later` how many ended after it and are left out.
    """

    party: str
    date: str
    meets: str | None
    announced: str | None
    left: int | None
    lead: int | None
    needed: int
    late: int
    areas: tuple[Area, ...]
    items: tuple[Item, ...]
    talks: tuple[lessons.Talk, ...]
    talk_days: tuple[int, ...]
    later: int
    source: str


def assess_readiness(case: Case, party: str, date: dt.date | None = None) -> Readiness:
    """What is prepared for `party` and what is not, as of `date` (default: the case's date).

    1. Items read off the case, each with its gaps. 2. The bundled checklist as far as it fits the case, overridden and extended
    by the party's own. 3. Comparable talks, which are between states. 4. Start dates backward from the meeting. Raises
    BadArgument for a date before the case's.
    """
    today = case.file.as_of if date is None else date
    if today < case.file.as_of:
        raise BadArgument(
            f"The case knows the world of {case.file.as_of}; {today} lies before it. Ask for that day or a later one."
        )
    meets, drafts = case.file.meets, _drafts(case, party, today)
    left, lead = _times(meets, today)
    starts = _starts(drafts, None if meets is None else meets.date)
    items = tuple(_timed(item, starts.get(item.name), today) for item in drafts)
    talks = lessons.talks() if case.file.between == "states" else ()
    before = tuple(talk for talk in talks if dt.date.fromisoformat(talk.ended) <= case.file.as_of)
    return Readiness(
        party=party,
        date=today.isoformat(),
        meets=None if meets is None else meets.date.isoformat(),
        announced=None if meets is None or meets.announced is None else meets.announced.isoformat(),
        left=left,
        lead=lead,
        needed=max(_chains(drafts).values(), default=0),
        late=sum(item.late for item in items),
        areas=_areas(items),
        items=items,
        talks=before,
        talk_days=tuple(talk.days for talk in before),
        later=len(talks) - len(before),
        source="" if meets is None else meets.source,
    )


def _drafts(case: Case, party: str, today: dt.date) -> list[Item]:
    """The items of the checklist that fit the case, with the party's own."""
    believed = case.preferences.get(party, {}).get(party)
    own = {} if believed is None else believed.checklist
    view = View(case, party, today)
    points = [point for point in lessons.points() if point.name in own or _fits(case, party, point)]
    return [*(_bundled(view, point, own.get(point.name)) for point in points), *_own(own)]


def _fits(case: Case, party: str, point: lessons.Point) -> bool:
    """Whether an item of the bundled checklist can be asked of this case."""
    sides = case.file.sides
    asked = {
        "": True,
        "states": case.file.between == "states",
        "allies": sum(side == sides.get(party) for side in sides.values()) > 1,
        "meeting": case.file.meets is not None,
        "holdings": bool(case.evidence.claims) or any(issue.holding for issue in case.file.issues.values()),
    }
    return asked[point.fits]


def _times(meets: Meeting | None, today: dt.date) -> tuple[int | None, int | None]:
    """The days left to the meeting, and those from its announcement to it."""
    if meets is None:
        return None, None
    return (meets.date - today).days, None if meets.announced is None else (meets.date - meets.announced).days


def _bundled(view: View, point: lessons.Point, task: Task | None) -> Item:
    """An item of the bundled checklist with what the case, or the party's own checklist, says of it."""
    from_case = point.kind == "case"
    places = _places(view, point.name) if from_case else ()
    own = _own_item(point.name, task or Task())
    return replace(
        own,
        area=point.area,
        what=own.what or reason(f"ready.item.{point.name}"),
        state=_state(closed=task is not None and task.done, from_case=from_case, gaps=bool(places)),
        from_case=from_case,
        places=places,
        gaps=sum(max(1, len(place.paths)) for place in places),
        take=reason(f"ready.take.{point.name}"),
        days=point.days if task is None or task.takes is None else task.takes,
        after=point.after if task is None or task.after is None else task.after,
        why=reason("ready.unsaid") if task is None and not from_case else own.why,
        source=own.source or point.source,
    )


def _state(*, closed: bool, from_case: bool, gaps: bool) -> State:
    """How far an item is: with gaps that its party knows of and calls done, it is accepted."""
    if closed:
        return "accepted" if gaps else "done"
    return "done" if from_case and not gaps else "open"


def _places(view: View, name: str) -> tuple[Place, ...]:
    """Where an item that the case tells has gaps, by file."""
    paths: dict[str, list[str | Reason]] = {}
    for file, path in GAPS[name](view):
        paths.setdefault(file, []).extend([] if path is None else [path])
    return tuple(Place(file, tuple(some)) for file, some in paths.items())


def _own(own: Mapping[str, Task]) -> list[Item]:
    """Items that only the party's own checklist has."""
    bundled = {point.name for point in lessons.points()}
    return [_own_item(name, task) for name, task in own.items() if name not in bundled]


def _own_item(name: str, task: Task) -> Item:
    """An item as the party's own checklist has it."""
    return Item(
        name=name,
        area="own",
        what=task.what,
        state="done" if task.done else "open",
        from_case=False,
        places=(),
        gaps=0,
        take=None,
        days=task.takes or 0,
        after=task.after or (),
        owner=task.owner,
        start=None,
        late=False,
        why=task.why,
        source=task.source,
    )


def _chains(items: Sequence[Item]) -> dict[str, int]:
    """For each item the days from its own start, of it and of the open items that wait for it, along the longest chain."""
    days = {item.name: item.days if item.state == "open" else 0 for item in items}
    waiting: dict[str, list[str]] = {name: [] for name in days}
    for item in items:
        for before in item.after:
            if before in waiting:
                waiting[before].append(item.name)
    longest: dict[str, int] = {}
    for name in TopologicalSorter(waiting).static_order():
        longest[name] = days[name] + max((longest[later] for later in waiting[name]), default=0)
    return longest


def _starts(items: Sequence[Item], meets: dt.date | None) -> dict[str, dt.date]:
    """The last day on which each open item can begin; nothing where the case names no meeting."""
    if meets is None:
        return {}
    chains = _chains(items)
    return {item.name: meets - dt.timedelta(days=chains[item.name]) for item in items if item.state == "open"}


def _timed(item: Item, start: dt.date | None, today: dt.date) -> Item:
    return item if start is None else replace(item, start=start.isoformat(), late=start < today)


def _areas(items: Sequence[Item]) -> tuple[Area, ...]:
    names = dict.fromkeys(item.area for item in items)
    return tuple(
        Area(
            name,
            sum(item.area == name and item.state != "open" for item in items),
            sum(item.area == name for item in items),
        )
        for name in names
    )
