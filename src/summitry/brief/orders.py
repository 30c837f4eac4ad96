"""How an order and a plan are told: what was put in order, and what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.words import name, sentence

if TYPE_CHECKING:
    from summitry.study import Findings


def unfit(found: Findings) -> list[str]:
    """What the plan cannot keep, and what would do: the horizon, a window, a capacity, a chit that expires before its turn."""
    conflicts = found.plan.conflicts if found.plan is not None else ()
    return [f"{name(found, c.about) if c.about else 'the horizon'}: {sentence(found, c.what)}" for c in conflicts if c.applied]
