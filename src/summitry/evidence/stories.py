"""Repeats of one story: rows that tell the same thing of the same actor on the same day count once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summitry.case.rows import Commitment, Event


def once(events: Iterable[Event]) -> list[Event]:
    """Events in order of date, each story once; of several rows of one story the one that claims least is kept.

    A story is the day, word or deed, and the wording without case, punctuation and spacing. The rows are of one actor.
    """
    kept: dict[tuple[str, str, str], Event] = {}
    for event in sorted(events, key=_claims_least, reverse=True):
        kept[event.date.isoformat(), event.kind, wording(event.event)] = event
    return [kept[key] for key in sorted(kept)]


def promised_once(rows: Iterable[Commitment]) -> list[Commitment]:
    """Commitments in order of signature, each promise of an agreement once, by its row of least outcome; open ones come last."""
    kept: dict[tuple[str, str, str], Commitment] = {}
    for row in sorted(rows, key=lambda row: (2.0 if row.outcome is None else row.outcome, row.model_dump_json()), reverse=True):
        kept[row.signed.isoformat(), wording(row.agreement), wording(row.commitment)] = row
    return [kept[key] for key in sorted(kept)]


def wording(text: str) -> str:
    """The words of a text, in small letters, one blank between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _claims_least(event: Event) -> tuple[float, float, float, float, str]:
    scores = (event.cost or 0.0, event.verified or 0.0, event.irreversible or 0.0)
    return abs(event.sign), *scores, event.model_dump_json()
