"""Coalitions: what allies can hold in common, what splits them, what holds an unwilling one, and the most they can concede.

Every ally stays an axis of its own and points of two allies are never summed, unless treating them as one is asked for by name.
The lead decides within: of the common positions it takes its own best.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Literal

import numpy as np

from summitry.deals import candidates, swaps, winset
from summitry.deals.outcomes import chances
from summitry.errors import LinkMissing
from summitry.kernels import draw, pareto

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model, Package
    from summitry.reasons import Reason

LISTED = 12
BLOCK = 512
CHANGED = 2
EQUAL = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Bloc:
    """A coalition as numbers: its members, its lead, the parties of the other side, and how often each must accept (P,)."""

    name: str
    members: tuple[int, ...]
    lead: int
    others: tuple[int, ...]
    need: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Split:
    """An issue on which allies differ: `opposite sign` of an option, or a `different rank` of two options.

    `size` is, by ally and in its own points, the most that it puts on a pair of options that another ranks the other way;
    `place` is the issue's place by that size among the ally's splits. Sizes of two allies are not compared.
    """

    issue: str
    kind: Literal["opposite sign", "different rank"]
    options: tuple[str, ...]
    values: dict[str, dict[str, float]]
    size: dict[str, float]
    place: dict[str, int]


@dataclass(frozen=True, slots=True)
class SidePayment:
    """What holds an unwilling ally: `short` is how many of its own points it lacks to accept in a share `needed` of draws.

    `payment` are the cheapest moves of issues that the allies give by which it accepts, the other side and the other allies
    still accepting often enough; `cost` is their mean cost to each other ally. `transfer` is, by ally with a declared rate, what
    the missing points cost it in its own. `payment` is None where no such moves were found among those of at most
    `CHANGED` issues.
    """

    ally: str
    accepts: float
    needed: float
    short: float
    payment: Package | None
    cost: dict[str, float]
    then: float | None
    transfer: dict[str, float]

    @property
    def costs(self) -> dict[str, float]:
        """What the moves cost those whom they cost something."""
        return {party: cost for party, cost in self.cost.items() if cost > 0.0}

    @property
    def gains(self) -> dict[str, float]:
        """What they bring those who gain by them."""
        return {party: -cost for party, cost in self.cost.items() if cost < 0.0}


@dataclass(frozen=True, slots=True)
class Common:
    """A package on the allied frontier: mean values by ally, and chances.

    `accept` is each party's own; `allied` that all allies accept and their homes ratify, `joint` that all parties and all homes
    do, in the same draw, which is what a first rung needs.
    """

    moves: Package
    values: dict[str, float]
    accept: dict[str, float]
    allied: float
    joint: float


@dataclass(frozen=True, slots=True)
class Alliance:
    """One coalition: its common positions, what splits it, what holds it together, and the most that it can concede.

    `common` are packages that no other of those that the other side accepts improves for one ally without loss to another;
    `positions` counts them, `scope` says which `packages` were looked at. `lead` is the lead's choice among them, `nash` the
    package with the largest product of the allies' gains. `payments` hold the allies to `package`: the one asked about, else what
    the lead would choose by itself. `concession` is what gives the other side most while each ally accepts and every allied home
    ratifies; the allies' part of it is worth `concession_worth`. `as_one` is the choice by the plain sum of allied points, or
    with declared `rates`, where that was wanted; it brings each ally `as_one_change` more than `lead`.
    """

    coalition: str
    lead_party: str
    allies: tuple[str, ...]
    needed: float
    scope: Reason
    packages: int
    positions: int
    common: tuple[Common, ...]
    lead: Common | None
    nash: Common | None
    splits: tuple[Split, ...]
    package: Common | None
    payments: tuple[SidePayment, ...]
    concession: Common | None
    concession_worth: dict[str, float]
    as_one: Common | None
    as_one_change: dict[str, float]
    rates: dict[str, float]


def blocs(model: Model) -> tuple[Bloc, ...]:
    """Every coalition of at least two allies; raise LinkMissing where there is none."""
    result = []
    for name, coalition in model.coalitions.items():
        members = tuple(model.allies(model.party(coalition.lead)))
        others = tuple(p for p in range(len(model.parties)) if p not in members)
        need = np.full(len(model.parties), model.settings.joint)
        need[list(members)] = coalition.accept
        if len(members) > 1:
            result.append(Bloc(name, members, model.party(coalition.lead), others, need))
    if not result:
        raise LinkMissing(
            "What allies hold in common",
            "no two parties are in one coalition",
            "Add `coalitions` to case.yaml, with a lead, and `coalition: NAME` to its parties.",
        )
    return tuple(result)


def study_bloc(model: Model, bloc: Bloc, package: NDArray[np.int64] | None = None, *, as_one: bool = False) -> Alliance:
    """One coalition, asked about a package or about what its lead would choose by itself.

    1. Of the packages looked at, those that every party of the other side accepts. 2. Of these, those that each ally accepts and
    none improves for one ally without loss to another. 3. The lead's choice and the allied Nash package of these. 4. What
    splits the allies. 5. What holds those who do not accept the package asked about. 6. The most that the coalition can concede.
    """
    rows, scope = _list_packages(model, bloc)
    accept = _accepts(model, rows, bloc.need, bloc.others)
    theirs = (accept[:, list(bloc.others)] >= bloc.need[list(bloc.others)] - swaps.SLACK).all(axis=1)
    ours = (accept[:, list(bloc.members)] >= bloc.need[list(bloc.members)] - swaps.SLACK).all(axis=1)
    values = np.round(model.means(rows), 9)
    common = _undominated(rows[theirs & ours], values[theirs & ours][:, list(bloc.members)])
    alone = np.flatnonzero(theirs & (accept[:, bloc.lead] >= bloc.need[bloc.lead] - swaps.SLACK))
    if package is None and alone.size:
        package = rows[alone[int(np.argmax(values[alone, bloc.lead]))]]
    payments = () if package is None else (payment(model, bloc, package, m) for m in bloc.members)
    concession, worth = _concession(model, bloc, rows)
    rates = _rates(model, bloc)
    lead = _choice(model, bloc, common, model.means(common)[:, bloc.lead])
    one = _choice(model, bloc, common, model.means(common) @ _weights(model, bloc, rates)) if as_one else None
    return Alliance(
        coalition=bloc.name,
        lead_party=model.parties[bloc.lead],
        allies=tuple(model.parties[m] for m in bloc.members),
        needed=model.settings.joint,
        scope=scope,
        packages=len(rows),
        positions=len(common),
        common=tuple(_common(model, bloc, row) for row in _spread(model, bloc, common)),
        lead=lead,
        nash=_choice(model, bloc, common, _product(model, bloc, common)),
        splits=splits(model, bloc),
        package=None if package is None else _common(model, bloc, package),
        payments=tuple(one for one in payments if one is not None),
        concession=concession,
        concession_worth=worth,
        as_one=one,
        as_one_change={}
        if one is None or lead is None
        else {ally: one.values[ally] - worth for ally, worth in lead.values.items()},
        rates=rates,
    )


def splits(model: Model, bloc: Bloc) -> tuple[Split, ...]:
    """The issues on which some allies rank two options the other way round, in the order of what they are to the lead."""
    result: list[tuple[int, str, tuple[str, ...], dict[int, float]]] = []
    for i in range(len(model.issues)):
        value = np.round(model.value[list(bloc.members), model.first[i] : model.first[i + 1]], 9)
        size, places = dict.fromkeys(bloc.members, 0.0), set()
        for a, b in combinations(range(value.shape[1]), 2):
            step = value[:, b] - value[:, a]
            if (step > EQUAL).any() and (step < -EQUAL).any():
                places |= {a, b}
                size = {m: max(size[m], abs(float(step[k]))) for k, m in enumerate(bloc.members)}
        if places:
            opposed = bool(((value > EQUAL).any(axis=0) & (value < -EQUAL).any(axis=0)).any())
            names = tuple(model.options[i][k] for k in sorted(places))
            result.append((i, "opposite sign" if opposed else "different rank", names, size))
    ranks = {m: sorted((s[3][m] for s in result), reverse=True) for m in bloc.members}
    return tuple(
        sorted(
            (_split(model, bloc, *split, ranks) for split in result),
            key=lambda s: (s.place[model.parties[bloc.lead]], model.issues.index(s.issue)),
        )
    )


def _split(
    model: Model, bloc: Bloc, i: int, kind: str, options: tuple[str, ...], size: dict[int, float], ranks: dict[int, list[float]]
) -> Split:
    by = {m: model.parties[m] for m in bloc.members}
    return Split(
        issue=model.issues[i],
        kind="opposite sign" if kind == "opposite sign" else "different rank",
        options=options,
        values={by[m]: {o: float(model.value[m, model.column(model.issues[i], o)]) for o in options} for m in bloc.members},
        size={by[m]: size[m] for m in bloc.members},
        place={by[m]: 1 + ranks[m].index(size[m]) for m in bloc.members},
    )


def _list_packages(model: Model, bloc: Bloc) -> tuple[NDArray[np.int64], Reason]:
    """All packages where there are few, else the swaps that the search for the first rung visits for the lead."""
    listing, complete = winset.list_packages(model, bloc.lead)
    if complete:
        return listing.packages, listing.scope
    pool, scope = candidates.climb(model, bloc.lead, listing)
    return pool.packages, scope


def _accepts(model: Model, rows: NDArray[np.int64], need: NDArray[np.float64], others: tuple[int, ...]) -> NDArray[np.float64]:
    """P(accept) by party of packages that the other side may accept often enough, 0 for the rest, shape (N, P).

    Counted in as many draws as it takes to see on which side of its need each party is: see `winset.STAGES`.
    """
    least = np.zeros(len(need))
    least[list(others)] = need[list(others)]
    alive = np.flatnonzero(swaps.reachable(model, rows, least))
    result = np.zeros((len(rows), len(need)))
    for draws, margin in winset.STAGES:
        if 4 * draws <= model.draws:
            result[alive] = _counted(model, rows[alive], draws)
            alive = alive[(np.abs(result[alive] - need) <= margin).any(axis=1)]
    result[alive] = _counted(model, rows[alive])
    return result


def _counted(model: Model, rows: NDArray[np.int64], draws: int | None = None) -> NDArray[np.float64]:
    """P(accept) by party of packages in all draws, or in the first `draws`, shape (N, P)."""
    result = np.zeros((len(rows), len(model.parties)))
    for start in range(0, len(rows), BLOCK):
        at = slice(start, start + BLOCK)
        result[at] = swaps.accepted(model, swaps.design(model, rows[at]), draws).mean(axis=2)
    return result


def _undominated(rows: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.int64]:
    """The packages that no other improves for one ally without loss to another; of equal ones the first."""
    if not len(rows):
        return rows
    points, first = np.unique(values, axis=0, return_index=True)
    best = pareto.frontier([np.ascontiguousarray(points)]).choice[:, 0]
    return rows[np.sort(first[best])]


def _spread(model: Model, bloc: Bloc, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """A few of the common positions, evenly from the lead's best to its worst."""
    ordered = rows[np.argsort(-model.means(rows)[:, bloc.lead], kind="stable")]
    if len(ordered) <= LISTED:
        return ordered
    return ordered[[round(k * (len(ordered) - 1) / (LISTED - 1)) for k in range(LISTED)]]


def _product(model: Model, bloc: Bloc, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """The product of the allies' mean gains over their reservation values; below zero where one of them does not gain."""
    gain = (model.means(rows) - model.reserve)[:, list(bloc.members)]
    result: NDArray[np.float64] = np.where((gain > 0.0).all(axis=1), gain.prod(axis=1), -1.0)
    return result


def _choice(model: Model, bloc: Bloc, rows: NDArray[np.int64], score: NDArray[np.float64]) -> Common | None:
    return _common(model, bloc, rows[int(np.argmax(np.round(score, 9)))]) if len(rows) else None


def _common(model: Model, bloc: Bloc, row: NDArray[np.int64]) -> Common:
    x = swaps.design(model, row[None, :])
    accepted = swaps.accepted(model, x)[0]
    mean = model.means(row[None, :])[0]
    return Common(
        moves=model.named(row),
        values={model.parties[m]: float(mean[m]) for m in bloc.members},
        accept={party: float(accepted[p].mean()) for p, party in enumerate(model.parties)},
        allied=float(_allied(model, bloc, row[None, :], None)[0]),
        joint=float(chances(model, row).joint.mean()),
    )


def _allied(model: Model, bloc: Bloc, rows: NDArray[np.int64], draws: int | None) -> NDArray[np.float64]:
    """P(each ally accepts and each allied home ratifies), in the same draw, shape (N,)."""
    homes = {model.parties[m]: model.homes[model.parties[m]] for m in bloc.members if model.parties[m] in model.homes}
    result = np.zeros(len(rows))
    for start in range(0, len(rows), BLOCK):
        at = slice(start, start + BLOCK)
        x = swaps.design(model, rows[at])
        yes = swaps.accepted(model, x, draws)[:, list(bloc.members)].all(axis=1)
        result[at] = (yes & swaps.ratified(model, rows[at], x, draws, homes)).mean(axis=1)
    return result


def _concession(model: Model, bloc: Bloc, rows: NDArray[np.int64]) -> tuple[Common | None, dict[str, float]]:
    """The package whose allied part is worth most to the other side, each ally accepting and each allied home ratifying it.

    Climbed from the stated packages, one issue changed at a time; with several parties on the other side, by the worth to the
    one that gains least.
    """
    needed = model.settings.joint
    ours = model.giver[:, list(bloc.members)].any(axis=1) & ~model.giver[:, list(bloc.others)].any(axis=1)
    least = np.zeros(len(model.parties))
    least[list(bloc.members)] = needed

    def worth(some: NDArray[np.int64]) -> NDArray[np.float64]:
        given: NDArray[np.float64] = (model.value[:, some + model.first[:-1]] * ours).sum(axis=2)[list(bloc.others)].min(axis=0)
        return given

    def passing(some: NDArray[np.int64], most: int) -> NDArray[np.int64]:
        """The first few, from the most worth down, that each ally accepts and each allied home ratifies often enough."""
        some = some[np.argsort(-worth(some), kind="stable")]
        some = some[swaps.reachable(model, some, least)]
        kept: list[NDArray[np.int64]] = []
        for start in range(0, len(some), BLOCK):
            block = some[start : start + BLOCK]
            block = block[_allied(model, bloc, block, min(model.draws, candidates.GUIDE_DRAWS)) >= needed - candidates.CLOSE]
            kept.append(block[_allied(model, bloc, block, None) >= needed - swaps.SLACK])
            if sum(map(len, kept)) >= most:
                break
        return np.concatenate(kept)[:most] if kept else some[:0]

    pool = passing(rows, candidates.BEAM)
    for _ in range(candidates.CLIMBS):
        if not len(pool):
            return None, {}
        near = swaps.feasible(model, model.closure(swaps.neighbours(model, pool)))
        better = passing(near[worth(near) > worth(pool).max() + EQUAL], candidates.BEAM)
        if not len(better):
            break
        pool = better
    best = pool[int(np.argmax(np.round(worth(pool), 9)))]
    given = (model.value[:, best + model.first[:-1]] * ours).sum(axis=1)
    return _common(model, bloc, best), {model.parties[o]: float(given[o]) for o in bloc.others}


def _rates(model: Model, bloc: Bloc) -> dict[str, float]:
    """By ally, the points of the lead for one of its own, where the lead's file declares it (the mean of its range)."""
    declared = model.preferences[model.parties[bloc.lead]].side_payments
    return {model.parties[m]: draw.pert_mean(*declared[model.parties[m]]) for m in bloc.members if model.parties[m] in declared}


def _weights(model: Model, bloc: Bloc, rates: dict[str, float]) -> NDArray[np.float64]:
    """What one point of each ally counts where they are treated as one: the declared rate, else 1; others 0, shape (P,)."""
    weight = np.zeros(len(model.parties))
    for m in bloc.members:
        weight[m] = rates.get(model.parties[m], 1.0)
    return weight


def payment(model: Model, bloc: Bloc, package: NDArray[np.int64], ally: int) -> SidePayment | None:
    """The smallest payment that makes `ally` accept in the share of draws that its coalition states; None where it accepts.

    In chits: of the changed packages that it accepts, and that each other party accepts as often as it must (or as it does now),
    the one that costs the lead least, or, where the lead is the one to be won, the first other ally.
    """
    before = _counted(model, package[None, :])[0]
    if before[ally] >= bloc.need[ally] - swaps.SLACK:
        return None
    margin = model.values(package)[ally] - model.answers.bar[ally]
    willing = np.sort(margin[np.isfinite(margin)])[::-1]  # no payment changes an answer by slip
    rank = int(np.ceil(bloc.need[ally] * model.draws - 1e-9)) - int((margin == np.inf).sum())
    short = -float(willing[min(max(rank, 1), len(willing)) - 1])
    others = tuple(m for m in bloc.members if m != ally)
    payer = bloc.lead if bloc.lead != ally else others[0]
    rows = _variants(model, bloc, package)
    accept = _counted(model, rows)
    least = np.minimum(bloc.need, before)
    least[ally] = bloc.need[ally]
    open_ = np.flatnonzero((accept >= least - swaps.SLACK).all(axis=1))
    cost = model.means(package[None, :])[0] - model.means(rows)
    order = np.lexsort(((rows[open_] != package).sum(axis=1), np.round(cost[open_, payer], 9)))
    best = int(open_[order[0]]) if open_.size else None
    return SidePayment(
        ally=model.parties[ally],
        accepts=float(before[ally]),
        needed=float(bloc.need[ally]),
        short=short,
        payment=None if best is None else _moves(model, package, rows[best]),
        cost={} if best is None else {model.parties[m]: float(cost[best, m]) for m in others},
        then=None if best is None else float(accept[best, ally]),
        transfer=_transfer(model, others, ally, short),
    )


def _variants(model: Model, bloc: Bloc, package: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every feasible package with one or two allied issues at another option, and nothing else moved, shape (N, I)."""
    ours = np.flatnonzero(model.giver[:, list(bloc.members)].any(axis=1) & ~model.giver[:, list(bloc.others)].any(axis=1))
    result = []
    for count in range(1, CHANGED + 1):
        for issues in combinations(ours.tolist(), count):
            for options in product(*(range(int(model.sizes[i])) for i in issues)):
                row = package.copy()
                row[list(issues)] = options
                result.append(row)
    return swaps.lawful(model, np.array(result, dtype=np.int64).reshape(-1, len(package)))


def _moves(model: Model, before: NDArray[np.int64], after: NDArray[np.int64]) -> dict[str, str]:
    """The issues that changed, at their new options."""
    return {model.issues[i]: model.options[i][int(after[i])] for i in np.flatnonzero(before != after)}


def _transfer(model: Model, others: tuple[int, ...], ally: int, short: float) -> dict[str, float]:
    """By ally that declares a rate, its own points that the missing ones cost."""
    rates = {model.parties[m]: model.preferences[model.parties[m]].side_payments.get(model.parties[ally]) for m in others}
    return {party: short * draw.pert_mean(*rate) for party, rate in rates.items() if rate is not None}
