"""The ladder as a picture: how much trust a deal needs against how much substance it brings, with today's trust as a line."""

from __future__ import annotations

from math import inf, log10
from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
    BAND,
    DARK,
    INK,
    MUTED,
    WARM,
    WIDTH,
    Figure,
    Spec,
    finish,
    frame,
    quantity,
    rows,
    text,
    ticks,
)
from summitry.brief.words import clip, name, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.study import Findings
    from summitry.trade.ladder import Rung

LEAST, MOST = -2.5, 1.5
"""Powers of ten of the loads that the picture spans; what lies beyond stands at its edge."""
CLOSE = (0.4, 0.05)
"""Ideas nearer to each other than this share one number's place, and their numbers stand side by side."""
LEFT, HEIGHT = 44, 210


def ladder(found: Findings) -> Figure | None:
    """Rungs as dots and named ideas as numbers: to the right of the line today's trust does not carry them."""
    climbed = found.ladder
    if climbed is None or not (climbed.rungs or climbed.ideas):
        return None
    principal = found.principal
    dots: list[Spec] = [
        {"x": _place(r), "y": r.substance[principal], "first": k == climbed.first} for k, r in enumerate(climbed.rungs)
    ]
    marks = _grouped(climbed.ideas, principal)
    top = max([0.2, *(d["y"] for d in dots), *(m["y"] for m in marks)]) * 1.12
    x = quantity("x", (LEAST - 0.25, MOST + 0.25))
    y = quantity("y", (-0.06 * top, top), {"values": ticks(0.0, min(top, 1.0)), "format": ".0%", "title": None, "domain": False})
    plot = WIDTH - LEFT - 14
    layers: list[Spec] = [
        {
            "data": rows({"x": 0.0, "to": MOST + 0.25}),
            "mark": {"type": "rect", "color": BAND},
            "encoding": {"x": x, "x2": {"field": "to"}},
        },
        {"data": rows({"x": 0.0}), "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5}, "encoding": {"x": x}},
        *(
            {
                "data": {"values": [d for d in dots if d["first"] is first]},
                "mark": {"type": "point", "filled": True, "opacity": 1, "color": colour, "size": size},
                "encoding": {"x": x, "y": y},
            }
            for first, colour, size in ((False, MUTED, 22), (True, WARM, 90))
        ),
        {
            "data": {"values": marks},
            "mark": {"type": "point", "shape": "diamond", "filled": False, "color": DARK, "size": 50, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        text([m for m in marks if m["x"] <= 1.0], x, y, dx=7, fontWeight="bold", color=DARK),
        text([m for m in marks if m["x"] > 1.0], x, y, align="right", dx=-7, fontWeight="bold", color=DARK),
        text([{"x": 0.0, "label": "today's trust"}], x, {"value": 8}, align="right", dx=-5),
        text(_marks(), x, {"value": HEIGHT + 10}, align="center"),
        frame(LEFT, plot, 14),
    ]
    notes = [f"{k} {clip(idea.title, 90)}" for k, idea in enumerate(climbed.ideas, 1)]
    carried = sum(r.load is not None and r.load <= 1.0 for r in climbed.rungs)
    alt = f"{carried} of {len(climbed.rungs)} rungs lie within today's trust. " + "; ".join(
        f"{idea.title}: {_said(idea)}" for idea in climbed.ideas
    )
    title = {
        "text": [f"Up: substance for {clip(name(found, principal), 34)}", "Right: trust needed over trust there is, as odds"],
        "fontWeight": "normal",
    }
    spec = finish({"title": title, "width": plot, "height": HEIGHT, "layer": layers})
    lead = "Dots: rungs, the large one the first; numbers: named ideas. Right of the line today's trust does not carry a deal."
    short = [sentence(found, climbed.short)] if climbed.short else []
    return Figure("ladder", "What does today's trust carry?", spec, alt, (lead, *short, *notes))


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
    load = inf if rung.load is None else rung.load
    return MOST if load == inf else LEAST if load <= 0.0 else min(max(log10(load), LEAST), MOST)


def _marks() -> list[Spec]:
    return [{"x": float(k), "label": f"{10.0**k:g}"} for k in range(-2, 2)] + [{"x": MOST + 0.1, "label": "never"}]


def _said(rung: Rung) -> str:
    return "no order carries it" if rung.load in {None, inf} else f"load {rung.load:.2g}"
