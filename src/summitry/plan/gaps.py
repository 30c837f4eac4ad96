"""What a case lacks, item by item of the bundled checklist: each function gives the places, as paths by file, or nothing.

Only the party's own folder and what all share are read.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from summitry.case.dates import exact_period
from summitry.evidence.actors import matcher
from summitry.kernels.draw import pert_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from summitry.case.types import BackTable, Case, Preferences

    Gaps: TypeAlias = dict[str, list[str]]

CASE = "case.yaml"
YEAR = dt.timedelta(days=365)


def _folder(case: Case, party: str) -> Mapping[str, Preferences]:
    return case.preferences.get(party, {})


def _file(party: str, about: str) -> str:
    return f"preferences/{party}/{about}.yaml"


def _ours(case: Case, party: str) -> set[str]:
    side = case.file.parties[party].coalition
    return {p for p, body in case.file.parties.items() if p == party or (side and body.coalition == side)}


def _found(found: Gaps) -> Gaps:
    return {file: paths for file, paths in found.items() if paths}


def values(case: Case, party: str, _: dt.date) -> Gaps:
    """Values without a reason."""
    return _found(
        {
            _file(party, about): [f"values.{issue}" for issue, entry in believed.values.items() if not entry.why.strip()]
            for about, believed in _folder(case, party).items()
        }
    )


def ranges(case: Case, party: str, _: dt.date) -> Gaps:
    """Judgements that stand as single numbers, which count as certain."""
    return _found(
        {
            _file(party, about): [
                f"values.{issue}.{option}"
                for issue, entry in believed.values.items()
                for option, span in entry.options.items()
                if entry.kind == "judgement" and span[0] == span[2] != 0
            ]
            for about, believed in _folder(case, party).items()
        }
    )


def fallback(case: Case, party: str, _: dt.date) -> Gaps:
    """A reservation value without the course that stands behind it."""
    own = _folder(case, party).get(party)
    return {} if own is not None and own.fallback.strip() else {_file(party, party): ["fallback"]}


def estimates(case: Case, party: str, _: dt.date) -> Gaps:
    """Parties of which there is no estimate."""
    return {_file(party, other): [] for other in case.file.parties if other not in _folder(case, party)}


def mandate(case: Case, party: str, _: dt.date) -> Gaps:
    """Own options that nobody has authorised or refused."""
    own = _folder(case, party).get(party)
    known = {} if own is None else own.mandate
    missing = [
        f"mandate.{issue}.{option}"
        for issue, matter in case.file.issues.items()
        if party in matter.giver
        for option in list(matter.options)[1:]
        if option not in known.get(issue, {})
    ]
    return _found({_file(party, party): missing})


def homes(case: Case, party: str, _: dt.date) -> Gaps:
    """Parties without a back table, and constituencies that none of its seats is for."""
    found: Gaps = {}
    for other in case.file.parties:
        believed = _folder(case, party).get(other)
        if believed is None:
            continue
        if believed.back_table is None:
            found[_file(party, other)] = ["back_table"]
        else:
            seats = believed.back_table.seats
            found[_file(party, other)] = [
                f"back_table.seats.{name}"
                for name, body in case.file.constituencies.get(other, {}).items()
                if name not in seats and body.role != "voice"
            ]
    return _found(found)


def asked(case: Case, party: str, _: dt.date) -> Gaps:
    """Issues that matter to us and that nobody at our back table has a position on, unless it says that silence is meant."""
    own = _folder(case, party).get(party)
    if own is None or own.back_table is None or own.back_table.unnamed is not None:
        return {}
    known = {issue for seat in own.back_table.seats.values() for issue in seat.positions}
    missing = [f"back_table: {issue}" for issue in own.values if issue not in known]
    return _found({_file(party, party): missing})


def verification(case: Case, _: str, __: dt.date) -> Gaps:
    """Options that somebody gives and that nobody says how to verify."""
    return _found(
        {
            CASE: [
                f"issues.{issue}.verified_by.{option}"
                for issue, matter in case.file.issues.items()
                if matter.giver
                for option in list(matter.options)[1:]
                if not matter.verified_by.get(option, "").strip()
            ]
        }
    )


def claims(case: Case, party: str, today: dt.date) -> Gaps:
    """Holdings of the other side whose newest claim is older than a year, and holdings that issues count on without any claim."""
    newest: dict[tuple[str, str], dt.date] = {}
    for claim in case.evidence.claims:
        if claim.holder not in _ours(case, party) and (span := exact_period(claim.as_of)) is not None:
            key = (claim.holder, claim.category)
            newest[key] = max(newest.get(key, dt.date.min), span[1])
    old = [f"{holder}: {category} (newest: {day})" for (holder, category), day in newest.items() if today - day > YEAR]
    known = {claim.category for claim in case.evidence.claims}
    none = [
        f"issues.{name}.holding: {issue.holding}"
        for name, issue in case.file.issues.items()
        if issue.holding and issue.holding not in known
    ]
    return _found({"evidence/claims.csv": old, CASE: none})


def record(case: Case, party: str, _: dt.date) -> Gaps:
    """Other parties of which no word and no deed is on record."""
    match = matcher(case)
    seen = {who for event in case.evidence.events for who in match(event.actor)}
    return _found({"evidence/events.csv": [p for p in case.file.parties if p not in seen | _ours(case, party)]})


def trust(case: Case, party: str, _: dt.date) -> Gaps:
    """Parties of the other sides whose trustworthiness nobody has judged."""
    own, ours = _folder(case, party).get(party), _ours(case, party)
    known = {} if own is None else own.trust
    return _found({_file(party, party): [f"trust.{other}" for other in case.file.parties if other not in ours | set(known)]})


def central(case: Case) -> list[str]:
    """The issues that talks turn on: the deliverable's, and those of the packages that somebody proposed."""
    deliverable = case.file.settings.deliverable
    named = [deliverable.partition(".")[0]] if deliverable else []
    return list(dict.fromkeys([*named, *(issue for idea in case.file.ideas.values() for issue in idea.package)]))


def play(case: Case, _: str, __: dt.date) -> Gaps:
    """Central issues on which nobody is known to have asked, offered or refused anything."""
    known = {position.issue for position in case.evidence.positions}
    return _found({"evidence/positions.csv": [issue for issue in central(case) if issue not in known]})


def contours(case: Case, _: str, __: dt.date) -> Gaps:
    """No draft of the contours among the documents."""
    there = any(document.name.casefold().startswith("contours") for document in case.evidence.documents)
    return {} if there else {"evidence/documents/contours.txt": []}


def groundwork(case: Case, party: str, _: dt.date) -> Gaps:
    """Homes that refuse a proposed package at central values, and seats that say no there and that no move of ours touches."""
    own = _folder(case, party).get(party)
    moves = {} if own is None or own.groundwork is None else own.groundwork.moves
    touched = {effect.seat for move in moves.values() for effect in move.effects if effect.seat}
    found: Gaps = {}
    for about, believed in _folder(case, party).items():
        if believed.back_table is None:
            continue
        missing = found.setdefault(_file(party, about), [])
        for name, idea in case.file.ideas.items():
            no = _says_no(case, about, believed.back_table, idea.package)
            if no and not touched & {f"{about}/{seat}" for seat in no}:
                missing.append(f"ideas.{name}: {', '.join(no)}")
    return _found(found)


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
    return no if vetoed or share < table.quota else []


def _points(table: BackTable, name: str, package: Mapping[str, str]) -> float:
    """What a seat's points for a package are above its threshold, at the means."""
    seat = table.seats[name]
    spans: Iterator[tuple[float, float, float]] = (
        seat.positions[issue].options.get(option, (0.0, 0.0, 0.0)) for issue, option in package.items() if issue in seat.positions
    )
    return sum(pert_mean(*span) for span in spans) - pert_mean(*seat.threshold)


GAPS: Mapping[str, Callable[[Case, str, dt.date], Gaps]] = {
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
    "asked": asked,
    "groundwork": groundwork,
    "verification": verification,
    "contours": contours,
}
