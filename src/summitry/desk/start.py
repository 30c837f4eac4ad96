"""The main job: the whole chain, and where to start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summitry import brief, case, study
from summitry.brief import figures, files
from summitry.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.study import Findings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A study and the files that tell of it."""

    findings: Findings
    files: tuple[Path, ...]


def prepare(
    name: str,
    *,
    viewer: str | None = None,
    seed: int = 0,
    out: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Prepared:
    """Study a case from end to end and write its brief into `out` (by default NAME-brief in the current folder)."""
    progress("reading")
    workspace = Workspace(case.load(name, viewer=viewer), seed=seed)
    folder = Path(f"{workspace.case.name}-brief") if out is None else out
    files.check(folder, dict.fromkeys(brief.NAMES))
    with figures.engine() as drawing:
        findings = study.run(workspace, progress=progress, so_far=drawing.begin)
        progress("brief")
        return Prepared(findings, brief.write(findings, folder, drawing))


def prepared_json(done: Prepared) -> str:
    """The document of `prepare --json`, which is that of findings.json to the byte."""
    return brief.to_json(done.findings)
