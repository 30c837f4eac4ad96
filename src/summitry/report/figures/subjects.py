"""What of the findings a reader meets first: the swap to start with, and whose trust it strains most."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitry.deals.gates import Verdict
    from summitry.study import Findings


def chosen(findings: Findings) -> Verdict | None:
    """The swap under START HERE: the best rung, or the nearest miss where nothing passes."""
    return None if findings.rung is None else findings.rung.chosen


def binding(verdict: Verdict) -> str | None:
    """The party whose trust is shortest of what the swap needs, by odds."""
    odds = {p: (_odds(need), _odds(verdict.trust[p])) for p, need in verdict.trust_needed.items() if p in verdict.trust}
    return max(odds, key=lambda p: odds[p][0] / odds[p][1] if odds[p][1] > 0 else math.inf) if odds else None


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf
