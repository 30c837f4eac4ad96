"""What the commands about deals print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.terminal.page import page_of, show_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.terminal.page import Page
    from summitry.trade.results import Ask, AskResult, CounterAsk, ExchangeRate, FrontierResult, ImproveResult, Question

QUESTIONS = 5


def show_frontier(case: Case, found: FrontierResult) -> None:
    """The size of the frontier and the solutions, under the conventions by which the scenario was read."""
    page = page_of(case)
    show_lines(case.notes, quiet=False)
    exact = "exact" if found.exact else f"within {found.epsilon:.2g} of each party's span"
    page.line(f"{len(found.points):,} efficient points of {int(found.packages_total):,} packages ({exact}).")
    if not found.solutions:
        page.say("No package gives every party its reservation value: there is no zone of possible agreement.", 0)
    for s in found.solutions:
        values = ", ".join(f"{page.name(p)} {s.values[p]:.4g}" for p in found.parties)
        tied = "" if s.ties == 1 else f" ({s.ties} packages tie)"
        page.head(f"{s.name.replace('_', '-')}: {values}{tied}")
        page.say(words.package(page, s.package) or "nothing moves")
    for mix in found.lotteries:
        values = ", ".join(f"{page.name(p)} {mix.values[p]:.4g}" for p in found.parties)
        page.head(f"{mix.name.replace('_', '-')} over lotteries: {values} expected")
        for share, chosen in mix.shares:
            page.say(f"{100 * share:.1f} %: {words.package(page, chosen) or 'nothing moves'}")


def show_ask(case: Case, found: AskResult) -> None:
    """The best ask under its gates, its regret, which question to ask first, and what is often the best."""
    page = page_of(case, found.principal)
    name = page.name(found.principal)
    page.head("ASK FOR")
    if found.best is None or found.verdict is None:
        page.say(f"Nothing: no ask has an expected gain above zero for {name}.")
    else:
        best = found.best
        page.moves(best.moves)
        page.say(
            f"Expected gain {best.expected:.3g} of {name}'s points over its reservation value (sampling error {best.error:.2g}): "
            f"it comes off in {100 * best.probability:.0f} % of draws and then brings {best.gain:.3g} on average."
        )
        page.gates(found.verdict)
    page.say(
        f"Knowing everything beforehand would bring {found.perfect:.3g}: regret {found.regret:.3g}. In "
        f"{100 * found.no_ask_share:.0f} % of draws no ask pays."
    )
    own = page.sides[found.principal]
    _questions(page, "WHAT TO FIND OUT ABOUT THEM FIRST", [q for q in found.questions if page.sides[q.party] != own])
    _questions(page, "WHAT TO SETTLE AMONG OURSELVES FIRST", [q for q in found.questions if page.sides[q.party] == own])
    page.head("OFTEN THE BEST IN HINDSIGHT, as changes of the best ask")
    for ask in found.leaders:
        page.say(f"{100 * ask.share:.1f} % of draws, expected gain {ask.expected:.3g}: {_against(page, case, found.best, ask)}")
    if found.unlisted:
        page.say(f"{found.unlisted:,} more are the best in some draw, together in {100 * found.unlisted_share:.0f} %.")
    page.say(f"Looked at {page.sentence(found.candidates)}; {found.contenders:,} of them in every draw.")


def _questions(page: Page, head: str, questions: Sequence[Question]) -> None:
    """What single numbers are worth knowing, where the draws show that they are."""
    page.head(head)
    useful = [q for q in questions if q.worth > 2.0 * q.error]
    for q in useful[:QUESTIONS]:
        page.say(
            f"{_number(page, q)}: worth {q.worth:.2g} (sampling error {q.error:.1g}). The best ask brings {q.low:.2g} "
            f"where it is low, {q.high:.2g} where it is high."
        )
    if len(useful) > QUESTIONS:
        page.say(f"{len(useful) - QUESTIONS} more are worth something.")
    rest = len(questions) - len(useful)
    page.say(f"{words.counted(rest, 'number')} {'is' if rest == 1 else 'are'} worth nothing that the draws can show.")


def _against(page: Page, case: Case, best: Ask | None, ask: Ask) -> str:
    """An ask as what differs from the best one."""
    if best is None:
        return words.package(page, ask.moves)
    issues = [i for i in case.file.issues if ask.moves.get(i) != best.moves.get(i)]
    changed = {i: ask.moves.get(i, case.file.issues[i].status_quo) for i in issues}
    return words.package(page, changed) or "the best ask itself"


def show_counter(case: Case, found: CounterAsk) -> None:
    """What a giveaway brings, and the cheapest way to the same answer."""
    page = page_of(case)
    issue, _, option = found.giveaway.partition(".")
    page.head(f"FOR {page.name(issue)}: {option}")
    brings = {i: o for i, o in found.closure.items() if i != issue}
    if brings:
        page.say(f"It brings with it: {words.package(page, brings)}.")
    share, name = words.plain_percent(found.at), page.name(found.payer)
    who = " and ".join(page.name(g) for g in found.givers)
    page.say(
        f"It costs {name} {found.cost:.3g}; with nothing asked, {who} would accept it in {100 * found.probability_alone:.0f} %."
    )
    if found.state == "never":
        page.say("A mandate forbids it.")
    elif found.value is None:
        page.say(f"{found.state}: {_refused(page, found)}.")
        if found.most is not None:
            page.say(f"No answer worth more than {found.most:.3g} is accepted.")
    else:
        page.say(f"Ask for: {words.package(page, found.answer) or 'nothing; no answer is accepted that is worth more'}.")
        page.say(
            f"Worth {found.value:.3g} of {name}'s points, net {found.value - found.cost:+.3g}, accepted in "
            f"{100 * found.probability:.0f} % ({share} asked for). Every answer that is worth more was tested."
        )
        if found.cheapest is None:
            said = "No giveaways buy" if found.cheapest_proven else "No giveaways were found that buy"
            page.say(f"{said} this answer from the status quo.")
        else:
            paid = words.package(page, found.cheapest_package) or "nothing"
            page.say(f"The cheapest way to the same answer costs {found.cheapest:.3g}: {paid}.")


def _refused(page: Page, found: CounterAsk) -> str:
    """Why no package with a giveaway is accepted: who accepts it too seldom even with nothing asked."""
    why = "no package with it is" if found.state == "not accepted" else "the search stopped before it found a package that is"
    if not found.short:
        return f"{why} allowed and accepted as often as it must be"
    said = "; ".join(
        f"{page.name(party)} accepts in {words.beside(share, need)}, {words.plain_percent(need)} needed"
        for party, (share, need) in found.short.items()
    )
    return f"{why} accepted by all who must: with nothing asked, {said}"


def show_rate(case: Case, found: ExchangeRate) -> None:
    """The rate between two chits as ask and bid."""
    page = page_of(case)
    a, b = (f"{page.name(chit.partition('.')[0])}: {chit.partition('.')[2]}" for chit in (found.a, found.b))
    page.head(f"HOW MANY OF ({a}) FOR ONE ({b})")
    for chit, brings in ((a, found.brings_a), (b, found.brings_b)):
        if brings:
            page.say(f"{chit} is valued with its prerequisites: {words.package(page, brings)}.")
    if found.presupposes:
        page.say(f"Taken as given: {words.package(page, found.presupposes)}.")
    if found.ask is None or found.bid is None or found.chance is None or found.by_means is None:
        for chit, share in found.undefined.items():
            giver, said = (found.giver_a, a) if chit == found.a else (found.giver_b, b)
            page.say(f"There is no rate: {said} costs {page.name(giver)} something in only {100 * share:.0f} % of draws.")
        return
    page.say(f"{page.name(found.giver_b)} asks {found.ask[1]:.3g} (20 to 80 %: {found.ask[0]:.3g} to {found.ask[2]:.3g}).")
    page.say(f"{page.name(found.giver_a)} bids {found.bid[1]:.3g} (20 to 80 %: {found.bid[0]:.3g} to {found.bid[2]:.3g}).")
    page.say(f"There is a rate that suits both in {100 * found.chance:.0f} % of draws.")


def show_improvements(case: Case, found: ImproveResult) -> None:
    """What nobody minds and somebody prefers, the fewest changes first."""
    page = page_of(case)
    page.head("THE DEAL")
    page.say(words.package(page, found.deal) or "Nothing moves.")
    page.say("Worth " + ", ".join(f"{round(v, 9) + 0.0:.3g} to {page.name(p)}" for p, v in found.values.items()) + ", by means.")
    page.head("WHAT NOBODY MINDS AND SOMEBODY PREFERS")
    for better in found.improvements:
        changed = "; ".join(f"{page.name(i)}: {before} -> {after}" for i, (before, after) in better.changed.items())
        gains = ", ".join(f"{page.name(p)} {round(gain, 9) + 0.0:+.2g}" for p, gain in better.gains.items())
        page.say(f"{changed} ({gains}{'; efficient' if better.efficient else ''})")
    if found.efficient:
        page.say("Nothing: the deal is efficient.")
    elif not found.improvements:
        page.say("Nothing was found.")
    if found.unlisted:
        page.say(f"{found.unlisted:,} more, with at least as many changes for what they bring.")
    page.say(f"Looked at {found.searched}.")


def _number(page: Page, q: Question) -> str:
    """An uncertain number in words."""
    about = " and ".join(page.name(key) for key in q.about)
    who = page.name(f"{q.party}/{q.seat}") if q.seat else page.name(q.party)
    if q.kind == "law":
        return f"{who}: whether it waives {about}"
    if q.kind == "reservation":
        return f"{who}: its reservation value"
    if q.kind == "home":
        return f"{who}: its stance on {about}" if about else f"{who}: its threshold"
    return f"{who}: its value of {about}{' together' if q.kind == 'together' else ''}"
