"""Whom rows of evidence speak of, and which of them tell the same story: two stated rules for free text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from summitry.case.rows import Commitment, Event
    from summitry.case.types import Case


def matcher(case: Case) -> Callable[[str], tuple[str, ...]]:
    """A function from the text of an actor, target or holder to the ids it names, in the order of the text, each once.

    1. The whole text, then each part between `+` signs, is compared without regard to case or outer blanks.
    2. It is a party's id or name, a coalition's id or name (meaning all its members), or an outsider's id or name, in that order.
    3. Anything else stays as the label it is. An empty text names nobody.
    """
    meant: dict[str, tuple[str, ...]] = {}
    for name in case.file.parties:
        meant.setdefault(_key(name), (name,))
    for name, party in case.file.parties.items():
        meant.setdefault(_key(party.name), (name,))
    for name, coalition in case.file.coalitions.items():
        members = tuple(p for p, party in case.file.parties.items() if party.coalition == name)
        meant.setdefault(_key(name), members)
        meant.setdefault(_key(coalition.name), members)
    for name, outsider in case.file.outsiders.items():
        meant.setdefault(_key(name), (name,))
        meant.setdefault(_key(outsider.name), (name,))

    def match(text: str) -> tuple[str, ...]:
        if _key(text) in meant:
            return meant[_key(text)]
        ids = [name for part in text.split("+") if part.strip() for name in meant.get(_key(part), (part.strip(),))]
        return tuple(dict.fromkeys(ids))

    return match


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


def once(events: Iterable[Event]) -> list[Event]:
    """Events in order of date, each story once; of several rows of one story the one that claims least is kept.

    A story is the day, word or deed, and the wording without case, punctuation and spacing. The rows are of one actor.
    """
    stories: dict[tuple[str, str, str], Event] = {}
    for event in sorted(events, key=_claims_least, reverse=True):
        stories[event.date.isoformat(), event.kind, wording(event.event)] = event
    return [stories[key] for key in sorted(stories)]


def promised_once(rows: Iterable[Commitment]) -> list[Commitment]:
    """Commitments in order of signature, each promise of an agreement once, by its row of least outcome; open ones come last."""
    promises: dict[tuple[str, ...], Commitment] = {}
    for row in sorted(rows, key=lambda row: (2.0 if row.outcome is None else row.outcome, row.model_dump_json()), reverse=True):
        promises[same_promise(row)] = row
    return [promises[key] for key in sorted(promises)]


def same_promise(row: Commitment) -> tuple[str, ...]:
    """What rows of one promise have in common: the day of the signature, the agreement, the words, and when it is due."""
    return row.signed.isoformat(), wording(row.agreement), wording(row.commitment), wording(row.due)


def wording(text: str) -> str:
    """The words of a text, in small letters, one blank between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _claims_least(event: Event) -> tuple[float, float, float, float, str]:
    scores = (event.cost or 0.0, event.verified or 0.0, event.irreversible or 0.0)
    return abs(event.sign), *scores, event.model_dump_json()
