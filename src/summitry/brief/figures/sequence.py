"""Figures of the plan: what each side holds if everything stops, step by step, and the steps in time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
    BAND,
    DARK,
    FAINT,
    INK,
    LIGHT,
    ROW,
    WARM,
    WIDTH,
    Figure,
    Spec,
    finish,
    frame,
    lines,
    milliseconds,
    moment,
    padded,
    quantity,
    rows,
    text,
    ticks,
)
from summitry.brief.words import clip, name, number, ours

if TYPE_CHECKING:
    from summitry.plan.results import Plan, Step
    from summitry.study import Findings

MOST_STEPS, MOST_PARTIES = 24, 4


def exposure(found: Findings) -> Figure | None:
    """What each party holds, in its own points, if everything stops after each step; below the line it is exposed."""
    plan = found.plan
    if plan is None or not plan.steps:
        return None
    parties = [p for p in plan.exposure if any(p in s.held for s in plan.steps)]
    shown = parties[:MOST_PARTIES]
    if not shown:
        return None
    notes = (
        [f"{len(parties) - len(shown)} more parties are in the table, not in the figure."] if len(parties) > len(shown) else []
    )
    panels = [_stairs(found, plan, party, last=party == shown[-1]) for party in shown]
    alt = "; ".join(f"{name(found, p)} is exposed to {number(plan.exposure[p], 2)} of its own points at most" for p in shown)
    spec = finish({"vconcat": panels})
    return Figure(
        "exposure",
        "What does each side hold if everything stops?",
        spec,
        f"Held after each of {len(plan.steps)} steps. {alt}.",
        tuple(notes),
    )


def _stairs(found: Findings, plan: Plan, party: str, *, last: bool) -> Spec:
    bars = [{"x": k - 0.42, "to": k + 0.42, "y": s.held.get(party, 0.0), "zero": 0} for k, s in enumerate(plan.steps, 1)]
    low, high = padded([0.0, *(b["y"] for b in bars)], 0.3)
    domain, count = (low, high), len(plan.steps)
    at = list(range(1, count + 1, max(1, count // 8)))
    label = {
        "values": at,
        "title": "if everything stops after step …" if last else None,
        "grid": False,
        "format": "d",
        "domain": False,
        "tickSize": 0,
    }
    x = quantity("x", (0.4, count + 0.6), label | {"labels": last})
    y = quantity("y", domain, {"values": ticks(*domain, 3), "title": None, "domain": False})
    layers: list[Spec] = []
    for below, look in ((False, {"color": LIGHT}), (True, {"color": WARM})):
        some = [b for b in bars if (b["y"] < 0) is below]
        encoding = {"x": x, "x2": {"field": "to"}, "y": y, "y2": {"field": "zero"}}
        layers.append({"data": {"values": some}, "mark": {"type": "rect", **look}, "encoding": encoding})
    layers.append({"data": rows({"y": 0}), "mark": {"type": "rule", "color": INK}, "encoding": {"y": y}})
    worst = min(range(count), key=lambda k: bars[k]["y"])
    if bars[worst]["y"] < 0:
        said = f"{number(bars[worst]['y'], 2)} after step {worst + 1}"
        edge = "left" if worst < count * 0.2 else "right" if worst > count * 0.75 else "center"
        layers.append(text([{"x": worst + 1, "y": bars[worst]["y"], "label": said}], x, y, align=edge, dy=9, fontWeight="bold"))
    layers.append(frame(38, WIDTH - 50, 12))
    title = {"text": lines(f"{name(found, party)} holds (own points)", 50, 1)}
    return {"title": title, "width": WIDTH - 50, "height": 72, "layer": layers}


def gantt(found: Findings) -> Figure | None:
    """The steps in time: who does what from when to when."""
    plan = found.plan
    if plan is None or not plan.steps:
        return None
    left = 178
    steps = plan.steps[:MOST_STEPS]
    notes = (f"The first {len(steps)} of {len(plan.steps)} steps are drawn.",) if len(plan.steps) > len(steps) else ()
    data = [_bar(found, k, step) for k, step in enumerate(steps)]
    start, end = min(row["x"] for row in data), max(row["to"] for row in data)
    long = end - start > 1000 * 86400 * 500
    axis = {"format": "%Y" if long else "%b %y", "tickCount": 3, "title": None, "labelFlush": True, "gridColor": FAINT}
    x = moment("x", axis, (start, max(end, start + 86400_000)))
    y = quantity("y", (-0.5, len(data) - 0.5), reverse=True)
    layers: list[Spec] = []
    for by_us, look in ((True, {"color": DARK}), (False, {"color": BAND, "stroke": DARK, "strokeWidth": 1.5})):
        mark = {"type": "bar", "size": 11, "orient": "horizontal", **look}
        some = [row for row in data if row["ours"] == by_us]
        layers.append({"data": {"values": some}, "mark": mark, "encoding": {"x": x, "x2": {"field": "to"}, "y": y}})
    layers += [text(data, {"value": 0}, y, align="right", dx=-6), frame(left, WIDTH - left - 14, 14)]
    spec = finish({"width": WIDTH - left - 14, "height": len(data) * ROW, "layer": layers})
    alt = f"{len(plan.steps)} steps from {steps[0].start} to {max(s.end for s in steps)}; full bars are steps of our side."
    colours = "Full bars: our side; outlined bars: the others."
    return Figure("gantt", "Who does what, and when?", spec, alt, (colours, *notes))


def _bar(found: Findings, k: int, step: Step) -> Spec:
    begin, finish_day = dt.date.fromisoformat(step.start), dt.date.fromisoformat(step.end)
    end = max(finish_day, begin + dt.timedelta(days=1))
    label = clip(f"{k + 1}. {name(found, step.issue)}", 28)
    return {"y": k, "x": milliseconds(begin), "to": milliseconds(end), "ours": ours(found, step.party), "label": label}
