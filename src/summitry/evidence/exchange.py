"""Two lists of identified things, as in a data exchange: what is new, gone, moved, converted, and whether limits are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from summitry.case.fields import Doc
from summitry.errors import BadArgument

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ALL = "all"


class Item(Doc):
    """One row of an exchange: a thing with its identifier, type, place and status; `count` where a row stands for several."""

    id: Annotated[str, Field(min_length=1)]
    type: Annotated[str, Field(min_length=1)]
    location: str = ""
    status: str = ""
    count: Annotated[float, Field(ge=0)] = 1.0


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing that stands on one of the lists only."""

    id: str
    type: str
    location: str
    status: str
    count: float


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between the lists, with what it was and what it is."""

    id: str
    type: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on a type, a status, or all of it, against both lists; `over` is by how much the later one exceeds it."""

    what: str
    limit: float
    before: float
    after: float
    met: bool
    over: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """What changed from the first list to the second. A thing may have moved, been converted and changed status at once.

    `recounted` are rows of one identifier whose count changed; `counts` are (before, after) by type, by status and in all.
    """

    new: tuple[Listed, ...]
    gone: tuple[Listed, ...]
    moved: tuple[Change, ...]
    converted: tuple[Change, ...]
    restated: tuple[Change, ...]
    recounted: tuple[Change, ...]
    same: int
    counts: dict[str, tuple[float, float]]
    limits: tuple[Limit, ...]


def compare(before: Sequence[Item], after: Sequence[Item], limits: Mapping[str, float]) -> Exchange:
    """Compare two lists by identifier. Raises BadArgument for an identifier that stands twice or a limit on what neither has."""
    old, new = _by_id(before, "first"), _by_id(after, "second")
    both = [(old[name], new[name]) for name in old if name in new]
    counts = _counts(before, after)
    return Exchange(
        new=tuple(Listed(**item.model_dump()) for name, item in new.items() if name not in old),
        gone=tuple(Listed(**item.model_dump()) for name, item in old.items() if name not in new),
        moved=_changes(both, "location"),
        converted=_changes(both, "type"),
        restated=_changes(both, "status"),
        recounted=_changes(both, "count"),
        same=sum(first == second for first, second in both),
        counts=counts,
        limits=tuple(_limit(what, limit, counts) for what, limit in limits.items()),
    )


def _by_id(items: Iterable[Item], which: str) -> dict[str, Item]:
    by_id: dict[str, Item] = {}
    for item in items:
        if item.id in by_id:
            raise BadArgument(f"The {which} list has {item.id!r} twice: an identifier stands for one thing.")
        by_id[item.id] = item
    return by_id


def _changes(both: Sequence[tuple[Item, Item]], field: str) -> tuple[Change, ...]:
    def written(item: Item) -> str:
        value = getattr(item, field)
        return f"{value:g}" if isinstance(value, float) else str(value)

    return tuple(Change(b.id, b.type, written(a), written(b)) for a, b in both if getattr(a, field) != getattr(b, field))


def _counts(before: Sequence[Item], after: Sequence[Item]) -> dict[str, tuple[float, float]]:
    """Counts before and after by type, then by status, then in all; a status that is also a type counts as the type."""
    types = {item.type for item in (*before, *after)}
    counts: dict[str, list[float]] = {}
    for k, items in enumerate((before, after)):
        for item in items:
            status = "" if item.status in types else item.status
            for name in {item.type, status, ALL} - {""}:
                counts.setdefault(name, [0.0, 0.0])[k] += item.count
    return {name: (first, second) for name, (first, second) in sorted(counts.items())}


def _limit(what: str, limit: float, counts: Mapping[str, tuple[float, float]]) -> Limit:
    if what not in counts:
        raise BadArgument(f"There is no type or status {what!r} to limit; the lists have: {', '.join(counts)}.")
    before, after = counts[what]
    return Limit(what, limit, before, after, after <= limit, max(0.0, after - limit))
