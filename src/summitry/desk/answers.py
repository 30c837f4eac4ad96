"""How an answer becomes one JSON object, and how ISSUE=OPTION is read."""

from __future__ import annotations

import json

from summitry.brief import export
from summitry.errors import BadArgument


def as_json(result: object, *, rounded: bool = True) -> str:
    """One documented object for --json; rounded as in findings.json unless every digit is asked for."""
    plain = export.plain(result) if rounded else result
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False)


def split(deliverable: str) -> tuple[str, str]:
    """ISSUE and OPTION from ISSUE=OPTION."""
    issue, sign, option = deliverable.partition("=")
    if not sign or not issue or not option:
        msg = f"A deliverable is written ISSUE=OPTION, for example declaration=full; found {deliverable!r}."
        raise BadArgument(msg)
    return issue, option
