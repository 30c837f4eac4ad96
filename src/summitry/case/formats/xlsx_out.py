"""Writing the score sheet: every text is written as text, whatever it begins with, and nothing in it depends on the clock."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING

from summitry.case.source import shown
from summitry.errors import BadArgument, ExtraMissing

from .scenario import from_case
from .xlsx import HEADS, MOST_ROWS, PARTIES, TOGETHER, VALUES
from .yaml_out import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summitry.case.types import Case

    from .scenario import Points, Scenario

    Table = list[list[str | float | None]]

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
    return mode if low == high else f"[{', '.join(map(number, points))}]"


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
