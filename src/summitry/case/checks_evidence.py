"""What the evidence says, and what declarations are held against: names, dates before the case's, ranges, quotations."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from summitry.case.checks_case import no_option
from summitry.case.dates import exact_period, line_of, of_text, worded_periods
from summitry.case.draft import CASE
from summitry.case.rows import GIVING, UNSTATED, find_words, is_rate, main_unit, stem
from summitry.case.source import shown
from summitry.case.words import suggest, unknown
from summitry.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from summitry.case.draft import Draft
    from summitry.case.rows import Claim, Commitment, Document, Event, Position
    from summitry.case.tables import Table
    from summitry.case.types import Balance, Search
    from summitry.case.yaml import Path


_YEAR = dt.timedelta(days=365)
FORMS = "Write a year, a month or a day: 2018, 2018-06 or 2018-06-12; or a span of years, 2015-2018."
KNOWN_LATER = "Nothing that became known later may enter the case: remove the row, or correct the date."


def _rows(draft: Draft) -> Iterator[Problem]:
    """What each row says; a case without any is legal."""
    people = _people(draft)
    parties = {key for key, (_, kind) in people.items() if kind == "parties"}
    for at, claim in enumerate(draft.tables.claims.rows):
        if _key(claim.holder) not in people:
            yield _stranger(draft, draft.tables.claims, at, "holder", claim.holder, warning=False)
        yield from _claim_range(draft.tables.claims, at, claim)
        yield from _claim_dates(draft, at, claim)
    yield from _claim_units(draft)
    for at, event in enumerate(draft.tables.events.rows):
        yield from _event(draft, at, event)
    for at, position in enumerate(draft.tables.positions.rows):
        yield from _position(draft, at, position)
    for at, commitment in enumerate(draft.tables.commitments.rows):
        yield from _commitment(draft, at, commitment)
    yield from _actors(draft, people, parties)


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def _people(draft: Draft) -> dict[str, tuple[str, str]]:
    """Everybody whom the case names, by id and by name, with the part of case.yaml that names them."""
    file = draft.file
    people: dict[str, tuple[str, str]] = {}
    for kind, group in (("parties", file.parties), ("coalitions", file.coalitions), ("outsiders", file.outsiders)):
        for key, body in group.items():
            people.setdefault(_key(key), (key, kind))
            people.setdefault(_key(body.name), (key, kind))
    return people


def _stranger(
    draft: Draft, table: Table[Claim] | Table[Event] | Table[Commitment], at: int, column: str, name: str, *, warning: bool
) -> Problem:
    say = table.warning if warning else table.error
    what = f"{shown(name)} is nobody whom {CASE} names"
    people = [*draft.file.parties, *draft.file.coalitions, *draft.file.outsiders]
    remedy = f"{suggest(name, people)} Whoever does not negotiate can stand under `outsiders`."
    return say(at, column, what, remedy)


def _claim_range(table: Table[Claim], at: int, claim: Claim) -> Iterator[Problem]:
    numbers = [(name, n) for name, n in (("low", claim.low), ("central", claim.central), ("high", claim.high)) if n is not None]
    if not numbers:
        what = "no number is claimed"
        yield table.error(at, "central", what, "Fill in low, central or high; a claim without a number belongs in the events.")
    for (first, low), (second, high) in pairwise(numbers):
        if low > high:
            yield table.error(at, first, f"{first} ({low:g}) is more than {second} ({high:g})", "Write low <= central <= high.")


def _claim_units(draft: Draft) -> Iterator[Problem]:
    """Claims of one holder's category in different units cannot be compared; the smaller group is pointed out, row by row."""
    groups: dict[tuple[str, str], list[tuple[int, Claim]]] = {}
    people = _people(draft)
    for at, claim in enumerate(draft.tables.claims.rows):
        holder = people.get(_key(claim.holder), (_key(claim.holder), ""))[0]
        groups.setdefault((holder, claim.category), []).append((at, claim))
    for (holder, category), rows in groups.items():
        unit = main_unit([claim for _, claim in rows], draft.file.as_of)
        for at, claim in rows:
            if claim.unit != unit and not is_rate(claim.unit, unit):
                what = f"{category} of {holder} is claimed in {shown(claim.unit)} here, and in {shown(unit)} by others"
                remedy = f"Convert it to {shown(unit)}; until then this claim is left out of every comparison."
                yield draft.tables.claims.warning(at, "unit", what, remedy)


def _claim_dates(draft: Draft, at: int, claim: Claim) -> Iterator[Problem]:
    """What a claim speaks of may lie in the future (a projection); when it was published may not."""
    table, today = draft.tables.claims, draft.file.as_of
    span, out = exact_period(claim.as_of), exact_period(claim.published)
    if span is None:
        yield table.error(at, "as_of", f"{shown(claim.as_of)} is no date", FORMS)
    if claim.published and out is None:
        yield table.error(at, "published", f"{shown(claim.published)} is no date", FORMS)
    elif out is not None and out[0] > today:
        yield table.error(at, "published", f"this was published {claim.published}, after the case's date {today}", KNOWN_LATER)
    elif out is not None and out[1] > today:
        what = f"published {claim.published} may lie before or after the case's date {today}"
        yield table.warning(at, "published", what, "Give the month or the day.")
    elif span is not None and not claim.published:
        yield from _unpublished(table, at, claim, span, today)


def _unpublished(table: Table[Claim], at: int, claim: Claim, span: tuple[dt.date, dt.date], today: dt.date) -> Iterator[Problem]:
    if span[0] > today:
        what = f"this speaks of {claim.as_of}, after the case's date {today}, and does not say when it was published"
        remedy = f"Fill in `published` if it is a projection made by {today}; otherwise remove the row."
        yield table.error(at, "as_of", what, remedy)
    elif span[1] > today - _YEAR:
        what = f"this speaks of {claim.as_of}, close to the case's date {today}, and does not say when it was published"
        yield table.warning(at, "published", what, "Fill in `published`, so that it is sure that it was known by then.")


def _event(draft: Draft, at: int, event: Event) -> Iterator[Problem]:
    if event.date > draft.file.as_of:
        yield draft.tables.events.error(at, "date", f"{event.date} is after the case's date {draft.file.as_of}", KNOWN_LATER)
    if event.option:
        issue, _, option = event.option.partition(".")
        options = [f"{name}.{each}" for name, body in draft.issues.items() for each in body.options]
        if f"{issue}.{option}" not in options:
            yield draft.tables.events.error(at, "option", *unknown(event.option, "ISSUE.OPTION of this case", options))


def _position(draft: Draft, at: int, position: Position) -> Iterator[Problem]:
    table = draft.tables.positions
    if position.date > draft.file.as_of:
        yield table.error(at, "date", f"{position.date} is after the case's date {draft.file.as_of}", KNOWN_LATER)
    if position.party not in draft.file.parties and position.party not in draft.file.outsiders:
        what = f"{shown(position.party)} is neither a party nor an outsider of this case"
        yield table.error(at, "party", what, suggest(position.party, [*draft.file.parties, *draft.file.outsiders]))
    for fault in no_option(draft, position.issue, position.option):
        yield table.error(at, "option" if position.issue in draft.issues else "issue", *fault)
    if not position.own and position.by not in draft.file.parties and position.by not in draft.file.outsiders:
        what = f"{shown(position.by)} is neither a party nor an outsider of this case"
        yield table.error(at, "by", what, suggest(position.by, [*draft.file.parties, *draft.file.outsiders]))
    yield from _conditions(draft, at, position)


def _conditions(draft: Draft, at: int, position: Position) -> Iterator[Problem]:
    """What an offer hangs on: options of other issues, or the word that says that nobody named it."""
    table = draft.tables.positions
    if position.conditions and position.status not in GIVING:
        what = f"what is {position.status} hangs on nothing here, so its condition is not read"
        remedy = "Leave `condition` empty; what an offer hangs on stands in the row of the offer."
        yield table.warning(at, "condition", what, remedy)
    for name in position.conditions:
        if name == UNSTATED:
            continue
        issue, _, option = name.partition(".")
        options = [f"{key}.{each}" for key, body in draft.issues.items() for each in body.options]
        if f"{issue}.{option}" not in options:
            what, remedy = unknown(name, "ISSUE.OPTION of this case", options)
            yield table.error(at, "condition", what, f"{remedy} Write `{UNSTATED}` where nobody said what it hangs on.")
        elif issue == position.issue:
            what = f"{position.issue}.{position.option} hangs on its own issue, {shown(name)}"
            yield table.error(at, "condition", what, "Name what must be in the same package on another issue.")


def _commitment(draft: Draft, at: int, commitment: Commitment) -> Iterator[Problem]:
    table, today = draft.tables.commitments, draft.file.as_of
    if commitment.signed > today:
        yield table.error(at, "signed", f"{commitment.signed} is after the case's date {today}", KNOWN_LATER)
    for text, span in worded_periods(commitment.delivered):
        if span[0] > today:
            what = f"what was delivered {text} was not known on the case's date {today}"
            yield table.error(at, "delivered", what, "Say what was known then, and score `outcome` by it.")


def _actors(draft: Draft, people: dict[str, tuple[str, str]], parties: set[str]) -> Iterator[Problem]:
    """Whoever acts in the record without being named in case.yaml is pointed out once, with the nearest name."""
    events, commitments = draft.tables.events, draft.tables.commitments
    cells: list[tuple[Table[Event] | Table[Commitment], int, str, str]] = [
        (events, at, column, text)
        for at, event in enumerate(events.rows)
        for column, text in (("actor", event.actor), ("target", event.target))
    ]
    cells += [(commitments, at, "party", row.party) for at, row in enumerate(commitments.rows)]
    strangers: set[str] = set()
    for table, at, column, text in cells:
        for name in filter(None, map(str.strip, text.split("+"))):
            if not {_key(text), _key(name)} & people.keys() and name not in strangers:
                strangers.add(name)
                yield _stranger(draft, table, at, column, name, warning=True)
    if events.rows and not any(_key(part) in parties for event in events.rows for part in (event.actor, *event.actor.split("+"))):
        what = "no row's actor is a party of this case, so the record says nothing about those who negotiate"
        yield events.warning(0, "actor", what, f"Write the ids of {CASE}: {', '.join(draft.file.parties)}.")


def _texts(draft: Draft) -> Iterator[Problem]:
    """All checks of evidence/documents and evidence/corrections.csv."""
    for document in draft.tables.documents:
        yield from _dated(draft, document)
    table = draft.tables.corrections
    texts = {stem(document.name): document.text for document in draft.tables.documents}
    for at, row in enumerate(table.rows):
        text = texts.get(stem(row.document))
        if text is None:
            yield table.error(at, "document", *unknown(row.document, "document of this case", texts))
        else:
            places = len(find_words(row.words, text))
            if places != 1:
                what = f"{shown(row.words)} stands in {row.document} {'nowhere' if not places else f'{places} times'}"
                yield table.error(at, "words", what, "Quote words as they stand there, so many that they stand there once.")
        if row.field == "commitment" and row.value not in {"yes", "no"}:
            what = f"{shown(row.value)} is neither yes nor no"
            yield table.error(at, "value", what, "Write yes where the words commit to something, else no.")
        if row.field == "issue" and row.value:
            issue, dot, option = row.value.partition(".")
            for fault in no_option(draft, issue, option if dot else None):
                yield table.error(at, "value", *fault)


def _dated(draft: Draft, document: Document) -> Iterator[Problem]:
    """A text of which only the year is known may be of any day of it."""
    today, (day, how) = draft.file.as_of, of_text(document.name, document.text)
    line = None if day is None else line_of(day, document.text)
    if day is not None and day > today and (line is not None or day.year > today.year):
        file = f"evidence/documents/{document.name}"
        remedy = "Nothing that became known later may enter the case: remove it, or put the day of the text at its top."
        yield Problem(file, line, None, "", f"this document is of {day} ({how}), after the case's date {today}", remedy)


def _declarations(draft: Draft) -> Iterator[Problem]:
    """All checks of `declarations`: probabilities, categories that somebody claims, amounts above zero, places that exist."""
    declarations = draft.file.declarations
    if declarations is None:
        return
    if declarations.base_rate is not None and not 0 < declarations.base_rate[0] <= declarations.base_rate[2] < 1:
        what = f"a base rate lies strictly between 0 and 1, found {list(declarations.base_rate)}"
        yield draft.layout.error(("declarations", "base_rate"), what, "Write [low, mode, high] such as [0.2, 0.4, 0.7].")
    if declarations.base_rate is not None and not (declarations.why or declarations.source):
        what = "a base rate is given without what it rests on"
        yield draft.layout.error(("declarations", "base_rate"), what, "Write `why:` or `source:` beside it.", key=True)
    categories = dict.fromkeys(claim.category for claim in draft.tables.claims.rows)
    yield from _balances(draft, declarations.balances, categories)
    for category, search in declarations.search.items():
        where: Path = ("declarations", "search", category)
        if category not in categories:
            yield draft.layout.error(where, *_unclaimed(category, categories), key=True)
        yield from _search(draft, where, search)


def _unclaimed(category: str, categories: Collection[str]) -> tuple[str, str]:
    return f"no claim speaks of {shown(category)}", f"{suggest(category, categories)} Categories stand in evidence/claims.csv."


def _balances(draft: Draft, balances: Sequence[Balance], categories: Collection[str]) -> Iterator[Problem]:
    for at, balance in enumerate(balances):
        path: Path = ("declarations", "balances", at)
        for place, category in ((("of",), balance.of), *((("takes", c), c) for c in balance.takes)):
            if category not in categories:
                yield draft.layout.error((*path, *place), *_unclaimed(category, categories), key=place[0] == "takes")
        for category, amounts in balance.takes.items():
            if amounts[0] <= 0:
                what = f"one {balance.of} is said to take {list(amounts)} of {category}"
                yield draft.layout.error((*path, "takes", category), what, "Write amounts above zero.")


def _search(draft: Draft, path: Path, search: Search) -> Iterator[Problem]:
    for key, number in (("hidden", search.hidden), ("visits", search.visits)):
        if number > search.places:
            what = f"{key} is {number}, more than the {search.places} places that there are"
            yield draft.layout.error((*path, key), what, "Write at most as many as `places`.")
    if not 0 <= search.reach[0] <= search.reach[2] <= 1:
        what = f"a reach is a probability, found {list(search.reach)}"
        yield draft.layout.error((*path, "reach"), what, "Write [low, mode, high] such as [0.3, 0.5, 0.8].")


EVIDENCE = (_rows, _texts, _declarations)
"""What the evidence must keep, and what declarations are held against."""
