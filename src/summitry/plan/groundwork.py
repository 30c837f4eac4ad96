"""Groundwork: which moves, within time and cost, raise the chance most that all accept and ratify a deal.

A move can begin when all that it must follow are done, so every move has one earliest end, whatever else is done; those that end
after the last day fall out. Among the others the search is exact over subsets. What a move adds is counted in the same draws with
and without it; a move whose gain lies within twice the sampling error of that difference cannot be told from nothing and is not
laid.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import LinkMissing
from summitry.kernels import draw, portfolio
from summitry.plan.results_groundwork import GroundworkResult, Laid, Obstacle, Portfolio
from summitry.plan.shifts import added, rows
from summitry.trade import gates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Move
    from summitry.kernels.portfolio import Efficient
    from summitry.model import Model
    from summitry.plan.shifts import Rows
    from summitry.trade.gates.gate import Gate

ERRORS = 2.0
"""A gain of more sampling errors than these is told from nothing."""
HALF = 0.5
"""Who says no in more than this share of draws stands in the way."""


def groundwork(
    model: Model, package: NDArray[np.int64], party: str, *, by: dt.date, budget: float | None = None, title: str = ""
) -> GroundworkResult:
    """The portfolio of `party`'s side that carries `package` most often, done by `by` and for at most `budget`.

    1. The moves of the party and of its allies that count in the same unit, with their earliest ends. 2. The deal as rows, and
    what each move adds to them, in the draws of the model. 3. All efficient subsets of the moves that end in time; the best
    within the budget. 4. What each move adds, and the portfolio without it; who still stands in
    the way. Raises LinkMissing without any move.
    """
    known, unit, left_out = _moves(model, party)
    made, ends = rows(model, package), _ends({name: move for name, (_, move) in known.items()})
    parts = {
        name: added(model, made, package, move.effects, "groundwork", owner, name.partition("/")[2])
        for name, (owner, move) in known.items()
    }
    today = model.case.file.as_of
    found, names = _search(made, known, parts, [n for n in known if ends[n] <= (by - today).days])
    best = max(k for k in range(len(found.cost)) if budget is None or found.cost[k] <= budget + portfolio.ROUNDING)
    chosen = _told_apart(made, known, parts, [n for n, taken in zip(names, found.subsets[best], strict=True) if taken])
    after = _with(made, parts, chosen)
    probability = _share(after, made)
    laid = tuple(_laid(model, made, known, parts, ends, chosen, name, by, budget) for name in known)
    meets, meeting = model.case.file.meets, None
    if meets is not None and meets.date < by:
        soon, some = _search(made, known, parts, [n for n in known if ends[n] <= (meets.date - today).days])
        in_budget = [p for p in _portfolios(made, parts, soon, some) if budget is None or p.cost <= budget]
        kept = _told_apart(made, known, parts, in_budget[-1].moves)
        meeting = Portfolio(sum(known[n][1].cost for n in kept), _share(_with(made, parts, kept), made), tuple(kept))
    return GroundworkResult(
        party=party,
        title=title,
        target=model.named(package),
        today=today.isoformat(),
        by=by.isoformat(),
        unit=unit,
        budget=budget,
        before=_share(made.margin, made),
        after=probability,
        error=float(np.sqrt(probability * (1.0 - probability) / max(model.draws, 1))),
        needed=model.case.file.settings.joint,
        moves=tuple(sorted(laid, key=lambda move: (not move.chosen, move.begin, move.name))),
        efficient=_portfolios(made, parts, found, names),
        meeting=meeting,
        proven=found.proven,
        bound=(int(found.count[best]) if found.proven else found.bound) / max(model.draws, 1),
        most=(int(found.count[-1]) if found.proven else found.bound) / max(model.draws, 1),
        nodes=found.nodes,
        obstacles=_obstacles(made, after, _with(made, parts, names)),
        gates=_gates(model, package, [known[name][1] for name in chosen]),
        left_out=left_out,
    )


def _moves(model: Model, party: str) -> tuple[dict[str, tuple[str, Move]], str, tuple[str, ...]]:
    """Moves by PARTY/NAME with their party, the unit of their costs, and whose moves are left out."""
    case, found, out, unit = model.case, dict[str, tuple[str, "Move"]](), list[str](), ""
    allies = [model.parties[k] for k in model.allies(model.party(party))]
    for ally in sorted(allies, key=lambda name: name != party):
        believed = case.believed(ally)
        ground = None if believed is None else believed.groundwork
        if ground is None:
            continue
        if unit not in {"", ground.unit}:
            out.append(f"{case.file.parties[ally].name}: its moves are counted in {ground.unit}, not in {unit}")
            continue
        unit = ground.unit
        found |= {f"{ally}/{name}": (ally, move) for name, move in ground.moves.items()}
    if not found:
        raise LinkMissing(
            "Which groundwork to lay",
            f"{party} names no moves",
            f"Write `groundwork` in preferences/{case.viewer or party}/{party}.yaml: moves with cost, time and effects.",
        )
    return found, unit, tuple(out)


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


Parts = dict[str, "tuple[NDArray[np.float64], tuple[str, ...], tuple[str, ...]]"]


def _search(
    made: Rows, known: Mapping[str, tuple[str, Move]], parts: Parts, names: Sequence[str]
) -> tuple[Efficient, Sequence[str]]:
    """All efficient subsets of the named moves; rows that none of them touches stay as they are."""
    shift = np.array([parts[name][0] for name in names]).reshape(len(names), *made.margin.shape)
    needs = np.array([[other in _before(name, known[name][1]) for other in names] for name in names], dtype=np.bool_)
    cost = np.array([known[name][1].cost for name in names])
    return portfolio.efficient(made.margin, shift, made.votes, cost, needs.reshape(len(names), len(names))), names


def _with(made: Rows, parts: Parts, names: Sequence[str]) -> NDArray[np.float64]:
    """The rows after these moves."""
    return made.margin + sum((parts[name][0] for name in names), np.zeros_like(made.margin))


def _share(margin: NDArray[np.float64], made: Rows) -> float:
    return float(portfolio.carried(margin, made.votes).mean())


def _gain(made: Rows, after: NDArray[np.float64], before: NDArray[np.float64]) -> tuple[float, float]:
    """By how much more often some rows are carried than others, in the same draws, and the sampling error of that difference."""
    then, now = portfolio.carried(after, made.votes), portfolio.carried(before, made.votes)
    difference = then.astype(np.float64) - now
    return float(difference.mean()), float(difference.std() / np.sqrt(max(difference.size, 1)))


def _told_apart(made: Rows, known: Mapping[str, tuple[str, Move]], parts: Parts, names: Sequence[str]) -> list[str]:
    """The moves without those whose gain beside the others cannot be told from nothing, the least gain dropped first."""
    chosen = list(names)
    while True:
        weak = []
        for name in chosen:
            rest = [n for n in chosen if name not in _closure(known, n)]
            gain, error = _gain(made, _with(made, parts, chosen), _with(made, parts, rest))
            if gain <= ERRORS * error:
                weak.append((gain, -known[name][1].cost, rest))
        if not weak:
            return chosen
        chosen = min(weak, key=lambda one: one[:2])[2]


def _portfolios(made: Rows, parts: Parts, found: Efficient, names: Sequence[str]) -> tuple[Portfolio, ...]:
    told: list[Portfolio] = []
    last: NDArray[np.float64] | None = None
    for chosen, cost, count in zip(found.subsets, found.cost, found.count, strict=True):
        moves = tuple(n for n, taken in zip(names, chosen, strict=True) if taken)
        margin = _with(made, parts, moves)
        gain, error = (1.0, 0.0) if last is None else _gain(made, margin, last)
        apart = gain > ERRORS * error
        last = margin if apart else last
        told.append(Portfolio(float(cost), int(count) / max(made.margin.shape[1], 1), moves, apart))
    return tuple(told)


def _closure(known: Mapping[str, tuple[str, Move]], name: str) -> list[str]:
    """A move with all that it must follow."""
    found, left = dict[str, None](), [name]
    while left:
        here = left.pop()
        found[here] = None
        left += [other for other in _before(here, known[here][1]) if other not in found]
    return list(found)


def _laid(
    model: Model,
    made: Rows,
    known: Mapping[str, tuple[str, Move]],
    parts: Parts,
    ends: Mapping[str, int],
    chosen: Sequence[str],
    name: str,
    by: dt.date,
    budget: float | None,
) -> Laid:
    party, move = known[name]
    today = model.case.file.as_of
    whole = _closure(known, name)
    needs = whole[1:]
    full, bare = _with(made, parts, whole), _with(made, parts, needs)
    added_up, own = _gain(made, full, made.margin), _gain(made, full, bare)
    with_it, rest = [*chosen, *(n for n in whole if n not in chosen)], [n for n in chosen if name not in _closure(known, n)]
    beside = _gain(made, _with(made, parts, with_it), _with(made, parts, rest))
    end = today + dt.timedelta(days=ends[name])
    price = sum(known[n][1].cost for n in whole)
    out = (
        ""
        if name in chosen
        else f"takes until {end.isoformat()}, too late"
        if end > by
        else f"costs {price:g} with what it must follow, more than the budget"
        if budget is not None and price > budget
        else "changes nothing here"
        if not parts[name][1]
        else "the portfolio is no better with it"
        if beside[0] <= 0.0
        else f"what it adds to the others, {100 * beside[0]:.2g} percentage points, cannot be told from nothing"
    )
    return Laid(
        name=name,
        party=party,
        title=move.title,
        cost=move.cost,
        takes=move.takes,
        after=tuple(_before(name, move)),
        chosen=name in chosen,
        begin=(end - dt.timedelta(days=move.takes)).isoformat(),
        end=end.isoformat(),
        latest=_latest(known, chosen, name, by).isoformat() if name in chosen else None,
        needs=tuple(needs),
        gain=added_up[0],
        gain_error=added_up[1],
        own=own[0],
        own_error=own[1],
        marginal=beside[0] if name in chosen else None,
        marginal_error=beside[1] if name in chosen else None,
        along=tuple(n for n in chosen if n != name and n not in rest) if name in chosen else (),
        out=out,
        touches=parts[name][1],
        idle=parts[name][2],
        why=move.why,
        source=move.source,
    )


def _latest(known: Mapping[str, tuple[str, Move]], chosen: Sequence[str], name: str, by: dt.date) -> dt.date:
    """The last day to begin a chosen move, so that it and all chosen moves that follow it are done by `by`."""
    following = [other for other in chosen if name in _before(other, known[other][1])]
    end = min((_latest(known, chosen, other, by) for other in following), default=by)
    return end - dt.timedelta(days=known[name][1].takes)


def _obstacles(made: Rows, after: NDArray[np.float64], most: NDArray[np.float64]) -> tuple[Obstacle, ...]:
    """Who says no in most draws even then and is needed, the least willing first; nobody at a table that carries it anyway."""
    before, then, every = ((margin >= -portfolio.ROUNDING).mean(axis=1) for margin in (made.margin, after, most))
    short = np.maximum(0.0, -np.median(most, axis=1))
    needed = np.ones(len(made.names), dtype=np.bool_)
    for g, quota in enumerate(made.votes.quota):
        seats = made.votes.group == g
        votes = portfolio.Votes(np.zeros(int(seats.sum()), dtype=np.int64), made.votes.weight[seats], np.array([quota]))
        needed[seats] = portfolio.carried(after[seats], votes).mean() < HALF
    found = [
        Obstacle(made.names[k], float(before[k]), float(then[k]), float(every[k]), float(short[k]))
        for k in np.flatnonzero(needed & (then < HALF))
    ]
    return tuple(sorted(found, key=lambda o: (o.after, o.who)))


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
