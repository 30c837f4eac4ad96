"""The terms of a commitment: how much, by when, verified how, on what condition, in return for what; each with its words.

Patterns of our own over plain text, read from left to right. How a term counts is said in `audit`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.case import dates
from summitry.case.dates import DATE, FEW, MONTH, YEAR

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Term:
    """Words of a text from `start` to `end`, what kind of term they are, and the value that they name (a day, a number)."""

    start: int
    end: int
    kind: str
    value: str = ""


_I = re.IGNORECASE
_SPAN = (
    r"(?:(?:the\s+)?(?:end|close|beginning|start|middle|(?:first|second)\s+half|(?:first|second|third|fourth|last)\s+quarter)\s+of\s+"
    rf"(?:{MONTH}\s+)?(?:the\s+year|this\s+year|next\s+year|{YEAR})|{MONTH}\s+{YEAR}|{MONTH}(?=\W|$)|{YEAR}(?![\d-]))"
)
_BY = (
    r"(?:no\s+later\s+than|not\s+later\s+than|at\s+the\s+latest\s+(?:by|on)|prior\s+to|starting\s+(?:on|from|in)|as\s+of|effective"
    r"|with\s+effect\s+from|by|before|until|till|from|on|in|through|within|during)"
)
_WORD = "|".join(sorted(FEW, key=len, reverse=True))
_UNIT = r"(?:hours?|days?|weeks?|months?|quarters?|years?)"
_DAYS = r"(?:(?:calendar|working|business|consecutive|further)\s+)?"
_LONG = rf"(?P<n>\d{{1,4}}|{_WORD})(?:\s*\(\d{{1,4}}\))?[\s-]+{_DAYS}(?P<unit>{_UNIT})\b"
_UP_TO = r"[^,;:.()\[\]]{1,60}?(?=\s+(?:and|or|but|will|shall|to)\b|[,;:.()\[\]]|$)"
_AFTER = rf"(?P<after>\s+(?:of|after|from|following|before|prior\s+to)\s+(?!which\b){_UP_TO})"
_THE_TEXT = re.compile(r"\bthis\s+\w+|\bsign(?:ature|ing)\b", _I)
_DEADLINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", re.compile(rf"\b{_BY}\s+(?:{DATE})", _I)),
    ("date", re.compile(rf"\b{_BY}\s+(?:{_SPAN})")),
    ("date", re.compile(r"\b(?:within|by\s+the\s+end\s+of|before\s+the\s+end\s+of)\s+(?:the|this)\s+(?:current\s+)?year\b", _I)),
    ("span", re.compile(rf"\b(?:within|in|after|not\s+later\s+than|no\s+later\s+than|at\s+most)\s+{_LONG}{_AFTER}?", _I)),
    ("span", re.compile(rf"\b{_LONG}(?P<after>\s+(?:after|before|following|from)\s+{_UP_TO})", _I)),
    ("lasting", re.compile(rf"\b(?:for|over|during)\s+(?:(?:a\s+period\s+of|at\s+least|the\s+next)\s+)?{_LONG}", _I)),
    (
        "recurring",
        re.compile(
            rf"(?:each|every)\s+(?:(?:\d{{1,3}}|{_WORD})\s+)?{_UNIT}\b|(?:once|twice|\w+\s+times)\s+(?:a|per|every)\s+{_UNIT}\b"
            rf"|\bper\s+{_UNIT}\b|\ba\s+(?:week|month|quarter|year)\b(?!\s+(?:of|after|from|ago|before|earlier|later))"
            r"|\b(?:annually|monthly|weekly|yearly|quarterly|daily)\b",
            _I,
        ),
    ),
    ("at once", re.compile(r"\b(?:immediately|immediate|at\s+once|forthwith|without\s+delay|today)\b", _I)),
    ("phase", re.compile(r"\bin\s+(?:the|a|its)\s+(?:initial|first|second|third|next|final|last)\s+(?:phase|stage|step)\b", _I)),
    (
        "vague",
        re.compile(
            r"\b(?:promptly|expeditiously|as\s+soon\s+as\s+(?:possible|practicable)|at\s+an\s+early\s+date|soon|gradually"
            r"|at\s+the\s+earliest\s+possible\s+date|in\s+due\s+course|at\s+an\s+appropriate\s+time|in\s+the\s+near\s+future"
            r"|in\s+a\s+timely\s+manner)\b",
            _I,
        ),
    ),
)
_BEGINS = re.compile(r"(?:from|starting|as\s+of|effective|with\s+effect)\b", _I)
_COUNTS = re.compile(rf"\b{_UNIT}\s+$", _I)
"""A day from which something holds is no day by which it is done, unless days are counted from it."""
_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ALONE = rf"(?<![\w.,-])(?:{_NUMBER})"
_SCALE = r"(?:\s*(?:hundred|thousand|million|billion|bn|m)\b)?"
_PLAIN = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|dozen"
_NO_THING = (
    rf"(?:{_UNIT}|per|percent|of|to|and|or|in|on|by|at|for|from|with|the|is|are|was|were|as|a|an|but|than|hundred|thousand)\b"
)
_THING = rf"\s+(?!{_NO_THING})[a-z][\w-]*(?:\s+(?!{_NO_THING})[a-z][\w-]*s\b)?"
_QUANTITY = re.compile(
    rf"(?P<money>(?:US\$|[$€£¥]|\b(?:USD|EUR|GBP|CHF|JPY)\s)\s?(?:{_NUMBER}){_SCALE})"
    rf"|(?P<share>(?:{_ALONE}|\b(?:{_PLAIN}))\s?(?:%|per\s?cent\b|percentage\s+points?\b))"
    r"|(?P<part>\b(?:half|(?:a|one|two|three)[ -](?:third|quarter|half|fifth|tenth)s?)\s+(?:of|the|its|their)\b)"
    rf"|(?P<count>{_ALONE}{_SCALE}{_THING}(?:\s+(?:per|a)\s+(?!{_UNIT})[a-z]+)?)"
    rf"|(?P<scaled>{_ALONE}\s*(?:million|billion)\b)"
    rf"|(?P<worded>\b(?:{_PLAIN})\b{_SCALE}(?:{_THING}|\s+{_UNIT}(?=\s+of\s+[a-z])))"
)
_NAMES_A_THING = re.compile(
    r"(?:\b(?:Article|Section|Annex|Resolution|Paragraph|Point|No|Nos|Chapter|Phase|Step|Part|Clause|Protocol|Law|Act|Convention)s?\.?|§)\s*$",
    _I,
)
_DEFINITE = re.compile(r"\b(?:the|these|those|both|all|our|last|next|first|other)\s*$", _I)
_REST = r"(?:[^,;:.()\[\]]|\.(?=\w|\s+[a-z])){0,120}"
_VERIFIED = re.compile(
    r"(?:\bas\s+|\bto\s+be\s+|\bsubject\s+to\s+|\band\s+)?\b(?:verif(?:ied|ication)|inspect(?:ed|ion)|monitor(?:ed|ing)|audit(?:ed)?|certified"
    r"|observed|confirmed|witnessed|measured|documented|checked|evidenced|shown|read|supervised)\s+(?:by|through|with|against|under|in)\b"
    rf"{_REST}"
    r"|\bunder\s+(?:the\s+)?(?:\w+\s+)?(?:supervision|observation|control|monitoring|verification|inspection|safeguards|eyes)\b"
    rf"(?:\s+of\b{_REST})?"
    rf"|\bin\s+the\s+presence\s+of\b{_REST}|\bbefore\s+witnesses\b"
    r"|\b(?:to\s+)?report(?:s|ing)?\s+(?:\S+\s+){0,6}to\s+(?:the\s+)?\w+(?:\s+\w+)?"
    r"|\b(?:verifications?|inspections?|inspectors?|monitoring|monitors|audits?|observers?|IAEA(?:\s+(?:safeguards|personnel|inspect\w+))?|safeguards)\b",
    _I,
)
_ALONE_WORD = re.compile(r"(?:verifications?|inspections?|inspectors?|monitoring|monitors|audits?|observers?|safeguards)", _I)
_IF = re.compile(
    r"\b(?:only\s+)?(?:if|unless|provided\s+that|on\s+(?:the\s+)?condition\s+that|subject\s+to|(?:as|so)\s+long\s+as|once|when|upon"
    r"|in\s+case|in\s+the\s+event|depending\s+on|contingent\s+on|pending(?=\s+(?:the|its|their|final|approval|completion|ratification)\b)|while"
    rf"|until(?!\s+(?:{DATE}|{_SPAN}|further\s+notice)))\b{_REST}"
    rf"|\b(?:after|before)\s+(?!{DATE}|{_SPAN}|\d|(?:{_WORD})\b|which\b|witnesses\b){_REST}",
    _I,
)
_AS_THEY = re.compile(
    r"\bas\s+(?:the\s+)?(?:[A-Z][\w.]*\s+){1,4}(?:takes?|does|do|performs?|fulfils?|begins?|completes?|withdraws?|stops?|lifts?|keeps?)\b"
    rf"{_REST}"
)
_RETURN = re.compile(
    rf"\bin\s+(?:return|exchange)(?:\s+for\b{_REST})?|\b(?:on\s+a\s+|on\s+the\s+basis\s+of\s+)?reciproc(?:al|ally|ity)(?:\s+basis)?\b"
    r"|\bsimultaneous(?:ly)?\b|\bmutual(?:ly)?\b(?!\s+(?:confidence|trust|respect|understanding|benefit|interest))"
    r"|\bcorresponding\s+(?:measures|steps|actions)\b|\b(?:action\s+for\s+action|commitment\s+for\s+commitment)\b"
    r"|\beach\s+for\s+the\s+other(?:['’]s)?\b|\bin\s+parallel\b",
    _I,
)


def quantities(text: str, start: int, end: int, taken: Iterable[Term] = ()) -> list[Term]:
    """Numbers with what they count; dates, durations, names ("Resolution 2231") and "the two sides" are none."""
    spans = [(t.start, t.end) for t in taken]
    terms = []
    for match in _QUANTITY.finditer(text, start, end):
        before = text[max(start, match.start() - 20) : match.start()]
        names = _NAMES_A_THING.search(before) or (match["worded"] and _DEFINITE.search(before))
        dated = match["count"] and (re.search(rf"\b{MONTH}\s*$", before) or re.match(rf"{YEAR}\s|\d+\s+{MONTH}", match[0]))
        if not names and not dated and not any(match.start() < e and s < match.end() for s, e in spans):
            terms.append(Term(match.start(), match.end(), str(match.lastgroup), " ".join(match[0].split())))
    return terms


def deadlines(text: str, start: int, end: int, signed: dt.date | None = None) -> list[Term]:
    """When: a date, a start, a span, for how long, how often, at once, a phase, or vague; with its day if known."""
    terms: list[Term] = []
    for kind, pattern in _DEADLINES:
        for match in pattern.finditer(text, start, end):
            if not any(match.start() < t.end and t.start < match.end() for t in terms):
                stop = match.start() + len(match[0].rstrip())
                begins = kind == "date" and _BEGINS.match(match[0]) and not _COUNTS.search(text, start, match.start())
                terms.append(Term(match.start(), stop, "start" if begins else kind, _day(kind, match, signed)))
    return sorted(terms, key=lambda term: term.start)


def _day(kind: str, match: re.Match[str], signed: dt.date | None) -> str:
    """The day that a deadline names; a span counts from the text's date unless it runs from an event."""
    if kind == "date":
        return dates.last_day(match[0], signed)
    after = match["after"] if kind == "span" else None
    if kind == "span" and signed is not None and (after is None or _THE_TEXT.search(after)):
        return dates.later(match["n"], match["unit"], signed)
    return ""


def verifications(
    text: str, start: int, end: int, but: Sequence[tuple[int, int]] = (), unless_alone: Sequence[tuple[int, int]] = ()
) -> list[Term]:
    """By whom or by what it is seen to be done; the adjective "verifiable" names no one and does not count, nor does `but`.

    Within `unless_alone` a word alone ("observers") counts for nothing: there it is what a condition or an effort is about.
    """
    terms = [t for t in _terms(_VERIFIED, text, start, end, "verification") if not any(s <= t.start < e for s, e in but)]
    return [t for t in terms if not (_ALONE_WORD.fullmatch(t.value) and any(s <= t.start < e for s, e in unless_alone))]


def conditions(text: str, start: int, end: int) -> list[Term]:
    """What must come first, or hold meanwhile."""
    terms = [*_terms(_IF, text, start, end, "condition"), *_terms(_AS_THEY, text, start, end, "condition")]
    return sorted(terms, key=lambda term: term.start)


def returns(text: str, start: int, end: int) -> list[Term]:
    """Words that tie what one side does to what another does."""
    return _terms(_RETURN, text, start, end, "reciprocity")


def apart(text: str, terms: Sequence[Term], others: Sequence[Term]) -> list[Term]:
    """Terms that end where another one begins, and none that begins inside another."""
    rest = []
    for term in terms:
        if any(other.start <= term.start < other.end for other in others):
            continue
        end = min((other.start for other in others if term.start < other.start < term.end), default=term.end)
        words = text[term.start : end].rstrip()
        rest.append(Term(term.start, term.start + len(words), term.kind, " ".join(words.split())))
    return rest


def _terms(pattern: re.Pattern[str], text: str, start: int, end: int, kind: str) -> list[Term]:
    return [
        Term(match.start(), match.start() + len(match[0].rstrip()), kind, " ".join(match[0].split()))
        for match in pattern.finditer(text, start, end)
    ]
