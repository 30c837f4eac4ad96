"""What would make an order hold where none does, and what would keep the last mover from stopping: each by the least amount.

Every answer was applied and the search run again, so that it holds as it is printed: amounts are rounded up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import ordering
from summitry.kernels.halving import least_share
from summitry.kernels.trust import Joint, along
from summitry.sequence import orders

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from summitry.kernels.ordering import Order
    from summitry.model import Model
    from summitry.sequence.orders import Steps

FINER = (2, 4, 8)
"""The numbers of equal parts into which a move is cut."""
HALVINGS = 11


@dataclass(frozen=True, slots=True)
class Mend:
    """One change after which an order holds, of a `kind`, by an `amount`, and the load that it leads to.

    Kinds: `bond` (points of its own that `party` gets if everything stops, beside the bonds of `others`, or, against a
    temptation, loses if it stops), `guarantor` (the share of each party's loss that a third party bears), `snapback` (the share
    of every step that returns, or of what `party` receives), `escrow` (`move` is held by a third party until the end), `finer
    lumps` (into how many equal parts `move` goes), `free last step` (the points that `move` may no longer cost `party`).
    """

    kind: str
    amount: float
    load: float
    party: str = ""
    others: tuple[str, ...] = ()
    move: str = ""


@dataclass(frozen=True, slots=True)
class Temptation:
    """What `party` could hold by stopping before its last step, less what it holds at the end; `cost` is what stopping costs it.

    `step` is ISSUE.OPTION of the step before which it tempts most. It `holds` where stopping brings no more than it costs.
    """

    party: str
    gain: float
    cost: float
    step: str
    mends: tuple[Mend, ...]

    @property
    def holds(self) -> bool:
        """True where stopping does not pay."""
        return self.gain <= self.cost + 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """The terms of a deal that a mend changes; nothing changed by default.

    `bond` (P,) is what each party gets if everything stops, `covered` (P,) the share of its loss that a guarantor bears,
    `recoverable` (Q,) the share that returns, `finer` the number of parts of an issue's moves.
    """

    bond: NDArray[np.float64] | None = None
    covered: NDArray[np.float64] | None = None
    recoverable: NDArray[np.float64] | None = None
    finer: dict[int, int] | None = None


def order_under(model: Model, package: NDArray[np.int64], terms: Terms) -> Order | None:
    """The order of least load under changed terms."""
    changed = model if terms.recoverable is None else replace(model, recoverable=terms.recoverable)
    sequence = orders.steps(changed, package, finer=terms.finer)
    balance, joint = sequence.balance, sequence.joint
    if terms.bond is not None:
        joint = _always(sequence, terms.bond)
    if terms.covered is not None:
        balance = balance * (1.0 - terms.covered)
        joint = replace(joint, balance=joint.balance * (1.0 - terms.covered))
    search_terms = replace(orders.search_terms(model, sequence), balance=balance, joint=joint)
    return ordering.least_load(search_terms, sequence.first)


def _always(sequence: Steps, bond: NDArray[np.float64]) -> Joint:
    """The joint amounts of the steps with a bond that falls due at any breakdown."""
    none = np.zeros((1, sequence.count), dtype=np.bool_)
    with_bond = np.zeros((1, sequence.trust.theirs.shape[1]))
    old = sequence.joint
    return Joint(
        np.concatenate([old.need, none]),
        np.concatenate([old.ends, none]),
        np.concatenate([old.balance, bond[None]]),
        np.concatenate([old.theirs, with_bond]),
    )


def mends(model: Model, package: NDArray[np.int64]) -> tuple[Mend, ...]:
    """By how much each remedy must go so that today's trust carries the package; only those that can do it alone are named.

    A bond: points of its own that each strained party gets if everything stops. A guarantor: the share of each party's loss that
    a third party bears. Snapback: the least share of every step that must return. Escrow: one issue's steps held by a third party
    until the end. Finer lumps: one issue's moves in equal parts.
    """
    loose = replace(model, limit=np.full(len(model.parties), np.inf))
    free = orders.least_load(loose, package)
    if free is None:
        return ()
    remedies = [*_bond(model, package, free), *_least(model, package, "guarantor", _guaranteed(model))]
    remedies += _least(model, package, "snapback", lambda share: Terms(recoverable=np.maximum(model.recoverable, share)))
    return tuple(remedies + _escrow(model, package) + _finer(model, package))


def _holds(model: Model, package: NDArray[np.int64], terms: Terms) -> Order | None:
    order = order_under(model, package, terms)
    return order if order is not None and order.load <= 1.0 else None


def _guaranteed(model: Model) -> Callable[[float], Terms]:
    return lambda share: Terms(covered=np.full(len(model.parties), share))


def _least(model: Model, package: NDArray[np.int64], kind: str, terms: Callable[[float], Terms]) -> list[Mend]:
    """The least share in [0, 1] under which an order holds, rounded up to a thousandth."""
    if _holds(model, package, terms(1.0)) is None:
        return []
    least = least_share(lambda share: _holds(model, package, terms(share)) is not None, HALVINGS)
    share = min(1.0, _up(least))
    order = _holds(model, package, terms(share))
    if order is None:
        return []
    return [Mend(kind, share, order.load)]


def _bond(model: Model, package: NDArray[np.int64], free: Order) -> list[Mend]:
    """The least bonds, in one proportion of what each party is exposed to in the order that strains it least."""

    def terms(share: float) -> Terms:
        return Terms(bond=share * free.exposure)

    share = next((m.amount for m in _least(model, package, "guarantor", terms)), None)
    if share is None:
        return []
    order = _holds(model, package, terms(share))
    if order is None:
        return []
    exposed = np.flatnonzero(free.exposure > 0.0).tolist()
    return [
        Mend(
            "bond",
            share * float(free.exposure[p]),
            order.load,
            party=model.parties[p],
            others=tuple(model.parties[q] for q in exposed if q != p),
        )
        for p in exposed
    ]


def _escrow(model: Model, package: NDArray[np.int64]) -> list[Mend]:
    """The one issue whose steps, held by a third party until the end, make an order hold at the least load."""
    best: Mend | None = None
    for i, option in enumerate(package.tolist()):
        if not option or not model.acts[i]:
            continue
        back = model.recoverable.copy()
        back[model.first[i] : model.first[i + 1]] = 1.0
        order = _holds(model, package, Terms(recoverable=back))
        if order is not None and (best is None or order.load < best.load):
            best = Mend("escrow", 1.0, order.load, move=model.label(int(model.first[i]) + option))
    return [] if best is None else [best]


def _finer(model: Model, package: NDArray[np.int64]) -> list[Mend]:
    """The one issue whose moves in the fewest equal parts make an order hold within the phases that time allows."""
    for parts in FINER:
        for i, option in enumerate(package.tolist()):
            if option and model.acts[i]:
                order = _holds(model, package, Terms(finer={i: parts}))
                if order is not None:
                    return [Mend("finer lumps", float(parts), order.load, move=model.label(int(model.first[i]) + option))]
    return []


def temptations(model: Model, sequence: Steps, order: Order, *, deep: bool) -> tuple[Temptation, ...]:
    """For each party that has to give: the most it holds at a moment before its last step, less what it holds at the end.

    Points of its own, PERT means. Parties that gain nothing by stopping are left out; without `deep` what would mend it is, too.
    """
    remedies = []
    for p, party in enumerate(model.parties):
        own = [place for place, step in enumerate(order.steps) if p in sequence.givers[step]]
        if not own:
            continue
        gain = _tempted(sequence, order, p, order.balance[:, p])
        if gain <= 0.0:
            continue
        cost = model.preferences[party].defection_cost or 0.0
        place = int(np.argmax(order.balance[: own[-1] + 1, p]))
        step = model.label(sequence.after[order.steps[next(k for k in own if k >= place)]])
        remedies.append(Temptation(party, gain, cost, step, _kept_honest(model, sequence, order, p, cost) if deep else ()))
    return tuple(remedies)


def _tempted(sequence: Steps, order: Order, p: int, held: NDArray[np.float64]) -> float:
    """The most that party p holds before its last step, from `held` (n + 1,), less what the whole brings it."""
    last = max(place for place, step in enumerate(order.steps) if p in sequence.givers[step])
    return float(held[: last + 1].max() - sequence.gain[p])


def tempted_with(model: Model, sequence: Steps, order: Order, p: int, share: float) -> float:
    """The temptation of party p where at least a share of what others give returns if it stops."""
    theirs = np.logical_not(model.giver[:, model.side == model.side[p]].any(axis=1)).reshape(-1)
    back = np.where(theirs[model.issue_of], np.maximum(model.recoverable, share), model.recoverable)
    other = orders.steps(replace(model, recoverable=back), sequence.package)
    return _tempted(
        sequence,
        order,
        p,
        along(order.steps, other.balance, other.joint, other.joint.balance)[:, p],
    )


def _kept_honest(model: Model, sequence: Steps, order: Order, p: int, cost: float) -> tuple[Mend, ...]:
    """A bond, a snapback of what it receives, a last step that costs it nothing: those that suffice alone."""
    over = _tempted(sequence, order, p, order.balance[:, p]) - cost
    if over <= 0.0:
        return ()
    party = model.parties[p]
    remedies = [Mend("bond", _up(over), order.load, party=party)]
    if tempted_with(model, sequence, order, p, 1.0) <= cost:
        share = least_share(lambda share: tempted_with(model, sequence, order, p, share) <= cost, HALVINGS)
        remedies.append(Mend("snapback", min(1.0, _up(share)), order.load, party=party))
    last = order.steps[max(k for k, step in enumerate(order.steps) if p in sequence.givers[step])]
    price = sequence.share[last] * float(model.value[p, sequence.before[last]] - model.value[p, sequence.after[last]])
    if price >= over:
        remedies.append(Mend("free last step", _up(over), order.load, party=party, move=model.label(sequence.after[last])))
    return tuple(remedies)


def _up(amount: float) -> float:
    """Rounded up to a thousandth, so that what is printed still suffices."""
    return float(np.ceil(amount * 1000.0 - 1e-6) / 1000.0)
