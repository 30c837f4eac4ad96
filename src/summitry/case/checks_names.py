"""Names in case.yaml: every party, coalition, issue and option that is spoken of exists, and no name means two things."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from summitry.case.source import shown
from summitry.case.words import suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from summitry.case.draft import Draft
    from summitry.case.layout import Layout, Path
    from summitry.errors import Problem

NAME_LIMIT = 200
RESERVED = frozenset({"why", "source", "kind", "options"})


def name_checks(draft: Draft) -> Iterator[Problem]:
    """All checks of names in case.yaml."""
    yield from _identities(draft)
    yield from _coalitions(draft)
    yield from _options(draft)
    yield from _people(draft)
    yield from _packages(draft)
    yield from _settings(draft)


def known_party(draft: Draft, layout: Layout, path: Path, party: str, *, key: bool = False) -> Iterator[Problem]:
    """A problem where `party` is none of the case's."""
    if party not in draft.file.parties:
        yield layout.problem(path, f"{shown(party)} is no party of this case", suggest(party, draft.file.parties), key=key)


def known_option(
    draft: Draft, layout: Layout, path: Path, issue: str, options: Iterable[str], *, key: bool = False
) -> Iterator[Problem]:
    """A problem where `issue` is none of the case's, or one of `options` none of the issue's."""
    if issue not in draft.issues:
        yield layout.problem(path, f"{shown(issue)} is no issue of this case", suggest(issue, draft.issues), key=key)
        return
    for option in options:
        if option not in draft.issues[issue].options:
            yield layout.problem(
                path, f"{shown(option)} is no option of {issue}", suggest(option, draft.issues[issue].options), key=key
            )


def known_place(draft: Draft, layout: Layout, path: Path, place: str) -> Iterator[Problem]:
    """A problem where `place` is not written ISSUE.OPTION, or names what the case does not have."""
    issue, dot, option = place.partition(".")
    if not dot:
        example = next((f"{name}.{list(body.options)[-1]}" for name, body in draft.issues.items()), "issue.option")
        if issue in draft.issues:
            example = f"{issue}.{list(draft.issues[issue].options)[-1]}"
        yield layout.problem(path, f"{shown(place)} does not name an option", f"Write ISSUE.OPTION, for example {example}.")
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
    seen: dict[str, str] = {}
    groups = {"parties": tuple(file.parties), "coalitions": tuple(file.coalitions), "outsiders": tuple(file.outsiders)}
    for group, ids in groups.items():
        for name in ids:
            if name in seen:
                yield draft.layout.problem(
                    (group, name), f"{shown(name)} stands under {seen[name]} and under {group}", "Rename one of them.", key=True
                )
            seen.setdefault(name, group)
    for group, titles in (
        ("parties", {key: (party.name, "name") for key, party in file.parties.items()}),
        ("issues", {key: (issue.title, "title") for key, issue in file.issues.items()}),
    ):
        first: dict[str, str] = {}
        for key, (title, part) in titles.items():
            same = " ".join(title.casefold().split())
            if not same:
                yield draft.layout.problem(
                    (group, key, part), f"the {part} is empty", "Write what people should read in tables and pictures."
                )
            elif same in first:
                what = f"{first[same]} and {key} have the same {part}"
                yield draft.layout.problem((group, key, part), what, "Tell them apart: readers see only this.", level="warning")
            if len(title) > NAME_LIMIT:
                what = f"this {part} has {len(title)} characters"
                yield draft.layout.problem(
                    (group, key, part), what, f"Write at most {NAME_LIMIT}, and the rest under `about` or `note`."
                )
            first.setdefault(same, key)


def _coalitions(draft: Draft) -> Iterator[Problem]:
    file = draft.file
    for name, party in file.parties.items():
        if party.coalition is not None and party.coalition not in file.coalitions:
            what = f"{shown(party.coalition)} is no coalition of this case"
            yield draft.layout.problem(
                ("parties", name, "coalition"),
                what,
                f"{suggest(party.coalition, file.coalitions)} Coalitions stand under `coalitions`.",
            )
    for name, coalition in file.coalitions.items():
        path = ("coalitions", name, "lead")
        yield from known_party(draft, draft.layout, path, coalition.lead)
        members = [p for p, party in file.parties.items() if party.coalition == name]
        if coalition.lead in file.parties and coalition.lead not in members:
            what = f"{coalition.lead} leads {name} without being a member"
            yield draft.layout.problem(path, what, f"Write `coalition: {name}` at the party, or name another lead.")


def _options(draft: Draft) -> Iterator[Problem]:
    """Names within an issue: givers, and the options that its parts speak of."""
    for name, issue in draft.issues.items():
        path: Path = ("issues", name)
        for place, giver in each((*path, "giver"), draft.layout, issue.giver):
            yield from known_party(draft, draft.layout, place, giver)
        if not issue.giver:
            what = "nobody gives this, so nobody can be asked for it"
            yield draft.layout.problem(
                path, what, "Name who can grant it: `giver: us`, or several in a list.", level="warning", key=True
            )
        for option in issue.options:
            where = (*path, "options", option)
            if option in RESERVED:
                yield draft.layout.problem(
                    where,
                    f"{shown(option)} cannot name an option, because preference files use this word",
                    "Choose another word.",
                    key=True,
                )
            if not option.strip() or len(option) > NAME_LIMIT:
                yield draft.layout.problem(
                    where, f"{shown(option)} cannot name an option", f"Write one to {NAME_LIMIT} characters.", key=True
                )
        yield from _option_parts(draft, name)


def _option_parts(draft: Draft, name: str) -> Iterator[Problem]:
    """The tables of an issue speak of its own options, and its links of options anywhere."""
    issue = draft.issues[name]
    tables = {"takes": issue.takes, "verified_by": issue.verified_by, "recoverable": issue.recoverable}
    links = {"requires": issue.requires, "excludes": issue.excludes}
    own = [(part, option) for part, table in [*tables.items(), *links.items()] for option in cast("dict[str, object]", table)]
    for part, option in own:
        yield from known_option(draft, draft.layout, ("issues", name, part, option), name, (option,), key=True)
    for part, link in links.items():
        for option, places in link.items():
            for place, text in each(("issues", name, part, option), draft.layout, places):
                yield from known_place(draft, draft.layout, place, text)


def _people(draft: Draft) -> Iterator[Problem]:
    for party in draft.file.constituencies:
        yield from known_party(draft, draft.layout, ("constituencies", party), party, key=True)
    for at, law in enumerate(draft.file.laws):
        yield from known_party(draft, draft.layout, ("laws", at, "party"), law.party)
        for place, text in each(("laws", at, "forbids"), draft.layout, law.forbids):
            yield from known_place(draft, draft.layout, place, text)
        if not 0 <= law.waiver[0] <= law.waiver[2] <= 1:
            what = f"the chance of a waiver must lie between 0 and 1, found {list(law.waiver)}"
            yield draft.layout.problem(("laws", at, "waiver"), what, "Write probabilities such as [0.1, 0.3, 0.5].")


def _packages(draft: Draft) -> Iterator[Problem]:
    for name, idea in draft.file.ideas.items():
        for issue, option in idea.package.items():
            path = ("ideas", name, "package", issue)
            yield from known_option(draft, draft.layout, path, issue, (option,), key=issue not in draft.issues)


def _settings(draft: Draft) -> Iterator[Problem]:
    settings = draft.file.settings
    if settings.principal is not None:
        yield from known_party(draft, draft.layout, ("settings", "principal"), settings.principal)
    if settings.deliverable is not None:
        yield from known_place(draft, draft.layout, ("settings", "deliverable"), settings.deliverable)
    if settings.idea is not None and settings.idea not in draft.file.ideas:
        what = f"{shown(settings.idea)} is none of the ideas of this case"
        yield draft.layout.problem(("settings", "idea"), what, suggest(settings.idea, draft.file.ideas))
