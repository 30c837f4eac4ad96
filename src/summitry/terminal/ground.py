"""What the commands about preparation print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.words import counted
from summitry.terminal.page import page_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from summitry.case.types import Case
    from summitry.plan.readiness import Item, Readiness
    from summitry.plan.results_groundwork import GroundworkResult, Laid, Portfolio
    from summitry.plan.waiting import Loss, Moment, WaitResult
    from summitry.terminal.page import Page

SHOWN, MOST = 3, 12


def show_groundwork(case: Case, found: GroundworkResult) -> None:
    """The portfolio with its dates, what each move adds, what more cost would bring, and who still stands in the way."""
    page = page_of(case, found.party)
    page.head(f"GROUNDWORK for {found.title}")
    page.moves(found.target)
    chosen = [move for move in found.moves if move.chosen]
    if found.closed:
        page.say(f"No groundwork opens this deal: {page.sentence(found.closed)}")
    if found.most < found.needed:
        page.say(f"{_short(found)}.")
    cost = sum(move.cost for move in chosen)
    within = "" if found.budget is None else f" of {found.budget:g}"
    page.say(
        f"All accept and ratify in {_share(found.before)} of draws today, in {_share(found.after)} with groundwork of "
        f"{counted(len(chosen), 'move')} at a cost of {cost:g}{within} {found.unit}, done by {found.by}; "
        f"{_share(found.needed)} are needed."
    )
    if not chosen:
        some = any(move.gain for move in found.moves)
        page.say("What the moves add cannot be told from nothing." if some else "None of the moves changes that.")
    searched = f"The search stopped before every set was counted; none reaches more than {_share(found.bound)}."
    page.say("Every set of moves was counted." if found.proven else searched)
    names = {move.name: move.title for move in found.moves}
    _laid(page, "WOULD ADD, AND YET NOT CARRY IT" if found.in_vain else "LAY", chosen, names)
    _laid(page, "LEAVE", [move for move in found.moves if not move.chosen], names)
    page.head("WHAT MORE COST BRINGS")
    _efficient(page, found)
    if found.meeting is not None and case.file.meets is not None:
        page.say(f"By the meeting on {case.file.meets.date}: {_portfolio(found, found.meeting)}")
    page.head("STILL IN THE WAY")
    for obstacle in found.obstacles:
        short = f"; still short by {obstacle.short:.3g}" if obstacle.short else ""
        then = f"{_share(obstacle.after)} then, {_share(obstacle.all)} with every move that ends in time{short}"
        page.say(f"{_who(page, obstacle.who)}: yes in {_share(obstacle.before)} of draws today, {then}")
    for gate in found.gates:
        if not gate.passed:
            page.say(f"{gate.name}: {page.sentence(gate.why)}")
    if not found.obstacles and all(gate.passed for gate in found.gates):
        page.say("Nobody says no in most draws.")
    for said in found.left_out:
        page.say(f"Left out: {said}.")


def _short(found: GroundworkResult) -> str:
    reach = "none of them reaches more than" if not found.proven else "the best of them, whatever their cost, reach"
    return f"None of the moves brings it to {_share(found.needed)}: {reach} {_share(found.most)}"


def _efficient(page: Page, found: GroundworkResult) -> None:
    apart = [portfolio for portfolio in found.efficient if portfolio.apart]
    for portfolio in apart[:MOST]:
        page.say(_portfolio(found, portfolio))
    if len(apart) > MOST:
        page.say(f"{len(apart) - MOST} more are in --json.")
    if len(found.efficient) > len(apart):
        page.say(f"{len(found.efficient) - len(apart)} more gain so little over these that it cannot be told from nothing.")


def _laid(page: Page, head: str, moves: list[Laid], names: Mapping[str, str]) -> None:
    if moves:
        page.head(head)
    for move in moves:
        page.say(f"{page.name(move.party)}: {move.title} (cost {move.cost:g}, {counted(move.takes, 'day')})")
        if move.chosen:
            first = f" after {', '.join(names[name] for name in move.after)}" if move.after else ""
            page.say(f"{move.begin} to {move.end}{first}; begin by {move.latest} at the latest", 4)
        page.say(_gains(move, names), 4)
        if move.marginal is not None:
            along = f" and so without {', '.join(names[name] for name in move.along)}" if move.along else ""
            page.say(f"without it{along}: {_points(-move.marginal, move.marginal_error or 0.0)}", 4)
        else:
            page.say(move.out, 4)
        if move.touches:
            page.say(f"moves {', '.join(_who(page, who) for who in move.touches)}", 4)
        for why in move.idle:
            page.say(f"in part without effect: {why}", 4)


def _gains(move: Laid, names: Mapping[str, str]) -> str:
    """What a move adds: to nothing where it needs no other, else with those that it needs and beyond them."""
    if not move.needs:
        return f"alone: {_points(move.gain, move.gain_error)}"
    needs = ", ".join(names[name] for name in move.needs)
    return (
        f"with what it needs ({needs}): {_points(move.gain, move.gain_error)}; beyond that: {_points(move.own, move.own_error)}"
    )


def _points(gain: float, error: float) -> str:
    return f"{100 * gain:+.1f} percentage points (sampling error {100 * error:.1f})"


def _portfolio(found: GroundworkResult, portfolio: Portfolio) -> str:
    names = {move.name: move.title for move in found.moves}
    told = "; ".join(names[name] for name in portfolio.moves) or "nothing"
    return f"cost {portfolio.cost:g}: {_share(portfolio.probability)} ({told})"


def _who(page: Page, row: str) -> str:
    """A row of a deal in words: who accepts, who votes, which law."""
    kind, _, who = row.partition(" ")
    return f"{page.name(who)} (accepts)" if kind == "accepts" else f"the law {who}" if kind == "law" else page.name(who)


def _share(share: float) -> str:
    return f"{100 * share:.1f} %"


def show_readiness(case: Case, found: Readiness) -> None:
    """The parts, then what is open with its place, what it takes and when it must start, and how long others took."""
    page = page_of(case, found.party)
    page.head(f"READY on {found.date}? {page.name(found.party)}")
    for area in found.areas:
        page.say(f"{area.name}: {area.done} of {area.total}")
    _time(page, found)
    for area in found.areas:
        items = [item for item in found.items if item.area == area.name and item.state != "done"]
        if items:
            page.head(f"MISSING: {area.name}")
        for item in items:
            _item(page, item)
    page.head("HOW LONG OTHERS TOOK")
    for talk, days in zip(found.talks, found.talk_days, strict=True):
        span = f"from {talk.began}, when {talk.beginning}, to {talk.ended}, when {talk.ending}"
        page.say(f"{talk.name}: {counted(days, 'day')} {span} [{talk.status}]")
    if found.later:
        page.say(f"{found.later} ended after the case's date and stay out.")


def _time(page: Page, found: Readiness) -> None:
    row = f"What is missing takes {counted(found.needed, 'day')} in a row, by judgement"
    if found.meets is None or found.left is None:
        page.say(f"{row}. The case names no meeting (`meets`), so no task has a last day.")
        return
    lead = "" if found.lead is None else f", announced {counted(found.lead, 'day')} before"
    left = f"{counted(found.left, 'day')} left" if found.left >= 0 else "that has passed"
    page.say(f"The meeting is on {found.meets}{lead}; {left}.")
    page.say(f"{row}; {counted(found.late, 'task')} should have begun already.")


def _item(page: Page, item: Item) -> None:
    owner = f" ({item.owner})" if item.owner else ""
    why = f" {item.why[0].upper()}{item.why[1:].rstrip('.')}." if item.why and item.state == "open" else ""
    accepted = f" {(item.why or 'no reason given').rstrip('.')}." if item.state == "accepted" else ""
    page.say(f"{'no' if item.state == 'open' else 'accepted'}: {item.what}{owner}.{why}{accepted}")
    for place in item.places:
        more = f" and {len(place.paths) - SHOWN} more" if len(place.paths) > SHOWN else ""
        page.say(f"{place.file}{': ' if place.paths else ' is missing'}{', '.join(place.paths[:SHOWN])}{more}", 4)
    when = "" if item.start is None else f"; start by {item.start}{', too late' if item.late else ''}"
    page.say(f"{item.take + ': ' if item.take else ''}{counted(item.days, 'day')}{when}", 4)


def show_waiting(case: Case, found: WaitResult) -> None:
    """What changes, the first first, and the deal on each day."""
    page = page_of(case, found.party)
    page.head(f"WAITING with {found.title}")
    page.moves(found.target)
    page.head("WHAT CHANGES WITH TIME")
    for loss in found.losses:
        _loss(page, found, loss)
    if not found.losses:
        page.say("Nothing that the case states: no chit expires or fades, and no date at home passes.")
    page.head("THE DEAL, IF WE WAIT UNTIL")
    for moment in found.moments:
        _moment(page, case, found, moment)
    if found.unlisted:
        page.say(f"Something changes on {counted(found.unlisted, 'more day')} before {found.until}.")
    if found.price_left_out:
        page.say(f"No price: {found.price_left_out}.")
    for party in found.silent:
        page.say(f"{page.name(party)}: no back table is given; its home is taken as willing.")
    page.say("It is the same deal on every day; whether another one would be the better start by then is not searched.")


def _loss(page: Page, found: WaitResult, loss: Loss) -> None:
    here = "" if loss.in_deal else " (not in this deal)"
    who = page.name(loss.party)
    told = {
        "expires": f"{page.name(loss.what)} is no longer on offer",
        "fades": f"{page.name(loss.what)} is worth {100 * (loss.left or 0.0):.0f} % to {who} by {found.until}",
        "deadline": f"{who}: {loss.what}",
    }[loss.kind]
    when = f"after {loss.date}" if loss.kind == "expires" else f"from {loss.date}"
    page.say(f"{when}: {told}{here}")
    if loss.why and loss.kind != "expires":
        page.say(loss.why, 4)


def _moment(page: Page, case: Case, found: WaitResult, moment: Moment) -> None:
    values = ", ".join(f"{page.name(party)} {value:.3g}" for party, value in moment.values.items())
    accept = ", ".join(f"{page.name(party)} {_share(share)}" for party, share in moment.accept.items())
    meets = " (the meeting)" if case.file.meets is not None and case.file.meets.date.isoformat() == moment.date else ""
    name = page.name(found.party)
    page.say(
        f"{moment.date}{meets}: all accept and ratify in {_share(moment.joint)}; worth {moment.worth:.3g} of {name}'s points"
    )
    if moment.expired:
        page.say(f"without {', '.join(page.name(issue) for issue in moment.expired)}, which has expired", 4)
    if moment.fault:
        page.say(f"cannot be formed: {moment.fault}", 4)
    homes = "not tested" if moment.ratify is None else _share(moment.ratify)
    page.say(f"values: {values}; accept: {accept}; homes: {homes}", 4)
    if found.deliverable and not found.price_left_out:
        issue, _, option = found.deliverable.partition(".")
        cost = "no price buys" if moment.price is None else f"{moment.price:.3g} buys"
        page.say(f"{cost} {page.name(issue)}: {option}", 4)
