"""What a case says about inspections and declarations: counts that can be, goals within reach, categories that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.case.checks_names import each, known_option
from summitry.case.source import shown
from summitry.case.words import suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from summitry.case.draft import Draft
    from summitry.case.inspection import Balance, Inspection, Search
    from summitry.case.layout import Path
    from summitry.case.types import Issue
    from summitry.errors import Problem


def inspection_checks(draft: Draft) -> Iterator[Problem]:
    """All checks of `inspection` entries."""
    for name, issue in draft.issues.items():
        if issue.inspection is not None:
            yield from _counts(draft, ("issues", name, "inspection"), issue.inspection)
            yield from _options(draft, name, issue, issue.inspection)


def _counts(draft: Draft, path: Path, said: Inspection) -> Iterator[Problem]:
    for key, number in (("significant", said.significant), ("drawn", said.drawn)):
        if number is not None and number > said.items:
            what = f"{key} is {number}, more than the {said.items} items that there are"
            yield draft.layout.problem((*path, key), what, "Write at most as many as `items`.")
    if said.suspicion is not None and not said.challenge:
        what = "a suspicion is given, but no inspection answers it"
        yield draft.layout.problem((*path, "suspicion"), what, "Write `challenge: true`, or remove it.", level="warning")
    if said.challenge and said.suspicion is None:
        what = "a challenge answers a suspicion, and nothing says how probable it is that one arises"
        remedy = "Write `suspicion:` with a probability; without it the challenge is left out of what visits can find."
        yield draft.layout.problem((*path, "challenge"), what, remedy, level="warning")
    reached = 1.0 - (1.0 - said.power) ** said.significant
    if said.drawn is None and reached < said.goal:
        what = f"with power {said.power:g} even looking at every item finds {said.significant} wrong ones only with {reached:.3g}"
        remedy = "The goal is out of reach: lower it, or name a better method; the answers will say that it is not reachable."
        yield draft.layout.problem(path, what, remedy, level="warning", key=True)


def _options(draft: Draft, name: str, issue: Issue, said: Inspection) -> Iterator[Problem]:
    path: Path = ("issues", name, "inspection", "options")
    for at, option in each(path, draft.layout, said.options):
        yield from known_option(draft, draft.layout, at, name, (option,))
        if option == issue.status_quo:
            what = f"{option} is the status quo, which nobody hands over, so there is nothing to inspect"
            yield draft.layout.problem(at, what, "Name options that are agreed.")


def declaration_checks(draft: Draft) -> Iterator[Problem]:
    """All checks of `declarations`: probabilities, categories that somebody claims, amounts above zero, places that exist."""
    said = draft.file.declarations
    if said is None:
        return
    if said.base_rate is not None and not 0 < said.base_rate[0] <= said.base_rate[2] < 1:
        what = f"a base rate lies strictly between 0 and 1, found {list(said.base_rate)}"
        yield draft.layout.problem(("declarations", "base_rate"), what, "Write [low, mode, high] such as [0.2, 0.4, 0.7].")
    if said.base_rate is not None and not (said.why or said.source):
        what = "a base rate is given without what it rests on"
        yield draft.layout.problem(("declarations", "base_rate"), what, "Write `why:` or `source:` beside it.", key=True)
    known = dict.fromkeys(claim.category for claim in draft.tables.claims.rows)
    yield from _balances(draft, said.balances, known)
    for category, search in said.search.items():
        where: Path = ("declarations", "search", category)
        if category not in known:
            yield draft.layout.problem(where, *_unclaimed(category, known), key=True)
        yield from _search(draft, where, search)


def _unclaimed(category: str, known: Collection[str]) -> tuple[str, str]:
    return f"no claim speaks of {shown(category)}", f"{suggest(category, known)} Categories stand in evidence/claims.csv."


def _balances(draft: Draft, balances: Sequence[Balance], known: Collection[str]) -> Iterator[Problem]:
    for at, balance in enumerate(balances):
        path: Path = ("declarations", "balances", at)
        for place, category in ((("of",), balance.of), *((("takes", c), c) for c in balance.takes)):
            if category not in known:
                yield draft.layout.problem((*path, *place), *_unclaimed(category, known), key=place[0] == "takes")
        for category, taken in balance.takes.items():
            if taken[0] <= 0:
                what = f"one {balance.of} is said to take {list(taken)} of {category}"
                yield draft.layout.problem((*path, "takes", category), what, "Write amounts above zero.")


def _search(draft: Draft, path: Path, said: Search) -> Iterator[Problem]:
    for key, number in (("hidden", said.hidden), ("visits", said.visits)):
        if number > said.places:
            what = f"{key} is {number}, more than the {said.places} places that there are"
            yield draft.layout.problem((*path, key), what, "Write at most as many as `places`.")
    if not 0 <= said.reach[0] <= said.reach[2] <= 1:
        what = f"a reach is a probability, found {list(said.reach)}"
        yield draft.layout.problem((*path, "reach"), what, "Write [low, mode, high] such as [0.3, 0.5, 0.8].")
