"""What the main job prints: START HERE, NOT TODAY, PRICE, and where the files are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from summitry.brief import orders, words
from summitry.terminal.page import Page

if TYPE_CHECKING:
    from summitry.desk.start import Prepared
    from summitry.study import Findings
    from summitry.trade.gates import Verdict


def show_prepared(done: Prepared) -> None:
    """The summary that is worth reading by itself: START HERE, NOT TODAY, PRICE, and where the files are."""
    found = done.findings
    page = Page(_seated(found), found.sides, found.givers, found.principal, words.other(found))
    seat = "the analyst, who reads every side's files" if found.viewer is None else page.name(found.viewer)
    page.line(found.title, style="bold")
    page.line(f"as of {found.as_of}, for {page.name(found.principal)}; seen by {seat}")
    _start(page, found)
    _not_today(page, found)
    _price(page, found)
    if found.omitted:
        page.head("LEFT OUT")
        for gap in found.omitted:
            page.say(f"{gap.link}: {page.sentence(gap.why)}")
    page.head("FILES")
    for file in done.files:
        page.say(str(file))
    made = f"seed {found.seed}, {found.draws:,} draws, input {found.digest[:12]}, summitry {found.version}"
    page.say(f"Values are judgements, not facts; {made}.")


def _start(page: Page, found: Findings) -> None:
    page.head("START HERE")
    if found.rung is None:
        page.say("No answer: the case lacks what the gates need (see LEFT OUT).")
        return
    verdict = found.rung.best
    if verdict is None:
        page.say(f"Nothing passes today, of {page.sentence(found.rung.candidates)}.")
        verdict = found.rung.nearest
        if verdict is None:
            return
        page.say("The nearest miss:")
        page.changes(verdict)
    page.moves(verdict.moves)
    _chances(page, verdict)
    page.gates(verdict, closed=True)
    for limit in orders.unfit(found):
        page.say(f"Its plan does not fit: {limit}.")
    if found.sensitivity:
        told = ", ".join(f"{page.sentence(s.assumption)} {100 * s.joint:.0f} %" for s in found.sensitivity)
        page.say(f"Together with other assumptions: {told}.")
    if found.rung.flips:
        flip = found.rung.flips[0]
        page.say(f"Flips with {page.sentence(flip.what)}.")


def _chances(page: Page, verdict: Verdict) -> None:
    accept = ", ".join(f"{page.name(p)} {100 * c:.0f} %" for p, c in verdict.accept.items())
    ratify = ", ".join(f"{page.name(p)} {100 * c:.0f} %" for p, c in verdict.ratify.items() if c is not None)
    page.say(f"Accept: {accept}.")
    if ratify:
        page.say(f"Ratify: {ratify}.")
    page.say(f"All of it together: {100 * verdict.joint:.0f} % (sampling error {100 * verdict.joint_error:.1f}).")
    if verdict.trust_needed:
        trust = ", ".join(f"{page.name(p)} {verdict.trust_needed[p]:.2f} and {t:.2f}" for p, t in verdict.trust.items())
        page.say(f"{words.TRUST}, needed and believed: {trust}.")


def _not_today(page: Page, found: Findings) -> None:
    idea = words.not_today(found)
    if idea is None:
        return
    page.head(f"NOT TODAY: {idea.title}")
    for gate in idea.gates:
        if gate.passed is False:
            page.say(f"{gate.name}: {page.sentence(gate.why)}")
            if gate.who:
                page.say(f"blocked by {', '.join(page.name(w) for w in gate.who)}", 6)
    page.changes(idea)


def _price(page: Page, found: Findings) -> None:
    if found.price is not None:
        page.document("price", found.price)
    if found.record is not None:
        gone = words.deeds(found)
        tally = ", ".join(f"{n} {kind or 'unweighted'}" for kind, n in sorted(Counter(deed.weight for deed in gone).items()))
        last = "".join(f"; {deed.date} {deed.what}" for deed in gone[:2])
        giver = words.other(found)
        by = f" by {page.name(giver)}" if giver else ""
        page.say(
            f"Surrendered or moved so far{by}: {tally}{last}." if gone else f"Surrendered so far{by}: nothing on the record."
        )


def _seated(found: Findings) -> dict[str, str]:
    """The names of findings, where a seat of a back table is named with its party."""
    return {
        key: f"{found.names[party]}: {title}" if "/" in key and (party := key.partition("/")[0]) in found.sides else title
        for key, title in found.names.items()
    }
