"""What a question shows: a few kinds of blocks, without words and without numbers of their own.

A block names a message of the catalogue by its `code` and a `place` in the answer. The message's fields are looked up there when
a door renders the block, so every number that is shown is one of the answer's, and its path is known.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DERIVED = ("passed", "exact", "unanswered")
"""Properties of an answer that are shown beside the fields they come from."""
_STEP = re.compile(r"\[((?:\\.|[^\]\\])+)\]|\.?([^.\[]+)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message of the catalogue about a place in the answer; `values` are what the place itself does not hold."""

    code: str
    place: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the answer's own, level 2 stands inside it."""

    phrase: Phrase
    level: int = 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph of one message, or of the reason that stands at its place; `depth` sets it under the one before."""

    phrase: Phrase
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list under the line that introduces it."""

    lead: Phrase | None
    items: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """A package by who gives what; `place` holds option by issue."""

    place: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the message of its head, and what its cells show, written as in a message: `price:number`."""

    head: Phrase
    cell: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, the places of its rows, its columns. The first column heads each row.

    Of more rows than `most` only so many are shown, evenly spread, with both ends.
    """

    caption: Phrase
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    most: int | None = None

    @property
    def shown(self) -> tuple[str, ...]:
        """The places of the rows that are shown."""
        last, most = len(self.rows) - 1, self.most
        return self.rows if most is None or last < most else tuple(self.rows[round(k * last / (most - 1))] for k in range(most))


@dataclass(frozen=True, slots=True)
class Marked:
    """A text of which stretches are marked.

    `place` holds the text. `marks` say from which character to which, and as what; none begins inside another. The messages
    `code.MARK` name them.
    """

    place: str
    code: str
    marks: tuple[tuple[int, int, str], ...]

    def pieces(self, answer: object) -> Iterator[tuple[str, str]]:
        """The text in pieces, each with what it is marked as; empty for what carries no mark."""
        text, at = str(look_up(answer, self.place)), 0
        for start, end, mark in self.marks:
            yield text[at:start], ""
            yield text[start:end], mark
            at = end
        yield text[at:], ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that are read or copied as they are, such as those of a file: none is broken, indents stay.

    `place` holds a text of several lines, or a list with a line for each item.
    """

    place: str

    def texts(self, answer: object) -> list[str]:
        """The lines, each without an end."""
        value = look_up(answer, self.place)
        items = value.split("\n") if isinstance(value, str) else value if isinstance(value, (tuple, list)) else (value,)
        return [str(item).replace("\n", " ") for item in items]


@dataclass(frozen=True, slots=True)
class Figure:
    """The place of a picture, by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class Folded:
    """Blocks that stand behind the rest: a page folds them, a terminal leaves them out."""

    blocks: tuple[Block, ...]


Block: TypeAlias = Heading | Sentence | Bullets | Moves | Table | Marked | Lines | Figure | Folded


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of an answer, with the answer that their places lead into."""

    answer: object
    blocks: tuple[Block, ...]


def head(code: str, place: str = "", *, level: int = 1, **values: Any) -> Heading:  # noqa: ANN401 (as in Phrase)
    """A heading."""
    return Heading(Phrase(code, place, values), level)


def say(code: str, place: str = "", *, depth: int = 0, **values: Any) -> Sentence:  # noqa: ANN401 (as in Phrase)
    """A paragraph of one message."""
    return Sentence(Phrase(code, place, values), depth)


def why(place: str, *, depth: int = 0) -> Sentence:
    """A paragraph of the reason that stands at a place."""
    return Sentence(Phrase("reason", place), depth)


def bullets(code: str | None, items: Iterable[Phrase], place: str = "", **values: Any) -> Bullets:  # noqa: ANN401 (as in Phrase)
    """A list; without a code nothing introduces it."""
    return Bullets(None if code is None else Phrase(code, place, values), tuple(items))


def table(
    code: str,
    rows: Iterable[str],
    columns: Iterable[str | Column],
    most: int | None = None,
    *,
    place: str = "",
    **values: Any,  # noqa: ANN401 (as in Phrase)
) -> Table:
    """A table whose caption is the message `code` about `place`, of which `most` rows are shown.

    A column is written `NAME = CELL`: its head is the message `code.NAME`, and `= CELL` may be left out where the cell shows the
    field NAME. A cell holds fields with their styles, as a message does: `price = price:number`.
    """
    shown = tuple(_column(code, c) if isinstance(c, str) else c for c in columns)
    return Table(Phrase(code, place, values), tuple(rows), shown, most)


def column(code: str, cell: str, **values: Any) -> Column:  # noqa: ANN401 (as in Phrase)
    """A column whose head is any message, as for one of several parties."""
    return Column(Phrase(code, "", values), cell)


def _column(code: str, written: str) -> Column:
    name, sign, cell = (part.strip() for part in written.partition("="))
    return Column(Phrase(f"{code}.{name.partition(':')[0]}"), cell if sign else name)


def within(place: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of an answer that stands at a place of a larger one."""

    def moved(inner: Phrase) -> Phrase:
        return dataclasses.replace(inner, place=_under(place, inner.place))

    for block in blocks:
        if isinstance(block, (Heading, Sentence)):
            yield dataclasses.replace(block, phrase=moved(block.phrase))
        elif isinstance(block, Bullets):
            lead = None if block.lead is None else moved(block.lead)
            yield Bullets(lead, tuple(map(moved, block.items)))
        elif isinstance(block, (Moves, Marked)):
            yield dataclasses.replace(block, place=_under(place, block.place))
        elif isinstance(block, Table):
            rows = tuple(_under(place, row) for row in block.rows)
            yield dataclasses.replace(block, caption=moved(block.caption), rows=rows)
        elif isinstance(block, Folded):
            yield Folded(tuple(within(place, block.blocks)))
        else:
            yield block


def _under(place: str, inner: str) -> str:
    return f"{place}{'.' if inner and inner[0] != '[' else ''}{inner}"


def places(place: str, items: Sequence[object] | Mapping[Any, object]) -> tuple[str, ...]:
    """The place of each item of the sequence or mapping at `place`."""
    keys = items if isinstance(items, Mapping) else range(len(items))
    return tuple(f"{place}[{escaped(key)}]" for key in keys)


def escaped(key: object) -> str:
    """A key as it stands in a path: whatever a case names something, the path leads to it."""
    return re.sub(r"[\\\]]", r"\\\g<0>", str(key))


def look_up(root: object, path: str) -> object:
    """What stands at a path such as `unlocks[0].worth[us]` or `price.package`: fields of data, keys of mappings, places of lists.

    Raises LookupError where the path leads nowhere.
    """
    value = root
    for key, name in _STEP.findall(path):
        value = _step(value, re.sub(r"\\(.)", r"\1", key) if key else name, path)
    return value


def _step(value: object, key: str, path: str) -> object:
    if isinstance(value, Mapping):
        if key in value:
            return value[key]
        if key.lstrip("-").isdigit() and int(key) in value:
            return value[int(key)]
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if key.lstrip("-").isdigit() and -len(value) <= int(key) < len(value):
            return value[int(key)]
    elif dataclasses.is_dataclass(value) and not key.startswith("_") and hasattr(value, key):
        return getattr(value, key)
    msg = f"nothing stands at {path!r}: there is no {key!r} in a {type(value).__name__}"
    raise LookupError(msg)
