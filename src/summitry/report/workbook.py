"""A document as a workbook: each table is a sheet, numbers have all their digits, and every text is a text, never a formula."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING

from summitry.document import Folded, Table
from summitry.errors import ExtraMissing
from summitry.report.terminal import plain
from summitry.wording.numbers import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from summitry.document import Block, Document
    from summitry.wording import Span, Wording

EPOCH = dt.datetime(1980, 1, 1)  # noqa: DTZ001 (xlsxwriter wants it without a zone; the same on every day)
FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
LONGEST, LONGEST_NAME = 32_767, 31


def render(document: Document, wording: Wording) -> bytes:
    """The tables of a document as the sheets of a workbook. Raises ExtraMissing where nothing here can write one."""
    try:
        import xlsxwriter  # type: ignore[import-untyped] # ships no types; what enters it is annotated here
    except ImportError:
        raise ExtraMissing("Spreadsheets", "xlsxwriter", "xlsx") from None
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": EPOCH})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    usual = book.add_format({"text_wrap": True, "valign": "top"})
    sources: dict[str, int] = {}
    for block in tables(document.blocks):
        sheet = book.add_worksheet(block.caption.code.rpartition(".")[2][:LONGEST_NAME])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, len(block.columns), 22)
        rows = [[wording.spans(column.head, document.answer) for column in block.columns]]
        rows += [[wording.cell(column.cell, document.answer, place) for column in block.columns] for place in block.rows]
        for i, row in enumerate(rows):
            for k, spans in enumerate(row):
                number = _number(spans)
                if number is not None:
                    sheet.write_number(i, k, number, usual)
                else:
                    text = plain(spans, sources).translate(FORBIDDEN)[:LONGEST]
                    sheet.write_string(i, k, "" if text == NOTHING else text, usual if i else bold)
    book.close()
    return stream.getvalue()


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """The tables among blocks, in order, folded ones too."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Folded):
            yield from tables(block.blocks)


def _number(spans: Sequence[Span]) -> float | None:
    """The number that is all that a cell shows; None where it shows a text, or more than a number."""
    value = spans[0].value if len(spans) == 1 and spans[0].kind == "number" else None
    return value if value is not None and math.isfinite(value) else None
