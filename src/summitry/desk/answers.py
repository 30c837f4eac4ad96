"""How an answer becomes one JSON object."""

from __future__ import annotations

import json

from summitry.report import data


def as_json(result: object, *, rounded: bool = True) -> str:
    """One documented object for --json; rounded as in findings.json unless every digit is asked for."""
    plain = data.plain(result) if rounded else result
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False)
