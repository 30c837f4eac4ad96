"""Figures of the deals: the gates of two swaps with the calendar beside them, and the frontier with where to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
    DARK,
    INK,
    LIGHT,
    MUTED,
    WARM,
    WIDTH,
    Figure,
    Spec,
    breadth,
    finish,
    frame,
    lines,
    padded,
    plane,
    quantity,
    rows,
    text,
)
from summitry.brief.words import (
    NBSP,
    against,
    chosen,
    clip,
    gate_title,
    name,
    not_today,
    other,
    solution_title,
    standing,
    titled,
)
from summitry.kernels.bargain import SOLUTIONS
from summitry.trade.gates import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.study import Findings
    from summitry.trade.frontier import Frontier
    from summitry.trade.gates import Verdict
    from summitry.trade.gates.gate import Gate

MOST_POINTS = 2000
CROWD = 200
HEIGHT, PLOT = 250, WIDTH - 62
LETTER = 6.4
LEAST = "dashed: the least that each side takes"
REACH = 1.6
LEFT, RIGHT = 102, 190
BESIDE, OVER = (0, -12, 12, -24, 24, -36, 36), (-16, 16, -30, 30, -44, 44)
"""How far a mark's name may lie above or below it: at its side, or where its sides have no room, over or under it."""
SHAPES = {solution.name: solution.mark for solution in SOLUTIONS}


def gates(found: Findings) -> Figure | None:
    """The four gates and the calendar of START HERE and of NOT TODAY, each as a bar that must reach the mark."""
    start, later = chosen(found), not_today(found)
    told = [("START HERE", start), ("NOT TODAY", later)]
    if start is not None and not start.passed:
        told[0] = ("NEAREST MISS", start)
    there = [(head, verdict) for head, verdict in told if verdict is not None]
    if not there:
        return None
    panels = [_gate_panel(head, verdict) for head, verdict in there]
    alt = " ".join(
        f"{head}, {clip(v.title, 80)}: " + "; ".join(f"{gate_title(g.name)}: {_said(v, g)}" for g in v.gates) + "."
        for head, v in there
    )
    return Figure("gates", "Which gates are open?", finish({"vconcat": panels}), alt)


def reach(gate: Gate) -> float | None:
    """How far a gate's score reaches towards what is needed, 1 at the mark, cut at the edge; None where it has no such place."""
    share = kind_of(gate.name).reach(gate)
    return None if share is None else min(share, REACH)


def _gate_panel(head: str, verdict: Verdict) -> Spec:
    count, row, plot = len(verdict.gates), 19, WIDTH - LEFT - RIGHT
    bars = [
        {"y": k, "x": r, "zero": 0, "open": g.passed is not False}
        for k, g in enumerate(verdict.gates)
        if (r := reach(g)) is not None
    ]
    x, y = quantity("x", (0, REACH)), quantity("y", (-0.5, count - 0.5), reverse=True)
    layers: list[Spec] = []
    for is_open, colour in ((True, DARK), (False, WARM)):
        mark = {"type": "bar", "color": colour, "size": 11} | (
            {} if is_open else {"fillOpacity": 0.35, "stroke": WARM, "strokeWidth": 1.5}
        )
        layers.append(
            {
                "data": {"values": [b for b in bars if b["open"] == is_open]},
                "mark": mark | {"orient": "horizontal"},
                "encoding": {"x": x, "x2": {"field": "zero"}, "y": y},
            }
        )
    marks = [{"x": 1, "from": b["y"] - 0.42, "to": b["y"] + 0.42} for b in bars]
    layers.append(
        {
            "data": {"values": marks},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
            "encoding": {"x": x, "y": quantity("from", (-0.5, count - 0.5), reverse=True), "y2": {"field": "to"}},
        }
    )
    for is_open, weight in ((True, "normal"), (False, "bold")):
        some = [(k, g) for k, g in enumerate(verdict.gates) if (g.passed is not False) is is_open]
        titles = [{"y": k, "label": gate_title(g.name)} for k, g in some]
        layers.append(text(titles, {"value": 0}, y, align="right", dx=-6, fontWeight=weight))
        said = [{"y": k, "label": _said(verdict, g)} for k, g in some]
        layers.append(text(said, {"value": plot}, y, dx=5, fontSize=11, fontWeight=weight))
    layers.append(frame(LEFT, plot, RIGHT))
    title = {"text": lines(": ".join(filter(None, (head, titled(verdict)))), 52), "dx": -LEFT + 4}
    return {"title": title, "width": plot, "height": count * row, "layer": layers}


def _said(verdict: Verdict, gate: Gate) -> str:
    state = standing(gate)
    return state if gate.passed is None else f"{state}: {against(verdict, gate)}".replace(f"about{NBSP}", f"≈{NBSP}")


def frontier(found: Findings) -> Figure | None:
    """The efficient packages as the principal and the other party value them, the bargaining solutions, and where to start."""
    result, they = found.frontier, other(found)
    if result is None or not result.points or they not in result.parties or found.principal not in result.parties:
        return None
    points, notes = thinned(result, found.principal, they)
    marks = _marks(found, result, found.principal, they)
    xs = (
        [p[0] for p in points]
        + [m["x"] for m in marks]
        + [result.reservation[p] for p in (found.principal,) if p in result.reservation]
    )
    ys = [p[1] for p in points] + [m["y"] for m in marks] + [result.reservation[p] for p in (they,) if p in result.reservation]
    across, up = padded(xs), padded(ys)
    least = [(axis, result.reservation[p]) for axis, p in (("x", found.principal), ("y", they)) if p in result.reservation]
    x, y = plane(name(found, found.principal), name(found, they), across, up, *([LEAST] if least else []))
    size = 14 if len(points) > CROWD else 30
    layers: list[Spec] = [
        {
            "data": {"values": [{"x": p, "y": q} for p, q in points]},
            "mark": {"type": "point", "filled": True, "color": LIGHT, "size": size, "opacity": 0.9},
            "encoding": {"x": x, "y": y},
        }
    ]
    layers += least_lines(least, x, y)
    layers += [*mark_layers(marks, x, y), frame(42, PLOT, 20)]
    if result.zone:
        notes.append("Of the efficient packages, those that give every party its reservation value are drawn.")
    rest = [name(found, p) for p in result.parties if p not in (found.principal, they)]
    if rest:
        notes.append(f"Efficient for all {len(result.parties)} parties; the values of {', '.join(rest)} are not drawn.")
    alt = f"{len(points)} efficient packages; " + "; ".join(f"{m['label']} at {m['x']:.3g} and {m['y']:.3g}" for m in marks)
    spec = finish({"width": PLOT, "height": HEIGHT, "layer": layers})
    return Figure("frontier", "How much is there for both, and where do we start?", spec, alt + ".", tuple(notes))


def thinned(result: Frontier, a: str, b: str) -> tuple[list[tuple[float, float]], list[str]]:
    """The frontier's points seen by two parties, at most `MOST_POINTS`, spread evenly with both ends, and what was left out."""
    every = sorted({(p.values[a], p.values[b]) for p in result.points})
    if len(every) <= MOST_POINTS:
        return every, []
    last = len(every) - 1
    kept = [every[round(k * last / (MOST_POINTS - 1))] for k in range(MOST_POINTS)]
    return kept, [f"{MOST_POINTS} of {len(every)} points are drawn, evenly spread; both ends are kept."]


def _marks(found: Findings, result: Frontier, us: str, they: str) -> list[Spec]:
    marks: list[Spec] = []
    for solution in result.solutions.values():
        if us in solution.values and they in solution.values:
            called = solution_title(solution.name)
            x, y = solution.values[us], solution.values[they]
            twin = next((m for m in marks if (m["x"], m["y"]) == (x, y)), None)
            if twin is not None:
                twin["label"] = clip(f"{twin['label']} = {called}", 34)
                continue
            mark = {"shape": SHAPES[solution.name], "fill": DARK, "size": 80}
            marks.append({"x": x, "y": y, "label": clip(called, 24), **mark})
    start = chosen(found)
    if start is not None and us in start.values and they in start.values:
        label = "START HERE" if start.passed else "nearest miss"
        marks.append(
            {
                "x": start.values[us][1],
                "y": start.values[they][1],
                "label": label,
                "shape": "triangle-up",
                "fill": WARM,
                "size": 150,
            }
        )
    return marks


def least_lines(least: Sequence[tuple[str, float]], x: Spec, y: Spec) -> list[Spec]:
    """The least that each side takes, as dashed lines; the lower axis says what they are: a label would lie over points."""
    rule = {"type": "rule", "color": MUTED, "strokeDash": [5, 4]}
    return [{"data": rows({axis: at}), "mark": rule, "encoding": {axis: {"x": x, "y": y}[axis]}} for axis, at in least]


def mark_layers(marks: list[Spec], x: Spec, y: Spec) -> list[Spec]:
    """Marks with their names: each has its place `x`, `y`, its `label`, `shape`, `fill` and `size`."""
    layers: list[Spec] = []
    for m in marks:
        look = {"shape": m["shape"], "filled": True, "fill": m["fill"], "stroke": INK, "size": m["size"], "opacity": 1}
        mark = {"type": "point", **look}
        layers.append({"data": rows({"x": m["x"], "y": m["y"]}), "mark": mark, "encoding": {"x": x, "y": y}})
    return [*layers, *mark_names(marks, x, y)]


def mark_names(marks: list[Spec], x: Spec, y: Spec) -> list[Spec]:
    """Labels beside their marks, each at the first place around it that touches no other mark or label."""
    spots = [(_pixel(m["x"], x, PLOT), HEIGHT - _pixel(m["y"], y, HEIGHT)) for m in marks]
    taken = [(px - 7, py - 7, px + 7, py + 7) for px, py in spots]
    layers: list[Spec] = []
    for (px, py), m in sorted(zip(spots, marks, strict=True), key=lambda s: s[0]):
        wide = breadth(m["label"]) * LETTER
        sides = ((px - 10 - wide, "right"), (px + 10, "left"))
        within = min(max(px - wide / 2, 3), PLOT - wide)
        places = [(x0, py + dy, align) for dy in BESIDE for x0, align in (sides if px > PLOT / 2 else sides[::-1])]
        places += [(within, py + dy, "left") for dy in OVER if 0 < py + dy < HEIGHT]
        boxes = [(align, (x0, mid - 7, x0 + wide, mid + 7)) for x0, mid, align in places]
        inside = [b for b in boxes if b[1][0] >= 0 and b[1][2] <= PLOT + 8]
        align, box = next((b for b in inside if not any(_touch(b[1], other) for other in taken)), (inside or boxes)[0])
        taken.append(box)
        at = {"x": {"value": box[0] if align == "left" else box[2]}, "y": {"value": (box[1] + box[3]) / 2}}
        name_of = [{"label": m["label"]}]
        halo: Spec = {"stroke": "#ffffff", "strokeWidth": 3, "strokeJoin": "round"}  # so that points under a name do not touch it
        layers += [text(name_of, at["x"], at["y"], align=align, fontWeight="bold", **look) for look in (halo, {})]
    return layers


def _pixel(value: float, channel: Spec, span: float) -> float:
    low, high = channel["scale"]["domain"]
    return float((value - low) / (high - low) * span)


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
