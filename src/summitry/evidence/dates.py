"""Dates as evidence gives them: a day, a month, a year, or the last year of a span."""

from __future__ import annotations

import calendar
import datetime as dt
import re

_LOOSE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?!\d)")


def period(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of the latest date in `text`: 2018, 2018-10, 2018-10-05, or 2000-2018 (its last year); or None."""
    found = [_span(*match.groups()) for match in _LOOSE.finditer(text)]
    return max(found, key=lambda span: (span[1], span[0])) if found else None


def named(text: str) -> list[tuple[dt.date, dt.date]]:
    """First and last day of every date in `text` that has at least a month: a bare number is not read as a year."""
    return [_span(*match.groups()) for match in _LOOSE.finditer(text) if match[2]]


def _span(year: str, month: str | None, day: str | None) -> tuple[dt.date, dt.date]:
    if month is None:
        return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
    last = calendar.monthrange(int(year), int(month))[1]
    if day is None:
        return dt.date(int(year), int(month), 1), dt.date(int(year), int(month), last)
    exact = dt.date(int(year), int(month), min(int(day), last))
    return exact, exact
