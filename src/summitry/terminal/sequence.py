"""What the commands about the order of steps print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import orders, words
from summitry.brief.words import counted
from summitry.terminal.page import page_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summitry.case.types import Case
    from summitry.desk.sequence import PlanAnswer
    from summitry.plan.following import Following
    from summitry.plan.results import Plan
    from summitry.terminal.page import Page

MOST_SHIFTS = 12


def show_plan(case: Case, answer: PlanAnswer) -> None:
    """Where a plan stands, if that was asked; else the plan: steps with their checks, decision points, limits, and the files."""
    page = page_of(case)
    if answer.following is None:
        _plan(page, answer.plan)
    else:
        _standing(page, answer.following)
        if answer.following.remaining is not None:
            _plan(page, answer.following.remaining)
    if answer.files:
        page.head("FILES")
        for file in answer.files:
            page.say(str(file))


def _standing(page: Page, found: Following) -> None:
    page.head(f"WHERE IT STANDS on {found.now}: {100 * found.score:.0f} % of full implementation")
    for p in found.provisions:
        states = ", ".join(f"{step} {found.status[step]}" for step in p.steps)
        page.say(f"{p.score} {p.level}: {page.name(p.issue)} ({words.names(page, p.givers)}; {states})")
    page.say(f"Held if all stops now: {_held(page, found.held)}.")
    page.say(f"Exposed now: {_held(page, found.exposure)}, each in its own points.")
    if found.unverified:
        page.say(f"Disputed, or done without evidence, and so worth nothing to who receives: {', '.join(found.unverified)}.")
    if found.overdue:
        page.say(f"Overdue: {', '.join(found.overdue)}.")
    for one in found.learnt:
        who = f"{page.name(one.party)} believes that {page.name(one.other)} means to deliver"
        page.say(f"{who}: {one.before:.2f} before, {one.now:.2f} now.")
    if found.why:
        page.say(f"No plan of what remains: {found.why}.")


def _plan(page: Page, found: Plan) -> None:
    page.head(f"PLAN: {found.title}")
    late = f"; the horizon is {found.horizon}" if found.horizon else ""
    proof = "no plan in this order of movers is shorter" if found.gap <= 0.0 else f"none can end before {found.bound}"
    page.say(f"{found.start} to {found.end} ({proof}){late}.")
    page.say(
        f"{orders.plan_load(found).capitalize()}; the mover changes {counted(found.changes, 'time')} (up to "
        f"{found.changes_allowed})."
    )
    _steps(page, found)
    _limits(page, found)
    page.head("EXPOSED, each in its own points")
    for stop in found.stop_loss:
        beyond = f"beyond it from {stop.date} ({stop.step}): stop there" if stop.date else "never beyond it"
        limit = "no limit" if stop.limit == float("inf") else f"limit {words.number(stop.limit)} ({stop.kind})"
        most = f"at most {words.number(found.exposure[stop.party])}, {words.number(found.exposed_days[stop.party])} point-days"
        page.say(f"{page.name(stop.party)}: {most}; {limit}, {beyond}.")
    page.say(f"Critical: {', '.join(found.critical)}.")
    for note in found.notes:
        page.say(note)


def _steps(page: Page, found: Plan) -> None:
    checks = {check.step: check for check in found.verifications}
    points = {decision.after: decision for decision in found.decisions}
    page.head("STEPS; held is what each side has if all stops there and what can be taken back is taken back")
    for s in found.steps:
        owner = f" ({s.owner})" if s.owner else ""
        page.say(
            f"{s.id} {s.start} to {s.end} {words.names(page, s.givers)}{owner}: {page.name(s.issue)}: {s.before} -> {s.after}"
        )
        check = checks[s.id]
        chance = "" if check.detection is None else f", shown with probability {check.detection:.2f}"
        page.say(f"{check.id} by {check.end}: {check.method}{chance}. Held: {_held(page, s.held)}; {s.exit}.", 6)
        if s.id in points:
            point = points[s.id]
            hold = f", or hold until {point.hold_until}" if point.hold_until else ""
            givers = ", ".join(page.name(p) for p in point.next)
            page.say(f"{point.id} {point.date}: {givers} next{hold}. If all stops as it is: {_held(page, point.hold)}.", 4)


def _limits(page: Page, found: Plan) -> None:
    if found.conflicts:
        page.head("WHAT DOES NOT FIT; the dates above have the changes marked *")
    for c in found.conflicts:
        about = "the horizon" if c.kind == "horizon" else page.name(c.about)
        page.say(f"{'*' if c.applied else ' '} {about}: {c.what}")
    if len(found.orders) > 1 or found.conflicts:
        page.head("ORDERS THAT WERE TRIED")
        for tried in found.orders:
            fits = "keeps every limit" if tried.fits else "does not keep every limit"
            ends = f"could end {tried.end}" if tried.end else "asks for more than there is"
            page.say(f"{counted(tried.changes, 'change')} of mover: load {words.number(tried.load)}, {ends}, {fits}")
    if found.shifts:
        page.head("MOVED BY DAYS OFF")
    for shift in found.shifts[:MOST_SHIFTS]:
        page.say(f"{shift.step} {shift.what}: {shift.due} -> {shift.moved} ({shift.why})")
    if len(found.shifts) > MOST_SHIFTS:
        page.say(f"{len(found.shifts) - MOST_SHIFTS} more are in --json.")


def _held(page: Page, held: Mapping[str, float]) -> str:
    return ", ".join(f"{page.name(party)} {words.number(value)}" for party, value in held.items())
