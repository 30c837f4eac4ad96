"""What a kept step teaches, what stopping would bring, and how many kept steps lead to the next rung.

One likelihood for deeds and for steps: a serious party keeps with .95, a pretender the less the more it costs it, net of the
other's next answer. A costly step that is rewarded at once teaches nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from summitry.evidence.contributions import CHEAP
from summitry.evidence.seriousness import READY, log_kept, pretender_keeps, updated
from summitry.kernels.trust import along
from summitry.sequence import orders
from summitry.sequence.trust import beliefs_tested

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.kernels.ordering import Order
    from summitry.model import Model
    from summitry.sequence.orders import Steps


def taught(model: Model, sequence: Steps, order: Order) -> NDArray[np.float64]:
    """The log ratio that each believer of `model.beliefs` has learnt after 0 .. n kept steps of an order, shape (K, n + 1).

    The net cost of a step is what its giver could have held by stopping before it, less what it holds after the other side's next
    answer (or at the end), in the giver's points as the believer sees them. Where the other side acts in the same phase, its
    answer comes anyway, and the net cost is the step's own. Cheap steps repeat themselves: the strongest counts
    in full, each further one half as much again.
    """
    beliefs_held = beliefs_tested(model, sequence.givers)
    steps = order.steps
    reached = along(steps, sequence.trust.theirs, sequence.joint, sequence.joint.theirs)
    reached[-1] = sequence.trust.end  # nothing breaks down any more
    learnt = np.zeros((len(model.beliefs), len(steps) + 1))
    for b, belief in enumerate(model.beliefs):
        if belief not in beliefs_held:
            continue
        k, ratios = beliefs_held.index(belief), list[float]()
        for place, step in enumerate(steps):
            if belief.other in sequence.givers[step]:
                answered = _answered(sequence, order, place)
                own = -sequence.trust.theirs[step, k]
                cost = own if answered is None else reached[place, k] - reached[answered, k]
                keeps = READY / 2.0 if belief.pretender is None else pretender_keeps(float(cost), *belief.pretender)
                ratios.append(log_kept(keeps))
            learnt[b, place + 1] = discounted(ratios)
    return learnt


def discounted(ratios: Sequence[float]) -> float:
    """The sum of log ratios in which of the cheap ones the strongest counts in full and each further one half as much again."""
    cheap = sorted((r for r in ratios if r < CHEAP), reverse=True)
    return sum(r for r in ratios if r >= CHEAP) + sum(r * 0.5**k for k, r in enumerate(cheap))


def _answered(sequence: Steps, order: Order, place: int) -> int | None:
    """How many steps are done when the other side has answered the step at `place`: its next phase, else everything.

    None where the other side acts in the same phase.
    """
    mover, phase = [int(sequence.mover[s]) for s in order.steps], order.phases
    others = [k for k in range(len(phase)) if mover[k] != mover[place]]
    if any(phase[k] == phase[place] for k in others):
        return None
    answer = min((phase[k] for k in others if phase[k] > phase[place]), default=None)
    return len(phase) if answer is None else 1 + max(k for k in range(len(phase)) if phase[k] <= answer)


def after(model: Model, learnt: NDArray[np.float64]) -> Model:
    """The model in which each belief has moved by its log ratio (K,)."""
    beliefs = tuple(
        replace(belief, serious=updated(belief.serious, float(ratio)))
        for belief, ratio in zip(model.beliefs, learnt, strict=True)
    )
    return replace(model, beliefs=beliefs)


def kept_steps(model: Model, package: NDArray[np.int64], learnt: NDArray[np.float64]) -> tuple[int | None, Order | None]:
    """After how many kept steps trust carries a package, and its order then; None where all of them do not suffice.

    Trust only rises with kept steps, so the least number is found by bisection.
    """

    @cache
    def order(count: int) -> Order | None:
        return orders.least_load(after(model, learnt[:, count]), package)

    def enough(count: int) -> bool:
        best = order(count)
        return best is not None and best.load <= 1.0

    most = learnt.shape[1] - 1
    if not enough(most):
        return None, order(most)
    least = bisect_left(range(most), 1, key=enough)
    return least, order(least)
