"""How an answer becomes one JSON object, and how a day is read."""

from __future__ import annotations

import datetime as dt
import json

from summitry.brief import export
from summitry.case.source import plain
from summitry.errors import BadArgument


def as_json(result: object, *, rounded: bool = True) -> str:
    """One documented object for --json; rounded as in findings.json unless every digit is asked for."""
    plain = export.plain(result) if rounded else result
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False)


def day(text: str) -> dt.date:
    """A plain date; BadArgument where it is none, or one that no calendar of ours reaches."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or len(text) != len("2019-02-15") or not dt.date(1800, 1, 1) <= found < dt.date(2500, 1, 1):
        msg = f"A date is written year-month-day, such as 2019-02-15; found {plain(text)!r}."
        raise BadArgument(msg)
    return found
