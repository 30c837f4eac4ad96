"""Documents as PDF/UA-1, set by typst; text of a case reaches typst as JSON strings and is never read as markup."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from summitry.document import Bullets, Figure, Folded, Heading, Lines, Marked, Moves, Sentence, Table
from summitry.report.terminal import is_numeric, moves, plain
from summitry.wording.text import clean, clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.document import Block, Document, Phrase
    from summitry.wording import Span, Wording

LANGUAGE = "en"


def render(document: Document, wording: Wording) -> bytes:
    """A document as a PDF, what is folded written out; characters that typst's fonts lack are looked for in the computer's."""
    import typst

    sources: dict[str, int] = {}
    blocks = [inner for block in document.blocks for inner in _blocks(block, document.answer, wording, sources)]
    if sources:
        blocks.append({"kind": "heading", "level": 2, "text": wording.catalogue["sources"]})
        blocks += [{"kind": "sentence", "depth": 0, "text": f"[{number}] {text}"} for text, number in sources.items()]
    title = next((block["text"] for block in blocks if block["kind"] == "heading"), "summitry")
    data = json.dumps({"title": title, "language": LANGUAGE, "blocks": blocks})
    try:
        return typst.compile(_template(), format="pdf", ignore_system_fonts=True, pdf_standards="ua-1", sys_inputs={"data": data})
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return typst.compile(_template(), format="pdf", sys_inputs={"data": data})


def _blocks(block: Block, answer: object, wording: Wording, sources: dict[str, int]) -> Iterator[dict[str, Any]]:
    """A block as the template takes it; nothing for one that says nothing."""

    def text(phrase: Phrase) -> str:
        return joined(wording.spans(phrase, answer))

    def joined(spans: list[Span]) -> str:
        return clean(plain(spans, sources))

    if isinstance(block, Heading):
        yield {"kind": "heading", "level": block.level, "text": text(block.phrase)}
    elif isinstance(block, Sentence):
        if words := text(block.phrase):
            yield {"kind": "sentence", "depth": block.depth, "text": words}
    elif isinstance(block, Bullets):
        lead = "" if block.lead is None else text(block.lead)
        yield {"kind": "bullets", "lead": lead, "items": [text(item) for item in block.items]}
    elif isinstance(block, Moves):
        yield {"kind": "bullets", "lead": "", "items": [joined(side) for side in moves(wording, answer, block.place)]}
    elif isinstance(block, Table):
        rows = [[joined(wording.cell(column.cell, answer, place)) for column in block.columns] for place in block.shown]
        heads = [text(column.head) for column in block.columns]
        numeric = [bool(rows) and all(is_numeric(row[k]) for row in rows) for k in range(len(heads))]
        yield {
            "kind": "table",
            "caption": joined(wording.caption(block, answer)),
            "heads": heads,
            "rows": rows,
            "numeric": numeric,
        }
    elif isinstance(block, Marked):
        labels = {mark: wording.catalogue[f"{block.code}.{mark}"] for _, _, mark in block.marks}
        pieces = [(clean_lines(words), labels.get(mark, ""), bool(mark)) for words, mark in block.pieces(answer) if words]
        yield {"kind": "marked", "pieces": pieces}
    elif isinstance(block, Lines):
        yield {"kind": "lines", "text": "\n".join(map(clean_lines, block.texts(answer)))}
    elif isinstance(block, Folded):
        for inner in block.blocks:
            yield from _blocks(inner, answer, wording, sources)
    elif isinstance(block, Figure):
        return


@cache
def _template() -> bytes:
    return files("summitry.report").joinpath("templates", "document.typ").read_bytes()
