"""Writing a case folder as a person would: readable, to be kept in git, and read back by `summitry.case.load`.

A foreign scenario has no status quo. Written as a folder, the first option of each issue becomes it: its points are taken off the
issue's options and off the reservation value, so that every package keeps its gain over no agreement.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from summitry.case.checks_case import NAME_LIMIT, RESERVED
from summitry.case.rows import TABLES
from summitry.case.yaml import document
from summitry.errors import BadArgument

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from summitry.case.fields import Doc
    from summitry.case.types import BackTable, Case, Issue, OptionValues, Preferences

    from .files import Source
    from .scenario import Points


def recognises(source: Source) -> bool:
    """Whether a file belongs to a case folder, which is read by `summitry.case.load` and not here."""
    return source.name in {"case.yaml", "case.yml"}


def write(case: Case) -> dict[str, bytes]:
    """Write every opened part of the case, by file name; an option that no case folder can name is renamed, told in case.yaml."""
    comments: list[str] = []
    if case.foreign:
        case, renamed = _nameable(case)
        comments = [*case.notes, "the first option of each issue stands for the status quo", *renamed]
    files = {"case.yaml": document(_file(case), comments)}
    for holder, beliefs in case.preferences.items():
        for about, preferences in beliefs.items():
            own = grounded(preferences, case) if case.foreign else preferences
            files[f"preferences/{holder}/{about}.yaml"] = document(preferences_of(own, case.file.issues))
    for name, model in TABLES.items():
        rows = getattr(case.evidence, name)
        if rows:
            files[f"evidence/{name}.csv"] = _table(model, rows)
    for text in case.evidence.documents:
        if "/" in text.name or "\\" in text.name or text.name.startswith("."):
            msg = f"The document {text.name!r} cannot be a file's name: rename it."
            raise BadArgument(msg)
        files[f"evidence/documents/{text.name}"] = text.text.encode()
    return files


def _fits(option: str) -> bool:
    return option not in RESERVED and bool(option.strip()) and len(option) <= NAME_LIMIT


def _nameable(case: Case) -> tuple[Case, list[str]]:
    """Rename options that a preference file would take for something else, that are blank, or that are too long."""
    names = {issue: _names(body.options) for issue, body in case.file.issues.items()}
    changes = [f"{issue}: {old} is called {new}" for issue, each in names.items() for old, new in each.items() if old != new]
    if not changes:
        return case, []
    data = case.model_dump(by_alias=True)
    for issue, body in data["file"]["issues"].items():
        body["options"] = _renamed(body["options"], names[issue])
    for preferences in (each for beliefs in data["preferences"].values() for each in beliefs.values()):
        for issue, entry in preferences["values"].items():
            entry["options"] = _renamed(entry["options"], names[issue])
        for term in preferences["together"]:
            term["when"] = {issue: [names[issue][option] for option in options] for issue, options in term["when"].items()}
    return type(case).model_validate(data), changes


def _names(options: Iterable[str]) -> dict[str, str]:
    """A name that a preference file can hold for each option of an issue."""
    names = {option: option for option in options if _fits(option)}
    for option in (option for option in options if not _fits(option)):
        base, count = option.strip()[: NAME_LIMIT - 20] or "blank", 1
        new = f"{base} (option)"
        while new in names.values():
            count += 1
            new = f"{base} (option {count})"
        names[option] = new
    return names


def _renamed(table: dict[str, object], names: dict[str, str]) -> dict[str, object]:
    return {names[option]: value for option, value in table.items()}


def grounded(preferences: Preferences, case: Case) -> Preferences:
    """Count a party's points from the first option of every issue, keeping every package's gain over no agreement."""
    entries = preferences.values
    zero = [entries[issue].options[body.status_quo] for issue, body in case.file.issues.items() if issue in entries]
    values = {}
    for issue, entry in entries.items():
        quo = case.file.issues[issue].status_quo
        base = _mode(entry.options[quo])
        options = {
            option: (low - base, mode - base, high - base) for option, (low, mode, high) in entry.options.items() if option != quo
        }
        values[issue] = entry.model_copy(update={"options": options})
    total = sum(map(_mode, zero))
    low, mode, high = preferences.reservation
    moved = {"reservation": (low - total, mode - total, high - total)}
    if preferences.aspiration is not None:
        low, mode, high = preferences.aspiration
        moved["aspiration"] = (low - total, mode - total, high - total)
    return preferences.model_copy(update={"values": values, **moved})


def _mode(points: Points) -> float:
    return points[1]


def _file(case: Case) -> dict[str, object]:
    data: dict[str, object] = {"summitry": 1} | _plain(case.file)
    data["issues"] = {issue: _issue(body) for issue, body in case.file.issues.items()}
    if case.file.laws:
        data["laws"] = [_plain(law) for law in case.file.laws]
    return {key: value for key, value in data.items() if value not in ("", {}, [], ())}


def _plain(part: Doc) -> dict[str, object]:
    """Return what differs from the defaults, as plain data; ranges and names that are one thing as one thing."""
    return {str(key): _short(value) for key, value in part.model_dump(by_alias=True, exclude_defaults=True).items()}


def _short(value: object) -> object:
    if isinstance(value, dict):
        return {key: _short(part) for key, part in value.items()}
    if isinstance(value, tuple) and value and all(isinstance(part, float) for part in value):
        return _points(value)
    if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    return [_short(part) for part in value] if isinstance(value, (tuple, list)) else value


def _points(points: Sequence[float]) -> object:
    return points[0] if points[0] == points[-1] else list(points)


def _issue(issue: Issue) -> dict[str, object]:
    data = _plain(issue)
    if not any(amount is not None for amount in issue.options.values()):
        data["options"] = list(issue.options)
    if "takes" in data:
        data["takes"] = {option: f"{days}d" for option, days in issue.takes.items()}
    return data


def preferences_of(preferences: Preferences, issues: Iterable[str]) -> dict[str, object]:
    """A preference file as plain data, its values in the order of `issues`."""
    data = _plain(preferences)
    data["reservation"] = _points(preferences.reservation)
    data["values"] = {issue: _values(preferences.values[issue]) for issue in issues if issue in preferences.values}
    if preferences.indifferent:
        data["indifferent"] = list(preferences.indifferent)
    if preferences.back_table is not None:
        data["back_table"] = _back_table(preferences.back_table)
    return data


def _values(entry: OptionValues) -> dict[str, object]:
    options = {option: _points(points) for option, points in entry.options.items()}
    beside = _plain(entry)
    del beside["options"]
    return {**options, **beside}


def _back_table(table: BackTable) -> dict[str, object]:
    data = _plain(table)
    positions = {name: {i: _values(entry) for i, entry in seat.positions.items()} for name, seat in table.seats.items()}
    data["seats"] = {name: {**_plain(seat), "positions": positions[name]} for name, seat in table.seats.items()}
    return data


def _table(model: type[Doc], rows: Sequence[Doc]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(model.model_fields), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "" if value is None else value for key, value in row.model_dump().items()})
    return stream.getvalue().encode()
