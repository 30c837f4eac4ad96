"""Who commits to what: the marker of a commitment in a sentence, its actor before it, its act after it.

A commitment is a promised act of the future: "will", "shall", "must", "commits to", "agrees to", "is to", "willingness to", or in
a list a bare act ("dismantle the test site"). Recitals ("Recognizing that ...", "reaffirmed", "welcomed") declare and promise
nothing; what a text says will happen by itself ("a new era will open") is no commitment either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

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
_GOVERNS = re.compile(r"(?:governed|deemed|considered|understood)$", _I)
_BY_WHOM = re.compile(r"\s+by\s+(?P<who>(?:the\s+)?[A-Za-z][\w-]*(?:\s+[A-Z][\w-]*)*)")
_BY_WHEN = re.compile(rf"(?:\d|the\s+end|{MONTH})")
_BREAK = re.compile(r":\s+|;\s+|\s[-–—]\s|\bthat\s+(?=\S)")
_JOIN = re.compile(r"(?:,\s*)?\b(?:and|while|but|whereas)\s+")
_PART = re.compile(r"[^,]+(?:,(?=\d)[^,]+)*")
_OPENING = re.compile(r"^\s*(?:and\s+)?(?:[\[(\"“\u2018'*_]+)?")
_CLOSING = re.compile(r"\s+(?:also|hereby|both|each|further|jointly|fully|have|has)$")


def commitments(text: str, start: int, end: int, *, listed: bool = False) -> list[Clause]:
    """Every commitment of one sentence, in order; a bare act counts only in a list."""
    clauses = list(_marked(text, start, end))
    return clauses or (list(_bare(text, start, end)) if listed else [])


def kind(text: str, start: int, end: int) -> Kind:
    """Whether a sentence without a commitment declares something, or only tells."""
    sentence = text[start:end]
    return "declaratory" if _RECITAL.match(sentence) or _DECLARES.search(sentence) else "other"


class _Act(NamedTuple):
    """The act after a marker: where it stands, and whether it is done to its subject."""

    span: Span
    passive: bool


class _Head(NamedTuple):
    """Actor, act and, where it stands before the marker, object of a clause, and where the clause begins."""

    actor: Span | None
    act: Span
    object: Span | None
    begin: int


def _marked(text: str, start: int, end: int) -> Iterator[Clause]:
    """Commitments with a marker: each reaches from its actor to the next one's."""
    heads = _heads(text, start, end)
    for k, head in enumerate(heads):
        stop = heads[k + 1].begin if k + 1 < len(heads) else end
        reach = head.begin if k else _after_heading(text, start, head.begin)
        yield Clause(head.actor, head.act, head.object or _object(text, head.act[1], stop), reach, stop)


def _heads(text: str, start: int, end: int) -> list[_Head]:
    """The heads of the clauses with a marker; a marker without a subject goes on with the one before where a word joins them."""
    heads: list[_Head] = []
    at, last = start, None
    for marker in _MARKER.finditer(text, start, end):
        act = _act(text, marker, end) if marker.start() >= at else None
        if act is None:
            continue
        subject = _subject(text, at, marker.start(), first=not heads)
        if subject is None and not marker["noun"] and not (heads and _joined(text, at, marker.start())):
            continue
        subject = subject or last
        begin = subject[0] if subject and subject != last else marker.start()
        roles = _roles(text, subject, act)
        if roles is not None:
            actor, object_ = roles
            heads.append(_Head(actor, act.span, object_, begin))
            last, at = subject, act.span[1]
    return heads


def _act(text: str, marker: re.Match[str], end: int) -> _Act | None:
    """The act that a marker announces, or is; None where no verb follows."""
    if marker["direct"]:
        return _Act(marker.span(), passive=False)
    act = _ACT.match(text, marker.end(), end)
    return None if act is None else _Act((act.start("verb"), act.end()), passive=bool(act["passive"]))


def _roles(text: str, subject: Span | None, act: _Act) -> tuple[Span | None, Span | None] | None:
    """Actor and object of a marked clause, the object only where it stands before the marker; None where nobody commits."""
    verb = text[slice(*act.span)]
    who_words = text[slice(*subject)] if subject else ""
    head = _PREPOSITION.split(who_words, maxsplit=1)[0].strip()
    if _NOBODY.match(who_words.strip()) or _STATIVE.match(verb):
        return None
    if act.passive and _PARTICIPLE.search(verb):
        return None if _GOVERNS.match(verb) else (_agent(text, act.span[1]), subject)
    if _HAPPENS.search(head):
        return (None, subject) if _BEGINS.match(verb) else None
    return subject, None


def _agent(text: str, at: int) -> Span | None:
    """Who does what a passive says is done: "by the Agency", and no date."""
    by = _BY_WHOM.search(text, at, at + 120)
    return None if by is None or _BY_WHEN.match(by["who"]) else by.span("who")


def _after_heading(text: str, start: int, end: int) -> int:
    """Where a sentence begins after the heading that it carries: "Inspections: The buyer ..."."""
    at = text.rfind(": ", start, end)
    return start if at < 0 else at + 2


def _joined(text: str, start: int, end: int) -> bool:
    """Whether a marker goes on with the actor of the one before: "... and will complete it"."""
    return bool(re.search(r"\b(?:and|but|or)\s+(?:\w+ly\s+)?$", text[start:end]))


def _subject(text: str, start: int, end: int, *, first: bool) -> Span | None:
    """The words before a marker that name who commits: after introductions, headings and the sentence's earlier clauses."""
    if first and _RECITAL.match(text, start, end) and "," not in text[start:end]:
        return None
    begin = _last_break(text, start, end, first=first)
    segment = text[begin:end]
    names = _last_names(segment)
    if names is None:
        return None
    low, high = names
    low += len(segment[low:high]) - len(_OPENING.sub("", segment[low:high], count=1))
    words = _CLOSING.sub("", segment[low:high].rstrip())
    return (begin + low, begin + low + len(words)) if words else None


def _last_break(text: str, start: int, end: int, *, first: bool) -> int:
    """Where the last heading, or "that", ends before a marker; after an earlier clause also the last word that joins them."""
    breaks = [start, *(start + cut.end() for cut in _BREAK.finditer(text[start:end]))]
    joins = [0] if first else [0, *(join.end() for join in _JOIN.finditer(text[breaks[-1] : end]))]
    return breaks[-1] + joins[-1]


def _last_names(segment: str) -> Span | None:
    """The last part between commas, with those before it in a list of names; None where there is only an introduction."""
    parts = [part.span() for part in _PART.finditer(segment)]
    if not parts or (_RECITAL.match(segment) and len(parts) == 1):
        return None
    k = len(parts) - 1
    while k > 0 and " and " in f" {segment[parts[k][0] : parts[-1][1]]} " and _listed(segment[slice(*parts[k - 1])]):
        k -= 1
    low, high = parts[k][0], parts[-1][1]
    if k == 0 and _INTRO.match(segment[low:high].strip()):
        name = _LAST_NAME.search(segment, low, high)
        return None if name is None else (name.start("name"), high)
    return low, high


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
