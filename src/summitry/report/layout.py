"""What every door shares: one walk over blocks, a table as rows of cells, a package by who gives what, sources by number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from summitry.document import Folded, look_up
from summitry.wording.catalogue import Span, Wording, joined
from summitry.wording.numbers import NOTHING
from summitry.wording.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from summitry.document import Block, Marked, Moves, Phrase, Table

T = TypeVar("T")
_SIGNS = re.compile(r"[–−+\d.,\s%±/∞]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its pieces, each with its kind and its path in the answer, and the text that they come to."""

    spans: list[Span]
    text: str

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers and signs and nothing else, so that it is set right."""
        return all(span.kind == "number" or _SIGNS.fullmatch(span.text) for span in self.spans)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.text == NOTHING


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in words: the pieces of its caption, its heads, its rows; `numeric` says which columns hold numbers alone."""

    caption: list[Span]
    heads: list[Cell]
    rows: list[list[Cell]]

    @property
    def numeric(self) -> list[bool]:
        """Whether each column holds numbers alone."""
        return [bool(self.rows) and all(row[k].is_number for row in self.rows) for k in range(len(self.heads))]


class Speech:
    """An answer in words: phrases, tables and packages; sources are numbered in the order in which they are met."""

    def __init__(self, answer: object, wording: Wording, sources: dict[str, int] | None = None) -> None:
        self.answer, self.wording = answer, wording
        self.sources: dict[str, int] = {} if sources is None else sources

    def text(self, phrase: Phrase) -> str:
        """A phrase as one string."""
        return self.plain(self.wording.spans(phrase, self.answer))

    def plain(self, spans: Iterable[Span]) -> str:
        """Pieces as one string; a source as its number."""
        return clean("".join(self.reference(span) if span.kind == "source" else span.text for span in spans))

    def reference(self, span: Span) -> str:
        """The number of a source, as it stands in a text."""
        return f"[{self.sources.setdefault(span.text, len(self.sources) + 1)}]"

    def grid(self, table: Table, places: Iterable[str]) -> Grid:
        """The rows at these places of a table as cells."""
        heads = [self._cell(self.wording.spans(column.head, self.answer)) for column in table.columns]
        rows = [[self._cell(self.wording.cell(column.cell, self.answer, at)) for column in table.columns] for at in places]
        return Grid(self.wording.caption(table, self.answer), heads, rows)

    def _cell(self, spans: list[Span]) -> Cell:
        return Cell(spans, self.plain(spans))

    def sides(self, moves: Moves) -> Iterator[list[Span]]:
        """A package by who gives what, a sentence for each side."""
        package: Mapping[str, str] = look_up(self.answer, moves.place)  # type: ignore[assignment] # option by issue
        for heading, items in sides(self.wording, package):
            yield [*heading, Span(": "), *joined(items)]

    def label(self, block: Marked, mark: str) -> str:
        """What stands beside a marked stretch; empty where nothing does."""
        return self.wording.catalogue[f"{block.code}.{mark}"] if mark else ""


class Walk(Speech, Generic[T]):
    """Renders the blocks of an answer one by one: a block of the class Table by the method `table`, and so for each class."""

    def walk(self, blocks: Iterable[Block]) -> Iterator[T]:
        """What the blocks come to."""
        for block in blocks:
            yield from getattr(self, type(block).__name__.lower())(block)


def sides(
    wording: Wording, package: Mapping[str, str], first: str | None = None
) -> Iterator[tuple[list[Span], list[list[Span]]]]:
    """A package by who gives what: for each side, that of `first` before the others, its heading and its moves."""
    names = wording.names
    for k, (side, gifts) in enumerate(names.by_side(package, first)):
        givers = list(dict.fromkeys(party for by, _, _ in gifts for party in by))
        they = "they" if k == 0 and names.two_sides else "other"
        kind = "together" if side is None else "we" if names.ours(givers[0]) else they
        items = [
            [Span(move, "case")]
            + [Span(f" ({', '.join(map(names.name, by))})", "case")] * (len(givers) != len(by))
            + wording.marked(mark)
            for by, move, mark in gifts
        ]
        yield wording.message(f"moves.{kind}", {"givers": givers}), items


def unfolded(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with what is folded among them."""
    for block in blocks:
        yield from unfolded(block.blocks) if isinstance(block, Folded) else [block]
