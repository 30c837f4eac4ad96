"""Who a row of evidence speaks of: its free text matched to the parties of the case by one stated rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.case.types import Case


def matcher(case: Case) -> Callable[[str], tuple[str, ...]]:
    """A function from the text of an actor, target or holder to the ids it names, in the order of the text, each once.

    1. The whole text, then each part between `+` signs, is compared without regard to case or outer blanks.
    2. It is a party's id or name, a coalition's id or name (meaning all its members), or an outsider's id or name, in that order.
    3. Anything else stays as the label it is. An empty text names nobody.
    """
    known: dict[str, tuple[str, ...]] = {}
    for name in case.file.parties:
        known.setdefault(_key(name), (name,))
    for name, party in case.file.parties.items():
        known.setdefault(_key(party.name), (name,))
    for name, coalition in case.file.coalitions.items():
        members = tuple(p for p, party in case.file.parties.items() if party.coalition == name)
        known.setdefault(_key(name), members)
        known.setdefault(_key(coalition.name), members)
    for name, outsider in case.file.outsiders.items():
        known.setdefault(_key(name), (name,))
        known.setdefault(_key(outsider.name), (name,))

    def match(text: str) -> tuple[str, ...]:
        if _key(text) in known:
            return known[_key(text)]
        found = [ids for part in text.split("+") if part.strip() for ids in known.get(_key(part), (part.strip(),))]
        return tuple(dict.fromkeys(found))

    return match


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
