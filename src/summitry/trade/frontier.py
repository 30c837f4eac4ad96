"""The efficient packages of a case and its bargaining solutions, exact, without listing the packages.

Issues that constraints or interaction tables couple are joined first, along the graph of what couples them; a partial package
is dropped only when another with the same options on every issue that still matters is at least as good for all and better for
one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.interests.home import ROUNDING
from summitry.kernels import bargain, lottery, pareto
from summitry.model import holds
from summitry.trade import swaps
from summitry.trade.results import FrontierResult, Lottery, Solution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from summitry.model import Model

MOST_POINTS = 200_000
MANY, MOST_OF_MANY = 8, 500
"""Among more parties than these hardly a package is worse for all than another, so fewer points are kept: work grows with their
square, and the stated bound is coarse either way."""
LISTED = 20_000
"""So few packages are compared one with another, however many parties there are."""
SHARE_DRAWS = 256


def most(model: Model) -> int:
    """How many points are kept after each group of issues."""
    return MOST_POINTS if len(model.parties) <= MANY or model.packages <= LISTED else MOST_OF_MANY


def explore(model: Model, *, limit: int | None = None, zone: bool = False, lotteries: bool = False) -> FrontierResult:
    """The frontier by PERT means, its packages, and the solutions over the reservation values.

    `limit` (default: `most`) is how many points are kept after each group of issues; where the exact frontier has more,
    `epsilon` states the proven bound. `zone` finds only the points that reach every reservation value (the zone of possible
    agreement), which is much less work, and does not count packages. `lotteries` adds the solutions over lotteries.
    Utilitarian and egalitarian solutions compare points between parties: only where the case says that they may be compared.
    """
    groups = [_join(model, part) for part in _parts(model)]
    floor = model.reserve if zone else None
    found = pareto.frontier([_values(model, issues, rows) for issues, rows in groups], limit=limit or most(model), floor=floor)
    packages = np.zeros((len(found.values), len(model.issues)), dtype=np.int64)
    for g, (issues, rows) in enumerate(groups):
        packages[:, issues] = rows[found.choice[:, g]]
    names = ["nash", "kalai_smorodinsky", "raiffa"]
    if model.case.file.settings.comparable:
        names += ["egalitarian", "utilitarian"]
    return FrontierResult(
        parties=model.parties,
        packages_total=str(model.packages),
        epsilon=found.epsilon,
        zone=zone,
        points=tuple(tuple(float(v) for v in row) for row in found.values),
        packages=tuple(model.named(row, moved=False) for row in packages),
        counts=() if zone else found.count(),
        reservation={party: float(model.reserve[p]) for p, party in enumerate(model.parties)},
        solutions=tuple(s for name in sorted(names) for s in _solution(model, name, found.values, packages)),
        lotteries=tuple(_lotteries(model, found.values, packages)) if lotteries else (),
    )


def _lotteries(model: Model, values: NDArray[np.float64], packages: NDArray[np.int64]) -> Iterator[Lottery]:
    """The solutions over lotteries of the efficient packages; none where no package reaches every reservation value."""
    solvers = {"kalai_smorodinsky": lottery.kalai_smorodinsky, "nash": lottery.nash}
    if model.case.file.settings.comparable:
        solvers["egalitarian"] = lottery.egalitarian
    for name, solve in sorted(solvers.items()):
        shares = solve(values, model.reserve)
        drawn = np.flatnonzero(shares)
        if drawn.size:
            expected = shares @ values
            yield Lottery(
                name,
                {party: float(expected[p]) for p, party in enumerate(model.parties)},
                tuple((float(shares[k]), model.named(packages[k], moved=False)) for k in drawn),
            )


def _solution(model: Model, name: str, values: NDArray[np.float64], packages: NDArray[np.int64]) -> Iterable[Solution]:
    """One solution, or none where no efficient package reaches every reservation value."""
    winners = getattr(bargain, name)(values, model.reserve)
    if len(winners):
        k = int(winners[0])
        share = _share(model, name, packages, k)
        yield Solution(
            name,
            {party: float(values[k, p]) for p, party in enumerate(model.parties)},
            model.named(packages[k], moved=False),
            len(winners),
            share,
        )


def _share(model: Model, name: str, packages: NDArray[np.int64], k: int) -> float | None:
    """In which share of the first 256 draws the solution, chosen anew among these efficient packages, is package k.

    For the two solutions that are one maximum (Nash, Kalai-Smorodinsky); None for the others and without draws.
    """
    draws = min(model.draws, SHARE_DRAWS)
    if not draws or name not in {"nash", "kalai_smorodinsky"}:
        return None
    rows, hits = swaps.design(model, packages), 0
    for start in range(0, draws, 16):
        some = slice(start, min(start + 16, draws))
        gain = np.stack([rows @ model.drawn_all[p, :, some] - model.reserve_drawn[p, some] for p in range(len(model.parties))])
        rational = np.asarray((gain >= -ROUNDING).all(axis=0))
        if name == "nash":
            score = gain.prod(axis=0)
        else:
            ideal = np.where(rational, gain, 0.0).max(axis=1, keepdims=True)
            score = np.divide(gain, ideal, out=np.ones_like(gain), where=ideal > 0.0).min(axis=0)
        hits += int((rational[k] & (score[k] >= np.where(rational, score, -np.inf).max(axis=0))).sum())
    return hits / draws


def _parts(model: Model) -> list[list[int]]:
    """Issues that must be joined before pruning: the connected parts of the graph of prerequisites, exclusions and tables."""
    parent = list(range(len(model.issues)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    links = [(int(model.issue_of[q]), int(model.issue_of[r])) for q, r in (*model.needs, *model.bars)]
    links += [(table.where[0][0], i) for table in model.tables for i, _ in table.where[1:]]
    for i, j in links:
        parent[max(root(i), root(j))] = min(root(i), root(j))
    parts: dict[int, list[int]] = {}
    for i in range(len(model.issues)):
        parts.setdefault(root(i), []).append(i)
    return list(parts.values())


def _join(model: Model, part: list[int]) -> tuple[list[int], NDArray[np.int64]]:
    """The issues of one part, in the order joined, and the rows of their options that can belong to an efficient package."""
    links = [{int(model.issue_of[q]), int(model.issue_of[r])} for q, r in (*model.needs, *model.bars)]
    links += [{i for i, _ in table.where} for table in model.tables]
    links = [link for link in links if link <= set(part)]
    order: list[int] = []
    rows = np.zeros((1, 0), dtype=np.int64)
    while len(order) < len(part):
        i = _next(part, order, links)
        order.append(i)
        options = np.flatnonzero(model.allowed[model.first[i] : model.first[i + 1]])
        rows = np.concatenate([np.repeat(rows, len(options), axis=0), np.tile(options, len(rows))[:, None]], axis=1)
        rows = _lawful(model, order, rows)
        open_ = [k for k, j in enumerate(order) if any(j in link and not link <= set(order) for link in links)]
        rows = _prune(model, order, rows, open_)
    return order, rows


def _next(part: list[int], order: list[int], links: list[set[int]]) -> int:
    """The issue whose joining leaves the fewest issues open, then the first of the case."""

    def left_open(i: int) -> int:
        done = {*order, i}
        return sum(any(j in link and not link <= done for link in links) for j in done)

    return min((i for i in part if i not in order), key=lambda i: (left_open(i), i))


def _lawful(model: Model, order: list[int], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows that break no prerequisite or exclusion between the issue just joined and those before it."""
    at = {i: k for k, i in enumerate(order)}
    keep = np.ones(len(rows), dtype=np.bool_)
    for pairs, is_need in ((model.needs, True), (model.bars, False)):
        for q, r in pairs:
            i, j = int(model.issue_of[q]), int(model.issue_of[r])
            if i in at and j in at and order[-1] in {i, j}:
                other = rows[:, at[j]]
                fails = other < r - model.first[j] if is_need else other == r - model.first[j]
                keep &= (rows[:, at[i]] != q - model.first[i]) | ~fails
    result: NDArray[np.int64] = rows[keep]
    return result


def _prune(model: Model, order: list[int], rows: NDArray[np.int64], open_: list[int]) -> NDArray[np.int64]:
    """Drop rows dominated by a row with the same options on the issues that still matter; rows of equal value stay."""
    values, same = np.unique(np.round(_values(model, order, rows), 9), axis=0, return_inverse=True)
    _, state = np.unique(rows[:, open_], axis=0, return_inverse=True) if open_ else (None, np.zeros(len(rows), dtype=np.int64))
    keep = np.zeros(len(rows), dtype=np.bool_)
    for s in range(int(state.max()) + 1):
        here = np.flatnonzero(state.ravel() == s)
        points, which = np.unique(same.ravel()[here], return_inverse=True)
        best = pareto.frontier([values[points]]).choice[:, 0]
        keep[here] = np.isin(which, best)
    result: NDArray[np.int64] = rows[keep]
    return result


def _values(model: Model, issues: list[int], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """What rows of options of some issues are worth, shape (n, P), with the tables that lie wholly within those issues."""
    total = model.value[:, rows + model.first[issues]].sum(axis=2).T
    whole = np.zeros((len(rows), len(model.issues)), dtype=np.int64)
    whole[:, issues] = rows
    for table in model.tables:
        if {i for i, _ in table.where} <= set(issues):
            total = total + np.outer(holds(table, whole), table.value)
    return np.ascontiguousarray(total)
