"""The book's sections: everything behind the page, each table with the path of its numbers and each claim with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.parts import Markup, Paragraph, Part, Picture, Section, Sources
from summitry.brief.sections import about, deals, declared, evidence, ground, home, sequence, signals, texts
from summitry.brief.sections.about import missing as about_missing
from summitry.document import Document
from summitry.questions import question
from summitry.questions.rung import RungAnswer, view_ideas, view_start
from summitry.report import html
from summitry.wording import Names, Wording, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from summitry.document import Block
    from summitry.study import Findings


def _shown(name: str, field: str, *about: str, figures: tuple[str, ...] = ()) -> Callable[[Findings, Sources], list[Part]]:
    """A section that shows the answer of a question, which stands in a field of the findings, below pictures by key."""

    def make(found: Findings, _: Sources) -> list[Part]:
        answer = getattr(found, field)
        if answer is None:
            return about_missing(found, *about)
        return [*map(Picture, figures), _markup(found, answer, question(name).view(answer, _wording(found).names), field)]

    return make


def _wording(found: Findings) -> Wording:
    return Wording(Names(found.names, found.sides, found.givers, found.principal), messages())


def _markup(found: Findings, answer: object, blocks: Iterable[Block], prefix: str = "") -> Markup:
    return Markup(html.render(Document(answer, tuple(blocks)), _wording(found), level=3, prefix=prefix))


def _start(found: Findings, _: Sources) -> list[Part]:
    """Where to start."""
    if found.rung is None or found.rung.chosen is None:
        return about_missing(found, "rung", "start", "trade", "swap")
    answer = RungAnswer(found.rung, found.ideas, found.sensitivity)
    return [Picture("gates"), _markup(found, answer, view_start(answer))]


def _ideas(found: Findings, _: Sources) -> list[Part]:
    """The case's named ideas under the same gates."""
    if not found.ideas:
        return [Paragraph("The case names no ideas of its own.")]
    return [_markup(found, found, view_ideas(found.ideas))]


def sections(found: Findings) -> tuple[tuple[Section, ...], Sources]:
    """All sections in the order in which a reader asks, and the sources that they refer to.

    What to do, what it would cost, who carries it and how it goes on; then the evidence that this rests on.
    """
    sources = Sources()
    makers: tuple[tuple[str, str, Callable[[Findings, Sources], list[Part]]], ...] = (
        ("start", "Start here", _start),
        ("not-today", "Not today: the other ideas", _ideas),
        ("price", "Price", _shown("price", "price", "deliverable")),
        ("frontier", "What is possible", deals.frontier),
        ("home", "At home", home.homes),
        ("ladder", "The ladder", _shown("ladder", "ladder", "rung", figures=("ladder",))),
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
