"""Sections about deals: where to start, the other ideas, the price, what is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import swaps, words
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
)

if TYPE_CHECKING:
    from summitry.study import Findings

from summitry.brief.sections.about import missing

MOST_OTHERS = 10


def start(found: Findings, sources: Sources) -> list[Part]:
    """The swap to start with, or the nearest miss, and how many swaps were looked at."""
    rung, verdict = found.rung, words.chosen(found)
    if rung is None or verdict is None:
        return missing(found, "rung", "start", "trade", "swap")
    at = "rung.best" if rung.best is not None else "rung.nearest"
    parts: list[Part] = []
    if rung.best is None:
        parts.append(Paragraph("No swap passes all four gates in time today. This is the nearest miss."))
    parts += [Picture("gates"), Heading(words.titled(verdict) or "The swap")]
    parts += [*swaps.told(found, verdict, at), *swaps.trust(verdict)]
    parts.append(
        Table(
            "How many swaps were looked at, and the first gate at which the others failed",
            "rung",
            ("", "Swaps"),
            (
                row(f"Looked at: {words.clean(rung.candidates)}", count(rung.considered)),
                row("All accept and ratify often enough", count(rung.ratified)),
                row("Of these put in order, the most substantive first, until enough were found", count(rung.ordered)),
                row("Carried by today's trust, and so through every gate", count(rung.passing)),
                *(row(f"Failed first at: {words.GATES.get(gate, gate)}", count(many)) for gate, many in rung.failing.items()),
            ),
        )
    )
    if rung.best is None:
        parts += swaps.changes("What it would take to open the closed gates", "rung.nearest.opens", verdict.opens)
    else:
        parts += swaps.changes("Single inputs that flip the answer", "rung.flips", rung.flips)
    if found.sensitivity:
        rows = tuple(row(words.sentence(found, s.assumption), share(s.joint)) for s in found.sensitivity)
        head = ("Assumption", "Accepted and ratified")
        parts.append(Table("The same swap under other assumptions", "sensitivity", head, rows))
    if rung.others:
        shown = rung.others[:MOST_OTHERS]
        more = f"; {len(rung.others) - len(shown)} more are in findings.json" if len(rung.others) > len(shown) else ""
        parts.append(Table(f"Other swaps that were close{more}", "rung.others", *swaps.compared(found, shown, sources)))
    return parts


def ideas(found: Findings, sources: Sources) -> list[Part]:
    """The case's named ideas under the same gates."""
    if not found.ideas:
        return [Paragraph("The case names no ideas of its own.")]
    parts: list[Part] = [Table("All ideas side by side", "ideas", *swaps.compared(found, found.ideas, sources))]
    for k, idea in enumerate(found.ideas):
        parts += [
            Heading(f"{words.clean(idea.title)} – {'passes' if idea.passed else 'fails'}"),
            *swaps.told(found, idea, f"ideas[{k}]"),
        ]
        if not idea.passed:
            parts += swaps.changes("What it would take to open the closed gates", f"ideas[{k}].opens", idea.opens)
    return parts
