"""What the commands about words and deeds print."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from summitry.brief.words import counted, number, percent
from summitry.evidence.contributions import HOSTILE
from summitry.evidence.seriousness import BROKEN
from summitry.terminal.page import Page, page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.desk.signals import Told
    from summitry.evidence.signals import Believed, Signals
    from summitry.trade.signal import SignalAsk

MOST = 5
BROKEN_AND_HOSTILE = (
    "The question is whether a side delivers what it promised. So a broken promise, whatever its subject, counts down to a "
    f"ratio of {BROKEN:g}, and a hostile deed that no promise forbade only down to {HOSTILE:g}, each repeat half. These are "
    "assumptions, and “after the record if” shows what rests on them."
)


def show_signals(case: Case, told: Told) -> None:
    """Beliefs with what moved them most, drift and jumps, answers, and the deeds in favour with their weight."""
    page, found = page_of(case), told.record
    page.names = {**{k: o.name for k, o in case.file.outsiders.items()}, **page.names}
    page.head("HOW SERIOUS, BY THE RECORD")
    for belief in found.seriousness:
        _belief(page, belief)
    if found.seriousness:
        page.say(BROKEN_AND_HOSTILE)
    if not found.seriousness:
        page.say("No preference file that is open here says what anybody believes of another (`trust`).")
    page.head("WORDS AGAINST DEEDS")
    _drift(page, found)
    page.head("WHO ANSWERS WHOM")
    for one in found.reciprocity:
        page.say(f"{page.name(one.follower)} after deeds of {page.name(one.first)}: {one.why}.")
    if not found.reciprocity:
        page.say("No two sides have both done something to each other.")
    page.head("DEEDS IN FAVOUR, WEIGHED")
    _gestures(page, found)
    page.head("WHICH SIGNAL TO ASK FOR")
    for ask in told.ask:
        _ask(page, ask)
    for why in told.omitted:
        page.say(f"Left out: {why}")


def show_dyad(a: str, b: str, found: Signals) -> None:
    """Drift, jumps and answers of two sides of event data."""
    page = Page()
    page.head(f"WORDS AGAINST DEEDS, {a} and {b}")
    for one in found.dissonance:
        compared = sum(m.difference is not None for m in one.months)
        span = f"{one.months[0].month} to {one.months[-1].month}"
        page.say(f"{_pair(page, one.speaker, one.doer)}: {counted(compared, 'month')} to compare, {span}.")
    _drift(page, found)
    page.head("WHO ANSWERS WHOM")
    for answer in found.reciprocity:
        page.say(f"{answer.follower} after deeds of {answer.first}: {answer.why}.")


def _belief(page: Page, b: Believed) -> None:
    page.say(
        f"{page.name(b.other)} as {page.name(b.party)} sees it: {_span(b.prior)} before the record, {_span(b.posterior)} after."
    )
    page.say(f"If it may change its mind (two-state model): {_span(b.switching)}.", 4)
    strongest = sorted((c for c in b.contributions if c.log_ratio), key=lambda c: -abs(c.log_ratio))[:MOST]
    for part in strongest:
        page.say(f"{part.date} {part.log_ratio:+.2f} {part.what}", 6)
    rest = sum(bool(c.log_ratio) for c in b.contributions) - len(strongest)
    if rest:
        page.say(f"and {rest} more that tell less; all with --json", 6)
    told = "no prior from .02 to .98 would leave it even" if b.even is None else f"even from a prior of {percent(b.even)}"
    page.say(f"Prior to result: {', '.join(f'{p:.1f} to {q:.2f}' for p, q in b.sensitivity[::2])}; {told}.", 4)
    page.say(f"After the record {'; '.join(f'{o.assumption}: {_span(o.belief)}' for o in b.otherwise)}.", 4)


def _span(values: Sequence[float]) -> str:
    return " / ".join(f"{v:.2f}" for v in values)


def _drift(page: Page, found: Signals) -> None:
    for one in found.trend:
        if one.p is not None:
            page.say(f"{_pair(page, one.speaker, one.doer)}: {one.why}.")
    for jump in found.breaks:
        page.say(f"Break, {_pair(page, jump.speaker, jump.doer)}: {jump.why}.")
    few = [f"{_pair(page, t.speaker, t.doer)} ({t.n})" for t in found.trend if t.p is None]
    if few:
        page.say(f"Too few months to test: {'; '.join(few)}.")


def _pair(page: Page, speaker: str, doer: str) -> str:
    return f"words of {page.name(speaker)} against {'its own deeds' if speaker == doer else f'deeds of {page.name(doer)}'}"


def _ask(page: Page, ask: SignalAsk) -> None:
    scale = "as stated" if ask.stated else "not stated: the coder's scale stands in"
    page.say(f"{page.name(ask.party)} of {page.name(ask.other)}: {ask.why}.")
    low, high = ask.pretender
    gain = "" if ask.gain is None else f"; a deal brings it {number(ask.gain)}"
    page.say(f"Nine in ten pretenders would pay {number(low)}, one in ten {number(high)} ({scale}){gain}.", 4)


def _gestures(page: Page, found: Signals) -> None:
    done = [event for event in found.events if event.reads_as]
    for event in done:
        who = " and ".join(page.name(actor) for actor in event.actors)
        ratio = "" if event.log_ratio is None else f" ({number(math.exp(event.log_ratio))} times as likely from who means it)"
        page.say(f"{event.date} {who}: {event.what}")
        page.say(f"{event.reads_as}{ratio}: {event.why}", 4)
        if event.measured:
            points = "; ".join(f"{page.name(who)} {value:+.2g}" for who, value in (event.points or {}).items())
            page.say(f"in points{f': {points},' if points else ':'} {event.measured}", 4)
    if not done:
        page.say("Nothing was done in favour of an agreement, by this record.")
