"""Documents, which were known on the case's date, and corrections of what the audit reads, which quote words that stand once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summitry.case.source import shown
from summitry.case.words import suggest
from summitry.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.case.draft import Draft
    from summitry.case.rows import Document


def text_checks(draft: Draft) -> Iterator[Problem]:
    """All checks of evidence/documents and evidence/corrections.csv."""
    for document in draft.tables.documents:
        yield from _dated(draft, document)
    table = draft.tables.corrections
    texts = {stem(document.name): document.text for document in draft.tables.documents}
    for at, row in enumerate(table.rows):
        text = texts.get(stem(row.document))
        if text is None:
            what = f"{shown(row.document)} is no document of this case"
            yield table.problem(at, "document", what, suggest(row.document, texts))
        else:
            places = len(found(row.words, text))
            if places != 1:
                what = f"{shown(row.words)} stands in {row.document} {'nowhere' if not places else f'{places} times'}"
                yield table.problem(at, "words", what, "Quote words as they stand there, so many that they stand there once.")
        if row.field == "commitment" and row.value not in {"yes", "no"}:
            remedy = "Write yes where the words commit to something, else no."
            yield table.problem(at, "value", f"{shown(row.value)} is neither yes nor no", remedy)
        if row.field == "issue" and row.value:
            yield from _place(draft, at, row.value)


def _dated(draft: Draft, document: Document) -> Iterator[Problem]:
    """A text of which only the year is known may be of any day of it."""
    from summitry.case.days import line_of, of_text

    today, (day, how) = draft.file.as_of, of_text(document.name, document.text)
    line = None if day is None else line_of(day, document.text)
    if day is not None and day > today and (line is not None or day.year > today.year):
        file = f"evidence/documents/{document.name}"
        what = f"this document is of {day} ({how}), after the case's date {today}"
        remedy = "Nothing that became known later may enter the case: remove it, or put the day of the text at its top."
        yield Problem(file, line, None, "", what, remedy)


def _place(draft: Draft, at: int, value: str) -> Iterator[Problem]:
    table, (issue, dot, option) = draft.tables.corrections, value.partition(".")
    if issue not in draft.issues:
        yield table.problem(at, "value", f"{shown(issue)} is no issue of this case", suggest(issue, draft.issues))
    elif dot and option not in draft.issues[issue].options:
        yield table.problem(at, "value", f"{shown(option)} is no option of {issue}", suggest(option, draft.issues[issue].options))


def stem(document: str) -> str:
    """A document's name without its ending."""
    return re.sub(r"\.(?:txt|md)$", "", document)


def found(words: str, text: str) -> list[tuple[int, int]]:
    """Where words stand in a text, whatever blanks and line ends lie between them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [match.span() for match in re.finditer(pattern, text)] if pattern else []
