"""What a set of steps done leaves each party, and how far each party trusts the others at that moment.

Both depend on the set of steps alone, never on the way to it, so that the search over orders stays exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.kernels._space import Space


ROUNDING = 1e-12
"""Sums whose terms cancel to less than this share of their size are nothing but rounding."""


def unrounded(sums: NDArray[np.float64], magnitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sums, in place, with those at zero that are small beside the `magnitude` of what was summed, and so mere rounding."""
    sums[np.abs(sums) <= ROUNDING * magnitude] = 0.0
    return sums


@dataclass(frozen=True, slots=True, eq=False)
class Trust:
    """K beliefs of P parties, each in another one that it performs what remains.

    At a moment at which the believed one would hold B after a breakdown, party[k] gives this the probability

        base[k] + slope[k] / (1 + exp((B - end[k] - middle[k]) / width[k])).

    `theirs` (n, K) is what each step leaves the believed party after a breakdown, in its points as the believer sees them; `end`
    (K,) is what it holds when everything is done. The trust of a party is the least of its beliefs; without one it is 1.
    """

    party: NDArray[np.int64]
    base: NDArray[np.float64]
    slope: NDArray[np.float64]
    middle: NDArray[np.float64]
    width: NDArray[np.float64]
    theirs: NDArray[np.float64]
    end: NDArray[np.float64]

    def at(self, theirs: NDArray[np.float64], parties: int) -> NDArray[np.float64]:
        """The trust of each party where the believed ones hold `theirs` (K, ...), shape (P, ...)."""
        tail = (1,) * (theirs.ndim - 1)
        end, middle, width = (x.reshape(x.shape + tail) for x in (self.end, self.middle, self.width))
        lean = np.minimum((theirs - end - middle) / width, 700.0)
        believed = self.base.reshape(self.base.shape + tail) + self.slope.reshape(self.slope.shape + tail) / (1.0 + np.exp(lean))
        least = np.ones((parties, *theirs.shape[1:]))
        for k, p in enumerate(self.party.tolist()):
            np.minimum(least[p], believed[k], out=least[p])
        return least


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """T amounts that arise only together: row t counts while all steps of need[t] are done and none of ends[t], (T, n) each.

    `balance` (T, P[, D]) and `theirs` (T, K) are what they leave, as those of single steps.
    """

    need: NDArray[np.bool_]
    ends: NDArray[np.bool_]
    balance: NDArray[np.float64]
    theirs: NDArray[np.float64]

    def at_constant_trust(self, parties: int) -> Joint:
        """The same beside a `constant` trust of so many parties, which nothing that is done changes."""
        return replace(self, theirs=np.zeros((len(self.need), parties)))


def apart(balance: NDArray[np.float64], theirs: NDArray[np.float64]) -> Joint:
    """No joint amounts beside those of single steps, `balance` (n, P[, D]) and `theirs` (n, K)."""
    none = np.zeros((0, len(balance)), dtype=np.bool_)
    return Joint(none, none, np.zeros((0, *balance.shape[1:])), np.zeros((0, theirs.shape[1])))


def constant(trust: NDArray[np.float64], count: int) -> Trust:
    """Trust (P,) that is the same at every moment of `count` steps."""
    flat = np.zeros(len(trust))
    return Trust(np.arange(len(trust)), trust, flat, flat, flat + 1.0, np.zeros((count, len(trust))), flat)


def along(steps: Sequence[int], rows: NDArray[np.float64], joint: Joint, extra: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of rows (n, C, ...) and of the joint rows `extra` (T, C, ...) after 0 .. n steps of an order, (n + 1, C, ...).

    Sums that cancel are zero.
    """
    order = list(steps)
    sums = np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows[order], axis=0)])
    if len(extra):
        past = np.zeros((len(order) + 1, joint.need.shape[1]), dtype=np.bool_)  # also steps that are no part of the order
        for k, step in enumerate(order):
            past[k + 1 :, step] = True
        for t in range(len(joint.need)):
            holds = past[:, joint.need[t]].all(axis=1) & ~past[:, joint.ends[t]].any(axis=1)
            sums[holds] += extra[t]
    magnitude = np.abs(rows).sum(axis=0)
    return unrounded(sums, magnitude + np.abs(extra).sum(axis=0))


def holding(
    states: NDArray[np.bool_], rows: NDArray[np.float64], joint: Joint, extra: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same in given states of the steps (S, n), shape (S, C, ...)."""
    sums = np.tensordot(states.astype(np.float64), rows, axes=1)
    magnitude = np.abs(rows).sum(axis=0)
    for t in range(len(joint.need)):
        holds = states[:, joint.need[t]].all(axis=1) & ~states[:, joint.ends[t]].any(axis=1)
        sums[holds] += extra[t]
    return unrounded(sums, magnitude + np.abs(extra).sum(axis=0))


def over(space: Space, rows: NDArray[np.float64], joint: Joint, extra: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same for every state of a space, shape (C, states)."""
    sums = space.sums(rows)
    for t in range(len(joint.need)):
        sums[:, space.holding(joint.need[t], joint.ends[t])] += extra[t][:, None]
    return sums
