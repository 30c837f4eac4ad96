"""What `ladder` prints: the rungs that matter on the way up, where the ideas stand, and what the first rung hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.terminal.page import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summitry.case.types import Case
    from summitry.terminal.page import Page
    from summitry.trade.ladder_results import LadderResult, Mend, Rung


def show_ladder(case: Case, found: LadderResult) -> None:
    """The rungs that climb, then the ideas, then how the first rung's load moves."""
    page = page_of(case, found.principal)
    if found.short:
        page.say(found.short, 0)
    shown = [k for k, rung in enumerate(found.rungs) if rung.climbs or k == found.first]
    for k in shown:
        page.head("THE FIRST RUNG: the most that today's trust carries in time" if k == found.first else f"Rung {k + 1}")
        _rung(page, found.rungs[k], found.principal)
    if found.first is None:
        page.head("Today's trust carries none of them in time." if found.rungs else "NO RUNG")
    page.head("HOW IT WAS FOUND")
    page.say(
        f"Looked at {found.searched}. Of {found.considered:,} that remain {found.bounded:,} were bounded and {found.ordered:,} "
        f"put in order; {len(found.rungs):,} of those are beaten by none in values, ratification and trust needed. Shown are the "
        "first rung and those that bring a hundredth more than every one of less load."
    )
    for gap in found.gaps:
        page.say(gap)
    for walk in found.walks:
        name = "needs least trust" if walk.kind == "least-load" else f"front-loads what {page.name(found.principal)} receives"
        page.head(f"THE ORDER THAT {name} (load {walk.load:.2g}{'' if walk.exact else ', not proven the best'})")
        for moment in walk.moments:
            held = ", ".join(f"{page.name(p)} {points:.3g}" for p, points in moment.held.items())
            step, movers = words.deliverable(page, moment.step), " and ".join(map(page.name, moment.mover))
            page.say(f"{step} ({movers}); if all stops: {held}")
    if found.sensitivity:
        page.head("LOAD OF THE FIRST RUNG if")
        for row in found.sensitivity:
            page.say(f"{row.assumption}: {'no order is allowed' if row.load is None else f'{row.load:.2g}'}")
    for idea in found.ideas:
        page.head(idea.title)
        _rung(page, idea, found.principal)


def _rung(page: Page, rung: Rung, principal: str) -> None:
    page.moves(rung.package)
    enough = "" if rung.passes else ", not enough"
    page.say(f"Substance {words.percent(rung.substance[principal])}; all accept and ratify in {100 * rung.joint:.0f} %{enough}.")
    if rung.load is None:
        page.say("No order meets the prerequisites, the exposure limits and the changes of mover that the horizon allows.")
    else:
        needed = ", ".join(f"{page.name(p)} {need:.2f} and {rung.trust[p]:.2f}" for p, need in rung.trust_needed.items())
        low, middle, high = rung.load_range or (rung.load,) * 3
        proven = "" if rung.exact else "; the best order found, not proven the best"
        page.say(f"Load {rung.load:.2g} (draws: {low:.2g} / {middle:.2g} / {high:.2g}{proven}).")
        page.say(f"{words.TRUST}, needed and believed: {needed}.")
        if rung.in_time is False:
            page.say("No order that trust carries keeps every date of the calendar.")
    if rung.kept_steps is None and rung.load is not None:
        page.say("Even all kept steps of the first rung do not bring trust there.")
    elif rung.kept_steps:
        later = ", ".join(f"{page.name(p)} {trust:.2f}" for p, trust in rung.trust_after.items())
        page.say(f"After {rung.kept_steps} kept steps of the first rung trust carries it: {later}.")
    for mend in _first_of_each(rung.mends):
        page.say(f"An order would hold with {_mend(mend)}.", 4)
    for temptation in rung.temptations:
        holds = "less than stopping costs it" if temptation.holds else "more than stopping costs it"
        page.say(
            f"{page.name(temptation.party)} could hold {temptation.gain:.3g} points more by stopping before "
            f"{words.deliverable(page, temptation.step)} than by going on ({holds}, {temptation.cost:.3g}).",
            4,
        )
        for mend in temptation.mends:
            page.say(f"That ends with {_mend(mend)}.", 6)


def _first_of_each(mends: Iterable[Mend]) -> list[Mend]:
    return list({(mend.kind, mend.what): mend for mend in mends}.values())


def _mend(mend: Mend) -> str:
    if mend.what.startswith("share of "):
        return f"a {mend.kind}: {100 * mend.amount:.4g} % of {mend.what.removeprefix('share of ')}"
    return f"a {mend.kind}: {mend.amount:.4g} {mend.what}" if mend.kind != "escrow" else f"escrow: {mend.what}"
