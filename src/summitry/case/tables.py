"""Tables: CSV with a header, each row with the line where it begins: of evidence, of a plan, and those that stand alone."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import typing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from summitry.case.fields import Doc
from summitry.case.source import TABLE_LIMIT, Folder, is_file, plain, shown, target
from summitry.case.words import in_words, suggest
from summitry.case.yaml import TEXT_LIMIT
from summitry.errors import BadArgument, CaseInvalid, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


Row = TypeVar("Row", bound=BaseModel)
ROWS_LIMIT = 100_000
PROBLEMS_LIMIT = 100
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
Fault: TypeAlias = tuple[str, str, str]
"""Where in the table, what is wrong, and what would be right."""
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """The good rows of one table with the line of each."""

    file: str
    rows: tuple[Row, ...] = ()
    lines: tuple[int, ...] = ()

    def error(self, index: int, column: str, what: str, remedy: str) -> Problem:
        """What makes one cell of row `index` unusable."""
        line = self.lines[index]
        return Problem(self.file, line, None, f"row {line}, column {column}", what, remedy)

    def warning(self, index: int, column: str, what: str, remedy: str) -> Problem:
        """What is worth a second look in one cell of row `index`."""
        return replace(self.error(index, column, what, remedy), level="warning")


def parse(text: str, file: str, model: type[Row]) -> tuple[Table[Row], list[Problem]]:
    """Read the table's text; rows with a problem are left out of the table."""
    file = plain(file)
    problems: list[Problem] = []
    header: tuple[str, ...] | None = None
    good: list[tuple[int, Row]] = []

    def note(line: int, *faults: Fault) -> None:
        problems.extend(Problem(file, line, None, *fault) for fault in faults)

    for line, cells in _records(text):
        if isinstance(cells, str):
            note(line, ("", *_trouble(cells)))
        elif header is None and any(cells):
            header = tuple(cells)
            faults = _header(header, model)
            note(line, *faults)
            if faults:
                break
        elif header is not None and any(cells):
            row = _row(header, cells, line, model)
            if not isinstance(row, list):
                good.append((line, row))
            else:
                note(line, *row)
            if len(problems) > PROBLEMS_LIMIT:
                note(line, ("", f"more than {PROBLEMS_LIMIT} problems; the rest is not shown", "Mend these first."))
                break
            if len(good) > ROWS_LIMIT:
                note(line, ("", f"this table has more than {ROWS_LIMIT} rows", "Keep the rows that matter for this case."))
                break
    if header is None and not problems:
        note(1, ("", "this table is empty", f"Begin with the header {','.join(model.model_fields)}, or remove the file."))
    return Table(file, tuple(row for _, row in good), tuple(line for line, _ in good)), problems


def _records(text: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each record with the line where it begins (it may span lines within quotes); at the end the reader's trouble, if any."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, str(error)
            return
        yield line, [cell.strip() for cell in cells]


def _trouble(message: str) -> tuple[str, str]:
    if "field larger" in message:
        return "a cell is absurdly long", "Close the quotes of the cell before it, or shorten it."
    if "unexpected end of data" in message:
        return "a text in quotes does not end", 'Close the quotes; within quotes write "" for a quotation mark.'
    return "the quotes in this row do not fit", 'Put the whole cell in quotes; within quotes write "" for a quotation mark.'


def _header(header: tuple[str, ...], model: type[BaseModel]) -> list[Fault]:
    fields = model.model_fields
    mark = next((name for sign, name in SEPARATORS.items() if sign in header[0]), None) if len(header) == 1 else None
    if mark is not None:
        return [("", f"the columns are separated by {mark}", "Save the table as CSV with commas.")]
    faults: list[Fault] = []
    for name in dict.fromkeys(header):
        column = f"column {plain(name)}"
        if name not in fields:
            remedy = suggest(name, [k for k in fields if k not in header]) if name else "Give the column a name, or remove it."
            faults.append((column if name else "", f"{shown(name)} is not a column of this table", remedy))
        if header.count(name) > 1:
            faults.append((column, f"{shown(name)} stands in the header twice", "Keep one of them."))
    missing = [name for name, info in fields.items() if info.is_required() and name not in header]
    remedy = "Add it to the header and to every row."
    return faults + [(f"column {name}", f"the column {shown(name)} is missing", remedy) for name in missing]


def _row(header: tuple[str, ...], cells: list[str], line: int, model: type[Row]) -> Row | list[Fault]:
    if len(cells) != len(header):
        what = f"this row has {len(cells)} cells, and the header has {len(header)}"
        return [(f"row {line}", what, "Put cells that contain a comma in quotes, and keep empty cells between commas.")]
    filled = {column: cell for column, cell in zip(header, cells, strict=True) if cell}
    troubles = {column: trouble for column, cell in filled.items() if (trouble := _cell(column, cell, model)) is not None}
    for column in header:
        if column not in filled and model.model_fields[column].is_required():
            troubles[column] = "nothing stands here", _EMPTY.get(column, "Write a value.")
    try:
        row = model.model_validate({column: cell for column, cell in filled.items() if column not in troubles})
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            troubles.setdefault(str(fault["loc"][0]), in_words(fault, model))
    else:
        if not troubles:
            return row
    return [(f"row {line}, column {column}", *trouble) for column, trouble in troubles.items()]


def _cell(column: str, cell: str, model: type[BaseModel]) -> tuple[str, str] | None:
    """What is wrong with a filled cell, before its value is looked at."""
    numbers, dates = _columns(model)
    if len(cell) > TEXT_LIMIT:
        return f"this cell has {len(cell)} characters", f"At most {TEXT_LIMIT} are read: shorten it."
    if column in numbers and not _NUMBER.fullmatch(cell):
        remedy = "Write digits with a point for decimals, such as 12.5, and no unit or thousands mark."
        return f"a number is expected, found {shown(cell)}", remedy
    if column in dates and not _DATE.fullmatch(cell):
        return f"a date is expected, found {shown(cell)}", "Write year-month-day, such as 2019-02-15."
    return None


_EMPTY = {
    "source": "Say who says so and where it can be read; a row without source is not evidence.",
    "as_of": "Say for when it holds: a year, a month (2018-06) or a day.",
    "date": "Write year-month-day, such as 2019-02-15.",
}


@cache
def _columns(model: type[BaseModel]) -> tuple[frozenset[str], frozenset[str]]:
    """The columns that hold numbers and those that hold dates."""
    kinds = {
        name: {hint, *typing.get_args(hint)} for name, hint in typing.get_type_hints(model).items() if name in model.model_fields
    }
    return frozenset(n for n, k in kinds.items() if float in k), frozenset(n for n, k in kinds.items() if dt.date in k)


def read_table(name: str, model: type[Row]) -> Table[Row]:
    """The rows of a CSV file; raises CaseInvalid with every problem, BadArgument where there is no such file or no row."""
    path = Path(name)
    place = target(path)  # a link that the user names is the user's choice; within a case none is followed
    folder = Folder(place.parent)
    if not name or not path.name or not is_file(place):
        msg = f"There is no table {plain(name)!r}: give a CSV file with the header {','.join(model.model_fields)}."
        raise BadArgument(msg)
    text = folder.text(place.name, TABLE_LIMIT, required=True)
    problems = list(folder.problems)
    if text is not None:
        content, wrong = parse(text, path.name, model)
        problems += wrong
        if not any(problem.level == "error" for problem in problems):
            if not content.rows:
                msg = f"{plain(name)} has a header and no row: add a row for each thing that it tells of."
                raise BadArgument(msg)
            return content
    raise CaseInvalid((p for p in problems if p.level == "error"), "The table")


class Status(Doc):
    """One row of a status file: what became of a step, on which day, by which evidence; `what` is the step in words.

    `by` names who is late, disputes or broke a step that several give at once, joined by +; empty means all who give it.
    `broken_by` says in words who did it, where that is not who signed: the next government, a parliament.
    """

    step: str
    status: Literal["done", "late", "disputed", "open", "broken"]
    date: dt.date | None = None
    evidence: str = ""
    note: str = ""
    what: str = ""
    by: str = ""
    broken_by: str = ""

    @property
    def blamed(self) -> tuple[str, ...]:
        """The parties that `by` names."""
        return tuple(name.strip() for name in self.by.split("+") if name.strip())


def read_status(path: Path, steps: Mapping[str, str], givers: Mapping[str, Sequence[str]], start: dt.date) -> dict[str, Status]:
    """The rows by step, of a plan that begins on `start`; BadArgument with every problem at once.

    `steps` and `givers` say, by the step's id, what it is in words and who gives it.
    """
    folder = Folder(path.parent)
    text = folder.text(path.name, TABLE_LIMIT, required=True)
    table, problems = (None, []) if text is None else parse(text, path.name, Status)
    rows: dict[str, Status] = {}
    if table is not None:
        for at, row in enumerate(table.rows):
            problems += _checked(table, at, row, steps, start, row.step in rows)
            problems += _blame(table, at, row, givers.get(row.step, ()))
            rows.setdefault(row.step, row)
    wrong = [problem for problem in (*folder.problems, *problems) if problem.level == "error"]
    if wrong:
        head = f"The status file {plain(str(path))} cannot be used as it is; problems: {len(wrong)}."
        raise BadArgument("\n".join([head, *map(str, wrong)]))
    return rows


def _checked(table: Table[Status], at: int, row: Status, steps: Mapping[str, str], start: dt.date, again: bool) -> list[Problem]:  # noqa: FBT001 (a row's own state)
    problems = []
    if row.step not in steps:
        problems.append(table.error(at, "step", f"{shown(row.step)} is no step of this plan", suggest(row.step, steps)))
    elif row.what and row.what != steps[row.step]:
        what = f"{row.step} is now {shown(steps[row.step])}, and the table says {shown(row.what)}"
        problems.append(table.error(at, "what", what, "The plan has changed since: write the table anew with --template."))
    if again:
        problems.append(table.error(at, "step", f"{row.step} stands in two rows", "Keep the latest one."))
    if row.status in {"done", "disputed", "broken"} and row.date is None:
        problems.append(table.error(at, "date", f"{row.status} on no day", "Write the day, such as 2019-04-01."))
    if row.date is not None and not start <= row.date < dt.date(2500, 1, 1):
        what = f"{row.date} lies outside of the plan, which begins on {start}"
        problems.append(table.error(at, "date", what, "Correct the date, or give the plan's first day with --start."))
    return problems


def _blame(table: Table[Status], at: int, row: Status, givers: Sequence[str]) -> list[Problem]:
    """Blame falls on who gives the step, and only where something went wrong."""
    for column, named in (("by", row.blamed), ("broken_by", row.broken_by.strip())):
        if named and row.status not in {"late", "disputed", "broken"}:
            what = f"{row.step} is {row.status}, and the table says who failed"
            return [table.error(at, column, what, f"Leave `{column}` empty, or write late, disputed or broken.")]
    strangers = [name for name in row.blamed if name not in givers] if givers else []
    return [table.error(at, "by", f"{shown(name)} does not give {row.step}", suggest(name, givers)) for name in strangers]


def status_template(steps: Mapping[str, str]) -> bytes:
    """A status file in which every step is open."""
    stream = io.StringIO()
    rows: list[Sequence[str]] = [("step", "status", "date", "evidence", "note", "what", "by", "broken_by")]
    rows += [(step, "open", "", "", "", what, "", "") for step, what in steps.items()]
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()
