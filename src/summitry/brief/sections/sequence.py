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
    from summitry.trade.ladder_results import Rung

from summitry.brief.sections.about import missing


def ladder(found: Findings, _: Sources) -> list[Part]:
    """Deals in the order in which trust comes to carry them, and where the named ideas stand."""
    climbed = found.ladder
    if climbed is None:
        return missing(found, "ladder", "rung")
    parties = list(found.sides)
    said = [Paragraph(text) for text in (climbed.short, *climbed.gaps) if text]
    head = (
        "Deal",
        "Substance",
        "Load",
        *(f"Trust {words.name(found, p)} needs" for p in parties),
        "All accept and ratify",
        "Kept steps",
    )
    tables = []
    for caption, path, rungs in (
        ("Rungs, in rising load", "ladder.rungs", climbed.rungs),
        ("The named ideas", "ladder.ideas", climbed.ideas),
    ):
        rows = tuple(
            row(
                _deal(found, rung, first=k == climbed.first) if rungs is climbed.rungs else rung.title,
                share(rung.substance.get(found.principal)),
                rung.load,
                *(rung.trust_needed.get(p) for p in parties),
                share(rung.joint),
                "not by these" if rung.kept_steps is None else words.number(rung.kept_steps),
            )
            for k, rung in enumerate(rungs)
        )
        tables += [Table(caption, path, head, rows)] if rows else []
    searched = (
        f"A quick ladder: of {climbed.considered} swaps that remain {climbed.bounded} were bounded and {climbed.ordered} put in "
        "order; `summitry ladder` takes more. Kept steps: steps of the first rung to keep before trust carries the deal."
    )
    return [*said, Picture("ladder"), Paragraph(searched), *tables]


def _deal(found: Findings, rung: Rung, *, first: bool) -> str:
    return f"{words.package(found, rung.package)}{' (the first rung)' if first else ''}"


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
