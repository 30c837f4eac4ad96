"""The book: one HTML file with everything behind the page, and the small fragment that a notebook shows."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.page import content
from summitry.brief.sections import sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from summitry.brief.figures import Figure
    from summitry.study import Findings


def html(found: Findings, drawn: tuple[Figure, ...], svgs: Mapping[str, str]) -> str:
    """The whole book; case text is escaped by the template, the figures alone are trusted markup of our own renderer."""
    from markupsafe import Markup

    made, sources = sections(found)
    style = _style()
    return _environment().get_template("book.html.jinja").render(
        found=found,
        title=words.clean(found.title),
        principal=words.name(found, found.principal),
        viewer=None if found.viewer is None else words.name(found, found.viewer),
        page=content(found),
        sections=made,
        sources=sources.listed(),
        figures={figure.key: figure for figure in drawn},
        svgs={key: Markup(svg) for key, svg in svgs.items()},  # noqa: S704 (drawn by vl-convert, which escapes text)
        style=Markup(style),  # noqa: S704 (our own file, and its hash stands in the policy)
        policy=f"default-src 'none'; style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'",
    )  # fmt: skip


def notebook(found: Findings) -> str:
    """A few lines of HTML for a notebook: where to start, what not today, and the price."""
    return _environment().get_template("notebook.html.jinja").render(page=content(found))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("summitry.brief"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _style() -> str:
    return files("summitry.brief").joinpath("templates", "book.css").read_text(encoding="utf-8")


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
