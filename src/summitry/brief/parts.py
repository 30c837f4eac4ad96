"""What a section of the book is made of: paragraphs, lists, tables and figures, as data that the template shows and escapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from summitry.brief.words import address, clean, number, plain_percent, whole_percent

if TYPE_CHECKING:
    from collections.abc import Iterable


SENTENCE = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, `num` or `text` for its setting, and where it links to (a place in the book)."""

    text: str
    kind: str = "text"
    href: str = ""

    @property
    def look(self) -> str:
        """The style that its content asks for."""
        return self.kind if self.kind == "num" else "wide" if len(self.text) > SENTENCE else "short"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and the path of its numbers in findings.json; the first column of each row is its header."""

    caption: str
    path: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: str = "table"

    @property
    def wordy(self) -> bool:
        """True where cells hold sentences, so that a narrow screen sets each row as a card."""
        return any(len(cell.text) > SENTENCE for row in self.rows for cell in row[1:])

    def numeric(self, column: int) -> bool:
        """True where a column holds numbers, so that its head is set as they are."""
        return bool(self.rows) and self.rows[0][column].kind == "num"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or a few."""

    text: str
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list under a line that introduces it."""

    lead: str
    items: tuple[str, ...]
    kind: str = "bullets"


@dataclass(frozen=True, slots=True)
class Picture:
    """The place of a figure, by its key."""

    key: str
    kind: str = "picture"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in pieces, each with what it is marked as; empty for what carries no mark."""

    pieces: tuple[tuple[str, str], ...]
    kind: str = "marked"


Part: TypeAlias = Table | Paragraph | Bullets | Picture | Heading | Marked


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the book with its anchor."""

    anchor: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the book lists it: its text, cut where an address begins and ends, so that only addresses become links."""

    pieces: tuple[tuple[str, str | None], ...]


@dataclass(slots=True)
class Sources:
    """The numbered list of sources, filled as the sections name them."""

    found: dict[str, int] = field(default_factory=dict)

    def cell(self, text: str) -> Cell:
        """A reference to a source; a dash where none is named."""
        if not text.strip():
            return Cell("–")
        k = self.found.setdefault(text, len(self.found) + 1)
        return Cell(f"[{k}]", href=f"#source-{k}")

    def listed(self) -> tuple[Source, ...]:
        """All sources in the order of their numbers."""
        return tuple(_source(text) for text in self.found)


def _source(text: str) -> Source:
    shown = ((clean(word), address(word.rstrip(".,;)"))) for word in text.split())
    return Source(tuple(shown))


def row(*cells: Cell | str | float | None) -> tuple[Cell, ...]:
    """Cells of a table row: text cleaned, numbers at three significant digits and set right."""
    return tuple(_cell(cell) for cell in cells)


def _cell(cell: Cell | str | float | None) -> Cell:
    if isinstance(cell, Cell):
        return cell
    if isinstance(cell, str):
        return Cell(clean(cell) or "–")
    return Cell(number(cell), "num")


def count(whole: int) -> Cell:
    """A count in full."""
    return Cell(f"{whole:,}".replace(",", "\N{NARROW NO-BREAK SPACE}"), "num")


def share(value: float | None, error: float | None = None, *, absent: str = "not modelled") -> Cell:
    """A probability to a whole percent with its sampling error; the page rounds the same number further."""
    if value is None:
        return Cell(absent, "num")
    if error is None:
        return Cell(whole_percent(value), "num")
    return Cell(f"{plain_percent(value)} ± {plain_percent(error)}", "num")


def spread(values: Iterable[float] | None) -> Cell:
    """A range as low, middle and high."""
    return Cell("–" if values is None else " / ".join(number(v) for v in values), "num")
