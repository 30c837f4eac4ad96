"""What each party is claimed to hold.

Declared, estimated and verified claims stand side by side and are never merged; only estimates are fused. Unaccounted for is not
held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.document import Block, Figure, Folded, Phrase, bullets, head, places, say, table
from summitry.questions import Question

if TYPE_CHECKING:
    from summitry.evidence.inventory import Holding
    from summitry.evidence.quantities import Share
    from summitry.reasons import Reason
    from summitry.wording.names import Names
    from summitry.workspace import Workspace


@dataclass(frozen=True, slots=True)
class InventoryRequest:
    """Nothing but the case."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """What each party is claimed to hold, what the options that move a share of it come to in units, and why some do not."""

    holdings: tuple[Holding, ...]
    shares: tuple[Share, ...]
    not_in_units: dict[str, Reason]


def answer(workspace: Workspace, _: InventoryRequest) -> Inventory:
    """The holdings by kind of claim, the fused estimate, and shares of it in units."""
    from summitry.evidence.quantities import not_in_units

    return Inventory(workspace.holdings, workspace.shares, not_in_units(workspace.case, workspace.holdings))


def view(inventory: Inventory, _: Names) -> Iterator[Block]:
    """Each holding, what moves its estimate most, the claims behind it, and shares in units."""
    if not inventory.holdings:
        yield say("inventory.none")
    yield Figure("inventory")
    for place, holding in zip(places("holdings", inventory.holdings), inventory.holdings, strict=True):
        yield head("inventory.holding", place)
        yield say("inventory.claims.unestimated" if holding.estimated is None else "inventory.claims", place)
        yield bullets(None, (Phrase("reason", one) for one in places(f"{place}.method", holding.method)))
        if holding.without:
            yield say("inventory.without", f"{place}.without[0]")
        columns = (
            "claimant = {claimant:text}[[, {item:text}]]",
            "kind = {kind:word claim.kind}",
            "as_of:date",
            "low:number",
            "central:number",
        )
        more = ("high:number", "unit:text", "used:yes", "source:source", "status:text")
        claims = table("inventory.claim", places(f"{place}.claims", holding.claims), (*columns, *more))
        left_out = table(
            "inventory.left_out", places(f"{place}.without", holding.without), ("claimant:text", "middle", "shift:signed")
        )
        yield Folded((claims, left_out) if len(holding.without) > 1 else (claims,))
    if inventory.shares:
        yield head("inventory.shares", level=2)
    for place in places("shares", inventory.shares):
        yield say("inventory.share", place)
    for issue in inventory.not_in_units:
        yield say("inventory.not_in_units", issue=issue, why=inventory.not_in_units[issue])


QUESTION = Question(
    name="inventory",
    group="evidence",
    request=InventoryRequest,
    answer=answer,
    view=view,
    example=("korea-2019", {}),
)
