"""From which value a party says yes: its aspiration, and a slip, a share of answers that no value explains.

What no deal is worth (the walk-away) measures gain; it says little of what people accept, who hold out for more while they may
get it. The aspiration of a party that is not ours is w + m (k - w): w its walk-away, k what it has under Kalai-Smorodinsky, m
drawn from a range that its values share the common factor of. The ranges and the slip were fitted on negotiations of real people
with known values for laboratory stakes (docs/explanation/acceptance.md), on none of summits. Our own answer uses the walk-away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Span = tuple[float, float, float]

RANGES: Mapping[str, Span] = {"closing": (-0.2, 0.48, 1.5), "open": (-0.2, 0.88, 1.6)}
"""m, as a PERT range, by what an answer is to: "this or nothing", or an offer while talk goes on."""


def aspiration(reserve: NDArray[np.float64], fair: float, span: Span, rank: NDArray[np.int64]) -> NDArray[np.float64]:
    """From which value a party says yes where it answers by its values, shape (D,); its walk-away where `fair` is no gain."""
    if not np.isfinite(fair):
        return reserve
    return np.asarray(reserve + draw.pert_draws(*span, rank) * np.maximum(fair - reserve, 0.0))


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
