"""Reading a case folder: files to typed parts with places, then the checks, then one Case or all problems at once."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from summitry.case import tables
from summitry.case.checks import cross_checks
from summitry.case.draft import CASE, Draft, Sheet
from summitry.case.layout import parse
from summitry.case.source import DOCUMENT_LIMIT, TABLE_LIMIT, YAML_LIMIT, Folder, is_file, is_folder, plain, shown
from summitry.case.types import SLUG, Case, CaseFile, Claim, Commitment, Document, Event, Evidence, Position, Preferences
from summitry.case.words import problems_of, suggest
from summitry.errors import BadArgument, CaseInvalid, CaseNotFound, Problem, UnknownName

if TYPE_CHECKING:
    from summitry.case.layout import Layout

Part = TypeVar("Part", bound=BaseModel)
ROUNDS = 4
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ALSO_THERE = re.compile(r"(readme|license|licence|notice|changelog|sources|notes)(\.\w+)?|.*\.md", re.IGNORECASE)


def bundled() -> tuple[str, ...]:
    """Names of the cases that come with summitry, sorted."""
    home = _home()
    if not is_folder(home):
        return ()
    return tuple(sorted(entry.name for entry in home.iterdir() if is_file(entry / CASE)))


def load(name: str | Path, *, viewer: str | None = None) -> Case:
    """Read the case `name`: a folder, a bundled case, or another tool's scenario.

    With `viewer` only case.yaml, evidence/ and preferences/VIEWER/ are opened. Raises CaseNotFound, UnknownName for a viewer who is no
    party, and CaseInvalid with all errors at once. Warnings are among the case's notes.
    """
    folder, foreign = _find(name)
    if foreign is not None:
        return _foreign(foreign, viewer)
    case, problems = _read(folder, viewer)
    if case is None:
        raise CaseInvalid(p for p in problems if p.level == "error")
    return case


def check(name: str | Path, *, viewer: str | None = None) -> tuple[Problem, ...]:
    """Every problem of the case's files, errors and warnings, sorted by place; empty when there is nothing to mend."""
    folder, foreign = _find(name)
    if foreign is None:
        return _read(folder, viewer)[1]
    try:
        _foreign(foreign, viewer)
    except CaseInvalid as invalid:
        return invalid.problems
    return ()


def _home() -> Path:
    return Path(str(resources.files("summitry"))) / "cases"


def _find(name: str | Path) -> tuple[Path, Path | None]:
    """The case folder, or as second the path of a foreign scenario."""
    path = Path(name)
    if is_folder(path) and (path / CASE).exists():
        return path, None
    if isinstance(name, str) and re.fullmatch(SLUG, name) and is_file(_home() / name / CASE):
        return _home() / name, None
    if is_file(path) and path.name == CASE:
        return path.parent, None
    if is_file(path) or is_folder(path):
        return path, path
    raise CaseNotFound(plain(str(name)), bundled())


def _foreign(path: Path, viewer: str | None) -> Case:
    from summitry.case.formats import read

    if viewer is not None:
        message = f"{path} shows every party's values to every reader, so it cannot be opened as {viewer!r}: convert it to a case folder first."
        raise BadArgument(message)
    return read(path)


def _read(root: Path, viewer: str | None) -> tuple[Case | None, tuple[Problem, ...]]:
    folder = Folder(root)
    problems: list[Problem] = []
    layout, file, whole = _yaml(folder, CASE, CaseFile, problems, required=True)
    if layout is None or file is None:
        return None, _sorted([*problems, *folder.problems])
    if viewer is not None and viewer not in file.parties:
        raise UnknownName("party", viewer, tuple(file.parties))
    draft = Draft(file, layout, viewer)
    _root(folder)
    _preferences(folder, draft, problems)
    _evidence(folder, draft, problems)
    problems += cross_checks(draft)
    everything = _sorted([*problems, *folder.problems])
    if not whole or any(problem.level == "error" for problem in everything):
        return None, everything
    notes = tuple(f"warning: {p.file}{f' at {p.path}' if p.path else ''}: {p.what}. {p.remedy}" for p in everything)
    case = Case(
        name=root.resolve().name,
        file=file,
        preferences=draft.preferences(),
        evidence=Evidence(
            claims=draft.claims.rows,
            events=draft.events.rows,
            positions=draft.positions.rows,
            commitments=draft.commitments.rows,
            documents=draft.documents,
        ),
        viewer=viewer,
        digest=folder.digest(),
        notes=notes,
    )
    return case, everything


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.column or 0, p.path, p.what, p.level)))


def _yaml(
    folder: Folder, name: str, model: type[Part], problems: list[Problem], *, required: bool = False
) -> tuple[Layout | None, Part | None, bool]:
    """Layout and typed value of one file, and whether it is free of problems; unknown names are set aside so that the checks can go on."""
    text = folder.text(name, YAML_LIMIT, required=required)
    if text is None:
        return None, None, False
    layout, found = parse(text, name)
    problems += found
    if layout is None:
        return None, None, False
    if not isinstance(layout.data, dict):
        problems.append(
            layout.problem((), "this file holds no names with values", "Begin with lines such as `title: Second summit`.")
        )
        return layout, None, False
    raw = layout.data
    _as_written(layout, raw, model)
    dates = _dates(layout, raw)
    problems += dates
    whole = not found and not dates
    for _ in range(ROUNDS):
        try:
            return layout, model.model_validate(raw), whole
        except ValidationError as error:
            errors = error.errors(include_url=False)
            numbers = [e for e in errors if e["type"] == "string_type" and _as_text(layout, raw, tuple(e["loc"]))]
            if numbers and len(numbers) == len(errors):
                continue
            whole = False
            problems += problems_of(layout, model, (e for e in errors if e not in numbers))
            if not all(e["type"] == "extra_forbidden" and _drop(raw, tuple(e["loc"])) for e in errors if e not in numbers):
                break
    return layout, None, False


def _as_written(layout: Layout, raw: dict[str, Any], model: type[BaseModel]) -> None:
    """Options in a list keep the letters of the file: 3.10 is not 3.1, and null is a word like others."""
    issues = raw.get("issues")
    if model is not CaseFile or not isinstance(issues, dict):
        return
    for issue, body in issues.items():
        options = body.get("options") if isinstance(body, dict) else None
        if isinstance(options, list):
            body["options"] = [layout.written.get(("issues", issue, "options", at), option) for at, option in enumerate(options)]


def _dates(layout: Layout, raw: dict[str, Any]) -> list[Problem]:
    """Dates are written year-month-day; a bare number would silently count seconds since 1970. What is wrong gets a date to go on with."""
    found = []
    issues = raw.get("issues")
    holders: list[tuple[tuple[str, ...], dict[str, Any], str]] = [((), raw, "as_of")]
    if isinstance(issues, dict):
        holders += [(("issues", issue), body, "expires") for issue, body in issues.items() if isinstance(body, dict)]
    for path, body, key in holders:
        value = body.get(key)
        if value is not None and not (isinstance(value, str) and _DATE.fullmatch(value)):
            what = f"a date is expected, found {shown(layout.written.get((*path, key), 'something else'))}"
            found.append(layout.problem((*path, key), what, "Write year-month-day, such as 2019-02-15."))
            body[key] = "9999-12-31"
    return found


def _as_text(layout: Layout, raw: Any, loc: tuple[str | int, ...]) -> bool:  # noqa: ANN401 (plain data of any shape)
    """Where a text is wanted and a number or truth value was read, take the letters of the file."""
    path: tuple[str | int, ...] = ()
    holder, last = None, None
    for step in loc:
        if isinstance(raw, dict) and step in raw or isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            holder, last, raw, path = raw, step, raw[step], (*path, step)
    if holder is None or isinstance(raw, (str, dict, list)) or raw is None or path not in layout.written:
        return False
    holder[last] = layout.written[path]
    return True


def _drop(raw: Any, loc: tuple[str | int, ...]) -> bool:  # noqa: ANN401 (plain data of any shape)
    for step in loc[:-1]:
        if isinstance(raw, dict) and step in raw or isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
    if isinstance(raw, dict) and loc[-1] in raw:
        del raw[loc[-1]]
        return True
    return False


def _root(folder: Folder) -> None:
    for name, is_dir in folder.entries(""):
        if name in {CASE, "preferences", "evidence"} or (not is_dir and _ALSO_THERE.fullmatch(name)):
            continue
        kind = "folder" if is_dir else "file"
        folder.report(
            name,
            f"this {kind} is not part of a case and is not read",
            suggest(name, (CASE, "preferences", "evidence")),
            level="warning",
        )


def _preferences(folder: Folder, draft: Draft, problems: list[Problem]) -> None:
    """Fill in the sheets; a viewer's reading lists nothing but its own folder."""
    parties = draft.file.parties
    holders = [draft.viewer] if draft.viewer else []
    if draft.viewer is None:
        for name, is_dir in folder.entries("preferences"):
            if is_dir and name in parties:
                holders.append(name)
            elif is_dir:
                folder.report(f"preferences/{name}", f"{shown(name)} is no party of this case", suggest(name, parties))
            elif not _ALSO_THERE.fullmatch(name):
                folder.report(
                    f"preferences/{name}",
                    "this file is not read here",
                    "Put it in the folder of its holder, such as preferences/us/us.yaml.",
                )
    for holder in holders:
        draft.held[holder] = set()
        for name, is_dir in folder.entries(f"preferences/{holder}"):
            file, about = f"preferences/{holder}/{name}", name.removesuffix(".yaml")
            if not is_dir and name.endswith(".yaml") and about in parties:
                draft.held[holder].add(about)
                layout, preferences, _ = _yaml(folder, file, Preferences, problems)
                if layout is not None and preferences is not None:
                    draft.sheets.append(Sheet(holder, about, preferences, layout))
            elif not is_dir and name.endswith(".yaml"):
                folder.report(file, f"{shown(about)} is no party of this case", suggest(about, parties))
            elif is_dir or not _ALSO_THERE.fullmatch(name):
                remedy = "Preferences stand in files named after a party, such as us.yaml."
                folder.report(file, "this is not read", remedy, level="error" if name.endswith(".yml") else "warning")


def _evidence(folder: Folder, draft: Draft, problems: list[Problem]) -> None:
    known = ("claims.csv", "events.csv", "positions.csv", "commitments.csv", "documents")
    for name, is_dir in folder.entries("evidence"):
        if name not in known and (is_dir or not _ALSO_THERE.fullmatch(name)):
            folder.report(
                f"evidence/{name}", "this is not part of the evidence and is not read", suggest(name, known), level="warning"
            )
    draft.claims = _table(folder, "evidence/claims.csv", Claim, problems)
    draft.events = _table(folder, "evidence/events.csv", Event, problems)
    draft.positions = _table(folder, "evidence/positions.csv", Position, problems)
    draft.commitments = _table(folder, "evidence/commitments.csv", Commitment, problems)
    documents = []
    for name, is_dir in folder.entries("evidence/documents"):
        file = f"evidence/documents/{name}"
        if is_dir or not name.endswith((".txt", ".md")):
            folder.report(
                file, "only texts (.txt, .md) are read here", "Save the text as UTF-8 with the ending .txt.", level="warning"
            )
            continue
        text = folder.text(file, DOCUMENT_LIMIT)
        if text is not None and not text.strip():
            folder.report(file, "this document is empty", "Put the text in it, or remove it.")
        elif text is not None:
            documents.append(Document(name=plain(name), text=text))
    draft.documents = tuple(documents)


def _table(folder: Folder, name: str, model: type[Part], problems: list[Problem]) -> tables.Table[Part]:
    text = folder.text(name, TABLE_LIMIT)
    if text is None:
        return tables.Table(name)
    table, found = tables.parse(text, name, model)
    problems += found
    return table
