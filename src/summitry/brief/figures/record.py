"""Figures of the record: words beside deeds by month with their breaks, and a belief as a waterfall of what the record adds."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from summitry.brief.figures.style import (
    BAND,
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
    milliseconds,
    moment,
    padded,
    quantity,
    rows,
    text,
)
from summitry.brief.words import clean, name, number, other, ours, plain_percent
from summitry.evidence.seriousness import updated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.evidence.contributions import Contribution
    from summitry.evidence.drift import DriftBreak, Gap
    from summitry.evidence.record import Month
    from summitry.study import Findings

APART = 0.2
YEAR, MOST_YEARS, ENOUGH = 365 * 86_400_000, 3, 6
MOST = 7
LEFT, RIGHT, TALL = 186, 54, 34
RATIOS = (1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1e3), (0.25, 0.5, 1.0, 2.0, 4.0)
"""Where the axis is marked: at the first of these if two of them lie within it."""


def words_and_deeds(found: Findings) -> Figure | None:
    """Words against deeds, by month, of the main other party (or of whom the record speaks)."""
    actor = _actor(found)
    if found.record is None or actor is None:
        return None
    jumps = _jumps(found, actor, actor)
    question = f"Do the deeds of {name(found, actor)} follow its words?"
    said = f"Words and deeds of {name(found, actor)} by month"
    return _beside("words-and-deeds", question, said, found.record.months[actor], jumps)


def jumped(found: Findings) -> Figure | None:
    """The words of a party against the deeds of another, or its own, where they jump and the picture before does not show it.

    Of several such pairs the one of the main other party, by its words before by its deeds.
    """
    signals, actor, they = found.signals, _actor(found), other(found)
    if signals is None:
        return None
    pairs = dict.fromkeys((jump.speaker, jump.doer) for jump in signals.breaks if (jump.speaker, jump.doer) != (actor, actor))
    pair = min(pairs, key=lambda p: (they not in p, p[0] != they), default=None)
    series = next((one for one in signals.dissonance if (one.speaker, one.doer) == pair), None)
    if pair is None or series is None:
        return None
    speaker, doer = (name(found, one) for one in pair)
    whose = "its own deeds" if speaker == doer else f"the deeds of {doer}"
    said = f"Words of {speaker} and {whose} by month"
    made = _beside(
        "words-jump", f"Where do the words of {speaker} jump against {whose}?", said, series.months, _jumps(found, *pair)
    )
    if made is None:
        return None
    over = len(pairs) - 1
    more = (f"Of {over} more such pairs the table tells.",) if over else ()
    held = (f"Tested on words less the deeds of the {series.reach} months up to them.",) if series.reach > 1 else ()
    return replace(made, notes=("Drawn because a break was found here.", *held, *made.notes, *more))


def _actor(found: Findings) -> str | None:
    """Whose words and deeds are drawn: the main other party's, or else the first's of the record that is not on our side."""
    months, they = found.record.months if found.record else {}, other(found)
    return they if they in months else next((a for a in months if not ours(found, a)), None)


def _jumps(found: Findings, speaker: str, doer: str) -> list[DriftBreak]:
    return [jump for jump in found.signals.breaks if (jump.speaker, jump.doer) == (speaker, doer)] if found.signals else []


def _beside(key: str, question: str, said: str, months: Sequence[Month | Gap], jumps: Sequence[DriftBreak]) -> Figure | None:
    """Words beside deeds by month, with the breaks of their difference marked; None where there is nothing to draw."""
    data, notes = _recent([row for m in months if (row := _month_row(m)) is not None])
    if not data:
        return None
    plot = WIDTH - 30 - 52
    start, end = data[0]["x"], data[-1]["x"]
    short = end - start < 1000 * 86400 * 800
    axis = {"format": "%b %Y" if short else "%Y", "tickCount": 4, "title": None, "grid": False, "labelFlush": True}
    x = moment("x", axis, (start - 86400_000 * 5, end + 86400_000 * 5))
    scale = {"domain": [-2.6, 2.6], "nice": False}  # room above and below for what the ends mean, where no line can lie
    y: Spec = {
        "type": "quantitative",
        "scale": scale,
        "axis": {"values": [-2, -1, 0, 1, 2], "title": None, "domain": False, "format": "d"},
    }
    both = [row for row in data if "words" in row and "deeds" in row]
    marked, jumped = _breaks([jump for jump in jumps if start <= _month(jump.month) <= end], (start, end), x)
    layers: list[Spec] = [
        *marked,
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
    layers += _line_names(data, plot, y | {"field": "y"})
    ends = [{"y": 2.35, "label": "cooperative"}, {"y": -2.35, "label": "hostile"}]
    layers += [text(ends, {"value": 0}, y | {"field": "y"}, dx=3, color=MUTED), frame(30, plot, 52)]
    alt = f"{said}, {clean(months[0].month)} to {clean(months[-1].month)}, mean sign from −2 to +2.{_gap(both)}{jumped}"
    spec = finish({"width": plot, "height": 150, "layer": layers})
    if jumped:
        wide = any(jump.earliest != jump.latest for jump in jumps)
        notes += (f"Break: words jump against deeds.{' The band is where it may as well lie.' if wide else ''}",)
    return Figure(key, question, spec, alt, notes)


def _gap(both: Sequence[Spec]) -> str:
    """How far words lie above or below deeds where a month has both, as a sentence after another one."""
    if not both:
        return ""
    gap = sum(row["words"] - row["deeds"] for row in both) / len(both)
    where = f"{number(abs(gap), 2)} {'above' if gap > 0 else 'below'}" if gap else "level with"
    return f" In months with both, words lie {where} deeds on average."


def _breaks(jumps: Sequence[DriftBreak], ends: tuple[int, int], x: Spec) -> tuple[list[Spec], str]:
    """A line where words jump against deeds, over a band where the jump may as well lie, and the same in words."""
    if not jumps:
        return [], ""
    data: list[Spec] = [
        {"x": _month(j.month), "low": max(_month(j.earliest), ends[0]), "high": min(_month(j.latest), ends[1]), "label": "break"}
        for j in jumps
    ]
    values: Spec = {"values": data}
    dashed = {"type": "rule", "color": MUTED, "strokeWidth": 2, "strokeDash": [2, 2]}
    band = {
        "data": values,
        "mark": {"type": "rect", "color": BAND},
        "encoding": {"x": x | {"field": "low"}, "x2": {"field": "high"}},
    }
    layers: list[Spec] = [band, {"data": values, "mark": dashed, "encoding": {"x": x}}]
    for row in data:
        late = 2 * row["x"] > sum(ends)
        layers.append(text([row], x, {"value": 141}, align="right" if late else "left", dx=-4 if late else 4, color=MUTED))
    told = "; ".join(f"{clean(j.month)}, from {j.before:+.2g} to {j.after:+.2g}" for j in jumps)
    return layers, f" The gap between words and deeds jumps in {told}."


def _recent(data: list[Spec]) -> tuple[list[Spec], tuple[str, ...]]:
    """The last `MOST_YEARS` years of a longer record where they hold most of its months, and a note that says so."""
    late = [row for row in data if row["x"] > data[-1]["x"] - MOST_YEARS * YEAR]
    if len(late) == len(data) or len(late) < ENOUGH:
        return data, ()
    return late, (f"The last {MOST_YEARS} years are drawn; {len(data) - len(late)} earlier months are in the table.",)


def _month(month: str) -> int:
    """UTC milliseconds of a month's first day."""
    return milliseconds(dt.date.fromisoformat(f"{month[:7]}-01"))


def _month_row(month: Month | Gap) -> Spec | None:
    row: Spec = {"x": _month(month.month)}
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


def waterfall(found: Findings) -> Figure | None:
    """How the record moves the principal's belief in the main other side: the strongest pieces by date, the rest as one.

    Lengths are log-odds, which add up; the numbers at the right are the belief that they come to, which stays within bounds.
    """
    beliefs = found.record.beliefs if found.record else ()
    they = other(found)
    belief = next((b for b in beliefs if b.party == found.principal and b.other == they), None)
    steps = _steps(belief.contributions) if belief else []
    if belief is None or not steps:
        return None
    prior, at = belief.prior[1], 0.0
    data: list[Spec] = [{"y": 0, "from": at, "to": at, "belief": prior, "label": ["before the record"]}]
    for k, (label, ratio) in enumerate(steps, 1):
        data.append({"y": k, "from": at, "to": at + ratio, "belief": updated(prior, at + ratio), "label": lines(label, 25)})
        at += ratio
    spec = finish({"width": WIDTH - LEFT - RIGHT, "height": len(data) * TALL, "layer": _layers(data)})
    alt = f"From a prior of {number(prior)} the record leads {name(found, belief.party)} to {number(belief.posterior[1])}: "
    alt += "; ".join(f"{label} {ratio:+.2g} in log-odds" for label, ratio in steps)
    question = f"Does {name(found, belief.other)} mean to deliver? What the record adds"
    said = (
        "Below: how many times as likely the record so far is if it means it as if it does not.",
        "At the right: the belief by the middle prior. The range and every piece are in the tables.",
    )
    return Figure("belief", question, spec, f"{alt}.", said)


def _steps(pieces: tuple[Contribution, ...]) -> list[tuple[str, float]]:
    """The label and log ratio of the strongest pieces by date, after the sum of the lesser ones."""
    telling = [piece for piece in pieces if piece.log_ratio]
    strong = sorted(telling, key=lambda piece: -abs(piece.log_ratio))[:MOST]
    rest = [piece.log_ratio for piece in telling if piece not in strong]
    lesser = [(f"{len(rest)} lesser pieces", math.fsum(rest))] if rest else []
    return lesser + [(f"{piece.date[:7]} {piece.what}", piece.log_ratio) for piece in telling if piece in strong]


def _layers(data: list[Spec]) -> list[Spec]:
    plot = WIDTH - LEFT - RIGHT
    domain = padded([row["to"] for row in data], 0.1)
    marks = [[r for r in ratios if domain[0] <= math.log(r) <= domain[1]] for ratios in RATIOS]
    shown = marks[0] if len(marks[0]) > 1 else marks[1]
    label = "datum.value < -0.01 ? '1/' + format(exp(-datum.value), '.0f') : format(exp(datum.value), '.0f')"
    axis = {"values": [math.log(r) for r in shown], "title": None, "domain": False, "labelExpr": label}
    x = quantity("from", domain, axis)
    y = quantity("y", (-0.5, len(data) - 0.3), reverse=True)
    links = [{"y": above["y"], "to": below["y"], "from": above["to"]} for above, below in pairwise(data)]
    link = {"type": "rule", "color": FAINT, "strokeWidth": 2}
    layers: list[Spec] = [{"data": {"values": links}, "mark": link, "encoding": {"x": x, "y": y, "y2": {"field": "to"}}}]
    for colour, way in ((DARK, 1), (WARM, -1)):
        some = [row for row in data if (row["to"] - row["from"]) * way > 0.0]
        if some:
            mark = {"type": "rule", "color": colour, "strokeWidth": 12}
            layers.append({"data": {"values": some}, "mark": mark, "encoding": {"x": x, "x2": {"field": "to"}, "y": y}})
    start = {"type": "point", "shape": "diamond", "filled": True, "color": MUTED, "size": 90, "opacity": 1}
    layers.append({"data": {"values": data[:1]}, "mark": start, "encoding": {"x": x, "y": y}})
    layers.append(text(data, {"value": 0}, y, align="right", dx=-6))
    beliefs = [{"y": row["y"], "label": plain_percent(row["belief"])} for row in data]
    return [*layers, text(beliefs, {"value": plot}, y, dx=6, color=MUTED), frame(LEFT, plot, RIGHT)]
