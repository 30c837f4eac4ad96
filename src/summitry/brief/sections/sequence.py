"""The section about the order of deals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import Paragraph, Part, Picture, Sources, Table, row, share

if TYPE_CHECKING:
    from summitry.study import Findings
    from summitry.trade.ladder_results import Rung

from summitry.brief.sections.about import missing


def ladder(found: Findings, _: Sources) -> list[Part]:
    """Deals in the order in which trust comes to carry them, and where the named ideas stand."""
    climbed = found.ladder
    if climbed is None:
        return missing(found, "ladder", "rung")
    parties = list(found.sides)
    said = [Paragraph(text) for text in (climbed.short, *climbed.gaps) if text]
    head = (
        "Deal",
        "Substance",
        "Load",
        *(f"Trust {words.name(found, p)} needs" for p in parties),
        "All accept and ratify",
        "Kept steps",
    )
    tables = []
    for caption, path, rungs in (
        ("Rungs, in rising load", "ladder.rungs", climbed.rungs),
        ("The named ideas", "ladder.ideas", climbed.ideas),
    ):
        rows = tuple(
            row(
                _deal(found, rung, first=k == climbed.first) if rungs is climbed.rungs else rung.title,
                share(rung.substance.get(found.principal)),
                rung.load,
                *(rung.trust_needed.get(p) for p in parties),
                share(rung.joint),
                "not by these" if rung.kept_steps is None else words.number(rung.kept_steps),
            )
            for k, rung in enumerate(rungs)
        )
        tables += [Table(caption, path, head, rows)] if rows else []
    searched = (
        f"A quick ladder: of {climbed.considered} swaps that remain {climbed.bounded} were bounded and {climbed.ordered} put in "
        "order; `summitry ladder` takes more. Kept steps: steps of the first rung to keep before trust carries the deal."
    )
    return [*said, Picture("ladder"), Paragraph(searched), *tables]


def _deal(found: Findings, rung: Rung, *, first: bool) -> str:
    return f"{words.package(found, rung.package)}{' (the first rung)' if first else ''}"
