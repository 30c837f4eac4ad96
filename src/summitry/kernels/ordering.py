"""The order in which steps need the least trust, the quickest order that trust carries, and what an order exposes each party to.

B_i(X) is what party i holds of the set X of steps done if everything breaks down, E_i(X) = max(0, -B_i(X)) its exposure. With
total gain G_i over no deal and trust p_i(X), the probability that the others perform what remains, party i goes on iff
p_i(X) G_i >= (1 - p_i(X)) E_i(X), that is iff p_i(X) >= theta_i(X) = E_i(X) / (E_i(X) + G_i). The load of an order is the
greatest odds(theta_i(X)) / odds(p_i(X)) over the sets X that can arise before the end: at 1 or less the order is carried. It is
E_i(X) / (G_i odds(p_i(X))), a function of the set alone, so the order of least load, one step after the other, is a bottleneck
path over the sets of steps done. With exposure limits this is NP-hard (PARTITION). Steps that run together let more sets arise:
they save time and cost trust (see `phases`).

Sources: Sandholm & Lesser, "Equilibrium analysis of the possibilities of unenforced exchange in multiagent systems", IJCAI 1995;
Kydd, "Trust and Mistrust in International Relations", 2005, for theta.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels._space import MOST_PAIRS, TIE, narrow_space, space_of
from summitry.kernels._walks import search_of, walk
from summitry.kernels.phases import (
    Phases,
    Work,
    broken,
    closed,
    cover,
    length,
    phases_of,
    receive_first,
    set_apart,
    starts,
    waits_of,
)
from summitry.kernels.trust import Joint, Trust, along, apart, constant, holding, over, unrounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from summitry.kernels._space import Space

MOST_LISTED = 2**20
"""States up to which each that an order lets arise is looked at: 20 free steps."""
MOST_DRAWN = 256
"""States of an order in which its strain is drawn: those that strain most by the means."""


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """An order of n steps and what it asks of P parties.

    `steps` are the step indices, none before what it waits for; `waits[a, b]`: b begins only when a is seen to be done, because
    trust must have seen it (n, n); `phases` (n,) numbers the phase of each step of `steps` from 1: a phase waits for something of
    the one before it. `load` is inf where no trust carries it (a party that gains nothing is exposed, or one
    that is exposed trusts not at all). `exposure` (P,) is the greatest E_i, own points; `trust_needed` and `trust` (P,) are
    theta_i and p_i in the state that strains i most (where none does: 0, and its least trust), `worst` (P, n) the steps done
    in it. `balance` (n + 1, P) is B_i after 0 .. n of `steps`. `bound` is proven: no load lies below it; it is the load where
    `exact`, which is False where too many steps are free to compare all.
    """

    steps: tuple[int, ...]
    phases: tuple[int, ...]
    waits: NDArray[np.bool_]
    load: float
    exposure: NDArray[np.float64]
    trust_needed: NDArray[np.float64]
    balance: NDArray[np.float64]
    trust: NDArray[np.float64]
    worst: NDArray[np.bool_]
    states: NDArray[np.bool_]
    bound: float = 0.0
    exact: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Strain:
    """What an order asks of each party, (P,) or (P, D): greatest load, exposure, and theta and p where the load is greatest.

    `worst` (P[, D]) is the number of that state, -1 where nothing strains the party.
    """

    load: NDArray[np.float64]
    exposure: NDArray[np.float64]
    needed: NDArray[np.float64]
    trust: NDArray[np.float64]
    worst: NDArray[np.int64]


def least_load(terms: Terms, before: NDArray[np.bool_]) -> Order | None:
    """Find the order of least load, one step after the other; None where none keeps the prerequisites and the exposure limits.

    `before[a, b]`: a must precede b. Exact over all orders. Loads within a relative 1e-9 count as equal; of equal ones the first
    in lexicographic order counts. With more steps than `terms.phases` the steps are put into so many phases, and the least load
    is that over all divisions into phases.
    Where every order has an infinite load, the parties that no trust can satisfy are left
    out of the comparison, so that the others are exposed as little as possible.
    Beyond `_space.MOST_STATES` (22 free steps; with phases `MOST_PAIRS`, 14) the order of some steps of one side is fixed, small
    burdens first: the order is valid, but not known to be the least (`exact`), and None means that none was found.
    Raises ValueError where shapes disagree.
    """
    count = len(terms.mover)
    if before.shape != (count, count):
        raise ValueError(f"before {before.shape}: not ({count}, {count})")
    if count > terms.phases:
        return _least_in_phases(terms, before)
    space = space_of(terms.balance, terms.mover, before, terms.traits)
    if space is None:
        return None
    level, hopeless = levels(space, terms)
    steps = walk(space, np.where(hopeless, inf, level)) if hopeless.any() else walk(space, level)
    proven = 0.0 if space.whole else bound(terms, before)
    if steps is None and hopeless.any():
        steps, proven = walk(space, level), inf if space.whole else proven
    if steps is None:
        return None
    return _judged(terms, steps, _in_turn(steps), _prefixes(steps), bound=proven, exact=space.whole)


def _least_in_phases(terms: Terms, before: NDArray[np.bool_]) -> Order | None:
    """The least load of all divisions into at most `terms.phases` phases: the least cap within which few enough suffice.

    Where a step of no time is seen a day later, an order takes as many days as it has phases.
    """
    space = narrow_space(terms.balance, terms.mover, before, terms.traits, MOST_PAIRS)
    if space is None:
        return None
    level, hopeless = levels(space, terms)
    none = np.zeros(len(terms.mover), dtype=np.int64)
    work = Work(none, none + 1, np.where(before, 0, -1))
    fixed = set_apart(space, work)

    def waits(level: NDArray[np.float64], cap: float) -> NDArray[np.bool_] | None:
        path = Phases(space, level <= cap * (1.0 + TIE), work).quickest()
        if path is None:
            return None
        phase = phases_of(space, path)
        result = (phase[:, None] < phase[None, :]) | fixed
        return result if length(work, result) <= terms.phases else None

    for each in (np.where(hopeless, inf, level), level) if hopeless.any() else (level,):
        least = search_of(space, each).ahead()[0]  # one step after the other: no division into phases stays below it
        caps = np.unique([least, *each[(each > least) & (each < inf)]]).tolist() if least < inf else []
        few = waits(each, caps[0]) if caps else None
        if caps and few is None:
            at = bisect_left(caps, 1, key=lambda cap, each=each: int(waits(each, cap) is not None))
            few = waits(each, caps[at]) if at < len(caps) else None
        if few is not None:
            return _of_waits(terms, space, few, work)
    return None


def quickest(
    terms: Terms, work: Work, cap: float, party: int, *, urgent: NDArray[np.bool_] | None = None, thorough: bool = True
) -> Order | None:
    """The order that is done first among those with a load of at most `cap`; of equals the one that brings `party` most first.

    1. Everything as soon as its prerequisites allow, where every state that can arise so is borne: nothing is quicker.
    2. Else the waits that trust needs, added one by one; where they make nothing later, nothing is quicker.
    3. Else also the quickest division into phases, and the waits that trust needs of it (see `phases`): no division into phases
       is quicker than the better of both.
    4. What costs the party waits for what it receives where that makes nothing later in the end.
    `urgent[a, b]` makes b wait for a as well; without `thorough` 3. is left out where 2. succeeds. None where no order is borne.
    """
    before = work.required if urgent is None else work.required | urgent
    space = _states_of(terms, before)
    if space is None:
        return None
    fixed = set_apart(space, work)
    if urgent is not None:
        fixed |= urgent
    level, reachable = _capped(space, terms, cap), space.reachable
    bad = reachable & (level > cap * (1.0 + TIE))
    waits = fixed
    if bad.any():
        wrong, held = space.done[bad], terms.balance[:, party]
        added = cover(wrong, fixed, work, held)
        if added is None or (thorough and length(work, added) > length(work, fixed)):
            phase = _quickest_phases(terms, before, work, cap, party, only_whole=added is not None)
            if phase is None and added is None:
                return None
            ways = [] if added is None else [added]
            ways += [] if phase is None else [waits_of(phase, wrong, work, fixed)]
            added = min(ways, key=lambda way: length(work, way))
        waits = added
    waits = receive_first(work, waits, terms.balance[:, party])
    return _of_waits(terms, space, waits, work)


def _states_of(terms: Terms, before: NDArray[np.bool_]) -> Space | None:
    """The space whose states can be looked at one by one; with some steps' order fixed where there are too many."""
    space = space_of(terms.balance, terms.mover, before, terms.traits, apart=True)
    if space is None or space.states <= MOST_LISTED:
        return space
    return narrow_space(terms.balance, terms.mover, before, terms.traits, MOST_PAIRS)


def _capped(space: Space, terms: Terms, cap: float) -> NDArray[np.float64]:
    level, hopeless = levels(space, terms)
    return np.where(hopeless, inf, level) if cap < inf else level


def _quickest_phases(
    terms: Terms, before: NDArray[np.bool_], work: Work, cap: float, party: int, *, only_whole: bool
) -> NDArray[np.int64] | None:
    """The phase of each step in the quickest division within a cap; None where there is none.

    None, too, with `only_whole` where there are too many divisions to compare all.
    """
    space = narrow_space(terms.balance, terms.mover, before, terms.traits, MOST_PAIRS)
    if space is None or (only_whole and not space.whole):
        return None
    held = over(space, terms.balance[:, [party]], terms.joint, terms.joint.balance[:, [party]])[0]
    path = Phases(space, _capped(space, terms, cap) <= cap * (1.0 + TIE), work).quickest(held)
    return None if path is None else phases_of(space, path)


def in_phases(terms: Terms, work: Work, cap: float, steps: Sequence[int], keep: NDArray[np.bool_]) -> Order | None:
    """An order of steps one after the other, with those waits that the cap needs of it and those that `keep` (n, n) marks."""
    space = _states_of(terms, work.required)
    if space is None:
        return None
    if not space.whole:
        return _judged(terms, tuple(steps), _in_turn(steps), _prefixes(steps), bound=0.0, exact=False)
    phase = np.argsort(np.array(steps))
    bad = space.reachable & (_capped(space, terms, cap) > cap * (1.0 + TIE))
    waits = waits_of(phase, space.done[bad], work, keep & (phase[:, None] < phase[None, :]))
    return _of_waits(terms, space, waits, work)


def _of_waits(terms: Terms, space: Space, waits: NDArray[np.bool_], work: Work) -> Order:
    """The order of given waits: every state that can arise, the steps as they begin, and their phases."""
    done = space.done[space.reachable]
    begin, before = starts(work, waits), closed(waits | work.required)
    rank = np.lexsort((np.arange(len(begin)), before.sum(axis=0), begin))
    phase = np.ones(len(begin), dtype=np.int64)
    for step in np.argsort(before.sum(axis=0), kind="stable").tolist():
        turns = np.where(waits[:, step], phase + 1, np.where(work.required[:, step], phase, 1))
        phase[step] = turns.max(initial=1)
    steps, states = tuple(rank.tolist()), done[broken(done, waits) == 0]
    return _judged(terms, steps, waits, states, bound=0.0, exact=space.whole, phases=tuple(phase[rank].tolist()))


def _in_turn(steps: Sequence[int]) -> NDArray[np.bool_]:
    """Every step waits for all that come before it."""
    waits = np.zeros((len(steps), len(steps)), dtype=np.bool_)
    for a, b in pairwise(steps):
        waits[a, b] = True
    return closed(waits)


def _prefixes(steps: Sequence[int]) -> NDArray[np.bool_]:
    """The states that one step after the other lets arise, shape (n + 1, n)."""
    states = np.zeros((len(steps) + 1, len(steps)), dtype=np.bool_)
    for k, step in enumerate(steps):
        states[k + 1 :, step] = True
    return states


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
    states: NDArray[np.bool_],
    balance: NDArray[np.float64],
    gain: NDArray[np.float64],
    trust: NDArray[np.float64] | Trust,
    joint: Joint | None = None,
) -> Strain:
    """What the states (S, n) that can arise ask of each party, also per draw: balance (n, P[, D]) and gain (P[, D]) to (P[, D]).

    The empty state and the full one ask nothing.
    """
    believed = trust if isinstance(trust, Trust) else constant(trust, len(balance))
    joint = apart(balance, believed.theirs) if joint is None else joint
    proper = states.any(axis=1) & ~states.all(axis=1)
    reached = holding(states[proper], balance, joint, joint.balance)
    moments = states[proper] if proper.any() else np.zeros((1, len(balance)), dtype=np.bool_)
    theirs = holding(moments, believed.theirs, joint, joint.theirs)
    least = believed.at(theirs.T, balance.shape[1])
    if not len(reached):
        zero = np.zeros(balance.shape[1:])
        p = zero + least.min(axis=1).reshape(-1, *[1] * (balance.ndim - 2))
        return Strain(zero, zero, zero, p, np.full(zero.shape, -1))
    exposed = np.maximum(0.0, -reached)
    p = np.broadcast_to(least.T.reshape(*least.T.shape, *[1] * (balance.ndim - 2)), exposed.shape)
    needed = trust_needed(exposed, gain)
    ratio = _ratio(needed, p)
    worst = np.where(ratio >= ratio.max(axis=0), exposed, -1.0).argmax(axis=0)[None]
    load, theta, there = (np.take_along_axis(x, worst, axis=0)[0] for x in (ratio, needed, p))
    number = np.where(load > 0.0, np.flatnonzero(proper)[worst[0]], -1)
    return Strain(load, exposed.max(axis=0), theta, np.where(load > 0.0, there, p.min(axis=0)), number)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of one search, checked.

    `balance` (n, P): what each step leaves each party after a breakdown, own points; `gain` (P,): G_i; `trust`: p_i as it depends
    on what is done; `mover` (n,): the side that performs each step; `phases`: the most phases; `limit` (P,): the most a party may
    be exposed to, in own points, inf where it states none; `joint`: what arises only of several steps together.
    """

    balance: NDArray[np.float64]
    gain: NDArray[np.float64]
    trust: Trust
    mover: NDArray[np.int64]
    phases: int
    limit: NDArray[np.float64]
    joint: Joint

    @property
    def key(self) -> bytes:
        """All terms in bytes: equal terms have equal keys."""
        joint, trust = self.joint, self.trust
        believed = (trust.party, trust.base, trust.slope, trust.middle, trust.width, trust.theirs, trust.end)
        parts = (self.balance, self.gain, self.mover, self.limit, *believed, joint.need, joint.ends, joint.balance, joint.theirs)
        return b"|".join([str(self.phases).encode(), *(part.tobytes() for part in parts)])

    @property
    def traits(self) -> NDArray[np.float64]:
        """What else tells one step from another: what it leaves to those who are believed, and what it takes part in."""
        return np.concatenate([self.trust.theirs, self.joint.need.T, self.joint.ends.T], axis=1)


def check_terms(
    balance: NDArray[np.float64],
    gain: NDArray[np.float64],
    trust: NDArray[np.float64] | Trust,
    mover: NDArray[np.int64],
    phases: int,
    limit: NDArray[np.float64],
    joint: Joint | None,
) -> Terms:
    """The terms of a search, checked. Raises ValueError where shapes disagree or a number is missing."""
    if not isinstance(trust, Trust):
        _check(balance, mover, phases, gain=gain, trust=trust, limit=limit)
        trust = constant(trust, len(balance))
    _check(balance, mover, phases, gain=gain, limit=limit)
    return Terms(balance, gain, trust, mover, phases, limit, apart(balance, trust.theirs) if joint is None else joint)


def levels(space: Space, terms: Terms) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The load of every state, inf beyond a limit, and where a party is exposed whom no trust can carry, (states,) each."""
    joint = terms.joint
    reached = over(space, terms.balance, joint, joint.balance)
    theirs = None
    if terms.trust.slope.any():
        theirs = over(space, terms.trust.theirs, joint, joint.theirs)
    level, hopeless = _strained(terms, reached, theirs)
    hopeless[[0, -1]] = False
    level[[0, -1]] = 0.0
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
        holds = (~joint.need[None] | states[:, None]).all(axis=2) & ~(joint.ends[None] & states[:, None]).any(axis=2)
        reached, theirs = reached + holds @ joint.balance, theirs + holds @ joint.theirs
        level, hopeless = _strained(terms, reached.T, theirs.T)
        bounds.append(float(np.where(hopeless, inf, level).min()))
    return max(bounds)


def _judged(
    terms: Terms,
    steps: tuple[int, ...],
    waits: NDArray[np.bool_],
    states: NDArray[np.bool_],
    *,
    bound: float,
    exact: bool,
    phases: tuple[int, ...] | None = None,
) -> Order:
    """What an order of all steps asks of everybody."""
    asks = strain(states, terms.balance, terms.gain, terms.trust, terms.joint)
    load = float(asks.load.max(initial=0.0))
    joint = terms.joint
    reached = along(steps, terms.balance, joint, joint.balance)
    worst = states[asks.worst] & (asks.worst >= 0)[:, None]
    proven = max(load, bound) if exact and phases is None else bound
    turns = tuple(range(1, len(steps) + 1)) if phases is None else phases
    return Order(steps, turns, waits, load, asks.exposure, asks.needed, reached, asks.trust, worst, states, proven, exact=exact)


def _check(balance: NDArray[np.float64], mover: NDArray[np.int64], phases: int, **parties: NDArray[np.float64]) -> None:
    if balance.ndim != 2 or mover.shape != balance.shape[:1]:  # noqa: PLR2004 (steps, parties)
        raise ValueError(f"balance {balance.shape}, mover {mover.shape}: not (n, P) and (n,)")
    if phases < 0:
        raise ValueError(f"phases {phases} < 0")
    if not np.isfinite(balance).all():
        raise ValueError("balance not finite")
    for name, numbers in parties.items():
        if numbers.shape != balance.shape[1:] or np.isnan(numbers).any():
            raise ValueError(f"{name} {numbers}: not {balance.shape[1]} numbers")


def drawn_states(order: Order, balance: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The states that can arise in an order, or where there are many those that leave some party least, shape (S, n)."""
    states = order.states
    if len(states) <= MOST_DRAWN:
        return states
    left = states.astype(np.float64) @ balance
    worst = np.argsort(left / np.maximum(np.abs(balance).sum(axis=0), np.finfo(np.float64).tiny), axis=0, kind="stable")
    return states[np.unique(worst[: MOST_DRAWN // balance.shape[1]])]
