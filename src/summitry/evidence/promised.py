"""What was promised, by when, and what was delivered, as evidence/commitments.csv has it, by agreement and date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summitry.evidence.actors import matcher

if TYPE_CHECKING:
    from summitry.case.types import Case

KEPT, BROKEN = 0.7, 0.3
"""From an outcome of .7 a promise counts as kept, up to .3 as broken, between partly kept; without an outcome it is open."""


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise: who, what, due when, what was delivered, and how that was judged (0 broken to 1 kept; None while open)."""

    agreement: str
    signed: str
    parties: tuple[str, ...]
    what: str
    due: str
    delivered: str
    outcome: float | None
    state: Literal["kept", "partly kept", "broken", "open"]
    note: str
    source: str
    status: str


def promised(case: Case) -> tuple[Promised, ...]:
    """All promises signed by the as-of date, in the order of signing, then as written."""
    match = matcher(case)
    rows = sorted((r for r in case.evidence.commitments if r.signed <= case.file.as_of), key=lambda r: (r.signed, r.agreement))
    return tuple(
        Promised(
            r.agreement,
            r.signed.isoformat(),
            match(r.party),
            r.commitment,
            r.due,
            r.delivered,
            r.outcome,
            _state(r.outcome),
            r.note,
            r.source,
            r.status,
        )
        for r in rows
    )


def _state(outcome: float | None) -> Literal["kept", "partly kept", "broken", "open"]:
    if outcome is None:
        return "open"
    return "kept" if outcome >= KEPT else "broken" if outcome <= BROKEN else "partly kept"
