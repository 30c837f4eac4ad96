"""A case compiled to frozen arrays. The axes are defined here, once, and used everywhere.

P parties, in the order of the case; I issues; Q columns, one for each option of each issue (`first[i]` is the column of issue
i's status quo); D draws; C constituencies of one party. A package is a row of I option numbers counted from the status quo.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from summitry.errors import LinkMissing, UnknownName
from summitry.evidence.amounts import amounts
from summitry.interests.beliefs import Belief, beliefs
from summitry.interests.faults import Fault
from summitry.interests.home import Home, home_of
from summitry.kernels import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Case, Preferences
    from summitry.evidence.holdings import Holding
    from summitry.evidence.record import Record

    Place = Mapping[tuple[str, str], int]


Package: TypeAlias = dict[str, str]
"""Option by issue; issues left at the status quo may be omitted where the type says `moves`."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Points that arise only together: `value[p]` is added where every issue of `where` has one of its listed options."""

    where: tuple[tuple[int, frozenset[int]], ...]
    value: NDArray[np.float64]
    drawn: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Model:
    """Everything that the analyses take. Points are each party's own; zero is the status quo unless `foreign`.

    Shapes: `giver` (I, P); `value` (P, Q) PERT means; `reserve` (P,); `drawn` (P, Q, D); `reserve_drawn` (P, D); `allowed` (Q,)
    False where a mandate says never; `needs` pairs (q, r): column q requires the issue of r at r's option or a later one;
    `bars` pairs that exclude each other; `recoverable` (Q,) share that returns after a breakdown; `seen` (Q,) True where the
    option says how it is verified; `days` (Q,). `side` (P,) numbers the sides: allies share one. `beliefs` are those of
    each party in those of other sides, where the record and a prior give one; `step_cost` is what each step costs everybody;
    `measured` counts the amounts when they are first asked for.
    """

    case: Case
    seed: int
    draws: int
    parties: tuple[str, ...]
    side: NDArray[np.int64]
    ally_accept: NDArray[np.float64]
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    first: NDArray[np.int64]
    giver: NDArray[np.bool_]
    value: NDArray[np.float64]
    reserve: NDArray[np.float64]
    drawn: NDArray[np.float64]
    reserve_drawn: NDArray[np.float64]
    tables: tuple[Table, ...]
    allowed: NDArray[np.bool_]
    needs: tuple[tuple[int, int], ...]
    bars: tuple[tuple[int, int], ...]
    recoverable: NDArray[np.float64]
    seen: NDArray[np.bool_]
    days: NDArray[np.int64]
    homes: Mapping[str, Home]
    beliefs: tuple[Belief, ...]
    limit: NDArray[np.float64]
    step_cost: float
    measured: Callable[[], NDArray[np.float64]]

    @cached_property
    def issue_of(self) -> NDArray[np.int64]:
        """The issue of each column, shape (Q,)."""
        return np.repeat(np.arange(len(self.issues)), np.diff(self.first))

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """The number of options of each issue, shape (I,)."""
        return np.diff(self.first)

    @property
    def packages(self) -> int:
        """How many packages there are, before constraints."""
        total = 1
        for size in self.sizes.tolist():
            total *= size
        return total

    def party(self, name: str) -> int:
        """The number of a party."""
        return _index("party", name, self.parties)

    def column(self, issue: str, option: str) -> int:
        """The column of an option."""
        i = _index("issue", issue, self.issues)
        return int(self.first[i]) + _index(f"option of {issue}", option, self.options[i])

    def columns(self, package: Sequence[int] | NDArray[np.int64]) -> list[int]:
        """The columns of a package's moved issues; all issues where the scenario has no status quo."""
        return [int(self.first[i]) + int(o) for i, o in enumerate(package) if o or self.case.foreign]

    def row(self, moves: Mapping[str, str]) -> NDArray[np.int64]:
        """A package from option names; issues that are not named stay at the status quo."""
        package = np.zeros(len(self.issues), dtype=np.int64)
        for issue, option in moves.items():
            q = self.column(issue, option)
            package[self.issue_of[q]] = q - self.first[self.issue_of[q]]
        return package

    def ideas(self) -> list[NDArray[np.int64]]:
        """The packages of the case's named ideas, in the order of the case."""
        return [self.row(idea.package) for idea in self.case.file.ideas.values()]

    def named(self, package: Sequence[int] | NDArray[np.int64], *, moved: bool = True) -> dict[str, str]:
        """A package as option by issue; only the moved issues unless asked for all."""
        keep_all = not moved or bool(self.case.foreign)
        return {self.issues[i]: self.options[i][int(o)] for i, o in enumerate(package) if keep_all or o}

    def means(self, packages: NDArray[np.int64]) -> NDArray[np.float64]:
        """PERT-mean values of packages (N, I), shape (N, P)."""
        total = np.take(self.value, packages + self.first[:-1], axis=1).sum(axis=2).T  # several times faster than by index
        for table in self.tables:
            total = total + np.outer(holds(table, packages), table.value)
        result: NDArray[np.float64] = total
        return result

    def values(self, package: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float64]:
        """The drawn values of one package, shape (P, D)."""
        total: NDArray[np.float64] = self.drawn[:, self.columns(package), :].sum(axis=1)
        row = np.asarray(package, dtype=np.int64)[None, :]
        for table in self.tables:
            if holds(table, row)[0]:
                total = total + table.drawn
        return total

    def faults(self, package: Sequence[int] | NDArray[np.int64]) -> list[Fault]:
        """Why a package may not be formed; empty when it may."""
        columns = set(self.columns(package))
        found = [self._closed(q) for q in sorted(columns) if not self.allowed[q]]
        for q, r in self.needs:
            if q in columns and package[self.issue_of[r]] < r - self.first[self.issue_of[r]]:
                found.append(self._between("requires", q, r, package))
        for q, r in self.bars:
            if q in columns and r in columns:
                found.append(self._between("excludes", q, r, package))
        return found

    def _between(
        self, kind: Literal["requires", "excludes"], q: int, r: int, package: Sequence[int] | NDArray[np.int64]
    ) -> Fault:
        i = int(self.issue_of[r])
        titles = self.titled(q), self.titled(r)
        return Fault(self.label(q), kind, self.label(r), self.label(int(self.first[i]) + int(package[i])), titles=titles)

    def _closed(self, q: int) -> Fault:
        expires = self.case.file.issues[self.issues[int(self.issue_of[q])]].expires
        titles = self.titled(q), ""
        if expires is not None and expires < self.case.file.as_of:
            return Fault(self.label(q), "expired", since=expires.isoformat(), titles=titles)
        return Fault(self.label(q), "mandate", titles=titles)

    def closure(self, packages: NDArray[np.int64]) -> NDArray[np.int64]:
        """Packages (..., I) with every prerequisite added, each at the least option that meets it."""
        closed = np.array(packages, dtype=np.int64)
        rows = closed.reshape(-1, len(self.issues))
        changed = True
        while changed:
            changed = False
            for q, r in self.needs:
                i, j = self.issue_of[q], self.issue_of[r]
                least = r - self.first[j]
                short = (rows[:, i] == q - self.first[i]) & (rows[:, j] < least)
                if short.any():
                    rows[short, j] = least
                    changed = True
        return closed

    @cached_property
    def drawn_all(self) -> NDArray[np.float64]:
        """Drawn values of the columns and, behind them, of the T interaction tables, shape (P, Q + T, D)."""
        return np.concatenate([self.drawn, *(table.drawn[:, None, :] for table in self.tables)], axis=1)

    @cached_property
    def moments(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sample means (P, K) and covariances (P, K, K) of the K columns, tables and, last, minus the reservation value."""
        full = np.concatenate([self.drawn_all, -self.reserve_drawn[:, None, :]], axis=1)
        mean = full.mean(axis=2)
        centred = full - mean[:, :, None]
        return mean, centred @ centred.transpose(0, 2, 1) / max(self.draws, 1)

    @property
    def amounts(self) -> NDArray[np.float64]:
        """How much each option moves, shape (Q,); a percentage counts of the holding's central quantity; NaN where unknown."""
        return self.measured()

    def label(self, column: int) -> str:
        """ISSUE.OPTION of a column."""
        i = int(self.issue_of[column])
        return f"{self.issues[i]}.{self.options[i][column - int(self.first[i])]}"

    def titled(self, column: int) -> str:
        """A column in titles, as a move."""
        issue, _, option = self.label(column).partition(".")
        return f"{self.case.file.issues[issue].title}: {option}"

    def given_by(self, p: int, *, others: bool = False) -> NDArray[np.bool_]:
        """Which issues p's side gives by itself, or those that the other sides give without it, shape (I,)."""
        ours = self.giver[:, self.side == self.side[p]].any(axis=1)
        theirs = self.giver[:, self.side != self.side[p]].any(axis=1)
        return np.asarray(theirs & ~ours if others else ours & ~theirs)

    def allies(self, p: int) -> list[int]:
        """The parties on p's side, p among them."""
        return [int(k) for k in np.flatnonzero(self.side == self.side[p])]


def build(
    case: Case,
    *,
    seed: int = 0,
    draws: int | None = None,
    record: Record | None = None,
    held: Sequence[Holding] | None = None,
    homes: bool = True,
) -> Model:
    """Compile a case, as its reader sees it, with `draws` draws (the case's own number by default; 0 for none).

    `held` are the case's holdings where they are known already. Without `homes` the back tables, which are most of the work, are
    left out: for questions that do not ask them.

    1. Lay out the axes. 2. Values and reservation values, means and draws. 3. Constraints. 4. Back tables. 5. Trust from the
    record. Raises LinkMissing where this reader has no estimate of some party.
    """
    file = case.file
    count = file.settings.draws if draws is None else draws
    parties, issues = tuple(file.parties), tuple(file.issues)
    options = tuple(tuple(issue.options) for issue in file.issues.values())
    first = np.concatenate(([0], np.cumsum([len(names) for names in options]))).astype(np.int64)
    place = {(i, o): int(first[k]) + n for k, i in enumerate(issues) for n, o in enumerate(options[k])}
    width, correlation = int(first[-1]), file.settings.correlation
    believed = [_believed(case, party) for party in parties]
    factors = [draw.common_factor(draw.generator(seed, "party", party), count) for party in parties]
    values = [_values(b, p, f, correlation, place, width, seed) for p, b, f in zip(parties, believed, factors, strict=True)]
    recoverable, seen, days = _deeds(case, place, width)
    sides = list(file.sides.values())
    believed_of = [(b.party, b.other, b.posterior[1]) for b in record.beliefs] if record else []
    return Model(
        case=case,
        seed=seed,
        draws=count,
        parties=parties,
        side=np.array([sides.index(side) for side in sides]),
        ally_accept=np.array([file.coalitions[side].accept if side in file.coalitions else 0.5 for side in sides]),
        issues=issues,
        options=options,
        first=first,
        giver=np.array([[party in issue.giver for party in parties] for issue in file.issues.values()], dtype=np.bool_),
        value=np.array([v[0] for v in values]),
        reserve=np.array([draw.pert_mean(*b.reservation) for b in believed]),
        drawn=np.array([v[1] for v in values]),
        reserve_drawn=np.array([v[2] for v in values]),
        tables=tuple(
            t for p in range(len(parties)) for t in _tables(believed[p], p, parties, factors[p], options, issues, case, seed)
        ),
        allowed=_allowed(case, believed, place, width),
        needs=_pairs({i: issue.requires for i, issue in file.issues.items()}, place),
        bars=_pairs({i: issue.excludes for i, issue in file.issues.items()}, place),
        recoverable=recoverable,
        seen=seen,
        days=days,
        homes=_homes(case, dict(zip(parties, factors, strict=True)) if homes else {}, place, width, seed),
        beliefs=tuple(beliefs(case, believed_of, place, width)),
        limit=np.array([np.inf if b.exposure_limit is None else b.exposure_limit for b in believed]),
        step_cost=file.settings.step_cost,
        measured=cache(lambda: np.array(amounts(case, held))),
    )


def _deeds(case: Case, place: Place, width: int) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """What returns after a breakdown, whether doing it is seen, and how many days it takes, by column (Q,)."""
    recoverable, seen, days = np.zeros(width), np.zeros(width, dtype=np.bool_), np.zeros(width, dtype=np.int64)
    for name, issue in case.file.issues.items():
        for option in issue.options:
            q = place[name, option]
            recoverable[q], seen[q] = issue.recoverable.get(option, 0.0), option in issue.verified_by
            days[q] = issue.takes.get(option, 0)
    return recoverable, seen, days


def _allowed(case: Case, believed: Sequence[Preferences], place: Place, width: int) -> NDArray[np.bool_]:
    """Columns that no mandate rules out and whose issue has not expired, shape (Q,)."""
    allowed = np.ones(width, dtype=np.bool_)
    for name, matter in case.file.issues.items():
        if matter.expires is not None and matter.expires < case.file.as_of:
            allowed[[place[name, option] for option in list(matter.options)[1:]]] = False
    for preferences in believed:
        for issue, mandate in preferences.mandate.items():
            for option, permission in mandate.items():
                allowed[place[issue, option]] &= permission != "never"
    return allowed


def _homes(case: Case, factors: Mapping[str, NDArray[np.float64]], place: Place, width: int, seed: int) -> dict[str, Home]:
    """The back tables of these parties, where the case says who sits at them."""
    found = {party: home_of(case, party, factor, place, width, seed) for party, factor in factors.items()}
    return {party: home for party, home in found.items() if home is not None}


def voices(made: Model, party: str) -> Home | None:
    """The voices at a party's back table, seated without weight, so that their opinion can be shown beside the votes.

    Drawn when asked for, because most questions do not ask them. None where there is no back table.
    """
    place = {(i, o): int(made.first[k]) + n for k, i in enumerate(made.issues) for n, o in enumerate(made.options[k])}
    factor = draw.common_factor(draw.generator(made.seed, "party", party), made.draws)
    return home_of(made.case, party, factor, place, int(made.first[-1]), made.seed, voices=True)


def _believed(case: Case, party: str) -> Preferences:
    found = case.believed(party)
    if found is None:
        holder = case.viewer or party
        raise LinkMissing(
            "What is possible",
            f"there is no preferences/{holder}/{party}.yaml",
            "Write that file, or ask as somebody who has it.",
        )
    return found


def _values(
    believed: Preferences, party: str, factor: NDArray[np.float64], correlation: float, place: Place, width: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Means (Q,), draws (Q, D) and reservation draws (D,) of one party."""
    mean, drawn = np.zeros(width), np.zeros((width, factor.size))
    for issue, values in believed.values.items():
        rank = draw.ranks(draw.generator(seed, "value", party, issue), factor, correlation)
        for option, span in values.options.items():
            mean[place[issue, option]] = draw.pert_mean(*span)
            drawn[place[issue, option]] = draw.pert_draws(*span, rank)
    rank = draw.generator(seed, "reservation", party).permutation(factor.size)
    return mean, drawn, draw.pert_draws(*believed.reservation, rank)


def _tables(
    believed: Preferences,
    p: int,
    parties: tuple[str, ...],
    factor: NDArray[np.float64],
    options: tuple[tuple[str, ...], ...],
    issues: tuple[str, ...],
    case: Case,
    seed: int,
) -> Iterator[Table]:
    """The interactions of one party; each is drawn by its issues and options, so that another one does not redraw it."""
    for together in believed.together:
        key = sorted(f"{issue}={','.join(sorted(names))}" for issue, names in together.when.items())
        rank = draw.ranks(draw.generator(seed, "together", parties[p], *key), factor, case.file.settings.correlation)
        value, drawn = np.zeros(len(parties)), np.zeros((len(parties), factor.size))
        value[p], drawn[p] = draw.pert_mean(*together.value), draw.pert_draws(*together.value, rank)
        where = {issues.index(issue): names for issue, names in together.when.items()}
        yield Table(tuple((i, frozenset(options[i].index(o) for o in names)) for i, names in where.items()), value, drawn)


def holds(table: Table, packages: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which packages (N, I) meet the table's condition, shape (N,)."""
    result = np.ones(len(packages), dtype=np.bool_)
    for i, options in table.where:
        result &= np.isin(packages[:, i], list(options))
    return result


def _pairs(rules: Mapping[str, Mapping[str, tuple[str, ...]]], place: Place) -> tuple[tuple[int, int], ...]:
    found = []
    for issue, by_option in rules.items():
        for option, names in by_option.items():
            for name in names:
                other, other_option = name.split(".", 1)
                found.append((place[issue, option], place[other, other_option]))
    return tuple(sorted(set(found)))


def _index(kind: str, name: str, known: tuple[str, ...]) -> int:
    if name not in known:
        raise UnknownName(kind, name, known)
    return known.index(name)
