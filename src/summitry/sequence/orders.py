"""A package as steps, and the trust that its best order needs.

Each issue's move is one step of those who give it, unless it holds from the signature on; an issue that `splits` goes through
its options in between, and through equal lumps of its `smallest` tranche where quantities are stated. What a party holds after a
breakdown is (1 - recoverable) times its value of what was done; what it received counts nothing while no option says how it is
verified. Points that arise only when several options hold count from the moment that they do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from summitry.errors import LinkMissing
from summitry.kernels import ordering
from summitry.kernels.front import front_load
from summitry.kernels.ordering import check_terms, strain
from summitry.kernels.phases import Work
from summitry.kernels.trust import constant
from summitry.reasons import reason
from summitry.sequence.together import joint_of
from summitry.sequence.trust import beliefs_tested, held_by, trust_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.kernels.ordering import Order, Strain
    from summitry.kernels.trust import Joint, Trust
    from summitry.model import Model
    from summitry.reasons import Reason

Purpose: TypeAlias = Literal["quickest", "receive-first", "least-trust"]
"""What an order is for: to be done first; to hold most as early as can be; to strain trust least."""
MOST_LUMPS = 4
"""Most lumps of one move: finer ones change the load little and the search a lot."""
TOGETHER = 1_000
"""A step that several sides give is nobody's alone: its mover is this number plus the first of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """n steps of a package. `before`, `after` are columns, `share` the part of that move that the step does.

    `givers` are all who do it; `mover` is their side (from `TOGETHER` on: several sides at once).
    `balance` (n, P) is what the step leaves each party after a breakdown, in PERT means; `first[a, b]` is True where a must
    precede b. `gain` (P,) is what the whole brings over no deal; `trust` what each believes of the others; `joint` what arises
    only of several steps together. `coarse` tells which moves go in larger lumps than the case allows.
    """

    package: tuple[int, ...]
    issue: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    share: tuple[float, ...]
    givers: tuple[tuple[int, ...], ...]
    mover: NDArray[np.int64]
    balance: NDArray[np.float64]
    first: NDArray[np.bool_]
    gain: NDArray[np.float64]
    trust: Trust
    joint: Joint
    coarse: tuple[Reason, ...] = ()

    @property
    def count(self) -> int:
        """The number of steps."""
        return len(self.issue)


def steps(model: Model, package: Sequence[int] | NDArray[np.int64], *, finer: Mapping[int, int] | None = None) -> Steps:
    """The steps of a package, in the order of the case's issues; issues without a giver take no step of anybody's.

    `finer` cuts each move of an issue into so many equal parts, whatever the case says.
    """
    row = tuple(int(o) for o in package)
    specs: list[tuple[int, int, int, float]] = []
    coarse: list[Reason] = []
    for i, option in enumerate(row):
        if option and model.acts[i]:
            own, larger = lumps(model, i, option, (finer or {}).get(i))
            specs += own
            coarse += larger
    count = len(specs)
    issue, before, after, share = (tuple(column) for column in zip(*specs, strict=True)) if specs else ((), (), (), ())
    givers = tuple(tuple(int(p) for p in np.flatnonzero(model.giver[i])) for i in issue)
    balance = np.array([held_by(model, model.value, k, spec) for k, spec in zip(givers, specs, strict=True)])
    mean = model.means(np.array([row], dtype=np.int64))[0]
    return Steps(
        package=row,
        issue=issue,
        before=before,
        after=after,
        share=share,
        givers=givers,
        mover=np.array([mover_of(model, k) for k in givers], dtype=np.int64),
        balance=balance.reshape(count, len(model.parties)) - model.step_cost,
        first=_before(model, specs),
        gain=mean - model.reserve - model.step_cost * count,
        trust=trust_of(model, row, specs, givers),
        joint=joint_of(model, specs, givers, beliefs_tested(model, givers)),
        coarse=tuple(coarse),
    )


def lumps(model: Model, i: int, option: int, parts: int | None = None) -> tuple[list[tuple[int, int, int, float]], list[Reason]]:
    """(issue, column before, column after, share of the move) for each step of issue i to `option`; and what was made coarser.

    An issue that splits goes through the options in between, each in equal parts of at least the smallest tranche. `parts` cuts
    each move into so many equal parts instead.
    """
    issue = model.terms[model.issues[i]]
    base = int(model.first[i])
    specs: list[tuple[int, int, int, float]] = []
    coarse: list[Reason] = []
    before = base
    for stop in range(1, option + 1) if issue.splits else (option,):
        pieces, after = parts or 1, base + stop
        if parts is None and issue.splits and issue.smallest is not None:
            amount = float(abs(model.amounts[after] - model.amounts[before]))
            is_finite = bool(np.isfinite(amount))
            allowed = max(1, int((amount + 1e-9) // issue.smallest)) if is_finite else 1
            pieces = min(MOST_LUMPS, allowed)
            if allowed > pieces:
                coarse.append(reason("steps.coarse", move=model.label(after), lumps=pieces, allowed=allowed))
            if not is_finite:
                coarse.append(reason("steps.uncounted", move=model.label(after)))
        specs += [(i, before, after, 1.0 / pieces)] * pieces
        before = after
    return specs, coarse


def search_terms(model: Model, sequence: Steps, limit: NDArray[np.float64] | None = None) -> ordering.Terms:
    """The terms of a search over the orders of steps; with other exposure limits (P,) than the case's."""
    return check_terms(
        sequence.balance,
        sequence.gain,
        sequence.trust,
        sequence.mover,
        phases_allowed(model),
        model.limit if limit is None else limit,
        sequence.joint,
    )


def least_load(model: Model, package: Sequence[int] | NDArray[np.int64], sequence: Steps | None = None) -> Order | None:
    """The order of least load of a package's steps within the case's horizon; None where no order is allowed."""
    sequence = steps(model, package) if sequence is None else sequence
    terms = search_terms(model, sequence)
    key = terms.key + sequence.first.tobytes()
    if key not in model.orders:
        model.orders[key] = ordering.least_load(terms, sequence.first)
    return model.orders[key]


def beyond_limits(model: Model, sequence: Steps) -> dict[int, float] | None:
    """Where no order keeps the exposure limits: the least exposure that the parties who state one must bear, by party.

    One party where it suffices that it bears more; else all whose limits are broken by the order of least load without limits.
    None where even without limits no order meets the prerequisites and the phases allowed.
    """
    count = len(model.parties)
    joint = sequence.joint.at_constant_trust(count)
    for p in np.flatnonzero(model.limit < np.inf).tolist():
        others, even = model.limit.copy(), np.ones(count)
        others[p], even[p] = np.inf, 0.5  # with these the load of an order is the exposure of p
        terms = check_terms(sequence.balance, np.ones(count), even, sequence.mover, phases_allowed(model), others, joint)
        order = ordering.least_load(terms, sequence.first)
        if order is not None:
            return {p: float(order.exposure[p])}
    order = ordering.least_load(search_terms(model, sequence, limit=np.full(count, np.inf)), sequence.first)
    if order is None:
        return None
    return {p: float(order.exposure[p]) for p in range(count) if order.exposure[p] > model.limit[p]}


def least_bound(model: Model, sequence: Steps) -> float:
    """A load that no order of the steps can stay below, without a search: by how each must begin and end."""
    if sequence.count < 2:  # noqa: PLR2004 (a single step leaves nobody waiting for another)
        return 0.0
    return ordering.bound(search_terms(model, sequence), sequence.first)


def order_of(
    model: Model,
    sequence: Steps,
    purpose: Purpose = "quickest",
    *,
    least: Order | None = None,
    urgent: NDArray[np.bool_] | None = None,
    thorough: bool = True,
) -> Order | None:
    """An order of a package's steps among those that today's trust carries; where it carries none, of those of the least load.

    `quickest`: the one that is done first; of equals the one that brings the principal most first. `receive-first`: the one in
    which the principal holds most, summed over the moments before the end. `least-trust`: the quickest of the least load.
    None where no order keeps prerequisites and exposure limits. `urgent[a, b]` makes b wait for a as well;
    without `thorough` a quick order will do. `least` is the order of least load, where it is known.
    """
    terms, principal = search_terms(model, sequence), model.party(model.principal)
    least = least_load(model, sequence.package, sequence) if least is None else least
    if least is None:
        return None
    cap, work = least.load if purpose == "least-trust" else max(1.0, least.load), work_of(model, sequence)
    result = None
    if purpose == "receive-first":
        walk = front_load(terms, sequence.first, principal, cap)
        if walk is not None:
            ours = sequence.balance[:, principal]
            result = ordering.in_phases(terms, work, cap, walk, (ours[:, None] > 0.0) & (ours[None, :] < 0.0))
    else:
        result = ordering.quickest(terms, work, cap, principal, urgent=urgent, thorough=thorough)
    return least if result is None and urgent is None else result


def at_once(model: Model, sequence: Steps) -> Order:
    """Everything as soon as its prerequisites allow, whatever anybody trusts."""
    terms = replace(search_terms(model, sequence), limit=np.full(len(model.parties), np.inf))
    order = ordering.quickest(terms, work_of(model, sequence), np.inf, model.party(model.principal))
    assert order is not None  # noqa: S101 (a case's prerequisites run in no circle)
    return order


def unexposed(model: Model, package: NDArray[np.int64]) -> bool:
    """Whether some order exposes nobody, so that a package needs no trust at all."""
    sequence = steps(model, package)
    parties, terms = len(model.parties), search_terms(model, sequence)
    terms = replace(terms, trust=constant(np.zeros(parties), sequence.count), joint=terms.joint.at_constant_trust(parties))
    order = ordering.least_load(terms, sequence.first)
    return order is not None and not order.exposure.any()


def work_of(model: Model, sequence: Steps) -> Work:
    """How long the steps take, and how long they wait for what they require.

    What the same side requires of itself need only be done; what others did must be seen to be done.
    """
    days = np.array(
        [days_of(model, b, a, share) for b, a, share in zip(sequence.before, sequence.after, sequence.share, strict=True)],
        dtype=np.int64,
    )
    lag = np.array([lag_of(model, i) for i in sequence.issue], dtype=np.int64)
    alone = sequence.mover[:, None] == sequence.mover[None, :]
    return Work(days, lag, np.where(sequence.first, np.where(alone, 0, lag[:, None]), -1))


def days_of(model: Model, before: int, after: int, share: float) -> int:
    """How long a step takes: its option's time less that of the option it starts from, times its share of the move."""
    return round(max(int(model.days[after]) - int(model.days[before]), 0) * share)


def lag_of(model: Model, i: int) -> int:
    """How long it takes until a step of an issue is seen to be done."""
    own = model.terms[model.issues[i]].lag
    return model.settings.lag if own is None else own


def trust_tested(model: Model) -> bool:
    """Whether the record tells every party's belief in the other sides, so that trust can be tested at all."""
    return not silent(model)


def silent(model: Model) -> list[int]:
    """The parties whose belief in somebody of another side is not known."""
    pairs = {(belief.party, belief.other) for belief in model.beliefs}
    sides = model.side.tolist()
    return [
        p
        for p in range(len(sides))
        if any(side != sides[p] and (p, other) not in pairs for other, side in enumerate(sides)) or len(set(sides)) == 1
    ]


def silent_parties(model: Model) -> tuple[str, ...]:
    """The same by name."""
    return tuple(model.parties[p] for p in silent(model))


def require_trust(model: Model, question: str) -> None:
    """Raise LinkMissing where a question that needs trust cannot be tested against it."""
    if not trust_tested(model):
        names = " and ".join(silent_parties(model))
        raise LinkMissing(
            question,
            f"it does not say how far {names} trust the other side",
            "Add `trust:` to the preference files, for each party about the other side.",
        )


def phases_allowed(model: Model) -> int:
    """K = floor(horizon / verification lag): how many phases there may be; without a lag only time bounds them."""
    settings = model.settings
    return settings.horizon // settings.lag if settings.lag else settings.horizon


def mover_of(model: Model, givers: tuple[int, ...]) -> int:
    """The number of the side that gives a step by itself, or from `TOGETHER` on that of several sides that give it at once."""
    sides = sorted(set(model.side[list(givers)].tolist()))
    return int(sides[0]) if len(sides) == 1 else TOGETHER + int(sides[0])


def strained(model: Model, sequence: Steps, order: Order) -> Strain:
    """What an order asks of each party in every draw of the values, shapes (P, D).

    Where very many states can arise, it is drawn in those that expose the parties most by the means.
    """
    specs = list(zip(sequence.issue, sequence.before, sequence.after, sequence.share, strict=True))
    holds = np.array([held_by(model, model.value_draws, k, spec) for k, spec in zip(sequence.givers, specs, strict=True)])
    joint = joint_of(model, specs, sequence.givers, beliefs_tested(model, sequence.givers), drawn=True)
    gain = model.values(sequence.package) - model.reserve_drawn
    cost = model.step_cost
    return strain(
        ordering.drawn_states(order, sequence.balance), holds - cost, gain - cost * sequence.count, sequence.trust, joint
    )


def _before(model: Model, specs: list[tuple[int, int, int, float]]) -> NDArray[np.bool_]:
    """Which step must precede which: the lumps of an issue in turn, and what an option requires before its first lump."""
    count = len(specs)
    first = np.zeros((count, count), dtype=np.bool_)
    last_lump = {after: k for k, (_, _, after, _) in enumerate(specs)}
    for a, b in zip(range(count), range(1, count), strict=False):
        first[a, b] |= specs[a][0] == specs[b][0]
    for q, r in model.first_needs:
        if q in last_lump:
            enough = [last_lump[c] for c in last_lump if model.issue_of[c] == model.issue_of[r] and c >= r]
            if enough:
                opening = min(k for k in range(count) if specs[k][2] == q)
                first[min(enough), opening] = True
    return first
