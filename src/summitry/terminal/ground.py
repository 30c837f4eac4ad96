"""What the commands about preparation print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.terminal.page import counted, page_of

if TYPE_CHECKING:
    from summitry.case.types import Case
    from summitry.plan.readiness import Item, Readiness
    from summitry.terminal.page import Page

SHOWN = 3


def show_readiness(case: Case, found: Readiness) -> None:
    """The parts, then what is open with its place, what it takes and when it must start, and how long others took."""
    page = page_of(case, found.party)
    page.head(f"READY on {found.date}? {page.name(found.party)}")
    for area in found.areas:
        page.say(f"{area.name}: {area.done} of {area.total}")
    _time(page, found)
    for area in found.areas:
        items = [item for item in found.items if item.area == area.name and item.state != "done"]
        if items:
            page.head(f"MISSING: {area.name}")
        for item in items:
            _item(page, item)
    page.head("HOW LONG OTHERS TOOK")
    for talk, days in zip(found.talks, found.talk_days, strict=True):
        span = f"from {talk.began}, when {talk.beginning}, to {talk.ended}, when {talk.ending}"
        page.say(f"{talk.name}: {counted(days, 'day')} {span} [{talk.status}]")
    if found.later:
        page.say(f"{found.later} ended after the case's date and stay out.")


def _time(page: Page, found: Readiness) -> None:
    row = f"What is missing takes {counted(found.needed, 'day')} in a row, by judgement"
    if found.meets is None or found.left is None:
        page.say(f"{row}. The case names no meeting (`meets`), so no task has a last day.")
        return
    lead = "" if found.lead is None else f", announced {counted(found.lead, 'day')} before"
    left = f"{counted(found.left, 'day')} left" if found.left >= 0 else "that has passed"
    page.say(f"The meeting is on {found.meets}{lead}; {left}.")
    page.say(f"{row}; {counted(found.late, 'task')} should have begun already.")


def _item(page: Page, item: Item) -> None:
    owner = f" ({item.owner})" if item.owner else ""
    why = f" {item.why[0].upper()}{item.why[1:].rstrip('.')}." if item.why and item.state == "open" else ""
    accepted = f" {(item.why or 'no reason given').rstrip('.')}." if item.state == "accepted" else ""
    page.say(f"{'no' if item.state == 'open' else 'accepted'}: {item.what}{owner}.{why}{accepted}")
    for place in item.places:
        more = f" and {len(place.paths) - SHOWN} more" if len(place.paths) > SHOWN else ""
        page.say(f"{place.file}{': ' if place.paths else ' is missing'}{', '.join(place.paths[:SHOWN])}{more}", 4)
    when = "" if item.start is None else f"; start by {item.start}{', too late' if item.late else ''}"
    page.say(f"{item.take + ': ' if item.take else ''}{counted(item.days, 'day')}{when}", 4)
