"""The book's sections: everything behind the page, each table with the path of its numbers and each claim with its source.

A section shows a part of the findings by the view of its question; its title is the message `book.ANCHOR`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.document import Block, Document, Phrase, bullets, places, say, table
from summitry.evidence.conduct import Promises
from summitry.evidence.texts.audit import Audits
from summitry.questions import question
from summitry.questions.home import HomeAnswer
from summitry.questions.inspect import Inspection
from summitry.questions.inventory import Inventory
from summitry.questions.plan import PlanAnswer
from summitry.questions.rung import RungAnswer, view_ideas
from summitry.report import html
from summitry.wording import Names, Wording, messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from summitry.study import Findings


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the book with its anchor and its markup."""

    anchor: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class _Part:
    """What a section shows: `find` takes an answer from the findings, which stands under the path `prefix`; `view` lays it out.

    Where there is none, the links that were left out whose names hold one of the words `about` say why.
    """

    anchor: str
    find: Callable[[Findings], object]
    view: str | Callable[[Findings], Iterable[Block]]
    prefix: str = ""
    about: tuple[str, ...] = ()

    def document(self, findings: Findings, names: Names) -> tuple[Document, str]:
        """The blocks, and the path under which their answer stands."""
        answer = self.find(findings)
        if answer is None:
            return Document(findings, tuple(_missing(findings, self.about))), ""
        if callable(self.view):
            return Document(findings, tuple(self.view(findings))), ""
        return Document(answer, tuple(question(self.view).view(answer, names))), self.prefix


def _missing(findings: Findings, about: tuple[str, ...]) -> Iterator[Block]:
    """Why a link has no answer."""
    hits = [
        place
        for place, gap in zip(places("omitted", findings.omitted), findings.omitted, strict=True)
        if any(word in gap.link for word in about)
    ]
    yield from (say("book.missing", place) for place in hits)
    if not hits:
        yield say("book.unexplained", about=about[0])


def _start(findings: Findings) -> object:
    rung = findings.rung
    return None if rung is None or rung.chosen is None else RungAnswer(rung, (), findings.sensitivity)


def _ideas(findings: Findings) -> Iterator[Block]:
    """The case's named ideas under the same gates."""
    if not findings.ideas:
        yield say("book.no ideas")
    yield from view_ideas(findings.ideas)


def _settings(findings: Findings) -> Iterator[Block]:
    """The settings, the size of the case, and what is needed to get the same again."""
    yield say("book.judgements")
    yield table("book.chosen", places("settings", findings.settings), ("what = {.:key}", "value = {.:text}"))
    yield table("book.counts", places("counts", findings.counts), ("what = {.:key}", "value = {.:count}"))
    yield table("book.same", ("case", "digest", "seed", "draws", "version"), ("what = {.:key}", "value = {.:text}"))


def _left_out(findings: Findings) -> Iterator[Block]:
    """Links that were left out, and notes that belong to every number."""
    if findings.omitted:
        yield table("book.omitted", places("omitted", findings.omitted), ("link = {link:word link}", "why = {why:reason}"))
    else:
        yield say("book.complete")
    if findings.notes:
        yield bullets("book.notes", (Phrase("reason", place) for place in places("notes", findings.notes)))


def _field(name: str) -> Callable[[Findings], object]:
    return lambda findings: getattr(findings, name)


_PARTS = (
    _Part("start", _start, "rung", about=("rung",)),
    _Part("not-today", _field("ideas"), _ideas),
    _Part("price", _field("price"), "price", "price", ("price",)),
    _Part("frontier", _field("frontier"), "frontier", "frontier", ("frontier",)),
    _Part("home", lambda f: HomeAnswer(None, None, homes=f.homes) if f.homes else None, "home", "", ("ratification", "rung")),
    _Part("ladder", _field("ladder"), "ladder", "ladder", ("ladder", "rung")),
    _Part("plan", lambda f: None if f.plan is None else PlanAnswer({}, f.plan, None), "plan", "", ("plan",)),
    _Part("groundwork", _field("groundwork"), "groundwork", "groundwork", ("groundwork",)),
    _Part("readiness", _field("readiness"), "ready", "readiness", ("readiness",)),
    _Part("positions", _field("positions"), "positions", "positions", ("state of play",)),
    _Part("promised", lambda f: Promises(f.promises) if f.promises else None, "promises", "", ("words and deeds",)),
    _Part("audits", lambda f: Audits(f.audits) if f.audits else None, "audit", "", ("texts",)),
    _Part("record", _field("record"), "deeds", "record", ("words and deeds",)),
    _Part("signals", _field("signals"), "signals", "signals", ("words and deeds",)),
    _Part("inventory", lambda f: Inventory(f.holdings, f.shares, {}) if f.holdings else None, "inventory", "", ("holdings",)),
    _Part("declaration", _field("declaration"), "declaration", "declaration", ("declaration",)),
    _Part("inspections", lambda f: Inspection(None, None, None, f.inspections), "inspect"),
    _Part("settings", _field("settings"), _settings),
    _Part("left-out", _field("omitted"), _left_out),
)
"""What to do, what it would cost, who carries it and how it goes on; then the evidence that this rests on."""


def sections(findings: Findings, pictures: Mapping[str, str]) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """All sections in the order in which a reader asks, and the sources that they refer to by their numbers."""
    wording, sources = Wording(findings.wording_names, messages()), dict[str, int]()

    def render(part: _Part) -> Section:
        document, prefix = part.document(findings, wording.names)
        markup = html.render(document, wording, level=3, prefix=prefix, figures=pictures, sources=sources)
        return Section(part.anchor, wording.catalogue[f"book.{part.anchor}"], markup)

    return tuple(map(render, _PARTS)), tuple(sources)
