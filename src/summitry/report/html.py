"""Documents as HTML: all text is escaped, that of a case stands apart from ours, every number carries its path in the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from summitry.document import Bullets, Figure, Folded, Heading, Lines, Marked, Moves, Sentence, Table
from summitry.report.terminal import is_numeric, moves, plain, reference
from summitry.wording.numbers import NBSP, NOTHING
from summitry.wording.text import clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from summitry.document import Block, Document, Phrase
    from summitry.wording import Span, Wording

SENTENCE = 24
FIRST, WIDE, LEAST, LETTER, GAP = 8.0, 11.0, 3.5, 0.5, 0.7
"""In widths of the type, as in the style: a row's name, a sentence, any cell; about a letter, and the room between columns."""
CARDS: tuple[int, ...] = (22, *range(24, 80, 4))
"""At which widths tables are set as cards, each a multiple of the type's size; the style has a rule for each."""
_MINUS, _PERCENT = re.compile(r"(?<![\w.-])-(?=\d)"), re.compile(r"(?<=\d) %")
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
    numbered: dict[str, int] = {} if sources is None else sources
    page = _Page(document.answer, wording, level, f"{prefix}." if prefix else "", figures or {}, numbered)
    blocks = [*map(page.block, document.blocks)]
    return "\n".join(blocks if sources is not None or not numbered else [*blocks, page.listed()])


@dataclass(frozen=True, slots=True)
class _Page:
    """What every block of a document needs."""

    answer: object
    wording: Wording
    level: int
    prefix: str
    figures: Mapping[str, str] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)

    def listed(self) -> str:
        """The list of sources by number."""
        items = "".join(f'<li id="source-{number}">{escape(text)}</li>' for text, number in self.sources.items())
        return f"<h{self.level}>{escape(self.wording.catalogue['sources'])}</h{self.level}>\n<ol>{items}</ol>"

    def block(self, block: Block) -> str:
        """The markup of a block."""
        if isinstance(block, Heading):
            tag = f"h{min(self.level + block.level - 1, 6)}"
            return f"<{tag}>{self.phrase(block.phrase)}</{tag}>"
        if isinstance(block, Sentence):
            text = self.phrase(block.phrase)
            return f"<p>{text}</p>" if text else ""
        if isinstance(block, Bullets):
            lead = "" if block.lead is None else f"<p>{self.phrase(block.lead)}</p>\n"
            return f"{lead}<ul>{''.join(f'<li>{self.phrase(item)}</li>' for item in block.items)}</ul>"
        if isinstance(block, Moves):
            sides = moves(self.wording, self.answer, block.place)
            return f"<ul>{''.join(f'<li>{self.spans(side)}</li>' for side in sides)}</ul>"
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Marked):
            return f'<div class="marked">{"".join(self._piece(block, *piece) for piece in block.pieces(self.answer))}</div>'
        if isinstance(block, Lines):
            lines = (f"<bdi>{escape(clean_lines(text), quote=False)}</bdi>" for text in block.texts(self.answer))
            return "<pre>{}</pre>".format("\n".join(lines))
        if isinstance(block, Figure):
            return self.figures.get(block.key, "")
        return self._folded(block)

    def _piece(self, block: Marked, text: str, mark: str) -> str:
        shown = escape(clean_lines(text), quote=False)
        if not mark or not text:
            return shown
        label = self.wording.catalogue[f"{block.code}.{mark}"]
        return (
            f'<mark class="{mark}">{shown}<sup>{escape(label)}</sup></mark>' if label else f'<span class="{mark}">{shown}</span>'
        )

    def _folded(self, block: Folded) -> str:
        inner = "\n".join(map(self.block, block.blocks))
        return f"<details>\n<summary>{escape(self.wording.catalogue['folded'])}</summary>\n{inner}\n</details>"

    def phrase(self, phrase: Phrase) -> str:
        """The markup of a phrase."""
        return self.spans(self.wording.spans(phrase, self.answer))

    def spans(self, pieces: Iterable[Span]) -> str:
        """Pieces of a sentence: numbers as `data` with their path, text of a case isolated."""
        return "".join(map(self._span, pieces))

    def _span(self, span: Span) -> str:
        text = whole(span.text)
        if span.kind == "source":
            number = reference(span, self.sources)
            return f'<a href="#source-{number[1:-1]}">{number}</a>'
        if span.kind == "number":
            value = "" if span.value is None else f' value="{span.value:.6g}"'
            path = f' data-path="{escape(self.prefix + span.path)}"' if span.path else ""
            return f"<data{value}{path}>{text}</data>"
        return f"<bdi>{text}</bdi>" if span.kind == "case" else text

    def table(self, block: Table) -> str:
        """A table whose empty columns are named under it, and whose rows become cards where the page is narrow."""
        heads = [self.wording.spans(column.head, self.answer) for column in block.columns]
        rows = [[self.wording.cell(column.cell, self.answer, place) for column in block.columns] for place in block.shown]
        texts = [[plain(cell, self.sources) for cell in row] for row in rows]
        silent = [k for k in range(1, len(heads)) if rows and all(row[k] == NOTHING for row in texts)]
        shown = [k for k in range(len(heads)) if k not in silent]
        looks = [["num" if is_numeric(cell) else "wide" if len(cell) > SENTENCE else "short" for cell in row] for row in texts]
        numeric = [bool(rows) and all(row[k] == "num" for row in looks) for k in range(len(heads))]
        cards = _cards([[row[k] for row in texts] for k in shown], [_text(heads[k]) for k in shown], [numeric[k] for k in shown])
        head = "".join(self._head(heads[k], numeric=numeric[k]) for k in shown)
        body = "".join(
            f'<tr role="row">{"".join(self._cell(k, row, look, heads) for k in shown)}</tr>\n'
            for row, look in zip(rows, looks, strict=True)
        )
        lacking = f'<p class="note">{escape(self.wording.catalogue["table.silent"])} ' if silent else ""
        note = lacking + ", ".join(self.spans(heads[k]) for k in silent) + ".</p>" if silent else ""
        path = escape(self.prefix + re.sub(r"\[[^\]]*\]$", "", block.rows[0])) if block.rows else ""
        caption = f'{self.spans(self.wording.caption(block, self.answer))} <span class="path">findings.json: {path}</span>'
        return (
            f'<div class="scroll">\n<table role="table" class="cards-{cards}">\n<caption>{caption}</caption>\n'
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n<tbody role="rowgroup">\n{body}</tbody>\n'
            f"</table>\n</div>\n{note}"
        )

    def _head(self, head: Sequence[Span], *, numeric: bool) -> str:
        if not _text(head):
            return '<td role="cell"></td>'
        return (
            f'<th role="columnheader" scope="col"{" class=" if numeric else ""}{"num" if numeric else ""}>{self.spans(head)}</th>'
        )

    def _cell(self, k: int, row: Sequence[Sequence[Span]], looks: Sequence[str], heads: Sequence[Sequence[Span]]) -> str:
        if k == 0:
            return f'<th role="rowheader" scope="row">{self.spans(row[0])}</th>'
        return f'<td role="cell" class="{looks[k]}" data-head="{escape(_text(heads[k]))}">{self.spans(row[k])}</td>'


def whole(text: str) -> str:
    """The text escaped, with a true minus, and its dates and percentages each in one piece, so that no line ends inside one."""
    typeset = _MINUS.sub("−", _PERCENT.sub(f"{NBSP}%", escape(text, quote=False)))
    return _DATE.sub(r'<span class="whole">\g<0></span>', typeset)


def _text(spans: Sequence[Span]) -> str:
    return "".join(span.text for span in spans)


def _cards(columns: Sequence[Sequence[str]], heads: Sequence[str], numeric: Sequence[bool]) -> int:
    """Where the page is narrower than this, in widths of its type, each row is set as a card."""
    least = FIRST
    for cells, head, number in list(zip(columns, heads, numeric, strict=True))[1:]:
        if not number and any(len(cell) > SENTENCE for cell in cells):
            least += WIDE
            continue
        pieces = [word for cell in cells for word in ([cell] if number else cell.split())]
        least += max(LEAST, LETTER * max(map(len, [*pieces, *head.split()]), default=0) + GAP)
    return next((size for size in CARDS if size >= least), CARDS[-1])
