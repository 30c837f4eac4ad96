"""A belief about a party that may change its mind: the forward filter of a hidden Markov model with two states.

Rabiner (1989), Proceedings of the IEEE 77, 257-286; the two-state example is that of Russell & Norvig, Artificial Intelligence.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from summitry.evidence.seriousness import HALF_LIFE, MOST

if TYPE_CHECKING:
    from collections.abc import Iterable

YEAR = 365.25


def predicted(belief: float, stays: float, comes: float) -> float:
    """The probability of the first state one step later: kept with `stays`, entered from the other state with `comes`."""
    return belief * stays + (1.0 - belief) * comes


def told(belief: float, ratio: float) -> float:
    """The probability of the first state after evidence that is `ratio` times as likely in it as in the other."""
    return belief * ratio / (belief * ratio + 1.0 - belief)


def filtered(prior: float, evidence: Iterable[tuple[float, float]], until: float, half_life: float = HALF_LIFE) -> float:
    """The belief at day `until` after (day, log ratio) pairs in any order.

    Between two days the party may switch: what is believed returns to the prior and halves its distance in every half-life (in
    years), the same as `seriousness.faded` assumes. What becomes known on one day counts together, within a ratio of 20 either
    way, so that no single day makes certain.
    """
    days: dict[float, float] = {}
    for day, ratio in evidence:
        days[day] = days.get(day, 0.0) + ratio
    belief, last = prior, None
    for day in sorted(days):
        belief = _later(belief, prior, 0.0 if last is None else day - last, half_life)
        belief = told(belief, math.exp(min(max(days[day], -math.log(MOST)), math.log(MOST))))
        last = day
    return _later(belief, prior, 0.0 if last is None else max(until - last, 0.0), half_life)


def _later(belief: float, prior: float, days: float, half_life: float) -> float:
    switched = 1.0 - 0.5 ** (days / (YEAR * half_life))
    return predicted(belief, 1.0 - switched * (1.0 - prior), switched * prior)
