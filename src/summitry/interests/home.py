"""The back table of one party as arrays: who votes, who can veto, what the law forbids, and in which draws a package is ratified.

A constituency says yes in a draw when the sum of its points over the package's options reaches its threshold. A package is
ratified when the yes-votes' share of influence reaches the quota, no veto says no, and no law forbids one of its options
(Putnam 1988: the win-set).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import BackTable, Constituency, Law


ROUNDING = 1e-9
"""Sums that fall short of a bound by less are equal to it: the order of adding must not decide."""


@dataclass(frozen=True, slots=True, eq=False)
class LawArrays:
    """A law: its name, which options it forbids, shape (Q,), and the draws in which it is waived, shape (D,)."""

    name: str
    forbids: NDArray[np.bool_]
    waived: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """One party's back table. Axes: C constituencies that vote or veto, Q options, D draws; `mean` holds PERT means.

    `weight` (C,) is influence among votes and sums to 1 (0 for those who only veto); `stance` is (C, Q, D), `threshold` (C, D).
    """

    party: str
    quota: float
    seats: tuple[str, ...]
    weight: NDArray[np.float64]
    veto: NDArray[np.bool_]
    mean: NDArray[np.float64]
    stance: NDArray[np.float64]
    threshold: NDArray[np.float64]
    laws: tuple[LawArrays, ...]

    def yes(self, columns: Sequence[int]) -> NDArray[np.bool_]:
        """Who says yes to the package that moves to the options `columns`, shape (C, D)."""
        return self.points(columns) >= self.threshold - ROUNDING

    def points(self, columns: Sequence[int]) -> NDArray[np.float64]:
        """Each constituency's points for the package, shape (C, D)."""
        total: NDArray[np.float64] = self.stance[:, list(columns), :].sum(axis=1)
        return total

    def carried(self, yes: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Where the votes suffice and no veto falls, from `yes` of shape (..., C, D) to (..., D)."""
        share = np.einsum("c,...cd->...d", self.weight, yes)
        vetoed = (self.veto[:, None] & ~yes).any(axis=-2)
        carried: NDArray[np.bool_] = (share >= self.quota - ROUNDING) & ~vetoed
        return carried

    def lawful(self, columns: Sequence[int]) -> NDArray[np.bool_]:
        """The draws in which no standing law forbids the package, shape (D,)."""
        result = np.ones(self.threshold.shape[1], dtype=np.bool_)
        for law in self.laws:
            if law.forbids[list(columns)].any():
                result &= law.waived
        return result

    def ratified(self, columns: Sequence[int]) -> NDArray[np.bool_]:
        """The draws in which the package is ratified at home, shape (D,)."""
        return self.carried(self.yes(columns)) & self.lawful(columns)


def build_home(
    party: str,
    table: BackTable,
    constituencies: Mapping[str, Constituency],
    laws: Sequence[Law],
    column: Callable[[str, str], int],
    columns: int,
    *,
    seed: int,
    factor: NDArray[np.float64],
    correlation: float,
) -> Home:
    """Draw one party's back table; `column(issue, option)` names the axis Q of `columns` options.

    `factor` (D,) is the common factor that the party's own values share. Constituencies with a mere voice do not vote.
    """
    draws = factor.size
    names = [name for name in table.seats if constituencies[name].role != "voice"]
    weight = np.array([table.seats[name].influence if constituencies[name].role == "vote" else 0.0 for name in names])
    stance = np.zeros((len(names), columns, draws))
    mean = np.zeros((len(names), columns))
    threshold = np.zeros((len(names), draws))
    for c, name in enumerate(names):
        seat = table.seats[name]
        for issue, values in seat.positions.items():
            at = draw.ranks(draw.generator(seed, "home", party, name, issue), factor, correlation)
            for option, span in values.options.items():
                mean[c, column(issue, option)] = draw.pert_mean(*span)
                stance[c, column(issue, option)] = draw.pert_draws(*span, at)
        threshold[c] = draw.pert_draws(*seat.threshold, _ranks(seed, draws, "threshold", party, name))
    total = weight.sum()
    return Home(
        party=party,
        quota=table.quota if total > 0 else 0.0,
        seats=tuple(names),
        weight=weight / total if total > 0 else weight,
        veto=np.array([constituencies[name].role == "veto" for name in names]),
        mean=mean,
        stance=stance,
        threshold=threshold,
        laws=tuple(_law(law, column, columns, seed, draws) for law in laws if law.party == party),
    )


def _law(law: Law, column: Callable[[str, str], int], columns: int, seed: int, draws: int) -> LawArrays:
    forbids = np.zeros(columns, dtype=np.bool_)
    for place in law.forbids:
        issue, option = place.split(".", 1)
        forbids[column(issue, option)] = True
    chance = draw.pert_mean(*law.waiver)
    return LawArrays(law.name, forbids, (_ranks(seed, draws, "waiver", law.party, law.name) + 0.5) / max(draws, 1) < chance)


def _ranks(seed: int, draws: int, *key: str) -> NDArray[np.int64]:
    """The ranks 0..D-1 in random order, shape (D,)."""
    return draw.generator(seed, *key).permutation(draws)
