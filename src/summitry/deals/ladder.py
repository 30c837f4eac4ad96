"""The ladder: deals in the order in which trust comes to carry them, from what all accept and ratify, and where ideas stand.

1. Of the swaps looked at that the horizon does not rule out, keep those that all accept and all homes ratify often enough; where
none is, those that come nearest, said so. 2. From the most substantive down, put them in order exactly, and skip those whose load
is proven to lie above that of a more substantive one: they cannot be the next rung. 3. Of what was put in order, keep what no
other one beats in every party's value, every home's chance and every party's trust needed. Filters come BEFORE dominance. 4. The
first rung is the most substantive that today's trust carries in time; for those above it, count the kept steps of the first rung
that bring trust there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals import gates
from summitry.deals.climbing import kept_steps, taught
from summitry.deals.gates.gate import Subject
from summitry.deals.gates.trust import blind
from summitry.deals.mend import mends, temptations
from summitry.deals.outcomes import by_party, chances, substance
from summitry.kernels.trust import unrounded
from summitry.reasons import reason
from summitry.sequence import horizon, orders

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.deals.candidates import Searched
    from summitry.deals.mend import Mend, Temptation
    from summitry.deals.outcomes import Chances
    from summitry.kernels.ordering import Order
    from summitry.model import Model
    from summitry.reasons import Reason
    from summitry.sequence.orders import Steps

MOST_BOUNDED, MOST_ORDERED = 1_000, 50
NEAR = 0.9
"""Where no swap is accepted and ratified often enough, those count that reach this share of the best chance."""
APART = 0.01
"""A rung climbs when it brings the principal so much more substance than every one of less load."""
RESERVE = 0.2
"""How much more or less of a step returns in the sensitivity to reversibility."""
STEP_COST = 0.02
"""What a step costs more in the sensitivity to costs, as a share of the largest value of the whole."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A deal on the ladder; `title` is that of an idea.

    Maps are by party; `values` and `exposure` in own points, probabilities are shares of draws.

    `joint` counts the draws in which all accept and all homes ratify, `passes` tells whether that is enough. `trust_needed` and
    `trust` stand at the moment that strains a party most; `load` is that of the best order by PERT means (None: no order is
    allowed), `in_time` tells if an order that trust carries keeps every date, `load_range` its 20, 50 and 80 % quantiles over
    draws and `carried` by party the share of draws in which its trust suffices (None and empty where these were not asked for).
    `kept_steps` counts the steps of the first rung after which trust would carry this one: 0 today, None where even all of them
    do not; `trust_after` is the trust there would be then. `stopping` is the most a party could hold by climbing along and
    stopping. `climbs` marks the rungs that bring the principal a hundredth more than every one of less load.
    """

    title: str
    package: dict[str, str]
    load: float | None
    load_range: tuple[float, float, float] | None
    trust_needed: dict[str, float]
    trust: dict[str, float]
    carried: dict[str, float]
    exposure: dict[str, float]
    acceptance: dict[str, float]
    ratification: dict[str, float | None]
    joint: float
    passes: bool
    substance: dict[str, float]
    values: dict[str, float]
    order: tuple[str, ...]
    exact: bool
    in_time: bool | None
    kept_steps: int | None
    trust_after: dict[str, float]
    stopping: dict[str, float]
    temptations: tuple[Temptation, ...]
    mends: tuple[Mend, ...]
    climbs: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """After a step: by party, the value of all that is done, what it would hold if everything stopped, and its load then."""

    step: str
    mover: tuple[str, ...]
    done: dict[str, float]
    held: dict[str, float]


@dataclass(frozen=True, slots=True)
class Walk:
    """One order of the first rung's steps, moment by moment: the quickest, receiving first, or of the least load."""

    kind: str
    load: float
    exact: bool
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """The load of the first rung when one thing about its sequence is otherwise; None where no order is allowed then."""

    assumption: Reason
    load: float | None


@dataclass(frozen=True, slots=True)
class LadderResult:
    """Rungs in rising load, the number of the first one in it (None: today's trust carries none), and the ideas beside it.

    `searched` says which swaps were looked at, `considered` how many were accepted and ratified often enough (or, where
    `short` tells that none is, came nearest), `bounded` how many were bounded and `ordered` how many were put in order exactly.
    `walks` are orders of the first rung's steps; `sensitivity` attacks it; `gaps` are what the case does not say.
    """

    principal: str
    rungs: tuple[Rung, ...]
    first: int | None
    ideas: tuple[Rung, ...]
    searched: Reason
    considered: int
    bounded: int
    ordered: int
    short: Reason | None
    walks: tuple[Walk, ...]
    sensitivity: tuple[Assumption, ...]
    gaps: tuple[Reason, ...]


def climb(
    model: Model, principal: str, pool: Searched, *, deep: bool = True, most: tuple[int, int] = (MOST_BOUNDED, MOST_ORDERED)
) -> LadderResult:
    """The ladder for `principal` from the swaps looked at; without `deep` no ranges over draws, mends, walks, sensitivity.

    At `most` so many are bounded and so many put in order: the result says how many were.

    Where trust cannot be tested, or nothing comes near, there are no rungs, and `gaps` or `short` says why.
    """
    tested = orders.trust_tested(model)
    candidates, short = _candidates(model, pool, model.party(principal)) if tested else (np.zeros(0, dtype=np.int64), None)
    bounded = candidates[: most[0]]
    packages = [pool.packages[k] for k in bounded]
    ordered = _ordered(model, packages, most[1])
    rungs = _marked(_rungs(model, packages, ordered, principal, ranged=deep), principal)
    rungs, first = _first(model, rungs, principal)
    rungs = [_timed(model, rung) if deep and rung.climbs and rung.in_time is None else rung for rung in rungs]
    base = None if first is None else model.row(rungs[first].package)
    learnt = None if base is None else _learnt(model, base)
    rungs = [_taught(model, learnt, rung, deep=deep) for rung in rungs]
    result = LadderResult(
        principal=principal,
        rungs=tuple(rungs),
        first=first,
        ideas=_ideas(model, learnt, deep=deep) if tested else (),
        searched=pool.scope,
        considered=len(candidates),
        bounded=len(bounded),
        ordered=len(ordered),
        short=short,
        walks=(),
        sensitivity=(),
        gaps=tuple(_gaps(model)),
    )
    if not deep or base is None:
        return result
    return replace(result, walks=tuple(_walks(model, base)), sensitivity=tuple(_sensitivity(model, base)))


def _candidates(model: Model, pool: Searched, p: int) -> tuple[NDArray[np.int64], Reason | None]:
    """The swaps that all accept and ratify often enough, or else those that come nearest, the most substantive first; and why."""
    needed = model.settings.joint
    chance = np.where(gates.screened(model, pool, by_draw=False) >= 1.0, pool.both, 0.0)
    best = float(chance.max(initial=0.0))
    if best <= 0.0:
        return np.zeros(0, dtype=np.int64), reason("ladder.never")
    near = np.flatnonzero(chance >= (needed if best >= needed else NEAR * best))
    near = near[np.lexsort((-pool.both[near], -np.round(pool.substance[near, p], 9)))]
    return near, None if best >= needed else reason("ladder.short", needed=needed, low=NEAR * best, high=best)


def _order(model: Model, package: NDArray[np.int64]) -> tuple[Steps, Order | None]:
    sequence = orders.steps(model, package)
    return sequence, orders.least_load(model, package, sequence)


def _ordered(model: Model, packages: Sequence[NDArray[np.int64]], most: int) -> dict[int, tuple[Steps, Order | None]]:
    """The packages that can be rungs, put in order, by their place: not those whose bound exceeds the load of a better one."""
    result: dict[int, tuple[Steps, Order | None]] = {}
    least = inf
    for k, package in enumerate(packages):
        if len(result) >= most:
            break
        if not _open_elsewhere(model, package):
            continue
        sequence = orders.steps(model, package)
        if least < inf and orders.least_bound(model, sequence) > least:
            continue
        order = orders.least_load(model, package, sequence)
        if order is not None and order.load < inf:
            result[k] = sequence, order
            least = min(least, order.load)
    return result


def _open_elsewhere(model: Model, package: NDArray[np.int64]) -> bool:
    """Whether the gates that screen nothing let a package pass; trust is what the rungs are sorted by."""
    rest = [kind for kind in gates.GATES if kind.screen is None and not kind.formed and kind.name != "trust"]
    return all(kind.quick_share(Subject(model, package)) >= 1.0 for kind in rest)


def _rungs(
    model: Model,
    packages: Sequence[NDArray[np.int64]],
    ordered: Mapping[int, tuple[Steps, Order | None]],
    principal: str,
    *,
    ranged: bool,
) -> list[Rung]:
    """The packages put in order that no other one beats, as rungs in rising load."""
    draws = {k: chances(model, packages[k]) for k in ordered}
    unbeaten = _unbeaten(model, [packages[k] for k in ordered], ordered, draws)
    rungs = [_rung(model, packages[k], ordered[k], draws[k], ranged=ranged) for k in unbeaten]
    return sorted(rungs, key=lambda rung: (rung.load or 0.0, -rung.substance[principal]))


def _unbeaten(
    model: Model,
    packages: Sequence[NDArray[np.int64]],
    ordered: Mapping[int, tuple[Steps, Order | None]],
    draws: Mapping[int, Chances],
) -> list[int]:
    """Those that no other equals or beats in every value, every home's chance and every trust needed, and beats in one."""
    if not packages:
        return []
    needs = np.array([order.trust_needed for _, order in ordered.values() if order is not None])
    scores = np.round(
        np.concatenate(
            [model.means(np.array(packages)), np.array([draws[k].ratified.mean(axis=1) for k in ordered]), -needs], axis=1
        ),
        9,
    )
    beaten = [bool(((scores >= row).all(axis=1) & (scores > row).any(axis=1)).any()) for row in scores]
    return [k for k, worse in zip(ordered, beaten, strict=True) if not worse]


def _rung(
    model: Model,
    package: NDArray[np.int64],
    put: tuple[Steps, Order | None],
    draws: Chances,
    title: str = "",
    source: str = "",
    *,
    deep: bool = False,
    ranged: bool = True,
) -> Rung:
    sequence, order = put
    joint = float(draws.joint.mean())
    rung = Rung(
        title=title,
        package=model.named(package),
        load=None,
        load_range=None,
        trust_needed={},
        trust={},
        carried={},
        exposure={},
        acceptance=by_party(model, draws.accepted.mean(axis=1)),
        ratification={q: float(draws.ratified[k].mean()) if q in model.homes else None for k, q in enumerate(model.parties)},
        joint=joint,
        passes=joint >= model.settings.joint,
        substance=by_party(model, substance(model, package[None, :])[0]),
        values=by_party(model, model.means(package[None, :])[0]),
        order=(),
        exact=False,
        in_time=None,
        kept_steps=None,
        trust_after={},
        stopping={},
        temptations=(),
        mends=(),
        climbs=False,
        source=source,
    )
    if order is None:
        return rung
    quick = orders.order_of(model, sequence) or order
    rung = replace(
        rung,
        load=order.load,
        trust_needed=by_party(model, quick.trust_needed),
        trust=by_party(model, quick.trust),
        exposure=by_party(model, quick.exposure),
        order=tuple(model.label(sequence.after[s]) for s in quick.steps),
        exact=order.exact,
        kept_steps=0 if order.load <= 1.0 else None,
        stopping=by_party(model, quick.balance[:-1].max(axis=0)),
        temptations=temptations(model, sequence, quick, deep=deep),
    )
    if not ranged:
        return rung
    strain = orders.strained(model, sequence, quick)
    low, middle, high = np.quantile(strain.load.max(axis=0), (0.2, 0.5, 0.8), method="lower").tolist()
    return replace(rung, load_range=(low, middle, high), carried=by_party(model, (strain.load <= 1.0).mean(axis=1)))


def _first(model: Model, rungs: Sequence[Rung], principal: str) -> tuple[list[Rung], int | None]:
    """The rungs, timed as far as needed, and the most substantive that today's trust carries in time; of equals the likeliest."""
    result = list(rungs)
    bearable = [k for k, rung in enumerate(rungs) if rung.load is not None and rung.load <= 1.0]
    for k in sorted(bearable, key=lambda k: (-round(rungs[k].substance[principal], 9), -rungs[k].joint)):
        result[k] = _timed(model, rungs[k])
        if result[k].in_time:
            return result, k
    return result, None


def _ideas(model: Model, learnt: NDArray[np.float64] | None, *, deep: bool) -> tuple[Rung, ...]:
    """Where the case's named ideas stand."""
    result = []
    for row, idea in zip(model.idea_rows(), model.ideas.values(), strict=True):
        rung = _rung(model, row, _order(model, row), chances(model, row), idea.title, idea.source, deep=deep, ranged=deep)
        result.append(_taught(model, learnt, _timed(model, rung) if deep else rung, deep=deep))
    return tuple(result)


def _timed(model: Model, rung: Rung) -> Rung:
    """A rung with whether an order that trust carries keeps every date."""
    sequence = orders.steps(model, model.row(rung.package))
    return replace(rung, in_time=horizon.in_time(model, sequence, horizon.to_try(model, sequence)).fits is True)


def _marked(rungs: list[Rung], principal: str) -> list[Rung]:
    """In rising load, the rungs that bring the principal more than the one that climbed before."""
    most, result = -1.0, []
    for rung in rungs:
        more = rung.substance[principal] >= most + APART
        most = rung.substance[principal] if more else most
        result.append(replace(rung, climbs=more))
    return result


def _learnt(model: Model, package: NDArray[np.int64]) -> NDArray[np.float64] | None:
    sequence, order = _order(model, package)
    return None if order is None else taught(model, sequence, order)


def _taught(model: Model, learnt: NDArray[np.float64] | None, rung: Rung, *, deep: bool) -> Rung:
    """A rung beyond today's trust, with the kept steps of the first rung that lead to it and what would mend it today."""
    if rung.kept_steps == 0:
        return rung
    package = model.row(rung.package)
    count, order = None, None
    if learnt is not None:
        count, order = kept_steps(model, package, learnt)
    later = {} if order is None else by_party(model, order.trust)
    return replace(rung, kept_steps=count, trust_after=later, mends=mends(model, package) if deep else ())


def _sensitivity(model: Model, package: NDArray[np.int64]) -> list[Assumption]:
    """The first rung's load with half and twice the time, other lumps, step costs, and other reversibility."""
    settings = model.settings

    def load(changed: Model, finer: Mapping[int, int] | None = None) -> float | None:
        order = orders.least_load(changed, package, orders.steps(changed, package, finer=finer))
        return None if order is None else order.load

    def timed(factor: float) -> Model:
        return replace(model, settings=settings.model_copy(update={"horizon": int(settings.horizon * factor)}))

    phases, halves = orders.phases_allowed(model), dict.fromkeys(np.flatnonzero(package).tolist(), 2)
    cost = STEP_COST * float(np.abs(model.means(package[None, :])).max())
    less, more = np.maximum(model.recoverable - RESERVE, 0.0), np.minimum(model.recoverable + RESERVE, 1.0)
    return [
        Assumption(reason("ladder.if.as-it-is", phases=phases), load(model)),
        Assumption(reason("ladder.if.half-the-time", phases=orders.phases_allowed(timed(0.5))), load(timed(0.5))),
        Assumption(reason("ladder.if.twice-the-time", phases=orders.phases_allowed(timed(2.0))), load(timed(2.0))),
        Assumption(reason("ladder.if.one-lump"), load(model, dict.fromkeys(halves, 1))),
        Assumption(reason("ladder.if.two-lumps"), load(model, halves)),
        Assumption(reason("ladder.if.cost", points=cost), load(replace(model, step_cost=model.step_cost + cost))),
        Assumption(reason("ladder.if.less-returns", share=RESERVE), load(replace(model, recoverable=less))),
        Assumption(reason("ladder.if.more-returns", share=RESERVE), load(replace(model, recoverable=more))),
    ]


def _walks(model: Model, package: NDArray[np.int64]) -> list[Walk]:
    """The orders that trust carries for each purpose, moment by moment."""
    sequence = orders.steps(model, package)
    kinds: tuple[orders.Purpose, ...] = ("quickest", "receive-first", "least-trust")
    result = []
    for kind in kinds:
        order = orders.order_of(model, sequence, kind)
        if order is None:
            continue
        parts = [
            sequence.share[s] * (model.value[:, sequence.after[s]] - model.value[:, sequence.before[s]]) for s in order.steps
        ]
        moments = []
        for k, s in enumerate(order.steps):
            total = unrounded(np.sum(parts[: k + 1], axis=0), np.abs(parts).sum(axis=0))
            givers = tuple(model.parties[p] for p in sequence.givers[s])
            moments.append(
                Moment(model.label(sequence.after[s]), givers, by_party(model, total), by_party(model, order.balance[k + 1]))
            )
        result.append(Walk(kind, order.load, order.exact, tuple(moments)))
    return result


def _gaps(model: Model) -> list[Reason]:
    if not orders.trust_tested(model):
        return [reason("ladder.gap.trust", parties=orders.silent_parties(model))]
    nothing = orders.steps(model, [0] * len(model.issues))
    gaps = [
        reason("ladder.gap.pretender", party=model.parties[b.party], other=model.parties[b.other]) for b in blind(model, nothing)
    ]
    if all(preferences.defection_cost is None for preferences in model.preferences.values()):
        gaps.append(reason("ladder.gap.defection"))
    return gaps
