"""Write what a study found: the one page for the principal, the book behind it, and the same as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry import files, study
from summitry.report import book, figures, page
from summitry.report.data import findings_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from summitry.study import Findings
    from summitry.workspace import Workspace

    Draw = Callable[[tuple[figures.Figure, ...]], dict[str, str]]

NAMES = ("brief.pdf", "book.html", "findings.json")


def prepare(
    workspace: Workspace, folder: Path, progress: Callable[[str], None] = lambda _: None, language: str | None = None
) -> tuple[Findings, tuple[Path, ...]]:
    """Study a workspace and write the brief into `folder`; gives the findings and the paths.

    `progress` hears the name of each link as it begins. Pictures of finished links are drawn while others are studied. Raises
    OutputInTheWay, before anything is studied, where a file is there that is not what summitry wrote.
    """
    files.check(folder, dict.fromkeys(NAMES))
    with figures.engine() as drawing:
        findings = study.run(workspace, progress=progress, so_far=lambda part: drawing.begin(figures.drawn(part, language)))
        progress("brief")
        return findings, write(findings, folder, drawing, language)


def write(findings: Findings, folder: Path, svgs: Draw | None = None, language: str | None = None) -> tuple[Path, ...]:
    """Write brief.pdf, book.html and findings.json into `folder`, all or nothing; gives their paths.

    Raises OutputInTheWay, before anything is drawn or written, where one of them is there and is not what summitry wrote.
    """
    files.check(folder, dict.fromkeys(NAMES))
    return files.write(folder, render(findings, svgs, language))


def render(findings: Findings, svgs: Draw | None = None, language: str | None = None) -> dict[str, bytes]:
    """The three files as bytes by name; each figure is drawn once, by `svgs` or here, and used by page and book alike."""
    drawings = figures.drawn(findings, language)
    pictures = (svgs or figures.svgs)(drawings)
    contents = (
        page.pdf(page.content(findings, language), page.picked(drawings), pictures, language),
        book.html(findings, drawings, pictures, language).encode("utf-8"),
        findings_json(findings, language).encode("utf-8"),
    )
    return dict(zip(NAMES, contents, strict=True))
