"""Sections about preparation: the groundwork for where to start, and what is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import NOTHING, Bullets, Cell, Paragraph, Part, Picture, Sources, Table, count, row, share
from summitry.brief.sections.about import missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summitry.plan.readiness import Item, Readiness
    from summitry.plan.results_groundwork import Laid
    from summitry.study import Findings

MOST_SETS = 12


def groundwork(found: Findings, sources: Sources) -> list[Part]:
    """The moves that raise the chance of the swap under START HERE most, what more cost brings, and who is in the way."""
    told = found.groundwork
    if told is None:
        return missing(found, "groundwork")
    cost = sum(move.cost for move in told.moves if move.chosen)
    unit = words.clean(told.unit)
    said = (
        f"For the swap under Start here: all accept and ratify in {_tenths(told.before).text} of draws today, in "
        f"{_tenths(told.after).text} with moves that cost {words.number(cost)} {unit} and are done by {told.by}. "
    )
    if told.closed:
        said = f"No groundwork opens this deal: {words.sentence(found, told.closed)} {said}"
    if told.most < told.needed:
        most = "they reach at best" if told.proven else "none of them reaches more than"
        said = f"None of the moves brings it to {_tenths(told.needed).text}: {most} {_tenths(told.most).text}. {said}"
    said += "Every set of moves was counted." if told.proven else "The search stopped before every set was counted."
    head = (
        "Move", "By", f"Cost, {unit}", "Earliest", "Begin by", "Gain with what it needs", "Gain beyond that", "Lost without it",
        "Not laid because", "Why", "Source",
    )  # fmt: skip
    names = {move.name: words.clean(move.title) for move in told.moves}
    shown = told.efficient[:MOST_SETS]
    more = f"; {len(told.efficient) - len(shown)} more are in findings.json" if len(told.efficient) > len(shown) else ""
    sets = tuple(row("; ".join(names[n] for n in p.moves) or "nothing", p.cost, _tenths(p.probability)) for p in shown)
    parts: list[Part] = [
        Paragraph(f"{said} Moves, costs, times and effects are judgement of whoever wrote the preference files."),
        Picture("groundwork"),
        Table("Moves", "groundwork.moves", head, tuple(_move(found, move, names, sources) for move in told.moves)),
        Table(f"What more cost brings{more}", "groundwork.efficient", ("Moves", f"Cost, {unit}", "Accepted and ratified"), sets),
    ]
    if told.obstacles:
        against = ("Who says no in most draws", "Yes today", "Yes then", "Yes with every move in time", "Still short by")
        lines = tuple(
            row(_who(found, o.who), share(o.before), share(o.after), share(o.all), o.short or None) for o in told.obstacles
        )
        parts.append(Table("Still in the way", "groundwork.obstacles", against, lines))
    return parts


def _move(found: Findings, move: Laid, names: Mapping[str, str], sources: Sources) -> tuple[Cell, ...]:
    lost = None if move.marginal is None else 100 * move.marginal
    needs, along = (f", with {'; '.join(names[n] for n in some)}" if some else "" for some in (move.needs, move.along))
    return row(
        move.title, words.name(found, move.party), move.cost, f"{move.begin} to {move.end}", move.latest or "–",
        f"{_points(100 * move.gain)}{needs}", _points(100 * move.own),
        f"{_points(lost)}{along}", move.out or "–", move.why, sources.cell(move.source),
    )  # fmt: skip


def _points(value: float | None) -> str:
    """A difference of probabilities in hundredths."""
    return "–" if value is None else f"{words.number(round(value, 1))} points"


def _tenths(value: float) -> Cell:
    """A probability in tenths of a percent, because single moves change it by less than a percent."""
    return Cell(f"{words.number(round(100 * value, 1))}{words.NBSP}%", "num")


def _who(found: Findings, key: str) -> str:
    kind, _, who = key.partition(" ")
    return f"{words.name(found, who)} (accepts)" if kind == "accepts" else words.blocker(found, who)


def readiness(found: Findings, sources: Sources) -> list[Part]:
    """How much of each part is done, what is missing and where, by when each task must start, and how long others took."""
    told = found.readiness
    if told is None:
        return missing(found, "readiness")
    parts: list[Part] = [
        Paragraph(_time(told)),
        Table(
            "Prepared, part by part",
            "readiness.areas",
            ("Part", "Done", "Of"),
            tuple(row(area.name, count(area.done), count(area.total)) for area in told.areas),
        ),
        Table(
            "Every item",
            "readiness.items",
            ("What", "State", "Start by", "Days", "Who", "Where it is missing", "What it takes", "Why", "Source"),
            tuple(_item(item, sources) for item in told.items),
        ),
    ]
    if told.talks:
        lines = tuple(
            row(talk.name, count(days), f"{talk.began}: {talk.beginning}", f"{talk.ended}: {talk.ending}", talk.status,
                sources.cell(talk.source))
            for talk, days in zip(told.talks, told.talk_days, strict=True)
        )  # fmt: skip
        head = ("Talks", "Days", "From", "To", "Checked", "Source")
        parts.append(Table("How long others took", "readiness.talks", head, lines))
    if told.later:
        parts.append(Bullets("Left out", (f"{told.later} stretches of talks that ended after the case's date",)))
    return parts


def _time(told: Readiness) -> str:
    needs = f"What is missing takes {told.needed} days in a row; how long a task takes is a judgement."
    if told.meets is None or told.left is None:
        return f"{needs} The case names no meeting, so no task has a last day to begin."
    lead = "" if told.lead is None else f", announced {told.lead} days before"
    left = f"The meeting is on {told.meets}{lead}; {told.left} days are left on {told.date}."
    return f"{left} {needs} {told.late} should have begun already."


def _item(item: Item, sources: Sources) -> tuple[Cell, ...]:
    where = "; ".join(f"{p.file}: {', '.join(p.paths)}" if p.paths else p.file for p in item.places)
    start = "–" if item.start is None else f"{item.start}{', too late' if item.late else ''}"
    return row(
        item.what, item.state, start, count(item.days), item.owner, words.clip(where, 240),
        item.take if item.state != "done" else NOTHING, item.why,
        sources.cell(item.source),
    )  # fmt: skip
