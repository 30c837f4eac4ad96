"""Write what a study found: the one page for the principal, the book behind it, and the same as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry import files, study
from summitry.report import book, figures, page
from summitry.report.findings import to_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from summitry.study import Findings
    from summitry.workspace import Workspace

    Draw = Callable[[tuple[figures.Figure, ...]], dict[str, str]]

NAMES = ("brief.pdf", "book.html", "findings.json")


def prepare(
    workspace: Workspace, folder: Path, progress: Callable[[str], None] = lambda _: None
) -> tuple[Findings, tuple[Path, ...]]:
    """Study a workspace and write the brief into `folder`; gives the findings and the paths.

    `progress` hears the name of each link as it begins. Pictures of finished links are drawn while others are studied. Raises
    OutputInTheWay, before anything is studied, where a file is there that is not what summitry wrote.
    """
    files.check(folder, dict.fromkeys(NAMES))
    with figures.engine() as drawing:
        findings = study.run(workspace, progress=progress, so_far=drawing.begin)
        progress("brief")
        return findings, write(findings, folder, drawing)


def write(findings: Findings, folder: Path, svgs: Draw | None = None) -> tuple[Path, ...]:
    """Write brief.pdf, book.html and findings.json into `folder`, all or nothing; gives their paths.

    Raises OutputInTheWay, before anything is drawn or written, where one of them is there and is not what summitry wrote.
    """
    files.check(folder, dict.fromkeys(NAMES))
    return files.write(folder, render(findings, svgs))


def render(findings: Findings, svgs: Draw | None = None) -> dict[str, bytes]:
    """The three files as bytes by name; each figure is drawn once, by `svgs` or here, and used by page and book alike."""
    drawings = figures.drawn(findings)
    pictures = (svgs or figures.svgs)(drawings)
    contents = (
        page.pdf(page.content(findings), page.picked(drawings), pictures),
        book.html(findings, drawings, pictures).encode("utf-8"),
        to_json(findings).encode("utf-8"),
    )
    return dict(zip(NAMES, contents, strict=True))
