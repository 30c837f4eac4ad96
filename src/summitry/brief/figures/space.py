"""The whole frontier as one picture: two parties against each other, more of them on parallel axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.figures.deals import CROWD, HEIGHT, LEAST, PLOT, SHAPES, least_lines, mark_layers, thinned
from summitry.brief.figures.style import (
    DARK,
    FAINT,
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
from summitry.brief.words import clip, solution_title

if TYPE_CHECKING:
    from summitry.trade.frontier import Frontier
    from summitry.wording import Names

MOST_LINES = 300
QUESTION = "Which packages can nobody improve without loss to another?"


def space(frontier: Frontier, names: Names) -> Figure:
    """The efficient packages with the bargaining solutions, reservation values and, where there is one, the status quo.

    Two parties: the one's values against the other's. More: a vertical axis for each, from the least to the most that is drawn.
    Points that are left out are announced in the figure's notes.
    """
    if len(frontier.parties) == 2:  # noqa: PLR2004 (a plane)
        return _plane(frontier, names)
    return _parallel(frontier, names)


def _plane(frontier: Frontier, names: Names) -> Figure:
    one, other = frontier.parties
    points, notes = thinned(frontier, one, other)
    marks: list[Spec] = [
        {"x": values[one], "y": values[other], "label": clip(title, 44), "shape": mark, "fill": DARK, "size": 80}
        for title, mark, values in _solutions(frontier)
    ]
    if frontier.status_quo is not None:
        at = {"x": frontier.status_quo[one], "y": frontier.status_quo[other]}
        marks.append({**at, "label": "status quo", "shape": "circle", "fill": WARM, "size": 80})
    least = {"x": frontier.reservation[one], "y": frontier.reservation[other]}
    across = padded([p[0] for p in points] + [m["x"] for m in marks] + [least["x"]])
    up = padded([p[1] for p in points] + [m["y"] for m in marks] + [least["y"]])
    x, y = plane(names.name(one), names.name(other), across, up, LEAST)
    size = 14 if len(points) > CROWD else 30
    dots = {"type": "point", "filled": True, "color": LIGHT, "size": size, "opacity": 0.9}
    layers: list[Spec] = [{"data": rows(*({"x": p, "y": q} for p, q in points)), "mark": dots, "encoding": {"x": x, "y": y}}]
    layers += [*least_lines(tuple(least.items()), x, y), *mark_layers(marks, x, y), frame(42, PLOT, 20)]
    alt = f"{len(points)} efficient packages; " + "; ".join(f"{m['label']} at {m['x']:.3g} and {m['y']:.3g}" for m in marks)
    return Figure("frontier", QUESTION, finish({"width": PLOT, "height": HEIGHT, "layer": layers}), alt + ".", tuple(notes))


def _parallel(frontier: Frontier, names: Names) -> Figure:
    every = sorted(tuple(point.values.values()) for point in frontier.points)
    last = len(every) - 1
    lines = every if last < MOST_LINES else [every[round(k * last / (MOST_LINES - 1))] for k in range(MOST_LINES)]
    notes = [] if len(lines) == len(every) else [f"{len(lines)} of {len(every)} packages are drawn, evenly spread."]
    solutions, parties = _solutions(frontier), range(len(frontier.parties))
    all_values = [*lines, *(tuple(values.values()) for _, _, values in solutions), tuple(frontier.reservation.values())]
    if frontier.status_quo is not None:
        all_values.append(tuple(frontier.status_quo.values()))
    ends = [(min(row[p] for row in all_values), max(row[p] for row in all_values)) for p in parties]
    share = [[_share(row[p], *ends[p]) for p in parties] for row in all_values]
    x, y = quantity("x", (-0.35, len(frontier.parties) - 0.35)), quantity("y", (-0.14, 1.12))
    channels = {"x": x, "y": y, "order": {"field": "x"}, "detail": {"field": "k", "type": "nominal"}}

    def line(some: range, **mark: object) -> Spec:
        values = [{"x": p, "y": share[k][p], "k": k} for k in some for p in parties]
        return {"data": {"values": values}, "mark": {"type": "line", **mark}, "encoding": channels}

    axes = [{"x": p, "y": 0, "to": 1} for p in parties]
    ruled = {"x": x, "y": quantity("y", (-0.14, 1.12)), "y2": {"field": "to"}}
    first = len(lines) + len(solutions)
    layers = [
        line(range(len(lines)), color=LIGHT, strokeWidth=0.5),
        {"data": {"values": axes}, "mark": {"type": "rule", "color": FAINT, "strokeWidth": 2}, "encoding": ruled},
        line(range(len(lines), first), color=DARK, strokeWidth=2),
        line(range(first, first + 1), color=MUTED, strokeWidth=1.5, strokeDash=[5, 4]),
    ]
    right = len(frontier.parties) - 1
    labels = [{"x": right, "y": share[first][-1], "label": "least accepted"}]
    labels += [{"x": right, "y": share[len(lines) + n][-1], "label": clip(s[0], 30)} for n, s in enumerate(solutions)]
    if frontier.status_quo is not None:
        layers.append(line(range(first + 1, first + 2), color=WARM, strokeWidth=1.5))
        labels.append({"x": right, "y": share[first + 1][-1], "label": "status quo"})
    layers.append(text(_apart(labels), x, y, dx=6, fontWeight="bold"))
    heads = [{"x": p, "y": 1.08, "label": clip(names.name(party), 18)} for p, party in enumerate(frontier.parties)]
    scale = [{"x": p, "y": at, "label": f"{ends[p][end]:.3g}"} for p in parties for end, at in ((0, -0.06), (1, 1.03))]
    layers += [text(heads, x, y, align="center"), text(scale, x, y, align="center", fontSize=10, color=MUTED), frame(8, PLOT, 20)]
    alt = f"{len(every)} efficient packages for {len(frontier.parties)} parties; " + "; ".join(
        f"{title}: " + ", ".join(f"{v:.3g} to {names.name(p)}" for p, v in values.items()) for title, _, values in solutions
    )
    return Figure("frontier", QUESTION, finish({"width": PLOT, "height": HEIGHT, "layer": layers}), alt + ".", tuple(notes))


def _solutions(frontier: Frontier) -> list[tuple[str, str, dict[str, float]]]:
    """Title, mark and values of each solution; solutions of the same values share an entry under the first one's mark."""
    entries: dict[tuple[float, ...], tuple[str, str, dict[str, float]]] = {}
    for name, solution in frontier.solutions.items():
        title, key = solution_title(name), tuple(solution.values.values())
        if key in entries:
            first, mark, values = entries[key]
            entries[key] = (f"{first} = {title}", mark, values)
        else:
            entries[key] = (title, SHAPES[name], solution.values)
    return list(entries.values())


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _apart(labels: list[Spec]) -> list[Spec]:
    """Labels of one column, moved up where two would touch."""
    room, last = 0.055, -1.0
    for label in sorted(labels, key=lambda item: item["y"]):
        label["y"] = last = max(label["y"], last + room)
    return labels
