"""The section of signals: where each belief stands, whether words drift from deeds, deeds in favour, what to ask for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import Paragraph, Part, Sources, Table, count, row, share, spread
from summitry.brief.sections.about import missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.evidence.gestures import Weighed
    from summitry.evidence.signals import Signals
    from summitry.study import Findings
    from summitry.trade.signal import SignalAsk

SERIES = ("Words of", "Deeds of")


def signals(found: Findings, sources: Sources) -> list[Part]:
    """The signals of the record, and which one to ask for next."""
    told = found.signals
    if told is None:
        return missing(found, "record", "words", "deeds")
    return [*_asks(found, found.signal_asks), *_beliefs(found, told), *_drift(found, told), *_gestures(found, told, sources)]


def _asks(found: Findings, asks: Sequence[SignalAsk]) -> list[Part]:
    if not asks:
        return [Paragraph("Left out: no belief of one side in another is open here, so no signal to ask for was sought.")]
    said = "A signal tells where a side that means it would do it and a pretender would not: it is so many times as likely "
    said += "from who means it. Costs are in the giver's own points."
    head = ("For", "Of", "Ask for", "Costs it", "Times as likely", "A deal brings it", "Why")
    rows = tuple(
        row(
            words.name(found, ask.party),
            words.name(found, ask.other),
            "none" if ask.best is None else "; ".join(words.move(found, i, o) for i, o in ask.best.moves.items()),
            spread(None if ask.best is None else ask.best.cost),
            spread(None if ask.best is None else ask.best.ratio),
            ask.gain,
            ask.why + ("" if ask.stated else "; what a pretender would pay is not stated: the coder's scale stands in"),
        )
        for ask in asks
    )
    return [Paragraph(said), Table("Which signal to ask for", "signal_asks", head, rows)]


def _beliefs(found: Findings, told: Signals) -> list[Part]:
    if not told.seriousness:
        return []
    head = ("Belief of", "In", "Prior", "By the record", "If minds may change", "Prior that it leads to one half")
    rows = tuple(
        row(
            words.name(found, b.party),
            words.name(found, b.other),
            spread(b.prior),
            spread(b.posterior),
            spread(b.switching),
            share(b.even, absent="none"),
        )
        for b in told.seriousness
    )
    parts: list[Part] = [Table("How serious, by the record (low/mode/high)", "signals.seriousness", head, rows)]
    assumptions = [o.assumption for o in told.seriousness[0].otherwise]
    if assumptions:
        said = "The question is whether a side delivers what it promised. So a broken promise counts for more than a hostile "
        said += "deed that no promise forbade, whatever their subjects. The next table shows what rests on that assumption."
        others = tuple(
            row(
                words.name(found, b.party),
                words.name(found, b.other),
                _percents(b.posterior),
                *(_percents(o.belief) for o in b.otherwise),
            )
            for b in told.seriousness
        )
        titles = ("Belief of", "In", "By the record", *(title[0].upper() + title[1:] for title in assumptions))
        parts += [Paragraph(said), Table("The same record, weighed otherwise", "signals.seriousness", titles, others)]
    return parts


def _percents(belief: Sequence[float]) -> str:
    return " / ".join(map(words.whole_percent, belief))


def _drift(found: Findings, told: Signals) -> list[Part]:
    def pair(speaker: str, doer: str) -> tuple[str, str]:
        return words.name(found, speaker), words.name(found, doer)

    if not told.trend:
        return [Paragraph("No side has both words and deeds to compare.")]
    head = (*SERIES, "Months compared", "Change a month", "p", "What it says")
    rows = tuple(row(*pair(t.speaker, t.doer), count(t.n), t.slope, t.p, t.why) for t in told.trend)
    parts: list[Part] = [Table("Whether words drift from deeds", "signals.trend", head, rows)]
    if told.breaks:
        jumps = tuple(
            row(*pair(b.speaker, b.doer), b.month, f"{b.earliest} to {b.latest}", b.before, b.after) for b in told.breaks
        )
        titles = (*SERIES, "From", "May lie within", "Words above deeds before", "After")
        parts.append(Table("Where words jump against deeds", "signals.breaks", titles, jumps))
    tested = {(t.speaker, t.doer) for t in told.trend if t.p is not None}
    months = tuple(
        row(*pair(one.speaker, one.doer), m.month, m.words, m.words - m.difference, m.difference)
        for one in told.dissonance
        if (one.speaker, one.doer) in tested
        for m in one.months
        if m.words is not None and m.difference is not None
    )
    if months:
        titles = (*SERIES, "Month", "Words", "Deeds held against them", "Words minus deeds")
        parts.append(Table("Words minus deeds, where there are months enough to test", "signals.dissonance", titles, months))
    if told.reciprocity:
        answers = tuple(row(words.name(found, r.follower), words.name(found, r.first), r.why) for r in told.reciprocity)
        parts.append(Table("Who answers whom", "signals.reciprocity", ("Answers", "Deeds of", "What the record says"), answers))
    return parts


def _gestures(found: Findings, told: Signals, sources: Sources) -> list[Part]:
    done = [event for event in told.events if event.reads_as]
    if not done:
        return [Paragraph("Nothing was done in favour of an agreement, by this record.")]
    head = ("Date", "Who", "What", "Reads as", "Times as likely", "Why", "Source")
    rows = tuple(
        row(
            event.date,
            words.names(found, event.actors),
            event.what,
            event.reads_as,
            None if event.log_ratio is None else math.exp(event.log_ratio),
            f"{event.why}{_points(found, event)}",
            sources.cell(event.source),
        )
        for event in done
    )
    return [Table("Deeds in favour, weighed", "signals.events", head, rows)]


def _points(found: Findings, event: Weighed) -> str:
    """The points that it moved for each party, and by what they were counted; empty where it was not counted."""
    told = "; ".join(f"{words.name(found, who)} {words.number(value)}" for who, value in (event.points or {}).items())
    counted = ", ".join(part for part in (told, event.measured) if part)
    return f". In points: {counted}" if counted else ""
