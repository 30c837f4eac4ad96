"""JSON with places: strict (no NaN, no key twice, no deep nesting), and lines and columns found only when something is wrong."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from summitry.case.source import shown

from .files import Place
from .node import Node

if TYPE_CHECKING:
    from collections.abc import Generator

    from .files import Source

    Path = tuple[str | int, ...]

DEEPEST = 64
WHITE = re.compile(r"[ \t\n\r]*")
SCALAR = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,:\[\]{}]+', re.DOTALL)
BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


def parse(source: Source) -> Node:
    """Read a JSON file; raises CaseInvalid with line and column where it is none, or uses what is refused."""
    try:
        text = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        Place(source.name).refuse(f"byte {error.start} is not UTF-8", "Save the file as UTF-8")
    _refuse_depth(text, source.name)
    suspects: list[str] = []

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(members)) < len(members):
            suspects.append("a key twice")
        return dict(members)

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_constant=suspects.append)
    except json.JSONDecodeError as error:
        Place(source.name, error.lineno, error.colno).refuse(f"this is not JSON ({error.msg})", "Mend the text at this place")
    except ValueError:
        Place(source.name).refuse("a number has thousands of digits", "Write numbers that a value can have")
    if suspects:
        _refuse_suspect(text, source.name)
    return Node(data, (), partial(_place, text, source.name))


def _refuse_depth(text: str, name: str) -> None:
    depth = 0
    for match in BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > DEEPEST:
            _at(text, name, match.start(), ()).refuse(f"this is nested more than {DEEPEST} levels deep", "No scenario is")


def _refuse_suspect(text: str, name: str) -> NoReturn:
    """Find and refuse the first NaN, infinity or repeated key."""
    paths: set[Path] = set()
    for path, offset in _positions(text):
        here = _at(text, name, offset, path)
        if path in paths:
            here.refuse(f"{shown(str(path[-1]))} stands twice in one object", "Keep one of them")
        paths.add(path)
        constant = re.compile(r"NaN|-?Infinity").match(text, offset)
        if constant:
            here.refuse(f"{constant[0]} is no value", "Write a finite number")
    raise AssertionError(name)


def _place(text: str, name: str, path: Path) -> Place:
    """Find where the value at `path` begins."""
    for position, offset in _positions(text):
        if position == path:
            return _at(text, name, offset, path)
    return Place(name, path=".".join(map(str, path)))


def _at(text: str, name: str, offset: int, path: Path) -> Place:
    line = text.count("\n", 0, offset) + 1
    return Place(name, line, offset - text.rfind("\n", 0, offset), ".".join(map(str, path)))


def _positions(text: str) -> Generator[tuple[Path, int], None, int]:
    return _walk(text, 0, ())


def _walk(text: str, at: int, path: Path) -> Generator[tuple[Path, int], None, int]:
    """Yield path and offset of every value of a text that is JSON; return where the value ends."""
    at = _skip(text, at)
    yield path, at
    if text[at] not in "[{":
        return _end(text, at)
    mapping, count = text[at] == "{", 0
    at = _skip(text, at + 1)
    while text[at] not in "]}":
        key: str | int = count
        if mapping:
            end = _end(text, at)
            key, at = json.loads(text[at:end]), _skip(text, end) + 1
        at = _skip(text, (yield from _walk(text, at, (*path, key))))
        at = _skip(text, at + 1) if text[at] == "," else at
        count += 1
    return at + 1


def _skip(text: str, at: int) -> int:
    match = WHITE.match(text, at)
    return match.end() if match else at


def _end(text: str, at: int) -> int:
    match = SCALAR.match(text, at)
    return match.end() if match else at
