"""Groundwork: which moves, within time and cost, raise the chance most that all accept and ratify a deal.

A move can begin when all that it must follow are done, so every move has one earliest end, whatever else is done; those that end
after the last day fall out. Among the others the search is exact over subsets. What a move adds is counted in the same draws with
and without it; a move whose gain lies within twice the sampling error of that difference cannot be told from nothing and is not
laid.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals import gates
from summitry.errors import LinkMissing
from summitry.kernels import draw, portfolio
from summitry.plan.margins import add_effects, row_reason, rows_of
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Move
    from summitry.deals.gates.gate import Gate
    from summitry.kernels.portfolio import Efficient
    from summitry.model import Model
    from summitry.plan.margins import Addition, Rows
    from summitry.reasons import Reason

    Moves = Mapping[str, tuple[str, Move]]
    Parts = Mapping[str, Addition]

ERRORS = 2.0
"""A gain of more sampling errors than these is told from nothing."""
HALF = 0.5
"""Who says no in more than this share of draws stands in the way."""


@dataclass(frozen=True, slots=True)
class MoveResult:
    """One move. `begin` and `end` are its earliest dates, `latest` the last day to begin so that it is done by the last day.

    `needs` are all moves that it must follow. `gain` is what it and they add to nothing, `own` what it adds to them; `marginal`
    what the portfolio loses without it and the laid moves that need it, `along` (None where it is not laid). Each has its
    sampling error. `out` says why it is not laid, None where it is. `touches` are whom it moves in this deal, `idle` says why
    some effects move nobody.
    """

    name: str
    party: str
    title: str
    cost: float
    takes: int
    after: tuple[str, ...]
    chosen: bool
    begin: str
    end: str
    latest: str | None
    needs: tuple[str, ...]
    gain: float
    gain_error: float
    own: float
    own_error: float
    marginal: float | None
    marginal_error: float | None
    along: tuple[str, ...]
    out: Reason | None
    touches: tuple[Reason, ...]
    idle: tuple[Reason, ...]
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Moves that no others beat in cost and probability at once.

    `apart` tells whether their gain over the next cheaper ones that are apart can be told from nothing.
    """

    cost: float
    probability: float
    moves: tuple[str, ...]
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Who still stands in the way: the share of draws in which it says yes before, after, and with `all` moves that end in time.

    `short` is what it would still take with all of them, in its points or its chance, for a yes in half of the draws.
    """

    who: Reason
    before: float
    after: float
    all: float
    short: float


@dataclass(frozen=True, slots=True)
class GroundworkResult:
    """The best portfolio for a deal by a day and within a budget.

    `before` and `after` are the joint probability that all accept and all homes ratify, without and with it; `error` the sampling
    error of `after`, `needed` what a first rung must reach. `efficient` lists portfolios by rising cost, whatever the budget.
    `meeting` is the best one by the meeting, on the day `meets`. Neither it nor the portfolio holds a move whose gain cannot be
    told from nothing. `bound` is proven: no portfolio in time and budget reaches more; `most` is the same whatever the budget.
    `gates` are trust, prerequisites and time with the portfolio; `cost` is that of the portfolio.
    """

    party: str
    title: str | Reason
    target: dict[str, str]
    today: str
    by: str
    unit: str
    budget: float | None
    before: float
    after: float
    error: float
    needed: float
    moves: tuple[MoveResult, ...]
    efficient: tuple[Portfolio, ...]
    meets: str | None
    meeting: Portfolio | None
    proven: bool
    bound: float
    most: float
    nodes: int
    obstacles: tuple[Obstacle, ...]
    gates: tuple[Gate, ...]
    left_out: tuple[Reason, ...]
    cost: float

    @property
    def closed(self) -> Gate | None:
        """The gate that no groundwork opens: what stands before the deal is missing or a mandate forbids it; else None."""
        return next((gate for gate in self.gates if gates.kind_of(gate.name).formed and not gate.passed), None)

    @property
    def in_vain(self) -> bool:
        """Whether even the best moves, whatever they cost, leave the deal closed or below what is needed."""
        return self.closed is not None or self.most < self.needed


def _expiries(model: Model, package: NDArray[np.int64]) -> list[dt.date]:
    """The days on which what a package moves expires."""
    days = [model.terms[issue].expires for issue in model.named(package)]
    return [day for day in days if day is not None]


def find_groundwork(
    model: Model, package: NDArray[np.int64], party: str, *, by: dt.date, budget: float | None = None, title: str | Reason = ""
) -> GroundworkResult:
    """The portfolio of `party`'s side that carries `package` most often, done by `by` and for at most `budget`.

    What the package holds may expire before: then it must be done by that day.

    1. The moves of the party and of its allies that count in the same unit, with their earliest ends. 2. The deal as rows, and
    what each move adds to them, in the draws of the model. 3. All efficient subsets of the moves that end in time; the best
    within the budget. 4. What each move adds, and the portfolio without it; who still stands in the way. Raises LinkMissing
    where there is no move.
    """
    by = min([by, *_expiries(model, package)])
    own, unit, left_out = _moves(model, party)
    plan = _Work(model, package, rows_of(model, package), own, by, budget)
    efficient, names = plan.search(by)
    best = max(k for k in range(len(efficient.cost)) if budget is None or efficient.cost[k] <= budget + portfolio.ROUNDING)
    laid = plan.drop_weak([n for n, inside in zip(names, efficient.subsets[best], strict=True) if inside])
    after = plan.margin_with(laid)
    probability = plan.share(after)
    moves = [plan.move_result(name, laid) for name in own]
    return GroundworkResult(
        party=party,
        title=title,
        target=model.named(package),
        today=plan.today.isoformat(),
        by=by.isoformat(),
        unit=unit,
        budget=budget,
        before=plan.share(plan.rows.margin),
        after=probability,
        error=float(np.sqrt(probability * (1.0 - probability) / max(model.draws, 1))),
        needed=model.settings.joint,
        moves=tuple(sorted(moves, key=lambda move: (not move.chosen, move.begin, move.name))),
        efficient=plan.portfolios(efficient, names),
        meets=None if model.meets is None else model.meets.date.isoformat(),
        meeting=plan.by_meeting(),
        proven=efficient.proven,
        bound=(int(efficient.count[best]) if efficient.proven else efficient.bound) / max(model.draws, 1),
        most=(int(efficient.count[-1]) if efficient.proven else efficient.bound) / max(model.draws, 1),
        nodes=efficient.nodes,
        obstacles=_obstacles(plan.rows, after, plan.margin_with(names)),
        gates=_gates(model, package, [own[name][1] for name in laid]),
        left_out=left_out,
        cost=sum(own[name][1].cost for name in laid),
    )


def _moves(model: Model, party: str) -> tuple[dict[str, tuple[str, Move]], str, tuple[Reason, ...]]:
    """Moves by PARTY/NAME with their party, the unit of their costs, and whose moves are left out."""
    moves, out, unit = dict[str, tuple[str, "Move"]](), list["Reason"](), ""
    allies = [model.parties[k] for k in model.allies(model.party(party))]
    for ally in sorted(allies, key=lambda name: name != party):
        ground = model.preferences[ally].groundwork
        if ground is None:
            continue
        if unit not in {"", ground.unit}:
            out.append(reason("groundwork.unit", party=ally, unit=ground.unit, other=unit))
            continue
        unit = ground.unit
        moves |= {f"{ally}/{name}": (ally, move) for name, move in ground.moves.items()}
    if not moves:
        raise LinkMissing(
            "Which groundwork to lay",
            f"{party} names no moves",
            f"Write `groundwork` in preferences/{model.viewer or party}/{party}.yaml: moves with cost, time and effects.",
        )
    return moves, unit, tuple(out)


def _before(name: str, move: Move) -> list[str]:
    party = name.partition("/")[0]
    return [f"{party}/{other}" for other in move.after]


def _ends(moves: Mapping[str, Move]) -> dict[str, int]:
    """The earliest end of each move, in days from today."""
    first = {name: _before(name, move) for name, move in moves.items()}
    ends: dict[str, int] = {}
    for name in TopologicalSorter(first).static_order():
        ends[name] = moves[name].takes + max((ends[other] for other in first[name]), default=0)
    return ends


def _closure(moves: Moves, name: str) -> list[str]:
    """A move with all that it must follow."""
    closure, rest = dict[str, None](), [name]
    while rest:
        here = rest.pop()
        closure[here] = None
        rest += [other for other in _before(here, moves[here][1]) if other not in closure]
    return list(closure)


class _Work:
    """The moves for one deal: its rows, what each move adds to them and when it ends at the earliest."""

    def __init__(
        self, model: Model, package: NDArray[np.int64], rows: Rows, moves: Moves, by: dt.date, budget: float | None
    ) -> None:
        self.model, self.rows, self.moves, self.by, self.budget = model, rows, moves, by, budget
        self.today = model.as_of
        self.ends = _ends({name: move for name, (_, move) in moves.items()})
        self.parts: Parts = {
            name: add_effects(model, rows, package, move.effects, "groundwork", owner, name.partition("/")[2])
            for name, (owner, move) in moves.items()
        }

    def search(self, by: dt.date) -> tuple[Efficient, Sequence[str]]:
        """All efficient subsets of the moves that end by a day; rows that none of them touches stay as they are."""
        names = [name for name in self.moves if self.ends[name] <= (by - self.today).days]
        shift = np.array([self.parts[name].shift for name in names]).reshape(len(names), *self.rows.margin.shape)
        needs = np.array([[other in _before(name, self.moves[name][1]) for other in names] for name in names], dtype=np.bool_)
        cost = np.array([self.moves[name][1].cost for name in names])
        needs = needs.reshape(len(names), len(names))
        return portfolio.efficient(self.rows.margin, shift, self.rows.votes, cost, needs), names

    def margin_with(self, names: Sequence[str]) -> NDArray[np.float64]:
        """The rows after these moves."""
        return self.rows.margin + sum((self.parts[name].shift for name in names), np.zeros_like(self.rows.margin))

    def share(self, margin: NDArray[np.float64]) -> float:
        """In which share of the draws some rows carry the deal."""
        return float(portfolio.carried(margin, self.rows.votes).mean())

    def gain(self, after: NDArray[np.float64], before: NDArray[np.float64]) -> tuple[float, float]:
        """By how much more often rows are carried than others, in the same draws, and the sampling error of that difference."""
        then, now = portfolio.carried(after, self.rows.votes), portfolio.carried(before, self.rows.votes)
        difference = then.astype(np.float64) - now
        return float(difference.mean()), float(difference.std() / np.sqrt(max(difference.size, 1)))

    def gain_beside(self, name: str, chosen: Sequence[str]) -> tuple[float, float]:
        """What a move and all that it needs add to the chosen ones that do not need it."""
        whole = [*chosen, *(n for n in _closure(self.moves, name) if n not in chosen)]
        return self.gain(self.margin_with(whole), self.margin_with(self.rest(name, chosen)))

    def rest(self, name: str, chosen: Sequence[str]) -> list[str]:
        """The chosen moves that can be made without this one."""
        return [other for other in chosen if name not in _closure(self.moves, other)]

    def drop_weak(self, names: Sequence[str]) -> list[str]:
        """The moves without those whose gain beside the others cannot be told from nothing, the least gain dropped first."""
        names = list(names)
        while True:
            weak = []
            for name in names:
                gain, error = self.gain_beside(name, names)
                if gain <= ERRORS * error:
                    weak.append((gain, -self.moves[name][1].cost, self.rest(name, names)))
            if not weak:
                return names
            names = min(weak, key=lambda one: one[:2])[2]

    def portfolios(self, efficient: Efficient, names: Sequence[str]) -> tuple[Portfolio, ...]:
        """The efficient subsets, each with whether it can be told from the next cheaper one that can."""
        portfolios: list[Portfolio] = []
        last: NDArray[np.float64] | None = None
        for subset, cost, count in zip(efficient.subsets, efficient.cost, efficient.count, strict=True):
            moves = tuple(n for n, inside in zip(names, subset, strict=True) if inside)
            margin = self.margin_with(moves)
            gain, error = (1.0, 0.0) if last is None else self.gain(margin, last)
            apart = gain > ERRORS * error
            last = margin if apart else last
            portfolios.append(Portfolio(float(cost), int(count) / max(self.model.draws, 1), moves, apart))
        return tuple(portfolios)

    def by_meeting(self) -> Portfolio | None:
        """The best portfolio within the budget by the meeting; None where no meeting lies before the last day."""
        meets = self.model.meets
        if meets is None or meets.date >= self.by:
            return None
        efficient, names = self.search(meets.date)
        affordable = [p for p in self.portfolios(efficient, names) if self.budget is None or p.cost <= self.budget]
        moves = self.drop_weak(affordable[-1].moves)
        cost = sum(self.moves[name][1].cost for name in moves)
        return Portfolio(cost, self.share(self.margin_with(moves)), tuple(moves))

    def move_result(self, name: str, chosen: Sequence[str]) -> MoveResult:
        """One move beside the chosen ones."""
        party, move = self.moves[name]
        needs = _closure(self.moves, name)[1:]
        bare = self.margin_with(needs)
        gain, own = (self.gain(self.margin_with([name, *needs]), before) for before in (self.rows.margin, bare))
        beside, rest, laid = self.gain_beside(name, chosen), self.rest(name, chosen), name in chosen
        end = self.today + dt.timedelta(days=self.ends[name])
        return MoveResult(
            name=name,
            party=party,
            title=move.title,
            cost=move.cost,
            takes=move.takes,
            after=tuple(_before(name, move)),
            chosen=laid,
            begin=(end - dt.timedelta(days=move.takes)).isoformat(),
            end=end.isoformat(),
            latest=self.latest(name, chosen).isoformat() if laid else None,
            needs=tuple(needs),
            gain=gain[0],
            gain_error=gain[1],
            own=own[0],
            own_error=own[1],
            marginal=beside[0] if laid else None,
            marginal_error=beside[1] if laid else None,
            along=tuple(n for n in chosen if n != name and n not in rest) if laid else (),
            out=None if laid else self.why_not(name, end, beside[0]),
            touches=tuple(map(row_reason, self.parts[name].touches)),
            idle=self.parts[name].idle,
            why=move.why,
            source=move.source,
        )

    def why_not(self, name: str, end: dt.date, gain: float) -> Reason:
        """Why a move is not laid; `gain` is what it and all that it needs would add to the portfolio."""
        price = sum(self.moves[n][1].cost for n in _closure(self.moves, name))
        if end > self.by:
            return reason("groundwork.out.late", end=end.isoformat())
        if self.budget is not None and price > self.budget:
            return reason("groundwork.out.dear", cost=price)
        if not self.parts[name].touches:
            return reason("groundwork.out.idle")
        if gain <= 0.0:
            return reason("groundwork.out.worse")
        return reason("groundwork.out.unsure", gain=gain)

    def latest(self, name: str, chosen: Sequence[str]) -> dt.date:
        """The last day to begin a chosen move, so that it and all chosen moves that follow it are done in time."""
        following = [other for other in chosen if name in _before(other, self.moves[other][1])]
        end = min((self.latest(other, chosen) for other in following), default=self.by)
        return end - dt.timedelta(days=self.moves[name][1].takes)


def _obstacles(rows: Rows, after: NDArray[np.float64], most: NDArray[np.float64]) -> tuple[Obstacle, ...]:
    """Who says no in most draws even then and is needed, the least willing first; nobody at a table that carries it anyway."""
    before, then, every = ((margin >= -portfolio.ROUNDING).mean(axis=1) for margin in (rows.margin, after, most))
    short = np.maximum(0.0, -np.median(most, axis=1))
    needed = np.ones(len(rows.names), dtype=np.bool_)
    for g, quota in enumerate(rows.votes.quota):
        seats = rows.votes.group == g
        votes = portfolio.Votes(np.zeros(int(seats.sum()), dtype=np.int64), rows.votes.weight[seats], np.array([quota]))
        needed[seats] = portfolio.carried(after[seats], votes).mean() < HALF
    obstacles = [
        Obstacle(row_reason(rows.names[k]), float(before[k]), float(then[k]), float(every[k]), float(short[k]))
        for k in np.flatnonzero(needed & (then < HALF))
    ]
    return tuple(sorted(obstacles, key=lambda o: (o.after, o.who.code, o.who.values["who"])))


def _gates(model: Model, package: NDArray[np.int64], moves: Sequence[Move]) -> tuple[Gate, ...]:
    """The gates that are no event of the draws, under the trust that the moves leave."""
    odds = dict.fromkeys(model.parties, 0.0)
    for move in moves:
        for effect in move.effects:
            if effect.trusts:
                odds[effect.trusts] += draw.pert_mean(*effect.shift)
    beliefs = tuple(replace(b, serious=_raised(b.serious, odds[model.parties[b.party]])) for b in model.beliefs)
    verdict = gates.judge(replace(model, beliefs=beliefs), package)
    return tuple(gate for gate in verdict.gates if not gates.kind_of(gate.name).by_draw)


def _raised(probability: float, log_odds: float) -> float:
    """A probability whose odds are multiplied by exp(log_odds)."""
    return probability / (probability + (1.0 - probability) * float(np.exp(-log_odds)))
