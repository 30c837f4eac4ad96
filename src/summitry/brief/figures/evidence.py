"""Figures of the evidence: the inventory by source, and words beside deeds by month."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
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
    milliseconds,
    moment,
    padded,
    quantity,
    rows,
    text,
    ticks,
)
from summitry.brief.words import clean, clip, name, number, other, ours

if TYPE_CHECKING:
    from summitry.evidence.holdings import ClaimLine, Holding
    from summitry.evidence.record import Month
    from summitry.study import Findings

MOST_CATEGORIES, MOST_CLAIMS = 6, 7
SHAPES = {"declared": "diamond", "estimated": "circle", "verified": "square"}
LEFT, RIGHT = 132, 70
APART = 0.2
YEAR, MOST_YEARS, ENOUGH = 365 * 86_400_000, 3, 6


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


def words_and_deeds(found: Findings) -> Figure | None:
    """Words against deeds, by month, of the main other party (or of whom the record speaks)."""
    if found.record is None:
        return None
    they = other(found)
    actor = they if they in found.record.months else next((a for a in found.record.months if not ours(found, a)), None)
    months = found.record.months.get(actor or "", ())
    data, notes = _recent([row for m in months if (row := _month_row(m)) is not None])
    if actor is None or not data:
        return None
    start, end = data[0]["x"], data[-1]["x"]
    short = end - start < 1000 * 86400 * 800
    axis = {"format": "%b %y" if short else "%Y", "tickCount": 4, "title": None, "grid": False, "labelFlush": True}
    x = moment("x", axis, (start - 86400_000 * 5, end + 86400_000 * 5))
    scale = {"domain": [-2, 2], "nice": False}
    y: Spec = {
        "type": "quantitative",
        "scale": scale,
        "axis": {"values": [-2, -1, 0, 1, 2], "title": None, "domain": False, "format": "d"},
    }
    both = [row for row in data if "words" in row and "deeds" in row]
    layers: list[Spec] = [
        {"data": rows({"deeds": 0}), "mark": {"type": "rule", "color": MUTED}, "encoding": {"y": y | {"field": "deeds"}}},
        {
            "data": {"values": both},
            "mark": {"type": "rule", "color": FAINT, "strokeWidth": 3},
            "encoding": {"x": x, "y": y | {"field": "words"}, "y2": {"field": "deeds"}},
        },
    ]
    for field, colour, dash, shape in (("words", WARM, [4, 3], "circle"), ("deeds", DARK, [1, 0], "square")):
        mark = {"type": "line", "color": colour, "strokeWidth": 2, "strokeDash": dash, "interpolate": "linear"}
        dots = {"type": "point", "shape": shape, "filled": True, "color": colour, "size": 32, "opacity": 1}
        points = [row for row in data if field in row]
        encoding = {"x": x, "y": y | {"field": field}}
        layers += [{"data": {"values": points}, "mark": one, "encoding": encoding} for one in (mark, dots)]
    plot = WIDTH - 30 - 52
    layers += _line_names(data, plot, y | {"field": "y"})
    ends = [{"y": 1.85, "label": "cooperative"}, {"y": -1.85, "label": "hostile"}]
    layers += [text(ends, {"value": 0}, y | {"field": "y"}, dx=3, color=MUTED), frame(30, plot, 52)]
    gaps = [row["words"] - row["deeds"] for row in both]
    alt = f"Words and deeds of {name(found, actor)} by month, {clean(months[0].month)} to {clean(months[-1].month)}, "
    alt += "mean sign from −2 to +2."
    if gaps:
        alt += f" In months with both, words lie above deeds by {number(sum(gaps) / len(gaps), 2)} on average."
    spec = finish({"width": plot, "height": 150, "layer": layers})
    return Figure("words-and-deeds", f"Do the deeds of {name(found, actor)} follow its words?", spec, alt, notes)


def _recent(data: list[Spec]) -> tuple[list[Spec], tuple[str, ...]]:
    """The last `MOST_YEARS` years of a longer record where they hold most of its months, and a note that says so."""
    late = [row for row in data if row["x"] > data[-1]["x"] - MOST_YEARS * YEAR]
    if len(late) == len(data) or len(late) < ENOUGH:
        return data, ()
    return late, (f"The last {MOST_YEARS} years are drawn; {len(data) - len(late)} earlier months are in the table.",)


def _month_row(month: Month) -> Spec | None:
    day = dt.date.fromisoformat(f"{month.month[:7]}-01")
    row: Spec = {"x": milliseconds(day)}
    row |= {key: value for key, value in (("words", month.words), ("deeds", month.deeds)) if value is not None}
    return row if len(row) > 1 else None


def _line_names(data: list[Spec], plot: int, channel: Spec) -> list[Spec]:
    last = {field: next((row[field] for row in reversed(data) if field in row), None) for field in ("words", "deeds")}
    places = {field: value for field, value in last.items() if value is not None}
    if len(places) > 1 and abs(places["words"] - places["deeds"]) < 2 * APART:
        middle = (places["words"] + places["deeds"]) / 2
        sign = 1 if places["words"] >= places["deeds"] else -1
        places = {"words": middle + APART * sign, "deeds": middle - APART * sign}
    colours = {"words": WARM, "deeds": DARK}
    return [
        text([{"y": y, "label": f}], {"value": plot}, channel, dx=6, color=colours[f], fontWeight="bold")
        for f, y in places.items()
    ]
