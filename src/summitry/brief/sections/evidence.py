"""Sections about what is known: the inventory, the record and the belief that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import (
    Heading,
    Paragraph,
    Part,
    Picture,
    Sources,
    Table,
    count,
    row,
    spread,
)
from summitry.evidence.seriousness import performs

if TYPE_CHECKING:
    from summitry.evidence.record import Contribution
    from summitry.study import Findings

from summitry.brief.sections.about import missing


def record(found: Findings, sources: Sources) -> list[Part]:
    """Words, deeds, commitments, and the belief that follows from them."""
    record = found.record
    if record is None:
        return missing(found, "record", "words", "deeds")
    parts: list[Part] = [Picture("words-and-deeds"), Picture("words-jump"), Picture("belief")]
    if record.deeds:
        parts.append(_contributions("Surrendered, moved or done so far", "record.deeds", record.deeds, sources))
    else:
        parts.append(Paragraph("Nothing was surrendered or moved so far, by this record."))
    for k, belief in enumerate(record.beliefs):
        told = f"{words.name(found, belief.party)} on whether {words.name(found, belief.other)} means to deliver"
        before, after = spread(belief.prior).text, spread(belief.posterior).text
        trust = spread(map(performs, belief.posterior)).text
        said = f"Prior {before}; after the record {after} (low / mode / high)."
        follows = f"Trust that follows where nothing is known of what stopping would bring a pretender: {trust}."
        parts += [Heading(told), Paragraph(f"{said} {follows}")]
        parts.append(
            _contributions(
                "Contributions of events and commitments", f"record.beliefs[{k}].contributions", belief.contributions, sources
            )
        )
    for actor, months in record.months.items():
        full = [m for m in months if m.word_count or m.deed_count]
        rows = tuple(row(m.month, m.words, count(m.word_count), m.deeds, count(m.deed_count)) for m in full)
        quiet = f"; {words.counted(len(months) - len(full), 'month')} without either left out" if len(full) < len(months) else ""
        head = ("Month", "Words, mean sign", "Words, count", "Deeds, mean sign", "Deeds, count")
        caption = f"{words.name(found, actor)} by month, −2 hostile to +2 cooperative{quiet}"
        parts.append(Table(caption, f"record.months.{actor}", head, rows))
    return parts


def _contributions(caption: str, path: str, rows: tuple[Contribution, ...], sources: Sources) -> Table:
    body = tuple(row(c.date, c.what, c.log_ratio, c.why, sources.cell(c.source)) for c in rows)
    return Table(caption, path, ("Date", "What", "Log-odds", "Why", "Source"), body)
