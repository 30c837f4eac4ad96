"""Reading a case: files to typed parts with places, then the checks, then one Case or all problems at once."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summitry.case.checks import cross_checks
from summitry.case.checks_issues import issue_checks
from summitry.case.checks_names import name_checks
from summitry.case.draft import CASE, Draft
from summitry.case.fields import SLUG
from summitry.case.parts import read_evidence, read_preferences, read_root, read_yaml
from summitry.case.source import Folder, is_file, is_folder, plain
from summitry.case.types import Case, CaseFile, Preferences
from summitry.errors import BadArgument, CaseInvalid, CaseNotFound, UnknownName

if TYPE_CHECKING:
    from summitry.errors import Problem


def bundled() -> tuple[str, ...]:
    """Names of the cases that come with summitry, sorted."""
    home = _home()
    if not is_folder(home):
        return ()
    return tuple(sorted(entry.name for entry in home.iterdir() if is_file(entry / CASE)))


def load(name: str | Path, *, viewer: str | None = None, convention: Literal["genius", "raw"] = "genius") -> Case:
    """Read the case `name`: a folder, a bundled case, or another tool's scenario.

    `convention` says how a GENIUS scenario's evaluations become values (see `formats.read`). With `viewer` only case.yaml,
    evidence/ and preferences/VIEWER/ are opened. Raises CaseNotFound, UnknownName for a viewer who is no party, and CaseInvalid
    with all errors at once. Warnings are among the case's notes.
    """
    folder, foreign = _find(name)
    if foreign is not None:
        return _foreign(foreign, viewer, convention)
    case, problems = _read(folder, viewer)
    if case is None:
        raise CaseInvalid(problem for problem in problems if problem.level == "error")
    return case


def check(name: str | Path, *, viewer: str | None = None) -> tuple[Problem, ...]:
    """Every problem of the case's files, errors and warnings, sorted by place; empty where there is nothing to mend."""
    folder, foreign = _find(name)
    if foreign is None:
        return _read(folder, viewer)[1]
    try:
        _foreign(foreign, viewer, "genius")
    except CaseInvalid as invalid:
        return invalid.problems
    return ()


def outline(name: str | Path) -> tuple[Path, CaseFile, bool]:
    """The folder of a case, its case.yaml alone, and whether it is a bundled case: for what begins before anybody has values.

    Raises CaseNotFound, CaseInvalid with the errors of case.yaml, and BadArgument for another tool's scenario.
    """
    root, foreign = _find(name)
    if foreign is not None:
        raise BadArgument(
            f"{plain(str(name))} is another tool's scenario, which has its values: convert it to a case folder first."
        )
    folder = Folder(root)
    problems: list[Problem] = []
    layout, file = read_yaml(folder, CASE, CaseFile, problems, required=True)
    if layout is not None and file is not None:
        draft = Draft(file, layout, None, [], {}, read_evidence(Folder(root), []))
        problems += [problem for check in (name_checks, issue_checks) for problem in check(draft) if problem.file == CASE]
    errors = [problem for problem in (*problems, *folder.problems) if problem.level == "error"]
    if file is None or errors:
        raise CaseInvalid(errors)
    return root, file, root.parent == _home()


def own_preferences(folder: Path, party: str) -> Preferences | None:
    """The party's own file in its folder, None where there is none or it cannot be read as preferences."""
    return read_yaml(Folder(folder), f"{party}.yaml", Preferences, [])[1]


def _home() -> Path:
    return Path(str(resources.files("summitry"))) / "cases"


def _find(name: str | Path) -> tuple[Path, Path | None]:
    """The case folder, or as second the path of a foreign scenario."""
    path = Path(name)
    if not str(name):
        raise CaseNotFound("", bundled())
    if is_folder(path) and (path / CASE).exists():
        return path, None
    if isinstance(name, str) and re.fullmatch(SLUG, name) and is_file(_home() / name / CASE):
        return _home() / name, None
    if is_file(path) and path.name == CASE:
        return path.parent, None
    if is_file(path) or is_folder(path):
        return path, path
    raise CaseNotFound(plain(str(name)), bundled())


def _foreign(path: Path, viewer: str | None, convention: Literal["genius", "raw"]) -> Case:
    from summitry.case.formats import read

    if viewer is not None:
        message = (
            f"{plain(str(path))} shows every party's values to every reader, so it cannot be opened as {plain(viewer)}: "
            "convert it to a case folder first."
        )
        raise BadArgument(message)
    return read(path, convention=convention)


def _read(root: Path, viewer: str | None) -> tuple[Case | None, tuple[Problem, ...]]:
    folder = Folder(root)
    problems: list[Problem] = []
    layout, file = read_yaml(folder, CASE, CaseFile, problems, required=True)
    if file is not None and viewer is not None and viewer not in file.parties:
        raise UnknownName("party", viewer, tuple(file.parties))
    read_root(folder)
    tables = read_evidence(folder, problems)
    if layout is None or file is None:
        if viewer is None or re.fullmatch(SLUG, viewer):
            read_preferences(folder, viewer, None, problems)
        return None, _sorted([*problems, *folder.problems])
    sheets, held = read_preferences(folder, viewer, file.parties, problems)
    draft = Draft(file, layout, viewer, sheets, held, tables)
    problems += cross_checks(draft)
    everything = _sorted([*problems, *folder.problems])
    if any(problem.level == "error" for problem in everything):
        return None, everything
    case = Case(
        name=root.resolve().name,
        file=file,
        preferences=draft.preferences(),
        evidence=tables.evidence(),
        viewer=viewer,
        digest=folder.digest(),
        notes=tuple(f"warning: {p.file}{f' at {p.path}' if p.path else ''}: {p.what}. {p.remedy}" for p in everything),
    )
    return case, everything


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.column or 0, p.path, p.what, p.level)))
