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
    from summitry.deals.frontier import Frontier
    from summitry.study import Findings
    from summitry.wording import Wording

FORMAT = "summitry findings 1"
DEPTH = 3

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


def document(findings: Findings, language: str | None = None) -> dict[str, Any]:
    """The document of findings.json, in the order of its keys: the findings, and the page's own words and numbers."""
    from summitry.questions.prepare import DOCUMENT
    from summitry.report.page import content
    from summitry.wording import Wording, messages

    fields = {f.name: getattr(findings, f.name) for f in dataclasses.fields(findings)}
    frontier = None if findings.frontier is None else tabled(findings.frontier)
    body = {"format": FORMAT, **fields, "page": content(findings, language)}
    wording = Wording(findings.wording_names, messages(language))
    return {key: frontier if key == "frontier" else plain(body[key], wording) for key in DOCUMENT}


def tabled(frontier: Frontier) -> dict[str, Any]:
    """A frontier whose packages are rows of numbers: `rows[k][i]` counts into the options of the i-th of `issues`."""
    options: dict[str, dict[str, int]] = {issue: {} for point in frontier.points for issue in point.package}
    rows = [
        [-1 if issue not in p.package else names.setdefault(p.package[issue], len(names)) for issue, names in options.items()]
        for p in frontier.points
    ]
    points = [plain({"values": point.values, "count": point.count}) for point in frontier.points]
    fields: dict[str, Any] = plain(dataclasses.replace(frontier, points=()))
    return fields | {"points": points, "issues": {issue: list(names) for issue, names in options.items()}, "rows": rows}


def findings_json(findings: Findings, language: str | None = None) -> str:
    """The text of findings.json with one trailing newline; numbers that JSON lacks are "Infinity", "-Infinity", "NaN"."""
    text = _lines(document(findings, language), 0)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _lines(value: Any, depth: int) -> str:  # noqa: ANN401 (any JSON value)
    """JSON with a line for each member down to `DEPTH` and compact below, where the fast encoder does the long tables."""
    if depth < DEPTH and value and isinstance(value, (dict, list)):
        inner, end = " " * (depth + 1), " " * depth
        if isinstance(value, dict):
            members = [f"{inner}{json.dumps(k, ensure_ascii=False)}: {_lines(v, depth + 1)}" for k, v in value.items()]
            return "{\n" + ",\n".join(members) + f"\n{end}}}"
        return "[\n" + ",\n".join(inner + _lines(v, depth + 1) for v in value) + f"\n{end}]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
