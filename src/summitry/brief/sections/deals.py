"""The section about what is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import (
    NOTHING,
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

MOST_FRONTIER = 12


def frontier(found: Findings, _: Sources) -> list[Part]:
    """What is possible at all, and the bargaining solutions."""
    result = found.frontier
    if result is None:
        return missing(found, "frontier", "trade")
    exact = "exact" if result.exact else f"within {words.number(result.epsilon)} of each party's own span"
    inside = " in the zone of possible agreement" if result.zone else ""
    named = [words.name(found, p) for p in result.parties]
    parts: list[Part] = [
        Picture("frontier"),
        Paragraph(
            f"{count(int(result.packages_total)).text} packages; "
            f"{count(len(result.points)).text} efficient points{inside}, {exact}. "
            "Points of two parties are not compared."
        ),
        Table(
            "Bargaining solutions",
            "frontier.solutions",
            ("Solution", *named, "Package", "Tied packages", "Share of draws"),
            tuple(
                row(
                    words.solution(s.name),
                    *(s.values.get(p) for p in result.parties),
                    words.package(found, s.package),
                    count(s.ties),
                    share(s.share, absent="–"),
                )
                for s in result.solutions
            ),
        ),
        Table(
            "Least that each party takes",
            "frontier.reservation",
            ("Party", "Own points"),
            tuple(row(words.name(found, p), v) for p, v in result.reservation.items()),
        ),
    ]
    order = sorted(range(len(result.points)), key=lambda k: (result.points[k], k))
    last = max(len(order) - 1, 1)
    kept = order if len(order) <= MOST_FRONTIER else [order[round(k * last / (MOST_FRONTIER - 1))] for k in range(MOST_FRONTIER)]
    note = "" if len(kept) == len(order) else f": {len(kept)} of {len(order)}, evenly spread; all are in findings.json"
    counted = [count(result.counts[k]) if result.counts else NOTHING for k in kept]
    rows = tuple(
        row(str(k + 1), *result.points[k], n, words.package(found, result.packages[k]))
        for k, n in zip(kept, counted, strict=True)
    )
    parts.append(
        Table(f"Efficient packages{note}", "frontier.points", ("No.", *named, "Packages at this point", "One of them"), rows)
    )
    return parts
