"""What the tables and texts of the folder evidence say: one class per row, and all of them together."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field

from summitry.case.dates import period
from summitry.case.fields import Doc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WHOLE = ""
UNACCOUNTED = "unaccounted"
CorrectedField: TypeAlias = Literal[
    "commitment", "actor", "act", "object", "quantity", "deadline", "verification", "condition", "reciprocity", "issue"
]


class Correction(Doc):
    """One row of evidence/corrections.csv: what a person reads in a document where the audit reads it otherwise.

    `words` are a quotation that stands in the document once and tells which commitment is meant. `value` replaces what was found
    in `field` (empty: there is none). The field `commitment` takes yes or no; `issue` takes ISSUE or ISSUE.OPTION.
    """

    document: str
    words: Annotated[str, Field(min_length=1)]
    field: CorrectedField
    value: str = ""
    by: Annotated[str, Field(min_length=1)]
    note: str = ""


ClaimKind: TypeAlias = Literal["declared", "estimated", "verified"]
PositionStatus: TypeAlias = Literal["floated", "demanded", "offered", "tabled", "refused", "withdrawn", "accepted"]


GIVING = frozenset({"offered", "tabled", "accepted"})
"""What binds whoever says it of what is its own to give."""
UNSTATED = "unstated"
"""The condition of an offer that hangs on something that nobody has named."""


class Claim(Doc):
    """One row of evidence/claims.csv: who says whom holds how much of what."""

    holder: str
    category: str
    item: str = ""
    low: float | None = None
    central: float | None = None
    high: float | None = None
    unit: str
    as_of: str
    published: str = ""
    kind: ClaimKind
    claimant: str
    source: Annotated[str, Field(min_length=1)]
    status: str = ""
    note: str = ""


class Event(Doc):
    """One row of evidence/events.csv: a dated word or deed; `sign` -2..2, the rest 0..1, are a coder's judgement.

    `option` names the ISSUE.OPTION that the deed carried out, so that it can be weighed in the points of a deal.
    """

    date: dt.date
    actor: str
    target: str = ""
    kind: Literal["word", "deed"]
    event: str
    sign: Annotated[float, Field(ge=-2, le=2)]
    cost: Annotated[float, Field(ge=0, le=1)] | None = None
    irreversible: Annotated[float, Field(ge=0, le=1)] | None = None
    verified: Annotated[float, Field(ge=0, le=1)] | None = None
    weight: Literal["", "token", "humanitarian", "substantive"] = ""
    option: str = ""
    source: Annotated[str, Field(min_length=1)]
    status: str = ""


class Position(Doc):
    """One row of evidence/positions.csv: the state of play.

    Rows of one party with the same `offer` belong together: what they give hangs on what they demand. `condition` names what else
    must be in the package, ISSUE.OPTION, several parted by blanks; `unstated` where nobody said what it hangs on. `by` is who
    reports it, where that is somebody else than the party: a report binds nobody.
    """

    date: dt.date
    party: str
    issue: str
    option: str
    status: PositionStatus
    source: Annotated[str, Field(min_length=1)]
    note: str = ""
    offer: str = ""
    condition: str = ""
    by: str = ""

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must be in the same package, as ISSUE.OPTION, or the word `unstated`."""
        return tuple(self.condition.split())

    @property
    def own(self) -> bool:
        """Whether the party said it itself."""
        return self.by in {"", self.party}


class Commitment(Doc):
    """One row of evidence/commitments.csv: promised, due, delivered.

    `outcome` 0..1 as known on the as-of date, empty while open; `known` is the day on which that became known. All rows of an
    agreement are one observation, of which each is a part by its `weight`; an agreement counts as kept no better than its
    `central` rows. `broken_by` says in words who broke it, where that was not who promised it.
    """

    agreement: str
    signed: dt.date
    party: str
    commitment: str
    due: str = ""
    delivered: str = ""
    outcome: Annotated[float, Field(ge=0, le=1)] | None = None
    weight: Annotated[float, Field(ge=0, le=1e9)] = 1.0
    central: bool = False
    known: dt.date | None = None
    broken_by: str = ""
    note: str = ""
    source: Annotated[str, Field(min_length=1)]
    status: str = ""


class Forecast(Doc):
    """One row of preferences/HOLDER/forecasts.csv: on the day `date` the holder gave `chance` that `party` accepts by `until`.

    `package` is ISSUE=OPTION, several parted by blanks; `about` says what it was. Written by `--write`, never changed.
    """

    date: dt.date
    until: dt.date
    party: str
    package: Annotated[str, Field(pattern=r"^\S+=\S+( \S+=\S+)*$")]
    chance: Annotated[float, Field(ge=0, le=1)]
    about: str = ""


TABLES: dict[str, type[Doc]] = {
    "claims": Claim,
    "events": Event,
    "positions": Position,
    "commitments": Commitment,
    "corrections": Correction,
}
"""What a row is, by the table's name: evidence/NAME.csv."""


class Document(Doc):
    """An agreed text in evidence/documents/."""

    name: str
    text: str


class Evidence(Doc):
    """All that the evidence folder holds; an empty part is a link that is left out by name."""

    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    documents: tuple[Document, ...] = ()
    corrections: tuple[Correction, ...] = ()


def stem(document: str) -> str:
    """A document's name without its ending."""
    return re.sub(r"\.(?:txt|md)$", "", document)


def find_words(words: str, text: str) -> list[tuple[int, int]]:
    """Where words stand in a text, whatever blanks and line ends lie between them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [match.span() for match in re.finditer(pattern, text)] if pattern else []


@dataclass(frozen=True, slots=True)
class Read:
    """A claim with the thing its item names, the first and last day it speaks of, and whether it was known on the as-of date."""

    claim: Claim
    thing: str
    start: dt.date | None
    end: dt.date | None
    in_time: bool

    @property
    def span(self) -> tuple[float, float, float] | None:
        """Low, central and high in rising order; None for a bound alone.

        A missing bound mirrors the other one about the central value; a missing central value is the middle.
        """
        low, central, high = self.claim.low, self.claim.central, self.claim.high
        if central is None:
            return None if low is None or high is None else _rising(low, low / 2.0 + high / 2.0, high)
        if low is None:
            low = central if high is None else max(0.0, 2.0 * central - high)
        if high is None:
            high = max(central, 2.0 * central - low)
        return _rising(low, central, high)

    @property
    def claimant(self) -> str:
        """Who speaks, without the years in the name: a yearbook's editions are one claimant."""
        return _plain(re.sub(r"\b(?:19|20)\d\d\b", "", self.claim.claimant))

    @property
    def age_order(self) -> tuple[str, str, float, str]:
        """Sorts by date, then the wider range, then the wording, so that the order of rows does not matter."""
        low, _, high = self.span or (0.0, 0.0, 0.0)
        return str(self.end or ""), str(self.start or ""), high - low, self.claim.model_dump_json()

    def middle(self, as_of: dt.date) -> dt.date:
        """The day it speaks of: the middle of its period, but no later than the as-of date, which also stands for no date."""
        return as_of if self.start is None or self.end is None else min(as_of, self.start + (self.end - self.start) / 2)


def read(claim: Claim, category: str, unit: str, as_of: dt.date) -> Read:
    """One claim, read. It is known unless it speaks of, or was published at, a time after the as-of date."""
    span, published = period(claim.as_of), period(claim.published)
    in_time = (span is None or span[0] <= as_of) and (published is None or published[0] <= as_of)
    start, end = span or (None, None)
    return Read(claim, thing(claim.item, category, unit), start, end, in_time)


def thing(item: str, category: str, unit: str) -> str:
    """What an item names: WHOLE for the whole category, UNACCOUNTED for what the books miss, else the text before a bracket.

    It is the whole where the text is empty or has a word of the category or the unit, plural or not.
    """
    name = _plain(item.partition("(")[0])
    words = _stems(name)
    if words & {"unaccounted", "muf"}:
        return UNACCOUNTED
    return WHOLE if not words or words & (_stems(category) | _stems(unit)) else name


def main_unit(claims: Sequence[Claim], as_of: dt.date) -> str:
    """The unit in which most claimants give a usable figure (ties: most rows, then the alphabet); rates of another are none."""
    units = {claim.unit for claim in claims}

    def support(unit: str) -> tuple[int, int, str]:
        rows = [read(claim, "", unit, as_of) for claim in claims if claim.unit == unit]
        return -len({r.claimant for r in rows if r.in_time and r.span}), -len(rows), unit

    return min((unit for unit in units if not any(is_rate(unit, other) for other in units)), key=support)


def main_thing(rows: Sequence[Read]) -> str:
    """The whole category where somebody speaks of it, else the item with most claimants (ties: the alphabet)."""
    claimants: dict[str, set[str]] = {}
    for r in rows:
        claimants.setdefault(r.thing, set()).add(r.claimant)
    return min(claimants, key=lambda name: (name != WHOLE, -len(claimants[name]), name), default=WHOLE)


def latest(rows: Iterable[Read]) -> list[Read]:
    """The latest claim of each claimant, oldest first."""
    newest = {r.claimant: r for r in sorted(rows, key=lambda r: r.age_order)}
    return sorted(newest.values(), key=lambda r: r.age_order)


def independent(rows: Iterable[Read]) -> list[Read]:
    """The latest claim of each claimant, and of one and the same figure only the latest: repeated is not confirmed."""
    return sorted({r.span: r for r in latest(rows)}.values(), key=lambda r: r.age_order)


def is_rate(unit: str, amount: str) -> bool:
    """Whether `unit` is `amount` per year."""
    head, _, tail = unit.casefold().replace(" ", "").rpartition("/")
    return head == amount.casefold().replace(" ", "") and tail in {"year", "yr", "y", "a"}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _stems(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"\w+", text.casefold())}


def _rising(*numbers: float) -> tuple[float, float, float]:
    first, second, third = sorted(numbers)
    return first, second, third
