"""Who commits to what: the marker of a commitment in a sentence, its actor before it, its act after it.

A commitment is a promised act of the future: "will", "shall", "must", "commits to", "agrees to", "is to", "willingness to", or in
a list a bare act ("dismantle the test site"). Recitals ("Recognizing that ...", "reaffirmed", "welcomed") declare and promise
nothing; what a text says will happen by itself ("a new era will open") is no commitment either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from summitry.case.dates import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

Span: TypeAlias = tuple[int, int]
Kind: TypeAlias = Literal["commitment", "declaratory", "other"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One commitment: where actor, act and object stand (None where the words name none), and the stretch of its terms."""

    actor: Span | None
    act: Span
    object: Span | None
    start: int
    end: int


_I = re.IGNORECASE
_ADVERB = r"(?:(?:\w+ly|also|not|never|jointly|only|hereby|then|further|fully|each|both|again)\s+)*"
_PERFORM = (
    r"commit(?:s|ted|ting)?|agree[sd]?|pledge[sd]?|promise[sd]?|undertakes?|undertook|undertaken|intends?|intended|aims?|vow(?:s|ed)?"
    r"|consents?|consented|resolve[sd]?|decide[sd]?|plans?|offer(?:s|ed)|promises"
)
_MARKER = re.compile(
    r"\b(?P<modal>(?:will|shall|must|may\s+not|cannot)\b)"
    rf"|\b(?P<perform>(?:(?:ha(?:s|ve)|hereby)\s+)*(?:{_PERFORM})(?:\s+(?:themselves|itself|himself|herself))?\s+(?:not\s+)?to)\b"
    r"|\b(?P<be>(?:is|are)\s+(?:\w+ly\s+)?(?:(?:committed|obliged|required|bound|willing|ready|prepared)\s+to|to))\b"
    r"|\b(?P<noun>willingness\s+to)\b"
    r"|\b(?P<direct>guarantees?|ensures?)\b(?=\s+[^,.;])(?!\s+(?:to|for|of|against|by|from|that)\b)"
)
_ACTIONS = (
    "abandon|accept|allow|build|buy|call|cancel|cease|close|complete|conclude|create|cut|declare|deliver|destroy|disable|disarm|disclose"
    "|dismantle|end|establish|exchange|freeze|give|grant|halt|hand|hold|implement|increase|inspect|install|introduce|invite|issue|join"
    "|keep|lift|limit|lead|lower|maintain|move|open|organise|organize|pay|permit|prepare|provide|publish|raise|ratify|realize|recognise|recognize|reconnect|recover"
    "|reduce|refrain|release|remove|repatriate|replace|resume|return|seal|secure|send|set|ship|shut|sign|start|stop|submit|supply|suspend|take"
    "|transfer|turn|visit|withdraw"
)
_ACT = re.compile(
    rf"\s+{_ADVERB}(?P<passive>be\s+{_ADVERB})?(?P<verb>[a-zA-Z][\w-]*)"
    r"(?:\s+(?P<particle>up|down|out|back|over|off|together|towards?|part|on)\b(?!\s+(?:\d|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday)\b)))?"
    rf"(?P<second>\s+and\s+(?:{_ACTIONS})\b)?"
)
_BARE = re.compile(rf"{_ADVERB}(?P<verb>{_ACTIONS})\b(?:\s+(?:up|down|out|back|over|off|together)\b)?", _I)
_THEY = re.compile(rf"(?P<actor>They|Both|Both\s+sides|The\s+(?:parties|sides))\s+{_ADVERB}(?P<verb>{_ACTIONS})\b", _I)
_NOUN_TO = re.compile(rf"(?P<actor>(?:the\s+)?[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*)*)\s+to\s+(?P<verb>{_ACTIONS})\b")
_RECITAL = re.compile(
    r"(?:Convinced|Recogni[sz]ing|Recalling|Having|Considering|Noting|Mindful|Whereas|Desiring|Welcoming|Believing|Aware|Determined|Expressing"
    r"|Acknowledging|Emphasi[sz]ing|Guided|Reaffirming|Affirming|Hoping|Seeking|Wishing|Bearing)\b"
)
_DECLARES = re.compile(
    r"\b(?:reaffirm|affirm|recall|recogni[sz]e|welcome|stress|underline|emphasi[sz]e|express|note|congratulate|thank|confirm|share|support"
    r"|acknowledge|believe|hope|declare|value|praise|salute|commend)(?:s|ed|d)?\b",
    _I,
)
_INTRO = re.compile(
    r"(?:In|On|At|By|For|With|If|When|Once|After|Before|Upon|Unless|Under|Within|Following|Until|During|To|As|Subject|Provided|Should|Where"
    r"|While|Since|Because|Pending|From|Through|Accordingly|Furthermore|Moreover|However|Therefore|Then|Thereafter|Also)\b|\w+ing\b",
    _I,
)
_LAST_NAME = re.compile(r"(?<=[a-z\)]\s)(?P<name>(?:[Tt]he\s+)[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*)*)\s*$")
"""A name at the end of an introduction that has no comma: "Upon receipt of the funds the Bank will"."""
_NOBODY = re.compile(
    r"(?:it|there|this|that|which|who|what|nothing|no\s+one|nobody|none|these|those)$|(?:which|who|that)\s"
    r"|.*\b(?:that|which|who|whom|where)$",
    _I,
)
_HAPPENS = re.compile(
    r"(?:era|future|dialogue|peace|trust|friendship|agreement|treaty|contract|declaration|statement|protocol|document|article|annex"
    r"|establishment|relations|process|progress|summit|cooperation|history|success|building|provisions?|regime|law|terms?|jurisdiction"
    r"|perpetuity|deliver(?:y|ies)|energy|work|withdrawal|talks?|negotiations?|meetings?|round|payments?|implementation|dismantlement)$",
    _I,
)
_BEGINS = re.compile(r"(?:begin|start|end|cease|continue|resume|replace|reach|expire|return|take\s+place)$", _I)
_STATIVE = re.compile(r"(?:contribute|mean|depend|apply|include|govern|enter|help|constitute|prevail|prevent|state)$", _I)
_PARTICIPLE = re.compile(
    r"(?:ed|en|wn|made|held|sent|paid|built|kept|done|put|set|cut|shut|brought|bought|sold|met|read|begun|lent|spent|found)$", _I
)
_PREPOSITION = re.compile(r"\s+(?:of|for|on|in|to|between|over|at|from|with|against|that)\s+", _I)
_OBJECT_ENDS = re.compile(
    r",\s+(?:(?:and|or)\s+(?=[A-Z]))|,\s+(?:including|which|with|as|such\s+as|and\s+to|led|in\s+line|subject|but|while|each)\b|\s+(?:in\s+accordance\s+with|in\s+order\s+to|with\s+a\s+view"
    r"|so\s+that|in\s+line\s+with|by\s+means\s+of|in\s+good\s+faith|at\s+no\s+more\s+than|at\s+most)\b"
    r"|\s+by\s+(?:[$€£]?\d|half\b|a\s+third\b)",
    _I,
)


def commitments(text: str, start: int, end: int, *, listed: bool = False) -> list[Clause]:
    """Every commitment of one sentence, in order; a bare act counts only in a list."""
    clauses = list(_marked(text, start, end))
    return clauses or (list(_bare(text, start, end)) if listed else [])


def kind(text: str, start: int, end: int) -> Kind:
    """Whether a sentence without a commitment declares something, or only tells."""
    sentence = text[start:end]
    return "declaratory" if _RECITAL.match(sentence) or _DECLARES.search(sentence) else "other"


def _marked(text: str, start: int, end: int) -> Iterator[Clause]:
    """Commitments with a marker: each reaches from its actor to the next one's."""
    at = start
    last: Span | None = None
    heads: list[tuple[Span | None, Span, Span | None, int]] = []
    for marker in _MARKER.finditer(text, start, end):
        if marker.start() < at:
            continue
        if marker["direct"]:
            act: re.Match[str] | None = None
            acts = marker.span()
        else:
            act = _ACT.match(text, marker.end(), end)
            if act is None:
                continue
            acts = (act.start("verb"), act.end())
        subject = _subject(text, at, marker.start(), first=not heads)
        if subject is None and not marker["noun"] and not (heads and _joined(text, at, marker.start())):
            continue
        subject = subject or last
        head = _head(text, subject, act, acts)
        if head is None:
            continue
        actor, object_ = head
        heads.append((actor, acts, object_, subject[0] if subject and subject != last else marker.start()))
        last, at = subject, acts[1]
    for k, (actor, acts, object_, begin) in enumerate(heads):
        stop = heads[k + 1][3] if k + 1 < len(heads) else end
        reach = begin if k else _after_heading(text, start, begin)
        yield Clause(actor, acts, object_ or _object(text, acts[1], stop), reach, stop)


def _head(text: str, subject: Span | None, act: re.Match[str] | None, acts: Span) -> tuple[Span | None, Span | None] | None:
    """Actor and object of a marked clause, the object only where it stands before the marker; None where nobody commits."""
    verb = text[acts[0] : acts[1]]
    who_words = text[slice(*subject)] if subject else ""
    head = _PREPOSITION.split(who_words, maxsplit=1)[0].strip()
    happens = bool(_HAPPENS.search(head))
    if _NOBODY.match(who_words.strip()) or _STATIVE.match(verb):
        return None
    if act is not None and act["passive"] and _PARTICIPLE.search(verb):
        if re.match(r"(?:governed|deemed|considered|understood)$", verb, _I):
            return None
        by = re.compile(r"\s+by\s+(?P<who>(?:the\s+)?[A-Za-z][\w-]*(?:\s+[A-Z][\w-]*)*)").search(text, acts[1], acts[1] + 120)
        who = by and not re.match(rf"(?:\d|the\s+end|{MONTH})", by["who"])
        return (by.span("who") if by and who else None), subject
    if happens:
        return (None, subject) if _BEGINS.match(verb) else None
    return subject, None


def _after_heading(text: str, start: int, end: int) -> int:
    """Where a sentence begins after the heading that it carries: "Inspections: The buyer ..."."""
    at = text.rfind(": ", start, end)
    return start if at < 0 else at + 2


def _joined(text: str, start: int, end: int) -> bool:
    """Whether a marker goes on with the actor of the one before: "... and will complete it"."""
    return bool(re.search(r"\b(?:and|but|or)\s+(?:\w+ly\s+)?$", text[start:end]))


def _subject(text: str, start: int, end: int, *, first: bool) -> Span | None:
    """The words before a marker that name who commits: after introductions, headings and the sentence's earlier clauses."""
    begin = start
    if first and _RECITAL.match(text, start, end) and "," not in text[start:end]:
        return None
    for cut in re.finditer(r":\s+|;\s+|\s[-–—]\s|\bthat\s+(?=\S)", text[start:end]):
        begin = start + cut.end()
    if not first:
        joins = list(re.finditer(r"(?:,\s*)?\b(?:and|while|but|whereas)\s+", text[begin:end]))
        begin += joins[-1].end() if joins else 0
    segment = text[begin:end]
    parts = [(m.start(), m.end()) for m in re.finditer(r"[^,]+(?:,(?=\d)[^,]+)*", segment)]
    if not parts or (_RECITAL.match(segment) and len(parts) == 1):
        return None
    k = len(parts) - 1
    while k > 0 and " and " in f" {segment[parts[k][0] : parts[-1][1]]} " and _listed(segment[slice(*parts[k - 1])]):
        k -= 1
    low, high = parts[k][0], parts[-1][1]
    if k == 0 and _INTRO.match(segment[low:high].strip()):
        name = _LAST_NAME.search(segment, low, high)
        if name is None:
            return None
        low = name.start("name")
    words = segment[low:high]
    low += len(words) - len(re.sub(r"^\s*(?:and\s+)?(?:[\[(\"“\u2018'*_]+)?", "", words))
    words = segment[low:high].rstrip()
    words = re.sub(r"\s+(?:also|hereby|both|each|further|jointly|fully|have|has)$", "", words)
    return (begin + low, begin + low + len(words)) if words else None


def _listed(part: str) -> bool:
    """Whether a part between commas is one of a list of names and no introduction."""
    words = part.split()
    return 0 < len(words) <= 4 and not _INTRO.match(part.strip()) and not any(c.isdigit() for c in part)  # noqa: PLR2004 (a name)


def _bare(text: str, start: int, end: int) -> Iterator[Clause]:
    """In a list: "dismantle ...", "They hold ...", "Kim to visit ..."."""
    for pattern in (_BARE, _THEY, _NOUN_TO):
        match = pattern.match(text, start, end)
        if match is not None:
            actor = match.span("actor") if "actor" in pattern.groupindex else None
            acts = (match.start("verb"), match.end())
            yield Clause(actor, acts, _object(text, acts[1], end), start, end)
            return


def _object(text: str, start: int, end: int) -> Span | None:
    """The words after the act up to where a new phrase begins; the terms are cut away by whoever knows them."""
    stop = _OBJECT_ENDS.search(text, start, end)
    return trimmed(text, start, stop.start() if stop else end)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """A stretch without blanks and stops at its ends; None where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.!?"):
        end -= 1
    loose = re.search(r"\s+(?:and(?:\s+\w+ing)?|or|with|by|to)$", text[start:end])
    end -= len(loose[0]) if loose else 0
    return (start, end) if start < end else None
