"""XML, JSON and YAML as trees with places, so that every demand on a part can name its line and column.

Nothing that could hurt is read. A declaration of a document type is where every known attack on XML readers begins (entity bombs,
external files), and no scenario needs one: it is refused before anything in it is read. JSON is strict: no NaN, no key twice, no
deep nesting; lines and columns are found only when something is wrong. YAML is what a case's own files may be (`case.yaml`).
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from summitry.case import yaml
from summitry.case.source import shown
from summitry.errors import CaseInvalid

from .files import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from .files import Source

    Path = tuple[str | int, ...]

DEEPEST_XML = 32
MOST_ELEMENTS = 500_000
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
NO_NUMBERS = {"nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity"}
LARGEST = 1e300
MOST_LEVELS = 64
WHITE = re.compile(r"[ \t\n\r]*")
SCALAR = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,:\[\]{}]+', re.DOTALL)
BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its tag, its attributes, where it begins, and its children."""

    tag: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[Element]:
        """Iterate over the children of this tag."""
        return (child for child in self.children if child.tag == tag)

    def deep(self, tag: str) -> Iterator[Element]:
        """Iterate over the descendants of this tag, in the order of the file."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.deep(tag)

    def text(self, name: str) -> str:
        """Return a required attribute; raises CaseInvalid where it is missing."""
        if name not in self.attributes:
            self.place.refuse(f"<{self.tag}> has no attribute {shown(name)}", f'Write <{self.tag} {name}="...">')
        return self.attributes[name]

    def number(self, name: str) -> float:
        """Return a required attribute as a finite number; raises CaseInvalid where it is none."""
        return number(self.text(name), f"{name} of <{self.tag}>", self.place)

    def whole(self, name: str) -> int:
        """Return a required attribute as a whole number of at most nine digits; raises CaseInvalid where it is none."""
        text = self.text(name).strip()
        if not re.fullmatch(r"[+-]?\d{1,9}", text):
            self.place.refuse(f"{name} of <{self.tag}> is {shown(text)}", "Write a whole number of at most nine digits")
        return int(text)


def number(text: str, what: str, place: Place) -> float:
    """Read a finite decimal number; NaN and infinity are refused by name."""
    plain = text.strip()
    if plain.lower() in NO_NUMBERS:
        place.refuse(f"{what} is {plain}", "Write a finite number; there is no value of that size")
    if not NUMBER.fullmatch(plain) or float(plain) in (float("inf"), float("-inf")):
        place.refuse(f"{what} is {shown(plain)}", "Write a finite decimal number such as 0.25")
    return float(plain)


def parse_xml(source: Source) -> Element:
    """Read a whole XML file into a tree; raises CaseInvalid with line and column where it cannot be read safely."""
    parser = expat.ParserCreate()
    stack: list[Element] = [Element("", {}, Place(source.name))]
    count = 0

    def here() -> Place:
        return Place(source.name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) > DEEPEST_XML or count > MOST_ELEMENTS:
            what = "the XML nests too deep or has too many elements"
            here().refuse(what, f"At most {DEEPEST_XML} levels and {MOST_ELEMENTS} elements are read")
        element = Element(tag, attributes, here())
        stack[-1].children.append(element)
        stack.append(element)

    def end(_: str) -> None:
        stack.pop()

    def doctype(*_: object) -> None:
        what = "the XML declares a document type (DOCTYPE)"
        here().refuse(what, "Remove the declaration and its entities; they are never read")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(source.data, True)  # noqa: FBT003 (expat takes it by position only)
    except expat.ExpatError as error:
        what = f"this is not well-formed XML ({expat.ErrorString(error.code)})"
        Place(source.name, error.lineno, error.offset + 1).refuse(what, "Mend the markup at this place")
    except (LookupError, ValueError) as error:
        here().refuse(f"the XML's encoding cannot be read ({error})", "Save the file as UTF-8")
    return stack[0].children[0]


@dataclass(frozen=True, slots=True)
class Node:
    """A value, its path in the file, and how to find where that path stands."""

    value: object
    path: Path
    where: Callable[[Path], Place]

    def refuse(self, what: str, remedy: str) -> NoReturn:
        """Raise the problem that stands here."""
        self.where(self.path).refuse(what, remedy)

    def has(self, key: str) -> bool:
        """Whether this is a mapping with this key, and something under it."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def __getitem__(self, key: str) -> Node:
        """Return a required part of a mapping; raises CaseInvalid where it is missing."""
        members = self.members()
        if key not in members:
            self.refuse(f"there is no {shown(key)} here", f"Add {shown(key)}")
        return members[key]

    def members(self) -> dict[str, Node]:
        """Return the parts of a mapping by key; raises CaseInvalid where this is none."""
        if not isinstance(self.value, dict):
            self.refuse("a mapping is expected here", "Write names with their values")
        return {str(key): Node(value, (*self.path, str(key)), self.where) for key, value in self.value.items()}

    def items(self) -> list[Node]:
        """Return the parts of a list; raises CaseInvalid where this is none."""
        if not isinstance(self.value, list):
            self.refuse("a list is expected here", "Write the values in a list")
        return [Node(value, (*self.path, i), self.where) for i, value in enumerate(self.value)]

    def text(self) -> str:
        """Return a text; raises CaseInvalid where this is none, or holds half a character."""
        if not isinstance(self.value, str) or not _whole(self.value):
            self.refuse(f"a text is expected here, found {shown(str(self.value))}", "Write a text")
        return self.value

    def label(self) -> str:
        """Return a text, or a number as it is written, as the name of an option."""
        if isinstance(self.value, (int, float)) and not isinstance(self.value, bool):
            return str(self.value)
        return self.text()

    def number(self) -> float:
        """Return a finite number; NaN, infinity, texts and truth values are refused by name."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            self.refuse(f"a number is expected here, found {shown(str(self.value))}", "Write a number such as 0.25")
        if math.isnan(self.value) or abs(self.value) > LARGEST:
            what = f"{self.value if isinstance(self.value, float) else 'a number this large'} is no value"
            self.refuse(what, "Write a finite number")
        return float(self.value)

    def whole(self) -> int:
        """Return a whole number of at most nine digits."""
        number = self.number()
        if not number.is_integer() or abs(number) >= 1e9:  # noqa: PLR2004 (nine digits)
            self.refuse(f"{number:g} is no whole number of at most nine digits", "Write one")
        return int(number)


def _whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def parse_json(source: Source) -> Node:
    """Read a JSON file; raises CaseInvalid with line and column where it is none, or uses what is refused."""
    text = source.text()
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
        if depth > MOST_LEVELS:
            _at(text, name, match.start(), ()).refuse(f"this is nested more than {MOST_LEVELS} levels deep", "No scenario is")


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


def parse_yaml(source: Source) -> Node:
    """Read a YAML file without anchors, tags and what else YAML can do; raises CaseInvalid with line and column."""
    document, problems = yaml.parse(source.text(), source.name)
    if document is None or problems:
        raise CaseInvalid(problems)

    def where(path: Path) -> Place:
        line, column = document.place(path)
        return Place(source.name, line, column, yaml.dotted(path))

    return Node(document.data, (), where)
