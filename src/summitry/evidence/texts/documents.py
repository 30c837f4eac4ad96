"""The documents of a case: dated, corrected where a person says so, and audited by date, each against the earlier ones.

A person's word about a text wins over the grammar's, and is marked as a person's; a correction that meets nothing is said.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.case.dates import last_day, of_text
from summitry.case.rows import find_words, stem
from summitry.case.source import DOCUMENT_LIMIT, Folder, is_file, target
from summitry.errors import BadArgument, CaseNotFound, LinkMissing, UnknownName
from summitry.evidence.matching import matcher
from summitry.evidence.texts.audit import FIELDS, Audit, Promise, Text, Words, audit_text, judged, quoted
from summitry.evidence.texts.clauses import sentences
from summitry.formats import load
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summitry.case.rows import Correction
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


def in_order(texts: Sequence[Text]) -> tuple[Text, ...]:
    """Texts by date, then name; undated ones last."""
    return tuple(sorted(texts, key=lambda t: (t.date is None, t.date or dt.date.max, t.name)))


def earlier(text: Text, others: Sequence[Text]) -> tuple[Text, ...]:
    """The texts that are certainly older; none where the text has no date."""
    return tuple(t for t in others if text.date is not None and t.date is not None and t.date < text.date)


def audits(case: Case, only: Sequence[Text] | None = None, against: Sequence[Text] = ()) -> tuple[Audit, ...]:
    """The audits of a case's documents (all, or `only` these), each against the earlier ones and against further texts."""
    every = texts(case)
    who, correct = people(case), corrected(case.evidence.corrections)
    return tuple(
        audit_text(text, (*against, *(t for t in earlier(text, every) if t not in against)), who, correct)
        for text in (every if only is None else only)
    )


def of_name(name: str, viewer: str | None = None) -> dict[Text, Case | None]:
    """The texts that a name means: a file, a document of a case as CASE:DOCUMENT, or all documents of a case; each with its case.

    Raises BadArgument, LinkMissing or UnknownName where there is none.
    """
    if is_file(Path(name)) and Path(name).name != "case.yaml":
        return {read(name): None}
    holder, colon, document = name.rpartition(":")
    try:
        opened = load(holder if colon else name, viewer=viewer)
    except CaseNotFound as missing:
        raise BadArgument(
            f"There is no text {name!r}: give a file, a case, or a document of a case as CASE:DOCUMENT."
        ) from missing
    every = texts(opened)
    if not colon:
        if not every:
            raise LinkMissing("An audit", "it has no documents", "Put agreed texts into evidence/documents/.")
        return dict.fromkeys(every, opened)
    same = [text for text in every if text.name == stem(document)]
    if not same:
        raise UnknownName("document", document, [text.name for text in every])
    return dict.fromkeys(same, opened)


def read(name: str) -> Text:
    """A text from a file; raises BadArgument where it cannot be read or is empty."""
    path = target(Path(name))
    folder = Folder(path.parent)
    body = folder.text(path.name, DOCUMENT_LIMIT, required=True)
    if body is None:
        raise BadArgument("\n".join(map(str, folder.problems)))
    if not body.strip():
        raise BadArgument(f"{name} is empty: give a text with at least one sentence.")
    return text_of(path.name, body)


def people(case: Case) -> Callable[[str], tuple[str, ...]]:
    """A function from an actor's words to ids of the case: each name between commas and "and"; "both sides" means all parties."""
    match = matcher(case)
    actors = {*case.file.parties, *case.file.outsiders}

    def who(words: str) -> tuple[str, ...]:
        if words and _ALL.fullmatch(words.strip()):
            return tuple(case.file.parties)
        ids: list[str] = []
        for part in re.split(r",\s*|\s+and\s+", words):
            bare = re.sub(r"^(?:the|and)\s+", "", part.strip(), flags=re.IGNORECASE)
            for name in (part.strip(), bare, bare.replace(".", "")):
                meant = [one for one in match(name) if one in actors]
                if meant:
                    ids += meant
                    break
        return tuple(dict.fromkeys(ids))

    return who


def corrected(rows: Sequence[Correction]) -> Callable[[Text, list[Promise]], tuple[list[Promise], list[Reason]]]:
    """A function that applies the rows about a text to its commitments.

    1. `commitment` no takes away what stands around the quoted words; yes adds their sentence, with the words as its act.
    2. Any other field of the commitment around the words is replaced: the rows of one field together are its new content, and an
       empty value leaves it empty.
    3. The second result names the corrections that cannot be applied, and why.
    """

    def apply(text: Text, promises: list[Promise]) -> tuple[list[Promise], list[Reason]]:
        mine = [row for row in rows if stem(row.document) == stem(text.name)]
        changed, notes = list(promises), list[Reason]()
        for row in sorted(mine, key=lambda row: row.field != "commitment"):
            spans = find_words(row.words, text.text)
            at = next((k for k, p in enumerate(changed) if spans and p.start <= spans[0][0] and spans[0][1] <= p.end), None)
            if not spans:
                notes.append(reason("audit.note.no-words", words=row.words))
            elif row.field == "commitment":
                _count(text, changed, at, row, spans[0], notes)
            elif at is None:
                notes.append(reason("audit.note.no-commitment", field=row.field, words=row.words))
            else:
                changed[at] = _with(text, changed[at], row, spans[0], first=row == next(r for r in mine if _same(r, row)))
        return sorted(changed, key=lambda p: p.start), notes

    return apply


def _same(a: Correction, b: Correction) -> bool:
    return (a.words, a.field) == (b.words, b.field)


def _count(
    text: Text, promises: list[Promise], at: int | None, row: Correction, span: tuple[int, int], notes: list[Reason]
) -> None:
    if row.value == "no" and at is not None:
        del promises[at]
    elif row.value == "yes" and at is None:
        whole = next(s for s in sentences(text.text) if s.start <= span[0] < s.end)
        fields: dict[str, tuple[Words, ...]] = dict.fromkeys(FIELDS, ())
        fields["act"] = (replace(quoted(text.text, *span), by="person", person=row.by),)
        words = quoted(text.text, whole.start, whole.end).words
        promises.append(judged(Promise(whole.label, whole.place, whole.start, whole.end, words, (), fields, (), {}, 0.0)))
    else:
        notes.append(reason("audit.note.is-one" if row.value == "yes" else "audit.note.is-none", words=row.words))


def _with(text: Text, promise: Promise, row: Correction, span: tuple[int, int], *, first: bool) -> Promise:
    if row.field == "issue":
        issues = (*(promise.issues if not first else ()), *((row.value,) if row.value else ()))
        return replace(promise, issues=issues, mapped_by=row.by)
    before = () if first else promise.fields[row.field]
    spot = next((p for p in find_words(row.value, text.text) if promise.start <= p[0] < promise.end), span) if row.value else span
    kind = "person" if row.field == "deadline" else ""
    value = (last_day(row.value, text.date) or row.value) if row.field == "deadline" else row.value
    own = (Words(*spot, " ".join(row.value.split()), kind, value, "person", row.by),) if row.value else ()
    return judged(replace(promise, fields={**promise.fields, row.field: (*before, *own)}))
