"""Text of a case made safe to show anywhere: nothing unprintable, nothing that reorders what stands around it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SHOWN_CONTROLS = frozenset("\n\t\r\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
_REVERSING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_MARK = "\N{REPLACEMENT CHARACTER}"
_MINUS, _PERCENT = re.compile(r"(?<![\w.-])-(?=\d)"), re.compile(r"(?<=\d) %")


def clean(text: str) -> str:
    """The text in one line: line breaks become spaces; unprintable and reordering characters become a mark."""
    return _printable(text).strip()


def clean_lines(text: str) -> str:
    """The same for a message of several lines, which keeps its line breaks and indents."""
    return "\n".join(map(_printable, text.split("\n")))


def clip(text: str, limit: int) -> str:
    """The cleaned text, cut at a word where one ends near `limit` characters and marked with an ellipsis."""
    text = clean(text)
    if len(text) <= limit:
        return text
    start = text[: limit - 1]
    cut = start.rfind(" ")
    return (start[:cut] if cut > limit * 2 // 3 else start).rstrip(" ,;:.") + "…"


def typeset(text: str) -> str:
    """The text with a true minus before numbers, and percent signs tied to theirs, as every number of ours is set."""
    return _MINUS.sub("−", _PERCENT.sub("\N{NO-BREAK SPACE}%", text))


def _printable(text: str) -> str:
    return text if text.isprintable() else "".join(map(_character, text))


@cache
def _character(char: str) -> str:
    if char in _SHOWN_CONTROLS:
        return " "
    return _MARK if char in _REVERSING or unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} else char
