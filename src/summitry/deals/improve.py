"""Improvements of a deal that is already there: packages that no party minds and at least one prefers.

H. Raiffa, "Post-settlement settlements", Negotiation Journal 1(1), 1985: the deal on the table becomes the disagreement point
of a second round, in which nobody can lose.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals import frontier, swaps
from summitry.deals.outcomes import chances
from summitry.errors import BadArgument
from summitry.interests.home import ROUNDING
from summitry.kernels import pareto
from summitry.reasons import reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model, Package
    from summitry.reasons import Reason

MOST_NEAR = 300_000
MOST_CHANGES = 3
LISTED, OF_EACH = 12, 3


@dataclass(frozen=True, slots=True)
class Improvement:
    """A package that no party minds and at least one prefers to a deal: (before, after) by issue, and by party what it gains.

    `efficient` says that no package improves it further; None where the frontier is not exact. `accept` and `below` as of the
    deal (see `Improvements`).
    """

    changed: dict[str, tuple[str, str]]
    gains: dict[str, float]
    efficient: bool | None
    accept: dict[str, float] = field(default_factory=dict)
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Improvements:
    """The improvements of a deal, by the number of issues that change; `unlisted` more were found, and `searched` says where.

    `values` are the deal's, by party; `efficient` is True where it cannot be improved (None where the frontier is not exact).
    `accept` is in which share of draws each party accepts it, `below` names who has less than its reservation value by means:
    with no deal it would have more. Both are empty where a scenario of another tool states no reservation value.
    """

    deal: Package
    values: dict[str, float]
    efficient: bool | None
    improvements: tuple[Improvement, ...]
    unlisted: int
    searched: Reason
    accept: dict[str, float] = field(default_factory=dict)
    below: tuple[str, ...] = ()


def improve_deal(model: Model, deal: NDArray[np.int64]) -> Improvements:
    """Packages that are worth at least as much as `deal` (I,) to every party, and more to one, by PERT means.

    The deal is lifted to what is on the table first. 1. List every package that differs from the deal in up to three issues
    (fewer where they are too many), and the efficient packages that no party minds. 2. Keep the improvements. 3. By the number
    of issues changed, list those that no improvement with as few changes dominates, where more parties gain first: at most 3 of
    each number, at most 12 in all; the rest are counted. Of packages of equal value the first in lexicographic order stands for
    all.

    Raises BadArgument where the deal breaks a prerequisite, an exclusion or a mandate.
    """
    deal = model.bounds.lift(deal[None, :])[0]
    faults = model.faults(deal)
    if faults:
        msg = f"This deal may not be formed: {'; '.join(map(str, faults))}."
        raise BadArgument(msg)
    values = model.means(deal[None, :])[0]
    efficient = frontier.efficient(replace(model, reserve=values, draws=0), zone=True)
    epsilon = efficient.epsilon
    near, changes = _near(model, deal)
    rows = swaps.feasible(model, np.concatenate([near, efficient.packages]))
    gains = model.means(rows) - values
    better = (gains >= -ROUNDING).all(axis=1) & (gains > ROUNDING).any(axis=1)
    rows, gains = rows[better], gains[better]
    differing = (rows != deal).sum(axis=1)
    best = _undominated(gains, differing)
    order = best[np.lexsort((-(gains[best] > ROUNDING).sum(axis=1), differing[best]))]
    order = _few_of_each(order, differing)
    points = {_key(v) for v in model.means(efficient.packages)} if epsilon == 0.0 else None
    scope = {"changes": changes} if epsilon == 0.0 else {"changes": changes, "epsilon": epsilon}
    return Improvements(
        deal=model.named(deal),
        values=_by_party(model, values),
        efficient=None if points is None else _key(values) in points,
        improvements=tuple(
            Improvement(
                changed={
                    model.issues[i]: (model.options[i][int(deal[i])], model.options[i][int(rows[k, i])])
                    for i in np.flatnonzero(rows[k] != deal)
                },
                gains=_by_party(model, gains[k]),
                efficient=None if points is None else _key(gains[k] + values) in points,
            )
            for k in order
        ),
        unlisted=len(best) - len(order),
        searched=reason("improve.searched.exact" if epsilon == 0.0 else "improve.searched.grid", **scope),
    )


def with_chances(model: Model, found: Improvements) -> Improvements:
    """The same with who accepts the deal and each improvement how often, and who is below its reservation value."""

    def asked(package: Package) -> tuple[dict[str, float], tuple[str, ...]]:
        row = model.row(package)
        short = model.means(row[None, :])[0] < model.reserve - ROUNDING
        below = tuple(party for party, under in zip(model.parties, short, strict=True) if under)
        return _by_party(model, chances(model, row).accepted.mean(axis=1)), below

    def improved(one: Improvement) -> Improvement:
        accept, below = asked({**found.deal, **{issue: after for issue, (_, after) in one.changed.items()}})
        return replace(one, accept=accept, below=below)

    accept, below = asked(found.deal)
    return replace(found, accept=accept, below=below, improvements=tuple(map(improved, found.improvements)))


def _by_party(model: Model, values: NDArray[np.float64]) -> dict[str, float]:
    return {party: float(value) + 0.0 for party, value in zip(model.parties, values, strict=True)}


def _near(model: Model, deal: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """Every package that differs from the deal in at most so many issues, before constraints, and how many those are."""
    rows, count = deal[None, :], 0
    single = int((model.sizes - 1).sum())
    while count < min(MOST_CHANGES, len(model.issues)) and len(rows) * single <= MOST_NEAR:
        rows = np.unique(np.concatenate([rows, swaps.neighbours(model, rows)]), axis=0)
        count += 1
    return rows, count


def _undominated(gains: NDArray[np.float64], differing: NDArray[np.int64]) -> NDArray[np.int64]:
    """The improvements that none with as few changes dominates; of equal ones the first."""
    rows: list[int] = []
    for count in np.unique(differing):
        pool = np.flatnonzero(differing <= count)
        pool = pool[np.argsort(differing[pool], kind="stable")]
        points, first = np.unique(np.round(gains[pool], 9), axis=0, return_index=True)
        best = pool[first[pareto.frontier([np.ascontiguousarray(points)]).choice[:, 0]]]
        rows += sorted(int(k) for k in best if differing[k] == count)
    return np.array(rows, dtype=np.int64)


def _few_of_each(order: NDArray[np.int64], differing: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first few for each number of changes, and of those the first."""
    rank = np.array([int((differing[order[:n]] == differing[k]).sum()) for n, k in enumerate(order)], dtype=np.int64)
    return order[rank < OF_EACH][:LISTED]


def _key(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(v), 9) + 0.0 for v in values)
