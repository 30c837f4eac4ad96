"""What each commitment, deed and month of talk of one party adds to another's belief in it, with the sentence that says why.

Assumptions, each stated where it acts: what a deed costs on the coder's scale of 0..1 and what that means for a pretender
(`C90`, `C10`), what an uncoded one costs (`UNCODED`), how a hostile deed counts (`HOSTILE`), how a word counts (`WORD`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from summitry.case.dates import period, periods
from summitry.evidence.seriousness import BROKEN, HALF_LIFE, faded, log_kept, log_step, pretender_keeps, talk_factor
from summitry.evidence.stories import once, promised_once

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


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one event or commitment adds to the log-odds of seriousness, with the sentence that says why.

    `actors` are the ids of those who did it, as `actors.matcher` reads them; empty where the row names nobody.
    """

    date: str
    what: str
    log_ratio: float
    why: str
    source: str
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumed:
    """What the weights rest on and may be varied: years until evidence counts half, least ratio of a broken promise, of a deed.

    `hostile` is the ratio of a hostile deed of sign -2. With an endless half-life each piece counts as it did when it was new.
    """

    half_life: float = HALF_LIFE
    broken: float = BROKEN
    hostile: float = HOSTILE


def of(
    party: str,
    other: str,
    events: Sequence[Event],
    commitments: Sequence[Commitment],
    match: Callable[[str], tuple[str, ...]],
    as_of: dt.date,
    assumed: Assumed = Assumed(),
) -> tuple[Contribution, ...]:
    """All that moves `party`'s belief in `other`, by date: `other`'s promises, and its deeds and words to `party` or at large."""
    seen = [
        event for event in events if other in match(event.actor) and (not event.target.strip() or party in match(event.target))
    ]
    deeds = once(event for event in seen if event.kind == "deed")
    promises = [row for row in promised_once(c for c in commitments if other in match(c.party)) if row.outcome is not None]
    delivery = {id(row): _delivery(row, deeds) for row in promises}
    counted = {id(deed): row for row in promises if (deed := delivery[id(row)]) is not None}
    age = partial(_age, as_of=as_of, half_life=assumed.half_life)
    promise = partial(_promise, as_of=as_of, age=age, broken=assumed.broken)
    found = [promise(row, promises, delivery[id(row)], len(match(row.party))) for row in promises]
    found += _deeds([deed for deed in deeds if id(deed) not in counted], age, assumed.hostile)
    found += [_counted(deed, counted[id(deed)]) for deed in deeds if id(deed) in counted]
    found += _talk(once(event for event in seen if event.kind == "word"), age)
    return tuple(sorted(found, key=lambda part: (part.date, part.what, part.source)))


def of_deed(deed: Event) -> float:
    """Log ratio of a deed in favour of an agreement, when new."""
    return log_kept(_pretender(deed)[0])


def _pretender(deed: Event) -> tuple[float, str]:
    """P(a pretender does it), and what was known of its cost, in words.

    What can be undone costs half. What is not verified can be feigned at no cost, so that the two cases are mixed by `verified`.
    """
    cost = UNCODED[deed.weight] if deed.cost is None else deed.cost
    sunk = cost * (1.0 + (deed.irreversible or 0.0)) / 2.0
    seen = deed.verified or 0.0
    keeps = seen * pretender_keeps(sunk, C90, C10) + (1.0 - seen) * pretender_keeps(0.0, C90, C10)
    words = f"cost {cost:.2g}{' (assumed)' if deed.cost is None else ''}, "
    words += ", ".join(
        f"{name} {value:.2g}" if value is not None else f"not coded as {name}"
        for name, value in (("irreversible", deed.irreversible), ("verified", deed.verified))
    )
    return keeps, words


def _promise(
    row: Commitment,
    promises: Sequence[Commitment],
    deed: Event | None,
    makers: int,
    *,
    as_of: dt.date,
    age: Age,
    broken: float,
) -> Contribution:
    """One provision; those of one agreement share one observation, because they stand and fall together.

    One of several `makers` answers for its part of a joint promise.
    """
    kept = row.outcome or 0.0
    keeps, cost = (pretender_keeps(PROMISED, C90, C10), "cost not coded, as many willing pretenders would keep it as not")
    if deed is not None and deed.cost is not None:
        keeps, cost = _pretender(deed)
    shared = sum(other.agreement == row.agreement and other.signed == row.signed for other in promises)
    day, weight = age(settled(row, as_of))
    ratio = log_step(kept, keeps, broken)
    due = period(row.due)
    pending = due is not None and due[0] > as_of and ratio < 0.0
    said = "kept" if kept == 1.0 else "broken" if kept == 0.0 else f"kept to {100 * kept:.0f} %"
    why = f"{said}: {math.exp(ratio):.2f} times as likely from a party that means it ({cost})"
    why += f"; one of {shared} provisions of its agreement, which count as one" if shared > 1 else ""
    why += f"; promised by {makers} together, so that one answers for its part" if makers > 1 else ""
    why += f"; weight {weight:.2f} for its age"
    why += "; not due yet, so what is missing does not count" if pending else ""
    what = f"{row.agreement}: {row.commitment}"
    return Contribution(day, what, 0.0 if pending else ratio * weight / (shared * makers), why, row.source)


def settled(row: Commitment, as_of: dt.date) -> dt.date:
    """The last day that the row speaks of and that is not after the as-of date: since then the outcome is known."""
    days = [min(last, as_of) for first, last in (*periods(row.due), *periods(row.delivered)) if first <= as_of]
    return max([row.signed, *days])


def _delivery(row: Commitment, deeds: Sequence[Event]) -> Event | None:
    """The deed that delivered a commitment: in favour, on a day that `delivered` names; of several the one that tells least."""
    days = {first for first, last in periods(row.delivered) if first == last}
    same = [deed for deed in deeds if deed.sign > 0.0 and deed.date in days]
    return min(same, key=lambda deed: (of_deed(deed), deed.model_dump_json()), default=None)


def _counted(deed: Event, row: Commitment) -> Contribution:
    why = f"counted once, as the delivery of {row.agreement}: {row.commitment}"
    return Contribution(deed.date.isoformat(), deed.event, 0.0, why, deed.source)


def _deeds(deeds: Sequence[Event], age: Age, hostile: float) -> list[Contribution]:
    """Deeds, strongest first; among cheap ones, and among hostile ones, each counts at half the rate of the one before it.

    The order by strength is what keeps a further deed from moving the belief against its own sign.
    """
    found, repeats = [], {"cheap": 0, "hostile": 0}
    aged = [(_raw(deed, hostile) * age(deed.date)[1], deed) for deed in deeds]
    for _, deed in sorted(aged, key=lambda pair: (-abs(pair[0]), -pair[1].date.toordinal(), pair[1].model_dump_json())):
        ratio = _raw(deed, hostile)
        if ratio == 0.0:
            continue
        day, weight = age(deed.date)
        why = _deed_words(deed, ratio)
        group = "hostile" if ratio < 0.0 else "cheap" if ratio < CHEAP else ""
        if group:
            share = 0.5 ** repeats[group]
            repeats[group] += 1
            why += f"; as a repeat of {group} deeds {share:.2g} of that" if share < 1.0 else ""
            weight *= share
        found.append(
            Contribution(day, deed.event, ratio * weight, f"{why}; weight {age(deed.date)[1]:.2f} for its age", deed.source)
        )
    return found


def _raw(deed: Event, hostile: float) -> float:
    return of_deed(deed) if deed.sign > 0.0 else -deed.sign / 2.0 * math.log(hostile)


def _deed_words(deed: Event, ratio: float) -> str:
    likely = f"{math.exp(ratio):.2f} times as likely from a party that means it"
    return f"done: {likely} ({_pretender(deed)[1]})" if deed.sign > 0.0 else f"hostile, sign {deed.sign:g}: {likely}"


def _talk(words: Sequence[Event], age: Age) -> list[Contribution]:
    """One contribution for each month of talk, by the mean sign; all talk together stays within its bounds."""
    months: dict[str, list[Event]] = {}
    for word in words:
        months.setdefault(word.date.isoformat()[:7], []).append(word)
    rows = []
    for month, said in sorted(months.items()):
        mean = math.fsum(word.sign for word in said) / len(said)
        rows.append((month, said, mean, mean / 2.0 * math.log(WORD) * age(said[-1].date)[1]))
    factor = talk_factor(math.fsum(row[3] for row in rows))
    found = []
    for month, said, mean, ratio in rows:
        if ratio == 0.0:
            continue
        quoted = "; ".join(word.event for word in said[:QUOTED])
        more = f"; and {len(said) - QUOTED} more" if len(said) > QUOTED else ""
        why = f"talk, mean sign {mean:+.2g}: a month counts once and for little"
        why += f"; all talk is held within its bounds, here by {factor:.2f}" if factor < 1.0 else ""
        sources = "; ".join(sorted({word.source for word in said}))
        found.append(Contribution(month, quoted + more, ratio * factor, why, sources))
    return found


def _age(day: dt.date, as_of: dt.date, half_life: float) -> tuple[str, float]:
    return day.isoformat(), faded((as_of - day).days, half_life)
