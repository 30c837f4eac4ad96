"""Figures of declarations: what is declared against what is believed, and what visits that find nothing would show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
    BAND,
    DARK,
    INK,
    LIGHT,
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
    rows,
    text,
    ticks,
    whole,
)
from summitry.brief.words import clean, name, number, other, whole_percent

if TYPE_CHECKING:
    from summitry.evidence.completeness import SearchInVain
    from summitry.evidence.declarations import Completeness
    from summitry.study import Findings

MOST = 6
LEFT, RIGHT, HEIGHT, TALL = 22, 22, 30, 62
LABEL = 36
"""Labels whose marks lie closer than so many pixels to an end would touch its label: they are in the table."""


def declared(found: Findings) -> Figure | None:
    """By category: the range believed, and how likely the declared amount is all of it; supposed amounts where none is."""
    shown, over = _shown(found)
    if not shown:
        return None
    alt = ". ".join(f"{titled(found, c)}: {_words(c)}" for c in shown)
    notes = ["Band: 90 % of what the estimates allow; line: their middle. Filled: declared. Hollow: if so much were declared."]
    notes += [f"{over} more are in the table, not in the figure."] if over else []
    spec = finish({"vconcat": [_panel(found, c) for c in shown]})
    return Figure("declaration", "Is it all? Declared against believed", spec, f"{alt}.", tuple(notes))


def looked_in_vain(found: Findings) -> Figure | None:
    """How likely completeness becomes while visits find nothing, for each category of which the case says where to look."""
    told = [c for c in _ordered(found) if c.search is not None]
    if not told:
        return None
    panels = [_visits(found, c, c.search) for c in told[:MOST] if c.search is not None]
    alt = ". ".join(f"{titled(found, c)}: {visits_words(c.search)}" for c in told[:MOST] if c.search is not None)
    over = len(told) - MOST
    notes = [
        "Line: chance that the declaration is complete; band: with the base rate and with where it could lie. Dot: as planned."
    ]
    notes += [f"{over} more are in the table, not in the figure."] if over > 0 else []
    return Figure("looked-in-vain", "What if visits find nothing?", finish({"vconcat": panels}), f"{alt}.", tuple(notes))


def visits_words(search: SearchInVain) -> str:
    """Where the visits start from and what they lead to, in a few words."""
    first, after, last = search.points[0], search.after, search.points[-1]
    told = (
        f"complete with {whole_percent(first.complete)} before any visit, {whole_percent(after.complete)} after {after.visits} "
    )
    return f"{told}that find nothing, {whole_percent(last.complete)} after all {last.visits}"


def _ordered(found: Findings) -> list[Completeness]:
    """Those of the main other side first, then in the order of the case; those that nothing can be said of are left out."""
    they = other(found)
    known = [c for c in (found.declaration.categories if found.declaration else ()) if c.complete is not None and c.estimated]
    return sorted(known, key=lambda c: they not in c.party.split("+"))


def _shown(found: Findings) -> tuple[list[Completeness], int]:
    known = _ordered(found)
    return known[:MOST], max(0, len(known) - MOST)


def titled(found: Findings, c: Completeness) -> str:
    """Whose holding it is, which, and in what unit."""
    return f"{name(found, c.party)}: {clean(c.category)} ({clean(c.unit)})"


def _words(c: Completeness) -> str:
    if c.made and c.complete is not None and c.complete_range is not None:
        low, high = map(whole_percent, c.complete_range)
        return f"{number(c.declared)} declared; complete with {whole_percent(c.complete)} ({low} to {high})"
    pairs = [f"{number(amount)}: {whole_percent(chance)}" for amount, chance in _points(c) if chance is not None]
    return f"nothing declared lately; complete if it were {', '.join(pairs)}"


def _points(c: Completeness) -> list[tuple[float, float | None]]:
    """The least, the middle and the largest of the other amounts."""
    k = len(c.amounts)
    return [c.amounts[at] for at in sorted({0, k // 2, k - 1})] if k else []


def _panel(found: Findings, c: Completeness) -> Spec:
    low, middle, high = c.estimated or (0.0, 0.0, 0.0)
    marks = [(c.declared, c.complete)] if c.made else _points(c)
    low_end, high_end = padded([low, high, *(amount for amount, _ in marks)], 0.08)
    domain = (max(low_end, 0.0), high_end)
    x = quantity("x", domain, {"values": ticks(*domain, 5), "title": None, "domain": False, "grid": False})
    y = quantity("y", (0, 1))
    known = [(amount, whole_percent(chance)) for amount, chance in marks if chance is not None]
    plot = WIDTH - LEFT - RIGHT
    apart = (domain[1] - domain[0]) * LABEL / plot
    ends = [amount for amount, _ in (*known[:1], *known[-1:])]
    data: list[Spec] = [{"x": amount, "y": 0.3} for amount, _ in known]
    told: list[Spec] = [
        {"x": amount, "label": said} for amount, said in known if amount in ends or all(abs(amount - end) > apart for end in ends)
    ]
    shape: Spec = {"type": "point", "shape": "diamond", "filled": True, "stroke": INK, "strokeWidth": 1, "size": 80, "opacity": 1}
    band = {"x": x, "x2": {"field": "high"}, "y": {"value": 12}, "y2": {"value": HEIGHT}}
    layers: list[Spec] = [
        {"data": rows({"x": low, "high": high}), "mark": {"type": "rect", "color": BAND}, "encoding": band},
        {
            "data": rows({"x": middle}),
            "mark": {"type": "rule", "color": LIGHT, "strokeWidth": 2},
            "encoding": {"x": x, "y": {"value": 12}, "y2": {"value": HEIGHT}},
        },
        {"data": {"values": data}, "mark": shape | {"fill": WARM if c.made else "#ffffff"}, "encoding": {"x": x, "y": y}},
        text(told, x, {"value": 5}, align="center", color=WARM if c.made else INK, fontWeight="bold"),
        frame(LEFT, plot, RIGHT),
    ]
    title: Spec = {"text": lines(titled(found, c), 50, 1), "dx": -LEFT + 4}
    if c.made:
        title["subtitle"] = lines(_words(c), 52, 2)
    return {"title": title, "width": plot, "height": HEIGHT, "layer": layers}


def _visits(found: Findings, c: Completeness, search: SearchInVain) -> Spec:
    left, right = 44, 48
    plot = WIDTH - left - right
    x = quantity("x", (0, search.places), {"values": whole(search.places), "title": None, "grid": False, "format": "d"})
    y = quantity("y", (0, 1), {"values": [0, 0.5, 1], "title": None, "format": ".0%", "domain": False})
    data = [{"x": p.visits, "y": p.complete, "low": p.complete_range[0], "high": p.complete_range[1]} for p in search.points]
    dot: Spec = {"x": search.after.visits, "y": search.after.complete, "label": whole_percent(search.after.complete)}
    area = {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}
    high = dot["y"] > 0.5  # noqa: PLR2004 (the upper half of the panel)
    layers: list[Spec] = [
        {"data": {"values": data}, "mark": {"type": "area", "color": BAND}, "encoding": area},
        {"data": {"values": data}, "mark": {"type": "line", "color": DARK, "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        {
            "data": rows(dot),
            "mark": {"type": "point", "filled": True, "color": WARM, "size": 70, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        text([dot], x, y, align="center", dy=14 if high else -12, color=WARM, fontWeight="bold"),
        text([{"y": 0, "label": "visits"}], {"value": plot}, y, dx=6, dy=12, color=MUTED),
        frame(left, plot, right),
    ]
    said = f"{name(found, c.party)}: {clean(c.category)}, {number(c.declared)} {'declared' if c.made else 'supposed'}"
    title = {"text": lines(said, 50, 1), "subtitle": lines(f"visits to {clean(search.of)}", 52, 2), "dx": -left + 4}
    return {"title": title, "width": plot, "height": TALL, "layer": layers}
