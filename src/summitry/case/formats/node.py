"""A part of a JSON or YAML file with the place where it stands, so that every demand on it can name that place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from summitry.case.source import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from .files import Place

    Path = tuple[str | int, ...]

LARGEST = 1e300


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
            self.refuse(
                f"{self.value if isinstance(self.value, float) else 'a number this large'} is no value", "Write a finite number"
            )
        return float(self.value)

    def whole(self) -> int:
        """Return a whole number of at most nine digits."""
        number = self.number()
        if not number.is_integer() or abs(number) >= 1e9:  # noqa: PLR2004 (nine digits)
            self.refuse(f"{number:g} is no whole number of at most nine digits", "Write one")
        return int(number)


def _whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
