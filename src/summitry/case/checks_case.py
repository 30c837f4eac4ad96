"""What case.yaml says: names that exist and mean one thing, and links, amounts, days and inspections that can be."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, TypeAlias, cast

from summitry.case.source import shown
from summitry.case.words import suggest, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from summitry.case.draft import Draft
    from summitry.case.types import Inspection, Issue
    from summitry.case.yaml import Layout, Path
    from summitry.errors import Problem


NAME_LIMIT = 200
LAST = dt.date(9000, 1, 1)
RESERVED = frozenset({"why", "source", "kind", "options"})


def known_party(draft: Draft, layout: Layout, path: Path, party: str, *, key: bool = False) -> Iterator[Problem]:
    """A problem where `party` is none of the case's."""
    if party not in draft.file.parties:
        yield layout.error(path, *unknown(party, "party of this case", draft.file.parties), key=key)


def known_option(
    draft: Draft, layout: Layout, path: Path, issue: str, options: Iterable[str], *, key: bool = False
) -> Iterator[Problem]:
    """A problem where `issue` is none of the case's, or one of `options` none of the issue's."""
    for part in (issue,) if issue not in draft.issues else options:
        for what, remedy in no_option(draft, issue, part):
            yield layout.error(path, what, remedy, key=key)


def no_option(draft: Draft, issue: str, option: str | None) -> list[tuple[str, str]]:
    """What is wrong with the name of an issue, or of its option where one is named, and which could be meant."""
    if issue not in draft.issues:
        return [unknown(issue, "issue of this case", draft.issues)]
    options = draft.issues[issue].options
    return [] if option is None or option in options else [unknown(option, f"option of {issue}", options)]


def known_place(draft: Draft, layout: Layout, path: Path, place: str) -> Iterator[Problem]:
    """A problem where `place` is not written ISSUE.OPTION, or names what the case does not have."""
    issue, dot, option = place.partition(".")
    if not dot:
        example = next((f"{name}.{list(body.options)[-1]}" for name, body in draft.issues.items()), "issue.option")
        if issue in draft.issues:
            example = f"{issue}.{list(draft.issues[issue].options)[-1]}"
        yield layout.error(path, f"{shown(place)} does not name an option", f"Write ISSUE.OPTION, for example {example}.")
        return
    yield from known_option(draft, layout, path, issue, (option,))


def each(path: Path, layout: Layout, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Each of `names` with its own place where the file has a list, or the place of the single name."""
    for at, name in enumerate(names):
        own = (*path, at)
        yield (own if own in layout.places else path), name


def _identities(draft: Draft) -> Iterator[Problem]:
    """One id means one thing, and what is shown to people can be told apart."""
    file = draft.file
    groups_of: dict[str, str] = {}
    groups = {"parties": tuple(file.parties), "coalitions": tuple(file.coalitions), "outsiders": tuple(file.outsiders)}
    for group, ids in groups.items():
        for name in ids:
            if name in groups_of:
                what = f"{shown(name)} stands under {groups_of[name]} and under {group}"
                yield draft.layout.error((group, name), what, "Rename one of them.", key=True)
            groups_of.setdefault(name, group)
    for group, titles in (
        ("parties", {key: (party.name, "name") for key, party in file.parties.items()}),
        ("issues", {key: (issue.title, "title") for key, issue in file.issues.items()}),
    ):
        first: dict[str, str] = {}
        for key, (title, part) in titles.items():
            same = " ".join(title.casefold().split())
            if not same:
                what = f"the {part} is empty"
                yield draft.layout.error((group, key, part), what, "Write what people should read in tables and pictures.")
            elif same in first:
                what = f"{first[same]} and {key} have the same {part}"
                yield draft.layout.warning((group, key, part), what, "Tell them apart: readers see only this.")
            if len(title) > NAME_LIMIT:
                remedy = f"Write at most {NAME_LIMIT}, and the rest under `about` or `note`."
                yield draft.layout.error((group, key, part), f"this {part} has {len(title)} characters", remedy)
            first.setdefault(same, key)


def _coalitions(draft: Draft) -> Iterator[Problem]:
    file = draft.file
    for name, party in file.parties.items():
        if party.coalition is not None and party.coalition not in file.coalitions:
            fault = unknown(party.coalition, "coalition of this case", file.coalitions, " Coalitions stand under `coalitions`.")
            yield draft.layout.error(("parties", name, "coalition"), *fault)
    for name, coalition in file.coalitions.items():
        path = ("coalitions", name, "lead")
        yield from known_party(draft, draft.layout, path, coalition.lead)
        members = [p for p, party in file.parties.items() if party.coalition == name]
        if coalition.lead in file.parties and coalition.lead not in members:
            what = f"{coalition.lead} leads {name} without being a member"
            yield draft.layout.error(path, what, f"Write `coalition: {name}` at the party, or name another lead.")


def _issue_names(draft: Draft) -> Iterator[Problem]:
    """Names within an issue: givers, and the options that its parts speak of."""
    for name, issue in draft.issues.items():
        path: Path = ("issues", name)
        for place, giver in each((*path, "giver"), draft.layout, issue.giver):
            yield from known_party(draft, draft.layout, place, giver)
        if not issue.giver:
            what = "nobody gives this, so nobody can be asked for it"
            yield draft.layout.warning(path, what, "Name who can grant it: `giver: us`, or several in a list.", key=True)
        for option in issue.options:
            where = (*path, "options", option)
            if option in RESERVED:
                what = f"{shown(option)} cannot name an option, because preference files use this word"
                yield draft.layout.error(where, what, "Choose another word.", key=True)
            if not option.strip() or len(option) > NAME_LIMIT:
                what = f"{shown(option)} cannot name an option"
                yield draft.layout.error(where, what, f"Write one to {NAME_LIMIT} characters.", key=True)
        yield from _option_parts(draft, name)


def _option_parts(draft: Draft, name: str) -> Iterator[Problem]:
    """The tables of an issue speak of its own options, and its links of options anywhere."""
    issue = draft.issues[name]
    tables = {"takes": issue.takes, "verified_by": issue.verified_by, "recoverable": issue.recoverable}
    links = _linked(issue)
    own = [(part, option) for part, table in [*tables.items(), *links.items()] for option in cast("dict[str, object]", table)]
    for part, option in own:
        yield from known_option(draft, draft.layout, ("issues", name, part, option), name, (option,), key=True)
    for part, link in links.items():
        for option, places in link.items():
            for place, text in each(("issues", name, part, option), draft.layout, places):
                yield from known_place(draft, draft.layout, place, text)


def _linked(issue: Issue) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the options of an issue say of those of others, by key."""
    return {"requires": issue.requires, "with": issue.with_, "excludes": issue.excludes}


def _people(draft: Draft) -> Iterator[Problem]:
    for party in draft.file.constituencies:
        yield from known_party(draft, draft.layout, ("constituencies", party), party, key=True)
    for at, law in enumerate(draft.file.laws):
        yield from known_party(draft, draft.layout, ("laws", at, "party"), law.party)
        for place, text in each(("laws", at, "forbids"), draft.layout, law.forbids):
            yield from known_place(draft, draft.layout, place, text)
        if not 0 <= law.waiver[0] <= law.waiver[2] <= 1:
            what = f"the chance of a waiver must lie between 0 and 1, found {list(law.waiver)}"
            yield draft.layout.error(("laws", at, "waiver"), what, "Write probabilities such as [0.1, 0.3, 0.5].")


def _packages(draft: Draft) -> Iterator[Problem]:
    for name, idea in draft.file.ideas.items():
        for issue, option in idea.package.items():
            path = ("ideas", name, "package", issue)
            yield from known_option(draft, draft.layout, path, issue, (option,), key=issue not in draft.issues)


def _reachable(draft: Draft) -> Iterator[Problem]:
    """Chances that are asked for and that slips alone rule out: others answer by chance in a share `slip` of the draws."""
    settings, others = draft.file.settings, len(draft.file.parties) - 1
    one, all_of_them = 1.0 - settings.slip / 2.0, 1.0 - settings.slip * (1.0 - 2.0**-others)
    wanted: list[tuple[tuple[str, ...], float, float]] = [
        (("settings", "joint"), settings.joint, all_of_them),
        (("settings", "price_at"), settings.price_at, one),
    ]
    wanted += [(("coalitions", name, "accept"), coalition.accept, one) for name, coalition in draft.file.coalitions.items()]
    for path, share, most in wanted:
        if share > most:
            what = f"with a slip of {settings.slip:g} nothing is accepted in more than {most:.2f} of draws, not in {share:g}"
            yield draft.layout.warning(path, what, f"Ask for {most:.2f} or less, or lower `slip` in the settings.")


def _settings(draft: Draft) -> Iterator[Problem]:
    settings = draft.file.settings
    if settings.principal is not None:
        yield from known_party(draft, draft.layout, ("settings", "principal"), settings.principal)
    if draft.file.mediator is not None:
        yield from known_party(draft, draft.layout, ("mediator",), draft.file.mediator)
    yield from _reachable(draft)
    if settings.deliverable is not None:
        yield from known_place(draft, draft.layout, ("settings", "deliverable"), settings.deliverable)
    if settings.idea is not None and settings.idea not in draft.file.ideas:
        what = f"{shown(settings.idea)} is none of the ideas of this case"
        yield draft.layout.error(("settings", "idea"), what, suggest(settings.idea, draft.file.ideas))


Choice: TypeAlias = tuple[str, str]
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_WHOLE = 100
_VERBS = {"requires": "require", "with": "go with", "excludes": "exclude"}


def _each_issue(draft: Draft) -> Iterator[Problem]:
    for name, issue in draft.issues.items():
        for check in (_quantities, _expiry, _links):
            yield from check(draft, name, issue)


def _requirements(draft: Draft) -> Iterator[Problem]:
    """Requirements run in no circle, and what they ask for can be had."""
    first = requirements(draft, ("requires",))
    cycle = find_cycle({choice: [needed for needed, _ in needs] for choice, needs in first.items()})
    if cycle is not None:
        name, option = cycle[0]
        what = f"these require each other in a circle, so none can come first: {' -> '.join(map('.'.join, cycle))}"
        yield draft.layout.error(("issues", name, "requires", option), what, "Remove one of these requirements.", key=True)
    yield from _unreachable(draft, requirements(draft, ("requires", "with")), set(cycle or ()))


def requirements(draft: Draft, parts: tuple[str, ...]) -> dict[Choice, list[tuple[Choice, Path]]]:
    """What each option requires or goes with, by `parts`, and the place that says so; names that do not exist are left out."""
    links: dict[Choice, list[tuple[Choice, Path]]] = {}
    for name, issue in draft.issues.items():
        for part, option, places in ((key, *link) for key in parts for link in _linked(issue)[key].items()):
            for at, place in enumerate(places):
                needed, _, way = place.partition(".")
                if option in issue.options and needed in draft.issues and way in draft.issues[needed].options and needed != name:
                    path: Path = ("issues", name, part, option)
                    links.setdefault((name, option), []).append(
                        ((needed, way), (*path, at) if (*path, at) in draft.layout.places else path)
                    )
    return links


def find_cycle(graph: dict[Choice, list[Choice]]) -> list[Choice] | None:
    """One circle of `graph` (its first member again at the end), or None; depth first, without recursion."""
    safe: set[Choice] = set()
    for start in graph:
        trail: list[Choice] = []
        stack: list[tuple[Choice, bool]] = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                trail.pop()
                safe.add(node)
            elif node in trail:
                return [*trail[trail.index(node) :], node]
            elif node not in safe:
                trail.append(node)
                stack.append((node, True))
                stack += [(after, False) for after in graph.get(node, ())]
    return None


def _quantities(draft: Draft, name: str, issue: Issue) -> Iterator[Problem]:
    """Amounts are numbers or percentages of a holding that the evidence knows, and no two options move the same amount."""
    amounts: dict[str, tuple[bool, float]] = {}
    for option, value in issue.options.items():
        amount = _amount(value)
        path: Path = ("issues", name, "options", option)
        if amount is not None:
            amounts[option] = amount
            if amount[0] and amount[1] > _WHOLE:
                yield draft.layout.error(path, f"{value} is more than the whole holding", "Write at most 100%.")
            if amount[1] < 0:
                what = f"an option cannot move {amount[1]:g}"
                yield draft.layout.error(path, what, "Write 0 or more; the giver says in which direction it goes.")
        elif value is not None:
            what = f"{shown(str(value))} is neither a number nor a percentage"
            yield draft.layout.error(path, what, "Write how much it moves, such as 3 or 33%.")
    yield from _order(draft, name, amounts)
    yield from _holding(draft, name, issue, percentages=any(is_percent for is_percent, _ in amounts.values()))
    if issue.splits and not amounts:
        what = "this can be split, but no option says how much it moves"
        yield draft.layout.warning(("issues", name, "splits"), what, "Give the options amounts, or remove `splits`.")
    if issue.smallest is not None and not issue.splits:
        what = "a smallest part is given for what cannot be split"
        yield draft.layout.warning(("issues", name, "smallest"), what, "Write `splits: true`, or remove `smallest`.")


def _amount(value: float | str | None) -> tuple[bool, float] | None:
    """Whether an amount is a percentage, and its number."""
    if not isinstance(value, str):
        return None if value is None else (False, value)
    percent = _PERCENT.fullmatch(value)
    return None if percent is None else (True, float(percent[1]))


def _order(draft: Draft, name: str, amounts: dict[str, tuple[bool, float]]) -> Iterator[Problem]:
    """Amounts differ, and rise from the first option to the last."""
    first: dict[tuple[bool, float], str] = {}
    for option, amount in amounts.items():
        if amount in first:
            what = f"{option} moves the same amount as {first[amount]}"
            remedy = "Check the amounts, or make one option of the two."
            yield draft.layout.warning(("issues", name, "options", option), what, remedy)
        first.setdefault(amount, option)
    for kind in (True, False):
        sizes = [size for is_percent, size in amounts.values() if is_percent == kind]
        if sizes != sorted(sizes):
            what = "the amounts of the options do not rise from first to last"
            remedy = "List the options from least to most: a later option also meets what requires an earlier one."
            yield draft.layout.warning(("issues", name, "options"), what, remedy, key=True)


def _holding(draft: Draft, name: str, issue: Issue, *, percentages: bool) -> Iterator[Problem]:
    categories = dict.fromkeys(claim.category for claim in draft.tables.claims.rows)
    if issue.holding is None and percentages:
        what = "percentages are given, but not of which holding"
        remedy = "Write `holding:` with a category of evidence/claims.csv."
        yield draft.layout.error(("issues", name, "options"), what, remedy, key=True)
    elif issue.holding is not None and categories and issue.holding not in categories:
        remedy = f"{suggest(issue.holding, categories)} Categories stand in evidence/claims.csv."
        yield draft.layout.error(("issues", name, "holding"), f"no claim speaks of the holding {shown(issue.holding)}", remedy)


def _expiry(draft: Draft, name: str, issue: Issue) -> Iterator[Problem]:
    if issue.expires is not None and issue.expires < draft.file.as_of:
        what = f"this expired on {issue.expires}, before the case's date {draft.file.as_of}"
        yield draft.layout.warning(("issues", name, "expires"), what, "Remove the issue, or correct the date.")


def _links(draft: Draft, name: str, issue: Issue) -> Iterator[Problem]:
    """Links that say nothing or undo themselves."""
    for part, links in _linked(issue).items():
        for option, places in links.items():
            path: Path = ("issues", name, part, option)
            if option == issue.status_quo:
                what = f"{option} is the status quo, which holds without any agreement, so it cannot {_VERBS[part]} anything"
                yield draft.layout.error(path, what, "Put the link at the options that are agreed.", key=True)
            for place in places:
                other, dot, way = place.partition(".")
                if not dot:
                    continue
                if other == name:
                    what = f"{name} speaks of its own option {shown(way)}; of one issue only one option is chosen anyway"
                    yield draft.layout.error(path, what, "Name an option of another issue, or remove it.")
                elif part != "excludes" and other in draft.issues and way == draft.issues[other].status_quo:
                    what = f"{place} is the status quo of {other}, so it is met in any case"
                    remedy = f"Name the option that must {'come first' if part == 'requires' else 'come with it'}, or remove it."
                    yield draft.layout.warning(path, what, remedy)


def _unreachable(draft: Draft, links: dict[Choice, list[tuple[Choice, Path]]], circle: set[Choice]) -> Iterator[Problem]:
    """Options whose prerequisites cannot be chosen beside them, or stay closed by a red line.

    1. A requirement is met by the required option or a later one that is itself reachable and not excluded on either side.
    2. What is unreachable makes what requires it unreachable, until nothing changes.
    3. The same once more with red lines ("never"): what only they close is a warning, because red lines move.
    """
    firm, blocked = _closed(draft, links, red=set())
    mandates = [sheet.preferences.mandate for sheet in draft.sheets if sheet.holder == sheet.about]
    ways = [(issue, option, may) for mandate in mandates for issue, options in mandate.items() for option, may in options.items()]
    red = {(issue, option) for issue, option, may in ways if may == "never"}
    for choice, (path, needed) in blocked.items():
        if choice not in circle:
            far = "which it excludes or which is out of reach"
            what = f"{'.'.join(choice)} can never be chosen: it {_needs(path)} {'.'.join(needed)}, {far}"
            yield draft.layout.error(path, what, "Remove the requirement or the exclusion.")
    for choice, (path, needed) in _closed(draft, links, red=red)[1].items():
        if choice not in firm and choice not in red:
            what = (
                f"{'.'.join(choice)} is out of reach while a red line stands: it {_needs(path)} {'.'.join(needed)}, "
                "closed by a `never`"
            )
            yield draft.layout.warning(path, what, "Remove the requirement, or keep it and know that the red line closes both.")


def _needs(path: Path) -> str:
    return "goes with" if "with" in path else "requires"


def _closed(
    draft: Draft, links: dict[Choice, list[tuple[Choice, Path]]], red: set[Choice]
) -> tuple[set[Choice], dict[Choice, tuple[Path, Choice]]]:
    """All options out of reach (those in `red` from the start), and for each other one the requirement that closes it."""
    bars = [(name, way, place) for name, issue in draft.issues.items() for way, to in issue.excludes.items() for place in to]
    pairs = [((name, way), tuple(place.split(".", 1))) for name, way, place in bars]
    excluded = {*pairs, *((second, first) for first, second in pairs)}
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


def _calendar(draft: Draft) -> Iterator[Problem]:
    """What issues take from the calendar is there, and their windows can be reached."""
    room = draft.file.calendar.resources
    for name, issue in draft.issues.items():
        for part, needs in (("uses", issue.uses), ("checks", issue.checks)):
            for option, units in needs.items():
                yield from known_option(draft, draft.layout, ("issues", name, part), name, (option,), key=True)
                for resource, number in units.items():
                    if resource not in room:
                        fault = unknown(resource, "resource of this case", room, " Resources stand under calendar.resources.")
                        yield draft.layout.error(("issues", name, part), *fault, key=True)
                    elif number > room[resource]:
                        what = f"{name}.{option} asks for {number} of {resource}, and there are {room[resource]}"
                        remedy = "Raise the number under calendar.resources, or ask for less; until then no plan can hold it."
                        yield draft.layout.warning(("issues", name, part), what, remedy, key=True)
        yield from _window(draft, name, issue)


def _window(draft: Draft, name: str, issue: Issue) -> Iterator[Problem]:
    """A window lies in a time that the plan can reach."""
    for key, day in (("latest", issue.window.latest), ("earliest", issue.window.earliest)):
        if day is not None and day >= LAST:
            yield draft.layout.error(("issues", name, "window", key), f"{day} is too far away", "Write a nearer date.")
    if issue.window.latest is not None and issue.window.latest < draft.file.as_of:
        what = f"this had to be done by {issue.window.latest}, before the case's date {draft.file.as_of}"
        yield draft.layout.warning(("issues", name, "window", "latest"), what, "Correct the date.")


def _inspections(draft: Draft) -> Iterator[Problem]:
    for name, issue in draft.issues.items():
        if issue.inspection is not None:
            yield from _counts(draft, ("issues", name, "inspection"), issue.inspection)
            yield from _inspected_options(draft, name, issue, issue.inspection)


def _counts(draft: Draft, path: Path, inspection: Inspection) -> Iterator[Problem]:
    for key, number in (("significant", inspection.significant), ("drawn", inspection.drawn)):
        if number is not None and number > inspection.items:
            what = f"{key} is {number}, more than the {inspection.items} items that there are"
            yield draft.layout.error((*path, key), what, "Write at most as many as `items`.")
    if inspection.suspicion is not None and not inspection.challenge:
        what = "a suspicion is given, but no inspection answers it"
        yield draft.layout.warning((*path, "suspicion"), what, "Write `challenge: true`, or remove it.")
    if inspection.challenge and inspection.suspicion is None:
        what = "a challenge answers a suspicion, and nothing says how probable it is that one arises"
        remedy = "Write `suspicion:` with a probability; without it the challenge is left out of what visits can find."
        yield draft.layout.warning((*path, "challenge"), what, remedy)
    reached = 1.0 - (1.0 - inspection.power) ** inspection.significant
    if inspection.drawn is None and reached < inspection.goal:
        power, wrong = inspection.power, inspection.significant
        what = f"with power {power:g} even looking at every item finds {wrong} wrong ones only with {reached:.3g}"
        remedy = "The goal is out of reach: lower it, or name a better method; the answers will say that it is not reachable."
        yield draft.layout.warning(path, what, remedy, key=True)


def _inspected_options(draft: Draft, name: str, issue: Issue, inspection: Inspection) -> Iterator[Problem]:
    path: Path = ("issues", name, "inspection", "options")
    for at, option in each(path, draft.layout, inspection.options):
        yield from known_option(draft, draft.layout, at, name, (option,))
        if option == issue.status_quo:
            what = f"{option} is the status quo, which nobody hands over, so there is nothing to inspect"
            yield draft.layout.error(at, what, "Name options that are agreed.")


NAMES = (_identities, _coalitions, _issue_names, _people, _packages, _settings)
"""What names in case.yaml must keep."""
ISSUES = (_each_issue, _requirements)
"""What issues must keep against each other."""
PARTS = (_inspections, _calendar)
