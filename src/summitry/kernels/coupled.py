"""The efficient packages where too many issues hang together to be joined one by one: integer programs, with a proven bound.

Zones of the values that may still hold an efficient package are closed one program at a time (K. Klamroth, R. Lacour & D.
Vanderpooten, "On the representation of the search region in multi-objective optimization", European Journal of Operational
Research 245, 2015). What is open when the programs are used up bounds what can be missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from summitry.kernels._pareto_numpy import undominated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Term: TypeAlias = tuple[tuple[tuple[int, frozenset[int]], ...], NDArray[np.float64]]


PROGRAMS, EFFORT = 300, 36_000
"""Integer programs that one search may solve; large ones, which take longer, are fewer: their number times their columns."""
NODES = 2_000
"""Nodes after which one program is left undecided, its zone open."""
WORK = 20_000
"""Nodes of all programs of one search together."""
LARGEST_DENOMINATOR = 10**6
STEPS = 2e6
"""Steps of a party's span up to which the integer programs tell two neighbours apart for certain."""
NOISE = 1e-14
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Packages of I issues with Q options in all, and what they are worth to P parties.

    `first` (I + 1,) is the first column of each issue, `value` (P, Q) what an option adds, each of `terms` what is added, (P,),
    where every issue named has one of its listed options. `allowed` (Q,); `needs` pairs (q, r): q only with r or a later option
    of its issue; `bars` pairs that exclude each other.
    """

    first: NDArray[np.int64]
    value: NDArray[np.float64]
    terms: Sequence[Term]
    allowed: NDArray[np.bool_]
    needs: Sequence[tuple[int, int]] = ()
    bars: Sequence[tuple[int, int]] = ()

    def worth(self, packages: NDArray[np.int64]) -> NDArray[np.float64]:
        """What packages (N, I) are worth, shape (N, P)."""
        total = self.value[:, packages + self.first[:-1]].sum(axis=2).T
        for where, value in self.terms:
            inside = np.ones(len(packages), dtype=np.bool_)
            for i, options in where:
                inside &= np.isin(packages[:, i], list(options))
            total = total + np.outer(inside, value)
        return np.ascontiguousarray(total)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Packages (F, I) and their values (F, P), by first value descending, then the next.

    `epsilon` is 0 where they are all efficient values; otherwise every package (that reaches the floor) is matched by one of them
    that is worse for each party by at most epsilon times the span between that party's best package and the worst of those met.
    It is infinite where nothing was proven.
    """

    packages: NDArray[np.int64]
    values: NDArray[np.float64]
    epsilon: float


def frontier(
    problem: Problem,
    *,
    floor: NDArray[np.float64] | None = None,
    programs: int | None = None,
    progress: Callable[[int, int, float], None] = lambda *_: None,
) -> Answer:
    """Find one package for each efficient value, exactly unless the programs are used up.

    1. Each party's best package, and its worst, give the spans. 2. A zone is all values above its corner in every party; the
    first reaches from the floor, or from the worst. 3. In the zone where most can be missing, find the package with the largest
    sum of values, each in its party's span: it is efficient. The zones that hold it part into those that do not. Where there
    is none, the zone is closed. 4. Stop when no zone is open, or nothing may be spent.
    `progress` hears after each program how many points there are, how many zones are open, and the bound so far.
    """
    search = _Search(problem)
    search.budget = min(PROGRAMS, EFFORT // (search.width + len(search.terms))) if programs is None else programs
    search.bound_values()
    zones = [search.least if floor is None else np.maximum(search.steps_of(floor) - 1.0 + search.slack, search.least)]
    stuck: list[NDArray[np.float64]] = []
    while zones and search.may_go_on():
        zones = [zone for zone in zones if not search.is_empty(zone)]
        if not zones:
            break
        missing = [search.missing(zone) for zone in zones]
        zone = zones.pop(int(np.argmax(missing)))
        package, proven = search.best_above(zone)
        if package is not None:
            search.add(package, efficient=proven)
        if package is None or not proven:
            stuck += [] if proven else [zone]
        else:
            zones = _split([*zones, zone], search.points[-1])
        progress(len(search.points), len(zones), max(map(search.missing, [*zones, *stuck]), default=0.0))
    epsilon = max(map(search.missing, [*zones, *stuck]), default=0.0)
    return search.result(epsilon, floor)


def _split(zones: list[NDArray[np.float64]], point: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The zones without what `point` dominates: a zone that holds it becomes one for each party, which must have more."""
    apart = [zone for zone in zones if not (zone < point).all()]
    parts = []
    for zone in zones:
        if (zone < point).all():
            for p in range(len(point)):
                part = zone.copy()
                part[p] = point[p]
                parts.append(part)
    few: list[NDArray[np.float64]] = []
    for k, part in enumerate(parts):
        rivals = [*apart, *few, *parts[k + 1 :]]
        if not any((rival <= part).all() for rival in rivals):
            few.append(part)
    return apart + few


class _Search:
    """The integer programs of one problem, in steps of each party's values, and what they found and cost."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.budget, self.nodes = PROGRAMS, WORK
        self.parties, self.width = problem.value.shape
        self.additive, self.terms = _without_single_issues(problem)
        self.packages: list[NDArray[np.int64]] = []
        self.points: list[NDArray[np.float64]] = []
        self.efficient: list[bool] = []
        self.extremes: list[NDArray[np.float64]] = []
        self.unit, self.whole = np.ones(self.parties), True
        self.rows = {direction: self._rows(direction) for direction in (1, -1)}

    def bound_values(self) -> None:
        """Find each party's best and worst package, choose the step of its values, and lay down where the search begins."""
        problem = self.problem
        reach = [np.abs(self.additive[p]).max() + sum(abs(value[p]) for _, value in self.terms) for p in range(self.parties)]
        units = [_common_unit([*problem.value[p], *(value[p] for _, value in problem.terms)]) for p in range(self.parties)]
        self.unit = np.array([1e3 / max(r, 1e-290) if u is None else u for u, r in zip(units, reach, strict=True)])
        best, worst = np.zeros(self.parties), np.zeros(self.parties)
        for p in range(self.parties):
            goal = np.eye(self.parties)[p] / max(reach[p] * self.unit[p], 1e-290) * 1e3
            for direction, side in ((1, best), (-1, worst)):
                package, bound = self._solve(goal * direction, None, direction)
                side[p] = direction * bound / goal[p]
                if package is not None:
                    self.extremes.append(problem.worth(package[None])[0] * self.unit)
        self.best = best
        corners = np.array(self.extremes) if self.extremes else np.zeros((1, self.parties))
        span = corners.max(axis=0) - corners.min(axis=0)
        coarse = np.array([u is None for u in units]) | (best - worst > STEPS)
        factor = np.where(coarse, 1e6 / np.maximum(best - worst, 1e-290), 1.0)
        span = np.where(span > 0.0, span, np.where(best > worst, best - worst, 1.0))
        self.unit, self.best, self.span = self.unit * factor, best * factor, span * factor
        self.whole = not coarse.any()
        self.least = worst * factor - 1.0
        self.slack = 1e-6

    def steps_of(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values in steps of each party."""
        steps = values * self.unit
        return np.ceil(steps - 1e-6) if self.whole else steps

    def may_go_on(self) -> bool:
        """Whether programs and nodes are left."""
        return self.budget > 0 and self.nodes > 0

    def best_above(self, zone: NDArray[np.float64]) -> tuple[NDArray[np.int64] | None, bool]:
        """The package with the largest sum of shares above a zone's corner; None where none was found; whether that is proven."""
        goal = 1e3 / np.maximum(self.span, 1.0)
        package, bound = self._solve(goal, zone + (1.0 if self.whole else 0.5), 1)
        if package is None:
            return None, bound == -np.inf
        return package, bool(bound <= float(goal @ self._steps(package)) + 1e-3 * float(goal.min()) + 1e-5)

    def add(self, package: NDArray[np.int64], *, efficient: bool) -> None:
        """Keep a package."""
        self.packages.append(package)
        self.points.append(self._steps(package))
        self.efficient.append(efficient)

    def missing(self, zone: NDArray[np.float64]) -> float:
        """By how much, in shares of the spans, what a zone may hold can exceed every point in the party where it does most.

        In a zone every party has more than its corner, so no point that lies at or below the corner in all parties but one can be
        exceeded in that one.
        """
        if not self.points:
            return float(np.inf)
        return float(np.clip((self._top(zone) - np.array(self.points)) / self.span, 0.0, None).max(axis=1).min())

    def is_empty(self, zone: NDArray[np.float64]) -> bool:
        """Whether no value of whole steps lies between a zone's corner and its top."""
        return bool(self.whole and self.points and (self._top(zone) < zone + 1.0 - self.slack).any())

    def _top(self, zone: NDArray[np.float64]) -> NDArray[np.float64]:
        """What no efficient value in a zone that is not found yet exceeds, party by party."""
        points, top = np.array(self.points)[np.array(self.efficient)], self.best.copy()
        for p in range(self.parties):
            others = np.delete(np.arange(self.parties), p)
            behind = (points[:, others] <= zone[others]).all(axis=1)
            top[p] = min(top[p], points[behind, p].min(initial=np.inf) - float(self.whole))
        return top

    def result(self, epsilon: float, floor: NDArray[np.float64] | None) -> Answer:
        """The points that no other dominates, sorted, with what is proven of them."""
        issues = len(self.problem.first) - 1
        packages = np.array(self.packages, dtype=np.int64).reshape(-1, issues)
        values = self.problem.worth(packages)
        if floor is not None:
            reach = (values >= floor - ROUNDING * (np.abs(floor) + 1.0)).all(axis=1)
            packages, values = packages[reach], values[reach]
        order = np.lexsort((*packages.T[::-1], *-values.T[::-1]))
        packages, values = packages[order], values[order]
        fresh = np.ones(len(values), dtype=np.bool_)
        fresh[1:] = (np.abs(values[1:] - values[:-1]) > ROUNDING * (1.0 + np.abs(values[1:]))).any(axis=1)
        packages, values = packages[fresh], values[fresh]
        keep = undominated(values.T)
        return Answer(packages[keep], values[keep], epsilon if self.whole else max(epsilon, float((1.0 / self.span).max())))

    def _steps(self, package: NDArray[np.int64]) -> NDArray[np.float64]:
        steps = self.problem.worth(package[None])[0] * self.unit
        return np.asarray(np.rint(steps)) if self.whole else steps

    def _solve(
        self, goal: NDArray[np.float64], least: NDArray[np.float64] | None, direction: int
    ) -> tuple[NDArray[np.int64] | None, float]:
        """The package with the largest goal @ steps, each party's at least `least`; with what no package exceeds.

        None and minus infinity where there is none; None and infinity where that was left undecided.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        columns = np.hstack([self.additive, np.array([value for _, value in self.terms]).reshape(-1, self.parties).T])
        columns = columns * self.unit[:, None]
        rows, low, high = self.rows[direction]
        if least is not None:
            rows = np.vstack([rows, columns])
            low, high = np.append(low, least - 1e-4), np.append(high, np.full(self.parties, np.inf))
        top = np.append(self.problem.allowed, np.ones(len(self.terms))).astype(np.float64)
        answer = milp(
            -(goal @ columns),
            constraints=LinearConstraint(rows, low, high),
            integrality=np.ones(columns.shape[1], dtype=np.int64),
            bounds=Bounds(0.0, top),
            options={"mip_rel_gap": 0.0, "node_limit": max(1, min(NODES, self.nodes))},
        )
        self.budget -= 1
        self.nodes -= max(1, int(answer.mip_node_count or 0))
        if answer.status == 2:  # noqa: PLR2004 (scipy: no solution)
            return None, -np.inf
        bound = np.inf if answer.mip_dual_bound is None else -float(answer.mip_dual_bound)
        if answer.x is None:
            return None, np.inf
        first = self.problem.first
        package = [int(answer.x[a:b].argmax()) for a, b in pairwise(first.tolist())]
        return np.array(package, dtype=np.int64), bound

    def _rows(self, direction: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Constraints on the columns: one option an issue, the rules, and when a term may or must count."""
        laws = list(self._laws(direction))
        matrix = np.zeros((len(laws), self.width + len(self.terms)))
        for row, (coefficients, _) in zip(matrix, laws, strict=True):
            row[list(coefficients)] = list(coefficients.values())
        low, high = np.array([bounds for _, bounds in laws]).T
        return matrix, low, high

    def _laws(self, direction: int) -> Iterator[tuple[dict[int, float], tuple[float, float]]]:
        problem, inf = self.problem, float(np.inf)
        first = problem.first
        for a, b in pairwise(first.tolist()):
            yield dict.fromkeys(range(a, b), 1.0), (1.0, 1.0)
        for q, r in problem.needs:
            end = int(first[np.searchsorted(first, r, side="right")])
            yield {q: 1.0} | dict.fromkeys(range(r, end), -1.0), (-inf, 0.0)
        for q, r in problem.bars:
            yield {q: 1.0, r: 1.0}, (-inf, 1.0)
        for k, (where, value) in enumerate(self.terms, start=self.width):
            inside = [dict.fromkeys((int(first[i]) + o for o in options), 1.0) for i, options in where]
            if (value * direction > 0).any():
                for columns in inside:
                    yield {k: 1.0} | dict.fromkeys(columns, -1.0), (-inf, 0.0)
            if (value * direction < 0).any():
                yield {k: -1.0} | {c: 1.0 for columns in inside for c in columns}, (-inf, len(inside) - 1.0)


def _without_single_issues(problem: Problem) -> tuple[NDArray[np.float64], list[Term]]:
    """The values of options with the terms of one issue added to them, and the terms that are left."""
    additive = problem.value.copy()
    joint: list[Term] = []
    for where, value in problem.terms:
        if len(where) == 1:
            ((i, options),) = where
            additive[:, int(problem.first[i]) + np.array(sorted(options), dtype=np.int64)] += value[:, None]
        else:
            joint.append((where, value))
    return additive, joint


def _common_unit(values: Sequence[float]) -> float | None:
    """How many equal steps a point has, so that every value is a whole number of them; None where there is no such number."""
    largest, steps = max((abs(value) for value in values), default=0.0), 1
    for value in values:
        fraction = Fraction(float(value)).limit_denominator(LARGEST_DENOMINATOR)
        if abs(float(fraction) - value) > NOISE * largest:
            return None
        steps = lcm(steps, fraction.denominator)
        if steps > LARGEST_DENOMINATOR**2:
            return None
    return float(steps)
