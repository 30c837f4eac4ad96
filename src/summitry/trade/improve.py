"""Improvements of a deal that is already there: packages that no party minds and at least one prefers.

H. Raiffa, "Post-settlement settlements", Negotiation Journal 1(1), 1985: the deal on the table becomes the disagreement point
of a second round, in which nobody can lose.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import BadArgument
from summitry.interests.home import ROUNDING
from summitry.kernels import pareto
from summitry.trade import frontier, swaps
from summitry.trade.results import Improvement, ImproveResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model

MOST_NEAR = 300_000
MOST_CHANGES = 3
LISTED, OF_EACH = 12, 3


def improve(model: Model, deal: NDArray[np.int64]) -> ImproveResult:
    """Packages that are worth at least as much as `deal` (I,) to every party, and more to one, by PERT means.

    1. List every package that differs from the deal in up to three issues (fewer where they are too many), and the efficient
    packages that no party minds. 2. Keep the improvements. 3. By the number of issues changed, list those that no improvement
    with as few changes dominates, where more parties gain first: at most 3 of each number, at most 12 in all; the rest are
    counted. Of packages of equal value the first in lexicographic order stands for all.

    Raises BadArgument where the deal breaks a prerequisite, an exclusion or a mandate.
    """
    faults = model.faults(deal)
    if faults:
        msg = f"This deal may not be formed: {'; '.join(map(str, faults))}."
        raise BadArgument(msg)
    values = model.means(deal[None, :])[0]
    efficient, epsilon = _efficient(model, values)
    near, changes = _near(model, deal)
    rows = swaps.feasible(model, np.concatenate([near, efficient]))
    gains = model.means(rows) - values
    better = (gains >= -ROUNDING).all(axis=1) & (gains > ROUNDING).any(axis=1)
    rows, gains = rows[better], gains[better]
    moved = (rows != deal).sum(axis=1)
    listed = _undominated(gains, moved)
    order = listed[np.lexsort((-(gains[listed] > ROUNDING).sum(axis=1), moved[listed]))]
    order = _few_of_each(order, moved)
    points = {_key(v) for v in model.means(efficient)} if epsilon == 0.0 else None
    said = "every efficient one" if epsilon == 0.0 else f"the efficient ones of a grid ({epsilon:.2g} of each party's span)"
    return ImproveResult(
        deal=model.named(deal),
        values={party: float(values[p]) for p, party in enumerate(model.parties)},
        efficient=None if points is None else _key(values) in points,
        improvements=tuple(
            Improvement(
                changed={
                    model.issues[i]: (model.options[i][int(deal[i])], model.options[i][int(rows[k, i])])
                    for i in np.flatnonzero(rows[k] != deal)
                },
                gains={party: float(gains[k, p]) + 0.0 for p, party in enumerate(model.parties)},
                efficient=None if points is None else _key(gains[k] + values) in points,
            )
            for k in order
        ),
        unlisted=len(listed) - len(order),
        searched=f"every package that differs in at most {changes} issues, and {said}",
    )


def _efficient(model: Model, values: NDArray[np.float64]) -> tuple[NDArray[np.int64], float]:
    """The efficient packages that give every party at least `values` (P,), one for each point, and the frontier's bound."""
    found = frontier.explore(replace(model, reserve=values, draws=0), zone=True)
    place = [{option: o for o, option in enumerate(options)} for options in model.options]
    rows = [[place[i][package[issue]] for i, issue in enumerate(model.issues)] for package in found.packages]
    return np.array(rows, dtype=np.int64).reshape(-1, len(model.issues)), found.epsilon


def _near(model: Model, deal: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """Every package that differs from the deal in at most so many issues, before constraints, and how many those are."""
    rows, count = deal[None, :], 0
    single = int((model.sizes - 1).sum())
    while count < min(MOST_CHANGES, len(model.issues)) and len(rows) * single <= MOST_NEAR:
        rows = np.unique(np.concatenate([rows, swaps.neighbours(model, rows)]), axis=0)
        count += 1
    return rows, count


def _undominated(gains: NDArray[np.float64], moved: NDArray[np.int64]) -> NDArray[np.int64]:
    """The improvements that none with as few changes dominates; of equal ones the first."""
    found: list[int] = []
    for count in np.unique(moved):
        pool = np.flatnonzero(moved <= count)
        pool = pool[np.argsort(moved[pool], kind="stable")]
        points, first = np.unique(np.round(gains[pool], 9), axis=0, return_index=True)
        best = pool[first[pareto.frontier([np.ascontiguousarray(points)]).choice[:, 0]]]
        found += sorted(int(k) for k in best if moved[k] == count)
    return np.array(found, dtype=np.int64)


def _few_of_each(order: NDArray[np.int64], moved: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first few for each number of changes, and of those the first."""
    rank = np.array([int((moved[order[:n]] == moved[k]).sum()) for n, k in enumerate(order)], dtype=np.int64)
    return order[rank < OF_EACH][:LISTED]


def _key(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(v), 9) + 0.0 for v in values)
