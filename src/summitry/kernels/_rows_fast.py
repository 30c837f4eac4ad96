"""The records of an event file's block as arrays, compiled; the law and the slow twin are in `rows`.

Separators, quotes and line ends are found 64 bytes at a time: comparing a vector gives a word with a bit for each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]  # it says nothing of its types
from numba import njit, types
from numba.extending import intrinsic

from summitry.kernels import rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels.rows import Bytes, Ints, Limits

WIDTH = 64
BLANK, RETURN, PLUS, MINUS, POINT, SLASH, ZERO = 32, 13, 43, 45, 46, 47, 48
LOWER = 32
"""The bit by which a small letter differs from a capital one."""
UNREADABLE = 99.0
"""Stands for a score that is no number, or beyond the limits."""
POWERS = 22
"""The largest power of ten that a double holds exactly."""
TENS = 10.0 ** np.arange(POWERS + 1)
MONTHS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def _equal(_context: Any, block: Any, _at: Any, _sign: Any) -> Any:  # noqa: ANN401 (numba's own types)
    """A bit for each of the 64 bytes from block[_at] on that is `_sign`, the first one lowest."""

    def made(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401
        vector = ir.VectorType(ir.IntType(8), WIDTH)
        start = builder.gep(context.make_array(signature.args[0])(context, builder, args[0]).data, [args[1]])
        found = builder.load(builder.bitcast(start, vector.as_pointer()), align=1)
        one = builder.insert_element(ir.Constant(vector, ir.Undefined), args[2], ir.Constant(ir.IntType(32), 0))
        order = ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH)
        same = builder.icmp_unsigned("==", found, builder.shuffle_vector(one, one, order))
        return builder.bitcast(same, ir.IntType(WIDTH))

    return types.uint64(block, types.int64, types.uint8), made


def _lent(_context: Any, array: Any) -> Any:  # noqa: ANN401
    """An array whose users are not counted, for the caller keeps it; to count them at every call takes a third of the time."""

    def made(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401
        lent = context.make_array(signature.args[0])(context, builder, args[0])
        lent.meminfo = ir.Constant(lent.meminfo.type, None)
        return lent._getvalue()  # noqa: SLF001 (how numba gives it)

    return array(array), made


def _lowest(_context: Any, _word: Any) -> Any:  # noqa: ANN401
    """The place of the lowest bit of a word that has one."""

    def made(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:  # noqa: ANN401
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), made


equal: Any = intrinsic(_equal)
lowest: Any = intrinsic(_lowest)
lent: Any = intrinsic(_lent)


@njit(cache=True, nogil=True)
def read(
    block: Bytes, size: int, plain: Bytes, columns: Ints, narrowest: int, widest: int, separator: int, quote: int, newline: int,
    until: int, line: int, day: NDArray[np.int32], root: Bytes, quad: Bytes, score: NDArray[np.float32],
    offsets: NDArray[np.int32], data: Bytes, bad: Ints, room: Ints, limits: Limits,
) -> tuple[int, int, int, int]:  # fmt: skip
    """Fill the arrays from the whole records of a block: how many are kept and put aside, bytes and line ends that they take.

    1. Mark separators, line ends and quotes in words of 64 bytes. 2. Follow the marks: those within quotes count for nothing; the
    others end a field, and a line end its record. 3. Of a record of the right width, read the parts: they lie in
    `plain`, which is the block or, where fields may be quoted, room for twice its size.
    """
    block, plain, columns, room, bad = lent(block), lent(plain), lent(columns), lent(room), lent(bad)
    day, root, quad, score, offsets, data = lent(day), lent(root), lent(quad), lent(score), lent(offsets), lent(data)
    ends, first, stop = room[0], room[1], room[2]
    kept = aside = used = lines = width = within = 0
    inside, closed, before = False, -1, -1
    for base in range(0, size, WIDTH):
        marks, others = equal(block, base, separator), equal(block, base, newline)
        others |= equal(block, base, quote) if quote else np.uint64(0)
        if base + WIDTH > size:
            real = (np.uint64(1) << np.uint64(size - base)) - np.uint64(1)
            marks, others = marks & real, others & real
        if not (others or inside):  # most words: they only end fields
            width, before = _fields(marks, base, ends, width, widest, before)
            continue
        marks |= others
        while marks:
            place = base + lowest(marks)
            marks &= marks - np.uint64(1)
            sign = block[place]
            if quote and sign == quote:
                if inside:
                    inside, closed = False, place
                elif place == before + 1 or place == closed + 1:
                    inside = True
                continue
            if inside:
                within += sign == newline
                continue
            if width < widest:
                ends[width] = place
            width, before = width + 1, place
            if sign != newline:
                continue
            end = place - (place > used and block[place - 1] == RETURN)
            if end > used:
                reason = rows.FEW if width < narrowest else rows.MANY
                if narrowest <= width <= widest:
                    ends[width - 1] = end
                    _parts(block, plain, columns, ends, used, width, quote, first, stop)
                    reason = _record(plain, first, stop, until, kept, day, root, quad, score, offsets, data, limits)
                if reason:
                    bad[aside, 0], bad[aside, 1], bad[aside, 2], bad[aside, 3] = line + lines, used, end, reason
                    aside += 1
                else:
                    kept += 1
            used, lines, width, within, closed = place + 1, lines + within + 1, 0, 0, -1
            if aside == len(bad):
                return kept, aside, used, lines
    return kept, aside, used, lines


@njit(cache=True, nogil=True)
def _fields(marks: np.uint64, base: int, ends: Ints, width: int, widest: int, before: int) -> tuple[int, int]:
    """End a field at every mark: how many fields there are now, and where the last of them ends."""
    while marks:
        before = base + lowest(marks)
        marks &= marks - np.uint64(1)
        if width < widest:
            ends[width] = before
        width += 1
    return width, before


@njit(cache=True, nogil=True)
def _parts(
    block: Bytes, plain: Bytes, columns: Ints, ends: Ints, start: int, width: int, quote: int, first: Ints, stop: Ints
) -> None:
    """Where in `plain` each part of a record begins and stops, blanks left out; quoted ones are copied there without quotes."""
    filled = 0
    for role in range(columns.size):
        column = columns[role]
        if column < 0 or column >= width:
            first[role] = stop[role] = 0
            continue
        low, high = (ends[column - 1] + 1 if column else start), ends[column]
        if quote:
            source, quoted = low, low < high and block[low] == quote
            low = filled
            source += quoted
            while source < high:
                sign = block[source]
                source += 1
                if quoted and sign == quote:
                    quoted = source < high and block[source] == quote
                    if not quoted:
                        continue
                    source += 1
                plain[filled] = sign
                filled += 1
            high = filled
        while low < high and plain[low] == BLANK:
            low += 1
        while low < high and plain[high - 1] == BLANK:
            high -= 1
        first[role], stop[role] = low, high
    if first[rows.STORY] == stop[rows.STORY]:
        first[rows.STORY], stop[rows.STORY] = first[rows.ID], stop[rows.ID]


@njit(cache=True, nogil=True)
def _record(  # noqa: PLR0911 (a return for every reason)
    text: Bytes, first: Ints, stop: Ints, until: int, r: int, day: NDArray[np.int32], root: Bytes, quad: Bytes,
    score: NDArray[np.float32], offsets: NDArray[np.int32], data: Bytes, limits: Limits,
) -> int:  # fmt: skip
    """Read the parts of a record as the r-th that is kept: 0, or the reason why it cannot be."""
    if first[rows.DATE] == stop[rows.DATE]:
        return rows.NO_DATE
    date = _day(text, first[rows.DATE], stop[rows.DATE])
    if date == rows.NEVER:
        return rows.NO_DAY
    number = 0
    for at in range(first[rows.CODE], min(stop[rows.CODE], first[rows.CODE] + 2)):
        number = number * 10 + _digit(text, at) if number >= 0 and _digit(text, at) >= 0 else -1
    if number < 1 or number > limits.roots:
        return rows.NO_ROOT
    value = _score(text, first[rows.SCORE], stop[rows.SCORE], limits)
    if value == UNREADABLE:
        return rows.NO_SCORE
    of_four = _score(text, first[rows.QUAD], stop[rows.QUAD], limits) if stop[rows.QUAD] > first[rows.QUAD] else 0.0
    if stop[rows.QUAD] > first[rows.QUAD] and not (1.0 <= of_four <= limits.quads and of_four == int(of_four)):
        return rows.NO_QUAD
    reported = rows.FOREVER
    if stop[rows.ADDED] > first[rows.ADDED]:
        reported = _day(text, first[rows.ADDED], stop[rows.ADDED])
        if reported == rows.NEVER:
            return rows.NO_REPORT
    if date > reported:
        return rows.AHEAD
    if date > until:
        return rows.LATE
    highest, lowest = np.uint8(0), np.uint8(255)
    for k in range(rows.TEXTS):
        at = offsets[k, r]
        for source in range(first[k], stop[k]):
            sign = text[source]
            data[k, at] = sign
            at += 1
            if k < rows.STORY:
                highest, lowest = max(highest, sign), min(lowest, sign)
        offsets[k, r + 1] = at
    if lowest < BLANK:
        return rows.CONTROL
    if highest > 127:  # noqa: PLR2004 (beyond ASCII)
        for k in range(rows.STORY):
            if not _utf8(text, first[k], stop[k]):
                return rows.BYTES
    day[r], root[r], quad[r], score[r] = date, number, int(of_four), value
    return 0


@njit(cache=True, nogil=True)
def _digit(text: Bytes, at: int) -> int:
    digit = int(text[at]) - ZERO
    return digit if 0 <= digit < 10 else -1  # noqa: PLR2004 (ten digits)


@njit(cache=True, nogil=True)
def _day(text: Bytes, first: int, stop: int) -> int:
    """Days from 1970-01-01, NEVER where the text begins with no day of the calendar."""
    run = first
    while run < stop and _digit(text, run) >= 0:
        run += 1
    run -= first
    year = month = date = 0
    if run == 8 or run == 14:  # noqa: PLR1714, PLR2004 (anything with `in` is slow here)
        for k in range(8):
            digit = _digit(text, first + k)
            if k < 4:  # noqa: PLR2004 (YYYYMMDD)
                year = year * 10 + digit
            elif k < 6:  # noqa: PLR2004
                month = month * 10 + digit
            else:
                date = date * 10 + digit
    elif run == 4:  # noqa: PLR2004
        for k in range(4):
            year = year * 10 + _digit(text, first + k)
        at = first + 4
        for part in range(2):
            if at >= stop or (text[at] != MINUS and text[at] != SLASH):
                return rows.NEVER
            at += 1
            number = digits = 0
            while at < stop and _digit(text, at) >= 0 and digits < 3:  # noqa: PLR2004 (more than a month or day has)
                number = number * 10 + _digit(text, at)
                at, digits = at + 1, digits + 1
            if digits < 1 or digits > 2:  # noqa: PLR2004
                return rows.NEVER
            if part == 0:
                month = number
            else:
                date = number
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if year < 1 or not 1 <= month <= 12 or not 1 <= date <= MONTHS[month - 1] + (month == 2 and leap):  # noqa: PLR2004
        return rows.NEVER
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400 + date
    for k in range(month - 1):
        days += MONTHS[k]
    return days + (month > 2 and leap) - rows.EPOCH  # noqa: PLR2004


@njit(cache=True, nogil=True)
def _score(text: Bytes, first: int, stop: int, limits: Limits) -> float:
    """A decimal number within the limits, UNREADABLE where it is none."""
    at = first
    negative = at < stop and text[at] == MINUS
    at += at < stop and (text[at] == MINUS or text[at] == PLUS)
    digits = taken = power = 0
    number = np.int64(0)
    point = False
    while at < stop and (_digit(text, at) >= 0 or (text[at] == POINT and not point)):
        if text[at] == POINT:
            point = True
        else:
            digits += 1
            power -= point
            if taken == limits.digits:
                power += 1
            elif taken or text[at] != ZERO:
                number = number * 10 + _digit(text, at)
                taken += 1
        at += 1
    if digits == 0:
        return UNREADABLE
    if at < stop:
        at, exponent, run = at + 1, 0, 0
        if text[at - 1] | LOWER != ord("e"):
            return UNREADABLE
        down = at < stop and text[at] == MINUS
        at += at < stop and (text[at] == MINUS or text[at] == PLUS)
        while at < stop and _digit(text, at) >= 0 and run < 4:  # noqa: PLR2004 (more than are read)
            exponent, at, run = exponent * 10 + _digit(text, at), at + 1, run + 1
        if at < stop or run < 1 or run > 3:  # noqa: PLR2004
            return UNREADABLE
        power += -exponent if down else exponent
    if number == 0 or power < -2 * POWERS:
        return 0.0
    if power > POWERS:
        return UNREADABLE
    value = float(number)
    value = value * TENS[power] if power >= 0 else value / TENS[min(-power, POWERS)] / TENS[max(0, -power - POWERS)]
    if value > limits.score:
        return UNREADABLE
    return float(-value if negative and value > 0.0 else value)


@njit(cache=True, nogil=True)
def _utf8(text: Bytes, first: int, stop: int) -> bool:
    """Whether the bytes are UTF-8 (RFC 3629: shortest form, no surrogates, nothing beyond U+10FFFF)."""
    at = first
    while at < stop:
        lead = text[at]
        more = 0 if lead < 0x80 else 1 if 0xC2 <= lead < 0xE0 else 2 if 0xE0 <= lead < 0xF0 else 3 if 0xF0 <= lead < 0xF5 else -1  # noqa: PLR2004 (RFC 3629)
        if more < 0 or at + more >= stop + (more == 0):
            return False
        for k in range(1, more + 1):
            low, high = 0x80, 0xBF
            if k == 1:
                low = 0xA0 if lead == 0xE0 else 0x90 if lead == 0xF0 else low  # noqa: PLR2004
                high = 0x9F if lead == 0xED else 0x8F if lead == 0xF4 else high  # noqa: PLR2004
            if not low <= text[at + k] <= high:
                return False
        at += more + 1
    return True
