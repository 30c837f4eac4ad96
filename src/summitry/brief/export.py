"""Findings as one JSON document: documented keys in a stable order, six digits, and the page's own words and numbers."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from summitry.brief.page import content
from summitry.report.data import plain
from summitry.wording import Wording, messages

if TYPE_CHECKING:
    from summitry.study import Findings
    from summitry.trade.frontier import Frontier

__all__ = ["FORMAT", "KEYS", "document", "plain", "tabled", "to_json"]

FORMAT = "summitry findings 1"
DEPTH = 3
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
    "shares": "options that move a share of a holding, in units: 5, 50 and 95 % of the holding times the share",
    "declaration": "what is declared, or else supposed, against the estimates: how likely it is all, and after visits in vain",
    "inspections": "by issue: the inspection that the case states, what its sample finds, and its operating-characteristic curve",
    "record": "words and deeds by month (-2..2), beliefs with every contribution in log-odds, and what was done so far",
    "signals": "how serious each side is, whether words drift from deeds, who answers whom, every deed weighed, what to ask for",
    "frontier": "efficient packages: points[k] are values by party of rows[k], whose numbers count into `issues` (-1: not moved)",
    "rung": "where to start: the best swap that passes all gates, or the nearest miss, and what was searched",
    "sensitivity": "how likely the swap under START HERE is on fresh draws and at other correlations",
    "ideas": "the case's named ideas under the same four gates",
    "price": "the least that buys the deliverable at a chosen chance of acceptance, in the payer's own points",
    "ladder": "deals in the order in which trust comes to carry them, and the named ideas among them, from a quick search",
    "plan": "the steps in order with dates, and what each party holds if everything stops after each",
    "homes": "the back tables: what each says to the swap under START HERE, to every option alone, and to points of the frontier",
    "positions": "state of play: the board by issue and party, what is agreed, what waits for an answer, how each side moved",
    "promises": "promised, due, delivered: every promise of the record with its outcome",
    "audits": "the case's texts: commitments with the words of each field, what they lack, what is new or recycled",
    "groundwork": "the moves that raise the chance of START HERE most, with dates, and who still stands in the way",
    "readiness": "what is prepared and what is not, where, by when each task must start, and how long comparable talks took",
    "omitted": "links of the chain that were left out, and why",
    "notes": "conventions and warnings that belong to every result",
    "page": "what the one page says; `numbers` lists each number as shown, its value, and the path of the key it comes from",
}
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
