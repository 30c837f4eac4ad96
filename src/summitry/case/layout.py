"""YAML with places: every value and key of a file with its line and column, and nothing that YAML can do beyond plain data.

Scalars follow YAML 1.2's core schema, so `no` is a text. Anchors, aliases, tags, and several documents in one file are refused.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from summitry.case.source import plain, shown
from summitry.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
Place: TypeAlias = tuple[int, int]

DEPTH_LIMIT = 12
NODES_LIMIT = 60_000
TEXT_LIMIT = 20_000
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
    written: dict[Path, str] = field(default_factory=dict)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Line and column of the value (or key) at `path`, or of the innermost part around it that exists."""
        while path:
            found = (self.keys.get(path) if key else None) or self.places.get(path) or self.keys.get(path)
            if found is not None:
                return found
            path = path[:-1]
        return self.places.get((), (1, 1))

    def problem(
        self, path: Path, what: str, remedy: str, *, level: Literal["error", "warning"] = "error", key: bool = False
    ) -> Problem:
        """A problem at `path` of this file."""
        line, column = self.place(path, key=key)
        return Problem(self.file, line, column, dotted(path), what, remedy, level)


def dotted(path: Path) -> str:
    """A path as people read it: issues.warheads.requires.few, laws[2].forbids."""
    words = ""
    for step in path:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return plain(words)


class _Stop(Exception):
    """Reading cannot go on; carries the place and the words."""

    def __init__(self, place: Place, what: str, remedy: str) -> None:
        super().__init__(what)
        self.place, self.what, self.remedy = place, what, remedy


def parse(text: str, file: str) -> tuple[Layout | None, list[Problem]]:
    """Read one YAML document; the layout is None where the text is no YAML or uses what is refused."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    reader = _Reader(Layout(plain(file)))
    try:
        reader.read(YAML(typ="safe", pure=True).parse(text))
    except _Stop as stop:
        reader.report((), stop.place, stop.what, stop.remedy)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        reader.report((), place, *_in_words(f"{error.context or ''} | {error.problem or ''}"))
    except (YAMLError, ValueError, OverflowError) as error:
        what = f"this text cannot be read as YAML ({plain(str(error).splitlines()[0]) if str(error) else type(error).__name__})"
        reader.report((), (1, 1), what, "Remove unusual characters and escapes.")
    if any(problem.level == "error" for problem in reader.problems):
        return None if reader.fatal else reader.layout, reader.problems
    return reader.layout, reader.problems


class _Reader:
    """Turns parser events into data and places, without recursion and within limits."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.problems: list[Problem] = []
        self.fatal = False
        self.nodes = 0

    def report(self, path: Path, place: Place, what: str, remedy: str, *, fatal: bool = True) -> None:
        """Note a problem; a fatal one makes the whole file unusable."""
        self.fatal = self.fatal or fatal
        self.problems.append(Problem(self.layout.file, *place, dotted(path), what, remedy))

    def read(self, events: Iterator[Any]) -> None:
        """Walk the events of one document."""
        documents = 0
        for event in events:
            kind = type(event).__name__
            place = (event.start_mark.line + 1, event.start_mark.column + 1)
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise _Stop(place, "a second document begins here (---)", "Keep one document in a file.")
                if event.version or event.tags:
                    raise _Stop(place, "a directive (%) stands before the document", "Remove it: the file is read as YAML 1.2.")
            elif kind not in {"StreamStartEvent", "StreamEndEvent", "DocumentEndEvent"}:
                self.layout.data = self._node(event, kind, (), events)

    def _node(self, event: Any, kind: str, path: Path, events: Iterator[Any]) -> Any:  # noqa: ANN401 (plain data of any shape)
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        self._admit(event, kind, path, place)
        self.layout.places[path] = place
        if kind == "ScalarEvent":
            return self._scalar(event, path, place)
        if kind == "SequenceStartEvent":
            items: list[Any] = []
            for inner in events:
                inner_kind = type(inner).__name__
                if inner_kind == "SequenceEndEvent":
                    break
                items.append(self._node(inner, inner_kind, (*path, len(items)), events))
            return items
        return self._mapping(path, events)

    def _mapping(self, path: Path, events: Iterator[Any]) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for inner in events:
            kind = type(inner).__name__
            if kind == "MappingEndEvent":
                break
            place = (inner.start_mark.line + 1, inner.start_mark.column + 1)
            if kind != "ScalarEvent":
                raise _Stop(place, "a list or a mapping stands where a name is needed", "Write a plain name before the colon.")
            self._admit(inner, kind, path, place)
            key = str(inner.value)
            here = (*path, key)
            value = next(events)
            if key in mapping:
                first = self.layout.keys[here][0]
                self.report(
                    here,
                    place,
                    f"{shown(key)} stands here twice: in line {first} and in line {place[0]}",
                    "Keep one of them.",
                    fatal=False,
                )
                self._node(value, type(value).__name__, (*here, "\0again"), events)
                continue
            self.layout.keys[here] = place
            mapping[key] = self._node(value, type(value).__name__, here, events)
            if here in self.layout.written and not self.layout.written[here] and mapping[key] is None:
                self.layout.places[here] = place
        return mapping

    def _admit(self, event: Any, kind: str, path: Path, place: Place) -> None:  # noqa: ANN401 (ruamel's events are untyped)
        self.nodes += 1
        if kind == "AliasEvent" or event.anchor is not None:
            mark = f"*{event.anchor}" if kind == "AliasEvent" else f"&{event.anchor}"
            raise _Stop(place, f"anchors and aliases ({shown(mark)}) are not read", "Write the text out, or put it in quotes.")
        if event.tag is not None:
            raise _Stop(
                place,
                f"a tag ({shown(str(event.tag))}) is not read",
                "Remove the word that begins with an exclamation mark, or put the text in quotes.",
            )
        if len(path) > DEPTH_LIMIT:
            raise _Stop(
                place,
                f"this is nested more than {DEPTH_LIMIT} levels deep",
                "No part of a case is: check brackets and indentation.",
            )
        if self.nodes > NODES_LIMIT:
            raise _Stop(place, f"this file holds more than {NODES_LIMIT} values", "Shorten it.")

    def _scalar(self, event: Any, path: Path, place: Place) -> Any:  # noqa: ANN401 (text, number, truth value or nothing)
        text = str(event.value)
        if len(text) > TEXT_LIMIT:
            self.report(
                path,
                place,
                f"this text has {len(text)} characters",
                f"At most {TEXT_LIMIT} are read: shorten it, or put it in evidence/documents.",
                fatal=False,
            )
            text = text[:TEXT_LIMIT]
        self.layout.written[path] = text
        return resolve(text) if event.style is None else text


def resolve(text: str) -> Any:  # noqa: ANN401 (text, number, truth value or nothing)
    """A plain scalar under YAML 1.2's core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        if len(text) > _LONGEST_INT:
            return float(text) if text[1:2] not in {"o", "x"} else text
        return int(text, 0) if text[1:2] in {"o", "x"} else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


_TROUBLES = (
    (r"'\\t'", "a tab stands where spaces are needed", "Indent with spaces only."),
    (
        r"mapping values are not allowed",
        "a colon stands where none can be",
        "Put a text that contains ': ' in quotes, or check the indentation.",
    ),
    (r"quoted scalar", "a text in quotes does not end", "Close the quotes; within '…' write '' for an apostrophe."),
    (
        r"flow sequence",
        "a list in [ ] is not closed, or a comma is missing",
        "Check the brackets and commas; put texts with commas in quotes.",
    ),
    (
        r"flow mapping",
        "a mapping in { } is not closed, or a comma is missing",
        "Check the braces and commas; put texts with commas in quotes.",
    ),
    (
        r"could not find expected ':'|simple key",
        "a name without its colon stands here",
        "Write `name: value`, or indent the line to belong to the text above.",
    ),
    (
        r"block (collection|mapping|sequence)|block end",
        "the indentation does not fit the lines above",
        "Indent the parts of one thing equally, with spaces.",
    ),
    (r"alias|anchor", "a text begins with & or *", "Put it in quotes."),
    (r"tag|directive", "a text begins with ! or %", "Put it in quotes."),
    (
        r"cannot start any token",
        "a text begins with a character that has a meaning in YAML (such as @ ` % ,)",
        "Put it in quotes.",
    ),
)


def _in_words(problem: str) -> tuple[str, str]:
    for pattern, what, remedy in _TROUBLES:
        if re.search(pattern, problem):
            return what, remedy
    return f"this is not YAML ({plain(problem.strip(' |'))})", "Check quotes, brackets, colons and indentation."
