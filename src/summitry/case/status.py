"""What has become of a plan: a table with one row for each step."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Literal

from summitry.case import tables
from summitry.case.fields import Doc
from summitry.case.source import TABLE_LIMIT, Folder, plain, shown
from summitry.case.words import suggest
from summitry.errors import BadArgument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from summitry.case.tables import Table
    from summitry.errors import Problem


class Status(Doc):
    """One row of a status file: what became of a step, on which day, by which evidence; `what` is the step in words.

    `by` names who is late, disputes or broke a step that several give at once, joined by +; empty means all who give it.
    """

    step: str
    status: Literal["done", "late", "disputed", "open", "broken"]
    date: dt.date | None = None
    evidence: str = ""
    note: str = ""
    what: str = ""
    by: str = ""

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
    table, problems = (None, []) if text is None else tables.parse(text, path.name, Status)
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
        problems.append(table.problem(at, "step", f"{shown(row.step)} is no step of this plan", suggest(row.step, steps)))
    elif row.what and row.what != steps[row.step]:
        what = f"{row.step} is now {shown(steps[row.step])}, and the table says {shown(row.what)}"
        problems.append(table.problem(at, "what", what, "The plan has changed since: write the table anew with --template."))
    if again:
        problems.append(table.problem(at, "step", f"{row.step} stands in two rows", "Keep the latest one."))
    if row.status in {"done", "disputed", "broken"} and row.date is None:
        problems.append(table.problem(at, "date", f"{row.status} on no day", "Write the day, such as 2019-04-01."))
    if row.date is not None and not start <= row.date < dt.date(2500, 1, 1):
        what = f"{row.date} lies outside of the plan, which begins on {start}"
        problems.append(table.problem(at, "date", what, "Correct the date, or give the plan's first day with --start."))
    return problems


def _blame(table: Table[Status], at: int, row: Status, givers: Sequence[str]) -> list[Problem]:
    """Blame falls on who gives the step, and only where something went wrong."""
    if row.blamed and row.status not in {"late", "disputed", "broken"}:
        what = f"{row.step} is {row.status}, and the table says who failed"
        return [table.problem(at, "by", what, "Leave `by` empty, or write late, disputed or broken.")]
    strangers = [name for name in row.blamed if name not in givers] if givers else []
    return [table.problem(at, "by", f"{shown(name)} does not give {row.step}", suggest(name, givers)) for name in strangers]


def template(steps: Mapping[str, str]) -> bytes:
    """A status file in which every step is open."""
    stream = io.StringIO()
    rows: list[Sequence[str]] = [("step", "status", "date", "evidence", "note", "what", "by")]
    rows += [(step, "open", "", "", "", what, "") for step, what in steps.items()]
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()
