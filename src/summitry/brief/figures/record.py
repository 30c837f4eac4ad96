"""The figure of a belief: what each piece of the record adds to it, as a waterfall from the prior to today."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
    DARK,
    FAINT,
    MUTED,
    WARM,
    WIDTH,
    Figure,
    Spec,
    finish,
    frame,
    lines,
    padded,
    quantity,
    text,
)
from summitry.brief.words import name, number, other, plain_percent
from summitry.evidence.seriousness import updated

if TYPE_CHECKING:
    from summitry.evidence.contributions import Contribution
    from summitry.study import Findings

MOST = 7
LEFT, RIGHT, TALL = 192, 44, 34
RATIOS = (1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1e3), (0.25, 0.5, 1.0, 2.0, 4.0)
"""Where the axis is marked: at the first of these if two of them lie within it."""


def waterfall(found: Findings) -> Figure | None:
    """How the record moves the principal's belief in the main other side: the strongest pieces by date, the rest as one.

    Lengths are log-odds, which add up; the numbers at the right are the belief that they come to, which stays within bounds.
    """
    beliefs = found.record.beliefs if found.record else ()
    they = other(found)
    belief = next((b for b in beliefs if b.party == found.principal and b.other == they), None)
    steps = _steps(belief.contributions) if belief else []
    if belief is None or not steps:
        return None
    prior, at = belief.prior[1], 0.0
    data: list[Spec] = [{"y": 0, "from": at, "to": at, "belief": prior, "label": ["before the record"]}]
    for k, (label, ratio) in enumerate(steps, 1):
        data.append({"y": k, "from": at, "to": at + ratio, "belief": updated(prior, at + ratio), "label": lines(label, 30)})
        at += ratio
    spec = finish({"width": WIDTH - LEFT - RIGHT, "height": len(data) * TALL, "layer": _layers(data)})
    alt = f"From a prior of {number(prior)} the record leads {name(found, belief.party)} to {number(belief.posterior[1])}: "
    alt += "; ".join(f"{label} {ratio:+.2g} in log-odds" for label, ratio in steps)
    question = f"Does {name(found, belief.other)} mean to deliver? What the record adds"
    said = (
        "Below: how many times as likely the record so far is if it means it as if it does not.",
        "At the right: the belief by the middle prior. The range and every piece are in the tables.",
    )
    return Figure("belief", question, spec, f"{alt}.", said)


def _steps(pieces: tuple[Contribution, ...]) -> list[tuple[str, float]]:
    """The label and log ratio of the strongest pieces by date, after the sum of the lesser ones."""
    telling = [piece for piece in pieces if piece.log_ratio]
    strong = sorted(telling, key=lambda piece: -abs(piece.log_ratio))[:MOST]
    rest = [piece.log_ratio for piece in telling if piece not in strong]
    lesser = [(f"{len(rest)} lesser pieces", math.fsum(rest))] if rest else []
    return lesser + [(f"{piece.date[:7]} {piece.what}", piece.log_ratio) for piece in telling if piece in strong]


def _layers(data: list[Spec]) -> list[Spec]:
    plot = WIDTH - LEFT - RIGHT
    domain = padded([row["to"] for row in data], 0.1)
    marks = [[r for r in ratios if domain[0] <= math.log(r) <= domain[1]] for ratios in RATIOS]
    shown = marks[0] if len(marks[0]) > 1 else marks[1]
    label = "datum.value < -0.01 ? '1/' + format(exp(-datum.value), '.0f') : format(exp(datum.value), '.0f')"
    axis = {"values": [math.log(r) for r in shown], "title": None, "domain": False, "labelExpr": label}
    x = quantity("from", domain, axis)
    y = quantity("y", (-0.5, len(data) - 0.3), reverse=True)
    links = [{"y": above["y"], "to": below["y"], "from": above["to"]} for above, below in pairwise(data)]
    link = {"type": "rule", "color": FAINT, "strokeWidth": 2}
    layers: list[Spec] = [{"data": {"values": links}, "mark": link, "encoding": {"x": x, "y": y, "y2": {"field": "to"}}}]
    for colour, way in ((DARK, 1), (WARM, -1)):
        some = [row for row in data if (row["to"] - row["from"]) * way > 0.0]
        if some:
            mark = {"type": "rule", "color": colour, "strokeWidth": 12}
            layers.append({"data": {"values": some}, "mark": mark, "encoding": {"x": x, "x2": {"field": "to"}, "y": y}})
    start = {"type": "point", "shape": "diamond", "filled": True, "color": MUTED, "size": 90, "opacity": 1}
    layers.append({"data": {"values": data[:1]}, "mark": start, "encoding": {"x": x, "y": y}})
    layers.append(text(data, {"value": 0}, y, align="right", dx=-6))
    beliefs = [{"y": row["y"], "label": plain_percent(row["belief"])} for row in data]
    return [*layers, text(beliefs, {"value": plot}, y, dx=6, color=MUTED), frame(LEFT, plot, RIGHT)]
