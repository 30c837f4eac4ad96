"""What the commands about positions and texts print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import said, words
from summitry.terminal.page import Page, page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.evidence.play import Play, Stand, Waiting
    from summitry.evidence.texts.audit import Audit, Promise
    from summitry.trade.substance import Move, Substance

MOST = 200
"""So many commitments of a text are shown; nobody reads more on a terminal."""


def show_play(case: Case, found: Play) -> None:
    """The board by issue and party, what is agreed, what waits for an answer, how all moved, and the sources by number."""
    page, sources = page_of(case), list[str]()
    page.names = {**{k: o.name for k, o in case.file.outsiders.items()}, **page.names}
    page.head(f"STATE OF PLAY on {found.as_of}")
    for issue, parties in found.board.items():
        givers = ", ".join(page.name(giver) for giver in case.file.issues[issue].giver)
        page.say(f"{page.name(issue)}{f', given by {givers}' if givers else ''}")
        for party, stands in parties.items():
            page.say(f"{page.name(party)}: {'; '.join(said.stand(s) + _number(sources, s.source) for s in stands)}", 4)
    if found.untouched:
        page.say(f"Nobody has said anything about {', '.join(page.name(issue) for issue in found.untouched)}.")
    page.head("AGREED")
    page.say("; ".join(words.deliverable(page, place) for place in found.agreed) or "Nothing.")
    _waiting(page, "NOT ANSWERED", found.unanswered)
    _waiting(page, "ANSWERED, and still standing", [w for w in found.waiting if w not in found.unanswered])
    page.head("HOW EACH SIDE MOVED")
    for shift in found.shifts:
        told = f"{page.name(shift.party)}, {page.name(shift.issue)}: {shift.before} ({shift.since}), then {shift.after}"
        page.say(f"{shift.date} {told}: {said.SHIFTS[shift.role, shift.direction]}{_number(sources, shift.source)}")
    if not found.shifts:
        page.say("Nobody has spoken twice on one issue.")
    _outside(page, found.outside, sources)
    page.head("SOURCES")
    for k, source in enumerate(sources, 1):
        page.say(f"[{k}] {source}")


def _waiting(page: Page, title: str, waiting: Sequence[Waiting]) -> None:
    page.head(title)
    for one in waiting:
        page.say(f"{page.name(one.issue)}: {page.name(one.party)} {said.waiting(page, one)}.")
    if not waiting:
        page.say("Nothing that stands.")


def _outside(page: Page, outside: tuple[Stand, ...], sources: list[str]) -> None:
    if outside:
        page.head("NOT IN THE ROOM")
    for stand in outside:
        page.say(f"{page.name(stand.party)}, {page.name(stand.issue)}: {said.stand(stand)}{_number(sources, stand.source)}")


def _number(sources: list[str], source: str) -> str:
    if source not in sources:
        sources.append(source)
    return f" [{sources.index(source) + 1}]"


def show_audits(audits: Sequence[Audit]) -> None:
    """Each text: how concrete it is, its commitments with the words of each field, what they lack, what is recycled."""
    page = Page()
    for found in audits:
        page.head(f"{found.text}{f', {found.date}' if found.date else ''}")
        for told in said.audited(found):
            page.say(told)
        _promises(page, found.commitments)
        if found.apart:
            page.say("Promised outside the numbered points, and not counted above:")
        _promises(page, found.apart)
        for note in found.notes:
            page.say(f"Note: {note}.")


def _promises(page: Page, promises: Sequence[Promise]) -> None:
    for promise in promises[:MOST]:
        _promise(page, promise)
    if len(promises) > MOST:
        page.say(f"and {len(promises) - MOST:,} more; all with --json", 4)


def _promise(page: Page, promise: Promise) -> None:
    page.say(f"{promise.number}  {promise.words}", 4)
    for name, found in promise.fields.items():
        if found:
            page.say(f"{name}: {'; '.join(map(said.quotation, found))}", 8)
    page.say(f"lacks: {', '.join(promise.lacks) or 'nothing'}; concreteness {promise.concreteness:.2f}", 8)
    if promise.reuse is not None:
        page.say(said.recycled(promise.reuse), 8)


def show_substance(case: Case, found: Substance) -> None:
    """Substance by party, bare and firm; each move with what is said of it; the ceremony; what brings nothing and why."""
    page = page_of(case)
    page.head(f"SUBSTANCE of {found.title}")
    for told in said.delivered(page, found):
        page.say(told)
    for head, moves in (("WHAT MOVES", found.moves), ("CEREMONY, which counts as no substance", found.ceremony)):
        if moves:
            page.head(head)
        for move in moves:
            _move(page, move)
    if found.perhaps:
        page.head("COULD BELONG TO AN ISSUE: say to which in evidence/corrections.csv")
    for told, issues in found.perhaps.items():
        page.say(f"{told} (could be {' or '.join(map(page.name, issues))})")
    nowhere = [told for told in found.unplaced if told not in found.perhaps]
    if nowhere:
        page.head("BELONGS TO NO ISSUE OF THE CASE")
    for told in nowhere:
        page.say(told)
    page.head("LEFT OUT")
    for told in found.omitted:
        page.say(told)


def _move(page: Page, move: Move) -> None:
    page.say(words.move(page, move.issue, move.option) if move.option else f"{page.name(move.issue)}: how far is not said")
    for name, told in move.said.items():
        page.say(f"{name}: {told or 'not said'}", 6)
    shares = ", ".join(f"{page.name(p)} {100 * s:.0f} %" for p, s in move.receives.items() if s > 0)
    page.say(f"firmness {move.firmness:.2f}; brings {shares or 'nobody anything that can be counted'}", 6)
    if move.words:
        page.say(f"rests on: {words.clip(move.words, 160)} (placed {move.mapped})", 6)
