"""The record: words beside deeds by month, commitments kept and broken, and the belief about seriousness that follows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.evidence import contributions as parts
from summitry.evidence.actors import matcher
from summitry.evidence.contributions import Contribution
from summitry.evidence.seriousness import updated
from summitry.evidence.stories import once

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from summitry.case.rows import Event
    from summitry.case.types import Case

    Match = Callable[[str], tuple[str, ...]]

__all__ = ["Contribution", "Month", "Record", "Seriousness", "record"]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one actor: mean sign of words and of deeds on -2..2 (None where there were none), and how many of each."""

    month: str
    words: float | None
    deeds: float | None
    word_count: int
    deed_count: int


@dataclass(frozen=True, slots=True)
class Seriousness:
    """Probability that `other` means to deliver, as `party` sees it: prior and posterior (low, mode, high), each contribution.

    It is not yet trust: what the belief means for whether `other` performs is `evidence.seriousness.performs`.
    """

    party: str
    other: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """All of it: months by actor, beliefs by (party, other), and what was actually surrendered or moved so far, with sources."""

    months: dict[str, tuple[Month, ...]]
    beliefs: tuple[Seriousness, ...]
    deeds: tuple[Contribution, ...]


def record(case: Case) -> Record | None:
    """The record up to the as-of date, with each belief whose prior this reader has; None without events, promises and priors.

    1. Rows after the as-of date are left out; an actor is matched as `actors.matcher` says; a story that several rows tell of
       one actor on one day counts once.
    2. Words and deeds are averaged apart, by month, from an actor's first month to its last.
    3. For every party i whose belief in j has a prior, j's commitments, j's deeds and j's words (to i or at large) each add
       their log ratio to the prior's log-odds; nothing that i did enters.
    4. The deeds in favour of an agreement are listed, newest first.
    """
    as_of, match = case.file.as_of, matcher(case)
    events = [event for event in case.evidence.events if event.date <= as_of]
    commitments = [row for row in case.evidence.commitments if row.signed <= as_of]
    believers = [case.believed(party) for party in case.file.parties]
    if not events and not commitments and not any(b is not None and b.trust for b in believers):
        return None
    beliefs = []
    for party in case.file.parties:
        believed = case.believed(party)
        for other in case.file.parties:
            if believed is not None and other in believed.trust:
                of_other = parts.of(party, other, events, commitments, match, as_of)
                beliefs.append(_belief(party, other, believed.trust[other].prior, of_other))
    return Record(_months(case, events, match), tuple(beliefs), _deeds(case, events, match))


def _belief(party: str, other: str, prior: tuple[float, float, float], found: Sequence[Contribution]) -> Seriousness:
    total = math.fsum(part.log_ratio for part in found)
    low, mode, high = (updated(p, total) for p in prior)
    return Seriousness(party, other, prior, (low, mode, high), tuple(found))


def _months(case: Case, events: Sequence[Event], match: Match) -> dict[str, tuple[Month, ...]]:
    by_actor: dict[str, list[Event]] = {}
    for event in events:
        for actor in match(event.actor):
            by_actor.setdefault(actor, []).append(event)
    order = {party: k for k, party in enumerate(case.file.parties)}
    return {actor: monthly(once(by_actor[actor])) for actor in sorted(by_actor, key=lambda a: (order.get(a, len(order)), a))}


def monthly(events: Sequence[Event]) -> tuple[Month, ...]:
    """Mean sign of words and of deeds by month, from the first month to the last; every story is told once."""
    signs: dict[tuple[int, str], list[float]] = {}
    for event in events:
        signs.setdefault((_number(event.date), event.kind), []).append(event.sign)
    numbers = [_number(event.date) for event in events]
    found = []
    for number in range(min(numbers), max(numbers) + 1):
        words, deeds = signs.get((number, "word"), []), signs.get((number, "deed"), [])
        name = f"{number // 12:04d}-{number % 12 + 1:02d}"
        found.append(Month(name, _mean(words), _mean(deeds), len(words), len(deeds)))
    return tuple(found)


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def _deeds(case: Case, events: Sequence[Event], match: Match) -> tuple[Contribution, ...]:
    """What was done in favour of an agreement, newest first, with the weight class in `why` and the ratio it had when new."""
    by_actors: dict[tuple[str, ...], list[Event]] = {}
    for event in events:
        if event.kind == "deed" and event.sign > 0.0:
            by_actors.setdefault(tuple(sorted(match(event.actor))), []).append(event)
    names = {name: party.name for name, party in case.file.parties.items()}
    names |= {name: outsider.name for name, outsider in case.file.outsiders.items()}
    found = [
        Contribution(
            event.date.isoformat(),
            f"{' and '.join(names.get(actor, actor) for actor in actors)}: {event.event}",
            parts.of_deed(event),
            event.weight,
            event.source,
            actors,
        )
        for actors, done in by_actors.items()
        for event in once(done)
    ]
    return tuple(sorted(sorted(found, key=lambda part: part.what), key=lambda part: part.date, reverse=True))
