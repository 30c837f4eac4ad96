"""The declarations of a case as they stand: what was declared lately, and, where the case asks about more, what it would mean."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from summitry.case.dates import period
from summitry.evidence.declarations import Declared, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.evidence.declarations import Declaration
    from summitry.evidence.holdings import Holding

RECENT = dt.timedelta(days=365)
"""An older declaration is not judged: what was made or used since then is no omission."""


def outlook(case: Case, held: Sequence[Holding], seed: int = 0) -> Declaration | None:
    """Judge what the case's parties declared; None where nothing is declared, nor asked about, of which there is an estimate.

    1. A declared figure counts if it speaks of the year before the as-of date and somebody estimates the same thing.
    2. Of the other categories that issues move, balances name or visits look for, the middle of the estimates is supposed.
    """
    asked = asked_about(case)
    rows: list[Declared] = []
    supposed: set[tuple[str, str]] = set()
    for holding in held:
        if holding.posterior is None:
            continue
        amount = _declared_lately(holding, case.file.as_of)
        if amount is None and holding.category in asked and holding.posterior["p50"] > 0.0:
            amount = holding.posterior["p50"]
            supposed.add((holding.party, holding.category))
        if amount is not None:
            rows.append(Declared(category=holding.category, declared=amount, party=holding.party))
    return judge(case, rows, seed, held=held, supposed=supposed) if rows else None


def asked_about(case: Case) -> set[str]:
    """The categories that an issue moves, a balance names or visits look for."""
    said = case.file.declarations
    found = {issue.holding for issue in case.file.issues.values() if issue.holding}
    if said is not None:
        found |= {category for balance in said.balances for category in (balance.of, *balance.takes)} | set(said.search)
    return found


def _declared_lately(holding: Holding, as_of: dt.date) -> float | None:
    if holding.declared is None:
        return None
    days = [span[1] for c in holding.claims if c.kind == "declared" and (span := period(c.as_of)) is not None]
    return holding.declared if days and max(days) >= as_of - RECENT else None
