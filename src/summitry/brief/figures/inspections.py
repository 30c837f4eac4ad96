"""Figure of the inspections: what each sample that the case states would find, by how many items are wrong."""

from __future__ import annotations

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
    quantity,
    rows,
    text,
    whole,
)
from summitry.brief.words import clean, name, plain_percent

if TYPE_CHECKING:
    from summitry.evidence.inspections import Checked
    from summitry.study import Findings

MOST = 6
LEFT, RIGHT, HEIGHT = 44, 60, 62


def inspections(found: Findings) -> Figure | None:
    """The operating-characteristic curve of each inspection, with what matters marked."""
    if not found.inspections:
        return None
    shown = found.inspections[:MOST]
    over = len(found.inspections) - MOST
    notes = (f"{over} more are in the table, not in the figure.",) if over > 0 else ()
    alt = "; ".join(
        f"{name(found, told.issue)}: {told.check.drawn} of {told.check.items} looked at find {told.check.significant} wrong with "
        f"{plain_percent(told.check.detection)}"
        for told in shown
    )
    spec = finish({"vconcat": [_panel(found, told) for told in shown]})
    alt = f"Chance of finding one, by how many are wrong. {alt}."
    return Figure("inspections", "What would the inspections find?", spec, alt, notes)


def _panel(found: Findings, told: Checked) -> Spec:
    """One curve; the dot is at the number that matters."""
    check, last = told.check, told.curve[-1].defects
    x = quantity("x", (0, last), {"values": whole(last), "title": None, "grid": False, "format": "d"})
    y = quantity("y", (0, 1), {"values": [0, 0.5, 1], "title": None, "format": ".0%", "domain": False})
    data = [{"x": point.defects, "y": point.detected} for point in told.curve]
    mark = {"x": check.significant, "y": check.detection}
    label = [{**mark, "label": plain_percent(check.detection)}]
    plot = WIDTH - LEFT - RIGHT
    layers: list[Spec] = [
        {"data": rows({"y": check.goal}), "mark": {"type": "rule", "color": FAINT, "strokeWidth": 2}, "encoding": {"y": y}},
        {"data": {"values": data}, "mark": {"type": "line", "color": DARK, "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        {
            "data": rows(mark),
            "mark": {"type": "point", "filled": True, "color": WARM, "size": 70, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        text(label, x, y, dx=7, dy=12, color=WARM, fontWeight="bold"),
        text([{"y": 0.5, "label": "wrong items"}], {"value": plot}, y, dx=-4, dy=20, align="right", color=MUTED),
        frame(LEFT, plot, RIGHT),
    ]
    what = f"{name(found, told.issue)}: {check.drawn} of {check.items} {clean(check.of)}".rstrip()
    title = {"text": lines(what, 50, 2), "dx": -LEFT + 4}
    return {"title": title, "width": plot, "height": HEIGHT, "layer": layers}
