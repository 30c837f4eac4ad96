"""What a gate is: a record of how it tests, screens, blocks and opens; and what all gates share of one package under test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, Literal

import numpy as np

from summitry.deals.outcomes import chances
from summitry.sequence import horizon, orders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from summitry.deals.outcomes import Chances
    from summitry.kernels.ordering import Order
    from summitry.model import Model
    from summitry.reasons import Reason
    from summitry.sequence.horizon import InTime
    from summitry.sequence.orders import Steps

MOST_DRAWS = 65_536
DECIDED = 2
"""Draws up to which a chance is counted again where it is not told apart from what is needed."""
FARTHEST = 1e9
"""How far beyond its mark a load of nothing lies."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What one test of a package found.

    `score` is compared with `needed`; `who` names those who block it: parties, seats (PARTY/SEAT), laws (PARTY: LAW). `passed` is
    None where the case lacks what the test needs: the gate is then left out by name, in `why`; or where `near` says that no
    number of draws that was tried tells the score apart from what is needed.
    """

    name: str
    passed: bool | None
    score: float | None
    needed: float | None
    who: tuple[str, ...]
    why: Reason
    near: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change found that opens the closed gate `gate`, or flips an answer.

    The code of `what` is the kind of input. Its values say whose it is, and from where to where it goes: `before` and `after`,
    numbers (by party where several change), options or dates. `effect` is what then holds.
    """

    gate: str
    what: Reason
    effect: Reason


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Many packages (N, I) and what is known of each: P(all accept), P(all accept and ratify), fewest days (N,), gains (N, P).

    `gains` are expected gains by party (see `swaps.Odds`); `days` are 0 where no draw carries a package.
    """

    packages: NDArray[np.int64]
    everyone: NDArray[np.float64]
    both: NDArray[np.float64]
    days: NDArray[np.int64]
    gains: NDArray[np.float64]

    def of(self, some: NDArray[np.int64] | NDArray[np.bool_]) -> Pool:
        """Some of the packages."""
        return Pool(self.packages[some], self.everyone[some], self.both[some], self.days[some], self.gains[some])


class Subject:
    """One package under test. What several gates need of it is computed when it is first asked for, and kept.

    Without `thorough` a quick order will do instead of the quickest, where it keeps every date.
    """

    def __init__(self, model: Model, package: NDArray[np.int64], *, thorough: bool = True) -> None:
        self.model, self.package, self.thorough = model, package, thorough

    @cached_property
    def _fresh(self) -> tuple[Model, Chances]:
        """Draws that chose nothing, as many as it takes to tell the chances from what is needed, and what happens in them.

        Where the joint chance is told apart, which decides, a few doublings have to do for the other one.
        """
        model, doublings = self.model, 0
        needed = model.settings.joint
        while True:
            drawn = model.fresh(doublings)
            found = chances(drawn, self.package)
            everyone, joint = (apart(float(share.mean()), needed, drawn.draws) for share in (found.all_accept, found.joint))
            if drawn.draws >= MOST_DRAWS or (joint and (everyone or doublings >= DECIDED)):
                return drawn, found
            doublings += 1

    @property
    def drawn(self) -> Model:
        """The model with the draws of `chances`."""
        return self._fresh[0]

    @property
    def chances(self) -> Chances:
        """What the parties and their homes say in each draw, of those that chose nothing."""
        return self._fresh[1]

    def passes(self, share: float) -> bool | None:
        """Whether a chance is what is needed, by more than two sampling errors; None where they do not tell it apart."""
        needed = self.model.settings.joint
        return share >= needed if apart(share, needed, self.drawn.draws) else None

    @cached_property
    def joint(self) -> float:
        """The share of draws in which all accept and all homes ratify."""
        return float(self.chances.joint.mean())

    @cached_property
    def trust_tested(self) -> bool:
        """Whether the case tells what every party believes of the other sides."""
        return orders.trust_tested(self.model)

    @cached_property
    def steps(self) -> Steps:
        """The package as steps."""
        return orders.steps(self.model, self.package)

    @cached_property
    def least(self) -> Order | None:
        """The order of least load; None where there is none, trust is not tested, or nothing moves."""
        return orders.least_load(self.model, self.package, self.steps) if self.trust_tested and self.steps.count else None

    @cached_property
    def order(self) -> Order | None:
        """The order that is shown: of those that trust carries (else of the least load) the quickest that keeps every date."""
        return None if self.least is None else self.dates.order

    @cached_property
    def beyond_limits(self) -> dict[int, float] | None:
        """See `steps.beyond_limits`."""
        return orders.beyond_limits(self.model, self.steps)

    @property
    def load(self) -> float:
        """The least load over orders: 0 where trust is not tested or nothing moves, infinite where no order is allowed."""
        if not self.trust_tested or not self.steps.count:
            return 0.0
        return inf if self.least is None else self.least.load

    @cached_property
    def dates(self) -> InTime:
        """Whether an order that was tried keeps every date, whatever the fewest days may prove.

        Where trust is not tested, everything is tried as soon as its prerequisites allow.
        """
        if not self.trust_tested:
            return horizon.in_time(self.model, self.steps, (orders.at_once(self.model, self.steps),))
        if not self.thorough and self._soon is not None and self._soon.fits:
            return self._soon
        return horizon.in_time(self.model, self.steps, horizon.to_try(self.model, self.steps, least=self.least))

    @cached_property
    def soon(self) -> bool:
        """Whether a quick order that is found at once keeps every date, so that none needs to be searched for."""
        return self.dates.fits is True if self._soon is None else self._soon.fits is True

    @cached_property
    def _soon(self) -> InTime | None:
        if not self.trust_tested or self.least is None:
            return None
        order = orders.order_of(self.model, self.steps, least=self.least, thorough=False)
        return None if order is None else horizon.in_time(self.model, self.steps, (order,))

    @cached_property
    def in_time(self) -> InTime:
        """The same, where no order is tried that the fewest days rule out."""
        late = horizon.proven_late(self.model, self.steps)
        return self.dates if late is None else late


def apart(share: float, needed: float, draws: int) -> bool:
    """Whether a share of draws lies more than two sampling errors from what is needed."""
    return abs(share - needed) >= 2.0 * float(np.sqrt(share * (1.0 - share) / max(draws, 1)))


def _nothing(_: Subject) -> tuple[()]:
    return ()


@dataclass(frozen=True, slots=True)
class GateKind:
    """One gate of the table `GATES`; only `name` and `test` are needed.

    `test` judges one package. `openings` gives the smallest changes that would open it where it is closed, `flips` the single
    inputs that would close it, each with how near it lies. A share says how far a package comes: 1 or more passes. `screen` gives
    shares of many packages that none falls short of in truth, `share` that of one package, `bound` quickly what its share does
    not exceed. `by_draw`: an event of the draws, counted jointly with the others, so that its screen decides. `formed`: no
    candidate is formed that it closes. `place`: gates are told in ascending order of it, then by name. `lower`: the score must
    stay at or under what is needed. `measure` says in what the score is told.
    """

    name: str
    test: Callable[[Subject], Gate]
    openings: Callable[[Subject], Iterable[Change]] = _nothing
    flips: Callable[[Subject], Iterable[tuple[float, Change]]] = _nothing
    screen: Callable[[Model, Pool], NDArray[np.float64]] | None = None
    share: Callable[[Subject], float] | None = None
    bound: Callable[[Subject], float] | None = None
    by_draw: bool = False
    formed: bool = False
    place: int = 9
    lower: bool = False
    measure: Literal["number", "trust", "days", "whole"] = "number"

    def reach(self, gate: Gate) -> float | None:
        """How far a result comes towards what is needed: 1 at the mark; None without a score that has a mark.

        None, too, where a closed gate's score suffices, because something else closes it.
        """
        if gate.score is None or gate.needed is None or self.formed:
            return None
        short = gate.score > gate.needed if self.lower else gate.score < gate.needed
        if gate.passed is False and not short:
            return None
        part, whole = (gate.needed, gate.score) if self.lower else (gate.score, gate.needed)
        return max(part / whole, 0.0) if whole > 0.0 else FARTHEST

    def share_of(self, subject: Subject) -> float:
        """How far one package comes; without a `share` of its own, by what the test finds."""
        if self.share is not None:
            return self.share(subject)
        gate = self.test(subject)
        if gate.passed is not False:
            return max(1.0, self.reach(gate) or 1.0)
        return self.reach(gate) or 0.0

    def quick_share(self, subject: Subject) -> float:
        """The same, or what it does not exceed where that is below 1."""
        most = 1.0 if self.bound is None else self.bound(subject)
        return most if most < 1.0 else self.share_of(subject)


def up(number: float) -> float:
    """A number rounded up to three significant digits, so that what is printed still suffices."""
    if number == 0.0:
        return 0.0
    unit = 10.0 ** (int(np.floor(np.log10(abs(number)))) - 2)
    return float(np.ceil(number / unit - 1e-9) * unit)
