"""Sections about the order of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.brief.parts import (
    Paragraph,
    Part,
    Picture,
    Sources,
    Table,
    row,
    spread,
)

if TYPE_CHECKING:
    from summitry.study import Findings

from summitry.brief.sections.about import missing


def plan(found: Findings, _: Sources) -> list[Part]:
    """The steps in order, and what each side holds after each."""
    plan = found.plan
    if plan is None:
        return missing(found, "plan", "step")
    parties = list(dict.fromkeys((*plan.exposure, *(p for s in plan.steps for p in s.held))))
    rows = tuple(
        row(
            s.id, words.name(found, s.party), f"{words.name(found, s.issue)}: {words.clean(s.before)} → {words.clean(s.after)}",
            s.start, s.end, s.verification or "not verified", *(s.held.get(p) for p in parties), s.exit,
        )
        for s in plan.steps
    )  # fmt: skip
    head = ("Step", "By", "Act", "From", "To", "Verified by", *(f"{words.name(found, p)} holds" for p in parties), "Way out")
    trust = tuple(
        row(words.name(found, p), plan.exposure.get(p), plan.gain.get(p), spread(plan.trust_needed.get(p)), plan.trust.get(p))
        for p in parties
    )
    return [
        Paragraph(
            f"{words.clean(plan.title)}. Load {words.number(plan.load)}; {plan.changes} changes of mover, "
            f"{plan.changes_allowed} fit the horizon."
        ),
        Picture("gantt"),
        Picture("exposure"),
        Table(
            "Steps; held is what a party has, in own points, if everything stops right after the step", "plan.steps", head, rows
        ),
        Table(
            "Exposure and trust",
            "plan",
            ("Party", "Most exposed, own points", "Gain at the end", "Trust needed, 20/50/80 %", "Trust there is"),
            trust,
        ),
    ]
