"""Documents on a terminal: plain sentences, broken where it ends; text from a case is never read as markup."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING

from summitry.document import Bullets, Folded, Heading, Lines, Marked, Moves, Sentence, Table, look_up
from summitry.wording.catalogue import Span, Wording, joined
from summitry.wording.numbers import NBSP, NOTHING
from summitry.wording.text import clean, clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from summitry.document import Block, Document, Phrase

_PERCENT = re.compile(r"(?<=\d) %")
NARROWEST, GAP = 40, 2


def render(document: Document, wording: Wording, width: int = 80, *, bold: bool = False) -> str:
    """A document as text of at most `width` columns, its headings `bold`; pictures and what is folded are left out."""
    page = _Page(document.answer, wording, max(width, NARROWEST), bold=bold)
    lines = [line for block in document.blocks for line in page.lines(block)]
    return "\n".join([*lines, *page.listed()]).strip("\n")


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


class _Page:
    """One document's answer and wording, and the width of the terminal."""

    def __init__(self, answer: object, wording: Wording, width: int, *, bold: bool) -> None:
        self.answer, self.wording, self.width, self.bold = answer, wording, width, bold
        self.sources: dict[str, int] = {}

    def text(self, phrase: Phrase) -> str:
        """A phrase as one string."""
        return plain(self.wording.spans(phrase, self.answer), self.sources)

    def listed(self) -> Iterator[str]:
        """The sources by the numbers that stand in the text."""
        if self.sources:
            yield from self._heading(self.wording.catalogue["sources"])
        for text, number in self.sources.items():
            yield from paragraph(f"[{number}] {text}", self.width, 2)

    def lines(self, block: Block) -> Iterator[str]:
        """The lines of a block."""
        if isinstance(block, Heading):
            yield from self._heading(self.text(block.phrase))
        elif isinstance(block, Sentence):
            yield from paragraph(self.text(block.phrase), self.width, 2 + 2 * block.depth)
        elif isinstance(block, Bullets):
            yield from self._bullets(block)
        elif isinstance(block, Moves):
            for text in moves(self.wording, self.answer, block.place):
                yield from paragraph(plain(text, self.sources), self.width, 2 + 2 * block.depth)
        elif isinstance(block, Table):
            yield from self._table(block)
        elif isinstance(block, Marked):
            labels = {mark: self.wording.catalogue[f"{block.code}.{mark}"] for _, _, mark in block.marks}
            pieces = (f"{text} ({labels[mark]})" if labels.get(mark) else text for text, mark in block.pieces(self.answer))
            for line in "".join(pieces).splitlines():
                yield from paragraph(line, self.width, 4, 4)
        elif isinstance(block, Lines):
            yield from map(clean_lines, block.texts(self.answer))
        elif isinstance(block, Folded):
            return

    def _heading(self, text: str) -> Iterator[str]:
        yield ""
        for line in paragraph(text, self.width, 0, 0):
            yield f"\x1b[1m{line}\x1b[0m" if self.bold else line

    def _bullets(self, block: Bullets) -> Iterator[str]:
        if block.lead is not None:
            yield from paragraph(self.text(block.lead), self.width, 2)
        for item in block.items:
            yield from paragraph(f"- {self.text(item)}", self.width, 4)

    def _table(self, block: Table) -> Iterator[str]:
        """Columns side by side where they fit; else each row as a paragraph of `head: cell`, without what is empty."""
        yield from self._heading(plain(self.wording.caption(block, self.answer), self.sources))
        heads = [self.text(column.head) for column in block.columns]
        rows = [
            [plain(self.wording.cell(c.cell, self.answer, place), self.sources).replace(NBSP, " ") for c in block.columns]
            for place in block.shown
        ]
        widths = [max(map(len, cells)) for cells in zip(heads, *rows, strict=True)]
        if 2 + sum(widths) + GAP * (len(widths) - 1) > self.width:
            for row in rows:
                filled = [(head, cell) for head, cell in zip(heads[1:], row[1:], strict=True) if cell != NOTHING]
                pairs = [f"{head}: {cell}" if head else cell for head, cell in filled]
                yield from paragraph(f"{row[0]} – {'; '.join(pairs)}", self.width, 2)
            return
        numeric = [all(is_numeric(row[k]) for row in rows) for k in range(len(heads))]
        for cells in [heads, *rows] if any(heads) else rows:
            set_cells = [
                cell.rjust(size) if right else cell.ljust(size) for cell, size, right in zip(cells, widths, numeric, strict=True)
            ]
            yield f"  {(' ' * GAP).join(set_cells)}".rstrip()


def moves(wording: Wording, answer: object, place: str) -> Iterator[list[Span]]:
    """A package by who gives what: for each side its heading and its moves."""
    package: Mapping[str, str] = look_up(answer, place)  # type: ignore[assignment] # a place of moves holds option by issue
    names = wording.names
    groups = names.by_side(package)
    for k, (side, given) in enumerate(groups):
        givers = list(dict.fromkeys(party for by, _ in given for party in by))
        kind = "together" if side is None else "we" if names.ours(givers[0]) else "they" if k == 0 else "other"
        parts = []
        for by, move in given:
            span = Span(move, "case")
            several = len(givers) != len(by)
            parts.append([span, Span(f" ({', '.join(map(names.name, by))})", "case")] if several else [span])
        yield [*wording.message(f"moves.{kind}", {"givers": givers}), Span(": "), *joined(parts)]


def plain(spans: Iterable[Span], sources: dict[str, int]) -> str:
    """Pieces as one string; a source as its number among `sources`, to which a new one is added."""
    return "".join(reference(span, sources) if span.kind == "source" else span.text for span in spans)


def reference(span: Span, sources: dict[str, int]) -> str:
    """The number of a source, as it stands in a text."""
    return f"[{sources.setdefault(span.text, len(sources) + 1)}]"


def is_numeric(cell: str) -> bool:
    """Whether a cell holds a number and nothing else, so that it is set right."""
    return bool(re.fullmatch(r"[–−+\d.,\s%±/∞]*|(under|over|about)\s[\d.]+\s%", cell))
