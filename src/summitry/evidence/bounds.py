"""What is on the table as bounds of every search: what is fixed, what is offered already, and what on which condition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from summitry.evidence.standing import NOTHING
from summitry.kernels.rules import barred, close, lift, rules_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Case
    from summitry.evidence.standing import Standing


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What the record can bind: `theirs` (I,) the other sides' issues, `wanted` (Q,) what is worth something to the principal.

    `place` is the column of each (issue, option), `first` (I + 1,) that of each status quo; `rules` and `bars` (K, 4) are the
    prerequisites and what excludes each other, as rows for `kernels.rules`.
    """

    place: Mapping[tuple[str, str], int]
    first: NDArray[np.int64]
    theirs: NDArray[np.bool_]
    wanted: NDArray[np.bool_]
    rules: NDArray[np.int64]
    bars: NDArray[np.int64]

    def row(self, moves: Mapping[str, str], other: int = 0) -> NDArray[np.int64]:
        """A package from option names, shape (I,); `other` stands where no option is named."""
        package = np.full(len(self.first) - 1, other, dtype=np.int64)
        for move in moves.items():
            i = int(np.searchsorted(self.first, self.place[move], side="right")) - 1
            package[i] = self.place[move] - self.first[i]
        return package


def reach_of(
    case: Case,
    place: Mapping[tuple[str, str], int],
    first: NDArray[np.int64],
    side: NDArray[np.int64],
    value: NDArray[np.float64],
    allowed: NDArray[np.bool_],
    needs: Sequence[tuple[int, int]],
    bars: Sequence[tuple[int, int]],
) -> Reach:
    """What the principal can hold the other sides to: `side` (P,), `value` (P, Q) and the rules are the model's."""
    parties = list(case.file.parties)
    p = parties.index(case.principal)
    theirs = [
        bool(issue.giver) and all(side[parties.index(giver)] != side[p] for giver in issue.giver)
        for issue in case.file.issues.values()
    ]
    worth = value[p] > np.repeat(value[p, first[:-1]], np.diff(first))
    rows = rules_of(needs, first), rules_of(bars, first)
    return Reach(place, first, np.array(theirs, dtype=np.bool_), worth & allowed, *rows)


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """An offer on a condition: packages that hold `needs` (I,) are lifted to `moves` (I,)."""

    needs: NDArray[np.int64]
    moves: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Bounds:
    """What the record settles, `standing`, and as arrays what that binds. NOTHING leaves all open."""

    standing: Standing
    reach: Reach

    @cached_property
    def fixed(self) -> NDArray[np.int64]:
        """The option of each issue on which all agree, else -1, shape (I,)."""
        return self.reach.row(self.standing.fixed, -1)

    @cached_property
    def floor(self) -> NDArray[np.int64]:
        """The least option of each issue: what the other sides offer today without a condition, and the principal wants, (I,)."""
        floor = self.reach.row({})
        for one in self._lifts:
            floor = floor if one.needs.any() else np.maximum(floor, one.moves)
        return floor

    @cached_property
    def bundles(self) -> tuple[Bundle, ...]:
        """The other sides' offers on conditions, with what the principal wants of them."""
        return tuple(one for one in self._lifts if one.needs.any() and one.moves.any())

    @cached_property
    def _lifts(self) -> tuple[Bundle, ...]:
        """The offers of the other sides as arrays: what the principal wants of each, and what it hangs on.

        An option that must be done before, and that the offer does not hold and nobody offers, is a condition too.
        """
        reach, standing = self.reach, self.standing
        offered = np.where(reach.theirs, reach.row(standing.floors), 0)
        offers: list[tuple[Mapping[str, str], Mapping[str, str]]] = [
            ({name: option}, {}) for name, option in standing.floors.items()
        ]
        lifts = []
        for gives, conditions in (*offers, *((offer.gives, offer.conditions) for offer in standing.bundles)):
            row = np.where(reach.theirs, reach.row(gives), 0)
            moves = close(np.where(reach.wanted[reach.first[:-1] + row], row, 0), reach.rules)
            beyond = moves > np.maximum(offered, row)
            lifts.append(Bundle(np.maximum(reach.row(conditions), np.where(beyond, moves, 0)), np.where(beyond, 0, moves)))
        return tuple(lifts)

    @cached_property
    def base(self) -> NDArray[np.int64]:
        """What is on the table without any move of ours: what is agreed, and what the other sides offer, (I,)."""
        row: NDArray[np.int64] = self.lift(self.reach.row({})[None, :])[0]
        return row

    def offers(self) -> list[NDArray[np.int64]]:
        """The other sides' offers with what they hang on, as packages."""
        return [close(np.maximum(one.needs, one.moves), self.reach.rules) for one in self.bundles]

    def lift(self, packages: NDArray[np.int64]) -> NDArray[np.int64]:
        """Packages (N, I) with what is agreed, and at least what is offered today: on a condition only where they hold it.

        The one place where the record binds a search. A package stays as it is where the offers on the table exclude each other
        or what it holds.
        """
        if self.standing is NOTHING:
            return packages
        rows = lift(packages, self.fixed, self.floor, [(one.needs, one.moves) for one in self.bundles])
        torn = barred(rows, self.reach.bars) & ~barred(packages, self.reach.bars)
        rows[torn] = packages[torn]
        return rows

    def reopened(self, issue: str | None = None) -> Bounds:
        """All open, or what is agreed on one issue."""
        fixed = {name: option for name, option in self.standing.fixed.items() if name != issue}
        return replace(self, standing=NOTHING if issue is None else replace(self.standing, fixed=fixed))
