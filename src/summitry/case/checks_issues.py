"""What issues say about each other and about quantities: prerequisites that can be met, amounts that can be told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from summitry.case.source import shown
from summitry.case.words import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.case.draft import Draft
    from summitry.case.layout import Path
    from summitry.case.types import Issue
    from summitry.errors import Problem

Choice: TypeAlias = tuple[str, str]
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_WHOLE = 100


def issue_checks(draft: Draft) -> Iterator[Problem]:
    """All checks of issues against each other."""
    for name, issue in draft.issues.items():
        yield from _quantities(draft, name, issue)
        yield from _timing(draft, name, issue)
        yield from _links(draft, name, issue)
    links = requirements(draft)
    cycle = find_cycle({choice: [needed for needed, _ in needs] for choice, needs in links.items()})
    if cycle is not None:
        first, option = cycle[0]
        what = f"these require each other in a circle, so none can come first: {' -> '.join(map('.'.join, cycle))}"
        yield draft.layout.problem(("issues", first, "requires", option), what, "Remove one of these requirements.", key=True)
    yield from _unreachable(draft, links, set(cycle or ()))


def requirements(draft: Draft) -> dict[Choice, list[tuple[Choice, Path]]]:
    """What each option requires, with the place that says so; names that do not exist are left out."""
    found: dict[Choice, list[tuple[Choice, Path]]] = {}
    for name, issue in draft.issues.items():
        for option, places in issue.requires.items():
            for at, place in enumerate(places):
                needed, _, way = place.partition(".")
                if option in issue.options and needed in draft.issues and way in draft.issues[needed].options and needed != name:
                    path: Path = ("issues", name, "requires", option)
                    found.setdefault((name, option), []).append(
                        ((needed, way), (*path, at) if (*path, at) in draft.layout.places else path)
                    )
    return found


def find_cycle(graph: dict[Choice, list[Choice]]) -> list[Choice] | None:
    """One circle of `graph` (its first member again at the end), or None; depth first, without recursion."""
    done: set[Choice] = set()
    for start in graph:
        trail: list[Choice] = []
        stack: list[tuple[Choice, bool]] = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                trail.pop()
                done.add(node)
            elif node in trail:
                return [*trail[trail.index(node) :], node]
            elif node not in done:
                trail.append(node)
                stack.append((node, True))
                stack += [(after, False) for after in graph.get(node, ())]
    return None


def _quantities(draft: Draft, name: str, issue: Issue) -> Iterator[Problem]:
    """Amounts are numbers or percentages of a holding that the evidence knows, and no two options move the same amount."""
    amounts: dict[str, tuple[bool, float]] = {}
    for option, written in issue.options.items():
        amount = _amount(written)
        path: Path = ("issues", name, "options", option)
        if amount is not None:
            amounts[option] = amount
            if amount[0] and amount[1] > _WHOLE:
                yield draft.layout.problem(path, f"{written} is more than the whole holding", "Write at most 100%.")
            if amount[1] < 0:
                what = f"an option cannot move {amount[1]:g}"
                yield draft.layout.problem(path, what, "Write 0 or more; the giver says in which direction it goes.")
        elif written is not None:
            what = f"{shown(str(written))} is neither a number nor a percentage"
            yield draft.layout.problem(path, what, "Write how much it moves, such as 3 or 33%.")
    yield from _order(draft, name, amounts)
    yield from _holding(draft, name, issue, percentages=any(is_percent for is_percent, _ in amounts.values()))
    if issue.splits and not amounts:
        what = "this can be split, but no option says how much it moves"
        yield draft.layout.problem(
            ("issues", name, "splits"), what, "Give the options amounts, or remove `splits`.", level="warning"
        )
    if issue.smallest is not None and not issue.splits:
        what = "a smallest part is given for what cannot be split"
        yield draft.layout.problem(
            ("issues", name, "smallest"), what, "Write `splits: true`, or remove `smallest`.", level="warning"
        )


def _amount(written: float | str | None) -> tuple[bool, float] | None:
    """Whether an amount is a percentage, and its number."""
    if not isinstance(written, str):
        return None if written is None else (False, written)
    percent = _PERCENT.fullmatch(written)
    return None if percent is None else (True, float(percent[1]))


def _order(draft: Draft, name: str, amounts: dict[str, tuple[bool, float]]) -> Iterator[Problem]:
    """Amounts differ, and rise from the first option to the last."""
    first: dict[tuple[bool, float], str] = {}
    for option, amount in amounts.items():
        if amount in first:
            what = f"{option} moves the same amount as {first[amount]}"
            remedy = "Check the amounts, or make one option of the two."
            yield draft.layout.problem(("issues", name, "options", option), what, remedy, level="warning")
        first.setdefault(amount, option)
    for kind in (True, False):
        sizes = [size for is_percent, size in amounts.values() if is_percent == kind]
        if sizes != sorted(sizes):
            what = "the amounts of the options do not rise from first to last"
            remedy = "List the options from least to most: a later option also meets what requires an earlier one."
            yield draft.layout.problem(("issues", name, "options"), what, remedy, level="warning", key=True)


def _holding(draft: Draft, name: str, issue: Issue, *, percentages: bool) -> Iterator[Problem]:
    if issue.holding is None:
        if percentages:
            what = "percentages are given, but not of which holding"
            yield draft.layout.problem(
                ("issues", name, "options"), what, "Write `holding:` with a category of evidence/claims.csv.", key=True
            )
        return
    known = dict.fromkeys(claim.category for claim in draft.tables.claims.rows)
    if known and issue.holding not in known:
        what = f"no claim speaks of the holding {shown(issue.holding)}"
        yield draft.layout.problem(
            ("issues", name, "holding"), what, f"{suggest(issue.holding, known)} Categories stand in evidence/claims.csv."
        )


def _timing(draft: Draft, name: str, issue: Issue) -> Iterator[Problem]:
    if issue.expires is not None and issue.expires < draft.file.as_of:
        what = f"this expired on {issue.expires}, before the case's date {draft.file.as_of}"
        yield draft.layout.problem(("issues", name, "expires"), what, "Remove the issue, or correct the date.", level="warning")


def _links(draft: Draft, name: str, issue: Issue) -> Iterator[Problem]:
    """Links that say nothing or undo themselves."""
    for part, links in (("requires", issue.requires), ("excludes", issue.excludes)):
        for option, places in links.items():
            path: Path = ("issues", name, part, option)
            if option == issue.status_quo:
                what = f"{option} is the status quo, which holds without any agreement, so it cannot {part[:-1]} anything"
                yield draft.layout.problem(path, what, "Put the link at the options that are agreed.", key=True)
            for place in places:
                other, dot, way = place.partition(".")
                if not dot:
                    continue
                if other == name:
                    what = f"{name} speaks of its own option {shown(way)}; of one issue only one option is chosen anyway"
                    yield draft.layout.problem(path, what, "Name an option of another issue, or remove it.")
                elif part == "requires" and other in draft.issues and way == draft.issues[other].status_quo:
                    what = f"{place} is the status quo of {other}, so it is met in any case"
                    yield draft.layout.problem(path, what, "Name the option that must come first, or remove it.", level="warning")


def _unreachable(draft: Draft, links: dict[Choice, list[tuple[Choice, Path]]], circle: set[Choice]) -> Iterator[Problem]:
    """Options whose prerequisites cannot be chosen beside them, or stay closed by a red line.

    1. A requirement is met by the required option or a later one that is itself reachable and not excluded on either side.
    2. What is unreachable makes what requires it unreachable, until nothing changes.
    3. The same once more with red lines ("never"): what only they close is a warning, because red lines move.
    """
    firm, blocked = _closed(draft, links, red=set())
    red = {
        (issue, option)
        for sheet in draft.sheets
        if sheet.holder == sheet.about
        for issue, ways in sheet.preferences.mandate.items()
        for option, permission in ways.items()
        if permission == "never"
    }
    for choice, (path, needed) in blocked.items():
        if choice not in circle:
            far = "which it excludes or which is out of reach"
            what = f"{'.'.join(choice)} can never be chosen: it requires {'.'.join(needed)}, {far}"
            yield draft.layout.problem(path, what, "Remove the requirement or the exclusion.")
    for choice, (path, needed) in _closed(draft, links, red=red)[1].items():
        if choice not in firm and choice not in red:
            what = (
                f"{'.'.join(choice)} is out of reach while a red line stands: it requires {'.'.join(needed)}, closed by a `never`"
            )
            yield draft.layout.problem(
                path, what, "Remove the requirement, or keep it and know that the red line closes both.", level="warning"
            )


def _closed(
    draft: Draft, links: dict[Choice, list[tuple[Choice, Path]]], red: set[Choice]
) -> tuple[set[Choice], dict[Choice, tuple[Path, Choice]]]:
    """All options out of reach (those in `red` from the start), and for each other one the requirement that closes it."""
    excluded = {
        pair
        for name, issue in draft.issues.items()
        for option, places in issue.excludes.items()
        for place in places
        for pair in (((name, option), tuple(place.split(".", 1))), (tuple(place.split(".", 1)), (name, option)))
    }
    closed, reasons = set(red), dict[Choice, "tuple[Path, Choice]"]()
    changed = True
    while changed:
        changed = False
        for choice, needs in links.items():
            for (issue, option), path in needs:
                ways = list(draft.issues[issue].options)
                rest = [(issue, way) for way in ways[ways.index(option) :]]
                if choice not in closed and all(way in closed or (choice, way) in excluded for way in rest):
                    closed.add(choice)
                    reasons[choice] = (path, (issue, option))
                    changed = True
    return closed, reasons
