"""A plan with the words that show it, and the files that it is written to: calendar, spreadsheet, pictures, JSON."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.errors import ExtraMissing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from summitry.plan.results import Plan

    Row = Sequence[str | float | None]

EPOCH = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
LONGEST = 32_767


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, the case that it belongs to, titles by id, the coalition of each party, who gives what, and whose side is ours."""

    case: str
    title: str
    names: Mapping[str, str]
    sides: Mapping[str, str]
    givers: Mapping[str, Sequence[str]]
    principal: str
    plan: Plan


def ics(found: Planned) -> bytes:
    """The plan as an iCalendar file of all-day events: steps, checks, decision points; same plan, same bytes.

    An event lasts from its first day to the day on which it is done, that day included, so that a deadline stands in the
    calendar. Its UID depends on the case, the plan's moves and the step, so that a later version replaces it; its stamp on the
    plan's start.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//summitry//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", words.clean(f"{found.title}: {found.plan.title}"))
    seal = _seal(found)
    stamp = dt.datetime.combine(dt.date.fromisoformat(found.plan.start), dt.time(), dt.UTC)
    for key, start, end, summary, description in _events(found):
        event = Event()
        event.add("uid", f"{key}-{seal}@summitry")
        event.add("dtstamp", stamp)
        event.add("dtstart", dt.date.fromisoformat(start))
        event.add("dtend", dt.date.fromisoformat(end) + dt.timedelta(days=1))
        event.add("summary", summary)
        event.add("description", description)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    result: bytes = calendar.to_ical()
    return result


def _seal(found: Planned) -> str:
    moves = "\n".join([found.case, *(f"{s.id} {'+'.join(s.givers)} {s.issue} {s.before} {s.after}" for s in found.plan.steps)])
    return hashlib.sha256(moves.encode()).hexdigest()[:16]


def _events(found: Planned) -> list[tuple[str, str, str, str, str]]:
    """Key, first day, last day, summary and description of each event."""
    plan, told = found.plan, []
    for s in plan.steps:
        owner = f" Answers for it: {words.clean(s.owner)}." if s.owner else ""
        text = f"{_act(found, s.issue, s.before, s.after)}. Seen by: {words.clean(s.verification)}.{owner} Way out: {s.exit}."
        told.append((s.id, s.start, s.end, f"{s.id} {words.names(found, s.givers)}: {words.name(found, s.issue)}", text))
    for c in plan.verifications:
        chance = "" if c.detection is None else f" Shows what is wrong with probability {c.detection:.2f}."
        told.append((c.id, c.start, c.end, f"{c.id} check of {c.step}", f"{words.clean(c.method)}.{chance}"))
    for d in plan.decisions:
        nexts = ", ".join(words.name(found, p) for p in d.next)
        ways = (("go", d.go), ("hold", d.hold), ("snap back", d.back))
        holds = "; ".join(
            f"{words.name(found, p)}: {', '.join(f'{way} {words.number(has[p])}' for way, has in ways)}" for p in d.go
        )
        told.append((d.id, d.date, d.date, f"{d.id} decision: go, hold or snap back", f"Next: {nexts}. In own points, {holds}."))
    return told


def _act(found: Planned, issue: str, before: str, after: str) -> str:
    return f"{words.name(found, issue)}: {words.clean(before)} to {words.clean(after)}"


def xlsx(found: Planned) -> bytes:
    """The plan as a workbook: steps, checks, decision points, limits; every text is a text, whatever it begins with."""
    try:
        import xlsxwriter  # type: ignore[import-untyped] # ships no types; what enters it is annotated here
    except ImportError:
        raise ExtraMissing("Spreadsheets", "xlsxwriter", "xlsx") from None
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": EPOCH.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows in _sheets(found).items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, len(rows[0]), 22)
        for i, row in enumerate(rows):
            for k, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(i, k, value.translate(FORBIDDEN)[:LONGEST], cell if i else bold)
                elif value is not None:
                    sheet.write_number(i, k, value, cell)
    book.close()
    return stream.getvalue()


def _sheets(found: Planned) -> dict[str, list[Row]]:
    plan, parties = found.plan, list(found.plan.exposure)
    holds = [f"{words.name(found, p)} holds" for p in parties]
    steps: list[Row] = [
        ["step", "party", "owner", "issue", "from", "to", "start", "end", "slack, days", "verified by", *holds, "way out"]
    ]
    for s in plan.steps:
        held = [s.held[p] for p in parties]
        who, what = words.names(found, s.givers), words.name(found, s.issue)
        steps.append([s.id, who, s.owner, what, s.before, s.after, s.start, s.end, s.slack, s.verification, *held, s.exit])
    checks: list[Row] = [
        ["check", "of step", "start", "end", "days after the step", "must be found within", "how", "detection probability", "why"]
    ]
    checks += [[c.id, c.step, c.start, c.end, c.days, c.within, c.method, c.detection, c.why] for c in plan.verifications]
    decisions: list[Row] = [["point", "date", "after", "next", "hold until"]]
    decisions[0] = [*decisions[0], *(f"{words.name(found, p)}: {what}" for p in parties for what in ("go", "hold", "snap back"))]
    for d in plan.decisions:
        numbers = [value for p in parties for value in (d.go[p], d.hold[p], d.back[p])]
        decisions.append([d.id, d.date, d.after, ", ".join(d.next), d.hold_until, *numbers])
    limits: list[Row] = [["kind", "about", "limit", "needed", "changed in these dates", "what"]]
    limits += [[c.kind, c.about, c.limit, c.needed, "yes" if c.applied else "no", c.what] for c in plan.conflicts]
    limits += [["moved date", s.step, s.due, s.moved, "yes", f"{s.what}: {s.why}"] for s in plan.shifts]
    return {"steps": steps, "checks": checks, "decisions": decisions, "limits": limits}
