"""The book's sections: everything behind the page, each table with the path of its numbers and each claim with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from summitry.brief.parts import Markup, Paragraph, Part, Section, Sources
from summitry.brief.sections import about
from summitry.brief.sections.about import missing as about_missing
from summitry.document import Document
from summitry.evidence.record import Promises
from summitry.evidence.texts.audit import Audits
from summitry.questions import question
from summitry.questions.home import HomeAnswer
from summitry.questions.inspect import Inspection
from summitry.questions.inventory import Inventory
from summitry.questions.plan import PlanAnswer
from summitry.questions.rung import RungAnswer, view_ideas
from summitry.report import html
from summitry.wording import Wording, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from summitry.study import Findings


Maker: TypeAlias = "Callable[[Findings, Sources], list[Part]]"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A section that shows the answer of a question; `find` takes it from the findings, under the path `prefix`."""

    question: str
    find: Callable[[Findings], object]
    prefix: str = ""
    about: tuple[str, ...] = ()

    def parts(self, findings: Findings, sources: Sources, pictures: Mapping[str, str]) -> list[Part]:
        """The rendered answer, or why there is none."""
        answer = self.find(findings)
        if answer is None:
            return about_missing(findings, *self.about)
        wording = _wording(findings)
        document = Document(answer, tuple(question(self.question).view(answer, wording.names)))
        markup = html.render(document, wording, level=3, prefix=self.prefix, figures=pictures, sources=sources.found)
        return [Markup(markup)]


def _wording(findings: Findings) -> Wording:
    return Wording(findings.wording_names, messages())


def _start(findings: Findings) -> object:
    rung = findings.rung
    return None if rung is None or rung.chosen is None else RungAnswer(rung, (), findings.sensitivity)


def _ideas(findings: Findings, sources: Sources) -> list[Part]:
    """The case's named ideas under the same gates."""
    if not findings.ideas:
        return [Paragraph("The case names no ideas of its own.")]
    document = Document(findings, tuple(view_ideas(findings.ideas)))
    return [Markup(html.render(document, _wording(findings), level=3, sources=sources.found))]


def _inventory(findings: Findings) -> object:
    return Inventory(findings.holdings, findings.shares, {}) if findings.holdings else None


def _inspections(findings: Findings) -> object:
    return Inspection(None, None, None, findings.inspections)


def _homes(findings: Findings) -> object:
    return HomeAnswer(None, None, homes=findings.homes) if findings.homes else None


def _plan(findings: Findings) -> object:
    return None if findings.plan is None else PlanAnswer({}, findings.plan, None)


def _promises(findings: Findings) -> object:
    return Promises(findings.promises) if findings.promises else None


def _audits(findings: Findings) -> object:
    return Audits(findings.audits) if findings.audits else None


def sections(found: Findings, pictures: Mapping[str, str]) -> tuple[tuple[Section, ...], Sources]:
    """All sections in the order in which a reader asks, and the sources that they refer to.

    What to do, what it would cost, who carries it and how it goes on; then the evidence that this rests on.
    """
    sources = Sources()
    makers: tuple[tuple[str, str, Maker | _Shown], ...] = (
        ("start", "Start here", _Shown("rung", _start, about=("rung", "start", "trade", "swap"))),
        ("not-today", "Not today: the other ideas", _ideas),
        ("price", "Price", _Shown("price", lambda f: f.price, "price", ("price", "deliverable"))),
        ("frontier", "What is possible", _Shown("frontier", lambda f: f.frontier, "frontier", ("frontier",))),
        ("home", "At home", _Shown("home", _homes, about=("ratification", "rung"))),
        ("ladder", "The ladder", _Shown("ladder", lambda f: f.ladder, "ladder", ("ladder", "rung"))),
        ("plan", "Plan", _Shown("plan", _plan, about=("plan", "step"))),
        ("groundwork", "Groundwork", _Shown("groundwork", lambda f: f.groundwork, "groundwork", ("groundwork",))),
        ("readiness", "Readiness", _Shown("ready", lambda f: f.readiness, "readiness", ("readiness",))),
        (
            "positions",
            "State of play",
            _Shown("positions", lambda f: f.positions, "positions", ("state of play", "position")),
        ),
        ("promised", "Promised, due, delivered", _Shown("promises", _promises, about=("words and deeds", "commitments"))),
        ("audits", "What the texts commit to", _Shown("audit", _audits, about=("texts", "document"))),
        (
            "record",
            "Words, deeds and the belief that follows",
            _Shown("deeds", lambda f: f.record, "record", ("record", "words", "deeds")),
        ),
        (
            "signals",
            "Signals: how serious, and what to ask for",
            _Shown("signals", lambda f: f.signals, "signals", ("record", "words", "deeds")),
        ),
        ("inventory", "Inventory", _Shown("inventory", _inventory, about=("holding", "inventory", "claim"))),
        (
            "declaration",
            "Declarations: is it all?",
            _Shown("declaration", lambda f: f.declaration, "declaration", ("declaration",)),
        ),
        ("inspections", "Inspections", _Shown("inspect", _inspections)),
        ("settings", "Settings and assumptions", about.settings),
        ("left-out", "Left out, and notes", about.left_out),
    )
    rendered = (
        (anchor, title, make.parts(found, sources, pictures) if isinstance(make, _Shown) else make(found, sources))
        for anchor, title, make in makers
    )
    return tuple(Section(anchor, title, tuple(parts)) for anchor, title, parts in rendered), sources
