"""Figures of the plan: what each side holds if everything stops, step by step, and the steps in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from summitry.brief.figures.style import (
    BAND,
    DARK,
    DAY,
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
from summitry.brief.words import Named, name, number, ours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summitry.plan.schedule import Plan
    from summitry.plan.timeline import Step

MOST_STEPS, MOST_PARTIES, MOST_POINTS = 24, 4, 8
TALL = 31
"""Height of a row where some label has two lines."""


class Planned(Named, Protocol):
    """What a picture of a plan needs: the plan, and the words that show it."""

    @property
    def plan(self) -> Plan | None:
        """The plan, or None where there is none."""


@dataclass(frozen=True, slots=True)
class NamedPlan:
    """A plan with what shows it: titles by id, the coalition of each party, who gives what, and whose side is ours."""

    plan: Plan
    names: Mapping[str, str]
    sides: Mapping[str, str]
    givers: Mapping[str, Sequence[str]]
    principal: str


def exposure(found: Planned) -> Figure | None:
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
        f"Held after each of {len(plan.steps)} steps but the last, which leaves nothing to stop. {alt}.",
        tuple(notes),
    )


def _stairs(found: Planned, plan: Plan, party: str, *, last: bool) -> Spec:
    stops = plan.steps[:-1] or plan.steps  # after the last step nothing remains that could stop
    bars = [{"x": k - 0.42, "to": k + 0.42, "y": s.held.get(party, 0.0), "zero": 0} for k, s in enumerate(stops, 1)]
    low, high = padded([0.0, *(b["y"] for b in bars)], 0.3)
    low -= 0.15 * (high - low) if any(b["y"] < 0 for b in bars) else 0.0  # room for the name of the worst stop above the axis
    domain, count = (low, high), len(stops)
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
    return {"title": title, "width": WIDTH - 50, "height": 56, "layer": layers}


def gantt(found: Planned) -> Figure | None:
    """The steps in time: who does what from when to when, until when it is verified, and where the next side decides."""
    plan = found.plan
    if plan is None or not plan.steps:
        return None
    left = 178
    steps = plan.steps[:MOST_STEPS]
    notes: tuple[str, ...] = (
        (f"The first {len(steps)} of {len(plan.steps)} steps are drawn.",) if len(plan.steps) > len(steps) else ()
    )
    data = [_bar(found, k, step) for k, step in enumerate(steps)]
    row = {step.id: k for k, step in enumerate(steps)}
    seen = [
        {"y": row[v.step], "x": milliseconds(v.start), "to": max(milliseconds(v.end), milliseconds(v.start) + DAY)}
        for v in plan.verifications
        if v.step in row
    ]
    points = [{"y": row[d.after] + 0.5, "x": milliseconds(d.date), "label": d.id} for d in plan.decisions if d.after in row]
    start = min(r["x"] for r in data)
    end = max([*(r["to"] for r in data), *(r["to"] for r in seen), start + DAY])
    form = "%Y" if end - start > DAY * 1100 else "%b %Y"
    axis = {"format": form, "tickCount": 3, "title": None, "labelFlush": True, "gridColor": FAINT}
    x, y = moment("x", axis, (start, end)), quantity("y", (-0.5, len(data) - 0.5), reverse=True)
    layers: list[Spec] = [_bars(seen, {"color": FAINT, "size": 5}, x, y)] if seen else []
    for by_us, look in ((True, {"color": DARK}), (False, {"color": BAND, "stroke": DARK, "strokeWidth": 1.5})):
        layers.append(_bars([r for r in data if r["ours"] == by_us], {"size": 11, **look}, x, y))
    if points:
        marks = {"type": "point", "shape": "diamond", "filled": True, "size": 60, "color": WARM, "opacity": 1}
        layers.append({"data": {"values": points}, "mark": marks, "encoding": {"x": x, "y": y}})
    tall = max(len(r["label"]) for r in data)
    layers.append(text([r for r in data if len(r["label"]) == 1], {"value": 0}, y, align="right", dx=-6))
    layers.append(text([r for r in data if len(r["label"]) > 1], {"value": 0}, y, align="right", dx=-6, dy=-6, lineHeight=13))
    layers.append(frame(left, WIDTH - left - 14, 14))
    if plan.horizon and start < milliseconds(plan.horizon) < end:
        at = {"data": rows({"x": milliseconds(plan.horizon)}), "mark": {"type": "rule", "color": WARM, "strokeDash": [4, 3]}}
        layers.append(at | {"encoding": {"x": x}})
        notes += (f"Dashed: the horizon, {plan.horizon}.",)
    spec = finish({"width": WIDTH - left - 14, "height": len(data) * (ROW if tall == 1 else TALL), "layer": layers})
    last = max([s.end for s in steps] + [v.end for v in plan.verifications if v.step in row])
    alt = f"{len(plan.steps)} steps from {steps[0].start} to {last}; full bars are steps of our side."
    shared = ", alone or with others" if any(r["shared"] for r in data) else ""
    colours = f"Full bars: our side{shared}; outlined bars: the others; thin grey: verification" + (
        "; diamonds: decision points." if points else "."
    )
    return Figure("gantt", "Who does what, and when?", spec, alt, (colours, *notes))


def _bars(values: list[Spec], look: Spec, x: Spec, y: Spec) -> Spec:
    mark = {"type": "bar", "orient": "horizontal", **look}
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "x2": {"field": "to"}, "y": y}}


def _bar(found: Planned, k: int, step: Step) -> Spec:
    label = lines(f"{k + 1}. {name(found, step.issue)}", 28)
    end = max(milliseconds(step.end), milliseconds(step.start) + DAY)
    by_us = [ours(found, giver) for giver in step.givers]
    shared = any(by_us) and not all(by_us)
    return {"y": k, "x": milliseconds(step.start), "to": end, "ours": any(by_us), "shared": shared, "label": label}


def staircase(found: Planned) -> Figure | None:
    """How far each party is exposed, day by day, with its limit where that lies in sight."""
    plan = found.plan
    if plan is None or len(plan.course) < 2:  # noqa: PLR2004 (a stair needs two ends)
        return None
    limits = {stop.party: stop.limit for stop in plan.stop_loss}
    parties = [p for p in plan.exposure if any(m.exposure[p] > 0.0 for m in plan.course)]
    if not parties:
        return None
    shown = parties[:MOST_PARTIES]
    start, end = milliseconds(plan.start), max(milliseconds(plan.course[-1].date), milliseconds(plan.start) + DAY)
    panels = [_exposed(found, plan, party, limits.get(party), (start, end), last=party == shown[-1]) for party in shown]
    said = "; ".join(f"{name(found, p)} at most {number(max(m.exposure[p] for m in plan.course), 2)}" for p in shown)
    notes = [f"{len(parties) - len(shown)} more parties are in the table."] if len(parties) > len(shown) else []
    notes += ["A receipt counts once it is verified. Parties that are never exposed are not drawn."]
    question = "How far is each side exposed, and when?"
    return Figure("staircase", question, finish({"vconcat": panels}), f"Exposure by day: {said}, own points.", tuple(notes))


def _exposed(found: Planned, plan: Plan, party: str, limit: float | None, span: tuple[int, int], *, last: bool) -> Spec:
    stairs: list[Spec] = [{"x": span[0], "y": 0.0}]
    for m in plan.course:
        here: Spec = {"x": milliseconds(m.date), "y": m.exposure[party]}
        stairs.append(here)
    most = max(r["y"] for r in stairs)
    form = "%Y" if span[1] - span[0] > DAY * 1100 else "%b %Y"
    x = moment("x", {"format": form, "tickCount": 4, "title": None, "labelFlush": True, "labels": last, "gridColor": FAINT}, span)
    domain = (0.0, most * 1.35)
    y = quantity("y", domain, {"values": ticks(*domain, 3), "title": None, "domain": False})
    encoding = {"x": x, "y": y}
    area = {"type": "area", "color": WARM, "interpolate": "step-after"}
    layers: list[Spec] = [{"data": {"values": stairs}, "mark": area, "encoding": encoding}]
    if limit is not None and limit < domain[1]:
        layers.append(
            {"data": rows({"y": limit}), "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]}, "encoding": {"y": y}}
        )
    top = next(r for r in stairs if r["y"] == most)
    edge = "left" if top["x"] < span[0] + 0.6 * (span[1] - span[0]) else "right"
    layers.append(text([{**top, "label": number(most, 2)}], x, y, align=edge, dy=-8, fontWeight="bold"))
    layers.append(frame(38, WIDTH - 50, 12))
    beyond = "" if limit is None or limit == float("inf") else f"; its limit: {number(limit, 2)}"
    return {
        "title": {"text": lines(f"{name(found, party)}, own points{beyond}", 50, 1)},
        "width": WIDTH - 50,
        "height": 64,
        "layer": layers,
    }


def stops(found: Planned) -> Figure | None:
    """What each party has at every decision point if it goes on to the end, if all stays as it is, and if all snaps back."""
    plan = found.plan
    if plan is None or not plan.decisions:
        return None
    parties, points = list(plan.exposure)[:MOST_PARTIES], plan.decisions[:MOST_POINTS]
    panels = [_stop(found, plan, party, last=party == parties[-1]) for party in parties]
    last = points[-1]
    said = "; ".join(f"{name(found, p)} {number(last.hold[p], 2)}, then {number(last.back[p], 2)}" for p in parties)
    notes = [
        "D1 and on: the decision points, in the table. Line: at the end of the plan.",
        "Dot: if all stays as it is there. Bar end: once what can be taken back is taken back.",
    ]
    if len(plan.decisions) > len(points):
        notes.append(f"The first {len(points)} of {len(plan.decisions)} decision points are drawn.")
    alt = f"Held if the other side stops at {last.id}: {said}, own points."
    return Figure("stops", "What does each side hold if they stop here?", finish({"vconcat": panels}), alt, tuple(notes))


def _stop(found: Planned, plan: Plan, party: str, *, last: bool) -> Spec:
    points = plan.decisions[:MOST_POINTS]
    data: list[Spec] = [
        {"x": k, "y": d.back[party], "zero": 0, "dot": d.hold[party], "label": d.id} for k, d in enumerate(points)
    ]
    go = plan.gain.get(party, 0.0)
    domain = padded([0.0, go, *(r["y"] for r in data), *(r["dot"] for r in data)], 0.15)
    axis: Spec = {"values": ticks(*domain, 3), "title": None, "domain": False}
    x, y = quantity("x", (-0.6, len(points) - 0.4)), quantity("y", domain, axis)
    layers: list[Spec] = []
    for below, colour in ((False, LIGHT), (True, WARM)):
        some = [r for r in data if (r["y"] < 0) is below]
        encoding = {"x": x, "y": y, "y2": {"field": "zero"}}
        layers.append({"data": {"values": some}, "mark": {"type": "bar", "size": 16, "color": colour}, "encoding": encoding})
    layers.append({"data": rows({"y": 0}), "mark": {"type": "rule", "color": INK}, "encoding": {"y": y}})
    layers.append({"data": rows({"y": go}), "mark": {"type": "rule", "color": DARK, "strokeDash": [4, 3]}, "encoding": {"y": y}})
    dots = {"type": "point", "filled": True, "size": 55, "color": DARK, "opacity": 1}
    layers.append({"data": {"values": data}, "mark": dots, "encoding": {"x": x, "y": quantity("dot", domain, axis)}})
    if last:
        layers.append(text([{**r, "y": domain[0]} for r in data], x, y, align="center", dy=12))
    layers.append(frame(38, WIDTH - 50, 12))
    title = {"text": lines(f"{name(found, party)} (own points)", 50, 1)}
    return {"title": title, "width": WIDTH - 50, "height": 80, "layer": layers}
