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
    share,
    spread,
)
from summitry.evidence.seriousness import performs

if TYPE_CHECKING:
    from summitry.evidence.record import Contribution
    from summitry.study import Findings

from summitry.brief.sections.about import missing


def inventory(found: Findings, sources: Sources) -> list[Part]:
    """Who holds how much of what, by whose account."""
    if not found.holdings:
        return missing(found, "holding", "inventory", "claim")
    parts: list[Part] = [
        Picture("inventory"),
        Paragraph(
            "Declared, estimated and verified claims are never merged; only estimates are fused. Unaccounted for is not held."
        ),
        Table(
            "Holdings",
            "holdings",
            ("Holding", "Unit", "Declared", "Estimated, low/middle/high", "Verified", "How fused", "Disagreement"),
            tuple(
                row(
                    f"{words.name(found, h.party)}: {words.clean(h.category)}",
                    h.unit,
                    h.declared,
                    spread(h.estimated),
                    h.verified,
                    h.method,
                    h.disagreement,
                )
                for h in found.holdings
            ),
        ),
    ]
    parts += _shares_and_movers(found)
    for k, holding in enumerate(found.holdings):
        rows = tuple(
            row(
                c.claimant + (f", {c.item}" if c.item else ""), c.kind, c.as_of, c.low, c.central, c.high,
                "yes" if c.used else "no", sources.cell(c.source), c.status,
            )
            for c in holding.claims
        )  # fmt: skip
        caption = f"Claims: {words.name(found, holding.party)}, {words.clean(holding.category)} ({words.clean(holding.unit)})"
        head = ("Claimant", "Kind", "As of", "Low", "Central", "High", "Fused", "Source", "Status")
        parts.append(Table(caption, f"holdings[{k}].claims", head, rows))
    return parts


def _shares_and_movers(found: Findings) -> list[Part]:
    """What shares of a holding come to in units, and whose estimate moves each answer most."""
    parts: list[Part] = []
    if found.shares:
        rows = tuple(
            row(
                words.name(found, a.issue),
                a.option,
                f"{100 * a.share:g} % of {a.category}",
                spread((a.low, a.middle, a.high)),
                a.unit,
            )
            for a in found.shares
        )
        head = ("Issue", "Option", "Share", "Low/middle/high", "Unit")
        parts.append(Table("Shares of a holding in units", "shares", head, rows))
    moved = [(h, h.without[0]) for h in found.holdings if h.without]
    if moved:
        movers = tuple(
            row(f"{words.name(found, h.party)}: {words.clean(h.category)}", w.claimant, w.middle, w.shift) for h, w in moved
        )
        titles = ("Holding", "Claimant that moves it most", "Middle without it", "Shift")
        parts.append(Table("Leaving one claimant out", "holdings", titles, movers))
    return parts


def inspections(found: Findings, sources: Sources) -> list[Part]:
    """What the inspections that the case states would find."""
    if not found.inspections:
        return [Paragraph("Left out: no issue of the case states how it is inspected.")]
    rows = tuple(
        row(
            words.name(found, told.issue),
            ", ".join(told.options),
            told.check.of,
            f"{told.check.drawn} of {told.check.items}",
            count(told.check.significant),
            share(told.check.detection),
            f"{told.check.days} days" + (", on suspicion" if told.check.challenge else ""),
            f"{told.check.kind}: {told.check.why}",
            sources.cell(told.check.source),
        )
        for told in found.inspections
    )
    head = ("Issue", "Options", "What", "Looked at", "That matter", "Found with", "Within", "Why", "Source")
    said = "A sample finds at least one of the wrong items that matter with the chance stated, if items are drawn at random."
    return [Picture("inspections"), Paragraph(said), Table("Inspections that the case states", "inspections", head, rows)]


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
