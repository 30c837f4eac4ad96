"""The rows of event files, block by block: what can be used as batches of columns, what cannot in a CSV with line and reason."""

from __future__ import annotations

import csv
import zlib
from collections import Counter, deque
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import BadArgument
from summitry.evidence.event_forms import MARK, opened
from summitry.kernels import rows as kernel

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor
    from gzip import GzipFile
    from io import FileIO
    from pathlib import Path
    from typing import TextIO

    from summitry.evidence.arrow import Batch
    from summitry.evidence.event_forms import Form

BLOCK = 1 << 22
AHEAD = 3
"""Batches that are read before they are asked for, so that reading and writing keep two processors busy; each holds one block."""
SHOWN = 1000
"""Bytes of a row that are kept where it cannot be used."""
UNCLOSED, LONG = "a quote that is not closed", f"longer than {BLOCK >> 20} MB"
REASONS = {
    kernel.FEW: "too few columns",
    kernel.MANY: "too many columns",
    kernel.NO_DATE: "no date",
    kernel.NO_DAY: "not a date of the calendar",
    kernel.NO_ROOT: "no known CAMEO code",
    kernel.NO_SCORE: "no score within -10 to 10",
    kernel.NO_QUAD: "no quad class of 1 to 4",
    kernel.NO_REPORT: "reported on no date of the calendar",
    kernel.AHEAD: "dated after it was reported",
    kernel.CONTROL: "a control character in a value",
    kernel.BYTES: "not UTF-8",
}
COLUMNS = {
    "id": "u", "source": "u", "target": "u", "code": "u", "story": "z", "date": "tdD", "root": "C", "quad": "C", "score": "f",
}  # fmt: skip
"""The columns of a batch with their formats in Arrow: texts, bytes, days, small numbers, a float."""


class Reading:
    """One pass over files: `batches` yields the rows that can be used in the files' order, the others go to the CSV `aside`.

    When all is read, `read` has the number of rows by file, and `reasons` counts those that were put aside.
    """

    def __init__(self, files: Sequence[tuple[Path, Form]], aside: TextIO, until: dt.date | None, *, compiled: bool) -> None:
        self.read = {str(path): 0 for path, _ in files}
        self.reasons: Counter[str] = Counter()
        self._files, self._compiled = files, compiled
        self._last = kernel.FOREVER if until is None else until.toordinal() - kernel.EPOCH
        self._words = REASONS | ({} if until is None else {kernel.LATE: f"dated after {until.isoformat()}"})
        self._aside = csv.writer(aside)
        self._aside.writerow(["file", "line", "reason", "text"])

    def batches(self, pool: Executor) -> Iterator[Batch]:
        """The rows that can be used, in the order of the files and of the lines in them.

        `pool`, of one thread, reads a few batches ahead of whoever takes them; it must outlive the iterator.
        """
        made = self._made()
        ahead = deque(pool.submit(next, made, None) for _ in range(AHEAD))
        while (batch := ahead.popleft().result()) is not None:
            ahead.append(pool.submit(next, made, None))
            yield batch

    def _made(self) -> Iterator[Batch]:
        for path, form in self._files:
            with opened(path) as stream:
                yield from self._of(str(path), form, _Window(stream, form.layout.newline))

    def _of(self, file: str, form: Form, window: _Window) -> Iterator[Batch]:
        layout = replace(form.layout, until=self._last)
        window.fill()
        if window.room[: len(MARK)].tobytes() == MARK:
            window.drop(len(MARK), 0)
        if form.header:
            window.skip_line()
        while window.filled or not window.ended:
            found = kernel.rows(window.room, window.filled, layout, window.line, compiled=self._compiled)
            if found.used:
                for line, start, stop, reason in found.bad.tolist():
                    self._put_aside(file, line, self._words[reason], window.room[start : min(stop, start + SHOWN)], stop - start)
                self.read[file] += found.day.size + len(found.bad)
                if found.day.size:
                    texts = [(found.offsets[k], found.data[k]) for k in range(kernel.TEXTS)]
                    yield found.day.size, [*texts, (found.day,), (found.root,), (found.quad,), (found.score,)]
                window.drop(found.used, found.lines)
            elif window.ended or window.filled == BLOCK:
                self._skip(file, window)
            window.fill()

    def _skip(self, file: str, window: _Window) -> None:
        """Put aside the line with which a record begins that does not end within a block, and go on with the next."""
        reason, line, text = UNCLOSED if window.line_end() else LONG, window.line, window.room[:SHOWN].copy()
        size = window.skip_line()
        self._put_aside(file, line, reason, text[:size], size)
        self.read[file] += 1

    def _put_aside(self, file: str, line: int, reason: str, raw: kernel.Bytes, size: int) -> None:
        text = raw.tobytes().decode("utf-8", "backslashreplace")
        more = f"... ({size:,} bytes in all)" if size > SHOWN else ""
        self._aside.writerow([_inert(file), line, reason, f"{_inert(text)}{more}"])
        self.reasons[reason] += 1


def _inert(text: str) -> str:
    """A text that a spreadsheet would compute, with an apostrophe before it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


class _Window:
    """A part of a stream that begins with a line: `filled` bytes of `room`, of which the first stand on `line`."""

    def __init__(self, stream: GzipFile | FileIO, newline: int) -> None:
        self.room = np.zeros(BLOCK + kernel.MARGIN, dtype=np.uint8)
        self.filled, self.line, self.ended = 0, 1, False
        self._stream, self._newline = stream, newline

    def fill(self) -> None:
        """Read on, once; the last line gets the line end that it lacks."""
        if self.ended or self.filled == BLOCK:
            return
        try:
            got = self._stream.readinto(self.room.data[self.filled : BLOCK])
        except (OSError, EOFError, zlib.error) as problem:
            remedy = "It may be damaged or cut short: get it anew, or leave it out."
            raise BadArgument(f"{self._stream.name} cannot be read to its end: {problem}. {remedy}") from problem
        self.filled += got
        if not got:
            self.ended = True
            if self.filled and self.room[self.filled - 1] != self._newline:
                self.room[self.filled] = self._newline
                self.filled += 1

    def drop(self, size: int, lines: int) -> None:
        """Go on after the first bytes, with so many line ends in them."""
        self.filled -= size
        self.room[: self.filled] = self.room[size : size + self.filled]
        self.line += lines

    def line_end(self) -> int:
        """Bytes of the first line with its end, 0 where the end is not in the window."""
        return self.room[: self.filled].tobytes().find(self._newline) + 1

    def skip_line(self) -> int:
        """Drop the first line, however long; its bytes without the end."""
        size = 0
        while not (end := self.line_end()):
            size += self.filled
            self.drop(self.filled, 0)
            self.fill()
            if self.ended and not self.filled:
                return size
        self.drop(end, 1)
        return size + end - 1
