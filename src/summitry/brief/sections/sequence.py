"""Sections about the order of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import orders, words
from summitry.brief.parts import (
    NOTHING,
    Paragraph,
    Part,
    Picture,
    Sources,
    Table,
    row,
    share,
    spread,
)

if TYPE_CHECKING:
    from summitry.plan.results import Plan
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
            s.id, words.names(found, s.givers), f"{words.name(found, s.issue)}: {words.clean(s.before)} → {words.clean(s.after)}",
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
            f"{words.clean(plan.title)}: {orders.plan_load(plan)}; {words.counted(plan.changes, 'change')} of mover, "
            f"up to {plan.changes_allowed} fit the horizon."
        ),
        Picture("gantt"),
        Picture("staircase"),
        Picture("stops"),
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
        *_calendar(found, plan, parties),
    ]


def _calendar(found: Findings, plan: Plan, parties: list[str]) -> list[Part]:
    """Decision points, verifications, what does not fit, and dates that days off moved; a part without rows is absent."""
    points = tuple(
        row(d.id, d.date, d.after, ", ".join(words.name(found, p) for p in d.next), d.hold_until or NOTHING,
            words.name(found, p), d.go.get(p), d.hold.get(p), d.back.get(p))
        for d in plan.decisions for p in parties
    )  # fmt: skip
    checks = tuple(
        row(v.id, v.step, v.start, v.end, v.method, "not stated" if v.detection is None else share(v.detection), v.why)
        for v in plan.verifications
    )
    limits = tuple(
        row("horizon" if c.kind == "horizon" else words.name(found, c.about), c.kind, c.limit, c.needed or "–",
            "in the dates above" if c.applied else "instead")
        for c in plan.conflicts
    )  # fmt: skip
    moved = tuple(row(s.step, s.what, s.due, s.moved, s.why) for s in plan.shifts)
    tables = (
        Table("Decision points; what each has, in own points, if it goes on to the end, if all stays as it is, if all snaps back",
              "plan.decisions", ("Point", "Day", "After", "Next", "Hold until", "Who", "Goes on", "Holds", "Snaps back"), points),
        Table("Verification: how surely each shows what is wrong", "plan.verifications",
              ("Check", "Of", "From", "To", "How", "Shown with probability", "Why"), checks),
        Table("What does not fit, and the least change of each limit that would do", "plan.conflicts",
              ("About", "Limit", "Is", "Would do", "Changed"), limits),
        Table("Dates that a day off moved", "plan.shifts", ("Step", "What", "Due", "Moved to", "Why"), moved),
    )  # fmt: skip
    return [table for table in tables if table.rows]
