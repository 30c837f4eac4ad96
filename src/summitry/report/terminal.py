"""Documents on a terminal: plain sentences, broken where it ends; text from a case is never read as markup."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING

from summitry.report.layout import Walk
from summitry.wording.numbers import NBSP
from summitry.wording.text import clean, clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.document import Bullets, Document, Figure, Folded, Heading, Lines, Marked, Moves, Sentence, Table
    from summitry.report.layout import Grid
    from summitry.wording import Wording

_PERCENT = re.compile(r"(?<=\d) %")
NARROWEST, GAP = 40, 2


def render(document: Document, wording: Wording, width: int = 80, *, bold: bool = False) -> str:
    """A document as text of at most `width` columns, its headings `bold`; pictures and what is folded are left out."""
    page = _Page(document.answer, wording, max(width, NARROWEST), bold=bold)
    return "\n".join([*page.walk(document.blocks), *page.listed()]).strip("\n")


def paragraph(text: str, width: int, first: int = 0, further: int | None = None) -> list[str]:
    """Lines that never end between a number and its percent sign; spaces that hold words together are printed plain."""
    tied = _PERCENT.sub(f"{NBSP}%", clean(text))
    indent = first + 2 if further is None else further
    lines = wrap(
        tied,
        width,
        initial_indent=" " * first,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [line.replace(NBSP, " ") for line in lines]


class _Page(Walk[str]):
    """The lines of a document on a terminal of a width."""

    def __init__(self, answer: object, wording: Wording, width: int, *, bold: bool) -> None:
        super().__init__(answer, wording)
        self.width, self.bold = width, bold

    def listed(self) -> Iterator[str]:
        """The sources by the numbers that stand in the text."""
        if self.sources:
            yield from self._head(self.wording.catalogue["sources"])
        for text, number in self.sources.items():
            yield from paragraph(f"[{number}] {text}", self.width, 2)

    def heading(self, block: Heading) -> Iterator[str]:
        yield from self._head(self.text(block.phrase))

    def sentence(self, block: Sentence) -> Iterator[str]:
        yield from paragraph(self.text(block.phrase), self.width, 2 + 2 * block.depth)

    def bullets(self, block: Bullets) -> Iterator[str]:
        if block.lead is not None:
            yield from paragraph(self.text(block.lead), self.width, 2)
        for item in block.items:
            yield from paragraph(f"- {self.text(item)}", self.width, 2 if block.lead is None else 4)

    def moves(self, block: Moves) -> Iterator[str]:
        for side in self.sides(block):
            yield from paragraph(self.plain(side), self.width, 2 + 2 * block.depth)

    def table(self, block: Table) -> Iterator[str]:
        """Columns side by side where they fit; else each row as a paragraph of `head: cell`, without what is empty."""
        grid = self.grid(block, block.shown)
        yield from self._head(self.plain(grid.caption))
        texts = [[cell.text.replace(NBSP, " ") for cell in row] for row in [grid.heads, *grid.rows]]
        widths = [max(map(len, cells)) for cells in zip(*texts, strict=True)]
        if 2 + sum(widths) + GAP * (len(widths) - 1) > self.width:
            yield from self._as_paragraphs(grid)
            return
        for cells in texts if any(texts[0]) else texts[1:]:
            columns = zip(cells, widths, grid.numeric, strict=True)
            aligned = (cell.rjust(size) if right else cell.ljust(size) for cell, size, right in columns)
            yield f"  {(' ' * GAP).join(aligned)}".rstrip()

    def _as_paragraphs(self, grid: Grid) -> Iterator[str]:
        for first, *others in grid.rows:
            pairs = [(head.text, cell.text) for head, cell in zip(grid.heads[1:], others, strict=True) if not cell.is_empty]
            facts = "; ".join(f"{head}: {cell}" if head else cell for head, cell in pairs)
            yield from paragraph(f"{first.text} – {facts}", self.width, 2)

    def marked(self, block: Marked) -> Iterator[str]:
        pieces = ((text, self.label(block, mark)) for text, mark in block.pieces(self.answer))
        for line in "".join(f"{text} ({label})" if label else text for text, label in pieces).splitlines():
            yield from paragraph(line, self.width, 4, 4)

    def lines(self, block: Lines) -> Iterator[str]:
        yield from map(clean_lines, block.texts(self.answer))

    def figure(self, _: Figure) -> Iterator[str]:
        yield from ()

    def folded(self, _: Folded) -> Iterator[str]:
        yield from ()

    def _head(self, text: str) -> Iterator[str]:
        yield ""
        for line in paragraph(text, self.width, 0, 0):
            yield f"\x1b[1m{line}\x1b[0m" if self.bold else line
