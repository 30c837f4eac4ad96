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
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from summitry.evidence.texts import grammar, reuse, terms
from summitry.evidence.texts.clauses import sentences

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from summitry.evidence.texts.clauses import Place, Sentence
    from summitry.evidence.texts.grammar import Found
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

    `by` tells whether the grammar found it, a person corrected it, or it is inherited from the line above a list.
    """

    start: int
    end: int
    words: str
    kind: str = ""
    value: str = ""
    by: str = "grammar"


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of a text: its sentence, its fields with their words, what it lacks, how concrete it is, what is new in it.

    `issues` are the ISSUE or ISSUE.OPTION that it belongs to by the word of a person, `mapped_by`.
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

    `having` counts the commitments that name each field (a deadline only where it is no vague one); `declared` are the sentences
    that declare and promise nothing, `told` counts all others. `against` names the earlier texts that it was compared with.
    `body` is the text as read, so that places can be shown, up to `SHOWN` characters.
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
    declared: tuple[Words, ...]
    told: int
    new: int
    recycled: int
    against: tuple[str, ...]
    notes: tuple[str, ...]
    body: str


def audit(
    text: Text,
    earlier: Sequence[Text] = (),
    who: Callable[[str], tuple[str, ...]] = lambda _: (),
    correct: Callable[[Text, list[Promise]], tuple[list[Promise], list[str]]] | None = None,
) -> Audit:
    """Audit one text; `who` reads an actor's words as ids, `correct` applies what persons said, before anything is counted."""
    found: list[Promise] = []
    declared: list[Words] = []
    told, notes, cut = 0, list[str](), list[int]()
    for sentence in sentences(text.text):
        if len(found) >= MOST:
            notes.append(f"more than {MOST:,} commitments: what begins at character {sentence.start:,} was not read")
            break
        cut += [sentence.end] if sentence.cut else []
        promised = _promises(text, sentence, who)
        found += promised
        if not promised and grammar.kind(text.text, sentence.start, sentence.end) == "declaratory":
            declared.append(quoted(text.text, sentence.start, sentence.end))
        elif not promised:
            told += 1
    if cut:
        notes.append(f"sentences of more than 2,000 characters were cut, {len(cut):,} times, first at character {cut[0]:,}")
    if correct is not None:
        found, said = correct(text, found)
        notes += said
        covered = [(p.start, p.end) for p in found]
        declared = [d for d in declared if not any(s < d.end and d.start < e for s, e in covered)]
    found = _numbered(found)
    for k, seen in enumerate(reuse.compare([_said(p) for p in found], _before(text, earlier))) if earlier else ():
        found[k] = replace(found[k], reuse=seen)
    if len(text.text) > SHOWN:
        notes.append(f"the text is shown up to character {SHOWN:,}; all of it was read")
    return _counted(text, found, declared, told, notes, earlier)


def _said(promise: Promise) -> str:
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
    made = grammar.commitments(body, sentence.start, sentence.end, listed=sentence.listed)
    return bool(made) or grammar.kind(body, sentence.start, sentence.end) == "declaratory"


def _counted(
    text: Text, found: list[Promise], declared: list[Words], told: int, notes: list[str], earlier: Sequence[Text]
) -> Audit:
    points = tuple(p for p in found if p.place in {"point", "body"})
    mean = {part: sum(p.parts[part] for p in points) / len(points) for part in PARTS} if points else {}
    having = {name: sum(bool(p.fields[name]) for p in points) for name in FIELDS} | {"deadline": sum(p.timed for p in points)}
    return Audit(
        text=text.name,
        date=text.date.isoformat() if text.date else "",
        dated_by=text.dated_by,
        characters=len(text.text),
        commitments=points,
        apart=tuple(p for p in found if p.place in {"preamble", "closing"}),
        having=having,
        parts=mean,
        concreteness=sum(p.concreteness for p in points) / len(points) if points else None,
        declared=tuple(declared),
        told=told,
        new=sum(p.reuse is not None and p.reuse.state == "new" for p in points),
        recycled=sum(p.reuse is not None and p.reuse.state == "recycled" for p in points),
        against=tuple(other.name for other in earlier),
        notes=tuple(notes),
        body=text.text[:SHOWN],
    )


def _numbered(found: list[Promise]) -> list[Promise]:
    """Numbers as the text gives them, with a letter where one point holds several; else counted on."""
    counts: dict[str, int] = {}
    for p in found:
        counts[p.number] = counts.get(p.number, 0) + 1
    seen: dict[str, int] = {}
    numbered = []
    for p in found:
        seen[p.number] = seen.get(p.number, 0) + 1
        several = counts[p.number] > 1
        number = f"#{seen['']}" if not p.number else f"{p.number}/{seen[p.number]}" if several else p.number
        numbered.append(replace(p, number=number))
    return numbered


def quoted(text: str, start: int, end: int, term: Term | None = None, by: str = "grammar") -> Words:
    """A stretch of a text with its words, blanks evened out."""
    return Words(start, end, " ".join(text[start:end].split()), term.kind if term else "", term.value if term else "", by)


def _promises(text: Text, sentence: Sentence, who: Callable[[str], tuple[str, ...]]) -> list[Promise]:
    made = grammar.commitments(text.text, sentence.start, sentence.end, listed=sentence.listed)
    return [_promise(text, sentence, found, who) for found in made]


def _promise(text: Text, sentence: Sentence, found: Found, who: Callable[[str], tuple[str, ...]]) -> Promise:
    body, start, end = text.text, found.start, found.end
    when = terms.deadlines(body, start, end, text.date)
    ifs = terms.apart(body, terms.conditions(body, start, end), [*when, *_heads(found)])
    tried = [found.object] if found.object and WEAK.match(body, *found.act) and not _LIGHT.match(body, *found.act) else []
    heads = [s for s in (found.actor, found.act) if s]
    checks = terms.verifications(body, start, end, heads, [*tried, *((t.start, t.end) for t in ifs)])
    back = terms.returns(body, start, end)
    fields: dict[str, tuple[Words, ...]] = {
        "actor": (quoted(body, *found.actor),) if found.actor else (),
        "act": (quoted(body, *found.act),),
        "object": _object(body, found, [*when, *checks, *ifs, *back]),
        "quantity": tuple(quoted(body, t.start, t.end, t) for t in terms.quantities(body, start, end, when)),
        "deadline": tuple(quoted(body, t.start, t.end, t) for t in when) or _inherited(text, sentence),
        "verification": tuple(quoted(body, t.start, t.end, t) for t in checks),
        "condition": tuple(quoted(body, t.start, t.end, t) for t in ifs),
        "reciprocity": tuple(quoted(body, t.start, t.end, t) for t in back),
    }
    parties = who(fields["actor"][0].words) if fields["actor"] else ()
    whole = quoted(body, start, end)
    return judged(Promise(sentence.label, sentence.place, start, end, whole.words, parties, fields, (), {}, 0.0))


def _heads(found: Found) -> list[Term]:
    return [terms.Term(*span, "head") for span in (found.actor, found.act) if span]


def _inherited(text: Text, sentence: Sentence) -> tuple[Words, ...]:
    """The deadline of the line that introduces the list, where an item has none of its own."""
    if sentence.lead is None:
        return ()
    return tuple(
        quoted(text.text, t.start, t.end, t, "the line above the list")
        for t in terms.deadlines(text.text, *sentence.lead, text.date)
        if WEIGHT[t.kind]
    )


def _object(body: str, found: Found, cuts: Sequence[Term]) -> tuple[Words, ...]:
    if found.object is None:
        return ()
    start, end = found.object
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
    lacks = tuple(_LACKS[name] for name, has in parts.items() if not has)
    return replace(promise, parts=parts, lacks=lacks, concreteness=sum(parts.values()) / len(parts))


_LACKS = {
    "actor": "actor",
    "act": "an act that can be seen to be done",
    "quantity": "quantity",
    "deadline": "deadline",
    "verification": "verification",
}
