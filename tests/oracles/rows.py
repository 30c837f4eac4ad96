"""Event files read the obvious way: decode, let Python's own csv split, its datetime and float read."""

from __future__ import annotations

import csv
import datetime as dt
import io
from contextlib import suppress

Row = tuple[dt.date, int, int, float, list[str]]


def events(text: str, columns: dict[str, int], width: int, separator: str, quote: str | None) -> list[Row | None]:
    """For each row date, root, quad, score, and id, source, target, code and story; None where it cannot be used."""
    file = io.StringIO(text, newline="")
    plain = csv.reader(file, delimiter=separator, quoting=csv.QUOTE_NONE)
    rows = csv.reader(file, delimiter=separator, quotechar=quote) if quote else plain
    return [_event({name: row[at].strip() for name, at in columns.items()}) if len(row) == width else None for row in rows if row]


def _event(row: dict[str, str]) -> Row | None:
    date, root, score = _date(row["date"]), row["code"][:2], _number(row["score"])
    quad, added = _number(row["quad"] or "0"), _date(row["added"]) if row["added"] else dt.date.max
    if date is None or added is None or score is None or quad is None or not root.isdecimal() or not 1 <= int(root) <= 20:
        return None
    if date > added or abs(score) > 10 or quad not in (range(1, 5) if row["quad"] else [0]):
        return None
    return (
        date,
        int(root),
        int(quad),
        score,
        [*(row[name] for name in ("id", "source", "target", "code")), row["story"] or row["id"]],
    )


def _date(text: str) -> dt.date | None:
    for form in ("%Y%m%d", "%Y%m%d%H%M%S", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d"):
        with suppress(ValueError):
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date()
    return None


def _number(text: str) -> float | None:
    with suppress(ValueError):
        return float(text)
    return None
