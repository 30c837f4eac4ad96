"""The documents of a case as dated texts, audited in the order of their dates, each against the earlier ones."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from summitry.case.dates import of_text
from summitry.case.rows import stem
from summitry.evidence.actors import matcher
from summitry.evidence.texts.audit import Audit, Text, audit
from summitry.evidence.texts.corrections import corrected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summitry.case.types import Case

_ALL = re.compile(
    r"(?:they|we)|(?:both|each|all|the)?\s*(?:two|three|four|six)?\s*(?:part(?:y|ies)|sides?)|both|each|all", re.IGNORECASE
)


def text_of(name: str, body: str) -> Text:
    """A text with its date, as `dates.of_text` finds it."""
    day, how = of_text(name, body)
    return Text(stem(name), body, day, how)


def texts(case: Case) -> tuple[Text, ...]:
    """The case's documents in the order of their dates; those without a date come last."""
    return in_order([text_of(document.name, document.text) for document in case.evidence.documents])


def in_order(made: Sequence[Text]) -> tuple[Text, ...]:
    """Texts by date, then name; undated ones last."""
    return tuple(sorted(made, key=lambda t: (t.date is None, t.date or dt.date.max, t.name)))


def earlier(text: Text, others: Sequence[Text]) -> tuple[Text, ...]:
    """The texts that are certainly older; none where the text has no date."""
    return tuple(t for t in others if text.date is not None and t.date is not None and t.date < text.date)


def audits(case: Case, chosen: Sequence[Text] | None = None, against: Sequence[Text] = ()) -> tuple[Audit, ...]:
    """The audits of a case's documents (all, or the chosen ones), each against the earlier ones and against further texts."""
    every = texts(case)
    who, correct = people(case), corrected(case.evidence.corrections)
    return tuple(
        audit(text, (*against, *(t for t in earlier(text, every) if t not in against)), who, correct)
        for text in (every if chosen is None else chosen)
    )


def people(case: Case) -> Callable[[str], tuple[str, ...]]:
    """A function from an actor's words to ids of the case: each name between commas and "and"; "both sides" means all parties."""
    match = matcher(case)
    known = {*case.file.parties, *case.file.outsiders}

    def who(words: str) -> tuple[str, ...]:
        if words and _ALL.fullmatch(words.strip()):
            return tuple(case.file.parties)
        found: list[str] = []
        for part in re.split(r",\s*|\s+and\s+", words):
            bare = re.sub(r"^(?:the|and)\s+", "", part.strip(), flags=re.IGNORECASE)
            for name in (part.strip(), bare, bare.replace(".", "")):
                ids = [one for one in match(name) if one in known]
                if ids:
                    found += ids
                    break
        return tuple(dict.fromkeys(found))

    return who
