"""The ladder of deals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry import case
from summitry.case.types import require_native
from summitry.evidence.record import record
from summitry.model import build
from summitry.plan.schedule import require_trust
from summitry.trade.ladder import climb
from summitry.trade.rung import searched

if TYPE_CHECKING:
    from summitry.case.types import Case
    from summitry.trade.ladder_results import LadderResult


def ladder(name: str, *, viewer: str | None = None, seed: int = 0) -> tuple[Case, LadderResult]:
    """The rungs in rising load for the principal, and the case's ideas among them."""
    opened = require_native(case.load(name, viewer=viewer), "A ladder")
    made = build(opened, seed=seed, record=record(opened))
    principal = opened.principal
    require_trust(made, "A ladder")
    return opened, climb(made, principal, searched(made, principal))
