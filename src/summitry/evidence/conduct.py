"""The record: words beside deeds by month, promises kept and broken, and the belief about seriousness that follows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summitry.evidence import contributions as parts
from summitry.evidence.matching import matcher, once
from summitry.evidence.months import Month, monthly
from summitry.evidence.seriousness import performs, updated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summitry.case.rows import Event
    from summitry.case.types import Case
    from summitry.evidence.contributions import Contribution

    Match = Callable[[str], tuple[str, ...]]

KEPT, BROKEN = 0.7, 0.3
"""From an outcome of .7 a promise counts as kept, up to .3 as broken, between partly kept; without an outcome it is open."""


@dataclass(frozen=True, slots=True)
class Seriousness:
    """Probability that `other` means to deliver, as `party` sees it: prior and posterior (low, mode, high), each contribution.

    `trust` is what follows for whether `other` performs, where nothing is known of what stopping would bring a pretender.
    """

    party: str
    other: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    trust: tuple[float, float, float]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed in favour of an agreement: who did what, the coder's class of its weight, its log ratio when new.

    `actors` are ids, as `matching.matcher` reads them; empty where the row names nobody.
    """

    date: str
    actors: tuple[str, ...]
    what: str
    log_ratio: float
    weight: str
    source: str


@dataclass(frozen=True, slots=True)
class Record:
    """What was said and done, and the belief that follows.

    `months` has by actor the mean sign and the count of words and of deeds in every month, `beliefs` by `party` and `other` the
    prior, the posterior, the `trust` that follows, and each contribution. `deeds` lists what was done in favour of an agreement,
    newest first. `silent` counts by actor the months between its first and its last in which it neither spoke nor acted.
    """

    months: dict[str, tuple[Month, ...]]
    beliefs: tuple[Seriousness, ...]
    deeds: tuple[Deed, ...]
    silent: dict[str, int]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One promise: who, what, due when, what was delivered, and how that was judged (0 broken to 1 kept; None while open)."""

    agreement: str
    signed: str
    parties: tuple[str, ...]
    what: str
    due: str
    delivered: str
    outcome: float | None
    state: Literal["kept", "partly kept", "broken", "open"]
    note: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Promises:
    """All promises of a record, in the order of signing.

    Each has its `agreement`, the day on which it was `signed`, the `parties` that made it, `what` they promised, when it was
    `due`, what was `delivered`, and the `outcome`, 0 broken to 1 kept, with its `state`.
    """

    promises: tuple[Delivery, ...]


def record(case: Case) -> Record | None:
    """The record up to the as-of date, with each belief whose prior this reader has; None without events, promises and priors.

    1. Rows after the as-of date are left out; an actor is matched as `matching.matcher` says; a story that several rows tell of
       one actor on one day counts once.
    2. Words and deeds are averaged apart, by month, from an actor's first month to its last.
    3. For every party i whose belief in j has a prior, j's commitments, j's deeds and j's words (to i or at large) each add
       their log ratio to the prior's log-odds; nothing that i did enters.
    4. The deeds in favour of an agreement are listed, newest first.
    """
    as_of, match = case.file.as_of, matcher(case)
    events = [event for event in case.evidence.events if event.date <= as_of]
    commitments = [row for row in case.evidence.commitments if row.signed <= as_of]
    if not (events or commitments or _priors(case)):
        return None
    beliefs = tuple(
        _belief(party, other, prior, parts.of(party, other, events, commitments, match, as_of))
        for party, other, prior in _priors(case)
    )
    months = _months(case, events, match)
    silent = {actor: sum(not (m.word_count or m.deed_count) for m in own) for actor, own in months.items()}
    return Record(months, beliefs, _deeds(case, events, match), silent)


def _priors(case: Case) -> list[tuple[str, str, tuple[float, float, float]]]:
    """Every (party, other, prior) that this reader has, in the order of the parties."""
    believers = ((party, case.believed(party)) for party in case.file.parties)
    return [
        (party, other, believed.trust[other].prior)
        for party, believed in believers
        if believed is not None
        for other in case.file.parties
        if other in believed.trust
    ]


def _belief(party: str, other: str, prior: tuple[float, float, float], pieces: Sequence[Contribution]) -> Seriousness:
    total = math.fsum(piece.log_ratio for piece in pieces)
    low, mode, high = (updated(p, total) for p in prior)
    trust = performs(low), performs(mode), performs(high)
    return Seriousness(party, other, prior, (low, mode, high), trust, tuple(pieces))


def _months(case: Case, events: Sequence[Event], match: Match) -> dict[str, tuple[Month, ...]]:
    by_actor: dict[str, list[Event]] = {}
    for event in events:
        for actor in match(event.actor):
            by_actor.setdefault(actor, []).append(event)
    order = {party: k for k, party in enumerate(case.file.parties)}
    return {actor: monthly(once(by_actor[actor])) for actor in sorted(by_actor, key=lambda a: (order.get(a, len(order)), a))}


def _deeds(case: Case, events: Sequence[Event], match: Match) -> tuple[Deed, ...]:
    """What was done in favour of an agreement, newest first, on one day by the names of those who did it."""
    by_actors: dict[tuple[str, ...], list[Event]] = {}
    for event in events:
        if event.kind == "deed" and event.sign > 0.0:
            by_actors.setdefault(tuple(sorted(match(event.actor))), []).append(event)
    deeds = [
        Deed(event.date.isoformat(), actors, event.event, parts.of_deed(event), event.weight, event.source)
        for actors, own in by_actors.items()
        for event in once(own)
    ]
    names = {key: party.name for key, party in case.file.parties.items()}
    names |= {key: outsider.name for key, outsider in case.file.outsiders.items()}
    by_name = sorted(deeds, key=lambda deed: (" and ".join(names.get(actor, actor) for actor in deed.actors) + ":", deed.what))
    return tuple(sorted(by_name, key=lambda deed: deed.date, reverse=True))


def deliveries(case: Case) -> tuple[Delivery, ...]:
    """All promises signed by the as-of date, in the order of signing, then as written."""
    match = matcher(case)
    rows = sorted((r for r in case.evidence.commitments if r.signed <= case.file.as_of), key=lambda r: (r.signed, r.agreement))
    return tuple(
        Delivery(
            agreement=row.agreement,
            signed=row.signed.isoformat(),
            parties=match(row.party),
            what=row.commitment,
            due=row.due,
            delivered=row.delivered,
            outcome=row.outcome,
            state=_state(row.outcome),
            note=row.note,
            source=row.source,
            status=row.status,
        )
        for row in rows
    )


def _state(outcome: float | None) -> Literal["kept", "partly kept", "broken", "open"]:
    if outcome is None:
        return "open"
    return "kept" if outcome >= KEPT else "broken" if outcome <= BROKEN else "partly kept"
