"""The book's sections: everything behind the page, each table with the path of its numbers and each claim with its source."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from summitry.brief.parts import Markup, Part, Picture, Section, Sources
from summitry.brief.sections import about, deals, declared, evidence, ground, home, sequence, signals, texts
from summitry.brief.sections.about import missing as about_missing
from summitry.document import Document, Figure
from summitry.questions import question
from summitry.report import html
from summitry.wording import Names, Wording, messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.study import Findings


def _shown(name: str, field: str, *about: str) -> Callable[[Findings, Sources], list[Part]]:
    """A section that shows the answer of a question, which stands in a field of the findings."""

    def make(found: Findings, sources: Sources) -> list[Part]:
        answer = getattr(found, field)
        return about_missing(found, *about) if answer is None else _parts(found, sources, name, answer, field)

    return make


def _parts(found: Findings, sources: Sources, name: str, answer: object, prefix: str) -> list[Part]:
    """The blocks of an answer; a picture stands where the book has it."""
    wording = Wording(Names(found.names, found.sides, found.givers, found.principal), messages())
    parts: list[Part] = []
    for picture, blocks in groupby(question(name).view(answer, wording.names), lambda block: isinstance(block, Figure)):
        if picture:
            parts += [Picture(block.key) for block in blocks if isinstance(block, Figure)]
        else:
            document = Document(answer, tuple(blocks))
            parts.append(Markup(html.render(document, wording, level=3, prefix=prefix, sources=sources.found)))
    return parts


def sections(found: Findings) -> tuple[tuple[Section, ...], Sources]:
    """All sections in the order in which a reader asks, and the sources that they refer to.

    What to do, what it would cost, who carries it and how it goes on; then the evidence that this rests on.
    """
    sources = Sources()
    makers: tuple[tuple[str, str, Callable[[Findings, Sources], list[Part]]], ...] = (
        ("start", "Start here", deals.start),
        ("not-today", "Not today: the other ideas", deals.ideas),
        ("price", "Price", _shown("price", "price", "deliverable")),
        ("frontier", "What is possible", _shown("frontier", "frontier", "trade")),
        ("home", "At home", home.homes),
        ("ladder", "The ladder", sequence.ladder),
        ("plan", "Plan", sequence.plan),
        ("groundwork", "Groundwork", ground.groundwork),
        ("readiness", "Readiness", ground.readiness),
        ("play", "State of play", texts.play),
        ("promised", "Promised, due, delivered", texts.promised),
        ("audits", "What the texts commit to", texts.audits),
        ("record", "Words, deeds and the belief that follows", evidence.record),
        ("signals", "Signals: how serious, and what to ask for", signals.signals),
        ("inventory", "Inventory", evidence.inventory),
        ("declaration", "Declarations: is it all?", declared.declaration),
        ("inspections", "Inspections", evidence.inspections),
        ("settings", "Settings and assumptions", about.settings),
        ("left-out", "Left out, and notes", about.left_out),
    )
    made = tuple(Section(anchor, title, tuple(make(found, sources))) for anchor, title, make in makers)
    return made, sources
