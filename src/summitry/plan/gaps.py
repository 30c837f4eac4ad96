"""What a case lacks, item by item of the bundled checklist: for each the places where something is missing.

Only the party's own folder and what all share are read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from summitry.case.dates import exact_period
from summitry.evidence.matching import matcher
from summitry.interests.home import ROUNDING, least_share
from summitry.kernels.draw import pert_mean
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from summitry.case.types import BackTable, Case, Issue, Preferences

    Missing: TypeAlias = Iterator[tuple[str, str | Reason | None]]

CASE = "case.yaml"
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class View:
    """A case as one party may read it on a day."""

    case: Case
    party: str
    today: dt.date

    @property
    def folder(self) -> Mapping[str, Preferences]:
        """What the party believes, by whom it is about."""
        return self.case.preferences.get(self.party, {})

    @property
    def own(self) -> Preferences | None:
        """What the party says of itself."""
        return self.folder.get(self.party)

    @property
    def ours(self) -> set[str]:
        """The party and its allies."""
        parties = self.case.file.parties
        side = parties[self.party].coalition
        return {name for name, body in parties.items() if name == self.party or (side and body.coalition == side)}

    @property
    def issues(self) -> Mapping[str, Issue]:
        """The case's issues by name."""
        return self.case.file.issues

    def file(self, about: str | None = None) -> str:
        """The party's file about somebody, by default about itself."""
        return f"preferences/{self.party}/{about or self.party}.yaml"


def values(view: View) -> Missing:
    """Values without a reason."""
    for about, believed in view.folder.items():
        yield from ((view.file(about), f"values.{issue}") for issue, entry in believed.values.items() if not entry.why.strip())


def ranges(view: View) -> Missing:
    """Judgements that stand as single numbers, which count as certain."""
    for about, believed in view.folder.items():
        for issue, entry in believed.values.items():
            for option, span in entry.options.items():
                if entry.kind == "judgement" and span[0] == span[2] != 0:
                    yield view.file(about), f"values.{issue}.{option}"


def fallback(view: View) -> Missing:
    """A reservation value without the course that stands behind it."""
    if view.own is None or not view.own.fallback.strip():
        yield view.file(), "fallback"


def estimates(view: View) -> Missing:
    """Parties of which there is no estimate."""
    yield from ((view.file(other), None) for other in view.case.file.parties if other not in view.folder)


def mandate(view: View) -> Missing:
    """Own options that nobody has authorised or refused."""
    rules = {} if view.own is None else view.own.mandate
    for name, issue in view.issues.items():
        if view.party in issue.giver:
            for option in list(issue.options)[1:]:
                if option not in rules.get(name, {}):
                    yield view.file(), f"mandate.{name}.{option}"


def homes(view: View) -> Missing:
    """Parties without a back table, and constituencies that none of its seats is for."""
    for other in view.case.file.parties:
        believed = view.folder.get(other)
        if believed is not None and believed.back_table is None:
            yield view.file(other), "back_table"
        elif believed is not None and believed.back_table is not None:
            for name, body in view.case.file.constituencies.get(other, {}).items():
                if name not in believed.back_table.seats and body.role != "voice":
                    yield view.file(other), f"back_table.seats.{name}"


def consulted(view: View) -> Missing:
    """Issues that matter to us and that nobody at our back table has a position on, unless it says that silence is meant."""
    if view.own is None or view.own.back_table is None or view.own.back_table.unnamed is not None:
        return
    positions = {issue for seat in view.own.back_table.seats.values() for issue in seat.positions}
    yield from ((view.file(), f"back_table: {issue}") for issue in view.own.values if issue not in positions)


def verification(view: View) -> Missing:
    """Options that somebody gives and that nobody says how to verify."""
    for name, issue in view.issues.items():
        for option in list(issue.options)[1:] if issue.giver else ():
            if not issue.verified_by.get(option, "").strip():
                yield CASE, f"issues.{name}.verified_by.{option}"


def claims(view: View) -> Missing:
    """Holdings of the other side whose newest claim is older than a year, and holdings that issues count on without any claim."""
    newest: dict[tuple[str, str], dt.date] = {}
    ours, evidence = view.ours, view.case.evidence.claims
    for claim in evidence:
        if claim.holder not in ours and (span := exact_period(claim.as_of)) is not None:
            key = (claim.holder, claim.category)
            newest[key] = max(newest.get(key, dt.date.min), span[1])
    for (holder, category), day in newest.items():
        if view.today - day > YEAR:
            yield "evidence/claims.csv", reason("ready.old", holder=holder, category=category, newest=day.isoformat())
    categories = {claim.category for claim in evidence}
    for name, issue in view.issues.items():
        if issue.holding and issue.holding not in categories:
            yield CASE, f"issues.{name}.holding: {issue.holding}"


def record(view: View) -> Missing:
    """Other parties of which no word and no deed is on record."""
    match = matcher(view.case)
    actors = {who for event in view.case.evidence.events for who in match(event.actor)} | view.ours
    yield from (("evidence/events.csv", party) for party in view.case.file.parties if party not in actors)


def trust(view: View) -> Missing:
    """Parties of the other sides whose trustworthiness nobody has judged."""
    judged = view.ours | set({} if view.own is None else view.own.trust)
    yield from ((view.file(), f"trust.{other}") for other in view.case.file.parties if other not in judged)


def play(view: View) -> Missing:
    """Central issues on which nobody is known to have asked, offered or refused anything.

    Talks turn on the deliverable's issue, and on those of the packages that somebody proposed.
    """
    file = view.case.file
    deliverable = file.settings.deliverable
    central = [deliverable.partition(".")[0]] if deliverable else []
    central += [issue for idea in file.ideas.values() for issue in idea.package]
    settled = {position.issue for position in view.case.evidence.positions}
    yield from (("evidence/positions.csv", issue) for issue in dict.fromkeys(central) if issue not in settled)


def contours(view: View) -> Missing:
    """No draft of the contours among the documents."""
    if not any(document.name.casefold().startswith("contours") for document in view.case.evidence.documents):
        yield "evidence/documents/contours.txt", None


def groundwork(view: View) -> Missing:
    """Homes that refuse a proposed package at central values, and seats that say no there and that no move of ours touches."""
    moves = {} if view.own is None or view.own.groundwork is None else view.own.groundwork.moves
    touched = {effect.seat for move in moves.values() for effect in move.effects if effect.seat}
    for about, believed in view.folder.items():
        if believed.back_table is None:
            continue
        for name, idea in view.case.file.ideas.items():
            no = _says_no(view.case, about, believed.back_table, idea.package)
            if no and not touched & {f"{about}/{seat}" for seat in no}:
                yield view.file(about), f"ideas.{name}: {', '.join(no)}"


def _says_no(case: Case, party: str, table: BackTable, package: Mapping[str, str]) -> list[str]:
    """Who stops a package at central values: those who say no, where votes or a veto do not carry it."""
    people = case.file.constituencies.get(party, {})
    points = {name: _points(table, name, package) for name in table.seats}
    for voice, seat in table.seats.items():
        for listener, strength in seat.sways.items():
            points[listener] = points.get(listener, 0.0) + strength * points[voice]
    no = [name for name in table.seats if people[name].role != "voice" and points[name] < 0]
    votes = {name: seat.influence for name, seat in table.seats.items() if people[name].role == "vote"}
    share = sum(weight for name, weight in votes.items() if name not in no) / sum(votes.values()) if votes else 1.0
    vetoed = any(people[name].role == "veto" for name in no)
    return no if vetoed or share < least_share(table) - ROUNDING else []


def _points(table: BackTable, name: str, package: Mapping[str, str]) -> float:
    """What a seat's points for a package are above its threshold, at the means."""
    seat = table.seats[name]
    spans: Iterator[tuple[float, float, float]] = (
        seat.positions[issue].options.get(option, (0.0, 0.0, 0.0)) for issue, option in package.items() if issue in seat.positions
    )
    return sum(pert_mean(*span) for span in spans) - pert_mean(*seat.threshold)


GAPS: Mapping[str, Callable[[View], Missing]] = {
    "mandate": mandate,
    "values": values,
    "ranges": ranges,
    "fallback": fallback,
    "estimates": estimates,
    "claims": claims,
    "record": record,
    "trust": trust,
    "play": play,
    "homes": homes,
    "asked": consulted,
    "groundwork": groundwork,
    "verification": verification,
    "contours": contours,
}
"""What is missing for each item of the checklist that the case tells: files, each with a path in it or None for the whole."""
