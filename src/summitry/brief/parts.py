"""What a section of the book is made of: paragraphs, lists, tables and figures, as data that the template shows and escapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from summitry.brief.words import address, clean, number, plain_percent, whole_percent

if TYPE_CHECKING:
    from collections.abc import Iterable


SENTENCE = 24
NOTHING = "–"
TENTH = 0.0005
FIRST, WIDE, LEAST, LETTER, GAP = 8.0, 11.0, 3.5, 0.5, 0.7
"""In widths of the type, as in the style: a row's name, a sentence, any cell; about a letter, and the room between columns."""
CARDS: tuple[int, ...] = (22, *range(24, 80, 4))
"""At which widths tables are set as cards, each a multiple of the type's size; the style has a rule for each."""


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
    def silent(self) -> tuple[int, ...]:
        """The columns that no row fills: they are named under the table instead of being shown."""
        further = range(1, len(self.head)) if self.rows else ()
        return tuple(k for k in further if all(row[k].text == NOTHING for row in self.rows))

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that are shown."""
        silent = self.silent
        return tuple(k for k in range(len(self.head)) if k not in silent)

    @property
    def cards(self) -> int:
        """Where the page is narrower than this, in widths of its type, each row is set as a card."""
        least = FIRST + sum(map(self._least, self.columns[1:]))
        return next((size for size in CARDS if size >= least), CARDS[-1])

    def _least(self, column: int) -> float:
        """The least width of a column: numbers whole, sentences in lines, else the longest word."""
        cells = [row[column] for row in self.rows]
        if any(cell.look == "wide" for cell in cells):
            return WIDE
        pieces = [word for cell in cells for word in ([cell.text] if cell.kind == "num" else cell.text.split())]
        return max(LEAST, LETTER * max(map(len, [*pieces, *self.head[column].split()]), default=0) + GAP)

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
class Markup:
    """A document of a question, rendered."""

    html: str
    kind: str = "markup"


Part: TypeAlias = Markup | Table | Paragraph | Bullets | Picture | Heading


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
            return Cell(NOTHING)
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
        return Cell(clean(cell) or NOTHING)
    return Cell(number(cell), "num")


def count(whole: int) -> Cell:
    """A count in full."""
    return Cell(f"{whole:,}", "num")


def share(value: float | None, error: float | None = None, *, absent: str = "not modelled") -> Cell:
    """A probability to a whole percent with its sampling error; the page rounds the same number further."""
    if value is None:
        return Cell(absent, "num")
    if error is None:
        return Cell(whole_percent(value), "num")
    tenths = [plain_percent(p) if p == 0 or p >= TENTH else f"under {plain_percent(2 * TENTH)}" for p in (value, error)]
    return Cell(" ± ".join(tenths), "num")


def spread(values: Iterable[float] | None) -> Cell:
    """A range as low, middle and high."""
    return Cell("–" if values is None else " / ".join(number(v) for v in values), "num")
