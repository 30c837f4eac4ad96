"""Figures of the plan: what each side holds if everything stops, the steps in time, how far each is exposed; groundwork."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from summitry.report.figures.style import (
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
from summitry.wording import numbers
from summitry.wording.text import clip

if TYPE_CHECKING:
    from summitry.plan.groundwork import MoveResult
    from summitry.plan.schedule import Plan
    from summitry.plan.timeline import Step
    from summitry.report.figures.style import Words
    from summitry.study import Findings

MOST_STEPS, MOST_PARTIES, MOST_POINTS, MOST_MOVES = 24, 4, 8, 20
LEFT, WIDE = 178, WIDTH - 50
TALL = 31
"""Height of a row where some label has two lines."""
LONG = DAY * 1100
"""Spans from which on a time axis shows years."""
DASHED: Spec = {"type": "rule", "strokeDash": [4, 3]}


def exposure(plan: Plan | None, words: Words) -> Figure | None:
    """What each party holds, in its own points, if everything stops after each step; below the line it is exposed."""
    if plan is None or not plan.steps:
        return None
    parties = [p for p in plan.exposure if any(p in s.held for s in plan.steps)]
    some = parties[:MOST_PARTIES]
    if not some:
        return None
    panels = [_stairs(words, plan, party, last=party == some[-1]) for party in some]
    sides = [words("exposure.alt.party", party=p, most=plan.exposure[p]) for p in some]
    notes = words.more("exposure.more", len(parties) - len(some))
    alt = words("exposure.alt", plan=plan, parties=sides)
    return Figure("exposure", words("exposure.question"), finish({"vconcat": panels}), alt, notes)


def _stairs(words: Words, plan: Plan, party: str, *, last: bool) -> Spec:
    stops = plan.steps[:-1] or plan.steps  # after the last step nothing remains that could stop
    bars: list[Spec] = [{"x": k - 0.42, "to": k + 0.42, "y": s.held.get(party, 0.0), "zero": 0} for k, s in enumerate(stops, 1)]
    low, high = padded([0.0, *(b["y"] for b in bars)], 0.3)
    low -= 0.15 * (high - low) if any(b["y"] < 0 for b in bars) else 0.0  # room for the name of the worst stop above the axis
    domain, count = (low, high), len(stops)
    at = list(range(1, count + 1, max(1, count // 8)))
    axis: Spec = {"values": at, "title": words("exposure.axis") if last else None, "grid": False, "format": "d", "domain": False}
    x = quantity("x", (0.4, count + 0.6), axis | {"tickSize": 0, "labels": last})
    y = quantity("y", domain, {"values": ticks(*domain, 3), "title": None, "domain": False})
    layers = _bars_by_sign(bars, {"type": "rect"}, {"x": x, "x2": {"field": "to"}, "y": y, "y2": {"field": "zero"}})
    layers.append({"data": rows({"y": 0}), "mark": {"type": "rule", "color": INK}, "encoding": {"y": y}})
    worst = min(range(count), key=lambda k: bars[k]["y"])
    if bars[worst]["y"] < 0:
        label = words("exposure.worst", held=bars[worst]["y"], step=worst + 1)
        edge = "left" if worst < count * 0.2 else "right" if worst > count * 0.75 else "center"
        layers.append(text([{"x": worst + 1, "y": bars[worst]["y"], "label": label}], x, y, align=edge, dy=9, fontWeight="bold"))
    layers.append(frame(38, WIDE, 12))
    title = {"text": lines(words("exposure.party", party=party), 50, 1)}
    return {"title": title, "width": WIDE, "height": 56, "layer": layers}


def _bars_by_sign(bars: list[Spec], mark: Spec, encoding: Spec) -> list[Spec]:
    """Bars above the line in one colour, those below in another."""
    return [
        {
            "data": {"values": [bar for bar in bars if (bar["y"] < 0) is below]},
            "mark": {**mark, "color": colour},
            "encoding": encoding,
        }
        for below, colour in ((False, LIGHT), (True, WARM))
    ]


def gantt(plan: Plan | None, words: Words) -> Figure | None:
    """The steps in time: who does what from when to when, until when it is verified, and where the next side decides."""
    if plan is None or not plan.steps:
        return None
    steps = plan.steps[:MOST_STEPS]
    bars = [_step(words, k, step) for k, step in enumerate(steps)]
    checks, decisions, last = _checks(plan, steps)
    start = min(bar["x"] for bar in bars)
    end = max([bar["to"] for bar in (*bars, *checks)] + [start + DAY])
    x, y = moment("x", _time_axis(start, end, 3), (start, end)), quantity("y", (-0.5, len(bars) - 0.5), reverse=True)
    horizon = milliseconds(plan.horizon) if plan.horizon else None
    layers = [*_times(bars, checks, decisions, x, y), *_step_names(bars, y), frame(LEFT, WIDTH - LEFT - 14, 14)]
    notes = (_gantt_legend(words, bars, decisions=bool(decisions)), *_first(words, "gantt.more", steps, plan.steps))
    if horizon is not None and start < horizon < end:
        layers.append({"data": rows({"x": horizon}), "mark": {**DASHED, "color": WARM}, "encoding": {"x": x}})
        notes += (words("gantt.horizon", plan=plan),)
    height = len(bars) * (TALL if max(len(bar["label"]) for bar in bars) > 1 else ROW)
    spec = finish({"width": WIDTH - LEFT - 14, "height": height, "layer": layers})
    alt = words("gantt.alt", plan=plan, last=last)
    return Figure("gantt", words("gantt.question"), spec, alt, notes)


def _checks(plan: Plan, steps: tuple[Step, ...]) -> tuple[list[Spec], list[Spec], str]:
    """Verifications and decision points at the rows of their steps, and the day on which all of it ends."""
    row = {step.id: k for k, step in enumerate(steps)}
    some = [v for v in plan.verifications if v.step in row]
    checks = [{"y": row[v.step], "x": milliseconds(v.start), "to": _end(v.start, v.end)} for v in some]
    decisions = [{"y": row[d.after] + 0.5, "x": milliseconds(d.date), "label": d.id} for d in plan.decisions if d.after in row]
    return checks, decisions, max([step.end for step in steps] + [v.end for v in some])


def _times(bars: list[Spec], checks: list[Spec], decisions: list[Spec], x: Spec, y: Spec) -> list[Spec]:
    """Steps as bars with their checks behind them, and decision points as diamonds between the rows."""
    layers = [_bars(checks, {"color": FAINT, "size": 5}, x, y)] if checks else []
    layers += _bars_by_side(bars, x, y)
    if decisions:
        diamond = {"type": "point", "shape": "diamond", "filled": True, "size": 60, "color": WARM, "opacity": 1}
        layers.append({"data": {"values": decisions}, "mark": diamond, "encoding": {"x": x, "y": y}})
    return layers


def _gantt_legend(words: Words, bars: list[Spec], *, decisions: bool) -> str:
    """What the bars mean, and the diamonds where there are any."""
    bar = words("gantt.bars.shared") if any(bar["shared"] for bar in bars) else words("gantt.bars")
    return words("gantt.legend.decisions", bars=bar) if decisions else words("gantt.legend", bars=bar)


def _first(words: Words, code: str, some: tuple[object, ...], every: tuple[object, ...]) -> tuple[str, ...]:
    """The note that only the first of many are drawn."""
    return (words(code, shown=some, every=every),) if len(some) < len(every) else ()


def _time_axis(start: int, end: int, count: int) -> Spec:
    form = "%Y" if end - start > LONG else "%Y-%m"
    return {"format": form, "tickCount": count, "title": None, "labelFlush": True, "gridColor": FAINT}


def _step_names(bars: list[Spec], y: Spec) -> list[Spec]:
    """Labels of one line and of two, which lie higher."""
    short, long = ([bar for bar in bars if (len(bar["label"]) > 1) is two] for two in (False, True))
    return [
        text(short, {"value": 0}, y, align="right", dx=-6),
        text(long, {"value": 0}, y, align="right", dx=-6, dy=-6, lineHeight=13),
    ]


def _bars(values: list[Spec], look: Spec, x: Spec, y: Spec) -> Spec:
    mark = {"type": "bar", "orient": "horizontal", **look}
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "x2": {"field": "to"}, "y": y}}


def _bars_by_side(values: list[Spec], x: Spec, y: Spec) -> list[Spec]:
    """Our bars full, the others' outlined."""
    looks = ((True, {"color": DARK}), (False, {"color": BAND, "stroke": DARK, "strokeWidth": 1.5}))
    return [_bars([bar for bar in values if bar["ours"] == ours], {"size": 11, **look}, x, y) for ours, look in looks]


def _end(start: str, end: str) -> int:
    """Where a bar ends, which is at least a day long."""
    return max(milliseconds(end), milliseconds(start) + DAY)


def _step(words: Words, k: int, step: Step) -> Spec:
    label = lines(words("gantt.step", number=k + 1, step=step), 28)
    by_us = [words.names.ours(giver) for giver in step.givers]
    shared = any(by_us) and not all(by_us)
    end = _end(step.start, step.end)
    return {"y": k, "x": milliseconds(step.start), "to": end, "ours": any(by_us), "shared": shared, "label": label}


def staircase(plan: Plan | None, words: Words) -> Figure | None:
    """How far each party is exposed, day by day, with its limit where that lies in sight."""
    if plan is None or len(plan.course) < 2:  # noqa: PLR2004 (a stair needs two ends)
        return None
    limits = {stop.party: stop.limit for stop in plan.stop_loss}
    most = {p: max(m.exposure[p] for m in plan.course) for p in plan.exposure}
    parties = [p for p in most if most[p] > 0.0]
    if not parties:
        return None
    some = parties[:MOST_PARTIES]
    span = (milliseconds(plan.start), max(milliseconds(plan.course[-1].date), milliseconds(plan.start) + DAY))
    panels = [_exposed(words, plan, party, limits.get(party), span, last=party == some[-1]) for party in some]
    alt = words("staircase.alt", parties=[words("staircase.alt.party", party=p, most=most[p]) for p in some])
    notes = (*words.more("staircase.more", len(parties) - len(some)), words("staircase.note"))
    return Figure("staircase", words("staircase.question"), finish({"vconcat": panels}), alt, notes)


def _exposed(words: Words, plan: Plan, party: str, limit: float | None, span: tuple[int, int], *, last: bool) -> Spec:
    stairs: list[Spec] = [{"x": span[0], "y": 0.0}]
    stairs += [{"x": milliseconds(day.date), "y": day.exposure[party]} for day in plan.course]
    top = max(stairs, key=lambda stair: stair["y"])
    domain = (0.0, top["y"] * 1.35)
    x = moment("x", _time_axis(*span, 4) | {"labels": last}, span)
    y = quantity("y", domain, {"values": ticks(*domain, 3), "title": None, "domain": False})
    area = {"type": "area", "color": WARM, "interpolate": "step-after"}
    layers: list[Spec] = [{"data": {"values": stairs}, "mark": area, "encoding": {"x": x, "y": y}}]
    if limit is not None and limit < domain[1]:
        layers.append({"data": rows({"y": limit}), "mark": {**DASHED, "color": INK}, "encoding": {"y": y}})
    edge = "left" if top["x"] < span[0] + 0.6 * (span[1] - span[0]) else "right"
    layers.append(text([{**top, "label": numbers.number(top["y"], 2)}], x, y, align=edge, dy=-8, fontWeight="bold"))
    layers.append(frame(38, WIDE, 12))
    finite = None if limit == float("inf") else limit
    title = {"text": lines(words("staircase.party", party=party, limit=finite), 50, 1)}
    return {"title": title, "width": WIDE, "height": 64, "layer": layers}


def stops(plan: Plan | None, words: Words) -> Figure | None:
    """What each party has at every decision point if it goes on to the end, if all stays as it is, and if all snaps back."""
    if plan is None or not plan.decisions:
        return None
    parties, points = list(plan.exposure)[:MOST_PARTIES], plan.decisions[:MOST_POINTS]
    panels = [_stop(words, plan, party, last=party == parties[-1]) for party in parties]
    last = points[-1]
    sides = [words("stops.alt.party", party=p, hold=last.hold[p], back=last.back[p]) for p in parties]
    notes = (words("stops.line"), words("stops.dot"), *_first(words, "stops.more", points, plan.decisions))
    alt = words("stops.alt", last=last, parties=sides)
    return Figure("stops", words("stops.question"), finish({"vconcat": panels}), alt, notes)


def _stop(words: Words, plan: Plan, party: str, *, last: bool) -> Spec:
    points = plan.decisions[:MOST_POINTS]
    data: list[Spec] = [
        {"x": k, "y": d.back[party], "zero": 0, "dot": d.hold[party], "label": d.id} for k, d in enumerate(points)
    ]
    go = plan.gain.get(party, 0.0)
    domain = padded([0.0, go, *(r["y"] for r in data), *(r["dot"] for r in data)], 0.15)
    axis: Spec = {"values": ticks(*domain, 3), "title": None, "domain": False}
    x, y = quantity("x", (-0.6, len(points) - 0.4)), quantity("y", domain, axis)
    layers = _bars_by_sign(data, {"type": "bar", "size": 16}, {"x": x, "y": y, "y2": {"field": "zero"}})
    layers.append({"data": rows({"y": 0}), "mark": {"type": "rule", "color": INK}, "encoding": {"y": y}})
    layers.append({"data": rows({"y": go}), "mark": {**DASHED, "color": DARK}, "encoding": {"y": y}})
    dots = {"type": "point", "filled": True, "size": 55, "color": DARK, "opacity": 1}
    layers.append({"data": {"values": data}, "mark": dots, "encoding": {"x": x, "y": quantity("dot", domain, axis)}})
    if last:
        layers.append(text([{**r, "y": domain[0]} for r in data], x, y, align="center", dy=12))
    layers.append(frame(38, WIDE, 12))
    title = {"text": lines(words("stops.party", party=party), 50, 1)}
    return {"title": title, "width": WIDE, "height": 80, "layer": layers}


def groundwork(findings: Findings, words: Words) -> Figure | None:
    """The chosen moves as bars at their earliest dates, with a thin line to the latest end that still serves."""
    result = findings.groundwork
    moves = [] if result is None else [move for move in result.moves if move.chosen]
    if result is None or not moves:
        return None
    some = moves[:MOST_MOVES]
    bars = [_move(findings.principal, k, move) for k, move in enumerate(some)]
    slack = [{"y": bar["y"], "x": bar["to"], "to": bar["end"]} for bar in bars if bar["end"] > bar["to"]]
    start, end = milliseconds(result.today), max(milliseconds(result.by), milliseconds(result.today) + DAY)
    axis = {"format": "%Y-%m", "tickCount": 3, "title": None, "labelFlush": True, "gridColor": FAINT}
    x, y = moment("x", axis, (start, end)), quantity("y", (-0.5, len(bars) - 0.5), reverse=True)
    layers: list[Spec] = [_bars(slack, {"size": 3, "color": LIGHT}, x, y)] if slack else []
    layers += _bars_by_side(bars, x, y)
    notes = [words("groundwork.note")]
    meets = findings.readiness.meets if findings.readiness is not None else None
    if meets is not None and start <= milliseconds(meets) <= end:
        layers.append({"data": rows({"x": milliseconds(meets)}), "mark": {**DASHED, "color": WARM}, "encoding": {"x": x}})
        notes.append(words("groundwork.meeting", meets=meets))
    notes += _first(words, "groundwork.more", tuple(some), tuple(moves))
    layers += [text(bars, {"value": 0}, y, align="right", dx=-6), frame(LEFT, WIDTH - LEFT - 14, 14)]
    spec = finish({"width": WIDTH - LEFT - 14, "height": len(bars) * ROW, "layer": layers})
    alt = words("groundwork.alt", moves=moves, first=min(move.begin for move in moves), by=result.by)
    return Figure("groundwork", words("groundwork.question"), spec, alt, tuple(notes))


def _move(principal: str, k: int, move: MoveResult) -> Spec:
    last = dt.date.fromisoformat(move.latest or move.begin) + dt.timedelta(days=move.takes)
    return {
        "y": k,
        "x": milliseconds(move.begin),
        "to": _end(move.begin, move.end),
        "end": milliseconds(last),
        "ours": move.party == principal,
        "label": clip(move.title, 28),
    }
