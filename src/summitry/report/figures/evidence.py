"""Figures of the evidence: what is held, by source; what is declared against what is believed; what visits and samples find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summitry.report.figures.style import (
    BAND,
    DARK,
    FAINT,
    INK,
    LIGHT,
    MUTED,
    ROW,
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
from summitry.wording import numbers
from summitry.wording.text import clip

if TYPE_CHECKING:
    from summitry.evidence.completeness import SearchInVain
    from summitry.evidence.declarations import Completeness
    from summitry.evidence.inspections import Checked
    from summitry.evidence.inventory import ClaimLine, Holding
    from summitry.report.figures.style import Words
    from summitry.study import Findings

MOST, MOST_CLAIMS = 6, 7
LEFT, RIGHT = 132, 70
EDGE, HEIGHT, TALL = 22, 30, 62
KINDS = {"declared": ("diamond", WARM), "estimated": ("circle", "#ffffff"), "verified": ("square", DARK)}
"""By kind of claim, the shape and colour of its mark."""
LABEL = 36
"""Labels whose marks lie closer than so many pixels to an end would touch its label: they are in the table."""
SHARES: Spec = {"values": [0, 0.5, 1], "title": None, "format": ".0%", "domain": False}
DOT: Spec = {"type": "point", "filled": True, "color": WARM, "size": 70, "opacity": 1}


def fused(posterior: dict[str, float] | None) -> tuple[float, float, float] | None:
    """The outer and the middle quantiles of a posterior whose keys name probabilities ("p05", "0.05") or low, mode, high."""
    if not posterior:
        return None
    at: list[tuple[float, float]] = []
    for key, value in posterior.items():
        digits = re.search(r"\d*\.?\d+", key)
        if digits:
            share = float(digits[0])
            at.append((share if share < 1 else share / 100, value))
    if len(at) > 1:
        at.sort()
        return at[0][1], min(at, key=lambda q: abs(q[0] - 0.5))[1], at[-1][1]
    values = sorted(posterior.values())
    return values[0], posterior.get("median", posterior.get("mode", values[len(values) // 2])), values[-1]


def inventory(findings: Findings, words: Words) -> Figure | None:
    """What is held of the categories of which most is claimed: each source's range, the fused one as a band."""
    they = findings.other
    drawable = [holding for holding in findings.holdings if any(_known_values(claim) for claim in holding.claims)]
    drawable.sort(key=lambda h: (they not in h.party.split("+"), -sum(bool(_known_values(claim)) for claim in h.claims)))
    if not drawable:
        return None
    some = drawable[:MOST]
    notes = [*words.more("inventory.more", len(drawable) - MOST)]
    panels, holdings = [], []
    for holding in some:
        claims = [claim for claim in holding.claims if _known_values(claim)]
        if len(claims) > MOST_CLAIMS:
            notes.append(words("inventory.claims", holding=holding, left=len(claims) - MOST_CLAIMS))
        telling = sorted(range(len(claims)), key=lambda k: claims[k].kind == "estimated" and not claims[k].used)
        band = fused(holding.posterior)
        panels.append(_sources(words, holding, band, [claims[k] for k in sorted(telling[:MOST_CLAIMS])]))
        holdings.append(words("inventory.alt.holding", holding=holding, band=band))
    alt = words("inventory.alt", holdings=holdings)
    return Figure("inventory", words("inventory.question"), finish({"vconcat": panels}), alt, tuple(notes))


def _known_values(claim: ClaimLine) -> list[float]:
    return [value for value in (claim.low, claim.central, claim.high) if value is not None]


def _sources(words: Words, holding: Holding, band: tuple[float, float, float] | None, claims: list[ClaimLine]) -> Spec:
    data = [_claim_row(k, claim) for k, claim in enumerate(claims)]
    values = [row[end] for row in data for end in ("low", "high")] + list(band or ())
    low, high = padded(values, 0.06)
    domain = (min(low, 0.0) if min(values) < 0 else max(low, 0.0), high)
    x = quantity("low", domain, {"values": ticks(*domain), "title": None, "domain": False})
    y = quantity("y", (-0.5, len(claims) - 0.5), reverse=True)
    wide = {"x": x, "x2": {"field": "high"}}
    layers: list[Spec] = []
    if band:
        ends, middle = rows({"low": band[0], "high": band[2]}), rows({"low": band[1]})
        tall = {"y": {"value": 0}, "y2": {"value": len(claims) * ROW}}
        layers.append({"data": ends, "mark": {"type": "rect", "color": BAND}, "encoding": wide | tall})
        layers.append({"data": middle, "mark": {"type": "rule", "color": LIGHT, "strokeWidth": 2}, "encoding": {"x": x}})
    rule = {"type": "rule", "color": INK, "strokeWidth": 2}
    layers.append({"data": {"values": data}, "mark": rule, "encoding": {**wide, "y": y}})
    for kind, (shape, fill) in KINDS.items():
        points = [row for row in data if row["kind"] == kind]
        look = {"shape": shape, "filled": True, "fill": fill, "stroke": INK, "strokeWidth": 1, "size": 75, "opacity": 1}
        if points:
            mark = {"type": "point", **look}
            layers.append({"data": {"values": points}, "mark": mark, "encoding": {"x": x | {"field": "middle"}, "y": y}})
    plot = WIDTH - LEFT - RIGHT
    kinds = [{"label": clip(words("inventory.kind", kind=row["kind"]), 10), "y": row["y"]} for row in data]
    layers.append(text(data, {"value": 0}, y, align="right", dx=-6))
    layers += [text(kinds, {"value": plot}, y, dx=6, color=MUTED), frame(LEFT, plot, RIGHT)]
    title: Spec = {"text": lines(words("holding", of=holding), 50, 1), "dx": -LEFT + 4}
    if band:
        title["subtitle"] = lines(words("inventory.band", band=band))
    return {"title": title, "width": plot, "height": len(claims) * ROW, "layer": layers}


def _claim_row(k: int, claim: ClaimLine) -> Spec:
    values = _known_values(claim)
    middle = claim.central if claim.central is not None else sum(values) / len(values)
    year = re.search(r"\d{4}", claim.as_of)
    label = clip(f"{clip(claim.claimant, 16)} {year[0] if year else ''}", 22)
    return {"y": k, "low": min(values), "high": max(values), "middle": middle, "kind": claim.kind, "label": label}


def declared(findings: Findings, words: Words) -> Figure | None:
    """By category: the range believed, and how likely the declared amount is all of it; supposed amounts where none is."""
    every = _estimated_categories(findings)
    some = every[:MOST]
    if not some:
        return None
    categories = [words("declaration.alt.category", of=c, declared=_declared_words(words, c)) for c in some]
    spec = finish({"vconcat": [_believed(words, c) for c in some]})
    notes = (words("declaration.note"), *words.more("more", len(every) - MOST))
    return Figure("declaration", words("declaration.question"), spec, words("declaration.alt", categories=categories), notes)


def looked_in_vain(findings: Findings, words: Words) -> Figure | None:
    """How likely completeness becomes while visits find nothing, for each category of which the case says where to look."""
    searches = [(c, c.search) for c in _estimated_categories(findings) if c.search is not None]
    if not searches:
        return None
    some = searches[:MOST]
    ends = [(c, s, s.points[0], s.points[-1]) for c, s in some]
    visits = [words("looked-in-vain.alt.visits", of=c, search=s, first=first, last=last) for c, s, first, last in ends]
    alt, notes = words("declaration.alt", categories=visits), [words("looked-in-vain.note")]
    notes += words.more("more", len(searches) - MOST)
    spec = finish({"vconcat": [_visits(words, c, s) for c, s in some]})
    return Figure("looked-in-vain", words("looked-in-vain.question"), spec, alt, tuple(notes))


def _estimated_categories(findings: Findings) -> list[Completeness]:
    """Those of the main other side first, then in the order of the case; those that nothing can be said of are left out."""
    they = findings.other
    every = findings.declaration.categories if findings.declaration else ()
    return sorted((c for c in every if c.complete is not None and c.estimated), key=lambda c: they not in c.party.split("+"))


def _declared_words(words: Words, c: Completeness) -> str:
    if c.made and c.complete is not None and c.complete_range is not None:
        return words("declaration.declared", of=c)
    amounts = [words("declaration.amount", amount=at, chance=chance) for at, chance in _supposed(c) if chance is not None]
    return words("declaration.supposed", amounts=amounts)


def _supposed(c: Completeness) -> list[tuple[float, float | None]]:
    """The least, the middle and the largest of the other amounts."""
    k = len(c.amounts)
    return [c.amounts[at] for at in sorted({0, k // 2, k - 1})] if k else []


def _believed(words: Words, c: Completeness) -> Spec:
    low, middle, high = c.estimated or (0.0, 0.0, 0.0)
    marks = [(c.declared, c.complete)] if c.made else _supposed(c)
    low_end, high_end = padded([low, high, *(amount for amount, _ in marks)], 0.08)
    domain = (max(low_end, 0.0), high_end)
    x = quantity("x", domain, {"values": ticks(*domain, 5), "title": None, "domain": False, "grid": False})
    y = quantity("y", (0, 1))
    chances = [(amount, words.number(numbers.whole_percent(chance))) for amount, chance in marks if chance is not None]
    plot = WIDTH - 2 * EDGE
    distance = (domain[1] - domain[0]) * LABEL / plot
    ends = [amount for amount, _ in (*chances[:1], *chances[-1:])]
    points: list[Spec] = [{"x": amount, "y": 0.3} for amount, _ in chances]
    labels: list[Spec] = [
        {"x": amount, "label": label}
        for amount, label in chances
        if amount in ends or all(abs(amount - end) > distance for end in ends)
    ]
    shape: Spec = {"type": "point", "shape": "diamond", "filled": True, "stroke": INK, "strokeWidth": 1, "size": 80, "opacity": 1}
    tall = {"x": x, "y": {"value": 12}, "y2": {"value": HEIGHT}}
    line = {"type": "rule", "color": LIGHT, "strokeWidth": 2}
    band = {"data": rows({"x": low, "high": high}), "mark": {"type": "rect", "color": BAND}}
    layers: list[Spec] = [
        band | {"encoding": tall | {"x2": {"field": "high"}}},
        {"data": rows({"x": middle}), "mark": line, "encoding": tall},
        {"data": {"values": points}, "mark": shape | {"fill": WARM if c.made else "#ffffff"}, "encoding": {"x": x, "y": y}},
        text(labels, x, {"value": 5}, align="center", color=WARM if c.made else INK, fontWeight="bold"),
        frame(EDGE, plot, EDGE),
    ]
    title: Spec = {"text": lines(words("holding", of=c), 50, 1), "dx": -EDGE + 4}
    if c.made:
        title["subtitle"] = lines(_declared_words(words, c), 52, 2)
    return {"title": title, "width": plot, "height": HEIGHT, "layer": layers}


def _visits(words: Words, c: Completeness, search: SearchInVain) -> Spec:
    left, right = 44, 48
    plot = WIDTH - left - right
    x = quantity("x", (0, search.places), {"values": whole(search.places), "title": None, "grid": False, "format": "d"})
    y = quantity("y", (0, 1), SHARES)
    data = [{"x": p.visits, "y": p.complete, "low": p.complete_range[0], "high": p.complete_range[1]} for p in search.points]
    after = search.after
    dot: Spec = {"x": after.visits, "y": after.complete, "label": words.number(numbers.whole_percent(after.complete))}
    area = {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}
    high = dot["y"] > 0.5  # noqa: PLR2004 (the upper half of the panel)
    layers: list[Spec] = [
        {"data": {"values": data}, "mark": {"type": "area", "color": BAND}, "encoding": area},
        {"data": {"values": data}, "mark": {"type": "line", "color": DARK, "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        {"data": rows(dot), "mark": DOT, "encoding": {"x": x, "y": y}},
        text([dot], x, y, align="center", dy=14 if high else -12, color=WARM, fontWeight="bold"),
        text([{"y": 0, "label": words("looked-in-vain.axis")}], {"value": plot}, y, dx=6, dy=12, color=MUTED),
        frame(left, plot, right),
    ]
    head = words("looked-in-vain.declared", of=c) if c.made else words("looked-in-vain.supposed", of=c)
    title = {"text": lines(head, 50, 1), "subtitle": lines(words("looked-in-vain.places", search=search), 52, 2), "dx": -left + 4}
    return {"title": title, "width": plot, "height": TALL, "layer": layers}


def inspections(findings: Findings, words: Words) -> Figure | None:
    """The operating-characteristic curve of each inspection, with what matters marked."""
    some = findings.inspections[:MOST]
    if not some:
        return None
    alt = words("inspections.alt", samples=words.each("inspections.alt.sample", some))
    spec = finish({"vconcat": [_sample(words, one) for one in some]})
    notes = words.more("more", len(findings.inspections) - MOST)
    return Figure("inspections", words("inspections.question"), spec, alt, notes)


def _sample(words: Words, inspection: Checked) -> Spec:
    """One curve; the dot is at the number that matters."""
    check, last = inspection.check, inspection.curve[-1].defects
    left, right = 44, 60
    plot = WIDTH - left - right
    x = quantity("x", (0, last), {"values": whole(last), "title": None, "grid": False, "format": "d"})
    y = quantity("y", (0, 1), SHARES)
    both = {"x": x, "y": y}
    data = [{"x": point.defects, "y": point.detected} for point in inspection.curve]
    mark = {"x": check.significant, "y": check.detection}
    label = [{**mark, "label": numbers.exact_percent(check.detection)}]
    axis = [{"y": 0.5, "label": words("inspections.axis")}]
    layers: list[Spec] = [
        {"data": rows({"y": check.goal}), "mark": {"type": "rule", "color": FAINT, "strokeWidth": 2}, "encoding": {"y": y}},
        {"data": {"values": data}, "mark": {"type": "line", "color": DARK, "strokeWidth": 2}, "encoding": both},
        {"data": rows(mark), "mark": DOT, "encoding": both},
        text(label, x, y, dx=7, dy=12, color=WARM, fontWeight="bold"),
        text(axis, {"value": plot}, y, dx=-4, dy=20, align="right", color=MUTED),
        frame(left, plot, right),
    ]
    title = {"text": lines(words("inspections.sample", it=inspection), 50, 2), "dx": -left + 4}
    return {"title": title, "width": plot, "height": TALL, "layer": layers}
