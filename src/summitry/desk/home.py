"""Questions about homes: who must be carried there, what a delegation may sign, what allies can hold together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry import case
from summitry.evidence.record import record
from summitry.model import build
from summitry.packages import named, one_of
from summitry.trade import allies as coalitions
from summitry.trade import homes, winset
from summitry.trade import mandate as mandates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.trade.results_home import AlliesAnswer, HomeAnswer, MandateAnswer, WinSets


def home(
    name: str, moves: Sequence[str] = (), *, package: str | None = None, viewer: str | None = None, seed: int = 0
) -> tuple[Case, HomeAnswer | WinSets]:
    """A package before every home; without one, the packages that each home carries."""
    opened = case.load(name, viewer=viewer)
    made = build(opened, seed=seed, record=record(opened))
    homes.require_homes(made)
    words = one_of(moves, package)
    if not words:
        return opened, winset.win_sets(made, opened.principal)
    return opened, homes.answer(made, *named(made, words))


def mandate(
    name: str, moves: Sequence[str] = (), *, package: str | None = None, viewer: str | None = None, seed: int = 0
) -> tuple[Case, MandateAnswer]:
    """What each delegation may concede, which calls home a package needs, and what can be signed in the room."""
    opened = case.load(name, viewer=viewer)
    made = build(opened, seed=seed, record=record(opened))
    words = one_of(moves, package)
    asked = named(made, words)[0] if words else None
    return opened, mandates.answer(made, opened.principal, asked)


def allies(
    name: str,
    moves: Sequence[str] = (),
    *,
    package: str | None = None,
    as_one: bool = False,
    viewer: str | None = None,
    seed: int = 0,
) -> tuple[Case, tuple[AlliesAnswer, ...]]:
    """What each coalition holds in common, what splits it, what holds it together, and the most that it can concede."""
    opened = case.load(name, viewer=viewer)
    made = build(opened, seed=seed, record=record(opened))
    blocs = coalitions.blocs(made)
    words = one_of(moves, package)
    asked = named(made, words)[0] if words else None
    return opened, tuple(coalitions.answer(made, bloc, asked, as_one=as_one) for bloc in blocs)
