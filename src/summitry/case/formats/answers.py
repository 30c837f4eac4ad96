"""The sheet that a party fills in instead of being asked: a score sheet with its column alone, and a reason for each issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.case.source import shown

from .files import Place
from .xlsx import HEADS, PARTIES, VALUES, WHY, open_book, read
from .xlsx_out import workbook
from .yaml_out import number

if TYPE_CHECKING:
    from summitry.case.types import CaseFile

    from .files import Source
    from .scenario import Points
    from .xlsx_out import Table

HELP = (
    "values: points for each option on one scale, 0 being today's state, below 0 where the option is worse for you.",
    "A cell holds a number, or better a range as text: [low, most likely, high]. Each option needs one, 0 where you do not care.",
    "parties: the least total that a deal must bring you (reservation), and who answers, in which role and when (basis).",
    "why: the reason for each issue's points; it may stay empty.",
    "Formulas are never evaluated: paste values.",
)


def empty(file: CaseFile, party: str) -> bytes:
    """A sheet with every option of the case and an empty column for the party's points."""
    values: Table = [[*HEADS[VALUES], party]]
    for name, issue in file.issues.items():
        values += [[name if k == 0 else None, option, 0.0 if k == 0 else None] for k, option in enumerate(issue.options)]
    parties: Table = [list(HEADS[PARTIES]), [party, party, None, None, None]]
    why: Table = [list(HEADS[WHY])]
    why += [[name, None] for name in file.issues]
    return workbook({VALUES: values, PARTIES: parties, WHY: why, "help": [[line] for line in HELP]})


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
    return number(mode) if low == high else "..".join(map(number, points))
