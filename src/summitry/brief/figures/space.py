"""The whole frontier as one picture: two parties against each other, more of them on parallel axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.figures.deals import CROWD, HEIGHT, LEAST, PLOT, SHAPES, least_lines, mark_names, thinned
from summitry.brief.figures.style import (
    DARK,
    FAINT,
    INK,
    LIGHT,
    MUTED,
    WARM,
    Figure,
    Spec,
    finish,
    frame,
    padded,
    plane,
    quantity,
    rows,
    text,
)
from summitry.brief.words import clip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summitry.trade.results import FrontierResult

MOST_LINES = 300
QUESTION = "Which packages can nobody improve without loss to another?"


def space(result: FrontierResult, names: Mapping[str, str], *, status_quo: bool) -> Figure:
    """The efficient packages with the bargaining solutions, reservation values and, where there is one, the status quo at zero.

    Two parties: the one's values against the other's. More: a vertical axis for each, from the least to the most that is drawn.
    Points that are left out are announced in the figure's notes.
    """
    if len(result.parties) == 2:  # noqa: PLR2004 (a plane)
        return _plane(result, names, status_quo=status_quo)
    return _parallel(result, names, status_quo=status_quo)


def _plane(result: FrontierResult, names: Mapping[str, str], *, status_quo: bool) -> Figure:
    one, other = result.parties
    points, notes = thinned(result, 0, 1)
    marks: list[Spec] = []
    for called, values in _solutions(result).items():
        shape = SHAPES.get(called.partition(" = ")[0], "triangle-right")
        marks.append({"x": values[one], "y": values[other], "label": clip(called, 44), "shape": shape, "fill": DARK, "size": 80})
    if status_quo:
        marks.append({"x": 0.0, "y": 0.0, "label": "status quo", "shape": "circle", "fill": WARM, "size": 80})
    least = {"x": result.reservation[one], "y": result.reservation[other]}
    across = padded([p[0] for p in points] + [m["x"] for m in marks] + [least["x"]])
    up = padded([p[1] for p in points] + [m["y"] for m in marks] + [least["y"]])
    x, y = plane(names[one], names[other], across, up, LEAST)
    both = {"x": x, "y": y}
    size = 14 if len(points) > CROWD else 30
    dots = {"type": "point", "filled": True, "color": LIGHT, "size": size, "opacity": 0.9}
    layers: list[Spec] = [{"data": rows(*({"x": p, "y": q} for p, q in points)), "mark": dots, "encoding": both}]
    layers += least_lines(tuple(least.items()), x, y)
    for m in marks:
        mark = {
            "type": "point",
            "shape": m["shape"],
            "filled": True,
            "fill": m["fill"],
            "stroke": INK,
            "size": m["size"],
            "opacity": 1,
        }
        layers.append({"data": rows({"x": m["x"], "y": m["y"]}), "mark": mark, "encoding": both})
    layers += [*mark_names(marks, x, y), frame(42, PLOT, 20)]
    alt = f"{len(points)} efficient packages; " + "; ".join(f"{m['label']} at {m['x']:.3g} and {m['y']:.3g}" for m in marks)
    return Figure("frontier", QUESTION, finish({"width": PLOT, "height": HEIGHT, "layer": layers}), alt + ".", tuple(notes))


def _parallel(result: FrontierResult, names: Mapping[str, str], *, status_quo: bool) -> Figure:
    every = sorted(result.points)
    kept = (
        every if len(every) <= MOST_LINES else [every[round(k * (len(every) - 1) / (MOST_LINES - 1))] for k in range(MOST_LINES)]
    )
    notes = [] if len(kept) == len(every) else [f"{len(kept)} of {len(every)} packages are drawn, evenly spread."]
    solutions, parties = _solutions(result), range(len(result.parties))
    held = [kept, [tuple(v[p] for p in result.parties) for v in solutions.values()], [tuple(result.reservation.values())]]
    all_values = [row for part in held for row in part] + ([(0.0,) * len(result.parties)] if status_quo else [])
    ends = [(min(row[p] for row in all_values), max(row[p] for row in all_values)) for p in parties]
    share = [[_share(row[p], *ends[p]) for p in parties] for row in all_values]
    x, y = quantity("x", (-0.35, len(result.parties) - 0.35)), quantity("y", (-0.14, 1.12))
    channels = {"x": x, "y": y, "order": {"field": "x"}, "detail": {"field": "k", "type": "nominal"}}

    def line(some: range, **mark: object) -> Spec:
        values = [{"x": p, "y": share[k][p], "k": k} for k in some for p in parties]
        return {"data": {"values": values}, "mark": {"type": "line", **mark}, "encoding": channels}

    axes = [{"x": p, "y": 0, "to": 1} for p in parties]
    ruled = {"x": x, "y": quantity("y", (-0.14, 1.12)), "y2": {"field": "to"}}
    first = len(kept) + len(solutions)
    layers = [
        line(range(len(kept)), color=LIGHT, strokeWidth=0.5),
        {"data": {"values": axes}, "mark": {"type": "rule", "color": FAINT, "strokeWidth": 2}, "encoding": ruled},
        line(range(len(kept), first), color=DARK, strokeWidth=2),
        line(range(first, first + 1), color=MUTED, strokeWidth=1.5, strokeDash=[5, 4]),
    ]
    labels = [{"x": len(result.parties) - 1, "y": share[first][-1], "label": "least accepted"}]
    labels += [
        {"x": len(result.parties) - 1, "y": share[len(kept) + n][-1], "label": clip(c, 30)} for n, c in enumerate(solutions)
    ]
    if status_quo:
        layers.append(line(range(first + 1, first + 2), color=WARM, strokeWidth=1.5))
        labels.append({"x": len(result.parties) - 1, "y": share[first + 1][-1], "label": "status quo"})
    layers.append(text(_apart(labels), x, y, dx=6, fontWeight="bold"))
    heads = [{"x": p, "y": 1.08, "label": clip(names[party], 18)} for p, party in enumerate(result.parties)]
    scale = [{"x": p, "y": at, "label": f"{ends[p][end]:.3g}"} for p in parties for end, at in ((0, -0.06), (1, 1.03))]
    layers += [text(heads, x, y, align="center"), text(scale, x, y, align="center", fontSize=10, color=MUTED), frame(8, PLOT, 20)]
    alt = f"{len(every)} efficient packages for {len(result.parties)} parties; " + "; ".join(
        f"{called}: " + ", ".join(f"{v:.3g} to {names[p]}" for p, v in values.items()) for called, values in solutions.items()
    )
    return Figure("frontier", QUESTION, finish({"width": PLOT, "height": HEIGHT, "layer": layers}), alt + ".", tuple(notes))


def _solutions(result: FrontierResult) -> dict[str, dict[str, float]]:
    """Values by the names of the solutions; solutions of the same values share an entry."""
    found: dict[tuple[float, ...], tuple[str, dict[str, float]]] = {}
    for solution in result.solutions:
        called, key = words.solution(solution.name), tuple(solution.values.values())
        found[key] = (f"{found[key][0]} = {called}" if key in found else called, solution.values)
    return dict(found.values())


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _apart(labels: list[Spec]) -> list[Spec]:
    """Labels of one column, moved up where two would touch."""
    room, last = 0.055, -1.0
    for label in sorted(labels, key=lambda item: item["y"]):
        label["y"] = last = max(label["y"], last + room)
    return labels
