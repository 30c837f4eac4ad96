"""Sections about the study itself: its settings and what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import (
    Bullets,
    Paragraph,
    Part,
    Sources,
    Table,
    count,
    row,
)

if TYPE_CHECKING:
    from summitry.study import Findings


def settings(found: Findings, _: Sources) -> list[Part]:
    """The settings, the size of the case, and what is needed to get the same again."""
    chosen = tuple(
        row(key, value if isinstance(value, str) else "–" if value is None else str(value))
        for key, value in found.settings.items()
    )
    counts = tuple(row(key, count(value)) for key, value in found.counts.items())
    return [
        Paragraph(
            "Values, back tables, trust and mandates are judgements of whoever wrote the preference files; holdings, words "
            "and deeds are claims with the source named beside them. Probabilities are shares of draws from those "
            "judgements, not frequencies."
        ),
        Table("Settings", "settings", ("Setting", "Value"), chosen),
        Table("Size of the case", "counts", ("What", "How many"), counts),
        Table(
            "To get the same again",
            "seed, draws, digest, version",
            ("What", "Value"),
            (
                row("Case", found.case),
                row("Digest of its files", found.digest),
                row("Seed", str(found.seed)),
                row("Draws", str(found.draws)),
                row("summitry", found.version),
            ),
        ),
    ]


def left_out(found: Findings, _: Sources) -> list[Part]:
    """Links that were left out, and notes that belong to every number."""
    parts: list[Part] = []
    if found.omitted:
        parts.append(
            Table(
                "Links that were left out",
                "omitted",
                ("Link", "Why"),
                tuple(row(o.link, words.sentence(found, o.why)) for o in found.omitted),
            )
        )
    else:
        parts.append(Paragraph("No link was left out."))
    if found.notes:
        parts.append(Bullets("Notes that belong to every number here", tuple(words.sentence(found, n) for n in found.notes)))
    return parts


def missing(found: Findings, *about: str) -> list[Part]:
    """The sentence that says why a link has no answer."""
    return [Paragraph(words.why_left_out(found, *about))]
