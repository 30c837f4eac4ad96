"""How many things there are behind two lists that share some, such as a declaration and what a neighbour knows of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from summitry.case.fields import Doc
from summitry.errors import BadArgument
from summitry.kernels.inspect import chapman

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ODDS = (0.5, 1.0, 2.0, 4.0)
"""Assumption shown beside each number: by how much a thing on the one list is likelier, in odds, to stand on the other."""


class Thing(Doc):
    """One row of a list: a thing by its identifier, which both lists must spell alike."""

    id: Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """How many things stand on neither list, and how many there are in all, if being on the one list changes the odds so."""

    odds: float
    unlisted: float
    total: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two lists share, and what that says of what neither names.

    `total` is Chapman's estimate, which holds where the lists are independent. It is a sensitivity and no estimate of what is
    hidden: who conceals the same things from both makes it too low. `dependent` says by how much.
    """

    first: int
    second: int
    both: int
    total: float
    dependent: tuple[Unlisted, ...]


def overlap(first: Sequence[Thing], second: Sequence[Thing]) -> Overlap:
    """Compare two lists by identifier. Raises BadArgument where a list is empty or names a thing twice.

    With R on both lists, A on the first only and B on the second only, A B / (R + 1) are on neither where the lists are
    independent (Chapman), and w times as many where being on the one list multiplies the odds of being on the other by w.
    """
    one, other = _ids(first, "first"), _ids(second, "second")
    both = len(one & other)
    listed = len(one | other)
    total = chapman(len(one), len(other), both)
    rows = tuple(Unlisted(odds, odds * (total - listed), listed + odds * (total - listed)) for odds in ODDS)
    return Overlap(len(one), len(other), both, total, rows)


def _ids(things: Iterable[Thing], which: str) -> set[str]:
    names = [thing.id for thing in things]
    if not names or len({*names}) < len(names):
        msg = f"The {which} list must name at least one thing, and each only once."
        raise BadArgument(msg)
    return {*names}
