"""Figures of the homes: who at each back table is for the swap and why, and which homes carry which efficient packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
    DARK,
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
    padded,
    plane,
    quantity,
    text,
)
from summitry.brief.words import clip, name, other, ours, percent, plain_percent, seat

if TYPE_CHECKING:
    from summitry.study import Findings
    from summitry.trade.homes import AtHome, Opinion

LEFT, RIGHT, HEIGHT = 158, 74, 230
MOST_SEATS = 14
KINDS = ("every home carries it", "only our side's homes", "only the other side's", "neither side's homes")
LOOKS: tuple[Spec, ...] = (
    {"shape": "circle", "fill": DARK, "stroke": DARK, "filled": True},
    {"shape": "triangle-up", "fill": LIGHT, "stroke": INK, "filled": True},
    {"shape": "square", "fill": WARM, "stroke": INK, "filled": True},
    {"shape": "cross", "fill": "#ffffff", "stroke": INK, "filled": True},
)


def support(found: Findings) -> Figure | None:
    """Each constituency's points for the moves of START HERE, against to the left, for to the right; how often it says yes."""
    homes = [home for home in found.homes if home.support is not None and home.support.opinions]
    if not homes:
        return None
    panels = [_table(found, home) for home in homes]
    alt = "; ".join(
        f"{name(found, home.party)}: "
        + ", ".join(f"{seat(found, home.party, o.seat)} yes in {percent(o.yes)}" for o in _voters(home)[:MOST_SEATS])
        for home in homes
    )
    notes = [
        "Each row on its own scale; one piece is one move. The line is the sum less the threshold: right of the middle is yes."
    ]
    left_out = sum(max(len(_voters(home)) - MOST_SEATS, 0) for home in homes)
    notes += [f"{left_out} more constituencies are in the table."] if left_out else []
    return Figure("support", "Who is for it at home, and who against?", finish({"vconcat": panels}), f"{alt}.", tuple(notes))


def _voters(home: AtHome) -> list[Opinion]:
    return [] if home.support is None else [o for o in home.support.opinions if o.role != "voice"]


def _table(found: Findings, home: AtHome) -> Spec:
    voters, plot = _voters(home)[:MOST_SEATS], WIDTH - LEFT - RIGHT
    bars: list[Spec] = []
    nets: list[Spec] = []
    for k, o in enumerate(voters):
        points = [p for move in home.moved if (p := move.points.get(o.seat, 0.0))]
        size = max(sum(p for p in points if p > 0), -sum(p for p in points if p < 0), abs(o.margin[1])) or 1.0
        for sign in (1.0, -1.0):
            at = 0.0
            for p in sorted((p for p in points if p * sign > 0), key=abs, reverse=True):
                bars.append({"y": k, "x": at / size, "to": (at + p) / size, "for": sign > 0})
                at += p
        nets.append({"x": o.margin[1] / size, "from": k - 0.42, "to": k + 0.42})
    x, y = quantity("x", (-1.06, 1.06)), quantity("y", (-0.5, len(voters) - 0.5), reverse=True)
    layers: list[Spec] = []
    for is_for, colour in ((True, DARK), (False, WARM)):
        mark = {"type": "bar", "size": 11, "orient": "horizontal", "color": colour, "stroke": "#ffffff", "strokeWidth": 1}
        some = [bar for bar in bars if bar["for"] is is_for]
        layers.append({"data": {"values": some}, "mark": mark, "encoding": {"x": x, "x2": {"field": "to"}, "y": y}})
    upright = {"y": quantity("from", (-0.5, len(voters) - 0.5), reverse=True), "y2": {"field": "to"}}
    middle = [{"x": 0, "from": -0.5, "to": len(voters) - 0.5}]
    for data, width in ((middle, 1), (nets, 3)):
        rule = {"type": "rule", "color": INK, "strokeWidth": width}
        layers.append({"data": {"values": data}, "mark": rule, "encoding": {"x": x, **upright}})
    for k, o in enumerate(voters):
        label = clip(seat(found, home.party, o.seat), 24) + (" *" if o.role == "veto" else "")
        weight = "bold" if o.yes < home.needed else "normal"
        layers.append(text([{"y": k, "label": label}], {"value": 0}, y, align="right", dx=-5, fontSize=11, fontWeight=weight))
        layers.append(text([{"y": k, "label": percent(o.yes)}], {"value": plot}, y, dx=4, fontSize=11, fontWeight=weight))
    layers.append(frame(LEFT, plot, RIGHT))
    chance = home.support.probability if home.support is not None else 0.0
    starred = " (* veto)" if any(o.role == "veto" for o in voters) else ""
    title = {"text": lines(f"{name(found, home.party)} ratifies in {percent(chance)}{starred}", 52, 1), "dx": -LEFT + 4}
    return {"title": title, "width": plot, "height": len(voters) * ROW, "layer": layers}


def win_sets(found: Findings) -> Figure | None:
    """The efficient packages as the principal and the other side value them, marked by which homes carry them."""
    result, they = found.frontier, other(found)
    if result is None or they not in result.parties or found.principal not in result.parties:
        return None
    carried = _carried(found)
    if not carried:
        return None
    points, a, b = result.points, found.principal, they
    plot = WIDTH - 62
    across, up = padded([points[k].values[a] for k in carried]), padded([points[k].values[b] for k in carried])
    x, y = plane(name(found, found.principal), name(found, they), across, up)
    layers: list[Spec] = []
    for kind in reversed(range(len(KINDS))):
        values = [{"x": points[k].values[a], "y": points[k].values[b]} for k, which in carried.items() if which == kind]
        mark = {"type": "point", "size": 34, "opacity": 0.9, "strokeWidth": 0.7, **LOOKS[kind]}
        layers.append({"data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": y}})
    layers.append(frame(42, plot, 20))
    counts = [sum(which == kind for which in carried.values()) for kind in range(len(KINDS))]
    panels = [_legend(counts), {"width": plot, "height": HEIGHT, "layer": layers}]
    alt = "; ".join(f"{said}: {n} of {len(carried)}" for said, n in zip(KINDS, counts, strict=True))
    notes = [f"A home carries a package that it ratifies in at least {plain_percent(found.homes[0].needed)} of draws by itself."]
    if len(carried) < len(points):
        notes.append(f"{len(carried)} of {len(points)} efficient packages, evenly spread.")
    return Figure(
        "win-sets", "Which efficient packages do the homes carry?", finish({"vconcat": panels}), f"{alt}.", tuple(notes)
    )


def _carried(found: Findings) -> dict[int, int]:
    """By the number of an efficient point, which of `KINDS` it is."""
    shares = {home.party: dict(home.frontier) for home in found.homes}
    points = list(next(iter(shares.values()), {}))
    kinds = {}
    for k in points:
        refused = {ours(found, home.party) for home in found.homes if shares[home.party][k] < home.needed}
        kinds[k] = 0 if not refused else 1 if refused == {False} else 2 if refused == {True} else 3
    return kinds


def _legend(counts: list[int]) -> Spec:
    """The marks, with what they mean and how many there are."""
    plot, height = WIDTH - 62, 17 * len(KINDS)
    x, y = quantity("x", (0, 1)), quantity("y", (-0.5, len(KINDS) - 0.5), reverse=True)
    layers: list[Spec] = []
    for kind, said in enumerate(KINDS):
        at = {"x": 0.02, "y": kind, "label": f"{said} ({counts[kind]})"}
        mark = {"type": "point", "size": 44, "strokeWidth": 0.7, **LOOKS[kind]}
        layers.append({"data": {"values": [at]}, "mark": mark, "encoding": {"x": x, "y": y}})
        layers.append(text([at], x, y, dx=8, fontSize=11))
    layers.append(frame(42, plot, 20))
    return {"width": plot, "height": height, "layer": layers}
