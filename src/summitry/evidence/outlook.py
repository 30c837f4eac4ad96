"""The declarations of a case as they stand: what was declared lately, and, where the case asks about more, what it would mean."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from summitry.case.dates import period
from summitry.evidence.declarations import Declared, asked_about, judge

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
    categories = asked_about(case)
    rows: list[Declared] = []
    supposed: set[tuple[str, str]] = set()
    for holding in held:
        if holding.posterior is None:
            continue
        amount = _declared_lately(holding, case.file.as_of)
        if amount is None and holding.category in categories and holding.posterior["p50"] > 0.0:
            amount = holding.posterior["p50"]
            supposed.add((holding.party, holding.category))
        if amount is not None:
            rows.append(Declared(category=holding.category, declared=amount, party=holding.party))
    return judge(case, rows, seed, held=held, supposed=supposed) if rows else None


def _declared_lately(holding: Holding, as_of: dt.date) -> float | None:
    span = period(holding.declared_as_of)
    return holding.declared if span is not None and span[1] >= as_of - RECENT else None
