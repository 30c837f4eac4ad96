"""Whether today's trust carries it: in some order, each party believes as much as the order asks of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals.gates.gate import FARTHEST, Change, Gate, GateKind, up
from summitry.evidence.seriousness import READY, performs, pretender_keeps
from summitry.interests.home import ROUNDING
from summitry.kernels.halving import least_share
from summitry.kernels.ordering import loads, strain
from summitry.kernels.trust import holding
from summitry.reasons import reason
from summitry.sequence import orders
from summitry.sequence.trust import beliefs_tested

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.deals.gates.gate import Subject
    from summitry.interests.preferences import Belief
    from summitry.kernels.ordering import Order
    from summitry.model import Model
    from summitry.reasons import Reason
    from summitry.sequence.orders import Steps

HALVINGS, DOUBLINGS = 12, 20
TINY = 1e-6
LEAST = 1.0 / FARTHEST


def test(subject: Subject) -> Gate:
    """The least load over orders, which may be 1 at most; those block whose trust falls short in that order."""
    model, order = subject.model, subject.least
    if not subject.trust_tested:
        return Gate("trust", None, None, 1.0, (), reason("gate.trust.untested", parties=orders.silent_parties(model)))
    if not subject.steps.count:
        return Gate("trust", passed=True, score=0.0, needed=1.0, who=(), why=reason("gate.trust.still"))
    if order is None:
        return _unordered(subject)
    passed = order.load <= 1.0
    short = np.flatnonzero(order.trust_needed > order.trust).tolist()
    quick = subject.order if passed and subject.order is not None else order
    return Gate("trust", passed, order.load, 1.0, () if passed else _parties(model, short), _why(subject, quick))


def _why(subject: Subject, order: Order) -> Reason:
    """What the party that the order strains most must believe, what it believes, and of which parts that is made."""
    model, sequence = subject.model, subject.steps
    p = max(range(len(model.parties)), key=lambda k: float(loads(order.trust_needed[[k]], order.trust[[k]])))
    least = subject.load if order.load > subject.load * (1.0 + ROUNDING) else None
    values = {"party": model.parties[p], "load": order.load, "least": least, "exact": order.exact}
    values |= {"unseen": _unseen(model, sequence)}
    if order.trust_needed[p] <= 0.0:
        return reason("gate.trust.free", **values)
    if sequence.gain[p] <= 0.0:
        return reason("gate.trust.hopeless", **values, exposure=float(order.exposure[p]))
    part = parts(model, sequence, order.worst[p], p)
    if part is None:
        return reason("gate.trust.unbelieving", **values)
    values |= {"needed": float(order.trust_needed[p]), "other": model.parties[part.belief.other], "believed": part.performs}
    values |= {"serious": part.belief.serious, "pretender": part.pretender}
    if part.cost is None:
        return reason("gate.trust.strained", **values)
    stop = reason("gate.trust.more" if part.cost > 0.0 else "gate.trust.less", points=abs(part.cost))
    return reason("gate.trust.strained", **values, stop=stop)


def _unordered(subject: Subject) -> Gate:
    """The closed gate where there is no order: for want of phases, or of parties that bear more exposure."""
    model = subject.model
    allowed, over = orders.phases_allowed(model), subject.beyond_limits
    if over is None:
        return Gate("trust", passed=False, score=None, needed=1.0, who=(), why=reason("gate.trust.orderless", phases=allowed))
    code = "gate.trust.over" if len(over) > 1 else "gate.trust.over-least"
    beyond = [reason(code, party=model.parties[p], exposure=e, limit=float(model.limit[p])) for p, e in over.items()]
    why = reason("gate.trust.beyond", phases=allowed, over=beyond)
    return Gate("trust", passed=False, score=None, needed=1.0, who=_parties(model, over), why=why)


def _unseen(model: Model, sequence: Steps) -> list[Reason]:
    """What the trust gate does not see: pretenders whose price nobody stated, and lumps coarser than the case allows."""
    without = [reason("trust.of", party=model.parties[b.party], other=model.parties[b.other]) for b in blind(model, sequence)]
    reasons = [reason("gate.trust.blind", beliefs=without, performs=READY / 2.0)] if without else []
    return [*reasons, *([reason("gate.trust.coarse", moves=sequence.coarse)] if sequence.coarse else [])]


def openings(subject: Subject) -> Iterator[Change]:
    """The exposure to be borne, the gain that is missing, or the belief that is."""
    if not subject.trust_tested or not subject.steps.count:
        return
    if subject.least is None:
        yield _bears_more(subject)
    elif subject.least.load > 1.0:
        yield from _gains_more(subject) or _believes_more(subject, subject.least)


def flips(subject: Subject) -> Iterator[tuple[float, Change]]:
    """For each party that the order strains, the belief below which trust carries no order."""
    if subject.trust_tested and subject.least is not None:
        for p in np.flatnonzero(subject.least.trust_needed > 0.0).tolist():
            for change in _believes_less(subject, subject.least, p):
                yield 1.0, change


def _bears_more(subject: Subject) -> Change:
    """Where no order keeps within the exposure limits: the least exposure that must be borne for one to exist."""
    model, over = subject.model, subject.beyond_limits
    if over is None:
        return Change("trust", reason("change.phases", before=orders.phases_allowed(model)), reason("effect.order"))
    before = {model.parties[p]: float(model.limit[p]) for p in over}
    what = reason("change.exposure", before=before, after={model.parties[p]: up(e) for p, e in over.items()})
    return Change("trust", what, reason("effect.order next"))


def _gains_more(subject: Subject) -> list[Change]:
    """For parties that are exposed and gain nothing, whom no trust carries: the gain at which today's trust does.

    A party's load is its exposure over its gain and its odds of trust, so that one search with a tiny gain gives the least.
    Where each one's cheapest order exposes another, these gains are raised together until today's trust carries one order.
    """
    model, sequence, tiny = subject.model, subject.steps, TINY
    short = np.flatnonzero(sequence.gain <= 0.0).tolist()
    gain = sequence.gain.copy()
    for p in short:
        alone = np.where(sequence.gain <= 0.0, 1e12, sequence.gain)
        alone[p] = tiny
        order = orders.least_load(model, subject.package, replace(sequence, gain=alone))
        gain[p] = np.inf if order is None else up(order.load * tiny)
    needed = [p for p in short if gain[p] > tiny]
    raised = np.where(sequence.gain <= 0.0, np.maximum(gain, tiny), sequence.gain)
    order = orders.least_load(model, subject.package, replace(sequence, gain=raised)) if np.isfinite(raised).all() else None
    if short and order is not None and order.load > 1.0 + ROUNDING:
        raised, order = _raised_together(subject, raised, short)
        gain, needed = raised, short
    if not needed or order is None or order.load > 1.0 + ROUNDING:
        return []
    before, after = ({model.parties[p]: float(amount[p]) for p in needed} for amount in (sequence.gain, gain))
    return [Change("trust", reason("change.gain", before=before, after=after), reason("effect.carried"))]


def _raised_together(subject: Subject, gain: NDArray[np.float64], short: list[int]) -> tuple[NDArray[np.float64], Order | None]:
    """The gains of those who are `short`, raised by one factor until trust carries an order, and that order.

    The factor is doubled until one carries, and then halved in between. A party whose cheapest order leaves it unexposed begins
    at a hundredth of what a step can cost it.
    """
    model, sequence = subject.model, subject.steps
    begin = gain.copy()
    for p in short:
        begin[p] = max(begin[p], float(np.abs(sequence.balance[:, p]).max()) / 100.0) if begin[p] <= TINY else begin[p]

    def best(factor: float) -> tuple[NDArray[np.float64], Order | None]:
        raised = begin.copy()
        raised[short] *= factor
        return raised, orders.least_load(model, subject.package, replace(sequence, gain=raised))

    low, high = 0.0, 1.0
    raised, order = best(high)
    for _ in range(DOUBLINGS):
        if order is not None and order.load <= 1.0:
            break
        low, high = high, 2.0 * high
        raised, order = best(high)
    else:
        return raised, order
    for _ in range(HALVINGS // 2):
        middle = (low + high) / 2.0
        closer, carried = best(middle)
        if carried is not None and carried.load <= 1.0:
            high, raised, order = middle, closer, carried
        else:
            low = middle
    raised[short] = [up(g) for g in raised[short].tolist()]
    return raised, order


def _believes_more(subject: Subject, order: Order) -> list[Change]:
    """The belief that the others are serious at which those who are short carry the package; none where certainty fails."""
    model = subject.model
    short = np.flatnonzero(order.trust_needed > order.trust).tolist()

    def load(serious: float) -> float:
        return _load(_believing(model, short, lambda now: max(now, serious)), subject.package, order)

    if load(1.0) > 1.0:
        return []
    serious = min(1.0, float(np.ceil(least_share(lambda serious: load(serious) <= 1.0, HALVINGS) * 100.0) / 100.0))
    weak = [b for b in beliefs_tested(model, subject.steps.givers) if b.party in short and b.serious < serious]
    beliefs = [
        reason("change.belief.of", party=model.parties[b.party], other=model.parties[b.other], before=b.serious, after=serious)
        for b in weak
    ]
    return [Change("trust", reason("change.belief", beliefs=beliefs, after=serious), reason("effect.carried"))]


def _believes_less(subject: Subject, order: Order, p: int) -> list[Change]:
    """The belief of a party that the others are serious below which no order is carried; none where disbelief is not enough."""
    model, package = subject.model, subject.package

    def carried(serious: float) -> bool:
        doubting = _believing(model, [p], lambda now: min(now, serious))
        if _load(doubting, package, order) <= 1.0:
            return True
        other = orders.least_load(doubting, package)
        return other is not None and other.load <= 1.0

    if carried(0.0):
        return []
    now = max(b.serious for b in model.beliefs if b.party == p)
    # The belief one part below the least that carries the order.
    most = now * (least_share(lambda share: carried(now * share), HALVINGS) - 2.0**-HALVINGS)
    what = reason("change.doubt", party=model.parties[p], before=now, after=most)
    return [Change("trust", what, reason("effect.not carried"))]


def _believing(model: Model, parties: Sequence[int], serious: Callable[[float], float]) -> Model:
    beliefs = tuple(replace(b, serious=serious(b.serious)) if b.party in parties else b for b in model.beliefs)
    return replace(model, beliefs=beliefs)


def _load(model: Model, package: NDArray[np.int64], order: Order) -> float:
    """The load of a given order under a model's beliefs."""
    sequence = orders.steps(model, package)
    return float(strain(order.states, sequence.balance, sequence.gain, sequence.trust, sequence.joint).load.max(initial=0.0))


def bound(subject: Subject) -> float:
    """One over a load that no order can stay below."""
    if not subject.trust_tested or not subject.steps.count:
        return FARTHEST
    return 1.0 / max(orders.least_bound(subject.model, subject.steps), LEAST)


def share(subject: Subject) -> float:
    """One over the least load."""
    return 1.0 / max(subject.load, LEAST)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a trust is made of: the belief that it comes from, and at which net cost a pretender performs with which probability.

    `cost` is what stopping now would leave the other more than going on to the end, in its points as the believer sees them; None
    where nobody said what a pretender pays.
    """

    belief: Belief
    performs: float
    pretender: float
    cost: float | None


def parts(model: Model, sequence: Steps, done: NDArray[np.bool_], party: int) -> Parts | None:
    """What a party's trust is made of once the steps `done` (n,) are done; None where it believes nothing of anybody."""
    reached = holding(done[None], sequence.trust.theirs, sequence.joint, sequence.joint.theirs)[0]
    sources = []
    for k, belief in enumerate(beliefs_tested(model, sequence.givers)):
        if belief.party != party:
            continue
        cost = None if belief.pretender is None else float(reached[k] - sequence.trust.end[k])
        keeps = READY / 2.0 if belief.pretender is None or cost is None else pretender_keeps(cost, *belief.pretender)
        sources.append(Parts(belief, performs(belief.serious, keeps), keeps, cost))
    return min(sources, key=lambda part: part.performs, default=None)


def blind(model: Model, sequence: Steps) -> list[Belief]:
    """The beliefs that say nothing about what a pretender would pay, so that their trust does not see the deal."""
    return [belief for belief in beliefs_tested(model, sequence.givers) if belief.pretender is None]


def _parties(model: Model, numbers: Sequence[int] | dict[int, float]) -> tuple[str, ...]:
    return tuple(model.parties[p] for p in numbers)


GATE = GateKind("trust", test, openings=openings, flips=flips, share=share, bound=bound, place=3, lower=True, measure="trust")
