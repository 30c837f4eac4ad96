"""What the commands about positions and texts print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.terminal.page import Page, page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.evidence.play import Play, Stand, Waiting


def show_play(case: Case, found: Play) -> None:
    """The board by issue and party, what is agreed, what waits for an answer, how all moved, and the sources by number."""
    page, sources = page_of(case), list[str]()
    page.names = {**{k: o.name for k, o in case.file.outsiders.items()}, **page.names}
    page.head(f"STATE OF PLAY on {found.as_of}")
    for issue, parties in found.board.items():
        givers = ", ".join(page.name(giver) for giver in case.file.issues[issue].giver)
        page.say(f"{page.name(issue)}{f', given by {givers}' if givers else ''}")
        for party, stands in parties.items():
            page.say(f"{page.name(party)}: {'; '.join(words.stand(s) + _number(sources, s.source) for s in stands)}", 4)
    if found.untouched:
        page.say(f"Nobody has said anything about {', '.join(page.name(issue) for issue in found.untouched)}.")
    page.head("AGREED")
    page.say("; ".join(words.deliverable(page, place) for place in found.agreed) or "Nothing.")
    _waiting(page, "NOT ANSWERED", found.unanswered)
    _waiting(page, "ANSWERED, and still standing", [w for w in found.waiting if w not in found.unanswered])
    page.head("HOW EACH SIDE MOVED")
    for shift in found.shifts:
        said = f"{page.name(shift.party)}, {page.name(shift.issue)}: {shift.before} ({shift.since}), then {shift.after}"
        page.say(f"{shift.date} {said}: {words.SHIFTS[shift.role, shift.direction]}{_number(sources, shift.source)}")
    if not found.shifts:
        page.say("Nobody has spoken twice on one issue.")
    _outside(page, found.outside, sources)
    page.head("SOURCES")
    for k, source in enumerate(sources, 1):
        page.say(f"[{k}] {source}")


def _waiting(page: Page, title: str, waiting: Sequence[Waiting]) -> None:
    page.head(title)
    for one in waiting:
        page.say(f"{page.name(one.issue)}: {page.name(one.party)} {words.waiting(page, one)}.")
    if not waiting:
        page.say("Nothing that stands.")


def _outside(page: Page, outside: tuple[Stand, ...], sources: list[str]) -> None:
    if outside:
        page.head("NOT IN THE ROOM")
    for stand in outside:
        page.say(f"{page.name(stand.party)}, {page.name(stand.issue)}: {words.stand(stand)}{_number(sources, stand.source)}")


def _number(sources: list[str], source: str) -> str:
    if source not in sources:
        sources.append(source)
    return f" [{sources.index(source) + 1}]"
