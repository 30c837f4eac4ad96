"""Answers as plain data for JSON and tables: documented keys in a stable order, reasons with their sentence."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from summitry.document import DERIVED
from summitry.reasons import Reason

if TYPE_CHECKING:
    from summitry.wording import Wording

DIGITS: int | None = 6
"""Significant digits of numbers, where nothing else is said."""


def plain(value: Any, wording: Wording | None = None, digits: int | None = DIGITS) -> Any:  # noqa: ANN401 (every plain type)
    """Dataclasses, tuples and mappings as JSON values; a reason as its code, its values and, with `wording`, its sentence.

    Numbers have so many significant `digits`, or all of theirs where that is None.
    """
    if isinstance(value, Reason):
        text = {} if wording is None else {"text": "".join(span.text for span in wording.reason(value))}
        return {"code": value.code, **text, "values": plain(value.values, wording, digits)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name), wording, digits) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {str(key): plain(inner, wording, digits) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(inner, wording, digits) for inner in value]
    if isinstance(value, float):
        return rounded(value, digits)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    msg = f"an answer holds a {type(value).__name__}, which has no place in JSON: {value!r}"
    raise TypeError(msg)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """What an answer shows of a dataclass: its fields, and what is derived from them."""
    derived = (name for name in DERIVED if isinstance(getattr(kind, name, None), property))
    return (*(field.name for field in dataclasses.fields(kind)), *derived)


def rounded(value: float, digits: int | None = DIGITS) -> float | str:
    """A float at so many significant digits, without a negative zero; a number that JSON lacks as its name."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return (value if digits is None else float(f"{value:.{digits}g}")) + 0.0


def to_json(value: object, wording: Wording | None = None, digits: int | None = DIGITS) -> str:
    """One JSON object for --json."""
    return json.dumps(plain(value, wording, digits), ensure_ascii=False, indent=1, allow_nan=False)
