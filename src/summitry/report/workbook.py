"""A document as a workbook: each table is a sheet, numbers have all their digits, and every text is a text, never a formula."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING

from summitry.document import Table
from summitry.errors import ExtraMissing
from summitry.report.layout import Speech, unfolded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.document import Document
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
    speech = Speech(document.answer, wording)
    for block in unfolded(document.blocks):
        if not isinstance(block, Table):
            continue
        sheet = book.add_worksheet(block.caption.code.rpartition(".")[2][:LONGEST_NAME])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, len(block.columns), 22)
        grid = speech.grid(block, block.rows)
        for i, row in enumerate([grid.heads, *grid.rows]):
            for k, cell in enumerate(row):
                number = _number(cell.spans)
                if number is not None:
                    sheet.write_number(i, k, number, usual)
                else:
                    text = "" if cell.is_empty else cell.text.translate(FORBIDDEN)[:LONGEST]
                    sheet.write_string(i, k, text, usual if i else bold)
    book.close()
    return stream.getvalue()


def _number(spans: Sequence[Span]) -> float | None:
    """The number that is all that a cell shows; None where it shows a text, or more than a number."""
    value = spans[0].value if len(spans) == 1 and spans[0].kind == "number" else None
    return value if value is not None and math.isfinite(value) else None
