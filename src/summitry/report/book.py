"""The book: one HTML file with everything behind the page, and the small fragment that a notebook shows."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from summitry.report import words
from summitry.report.html import CARDS
from summitry.report.page import content
from summitry.report.sections import sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment
    from markupsafe import Markup

    from summitry.report.figures import Figure
    from summitry.study import Findings

_DATE = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b", re.ASCII)


def html(found: Findings, drawn: tuple[Figure, ...], svgs: Mapping[str, str]) -> str:
    """The whole book; case text is escaped by the template, the figures alone are trusted markup of our own renderer."""
    from markupsafe import Markup

    shown, sources = sections(found, {figure.key: picture(figure, svgs[figure.key]) for figure in drawn})
    style = _style()
    return _environment().get_template("book.html.jinja").render(
        found=found,
        title=words.clean(found.title),
        principal=words.name(found, found.principal),
        viewer=None if found.viewer is None else words.name(found, found.viewer),
        page=content(found),
        sections=shown,
        sources=[_linked(source) for source in sources],
        style=Markup(style),  # noqa: S704 (our own file, and its hash stands in the policy)
        policy=f"default-src 'none'; style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'",
    )  # fmt: skip


def _linked(source: str) -> tuple[tuple[str, str | None], ...]:
    """A source cut where an address begins and ends, so that only addresses become links."""
    return tuple((words.clean(word), words.address(word.rstrip(".,;)"))) for word in source.split())


def notebook(found: Findings) -> str:
    """A few lines of HTML for a notebook: where to start, what not today, and the price."""
    return _environment().get_template("notebook.html.jinja").render(page=content(found))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("summitry.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["whole"] = whole
    made.filters["trusted"] = trusted
    return made


def picture(figure: Figure, svg: str) -> str:
    """A picture with its caption and notes; the drawing itself is trusted markup of our own renderer."""
    from markupsafe import escape

    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in figure.notes)
    return f'<figure id="figure-{figure.key}">\n<figcaption>{escape(figure.question)}</figcaption>\n{svg}\n{notes}</figure>'


def trusted(markup: str) -> Markup:
    """Markup of our own renderer of documents, which escapes all text."""
    from markupsafe import Markup

    return Markup(markup)  # noqa: S704 (escaped piece by piece in report.html)


def whole(text: str) -> Markup:
    """The text with its dates and percentages each in one piece, so that no line ends inside one; everything is escaped first."""
    from markupsafe import Markup, escape

    shown = words.typeset(str(escape(text)))
    return Markup(_DATE.sub(r'<span class="whole">\g<0></span>', shown))  # noqa: S704 (escaped just above)


@cache
def _style() -> str:
    """Our own style, with the rules for rows as cards once for each width at which some table needs them."""
    folder = files("summitry.report").joinpath("templates")
    cards = folder.joinpath("cards.css").read_text(encoding="utf-8")
    return folder.joinpath("book.css").read_text(encoding="utf-8") + "".join(cards.replace("SIZE", str(size)) for size in CARDS)


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
