"""Holdings: declared, estimated and verified claims, side by side and never merged; estimates fused with their disagreement shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim as it is drawn: who says it, as of when, the range, the kind, the source; `used` says whether the fusion used it."""

    claimant: str
    item: str
    as_of: str
    low: float | None
    central: float | None
    high: float | None
    kind: str
    source: str
    status: str
    used: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """What a party has of a category on the as-of date; None where nobody claims. `posterior` holds quantiles of the fused estimates."""

    party: str
    category: str
    unit: str
    declared: float | None
    estimated: tuple[float, float, float] | None
    verified: float | None
    posterior: dict[str, float] | None
    method: str
    disagreement: float | None
    claims: tuple[ClaimLine, ...]
