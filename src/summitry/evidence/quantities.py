"""How much each option moves: a number as it stands, or a percentage of what its giver holds.

A percentage of an uncertain holding moves an uncertain number of units.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.evidence.inventory import holdings
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case, Issue
    from summitry.evidence.inventory import Holding


def amounts(case: Case, inventory: Sequence[Holding] | None = None) -> list[float]:
    """The amount of every option, in the order of issues and options, in the issue's unit; NaN where it is not known.

    `inventory` are the case's holdings where they are known already. A percentage counts of the central quantity of what the
    issue's giver holds: estimated, else verified, else declared.
    """
    issues = case.file.issues.values()
    if inventory is None:
        shared = any(isinstance(amount, str) for issue in issues for amount in issue.options.values())
        inventory = holdings(case) if shared else ()
    return [_amount(issue, amount, inventory) for issue in issues for amount in issue.options.values()]


def _amount(issue: Issue, amount: float | str | None, inventory: Sequence[Holding]) -> float:
    if not isinstance(amount, str):
        return math.nan if amount is None else amount
    holding = holding_of(issue, inventory)
    if holding is None:
        return math.nan
    claimed = holding.declared if holding.verified is None else holding.verified
    central = holding.posterior["p50"] if holding.posterior else claimed
    return math.nan if central is None else share_of(amount) * central


@dataclass(frozen=True, slots=True)
class Share:
    """How many units an option moves: the share of the holding's posterior at 5, 50 and 95 %.

    The share is exact, so the range is that of the holding.
    """

    issue: str
    option: str
    share: float
    party: str
    category: str
    unit: str
    low: float
    middle: float
    high: float


def shares(case: Case, inventory: Sequence[Holding]) -> tuple[Share, ...]:
    """Every option that moves a share of a holding which a giver has and somebody estimates, in the order of the case."""
    rows = []
    for name, issue in case.file.issues.items():
        holding = holding_of(issue, inventory)
        for option, amount in issue.options.items() if holding is not None else ():
            share = share_of(amount) if isinstance(amount, str) else 0.0
            if share and holding is not None and holding.posterior is not None:
                low, middle, high = (share * holding.posterior[p] for p in ("p05", "p50", "p95"))
                rows.append(Share(name, option, share, holding.party, holding.category, holding.unit, low, middle, high))
    return tuple(rows)


def not_in_units(case: Case, inventory: Sequence[Holding]) -> dict[str, Reason]:
    """By issue, why the shares that its options move are not told in units; empty where all are."""
    reasons = {}
    for name, issue in case.file.issues.items():
        holding = holding_of(issue, inventory)
        if not any(isinstance(amount, str) for amount in issue.options.values()):
            continue
        if holding is None:
            apart = [h.party for h in inventory if h.category == issue.holding and set(h.party.split("+")) <= set(issue.giver)]
            apart_or_none = "inventory.apart" if apart else "inventory.unclaimed"
            reasons[name] = reason(apart_or_none, parties=apart, category=issue.holding)
        elif holding.posterior is None:
            reasons[name] = reason("inventory.unestimated", party=holding.party, category=issue.holding)
    return reasons


def titles(shares_in_units: Sequence[Share]) -> dict[str, str]:
    """By ISSUE.OPTION, the option with its units at two digits, for display: third (4.5 to 18 weapons)."""
    return {f"{a.issue}.{a.option}": f"{a.option} ({_short(a.low)} to {_short(a.high)} {a.unit})" for a in shares_in_units}


def _short(number: float) -> str:
    return f"{float(f'{number:.2g}'):,.12g}"


def holding_of(issue: Issue, inventory: Sequence[Holding]) -> Holding | None:
    """The holding that an issue moves: what its givers hold together where claims speak of them so, else what one of them holds.

    None where nobody claims what a giver has, or where several givers hold some apart, so that a share of which is not said. What
    somebody else holds is not the giver's to give.
    """
    givers = set(issue.giver)
    of_givers = [h for h in inventory if h.category == issue.holding and set(h.party.split("+")) <= givers]
    together = [h for h in of_givers if set(h.party.split("+")) == givers]
    return (together or of_givers)[0] if len(together or of_givers) == 1 else None


def share_of(percentage: str) -> float:
    """The share that a percentage such as "33%" names."""
    return float(percentage.rstrip("% ")) / 100.0
