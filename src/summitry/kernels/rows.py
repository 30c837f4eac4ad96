"""A block of an event file cut into records, of which the few fields that are needed become arrays.

A record ends with `newline` and has its fields between `separator`s. Where `quote` is not 0, a field that begins with it goes on
to the quote that is not doubled, separators and line ends in it included; what follows up to the separator belongs to it. Blank
records are none. The fields that are needed, each without blanks around it:

- id, source, target, code: text in UTF-8 without control characters; story: any bytes, those of id where it is empty;
- date, and the day on which it was reported: 8 or 14 digits (YYYYMMDD, HHMMSS), or YYYY-M-D with - or /, and anything that
  does not begin with a digit; a day of the calendar;
- code: its first two characters, or its only one, are the number of a CAMEO root, 1 to 20;
- score: a decimal number within -10 to 10; quad: a number of 1 to 4, or empty, which gives 0.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Ints = NDArray[np.int64]

ID, SOURCE, TARGET, CODE, STORY, DATE, SCORE, ADDED, QUAD = range(9)
TEXTS = 5
"""The first of these parts are texts."""
FEW, MANY, BYTES, CONTROL, NO_DATE, NO_DAY, NO_ROOT, NO_SCORE, NO_QUAD, NO_REPORT, AHEAD, LATE = range(1, 13)
"""Why a record cannot be used. The compiled reader has these numbers built in, and a copy of it may be kept."""
ROOTS, QUADS, LIMIT = 20, 4, 10.0
DIGITS, POWERS = 18, 22
"""Digits of a score that are read, and the largest power of ten that a double holds exactly."""
TENS = np.array([10.0**power for power in range(POWERS + 1)])
EPOCH = dt.date(1970, 1, 1).toordinal()
FOREVER = np.iinfo(np.int32).max
NEVER = np.iinfo(np.int32).min
BAD = 4096
"""Records that are put aside at most before the compiled reader pauses."""
MARGIN = 64
"""Bytes that a block must have beyond those that are read."""

_DAY = re.compile(rb"(?:(\d{4})(\d\d)(\d\d)(?:\d{6})?|(\d{4})[-/](\d\d?)[-/](\d\d?))(?!\d)")
_NUMBER = re.compile(rb"([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?")


class Limits(NamedTuple):
    """What the compiled reader is told anew at every call, so that no copy of it holds an older law."""

    roots: int
    quads: int
    score: float
    digits: int


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns`: for id, source, target, code, story, date, score, added and quad the number of its column, -1 where none is.

    Records of fewer than `narrowest` or more than `widest` fields are put aside, those dated after the day `until` (from
    1970-01-01), too.
    """

    columns: tuple[int, ...]
    narrowest: int
    widest: int
    separator: int
    quote: int = 0
    newline: int = 10
    until: int = FOREVER


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """R records that can be used and B that cannot.

    `day` (R,): days from 1970-01-01; `root`, `quad` (R,) and `score` (R,); text k of record r is
    data[k, offsets[k, r]:offsets[k, r + 1]]. `bad` (B, 4): line, first byte, byte after the last, reason. `used`: bytes of
    the records that were read whole, the rest begins another; `lines`: line ends in them.
    """

    day: NDArray[np.int32]
    root: Bytes
    quad: Bytes
    score: NDArray[np.float32]
    offsets: NDArray[np.int32]
    data: Bytes
    bad: Ints
    used: int
    lines: int


def rows(block: Bytes, size: int, layout: Layout, line: int, *, compiled: bool) -> Rows:
    """The records in the first `size` bytes of a block, which begins with the record on `line` and has at least 64 bytes more.

    Both ways give the same arrays in the end; the compiled one stops before the last whole record where it has put many aside.
    """
    return _compiled(block, size, layout, line) if compiled else _reference(block[:size].tobytes(), layout, line)


def _compiled(block: Bytes, size: int, layout: Layout, line: int) -> Rows:
    from summitry.kernels import _rows_fast

    most = size // layout.narrowest + 1
    day, score = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.float32)
    root, quad = np.empty(most, dtype=np.uint8), np.empty(most, dtype=np.uint8)
    offsets, data = np.empty((TEXTS, most + 1), dtype=np.int32), np.empty((TEXTS, size), dtype=np.uint8)
    offsets[:, 0] = 0
    bad = np.empty((BAD, 4), dtype=np.int64)
    plain = np.empty(2 * size, dtype=np.uint8) if layout.quote else block
    room = np.empty((3, max(layout.widest + 1, len(layout.columns))), dtype=np.int64)
    kept, aside, used, lines = _rows_fast.read(
        block, size, plain, np.array(layout.columns), layout.narrowest, layout.widest, layout.separator, layout.quote,
        layout.newline, layout.until, line, day, root, quad, score, offsets, data, bad, room,
        Limits(ROOTS, QUADS, LIMIT, DIGITS),
    )  # fmt: skip
    return Rows(day[:kept], root[:kept], quad[:kept], score[:kept], offsets[:, : kept + 1], data, bad[:aside], used, lines)


def _reference(block: bytes, layout: Layout, line: int) -> Rows:
    """The slow twin of the compiled reader, and the one for files that are read before a compiler has been loaded."""
    kept: list[tuple[int, int, int, float]] = []
    texts: list[list[bytes]] = [[] for _ in range(TEXTS)]
    bad = []
    used = lines = 0
    for start, stop, fields in _records(block, layout):
        if stop > start:
            found = _record(fields, layout)
            if isinstance(found, int):
                bad.append((line + lines, start, stop, found))
            else:
                kept.append(found[0])
                for text, column in zip(found[1], texts, strict=True):
                    column.append(text)
        used = block.index(layout.newline, stop) + 1
        lines += block.count(layout.newline, start, used)
    offsets = np.zeros((TEXTS, len(kept) + 1), dtype=np.int32)
    data = np.zeros((TEXTS, len(block)), dtype=np.uint8)
    for k, column in enumerate(texts):
        offsets[k, 1:] = np.cumsum([len(text) for text in column])
        data[k, : offsets[k, -1]] = np.frombuffer(b"".join(column), dtype=np.uint8)
    day, root, quad, score = zip(*kept, strict=True) if kept else ((), (), (), ())
    return Rows(
        np.array(day, dtype=np.int32), np.array(root, dtype=np.uint8), np.array(quad, dtype=np.uint8),
        np.array(score, dtype=np.float32), offsets, data, np.array(bad, dtype=np.int64).reshape(-1, 4), used, lines,
    )  # fmt: skip


def _records(block: bytes, layout: Layout) -> Iterator[tuple[int, int, list[bytes]]]:
    """First byte, byte after the last and fields of every whole record; a carriage return before the line end is none of it."""
    separator, newline = bytes([layout.separator]), bytes([layout.newline])
    start = 0
    if not layout.quote:
        while (end := block.find(newline, start)) >= 0:
            stop = end - (block[start:end].endswith(b"\r"))
            yield start, stop, block[start:stop].split(separator)
            start = end + 1
        return
    quote = re.escape(bytes([layout.quote]))
    plain = rb"[^%b%b]*" % (re.escape(separator), re.escape(newline))
    field = re.compile(rb"(?:%b((?:[^%b]|%b%b)*+)%b)?(%b)([%b%b])" % (*(quote,) * 5, plain, re.escape(separator), newline))
    fields, at = [], 0
    while (match := field.match(block, at)) is not None and not (match[1] is None and match[2][:1] == bytes([layout.quote])):
        at = match.end()
        ends = match[3] == newline
        rest = match[2].removesuffix(b"\r") if ends else match[2]
        fields.append((match[1] or b"").replace(bytes([layout.quote]) * 2, bytes([layout.quote])) + rest)
        if ends:
            yield start, match.end(2) - (match[2] != rest), fields
            fields, start = [], at


def _record(fields: list[bytes], layout: Layout) -> int | tuple[tuple[int, int, int, float], list[bytes]]:
    """(day, root, quad, score) and the texts of a record, or why it cannot be used."""
    if not layout.narrowest <= len(fields) <= layout.widest:
        return FEW if len(fields) < layout.narrowest else MANY
    parts = [fields[c].strip(b" ") if 0 <= c < len(fields) else b"" for c in layout.columns]
    head, score = parts[CODE][:2], _score(parts[SCORE])
    root = int(head) if head.isdigit() else 0
    day, added = _day(parts[DATE]), _day(parts[ADDED]) if parts[ADDED] else FOREVER
    quad = _score(parts[QUAD]) if parts[QUAD] else 0.0
    checks = {
        NO_DATE: not parts[DATE],
        NO_DAY: day == NEVER,
        NO_ROOT: not 1 <= root <= ROOTS,
        NO_SCORE: score is None,
        NO_QUAD: bool(parts[QUAD]) and quad not in range(1, QUADS + 1),
        NO_REPORT: added == NEVER,
        AHEAD: day > added,
        LATE: day > layout.until,
        CONTROL: any(sign < ord(" ") for text in parts[:STORY] for sign in text),
        BYTES: not all(_utf8(text) for text in parts[:STORY]),
    }
    if any(checks.values()):
        return next(reason for reason, fails in checks.items() if fails)
    return (day, root, int(quad or 0), score or 0.0), [*parts[:STORY], parts[STORY] or parts[ID]]


def _day(text: bytes) -> int:
    found = _DAY.match(text)
    try:
        return NEVER if found is None else dt.date(*(int(part) for part in found.groups() if part)).toordinal() - EPOCH
    except ValueError:
        return NEVER


def _score(text: bytes) -> float | None:
    """A decimal number within the limits: its first digits that are not 0, times a power of ten; None where it is none."""
    found = _NUMBER.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return None
    whole, after = found[2], found[3] or b""
    digits = (whole + after).lstrip(b"0")
    power = int(found[4] or 0) - len(after) + max(0, len(digits) - DIGITS)
    value = float(int(digits[:DIGITS] or b"0"))
    if not value or power < -2 * POWERS:
        return 0.0
    if power > POWERS:
        return None
    value = value * TENS[power] if power >= 0 else value / TENS[min(-power, POWERS)] / TENS[max(0, -power - POWERS)]
    return None if value > LIMIT else float(-value if found[1] == b"-" else value)


def _utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
