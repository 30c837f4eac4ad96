"""The score sheet as a spreadsheet: one row for each option, one column for each party; read, written, and as an empty template.

Sheets: `values` (issue, option, then a column for each party; a blank issue is the one above), `parties` (party, id,
reservation, discount, basis), and where combinations count `together` (party, term, value, issue, option); interviews also read
`why` (issue, why). A cell holds a number, or a range as text: [2, 5, 9]. A formula is never evaluated, and never written: texts
that begin like one stay texts.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from summitry.case.source import plain, shown
from summitry.errors import ExtraMissing

from .files import Place, write_file
from .scenario import MOST_ISSUES, MOST_PARTIES, Matter, Points, Profile, Scenario, Term, point
from .xml import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from .files import Source

VALUES, PARTIES, TOGETHER, WHY = "values", "parties", "together", "why"
MOST_ROWS = 200_000
MOST_UNPACKED = 128 * 2**20
HEADS: Mapping[str, tuple[str, ...]] = {
    VALUES: ("issue", "option"),
    PARTIES: ("party", "id", "reservation", "discount", "basis"),
    TOGETHER: ("party", "term", "value", "issue", "option"),
    WHY: ("issue", "why"),
}
BROKEN = (
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    EOFError,
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What zipfile, zlib and openpyxl raise on a damaged workbook."""

Row = list["Cell"]


class Cell:
    """One cell: what it holds, and where it stands."""

    def __init__(self, value: object, kind: str, place: Place) -> None:
        self.value, self.kind, self.place = value, kind, place

    def refuse_formula(self) -> None:
        """Refuse what is computed, and what could not be."""
        if self.kind == "f":
            self.place.refuse(
                "a formula stands here, and formulas are never evaluated", "Put its value in its place (copy, paste values)"
            )
        if self.kind in {"e", "b", "d"}:
            self.place.refuse(
                f"{shown(str(self.value))} is neither text nor number here", "Format the cell as text, or write a number"
            )

    def text(self) -> str:
        """Return the cell as a name; a whole number without its decimals."""
        self.refuse_formula()
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return "" if self.value is None else str(self.value)

    def points(self) -> Points:
        """Return the cell as a number or a rising range [low, mode, high]."""
        self.refuse_formula()
        if isinstance(self.value, (int, float)):
            return point(number(repr(self.value), "the cell", self.place))
        words = re.fullmatch(r"\[([^,;]*)[,;]([^,;]*)[,;]([^,;]*)\]", str(self.value or "").strip())
        if words is None:
            if self.value is None:
                self.place.refuse("there is no value here", "Write a number, 0 where the party does not care")
            return point(number(str(self.value), "the cell", self.place))
        low, mode, high = (number(word, "the cell", self.place) for word in words.groups())
        if not low <= mode <= high:
            self.place.refuse(f"the range {shown(str(self.value))} does not rise", "Write [low, most likely, high]")
        return low, mode, high


def recognises(source: Source) -> bool:
    """Whether a file is a workbook."""
    return source.suffix == ".xlsx"


def read(sources: Sequence[Source], _chosen: str | None, _convention: str) -> Scenario:
    """Read a score sheet; raises CaseInvalid with sheet, row and column, ExtraMissing where openpyxl is not installed."""
    if len(sources) != 1:
        Place(sources[1].name).refuse(f"{len(sources)} workbooks lie here", "Give the one file")
    source = sources[0]
    sheets = open_book(source)
    for name in (VALUES, PARTIES):
        if name not in sheets:
            Place(plain(source.name)).refuse(
                f"there is no sheet {name!r}", "Begin with the template, which has the sheets values and parties"
            )
    matters, columns = _values(sheets[VALUES], source.name)
    people = {row[0].text(): row for row in sheets[PARTIES][1:]}
    terms = _together(sheets.get(TOGETHER, [])[1:], matters)
    profiles = []
    for name, values in columns.items():
        if name not in people:
            Place(source.name, path=PARTIES).refuse(
                f"the party {shown(name)} has no row", "Give every column of values a row with its reservation"
            )
        _, stem, reservation, discount, basis = people[name][:5]
        share = discount.points()[1] if discount.value is not None else 1.0
        if not 0 < share <= 1:
            discount.place.refuse(f"the discount {share:g} lies outside ]0, 1]", "Write d of d^t with t from 0 to 1, or nothing")
        words = basis.text() or f"{plain(source.name)} (score sheet)"
        profiles.append(
            Profile(name, stem.text() or name, words, reservation.place, values, reservation.points(), share, terms.get(name, []))
        )
    for name, row in people.items():
        if name not in columns:
            row[0].place.refuse(f"the party {shown(name)} has no column of values", "Add the column, or remove the row")
    return Scenario("", matters, profiles, ["values are the points of the sheet"], used=[source.name])


def open_book(source: Source) -> dict[str, list[Row]]:
    """Read the sheets into rows of cells, the first of each its heads; rows without content are left out."""
    try:
        import openpyxl
    except ImportError:
        raise ExtraMissing("Spreadsheets", "openpyxl", "xlsx") from None
    _refuse_package(source)
    try:
        book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, keep_links=False)
        sheets = {name: list(_rows(book[name], source.name, name)) for name in HEADS if name in book.sheetnames}
    except BROKEN as error:
        Place(source.name).refuse(f"this is no readable workbook ({shown(str(error))})", "Save it as .xlsx again")
    for name, rows in sheets.items():
        heads = tuple(cell.text() for cell in rows[0][: len(HEADS[name])]) if rows else ()
        if heads != HEADS[name]:
            Place(source.name, 1, path=name).refuse(
                f"the heads are {shown(', '.join(heads))}", f"Write: {', '.join(HEADS[name])}"
            )
    return sheets


def _refuse_package(source: Source) -> None:
    """Refuse packages that unpack to too much, and parts that declare document types."""
    place = Place(source.name)
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
                place.refuse("the workbook unpacks to more than 128 MiB", "No score sheet is that large")
            parts = {part.filename: package.read(part) for part in package.infolist()}
    except BROKEN as error:
        place.refuse(f"this is no readable workbook ({shown(str(error))})", "Save it as .xlsx again")
    for name, data in parts.items():
        if b"<!DOCTYPE" in data.replace(b"\0", b"") and name.endswith((".xml", ".rels")):
            place.refuse(f"the part {shown(name)} declares a document type", "Save the workbook again with a spreadsheet program")


def _rows(sheet: Any, file: str, name: str) -> Iterator[Row]:  # noqa: ANN401 (openpyxl ships no types)
    sheet.reset_dimensions()
    width = max(len(HEADS[name]), 0 if name != VALUES else MOST_PARTIES + 2)
    for line, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=width), start=1):
        if line > MOST_ROWS:
            Place(file, line, path=name).refuse(f"the sheet has more than {MOST_ROWS} rows", "No score sheet is that long")
        cells = [
            Cell(cell.value, "" if cell.value is None else cell.data_type, Place(file, line, column, name))
            for column, cell in enumerate(row, start=1)
        ]
        cells += [Cell(None, "", Place(file, line, column, name)) for column in range(len(cells) + 1, len(HEADS[name]) + 1)]
        if any(cell.value is not None for cell in cells):
            yield cells


def _values(rows: Sequence[Row], file: str) -> tuple[list[Matter], dict[str, list[dict[str, Points]]]]:
    """Read the issues with their options, and each party's column."""
    heads = [cell for cell in rows[0][2:] if cell.value is not None]
    columns: dict[str, list[dict[str, Points]]] = {}
    for head in heads:
        if head.text() in columns:
            head.place.refuse(f"the party {shown(head.text())} has two columns", "Keep one")
        columns[head.text()] = []
    options: dict[str, list[str]] = {}
    current = ""
    for row in rows[1:]:
        issue, option = row[0].text() or current, row[1].text()
        if not issue or not option:
            row[1].place.refuse(
                "this row names no option, or stands above the first issue", "Write an option in every row of an issue"
            )
        if issue != current:
            _new_issue(row[0], issue, options, columns)
        current = issue
        if option in options[issue]:
            row[1].place.refuse(
                f"the option {shown(option)} of {shown(issue)} is named twice", "Give every option a name of its own"
            )
        options[issue].append(option)
        for head in heads:
            columns[head.text()][-1][option] = _cell(row, head.place.column).points()
    return [Matter(issue, tuple(names), Place(file, path=VALUES)) for issue, names in options.items()], columns


def _new_issue(cell: Cell, issue: str, options: dict[str, list[str]], columns: Mapping[str, list[dict[str, Points]]]) -> None:
    if issue in options:
        cell.place.refuse(f"the issue {shown(issue)} is named twice", "Keep the rows of an issue together")
    if len(options) == MOST_ISSUES:
        cell.place.refuse(f"there are more than {MOST_ISSUES} issues", "No score sheet is that long")
    options[issue] = []
    for column in columns.values():
        column.append({})


def _cell(row: Row, column: int | None) -> Cell:
    index = (column or 1) - 1
    return row[index] if index < len(row) else Cell(None, "", Place(row[0].place.file, row[0].place.line, column, VALUES))


def _together(rows: Iterable[Row], matters: Sequence[Matter]) -> dict[str, list[Term]]:
    """Read the terms by party; the rows of one term share its number and say its value once or alike."""
    numbers = {matter.name: i for i, matter in enumerate(matters)}
    whens: dict[tuple[str, str], dict[int, tuple[str, ...]]] = {}
    values: dict[tuple[str, str], Points] = {}
    for row in rows:
        key = (row[0].text(), row[1].text())
        issue, option = row[3].text(), row[4].text()
        if issue not in numbers or option not in matters[numbers[issue]].options:
            row[3].place.refuse(
                f"there is no option {shown(option)} of {shown(issue)}", "Name issue and option as in the sheet values"
            )
        if row[2].value is not None and values.setdefault(key, row[2].points()) != row[2].points():
            row[2].place.refuse("the term has two values", "Say the value once")
        if key not in values:
            row[2].place.refuse("the term has no value", "Write it in the term's first row")
        when = whens.setdefault(key, {})
        when[numbers[issue]] = (*when.get(numbers[issue], ()), option)
    terms: dict[str, list[Term]] = {}
    for (party, term), when in whens.items():
        terms.setdefault(party, []).append(Term(when, values[party, term]))
    return terms


def template(path: Path) -> Path:
    """Write an empty score sheet with two parties and two issues to replace; raises OutputInTheWay where a file stands."""
    from .xlsx_out import empty

    write_file(path, empty())
    return path
