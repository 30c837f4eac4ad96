"""Figures of the deals: the gates of two swaps, the frontier with where to start, the whole frontier, and the ladder."""

from __future__ import annotations

from math import inf, log10
from typing import TYPE_CHECKING

from summitry.deals.gates import kind_of
from summitry.document import Phrase
from summitry.kernels.bargain import SOLUTIONS
from summitry.report.figures.style import (
    BAND,
    DARK,
    FAINT,
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
    ticks,
)
from summitry.wording import numbers
from summitry.wording.text import clip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.deals.frontier import Frontier
    from summitry.deals.gates import Verdict
    from summitry.deals.gates.gate import Gate
    from summitry.deals.ladder import Rung
    from summitry.report.figures.style import Words
    from summitry.study import Findings

MOST_POINTS, MOST_LINES = 2000, 300
CROWD = 200
HEIGHT, PLOT = 250, WIDTH - 62
LETTER = 6.4
REACH = 1.6
LEFT, RIGHT, ROW = 102, 190, 19
BESIDE, OVER = (0, -12, 12, -24, 24, -36, 36), (-16, 16, -30, 30, -44, 44)
"""How far a mark's name may lie above or below it: at its side, or where its sides have no room, over or under it."""
SHAPES = {solution.name: solution.mark for solution in SOLUTIONS}
LOAD = (-2.5, 1.5)
"""Powers of ten of the loads that the ladder spans; what lies beyond stands at its edge."""
CLOSE = (0.4, 0.05)
"""Ideas nearer to each other than this share one number's place, and their numbers stand side by side."""
LADDER_LEFT, LADDER_HEIGHT = 44, 210
STATES = {True: "open", False: "closed", None: "untested"}


def gates(findings: Findings, words: Words) -> Figure | None:
    """The four gates and the calendar of START HERE and of NOT TODAY, each as a bar that must reach the mark."""
    start, later = _chosen(findings), findings.not_today
    panels: list[tuple[str, Verdict]] = []
    if start is not None:
        panels.append((words("gates.start" if start.passed else "gates.missed" if start.closed else "gates.untold"), start))
    if later is not None:
        panels.append((words("gates.later"), later))
    if not panels:
        return None
    alt = [
        words(
            "gates.alt",
            head=head,
            title=_title(v),
            gates=[words("gates.alt.gate", gate=g, state=_state(words, v, g)) for g in v.gates],
        )
        for head, v in panels
    ]
    spec = finish({"vconcat": [_gate_panel(words, head, verdict) for head, verdict in panels]})
    return Figure("gates", words("gates.question"), spec, " ".join(alt))


def reach(gate: Gate) -> float | None:
    """How far a gate's score reaches towards what is needed, 1 at the mark, cut at the edge; None where it has no such place."""
    share = kind_of(gate.name).reach(gate)
    return None if share is None else min(share, REACH)


def _gate_panel(words: Words, head: str, verdict: Verdict) -> Spec:
    count, plot = len(verdict.gates), WIDTH - LEFT - RIGHT
    bars: list[Spec] = [
        {"y": k, "x": share, "zero": 0, "open": gate.passed is not False}
        for k, gate in enumerate(verdict.gates)
        if (share := reach(gate)) is not None
    ]
    x, y = quantity("x", (0, REACH)), quantity("y", (-0.5, count - 0.5), reverse=True)
    layers: list[Spec] = []
    for is_open, look in (
        (True, {"color": DARK}),
        (False, {"color": WARM, "fillOpacity": 0.35, "stroke": WARM, "strokeWidth": 1.5}),
    ):
        some = [bar for bar in bars if bar["open"] == is_open]
        mark = {"type": "bar", "size": 11, "orient": "horizontal", **look}
        layers.append({"data": {"values": some}, "mark": mark, "encoding": {"x": x, "x2": {"field": "zero"}, "y": y}})
    upright = {"x": x, "y": quantity("from", (-0.5, count - 0.5), reverse=True), "y2": {"field": "to"}}
    marks = [{"x": 1, "from": bar["y"] - 0.42, "to": bar["y"] + 0.42} for bar in bars]
    layers.append({"data": {"values": marks}, "mark": {"type": "rule", "color": INK, "strokeWidth": 2}, "encoding": upright})
    for is_open, weight in ((True, "normal"), (False, "bold")):
        some_gates = [(k, gate) for k, gate in enumerate(verdict.gates) if (gate.passed is not False) is is_open]
        titles = [{"y": k, "label": words("gates.gate", gate=gate)} for k, gate in some_gates]
        states = [{"y": k, "label": _state(words, verdict, gate)} for k, gate in some_gates]
        layers.append(text(titles, {"value": 0}, y, align="right", dx=-6, fontWeight=weight))
        layers.append(text(states, {"value": plot}, y, dx=5, fontSize=11, fontWeight=weight))
    layers.append(frame(LEFT, plot, RIGHT))
    title = {"text": lines(_heading(words, head, verdict), 52), "dx": -LEFT + 4}
    return {"title": title, "width": plot, "height": count * ROW, "layer": layers}


def _heading(words: Words, head: str, verdict: Verdict) -> str:
    """The head with the idea's title, where there is one."""
    return words("gates.heading", head=head, title=_title(verdict))


def _title(verdict: Verdict) -> str:
    """The title of an idea; empty for a swap that was searched, whose head says what it is."""
    return verdict.title if isinstance(verdict.title, str) else ""


def _chosen(findings: Findings) -> Verdict | None:
    return None if findings.rung is None else findings.rung.chosen


def _state(words: Words, verdict: Verdict, gate: Gate) -> str:
    """Whether a gate is open, closed or not tested, and its score beside what it needs."""
    kind, score = measure(verdict, gate), ""
    if kind != "untested":
        values = {"party": binding(verdict)}
        score = words.wording.tight.text(Phrase(f"gate.score.{kind}", "", values), verdict if kind == "trust" else gate)
    return words("gates.state", state="near" if gate.near else STATES[gate.passed], score=score)


def measure(verdict: Verdict, gate: Gate) -> str:
    """What a gate's score is a measure of, and so the message `gate.score.KIND` that sets it beside what is needed."""
    kind = kind_of(gate.name)
    if gate.passed is None and not gate.near:
        return "untested"
    if kind.measure == "whole" or gate.score is None or gate.needed is None:
        return "met" if gate.passed else "orderless" if kind.measure == "trust" else "unmet"
    if kind.measure == "trust" and binding(verdict) is not None:
        return "trust"
    if kind.measure == "days":
        return "windows" if kind.reach(gate) is None else "days"
    if kind.lower:
        return "load"
    return "share" if 0 <= gate.score <= 1 and 0 <= gate.needed <= 1 else "number"


def binding(verdict: Verdict) -> str | None:
    """The party whose trust is shortest of what the swap needs, by odds."""
    odds = {p: (_odds(need), _odds(verdict.trust[p])) for p, need in verdict.trust_needed.items() if p in verdict.trust}
    return max(odds, key=lambda p: odds[p][0] / odds[p][1] if odds[p][1] > 0 else inf) if odds else None


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf


def frontier(findings: Findings, words: Words) -> Figure | None:
    """The efficient packages as the principal and the other party value them, the bargaining solutions, and where to start."""
    result, us, they = findings.frontier, findings.principal, findings.other
    if result is None or not result.points or they not in result.parties or us not in result.parties:
        return None
    marks = _marks(words, result, (us, they), 34)
    start = _chosen(findings)
    if start is not None and us in start.values and they in start.values:
        label = words("gates.start" if start.passed else "frontier.missed" if start.closed else "frontier.untold")
        at = {"x": start.values[us][1], "y": start.values[they][1]}
        marks.append({**at, "label": label, "shape": "triangle-up", "fill": WARM, "size": 150})
    spec, alt, notes = _scatter(words, result, (us, they), marks)
    notes += [words("frontier.zone")] if result.zone else []
    rest = [party for party in result.parties if party not in {us, they}]
    notes += [words("frontier.rest", parties=result.parties, rest=rest)] if rest else []
    return Figure("frontier", words("frontier.question"), spec, alt, tuple(notes))


def space(result: Frontier, words: Words) -> Figure:
    """The efficient packages with the bargaining solutions, reservation values and, where there is one, the status quo.

    Two parties: the one's values against the other's. More: a vertical axis for each, from the least to the most that is drawn.
    Points that are left out are announced in the figure's notes.
    """
    if len(result.parties) != 2:  # noqa: PLR2004 (a plane)
        return _parallel(result, words)
    one, other = result.parties
    marks = _marks(words, result, (one, other), 44)
    if result.status_quo is not None:
        at = {"x": result.status_quo[one], "y": result.status_quo[other]}
        marks.append({**at, "label": words("frontier.status"), "shape": "circle", "fill": WARM, "size": 80})
    spec, alt, notes = _scatter(words, result, (one, other), marks)
    return Figure("frontier", words("frontier.question.all"), spec, alt, tuple(notes))


def _scatter(words: Words, result: Frontier, pair: tuple[str, str], marks: list[Spec]) -> tuple[Spec, str, list[str]]:
    """The points and marks of two parties with the least that each takes; the same in words; and what is left out."""
    points, notes = thinned(words, result, *pair)
    least = [(axis, result.reservation[party]) for axis, party in zip("xy", pair, strict=True) if party in result.reservation]
    across, up = (
        padded([point[k] for point in points] + [mark[axis] for mark in marks] + [at for one, at in least if one == axis])
        for k, axis in enumerate("xy")
    )
    below = [words("frontier.least")] if least else []
    x, y = plane(words.each("axis.own", pair), across, up, *below)
    size = 14 if len(points) > CROWD else 30
    dots = {"type": "point", "filled": True, "color": LIGHT, "size": size, "opacity": 0.9}
    layers: list[Spec] = [{"data": rows(*({"x": p, "y": q} for p, q in points)), "mark": dots, "encoding": {"x": x, "y": y}}]
    layers += [*_least_lines(least, x, y), *_mark_layers(marks, x, y), frame(42, PLOT, 20)]
    alt = words("frontier.alt", points=points, marks=words.each("frontier.alt.mark", marks))
    return finish({"width": PLOT, "height": HEIGHT, "layer": layers}), alt, notes


def thinned(words: Words, result: Frontier, a: str, b: str) -> tuple[list[tuple[float, float]], list[str]]:
    """The frontier's points seen by two parties, at most `MOST_POINTS`, spread evenly with both ends, and what was left out."""
    every = sorted({(p.values[a], p.values[b]) for p in result.points})
    if len(every) <= MOST_POINTS:
        return every, []
    last = len(every) - 1
    spread = [every[round(k * last / (MOST_POINTS - 1))] for k in range(MOST_POINTS)]
    return spread, [words("frontier.thinned", shown=spread, every=every)]


def _solutions(words: Words, result: Frontier, parties: Sequence[str]) -> list[tuple[str, str, tuple[float, ...]]]:
    """Title, mark and values of each solution; solutions of the same values share an entry under the first one's mark."""
    entries: dict[tuple[float, ...], tuple[str, str]] = {}
    for name, solution in result.solutions.items():
        if all(party in solution.values for party in parties):
            key = tuple(solution.values[party] for party in parties)
            title, mark = words("frontier.solution", name=name), SHAPES[name]
            entries[key] = (f"{entries[key][0]} = {title}", entries[key][1]) if key in entries else (title, mark)
    return [(title, mark, values) for values, (title, mark) in entries.items()]


def _marks(words: Words, result: Frontier, pair: tuple[str, str], width: int) -> list[Spec]:
    return [
        {"x": x, "y": y, "label": clip(title, width), "shape": mark, "fill": DARK, "size": 80}
        for title, mark, (x, y) in _solutions(words, result, pair)
    ]


def _least_lines(least: Sequence[tuple[str, float]], x: Spec, y: Spec) -> list[Spec]:
    """The least that each side takes, as dashed lines; the lower axis says what they are: a label would lie over points."""
    rule = {"type": "rule", "color": MUTED, "strokeDash": [5, 4]}
    return [{"data": rows({axis: at}), "mark": rule, "encoding": {axis: {"x": x, "y": y}[axis]}} for axis, at in least]


def _mark_layers(marks: list[Spec], x: Spec, y: Spec) -> list[Spec]:
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
    occupied = [(px - 7, py - 7, px + 7, py + 7) for px, py in spots]
    layers: list[Spec] = []
    for (px, py), m in sorted(zip(spots, marks, strict=True), key=lambda s: s[0]):
        wide = breadth(m["label"]) * LETTER
        places = _places(px, py, wide)
        boxes = [(align, (x0, mid - 7, x0 + wide, mid + 7)) for x0, mid, align in places]
        inside = [b for b in boxes if b[1][0] >= 0 and b[1][2] <= PLOT + 8]
        align, box = next((b for b in inside if not any(_touch(b[1], other) for other in occupied)), (inside or boxes)[0])
        occupied.append(box)
        at = {"x": {"value": box[0] if align == "left" else box[2]}, "y": {"value": (box[1] + box[3]) / 2}}
        name_of = [{"label": m["label"]}]
        halo: Spec = {"stroke": "#ffffff", "strokeWidth": 3, "strokeJoin": "round"}  # so that points under a name do not touch it
        layers += [text(name_of, at["x"], at["y"], align=align, fontWeight="bold", **look) for look in (halo, {})]
    return layers


def _places(px: float, py: float, wide: float) -> list[tuple[float, float, str]]:
    """Where a name of this width may stand by a mark, best first: its left end, its middle line, its alignment."""
    sides = ((px - 10 - wide, "right"), (px + 10, "left"))
    within = min(max(px - wide / 2, 3), PLOT - wide)
    beside = [(x0, py + dy, align) for dy in BESIDE for x0, align in (sides if px > PLOT / 2 else sides[::-1])]
    return beside + [(within, py + dy, "left") for dy in OVER if 0 < py + dy < HEIGHT]


def _pixel(value: float, channel: Spec, span: float) -> float:
    low, high = channel["scale"]["domain"]
    return float((value - low) / (high - low) * span)


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _parallel(result: Frontier, words: Words) -> Figure:
    """A line for each package over the axes of all parties, and one with a name for each solution and the least accepted."""
    every = sorted(tuple(point.values.values()) for point in result.points)
    last, right = len(every) - 1, len(result.parties) - 1
    some = every if last < MOST_LINES else [every[round(k * last / (MOST_LINES - 1))] for k in range(MOST_LINES)]
    solutions = _solutions(words, result, result.parties)
    lines_by_name: list[tuple[str, tuple[float, ...], Spec]] = [
        (clip(title, 30), at, {"color": DARK, "strokeWidth": 2}) for title, _, at in solutions
    ]
    dashed = {"color": MUTED, "strokeWidth": 1.5, "strokeDash": [5, 4]}
    lines_by_name.append((words("frontier.accepted"), tuple(result.reservation.values()), dashed))
    if result.status_quo is not None:
        status = tuple(result.status_quo.values())
        lines_by_name.append((words("frontier.status"), status, {"color": WARM, "strokeWidth": 1.5}))
    ends = [(min(column), max(column)) for column in zip(*some, *(at for _, at, _ in lines_by_name), strict=True)]
    x, y = quantity("x", (-0.35, right + 0.65)), quantity("y", (-0.14, 1.12))
    axes = [{"x": p, "y": 0, "to": 1} for p in range(right + 1)]
    rule = {"type": "rule", "color": FAINT, "strokeWidth": 2}
    labels = [{"x": right, "y": _share(at[-1], *ends[-1]), "label": label} for label, at, _ in lines_by_name]
    layers: list[Spec] = [
        _paths(some, ends, {"x": x, "y": y}, {"color": LIGHT, "strokeWidth": 0.5}),
        {"data": {"values": axes}, "mark": rule, "encoding": {"x": x, "y": y, "y2": {"field": "to"}}},
        *(_paths([at], ends, {"x": x, "y": y}, look) for _, at, look in lines_by_name),
        text(_apart(labels), x, y, dx=6, fontWeight="bold"),
        *_heads([words.name(party) for party in result.parties], ends, x, y),
        frame(8, PLOT, 20),
    ]
    sums = [{"title": title, "values": dict(zip(result.parties, at, strict=True))} for title, _, at in solutions]
    alt = words("frontier.alt.all", points=every, parties=result.parties, solutions=words.each("frontier.alt.solution", sums))
    notes = () if len(some) == len(every) else (words("frontier.lines", shown=some, every=every),)
    spec = finish({"width": PLOT, "height": HEIGHT, "layer": layers})
    return Figure("frontier", words("frontier.question.all"), spec, alt, notes)


def _paths(packages: Sequence[tuple[float, ...]], ends: Sequence[tuple[float, float]], at: Spec, look: Spec) -> Spec:
    """A line for each package, by its share of the way from the least to the most on every axis."""
    points = [{"x": p, "y": _share(v, *ends[p]), "k": k} for k, row in enumerate(packages) for p, v in enumerate(row)]
    channels = {**at, "order": {"field": "x"}, "detail": {"field": "k", "type": "nominal"}}
    return {"data": {"values": points}, "mark": {"type": "line", **look}, "encoding": channels}


def _heads(names: Sequence[str], ends: Sequence[tuple[float, float]], x: Spec, y: Spec) -> list[Spec]:
    """The names of the parties over their axes, and the least and the most at the ends."""
    heads = [{"x": p, "y": 1.08, "label": clip(name, 18)} for p, name in enumerate(names)]
    scale = [
        {"x": p, "y": at, "label": numbers.number(end)}
        for p, both in enumerate(ends)
        for end, at in zip(both, (-0.06, 1.03), strict=True)
    ]
    return [text(heads, x, y, align="center"), text(scale, x, y, align="center", fontSize=10, color=MUTED)]


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _apart(labels: list[Spec]) -> list[Spec]:
    """Labels of one column, moved up where two would touch."""
    room, last = 0.055, -1.0
    for label in sorted(labels, key=lambda item: item["y"]):
        label["y"] = last = max(label["y"], last + room)
    return labels


def ladder(findings: Findings, words: Words) -> Figure | None:
    """How much trust a deal needs against how much substance it brings, with today's trust as a line.

    Rungs are dots and named ideas numbers: to the right of the line today's trust does not carry them.
    """
    result = findings.ladder
    if result is None or not (result.rungs or result.ideas):
        return None
    carried_rungs = [rung for rung in result.rungs if rung.load is not None and rung.load <= 1.0]
    ideas = [words("ladder.alt.idea", idea=idea, load=_load_words(words, idea)) for idea in result.ideas]
    alt = words("ladder.alt", carried=carried_rungs, rungs=result.rungs, ideas=ideas)
    notes = [words("ladder.note"), words("ladder.short", short=result.short)]
    notes += [words("ladder.idea", number=k, title=idea.title) for k, idea in enumerate(result.ideas, 1)]
    dots: list[Spec] = [
        {"x": _place(rung), "y": rung.substance[findings.principal], "first": k == result.first}
        for k, rung in enumerate(result.rungs)
    ]
    plot = WIDTH - LADDER_LEFT - 14
    title = {"text": [words("ladder.up", party=words.name(findings.principal)), words("ladder.right")], "fontWeight": "normal"}
    layers = [*_climb(words, dots, _grouped(result.ideas, findings.principal)), frame(LADDER_LEFT, plot, 14)]
    spec = finish({"title": title, "width": plot, "height": LADDER_HEIGHT, "layer": layers})
    return Figure("ladder", words("ladder.question"), spec, alt, tuple(filter(None, notes)))


def _climb(words: Words, dots: list[Spec], marks: list[Spec]) -> list[Spec]:
    """Dots and numbered marks by load and substance, on both sides of today's trust."""
    least, most = LOAD
    top = max([0.2, *(d["y"] for d in dots), *(m["y"] for m in marks)]) * 1.12
    x = quantity("x", (least - 0.25, most + 0.25))
    y = quantity("y", (-0.06 * top, top), {"values": ticks(0.0, min(top, 1.0)), "format": ".0%", "title": None, "domain": False})
    beyond = {"data": rows({"x": 0.0, "to": most + 0.25}), "mark": {"type": "rect", "color": BAND}}
    today = {"data": rows({"x": 0.0}), "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5}, "encoding": {"x": x}}
    layers: list[Spec] = [beyond | {"encoding": {"x": x, "x2": {"field": "to"}}}, today]
    for first, colour, size in ((False, MUTED, 22), (True, WARM, 90)):
        some = [dot for dot in dots if dot["first"] is first]
        mark: Spec = {"type": "point", "filled": True, "opacity": 1, "color": colour, "size": size}
        layers.append({"data": {"values": some}, "mark": mark, "encoding": {"x": x, "y": y}})
    hollow = {"type": "point", "shape": "diamond", "filled": False, "color": DARK, "size": 50, "opacity": 1}
    layers.append({"data": {"values": marks}, "mark": hollow, "encoding": {"x": x, "y": y}})
    scale = [{"x": float(k), "label": numbers.number(10.0**k)} for k in range(-2, 2)]
    scale.append({"x": most + 0.1, "label": words("ladder.never")})
    return [
        *layers,
        text([m for m in marks if m["x"] <= 1.0], x, y, dx=7, fontWeight="bold", color=DARK),
        text([m for m in marks if m["x"] > 1.0], x, y, align="right", dx=-7, fontWeight="bold", color=DARK),
        text([{"x": 0.0, "label": words("ladder.today")}], x, {"value": 8}, align="right", dx=-5),
        text(scale, x, {"value": LADDER_HEIGHT + 10}, align="center"),
    ]


def _grouped(ideas: Sequence[Rung], principal: str) -> list[Spec]:
    """A mark for each idea, one for those that would cover each other, labelled with their numbers."""
    groups: list[tuple[float, float, list[int]]] = []
    for k, idea in enumerate(ideas, 1):
        at, up = _place(idea), idea.substance[principal]
        near = next((g for g in groups if abs(g[0] - at) < CLOSE[0] and abs(g[1] - up) < CLOSE[1]), None)
        if near is None:
            groups.append((at, up, [k]))
        else:
            near[2].append(k)
    return [{"x": at, "y": up, "label": ", ".join(map(str, which))} for at, up, which in groups]


def _place(rung: Rung) -> float:
    least, most = LOAD
    load = inf if rung.load is None else rung.load
    return most if load == inf else least if load <= 0.0 else min(max(log10(load), least), most)


def _load_words(words: Words, rung: Rung) -> str:
    return words("ladder.orderless") if rung.load in {None, inf} else words("ladder.load", load=rung.load)
