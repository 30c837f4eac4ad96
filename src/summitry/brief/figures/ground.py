"""The figure of groundwork: which moves to begin when, and until when each may wait."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
    BAND,
    DARK,
    DAY,
    FAINT,
    LIGHT,
    ROW,
    WARM,
    WIDTH,
    Figure,
    Spec,
    finish,
    frame,
    milliseconds,
    moment,
    quantity,
    rows,
    text,
)
from summitry.brief.words import clip

if TYPE_CHECKING:
    from summitry.plan.groundwork import MoveResult
    from summitry.study import Findings

MOST_MOVES = 20


def groundwork(found: Findings) -> Figure | None:
    """The chosen moves as bars at their earliest dates, with a thin line to the latest end that still serves."""
    told = found.groundwork
    chosen = [] if told is None else [move for move in told.moves if move.chosen]
    if told is None or not chosen:
        return None
    left, shown = 178, chosen[:MOST_MOVES]
    data = [_bar(found, k, move) for k, move in enumerate(shown)]
    slack = [{"y": row["y"], "x": row["to"], "to": row["end"]} for row in data if row["end"] > row["to"]]
    start, end = milliseconds(told.today), max(milliseconds(told.by), milliseconds(told.today) + DAY)
    axis = {"format": "%b %Y", "tickCount": 3, "title": None, "labelFlush": True, "gridColor": FAINT}
    x, y = moment("x", axis, (start, end)), quantity("y", (-0.5, len(data) - 0.5), reverse=True)
    layers: list[Spec] = [_bars(slack, {"size": 3, "color": LIGHT}, x, y)] if slack else []
    for own, look in ((True, {"color": DARK}), (False, {"color": BAND, "stroke": DARK, "strokeWidth": 1.5})):
        layers.append(_bars([row for row in data if row["own"] == own], {"size": 11, **look}, x, y))
    notes = ["Full bars: the principal; outlined bars: its allies. Thin: how long the work can wait and still be done in time."]
    meets = found.readiness.meets if found.readiness is not None else None
    if meets is not None and start <= milliseconds(meets) <= end:
        mark = {"data": rows({"x": milliseconds(meets)}), "mark": {"type": "rule", "color": WARM, "strokeDash": [4, 3]}}
        layers.append(mark | {"encoding": {"x": x}})
        notes.append(f"Dashed: the meeting, {meets}.")
    if len(chosen) > len(shown):
        notes.append(f"The first {len(shown)} of {len(chosen)} moves are drawn.")
    layers += [text(data, {"value": 0}, y, align="right", dx=-6), frame(left, WIDTH - left - 14, 14)]
    spec = finish({"width": WIDTH - left - 14, "height": len(data) * ROW, "layer": layers})
    counted = "1 move" if len(chosen) == 1 else f"{len(chosen)} moves"
    alt = f"Groundwork: {counted}, the first to begin on {min(m.begin for m in chosen)}, all done by {told.by}."
    return Figure("groundwork", "Which groundwork, and when?", spec, alt, tuple(notes))


def _bar(found: Findings, k: int, move: MoveResult) -> Spec:
    last = dt.date.fromisoformat(move.latest or move.begin) + dt.timedelta(days=move.takes)
    return {
        "y": k,
        "x": milliseconds(move.begin),
        "to": max(milliseconds(move.end), milliseconds(move.begin) + DAY),
        "end": milliseconds(last),
        "own": move.party == found.principal,
        "label": clip(move.title, 28),
    }


def _bars(values: list[Spec], look: Spec, x: Spec, y: Spec) -> Spec:
    mark = {"type": "bar", "orient": "horizontal", **look}
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "x2": {"field": "to"}, "y": y}}
