"""Groundwork, fading values, deadlines, checklists and the meeting against the rest of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.case import lessons
from summitry.case.checks_evidence import KNOWN_LATER
from summitry.case.checks_issues import find_cycle
from summitry.case.checks_names import each, known_option, known_party, known_place
from summitry.case.fields import HANDY, LARGEST
from summitry.case.source import shown
from summitry.case.words import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from summitry.case.draft import Draft, Sheet
    from summitry.case.layout import Layout, Path
    from summitry.case.preparation import Effect
    from summitry.errors import Problem


def preparation_checks(draft: Draft) -> Iterator[Problem]:
    """All checks of what is prepared and of what time does."""
    yield from _meeting(draft)
    for sheet in draft.sheets:
        yield from _groundwork(draft, sheet)
        yield from _fades(draft, sheet)
        yield from _deadlines(draft, sheet)
        yield from _checklist(sheet)


def laws_named(draft_laws: tuple[str, ...], begins: str) -> list[str]:
    """The laws whose name begins so; exactly one where the name is not ambiguous."""
    return [name for name in draft_laws if name.startswith(begins)]


def _meeting(draft: Draft) -> Iterator[Problem]:
    meets, today = draft.file.meets, draft.file.as_of
    if meets is None:
        return
    if meets.date < today:
        what = f"the meeting on {meets.date} lies before the case's date {today}"
        yield draft.layout.problem(("meets",), what, "Remove it, or correct one of the dates.", level="warning")
    if meets.announced is not None and meets.announced > today:
        what = f"the meeting was announced on {meets.announced}, after the case's date {today}"
        yield draft.layout.problem(("meets", "announced"), what, KNOWN_LATER)
    elif meets.announced is not None and meets.announced > meets.date:
        yield draft.layout.problem(("meets", "announced"), "the meeting was announced after it took place", "Correct one date.")


def _groundwork(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    ground = sheet.preferences.groundwork
    if ground is None:
        return
    for name, move in ground.moves.items():
        path: Path = ("groundwork", "moves", name)
        for where, before in each((*path, "after"), sheet.layout, move.after):
            if before not in ground.moves or before == name:
                what = f"{shown(before)} is the move itself" if before == name else f"{shown(before)} is no move of this file"
                yield sheet.layout.problem(where, what, suggest(before, [key for key in ground.moves if key != name]))
        for at, effect in enumerate(move.effects):
            yield from _effect(draft, sheet.layout, (*path, "effects", at), effect)
    cycle = find_cycle({(key, ""): [(b, "") for b in move.after if b != key] for key, move in ground.moves.items()})
    if cycle is not None:
        what = f"these moves wait for each other in a circle: {' -> '.join(name for name, _ in cycle)}"
        yield sheet.layout.problem(("groundwork", "moves", cycle[0][0], "after"), what, "Remove one `after`.", key=True)


def _effect(draft: Draft, layout: Layout, path: Path, effect: Effect) -> Iterator[Problem]:
    if effect.seat:
        party, slash, seat = effect.seat.partition("/")
        known = [f"{p}/{s}" for p, seats in draft.file.constituencies.items() for s in seats]
        if not slash or seat not in draft.file.constituencies.get(party, {}):
            what = f"{shown(effect.seat)} is no constituency of this case"
            yield layout.problem((*path, "seat"), what, f"Write PARTY/CONSTITUENCY. {suggest(effect.seat, known)}")
    yield from _law(draft, layout, path, effect)
    for key in ("accepts", "trusts"):
        if getattr(effect, key):
            yield from known_party(draft, layout, (*path, key), getattr(effect, key))
    if effect.places and (effect.law or effect.trusts):
        yield layout.problem((*path, "places"), "places say nothing about a law or a trust", "Remove them.", key=True)
    for where, place in each((*path, "places"), layout, effect.places):
        yield from known_place(draft, layout, where, place)
    if max(map(abs, effect.shift)) > LARGEST:
        yield layout.problem((*path, "shift"), "this is too large to count with", HANDY)


def _law(draft: Draft, layout: Layout, path: Path, effect: Effect) -> Iterator[Problem]:
    if effect.law:
        names = tuple(law.name for law in draft.file.laws)
        found = laws_named(names, effect.law)
        if len(found) != 1:
            what = f"{shown(effect.law)} begins the name of {'no law' if not found else f'{len(found)} laws'} of this case"
            yield layout.problem((*path, "law"), what, suggest(effect.law, names) if not found else "Write more of its name.")
        if not (effect.shift[0] >= -1 and effect.shift[2] <= 1):
            yield layout.problem((*path, "shift"), "a chance cannot change by more than 1", "Write a number between -1 and 1.")


def _fades(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    for issue, fade in sheet.preferences.fades.items():
        path: Path = ("fades", issue)
        yield from known_option(draft, sheet.layout, path, issue, (), key=True)
        if issue in draft.issues:
            for where, option in each((*path, "options"), sheet.layout, fade.options):
                yield from known_option(draft, sheet.layout, where, issue, (option,))
            if issue not in sheet.preferences.values:
                what = f"{issue} has no values here that could fade"
                yield sheet.layout.problem(path, what, "Value it, or remove this.", level="warning", key=True)
        for date in fade.schedule:
            if date <= draft.file.as_of:
                what = f"{date} is not after the case's date {draft.file.as_of}, on which the factor is 1"
                yield sheet.layout.problem((*path, "schedule"), what, "Begin the schedule after the case's date.", key=True)


def _deadlines(draft: Draft, sheet: Sheet) -> Iterator[Problem]:
    for at, deadline in enumerate(sheet.preferences.deadlines):
        path: Path = ("deadlines", at)
        if deadline.date <= draft.file.as_of:
            what = f"{deadline.date} has passed on the case's date {draft.file.as_of}, so it changes nothing"
            yield sheet.layout.problem((*path, "date"), what, "Let the positions say what it left behind.", level="warning")
        for k, effect in enumerate(deadline.effects):
            yield from _effect(draft, sheet.layout, (*path, "effects", k), effect)
            if effect.accepts or effect.trusts:
                what = "a deadline changes what a home carries, not what a party accepts or trusts"
                yield sheet.layout.problem((*path, "effects", k), what, "Name a `seat` or a `law`; values change under `fades`.")


def _checklist(sheet: Sheet) -> Iterator[Problem]:
    own = sheet.preferences.checklist
    bundled = {point.name: point.after for point in lessons.points()}
    for name, task in own.items():
        path: Path = ("checklist", name)
        if not task.what and name not in bundled:
            what = f"{shown(name)} does not say what is to be done, and no bundled item has this name"
            yield sheet.layout.problem(path, what, f"Write `what`. {suggest(name, bundled)}", key=True)
        for where, before in each((*path, "after"), sheet.layout, task.after or ()):
            if before not in bundled and before not in own:
                yield sheet.layout.problem(
                    where, f"{shown(before)} is no item of the checklist", suggest(before, [*own, *bundled])
                )
    graph: Mapping[str, tuple[str, ...]] = bundled | {k: t.after for k, t in own.items() if t.after is not None}
    cycle = find_cycle({(key, ""): [(b, "") for b in after] for key, after in graph.items()})
    if cycle is not None:
        mine = next((name for name, _ in cycle if name in own), cycle[0][0])
        what = f"these items wait for each other in a circle: {' -> '.join(name for name, _ in cycle)}"
        yield sheet.layout.problem(("checklist", mine), what, "Remove one `after`.", key=True)
