"""How far a kept or broken step, a deed or a word moves the belief that a party means to deliver: one likelihood for all of them.

Log-odds add up, so that the contribution of each piece of evidence can be shown. Two types are told apart: a serious party keeps
a step with probability `SERIOUS`; a pretender keeps it with a probability that falls with what keeping it costs.

`filter_belief` is the belief about a party that may change its mind: the forward filter of a hidden Markov model with two states.
Source: Rabiner (1989), Proceedings of the IEEE 77, 257-286; the two-state example is that of Russell & Norvig, Artificial
Intelligence.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from summitry.errors import BadArgument

if TYPE_CHECKING:
    from collections.abc import Iterable

YEAR = 365.25
SERIOUS = 0.95
"""P(kept | serious): things also go wrong for those who mean it."""
READY = 0.9
"""P(kept | pretender) of a step that costs it nothing."""
MOST = 20.0
"""No kept step counts for more than this ratio, and no broken one for more than its inverse."""
BROKEN = 0.2
"""Assumption: a broken promise counts for no less than this, (1 - .9) / (1 - .5), because promises also break otherwise."""
TALK = (0.8, 1.25)
"""All talk together stays within these ratios."""
BOUNDS = (0.02, 0.98)
"""A belief that starts within these probabilities never leaves them: no record makes certain."""
TOGETHER = 0.5
"""Assumption: how what an agreement shows in one year goes with what it shows in another, as a correlation."""
HALF_LIFE = 5.0
"""Assumption: evidence counts half after five years, about as long as the people who decide stay the same."""


def log_odds(probability: float) -> float:
    """ln(p / (1 - p))."""
    return math.log(probability / (1.0 - probability))


def updated(prior: float, log_ratio: float, bounds: tuple[float, float] | None = BOUNDS) -> float:
    """The probability after evidence of this total log ratio.

    Within `bounds` the ratio L moves the log-odds by L / (1 + (|L| / room)^4)^(1/4), where `room` is the way from the prior
    to the bound: almost L while L is small, never the whole way, and always rising in L. A prior outside of `bounds` moves
    inwards only.
    """
    start = log_odds(prior)
    shift = log_ratio
    if bounds is not None and log_ratio != 0.0:
        room = start - log_odds(bounds[0]) if log_ratio < 0.0 else log_odds(bounds[1]) - start
        shift = log_ratio / (1.0 + (abs(log_ratio) / room) ** 4) ** 0.25 if room > 0.0 else 0.0
    odds = start + shift
    return 1.0 / (1.0 + math.exp(-odds)) if odds >= 0.0 else math.exp(odds) / (1.0 + math.exp(odds))


def pretender_keeps(cost: float, c90: float, c10: float) -> float:
    """P(kept | pretender) = .9 / (1 + exp((cost - m) / w)) at this net cost.

    `c90` is the cost that nine in ten willing pretenders would still pay, `c10` the one that only one in ten would, in the cost's
    unit; m = (c90 + c10) / 2 and w = (c10 - c90) / (2 ln 9).
    """
    if not c90 < c10:
        raise BadArgument(
            f"The cost that most pretenders pay ({c90:g}) must lie below the one that few pay ({c10:g}): exchange them."
        )
    steepness = (c10 - c90) / (2.0 * math.log(9.0))
    return READY / (1.0 + math.exp(min((cost - (c90 + c10) / 2.0) / steepness, 700.0)))


def performs(seriousness: float, pretender: float = READY / 2.0) -> float:
    """Trust: the probability that a party performs what remains of a deal, from the probability that it is serious.

    A serious party performs with `SERIOUS`; a pretender with `pretender`, by default at the cost where as many willing
    pretenders keep a step as not. So trust never falls to the belief that the party is serious: a pretender, too, keeps what
    pays it to keep.
    """
    return SERIOUS * seriousness + pretender * (1.0 - seriousness)


def log_kept(pretender: float, serious: float = SERIOUS) -> float:
    """Log ratio of a step that was kept, where a pretender keeps it with probability `pretender`; no more than ln 20."""
    return min(math.log(serious) - math.log(max(pretender, 1e-300)), math.log(MOST))


def log_broken(pretender: float, serious: float = SERIOUS, least: float = BROKEN) -> float:
    """Log ratio of a step that was broken; no less than ln `least`."""
    return max(math.log(1.0 - serious) - math.log(1.0 - pretender), math.log(least))


def log_step(kept: float, pretender: float, least: float = BROKEN) -> float:
    """Log ratio of a step kept to the share `kept` in [0, 1]: straight between broken (`least` at the least) and kept."""
    return kept * log_kept(pretender) + (1.0 - kept) * log_broken(pretender, least=least)


def observations(years: float, together: float = TOGETHER) -> float:
    """How many independent observations an agreement is that ran for `years`: one at once, at most 1 / `together`.

    1 + years observations of which each two are correlated weigh as (1 + years) / (1 + together years), by the design effect of
    a cluster. Source: Kish, Survey Sampling (1965), section 5.4.
    """
    return (1.0 + max(years, 0.0)) / (1.0 + together * max(years, 0.0))


def talk_factor(total: float) -> float:
    """What the log ratios of all talk are multiplied by, so that together they stay within `TALK`."""
    low, high = math.log(TALK[0]), math.log(TALK[1])
    return min(1.0, low / total) if total < 0.0 else min(1.0, high / total) if total > 0.0 else 1.0


def faded(days: float, half_life: float = HALF_LIFE) -> float:
    """The weight of evidence that is `days` old: halved in every half-life (in years), so that beliefs return to the prior."""
    return float(0.5 ** (max(days, 0.0) / (YEAR * half_life)))


def predict(belief: float, stays: float, comes: float) -> float:
    """The probability of the first state one step later: kept with `stays`, entered from the other state with `comes`."""
    return belief * stays + (1.0 - belief) * comes


def condition(belief: float, ratio: float) -> float:
    """The probability of the first state after evidence that is `ratio` times as likely in it as in the other."""
    return belief * ratio / (belief * ratio + 1.0 - belief)


def filter_belief(prior: float, evidence: Iterable[tuple[float, float]], until: float, half_life: float = HALF_LIFE) -> float:
    """The belief at day `until` after (day, log ratio) pairs in any order.

    Between two days the party may switch: what is believed returns to the prior and halves its distance in every half-life (in
    years), the same as `faded` assumes. What becomes known on one day counts together, within a ratio of 20 either way, so that
    no single day makes certain.
    """
    days: dict[float, float] = {}
    for day, ratio in evidence:
        days[day] = days.get(day, 0.0) + ratio
    belief, last = prior, None
    for day in sorted(days):
        belief = _later(belief, prior, 0.0 if last is None else day - last, half_life)
        belief = condition(belief, math.exp(min(max(days[day], -math.log(MOST)), math.log(MOST))))
        last = day
    return _later(belief, prior, 0.0 if last is None else max(until - last, 0.0), half_life)


def _later(belief: float, prior: float, days: float, half_life: float) -> float:
    switched = 1.0 - 0.5 ** (days / (YEAR * half_life))
    return predict(belief, 1.0 - switched * (1.0 - prior), switched * prior)
