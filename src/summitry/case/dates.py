"""Dates as evidence gives them: a day, a month, a year, or the last year of a span; alone, or within a text."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from summitry.case.fields import FIRST, LAST
from summitry.case.source import plain
from summitry.errors import BadArgument

Span = tuple[dt.date, dt.date]

_LOOSE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_WRITTEN = re.compile(r"(?:(?P<first>\d{4})-)?(\d{4})|(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


def written(text: str) -> Span | None:
    """First and last day of a text that is just a date: 2018, 2018-10, 2018-10-05, or 2000-2018 (its last year); else None."""
    found = _WRITTEN.fullmatch(text)
    if found is None or (found["first"] or "") > (found[2] or found[3]):
        return None
    try:
        return _span(found[2] or found[3], found[4], found[5])
    except ValueError:  # a month or a day that no calendar has
        return None


def read_day(text: str) -> dt.date:
    """A plain date; raises BadArgument where it is none, or one that no calendar of ours reaches."""
    try:
        date = dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) else None
    except ValueError:
        date = None
    if date is None:
        msg = f"A date is written year-month-day, such as 2019-02-15, and must be in the calendar; found {plain(text)!r}."
        raise BadArgument(msg)
    if not FIRST <= date <= LAST:
        msg = f"A date must lie between {FIRST} and {LAST}; found {date}."
        raise BadArgument(msg)
    return date


def period(text: str) -> Span | None:
    """First and last day of the latest date in a text; the whole text where it is nothing but a date; None where it has none."""
    found = [_in_text(*match.groups()) for match in _LOOSE.finditer(text)]
    return written(text) or (max(found, key=lambda span: (span[1], span[0])) if found else None)


def named(text: str) -> list[Span]:
    """First and last day of every date in a text that has at least a month: a bare number is not read as a year."""
    return [span for _, span in mentioned(text)]


def mentioned(text: str) -> list[tuple[str, Span]]:
    """The same with the words of each."""
    return [(match[0], _in_text(*match.groups())) for match in _LOOSE.finditer(text) if match[2]]


def _in_text(year: str, month: str | None, day: str | None) -> Span:
    """A date within a text, whose day is no later than the last of its month."""
    if month is None or day is None:
        return _span(year, month, day)
    last = calendar.monthrange(int(year), int(month))[1]
    return _span(year, month, str(min(int(day), last)))


def _span(year: str, month: str | None, day: str | None) -> Span:
    """Raises ValueError for what no calendar has."""
    if month is None:
        return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
    if day is None:
        first = dt.date(int(year), int(month), 1)
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    exact = dt.date(int(year), int(month), int(day))
    return exact, exact
