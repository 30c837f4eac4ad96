"""The back table of one party as arrays: who votes, who can veto, what the law forbids, and in which draws a package is ratified.

A constituency says yes in a draw when the sum of its points over the package's options reaches its threshold. A package is
ratified when the yes-votes' share of influence reaches the quota, no veto says no, and no law forbids one of its options
(Putnam 1988: the win-set). A quota of one half asks for more than half, unless the case says that a tie carries. A voice has no
vote; where the case states how it sways another constituency, that one adds so many points for each point by which the voice's
sum passes its threshold (opinions as weighted sums: Friedkin & Johnsen 1990). This is linear in the package, so it is folded
into the other's points once, here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import ballot, draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import BackTable, Constituency, Law, Seat


ROUNDING = ballot.TIE
"""Sums that fall short of a bound by less are equal to it: the order of adding must not decide."""
HALF = 0.5
MAJORITY = HALF + 2.0 * ROUNDING
"""A share that exactly half of the votes do not reach, and that every larger share does."""


@dataclass(frozen=True, slots=True, eq=False)
class Sampling:
    """What all draws of one party share.

    `place` gives the column of each (issue, option) among `columns`; `factor` (D,) is common to the party's values, which it
    correlates by `correlation`; every stream of random numbers begins at `seed`.
    """

    place: Mapping[tuple[str, str], int]
    columns: int
    factor: NDArray[np.float64]
    correlation: float
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class LawArrays:
    """A law: its name, which options it forbids, shape (Q,), the chance that it is lifted, and its quantile `at` (D,).

    It is lifted where the quantile lies below the chance, so that a larger chance lifts it in the same draws and in more.
    """

    name: str
    source: str
    forbids: NDArray[np.bool_]
    chance: float
    at: NDArray[np.float64]

    @property
    def waived(self) -> NDArray[np.bool_]:
        """The draws in which it is lifted, shape (D,)."""
        return np.asarray(self.at < self.chance)


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def ballots(self) -> ballot.Ballots:
        """The table made ready to count many packages at once."""
        return ballot.ready(self.stance, self.threshold, self.weight, self.veto, self.quota)

    def yes(self, columns: Sequence[int], shift: NDArray[np.float64] | None = None) -> NDArray[np.bool_]:
        """Who says yes to the package that moves to the options `columns`, shape (C, D); `shift` as in `ratified`."""
        points = self.points(columns)
        if shift is not None:
            points = points + (shift[:, None] if shift.ndim == 1 else shift)
        return np.asarray(points >= self.threshold - ROUNDING)

    def points(self, columns: Sequence[int]) -> NDArray[np.float64]:
        """Each constituency's points for the package, shape (C, D)."""
        total: NDArray[np.float64] = self.stance[:, list(columns), :].sum(axis=1)
        return total

    def carried(self, yes: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Where the votes suffice and no veto falls, from `yes` of shape (..., C, D) to (..., D)."""
        share = np.einsum("c,...cd->...d", self.weight, yes)
        vetoed = (self.veto[:, None] & ~yes).any(axis=-2)
        passes: NDArray[np.bool_] = (share >= self.quota - ROUNDING) & ~vetoed
        return passes

    def lawful(self, columns: Sequence[int], waiver: NDArray[np.float64] | None = None) -> NDArray[np.bool_]:
        """The draws in which no standing law forbids the package, shape (D,); `waiver` as in `ratified`."""
        result = np.ones(self.threshold.shape[1], dtype=np.bool_)
        for k, law in enumerate(self.laws):
            if law.forbids[list(columns)].any():
                result &= law.waived if waiver is None else law.at < waiver[k]
        return result

    def ratified(
        self, columns: Sequence[int], shift: NDArray[np.float64] | None = None, waiver: NDArray[np.float64] | None = None
    ) -> NDArray[np.bool_]:
        """The draws in which the package is ratified at home, shape (D,).

        Today, or after what changes a home: `shift`, (C,) or (C, D), is added to each constituency's points for the package, and
        `waiver` (L,) replaces the chances that the laws are lifted. Never fewer draws for a larger shift or chance.
        """
        return self.carried(self.yes(columns, shift)) & self.lawful(columns, waiver)


def least_shift(
    home: Home, columns: Sequence[int], needed: float, lawful: NDArray[np.bool_] | None = None
) -> tuple[int, float] | None:
    """The constituency whose smallest shift in favour carries the package in a share `needed` of draws, and by how many points.

    Counted in the draws that are `lawful` (D,), or with the laws aside. On the draws that its yes would turn, the k-th smallest
    gap is the shift that turns k of them. None where no single constituency suffices, or where nothing is missing.
    """
    yes = home.yes(columns)
    allowed = np.ones(yes.shape[1], dtype=np.bool_) if lawful is None else lawful
    now = home.carried(yes) & allowed
    missing = int(np.ceil(needed * now.size - 1e-9)) - int(now.sum())
    gap = home.threshold - home.points(columns)
    smallest: tuple[int, float] | None = None
    for c in range(len(home.seats)):
        other = yes.copy()
        other[c] = True
        turned = gap[c][home.carried(other) & allowed & ~now]
        if 0 < missing <= turned.size:
            shift = float(np.partition(turned, missing - 1)[missing - 1])
            smallest = (c, shift) if smallest is None or shift < smallest[1] else smallest
    return smallest


def home_of(
    party: str,
    table: BackTable,
    constituencies: Mapping[str, Constituency],
    laws: Iterable[Law],
    sampling: Sampling,
    *,
    voices: bool = False,
) -> Home:
    """Draw one party's back table, whose seats are `constituencies`, under the laws that are its own.

    Voices have no seat here: they count only through those whom they sway; with `voices` only they are seated, without weight,
    to be asked for their opinion.
    """
    draws = sampling.factor.size
    voice = [name for name in table.seats if constituencies[name].role == "voice"]
    names = voice if voices else [name for name in table.seats if name not in voice]
    weight = np.array([_influence(table.seats[name], constituencies[name]) for name in names])
    mean, stance, threshold = (
        np.zeros((len(names), sampling.columns)),
        np.zeros((len(names), sampling.columns, draws)),
        np.zeros((len(names), draws)),
    )
    for c, name in enumerate(names):
        threshold[c] = _seat(party, name, table.seats[name], sampling, mean[c], stance[c])
    for name in [] if voices else [name for name in voice if table.seats[name].sways]:
        swaying_mean, swaying_stance = np.zeros(sampling.columns), np.zeros((sampling.columns, draws))
        of_voice = swaying_mean, swaying_stance, _seat(party, name, table.seats[name], sampling, swaying_mean, swaying_stance)
        for listener, strength in table.seats[name].sways.items():
            for own, swaying in zip((mean, stance, threshold), of_voice, strict=True):
                own[names.index(listener)] += strength * swaying
    total = weight.sum()
    return Home(
        party=party,
        quota=least_share(table) if total > 0 else 0.0,
        seats=tuple(names),
        weight=weight / total if total > 0 else weight,
        veto=np.array([constituencies[name].role == "veto" for name in names], dtype=np.bool_),
        mean=mean,
        stance=stance,
        threshold=threshold,
        laws=tuple(_law(law, sampling) for law in laws if law.party == party),
    )


def least_share(table: BackTable) -> float:
    """The share of influence that must say yes; more than half where the quota is one half and a tie does not carry."""
    return MAJORITY if abs(table.quota - HALF) <= ROUNDING and not table.tie_carries else table.quota


def _influence(seat: Seat, constituency: Constituency) -> float:
    """What a seat counts among votes; only a vote does."""
    return seat.influence if constituency.role == "vote" else 0.0


def _seat(
    party: str, name: str, seat: Seat, sampling: Sampling, mean: NDArray[np.float64], stance: NDArray[np.float64]
) -> NDArray[np.float64]:
    """One constituency's drawn threshold (D,); its mean points (Q,) and drawn points (Q, D) go into arrays of zeros."""
    seed, factor, place = sampling.seed, sampling.factor, sampling.place
    for issue, values in seat.positions.items():
        at = draw.ranks(draw.generator(seed, "home", party, name, issue), factor, sampling.correlation)
        for option, span in values.options.items():
            mean[place[issue, option]] = draw.pert_mean(*span)
            stance[place[issue, option]] = draw.pert_draws(*span, at)
    return draw.pert_draws(*seat.threshold, _ranks(seed, factor.size, "threshold", party, name))


def _law(law: Law, sampling: Sampling) -> LawArrays:
    forbids, draws = np.zeros(sampling.columns, dtype=np.bool_), sampling.factor.size
    for name in law.forbids:
        issue, option = name.split(".", 1)
        forbids[sampling.place[issue, option]] = True
    at = (_ranks(sampling.seed, draws, "waiver", law.party, law.name) + 0.5) / max(draws, 1)
    return LawArrays(law.name, law.source, forbids, draw.pert_mean(*law.waiver), at)


def _ranks(seed: int, draws: int, *key: str) -> NDArray[np.int64]:
    """The ranks 0..D-1 in random order, shape (D,)."""
    return draw.generator(seed, *key).permutation(draws)
