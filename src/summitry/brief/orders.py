"""How an order and a plan are told: what was put in order, and what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.words import name, sentence

if TYPE_CHECKING:
    from summitry.study import Findings
    from summitry.trade.results import RungResult


def in_order(rung: RungResult) -> str:
    """How many swaps were put in order, and how many of them trust carries in time."""
    if rung.chosen is not None and any(gate.name == "trust" and gate.passed is None for gate in rung.chosen.gates):
        return "none was put in order, because trust is not tested"
    if rung.ordered == rung.ratified:
        return f"trust carries {rung.passing:,} of them in time"
    return (
        f"of the {rung.ordered:,} that had to be put in order, the most substantive first, trust carries {rung.passing:,} in time"
    )


def unfit(found: Findings) -> list[str]:
    """What the plan cannot keep, and what would do: the horizon, a window, a capacity, a chit that expires before its turn."""
    conflicts = found.plan.conflicts if found.plan is not None else ()
    return [f"{name(found, c.about) if c.about else 'the horizon'}: {sentence(found, c.what)}" for c in conflicts if c.applied]
