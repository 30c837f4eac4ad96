"""What the commands about homes print."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.terminal.page import page_of
from summitry.trade.results_home import HomeAnswer

if TYPE_CHECKING:
    from summitry.case.types import Case
    from summitry.terminal.page import Page
    from summitry.trade.results_home import Offered, OptionAtHome, Support, WinSet, WinSets

ROLES = {"vote": "votes", "veto": "has a veto", "voice": "has no vote"}
BENCHMARK = (
    "The plain benchmark reads all scales as one and knows no veto, law or uncertainty. The challenge model is not used: it "
    "predicted decisions of the European Union worse than such a mean does."
)


def show_home(case: Case, found: HomeAnswer | WinSets) -> None:
    """A package before every home, or the win-sets."""
    page = page_of(case)
    if isinstance(found, HomeAnswer):
        _package(page, found)
    else:
        _win_sets(page, found)
    for party in found.silent:
        page.say(f"{page.name(party)}: no back table is given; its home is taken as willing.")


def _package(page: Page, found: HomeAnswer) -> None:
    page.head(words.clean(found.title).upper() if found.title else "THE PACKAGE")
    page.say(words.package(page, found.moves) or "Nothing moves.")
    page.say(
        f"All homes ratify it in the same draw in {_percent(found.ratified)}, {_percent(found.needed)} needed; all parties "
        f"accept and all homes ratify in {_percent(found.together)}."
    )
    for fault in found.faults:
        page.say(f"As it stands it may not be formed: {fault}.")
    for support in found.homes:
        _home(page, support, found.needed)
    if any(support.benchmark for support in found.homes):
        page.say(BENCHMARK)


def _home(page: Page, support: Support, needed: float) -> None:
    page.head(
        f"{page.name(support.party)}: ratified in {_percent(support.probability)} (sampling error {100 * support.error:.1f})"
    )
    for o in support.opinions:
        weight = f" with {100 * o.influence:.0f} % of the votes" if o.influence is not None else ""
        sways = "" if not o.sways else f", and sways {', '.join(page.name(f'{support.party}/{seat}') for seat in o.sways)}"
        low, mid, high = o.margin
        against = " AGAINST" if o.yes < needed and o.role != "voice" else ""
        page.say(
            f"{_seat(page, support.party, o.seat)} {ROLES[o.role]}{weight}{sways}: yes in {_percent(o.yes)}{against}; {mid:+.2g} "
            f"points over its threshold ({low:+.2g} to {high:+.2g})."
        )
    for law in support.laws:
        source = f" Source: {law.source}." if law.source else " No source is given."
        page.say(f"Law in the way of {', '.join(law.moves)}: {law.name}; lifted in {_percent(law.chance)}.{source}")
    if support.laws:
        page.say(f"With the laws aside the votes carry it in {_percent(support.votes)}.")
    if support.changes:
        page.say("What carries it:")
    for change in support.changes:
        page.say(f"{page.sentence(change.what)}: {page.sentence(change.effect)}.", 4)
    if support.benchmark is not None:
        mean, median = support.benchmark.mean, support.benchmark.median
        said = f"weighted mean {mean:+.2g} ({_yes(mean)}), weighted median {median:+.2g} ({_yes(median)})"
        page.say(f"Plain benchmark: {said}.")


def _win_sets(page: Page, found: WinSets) -> None:
    for home in found.homes:
        _win_set(page, home, found)
    page.head("WHAT ALL HOMES CARRY")
    if not found.common:
        page.say("Nothing in the set is carried by all homes in the same draw often enough: the win-sets have nothing in common.")
    else:
        page.say(
            f"{found.common:,} packages, in the same draw in at least {_percent(found.needed)}; {found.each:,} where each home "
            f"is counted by itself. All parties also accept {found.accepted:,} of them that often."
        )
    for party, best in found.best.items():
        page.say(f"Best for {page.name(party)}: {_offered(page, best, party)}")
    page.say(f"Counted: {page.sentence(found.words)}.")


def _win_set(page: Page, home: WinSet, found: WinSets) -> None:
    page.head(f"{page.name(home.party)} carries {home.carried:,} of {found.considered:,}")
    own = [o for o in home.options if o.own]
    page.say("Its own options, each alone:" if own else "It has no options of its own.")
    for issue, options in groupby(own, key=lambda o: o.issue):
        told = list(options)
        page.say(f"{page.name(issue)}{_shared(page, told[0].shared)}: {', '.join(_option(page, o) for o in told)}", 4)
    others = {o.issue: o.shared for o in own}
    most = "; ".join(f"{words.move(page, i, option)}{_shared(page, others[i])}" for i, option in home.most.items())
    page.say(f"Furthest that it carries alone and for nothing: {most or 'none of them'}.")
    if home.most_given is not None:
        page.say(f"Most that it gives and still carries: {_offered(page, home.most_given, home.party)}")
    if home.preferred:
        wanted = "; ".join(f"{page.name(p.issue)}: {p.median} ({p.mean:.1f})" for p in home.preferred)
        page.say(f"Plain benchmark, where its votes want each issue by weighted median (mean of option numbers): {wanted}.")


def _shared(page: Page, others: tuple[str, ...]) -> str:
    """With whom an option is given."""
    return f" (shared with {words.names(page, others)})" if others else ""


def _option(page: Page, option: OptionAtHome) -> str:
    brings = f" with {words.package(page, option.brings)}" if option.brings else ""
    return f"{option.option}{brings} {_percent(option.ratified)}"


def _offered(page: Page, found: Offered, party: str) -> str:
    homes = ", ".join(f"{page.name(p)} {_percent(c)}" for p, c in found.ratified.items())
    return (
        f"{words.package(page, found.moves)} (worth {found.values[party]:.3g} to {page.name(party)}; ratified: {homes}; together "
        f"{_percent(found.probability)})."
    )


def _seat(page: Page, party: str, seat: str) -> str:
    return page.name(f"{party}/{seat}").removeprefix(f"{page.name(party)}: ")


def _yes(margin: float) -> str:
    return "yes" if margin >= 0.0 else "no"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
