"""Documents as HTML: all text is escaped, that of a case stands apart from ours, every number carries its path in the answer."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from summitry.report.layout import Walk
from summitry.wording.text import clean_lines, typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from summitry.document import Bullets, Document, Figure, Folded, Heading, Lines, Marked, Moves, Phrase, Sentence, Table
    from summitry.report.layout import Cell, Grid
    from summitry.wording import Span, Wording

SENTENCE = 24
FIRST, WIDE, LEAST, LETTER, GAP = 8.0, 11.0, 3.5, 0.5, 0.7
"""In widths of the type, as in the style: a row's name, a sentence, any cell; about a letter, and the room between columns."""
CARDS: tuple[int, ...] = (22, *range(24, 80, 4))
"""At which widths tables are set as cards, each a multiple of the type's size; the style has a rule for each."""
_DATE = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b", re.ASCII)


def render(
    document: Document,
    wording: Wording,
    *,
    level: int = 2,
    prefix: str = "",
    figures: Mapping[str, str] | None = None,
    sources: dict[str, int] | None = None,
) -> str:
    """A document as a fragment.

    Headings begin at `level`; `prefix` is the answer's own path, where it is a part of something larger; `figures` holds markup
    of pictures by key. `sources` are those that are numbered already, and new ones are added to them; without it they are listed
    at the end.
    """
    page = _Page(document.answer, wording, sources, level=level, prefix=f"{prefix}." if prefix else "", figures=figures or {})
    blocks = [*page.walk(document.blocks)]
    return "\n".join(blocks if sources is not None or not page.sources else [*blocks, page.listed()])


class _Page(Walk[str]):
    """The markup of each block of a document; a heading, a path and a picture as `render` says."""

    def __init__(
        self,
        answer: object,
        wording: Wording,
        sources: dict[str, int] | None,
        *,
        level: int,
        prefix: str,
        figures: Mapping[str, str],
    ) -> None:
        super().__init__(answer, wording, sources)
        self.level, self.prefix, self.figures = level, prefix, figures

    def listed(self) -> str:
        """The list of sources by number."""
        items = "".join(f'<li id="source-{number}">{escape(text)}</li>' for text, number in self.sources.items())
        return f"<h{self.level}>{escape(self.wording.catalogue['sources'])}</h{self.level}>\n<ol>{items}</ol>"

    def heading(self, block: Heading) -> Iterator[str]:
        tag = f"h{min(self.level + block.level - 1, 6)}"
        yield f"<{tag}>{self.phrase(block.phrase)}</{tag}>"

    def sentence(self, block: Sentence) -> Iterator[str]:
        text, under = self.phrase(block.phrase), ' class="under"' if block.depth else ""
        yield f"<p{under}>{text}</p>" if text else ""

    def bullets(self, block: Bullets) -> Iterator[str]:
        lead = "" if block.lead is None else f"<p>{self.phrase(block.lead)}</p>\n"
        yield f"{lead}<ul>{''.join(f'<li>{self.phrase(item)}</li>' for item in block.items)}</ul>"

    def moves(self, block: Moves) -> Iterator[str]:
        yield f"<ul>{''.join(f'<li>{self.spans(side)}</li>' for side in self.sides(block))}</ul>"

    def table(self, block: Table) -> Iterator[str]:
        """A table whose empty columns are named under it, and whose rows become cards where the page is narrow."""
        grid = self.grid(block, block.shown)
        silent = [k for k in range(1, len(grid.heads)) if grid.rows and all(row[k].is_empty for row in grid.rows)]
        columns = [k for k in range(len(grid.heads)) if k not in silent]
        head = "".join(self._head(grid.heads[k], numeric=grid.numeric[k]) for k in columns)
        body = "".join(f'<tr role="row">{"".join(self._field(k, row, grid) for k in columns)}</tr>\n' for row in grid.rows)
        path = escape(self.prefix + re.sub(r"\[[^\]]*\]$", "", block.rows[0])) if block.rows else ""
        yield (
            f'<div class="scroll">\n<table role="table" class="cards-{_cards(grid, columns)}">\n'
            f'<caption>{self.spans(grid.caption)} <span class="path">findings.json: {path}</span></caption>\n'
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n<tbody role="rowgroup">\n{body}</tbody>\n'
            f"</table>\n</div>\n{self._note(grid, silent)}"
        )

    def _note(self, grid: Grid, silent: Sequence[int]) -> str:
        """The columns that no row fills."""
        if not silent:
            return ""
        names = ", ".join(self.spans(grid.heads[k].spans) for k in silent)
        return f'<p class="note">{escape(self.wording.catalogue["table.silent"])} {names}.</p>'

    def _head(self, head: Cell, *, numeric: bool) -> str:
        if not head.text:
            return '<td role="cell"></td>'
        look = ' class="num"' if numeric else ""
        return f'<th role="columnheader" scope="col"{look}>{self.spans(head.spans)}</th>'

    def _field(self, k: int, row: Sequence[Cell], grid: Grid) -> str:
        text = self.spans(row[k].spans)
        if k == 0:
            return f'<th role="rowheader" scope="row">{text}</th>'
        return f'<td role="cell" class="{_look(row[k])}" data-head="{escape(grid.heads[k].text)}">{text}</td>'

    def marked(self, block: Marked) -> Iterator[str]:
        pieces = (self._piece(text, mark, self.label(block, mark)) for text, mark in block.pieces(self.answer))
        yield f'<div class="marked">{"".join(pieces)}</div>'

    def _piece(self, text: str, mark: str, label: str) -> str:
        markup = escape(clean_lines(text), quote=False)
        if not mark or not text:
            return markup
        if not label:
            return f'<span class="{mark}">{markup}</span>'
        return f'<mark class="{mark}">{markup}<sup>{escape(label)}</sup></mark>'

    def lines(self, block: Lines) -> Iterator[str]:
        lines = (f"<bdi>{escape(clean_lines(text), quote=False)}</bdi>" for text in block.texts(self.answer))
        yield "<pre>{}</pre>".format("\n".join(lines))

    def figure(self, block: Figure) -> Iterator[str]:
        yield self.figures.get(block.key, "")

    def folded(self, block: Folded) -> Iterator[str]:
        inner = "\n".join(self.walk(block.blocks))
        yield f"<details>\n<summary>{escape(self.wording.catalogue['folded'])}</summary>\n{inner}\n</details>"

    def phrase(self, phrase: Phrase) -> str:
        """The markup of a phrase."""
        return self.spans(self.wording.spans(phrase, self.answer))

    def spans(self, pieces: Iterable[Span]) -> str:
        """Pieces of a sentence: numbers as `data` with their path, text of a case isolated."""
        return "".join(map(self._span, pieces))

    def _span(self, span: Span) -> str:
        text = whole(span.text)
        if span.kind == "source":
            number = self.reference(span)
            return f'<a href="#source-{number[1:-1]}">{number}</a>'
        if span.kind == "number":
            value = "" if span.value is None else f' value="{span.value:.6g}"'
            path = f' data-path="{escape(self.prefix + span.path)}"' if span.path else ""
            return f"<data{value}{path}>{text}</data>"
        return f"<bdi>{text}</bdi>" if span.kind == "case" else text


def whole(text: str) -> str:
    """The text escaped, with a true minus, and its dates and percentages each in one piece, so that no line ends inside one."""
    return _DATE.sub(r'<span class="whole">\g<0></span>', typeset(escape(text, quote=False)))


def _look(cell: Cell) -> str:
    return "num" if cell.is_number else "wide" if len(cell.text) > SENTENCE else "short"


def _cards(grid: Grid, columns: Sequence[int]) -> int:
    """Where the page is narrower than this, in widths of its type, each row is set as a card."""
    least = FIRST
    for k in columns[1:]:
        texts, is_number = [row[k].text for row in grid.rows], grid.numeric[k]
        if not is_number and any(len(text) > SENTENCE for text in texts):
            least += WIDE
            continue
        pieces = [word for text in texts for word in ([text] if is_number else text.split())]
        least += max(LEAST, LETTER * max(map(len, [*pieces, *grid.heads[k].text.split()]), default=0) + GAP)
    return next((size for size in CARDS if size >= least), CARDS[-1])
