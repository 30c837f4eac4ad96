"""The order in which steps need the least trust, and what an order exposes each party to.

B_i(X) is what party i holds of the set X of steps done if everything breaks down, E_i(X) = max(0, -B_i(X)) its exposure. With
total gain G_i and trust p_i(X), the probability that the others perform what remains, party i goes on iff
p_i(X) G_i >= (1 - p_i(X)) E_i(X), that is iff p_i(X) >= theta_i(X) = E_i(X) / (E_i(X) + G_i). The load of an order is the
greatest odds(theta_i(X)) / odds(p_i(X)) over its proper prefixes: at 1 or less the order is carried. It is
E_i(X) / (G_i odds(p_i(X))), a function of the set alone, so the best order is a bottleneck path over the sets of steps done. With
exposure limits this is NP-hard (PARTITION).

Sources: Sandholm & Lesser, "Equilibrium analysis of the possibilities of unenforced exchange in multiagent systems", IJCAI 1995;
Kydd, "Trust and Mistrust in International Relations", 2005, for theta.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels._space import TIE, space_of
from summitry.kernels._walks import Walks
from summitry.kernels.trust import Joint, Trust, along, constant, over, unrounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

    from summitry.kernels._space import Space


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """An order of n steps and what it asks of P parties.

    `steps` are the step indices in order; `load` is inf where no trust carries it (a party that gains nothing is exposed, or one
    that is exposed trusts not at all). `exposure` (P,) is the greatest E_i, own points; `trust_needed` and `trust` (P,) are
    theta_i and p_i at the moment that strains i most (where none does: 0, and its least trust), `moment` (P,) is how many steps
    are done by then. `changes` counts how often the mover changes; `balance` (n + 1, P) is B_i after 0 .. n steps. `bound`
    is proven: no load lies below it; it is the load where `exact`, which is False where too many steps are free to compare all.
    """

    steps: tuple[int, ...]
    load: float
    exposure: NDArray[np.float64]
    trust_needed: NDArray[np.float64]
    changes: int
    balance: NDArray[np.float64]
    trust: NDArray[np.float64]
    moment: NDArray[np.int64]
    bound: float = 0.0
    exact: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Strain:
    """What an order asks of each party, (P,) or (P, D): greatest load, exposure, and theta and p where the load is greatest.

    `moment` is how many steps are done there, 0 where nothing strains the party.
    """

    load: NDArray[np.float64]
    exposure: NDArray[np.float64]
    needed: NDArray[np.float64]
    trust: NDArray[np.float64]
    moment: NDArray[np.int64]


def least_load(
    balance: NDArray[np.float64],
    gain: NDArray[np.float64],
    trust: NDArray[np.float64] | Trust,
    mover: NDArray[np.int64],
    before: NDArray[np.bool_],
    changes: int,
    limit: NDArray[np.float64],
    joint: Joint | None = None,
) -> Order | None:
    """Find the order of least load; None where none meets the prerequisites, the changes of mover and the exposure limits.

    `balance` (n, P): what each step leaves each party after a breakdown, own points; `gain` (P,): G_i; `trust`: p_i, constant
    (P,) or as it depends on what is done; `mover` (n,): the side that performs each step; `before[a, b]`: a must precede b;
    `changes`: the most changes of mover; `limit` (P,): the most a party may be exposed to, in own points, inf where it states
    none; `joint`: what arises only of several steps together.

    Exact over all orders. Loads within a relative 1e-9 count as equal; of equal ones the fewest changes of mover decide, then
    the lexicographic order of the steps. Where every order has an infinite load, the parties that no trust can satisfy are left
    out of the comparison, so that the others are exposed as little as possible.
    Beyond `_space.MOST_STATES` (22 free steps) the order of some steps of one side is fixed, small burdens first: the order is
    valid, but not known to be the least (`exact`), and None means that none was found.
    Raises ValueError where shapes disagree or a number is missing.
    """
    return next(fewer_changes(check_terms(balance, gain, trust, mover, changes, limit, joint), before), None)


def fewer_changes(terms: Terms, before: NDArray[np.bool_]) -> Iterator[Order]:
    """The order of `least_load`, then the least loads with one change of mover fewer each time, while there is an order."""
    _check_before(before, len(terms.mover))
    space = space_of(terms.balance, terms.mover, before, terms.traits)
    if space is None:
        return
    if not len(terms.mover):
        yield judge_order((), terms, exact=True, bound=0.0)
        return
    orders, proven = _Orders(space, terms), 0.0 if space.whole else bound(terms, before)
    order = orders.best(terms.changes)
    while order is not None:
        yield order if order.exact else replace(order, bound=proven)
        if not order.changes:
            return
        order = orders.best(order.changes - 1)


def trust_needed(exposure: ArrayLike, gain: ArrayLike) -> NDArray[np.float64]:
    """Theta = E / (E + G): the least trust at which a gain G is worth an exposure E; 0 if E = 0; 1 if E > 0 and G <= 0.

    It is Kydd's minimal trust (P - S) / (R - S) of the trust game played in sequence, with E = P - S and G = R - P.
    """
    E, G = np.broadcast_arrays(np.asarray(exposure, dtype=np.float64), np.asarray(gain, dtype=np.float64))
    needed = np.where(E > 0, 1.0, 0.0)
    np.divide(E, E + G, out=needed, where=(E > 0) & (G > 0))
    return needed


def loads(needed: NDArray[np.float64], trust: NDArray[np.float64]) -> NDArray[np.float64]:
    """The greatest odds(theta_i) / odds(p_i) over parties: needed (P, ...) and trust (P,) or (P, ...) to (...).

    A party that needs no trust loads nothing; one that needs trust of 1, or needs any and has none, loads without bound.
    """
    p = np.broadcast_to(trust.reshape(trust.shape + (1,) * (needed.ndim - trust.ndim)), needed.shape)
    return np.asarray(_ratio(needed, p).max(axis=0, initial=0.0))


def _ratio(needed: NDArray[np.float64], p: NDArray[np.float64]) -> NDArray[np.float64]:
    """odds(theta) / odds(p), elementwise."""
    ratio = np.where(needed > 0, inf, 0.0)
    below = (1.0 - needed) * p
    np.divide(needed * (1.0 - p), below, out=ratio, where=below > 0)
    return ratio


def strain(
    steps: Sequence[int],
    balance: NDArray[np.float64],
    gain: NDArray[np.float64],
    trust: NDArray[np.float64] | Trust,
    joint: Joint | None = None,
) -> Strain:
    """What a given order asks of each party, also per draw: balance (n, P[, D]) and gain (P[, D]) to shapes (P[, D])."""
    believed = trust if isinstance(trust, Trust) else constant(trust, len(balance))
    proper = slice(1, max(len(balance), 1))
    none = np.zeros((0, 0))
    reached = along(steps, balance, joint, none if joint is None else joint.balance)[proper]
    theirs = along(steps, believed.theirs, joint, none if joint is None else joint.theirs)
    least = believed.at(theirs[proper if len(balance) > 1 else slice(0, 1)].T, balance.shape[1])
    if not len(reached):
        zero = np.zeros(balance.shape[1:])
        p = zero + least.min(axis=1).reshape(-1, *[1] * (balance.ndim - 2))
        return Strain(zero, zero, zero, p, zero.astype(np.int64))
    exposed = unrounded(np.maximum(0.0, -reached), np.abs(balance).sum(axis=0))
    p = np.broadcast_to(least.T.reshape(*least.T.shape, *[1] * (balance.ndim - 2)), exposed.shape)
    needed = trust_needed(exposed, gain)
    ratio = _ratio(needed, p)
    worst = np.where(ratio >= ratio.max(axis=0), exposed, -1.0).argmax(axis=0)[None]
    load, theta, there = (np.take_along_axis(x, worst, axis=0)[0] for x in (ratio, needed, p))
    moment = np.where(load > 0.0, worst[0] + 1, 0)
    return Strain(load, exposed.max(axis=0), theta, np.where(load > 0.0, there, p.min(axis=0)), moment)


def changes_of(steps: Sequence[int], mover: NDArray[np.int64]) -> int:
    """How often the side that moves changes along an order."""
    sides = mover[list(steps)]
    return int((sides[1:] != sides[:-1]).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of one search, checked."""

    balance: NDArray[np.float64]
    gain: NDArray[np.float64]
    trust: Trust
    mover: NDArray[np.int64]
    changes: int
    limit: NDArray[np.float64]
    joint: Joint | None

    @property
    def traits(self) -> NDArray[np.float64]:
        """What else tells one step from another: what it leaves to those who are believed, and what it takes part in."""
        parts = [self.trust.theirs]
        if self.joint is not None:
            parts += [self.joint.need.T.astype(np.float64), self.joint.ends.T.astype(np.float64)]
        return np.concatenate(parts, axis=1)


def check_terms(
    balance: NDArray[np.float64],
    gain: NDArray[np.float64],
    trust: NDArray[np.float64] | Trust,
    mover: NDArray[np.int64],
    changes: int,
    limit: NDArray[np.float64],
    joint: Joint | None,
) -> Terms:
    """The terms of a search, checked: see `least_load`. Raises ValueError where shapes disagree or a number is missing."""
    if not isinstance(trust, Trust):
        _check(balance, mover, changes, gain=gain, trust=trust, limit=limit)
        trust = constant(trust, len(balance))
    _check(balance, mover, changes, gain=gain, limit=limit)
    return Terms(balance, gain, trust, mover, changes, limit, joint)


class _Orders:
    """The orders of least load in one space, for one bound on the changes of mover after the other: see `least_load`."""

    def __init__(self, space: Space, terms: Terms) -> None:
        self._space, self._terms = space, terms
        self._level, self._hopeless = levels(space, terms)
        self._walks: dict[bool, Walks] = {}

    def best(self, changes: int) -> Order | None:
        """The order of least load; where every order has an infinite load, the hopeless moments are not compared."""
        some = bool(self._hopeless.any())
        steps = self._walk(changes, all_hope=True) if some else None
        bound = 0.0
        if steps is None:
            bound = inf if some and self._space.whole else 0.0
            steps = self._walk(changes, all_hope=False)
        return None if steps is None else judge_order(steps, self._terms, exact=self._space.whole, bound=bound)

    def _walk(self, changes: int, *, all_hope: bool) -> tuple[int, ...] | None:
        if all_hope not in self._walks:
            level = np.where(self._hopeless, inf, self._level) if all_hope else self._level
            self._walks[all_hope] = Walks(self._space, _proper(level))
        return self._walks[all_hope].best(changes)


def levels(space: Space, terms: Terms) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The load of every state, inf beyond a limit, and where a party is exposed whom no trust can carry, (states,) each."""
    joint = terms.joint
    reached = over(space, terms.balance, joint, np.zeros((0, 0)) if joint is None else joint.balance)
    theirs = None
    if terms.trust.slope.any():
        theirs = over(space, terms.trust.theirs, joint, np.zeros((0, 0)) if joint is None else joint.theirs)
    level, hopeless = _strained(terms, reached, theirs)
    hopeless[[0, -1]] = False
    return level, hopeless


def _strained(
    terms: Terms, reached: NDArray[np.float64], theirs: NDArray[np.float64] | None
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """See `levels`, where parties hold `reached` (P, states) and the believed ones `theirs` (K, states)."""
    exposed = unrounded(np.maximum(0.0, -reached), np.abs(terms.balance).sum(axis=0)[:, None])
    p = terms.trust.at(terms.trust.end[:, None] * 0.0 if theirs is None else theirs, len(terms.gain))
    weight = np.zeros(p.shape)
    bearable = (terms.gain[:, None] > 0) & (p > 0)
    np.divide(1.0 - p, terms.gain[:, None] * p, out=weight, where=bearable)
    level = (weight * exposed).max(axis=0, initial=0.0)
    bounded = np.flatnonzero(terms.limit < inf)
    if bounded.size:
        level[(exposed[bounded] > terms.limit[bounded, None] * (1.0 + TIE)).any(axis=0)] = inf
    return level, np.asarray(((exposed > 0) & ~bearable).any(axis=0))


def bound(terms: Terms, before: NDArray[np.bool_]) -> float:
    """No order has a smaller load: each begins with some step that waits for none, and ends with some that none waits for."""
    begins, ends = np.flatnonzero(~before.any(axis=0)), np.flatnonzero(~before.any(axis=1))
    eye = np.eye(len(terms.mover), dtype=np.bool_)
    joint, bounds = terms.joint, list[float]()
    for states in (eye[begins], ~eye[ends]):
        reached, theirs = states @ terms.balance, states @ terms.trust.theirs
        if joint is not None:
            holds = (~joint.need[None] | states[:, None]).all(axis=2) & ~(joint.ends[None] & states[:, None]).any(axis=2)
            reached, theirs = reached + holds @ joint.balance, theirs + holds @ joint.theirs
        level, hopeless = _strained(terms, reached.T, theirs.T)
        bounds.append(float(np.where(hopeless, inf, level).min()))
    return max(bounds)


def judge_order(steps: tuple[int, ...], terms: Terms, *, exact: bool, bound: float) -> Order:
    """What an order of all steps asks of everybody."""
    asks = strain(steps, terms.balance, terms.gain, terms.trust, terms.joint)
    load = float(asks.load.max(initial=0.0))
    joint = terms.joint
    reached = along(steps, terms.balance, joint, np.zeros((0, 0)) if joint is None else joint.balance)
    proven = load if exact else bound
    changes = changes_of(steps, terms.mover)
    return Order(steps, load, asks.exposure, asks.needed, changes, reached, asks.trust, asks.moment, proven, exact=exact)


def _proper(level: NDArray[np.float64]) -> NDArray[np.float64]:
    """Levels that leave the empty and the full state out."""
    level[[0, -1]] = 0.0
    return level


def _check(balance: NDArray[np.float64], mover: NDArray[np.int64], changes: int, **parties: NDArray[np.float64]) -> None:
    if balance.ndim != 2 or mover.shape != balance.shape[:1]:  # noqa: PLR2004 (steps, parties)
        raise ValueError(f"balance {balance.shape}, mover {mover.shape}: not (n, P) and (n,)")
    if changes < 0:
        raise ValueError(f"changes {changes} < 0")
    if not np.isfinite(balance).all():
        raise ValueError("balance not finite")
    for name, numbers in parties.items():
        if numbers.shape != balance.shape[1:] or np.isnan(numbers).any():
            raise ValueError(f"{name} {numbers}: not {balance.shape[1]} numbers")


def _check_before(before: NDArray[np.bool_], count: int) -> None:
    if before.shape != (count, count):
        raise ValueError(f"before {before.shape}: not ({count}, {count})")
