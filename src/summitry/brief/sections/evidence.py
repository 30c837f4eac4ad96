"""Sections about what is known: the inventory and the inspections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import (
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

if TYPE_CHECKING:
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
