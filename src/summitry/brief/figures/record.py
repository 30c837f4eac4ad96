"""The figure of a belief: what each piece of the record adds to it, as a waterfall from the prior to today."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from summitry.brief.figures.style import DARK, FAINT, MUTED, ROW, WARM, WIDTH, Figure, Spec, finish, frame, quantity, rows, text
from summitry.brief.words import clip, name, number, other
from summitry.evidence.seriousness import updated

if TYPE_CHECKING:
    from summitry.study import Findings

MOST = 7
LEFT, RIGHT = 178, 44


def waterfall(found: Findings) -> Figure | None:
    """How the record moves the principal's belief in the main other side: the strongest pieces by date, the rest as one."""
    beliefs = found.record.beliefs if found.record else ()
    they = other(found)
    belief = next((b for b in beliefs if b.party == found.principal and b.other == they), None)
    parts = [c for c in belief.contributions if c.log_ratio] if belief else []
    if belief is None or not parts:
        return None
    strong = sorted(parts, key=lambda c: -abs(c.log_ratio))[:MOST]
    steps = [(f"{c.date[:7]} {c.what}", c.log_ratio) for c in parts if c in strong]
    rest = math.fsum(c.log_ratio for c in parts if c not in strong)
    if len(parts) > len(strong):
        steps.insert(0, (f"{len(parts) - len(strong)} lesser pieces", rest))
    at, total = belief.prior[1], 0.0
    data: list[Spec] = []
    for k, (label, ratio) in enumerate(steps, 1):
        total += ratio
        after = updated(belief.prior[1], total)
        data.append({"y": k, "from": at, "to": after, "label": clip(label, 30)})
        at = after
    ends: list[Spec] = [
        {"y": 0, "to": belief.prior[1], "label": "prior"},
        {"y": len(steps) + 1, "to": at, "label": "after the record"},
    ]
    plot = WIDTH - LEFT - RIGHT
    x = quantity("to", (0.0, 1.0), {"values": [0, 0.5, 1], "title": None, "domain": False, "format": ".0%"})
    y = quantity("y", (-0.6, len(steps) + 1.6), reverse=True)
    layers: list[Spec] = [{"data": rows({"to": 0.5}), "mark": {"type": "rule", "color": FAINT}, "encoding": {"x": x}}]
    whole = {"x": x | {"field": "zero"}, "x2": {"field": "to"}, "y": y}
    bar = {"type": "rule", "color": MUTED, "strokeWidth": 11}
    layers.append({"data": {"values": [row | {"zero": 0} for row in ends]}, "mark": bar, "encoding": whole})
    for colour, rises in ((DARK, True), (WARM, False)):
        some = [row for row in data if (row["to"] >= row["from"]) == rises]
        if some:
            mark = {"type": "rule", "color": colour, "strokeWidth": 11}
            encoding = {"x": x | {"field": "from"}, "x2": {"field": "to"}, "y": y}
            layers.append({"data": {"values": some}, "mark": mark, "encoding": encoding})
    layers.append(text([*ends, *data], {"value": 0}, y, align="right", dx=-6))
    shown = [{"y": row["y"], "label": f"{100 * row['to']:.0f} %"} for row in [*ends, *data]]
    layers += [text(shown, {"value": plot}, y, dx=6, color=MUTED), frame(LEFT, plot, RIGHT)]
    alt = f"From a prior of {number(belief.prior[1])} the record leads {name(found, belief.party)} to {number(at)}: "
    alt += "; ".join(f"{label} {ratio:+.2g} in log-odds" for label, ratio in steps)
    spec = finish({"width": plot, "height": (len(steps) + 2) * ROW, "layer": layers})
    question = f"Does {name(found, belief.other)} mean to deliver? What moves the belief"
    return Figure("belief", question, spec, f"{alt}.", ("By the middle prior; the range and every piece are in the tables.",))
