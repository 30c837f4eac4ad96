"""Figures of the homes: who at each back table is for the swap and why, and which homes carry which efficient packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.report.figures.style import (
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
from summitry.wording import numbers
from summitry.wording.text import clip

if TYPE_CHECKING:
    from summitry.deals.homes import AtHome, Opinion
    from summitry.report.figures.style import Words
    from summitry.study import Findings

LEFT, RIGHT, HEIGHT = 158, 74, 230
MOST_SEATS = 14
KINDS = ("every", "ours", "theirs", "neither")
"""Which homes carry a package."""
LOOKS: tuple[Spec, ...] = (
    {"shape": "circle", "fill": DARK, "stroke": DARK, "filled": True},
    {"shape": "triangle-up", "fill": LIGHT, "stroke": INK, "filled": True},
    {"shape": "square", "fill": WARM, "stroke": INK, "filled": True},
    {"shape": "cross", "fill": "#ffffff", "stroke": INK, "filled": True},
)


def support(findings: Findings, words: Words) -> Figure | None:
    """Each constituency's points for the moves of START HERE, against to the left, for to the right; how often it says yes."""
    homes = [home for home in findings.homes if home.support is not None and home.support.opinions]
    if not homes:
        return None
    alts = []
    for home in homes:
        seats = [words("support.alt.seat", seat=words.seat(home.party, o.seat), yes=o.yes) for o in _voters(home)[:MOST_SEATS]]
        alts.append(words("support.alt.home", home=home, seats=seats))
    over = sum(max(len(_voters(home)) - MOST_SEATS, 0) for home in homes)
    notes = (words("support.note"), *words.more("support.more", over))
    spec = finish({"vconcat": [_table(words, home) for home in homes]})
    return Figure("support", words("support.question"), spec, words("support.alt", homes=alts), notes)


def _voters(home: AtHome) -> list[Opinion]:
    return [] if home.support is None else [o for o in home.support.opinions if o.role != "voice"]


def _table(words: Words, home: AtHome) -> Spec:
    voters, plot = _voters(home)[:MOST_SEATS], WIDTH - LEFT - RIGHT
    rows = [_pieces(k, opinion, home) for k, opinion in enumerate(voters)]
    bars, nets = [bar for pieces, _ in rows for bar in pieces], [net for _, net in rows]
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
        label = clip(words.seat(home.party, o.seat), 24) + (" *" if o.role == "veto" else "")
        look: Spec = {"fontSize": 11, "fontWeight": "bold" if o.yes < home.needed else "normal"}
        layers.append(text([{"y": k, "label": label}], {"value": 0}, y, align="right", dx=-5, **look))
        layers.append(text([{"y": k, "label": words.number(numbers.about_percent(o.yes))}], {"value": plot}, y, dx=4, **look))
    layers.append(frame(LEFT, plot, RIGHT))
    veto = any(o.role == "veto" for o in voters)
    title = {
        "text": lines(words("support.veto", home=home) if veto else words("support.home", home=home), 52, 1),
        "dx": -LEFT + 4,
    }
    return {"title": title, "width": plot, "height": len(voters) * ROW, "layer": layers}


def _pieces(k: int, opinion: Opinion, home: AtHome) -> tuple[list[Spec], Spec]:
    """A constituency's points for each move as pieces of bars to both sides, and the line of their sum; on its own scale."""
    points = [p for move in home.moved if (p := move.points.get(opinion.seat, 0.0))]
    size = max(sum(p for p in points if p > 0), -sum(p for p in points if p < 0), abs(opinion.margin[1])) or 1.0
    bars: list[Spec] = []
    for sign in (1.0, -1.0):
        at = 0.0
        for p in sorted((p for p in points if p * sign > 0), key=abs, reverse=True):
            bars.append({"y": k, "x": at / size, "to": (at + p) / size, "for": sign > 0})
            at += p
    return bars, {"x": opinion.margin[1] / size, "from": k - 0.42, "to": k + 0.42}


def win_sets(findings: Findings, words: Words) -> Figure | None:
    """The efficient packages as the principal and the other side value them, marked by which homes carry them."""
    result, us, they = findings.frontier, findings.principal, findings.other
    if result is None or they not in result.parties or us not in result.parties:
        return None
    kinds = _kinds(findings, words)
    if not kinds:
        return None
    points, plot = result.points, WIDTH - 62
    across, up = padded([points[k].values[us] for k in kinds]), padded([points[k].values[they] for k in kinds])
    x, y = plane(words.each("axis.own", (us, they)), across, up)
    layers: list[Spec] = []
    for kind, look in reversed([*zip(KINDS, LOOKS, strict=True)]):
        values = [{"x": points[k].values[us], "y": points[k].values[they]} for k, which in kinds.items() if which == kind]
        mark = {"type": "point", "size": 34, "opacity": 0.9, "strokeWidth": 0.7, **look}
        layers.append({"data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": y}})
    layers.append(frame(42, plot, 20))
    counts = {kind: sum(which == kind for which in kinds.values()) for kind in KINDS}
    panels = [_legend(words, counts), {"width": plot, "height": HEIGHT, "layer": layers}]
    shares = [words("win-sets.alt.kind", kind=kind, count=count, all=kinds) for kind, count in counts.items()]
    notes = [words("win-sets.note", home=findings.homes[0])]
    if len(kinds) < len(points):
        notes.append(words("win-sets.some", shown=kinds, every=points))
    spec = finish({"vconcat": panels})
    return Figure("win-sets", words("win-sets.question"), spec, words("win-sets.alt", kinds=shares), tuple(notes))


def _kinds(findings: Findings, words: Words) -> dict[int, str]:
    """By the number of an efficient point, which of `KINDS` it is."""
    shares = {home.party: dict(home.frontier) for home in findings.homes}
    kinds = {}
    for k in next(iter(shares.values()), {}):
        refused = {words.names.ours(home.party) for home in findings.homes if shares[home.party][k] < home.needed}
        kinds[k] = "every" if not refused else "ours" if refused == {False} else "theirs" if refused == {True} else "neither"
    return kinds


def _legend(words: Words, counts: dict[str, int]) -> Spec:
    """The marks, with what they mean and how many there are."""
    plot, height = WIDTH - 62, 17 * len(KINDS)
    x, y = quantity("x", (0, 1)), quantity("y", (-0.5, len(KINDS) - 0.5), reverse=True)
    layers: list[Spec] = []
    for row, (kind, look) in enumerate(zip(KINDS, LOOKS, strict=True)):
        at = {"x": 0.02, "y": row, "label": words("win-sets.kind", kind=kind, count=counts[kind])}
        mark = {"type": "point", "size": 44, "strokeWidth": 0.7, **look}
        layers.append({"data": {"values": [at]}, "mark": mark, "encoding": {"x": x, "y": y}})
        layers.append(text([at], x, y, dx=8, fontSize=11))
    layers.append(frame(42, plot, 20))
    return {"width": plot, "height": height, "layer": layers}
