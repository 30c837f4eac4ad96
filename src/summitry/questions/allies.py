"""What allies hold in common.

For each coalition: the packages that the other side and each ally accept, which of them the lead takes, the issues that split the
allies, what holds an unwilling ally to a package (by default what the lead would choose by itself), and the most that the
coalition can concede.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Folded, Moves, Phrase, bullets, head, places, say, table
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.deals.allies import Alliance, Common, SidePayment
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class AlliesRequest:
    """The package that holds the allies together, and whether to treat them as one."""

    moves: Annotated[tuple[str, ...], Ask("ISSUE=OPTION...", position=True)] = ()
    package: Annotated[str | None, Ask("DEAL")] = None
    as_one: Annotated[bool, Ask()] = False


@dataclass(frozen=True, slots=True)
class AlliesAnswer:
    """Each coalition of at least two allies."""

    coalitions: tuple[Alliance, ...]


def answer(workspace: Workspace, request: AlliesRequest) -> AlliesAnswer:
    """Each coalition, asked about a package or about what its lead would choose by itself."""
    from summitry.deals.allies import blocs, study_bloc
    from summitry.packages import one_of, words_of

    model = workspace.model
    coalitions = blocs(model)
    words = one_of(words_of(request.moves), request.package)
    package = workspace.package(words)[0] if words else None
    return AlliesAnswer(tuple(study_bloc(model, bloc, package, as_one=request.as_one) for bloc in coalitions))


def view(answer: AlliesAnswer, _: Names) -> Iterator[Block]:
    """Each coalition: common positions, what splits it, what holds it, what it can concede."""
    for at, alliance in zip(places("coalitions", answer.coalitions), answer.coalitions, strict=True):
        yield from _positions(alliance, at)
        yield from _splits(alliance, at)
        yield from _payments(alliance, at)
        yield head("allies.concession.head")
        if alliance.concession is None:
            yield say("allies.concession.none")
        else:
            yield from _common(alliance.concession, f"{at}.concession")
            yield say("allies.concession", at)


def _positions(alliance: Alliance, place: str) -> Iterator[Block]:
    yield head("allies.head", place)
    if alliance.lead is None:
        yield say("allies.none")
    else:
        yield say("allies.positions", place)
        yield say("allies.lead", place)
        yield from _common(alliance.lead, f"{place}.lead")
    if alliance.nash is not None:
        yield say("allies.nash")
        yield from _common(alliance.nash, f"{place}.nash")
    if alliance.lead is not None and alliance.as_one is not None:
        same = alliance.as_one.moves == alliance.lead.moves
        unrated = tuple(ally for ally in alliance.allies if ally not in alliance.rates and ally != alliance.lead_party)
        yield say("allies.one.same" if same else "allies.one", place, unrated=unrated)
        if not same:
            yield from _common(alliance.as_one, f"{place}.as_one")
            yield say("allies.one.change", place)
    yield say("allies.scope", place)
    columns = (
        "moves = moves:moves",
        "values = values:each number",
        "accept = accept:each whole",
        "allied = allied:whole",
        "joint = joint:whole",
    )
    if alliance.common:
        yield Folded((table("allies.common", places(f"{place}.common", alliance.common), columns),))


def _splits(alliance: Alliance, place: str) -> Iterator[Block]:
    yield head("allies.splits")
    for at, split in zip(places(f"{place}.splits", alliance.splits), alliance.splits, strict=True):
        yield bullets("allies.split", (Phrase("allies.split.ally", at, {"ally": ally}) for ally in split.values), at)
    if not alliance.splits:
        yield say("allies.splits.none")


def _payments(alliance: Alliance, place: str) -> Iterator[Block]:
    yield head("allies.payments")
    if alliance.package is None:
        yield say("allies.payments.nothing", place)
        return
    yield say("allies.package")
    yield from _common(alliance.package, f"{place}.package")
    for at, payment in zip(places(f"{place}.payments", alliance.payments), alliance.payments, strict=True):
        yield from _payment(payment, at)
    if not alliance.payments:
        yield say("allies.payments.none")


def _payment(payment: SidePayment, place: str) -> Iterator[Block]:
    yield say("allies.payment", place)
    yield say("allies.payment.none" if payment.payment is None else "allies.payment.moves", place, depth=1)
    yield from (say("allies.payment.transfer", place, depth=1, payer=payer) for payer in payment.transfer)


def _common(common: Common, place: str) -> Iterator[Block]:
    """A package with its worth and its chances."""
    yield Moves(f"{place}.moves", depth=1) if common.moves else say("allies.still", depth=1)
    yield say("allies.worth", place, depth=1)


QUESTION = Question(
    name="allies",
    group="homes",
    request=AlliesRequest,
    answer=answer,
    view=view,
    example=("korea-2019", {"as_one": True}),
)
