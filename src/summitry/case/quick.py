"""The short way through ordinary YAML: block mappings, lists, flow collections, one-line and simple folded scalars, with places.

The general reader takes some twenty times as long. This one reads what case files are made of and gives up (None) on all else:
plain scalars over several lines, escapes, anchors, tags, tabs, doubled keys, anything doubtful. Whatever it does read equals what
the general reader reads; a property test holds the two together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from summitry.case.layout import DEPTH_LIMIT, NODES_LIMIT, TEXT_LIMIT, Layout, resolve

if TYPE_CHECKING:
    from summitry.case.layout import Path

_DOUBTFUL = re.compile("[\t\r\x85\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|^(---|\\.\\.\\.|%)", re.MULTILINE)
_KEY = re.compile(r"""(?:(\w[\w./%-]*(?: [\w./%-]+)*)|"([^"\\\n]*)"|'([^'\n]*)')(?=:(?: |$))""")
_QUOTED = re.compile(r""""([^"\\\n]*)"|'([^'\n]*)'(?!')""")
_BLOCK = re.compile(r"(?:[\w./(+~<=$]|-(?=[^ ]))[^\n]*")
_FLOW = re.compile(r"(?:[\w./(+~<=$]|-(?=[\w.]))(?:[\w./()+~<=$%;'\"*&!|@ -]|:(?=//))*")
_FOLDED = re.compile(r"([>|])(-?)$")
_REST = re.compile(r" *(?: #[^\n]*)?$")
_LONGEST_KEY = 200


class _Doubt(Exception):
    """Something that the general reader must look at."""


def quick(text: str, file: str) -> Layout | None:
    """The layout of `text`, or None where the general reader must read it."""
    text = text.replace("\r\n", "\n")
    if _DOUBTFUL.search(text):
        return None
    reader = _Quick(text, Layout(file))
    try:
        reader.layout.data = reader.root()
    except _Doubt:
        return None
    return reader.layout


class _Quick:
    """A cursor over the lines; `at` is the line that comes next, `indents` how far each is indented (-1: blank or comment)."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.layout = layout
        self.lines = text.split("\n")
        self.indents = [
            -1 if (bare := line.lstrip(" ")) == "" or bare[0] == "#" else len(line) - len(bare) for line in self.lines
        ]
        self.at = 0
        self.nodes = 0

    def root(self) -> dict[str, Any]:
        """The mapping that the file is."""
        if self._next() != 0:
            raise _Doubt
        self._place((), self.at, 0)
        found = self._mapping((), 0, 0)
        if self._next() != -1:
            raise _Doubt
        return found

    def _next(self) -> int:
        """Indentation of the next line that says something, or -1 at the end."""
        while self.at < len(self.lines) and self.indents[self.at] < 0:
            self.at += 1
        return self.indents[self.at] if self.at < len(self.lines) else -1

    def _place(self, path: Path, line: int, column: int) -> None:
        self.nodes += 1
        if len(path) > DEPTH_LIMIT or 2 * self.nodes > NODES_LIMIT:
            raise _Doubt
        self.layout.places[path] = (line + 1, column + 1)

    def _mapping(self, path: Path, indent: int, start: int) -> dict[str, Any]:
        """Entries at `indent`; the first begins at column `start` of the current line (after `- `)."""
        found: dict[str, Any] = {}
        while True:
            line = self.lines[self.at]
            match = _KEY.match(line, start)
            if match is None or match.end() - start > _LONGEST_KEY:
                raise _Doubt
            key = match[match.lastindex or 0]
            if key in found:
                raise _Doubt
            here = (*path, key)
            self.layout.keys[here] = (self.at + 1, start + 1)
            found[key] = self._entry(here, line, match.end() + 1, indent)
            after = self._next()
            if after < indent:
                return found
            if after > indent:
                raise _Doubt
            start = indent

    def _entry(self, path: Path, line: str, start: int, indent: int) -> Any:  # noqa: ANN401 (plain data of any shape)
        """The value after a key: on the same line, or the block below it, or nothing."""
        begin = len(line) - len(line[start:].lstrip(" "))
        if begin < len(line) and line[begin] != "#":
            return self._inline(path, begin, indent)
        key = self.at
        self.at += 1
        after = self._next()
        below = self.lines[self.at] if after >= 0 else ""
        if after >= indent and below.startswith("- ", after):
            self._place(path, self.at, after)
            return self._sequence(path, after)
        if after > indent:
            self._place(path, self.at, after)
            return self._mapping(path, after, after)
        line_, column = self.layout.keys[path]
        if line_ != key + 1:
            raise _Doubt
        self._place(path, key, column - 1)
        self.layout.written[path] = ""
        return None

    def _sequence(self, path: Path, indent: int) -> list[Any]:
        found: list[Any] = []
        while True:
            line = self.lines[self.at]
            start = len(line) - len(line[indent + 2 :].lstrip(" "))
            if not line.startswith("- ", indent) or start == len(line) or line[start] == "#" or line.startswith("- ", start):
                raise _Doubt
            here = (*path, len(found))
            if _KEY.match(line, start):
                self._place(here, self.at, start)
                found.append(self._mapping(here, start, start))
            else:
                found.append(self._inline(here, start, indent))
            after = self._next()
            if after < indent or (after == indent and not self.lines[self.at].startswith("- ", after)):
                return found
            if after > indent:
                raise _Doubt

    def _inline(self, path: Path, start: int, indent: int) -> Any:  # noqa: ANN401 (plain data of any shape)
        """A value that begins on the current line at column `start`; the lines after it must belong to something else."""
        line = self.lines[self.at]
        if line[start] in "[{":
            value = self._collection(path, start)
        elif line[start] in ">|":
            value = self._folded(path, start, indent)
        else:
            value = self._line(path, start)
            self.at += 1
        if self._next() > indent:
            raise _Doubt
        return value

    def _line(self, path: Path, start: int) -> Any:  # noqa: ANN401 (text, number, truth value or nothing)
        """A scalar in quotes or without, which ends on its line."""
        line = self.lines[self.at]
        quoted = _QUOTED.match(line, start)
        if quoted is not None:
            if not _REST.match(line, quoted.end()):
                raise _Doubt
            return self._scalar(path, start, quoted[quoted.lastindex or 0], plain=False)
        plain = _BLOCK.match(line, start)
        words = plain[0].split(" #", 1)[0].rstrip(" ") if plain else ""
        if not words or ": " in words or words[-1] == ":":
            raise _Doubt
        return self._scalar(path, start, words, plain=True)

    def _folded(self, path: Path, start: int, indent: int) -> str:
        """A block scalar whose lines are all indented alike; afterwards the cursor stands on the line after it."""
        header, first = _FOLDED.match(self.lines[self.at], start), self.at + 1
        if header is None or first >= len(self.lines):
            raise _Doubt
        margin = self.lines[first][: len(self.lines[first]) - len(self.lines[first].lstrip(" "))]
        last = first
        while last < len(self.lines) and self.lines[last].startswith(margin) and self.lines[last][len(margin) :]:
            last += 1
        lines = [line[len(margin) :] for line in self.lines[first:last]]
        after = next((line for line in self.lines[last:] if line), "")
        if len(margin) <= indent or not lines or last == len(self.lines) or after.startswith((margin, " " * len(after) or "\n")):
            raise _Doubt
        if any(line[0] == " " or line[-1] == " " for line in lines):
            raise _Doubt
        value = (" " if header[1] == ">" else "\n").join(lines) + ("" if header[2] else "\n")
        self._scalar(path, start, value, plain=False)
        self.at = last
        return value

    def _scalar(self, path: Path, column: int, words: str, *, plain: bool) -> Any:  # noqa: ANN401 (as `_line`)
        if len(words) > TEXT_LIMIT:
            raise _Doubt
        self._place(path, self.at, column)
        self.layout.written[path] = words
        return resolve(words) if plain else words

    def _collection(self, path: Path, start: int) -> Any:  # noqa: ANN401 (a list or a mapping)
        """A flow collection, which may run over several lines; afterwards the cursor stands on the line after its end."""
        value, end = self._flow(path, start)
        if not _REST.match(self.lines[self.at], end):
            raise _Doubt
        self.at += 1
        return value

    def _flow(self, path: Path, start: int) -> tuple[Any, int]:
        """The value at column `start` of the current line, and the column after it."""
        line = self.lines[self.at]
        if start >= len(line):
            raise _Doubt
        if line[start] in "[{":
            self._place(path, self.at, start)
            return self._list(path, start + 1) if line[start] == "[" else self._table(path, start + 1)
        quoted, plain = _QUOTED.match(line, start), _FLOW.match(line, start)
        if quoted is not None:
            return self._scalar(path, start, quoted[quoted.lastindex or 0], plain=False), quoted.end()
        if plain is None:
            raise _Doubt
        return self._scalar(path, start, plain[0].rstrip(" "), plain=True), plain.end()

    def _list(self, path: Path, column: int) -> tuple[list[Any], int]:
        found: list[Any] = []
        column = self._skip(column)
        if self.lines[self.at].startswith("]", column):
            return found, column + 1
        while True:
            value, column = self._flow((*path, len(found)), column)
            found.append(value)
            column = self._skip(column)
            if self.lines[self.at].startswith("]", column):
                return found, column + 1
            column = self._comma(column)

    def _table(self, path: Path, column: int) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        column = self._skip(column)
        if self.lines[self.at].startswith("}", column):
            return found, column + 1
        while True:
            match = _KEY.match(self.lines[self.at], column)
            if match is None or match.end() - column > _LONGEST_KEY or match[match.lastindex or 0] in found:
                raise _Doubt
            key = match[match.lastindex or 0]
            here = (*path, key)
            self.layout.keys[here] = (self.at + 1, column + 1)
            found[key], column = self._flow(here, self._skip(match.end() + 1))
            column = self._skip(column)
            if self.lines[self.at].startswith("}", column):
                return found, column + 1
            column = self._comma(column)

    def _comma(self, column: int) -> int:
        if not self.lines[self.at].startswith(",", column):
            raise _Doubt
        return self._skip(column + 1)

    def _skip(self, column: int) -> int:
        """Over blanks and line ends to the next word of a flow collection."""
        while True:
            line = self.lines[self.at]
            while column < len(line) and line[column] == " ":
                column += 1
            if column < len(line):
                return column
            self.at += 1
            column = 0
            if self.at >= len(self.lines):
                raise _Doubt
