"""The book: one HTML file with everything behind the page, and the small fragment that a notebook shows.

A section shows a part of the findings by the view of its question; its title is the message `book.ANCHOR`.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summitry.document import Block, Document, Phrase, bullets, places, say, table
from summitry.evidence.conduct import Promises
from summitry.evidence.texts.audit import Audits
from summitry.questions import question
from summitry.questions.home import HomeAnswer
from summitry.questions.inspect import Inspection
from summitry.questions.inventory import Inventory
from summitry.questions.plan import PlanAnswer
from summitry.questions.rung import RungAnswer, view_ideas
from summitry.report import html as markup
from summitry.report.page import More, content
from summitry.wording import Names, Wording, messages
from summitry.wording.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jinja2 import Environment
    from markupsafe import Markup

    from summitry.report.figures import Figure
    from summitry.study import Findings


def html(findings: Findings, figures: tuple[Figure, ...], svgs: Mapping[str, str], language: str | None = None) -> str:
    """The whole book; case text is escaped by the template, the figures alone are trusted markup of our own renderer."""
    wording = Wording(findings.wording_names, messages(language))
    sections, sources = _sections(findings, wording, {figure.key: picture(figure, svgs[figure.key]) for figure in figures})
    style = _style()
    return _filled(
        "book.html.jinja",
        wording,
        page=content(findings, language, inside="book"),
        sections=sections,
        sources=[_linked(source) for source in sources],
        style=_trusted(style),
        policy=f"default-src 'none'; style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'",
    )


def notebook(findings: Findings, language: str | None = None) -> str:
    """A few lines of HTML for a notebook: where to start, what not today, and the price."""
    page = content(findings, language)
    return _filled("notebook.html.jinja", Wording(findings.wording_names, messages(language)), page=page)


def _filled(template: str, wording: Wording, **parts: Any) -> str:  # noqa: ANN401 (what the template names)
    def word(code: str, **values: Any) -> str:  # noqa: ANN401 (what the message names)
        return "".join(span.text for span in wording.message(code, values))

    return _environment().get_template(template).render(word=word, **parts)


def picture(figure: Figure, svg: str) -> str:
    """A picture with its caption and notes; the drawing itself is trusted markup of our own renderer."""
    from markupsafe import escape

    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in figure.notes)
    return f'<figure id="figure-{figure.key}">\n<figcaption>{escape(figure.question)}</figcaption>\n{svg}\n{notes}</figure>'


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
            return Document(findings, tuple(_missing(findings, self))), ""
        if callable(self.view):
            return Document(findings, tuple(self.view(findings))), ""
        return Document(answer, tuple(question(self.view).view(answer, names))), self.prefix


def _missing(findings: Findings, part: _Part) -> Iterator[Block]:
    """Why a link has no answer."""
    gaps = zip(places("omitted", findings.omitted), findings.omitted, strict=True)
    hits = [place for place, gap in gaps if any(word in gap.link for word in part.about)]
    yield from (say("book.missing", place) for place in hits)
    if not hits:
        yield say("book.unexplained", part=part.anchor)


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
    yield table("book.chosen", places("settings", findings.settings), ("what = {.:key setting}", "value = {.:any}"))
    yield table("book.counts", places("counts", findings.counts), ("what = {.:key count}", "value = {.:count}"))
    yield table("book.same", ("case", "digest", "seed", "draws", "version"), ("what = {.:key same}", "value = {.:text}"))


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


def _sections(findings: Findings, wording: Wording, figures: Mapping[str, str]) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    """All sections in the order in which a reader asks, and the sources that they refer to by their numbers."""
    sources: dict[str, int] = {}

    def section(part: _Part) -> Section:
        document, prefix = part.document(findings, wording.names)
        text = markup.render(document, wording, level=3, prefix=prefix, figures=figures, sources=sources)
        return Section(part.anchor, wording.catalogue[f"book.{part.anchor}"], text)

    return tuple(map(section, _PARTS)), tuple(sources)


def _linked(source: str) -> tuple[tuple[str, str | None], ...]:
    """A source cut where an address begins and ends, so that only addresses become links."""
    return tuple((clean(word), address(word.rstrip(".,;)"))) for word in source.split())


def address(text: str) -> str | None:
    """The text as a link target where it is one http or https address and nothing else."""
    if any(c.isspace() or unicodedata.category(c).startswith("C") for c in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.netloc else None


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("summitry.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"whole": lambda text: _trusted(markup.whole(text)), "trusted": _trusted}
    environment.tests["left_out"] = lambda item: isinstance(item, More)
    return environment


def _trusted(text: str) -> Markup:
    """Markup of our own, in which all text is escaped already."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 (our own style, or escaped piece by piece in report.html)


@cache
def _style() -> str:
    """Our own style, with the rules for rows as cards once for each width at which some table needs them."""
    folder = files("summitry.report").joinpath("templates")
    cards = folder.joinpath("cards.css").read_text(encoding="utf-8")
    return folder.joinpath("book.css").read_text(encoding="utf-8") + "".join(
        cards.replace("SIZE", str(size)) for size in markup.CARDS
    )


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
