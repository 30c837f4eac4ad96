"""The section of declarations: what is declared or supposed against what is believed, and what would move the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.figures.declared import titled
from summitry.brief.parts import Paragraph, Part, Picture, Sources, Table, row, share, spread
from summitry.evidence.declarations import MISS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.evidence.declarations import Completeness, Declaration
    from summitry.study import Findings

SUPPOSED = (
    "Nothing was declared in the year before the case's date where it says “supposed”: the middle of the estimates stands in."
)


def declaration(found: Findings, sources: Sources) -> list[Part]:
    """Whether what the parties declare is all of it; of what nobody declared, what a declaration would mean."""
    told = found.declaration
    if told is None:
        return [Paragraph("Left out: of nothing that is declared, or that the case asks about, there is an estimate.")]
    prior = told.prior
    central, low, high = map(words.whole_percent, (prior.central, prior.low, prior.high))
    said = f"Before anything is looked at, a declaration is complete with {central} ({low} to {high}): {prior.basis}."
    assumed = (
        f"Assumed: with {words.plain_percent(MISS)} the estimates miss altogether. Complete is not correct: more may be declared "
    )
    assumed += "than is there."
    parts: list[Part] = [Picture("declaration"), Paragraph(f"{said} {assumed}")]
    if not all(c.made for c in told.categories):
        parts.append(Paragraph(SUPPOSED))
    parts += [
        *_complete(found, told.categories),
        *_visits(found, told.categories, sources),
        *_fit(told),
        *_history(told, sources),
    ]
    return parts


def _complete(found: Findings, rows: Sequence[Completeness]) -> list[Part]:
    main = tuple(
        row(
            titled(found, c),
            f"{words.number(c.declared)} {'declared' if c.made else 'supposed'}",
            spread(c.estimated),
            share(c.complete, absent="–"),
            "–" if c.complete_range is None else " to ".join(map(words.whole_percent, c.complete_range)),
            spread(None if c.undeclared is None else c.undeclared.values()),
            c.why,
        )
        for c in rows
    )
    head = (
        "Holding",
        "Declared",
        "Estimated, low/middle/high",
        "Complete",
        "With the base rate",
        "Left out, at most, with 50/80/95 %",
        "Remark",
    )
    parts: list[Part] = [Table("Declared against believed", "declaration.categories", head, main)]
    other = tuple(
        row(titled(found, c), *(f"{words.number(a)}: {_percent(p)}" for a, p in c.amounts))
        for c in rows
        if len(c.amounts) == len(QUANTILES)
    )
    if other:
        parts.append(Table("Complete, if another amount were declared", "declaration.categories", ("Holding", *QUANTILES), other))
    missed = tuple(
        row(titled(found, c), *(_percent(p) for _, p in _with_miss(c))) for c in rows if c.misses and c.complete is not None
    )
    if missed:
        first = next(c for c in rows if c.misses and c.complete is not None)
        titles = tuple(f"With {words.plain_percent(miss)}" for miss, _ in _with_miss(first))
        caption = "Complete, by the chance that the estimates miss altogether"
        parts.append(Table(caption, "declaration.categories", ("Holding", *titles), missed))
    return parts


QUANTILES = tuple(f"At {q} % of the estimates" for q in (5, 20, 50, 80, 95))


def _with_miss(c: Completeness) -> list[tuple[float, float | None]]:
    """What is assumed stands among what might be."""
    return sorted([*c.misses, (MISS, c.complete)])


def _percent(chance: float | None) -> str:
    return "–" if chance is None else words.whole_percent(chance)


def _visits(found: Findings, rows: Sequence[Completeness], sources: Sources) -> list[Part]:
    looked = [(c, c.search) for c in rows if c.search is not None]
    without = [words.clean(c.category) for c in rows if c.search is None]
    parts: list[Part] = []
    if looked:
        body = tuple(
            row(
                titled(found, c),
                f"{s.planned} of {s.places}: {s.of}",
                f"{s.hidden}, seen with {words.whole_percent(s.power)}",
                " / ".join(map(words.whole_percent, s.reach)),
                share(s.points[0].complete),
                share(s.after.complete),
                " to ".join(map(words.whole_percent, s.after.complete_range)),
                share(s.points[-1].complete),
                f"{s.kind}: {s.why}",
                sources.cell(s.source),
            )
            for c, s in looked
        )
        head = (
            "Holding", "Visits", "Places that hide some", "That it lies among them", "Complete today", "After these visits",
            "With base rate and places", "After all places", "Why", "Source",
        )  # fmt: skip
        said = "Visits to what is declared test whether it is right. These look for what is left out; if they find nothing, "
        said += "completeness becomes more likely, and never more than the places can tell."
        parts += [
            Picture("looked-in-vain"),
            Paragraph(said),
            Table("If visits find nothing", "declaration.categories", head, body),
        ]
    if without:
        parts.append(Paragraph(f"The case does not say where visits would look for more of: {', '.join(without)}."))
    return parts


def _fit(told: Declaration) -> list[Part]:
    compared = [c for c in told.consistency if c.possible is not None]
    if not compared:
        return []
    body = tuple(
        row(c.of, ", ".join(f"{of} ({how})" for of, how in c.inputs.items()), spread(c.possible), c.declared, c.verdict, c.why)
        for c in compared
    )
    head = ("Of", "From", "Allows, low/middle/high", "Declared", "Verdict", "Why")
    return [Table("One category against another; room asks a question and is no finding", "declaration.consistency", head, body)]


def _history(told: Declaration, sources: Sources) -> list[Part]:
    if told.history is None or not told.history.rows:
        return []
    body = tuple(
        row(r.declaration, r.item, f"{r.declared} {r.unit}", r.found, r.outcome, r.status, sources.cell(r.source))
        for r in told.history.rows
    )
    head = ("Declaration", "Item", "Declared", "Found", "Outcome", "Status", "Source")
    return [
        Table(
            "What became of earlier declarations; counts what is decided, not what is from memory",
            "declaration.history.rows",
            head,
            body,
        )
    ]
