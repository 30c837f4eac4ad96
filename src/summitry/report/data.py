"""Answers as plain data for JSON and tables: documented keys in a stable order, six digits, reasons with their sentence."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from summitry.reasons import Reason

if TYPE_CHECKING:
    from summitry.wording import Wording

DIGITS = 6
DERIVED = ("passed", "exact", "unanswered")
"""Derived answers that stand beside the fields they come from."""


def plain(value: Any, wording: Wording | None = None) -> Any:  # noqa: ANN401 (answers hold every plain type)
    """Dataclasses, tuples and mappings as JSON values; a reason as its code, its values and, with `wording`, its sentence."""
    if isinstance(value, Reason):
        text = {} if wording is None else {"text": "".join(span.text for span in wording.reason(value))}
        return {"code": value.code, **text, "values": plain(value.values, wording)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        names += [name for name in DERIVED if isinstance(getattr(type(value), name, None), property)]
        return {name: plain(getattr(value, name), wording) for name in names}
    if isinstance(value, Mapping):
        return {str(key): plain(inner, wording) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(inner, wording) for inner in value]
    if isinstance(value, float):
        return rounded(value)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    msg = f"an answer holds a {type(value).__name__}, which has no place in JSON: {value!r}"
    raise TypeError(msg)


def rounded(value: float) -> float | str:
    """A float at six significant digits, without a negative zero; a number that JSON lacks as its name."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(f"{value:.{DIGITS}g}") + 0.0


def to_json(value: object, wording: Wording | None = None) -> str:
    """One JSON object for --json."""
    return json.dumps(plain(value, wording), ensure_ascii=False, indent=1, allow_nan=False)
