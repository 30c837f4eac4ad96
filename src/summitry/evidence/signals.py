"""What the record says of how serious each side is, whether words drift from deeds, and who answers whom."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.evidence import contributions as parts
from summitry.evidence.actors import matcher
from summitry.evidence.dissonance import Drift, DriftBreak, DriftTrend, drift, tested
from summitry.evidence.gestures import Weighed, weighed
from summitry.evidence.reciprocity import Reciprocity, reciprocity
from summitry.evidence.record import Month, monthly, record
from summitry.evidence.seriousness import BROKEN, updated
from summitry.evidence.stories import once, wording
from summitry.evidence.switching import filtered
from summitry.kernels.halving import least_share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from summitry.case.rows import Event
    from summitry.case.types import Case
    from summitry.evidence.contributions import Contribution
    from summitry.evidence.record import Record, Seriousness

    Match = Callable[[str], tuple[str, ...]]

HALF = 0.5
UNFADED = "if nothing fades with age"
OTHERWISE = {
    "if a broken promise counts no more than a hostile deed": parts.Assumed(broken=parts.HOSTILE),
    "if a hostile deed counts as much as a broken promise": parts.Assumed(hostile=BROKEN),
    UNFADED: parts.Assumed(half_life=math.inf),
}
"""Other assumptions about the weight of evidence, under which each belief is told as well."""
PRIORS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Moment:
    """A belief on one day: low, mode, high, from what was known by then."""

    date: str
    belief: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the belief would be (low, mode, high) if one assumption about the weight of evidence were another."""

    assumption: str
    belief: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Believed:
    """How serious `other` is to `party`: the belief, its path, each contribution, and what it would be from another prior.

    `switching` is the belief (low, mode, high) of a two-state model in which the other may change its mind, from the same
    evidence. `sensitivity` pairs priors with posteriors; `even` is the prior from which the record leads to one half, null where
    no prior between .02 and .98 does. `otherwise` is the belief under other assumptions about what a piece of evidence weighs.
    """

    party: str
    other: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    switching: tuple[float, float, float]
    path: tuple[Moment, ...]
    contributions: tuple[Contribution, ...]
    sensitivity: tuple[tuple[float, float], ...]
    even: float | None
    otherwise: tuple[Otherwise, ...]


@dataclass(frozen=True, slots=True)
class Signals:
    """All of it, plain data; `omitted` says by name what there was no evidence for."""

    seriousness: tuple[Believed, ...]
    dissonance: tuple[Drift, ...]
    trend: tuple[DriftTrend, ...]
    breaks: tuple[DriftBreak, ...]
    reciprocity: tuple[Reciprocity, ...]
    events: tuple[Weighed, ...]


def signals(case: Case, seen: Record | None = None, *, path: bool = True) -> Signals | None:
    """The signals of a case as this reader may see it; None without events, promises and priors. `seen` spares a second reading.

    1. Every belief with its path: at the end of each month in which something became known.
    2. Every party's words against its own deeds, and against the deeds of each other party towards it.
    3. How each party's deeds answered those of each other.
    4. Every event with its contribution and, if it is a deed in favour, its weight as a signal.
    """
    seen = seen or record(case)
    if seen is None:
        return None
    match = matcher(case)
    events = [event for event in case.evidence.events if event.date <= case.file.as_of]
    beliefs = tuple(_believed(case, b.party, b.other, b.prior, b.contributions, match, path=path) for b in seen.beliefs)
    series = _series(case, events, match)
    found = [tested(one) for one in series]
    return Signals(
        beliefs,
        series,
        tuple(one for one, _ in found),
        tuple(jump for _, jumps in found for jump in jumps),
        _answers(case, events, match),
        _weighed(events, match, seen),
    )


def belief_on(
    case: Case, party: str, other: str, prior: tuple[float, float, float], day: dt.date, match: Match
) -> tuple[float, float, float]:
    """The belief with the record up to `day` only: a promise's outcome counts from the day on which it is settled."""
    file = case.file
    events = [event for event in case.evidence.events if event.date <= day]
    promises = [row for row in case.evidence.commitments if row.signed <= day and parts.settled(row, file.as_of) <= day]
    total = math.fsum(part.log_ratio for part in parts.of(party, other, events, promises, match, day))
    low, mode, high = (updated(p, total) for p in prior)
    return low, mode, high


def _believed(
    case: Case,
    party: str,
    other: str,
    prior: tuple[float, float, float],
    found: tuple[Contribution, ...],
    match: Match,
    *,
    path: bool,
) -> Believed:
    as_of, evidence = case.file.as_of, case.evidence
    total = math.fsum(part.log_ratio for part in found)
    events = [event for event in evidence.events if event.date <= as_of]
    promises = [row for row in evidence.commitments if row.signed <= as_of]
    weighed = {said: parts.of(party, other, events, promises, match, as_of, a) for said, a in OTHERWISE.items()}
    new = weighed[UNFADED]
    dated = [(float(_day(part.date).toordinal()), part.log_ratio) for part in new if part.log_ratio]
    low, mode, high = (filtered(p, dated, float(as_of.toordinal())) for p in prior)
    after = [updated(p, total) for p in prior]
    days = sorted({min(_month_end(_day(part.date)), as_of) for part in found if part.log_ratio} | {as_of}) if path else []
    return Believed(
        party,
        other,
        prior,
        (after[0], after[1], after[2]),
        (low, mode, high),
        tuple(Moment(day.isoformat(), belief_on(case, party, other, prior, day, match)) for day in days),
        found,
        tuple((p, updated(p, total)) for p in PRIORS),
        _even(total),
        tuple(_otherwise(said, prior, other_parts) for said, other_parts in weighed.items()),
    )


def _otherwise(said: str, prior: tuple[float, float, float], found: Sequence[Contribution]) -> Otherwise:
    low, mode, high = (updated(p, math.fsum(part.log_ratio for part in found)) for p in prior)
    return Otherwise(said, (low, mode, high))


def _even(total: float) -> float | None:
    """The prior that the record leads to one half: the posterior rises with the prior, so halving the interval finds it."""
    low, high = 0.02, 0.98
    if not updated(low, total) <= HALF <= updated(high, total):
        return None
    return low + (high - low) * least_share(lambda share: updated(low + (high - low) * share, total) >= HALF, 40)


def _series(case: Case, events: Sequence[Event], match: Match) -> tuple[Drift, ...]:
    found = []
    for speaker in case.file.parties:
        for doer in case.file.parties:
            to_doer, to_speaker = (None, None) if speaker == doer else (doer, speaker)
            words = monthly_of(e for e in _by(events, speaker, to_doer, match) if e.kind == "word")
            deeds = monthly_of(e for e in _by(events, doer, to_speaker, match) if e.kind == "deed")
            made = drift(speaker, doer, words, deeds)
            if made is not None:
                found.append(made)
    return tuple(found)


def monthly_of(events: Iterable[Event]) -> tuple[Month, ...]:
    """Months of events, each story told once; none without events."""
    told = once(events)
    return monthly(told) if told else ()


def _by(events: Sequence[Event], actor: str, target: str | None, match: Match) -> list[Event]:
    """What an actor said or did, to anybody, or to `target` and at large."""
    return [
        e for e in events if actor in match(e.actor) and (target is None or not e.target.strip() or target in match(e.target))
    ]


def _answers(case: Case, events: Sequence[Event], match: Match) -> tuple[Reciprocity, ...]:
    parties, sides = list(case.file.parties), case.file.sides
    found = []
    for first in parties:
        for follower in parties:
            if sides[first] == sides[follower]:
                continue
            lead = once(e for e in _by(events, first, follower, match) if e.kind == "deed")
            after = once(e for e in _by(events, follower, first, match) if e.kind == "deed")
            if lead and after:
                found.append(reciprocity(first, follower, (monthly(lead), monthly(after)), (lead, after)))
    return tuple(found)


def _weighed(events: Sequence[Event], match: Match, seen: Record) -> tuple[Weighed, ...]:
    """Every story once for each set of actors; what it adds to a belief stands once, however many rows tell it."""
    adds = [(belief.party, belief.other, _adds(belief, events, match)) for belief in seen.beliefs]
    by_actors: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        by_actors[match(event.actor)].append(event)
    stories = [(event, actors) for actors, own in by_actors.items() for event in once(own)]
    rows = []
    for event, actors in sorted(stories, key=lambda s: (s[0].date, s[0].event, s[1])):
        told: dict[str, float] = {}
        for party, other, ratios in adds:
            if other in actors:
                told[party] = told.get(party, 0.0) + ratios.pop(_story(event), 0.0)
        rows.append(weighed(event, actors, {party: ratio for party, ratio in told.items() if ratio}))
    return tuple(rows)


def _adds(belief: Seriousness, events: Sequence[Event], match: Match) -> dict[tuple[str, str, str], float]:
    """Log ratio by story: a deed's own, a word's share of its month's by sign, because the month counts by its mean sign."""
    told = {(part.date, part.what): part.log_ratio for part in belief.contributions}
    seen = _by(events, belief.other, belief.party, match)
    found = {_story(e): told.get((e.date.isoformat(), e.event), 0.0) for e in once(e for e in seen if e.kind == "deed")}
    words = once(e for e in seen if e.kind == "word")
    talk = {part.date: part.log_ratio for part in belief.contributions if len(part.date) == len("2018-06")}
    for word in words:
        month = word.date.isoformat()[:7]
        total = math.fsum(e.sign for e in words if e.date.isoformat()[:7] == month)
        found[_story(word)] = talk.get(month, 0.0) * word.sign / total if total else 0.0
    return found


def _story(event: Event) -> tuple[str, str, str]:
    return event.date.isoformat(), event.kind, wording(event.event)


def _day(date: str) -> dt.date:
    """The day of a contribution; talk counts at the end of its month."""
    return dt.date.fromisoformat(date) if len(date) > len("2018-06") else _month_end(dt.date.fromisoformat(f"{date}-01"))


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
