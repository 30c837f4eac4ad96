"""How an answer becomes one JSON object, and how a day is read."""

from __future__ import annotations

import datetime as dt
import json
import re

from summitry.case.fields import FIRST, LAST
from summitry.case.source import plain
from summitry.errors import BadArgument
from summitry.report import data


def as_json(result: object, *, rounded: bool = True) -> str:
    """One documented object for --json; rounded as in findings.json unless every digit is asked for."""
    plain = data.plain(result) if rounded else result
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False)


def day(text: str) -> dt.date:
    """A plain date; BadArgument where it is none, or one that no calendar of ours reaches."""
    try:
        found = dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:
        found = None
    if found is None:
        msg = f"A date is written year-month-day, such as 2019-02-15, and must be in the calendar; found {plain(text)!r}."
        raise BadArgument(msg)
    if not FIRST <= found <= LAST:
        msg = f"A date must lie between {FIRST} and {LAST}; found {found}."
        raise BadArgument(msg)
    return found
