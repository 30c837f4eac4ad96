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
ROUNDS = 24


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
class _Search:
    """The relaxed problem: free issues in `order`, their levels, costs over base, and by giver weights and the sum to reach."""

    order: list[int]
    levels: ByIssue[np.int64]
    cost: ByIssue[np.float64]
    weights: dict[int, ByIssue[np.float64]]
    target: dict[int, float]
    suffixes: dict[int, list[_Suffix]]
    tables: tuple[_Toggle, ...]

    def spare(self, k: int) -> float:
        """What tables still open before the issue at place k may save at most."""
        return sum(max(0.0, -t.cost) for t in self.tables if t.place >= k)

    def short(self, g: int, k: int) -> float:
        """What options must still weigh for giver g where tables still open before place k weigh the most."""
        return self.target[g] - sum(max(0.0, t.weight[g]) for t in self.tables if t.place >= k)


def check_probability(at: float) -> float:
    """The probability of acceptance itself; raise BadArgument where it does not lie between 0 and 1."""
    if not 0.0 < at < 1.0:
        msg = f"The probability of acceptance must lie between 0 and 1, found {at}."
        raise BadArgument(msg)
    return at


def find_cheapest(
    model: Model, payer: int, givers: Sequence[int], base: NDArray[np.int64], own: NDArray[np.bool_], at: float
) -> Cheapest:
    """The payer's cheapest package of the issues `own`, raised from `base`, that is accepted often enough.

    The givers must accept it in a share `at` of the draws, every ally as `swaps.needs` says. 1. Nothing is for sale where
    even the best option of every issue in every draw does not suffice. 2. Weights and costs of each option. 3. List the
    packages up to a rising cost, pruned by the relaxation, and test them exactly from the cheapest up. Equal costs: the larger
    probability, then the first in the order of the case.
    """
    need = swaps.needs(model, payer, givers, at)
    if not model.allowed[base + model.first[:-1]].all():
        return Cheapest(None, 0.0, None, proven=True)
    search = _search(model, payer, givers, base, own, at)
    ceiling = _ceiling(model, givers, base, search)
    if ceiling < at:
        return Cheapest(None, ceiling, None, proven=True)
    spare = search.spare(0)
    floor = max(float(search.suffixes[g][0].least(np.array([search.short(g, 0)]))[0]) for g in givers) - spare
    top = sum(float(cost.max()) for cost in search.cost.values()) + sum(max(0.0, t.cost) for t in search.tables)
    best, tested = _generous(model, givers, base, search), floor
    # All costs are over the cost of `base`; a package's own cost is computed again from its options when it is tested.
    for k in range(ROUNDS + 1):
        limit = floor + (top - floor) * 2.0 ** (k - ROUNDS) + 1e-9
        packages = _within(model, base, search, limit)
        if packages is None:
            return Cheapest(None, best, tested, proven=False)
        result, best = _first(model, payer, givers, packages, need, tested - 1e-9 if k else -np.inf, limit, base, best)
        if result is not None:
            return result
        tested = limit
    return Cheapest(None, best, None, proven=True)


def _search(
    model: Model, payer: int, givers: Sequence[int], base: NDArray[np.int64], own: NDArray[np.bool_], at: float
) -> _Search:
    """Weights and costs of each option; issues of interaction tables first, then those with the most options."""
    levels = {int(i): _levels(model, int(i), base) for i in np.flatnonzero(own)}
    together = {i for table in model.tables for i, _ in table.where}
    order = sorted(levels, key=lambda i: (i not in together, -len(levels[i])))
    weights = {g: _weights(model, g, levels, at) for g in givers}
    cost = {i: -(model.value[payer, levels[i] + model.first[i]] - model.value[payer, base[i] + model.first[i]]) for i in order}
    return _Search(
        order=order,
        levels=levels,
        cost=cost,
        weights=weights,
        target={g: -_start(model, g, base, at) for g in givers},
        suffixes={g: _suffixes(order, cost, weights[g]) for g in givers},
        tables=_toggles(model, payer, givers, base, order, at),
    )


def _first(
    model: Model,
    payer: int,
    givers: Sequence[int],
    packages: NDArray[np.int64],
    need: NDArray[np.float64],
    over: float,
    limit: float,
    base: NDArray[np.int64],
    best: float,
) -> tuple[Cheapest | None, float]:
    """Test packages that cost more than `over` and at most `limit` beyond base, from the cheapest up, in every draw."""
    cost = -model.means(packages)[:, payer] - _cost(model, payer, base)
    keep = np.flatnonzero((cost > over) & (cost <= limit) & swaps.reachable(model, packages, need))
    keep = keep[np.argsort(cost[keep], kind="stable")]
    parties = [int(k) for k in np.flatnonzero(need)]
    draws = model.drawn_all
    for start in range(0, len(keep), 256):
        block = keep[start : start + 256]
        rows = swaps.design(model, packages[block])
        used = np.flatnonzero(rows.any(axis=0))
        yes = np.stack(
            [(rows[:, used] @ draws[k][used] >= model.reserve_drawn[k] - ROUNDING).mean(axis=1) for k in parties], axis=1
        )
        chance = yes[:, [parties.index(g) for g in givers]].min(axis=1)
        best = max(best, float(chance.max()))
        passes = np.flatnonzero((yes >= need[parties]).all(axis=1))
        if passes.size:
            cheap = passes[np.round(cost[block[passes]], 9) == np.round(cost[block[passes[0]]], 9)]
            k = cheap[int(np.argmax(chance[cheap]))]
            return Cheapest(packages[block[k]], float(chance[k]), float(cost[block[k]]), proven=True), best
    return None, best


def _within(model: Model, base: NDArray[np.int64], search: _Search, limit: float) -> NDArray[np.int64] | None:
    """All packages that may cost at most `limit` and may reach every target; None where they are too many to list."""
    rows, spent = base[None, :].astype(np.int16), np.zeros(1)
    gained = {g: np.zeros(1) for g in search.weights}
    for k, i in enumerate(search.order):
        levels = search.levels[i]
        spent = (spent[:, None] + search.cost[i]).ravel()
        gained = {g: (gained[g][:, None] + search.weights[g][i]).ravel() for g in gained}
        keep = np.ones(len(spent), dtype=np.bool_)
        for g, by_issue in search.suffixes.items():
            keep &= spent + by_issue[k + 1].least(search.short(g, k) - gained[g]) <= limit + search.spare(k)
        left = np.flatnonzero(keep)
        if len(left) > MOST_ROWS:
            return None
        rows, spent, gained = rows[left // len(levels)], spent[left], {g: gained[g][left] for g in gained}
        rows[:, i] = levels[left % len(levels)]
        for t in search.tables:
            if t.place == k:
                changed = holds(t.table, rows.astype(np.int64)) != t.active
                spent = spent + changed * t.cost
                gained = {g: gained[g] + changed * t.weight[g] for g in gained}
    return swaps.lawful(model, rows.astype(np.int64))


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


def _levels(model: Model, i: int, base: NDArray[np.int64]) -> NDArray[np.int64]:
    """The options that issue i may be raised to from base, base among them."""
    options = np.arange(int(base[i]), int(model.sizes[i]))
    keep = model.allowed[model.first[i] + options]
    keep[0] = True
    result: NDArray[np.int64] = options[keep]
    return result


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
        chances.append(float((best >= model.reserve_drawn[g] - ROUNDING).mean()))
    return min(chances)


def _generous(model: Model, givers: Sequence[int], base: NDArray[np.int64], search: _Search) -> float:
    """The larger probability of two packages: base, and what is most generous to a giver by its means, where it may be formed."""
    packages = [base]
    for g in givers:
        package = base.copy()
        for i, options in search.levels.items():
            package[i] = options[int(np.argmax(model.value[g, model.first[i] + options]))]
        package = model.closure(package)
        if all(package[i] == base[i] for i in range(len(package)) if i not in search.levels):
            packages.append(package)
    probabilities = [
        min(float((model.values(package)[g] >= model.reserve_drawn[g] - ROUNDING).mean()) for g in givers)
        for package in packages
        if not model.faults(package)
    ]
    return max(probabilities, default=0.0)


def _weights(model: Model, g: int, levels: dict[int, NDArray[np.int64]], at: float) -> dict[int, NDArray[np.float64]]:
    """Mean + c * deviation of the change from base that each option makes to giver g's value."""
    c = np.sqrt((1.0 - at) / at)
    weights = {}
    for i, options in levels.items():
        change = model.value_draws[g][model.first[i] + options] - model.value_draws[g][model.first[i] + options[0]]
        weights[i] = change.mean(axis=1) + c * change.std(axis=1)
    return weights


def _start(model: Model, g: int, base: NDArray[np.int64], at: float) -> float:
    """Mean + c * deviation of base's value less the reservation value."""
    c = np.sqrt((1.0 - at) / at)
    margin = model.values(base)[g] - model.reserve_drawn[g]
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
