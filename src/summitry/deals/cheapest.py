"""The cheapest giveaways that are accepted often enough, proven: every cheaper package is tested or shown to be hopeless.

Relaxation. By Cantelli's inequality P(value >= reservation) >= a needs mean + c * deviation >= 0 with c = sqrt((1 - a) / a),
and a deviation of a sum is at most the sum of deviations. So sum of (mean_k + c deviation_k) over the moves must reach a known
amount: a knapsack with additive weights, whose partial packages are pruned by the frontier (cost, weight) of the issues that
are still open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from summitry.deals import swaps
from summitry.errors import BadArgument
from summitry.interests.home import ROUNDING
from summitry.model import holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.model import Model, Table

    Number = TypeVar("Number", bound=np.generic)
    ByIssue = dict[int, NDArray[Number]]

MOST_ROWS = 1_000_000
MOST_WIDE = 200_000
"""The same where every issue is searched: much more is open, and a package of few moves is looked for."""
ROUNDS = 24
RARE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Cheapest:
    """The cheapest package, or None; its probability or the best one seen; the cost over base below which nothing passes."""

    package: NDArray[np.int64] | None
    probability: float
    floor: float | None
    proven: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Suffix:
    """For the issues from one on: increasing weights that they can add, and the least cost of adding at least each."""

    weight: NDArray[np.float64]
    cost: NDArray[np.float64]

    def least(self, need: NDArray[np.float64]) -> NDArray[np.float64]:
        """Least cost of adding at least `need`; infinite where they cannot."""
        at = np.searchsorted(self.weight, need - 1e-9, side="left")
        padded = np.append(self.cost, np.inf)
        result: NDArray[np.float64] = padded[at]
        return result


@dataclass(frozen=True, slots=True, eq=False)
class _Toggle:
    """An interaction table that is decided once the issue at `place` of the order is chosen; `active` says whether base meets it.

    `cost` and `weight` (by giver) are what the change from that adds.
    """

    table: Table
    place: int
    active: bool
    cost: float
    weight: dict[int, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """`payer` raises issues from `base`, which `givers` must accept in a share `at` and every party as `need` (P,) says.

    `own` are the issues that the payer gives alone. With `alone`, others are raised only as far as the closure of these needs
    (not at all unless `closed`); without, every issue except `but` may be raised, and `move` (I,) is what that costs beside its
    points: nothing for `own`.
    """

    model: Model
    payer: int
    givers: Sequence[int]
    base: NDArray[np.int64]
    own: NDArray[np.bool_]
    at: float
    alone: bool
    need: NDArray[np.float64]
    move: NDArray[np.float64]
    closed: bool
    but: int | None

    def costs(self, packages: NDArray[np.int64]) -> NDArray[np.float64]:
        """What packages (N, I) cost beyond base, shape (N,)."""
        points = -self.model.means(packages)[:, self.payer] - _cost(self.model, self.payer, self.base)
        beside: NDArray[np.float64] = (packages > self.base) @ self.move
        return points if self.alone else points + beside

    def formed(self, packages: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those of packages (N, I) that may be formed, in lexicographic order."""
        packages = swaps.lawful(self.model, packages)
        if self.alone and len(packages):
            packages = packages[(packages == self.model.closure(np.where(self.own, packages, self.base))).all(axis=1)]
        return packages


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """The relaxed problem: free issues in `order`, their levels, costs over base, and by giver weights and the sum to reach.

    `pairs` are by place the prerequisites that are decided there, as (issue, option, issue, least option).
    """

    order: list[int]
    levels: ByIssue[np.int64]
    cost: ByIssue[np.float64]
    weights: dict[int, ByIssue[np.float64]]
    target: dict[int, float]
    suffixes: dict[int, list[_Suffix]]
    tables: tuple[_Toggle, ...]
    pairs: dict[int, list[tuple[int, int, int, int]]]

    def spare(self, k: int) -> float:
        """What tables still open before the issue at place k may save at most."""
        return sum(max(0.0, -t.cost) for t in self.tables if t.place >= k)

    def short(self, g: int, k: int) -> float:
        """What options must still weigh for giver g where tables still open before place k weigh the most."""
        return self.target[g] - sum(max(0.0, t.weight[g]) for t in self.tables if t.place >= k)


def check_probability(model: Model, at: float | None) -> float:
    """The probability of acceptance itself, or the case's; raise BadArgument where nobody can accept as often."""
    at = model.settings.price_at if at is None else at
    if not 0.0 < at < 1.0:
        msg = f"The probability of acceptance must lie between 0 and 1, found {at}."
        raise BadArgument(msg)
    if at > (most := float(model.answers.most.min())):
        msg = (
            f"Nobody else accepts anything in more than {most:.2f} of draws, as a slip of {model.settings.slip} is counted with; "
            f"found {at}. Ask at {most:.2f} or less, or set `slip` in the settings of the case."
        )
        raise BadArgument(msg)
    return at


def find_cheapest(
    model: Model,
    payer: int,
    givers: Sequence[int],
    base: NDArray[np.int64],
    own: NDArray[np.bool_],
    at: float,
    *,
    alone: bool = True,
    closed: bool = True,
    but: int | None = None,
) -> Cheapest:
    """The payer's cheapest package of the issues `own`, raised from `base` with their closures, that is accepted often enough.

    The givers, and whoever of a third side moves something, must accept it in a share `at` of the draws, every ally of these and
    of the payer as `swaps.needs` says. 1. Nothing is for sale where even the best option of every issue in every draw does not
    suffice. 2. Weights and costs of each option. 3. List the packages up to a rising cost, pruned by the relaxation, and test
    them exactly from the cheapest up. Equal costs: the larger probability, then the first in the order of the case.

    Without `closed` no giveaway is used that needs something of others. Without `alone` every issue may be raised (but one, where
    `but` names it): the fewest moves that the payer does not give by itself, then the payer's least mean cost of the whole, then
    as above.
    """
    if not model.allowed[base + model.first[:-1]].all():
        return Cheapest(None, 0.0, None, proven=True)
    givers = [*givers, *_movers(model, payer, givers, base)]
    spans = np.ptp(np.where(model.allowed, model.value[payer], 0.0)) * len(model.issues)
    most = 1.0 + 2.0 * float(spans + sum(abs(float(t.value[payer])) for t in model.tables))
    task = _Task(
        model=model,
        payer=payer,
        givers=givers,
        base=base,
        own=own,
        at=at,
        alone=alone,
        need=swaps.needs(model, payer, givers, at),
        move=np.where(own, 0.0, most),
        closed=closed,
        but=but,
    )
    search = _search(task)
    ceiling = _ceiling(model, givers, base, search)
    if ceiling < at:
        return Cheapest(None, ceiling, None, proven=True)
    allies = [int(k) for k in np.flatnonzero(task.need) if k not in givers]
    if any(_ceiling(model, [k], base, search) < task.need[k] for k in allies):
        return Cheapest(None, _generous(task, search), None, proven=True)
    return _rise(task, search)


def _rise(task: _Task, search: _Search) -> Cheapest:
    """The first package that passes, of all up to a limit that rises from a lower bound of the cost to the cost of everything.

    All costs are over that of `base`; a package's own cost is computed again from its options when it is tested.
    """
    spare = search.spare(0)
    floor = max(float(search.suffixes[g][0].least(np.array([search.short(g, 0)]))[0]) for g in task.givers) - spare
    top = sum(float(cost.max()) for cost in search.cost.values()) + sum(max(0.0, t.cost) for t in search.tables)
    best, tested = _generous(task, search), floor
    for k in range(ROUNDS + 1):
        limit = floor + (top - floor) * 2.0 ** (k - ROUNDS) + 1e-9
        packages = _within(task, search, limit)
        if packages is None:
            return Cheapest(None, best, tested, proven=False)
        result, best = _first(task, packages, tested - 1e-9 if k else -np.inf, limit, best)
        if result is not None:
            return result
        tested = limit
    return Cheapest(None, best, None, proven=True)


def spent(
    model: Model,
    k: int,
    package: NDArray[np.int64],
    fixed: NDArray[np.int64],
    own: NDArray[np.bool_],
    start: NDArray[np.int64] | None = None,
) -> float:
    """Party k's mean cost of a package's issues `own` over `start` (the status quo), and of what else it raises over `fixed`."""
    raised = ~own & (package > fixed)
    lower = np.where(raised, fixed, 0 if start is None else start)
    upper = np.where(own | raised, package, lower)
    low, high = model.means(np.stack([lower, upper]))[:, k]
    return float(low - high) + 0.0


def askings(
    model: Model, packages: NDArray[np.int64], need: NDArray[np.float64], payer: int, givers: Sequence[int], at: float
) -> NDArray[np.float64]:
    """The share of draws in which each party must accept each of packages (N, I), shape (N, P).

    That is `need` (P,), and `at` for whoever of a third side moves something there, with its allies as the case states.
    """
    result = np.repeat(need[None, :], len(packages), axis=0)
    moving = ((packages > 0).astype(np.int64) @ model.giver.astype(np.int64)) > 0
    sides = {int(model.side[k]) for k in (payer, *givers)}
    for k in (k for k in range(len(model.parties)) if int(model.side[k]) not in sides):
        ally = moving[:, model.allies(k)].any(axis=1)
        result[:, k] = np.where(moving[:, k], at, np.where(ally, model.ally_accept[k], result[:, k]))
    return result


def _asked(task: _Task, packages: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Who must accept packages (N, I) in a share `at`, shape (N, P): the givers, and whoever of a third side moves something."""
    model = task.model
    sides = {int(model.side[k]) for k in (task.payer, *task.givers)}
    result = ((packages > 0).astype(np.int64) @ model.giver.astype(np.int64)) > 0
    result[:, [int(side) in sides for side in model.side]] = False
    result[:, list(task.givers)] = True
    return result


def _movers(model: Model, payer: int, givers: Sequence[int], base: NDArray[np.int64]) -> list[int]:
    """The parties of third sides that move something in base: what they must give is bought of them too."""
    sides = {int(model.side[k]) for k in (payer, *givers)}
    moving = model.giver[base > 0].any(axis=0)
    return [int(k) for k in np.flatnonzero(moving) if int(model.side[k]) not in sides]


def _search(task: _Task) -> _Search:
    """Weights and costs of each option; issues of interaction tables first, then those with the most options."""
    model, payer, givers, base, at = task.model, task.payer, task.givers, task.base, task.at
    levels = _levels(task)
    together = {i for table in model.tables for i, _ in table.where}
    order = sorted(levels, key=lambda i: (i not in together, -len(levels[i])))
    by_value = max(at - float(model.answers.luck[list(givers)].max()), RARE)  # the rest of the share are slips
    weights = {g: _weights(model, g, levels, by_value) for g in givers}
    cost = {i: -(model.value[payer, levels[i] + model.first[i]] - model.value[payer, base[i] + model.first[i]]) for i in order}
    if not task.alone:
        cost = {i: points + (levels[i] > base[i]) * task.move[i] for i, points in cost.items()}
    return _Search(
        order=order,
        levels=levels,
        cost=cost,
        weights=weights,
        target={g: -_start(model, g, base, by_value) for g in givers},
        suffixes={g: _suffixes(order, cost, weights[g]) for g in givers},
        tables=_toggles(model, payer, givers, base, order, by_value),
        pairs=_decided(model, order),
    )


def _levels(task: _Task) -> ByIssue[np.int64]:
    """The options that each free issue may be raised to from base, base among them, in the order of the case.

    Free are the payer's own and those that a closure of these may raise, there only as far as a prerequisite says.
    """
    model, base = task.model, task.base
    free = np.flatnonzero(task.own) if task.alone else np.array([i for i in range(len(model.issues)) if i != task.but])
    levels = {int(i): np.flatnonzero(model.allowed[model.first[i] + base[i] : model.first[i + 1]]) + base[i] for i in free}
    if not task.closed:
        return levels
    reached = [int(model.first[i] + option) for i, options in levels.items() for option in options if option > base[i]]
    beside: dict[int, set[int]] = {}
    for q in reached:  # grows as it is walked
        for r in (r for asking, r in model.needs if asking == q):
            j, option = int(model.issue_of[r]), int(r - model.first[model.issue_of[r]])
            if j not in levels and option > base[j] and model.allowed[r] and option not in beside.setdefault(j, set()):
                beside[j].add(option)
                reached.append(r)
    return levels | {j: np.array([base[j], *sorted(options)]) for j, options in sorted(beside.items()) if options}


def _decided(model: Model, order: list[int]) -> dict[int, list[tuple[int, int, int, int]]]:
    """By place of the order, the prerequisites whose second issue is chosen there."""
    place = {i: k for k, i in enumerate(order)}
    pairs: dict[int, list[tuple[int, int, int, int]]] = {}
    for q, r in model.needs:
        i, j = int(model.issue_of[q]), int(model.issue_of[r])
        if i in place and j in place:
            pair = i, int(q - model.first[i]), j, int(r - model.first[j])
            pairs.setdefault(max(place[i], place[j]), []).append(pair)
    return pairs


def _first(task: _Task, packages: NDArray[np.int64], over: float, limit: float, best: float) -> tuple[Cheapest | None, float]:
    """Test packages that cost more than `over` and at most `limit` beyond base, from the cheapest up, in every draw."""
    model = task.model
    cost = task.costs(packages)
    keep = np.flatnonzero((cost > over) & (cost <= limit) & swaps.reachable(model, packages, task.need))
    keep = keep[np.argsort(cost[keep], kind="stable")]
    draws = model.drawn_all
    for start in range(0, len(keep), 256):
        block = keep[start : start + 256]
        need = askings(model, packages[block], task.need, task.payer, task.givers, task.at)
        parties = [int(k) for k in np.flatnonzero(need.any(axis=0))]
        need = need[:, parties]
        rows = swaps.design(model, packages[block])
        used = np.flatnonzero(rows.any(axis=0))
        yes = np.stack(
            [(rows[:, used] @ draws[k][used] >= model.answers.bar[k] - ROUNDING).mean(axis=1) for k in parties], axis=1
        )
        chance = np.where(_asked(task, packages[block])[:, parties], yes, 1.0).min(axis=1)
        best = max(best, float(chance.max()))
        passes = np.flatnonzero((yes >= need).all(axis=1))
        if passes.size:
            cheap = passes[np.round(cost[block[passes]], 9) == np.round(cost[block[passes[0]]], 9)]
            k = cheap[int(np.argmax(chance[cheap]))]
            return Cheapest(packages[block[k]], float(chance[k]), float(cost[block[k]]), proven=True), best
    return None, best


def _within(task: _Task, search: _Search, limit: float) -> NDArray[np.int64] | None:
    """All packages that may cost at most `limit` and may reach every target; None where they are too many to list."""
    rows, spent_so_far = task.base[None, :].astype(np.int16), np.zeros(1)
    gained = {g: np.zeros(1) for g in search.weights}
    most = MOST_ROWS if task.alone else MOST_WIDE
    for k, i in enumerate(search.order):
        levels = search.levels[i]
        spent_so_far = (spent_so_far[:, None] + search.cost[i]).ravel()
        gained = {g: (gained[g][:, None] + search.weights[g][i]).ravel() for g in gained}
        keep = np.ones(len(spent_so_far), dtype=np.bool_)
        for g, by_issue in search.suffixes.items():
            keep &= spent_so_far + by_issue[k + 1].least(search.short(g, k) - gained[g]) <= limit + search.spare(k)
        left = np.flatnonzero(keep)
        if len(left) > most:
            return None
        rows, spent_so_far, gained = rows[left // len(levels)], spent_so_far[left], {g: gained[g][left] for g in gained}
        rows[:, i] = levels[left % len(levels)]
        if pairs := search.pairs.get(k):
            there = np.flatnonzero(~np.any([(rows[:, a] == q) & (rows[:, b] < r) for a, q, b, r in pairs], axis=0))
            rows, spent_so_far, gained = rows[there], spent_so_far[there], {g: gained[g][there] for g in gained}
        for t in search.tables:
            if t.place == k:
                changed = holds(t.table, rows.astype(np.int64)) != t.active
                spent_so_far = spent_so_far + changed * t.cost
                gained = {g: gained[g] + changed * t.weight[g] for g in gained}
    return task.formed(rows.astype(np.int64))


def _toggles(
    model: Model, payer: int, givers: Sequence[int], base: NDArray[np.int64], order: list[int], at: float
) -> tuple[_Toggle, ...]:
    """The interaction tables that the free issues decide, and what changing each from how base has it costs and weighs."""
    c = np.sqrt((1.0 - at) / at)
    toggles = []
    for table in model.tables:
        places = [order.index(i) for i, _ in table.where if i in order]
        if places:
            active = bool(holds(table, base[None, :])[0])
            sign = -1.0 if active else 1.0
            weight = {g: sign * float(table.draws[g].mean()) + c * float(table.draws[g].std()) for g in givers}
            toggles.append(_Toggle(table, max(places), active, -sign * float(table.value[payer]), weight))
    return tuple(toggles)


def _ceiling(model: Model, givers: Sequence[int], base: NDArray[np.int64], search: _Search) -> float:
    """An upper bound of the probability: the share of draws in which even the best option of every issue suffices."""
    chances = []
    for g in givers:
        best = model.values(base)[g] + sum(
            np.maximum(-t.table.draws[g] if t.active else t.table.draws[g], 0.0) for t in search.tables
        )
        for i, options in search.levels.items():
            values = model.value_draws[g][model.first[i] + options]
            best = best + (values - values[0]).max(axis=0)
        chances.append(float((best >= model.answers.bar[g] - ROUNDING).mean()))
    return min(chances)


def _generous(task: _Task, search: _Search) -> float:
    """The larger probability of two packages: base, and what is most generous to a giver by its means, where it may be formed."""
    model, base = task.model, task.base
    packages = [base]
    for g in task.givers:
        package = base.copy()
        for i, options in search.levels.items():
            package[i] = options[int(np.argmax(model.value[g, model.first[i] + options]))]
        package = model.closure(package)
        if all(package[i] == base[i] for i in range(len(package)) if i not in search.levels):
            packages.append(package)
    formed = task.formed(np.array(packages))
    shares = [(model.values(package) >= model.answers.bar - ROUNDING).mean(axis=1) for package in formed]
    return max((float(share[who].min()) for share, who in zip(shares, _asked(task, formed), strict=True)), default=0.0)


def _weights(model: Model, g: int, levels: dict[int, NDArray[np.int64]], at: float) -> dict[int, NDArray[np.float64]]:
    """Mean + c * deviation of the change from base that each option makes to giver g's value."""
    c = np.sqrt((1.0 - at) / at)
    weights = {}
    for i, options in levels.items():
        change = model.value_draws[g][model.first[i] + options] - model.value_draws[g][model.first[i] + options[0]]
        weights[i] = change.mean(axis=1) + c * change.std(axis=1)
    return weights


def _start(model: Model, g: int, base: NDArray[np.int64], at: float) -> float:
    """Mean + c * deviation of base's value less the aspiration."""
    c = np.sqrt((1.0 - at) / at)
    margin = model.values(base)[g] - model.answers.aspiration[g]
    return float(margin.mean() + c * margin.std())


def _suffixes(order: list[int], cost: dict[int, NDArray[np.float64]], weight: dict[int, NDArray[np.float64]]) -> list[_Suffix]:
    """For every tail of the issues, the efficient (weight, cost) sums.

    Dominated ones and near-equal weights go, on the safe side.
    """
    suffix = _Suffix(np.zeros(1), np.zeros(1))
    suffixes = [suffix]
    for i in reversed(order):
        w = (suffix.weight[:, None] + weight[i][None, :]).ravel()
        c = (suffix.cost[:, None] + cost[i][None, :]).ravel()
        ranked = np.lexsort((c, -w))
        w, c = w[ranked], c[ranked]
        better = np.concatenate(([True], c[1:] < np.minimum.accumulate(c)[:-1] - 1e-12))
        suffix = _Suffix(w[better][::-1].copy(), c[better][::-1].copy())
        suffixes.append(suffix)
    return suffixes[::-1]


def _cost(model: Model, payer: int, package: NDArray[np.int64]) -> float:
    return -float(model.means(package[None, :])[0, payer])
