"""The book's sections: everything behind the page, each table with the path of its numbers and each claim with its source."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from summitry.brief.parts import Markup, Part, Picture, Section, Sources
from summitry.brief.sections import about, deals, declared, evidence, ground, home, sequence
from summitry.brief.sections.about import missing as about_missing
from summitry.document import Document, Figure
from summitry.evidence.record import Promises
from summitry.evidence.texts.audit import Audits
from summitry.questions import question
from summitry.report import html
from summitry.wording import Names, Wording, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from summitry.document import Block
    from summitry.study import Findings


def _shown(
    name: str, field: str, *about: str, of: Callable[[Any], object] | None = None
) -> Callable[[Findings, Sources], list[Part]]:
    """A section that shows the answer of a question, which stands in a field of the findings, or is made `of` it."""

    def make(found: Findings, sources: Sources) -> list[Part]:
        value = getattr(found, field)
        if not value:
            return about_missing(found, *about)
        answer, prefix = (value, field) if of is None else (of(value), "")
        wording = Wording(Names(found.names, found.sides, found.givers, found.principal), messages())
        return list(_parts(answer, question(name).view(answer, wording.names), wording, prefix, sources))

    return make


def _parts(answer: object, blocks: Iterable[Block], wording: Wording, prefix: str, sources: Sources) -> Iterator[Part]:
    """Pictures as the book's own, and what stands between them as markup."""
    for pictures, group in groupby(blocks, key=lambda block: isinstance(block, Figure)):
        if pictures:
            yield from (Picture(block.key) for block in group if isinstance(block, Figure))
        else:
            yield Markup(html.render(Document(answer, tuple(group)), wording, level=3, prefix=prefix, sources=sources.found))


def sections(found: Findings) -> tuple[tuple[Section, ...], Sources]:
    """All sections in the order in which a reader asks, and the sources that they refer to.

    What to do, what it would cost, who carries it and how it goes on; then the evidence that this rests on.
    """
    sources = Sources()
    makers: tuple[tuple[str, str, Callable[[Findings, Sources], list[Part]]], ...] = (
        ("start", "Start here", deals.start),
        ("not-today", "Not today: the other ideas", deals.ideas),
        ("price", "Price", _shown("price", "price", "deliverable")),
        ("frontier", "What is possible", deals.frontier),
        ("home", "At home", home.homes),
        ("ladder", "The ladder", sequence.ladder),
        ("plan", "Plan", sequence.plan),
        ("groundwork", "Groundwork", ground.groundwork),
        ("readiness", "Readiness", ground.readiness),
        ("positions", "State of play", _shown("positions", "positions", "state of play", "position")),
        ("promised", "Promised, due, delivered", _shown("promises", "promises", "words and deeds", "commitments", of=Promises)),
        ("audits", "What the texts commit to", _shown("audit", "audits", "texts", "document", of=Audits)),
        ("record", "Words, deeds and the belief that follows", _shown("deeds", "record", "record", "words", "deeds")),
        ("signals", "Signals: how serious, and what to ask for", _shown("signals", "signals", "record", "words", "deeds")),
        ("inventory", "Inventory", evidence.inventory),
        ("declaration", "Declarations: is it all?", declared.declaration),
        ("inspections", "Inspections", evidence.inspections),
        ("settings", "Settings and assumptions", about.settings),
        ("left-out", "Left out, and notes", about.left_out),
    )
    made = tuple(Section(anchor, title, tuple(make(found, sources))) for anchor, title, make in makers)
    return made, sources
