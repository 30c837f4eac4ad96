"""XML as a plain tree with lines and columns, without entities, document types, or depth that could hurt.

A declaration of a document type is where every known attack on XML readers begins (entity bombs, external files), and no scenario
needs one: it is refused before anything in it is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from summitry.case.source import shown

from .files import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .files import Source

DEEPEST = 32
MOST_ELEMENTS = 500_000
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
NO_NUMBERS = {"nan", "inf", "infinity", "+inf", "-inf", "+infinity", "-infinity"}


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


def parse(source: Source) -> Element:
    """Read a whole XML file into a tree; raises CaseInvalid with line and column where it cannot be read safely."""
    parser = expat.ParserCreate()
    stack: list[Element] = [Element("", {}, Place(source.name))]
    count = 0

    def here() -> Place:
        return Place(source.name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) > DEEPEST or count > MOST_ELEMENTS:
            here().refuse(
                "the XML nests too deep or has too many elements",
                f"At most {DEEPEST} levels and {MOST_ELEMENTS} elements are read",
            )
        element = Element(tag, attributes, here())
        stack[-1].children.append(element)
        stack.append(element)

    def end(_: str) -> None:
        stack.pop()

    def doctype(*_: object) -> None:
        here().refuse(
            "the XML declares a document type (DOCTYPE)", "Remove the declaration and its entities; they are never read"
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(source.data, True)  # noqa: FBT003 (expat takes it by position only)
    except expat.ExpatError as error:
        Place(source.name, error.lineno, error.offset + 1).refuse(
            f"this is not well-formed XML ({expat.ErrorString(error.code)})", "Mend the markup at this place"
        )
    except (LookupError, ValueError) as error:
        here().refuse(f"the XML's encoding cannot be read ({error})", "Save the file as UTF-8")
    return stack[0].children[0]
