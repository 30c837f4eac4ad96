"""What the commands about mandates and coalitions print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief import words
from summitry.terminal.page import page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.terminal.page import Page
    from summitry.trade.results_home import AlliesAnswer, Authority, Common, MandateAnswer, SidePayment, Signed, Split


def show_mandate(case: Case, found: MandateAnswer) -> None:
    """Options by permission, the calls of a package, and what can be signed in the room against what calls would add."""
    page = page_of(case, found.principal)
    for party in dict.fromkeys(a.party for a in found.options):
        page.head(f"THE MANDATE OF {page.name(party)}")
        for permission in ("authorised", "call home", "never"):
            some = [a for a in found.options if a.party == party and a.permission == permission]
            if some:
                page.say(f"{permission}: {'; '.join(_option(page, a) for a in some)}.")
    if found.moves:
        page.head("THE PACKAGE")
        page.say(f"{words.package(page, found.moves)}.")
        page.say(f"Calls home: {_calls(page, found.calls) or 'none; it can be signed in the room'}.")
    page.head("WHAT CAN BE SIGNED IN THE ROOM")
    _signed(page, found.room)
    page.head("WITH CALLS HOME")
    _signed(page, found.reach)
    if found.reach is not None:
        page.say(f"Calls home: {_calls(page, found.reach_calls) or 'none'}.")
    page.say(f"Both are {found.words}.")
    for party in found.unknown:
        page.say(f"{page.name(party)}: no mandate is known here; its delegation is taken as free.")


def _option(page: Page, authority: Authority) -> str:
    silent = "" if authority.stated else " (not stated)"
    return f"{page.name(authority.issue)}: {authority.option}{silent}"


def _calls(page: Page, calls: Sequence[Authority]) -> str:
    told = []
    for a in calls:
        must = "may never concede" if a.permission == "never" else "must call about"
        told.append(f"{page.name(a.party)} {must} {_option(page, a)}")
    return "; ".join(told)


def _signed(page: Page, signed: Signed | None) -> None:
    if signed is None:
        page.say("Nothing was found.")
        return
    if not signed.passed:
        page.say(f"Nothing passes; the nearest miss, which fails at {' and '.join(signed.closed) or 'no gate by itself'}:")
    page.moves(signed.moves)
    load = "" if signed.load is None else f"; load {signed.load:.2g}"
    worth = ", ".join(f"{page.name(p)} {100 * s:.0f} %" for p, s in signed.substance.items())
    page.say(f"All accept and ratify in {100 * signed.joint:.0f} %{load}. Substance: {worth}.")


def show_allies(case: Case, found: Sequence[AlliesAnswer]) -> None:
    """Each coalition: common positions, what splits it, what holds it, what it can concede."""
    page = page_of(case)
    for answer in found:
        _coalition(page, answer)


def _coalition(page: Page, found: AlliesAnswer) -> None:
    lead = page.name(found.lead_party)
    names = ", ".join(page.name(ally) for ally in found.allies)
    page.head(f"COMMON POSITIONS of {names}")
    if found.lead is None:
        page.say("None: no package that was looked at is accepted by the other side and by each ally often enough.")
    else:
        page.say(
            f"{found.positions:,} packages are accepted by each party often enough, counted by itself, and none improves them "
            f"for every ally. A first rung needs all parties and homes in the same draw in {100 * found.needed:.0f} %."
        )
        page.say(f"The lead decides: {lead} takes {_common(page, found.lead)}")
        if found.nash is not None:
            page.say(f"The allied Nash package: {_common(page, found.nash)}")
        if found.as_one is not None:
            _as_one(page, found, found.lead, found.as_one)
    page.say(f"Looked at {page.sentence(found.words)}.")
    page.head("WHAT SPLITS THEM, in the order of what it is to the lead")
    for split in found.splits:
        page.say(_split(page, split))
    if not found.splits:
        page.say("Nothing: they rank the options of every issue alike.")
    page.head("WHAT HOLDS THEM")
    if found.asked is None:
        page.say(f"{lead} by itself would choose nothing: the other side accepts no package that it accepts too.")
    else:
        page.say(f"Asked about {_common(page, found.asked)}")
        for payment in found.payments:
            _payment(page, payment)
        if not found.payments:
            page.say("Every ally accepts it often enough; nobody needs to be paid.")
    page.head("THE MOST THAT THEY CAN CONCEDE")
    if found.conceded is None:
        page.say("Nothing that was looked at is accepted by each ally and ratified by each allied home often enough.")
    else:
        worth = ", ".join(f"{v:.3g} to {page.name(p)}" for p, v in found.conceded_to.items())
        page.say(f"{_common(page, found.conceded)} What the allies give in it is worth {worth}. Found by climbing, not proven.")


def _as_one(page: Page, found: AlliesAnswer, lead: Common, one: Common) -> None:
    missing = [page.name(a) for a in found.allies if a not in found.rates and a != found.lead_party]
    said = f", one point of {' and of '.join(missing)} counted as one of the lead's, which no file declares" if missing else ""
    same = one.moves == lead.moves
    what = "the lead's choice stays." if same else f"they would take {_common(page, one)}"
    changed = {a: one.values[a] - lead.values[a] for a in found.allies}
    by = "" if same else f" Against the lead's choice: {', '.join(f'{page.name(a)} {v:+.3g}' for a, v in changed.items())}."
    page.say(f"Treated as one{said}: {what}{by}")


def _split(page: Page, split: Split) -> str:
    size = ", ".join(f"{page.name(a)} {s:.2g} of its points (no. {split.place[a]} of its own)" for a, s in split.size.items())
    values = "; ".join(f"{page.name(a)} {', '.join(f'{o} {v:+.2g}' for o, v in by.items())}" for a, by in split.values.items())
    return f"{page.name(split.issue)} ({split.kind}): {size}. {values}."


def _payment(page: Page, payment: SidePayment) -> None:
    name = page.name(payment.ally)
    page.say(
        f"{name} accepts it in {100 * payment.accepts:.0f} %, {100 * payment.needed:.0f} % needed: it lacks {payment.short:.3g} "
        f"of its points."
    )
    if payment.payment is None or payment.then is None:
        page.say(f"No chits hold it, of {payment.searched}.", 4)
    else:
        cost = ", ".join(f"{page.name(p)} {c:.3g}" for p, c in payment.cost.items())
        page.say(
            f"Held by {words.package(page, payment.payment)}: then it accepts in {100 * payment.then:.0f} %; cost: {cost}.", 4
        )
    for payer, points in payment.transfer.items():
        page.say(f"At the declared rate that is {points:.3g} of {page.name(payer)}'s points.", 4)


def _common(page: Page, common: Common) -> str:
    worth = ", ".join(f"{v:.3g} to {page.name(a)}" for a, v in common.values.items())
    accept = ", ".join(f"{page.name(p)} {100 * c:.0f} %" for p, c in common.accept.items())
    return (
        f"{words.package(page, common.moves) or 'nothing moves'} (worth {worth}; accepted: {accept}; allies accept and ratify "
        f"together {100 * common.allied:.0f} %, all parties and homes {100 * common.joint:.0f} %)."
    )
