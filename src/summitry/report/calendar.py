"""A plan as a calendar file: all-day events for steps, checks and decision points; the same plan gives the same bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from summitry.document import Phrase, places
from summitry.wording.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.questions.plan import PlanAnswer
    from summitry.wording import Wording


def ics(answer: PlanAnswer, wording: Wording) -> bytes:
    """The plan as iCalendar.

    An event lasts from its first day to the day on which it is done, that day included, so that a deadline stands in the
    calendar. Its UID depends on the case, the plan's moves and the step, so that a later version replaces it; its stamp on the
    plan's start.
    """
    from icalendar import Calendar, Event

    plan, names = answer.plan, wording.names
    calendar = Calendar()
    calendar.add("prodid", "-//summitry//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", clean(f"{names.title}: {wording.text(Phrase('plan.title', 'plan'), answer)}"))
    seal = _seal(answer, names.case)
    stamp = dt.datetime.combine(dt.date.fromisoformat(plan.start), dt.time(), dt.UTC)
    for key, start, end, code, place in _events(answer):
        event = Event()
        event.add("uid", f"{key}-{seal}@summitry")
        event.add("dtstamp", stamp)
        event.add("dtstart", dt.date.fromisoformat(start))
        event.add("dtend", dt.date.fromisoformat(end) + dt.timedelta(days=1))
        event.add("summary", wording.text(Phrase(f"{code}.summary", place), answer))
        event.add("description", wording.text(Phrase(code, place), answer))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _seal(answer: PlanAnswer, case: str) -> str:
    """What tells this plan from others: a digest of the case's name and the moves."""
    moves = [
        f"{s.id} {'+'.join(s.givers)} {s.issue} {s.before} {s.after}{'' if s.part is None else f' {s.part:g}'}"
        for s in answer.plan.steps
    ]
    return hashlib.sha256("\n".join([case, *moves]).encode()).hexdigest()[:16]


def _events(answer: PlanAnswer) -> Iterator[tuple[str, str, str, str, str]]:
    """Key, first day, last day, message and place of each event."""
    plan = answer.plan
    for place, step in zip(places("plan.steps", plan.steps), plan.steps, strict=True):
        yield step.id, step.start, step.end, "plan.event.step", place
    for place, check in zip(places("plan.verifications", plan.verifications), plan.verifications, strict=True):
        yield check.id, check.start, check.end, "plan.event.check", place
    for place, point in zip(places("plan.decisions", plan.decisions), plan.decisions, strict=True):
        yield point.id, point.date, point.date, "plan.event.decision", place
