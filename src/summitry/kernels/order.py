"""The order in which steps need the least trust, and what an order exposes each party to.

B_i(X) is what party i holds of the steps X done so far if everything breaks down; E_i = max(0, -min B_i) over the proper
prefixes of an order is its exposure. With total gain G_i and trust p_i, party i goes on at its weakest moment iff
p_i G_i >= (1 - p_i) E_i, that is iff p_i >= theta_i = E_i / (E_i + G_i). The load of an order is the greatest
odds(theta_i) / odds(p_i), which equals E_i / (G_i odds(p_i)): at a load of 1 or less the order is carried. The package fixes
G_i, so the load grows with each exposure alone, and the best order is a bottleneck path over the sets of steps done. With
exposure limits this is NP-hard (PARTITION).

Sources: Sandholm & Lesser, "Equilibrium analysis of the possibilities of unenforced exchange in multiagent systems", IJCAI 1995;
Kydd, "Trust and Mistrust in International Relations", 2005, for theta.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels._chains import TIE, Space, best_walk, space_of, space_of_chains

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

ROUNDING = 1e-12
"""Exposures below this share of a party's sum of magnitudes are rounding of sums that cancel."""


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """An order of n steps and what it asks of P parties.

    `steps` are the step indices in order; `load` is inf where no trust carries it (a party that gains nothing is exposed, or one
    that is exposed trusts not at all). `exposure` and `trust_needed` (P,) are E_i in own points and theta_i; `changes` counts how
    often the mover changes; `held` (n + 1, P) is B_i after 0 .. n steps, own points. `exact` is False where there were too many
    free steps to compare all orders: this one is valid, a better one may exist.
    """

    steps: tuple[int, ...]
    load: float
    exposure: NDArray[np.float64]
    trust_needed: NDArray[np.float64]
    changes: int
    held: NDArray[np.float64]
    exact: bool = True


def least_load(
    held: NDArray[np.float64],
    gain: NDArray[np.float64],
    trust: NDArray[np.float64],
    mover: NDArray[np.int64],
    before: NDArray[np.bool_],
    changes: int,
    limit: NDArray[np.float64],
) -> Order | None:
    """Find the order of least load; None where none meets the prerequisites, the changes of mover and the exposure limits.

    `held` (n, P): what each step leaves each party after a breakdown, own points; `gain` (P,): G_i; `trust` (P,): p_i;
    `mover` (n,): the side that performs each step; `before[a, b]`: a must precede b; `changes`: the most changes of mover;
    `limit` (P,): the most a party may be exposed to, in own points, inf where it states none.

    Exact over all orders. Loads within a relative 1e-9 count as equal; of equal ones the fewest changes of mover decide, then
    the lexicographic order of the steps. Where every order has an infinite load, the parties that no trust can satisfy are left
    out of the comparison, so that the others are exposed as little as possible.
    Beyond `_chains.MOST_STATES` (22 free steps) the order of some steps of one side is fixed, small burdens first: the order is
    valid, but not known to be the least (`exact`), and None means that none was found.
    Raises ValueError where shapes disagree or a number is missing.
    """
    _check(held, mover, changes, gain=gain, trust=trust, limit=limit)
    _check_before(before, len(mover))
    space = space_of(held, mover, before)
    return None if space is None else _least_load(space, held, gain, trust, mover, changes, limit)


def fixed_orders(
    held: NDArray[np.float64],
    gain: NDArray[np.float64],
    trust: NDArray[np.float64],
    mover: NDArray[np.int64],
    orders: Sequence[Sequence[int]],
    changes: int,
    limit: NDArray[np.float64],
) -> Order | None:
    """Find the least-load merger of fixed orders, one for each side: `orders` are lists of steps that name each step once.

    As `least_load` otherwise; two sides with n_A and n_B steps take (n_A + 1)(n_B + 1) states.
    """
    _check(held, mover, changes, gain=gain, trust=trust, limit=limit)
    if sorted(step for order in orders for step in order) != list(range(len(mover))):
        msg = f"the fixed orders must name each of the {len(mover)} steps once"
        raise ValueError(msg)
    closed = [0] * len(mover)
    for order in orders:
        done = 0
        for step in order:
            closed[step] = done
            done |= 1 << step
    space = space_of_chains([order for order in orders if len(order)], mover, closed)
    return _least_load(space, held, gain, trust, mover, changes, limit)


def least_exposure(
    held: NDArray[np.float64], mover: NDArray[np.int64], before: NDArray[np.bool_], changes: int
) -> tuple[int, ...] | None:
    """Find the order whose greatest exposure over all parties is least, parties compared point for point; ties as `least_load`.

    None where no order meets the prerequisites within `changes` changes of mover.
    """
    _check(held, mover, changes)
    _check_before(before, len(mover))
    space = space_of(held, mover, before)
    if space is None or not len(mover):
        return None if space is None else ()
    return best_walk(space, _proper(_exposed(space, held).max(axis=0, initial=0.0)), changes)


def exposures(held: NDArray[np.float64]) -> NDArray[np.float64]:
    """E = max(0, -min B) over the proper prefixes of steps in order; held (n, P, ...) to (P, ...), own points.

    The empty and the full prefix do not count: nothing is exposed before the start, and nothing remains to be done at the end.
    """
    if len(held) <= 1:
        return np.zeros(held.shape[1:])
    exposure = np.maximum(0.0, -np.cumsum(held[:-1], axis=0).min(axis=0))
    return np.where(exposure > ROUNDING * np.abs(held).sum(axis=0), exposure, 0.0)


def trust_needed(exposure: ArrayLike, gain: ArrayLike) -> NDArray[np.float64]:
    """Theta = E / (E + G): the least trust at which a gain G is worth an exposure E; 0 if E = 0; 1 if E > 0 and G <= 0.

    It is Kydd's minimal trust (P - S) / (R - S) of the trust game played in sequence, with E = P - S and G = R - P.
    """
    E, G = np.broadcast_arrays(np.asarray(exposure, dtype=np.float64), np.asarray(gain, dtype=np.float64))
    needed = np.where(E > 0, 1.0, 0.0)
    np.divide(E, E + G, out=needed, where=(E > 0) & (G > 0))
    return needed


def odds(probability: float) -> float:
    """The odds p / (1 - p) of a probability, inf at 1."""
    return probability / (1.0 - probability) if probability < 1.0 else inf


def loads(needed: NDArray[np.float64], trust: NDArray[np.float64]) -> NDArray[np.float64]:
    """The greatest odds(theta_i) / odds(p_i) over parties: needed (P, ...) and trust (P,) or (P, ...) to (...).

    A party that needs no trust loads nothing; one that needs trust of 1, or needs any and has none, loads without bound.
    """
    p = np.broadcast_to(trust.reshape(trust.shape + (1,) * (needed.ndim - trust.ndim)), needed.shape)
    ratio = np.where(needed > 0, inf, 0.0)
    below = (1.0 - needed) * p
    np.divide(needed * (1.0 - p), below, out=ratio, where=below > 0)
    return np.asarray(ratio.max(axis=0, initial=0.0))


def load_of(
    steps: Sequence[int], held: NDArray[np.float64], gain: NDArray[np.float64], trust: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Load and theta of a given order, also per draw: held (n, P[, D]) and gain (P[, D]) to load ([D]) and theta (P[, D])."""
    needed = trust_needed(exposures(held[list(steps)]), gain)
    return loads(needed, trust), needed


def changes_of(steps: Sequence[int], mover: NDArray[np.int64]) -> int:
    """How often the side that moves changes along an order."""
    sides = mover[list(steps)]
    return int((sides[1:] != sides[:-1]).sum())


def _least_load(
    space: Space,
    held: NDArray[np.float64],
    gain: NDArray[np.float64],
    trust: NDArray[np.float64],
    mover: NDArray[np.int64],
    changes: int,
    limit: NDArray[np.float64],
) -> Order | None:
    if not len(mover):
        nothing = np.zeros(len(gain))
        return Order((), 0.0, nothing, nothing, 0, np.zeros((1, len(gain))))
    exposed = _exposed(space, held)
    hopeless = (gain <= 0) | (trust <= 0)
    weight = np.zeros(len(gain))
    np.divide(1.0 - trust, gain * trust, out=weight, where=~hopeless)
    level = (weight[:, None] * exposed).max(axis=0, initial=0.0)
    bounded = np.flatnonzero(limit < inf)
    if bounded.size:
        level[(exposed[bounded] > limit[bounded, None] * (1.0 + TIE)).any(axis=0)] = inf
    steps = None
    if hopeless.any():
        strict = np.where((exposed[hopeless] > 0).any(axis=0), inf, level)
        steps = best_walk(space, _proper(strict), changes)
    if steps is None:
        steps = best_walk(space, _proper(level), changes)
    return None if steps is None else replace(_order(steps, held, gain, trust, mover), exact=space.whole)


def _order(
    steps: tuple[int, ...],
    held: NDArray[np.float64],
    gain: NDArray[np.float64],
    trust: NDArray[np.float64],
    mover: NDArray[np.int64],
) -> Order:
    rows = held[list(steps)]
    exposure = exposures(rows)
    needed = trust_needed(exposure, gain)
    reached = np.concatenate([np.zeros((1, held.shape[1])), np.cumsum(rows, axis=0)])
    return Order(steps, float(loads(needed, trust)), exposure, needed, changes_of(steps, mover), reached)


def _exposed(space: Space, held: NDArray[np.float64]) -> NDArray[np.float64]:
    """max(0, -B) of every party in every state, shape (P, states), free of rounding where sums cancel."""
    exposed = np.maximum(0.0, -space.sums(held))
    exposed[exposed <= ROUNDING * np.abs(held).sum(axis=0)[:, None]] = 0.0
    return exposed


def _proper(level: NDArray[np.float64]) -> NDArray[np.float64]:
    """Levels that leave the empty and the full state out."""
    level[[0, -1]] = 0.0
    return level


def _check(held: NDArray[np.float64], mover: NDArray[np.int64], changes: int, **parties: NDArray[np.float64]) -> None:
    if held.ndim != 2 or mover.shape != held.shape[:1]:  # noqa: PLR2004 (steps, parties)
        msg = f"held has shape {held.shape} and mover {mover.shape}: they must be (n, P) and (n,)"
        raise ValueError(msg)
    if changes < 0:
        msg = f"changes is {changes}: the mover cannot change less than 0 times"
        raise ValueError(msg)
    if not np.isfinite(held).all():
        msg = "held has a number that is not finite"
        raise ValueError(msg)
    for name, numbers in parties.items():
        if numbers.shape != held.shape[1:] or np.isnan(numbers).any():
            msg = f"{name} is {numbers}: it must be one number for each of {held.shape[1]} parties"
            raise ValueError(msg)


def _check_before(before: NDArray[np.bool_], count: int) -> None:
    if before.shape != (count, count):
        msg = f"before has shape {before.shape}: it must be ({count}, {count})"
        raise ValueError(msg)
