"""What each commitment, deed and month of talk of one party adds to another's belief in it, and what a deed is worth as a signal.

Assumptions, each stated where it acts: what a deed costs on the coder's scale of 0..1 and what that means for a pretender
(`C90`, `C10`), what an uncoded one costs (`UNCODED`), how a hostile deed counts (`HOSTILE`), how a word counts (`WORD`).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from summitry.case.dates import period, periods
from summitry.evidence.matching import once, promised_once, same_promise, wording
from summitry.evidence.seriousness import (
    BROKEN,
    HALF_LIFE,
    YEAR,
    faded,
    log_kept,
    log_step,
    observations,
    pretender_keeps,
    talk_factor,
)
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from summitry.case.rows import Commitment, Event

    Age = Callable[[dt.date], tuple[str, float]]

C90, C10 = 0.1, 0.7
"""Assumption: on the scale of 0..1, nine in ten willing pretenders still pay .1, and one in ten pays .7."""
UNCODED = {"token": 0.05, "humanitarian": 0.2, "substantive": 0.6, "": 0.1}
"""Assumption: the cost of a deed that nobody coded, by its weight; of no stated weight it was its giver's choice, and cheap."""
PROMISED = (C90 + C10) / 2.0
"""Assumption: what was bargained for costs so much that as many willing pretenders would keep it as not."""
HOSTILE = 0.5
"""Assumption: the ratio of a hostile deed of sign -2; weaker than a broken promise, because nothing forbade it.

What is asked is whether a party delivers what it promised. A broken promise answers that; a hostile deed that no promise
forbade shows a party that is at odds with the other, and such parties also keep what they sign. What they forbade stands
among the promises.
"""
WORD = 1.05
"""Assumption: the ratio of a month whose words have the mean sign +2."""
CHEAP = math.log(2.0)
"""Deeds of a smaller log ratio than this are cheap: the strongest counts in full, and of each further one half as much again."""
QUOTED = 2
_CONTINUING = re.compile(
    r"\b(?:continu\w*|ongoing|permanent\w*|throughout|indefinite\w*|always|each|every|yearly|annual\w*|monthly|quarterly|"
    r"weekly|daily)\b",
    re.IGNORECASE,
)
"""What is due all the time or time and again, and so is kept or broken up to the day on which that is known."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one event, commitment or month of talk adds to the log-odds of seriousness, and why.

    Of a month of talk `what` quotes the first words, and `more` counts the others; else it is null.
    """

    date: str
    what: str
    log_ratio: float
    why: Reason
    source: str
    more: int | None = None


@dataclass(frozen=True, slots=True)
class WeighedEvent:
    """One event: what it told whom, and, for a deed in favour, how costly a signal it was.

    `contribution` maps each believer to what the event adds to its log-odds today. `sunk` is the cost that stays spent, 0..1;
    `log_ratio` what the deed tells when new. `weight` is the coder's class, `reads_as` the rule's; `why` gives the reason.
    `points` are the giver's own points (negative: it costs), by the option that the row names or by the scale; `measured` says
    which. Null where nothing is to be weighed.
    """

    date: str
    actors: tuple[str, ...]
    what: str
    kind: str
    sign: float
    contribution: dict[str, float]
    cost: float | None
    irreversible: float | None
    verified: float | None
    sunk: float | None
    log_ratio: float | None
    weight: str
    reads_as: str
    why: Reason
    source: str
    points: dict[str, float] | None = None
    measured: Reason | None = None

    @property
    def times(self) -> float | None:
        """How many times as likely the deed is from a party that means it."""
        return None if self.log_ratio is None else math.exp(self.log_ratio)


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the weights rest on and may be varied: years until evidence counts half, least ratio of a broken promise, of a deed.

    `hostile` is the ratio of a hostile deed of sign -2. With an endless half-life each piece counts as it did when it was new.
    With `one` all agreements of a party count as a single one.
    """

    half_life: float = HALF_LIFE
    broken: float = BROKEN
    hostile: float = HOSTILE
    one: bool = False


ASSUMED = Assumed()


def of(
    party: str,
    other: str,
    events: Sequence[Event],
    commitments: Sequence[Commitment],
    match: Callable[[str], tuple[str, ...]],
    as_of: dt.date,
    assumed: Assumed = ASSUMED,
) -> tuple[Contribution, ...]:
    """All that moves `party`'s belief in `other`, by date: `other`'s promises, and its deeds and words to `party` or at large."""
    rows = [
        event for event in events if other in match(event.actor) and (not event.target.strip() or party in match(event.target))
    ]
    deeds = once(event for event in rows if event.kind == "deed")
    own = [c for c in commitments if other in match(c.party) and _known(c, as_of)]
    promises = promised_once(own)
    delivery = {id(row): _delivery(row, deeds) for row in promises}
    delivering = {id(deed): row for row in promises if (deed := delivery[id(row)]) is not None}
    age = partial(_age, as_of=as_of, half_life=assumed.half_life)
    parts: list[Contribution] = []
    for rows_of_one in _agreements(promises, one=assumed.one):
        provisions = [_Kept(row, delivery[id(row)], len(match(row.party)), _others(row, own)) for row in rows_of_one]
        parts += _agreement(provisions, as_of, age, assumed.broken)
    parts += _deeds([deed for deed in deeds if id(deed) not in delivering], age, assumed.hostile)
    parts += [_delivered(deed, delivering[id(deed)]) for deed in deeds if id(deed) in delivering]
    parts += _talk(once(event for event in rows if event.kind == "word"), age)
    return tuple(sorted(parts, key=lambda part: (part.date, part.what, part.source)))


def of_deed(deed: Event) -> float:
    """Log ratio of a deed in favour of an agreement, when new."""
    return log_kept(_pretender_does(deed))


def weigh(event: Event, actors: tuple[str, ...], contribution: dict[str, float]) -> WeighedEvent:
    """An event with its class.

    A deed in favour is *humanitarian* where the coder says that it is about persons; else *token* where what stays spent is less
    than the cost that nine in ten pretenders would pay, or where nobody can see it; else *substantive*.
    """
    favourable = event.kind == "deed" and event.sign > 0.0
    sunk = _sunk(event)
    reads_as, why = _class(event, sunk) if favourable else ("", _unweighed(event))
    return WeighedEvent(
        date=event.date.isoformat(),
        actors=actors,
        what=event.event,
        kind=event.kind,
        sign=event.sign,
        contribution=contribution,
        cost=event.cost,
        irreversible=event.irreversible,
        verified=event.verified,
        sunk=sunk if favourable else None,
        log_ratio=of_deed(event) if favourable else None,
        weight=event.weight,
        reads_as=reads_as,
        why=why,
        source=event.source,
    )


def _class(event: Event, sunk: float) -> tuple[str, Reason]:
    spent = reason("deed.spent", cost=_cost(event), assumed=_assumed(event), sunk=sunk)
    if event.weight == "humanitarian":
        name, code = "humanitarian", "deed.humanitarian"
    elif not event.verified:
        name, code = "token", "deed.unseen"
    elif sunk < C90:
        name, code = "token", "deed.cheap"
    else:
        name, code = "substantive", "deed.dear"
    return name, reason(code, spent=spent, limit=C90, coder=event.weight if event.weight not in {"", name} else None)


def _unweighed(event: Event) -> Reason:
    return reason("event.word" if event.kind == "word" else "event.hostile" if event.sign < 0.0 else "event.unsigned")


def _cost(deed: Event) -> float:
    return UNCODED[deed.weight] if deed.cost is None else deed.cost


def _sunk(deed: Event) -> float:
    """What stays spent of its cost: what can be undone costs half."""
    return _cost(deed) * (1.0 + (deed.irreversible or 0.0)) / 2.0


def _assumed(deed: Event) -> Reason | None:
    return reason("cost.assumed") if deed.cost is None else None


def _pretender_does(deed: Event) -> float:
    """P(a pretender does it): what nobody verifies is feigned at no cost, so that the two cases are mixed by `verified`."""
    verified = deed.verified or 0.0
    return verified * pretender_keeps(_sunk(deed), C90, C10) + (1.0 - verified) * pretender_keeps(0.0, C90, C10)


def _coded_cost(deed: Event) -> Reason:
    """What the coder says of a deed's cost, and what not."""
    scores = {"irreversible": deed.irreversible, "verified": deed.verified}
    uncoded = tuple(name for name, score in scores.items() if score is None)
    return reason("cost.deed", cost=_cost(deed), assumed=_assumed(deed), **scores, uncoded=uncoded)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A promise with the deed that delivered it, how many made it, and the outcomes that other rows state of the same promise."""

    row: Commitment
    deed: Event | None
    makers: int
    others: tuple[float, ...]

    @property
    def outcome(self) -> float:
        """The share promise."""
        return self.row.outcome or 0.0

    @property
    def cost(self) -> tuple[float, Reason]:
        """P(a pretender keeps it), and what that rests on."""
        if self.deed is not None and self.deed.cost is not None:
            return _pretender_does(self.deed), _coded_cost(self.deed)
        return pretender_keeps(PROMISED, C90, C10), reason("cost.promise")

    def ratio(self, broken: float) -> float:
        """The log ratio of the promise by itself."""
        return log_step(self.outcome, self.cost[0], broken)

    def why(self, broken: float, **of_agreement: object) -> Reason:
        """How it was promise, how much that tells, and what its agreement makes of it."""
        return reason(
            "belief.promise",
            state=_state(self),
            times=math.exp(self.ratio(broken)),
            cost=self.cost[1],
            otherwise=self.others or None,
            makers=self.makers if self.makers > 1 else None,
            **of_agreement,
        )

    def pending(self, as_of: dt.date, broken: float) -> bool:
        """Whether it speaks against the party only because it is not due yet."""
        due = period(self.row.due)
        return due is not None and due[0] > as_of and self.ratio(broken) < 0.0


def _agreement(rows: Sequence[_Kept], as_of: dt.date, age: Age, broken: float) -> list[Contribution]:
    """The provisions of one agreement, which stand and fall together: one observation, of which each is its part by weight.

    With w the weights, o the shares promise, r(o) the log ratio of one step, n the effective number of observations in the years
    from the first signature to the day on which the last outcome was known, and a the weight for the age of that day:

        log ratio = n a sum(w r(o)) / sum(w), or the same of its central provisions alone where that is less.

    So cutting a provision into rows changes nothing. One of several makers answers for its part of a joint promise.
    """
    day = max(settled(promise.row, as_of) for promise in rows)
    years = (day - min(promise.row.signed for promise in rows)).days / YEAR
    number = observations(years)
    ratios = [0.0 if promise.pending(as_of, broken) else promise.ratio(broken) / promise.makers for promise in rows]
    parts = _shares(rows, [promise.row.weight for promise in rows])
    central = _shares(rows, [promise.row.weight * promise.row.central for promise in rows])
    binds = any(promise.row.central for promise in rows) and _sum(central, ratios) < _sum(parts, ratios)
    since, weight = age(day)
    of_all = _of_all(rows, parts, years, number) | {"age": weight}
    pieces = []
    for promise, part, ratio in zip(rows, central if binds else parts, ratios, strict=True):
        own = {
            "part": part if len(rows) > 1 else None,
            "central": reason("promise.central" if promise.row.central else "promise.beside") if binds else None,
            "pending": reason("promise.pending") if promise.pending(as_of, broken) else None,
        }
        what = f"{promise.row.agreement}: {promise.row.commitment}"
        why = promise.why(broken, **of_all, **own)
        pieces.append(Contribution(since, what, ratio * part * number * weight, why, promise.row.source))
    return pieces


def _of_all(rows: Sequence[_Kept], parts: Sequence[float], years: float, number: float) -> dict[str, float | None]:
    """What is said of an agreement as a whole beside each of its provisions."""
    shares = {promise.outcome for promise in rows}
    return {
        "shared": len(rows) if len(rows) > 1 else None,
        "in_all": _sum(parts, [promise.outcome for promise in rows]) if len(shares) > 1 else None,
        "years": years or None,
        "observations": number,
    }


def _state(promise: _Kept) -> Reason:
    outcome, who = promise.outcome, promise.row.broken_by or None
    if outcome == 1.0:
        return reason("promise.kept")
    return reason("promise.broken", who=who) if outcome == 0.0 else reason("promise.partly", kept=outcome, who=who)


def _shares(rows: Sequence[_Kept], weights: Sequence[float]) -> list[float]:
    """Weights as shares of their sum; equal ones where all are zero."""
    total = math.fsum(weights)
    return [w / total for w in weights] if total > 0.0 else [1.0 / len(rows)] * len(rows)


def _sum(shares: Sequence[float], values: Sequence[float]) -> float:
    return math.fsum(share * value for share, value in zip(shares, values, strict=True))


def _agreements(promises: Sequence[Commitment], *, one: bool) -> list[list[Commitment]]:
    """Promises by their agreement; all together where they count as one.

    Rows of one name belong together whenever their parts were signed, and rows signed on one day whatever their names: what was
    agreed together is one observation.
    """
    groups: list[list[Commitment]] = []
    for row in promises:
        same = [group for group in groups if one or any(_together(row, other) for other in group)]
        groups = [*(group for group in groups if group not in same), [*(r for group in same for r in group), row]]
    return groups


def _together(one: Commitment, other: Commitment) -> bool:
    return one.signed == other.signed or wording(one.agreement) == wording(other.agreement)


def _others(row: Commitment, rows: Sequence[Commitment]) -> tuple[float, ...]:
    """The outcomes that other rows state of the same promise."""
    return tuple(
        sorted({r.outcome for r in rows if same_promise(r) == same_promise(row) and r.outcome is not None} - {row.outcome})
    )


def _known(row: Commitment, as_of: dt.date) -> bool:
    return row.outcome is not None and (row.known is None or row.known <= as_of)


def settled(row: Commitment, as_of: dt.date) -> dt.date:
    """The day since which the outcome is known, by the first rule that applies.

    1. `known`, where the row states it. 2. Of what is due all the time or time and again, and on no day, the as-of date. 3. The
    last day that the row speaks of and that is not after the as-of date, else the signature.
    """
    if row.known is not None:
        return max(row.signed, row.known)
    if not periods(row.due) and _CONTINUING.search(row.due):
        return max(row.signed, as_of)
    days = [min(last, as_of) for first, last in (*periods(row.due), *periods(row.delivered)) if first <= as_of]
    return max([row.signed, *days])


def _delivery(row: Commitment, deeds: Sequence[Event]) -> Event | None:
    """The deed that delivered a commitment: in favour, on a day that `delivered` names; of several the one that tells least."""
    days = {first for first, last in periods(row.delivered) if first == last}
    same = [deed for deed in deeds if deed.sign > 0.0 and deed.date in days]
    return min(same, key=lambda deed: (of_deed(deed), deed.model_dump_json()), default=None)


def _delivered(deed: Event, row: Commitment) -> Contribution:
    why = reason("belief.delivery", agreement=row.agreement, commitment=row.commitment)
    return Contribution(deed.date.isoformat(), deed.event, 0.0, why, deed.source)


def _deeds(deeds: Sequence[Event], age: Age, hostile: float) -> list[Contribution]:
    """Deeds, strongest first; among cheap ones, and among hostile ones, each counts at half the rate of the one before it.

    The order by strength is what keeps a further deed from moving the belief against its own sign.
    """
    parts, repeats = [], {"cheap": 0, "hostile": 0}
    ratios = [(_raw(deed, hostile) * age(deed.date)[1], deed) for deed in deeds]
    for _, deed in sorted(ratios, key=lambda pair: (-abs(pair[0]), -pair[1].date.toordinal(), pair[1].model_dump_json())):
        ratio = _raw(deed, hostile)
        if ratio == 0.0:
            continue
        day, weight = age(deed.date)
        group, share = "hostile" if ratio < 0.0 else "cheap" if ratio < CHEAP else "", 1.0
        if group:
            share = 0.5 ** repeats[group]
            repeats[group] += 1
        repeat = reason("deed.repeat", group=group, share=share) if share < 1.0 else None
        code, detail = ("belief.deed", _coded_cost(deed)) if deed.sign > 0.0 else ("belief.hostile", deed.sign)
        why = reason(code, times=math.exp(ratio), detail=detail, repeat=repeat, age=weight)
        parts.append(Contribution(day, deed.event, ratio * weight * share, why, deed.source))
    return parts


def _raw(deed: Event, hostile: float) -> float:
    return of_deed(deed) if deed.sign > 0.0 else -deed.sign / 2.0 * math.log(hostile)


def _talk(words: Sequence[Event], age: Age) -> list[Contribution]:
    """One contribution for each month of talk, by the mean sign; all talk together stays within its bounds."""
    months: dict[str, list[Event]] = {}
    for word in words:
        months.setdefault(word.date.isoformat()[:7], []).append(word)
    rows = []
    for month, talk in sorted(months.items()):
        mean = math.fsum(word.sign for word in talk) / len(talk)
        rows.append((month, talk, mean, mean / 2.0 * math.log(WORD) * age(talk[-1].date)[1]))
    factor = talk_factor(math.fsum(row[3] for row in rows))
    parts = []
    for month, talk, mean, ratio in rows:
        if ratio == 0.0:
            continue
        quoted = "; ".join(word.event for word in talk[:QUOTED])
        why = reason("belief.talk", mean=mean, factor=factor if factor < 1.0 else None)
        sources = "; ".join(sorted({word.source for word in talk}))
        more = len(talk) - QUOTED
        parts.append(Contribution(month, quoted, ratio * factor, why, sources, more if more > 0 else None))
    return parts


def _age(day: dt.date, as_of: dt.date, half_life: float) -> tuple[str, float]:
    return day.isoformat(), faded((as_of - day).days, half_life)
