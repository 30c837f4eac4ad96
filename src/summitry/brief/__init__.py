"""From findings to files: the one page for the principal, the book behind it, and the same as data.

Nothing here reads a clock, the network or a case; the same findings give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import files
from summitry.brief.book import notebook
from summitry.brief.export import to_json

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.study import Findings

__all__ = ["NAMES", "notebook", "render", "to_json", "write"]

NAMES = ("brief.pdf", "book.html", "findings.json")


def write(findings: Findings, folder: Path) -> tuple[Path, ...]:
    """Write brief.pdf, book.html and findings.json into `folder`, all or nothing; gives their paths.

    Raises OutputInTheWay, before anything is drawn or written, where one of them is there and is not what summitry wrote.
    """
    files.check(folder, dict.fromkeys(NAMES))
    return files.write(folder, render(findings))


def render(findings: Findings) -> dict[str, bytes]:
    """The three files as bytes by name; each figure is drawn once and used by page and book alike."""
    from summitry.brief import book, figures, page

    drawn = figures.drawn(findings)
    svgs = {figure.key: figures.svg(figure) for figure in drawn}
    made = (
        page.pdf(page.content(findings), page.picked(drawn), svgs),
        book.html(findings, drawn, svgs).encode("utf-8"),
        to_json(findings).encode("utf-8"),
    )
    return dict(zip(NAMES, made, strict=True))
