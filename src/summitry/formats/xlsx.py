"""The score sheet as a spreadsheet: one row for each option, one column for each party; read, written, and as an empty template.

Sheets: `values` (issue, option, then a column for each party; a blank issue is the one above), `parties` (party, id,
reservation, discount, basis), and where combinations count `together` (party, term, value, issue, option); interviews also read
`why` (issue, why). A cell holds a number, or a range as text: [2, 5, 9]. A formula is never evaluated, and never written: texts
that begin like one stay texts.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from summitry.case.source import plain, shown
from summitry.case.yaml import digits
from summitry.errors import BadArgument, ExtraMissing

from .files import Place, write_file
from .scenario import MOST_ISSUES, MOST_PARTIES, Matter, Points, Profile, Scenario, Term, from_case, point
from .trees import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from summitry.case.types import Case, CaseFile

    from .files import Source

    Table = list[list[str | float | None]]

VALUES, PARTIES, TOGETHER, WHY = "values", "parties", "together", "why"
MOST_ROWS = 200_000
MOST_UNPACKED = 128 * 2**20
HEADS: Mapping[str, tuple[str, ...]] = {
    VALUES: ("issue", "option"),
    PARTIES: ("party", "id", "reservation", "discount", "basis"),
    TOGETHER: ("party", "term", "value", "issue", "option"),
    WHY: ("issue", "why"),
}
BROKEN = (LookupError, ValueError, TypeError, AttributeError, OSError, EOFError, ParseError, zipfile.BadZipFile, zlib.error)
"""What zipfile, zlib and openpyxl raise on a damaged workbook."""

LONGEST = 32_767
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
HELP = (
    "Replace the issues, options and parties; add rows for options and columns for parties.",
    "Every party's points stand on its own scale: only their differences count, and only between options of this sheet.",
    "A cell holds a number, or a range as text: [low, most likely, high].",
    "reservation: the least total that the party would accept. discount: d of d^t with t from 0 to 1, or nothing.",
    "Formulas are never evaluated: paste values.",
)
ANSWERS_HELP = (
    "values: points for each option on one scale, 0 being today's state, below 0 where the option is worse for you.",
    "A cell holds a number, or better a range as text: [low, most likely, high]. Each option needs one, 0 where you do not care.",
    "parties: the least total that a deal must bring you (reservation), and who answers, in which role and when (basis).",
    "why: the reason for each issue's points; it may stay empty.",
    "Formulas are never evaluated: paste values.",
)

Row = list["Cell"]


class Cell:
    """One cell: what it holds, and where it stands."""

    def __init__(self, value: object, kind: str, place: Place) -> None:
        self.value, self.kind, self.place = value, kind, place

    def refuse_formula(self) -> None:
        """Refuse what is computed, and what could not be."""
        if self.kind == "f":
            what = "a formula stands here, and formulas are never evaluated"
            self.place.refuse(what, "Put its value in its place (copy, paste values)")
        if self.kind in {"e", "b", "d"}:
            what = f"{shown(str(self.value))} is neither text nor number here"
            self.place.refuse(what, "Format the cell as text, or write a number")

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
            what = f"there is no sheet {name!r}"
            Place(plain(source.name)).refuse(what, "Begin with the template, which has the sheets values and parties")
    matters, columns = _values(sheets[VALUES], source.name)
    people = {row[0].text(): row for row in sheets[PARTIES][1:]}
    terms = _together(sheets.get(TOGETHER, [])[1:], matters)
    profiles = []
    for name, values in columns.items():
        if name not in people:
            what = f"the party {shown(name)} has no row"
            Place(source.name, path=PARTIES).refuse(what, "Give every column of values a row with its reservation")
        _, stem, reservation, discount, basis = people[name][:5]
        share = discount.points()[1] if discount.value is not None else 1.0
        if not 0 < share <= 1:
            discount.place.refuse(f"the discount {share:g} lies outside]0, 1]", "Write d of d^t with t from 0 to 1, or nothing")
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
            what = f"the heads are {shown(', '.join(heads))}"
            Place(source.name, 1, path=name).refuse(what, f"Write: {', '.join(HEADS[name])}")
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
            what = "this row names no option, or stands above the first issue"
            row[1].place.refuse(what, "Write an option in every row of an issue")
        if issue != current:
            _new_issue(row[0], issue, options, columns)
        current = issue
        if option in options[issue]:
            what = f"the option {shown(option)} of {shown(issue)} is named twice"
            row[1].place.refuse(what, "Give every option a name of its own")
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
            what = f"there is no option {shown(option)} of {shown(issue)}"
            row[3].place.refuse(what, "Name issue and option as in the sheet values")
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
    write_file(path, empty())
    return path


def write(case: Case) -> dict[str, bytes]:
    """Write the case's values as a score sheet, ranges kept."""
    scenario = from_case(case)
    ids = list(case.file.parties)
    return {f"{case.name}.xlsx": workbook(_tables(scenario, ids))}


def empty() -> bytes:
    """Write the template: an example that can be read as it is."""
    values: Table = [[*HEADS[VALUES], "Party A", "Party B"]]
    values += [["Issue 1", "none", 0, 0], [None, "some", 4, -2], [None, "all", 10, -6]]
    values += [["Issue 2", "none", 0, 0], [None, "some", -1, "[2, 3, 5]"], [None, "all", -3, 8]]
    parties: Table = [list(HEADS[PARTIES]), ["Party A", None, 0, None, "who says so"], ["Party B", None, 0, None, "who says so"]]
    return workbook({VALUES: values, PARTIES: parties, "help": [[line] for line in HELP]})


def _tables(scenario: Scenario, ids: Sequence[str]) -> Mapping[str, Table]:
    names = [profile.name for profile in scenario.profiles]
    names = names if len(set(names)) == len(names) and all(names) else list(ids)
    values: Table = [[*HEADS[VALUES], *names]]
    for i, matter in enumerate(scenario.matters):
        for k, option in enumerate(matter.options):
            cells = [_points(profile.values[i][option]) for profile in scenario.profiles]
            values.append([None if k else matter.name, option, *cells])
    parties: Table = [list(HEADS[PARTIES])]
    together: Table = [list(HEADS[TOGETHER])]
    for name, party, profile in zip(names, ids, scenario.profiles, strict=True):
        parties.append([name, party, _points(profile.reservation), profile.discount, profile.basis])
        for n, term in enumerate(profile.terms, start=1):
            moves = [(scenario.matters[i].name, option) for i, options in term.when.items() for option in options]
            together += [[name, n, _points(term.value), issue, option] for issue, option in moves]
    return {VALUES: values, PARTIES: parties} | ({TOGETHER: together} if len(together) > 1 else {})


def _points(points: Points) -> str | float:
    low, mode, high = points
    return mode if low == high else f"[{', '.join(map(digits, points))}]"


def workbook(tables: Mapping[str, Table]) -> bytes:
    """A workbook, every text written as text; raises ExtraMissing without xlsxwriter, BadArgument for what no cell can hold."""
    try:
        import xlsxwriter  # type: ignore[import-untyped] # ships no types; what enters it is annotated here
    except ImportError:
        raise ExtraMissing("Spreadsheets", "xlsxwriter", "xlsx") from None
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": EPOCH.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    for name, rows in tables.items():
        if len(rows) > MOST_ROWS:
            msg = (
                f"The sheet {name} would have {len(rows)} rows, more than the {MOST_ROWS} that are read: write summitry instead."
            )
            raise BadArgument(msg)
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 2 if name == VALUES else 0)
        sheet.set_column(0, 1, 24)
        for i, row in enumerate(rows):
            for k, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(i, k, _text(value), bold if i == 0 else None)
                elif value is not None:
                    sheet.write_number(i, k, value)
    book.close()
    return stream.getvalue()


def _text(text: str) -> str:
    if len(text) > LONGEST or FORBIDDEN.search(text):
        msg = (
            f"{shown(text)} is too long for a cell, or has a character that none can hold: shorten it, or write summitry instead."
        )
        raise BadArgument(msg)
    return text


def for_party(file: CaseFile, party: str) -> bytes:
    """A sheet with every option of the case and an empty column for the party's points."""
    values: Table = [[*HEADS[VALUES], party]]
    for name, issue in file.issues.items():
        values += [[name if k == 0 else None, option, 0.0 if k == 0 else None] for k, option in enumerate(issue.options)]
    parties: Table = [list(HEADS[PARTIES]), [party, party, None, None, None]]
    why: Table = [list(HEADS[WHY])]
    why += [[name, None] for name in file.issues]
    return workbook({VALUES: values, PARTIES: parties, WHY: why, "help": [[line] for line in ANSWERS_HELP]})


def answers(source: Source, file: CaseFile, party: str) -> list[tuple[tuple[str, ...], str]]:
    """What a filled sheet says, as the answers of an interview in points; raises CaseInvalid with sheet, row and column."""
    sheet = read([source], None, "raw")
    profile = next((p for p in sheet.profiles if p.name == party), None)
    here = Place(source.name, path=VALUES)
    if profile is None:
        return here.refuse(f"no column is headed {shown(party)}", "Begin with the template: summitry elicit CASE --template FILE")
    values = {matter.name: (matter, points) for matter, points in zip(sheet.matters, profile.values, strict=True)}
    for name in values:
        if name not in file.issues:
            here.refuse(f"{shown(name)} is no issue of this case", "Begin with a new template: the case may have changed")
    reasons = {row[0].text(): row[1].text() for row in open_book(source).get(WHY, [])[1:]}
    lines: list[tuple[tuple[str, ...], str]] = [(("who",), profile.basis)]
    for name, issue in file.issues.items():
        if name not in values or set(values[name][0].options) != set(issue.options):
            here.refuse(f"the options of {shown(name)} are not those of the case", "Begin with a new template")
        points = values[name][1]
        if any(points[issue.status_quo]):
            here.refuse(f"{shown(issue.status_quo)} of {shown(name)} is today's state", "Its points are 0: count from it")
        why = " ".join(reasons.get(name, "").split())
        line = " ".join(_span(points[option]) for option in list(issue.options)[1:])
        lines.append((("points", name), f"{line}; {why}" if why else line))
    return [*lines, (("reservation",), _span(profile.reservation))]


def _span(points: Points) -> str:
    low, mode, high = points
    return digits(mode) if low == high else "..".join(map(digits, points))
