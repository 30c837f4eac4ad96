"""How much each option moves: a number as it stands, a percentage of what its giver holds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from summitry.evidence.holdings import holdings
from summitry.evidence.shares import holding_of, share_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case, Issue
    from summitry.evidence.holdings import Holding


def amounts(case: Case, held: Sequence[Holding] | None = None) -> list[float]:
    """The amount of every option, in the order of issues and options, in the issue's unit; NaN where it is not known.

    `held` are the case's holdings where they are known already. A percentage counts of the central quantity of what the issue's
    giver holds: estimated, else verified, else declared.
    """
    issues = case.file.issues.values()
    if held is None:
        held = holdings(case) if any(isinstance(amount, str) for issue in issues for amount in issue.options.values()) else ()
    return [_amount(issue, amount, held) for issue in issues for amount in issue.options.values()]


def _amount(issue: Issue, amount: float | str | None, held: Sequence[Holding]) -> float:
    if not isinstance(amount, str):
        return math.nan if amount is None else amount
    holding = holding_of(issue, held)
    if holding is None:
        return math.nan
    claimed = holding.declared if holding.verified is None else holding.verified
    central = holding.posterior["p50"] if holding.posterior else claimed
    return math.nan if central is None else share_of(amount) * central
