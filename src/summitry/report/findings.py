"""Findings as one JSON document: documented keys in a stable order, six digits, and the page's own words and numbers."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from summitry.questions.prepare import DOCUMENT
from summitry.report.data import plain
from summitry.report.page import content
from summitry.wording import Wording, messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summitry.deals.frontier import Frontier
    from summitry.study import Findings

__all__ = ["FORMAT", "KEYS", "document", "plain", "tabled", "to_json"]

FORMAT = "summitry findings 1"
DEPTH = 3
KEYS: Mapping[str, str] = {key: messages()[f"findings.{key}"] for key in DOCUMENT}
"""What each top-level key means; below them the keys are the names of the result types' fields."""


def document(found: Findings) -> dict[str, Any]:
    """The findings as plain JSON values, in the order of `KEYS`."""
    fields = {f.name: getattr(found, f.name) for f in dataclasses.fields(found)}
    frontier = None if found.frontier is None else tabled(found.frontier)
    body = {"format": FORMAT, **fields, "page": content(found)}
    wording = Wording(found.wording_names, messages())
    return {key: frontier if key == "frontier" else plain(body[key], wording) for key in KEYS}


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


def to_json(found: Findings) -> str:
    """The document as text with one trailing newline; numbers that JSON lacks are "Infinity", "-Infinity", "NaN"."""
    text = _lines(document(found), 0)
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
