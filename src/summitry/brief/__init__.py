"""From findings to files: the one page for the principal, the book behind it, and the same as data.

Nothing here reads a clock, the network or a case; the same findings give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from summitry.brief.figures import Figure
    from summitry.study import Findings

    Draw = Callable[[tuple[Figure, ...]], dict[str, str]]

__all__ = ["NAMES", "notebook", "render", "to_json", "write"]

NAMES = ("brief.pdf", "book.html", "findings.json")


def write(findings: Findings, folder: Path, svgs: Draw | None = None) -> tuple[Path, ...]:
    """Write brief.pdf, book.html and findings.json into `folder`, all or nothing; gives their paths.

    Raises OutputInTheWay, before anything is drawn or written, where one of them is there and is not what summitry wrote.
    """
    files.check(folder, dict.fromkeys(NAMES))
    return files.write(folder, render(findings, svgs))


def render(findings: Findings, svgs: Draw | None = None) -> dict[str, bytes]:
    """The three files as bytes by name; each figure is drawn once, by `svgs` or here, and used by page and book alike."""
    from summitry.brief import book, export, figures, page

    drawn = figures.drawn(findings)
    pictures = (svgs or figures.svgs)(drawn)
    made = (
        page.pdf(page.content(findings), page.picked(drawn), pictures),
        book.html(findings, drawn, pictures).encode("utf-8"),
        export.to_json(findings).encode("utf-8"),
    )
    return dict(zip(NAMES, made, strict=True))


def to_json(findings: Findings) -> str:
    """The findings as findings.json has them."""
    from summitry.brief import export

    return export.to_json(findings)


def notebook(findings: Findings) -> str:
    """A few lines of HTML for a notebook: where to start, what not today, and the price."""
    from summitry.brief import book

    return book.notebook(findings)
