"""From beliefs to trust: the probability that the others perform what remains, at every moment of a package's steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.evidence.seriousness import READY, SERIOUS, performs
from summitry.kernels.trust import Trust

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.interests.preferences import Belief
    from summitry.model import Model


def beliefs_tested(model: Model, givers: Sequence[tuple[int, ...]]) -> tuple[Belief, ...]:
    """The beliefs that a package tests: those in parties who have something to do in it; without any, all of the believer's."""
    doing = {p for some in givers for p in some}
    beliefs = []
    for party in range(len(model.parties)):
        own = [belief for belief in model.beliefs if belief.party == party]
        beliefs += [belief for belief in own if belief.other in doing] or own
    return tuple(beliefs)


def trust_of(
    model: Model, package: Sequence[int], specs: Sequence[tuple[int, int, int, float]], givers: Sequence[tuple[int, ...]]
) -> Trust:
    """What each party believes, for the search: a serious party performs with .95, a pretender the less the more it could keep.

    At a moment at which a pretender would hold B if everything stopped, and G when all is done, performing what remains costs it
    c = B - G net. It then performs with .9 / (1 + exp((c - m) / w)), m and w from the two costs that the believer states; where
    none are stated, with .45 at every cost.
    """
    beliefs = beliefs_tested(model, givers)
    serious = np.array([belief.serious for belief in beliefs])
    base, slope = SERIOUS * serious, READY * (1.0 - serious)
    middle, width = np.zeros(len(beliefs)), np.ones(len(beliefs))
    theirs, end = np.zeros((len(specs), len(beliefs))), np.zeros(len(beliefs))
    for k, belief in enumerate(beliefs):
        if belief.pretender is None:
            base[k], slope[k] = performs(belief.serious), 0.0
            continue
        c90, c10 = belief.pretender
        middle[k], width[k] = (c90 + c10) / 2.0, (c10 - c90) / (2.0 * float(np.log(9.0)))
        theirs[:, k] = [
            held_by(model, belief.value[None], some, spec, parties=[belief.other])[0] - model.step_cost
            for some, spec in zip(givers, specs, strict=True)
        ]
        end[k] = _whole(belief, package, specs, model) - model.step_cost * len(specs)
    return Trust(np.array([belief.party for belief in beliefs], dtype=np.int64), base, slope, middle, width, theirs, end)


def _whole(belief: Belief, package: Sequence[int], specs: Sequence[tuple[int, int, int, float]], model: Model) -> float:
    """What all steps of a package bring the other, as the believer sees it.

    What holds from the signature on is left out, as in what stopping leaves it: a pretender is not taken to fear its end.
    """
    total = float(belief.value[list({issue: after for issue, _, after, _ in specs}.values())].sum())
    at = [package[issue] if model.acts[issue] else 0 for issue in range(len(package))]
    for where, value in belief.tables:
        now = all(at[issue] in options for issue, options in where)
        before = all(0 in options for _, options in where)
        total += value * (now - before)
    return total


def held_by(
    model: Model,
    value: NDArray[np.float64],
    givers: tuple[int, ...],
    spec: tuple[int, int, int, float],
    parties: Sequence[int] | None = None,
) -> NDArray[np.float64]:
    """What one step leaves parties after a breakdown, from values (P, Q[, D]) to (P[, D]); `parties` names its rows."""
    _, before, after, share = spec
    gain = share * (1.0 - model.recoverable[after]) * (value[:, after] - value[:, before])
    if not model.verified[after]:
        of = model.side if parties is None else model.side[list(parties)]
        receivers = ~np.isin(of, model.side[list(givers)])
        gain[receivers] = np.minimum(gain[receivers], 0.0)
    result: NDArray[np.float64] = gain
    return result
