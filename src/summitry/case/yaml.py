"""YAML, read with places and written as people write it.

Read: every value and key of a file with its line and column, and nothing that YAML can do beyond plain data. Scalars follow YAML
1.2's core schema, so `no` is a text. Anchors, aliases, tags, and several documents in one file are refused. Written: safe under
YAML 1.1 and 1.2; a name that some reader could take for something else is quoted.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from yaml.error import YAMLError
from yaml.events import AliasEvent, DocumentStartEvent, MappingStartEvent, NodeEvent, ScalarEvent

from summitry.case.source import plain, shown
from summitry.errors import LibraryIncomplete, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from yaml._yaml import Mark as CMark
    from yaml.error import Mark
    from yaml.events import Event

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
Place: TypeAlias = tuple[int, int]

WIDTH = 110
PLAIN = re.compile(r"[A-Za-z]([A-Za-z0-9 _.()%+/-]*[A-Za-z0-9_)%])?")
WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
LARGEST_WHOLE = 1e15
DEPTH_LIMIT = 12
NODES_LIMIT = 60_000
TEXT_LIMIT = 20_000
_OTHER_LINE_ENDS = "\x85\u2028\u2029"
"""What ends a line in YAML 1.1 alone, and so for the parser: read as blanks, it leaves lines as editors count them."""
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{
        sign + word: value
        for sign, value in (("", math.inf), ("+", math.inf), ("-", -math.inf))
        for word in (".inf", ".Inf", ".INF")
    },
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_LONGEST_INT = 18


@dataclass(slots=True)
class Layout:
    """One YAML file as plain data, where each part of it stands, and how each scalar was written."""

    file: str
    data: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    spellings: dict[Path, str] = field(default_factory=dict)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Line and column of the value (or key) at `path`, or of the innermost part around it that exists."""
        while path:
            place = (self.keys.get(path) if key else None) or self.places.get(path) or self.keys.get(path)
            if place is not None:
                return place
            path = path[:-1]
        return self.places.get((), (1, 1))

    def error(self, path: Path, what: str, remedy: str, *, key: bool = False) -> Problem:
        """What makes this file unusable, at `path`."""
        return Problem(self.file, *self.place(path, key=key), dotted(path), what, remedy)

    def warning(self, path: Path, what: str, remedy: str, *, key: bool = False) -> Problem:
        """What is worth a second look, at `path`."""
        return replace(self.error(path, what, remedy, key=key), level="warning")


def dotted(path: Path) -> str:
    """A path as people read it: issues.warheads.requires.few, laws[2].forbids."""
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return plain(words)


class _Refusal(Exception):
    """Reading cannot go on; carries the place and the words."""

    def __init__(self, place: Place, what: str, remedy: str) -> None:
        super().__init__(what)
        self.place, self.what, self.remedy = place, what, remedy


def parse(text: str, file: str) -> tuple[Layout | None, list[Problem]]:
    """Read one YAML document; the layout is None where the text is no YAML or uses what is refused.

    Raises LibraryIncomplete where PyYAML was built without libyaml: its other parser is slow and reads some escapes otherwise.
    """
    try:
        from yaml._yaml import CParser
    except ImportError as error:
        raise LibraryIncomplete("PyYAML", "libyaml") from error

    for end in _OTHER_LINE_ENDS:
        text = text.replace(end, " ")
    reader = _Reader(Layout(plain(file)))
    try:
        reader.read(CParser(text).get_event)
    except _Refusal as refusal:
        reader.report((), refusal.place, refusal.what, refusal.remedy)
        return None, reader.problems
    except (YAMLError, UnicodeEncodeError) as error:
        reader.report((), *_in_words(error, text))
        return None, reader.problems
    return reader.layout, reader.problems


class _Reader:
    """Turns the parser's events, which `take` gives one by one, into data and places, within limits."""

    take: Callable[[], Event | None]

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.problems: list[Problem] = []
        self.nodes = 0

    def report(self, path: Path, place: Place, what: str, remedy: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.layout.file, *place, dotted(path), what, remedy))

    def read(self, take: Callable[[], Event | None]) -> None:
        """Take the events of one document to its end."""
        self.take = take
        documents = 0
        while (event := take()) is not None:
            if isinstance(event, NodeEvent):
                self.layout.data = self._value(event, ())
            elif isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    what = "a second document begins here (---)"
                    raise _Refusal(_place(event.start_mark), what, "Keep one document in a file.")
                if event.version or event.tags:
                    what = "a directive (%) stands before the document"
                    raise _Refusal(_place(event.start_mark), what, "Remove it: the file is read as YAML 1.2.")

    def _value(self, event: NodeEvent, path: Path) -> Any:  # noqa: ANN401 (plain data of any shape)
        place = self.layout.places[path] = self._admit(event, path)
        if isinstance(event, ScalarEvent):
            text = event.value
            if len(text) > TEXT_LIMIT:
                what = f"this text has {len(text)} characters"
                self.report(path, place, what, f"At most {TEXT_LIMIT} are read: shorten it, or put it in evidence/documents.")
                text = text[:TEXT_LIMIT]
            self.layout.spellings[path] = text
            return text if event.style else resolve(text)
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        items: list[Any] = []
        while isinstance(inner := self.take(), NodeEvent):
            items.append(self._value(inner, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        keys = self.layout.keys
        while isinstance(name := self.take(), NodeEvent):
            place = self._admit(name, path)
            value = self.take()
            if not isinstance(name, ScalarEvent) or not isinstance(value, NodeEvent):
                raise _Refusal(place, "a list or a mapping stands where a name is needed", "Write a plain name before the colon.")
            here = (*path, name.value)
            if name.value in mapping:
                what = f"{shown(name.value)} stands here twice: in line {keys[here][0]} and in line {place[0]}"
                self.report(here, place, what, "Keep one of them.")
                self._value(value, (*here, "\0again"))
                continue
            keys[here] = place
            data = mapping[name.value] = self._value(value, here)
            if data is None and not self.layout.spellings[here]:
                self.layout.places[here] = place
        return mapping

    def _admit(self, event: Any, path: Path) -> Place:  # noqa: ANN401 (a node; PyYAML's stubs know neither tag nor mark of all)
        """The event's place; what a case does not need, and what is too much, is refused."""
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1)
        self.nodes += 1
        if event.anchor is not None or event.tag is not None or len(path) > DEPTH_LIMIT or self.nodes > NODES_LIMIT:
            raise _refusal(event, path, place)
        return place


def _refusal(event: Any, path: Path, place: Place) -> _Refusal:  # noqa: ANN401 (as `_admit`)
    if event.anchor is not None:
        sign = "*" if isinstance(event, AliasEvent) else "&"
        what = f"anchors and aliases ({shown(sign + event.anchor)}) are not read"
        return _Refusal(place, what, "Write the text out, or put it in quotes.")
    if event.tag is not None:
        remedy = "Remove the word that begins with an exclamation mark, or put the text in quotes."
        return _Refusal(place, f"a tag ({shown(event.tag)}) is not read", remedy)
    if len(path) > DEPTH_LIMIT:
        return _Refusal(place, *_DEEP)
    return _Refusal(place, f"this file holds more than {NODES_LIMIT} values", "Shorten it.")


def resolve(text: str) -> Any:  # noqa: ANN401 (text, number, truth value or nothing)
    """A plain scalar under YAML 1.2's core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text):
        if len(text) > _LONGEST_INT:
            return float(text) if text[1:2] not in {"o", "x"} else text
        return int(text, 0) if text[1:2] in {"o", "x"} else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a text is no YAML: a pattern of the parser's words, ours, the remedy, and whose place is told.

    `whose`: where the parser `stopped`, where the broken part `opens`, or where it opens if it goes on to the `end` of the text.
    """

    pattern: str
    what: str
    remedy: str
    whose: Literal["stopped", "opens", "end"] = "stopped"


_DEEP = f"this is nested more than {DEPTH_LIMIT} levels deep", "No part of a case is: check brackets and indentation."
_TROUBLES = (
    _Trouble(r"nesting depth", *_DEEP),
    _Trouble(r"\btab\b", "a tab stands where spaces are needed", "Indent with spaces only."),
    _Trouble(
        r"mapping values are not allowed|unexpected ':'",
        "a colon stands where none can be",
        "Put a text that contains ': ' in quotes, or check the indentation.",
    ),
    _Trouble(
        r"escape|hexdecimal",
        "a \\ in double quotes begins no escape that YAML knows",
        "Write \\\\ for a \\ itself, or put the text in single quotes.",
    ),
    _Trouble(
        r"quoted scalar", "a text in quotes does not end", "Close the quotes; within '…' write '' for an apostrophe.", "opens"
    ),
    _Trouble(
        r"flow sequence",
        "a list in [ ] is not closed, or a comma is missing",
        "Check the brackets and commas; put texts with commas in quotes.",
        "end",
    ),
    _Trouble(
        r"flow mapping",
        "a mapping in { } is not closed, or a comma is missing",
        "Check the braces and commas; put texts with commas in quotes.",
        "end",
    ),
    _Trouble(
        r"node content",
        "a value is missing here, or a bracket closes what another one opened",
        "Check the brackets and commas; put texts with commas in quotes.",
    ),
    _Trouble(
        r"simple key",
        "a name without its colon stands here",
        "Write `name: value`, or indent the line to belong to the text above.",
        "opens",
    ),
    _Trouble(r"block scalar", "a word stands where | or > must end its line", "Begin the text on the next line, indented."),
    _Trouble(
        r"block (collection|mapping|sequence|end)|not allowed in this context",
        "the indentation does not fit the lines above",
        "Indent the parts of one thing equally, with spaces.",
    ),
    _Trouble(r"document start", "this does not belong to what stands above", "Check brackets, quotes and indentation."),
    _Trouble(r"alias|anchor", "a text begins with & or *", "Put it in quotes.", "opens"),
    _Trouble(r"tag|directive|incompatible", "a text begins with ! or %", "Put it in quotes.", "opens"),
    _Trouble(
        r"cannot start any token",
        "a text begins with a character that has a meaning in YAML (such as @ ` % ,)",
        "Put it in quotes.",
    ),
)


def _in_words(error: Exception, text: str) -> tuple[Place, str, str]:
    """Where a text is no YAML, what is wrong there, and what to do."""
    stop: Mark | None = getattr(error, "problem_mark", None)
    if stop is None:
        return _unprintable(text)
    start: Mark = getattr(error, "context_mark", None) or stop
    at_end = not text[stop.index :].strip()
    words = f"{getattr(error, 'context', '')} | {getattr(error, 'problem', '')}"
    if text[stop.index : stop.index + 1] == "\t":
        words = "tab"
    for trouble in _TROUBLES:
        if re.search(trouble.pattern, words):
            if trouble.whose == "opens" or (trouble.whose == "end" and at_end):
                return _place(start), trouble.what, trouble.remedy
            return _last(text) if at_end else _place(stop), trouble.what, trouble.remedy
    return _place(stop), f"this is not YAML ({plain(words.strip(' |'))})", "Check quotes, brackets, colons and indentation."


def _unprintable(text: str) -> tuple[Place, str, str]:
    """The first character that YAML does not allow."""
    strange = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    what = f"a character that is no text (U+{ord(strange[0]):04X}) stands here" if strange else "this cannot be read as YAML"
    return _last(text[: strange.end()] if strange else ""), what, "Remove it, or save the file as plain text in UTF-8."


def _last(text: str) -> Place:
    """The place of the last character that is no blank."""
    lines = re.split("\r\n|[\r\n]", text.rstrip())
    return len(lines), max(1, len(lines[-1]))


def _place(mark: Mark | CMark | None) -> Place:
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def document(data: Mapping[str, object], comments: Sequence[str] = ()) -> bytes:
    """Write a mapping as a document, with comment lines above it."""
    lines = [f"# {' '.join(comment.split())}" for comment in comments if comment.isprintable()]
    return ("\n".join([*lines, *block(data, "")]) + "\n").encode()


def block(data: Mapping[str, object], indent: str) -> Iterator[str]:
    """Yield the lines of a mapping; a part that holds no further mapping stays on one line while it fits."""
    for key, value in data.items():
        line = f"{indent}{scalar(key)}: {flow(value)}"
        nested = isinstance(value, dict) and any(isinstance(part, dict) for part in value.values())
        if not isinstance(value, (dict, list, tuple)) or not value or (not nested and len(line) <= WIDTH):
            yield line
        elif isinstance(value, dict):
            yield f"{indent}{scalar(key)}:"
            yield from block(value, indent + "  ")
        else:
            yield f"{indent}{scalar(key)}:"
            yield from _list(value, indent + "  ")


def _list(items: list[object] | tuple[object, ...], indent: str) -> Iterator[str]:
    for item in items:
        line = f"{indent}- {flow(item)}"
        if not isinstance(item, dict) or len(line) <= WIDTH:
            yield line
            continue
        first = True
        for inner in block(item, indent + "  "):
            yield f"{indent}- {inner[len(indent) + 2 :]}" if first else inner
            first = False


def flow(value: object) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: object) -> str:
    """Write a name, number, truth value, date or nothing."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return digits(value)
    return value.isoformat() if isinstance(value, dt.date) else text(str(value))


def text(value: str) -> str:
    """Write a text plain where no reader can mistake it, otherwise in the quotes that need fewer escapes."""
    if PLAIN.fullmatch(value) and value.lower() not in WORDS:
        return value
    if '"' in value and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def digits(value: float) -> str:
    """Write the shortest number that reads back the same; an exponent gets its point, which YAML 1.1 needs."""
    if float(value).is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    shortest = repr(float(value))
    mantissa, sign, exponent = shortest.partition("e")
    return shortest if not sign or "." in mantissa else f"{mantissa}.0e{exponent}"
