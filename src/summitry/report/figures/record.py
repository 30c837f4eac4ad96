"""Figures of the record: words beside deeds by month with their breaks, and a belief as a waterfall of what the record adds."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from summitry.evidence.seriousness import updated
from summitry.report.figures.style import (
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
from summitry.wording import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.evidence.contributions import Contribution
    from summitry.evidence.months import DriftBreak, Gap, Month
    from summitry.report.figures.style import Words
    from summitry.study import Findings

APART = 0.2
YEAR, MOST_YEARS, ENOUGH = 365 * 86_400_000, 3, 6
MOST = 7
LEFT, RIGHT, TALL = 186, 54, 34
RATIOS = (1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1e3), (0.25, 0.5, 1.0, 2.0, 4.0)
"""Where the axis is marked: at the first of these if two of them lie within it."""


def words_and_deeds(findings: Findings, words: Words) -> Figure | None:
    """Words against deeds, by month, of the main other party (or of whom the record speaks)."""
    actor = _actor(findings, words)
    if findings.record is None or actor is None:
        return None
    question, lead = words("words-and-deeds.question", actor=actor), words("words-and-deeds.lead", actor=actor)
    return _beside(words, ("words-and-deeds", question, lead), findings.record.months[actor], _jumps(findings, actor, actor))


def jumped(findings: Findings, words: Words) -> Figure | None:
    """The words of a party against the deeds of another, or its own, where they jump and the picture before does not show it.

    Of several such pairs the one of the main other party, by its words before by its deeds.
    """
    signals, actor, they = findings.signals, _actor(findings, words), findings.other
    if signals is None:
        return None
    pairs = dict.fromkeys((jump.speaker, jump.doer) for jump in signals.breaks if (jump.speaker, jump.doer) != (actor, actor))
    pair = min(pairs, key=lambda p: (they not in p, p[0] != they), default=None)
    series = next((one for one in signals.dissonance if (one.speaker, one.doer) == pair), None)
    if pair is None or series is None:
        return None
    if pair[0] == pair[1]:
        question, lead = words("words-jump.question.own", of=series), words("words-jump.lead.own", of=series)
    else:
        question, lead = words("words-jump.question", of=series), words("words-jump.lead", of=series)
    figure = _beside(words, ("words-jump", question, lead), series.months, _jumps(findings, *pair))
    if figure is None:
        return None
    reach = (words("words-jump.reach", of=series),) if series.reach > 1 else ()
    return replace(
        figure, notes=(words("words-jump.note"), *reach, *figure.notes, *words.more("words-jump.more", len(pairs) - 1))
    )


def _actor(findings: Findings, words: Words) -> str | None:
    """Whose words and deeds are drawn: the main other party's, or else the first's of the record that is not on our side."""
    months, they = findings.record.months if findings.record else {}, findings.other
    return they if they in months else next((a for a in months if not words.names.ours(a)), None)


def _jumps(findings: Findings, speaker: str, doer: str) -> list[DriftBreak]:
    return [jump for jump in findings.signals.breaks if (jump.speaker, jump.doer) == (speaker, doer)] if findings.signals else []


def _beside(
    words: Words, head: tuple[str, str, str], months: Sequence[Month | Gap], jumps: Sequence[DriftBreak]
) -> Figure | None:
    """Words beside deeds by month, with the breaks of their difference marked; None where there is nothing to draw.

    `head` is the figure's key, its question, and the beginning of its text alternative.
    """
    data, earlier = _recent([row for m in months if (row := _month_row(m)) is not None])
    if not data:
        return None
    key, question, lead = head
    plot = WIDTH - 30 - 52
    start, end = data[0]["x"], data[-1]["x"]
    short = end - start < 1000 * 86400 * 800
    axis = {"format": "%Y-%m" if short else "%Y", "tickCount": 4, "title": None, "grid": False, "labelFlush": True}
    x = moment("x", axis, (start - 86400_000 * 5, end + 86400_000 * 5))
    both = [row for row in data if "words" in row and "deeds" in row]
    inside = [jump for jump in jumps if start <= _month(jump.month) <= end]
    spec = finish(
        {"width": plot, "height": 150, "layer": [*_breaks(words, inside, (start, end), x), *_lines(words, data, both, x)]}
    )
    jump_words = words("beside.jumps", jumps=words.each("beside.jump", inside)) if inside else ""
    alt = words("beside.alt", lead=lead, first=months[0], last=months[-1], gap=_gap(words, both), jumps=jump_words)
    notes: tuple[str, ...] = (words("beside.earlier", years=MOST_YEARS, left=earlier),) if earlier else ()
    if inside:
        wide = any(jump.earliest != jump.latest for jump in jumps)
        notes += (words("beside.band") if wide else words("beside.break"),)
    return Figure(key, question, spec, alt, notes)


def _lines(words: Words, data: list[Spec], both: list[Spec], x: Spec) -> list[Spec]:
    """Words and deeds as lines with their names, the distance between them, and what the ends of the axis mean."""
    plot = WIDTH - 30 - 52
    scale = {"domain": [-2.6, 2.6], "nice": False}  # room above and below for what the ends mean, where no line can lie
    signs = {"values": [-2, -1, 0, 1, 2], "title": None, "domain": False, "format": "d"}
    y: Spec = {"type": "quantitative", "scale": scale, "axis": signs}
    apart = {"x": x, "y": y | {"field": "words"}, "y2": {"field": "deeds"}}
    layers: list[Spec] = [
        {"data": rows({"deeds": 0}), "mark": {"type": "rule", "color": MUTED}, "encoding": {"y": y | {"field": "deeds"}}},
        {"data": {"values": both}, "mark": {"type": "rule", "color": FAINT, "strokeWidth": 3}, "encoding": apart},
    ]
    for field, colour, dash, shape in (("words", WARM, [4, 3], "circle"), ("deeds", DARK, [1, 0], "square")):
        mark = {"type": "line", "color": colour, "strokeWidth": 2, "strokeDash": dash, "interpolate": "linear"}
        dots = {"type": "point", "shape": shape, "filled": True, "color": colour, "size": 32, "opacity": 1}
        points = [row for row in data if field in row]
        encoding = {"x": x, "y": y | {"field": field}}
        layers += [{"data": {"values": points}, "mark": one, "encoding": encoding} for one in (mark, dots)]
    ends = [{"y": 2.35, "label": words("beside.cooperative")}, {"y": -2.35, "label": words("beside.hostile")}]
    layers += _line_names(words, data, plot, y | {"field": "y"})
    return [*layers, text(ends, {"value": 0}, y | {"field": "y"}, dx=3, color=MUTED), frame(30, plot, 52)]


def _gap(words: Words, both: Sequence[Spec]) -> str:
    """How far words lie above or below deeds where a month has both, as a sentence; empty where none has."""
    if not both:
        return ""
    gap = sum(row["words"] - row["deeds"] for row in both) / len(both)
    if gap > 0:
        return words("beside.above", gap=gap)
    return words("beside.below", gap=-gap) if gap else words("beside.level")


def _breaks(words: Words, jumps: Sequence[DriftBreak], ends: tuple[int, int], x: Spec) -> list[Spec]:
    """A line where words jump against deeds, over a band where the jump may as well lie."""
    if not jumps:
        return []
    label = words("beside.mark")
    data: list[Spec] = [
        {"x": _month(j.month), "low": max(_month(j.earliest), ends[0]), "high": min(_month(j.latest), ends[1]), "label": label}
        for j in jumps
    ]
    dashed = {"type": "rule", "color": MUTED, "strokeWidth": 2, "strokeDash": [2, 2]}
    band = {"x": x | {"field": "low"}, "x2": {"field": "high"}}
    layers: list[Spec] = [
        {"data": {"values": data}, "mark": {"type": "rect", "color": BAND}, "encoding": band},
        {"data": {"values": data}, "mark": dashed, "encoding": {"x": x}},
    ]
    for row in data:
        late = 2 * row["x"] > sum(ends)
        layers.append(text([row], x, {"value": 141}, align="right" if late else "left", dx=-4 if late else 4, color=MUTED))
    return layers


def _recent(data: list[Spec]) -> tuple[list[Spec], int]:
    """The last `MOST_YEARS` years of a longer record where they hold most of its months, and how many months are earlier."""
    late = [row for row in data if row["x"] > data[-1]["x"] - MOST_YEARS * YEAR]
    return (data, 0) if len(late) < ENOUGH else (late, len(data) - len(late))


def _month(month: str) -> int:
    """UTC milliseconds of a month's first day."""
    return milliseconds(dt.date.fromisoformat(f"{month[:7]}-01"))


def _month_row(month: Month | Gap) -> Spec | None:
    row: Spec = {"x": _month(month.month)}
    row |= {key: value for key, value in (("words", month.words), ("deeds", month.deeds)) if value is not None}
    return row if len(row) > 1 else None


def _line_names(words: Words, data: list[Spec], plot: int, channel: Spec) -> list[Spec]:
    last = {field: next((row[field] for row in reversed(data) if field in row), None) for field in ("words", "deeds")}
    places = {field: value for field, value in last.items() if value is not None}
    if len(places) > 1 and abs(places["words"] - places["deeds"]) < 2 * APART:
        middle = (places["words"] + places["deeds"]) / 2
        sign = 1 if places["words"] >= places["deeds"] else -1
        places = {"words": middle + APART * sign, "deeds": middle - APART * sign}
    names = {"words": (words("beside.words"), WARM), "deeds": (words("beside.deeds"), DARK)}
    labels = [([{"y": y, "label": names[field][0]}], names[field][1]) for field, y in places.items()]
    return [text(label, {"value": plot}, channel, dx=6, color=colour, fontWeight="bold") for label, colour in labels]


def waterfall(findings: Findings, words: Words) -> Figure | None:
    """How the record moves the principal's belief in the main other side: the strongest pieces by date, the rest as one.

    Lengths are log-odds, which add up; the numbers at the right are the belief that they come to, which stays within bounds.
    """
    beliefs = findings.record.beliefs if findings.record else ()
    they = findings.other
    belief = next((b for b in beliefs if b.party == findings.principal and b.other == they), None)
    pieces = _pieces(words, belief.contributions) if belief else []
    if belief is None or not pieces:
        return None
    prior, at = belief.prior[1], 0.0
    data: list[Spec] = [{"y": 0, "from": at, "to": at, "belief": prior, "label": [words("belief.before")]}]
    for k, (label, ratio) in enumerate(pieces, 1):
        data.append({"y": k, "from": at, "to": at + ratio, "belief": updated(prior, at + ratio), "label": lines(label, 25)})
        at += ratio
    spec = finish({"width": WIDTH - LEFT - RIGHT, "height": len(data) * TALL, "layer": _layers(data)})
    alt = words("belief.alt", belief=belief, pieces=words.each("belief.alt.piece", pieces))
    notes = (words("belief.below"), words("belief.right"))
    return Figure("belief", words("belief.question", belief=belief), spec, alt, notes)


def _pieces(words: Words, pieces: tuple[Contribution, ...]) -> list[tuple[str, float]]:
    """The label and log ratio of the strongest pieces by date, after the sum of the lesser ones."""
    telling = [piece for piece in pieces if piece.log_ratio]
    strong = sorted(telling, key=lambda piece: -abs(piece.log_ratio))[:MOST]
    rest = [piece.log_ratio for piece in telling if piece not in strong]
    lesser = [(words("belief.lesser", pieces=rest), math.fsum(rest))] if rest else []
    return lesser + [(f"{piece.date[:7]} {piece.what}", piece.log_ratio) for piece in telling if piece in strong]


def _layers(data: list[Spec]) -> list[Spec]:
    plot = WIDTH - LEFT - RIGHT
    domain = padded([row["to"] for row in data], 0.1)
    marks = [[r for r in row if domain[0] <= math.log(r) <= domain[1]] for row in RATIOS]
    ratios = marks[0] if len(marks[0]) > 1 else marks[1]
    label = "datum.value < -0.01 ? '1/' + format(exp(-datum.value), '.0f') : format(exp(datum.value), '.0f')"
    axis = {"values": [math.log(r) for r in ratios], "title": None, "domain": False, "labelExpr": label}
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
    beliefs = [{"y": row["y"], "label": numbers.exact_percent(row["belief"])} for row in data]
    return [*layers, text(beliefs, {"value": plot}, y, dx=6, color=MUTED), frame(LEFT, plot, RIGHT)]
