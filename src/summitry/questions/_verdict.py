"""How a package under all gates is shown, wherever a question answers with one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summitry.document import Block, Folded, Moves, Phrase, bullets, places, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.deals.gates import Verdict
    from summitry.deals.gates.gate import Change
    from summitry.deals.table import OnTable

STATES = {True: "open", False: "closed", None: "untested"}


def state_of(verdict: Verdict) -> str:
    """Whether it passes ("open"), fails at a gate ("closed"), or lies too near to tell ("near")."""
    return "open" if verdict.passed else "closed" if verdict.closed else "near"


def show_verdict(verdict: Verdict, place: str) -> Iterator[Block]:
    """The moves, the chances, every gate, what would open the closed ones, and, folded, each party's view."""
    yield Moves(f"{place}.moves")
    yield from show_chances(verdict, place)
    yield from show_gates(verdict, place)
    yield from show_changes(verdict.opens, f"{place}.opens")
    yield say("verdict.order" if (verdict.load or 0.0) <= 1.0 else "verdict.order.strained", place)
    yield Folded(tuple(say(f"verdict.{name}", place) for name in ("gain", "values", "substance", "share", "exposure", "source")))


def show_chances(verdict: Verdict, place: str) -> Iterator[Block]:
    """How often each accepts, each home ratifies, and all of it together; the trust that is needed and there."""
    yield say("verdict.accept", place)
    if any(chance is not None for chance in verdict.ratify.values()):
        yield say("verdict.ratify", place)
    yield say("verdict.joint", place)
    yield say("verdict.trust", place)


def show_gates(verdict: Verdict, place: str, *, closed: bool = False) -> Iterator[Block]:
    """A line for each gate, or for those that are not open: whether it is open, why, and who blocks it."""
    for gate, at in zip(verdict.gates, places(f"{place}.gates", verdict.gates), strict=True):
        if closed and gate.passed:
            continue
        yield say(f"gate.line.{STATES[gate.passed]}", at)


def show_changes(changes: Sequence[Change], place: str) -> Iterator[Block]:
    """What would open the closed gates."""
    if changes:
        yield bullets("verdict.opens", (Phrase("change", at) for at in places(place, changes)))


def show_table(on_table: OnTable | None, place: str) -> Iterator[Block]:
    """What of a package is offered, agreed or refused today."""
    if on_table is None:
        return
    if on_table.offered:
        yield say("table.offered", place)
    if on_table.bound:
        yield say("table.bound", place)
    if on_table.agreed:
        yield say("table.agreed", place)
    for at in places(f"{place}.refused", on_table.refused):
        yield say("table.refused", at)
