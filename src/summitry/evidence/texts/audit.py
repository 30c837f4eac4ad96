"""The audit of a text: its commitments with the words they rest on, what each lacks, how concrete it is, what is new in it.

How concrete a commitment is: the mean of five parts, each 0 to 1, printed beside it.
    actor         somebody is named who does it
    act           the act can be seen to be done; to work toward, cooperate, seek, discuss or the like cannot (0)
    quantity      a number says how much
    deadline      1 for a date, a span, a term or a recurrence; half for a day from which it holds, "immediately" or a phase; 0
                  for "promptly" or nothing
    verification  it is said who or what sees that it is done
A text is as concrete as its commitments are on average. Conditions and reciprocity are shown and do not count: they may be wise.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from summitry.evidence.texts import grammar, reuse, terms
from summitry.evidence.texts.clauses import LONGEST, sentences
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from summitry.evidence.texts.clauses import Place, Sentence
    from summitry.evidence.texts.grammar import Clause
    from summitry.evidence.texts.reuse import Reuse
    from summitry.evidence.texts.terms import Term

MOST, SHOWN = 5000, 20_000
FIELDS = ("actor", "act", "object", "quantity", "deadline", "verification", "condition", "reciprocity")
PARTS = ("actor", "act", "quantity", "deadline", "verification")
WEIGHT = {
    "date": 1.0,
    "start": 0.5,
    "span": 1.0,
    "lasting": 1.0,
    "recurring": 1.0,
    "at once": 0.5,
    "phase": 0.5,
    "vague": 0.0,
    "person": 1.0,
}
WEAK = re.compile(
    r"(?:work(?:ing)?(?:\s+(?:towards?|together|on))?|cooperat\w+|seek|strive|promot\w+|discuss|consider|support|improv\w+|deepen|strengthen"
    r"|continu\w+|explor\w+|foster|contribute|endeavou?r|encourage|facilitat\w+|talk|consult|advance|pursue|aim|try|help|care|use|make|take)$",
    re.IGNORECASE,
)
"""Acts that nobody can see to be done; `make`, `take` and `use` only with efforts (`EFFORTS`)."""
EFFORTS = re.compile(r"\b(?:best\s+)?(?:efforts?|endeavou?rs?|all\s+possible)\b", re.IGNORECASE)
_LIGHT = re.compile(r"(?:make|take|use)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a finding rests on, from `start` to `end` in the text; `value` is what they say, such as a day.

    `by` tells whether the grammar found it, the line above a list says it, or a person corrected it, who is named in `person`.
    """

    start: int
    end: int
    words: str
    kind: str = ""
    value: str = ""
    by: Literal["grammar", "lead", "person"] = "grammar"
    person: str = ""

    @property
    def day(self) -> str | None:
        """The day that a deadline names; None where it names none."""
        is_day = self.kind in {"date", "start", "span", "person"} and self.value not in {"", self.words}
        return self.value if is_day else None

    @property
    def nuance(self) -> str | None:
        """What is to be added to a deadline: that it begins then, or that it is vague."""
        return self.kind if self.kind in {"start", "vague"} else None

    @property
    def inherited(self) -> bool | None:
        """True where the line above a list says it; else None."""
        return True if self.by == "lead" else None


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of a text: its sentence, its fields with their words, what it lacks, how concrete it is, what is new in it.

    `lacks` names those of `PARTS` that score nothing. `issues` are the ISSUE or ISSUE.OPTION that it belongs to by the word of a
    person, `mapped_by`.
    """

    number: str
    place: Place
    start: int
    end: int
    words: str
    parties: tuple[str, ...]
    fields: dict[str, tuple[Words, ...]]
    lacks: tuple[str, ...]
    parts: dict[str, float]
    concreteness: float
    reuse: Reuse | None = None
    issues: tuple[str, ...] = ()
    mapped_by: str = ""

    @property
    def timed(self) -> bool:
        """Whether it says when, other than vaguely."""
        return self.parts["deadline"] > 0


@dataclass(frozen=True, slots=True)
class Text:
    """A text to audit, with the day from which spans count, and how that day is known."""

    name: str
    text: str
    date: dt.date | None = None
    dated_by: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """What a text commits to. `apart` are the commitments of preamble and closing where the text numbers its points.

    `having` counts the commitments that name each field (a deadline only where it is no vague one); `declarations` are the
    sentences that declare and promise nothing, `others` counts all others. `against` names the earlier texts that it was compared
    with; `new`, `partly` and `recycled` count the commitments by what became of them. `body` is the text as read, so that places
    can be shown, up to `SHOWN` characters.
    """

    text: str
    date: str
    dated_by: str
    characters: int
    commitments: tuple[Promise, ...]
    apart: tuple[Promise, ...]
    having: dict[str, int]
    parts: dict[str, float]
    concreteness: float | None
    declarations: tuple[Words, ...]
    others: int
    new: int
    partly: int
    recycled: int
    against: tuple[str, ...]
    notes: tuple[Reason, ...]
    body: str

    @property
    def numbered(self) -> bool:
        """Whether the text numbers its points, so that these alone count."""
        return bool(self.apart) or any(promise.place == "point" for promise in self.commitments)


@dataclass(frozen=True, slots=True)
class Audits:
    """The audits of several texts, by date.

    Each has its `commitments` and those `apart`, promised in preamble or closing; `having`, how many name each field; `parts` and
    `concreteness`; `declarations`, sentences that promise nothing, and `others`, a count of the rest; `new`, `partly`, `recycled`
    beside the texts `against` which it was held; `notes`; and the `body`, up to 20,000 characters. `start` and `end` count
    characters of the text, in NFC. The summary shows 200 commitments of a text at most.
    """

    audits: tuple[Audit, ...]


def audit_text(
    text: Text,
    earlier: Sequence[Text] = (),
    who: Callable[[str], tuple[str, ...]] = lambda _: (),
    correct: Callable[[Text, list[Promise]], tuple[list[Promise], list[Reason]]] | None = None,
) -> Audit:
    """Audit one text; `who` reads an actor's words as ids, `correct` applies what persons said, before anything is counted."""
    promises, declarations, others, notes = _read(text, who)
    if correct is not None:
        promises, unmet = correct(text, promises)
        notes += unmet
        spans = [(p.start, p.end) for p in promises]
        declarations = [d for d in declarations if not any(s < d.end and d.start < e for s, e in spans)]
    promises = _numbered(promises)
    if earlier:
        compared = reuse.compare([_content(p) for p in promises], _before(text, earlier))
        promises = [replace(promise, reuse=reused) for promise, reused in zip(promises, compared, strict=True)]
    if len(text.text) > SHOWN:
        notes.append(reason("audit.note.shown", character=SHOWN))
    return _counted(text, promises, declarations, others, notes, earlier)


def _read(text: Text, who: Callable[[str], tuple[str, ...]]) -> tuple[list[Promise], list[Words], int, list[Reason]]:
    """What each sentence does: the commitments, what is declared, how many sentences do neither, and what was not read."""
    promises: list[Promise] = []
    declarations: list[Words] = []
    others, notes, cut = 0, list[Reason](), list[int]()
    for sentence in sentences(text.text):
        if len(promises) >= MOST:
            notes.append(reason("audit.note.stopped", most=MOST, character=sentence.start))
            break
        cut += [sentence.end] if sentence.cut else []
        of_sentence = _promises(text, sentence, who)
        if of_sentence:
            promises += of_sentence
        elif grammar.kind(text.text, sentence.start, sentence.end) == "declaratory":
            declarations.append(quoted(text.text, sentence.start, sentence.end))
        else:
            others += 1
    if cut:
        notes.append(reason("audit.note.cut", longest=LONGEST, times=len(cut), character=cut[0]))
    return promises, declarations, others, notes


def _content(promise: Promise) -> str:
    """What is promised, without who promises it: act and object, or the whole sentence where it names no object."""
    if not promise.fields["object"]:
        return promise.words
    return " ".join(w.words for name in ("act", "object") for w in promise.fields[name])


def _before(text: Text, earlier: Sequence[Text]) -> list[tuple[str, str, list[str]]]:
    """What the earlier texts promised or declared, sentence by sentence; what they only tell, and their titles, is left aside."""
    others = [other for other in earlier if other.name != text.name or other.text != text.text]
    return [(other.name, other.date.isoformat() if other.date else "", list(_weighty(other.text))) for other in others]


@lru_cache(maxsize=64)
def _weighty(body: str) -> tuple[str, ...]:
    """Kept, because a text stands before every later one."""
    return tuple(body[s.start : s.end] for s in sentences(body) if _weighs(body, s))


def _weighs(body: str, sentence: Sentence) -> bool:
    clauses = grammar.commitments(body, sentence.start, sentence.end, listed=sentence.listed)
    return bool(clauses) or grammar.kind(body, sentence.start, sentence.end) == "declaratory"


def _counted(
    text: Text,
    promises: list[Promise],
    declarations: list[Words],
    others: int,
    notes: list[Reason],
    earlier: Sequence[Text],
) -> Audit:
    points = tuple(p for p in promises if p.place in {"point", "body"})
    mean = {part: sum(p.parts[part] for p in points) / len(points) for part in PARTS} if points else {}
    having = {name: sum(bool(p.fields[name]) for p in points) for name in FIELDS} | {"deadline": sum(p.timed for p in points)}
    states = [p.reuse.state for p in points if p.reuse is not None]
    return Audit(
        text=text.name,
        date=text.date.isoformat() if text.date else "",
        dated_by=text.dated_by,
        characters=len(text.text),
        commitments=points,
        apart=tuple(p for p in promises if p.place in {"preamble", "closing"}),
        having=having,
        parts=mean,
        concreteness=sum(p.concreteness for p in points) / len(points) if points else None,
        declarations=tuple(declarations),
        others=others,
        new=states.count("new"),
        partly=states.count("partly recycled"),
        recycled=states.count("recycled"),
        against=tuple(other.name for other in earlier),
        notes=tuple(notes),
        body=text.text[:SHOWN],
    )


def _numbered(promises: list[Promise]) -> list[Promise]:
    """Numbers as the text gives them, with a letter where one point holds several; else counted on."""
    counts = Counter(p.number for p in promises)
    so_far: Counter[str] = Counter()
    numbered = []
    for p in promises:
        so_far[p.number] += 1
        several = counts[p.number] > 1
        number = f"#{so_far['']}" if not p.number else f"{p.number}/{so_far[p.number]}" if several else p.number
        numbered.append(replace(p, number=number))
    return numbered


def quoted(text: str, start: int, end: int, term: Term | None = None) -> Words:
    """A stretch of a text with its words, blanks evened out."""
    return Words(start, end, " ".join(text[start:end].split()), term.kind if term else "", term.value if term else "")


def _promises(text: Text, sentence: Sentence, who: Callable[[str], tuple[str, ...]]) -> list[Promise]:
    clauses = grammar.commitments(text.text, sentence.start, sentence.end, listed=sentence.listed)
    return [_promise(text, sentence, clause, who) for clause in clauses]


def _promise(text: Text, sentence: Sentence, clause: Clause, who: Callable[[str], tuple[str, ...]]) -> Promise:
    body, start, end = text.text, clause.start, clause.end
    when = terms.deadlines(body, start, end, text.date)
    ifs = terms.apart(body, terms.conditions(body, start, end), [*when, *_heads(clause)])
    efforts = [clause.object] if clause.object and WEAK.match(body, *clause.act) and not _LIGHT.match(body, *clause.act) else []
    heads = [s for s in (clause.actor, clause.act) if s]
    checks = terms.verifications(body, start, end, heads, [*efforts, *((t.start, t.end) for t in ifs)])
    back = terms.returns(body, start, end)
    fields: dict[str, tuple[Words, ...]] = {
        "actor": (quoted(body, *clause.actor),) if clause.actor else (),
        "act": (quoted(body, *clause.act),),
        "object": _object(body, clause, [*when, *checks, *ifs, *back]),
        "quantity": tuple(quoted(body, t.start, t.end, t) for t in terms.quantities(body, start, end, when)),
        "deadline": tuple(quoted(body, t.start, t.end, t) for t in when) or _inherited(text, sentence),
        "verification": tuple(quoted(body, t.start, t.end, t) for t in checks),
        "condition": tuple(quoted(body, t.start, t.end, t) for t in ifs),
        "reciprocity": tuple(quoted(body, t.start, t.end, t) for t in back),
    }
    parties = who(fields["actor"][0].words) if fields["actor"] else ()
    whole = quoted(body, start, end)
    return judged(Promise(sentence.label, sentence.place, start, end, whole.words, parties, fields, (), {}, 0.0))


def _heads(clause: Clause) -> list[Term]:
    return [terms.Term(*span, "head") for span in (clause.actor, clause.act) if span]


def _inherited(text: Text, sentence: Sentence) -> tuple[Words, ...]:
    """The deadline of the line that introduces the list, where an item has none of its own."""
    if sentence.lead is None:
        return ()
    return tuple(
        replace(quoted(text.text, t.start, t.end, t), by="lead")
        for t in terms.deadlines(text.text, *sentence.lead, text.date)
        if WEIGHT[t.kind]
    )


def _object(body: str, clause: Clause, cuts: Sequence[Term]) -> tuple[Words, ...]:
    if clause.object is None:
        return ()
    start, end = clause.object
    for term in sorted(cuts, key=lambda t: t.start):
        if term.start <= start < term.end:
            start = term.end
        elif start < term.start < end:
            end = term.start
    span = grammar.trimmed(body, start, end) if start < end else None
    return (quoted(body, *span),) if span else ()


def judged(promise: Promise) -> Promise:
    """The commitment with what it lacks and how concrete it is, from its fields."""
    fields: Mapping[str, tuple[Words, ...]] = promise.fields
    act = fields["act"][0].words if fields["act"] else ""
    efforts = any(EFFORTS.search(o.words) for o in fields["object"])
    weak = not act or (bool(WEAK.match(act)) and (efforts or not _LIGHT.match(act))) or efforts
    parts = {
        "actor": float(bool(fields["actor"])),
        "act": float(not weak),
        "quantity": float(bool(fields["quantity"])),
        "deadline": max((WEIGHT[w.kind] for w in fields["deadline"]), default=0.0),
        "verification": float(bool(fields["verification"])),
    }
    lacks = tuple(name for name, score in parts.items() if not score)
    return replace(promise, parts=parts, lacks=lacks, concreteness=sum(parts.values()) / len(parts))
