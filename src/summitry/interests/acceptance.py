"""From which value a party says yes: its aspiration, and a slip, a share of answers that no value explains.

What no deal is worth (the walk-away) measures gain; it says little of what people accept, who hold out for more while they may
get it. The aspiration of a party that is not ours is w + m (k - w): w its walk-away, k what it has under Kalai-Smorodinsky, m
drawn from a range that its values share the common factor of. The ranges and the slip were fitted on negotiations of real people
with known values for laboratory stakes (docs/explanation/four-gates.md), on none of summits. Our own answer uses the walk-away.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Preferences, Settings

    Span = tuple[float, float, float]

RANGES: Mapping[str, Span] = {"closing": (-0.2, 0.48, 1.5), "open": (-0.2, 0.88, 1.6)}
"""m, as a PERT range, by what an answer is to: "this or nothing", or an offer while talk goes on."""


@dataclass(frozen=True, eq=False)
class Answers:
    """From which value each of P parties says yes in each of D draws.

    `aspiration` (P, D) is that of a party which answers by its values, at most `offers` (P, D), what its own standing offers are
    worth to it, infinite where it has none; `slips` (P, D) who says yes (1) or no (-1) whatever it is offered, else 0;
    `by_no_deal` (P,) those who answer by their walk-away: our own seat, and those of whom nothing says what they hope for.
    """

    aspiration: NDArray[np.float64]
    slips: NDArray[np.int8]
    by_no_deal: NDArray[np.bool_]
    offers: NDArray[np.float64]

    @cached_property
    def bar(self) -> NDArray[np.float64]:
        """The value from which each party says yes, shape (P, D); where it slips, minus infinity or its own offer."""
        return np.where(self.slips > 0, -np.inf, np.where(self.slips < 0, self.offers, self.aspiration))

    @cached_property
    def luck(self) -> NDArray[np.float64]:
        """The share of draws in which each party says yes whatever it is offered, shape (P,)."""
        return np.asarray((self.slips > 0).mean(axis=1))

    @cached_property
    def most(self) -> NDArray[np.float64]:
        """The largest share of draws in which each party can say yes, shape (P,)."""
        return np.asarray(1.0 - ((self.slips < 0) & np.isinf(self.offers)).mean(axis=1))


def answers(
    preferences: Mapping[str, Preferences],
    ours: int,
    fair: NDArray[np.float64] | None,
    reserve: NDArray[np.float64],
    settings: Settings,
    seed: int,
    offers: Sequence[tuple[int, NDArray[np.float64]]],
) -> Answers:
    """How the parties answer; `fair` (P,) is what each has under Kalai-Smorodinsky, NaN where that is not known.

    Our own seat, number `ours`, answers by its walk-away, `reserve` (P, D), and never slips. Without `fair` so does everybody.
    `offers` says of standing offers of others whose each is, and what it is worth to it in each draw (D,): as much it accepts,
    slip or not, but by no offer of its own less than no deal is worth to it.
    """
    count, draws = reserve.shape
    nobody = np.zeros((count, draws), dtype=np.int8)
    if fair is None or not draws:
        return Answers(reserve, nobody, np.ones(count, dtype=np.bool_), np.full_like(reserve, np.inf))
    others = [p for p in range(count) if p != ours]
    hopes = {p: own for p, own in enumerate(preferences.values()) if p != ours and (own.aspiration or np.isfinite(fair[p]))}
    result = reserve.copy()
    for p, own in hopes.items():
        party = list(preferences)[p]
        factor = draw.common_factor(draw.generator(seed, "party", party), draws)
        rank = draw.ranks(draw.generator(seed, "aspiration", party), factor, settings.correlation)
        if own.aspiration is None:
            result[p] += draw.pert_draws(*RANGES[settings.answers], rank) * np.maximum(fair[p] - reserve[p], 0.0)
        else:
            result[p] = draw.pert_draws(*own.aspiration, rank)
    standing = np.full_like(reserve, np.inf)
    for p, worth in offers:
        standing[p] = np.minimum(standing[p], np.maximum(worth, reserve[p]))
    by_no_deal = np.array([p not in hopes for p in range(count)])
    aspiration = np.minimum(result, standing)
    return Answers(aspiration, slips(seed, settings.slip, others, count, draws), by_no_deal, standing)


def slips(seed: int, slip: float, others: Sequence[int], parties: int, draws: int) -> NDArray[np.int8]:
    """Who answers whatever it is offered, shape (P, D): 1 yes, -1 no, 0 by its values.

    One slip a talk: in a share `slip` of the draws every one of `others` says yes or no by chance, each of their 2^n answers as
    often as any other. Nobody else slips.
    """
    result = np.zeros((parties, draws), dtype=np.int8)
    some = draw.generator(seed, "slip").permutation(draws)[: round(slip * draws)]
    answers = np.arange(len(some))
    for n, p in enumerate(others):
        result[p, some] = np.where((answers >> n) & 1, -1, 1)
    return result
