"""YAML as people write it, safe under YAML 1.1 and 1.2: a name that some reader could take for something else is quoted."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WIDTH = 110
PLAIN = re.compile(r"[A-Za-z]([A-Za-z0-9 _.()%+/-]*[A-Za-z0-9_)%])?")
WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
LARGEST_WHOLE = 1e15


def document(data: Mapping[str, object], comments: Sequence[str] = ()) -> bytes:
    """Write a mapping as a document, with comment lines above it."""
    lines = [f"# {' '.join(comment.split())}" for comment in comments if comment.isprintable()]
    return ("\n".join([*lines, *block(data, "")]) + "\n").encode()


def block(data: Mapping[str, object], indent: str) -> Iterator[str]:
    """Yield the lines of a mapping; a part that holds no further mapping stays on one line while it fits."""
    for key, value in data.items():
        line = f"{indent}{scalar(key)}: {flow(value)}"
        nested = isinstance(value, dict) and any(isinstance(part, dict) for part in value.values())
        if not isinstance(value, (dict, list, tuple)) or not value or (not nested and len(line) <= WIDTH):
            yield line
        elif isinstance(value, dict):
            yield f"{indent}{scalar(key)}:"
            yield from block(value, indent + "  ")
        else:
            yield f"{indent}{scalar(key)}:"
            yield from _list(value, indent + "  ")


def _list(items: list[object] | tuple[object, ...], indent: str) -> Iterator[str]:
    for item in items:
        line = f"{indent}- {flow(item)}"
        if not isinstance(item, dict) or len(line) <= WIDTH:
            yield line
            continue
        first = True
        for inner in block(item, indent + "  "):
            yield f"{indent}- {inner[len(indent) + 2 :]}" if first else inner
            first = False


def flow(value: object) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: object) -> str:
    """Write a name, number, truth value, date or nothing."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return number(value)
    return value.isoformat() if isinstance(value, dt.date) else text(str(value))


def text(value: str) -> str:
    """Write a text plain where no reader can mistake it, otherwise in the quotes that need fewer escapes."""
    if PLAIN.fullmatch(value) and value.lower() not in WORDS:
        return value
    if '"' in value and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def number(value: float) -> str:
    """Write the shortest number that reads back the same; an exponent gets its point, which YAML 1.1 needs."""
    if float(value).is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    digits = repr(float(value))
    mantissa, sign, exponent = digits.partition("e")
    return digits if not sign or "." in mantissa else f"{mantissa}.0e{exponent}"
