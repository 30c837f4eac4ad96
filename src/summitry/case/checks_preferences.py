"""What preference files say: an answer to all issues and options, nothing that cannot be had, preparation that can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.case import lessons
from summitry.case.checks_case import each, find_cycle, known_option, known_party, known_place
from summitry.case.checks_evidence import KNOWN_LATER
from summitry.case.draft import CASE
from summitry.case.fields import HANDY, LARGEST, SMALLEST
from summitry.case.source import shown
from summitry.case.words import suggest, unknown
from summitry.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from summitry.case.draft import Draft, Sheet
    from summitry.case.types import BackTable, Constituency, Effect, OptionValues
    from summitry.case.yaml import Layout, Path


NAMED = 3
"""Issues that a warning names before it counts the rest."""


def _missing_files(draft: Draft) -> Iterator[Problem]:
    """A viewer needs an own file and an estimate of everybody else; the analyst needs each party's own file."""
    for party in draft.file.parties:
        holder = draft.viewer or party
        if party not in draft.files.get(holder, set()):
            file = f"preferences/{holder}/{party}.yaml"
            what = f"{holder} has no {'file about its own values' if holder == party else f'estimate of what {party} wants'}"
            remedy = "Add this file with basis, reservation and values: a guess with wide ranges is better than silence."
            yield Problem(file, None, None, "", what, remedy)
    for holder, about in draft.files.items() if draft.viewer is None else ():
        others = [party for party in draft.file.parties if party not in about and party != holder]
        if others and len(about) > 1:
            what = f"{holder} has estimates of some parties, but none of {', '.join(others)}"
            remedy = f"Add {', '.join(f'{party}.yaml' for party in others)}; until then `--as {holder}` cannot be used."
            yield Problem(f"preferences/{holder}", None, None, "", what, remedy, "warning")


def _answers(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    """Every issue stands under `values` or in `indifferent`, and every option of a valued issue has a value."""
    values, layout = sheet.preferences.values, sheet.layout
    for issue in draft.issues:
        if issue not in values and issue not in sheet.preferences.indifferent:
            what = f"nothing is said about the issue {shown(issue)}, and silence is not read as zero"
            yield layout.error(("values",), what, f"Give values for its options, or add {issue} to `indifferent`.", key=True)
        if issue in values and issue in sheet.preferences.indifferent:
            what = f"{shown(issue)} has values and is called indifferent"
            yield layout.error(("indifferent",), what, "Remove one of the two.", key=True)
    for at, issue in enumerate(sheet.preferences.indifferent):
        yield from known_option(draft, layout, ("indifferent", at), issue, ())
    yield from _option_values(draft, sheet, ("values",), values)


def _option_values(draft: Draft, sheet: Sheet, path: Path, table: Mapping[str, OptionValues]) -> Iterator[Problem]:
    for issue, entry in table.items():
        where = (*path, issue)
        if issue not in draft.issues:
            yield from known_option(draft, sheet.layout, where, issue, (), key=True)
            continue
        for option, span in entry.options.items():
            yield from known_option(draft, sheet.layout, (*where, option), issue, (option,), key=True)
            if option == draft.issues[issue].status_quo and any(span):
                what = f"{option} is the status quo of {issue}, where all points begin, so its value is 0, not {_span(span)}"
                remedy = "Remove it, and give the other options their difference from it."
                yield sheet.layout.error((*where, option), what, remedy)
        missing = [o for o in list(draft.issues[issue].options)[1:] if o not in entry.options]
        if missing:
            what = f"no value for {', '.join(map(shown, missing))}, and silence is not read as zero"
            remedy = f"Give each option of {issue} but the status quo a value; write 0 where it changes nothing."
            yield sheet.layout.error(where, what, remedy, key=True)


def _span(span: tuple[float, float, float]) -> str:
    return f"{span[0]:g}" if span[0] == span[2] else f"[{', '.join(f'{n:g}' for n in span)}]"


def _ranges(_: Draft, sheet: Sheet) -> Iterator[Problem]:
    """Judgements are uncertain: single numbers are pointed out once in a file. Numbers beyond reason are errors."""
    single: list[Path] = []
    for issue, entry in sheet.preferences.values.items():
        for option, span in entry.options.items():
            path: Path = ("values", issue, option)
            if span[0] == span[2] != 0 and entry.kind == "judgement":
                single.append(path)
            if max(map(abs, span)) > LARGEST:
                yield sheet.layout.error(path, f"{_span(span)} is too large to count with", HANDY)
    sizes = {("values", i, o): max(map(abs, s)) for i, e in sheet.preferences.values.items() for o, s in e.options.items()}
    largest = max(sizes, key=lambda path: sizes[path], default=None)
    if largest is not None and 0.0 < sizes[largest] < SMALLEST:
        what = f"the largest value of this file, {sizes[largest]:g}, is too small to count with"
        yield sheet.layout.error(largest, what, HANDY)
    if single:
        rest = f" ({len(single)} such values in this file)" if len(single) > 1 else ""
        what = f"a judgement stands as a single number, which counts as certain{rest}"
        yield sheet.layout.warning(single[0], what, "Write [low, mode, high]; or `kind: fact` where a source settles it.")


def _reservation(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    preferences = sheet.preferences
    valued = [entry.options.values() for name, entry in preferences.values.items() if name in draft.issues]
    best = sum(max(0.0, *(span[2] for span in spans)) for spans in valued)
    best += sum(max(0.0, extra.value[2]) for extra in preferences.together)
    least = preferences.reservation[1]
    if least > best:
        what = f"the reservation value {least:g} is more than the best package could bring ({best:g})"
        remedy = "Lower it, or raise the values: both are points on one scale with the status quo at 0."
        yield sheet.layout.error(("reservation",), f"{what}, so no deal is ever accepted", remedy)
    elif preferences.reservation[0] > best or max(map(abs, preferences.reservation)) > LARGEST:
        yield sheet.layout.error(("reservation",), f"{_span(preferences.reservation)} is too large to count with", HANDY)


def _mandate(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    for issue, ways in sheet.preferences.mandate.items():
        path: Path = ("mandate", issue)
        yield from known_option(draft, sheet.layout, path, issue, (), key=True)
        if issue in draft.issues:
            for option in ways:
                yield from known_option(draft, sheet.layout, (*path, option), issue, (option,), key=True)
            if ways.get(draft.issues[issue].status_quo) == "never":
                what = f"{draft.issues[issue].status_quo} is the status quo of {issue}, which holds without any permission"
                yield sheet.layout.error((*path, draft.issues[issue].status_quo), what, "Remove it.")
    if sheet.preferences.mandate and sheet.holder != sheet.about:
        what = f"a mandate is what {sheet.about} tells its own delegation, and stands here in {sheet.holder}'s estimate"
        own = f"preferences/{sheet.about}/{sheet.about}.yaml"
        remedy = f"Put it in {own}, or say what you believe through values and the back table."
        yield sheet.layout.error(("mandate",), what, remedy, key=True)


def _together(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    for at, extra in enumerate(sheet.preferences.together):
        for issue, options in extra.when.items():
            path: Path = ("together", at, "when", issue)
            yield from known_option(draft, sheet.layout, path, issue, options, key=issue not in draft.issues)
            if issue in draft.issues and set(draft.issues[issue].options) <= set(options):
                what = f"every option of {issue} is named, so this condition always holds"
                yield sheet.layout.warning(path, what, "Name only the options that matter.")


def _trust(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    for other in sheet.preferences.trust:
        path: Path = ("trust", other)
        yield from known_party(draft, sheet.layout, path, other, key=True)
        if other == sheet.about:
            yield sheet.layout.error(path, f"{other} cannot state its trust in itself", "Name the other parties.", key=True)


def _back_table(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    table = sheet.preferences.back_table
    if table is None:
        return
    constituencies = draft.file.constituencies.get(sheet.about, {})
    for name, seat in table.seats.items():
        path: Path = ("back_table", "seats", name)
        if name not in constituencies:
            more = f" Constituencies stand in {CASE} under constituencies.{sheet.about}."
            fault = unknown(name, f"constituency of {sheet.about}", constituencies, more)
            yield sheet.layout.error(path, *fault, key=True)
        yield from _option_values(draft, sheet, (*path, "positions"), seat.positions)
        yield from _sways(sheet, table, name, constituencies)
    yield from _unnamed(draft, sheet, table)
    roles = {constituencies[name].role for name in table.seats if name in constituencies}
    if roles == {"voice"}:
        what = "nobody at this back table votes or has a veto, so nothing can be ratified or refused"
        remedy = f"Seat a constituency with `role: vote` or `role: veto` in {CASE}."
        yield sheet.layout.error(("back_table",), what, remedy, key=True)
    elif roles and "vote" not in roles:
        what = "nobody at this back table votes, so the quota says nothing and the vetoes alone decide"
        yield sheet.layout.warning(("back_table",), what, "Seat a constituency with `role: vote` if there is a vote.", key=True)


def _unnamed(draft: Draft, sheet: Sheet, table: BackTable) -> Iterator[Problem]:
    """Seats that say nothing of an issue count as indifferent to it: said once in a file, unless it is meant."""
    silent = {name: [issue for issue in draft.issues if issue not in seat.positions] for name, seat in table.seats.items()}
    silent = {name: issues for name, issues in silent.items() if issues}
    if silent and table.unnamed is None:
        name, issues = next(iter(silent.items()))
        more = f", and other seats ({len(silent) - 1}) are silent too" if len(silent) > 1 else ""
        what = f"silence counts as indifference here: {name} says nothing of {', '.join(map(shown, issues[:NAMED]))}"
        what += f" and {len(issues) - NAMED} more issues{more}" if len(issues) > NAMED else more
        remedy = "Give its points for these issues, or write `unnamed: indifferent` in the back table if that is meant."
        yield sheet.layout.warning(("back_table", "seats", name), what, remedy, key=True)


def _side_payments(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    """A rate is above zero, and is paid to an ally."""
    parties = draft.file.parties
    for ally, rate in sheet.preferences.side_payments.items():
        path: Path = ("side_payments", ally)
        yield from known_party(draft, sheet.layout, path, ally, key=True)
        own = parties[sheet.about].coalition if sheet.about in parties else None
        if ally in parties and (own is None or parties[ally].coalition != own or ally == sheet.about):
            what = f"{shown(ally)} is no ally of {sheet.about}, and only allies pay each other on the side"
            yield sheet.layout.error(path, what, f"Name another party of its coalition in {CASE}, or remove this.", key=True)
        if rate[0] <= 0.0:
            yield sheet.layout.error(path, f"{_span(rate)} would buy an ally something for nothing", "Write a range above 0.")


def _sways(sheet: Sheet, table: BackTable, name: str, constituencies: Mapping[str, Constituency]) -> Iterator[Problem]:
    """Only a voice sways, and only those at the same table who vote or have a veto."""
    path: Path = ("back_table", "seats", name)
    sways = table.seats[name].sways
    if sways and name in constituencies and constituencies[name].role != "voice":
        what = f"{shown(name)} has a {constituencies[name].role} of its own, so it counts by that and sways nobody"
        yield sheet.layout.error((*path, "sways"), what, f"Remove this, or make it `role: voice` in {CASE}.", key=True)
    listeners = [seat for seat in table.seats if seat in constituencies and constituencies[seat].role != "voice"]
    for listener in sways:
        if listener not in listeners:
            what = f"{shown(listener)} neither votes nor has a veto at this back table"
            yield sheet.layout.error((*path, "sways", listener), what, suggest(listener, listeners), key=True)


def _unvalued(draft: Draft) -> Iterator[Problem]:
    """Options that change nothing for anybody in the files that count for this reader."""
    sheets = list(draft.believed())
    if len(sheets) < len(draft.file.parties):
        return
    for issue, body in draft.issues.items():
        for option in list(body.options)[1:]:
            entries = [sheet.preferences.values[issue].options for sheet in sheets if issue in sheet.preferences.values]
            if not any(any(options.get(option, ())) for options in entries):
                what = f"{issue}.{option} is worth nothing to anybody"
                yield draft.layout.warning(("issues", issue, "options", option), what, "Value it, or remove it.")


def _untrusting(draft: Draft) -> Iterator[Problem]:
    """Trust that nobody states, so that no deal can be tested against it."""
    sheets, gives = list(draft.believed()), any(issue.giver for issue in draft.issues.values())
    if gives and len(sheets) == len(draft.file.parties) and not any(sheet.preferences.trust for sheet in sheets):
        what = "no party says how far it trusts the other side, so whether trust carries a deal cannot be tested"
        yield draft.layout.warning(
            ("parties",), what, "Add `trust:` to the preference files, for each party about the other side."
        )


def _meeting(draft: Draft) -> Iterator[Problem]:
    meets, today = draft.file.meets, draft.file.as_of
    if meets is None:
        return
    if meets.date < today:
        what = f"the meeting on {meets.date} lies before the case's date {today}"
        yield draft.layout.warning(("meets",), what, "Remove it, or correct one of the dates.")
    if meets.announced is not None and meets.announced > today:
        what = f"the meeting was announced on {meets.announced}, after the case's date {today}"
        yield draft.layout.error(("meets", "announced"), what, KNOWN_LATER)
    elif meets.announced is not None and meets.announced > meets.date:
        yield draft.layout.error(("meets", "announced"), "the meeting was announced after it took place", "Correct one date.")


def _groundwork(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    ground = sheet.preferences.groundwork
    if ground is None:
        return
    for name, move in ground.moves.items():
        path: Path = ("groundwork", "moves", name)
        for where, before in each((*path, "after"), sheet.layout, move.after):
            if before not in ground.moves or before == name:
                what = f"{shown(before)} is the move itself" if before == name else f"{shown(before)} is no move of this file"
                yield sheet.layout.error(where, what, suggest(before, [key for key in ground.moves if key != name]))
        for at, effect in enumerate(move.effects):
            yield from _effect(draft, sheet.layout, (*path, "effects", at), effect)
    cycle = find_cycle({(key, ""): [(b, "") for b in move.after if b != key] for key, move in ground.moves.items()})
    if cycle is not None:
        what = f"these moves wait for each other in a circle: {' -> '.join(name for name, _ in cycle)}"
        yield sheet.layout.error(("groundwork", "moves", cycle[0][0], "after"), what, "Remove one `after`.", key=True)


def _effect(draft: Draft, layout: Layout, path: Path, effect: Effect) -> Iterator[Problem]:
    if effect.seat:
        party, slash, seat = effect.seat.partition("/")
        names = [f"{p}/{s}" for p, seats in draft.file.constituencies.items() for s in seats]
        if not slash or seat not in draft.file.constituencies.get(party, {}):
            what = f"{shown(effect.seat)} is no constituency of this case"
            yield layout.error((*path, "seat"), what, f"Write PARTY/CONSTITUENCY. {suggest(effect.seat, names)}")
    yield from _law(draft, layout, path, effect)
    for key in ("accepts", "trusts"):
        if getattr(effect, key):
            yield from known_party(draft, layout, (*path, key), getattr(effect, key))
    if effect.places and (effect.law or effect.trusts):
        yield layout.error((*path, "places"), "places say nothing about a law or a trust", "Remove them.", key=True)
    for where, place in each((*path, "places"), layout, effect.places):
        yield from known_place(draft, layout, where, place)
    if max(map(abs, effect.shift)) > LARGEST:
        yield layout.error((*path, "shift"), "this is too large to count with", HANDY)


def _law(draft: Draft, layout: Layout, path: Path, effect: Effect) -> Iterator[Problem]:
    if effect.law:
        names = tuple(law.name for law in draft.file.laws)
        laws = [name for name in names if name.startswith(effect.law)]
        if len(laws) != 1:
            what = f"{shown(effect.law)} begins the name of {'no law' if not laws else f'{len(laws)} laws'} of this case"
            yield layout.error((*path, "law"), what, suggest(effect.law, names) if not laws else "Write more of its name.")
        if not (effect.shift[0] >= -1 and effect.shift[2] <= 1):
            yield layout.error((*path, "shift"), "a chance cannot change by more than 1", "Write a number between -1 and 1.")


def _fades(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    for issue, fade in sheet.preferences.fades.items():
        path: Path = ("fades", issue)
        yield from known_option(draft, sheet.layout, path, issue, (), key=True)
        if issue in draft.issues:
            for where, option in each((*path, "options"), sheet.layout, fade.options):
                yield from known_option(draft, sheet.layout, where, issue, (option,))
            if issue not in sheet.preferences.values:
                what = f"{issue} has no values here that could fade"
                yield sheet.layout.warning(path, what, "Value it, or remove this.", key=True)
        for date in fade.schedule:
            if date <= draft.file.as_of:
                what = f"{date} is not after the case's date {draft.file.as_of}, on which the factor is 1"
                yield sheet.layout.error((*path, "schedule"), what, "Begin the schedule after the case's date.", key=True)


def _deadlines(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    for at, deadline in enumerate(sheet.preferences.deadlines):
        path: Path = ("deadlines", at)
        if deadline.date <= draft.file.as_of:
            what = f"{deadline.date} has passed on the case's date {draft.file.as_of}, so it changes nothing"
            yield sheet.layout.warning((*path, "date"), what, "Let the positions say what it left behind.")
        for k, effect in enumerate(deadline.effects):
            yield from _effect(draft, sheet.layout, (*path, "effects", k), effect)
            if effect.accepts or effect.trusts:
                what = "a deadline changes what a home carries, not what a party accepts or trusts"
                yield sheet.layout.error((*path, "effects", k), what, "Name a `seat` or a `law`; values change under `fades`.")


def _checklist(_: Draft, sheet: Sheet) -> Iterator[Problem]:
    own = sheet.preferences.checklist
    bundled = {point.name: point.after for point in lessons.points()}
    for name, task in own.items():
        path: Path = ("checklist", name)
        if not task.what and name not in bundled:
            what = f"{shown(name)} does not say what is to be done, and no bundled item has this name"
            yield sheet.layout.error(path, what, f"Write `what`. {suggest(name, bundled)}", key=True)
        for where, before in each((*path, "after"), sheet.layout, task.after or ()):
            if before not in bundled and before not in own:
                yield sheet.layout.error(where, *unknown(before, "item of the checklist", [*own, *bundled]))
    graph: Mapping[str, tuple[str, ...]] = bundled | {k: t.after for k, t in own.items() if t.after is not None}
    cycle = find_cycle({(key, ""): [(b, "") for b in after] for key, after in graph.items()})
    if cycle is not None:
        mine = next((name for name, _ in cycle if name in own), cycle[0][0])
        what = f"these items wait for each other in a circle: {' -> '.join(name for name, _ in cycle)}"
        yield sheet.layout.error(("checklist", mine), what, "Remove one `after`.", key=True)


SHEET_CHECKS = (
    *(_answers, _ranges, _reservation, _mandate, _together, _trust, _back_table, _side_payments),
    *(_groundwork, _fades, _deadlines, _checklist),
)


def _each_sheet(draft: Draft) -> Iterator[Problem]:
    for sheet in draft.sheets:
        for check in SHEET_CHECKS:
            yield from check(draft, sheet)


PREFERENCES = (_missing_files, _each_sheet, _unvalued, _untrusting, _meeting)
"""What preference files and the preparation must keep."""
