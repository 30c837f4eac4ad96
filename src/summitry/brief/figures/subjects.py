"""What of the findings a reader meets first: the other side, the swap to start with, the idea that fails today."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitry.study import Findings
    from summitry.trade.gates import Verdict


def other(findings: Findings) -> str | None:
    """The main other party: who gives the deliverable, else whom the principal has a belief about, else the last one."""
    sides, principal = findings.sides, findings.principal
    parties = [findings.price.giver] if findings.price is not None else []
    if findings.record is not None:
        parties += [belief.other for belief in findings.record.beliefs if belief.party == principal]
    if findings.frontier is not None:
        parties += reversed(findings.frontier.parties)
    ours = sides.get(principal, principal)
    return next((party for party in parties if sides.get(party, party) != ours), None)


def chosen(findings: Findings) -> Verdict | None:
    """The swap under START HERE: the best rung, or the nearest miss where nothing passes."""
    return None if findings.rung is None else findings.rung.chosen


def not_today(findings: Findings) -> Verdict | None:
    """The idea under NOT TODAY: the one that the settings name where it fails, else the first idea that fails a gate."""
    wanted = findings.settings.get("idea")
    titles = {wanted, findings.names.get(str(wanted))} if wanted else set()
    failing = [idea for idea in findings.ideas if not idea.passed]
    return next((idea for idea in failing if idea.title in titles), next(iter(failing), None))


def binding(verdict: Verdict) -> str | None:
    """The party whose trust is shortest of what the swap needs, by odds."""
    odds = {p: (_odds(need), _odds(verdict.trust[p])) for p, need in verdict.trust_needed.items() if p in verdict.trust}
    return max(odds, key=lambda p: odds[p][0] / odds[p][1] if odds[p][1] > 0 else math.inf) if odds else None


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf
