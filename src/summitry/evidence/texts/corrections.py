"""A person's word about a text wins over the grammar's, and is marked as a person's; a correction that meets nothing is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from summitry.case.dates import last_day
from summitry.case.rows import find_words, stem
from summitry.evidence.texts.audit import FIELDS, Promise, Words, judged, quoted
from summitry.evidence.texts.clauses import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summitry.case.rows import Correction
    from summitry.evidence.texts.audit import Text


def corrected(rows: Sequence[Correction]) -> Callable[[Text, list[Promise]], tuple[list[Promise], list[str]]]:
    """A function that applies the rows about a text to its commitments.

    1. `commitment` no takes away what stands around the quoted words; yes adds their sentence, with the words as its act.
    2. Any other field of the commitment around the words is replaced: the rows of one field together are its new content, and an
       empty value leaves it empty.
    3. What a correction cannot be applied to is told in the second result.
    """

    def apply(text: Text, promises: list[Promise]) -> tuple[list[Promise], list[str]]:
        mine = [row for row in rows if stem(row.document) == stem(text.name)]
        kept, notes = list(promises), list[str]()
        for row in sorted(mine, key=lambda row: row.field != "commitment"):
            spans = find_words(row.words, text.text)
            at = next((k for k, p in enumerate(kept) if spans and p.start <= spans[0][0] and spans[0][1] <= p.end), None)
            if not spans:
                notes.append(f"the correction of {row.words!r} meets no words of this text")
            elif row.field == "commitment":
                _count(text, kept, at, row, spans[0], notes)
            elif at is None:
                remedy = "say yes to it in the field commitment first"
                notes.append(f"the correction of {row.field} at {row.words!r} meets no commitment; {remedy}")
            else:
                kept[at] = _with(text, kept[at], row, spans[0], first=row == next(r for r in mine if _same(r, row)))
        return sorted(kept, key=lambda p: p.start), notes

    return apply


def _same(a: Correction, b: Correction) -> bool:
    return (a.words, a.field) == (b.words, b.field)


def _count(text: Text, kept: list[Promise], at: int | None, row: Correction, span: tuple[int, int], notes: list[str]) -> None:
    if row.value == "no" and at is not None:
        del kept[at]
    elif row.value == "yes" and at is None:
        whole = next(s for s in sentences(text.text) if s.start <= span[0] < s.end)
        fields: dict[str, tuple[Words, ...]] = dict.fromkeys(FIELDS, ())
        fields["act"] = (quoted(text.text, *span, by=row.by),)
        words = quoted(text.text, whole.start, whole.end).words
        kept.append(judged(Promise(whole.label, whole.place, whole.start, whole.end, words, (), fields, (), {}, 0.0)))
    else:
        already = "is one" if row.value == "yes" else "is none"
        notes.append(f"the correction at {row.words!r} changes nothing: it {already} already")


def _with(text: Text, promise: Promise, row: Correction, span: tuple[int, int], *, first: bool) -> Promise:
    if row.field == "issue":
        issues = (*(promise.issues if not first else ()), *((row.value,) if row.value else ()))
        return replace(promise, issues=issues, mapped_by=row.by)
    before = () if first else promise.fields[row.field]
    spot = next((p for p in find_words(row.value, text.text) if promise.start <= p[0] < promise.end), span) if row.value else span
    kind = "person" if row.field == "deadline" else ""
    value = (last_day(row.value, text.date) or row.value) if row.field == "deadline" else row.value
    said = (Words(*spot, " ".join(row.value.split()), kind, value, row.by),) if row.value else ()
    return judged(replace(promise, fields={**promise.fields, row.field: (*before, *said)}))
