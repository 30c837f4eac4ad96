"""The efficient packages of a case and its bargaining solutions, exact, without listing the packages.

Issues that constraints or interaction tables couple are joined first, along the graph of what couples them; a partial package
is dropped only when another with the same options on every issue that still matters is at least as good for all and better for
one. Where too many issues hang together for that, integer programs find the packages instead, with a proven bound.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals import swaps
from summitry.interests.home import ROUNDING
from summitry.kernels import coupled, lottery, pareto
from summitry.kernels.bargain import SOLUTIONS
from summitry.model import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from summitry.kernels.bargain import BargainingSolution
    from summitry.model import Model, Package

    Progress = Callable[[int, int, float], None]

MOST_POINTS = 200_000
MANY, MOST_OF_MANY = 8, 500
"""Among more parties than these hardly a package is worse for all than another, so fewer points are kept: work grows with their
square, and the stated bound is coarse either way."""
LISTED = 20_000
"""So few packages are compared one with another, however many parties there are."""
SHARE_DRAWS = 256
MOST_STATES = 20_000
"""So many combinations of options on the issues that still matter are told apart while coupled issues are joined: 20 seconds."""


@dataclass(frozen=True, slots=True)
class EfficientPoint:
    """Values by party that no package improves for one without loss to another, and the first `package` that has them.

    `count` packages have these values: a number as text, since it can exceed 10^30; None where they were not counted.
    """

    values: dict[str, float]
    package: Package
    count: str | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """A bargaining solution by name: PERT-mean values by party, its package, how many packages tie.

    `share` is the share of draws in which it is the solution; None where that was not counted.
    """

    name: str
    values: dict[str, float]
    package: Package
    ties: int
    share: float | None = None


@dataclass(frozen=True, slots=True)
class LotteryPart:
    """A package of a lottery with its share of it."""

    share: float
    package: Package


@dataclass(frozen=True, slots=True)
class Lottery:
    """A solution over lotteries: expected values by party, and the packages with their shares."""

    name: str
    values: dict[str, float]
    shares: tuple[LotteryPart, ...]


@dataclass(frozen=True, slots=True)
class Frontier:
    """The efficient packages and the bargaining solutions.

    `packages` counts all packages, as text, since the number can exceed 10^30. `zone` is True where `points` hold only those
    that give every party its reservation value. `epsilon` is 0 where nothing was approximated, else the proven bound in shares
    of each party's span. `only_lottery` is True where a lottery over packages gives every party its reservation value and no
    package does. Where no package does, `short` is, by party, the most that it can have while all others have theirs, which is
    less than its own; left out where the others cannot have theirs either. `status_quo` is what the status quo is worth, None
    for a scenario without one. `notes` are the conventions by which another tool's scenario was read.
    """

    parties: tuple[str, ...]
    packages: str
    epsilon: float
    zone: bool
    points: tuple[EfficientPoint, ...]
    reservation: dict[str, float]
    status_quo: dict[str, float] | None
    solutions: dict[str, Solution]
    lotteries: dict[str, Lottery] = field(default_factory=dict)
    only_lottery: bool = False
    notes: tuple[str, ...] = ()
    short: dict[str, float] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        """True when nothing was approximated."""
        return self.epsilon == 0.0

    def renamed(self, parties: Mapping[str, str], issues: Mapping[str, str]) -> Frontier:
        """The same with other names of parties and issues."""

        def values(of: Mapping[str, float]) -> dict[str, float]:
            return {parties[party]: value for party, value in of.items()}

        def package(of: Package) -> Package:
            return {issues[issue]: option for issue, option in of.items()}

        def parts(of: tuple[LotteryPart, ...]) -> tuple[LotteryPart, ...]:
            return tuple(replace(part, package=package(part.package)) for part in of)

        solutions, lotteries = self.solutions.items(), self.lotteries.items()
        return replace(
            self,
            parties=tuple(parties[party] for party in self.parties),
            points=tuple(replace(p, values=values(p.values), package=package(p.package)) for p in self.points),
            reservation=values(self.reservation),
            status_quo=self.status_quo and values(self.status_quo),
            solutions={k: replace(s, values=values(s.values), package=package(s.package)) for k, s in solutions},
            lotteries={k: replace(mix, values=values(mix.values), shares=parts(mix.shares)) for k, mix in lotteries},
        )


@dataclass(frozen=True, slots=True, eq=False)
class Efficient:
    """Efficient packages (F, I) as options, one for each point, their `values` (F, P), and the bound of what is missing.

    `frontier` is what they come from, None where they were found by integer programs, which count no packages.
    """

    packages: NDArray[np.int64]
    values: NDArray[np.float64]
    epsilon: float
    frontier: pareto.Frontier | None = None

    def counts(self) -> list[str | None]:
        """How many packages have the values of each point, None where they were not counted."""
        return [None] * len(self.values) if self.frontier is None else [str(count) for count in self.frontier.count()]


def most(model: Model) -> int:
    """How many points are kept after each group of issues."""
    return MOST_POINTS if len(model.parties) <= MANY or model.packages <= LISTED else MOST_OF_MANY


def efficient(model: Model, *, limit: int | None = None, zone: bool = False, progress: Progress = lambda *_: None) -> Efficient:
    """The efficient packages by PERT means, one for each point; arguments as for `explore`."""
    floor, parts = model.reserve if zone else None, _parts(model)
    if any(_states(model, part) > MOST_STATES for part in parts):
        terms = [(table.where, table.value) for table in model.tables]
        problem = coupled.Problem(model.first, model.value, terms, model.allowed, model.needs, model.bars)
        answer = coupled.frontier(problem, floor=floor, progress=progress)
        return Efficient(answer.packages, answer.values, min(answer.epsilon, 1.0))
    groups = [_join(model, part) for part in parts]
    frontier = pareto.frontier([_values(model, issues, rows) for issues, rows in groups], limit=limit or most(model), floor=floor)
    packages = np.zeros((len(frontier.values), len(model.issues)), dtype=np.int64)
    for g, (issues, rows) in enumerate(groups):
        packages[:, issues] = rows[frontier.choice[:, g]]
    return Efficient(packages, frontier.values, frontier.epsilon, frontier)


def explore(
    model: Model,
    *,
    limit: int | None = None,
    zone: bool = False,
    lotteries: bool = False,
    progress: Progress = lambda *_: None,
) -> Frontier:
    """The frontier by PERT means, its packages, and the solutions over the reservation values.

    `limit` (default: `most`) is how many points are kept after each group of issues; where the exact frontier has more,
    `epsilon` states the proven bound. `zone` finds only the points that reach every reservation value (the zone of possible
    agreement), which is much less work, and does not count packages. `lotteries` adds the solutions over lotteries, which
    mix efficient packages of the whole frontier.
    Solutions that compare points between parties are there only where the case says that points may be compared. `progress`
    hears from `kernels.coupled.frontier`, where that does the work.
    """
    whole = None if zone and not lotteries else efficient(model, limit=limit, progress=progress)
    rows = _zone(model, whole, limit, progress) if zone or whole is None else whole
    counts = [None] * len(rows.values) if zone else rows.counts()
    table = _table(model)
    solutions = {s.name: s for s in _solutions(model, table, rows)}
    return Frontier(
        parties=model.parties,
        packages=str(model.packages),
        epsilon=max(each.epsilon for each in (rows, whole or rows)),
        zone=zone,
        points=tuple(
            EfficientPoint(_by_party(model, values), model.named(package, moved=False), count)
            for values, package, count in zip(rows.values, rows.packages, counts, strict=True)
        ),
        reservation=_by_party(model, model.reserve),
        status_quo=None if model.foreign else dict.fromkeys(model.parties, 0.0),
        solutions=solutions,
        lotteries={mix.name: mix for mix in _lotteries(model, table, whole or rows)} if lotteries else {},
        only_lottery=not solutions and lottery_reaches(model, whole),
        short={} if solutions else dict(short_of(model)),
    )


def short_of(model: Model) -> Iterator[tuple[str, float]]:
    """By party the most that it can have while all others have their reservation values, where that is less than its own."""
    for p, party in enumerate(model.parties):
        reserve = model.reserve.copy()
        reserve[p] -= float(np.abs(model.value[p]).sum()) + 1.0
        values = efficient(replace(model, reserve=reserve), zone=True).values
        if len(values) and (most := float(values[:, p].max())) < model.reserve[p] - ROUNDING:
            yield party, most


def _table(model: Model) -> list[BargainingSolution]:
    """The bargaining solutions by name, those that compare points only where the case says that they may be compared."""
    return [s for s in sorted(SOLUTIONS, key=lambda s: s.name) if model.settings.comparable or not s.comparable]


def _zone(model: Model, whole: Efficient | None, limit: int | None, progress: Progress) -> Efficient:
    """The efficient packages that reach every reservation value; of a whole frontier that integer programs found, its part."""
    if whole is None or whole.frontier is not None:
        return efficient(model, limit=limit, zone=True, progress=progress)
    reach = (whole.values >= model.reserve - ROUNDING).all(axis=1)
    return replace(whole, packages=whole.packages[reach], values=whole.values[reach])


def lottery_reaches(model: Model, whole: Efficient | None = None) -> bool:
    """Whether some lottery over packages gives every party its reservation value; `whole` is the whole frontier, where known."""
    parts = _parts(model)
    if any(_states(model, part) > MOST_STATES for part in parts):
        return lottery.reaches([(whole or efficient(model)).values], model.reserve)
    return lottery.reaches([_values(model, *_join(model, part)) for part in parts], model.reserve)


def solve(model: Model, solution: BargainingSolution) -> NDArray[np.int64] | None:
    """The package (I,) of a solution; None where no package reaches every reservation value."""
    rows = efficient(model, zone=True)
    winners = solution.choose(rows.values, model.reserve)
    return rows.packages[int(winners[0])] if len(winners) else None


def _by_party(model: Model, values: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(model.parties, values.tolist(), strict=True))


def _solutions(model: Model, table: list[BargainingSolution], rows: Efficient) -> Iterator[Solution]:
    """Each solution, but none where no efficient package reaches every reservation value."""
    for solution in table:
        winners = solution.choose(rows.values, model.reserve)
        if len(winners):
            k = int(winners[0])
            values, package = _by_party(model, rows.values[k]), model.named(rows.packages[k], moved=False)
            yield Solution(solution.name, values, package, len(winners), _share(model, solution, rows.packages, k))


def _lotteries(model: Model, table: list[BargainingSolution], rows: Efficient) -> Iterator[Lottery]:
    """The solutions over lotteries of the efficient packages; none where no lottery reaches every reservation value."""
    for solution in table:
        shares = np.zeros(0) if solution.mix is None else solution.mix(rows.values, model.reserve)
        parts = tuple(LotteryPart(float(shares[k]), model.named(rows.packages[k], moved=False)) for k in np.flatnonzero(shares))
        if parts:
            yield Lottery(solution.name, _by_party(model, shares @ rows.values), parts)


def _share(model: Model, solution: BargainingSolution, packages: NDArray[np.int64], k: int) -> float | None:
    """In which share of the first 256 draws the solution, chosen anew among these efficient packages, is package k.

    For solutions that make one number largest; None for the others and without draws.
    """
    draws = min(model.draws, SHARE_DRAWS)
    if not draws or solution.score is None:
        return None
    rows, hits = swaps.design(model, packages), 0
    for start in range(0, draws, 16):
        some = slice(start, min(start + 16, draws))
        gain = np.stack([rows @ model.drawn_all[p, :, some] - model.reserve_drawn[p, some] for p in range(len(model.parties))])
        rational = np.asarray((gain >= -ROUNDING).all(axis=0))
        score = solution.score(gain)
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


def _states(model: Model, part: list[int]) -> float:
    """How many combinations of options `_join` tells apart at most at one time, before it drops any."""
    links = _links(model, part)
    order: list[int] = []
    most = 0.0
    while len(order) < len(part):
        matters = [j for k, j in enumerate(order) if k in _open(order, links)]
        order.append(_next(part, order, links))
        sizes = [float(model.allowed[model.first[i] : model.first[i + 1]].sum()) for i in (*matters, order[-1])]
        most = max(most, float(np.prod(sizes)))
    return most


def _links(model: Model, part: list[int]) -> list[set[int]]:
    """The issues of one part that prerequisites, exclusions and tables couple, one set for each of them."""
    links = [{int(model.issue_of[q]), int(model.issue_of[r])} for q, r in (*model.needs, *model.bars)]
    links += [{i for i, _ in table.where} for table in model.tables]
    return [link for link in links if link <= set(part)]


def _open(order: list[int], links: list[set[int]]) -> list[int]:
    """The places in the order of the issues that still matter to some that are not joined yet."""
    return [k for k, j in enumerate(order) if any(j in link and not link <= set(order) for link in links)]


def _join(model: Model, part: list[int]) -> tuple[list[int], NDArray[np.int64]]:
    """The issues of one part, in the order joined, and the rows of their options that can belong to an efficient package."""
    links = _links(model, part)
    order: list[int] = []
    rows = np.zeros((1, 0), dtype=np.int64)
    while len(order) < len(part):
        i = _next(part, order, links)
        order.append(i)
        options = np.flatnonzero(model.allowed[model.first[i] : model.first[i + 1]])
        rows = np.concatenate([np.repeat(rows, len(options), axis=0), np.tile(options, len(rows))[:, None]], axis=1)
        rows = _lawful(model, order, rows)
        rows = _prune(model, order, rows, _open(order, links))
    return order, rows


def _next(part: list[int], order: list[int], links: list[set[int]]) -> int:
    """The issue whose joining leaves the fewest issues open, then the first of the case."""

    def left_open(i: int) -> int:
        together = {*order, i}
        return sum(any(j in link and not link <= together for link in links) for j in together)

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
