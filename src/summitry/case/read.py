"""Reading a case: files to typed parts with places, then the checks, then one Case or all problems at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from summitry.case import tables
from summitry.case.checks_case import ISSUES, NAMES, PARTS
from summitry.case.checks_evidence import EVIDENCE
from summitry.case.checks_preferences import PREFERENCES
from summitry.case.draft import CASE, Draft, Sheet, Tables
from summitry.case.fields import SLUG
from summitry.case.rows import TABLES, Document, Forecast
from summitry.case.source import DOCUMENT_LIMIT, TABLE_LIMIT, YAML_LIMIT, Folder, is_file, is_folder, plain, shown
from summitry.case.types import Case, CaseFile, Preferences
from summitry.case.words import problems_of, suggest
from summitry.case.yaml import parse
from summitry.errors import BadArgument, CaseInvalid, CaseNotFound, UnknownName

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from summitry.case.yaml import Layout, Step
    from summitry.errors import Problem

Part = TypeVar("Part", bound=BaseModel)
ROUNDS = 4
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ALSO_THERE = re.compile(r"(readme|license|licence|notice|changelog|sources|notes)(\.(txt|rst))?|.*\.md", re.IGNORECASE)
_INTERVIEW = re.compile(r"answers\.json|forecasts\.csv|.+\.yaml\.(elicited|answers\.json)")
"""What `summitry elicit`, and what a forecast that is written down, leave beside preference files."""
_SOME_DAY = "9999-12-31"
HOME = Path(__file__).parents[1] / "cases"
"""Where the bundled cases lie."""
CHECKS = (*NAMES, *ISSUES, *PARTS, *PREFERENCES, *EVIDENCE)
"""Each compares one part of a case with another, and yields problems at their place."""


def bundled() -> tuple[str, ...]:
    """Names of the cases that come with summitry, sorted."""
    if not is_folder(HOME):
        return ()
    return tuple(sorted(entry.name for entry in HOME.iterdir() if is_file(entry / CASE)))


def load(name: str | Path, *, viewer: str | None = None) -> Case:
    """Read the case `name`, a folder or a bundled case; `summitry.formats.load` opens another tool's scenario, too."""
    case, problems = _read(_own(name), viewer)
    if case is None:
        raise CaseInvalid(problem for problem in problems if problem.level == "error")
    return case


def check(name: str | Path, *, viewer: str | None = None) -> tuple[Problem, ...]:
    """Every problem of a case folder, errors and warnings, sorted by place; empty where there is nothing to mend."""
    return _read(_own(name), viewer)[1]


def outline(name: str | Path) -> tuple[Path, CaseFile, bool]:
    """The folder of a case, its case.yaml alone, and whether it is a bundled case: for what begins before anybody has values.

    Raises CaseNotFound, CaseInvalid with the errors of case.yaml, and BadArgument for another tool's scenario.
    """
    root = _own(name)
    folder = Folder(root)
    problems: list[Problem] = []
    layout, file = read_yaml(folder, CASE, CaseFile, problems, required=True)
    if layout is not None and file is not None:
        draft = Draft(file, layout, None, [], {}, read_evidence(Folder(root), []))
        problems += [problem for check in (*NAMES, *ISSUES) for problem in check(draft) if problem.file == CASE]
    errors = [problem for problem in (*problems, *folder.problems) if problem.level == "error"]
    if file is None or errors:
        raise CaseInvalid(errors)
    return root, file, root.parent == HOME


def own_preferences(folder: Path, party: str) -> Preferences | None:
    """The party's own file in its folder, None where there is none or it cannot be read as preferences."""
    return read_yaml(Folder(folder), f"{party}.yaml", Preferences, [])[1]


def find(name: str | Path) -> tuple[Path, bool]:
    """The path that a name means, and whether it is a case folder; else it may be another tool's. Raises CaseNotFound."""
    path = Path(name)
    if not str(name):
        raise CaseNotFound("", bundled())
    if is_folder(path) and (path / CASE).exists():
        return path, True
    if isinstance(name, str) and re.fullmatch(SLUG, name) and is_file(HOME / name / CASE):
        return HOME / name, True
    if is_file(path) and path.name == CASE:
        return path.parent, True
    if is_file(path) or is_folder(path):
        return path, False
    raise CaseNotFound(plain(str(name)), bundled())


def _own(name: str | Path) -> Path:
    """The case folder that a name means; raises BadArgument for another tool's scenario."""
    path, own = find(name)
    if not own:
        what = f"{plain(str(name))} is another tool's scenario, which has its values"
        raise BadArgument(f"{what}: convert it to a case folder first.")
    return path


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
    sheets, files = read_preferences(folder, viewer, file.parties, problems)
    draft = Draft(file, layout, viewer, sheets, files, tables)
    forecasts = _table(folder, f"preferences/{viewer or file.principal}/forecasts.csv", Forecast, problems)
    problems += [problem for check in CHECKS for problem in check(draft)]
    everything = _sorted([*problems, *folder.problems])
    if any(problem.level == "error" for problem in everything):
        return None, everything
    case = Case(
        name=root.resolve().name,
        file=file,
        preferences=draft.preferences(),
        evidence=tables.evidence(),
        forecasts=forecasts.rows,
        viewer=viewer,
        digest=folder.digest(),
        notes=tuple(f"warning: {p.file}{f' at {p.path}' if p.path else ''}: {p.what}. {p.remedy}" for p in everything),
    )
    return case, everything


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda p: (p.file, p.line or 0, p.column or 0, p.path, p.what, p.level)))


def read_yaml(
    folder: Folder, name: str, model: type[Part], problems: list[Problem], *, required: bool = False
) -> tuple[Layout | None, Part | None]:
    """Layout and typed value of one file; unknown names are reported and set aside, so that the checks can go on."""
    text = folder.text(name, YAML_LIMIT, required=required)
    if text is None:
        return None, None
    layout, faults = parse(text, name)
    problems += faults
    if layout is None:
        return None, None
    if not isinstance(layout.data, dict):
        what, remedy = "this file holds no names with values", "Begin with lines such as `title: Second summit`."
        problems.append(layout.error((), what, remedy))
        return layout, None
    if model is CaseFile:
        _options_as_written(layout)
        problems += _dates(layout)
    for _ in range(ROUNDS):
        try:
            return layout, model.model_validate(layout.data)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        texts = [e for e in errors if e["type"] == "string_type" and _take_letters(layout, e["loc"])]
        rest = [e for e in errors if e not in texts]
        problems += problems_of(layout, model, rest)
        if not all(e["type"] == "extra_forbidden" and _set_aside(layout, e["loc"]) for e in rest):
            break
    return layout, None


def _options_as_written(layout: Layout) -> None:
    """Options in a list keep the letters of the file: 3.10 is not 3.1, and null is a word like others."""
    issues = layout.data.get("issues")
    for issue, body in issues.items() if isinstance(issues, dict) else ():
        options = body.get("options") if isinstance(body, dict) else None
        if isinstance(options, list):
            path = ("issues", issue, "options")
            body["options"] = [layout.spellings.get((*path, at), option) for at, option in enumerate(options)]


def _dates(layout: Layout) -> Iterator[Problem]:
    """Dates are year-month-day; a bare number would count seconds since 1970. What is wrong gets a date to go on with."""
    issues = layout.data.get("issues")
    holders: list[tuple[tuple[Step, ...], Any, str]] = [((), layout.data, "as_of")]
    if isinstance(issues, dict):
        holders += [(("issues", issue), body, "expires") for issue, body in issues.items() if isinstance(body, dict)]
    for path, body, key in holders:
        value = body.get(key)
        if value is not None and not (isinstance(value, str) and _DATE.fullmatch(value)):
            what = f"a date is expected, found {shown(layout.spellings.get((*path, key), 'something else'))}"
            yield layout.error((*path, key), what, "Write year-month-day, such as 2019-02-15.")
            body[key] = _SOME_DAY


def _walk(layout: Layout, loc: tuple[Step, ...]) -> tuple[Any, Any, tuple[Step, ...]]:
    """The container and last step of what pydantic calls `loc`, and its path in the file without steps of pydantic alone."""
    holder: Any = None
    last: Any = None
    path: tuple[Step, ...] = ()
    here: Any = layout.data
    for step in loc:
        if (isinstance(here, dict) and step in here) or (isinstance(here, list) and step in range(len(here))):
            holder, last, path, here = here, step, (*path, step), here[cast("Any", step)]
    return holder, last, path


def _take_letters(layout: Layout, loc: tuple[str | int, ...]) -> bool:
    """Where a text is wanted and a number or truth value was read, take the letters of the file."""
    holder, last, path = _walk(layout, loc)
    if holder is None or not isinstance(holder[last], (int, float)) or path not in layout.spellings:
        return False
    holder[last] = layout.spellings[path]
    return True


def _set_aside(layout: Layout, loc: tuple[str | int, ...]) -> bool:
    holder, last, _ = _walk(layout, loc)
    if isinstance(holder, dict) and last == loc[-1]:
        del holder[last]
        return True
    return False


def read_root(folder: Folder) -> None:
    """Point out what stands in the case folder and is not part of a case."""
    parts = (CASE, "preferences", "evidence")
    for name, is_dir in folder.entries(""):
        if name not in parts and (is_dir or not _ALSO_THERE.fullmatch(name)):
            kind = "folder" if is_dir else "file"
            folder.report(name, f"this {kind} is not part of a case and is not read", suggest(name, parts), level="warning")


def read_preferences(
    folder: Folder, viewer: str | None, parties: Collection[str] | None, problems: list[Problem]
) -> tuple[list[Sheet], dict[str, set[str]]]:
    """The readable sheets, and which files exist by holder; a viewer's reading lists nothing but its own folder.

    `parties` None means that case.yaml is unreadable, so that any name may be a party.
    """
    sheets: list[Sheet] = []
    files: dict[str, set[str]] = {}
    for holder in (viewer,) if viewer else _holders(folder, parties):
        files[holder] = set()
        for about, file in _files_of(folder, holder, parties):
            files[holder].add(about)
            layout, preferences = read_yaml(folder, file, Preferences, problems)
            if layout is not None and preferences is not None:
                sheets.append(Sheet(holder, about, preferences, layout))
    return sheets, files


def _holders(folder: Folder, parties: Collection[str] | None) -> Iterator[str]:
    for name, is_dir in folder.entries("preferences"):
        file = f"preferences/{name}"
        if is_dir and (parties is None or name in parties):
            yield name
        elif is_dir:
            folder.report(file, f"{shown(name)} is no party of this case", suggest(name, parties or ()))
        elif not _ALSO_THERE.fullmatch(name):
            what = "this file is not read here"
            folder.report(file, what, "Put it in the folder of its holder, such as preferences/us/us.yaml.")


def _files_of(folder: Folder, holder: str, parties: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """Each party that `holder` has a file about, with the file."""
    for name, is_dir in folder.entries(f"preferences/{holder}"):
        file, about = f"preferences/{holder}/{name}", name.removesuffix(".yaml")
        if not is_dir and name.endswith(".yaml"):
            if parties is None or about in parties:
                yield about, file
            else:
                folder.report(file, f"{shown(about)} is no party of this case", suggest(about, parties))
        elif is_dir or not (_ALSO_THERE.fullmatch(name) or _INTERVIEW.fullmatch(name)):
            remedy = "Preferences stand in files named after a party, such as us.yaml."
            folder.report(file, "this is not read", remedy, level="error" if name.endswith(".yml") else "warning")


def read_evidence(folder: Folder, problems: list[Problem]) -> Tables:
    """The five tables and the documents; what is absent is empty."""
    names = (*(f"{name}.csv" for name in TABLES), "documents")
    for name, is_dir in folder.entries("evidence"):
        if name not in names and (is_dir or not _ALSO_THERE.fullmatch(name)):
            what = "this is not part of the evidence and is not read"
            folder.report(f"evidence/{name}", what, suggest(name, names), level="warning")
    rows: dict[str, Any] = {name: _table(folder, f"evidence/{name}.csv", model, problems) for name, model in TABLES.items()}
    return Tables(documents=tuple(_documents(folder)), **rows)


def _documents(folder: Folder) -> Iterator[Document]:
    for name, is_dir in folder.entries("evidence/documents"):
        file = f"evidence/documents/{name}"
        if is_dir or not name.endswith((".txt", ".md")):
            what = "only texts (.txt, .md) are read here"
            folder.report(file, what, "Save the text as UTF-8 with the ending .txt.", level="warning")
            continue
        text = folder.text(file, DOCUMENT_LIMIT)
        if text is not None and not text.strip():
            folder.report(file, "this document is empty", "Put the text in it, or remove it.")
        elif text is not None:
            yield Document(name=plain(name), text=text)


def _table(folder: Folder, name: str, model: type[Part], problems: list[Problem]) -> tables.Table[Part]:
    text = folder.text(name, TABLE_LIMIT)
    if text is None:
        return tables.Table(name)
    table, faults = tables.parse(text, name, model)
    problems += faults
    return table
