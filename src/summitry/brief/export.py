"""Findings as one JSON document: documented keys in a stable order, six digits, and the page's own words and numbers."""

from __future__ import annotations

import dataclasses
import json
import math
from typing import TYPE_CHECKING, Any

from summitry.brief.page import content

if TYPE_CHECKING:
    from summitry.study import Findings

FORMAT = "summitry findings 1"
DIGITS = 6
KEYS = {
    "format": "name and version of this document's form",
    "case": "name of the case",
    "title": "title of the case",
    "as_of": "ISO date up to which the case knows the world",
    "viewer": "the party whose files alone were opened; null for an analyst who opened all",
    "principal": "the party that the analysis serves",
    "version": "version of summitry",
    "seed": "seed of all draws",
    "draws": "number of draws; probabilities are shares of them",
    "digest": "SHA-256 of the bytes of the case that were read",
    "names": "titles by name, for display",
    "givers": "the parties that can give each issue",
    "sides": "the coalition of each party, or the party itself",
    "settings": "what the analysis assumed",
    "counts": "sizes of the case",
    "holdings": "by party and category: claims side by side (declared, estimated, verified) and quantiles of the fused estimates",
    "record": "words and deeds by month (-2..2), beliefs with every contribution in log-odds, and what was done so far",
    "frontier": "efficient packages: points[k] are own points of packages[k]; reservation values, bargaining solutions",
    "rung": "where to start: the best swap that passes all gates, or the nearest miss, and what was searched",
    "ideas": "the case's named ideas under the same four gates",
    "price": "the least that buys the deliverable at a chosen chance of acceptance, in the payer's own points",
    "plan": "the steps in order with dates, and what each party holds if everything stops after each",
    "omitted": "links of the chain that were left out, and why",
    "notes": "conventions and warnings that belong to every result",
    "page": "what the one page says; `numbers` lists each number as shown, its value, and the path of the key it comes from",
}
"""What each top-level key means; below them the keys are the names of the result types' fields."""


def document(found: Findings) -> dict[str, Any]:
    """The findings as plain JSON values, in the order of `KEYS`."""
    body = {"format": FORMAT, **plain(found), "page": plain(content(found))}
    return {key: body[key] for key in KEYS}


def to_json(found: Findings) -> str:
    """The document as text with one trailing newline; numbers that JSON lacks are "Infinity", "-Infinity", "NaN"."""
    text = json.dumps(document(found), ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def plain(value: Any) -> Any:  # noqa: ANN401 (the findings hold every plain type)
    """Dataclasses, tuples and mappings as JSON values; derived answers such as `passed` stand beside their fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return fields | {
            key: getattr(value, key) for key in ("passed", "exact") if isinstance(getattr(type(value), key, None), property)
        }
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(inner) for inner in value]
    if isinstance(value, float):
        return rounded(value)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    msg = f"findings hold a {type(value).__name__}, which has no place in JSON: {value!r}"
    raise TypeError(msg)


def rounded(value: float) -> float | str:
    """A float at six significant digits, without a negative zero; a number that JSON lacks as its name."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(f"{value:.{DIGITS}g}") + 0.0
