"""How an order and a plan are told: what was put in order, the load and why it is not the least, what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.words import name, number

if TYPE_CHECKING:
    from summitry.plan.results import Plan
    from summitry.study import Findings
    from summitry.trade.rung import RungResult


def in_order(rung: RungResult) -> str:
    """How many swaps were put in order, and how many of them trust carries in time."""
    if rung.chosen is not None and any(gate.name == "trust" and gate.passed is None for gate in rung.chosen.gates):
        return "none was put in order, because trust is not tested"
    if rung.ordered == rung.ratified:
        return f"trust carries {rung.passing:,} of them in time"
    return (
        f"of the {rung.ordered:,} that had to be put in order, the most substantive first, trust carries {rung.passing:,} in time"
    )


def plan_load(plan: Plan) -> str:
    """The load of a plan's order, and why it is not the least load where dates forbid the order of that."""
    said = f"load {number(plan.load)}"
    least = plan.orders[0] if plan.orders else None
    if least is None or (least.changes == plan.changes and least.load >= plan.load):
        return said
    ends = f", which could end on {least.end}" if least.end else ""
    told = f"the order of least load ({number(least.load)}{ends})"
    if any(order.fits for order in plan.orders):
        return f"{said}, because {told} does not keep the dates"
    return f"{said}; no order that was tried keeps the dates, and this one ends sooner than {told}"


def unfit(found: Findings) -> list[str]:
    """What the plan cannot keep, and what would do: the horizon, a window, a capacity, a chit that expires before its turn."""
    conflicts = found.plan.conflicts if found.plan is not None else ()
    return [f"{name(found, c.about) if c.about else 'the horizon'}: {c.what}" for c in conflicts if c.applied]
