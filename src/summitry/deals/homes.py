"""What the back tables say to a package: who is for it, who blocks it, which laws are in the way, which change carries it.

P(ratify) of several homes is counted in the same draws; marginal probabilities are never multiplied.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from summitry.deals import swaps
from summitry.deals.gates.gate import Change, up
from summitry.deals.outcomes import chances
from summitry.errors import LinkMissing
from summitry.interests.home import ROUNDING, least_shift
from summitry.kernels import ballot
from summitry.model import voices
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.deals.frontier import Frontier
    from summitry.interests.home import Home
    from summitry.model import Model, Package
    from summitry.reasons import Reason

MOST_POINTS = 240
"""Efficient points that are put to the homes for the picture, spread evenly."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one constituency says to a package: `yes` is the share of draws, `margin` 20, 50, 80 % of its points less threshold.

    `influence` is its share of the votes (None without a vote); `sways` are the constituencies that a voice moves.
    """

    seat: str
    role: Literal["vote", "veto", "voice"]
    influence: float | None
    yes: float
    margin: tuple[float, float, float]
    sways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LawInTheWay:
    """A law that forbids part of a package: which moves, the chance that it is lifted, and where it stands."""

    name: str
    source: str
    moves: tuple[str, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The plain benchmark: weighted mean and weighted median of the votes' mean margins, all scales read as one.

    Each says yes where it is not below zero. It knows no veto, law, quota or uncertainty.
    """

    mean: float
    median: float


@dataclass(frozen=True, slots=True)
class Support:
    """One home's answer to a package. `probability` is P(ratify); `votes` the same with the laws aside.

    `changes` are the smallest single changes by which it is carried, each by itself; empty where it is carried.
    """

    party: str
    moves: Package
    probability: float
    error: float
    votes: float
    opinions: tuple[Opinion, ...]
    laws: tuple[LawInTheWay, ...]
    benchmark: Benchmark | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PackageAtHomes:
    """A package before every home: `ratified` by all in the same draw, `together` accepted by all parties as well.

    `faults` say why it may not be formed as it stands.
    """

    title: str | Reason
    moves: Package
    needed: float
    ratified: float
    together: float
    homes: tuple[Support, ...]
    faults: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OptionAtHome:
    """One option by itself, with the prerequisites that it `brings`, before one home.

    `own` says that the party gives it, `shared` who else does. `ratified` is P(ratify) of it alone, `points` each constituency's
    mean points for the option without its prerequisites.
    """

    issue: str
    option: str
    own: bool
    shared: tuple[str, ...]
    ratified: float
    brings: Package
    points: dict[str, float]


@dataclass(frozen=True, slots=True)
class Preference:
    """Where the votes at one home want an issue to be: weighted mean of option numbers, and the weighted median option."""

    issue: str
    mean: float
    median: str


@dataclass(frozen=True, slots=True)
class AtHome:
    """One home in the findings: the swap under START HERE before it, every option by itself, and points of the frontier.

    `frontier` pairs the number of an efficient point with P(ratify) of its package here.
    """

    party: str
    needed: float
    support: Support | None
    options: tuple[OptionAtHome, ...]
    frontier: tuple[tuple[int, float], ...]

    @property
    def moved(self) -> tuple[OptionAtHome, ...]:
        """The options of the swap under START HERE."""
        return tuple(o for o in self.options if self.support is not None and self.support.moves.get(o.issue) == o.option)


def require_homes(model: Model) -> None:
    """Raise LinkMissing where no back table is known to this reader."""
    if not model.homes:
        raise LinkMissing(
            "Who must be carried at home",
            "no back table is written down",
            "Add `constituencies` to case.yaml and `back_table` to the preference files.",
        )


def put_to_homes(model: Model, package: NDArray[np.int64], title: str | Reason = "") -> PackageAtHomes:
    """A package before every home, with what it takes where one does not carry it."""
    require_homes(model)
    drawn = chances(model, package)
    return PackageAtHomes(
        title=title,
        moves=model.named(package),
        needed=model.settings.joint,
        ratified=float(drawn.ratified.all(axis=0).mean()),
        together=float(drawn.joint.mean()),
        homes=tuple(support(model, party, package) for party in model.homes),
        faults=tuple(fault.reason for fault in model.faults(package)),
    )


def silent(model: Model) -> tuple[str, ...]:
    """The parties whose back table this reader does not know; their homes count as willing."""
    return tuple(party for party in model.parties if party not in model.homes)


def support(model: Model, party: str, package: NDArray[np.int64]) -> Support:
    """One home's answer to a package."""
    home, columns = model.homes[party], model.columns(package)
    carried = home.carried(home.yes(columns))
    ratified = carried & home.lawful(columns)
    chance = float(ratified.mean())
    heard = voices(model, party)
    needed = model.settings.joint
    return Support(
        party=party,
        moves=model.named(package),
        probability=chance,
        error=float(np.sqrt(chance * (1.0 - chance) / max(model.draws, 1))),
        votes=float(carried.mean()),
        opinions=(*_opinions(model, home, columns), *(() if heard is None else _opinions(model, heard, columns))),
        laws=tuple(
            LawInTheWay(law.name, law.source, tuple(model.label(q) for q in columns if law.forbids[q]), law.chance)
            for law in home.laws
            if law.forbids[columns].any()
        ),
        benchmark=_benchmark(home, columns),
        changes=() if chance >= needed else _changes(model, home, package, needed),
    )


def options(model: Model, party: str) -> tuple[OptionAtHome, ...]:
    """Every option that is not the status quo by itself before one home."""
    home = model.homes[party]
    moved = [q for q in range(int(model.first[-1])) if q not in model.first[:-1] and model.allowed[q]]
    single = np.zeros((len(moved), len(model.issues)), dtype=np.int64)
    for n, q in enumerate(moved):
        i = int(model.issue_of[q])
        single[n, i] = q - model.first[i]
    closed = model.closure(single)
    ratified = chance(model, party, closed)
    result = []
    for n, q in enumerate(moved):
        i = int(model.issue_of[q])
        brings = {issue: option for issue, option in model.named(closed[n]).items() if issue != model.issues[i]}
        result.append(
            OptionAtHome(
                issue=model.issues[i],
                option=model.options[i][int(single[n, i])],
                own=bool(model.giver[i, model.party(party)]),
                shared=tuple(p for p, gives in zip(model.parties, model.giver[i], strict=True) if gives and p != party),
                ratified=float(ratified[n]),
                brings=brings,
                points={seat: float(home.mean[c, q]) for c, seat in enumerate(home.seats)},
            )
        )
    return tuple(result)


def chance(model: Model, party: str, packages: NDArray[np.int64], draws: int | None = None) -> NDArray[np.float64]:
    """P(ratify) of packages (N, I) at one home, in all draws or the first `draws`, shape (N,)."""
    home = model.homes[party]
    struck = np.zeros(len(packages), dtype=np.int64)
    for k, law in enumerate(home.laws):
        struck |= law.forbids[packages + model.first[:-1]].any(axis=1).astype(np.int64) << k
    kinds, law_of = np.unique(struck, return_inverse=True)
    waived = np.ones((len(kinds), model.draws), dtype=np.bool_)
    for m, kind in enumerate(kinds.tolist()):
        for k, law in enumerate(home.laws):
            if kind >> k & 1:
                waived[m] &= law.waived
    rows = swaps.design(model, packages)[:, : int(model.first[-1])]
    return ballot.chances(home.ballots, rows, waived, law_of.reshape(-1), draws)


def preferences(model: Model, party: str) -> tuple[Preference, ...]:
    """For each issue on which the votes at a home take a position, where their weighted mean and median want it to be.

    A position is the option with the most mean points, the least move of those that tie.
    """
    home = model.homes[party]
    result = []
    for i, issue in enumerate(model.issues):
        points = home.mean[:, model.first[i] : model.first[i + 1]]
        cares = np.flatnonzero((home.weight > 0.0) & points.any(axis=1))
        if cares.size:
            place, weight = points[cares].argmax(axis=1), home.weight[cares]
            median = weighted_median(place.astype(np.float64), weight)
            result.append(Preference(issue, float(place @ weight / weight.sum()), model.options[i][int(median)]))
    return tuple(result)


def weighted_median(values: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """The least value that, with all below it, has half of the weight."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order]) >= weight.sum() / 2.0 - ROUNDING
    return float(values[order[int(np.argmax(reached))]])


def at_home(model: Model, package: NDArray[np.int64] | None, frontier: Frontier | None) -> tuple[AtHome, ...]:
    """Each home for the findings: the swap, every option, and points of the frontier spread evenly."""
    picked: list[int] = []
    if frontier is not None and frontier.points:
        order = sorted(range(len(frontier.points)), key=lambda k: tuple(frontier.points[k].values.values()))
        last = max(len(order) - 1, 1)
        picked = order if len(order) <= MOST_POINTS else [order[round(k * last / (MOST_POINTS - 1))] for k in range(MOST_POINTS)]
    rows = np.array([model.row(frontier.points[k].package) for k in picked] if frontier else [], dtype=np.int64)
    result = []
    for party in model.homes:
        shares = chance(model, party, rows.reshape(-1, len(model.issues)))
        result.append(
            AtHome(
                party=party,
                needed=model.settings.joint,
                support=None if package is None else support(model, party, package),
                options=options(model, party),
                frontier=tuple(zip(picked, shares.tolist(), strict=True)),
            )
        )
    return tuple(result)


def _opinions(model: Model, home: Home, columns: Sequence[int]) -> tuple[Opinion, ...]:
    table = model.preferences[home.party].back_table
    seats = {} if table is None else table.seats
    roles = model.seats[home.party]
    margin = home.points(columns) - home.threshold
    quantiles = np.quantile(margin, (0.2, 0.5, 0.8), axis=1)
    return tuple(
        Opinion(
            seat,
            roles[seat].role,
            float(home.weight[c]) if roles[seat].role == "vote" else None,
            float((margin[c] >= -ROUNDING).mean()),
            (float(quantiles[0, c]), float(quantiles[1, c]), float(quantiles[2, c])),
            tuple(seats[seat].sways),
        )
        for c, seat in enumerate(home.seats)
    )


def _benchmark(home: Home, columns: Sequence[int]) -> Benchmark | None:
    votes = home.weight > 0.0
    if not votes.any():
        return None
    margin = home.mean[:, list(columns)].sum(axis=1) - home.threshold.mean(axis=1)
    # The median is that of those who must be won: the largest margin that half of the weight reaches.
    return Benchmark(float(margin[votes] @ home.weight[votes]), -weighted_median(-margin[votes], home.weight[votes]))


def _changes(model: Model, home: Home, package: NDArray[np.int64], needed: float) -> tuple[Change, ...]:
    """The smallest single change of each kind by which the home carries the package; else what must go along.

    1. One constituency moved. 2. One move taken back a little. 3. One law lifted, or all, with one constituency where that is
    still needed.
    """
    columns, party = model.columns(package), home.party
    then = reason("effect.carries", party=party, chance=needed)
    changes = _less(model, home, package, needed)
    seat = least_shift(home, columns, needed, home.lawful(columns))
    if seat is not None:
        changes.append(_moved(home, seat, then))
    struck = [k for k, law in enumerate(home.laws) if law.forbids[columns].any()]
    chance = np.array([law.chance for law in home.laws])
    enough = False
    for k in struck:
        lifted = chance.copy()
        lifted[k] = 1.0
        ratified = float(home.ratified(columns, waiver=lifted).mean())
        if ratified >= needed:
            enough = True
            changes.append(_lifted(home, [k], reason("effect.carries", party=party, chance=ratified)))
    if struck and seat is None and not enough:
        both = least_shift(home, columns, needed, np.ones(model.draws, dtype=np.bool_))
        if float(home.carried(home.yes(columns)).mean()) >= needed:
            changes.append(_lifted(home, struck, then))
        elif both is not None:
            lawless = reason("effect.carries lawless", party=party, chance=needed)
            changes += [_lifted(home, struck, reason("effect.not enough")), _moved(home, both, lawless)]
    return tuple(changes) or (_none(home, columns, needed),)


def _less(model: Model, home: Home, package: NDArray[np.int64], needed: float) -> list[Change]:
    """One issue moved less far, so that the home carries the rest: the fewest options less, then the likeliest."""
    rows, i_of = [], []
    for i in np.flatnonzero(package):
        for option in range(int(package[i])):
            row = package.copy()
            row[i] = option
            if not model.faults(row):
                rows.append(row)
                i_of.append(int(i))
    if not rows:
        return []
    shares = chance(model, home.party, np.array(rows))
    open_ = np.flatnonzero(shares >= needed)
    if not open_.size:
        return []
    steps = np.array([int(package[i_of[k]] - rows[k][i_of[k]]) for k in open_])
    best = int(open_[np.lexsort((-shares[open_], steps))[0]])
    at, row = i_of[best], rows[best]
    before, after = (model.label(int(model.first[at] + option)) for option in (package[at], row[at]))
    effect = reason("effect.carries rest", party=home.party, chance=float(shares[best]))
    return [Change("ratify", reason("change.option", issue=model.issues[at], before=before, after=after), effect)]


def _moved(home: Home, shift: tuple[int, float], effect: Reason) -> Change:
    what = reason("change.seat", seat=f"{home.party}/{home.seats[shift[0]]}", before=0.0, after=up(shift[1]))
    return Change("ratify", what, effect)


def _lifted(home: Home, laws: Sequence[int], effect: Reason) -> Change:
    names = tuple(f"{home.party}: {home.laws[k].name}" for k in laws)
    before = min(home.laws[k].chance for k in laws)
    return Change("ratify", reason("change.laws", laws=names, before=before, after=1.0), effect)


def _none(home: Home, columns: Sequence[int], needed: float) -> Change:
    against = tuple(
        f"{home.party}/{seat}" for seat, yes in zip(home.seats, home.yes(columns).mean(axis=1), strict=True) if yes < needed
    )
    what = reason("change.seats", seats=against) if against else reason("change.votes", party=home.party)
    return Change("ratify", what, reason("effect.none"))
