"""Questions about what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry import case
from summitry.evidence.holdings import holdings

if TYPE_CHECKING:
    from summitry.evidence.holdings import Holding


def inventory(name: str, *, viewer: str | None = None) -> tuple[Holding, ...]:
    """What each party is claimed to hold, by kind of claim, and the fused estimate."""
    return holdings(case.load(name, viewer=viewer))
