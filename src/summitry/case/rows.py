"""What the tables and texts of the folder evidence say: one class per row, and all of them together."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from summitry.case.fields import Doc

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
    """One row of evidence/positions.csv: the state of play."""

    date: dt.date
    party: str
    issue: str
    option: str
    status: PositionStatus
    source: Annotated[str, Field(min_length=1)]
    note: str = ""


class Commitment(Doc):
    """One row of evidence/commitments.csv: promised, due, delivered.

    `outcome` 0..1 as known on the as-of date, empty while open.
    """

    agreement: str
    signed: dt.date
    party: str
    commitment: str
    due: str = ""
    delivered: str = ""
    outcome: Annotated[float, Field(ge=0, le=1)] | None = None
    note: str = ""
    source: Annotated[str, Field(min_length=1)]
    status: str = ""


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
