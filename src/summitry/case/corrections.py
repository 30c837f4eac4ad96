"""What a person reads in a document of a case where the audit of its words reads it otherwise."""

from __future__ import annotations

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
