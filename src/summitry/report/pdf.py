"""Documents as PDF/UA-1, set by typst; text of a case reaches typst as JSON strings and is never read as markup."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from summitry.report.layout import Walk
from summitry.wording.text import clean_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.document import Bullets, Document, Figure, Folded, Heading, Lines, Marked, Moves, Sentence, Table
    from summitry.wording import Wording


def render(document: Document, wording: Wording) -> bytes:
    """A document as a PDF, what is folded written out; characters that typst's fonts lack are looked for in the computer's."""
    page = _Page(document.answer, wording)
    blocks = list(page.walk(document.blocks))
    if page.sources:
        blocks.append({"kind": "heading", "level": 2, "text": wording.catalogue["sources"]})
        blocks += [{"kind": "sentence", "depth": 0, "text": f"[{number}] {text}"} for text, number in page.sources.items()]
    title = next((block["text"] for block in blocks if block["kind"] == "heading"), "summitry")
    data = json.dumps({"title": title, "language": wording.catalogue["language"], "blocks": blocks})
    return compiled(template("document.typ"), data) or compiled(template("document.typ"), data, system_fonts=True, tagged=False)


def compiled(source: bytes, data: str, *, system_fonts: bool = False, tagged: bool = True) -> bytes:
    """A template with its data as a PDF, as PDF/UA-1 where it is `tagged`; empty where the fonts lack a character of it."""
    import typst

    try:
        return typst.compile(
            source,
            format="pdf",
            ignore_system_fonts=not system_fonts,
            pdf_standards="ua-1" if tagged else None,
            sys_inputs={"data": data},
        )
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return b""


@cache
def template(name: str) -> bytes:
    """A typst source of ours."""
    return files("summitry.report").joinpath("templates", name).read_bytes()


class _Page(Walk[dict[str, Any]]):
    """The blocks as the template takes them."""

    def heading(self, block: Heading) -> Iterator[dict[str, Any]]:
        yield {"kind": "heading", "level": block.level, "text": self.text(block.phrase)}

    def sentence(self, block: Sentence) -> Iterator[dict[str, Any]]:
        if words := self.text(block.phrase):
            yield {"kind": "sentence", "depth": block.depth, "text": words}

    def bullets(self, block: Bullets) -> Iterator[dict[str, Any]]:
        lead = "" if block.lead is None else self.text(block.lead)
        yield {"kind": "bullets", "lead": lead, "items": [self.text(item) for item in block.items]}

    def moves(self, block: Moves) -> Iterator[dict[str, Any]]:
        yield {"kind": "bullets", "lead": "", "items": [self.plain(side) for side in self.sides(block)]}

    def table(self, block: Table) -> Iterator[dict[str, Any]]:
        grid = self.grid(block, block.shown)
        yield {
            "kind": "table",
            "caption": self.plain(grid.caption),
            "heads": [cell.text for cell in grid.heads],
            "rows": [[cell.text for cell in row] for row in grid.rows],
            "numeric": grid.numeric,
        }

    def marked(self, block: Marked) -> Iterator[dict[str, Any]]:
        pieces = [(clean_lines(text), self.label(block, mark), bool(mark)) for text, mark in block.pieces(self.answer) if text]
        yield {"kind": "marked", "pieces": pieces}

    def lines(self, block: Lines) -> Iterator[dict[str, Any]]:
        yield {"kind": "lines", "text": "\n".join(map(clean_lines, block.texts(self.answer)))}

    def figure(self, _: Figure) -> Iterator[dict[str, Any]]:
        yield from ()

    def folded(self, block: Folded) -> Iterator[dict[str, Any]]:
        yield from self.walk(block.blocks)
