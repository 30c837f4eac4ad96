"""The figure of the inventory: what is held, by source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
    BAND,
    DARK,
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
)
from summitry.brief.words import clean, clip, name, number, other

if TYPE_CHECKING:
    from summitry.evidence.holdings import ClaimLine, Holding
    from summitry.study import Findings

MOST_CATEGORIES, MOST_CLAIMS = 6, 7
SHAPES = {"declared": "diamond", "estimated": "circle", "verified": "square"}
LEFT, RIGHT = 132, 70


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


def inventory(found: Findings) -> Figure | None:
    """What is held of the categories of which most is claimed: each source's range, the fused one as a band."""
    they = other(found)
    drawable = [h for h in found.holdings if any(_drawn(c) for c in h.claims)]
    drawable.sort(key=lambda h: (they not in h.party.split("+"), -sum(map(_drawn, h.claims))))
    if not drawable:
        return None
    shown = drawable[:MOST_CATEGORIES]
    notes = (
        [f"{len(drawable) - len(shown)} more categories are in the table, not in the figure."]
        if len(drawable) > len(shown)
        else []
    )
    panels = []
    for holding in shown:
        claims = [c for c in holding.claims if _drawn(c)]
        if len(claims) > MOST_CLAIMS:
            notes.append(
                f"{clean(holding.category)}: {len(claims) - MOST_CLAIMS} more claims are in the table, not in the figure."
            )
        telling = sorted(range(len(claims)), key=lambda k: claims[k].kind == "estimated" and not claims[k].used)
        panels.append(_panel(found, holding, [claims[k] for k in sorted(telling[:MOST_CLAIMS])]))
    alt = "; ".join(_holding_words(found, h) for h in shown)
    spec = finish({"vconcat": panels})
    return Figure("inventory", "What do they have, and who says so?", spec, f"Holdings by source. {alt}.", tuple(notes))


def _drawn(claim: ClaimLine) -> bool:
    return any(v is not None for v in (claim.low, claim.central, claim.high))


def _holding_words(found: Findings, holding: Holding) -> str:
    parts = [f"{name(found, holding.party)}, {clean(holding.category)}: {len(holding.claims)} claims"]
    if holding.declared is not None:
        parts.append(f"declared {number(holding.declared)}")
    if holding.verified is not None:
        parts.append(f"verified {number(holding.verified)}")
    band = fused(holding.posterior)
    if band:
        parts.append(f"estimates fused {number(band[0])} to {number(band[2])}, middle {number(band[1])}")
    return ", ".join(parts)


def _panel(found: Findings, holding: Holding, claims: list[ClaimLine]) -> Spec:
    band = fused(holding.posterior)
    data = [_claim_row(k, claim) for k, claim in enumerate(claims)]
    numbers = [v for row in data for v in (row["low"], row["high"])] + list(band or ())
    low, high = padded(numbers, 0.06)
    domain = (min(low, 0.0) if min(numbers) < 0 else max(low, 0.0), high)
    x = quantity("low", domain, {"values": ticks(*domain), "title": None, "domain": False})
    y = quantity("y", (-0.5, len(claims) - 0.5), reverse=True)
    layers: list[Spec] = []
    if band:
        layers.append(
            {
                "data": rows({"low": band[0], "high": band[2]}),
                "mark": {"type": "rect", "color": BAND},
                "encoding": {"x": x, "x2": {"field": "high"}, "y": {"value": 0}, "y2": {"value": len(claims) * ROW}},
            }
        )
        layers.append(
            {"data": rows({"low": band[1]}), "mark": {"type": "rule", "color": LIGHT, "strokeWidth": 2}, "encoding": {"x": x}}
        )
    layers.append(
        {
            "data": {"values": data},
            "mark": {"type": "rule", "color": INK, "strokeWidth": 2},
            "encoding": {"x": x, "x2": {"field": "high"}, "y": y},
        }
    )
    for kind, shape in SHAPES.items():
        points = [row for row in data if row["kind"] == kind]
        if points:
            fill = {"estimated": "#ffffff", "declared": WARM, "verified": DARK}[kind]
            mark = {
                "type": "point",
                "shape": shape,
                "filled": True,
                "fill": fill,
                "stroke": INK,
                "strokeWidth": 1,
                "size": 75,
                "opacity": 1,
            }
            layers.append({"data": {"values": points}, "mark": mark, "encoding": {"x": x | {"field": "middle"}, "y": y}})
    layers.append(text(data, {"value": 0}, y, align="right", dx=-6))
    plot = WIDTH - LEFT - RIGHT
    kinds = [{"label": clip(row["kind"], 10), "y": row["y"]} for row in data]
    layers += [text(kinds, {"value": plot}, y, dx=6, color=MUTED), frame(LEFT, plot, RIGHT)]
    said = f"{name(found, holding.party)}: {clean(holding.category)} ({clean(holding.unit)})"
    title: Spec = {"text": lines(said, 50, 1), "dx": -LEFT + 4}
    if band:
        title["subtitle"] = lines(
            f"estimates fused: {number(band[0])} to {number(band[2])}, middle {number(band[1])} (band, line)"
        )
    return {"title": title, "width": plot, "height": len(claims) * ROW, "layer": layers}


def _claim_row(k: int, claim: ClaimLine) -> Spec:
    known = [v for v in (claim.low, claim.central, claim.high) if v is not None]
    middle = claim.central if claim.central is not None else sum(known) / len(known)
    label = clip(f"{clip(claim.claimant, 16)} {_year(claim.as_of)}", 22)
    return {"y": k, "low": min(known), "high": max(known), "middle": middle, "kind": claim.kind, "label": label}


def _year(as_of: str) -> str:
    found = re.search(r"\d{4}", as_of)
    return found[0] if found else ""
