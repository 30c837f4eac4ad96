"""Opening any case, and the scenarios of other tools: reading them into a `Case`, and writing one out.

`load` and `check` take a case folder, a bundled case or another tool's scenario; `read` recognises a scenario's format by what
the files hold. `FORMATS` is the table of formats; each is two pure functions over bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.case import read as folders
from summitry.case.source import plain
from summitry.errors import BadArgument, CaseInvalid

from . import genius, geniusweb, native, negmas, negolog, sheet, xlsx
from .files import Source, digest, open_folder, open_one, write_file, write_folder
from .scenario import losses as _losses
from .scenario import to_case
from .xlsx import template

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summitry.case.types import Case
    from summitry.errors import Problem

    from .scenario import Keeps, Scenario

    Reader = Callable[[Sequence[Source], str | None, str], Scenario]
    Writer = Callable[[Case], dict[str, bytes]]

__all__ = ["FORMATS", "Format", "check", "load", "losses", "read", "template", "write"]

CONVENTIONS = ("genius", "raw")


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how its files are known, read (None: written only) and written (None: read only)."""

    name: str
    title: str
    recognises: Callable[[Source], bool]
    read: Reader | None
    write: Writer | None
    keeps: frozenset[Keeps] = frozenset()
    """What of a case's values it can say."""
    single: str = ""
    """The ending, where a scenario is one file."""


_WEIGHED: frozenset[Keeps] = frozenset({"discount", "reservation"})
_PLAIN: frozenset[Keeps] = _WEIGHED | {"scale"}
FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("genius", "GENIUS XML", genius.recognises, genius.read, genius.write, _WEIGHED),
        Format("geniusweb", "GeniusWeb JSON", geniusweb.recognises, geniusweb.read, geniusweb.write),
        Format("negolog", "NegoLog JSON", negolog.recognises, negolog.read, negolog.write, frozenset({"reservation"})),
        Format("negmas", "NegMAS YAML", negmas.recognises, negmas.read, negmas.write, _PLAIN),
        Format("summitry", "summitry case folder", native.recognises, None, native.write, frozenset({"everything"})),
        Format("xlsx", "score sheet (.xlsx)", xlsx.recognises, xlsx.read, xlsx.write, _PLAIN | {"ranges"}, single=".xlsx"),
        Format("sheet", "text score sheets", sheet.recognises, sheet.read, None),
    )
}


def load(name: str | Path, *, viewer: str | None = None, convention: str = "genius") -> Case:
    """Read the case `name`: a folder, a bundled case, or another tool's scenario.

    `convention` is that of `read`. With `viewer` only case.yaml, evidence/ and preferences/VIEWER/ are opened. Raises
    CaseNotFound, UnknownName for a viewer who is no party, and CaseInvalid with all errors at once. Warnings are among the
    case's notes.
    """
    path, own = folders.find(name)
    if own:
        return folders.load(path, viewer=viewer)
    if viewer is not None:
        what = f"{plain(str(path))} shows every party's values to every reader, so it cannot be opened as {plain(viewer)}"
        raise BadArgument(f"{what}: convert it to a case folder first.")
    return read(path, convention=convention)


def check(name: str | Path, *, viewer: str | None = None) -> tuple[Problem, ...]:
    """Every problem of the case's files, errors and warnings, sorted by place; empty where there is nothing to mend."""
    path, own = folders.find(name)
    if own:
        return folders.check(path, viewer=viewer)
    try:
        load(path, viewer=viewer)
    except CaseInvalid as invalid:
        return invalid.problems
    return ()


def read(path: str | Path | Sequence[str | Path], *, convention: str = "genius") -> Case:
    """Read a scenario from its folder, its domain file (with what lies beside it), or a list of its files.

    `convention` says how GENIUS evaluations become values: "genius" as GENIUS 10.4 does, "raw" as NegMAS does. Raises CaseInvalid
    with file, line and column where a file cannot be used, BadArgument where no format is recognised or several are.
    """
    if convention not in CONVENTIONS:
        msg = f"There is no convention {convention!r}: choose genius (as GENIUS 10.4 computes) or raw (as NegMAS does)."
        raise BadArgument(msg)
    sources, name, choice = _open(path)
    form, reader = _form(sources, name, choice)
    used = [source for source in sources if form.recognises(source)]
    scenario = reader(used, choice, convention)
    return to_case(scenario, name, form.name, digest(source for source in used if source.name in scenario.used))


def write(case: Case, path: str | Path, format: str) -> list[Path]:  # noqa: A002 (the word of the interface)
    """Write a case as a new scenario, all files or none, and return their paths.

    `path` is a folder; for xlsx also the file itself. Raises OutputInTheWay where a file stands already, BadArgument where the
    format cannot say the case's values at all; what else it does not say is listed by `losses`.
    """
    form, writer = _writable(format)
    target = Path(path)
    files = writer(case)
    if form.single and target.suffix.lower() == form.single:
        write_file(target, next(iter(files.values())))
        return [target]
    return write_folder(target, files)


def losses(case: Case, format: str) -> list[str]:  # noqa: A002 (the word of the interface)
    """List in words what a case says and a format cannot; empty where writing loses nothing."""
    return _losses(case, _writable(format)[0].keeps)


def _writable(name: str) -> tuple[Format, Writer]:
    form = FORMATS.get(name)
    if form is None or form.write is None:
        names = ", ".join(name for name, each in FORMATS.items() if each.write)
        msg = f"There is no format {name!r} to write: choose one of {names}."
        raise BadArgument(msg)
    return form, form.write


def _open(path: str | Path | Sequence[str | Path]) -> tuple[list[Source], str, str | None]:
    """Open what may belong to the scenario: the files, the scenario's name, and the file that the user chose among them."""
    if not isinstance(path, (str, Path)):
        paths = [Path(each) for each in path]
        sources = [open_one(each) for each in paths]
        if not sources or len({source.name for source in sources}) < len(sources):
            msg = "Give at least one file, and no two of the same name."
            raise BadArgument(msg)
        return sources, _folder_name(paths[0].parent), None
    path = Path(path)
    if path.is_dir():
        return open_folder(path), _folder_name(path), None
    if path.suffix.lower() == ".xlsx":
        return [open_one(path)], path.stem, path.name
    choice = open_one(path)
    beside = open_folder(path.parent, ending=path.suffix)
    return beside, _folder_name(path.parent), choice.name


def _folder_name(folder: Path) -> str:
    return folder.resolve().name or "scenario"


def _form(sources: Sequence[Source], name: str, choice: str | None) -> tuple[Format, Reader]:
    """Find the one format that recognises the chosen file, or the folder's files."""
    candidates = [source for source in sources if choice in (None, source.name)]
    forms = {form.name: (form, form.read) for source in candidates for form in FORMATS.values() if form.recognises(source)}
    readers = [(form, reader) for form, reader in forms.values() if reader is not None]
    if len(readers) == 1:
        return readers[0]
    titles = ", ".join(form.title for form in FORMATS.values() if form.read)
    if readers:
        both = " and ".join(form.title for form, _ in readers)
        msg = f"{choice or name} holds scenarios in several formats ({both}): give the domain file of one of them."
    elif forms:
        msg = f"{name} is a summitry case, no scenario of another tool: open it as a case."
    else:
        msg = f"{choice or name} holds no scenario that is known here ({titles}): give a scenario's folder or its domain file."
    raise BadArgument(msg)
