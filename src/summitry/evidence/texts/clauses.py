"""A text as sentences: where each begins and ends, its number in a list, and whether it stands in the operative part.

Offsets count characters of the text as given. Lines that begin with `#` are notes about the text and no part of it. A text that
announces its points ("state the following:") and numbers them has its commitments in these points; what comes before is
its preamble, and an unnumbered paragraph after them its closing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Place: TypeAlias = Literal["body", "preamble", "point", "closing"]
WRAPPED = 200
"""Lines of at most so many characters may be parts of a wrapped paragraph."""
LONGEST = 2000
HEADING = 90
_LABEL = re.compile(
    r"[ \t]*(?:(?P<mark>[-\u2010-\u2015\u2212*\u2022\u00b7\u25aa\u25e6\u2023])"
    r"|\[M\]"
    r"|(?P<word>(?:Article|ARTICLE|Section|SECTION|Point|Clause|§)\s*[\dIVXLC]+(?:\.\d+)*)[.:)]?"
    r"|\(?(?P<number>\d{1,3}(?:\.\d{1,3})*\.?[a-z]?|[IVXLC]{1,6}(?:\.\d+[a-z]?)?|[ivxlc]{1,5}|[a-zA-Z])[.)]"
    r"|(?P<split>[IVXLC]{1,6}\.\d+[a-z]?(?=\s)|\d{1,3}(?:\.\d{1,3})+(?=\s+[A-Z]))"
    r"|(?P<ring>[\u2460-\u2473]))[ \t]+"
)
_ANNOUNCED = re.compile(
    r"(?:following|as\x20follows|have\x20agreed|hereby\x20agree|agree\x20that|declare)\b[^.:]{0,80}:\s*$", re.IGNORECASE
)
_SHORT = re.compile(
    r"(?:\b(?:U\.S|U\.K|U\.N|No|Nos|Art|Arts|Mr|Mrs|Ms|Dr|St|Inc|Ltd|Co|Corp|e\.g|i\.e|para|paras|cf|vs|approx|[A-Z])\.)$"
)
_OPENS = re.compile(r"(?:The|A|An|It|They|In|On|Both|Each|All|This|These|No)\b")
_STOP = re.compile(r"[.!?](?:[\"'”’)\]]*)(?=\s|$)|;(?=\s)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence from `start` to `end`, the number of its list item, where it stands, and the line that introduces its list."""

    start: int
    end: int
    label: str = ""
    place: Place = "body"
    listed: bool = False
    lead: tuple[int, int] | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    label: str
    listed: bool
    after_blank: bool


def sentences(text: str) -> tuple[Sentence, ...]:
    """All sentences of a text in its order; one longer than `LONGEST` characters is cut there and marked so."""
    blocks = _blocks(text)
    places = _places(text, blocks)
    pieces: list[Sentence] = []
    lead: tuple[int, int] | None = None
    for block, place in zip(blocks, places, strict=True):
        body = text[block.start : block.end].rstrip()
        if not block.listed:
            lead = (block.start, block.end) if body.endswith(":") and len(body) > HEADING else lead if _heading(body) else None
        for start, end, cut in _split(text, block.start, block.end):
            pieces.append(Sentence(start, end, block.label, place, block.listed, lead if block.listed else None, cut))
    return tuple(pieces)


def _heading(body: str) -> bool:
    return len(body) <= HEADING and not body.endswith((".", ";"))


def _blocks(text: str) -> list[_Block]:
    """Paragraphs and list items; a wrapped line continues its paragraph, a label or a blank line begins another."""
    lines = list(_lines(text))
    width = max((end - start for start, end in lines), default=0)
    blocks: list[_Block] = []
    blank, open_ = True, False
    for k, (start, end) in enumerate(lines):
        line = text[start:end]
        if not line.strip() or line.lstrip().startswith("#"):
            blank, open_ = True, False
            continue
        label = _LABEL.match(line)
        body = start + (label.end() if label else len(line) - len(line.lstrip()))
        if open_ and label is None and _continues(text, lines[k - 1], line, width):
            blocks[-1] = replace(blocks[-1], end=end)
        else:
            number = next((part for part in label.groups() if part), "") if label else ""
            listed = bool(label and number)
            blocks.append(_Block(body, end, "" if label and label["mark"] else number, listed, blank))
        blank, open_ = False, True
    return blocks


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, at + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))
        at += len(line)


def _continues(text: str, before: tuple[int, int], line: str, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before: it would not have fitted there, or it begins small."""
    if width > WRAPPED:
        return False
    first = line.split(maxsplit=1)[0]
    filled = before[1] - before[0] + 1 + len(first) > 0.8 * width  # ragged lines end within a fifth of the widest
    return first[0].islower() or (filled and not text[: before[1]].endswith(":"))


def _places(text: str, blocks: list[_Block]) -> list[Place]:
    announced = next((k for k, b in enumerate(blocks) if not b.listed and _ANNOUNCED.search(text[b.start : b.end])), None)
    if announced is None:
        return ["body"] * len(blocks)
    points = [k for k, b in enumerate(blocks) if k > announced and b.listed and b.label]
    if len(points) < 2:  # noqa: PLR2004 (one number makes no list)
        return ["body"] * len(blocks)
    places: list[Place] = []
    for k, block in enumerate(blocks):
        if k <= announced:
            places.append("preamble")
        elif k > points[-1] and block.after_blank and not block.listed:
            places.append("closing")
        else:
            places.append("closing" if places[-1] == "closing" else "point")
    return places


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The sentences of a block: a stop ends one unless it belongs to a short form or stands inside brackets."""
    at = start
    for stop in _STOP.finditer(text, start, end):
        before, after = text[max(at, stop.start() - 12) : stop.start() + 1], text[stop.end() : min(end, stop.end() + 12)].lstrip()
        if stop[0].startswith(".") and _SHORT.search(before) and not (after and _OPENS.match(after)):
            continue
        near = max(at, stop.start() - LONGEST // 4)
        if text.count("[", near, stop.start()) > text.count("]", near, stop.end()):
            continue
        if stop[0] != ";" and after and after[0].islower():
            continue
        yield from _pieces(text, at, stop.end())
        at = stop.end()
    yield from _pieces(text, at, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        at = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        at = start + LONGEST if at < 0 else at
        yield start, at, True
        start = at
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end, False
