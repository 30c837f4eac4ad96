"""A table that stands by itself, outside of any case: read with the same care and the same messages as a case's evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from summitry.case import tables
from summitry.case.source import TABLE_LIMIT, Folder, is_file, plain, target
from summitry.errors import BadArgument, CaseInvalid

if TYPE_CHECKING:
    from summitry.case.tables import Table

Row = TypeVar("Row", bound=BaseModel)


def table(name: str, model: type[Row]) -> Table[Row]:
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
        found, wrong = tables.parse(text, path.name, model)
        problems += wrong
        if not any(problem.level == "error" for problem in problems):
            if not found.rows:
                msg = f"{plain(name)} has a header and no row: add a row for each thing that it tells of."
                raise BadArgument(msg)
            return found
    raise CaseInvalid((p for p in problems if p.level == "error"), "The table")
