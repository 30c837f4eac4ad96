"""Dates as people write them: a day, a month, a year or a span in evidence; the words of a deadline; the date of a text."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

from summitry.case.fields import FIRST, LAST
from summitry.case.source import plain
from summitry.errors import BadArgument

Span = tuple[dt.date, dt.date]

_LOOSE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?!\d)")
_WRITTEN = re.compile(r"(?:(?P<first>\d{4})-)?(\d{4})|(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


def exact_period(text: str) -> Span | None:
    """First and last day of a text that is just a date: 2018, 2018-10, 2018-10-05, or 2000-2018 (its last year); else None."""
    match = _WRITTEN.fullmatch(text)
    if match is None or (match["first"] or "") > (match[2] or match[3]):
        return None
    try:
        return _span(match[2] or match[3], match[4], match[5])
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
    spans = [_in_text(*match.groups()) for match in _LOOSE.finditer(text)]
    return exact_period(text) or (max(spans, key=lambda span: (span[1], span[0])) if spans else None)


def periods(text: str) -> list[Span]:
    """First and last day of every date in a text that has at least a month: a bare number is not read as a year."""
    return [span for _, span in worded_periods(text)]


def worded_periods(text: str) -> list[tuple[str, Span]]:
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


MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?"
    r"|Dec(?:ember)?)\b\.?"
)
YEAR = r"(?:19|20)\d\d"
DATE = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:\d{4}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}(?:,?\s+{YEAR})?"
    rf"|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s+{YEAR})?|\d{{1,2}}[./]\d{{1,2}}[./]{YEAR})"
)
FEW = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45,
    "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip
_ENDS = {"first": 3, "second": 6, "third": 9, "fourth": 12, "last": 12}
_DUE = r"\b(?:by|before|until|till|than|from|after|on)\s+$"
_SIGNED = r"(?i)\b(?:signed|done|dated|held|adopted|concluded|agreed|made|met)\b[^.;]*\bon\s+$"
_OTHER = r"\s+(?:\w+\s+){0,2}(?:Declaration|Statement|Agreement|Treaty|Plan|Protocol|Accord|Framework|Letter|Contract)\b"
"""What stands around the day of a duty or of another text; "on" names the day of this one after "signed" and the like."""
_FULL = rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH},?\s+{YEAR}|{MONTH}\s+\d{{1,2}},?\s+{YEAR}"


@lru_cache(maxsize=4096)
def last_day(words: str, signed: dt.date | None = None) -> str:
    """The last day of a date in words, as ISO date; without a year, the first such day after `signed`; empty if there is none."""
    year = re.search(YEAR, words)
    if year is None and signed is None:
        return ""
    if signed is not None and re.search(r"\b(?:this|next|the|current)\s+year\b", words):
        return f"{signed.year + ('next' in words)}-12-31"
    part = re.search(r"\b(first|second|third|fourth|last)\s+(quarter|half)\b", words, re.IGNORECASE)
    if part is not None and year is not None:
        return _month_end(int(year[0]), _ENDS[part[1].lower()] * (2 if part[2].lower() == "half" else 1))
    month = re.search(rf"\b{MONTH}", words)
    if month is None and not re.search(r"\d[-./]\d", words):
        early = re.search(r"\b(?:beginning|start)\b", words)
        return f"{year[0]}-{'01-01' if early else '12-31'}" if year else ""
    return _parsed(
        words[month.start() if month and not re.search(r"\d\W{0,4}(?:of\s+)?$", words[: month.start()]) else 0 :], signed
    )


def _parsed(words: str, signed: dt.date | None) -> str:
    from dateutil.parser import parse
    from dateutil.relativedelta import relativedelta

    default = dt.datetime(signed.year if signed else 2000, 1, 1)  # noqa: DTZ001 (a calendar day has no time zone)
    bare = re.sub(r"\b(?:of|the|on|by)\b", " ", words, flags=re.IGNORECASE)

    try:
        day = parse(bare, default=default, fuzzy=True).date()
        if not re.search(YEAR, words) and signed is not None and day < signed:
            day += relativedelta(years=1)
        has_day = re.search(r"\d{4}-\d\d-\d\d|\d[./]\d|(?<!\d)\d{1,2}(?!\d)", bare)
        return day.isoformat() if has_day else _month_end(day.year, day.month)
    except (ValueError, OverflowError):  # 31 June and the like name no day
        return ""


def later(count: str, unit: str, signed: dt.date) -> str:
    """The day so many hours, days, weeks, months, quarters or years after `signed`; empty beyond the calendar."""
    from dateutil.relativedelta import relativedelta

    number = int(count) if count.isdigit() else FEW[count.lower()]
    unit = unit.lower().rstrip("s")
    steps = {"month": (number, 0), "quarter": (3 * number, 0), "year": (12 * number, 0), "week": (0, 7 * number)}
    months, days = steps.get(unit, (0, -(-number // 24) if unit == "hour" else number))
    try:
        return (signed + relativedelta(months=months, days=days)).isoformat()
    except (OverflowError, ValueError):  # beyond the year 9999
        return ""


def _month_end(year: int, month: int) -> str:
    return dt.date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def of_text(name: str, text: str) -> tuple[dt.date | None, str]:
    """The date of a text and how it is known: a year in its name with the first day of that year in the text, else its first day.

    Notes (lines that begin with #) do not count. A year without a day stands for its last day, so that a text counts as earlier
    only where that is certain.
    """
    body = re.sub(r"(?m)^[ \t]*#.*$", lambda note: " " * len(note[0]), text[:20_000])
    year = re.search(rf"(?<!\d){YEAR}(?!\d)", name)
    days = [
        dt.date.fromisoformat(iso)
        for match in re.finditer(_FULL, body)
        if _its_own(body[max(0, match.start() - 100) : match.start()], body[match.end() : match.end() + 60])
        and (iso := last_day(match[0]))
    ]
    if year is None:
        return (days[0], "the first day in the text") if days else (None, "neither its name nor the text gives a date")
    same = [day for day in days if day.year == int(year[0])]
    if same:
        return same[0], "the first day in the text of the year in its name"
    return dt.date(int(year[0]), 12, 31), "the year in its name; the text gives no day"


def line_of(day: dt.date, text: str) -> int | None:
    """The line of a text that names this day first; None where the text names it nowhere."""
    for number, line in enumerate(text[:20_000].splitlines(), 1):
        if not line.lstrip().startswith("#") and any(last_day(match[0]) == day.isoformat() for match in re.finditer(_FULL, line)):
            return number
    return None


def _its_own(before: str, after: str) -> bool:
    """Whether a day between these words may be the day of the text itself."""
    return not re.match(_OTHER, after) and (not re.search(_DUE, before) or bool(re.search(_SIGNED, before)))
