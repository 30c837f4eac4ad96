"""A case compiled to frozen arrays. The axes are defined here, once, and used everywhere.

P parties, in the order of the case; I issues; Q columns, one for each option of each issue (`first[i]` is the column of issue
i's status quo); D draws; C constituencies of one party. A package is a row of I option numbers counted from the status quo.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import prod
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

import numpy as np

from summitry.errors import LinkMissing, UnknownName
from summitry.evidence.bounds import Bounds, reach_of
from summitry.evidence.quantities import amounts
from summitry.evidence.standing import standing_offers
from summitry.interests.acceptance import Answers, answers
from summitry.interests.faults import Fault
from summitry.interests.home import Home, Sampling, home_of
from summitry.interests.preferences import Belief, beliefs
from summitry.kernels import draw
from summitry.kernels.rules import close, rules_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import (
        Calendar,
        Case,
        CaseFile,
        Coalition,
        Constituency,
        Idea,
        Issue,
        Law,
        Meeting,
        Preferences,
        Settings,
    )
    from summitry.evidence.conduct import Record
    from summitry.evidence.inventory import Holding
    from summitry.kernels.ordering import Order

    Place = Mapping[tuple[str, str], int]
    _Own = Mapping[str, Preferences]
    _Seats = Mapping[str, Mapping[str, Constituency]]


FRESH = 1_000_003
"""Added to the seed for draws that no search has seen."""
Package: TypeAlias = dict[str, str]
"""Option by issue; issues left at the status quo may be omitted where the type says `moves`."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Points that arise only together: `value[p]` is added where every issue of `where` has one of its listed options."""

    where: tuple[tuple[int, frozenset[int]], ...]
    value: NDArray[np.float64]
    draws: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Model:
    """Everything that the analyses take. Points are each party's own; zero is the status quo unless `foreign`.

    What the case states stands as it states it: `preferences` are those of each party as this reader has them, `terms` the issues
    by id, `seats` the constituencies by party; `foreign` names another tool's format, `principal` whose side is served,
    `mediator` the party that serves the sides.

    Shapes: `giver` (I, P); `value` (P, Q) PERT means; `reserve` (P,); `value_draws` (P, Q, D); `reserve_drawn` (P, D);
    `allowed` (Q,) False where a mandate says never; `needs` pairs (q, r): q is only formed with the issue of r at r's option or
    later; `first_needs` those of them where r must be done before q;
    `bars` pairs that exclude each other; `recoverable` (Q,) share that returns after a breakdown; `verified` (Q,) True where the
    option says how it is verified; `days` (Q,). `side` (P,) numbers the sides: allies share one. `beliefs` are those of
    each party in those of other sides, where the record and a prior give one; `step_cost` is what each step costs everybody;
    `limit` (P,) the exposure that each bears at most. `measured` counts the amounts when they are first asked for. `bounds` are
    what the record settles. `fair` (P,) is what each has under Kalai-Smorodinsky, NaN where unknown; without it all go by their
    walk-away, and nobody slips.
    """

    settings: Settings
    as_of: dt.date
    meets: Meeting | None
    calendar: Calendar
    foreign: str
    viewer: str | None
    principal: str
    mediator: str | None
    preferences: Mapping[str, Preferences]
    terms: Mapping[str, Issue]
    coalitions: Mapping[str, Coalition]
    seats: Mapping[str, Mapping[str, Constituency]]
    laws: tuple[Law, ...]
    ideas: Mapping[str, Idea]
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
    value_draws: NDArray[np.float64]
    reserve_drawn: NDArray[np.float64]
    tables: tuple[Table, ...]
    allowed: NDArray[np.bool_]
    needs: tuple[tuple[int, int], ...]
    first_needs: tuple[tuple[int, int], ...]
    bars: tuple[tuple[int, int], ...]
    recoverable: NDArray[np.float64]
    verified: NDArray[np.bool_]
    days: NDArray[np.int64]
    homes: Mapping[str, Home]
    beliefs: tuple[Belief, ...]
    limit: NDArray[np.float64]
    step_cost: float
    measured: Callable[[], NDArray[np.float64]]
    bounds: Bounds
    fair: NDArray[np.float64] | None = None

    @cached_property
    def acts(self) -> NDArray[np.bool_]:
        """Which issues are steps of somebody: those with a giver that do not hold from the signature on, shape (I,)."""
        lasting = np.array([issue.at_signature for issue in self.terms.values()], dtype=np.bool_)
        return np.asarray(self.giver.any(axis=1) & ~lasting)

    @cached_property
    def signed(self) -> dt.date:
        """The day on which a deal can be signed: that of the meeting, else the case's own."""
        return self.as_of if self.meets is None else max(self.as_of, self.meets.date)

    @cached_property
    def place(self) -> Place:
        """The column of each (issue, option)."""
        return _place(self.issues, self.options, self.first)

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
        return prod(self.sizes.tolist())

    def party(self, name: str) -> int:
        """The number of a party."""
        return _index("party", name, self.parties)

    def column(self, issue: str, option: str) -> int:
        """The column of an option."""
        i = _index("issue", issue, self.issues)
        return int(self.first[i]) + _index(f"option of {issue}", option, self.options[i])

    def columns(self, package: Sequence[int] | NDArray[np.int64]) -> list[int]:
        """The columns of a package's moved issues; all issues where the scenario has no status quo."""
        return [int(self.first[i]) + int(o) for i, o in enumerate(package) if o or self.foreign]

    def row(self, moves: Mapping[str, str]) -> NDArray[np.int64]:
        """A package from option names; issues that are not named stay at the status quo."""
        package = np.zeros(len(self.issues), dtype=np.int64)
        for issue, option in moves.items():
            q = self.column(issue, option)
            package[self.issue_of[q]] = q - self.first[self.issue_of[q]]
        return package

    def idea_rows(self) -> list[NDArray[np.int64]]:
        """The packages of the case's named ideas, in the order of the case."""
        return [self.row(idea.package) for idea in self.ideas.values()]

    def named(self, package: Sequence[int] | NDArray[np.int64], *, moved: bool = True) -> dict[str, str]:
        """A package as option by issue; only the moved issues unless asked for all."""
        return {self.issues[i]: self.options[i][int(o)] for i, o in enumerate(package) if o or self.foreign or not moved}

    def means(self, packages: NDArray[np.int64]) -> NDArray[np.float64]:
        """PERT-mean values of packages (N, I), shape (N, P)."""
        total = np.take(self.value, packages + self.first[:-1], axis=1).sum(axis=2).T  # several times faster than by index
        for table in self.tables:
            total = total + np.outer(holds(table, packages), table.value)
        result: NDArray[np.float64] = total
        return result

    def values(self, package: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float64]:
        """The drawn values of one package, shape (P, D)."""
        row = np.asarray(package, dtype=np.int64)[None, :]
        total = self.value_draws[:, self.columns(package), :].sum(axis=1)
        return sum((table.draws for table in self.tables if holds(table, row)[0]), total)

    def faults(self, package: Sequence[int] | NDArray[np.int64]) -> list[Fault]:
        """Why a package may not be formed; empty when it may."""
        columns = set(self.columns(package))
        faults = [self._closed(q) for q in sorted(columns) if not self.allowed[q]]
        for q, r in self.needs:
            if q in columns and package[self.issue_of[r]] < r - self.first[self.issue_of[r]]:
                faults.append(self._between("requires", q, r, package))
        for q, r in self.bars:
            if q in columns and r in columns:
                faults.append(self._between("excludes", q, r, package))
        return faults

    def _between(
        self, kind: Literal["requires", "excludes"], q: int, r: int, package: Sequence[int] | NDArray[np.int64]
    ) -> Fault:
        i = int(self.issue_of[r])
        titles = self.titled(q), self.titled(r)
        return Fault(self.label(q), kind, self.label(r), self.label(int(self.first[i]) + int(package[i])), titles=titles)

    def _closed(self, q: int) -> Fault:
        expires = self.terms[self.issues[int(self.issue_of[q])]].expires
        if expires is not None and expires < self.as_of:
            return Fault(self.label(q), "expired", since=expires.isoformat(), titles=(self.titled(q), ""))
        return Fault(self.label(q), "mandate", titles=(self.titled(q), ""))

    def closure(self, packages: NDArray[np.int64]) -> NDArray[np.int64]:
        """Packages (..., I) with every prerequisite added, each at the least option that meets it."""
        return close(packages, self.rules)

    @cached_property
    def rules(self) -> NDArray[np.int64]:
        """The prerequisites as rows (issue, option, issue, least option) for `kernels.rules`."""
        return rules_of(self.needs, self.first)

    def fresh(self, doublings: int) -> Model:
        """The same model on draws that chose nothing, 2^doublings times as many; kept, since many packages are judged on them."""
        if not self.draws or self.foreign:
            return self
        if doublings not in self._fresh:
            seed = self.seed + FRESH * (doublings + 1)
            other = redraw(replace(self, seed=seed, draws=self.draws << doublings))
            self._fresh[doublings] = other if self.homes else replace(other, homes={})
        return self._fresh[doublings]

    @cached_property
    def orders(self) -> dict[bytes, Order | None]:
        """The orders of least load that were found, by the terms of their search: several questions ask for the same one."""
        return {}

    @cached_property
    def _fresh(self) -> dict[int, Model]:
        return {}

    @cached_property
    def drawn_all(self) -> NDArray[np.float64]:
        """Drawn values of the columns and, behind them, of the T interaction tables, shape (P, Q + T, D)."""
        if not self.tables:
            return self.value_draws
        return np.concatenate([self.value_draws, *(table.draws[:, None, :] for table in self.tables)], axis=1)

    @cached_property
    def answers(self) -> Answers:
        """From which value each party says yes, in each draw; see `interests.acceptance`."""
        ours = self.party(self.principal)
        standing = self.bounds.standing  # each offer by itself, and with what is agreed beside it
        deals = [(self.party(b.party), by | b.conditions | b.gives) for b in standing.bundles for by in ({}, standing.fixed)]
        offers = [(p, self.values(self.closure(self.row(moves)))[p]) for p, moves in deals if p != ours]
        return answers(self.preferences, ours, self.fair, self.reserve_drawn, self.settings, self.seed, offers)

    @cached_property
    def moments(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sample means (P, K) and covariances (P, K, K) of the K columns, tables and, last, minus the aspiration."""
        full = np.concatenate([self.drawn_all, -self.answers.aspiration[:, None, :]], axis=1)
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
        return f"{self.terms[issue].title}: {option}"

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
    holdings: Sequence[Holding] | None = None,
    homes: bool = True,
) -> Model:
    """Compile a case, as its reader sees it, with `draws` draws (the case's own number by default; 0 for none).

    `holdings` are the case's where they are known already. Without `homes` the back tables, which are most of the work, are
    left out: for questions that do not ask them.

    1. Lay out the axes. 2. Values and reservation values, means and draws. 3. Constraints. 4. Back tables. 5. Trust from the
    record. Raises LinkMissing where this reader has no estimate of some party.
    """
    file = case.file
    parties, issues = tuple(file.parties), tuple(file.issues)
    options, first, giver = _axes(file)
    place, width = _place(issues, options, first), int(first[-1])
    preferences = {party: _preferences(case, party) for party in parties}
    samplings = _samplings(parties, place, width, file.settings, seed, draws)
    side, ally_accept = _sides(file)
    points, rules = _points(preferences, samplings, issues, options), _rules(file, preferences, place, width)
    reach = reach_of(case, place, first, side, points["value"], rules["allowed"], rules["needs"], rules["bars"])
    return Model(
        settings=file.settings,
        as_of=file.as_of,
        meets=file.meets,
        calendar=file.calendar,
        foreign=case.foreign,
        viewer=case.viewer,
        principal=case.principal,
        mediator=file.mediator,
        preferences=preferences,
        terms=file.issues,
        coalitions=file.coalitions,
        seats=file.constituencies,
        laws=file.laws,
        ideas=file.ideas,
        seed=seed,
        draws=file.settings.draws if draws is None else draws,
        parties=parties,
        side=side,
        ally_accept=ally_accept,
        issues=issues,
        options=options,
        first=first,
        giver=giver,
        **points,
        **rules,
        bounds=Bounds(standing_offers(case), reach),
        homes=_homes(preferences, file.constituencies, file.laws, samplings) if homes else {},
        beliefs=_beliefs(case, record, place, width),
        limit=np.array([np.inf if p.exposure_limit is None else p.exposure_limit for p in preferences.values()]),
        step_cost=file.settings.step_cost,
        measured=cache(lambda: np.array(amounts(case, holdings))),
    )


def redraw(model: Model) -> Model:
    """The model with its values, draws and back tables made anew from its `preferences`, `settings` and `seed`.

    For a model in which one of these was replaced; axes, constraints and trust stay.
    """
    samplings = _samplings(model.parties, model.place, int(model.first[-1]), model.settings, model.seed, model.draws)
    points = _points(model.preferences, samplings, model.issues, model.options)
    return replace(model, **points, homes=_homes(model.preferences, model.seats, model.laws, samplings))


def voices(model: Model, party: str) -> Home | None:
    """The voices at a party's back table, seated without weight, so that their opinion can be shown beside the votes.

    Drawn when asked for, because most questions do not ask them. None where there is no back table.
    """
    table = model.preferences[party].back_table
    if table is None:
        return None
    sampling = _samplings((party,), model.place, int(model.first[-1]), model.settings, model.seed, model.draws)[party]
    return home_of(party, table, model.seats.get(party, {}), model.laws, sampling, voices=True)


def _axes(file: CaseFile) -> tuple[tuple[tuple[str, ...], ...], NDArray[np.int64], NDArray[np.bool_]]:
    """The options of each issue, the column of each status quo (I + 1,), and who gives what (I, P)."""
    options = tuple(tuple(issue.options) for issue in file.issues.values())
    first = np.concatenate(([0], np.cumsum([len(names) for names in options]))).astype(np.int64)
    giver = np.array([[party in issue.giver for party in file.parties] for issue in file.issues.values()], dtype=np.bool_)
    return options, first, giver


def _place(issues: tuple[str, ...], options: tuple[tuple[str, ...], ...], first: NDArray[np.int64]) -> Place:
    return {(i, o): int(first[k]) + n for k, i in enumerate(issues) for n, o in enumerate(options[k])}


def _sides(file: CaseFile) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The number of each party's side and how often it must accept among allies, shapes (P,)."""
    sides = list(file.sides.values())
    accept = [file.coalitions[side].accept if side in file.coalitions else 0.5 for side in sides]
    return np.array([sides.index(side) for side in sides]), np.array(accept)


def _beliefs(case: Case, record: Record | None, place: Place, width: int) -> tuple[Belief, ...]:
    """What each party believes of those of other sides, from the record."""
    serious = [] if record is None else [(b.party, b.other, b.posterior[1]) for b in record.beliefs]
    return tuple(beliefs(case, serious, place, width))


def _samplings(
    parties: Sequence[str], place: Place, width: int, settings: Settings, seed: int, draws: int | None
) -> dict[str, Sampling]:
    """What the draws of each party share; a party's factor depends on the seed and its name alone."""
    count = settings.draws if draws is None else draws
    factors = {party: draw.common_factor(draw.generator(seed, "party", party), count) for party in parties}
    return {party: Sampling(place, width, factor, settings.correlation, seed) for party, factor in factors.items()}


class _Points(TypedDict):
    """The fields of a model that the parties' values fill."""

    value: NDArray[np.float64]
    reserve: NDArray[np.float64]
    value_draws: NDArray[np.float64]
    reserve_drawn: NDArray[np.float64]
    tables: tuple[Table, ...]


class _Rules(TypedDict):
    """The fields of a model that say what may be formed, and what doing it takes."""

    allowed: NDArray[np.bool_]
    needs: tuple[tuple[int, int], ...]
    first_needs: tuple[tuple[int, int], ...]
    bars: tuple[tuple[int, int], ...]
    recoverable: NDArray[np.float64]
    verified: NDArray[np.bool_]
    days: NDArray[np.int64]


def _points(
    preferences: Mapping[str, Preferences],
    samplings: Mapping[str, Sampling],
    issues: tuple[str, ...],
    options: tuple[tuple[str, ...], ...],
) -> _Points:
    """Values and reservation values, means and draws, and the interactions."""
    some = next(iter(samplings.values()))
    points = np.zeros((len(samplings), some.columns, some.factor.size))
    values = [_draw_values(preferences[q], q, sampling, points[p]) for p, (q, sampling) in enumerate(samplings.items())]
    return {
        "value": np.array([mean for mean, _ in values]),
        "reserve": np.array([draw.pert_mean(*own.reservation) for own in preferences.values()]),
        "value_draws": points,
        "reserve_drawn": np.array([least for _, least in values]),
        "tables": _tables(preferences, samplings, issues, options),
    }


def _rules(file: CaseFile, preferences: Mapping[str, Preferences], place: Place, width: int) -> _Rules:
    """Mandates, prerequisites and exclusions, and what each option takes."""
    recoverable, verified, days = _deeds(file.issues, place, width)
    first_needs = _pairs({i: issue.requires for i, issue in file.issues.items()}, place)
    return {
        "allowed": _allowed(file, preferences, place, width),
        "needs": tuple(sorted({*first_needs, *_pairs({i: issue.with_ for i, issue in file.issues.items()}, place)})),
        "first_needs": first_needs,
        "bars": _pairs({i: issue.excludes for i, issue in file.issues.items()}, place),
        "recoverable": recoverable,
        "verified": verified,
        "days": days,
    }


def _deeds(
    issues: Mapping[str, Issue], place: Place, width: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """What returns after a breakdown, whether doing it is seen, and how many days it takes, by column (Q,)."""
    recoverable, verified, days = np.zeros(width), np.zeros(width, dtype=np.bool_), np.zeros(width, dtype=np.int64)
    for name, issue in issues.items():
        for option in issue.options:
            q = place[name, option]
            recoverable[q], verified[q] = issue.recoverable.get(option, 0.0), option in issue.verified_by
            days[q] = issue.takes.get(option, 0)
    return recoverable, verified, days


def _allowed(file: CaseFile, preferences: Mapping[str, Preferences], place: Place, width: int) -> NDArray[np.bool_]:
    """Columns that no mandate rules out and whose issue has not expired, shape (Q,)."""
    allowed = np.ones(width, dtype=np.bool_)
    for name, matter in file.issues.items():
        if matter.expires is not None and matter.expires < file.as_of:
            allowed[[place[name, option] for option in list(matter.options)[1:]]] = False
    for own in preferences.values():
        for issue, mandate in own.mandate.items():
            for option, permission in mandate.items():
                allowed[place[issue, option]] &= permission != "never"
    return allowed


def _homes(preferences: _Own, seats: _Seats, laws: Sequence[Law], samplings: Mapping[str, Sampling]) -> dict[str, Home]:
    """The back tables of the parties, where the case says who sits at them."""
    tables = {party: own.back_table for party, own in preferences.items()}
    return {
        party: home_of(party, table, seats.get(party, {}), laws, samplings[party])
        for party, table in tables.items()
        if table is not None
    }


def _preferences(case: Case, party: str) -> Preferences:
    preferences = case.believed(party)
    if preferences is None:
        holder = case.viewer or party
        raise LinkMissing(
            "What is possible",
            f"there is no preferences/{holder}/{party}.yaml",
            "Write that file, or ask as somebody who has it.",
        )
    return preferences


def _draw_values(
    preferences: Preferences, party: str, sampling: Sampling, points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Means (Q,) and reservation draws (D,) of one party; its draws (Q, D) go into an array of zeros."""
    seed, factor, place = sampling.seed, sampling.factor, sampling.place
    mean = np.zeros(sampling.columns)
    for issue, values in preferences.values.items():
        rank = draw.ranks(draw.generator(seed, "value", party, issue), factor, sampling.correlation)
        for option, span in values.options.items():
            mean[place[issue, option]] = draw.pert_mean(*span)
            points[place[issue, option]] = draw.pert_draws(*span, rank)
    rank = draw.generator(seed, "reservation", party).permutation(factor.size)
    return mean, draw.pert_draws(*preferences.reservation, rank)


def _tables(
    preferences: Mapping[str, Preferences],
    samplings: Mapping[str, Sampling],
    issues: tuple[str, ...],
    options: tuple[tuple[str, ...], ...],
) -> tuple[Table, ...]:
    """The interactions of every party, in their order."""
    parties = tuple(samplings)
    return tuple(
        table
        for p, party in enumerate(parties)
        for table in _tables_of(preferences[party], p, parties, samplings[party], issues, options)
    )


def _tables_of(
    preferences: Preferences,
    p: int,
    parties: tuple[str, ...],
    sampling: Sampling,
    issues: tuple[str, ...],
    options: tuple[tuple[str, ...], ...],
) -> Iterator[Table]:
    """The interactions of one party; each is drawn by its issues and options, so that another one does not redraw it."""
    for together in preferences.together:
        key = sorted(f"{issue}={','.join(sorted(names))}" for issue, names in together.when.items())
        generator = draw.generator(sampling.seed, "together", parties[p], *key)
        rank = draw.ranks(generator, sampling.factor, sampling.correlation)
        value, points = np.zeros(len(parties)), np.zeros((len(parties), sampling.factor.size))
        value[p], points[p] = draw.pert_mean(*together.value), draw.pert_draws(*together.value, rank)
        where = {issues.index(issue): names for issue, names in together.when.items()}
        yield Table(tuple((i, frozenset(options[i].index(o) for o in names)) for i, names in where.items()), value, points)


def holds(table: Table, packages: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which packages (N, I) meet the table's condition, shape (N,)."""
    result = np.ones(len(packages), dtype=np.bool_)
    for i, options in table.where:
        result &= np.isin(packages[:, i], list(options))
    return result


def _pairs(rules: Mapping[str, Mapping[str, tuple[str, ...]]], place: Place) -> tuple[tuple[int, int], ...]:
    pairs = []
    for issue, by_option in rules.items():
        for option, names in by_option.items():
            for name in names:
                other, other_option = name.split(".", 1)
                pairs.append((place[issue, option], place[other, other_option]))
    return tuple(sorted(set(pairs)))


def _index(kind: str, name: str, known: tuple[str, ...]) -> int:
    if name not in known:
        raise UnknownName(kind, name, known)
    return known.index(name)
