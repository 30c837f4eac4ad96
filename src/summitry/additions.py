"""Rows that an answer adds to the tables of its case, where `--write` asks for it: an offer that was heard, a forecast.

Nothing that stands there is changed; a row that stands there already is not written twice. A file is replaced as a whole or not
at all, and only after the new one was read as the case reads it.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.errors import BadArgument, CaseInvalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from summitry.case.fields import Doc


@dataclass(frozen=True, slots=True)
class Addition:
    """A row for the table `file` of a case, such as evidence/positions.csv, by column."""

    file: str
    row: Mapping[str, str]


def add(case: str | Path, additions: Iterable[Addition]) -> tuple[Path, ...]:
    """Add rows to the tables of a case folder; gives the paths of the tables that changed.

    Raises BadArgument for a bundled case and another tool's scenario, and CaseInvalid where a row cannot be read back.
    """
    root = own_folder(case)
    by_file: dict[str, list[Mapping[str, str]]] = {}
    for addition in additions:
        by_file.setdefault(addition.file, []).append(addition.row)
    texts = {root / file: text for file, rows in by_file.items() if (text := _extended(root / file, file, rows)) is not None}
    for path, text in texts.items():
        _replace(path, text)
    return tuple(texts)


def own_folder(case: str | Path) -> Path:
    """The folder of a case that may be written to; raises BadArgument for a bundled case and another tool's scenario."""
    from summitry.case.read import HOME, find

    root, own = find(case)
    if not own or root.parent == HOME:
        msg = f"{case} is not a case folder of yours: copy it with `summitry convert {case} FOLDER`, then write there."
        raise BadArgument(msg)
    return root


def _extended(path: Path, file: str, rows: list[Mapping[str, str]]) -> str | None:
    """The table with the rows at its end; None where all of them stand there already."""
    from summitry.case.source import TABLE_LIMIT, is_file
    from summitry.case.tables import parse

    old = path.read_text(encoding="utf-8-sig") if is_file(path) else ""
    if len(old) > TABLE_LIMIT:
        msg = f"{file} is too large to add to."
        raise BadArgument(msg)
    reader = csv.DictReader(io.StringIO(old, newline=""))
    before, header = list(reader), list(reader.fieldnames or ())
    there = [_filled(row) for row in before]
    new = [row for row in rows if _filled(row) not in there]
    if not new:
        return None
    header = list(dict.fromkeys([*header, *(key for row in new for key in (_filled(row) if header else row))]))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", lineterminator="\n")
    if header == list(reader.fieldnames or ()) and old.endswith("\n"):
        out.write(old)
    else:
        writer.writeheader()
        writer.writerows(before)
    writer.writerows(new)
    _, problems = parse(out.getvalue(), file, _model(file))
    if problems:
        raise CaseInvalid(problems)
    return out.getvalue()


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in row.items() if value}


def _model(file: str) -> type[Doc]:
    from summitry.case.rows import TABLES, Forecast

    name = Path(file).stem
    return Forecast if name == "forecasts" else TABLES[name]


def _replace(path: Path, text: str) -> None:
    """Put a finished text in the place of a file, in one step."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".summitry-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as new:
                new.write(text)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as problem:
        msg = f"{path} cannot be written: {problem.strerror or problem}."
        raise BadArgument(msg) from problem
