"""What the record says of how serious each side is, whether words drift from deeds, and who answers whom."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.evidence import contributions as parts
from summitry.evidence.conduct import record
from summitry.evidence.contributions import Assumed, WeighedEvent, weigh
from summitry.evidence.matching import matcher, once, wording
from summitry.evidence.months import (
    Drift,
    DriftBreak,
    DriftTrend,
    Month,
    Reciprocity,
    compare_answers,
    compare_months,
    judge_drift,
    monthly,
)
from summitry.evidence.seriousness import BROKEN, filter_belief, updated
from summitry.kernels.halving import least_share
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from summitry.case.rows import Event
    from summitry.case.types import Case
    from summitry.evidence.conduct import Record, Seriousness
    from summitry.evidence.contributions import Contribution
    from summitry.evidence.event_files import Dyad

    Match = Callable[[str], tuple[str, ...]]

HALF = 0.5
STRONGEST = 5
UNFADED = "assumption.unfaded"
OTHERWISE = {
    "assumption.mild": Assumed(broken=parts.HOSTILE),
    "assumption.harsh": Assumed(hostile=BROKEN),
    UNFADED: Assumed(half_life=math.inf),
    "assumption.one": Assumed(one=True),
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

    assumption: Reason
    belief: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Belief:
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

    @property
    def strongest(self) -> tuple[int, ...]:
        """The places of the contributions that move it most, the strongest first."""
        telling = [k for k, piece in enumerate(self.contributions) if piece.log_ratio]
        return tuple(sorted(telling, key=lambda k: -abs(self.contributions[k].log_ratio))[:STRONGEST])

    @property
    def lesser(self) -> int | None:
        """How many more contributions move it; None where there is no other."""
        return sum(bool(piece.log_ratio) for piece in self.contributions) - len(self.strongest) or None


@dataclass(frozen=True, slots=True)
class SignalDeed:
    """One thing to ask for, with what it requires: its cost to the other in its own points (low, middle, high), and its ratio.

    `ratio` is P(done | serious) over P(done | pretender) at these costs; `verified` says whether somebody sees that it is done.
    `barred` says which laws forbid it, with the mean chance that they are lifted, and which delegation may not concede it alone;
    `refused` which of its moves the other has refused already.
    """

    deliverable: str
    moves: dict[str, str]
    cost: tuple[float, float, float]
    ratio: tuple[float, float, float]
    verified: bool
    why: Reason
    barred: tuple[Reason, ...] = ()
    refused: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalAsk:
    """What `party` should ask of `other` as a signal; `best` is null where there is none, and `why` says what binds.

    `gain` is what a deal brings the other, `pretender` what nine in ten and one in ten pretenders would pay, in its points;
    `stated` is False where nobody said what a pretender pays and the coder's scale stands in. `nearest` are the best that do
    not pass, or that cost more.
    """

    party: str
    other: str
    gain: float | None
    pretender: tuple[float, float]
    stated: bool
    best: SignalDeed | None
    nearest: tuple[SignalDeed, ...]
    why: Reason


@dataclass(frozen=True, slots=True)
class Signals:
    """What the record says of how serious each side is, and which signal to ask for.

    `seriousness` has by `party` and `other` the belief: its `prior`, `posterior` and `path`, the one of a two-state model
    (`switching`), each contribution, its `sensitivity` to the prior, and `otherwise`, under other assumptions. `dissonance` has
    by `speaker` and `doer` words, deeds and their difference by month, `trend` and `breaks` what the tests of them say,
    `reciprocity` who answers whom. `events` has each event with what it adds to whose belief, and each deed in favour with its
    weight as a signal. `ask` has by belief the signal to ask for, `best`, or none, with what stands against it at home,
    `barred`. `omitted` says what was left out and why, `assumed` what the weights rest on. `dyad` names the two sides of event
    data.
    """

    seriousness: tuple[Belief, ...]
    dissonance: tuple[Drift, ...]
    trend: tuple[DriftTrend, ...]
    breaks: tuple[DriftBreak, ...]
    reciprocity: tuple[Reciprocity, ...]
    events: tuple[WeighedEvent, ...]
    ask: tuple[SignalAsk, ...] = ()
    omitted: tuple[Reason, ...] = ()
    assumed: Assumed = parts.ASSUMED
    dyad: tuple[str, str] | None = None


def signals(case: Case, of_case: Record | None = None, *, path: bool = True) -> Signals | None:
    """The signals of a case as this reader may see it; None without events, promises and priors.

    `of_case` spares a second reading.

    1. Every belief with its path: at the end of each month in which something became known.
    2. Every party's words against its own deeds, and against the deeds of each other party towards it.
    3. How each party's deeds answered those of each other.
    4. Every event with its contribution and, if it is a deed in favour, its weight as a signal.
    """
    of_case = of_case or record(case)
    if of_case is None:
        return None
    match = matcher(case)
    events = [event for event in case.evidence.events if event.date <= case.file.as_of]
    beliefs = tuple(_belief(case, b, match, path=path) for b in of_case.beliefs)
    series = _series(case, events, match)
    judged = [judge_drift(one) for one in series]
    return Signals(
        beliefs,
        series,
        tuple(trend for trend, _ in judged),
        tuple(jump for _, jumps in judged for jump in jumps),
        _answers(case, events, match),
        _weighed(events, match, of_case),
    )


def compare_sides(dyad: Dyad) -> Signals:
    """Drift, breaks and answers of a dyad; event data hold no promises and no priors, so there is no belief."""
    sides = {dyad.a: dyad.by_a, dyad.b: dyad.by_b}
    compared = [compare_months(speaker, doer, sides[speaker], sides[doer]) for speaker in sides for doer in sides]
    series = tuple(one for one in compared if one is not None)
    tests = [judge_drift(one) for one in series]
    answers = tuple(
        compare_answers(first, follower, (sides[first], sides[follower]))
        for first, follower in ((dyad.a, dyad.b), (dyad.b, dyad.a))
        if dyad.a != dyad.b
    )
    return Signals((), series, tuple(t for t, _ in tests), tuple(jump for _, jumps in tests for jump in jumps), answers, ())


def belief_on(
    case: Case, party: str, other: str, prior: tuple[float, float, float], day: dt.date, match: Match
) -> tuple[float, float, float]:
    """The belief with the record up to `day` only: a promise's outcome counts from the day on which it is settled."""
    file = case.file
    events = [event for event in case.evidence.events if event.date <= day]
    promises = [row for row in case.evidence.commitments if row.signed <= day and parts.settled(row, file.as_of) <= day]
    return _after(prior, parts.of(party, other, events, promises, match, day))


def _belief(case: Case, seriousness: Seriousness, match: Match, *, path: bool) -> Belief:
    """A belief of the record with its path, under other priors and under other assumptions."""
    party, other, prior, pieces = seriousness.party, seriousness.other, seriousness.prior, seriousness.contributions
    as_of, evidence = case.file.as_of, case.evidence
    total = math.fsum(piece.log_ratio for piece in pieces)
    events = [event for event in evidence.events if event.date <= as_of]
    promises = [row for row in evidence.commitments if row.signed <= as_of]
    by_assumption = {code: parts.of(party, other, events, promises, match, as_of, a) for code, a in OTHERWISE.items()}
    unfaded = [(float(_day(p.date).toordinal()), p.log_ratio) for p in by_assumption[UNFADED] if p.log_ratio]
    low, mode, high = (filter_belief(p, unfaded, float(as_of.toordinal())) for p in prior)
    moved = {_day(piece.date) for piece in pieces if piece.log_ratio}
    moved |= {parts.settled(row, as_of) for row in promises if other in match(row.party) and row.outcome is not None}
    days = sorted({min(_month_end(day), as_of) for day in moved} | {as_of}) if path else []
    return Belief(
        party=party,
        other=other,
        prior=prior,
        posterior=_after(prior, pieces),
        switching=(low, mode, high),
        path=tuple(Moment(day.isoformat(), belief_on(case, party, other, prior, day, match)) for day in days),
        contributions=pieces,
        sensitivity=tuple((p, updated(p, total)) for p in PRIORS),
        even=_even(total),
        otherwise=tuple(Otherwise(reason(code), _after(prior, other_pieces)) for code, other_pieces in by_assumption.items()),
    )


def _after(prior: tuple[float, float, float], pieces: Sequence[Contribution]) -> tuple[float, float, float]:
    total = math.fsum(piece.log_ratio for piece in pieces)
    low, mode, high = (updated(p, total) for p in prior)
    return low, mode, high


def _even(total: float) -> float | None:
    """The prior that the record leads to one half: the posterior rises with the prior, so halving the interval finds it."""
    low, high = 0.02, 0.98
    if not updated(low, total) <= HALF <= updated(high, total):
        return None
    return low + (high - low) * least_share(lambda share: updated(low + (high - low) * share, total) >= HALF, 40)


def _series(case: Case, events: Sequence[Event], match: Match) -> tuple[Drift, ...]:
    series = []
    for speaker in case.file.parties:
        for doer in case.file.parties:
            to_doer, to_speaker = (None, None) if speaker == doer else (doer, speaker)
            words = monthly_of(e for e in _by(events, speaker, to_doer, match) if e.kind == "word")
            deeds = monthly_of(e for e in _by(events, doer, to_speaker, match) if e.kind == "deed")
            series.append(compare_months(speaker, doer, words, deeds))
    return tuple(one for one in series if one is not None)


def monthly_of(events: Iterable[Event]) -> tuple[Month, ...]:
    """Months of events, each story told once; none without events."""
    stories = once(events)
    return monthly(stories) if stories else ()


def _by(events: Sequence[Event], actor: str, target: str | None, match: Match) -> list[Event]:
    """What an actor said or did, to anybody, or to `target` and at large."""
    return [
        e for e in events if actor in match(e.actor) and (target is None or not e.target.strip() or target in match(e.target))
    ]


def _answers(case: Case, events: Sequence[Event], match: Match) -> tuple[Reciprocity, ...]:
    parties, sides = list(case.file.parties), case.file.sides
    answers = []
    for first in parties:
        for follower in parties:
            if sides[first] == sides[follower]:
                continue
            lead = once(e for e in _by(events, first, follower, match) if e.kind == "deed")
            after = once(e for e in _by(events, follower, first, match) if e.kind == "deed")
            if lead and after:
                answers.append(compare_answers(first, follower, (monthly(lead), monthly(after)), (lead, after)))
    return tuple(answers)


def _weighed(events: Sequence[Event], match: Match, of_case: Record) -> tuple[WeighedEvent, ...]:
    """Every story once for each set of actors; what it adds to a belief stands once, however many rows tell it."""
    adds = [(belief.party, belief.other, _adds(belief, events, match)) for belief in of_case.beliefs]
    by_actors: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        by_actors[match(event.actor)].append(event)
    stories = [(event, actors) for actors, own in by_actors.items() for event in once(own)]
    rows = []
    for event, actors in sorted(stories, key=lambda s: (s[0].date, s[0].event, s[1])):
        additions: dict[str, float] = {}
        for party, other, ratios in adds:
            if other in actors:
                additions[party] = additions.get(party, 0.0) + ratios.pop(_story(event), 0.0)
        rows.append(weigh(event, actors, {party: ratio for party, ratio in additions.items() if ratio}))
    return tuple(rows)


def _adds(belief: Seriousness, events: Sequence[Event], match: Match) -> dict[tuple[str, str, str], float]:
    """Log ratio by story: a deed's own, a word's share of its month's by sign, because the month counts by its mean sign."""
    ratios = {(piece.date, piece.what): piece.log_ratio for piece in belief.contributions}
    rows = _by(events, belief.other, belief.party, match)
    adds = {_story(e): ratios.get((e.date.isoformat(), e.event), 0.0) for e in once(e for e in rows if e.kind == "deed")}
    words = once(e for e in rows if e.kind == "word")
    talk = {piece.date: piece.log_ratio for piece in belief.contributions if len(piece.date) == len("2018-06")}
    for word in words:
        month = word.date.isoformat()[:7]
        total = math.fsum(e.sign for e in words if e.date.isoformat()[:7] == month)
        adds[_story(word)] = talk.get(month, 0.0) * word.sign / total if total else 0.0
    return adds


def _story(event: Event) -> tuple[str, str, str]:
    return event.date.isoformat(), event.kind, wording(event.event)


def _day(date: str) -> dt.date:
    """The day of a contribution; talk counts at the end of its month."""
    return dt.date.fromisoformat(date) if len(date) > len("2018-06") else _month_end(dt.date.fromisoformat(f"{date}-01"))


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
