"""What a giveaway brings: the largest concession that the other side still accepts for it, and the rate between two chits.

The counter-ask is the mirror of the price, and the same search finds it: there our cheapest giveaways for a deliverable, here the
other side's most valuable giveaways for one of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from summitry.case.types import require_native
from summitry.deals import swaps
from summitry.deals.cheapest import Cheapest, check_probability, find_cheapest, spent
from summitry.errors import BadArgument
from summitry.interests.home import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.model import Model, Package

QUANTILES = (0.2, 0.5, 0.8)

CounterState: TypeAlias = Literal["found", "nothing more", "not accepted", "never", "not found"]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The share of draws in which a party accepts, and the share that is needed."""

    accepts: float
    needed: float


@dataclass(frozen=True, slots=True)
class Giver:
    """What a party gives of an answer, the payer's side only what it gives beside the giveaway."""

    party: str
    gives: Package
    ours: bool


@dataclass(frozen=True, slots=True)
class CounterAsk:
    """The most that a giveaway brings. `answer` is what the other sides move for it, `worth` its mean worth to the payer.

    States: `found`; `nothing more` (they accept the giveaway alone, and nothing that is worth more to the payer beside it);
    `not accepted` (they take part in no package with this giveaway often enough, whatever else anybody gives); `never` (a mandate
    forbids it); `not found` (the search stopped first: `most` then bounds the `worth` of what is given for the giveaway alone).
    `closure` is the giveaway with its prerequisites, `cost` the mean cost of the payer's part of it; `gifts` say who gives what
    beside it. `also` is what the other sides do not give alone: what the answer requires or, where `alone` is False because no
    package with the giveaway alone is accepted, the fewest such moves with which one is. `also_cost` is its mean cost, `net` what
    both costs leave of `worth`. `probability` is that of the answer, or the best one seen; `probability_alone` that of the
    giveaway with nothing asked. `cheapest` is the least mean cost for which the same answer can be bought with `cheapest_package`
    (None: no package of the payer's side buys it), proven or not. `short` are the parties, allies too, that accept the giveaway
    with nothing asked in fewer draws than they must.
    """

    giveaway: str
    payer: str
    givers: tuple[str, ...]
    at: float
    state: CounterState
    proven: bool
    closure: Package
    answer: Package
    worth: float | None
    most: float | None
    cost: float
    net: float | None
    probability: float
    probability_alone: float
    short: dict[str, Shortfall]
    cheapest: float | None
    cheapest_package: Package
    cheapest_proven: bool
    alone: bool = True
    also: Package = field(default_factory=dict)
    also_cost: float = 0.0
    gifts: tuple[Giver, ...] = ()

    @property
    def brings(self) -> Package:
        """What the giveaway requires, without itself."""
        return {issue: option for issue, option in self.closure.items() if f"{issue}.{option}" != self.giveaway}


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """Units of chit `a` for one of chit `b`: 20, 50 and 80 % quantiles of `ask` and `bid`, and `chance` = P(ask <= bid).

    `brings_a`, `brings_b` are prerequisites that their sides give themselves, valued with them; `presupposes` those of others,
    taken as given. `by_means` is (ask, bid) by PERT means. `undefined` holds the chits that do not cost their giver something in
    every draw, with the share of draws in which they do; where it is not empty there is no rate, and the numbers are None.
    """

    a: str
    b: str
    giver_a: str
    giver_b: str
    brings_a: Package
    brings_b: Package
    presupposes: Package
    undefined: dict[str, float]
    ask: tuple[float, float, float] | None
    bid: tuple[float, float, float] | None
    chance: float | None
    by_means: tuple[float, float] | None


def counter_ask(
    model: Model, issue: str, option: str, *, payer: str, at: float | None = None, base: NDArray[np.int64] | None = None
) -> CounterAsk:
    """The most that `payer` can ask in return for giving `issue`=`option` on top of `base` (default: the status quo).

    1. Fix the giveaway with its prerequisites; all else stays at base. 2. Free are the issues that the other sides alone can
    give, raised from there with their prerequisites, whoever gives these. 3. Of the packages that each other side's giver accepts
    in a share `at` of draws (default: the case's), and each ally of the payer with the case's probability, the one with the
    largest mean value to the payer; equal values: the larger probability, then the first in the order of the case. 4. Where there
    is none, everything that anybody can give is tried: the fewest moves beside the giveaway that the other sides do not give
    alone, then the largest mean value. 5. Beside it the cheapest way to buy the same answer at the same probability: where that
    costs less than the giveaway, the giveaway is more than the answer needs.

    Raises BadArgument where the option is the status quo or not the payer's coalition's own to give, UnknownName for unknown
    names, LinkMissing for scenarios without a status quo.
    """
    p, own, theirs = _sides(model, issue, option, payer)
    at = check_probability(model, at)
    start = np.zeros(len(model.issues), dtype=np.int64) if base is None else np.asarray(base, dtype=np.int64)
    closure = model.closure(np.maximum(start, model.row({issue: option})))
    givers = [int(g) for g in np.flatnonzero(model.giver[theirs].any(axis=0) & (model.side != model.side[p]))]
    first, search = _search(model, p, givers, closure, theirs, at, issue)
    package = search.package
    proven = search.proven and (package is None or first.proven)
    giveaway = np.where(theirs, start, closure)
    gives = np.where(theirs, start, closure if package is None else package)
    answer = None if package is None else np.where(theirs, package, start)
    cheapest, payment, cheapest_proven = _cheapest_way(model, p, givers, answer, own, start, at)
    cost, also_cost = _mean(model, p, start) - _mean(model, p, giveaway), _mean(model, p, giveaway) - _mean(model, p, gives)
    worth = None if package is None else _mean(model, p, package) - _mean(model, p, gives)
    return CounterAsk(
        giveaway=f"{issue}.{option}",
        payer=payer,
        givers=tuple(model.parties[g] for g in givers),
        at=at,
        state=_state(model, package, closure, theirs, proven=proven),
        proven=proven,
        closure=_moves(model, closure, start),
        answer=_moves(model, answer, start),
        worth=worth,
        most=None if package is not None or proven else _bound(model, p, closure, giveaway, first),
        cost=cost,
        net=None if worth is None else worth - cost - also_cost,
        probability=search.probability if package is not None else max(first.probability, search.probability),
        probability_alone=_least(model, closure, givers),
        short=_short(model, closure, swaps.needs(model, p, givers, at)),
        cheapest=cheapest,
        cheapest_package=payment,
        cheapest_proven=cheapest_proven,
        alone=search is first,
        also=_moves(model, gives, giveaway),
        also_cost=also_cost,
        gifts=() if package is None else tuple(_givers(model, p, package, giveaway)),
    )


def _search(
    model: Model, payer: int, givers: list[int], closure: NDArray[np.int64], theirs: NDArray[np.bool_], at: float, issue: str
) -> tuple[Cheapest, Cheapest]:
    """The best answer to the giveaway alone, and the one that stands: the same, or else with what is given beside it."""
    first = find_cheapest(model, payer, givers, closure, theirs, at)
    if first.package is not None:
        return first, first
    return first, find_cheapest(model, payer, givers, closure, theirs, at, alone=False, but=model.issues.index(issue))


def _bound(model: Model, payer: int, closure: NDArray[np.int64], giveaway: NDArray[np.int64], search: Cheapest) -> float | None:
    """What no answer to the giveaway alone is worth more than, where the search stopped first."""
    return None if search.floor is None else _mean(model, payer, closure) - _mean(model, payer, giveaway) - search.floor


def _cheapest_way(
    model: Model,
    payer: int,
    givers: list[int],
    answer: NDArray[np.int64] | None,
    own: NDArray[np.bool_],
    start: NDArray[np.int64],
    at: float,
) -> tuple[float | None, dict[str, str], bool]:
    """The least mean cost for which the payer's giveaways buy an answer, what pays for it, and whether that is proven."""
    if answer is None:
        return None, {}, False
    fixed = model.closure(answer)
    search = find_cheapest(model, payer, givers, fixed, own, at)
    if search.package is None:
        return None, {}, search.proven
    payment = np.where(own | (search.package > fixed), search.package, start)
    return spent(model, payer, search.package, fixed, own, start), _moves(model, payment, start), search.proven


def exchange_rate(model: Model, a: tuple[str, str], b: tuple[str, str]) -> ExchangeRate:
    """The rate between two chits of opposed sides, (issue, option) each, in units of chit A for one chit B, as [ask, bid].

    A chit is valued alone, together with those of its prerequisites that its side gives by itself, on top of those that it does
    not (`presupposes`). In each draw

        ask = what B costs its giver / what A is worth to B's giver       (the least of A for which B is given)
        bid = what B is worth to A's giver / what A costs its giver       (the most of A that is given for B)

    as if chits were divisible: where ask <= bid, any rate between them leaves both givers better off. The ask is infinite in
    draws where A is worth nothing to B's giver; a bid below zero means that A's giver would have to be paid for taking B. Where
    a chit does not cost its giver something in every draw there is no rate: a chit that benefits its giver is no payment, and
    around zero the quotient says nothing; `undefined` then holds those chits, and all numbers are None. The giver is the first in
    the order of the case. `by_means` takes PERT means instead of draws.

    Raises BadArgument where a chit is a status quo, has no giver, can be given by both sides, or both are given by the same side.
    """
    require_native(model, "An exchange rate")
    (pa, xa, base_a), (pb, xb, base_b) = _chit(model, *a), _chit(model, *b)
    if model.side[pa] == model.side[pb]:
        msg = f"{a[0]} and {b[0]} are given by the same side: a rate needs one chit of each side."
        raise BadArgument(msg)
    va, vb = model.values(xa) - model.values(base_a), model.values(xb) - model.values(base_b)
    cost_a, cost_b = -va[pa], -vb[pb]
    worth_a, worth_b = va[pb], vb[pa]
    shares = {".".join(chit): float((cost > 0.0).mean()) for chit, cost in ((a, cost_a), (b, cost_b))}
    undefined = {chit: share for chit, share in shares.items() if share < 1.0}
    ask = np.divide(cost_b, worth_a, out=np.full(cost_b.shape, np.inf), where=worth_a > 0.0)
    bid = worth_b / np.where(cost_a > 0.0, cost_a, 1.0)
    return ExchangeRate(
        a=".".join(a),
        b=".".join(b),
        giver_a=model.parties[pa],
        giver_b=model.parties[pb],
        brings_a=_besides(model, xa, base_a, a[0]),
        brings_b=_besides(model, xb, base_b, b[0]),
        presupposes=model.named(np.maximum(base_a, base_b)),
        undefined=undefined,
        ask=None if undefined else _quantiles(ask),
        bid=None if undefined else _quantiles(bid),
        chance=None if undefined else float((ask <= bid + ROUNDING).mean()),
        by_means=None if undefined else _by_means(model, (xa, base_a, pa), (xb, base_b, pb)),
    )


def _sides(model: Model, issue: str, option: str, payer: str) -> tuple[int, NDArray[np.bool_], NDArray[np.bool_]]:
    """The payer, and which issues its side and the other sides give by themselves; raises where the giveaway is none."""
    require_native(model, "A counter-ask")
    p, q = model.party(payer), model.column(issue, option)
    i = int(model.issue_of[q])
    own, theirs = model.given_by(p), model.given_by(p, others=True)
    if q == model.first[i]:
        msg = f"{issue}.{option} is the status quo: it gives nothing away."
        raise BadArgument(msg)
    if not own[i]:
        msg = f"{issue} is not for {payer}'s side to give: name one of its giveaways, or ask as another party with --as."
        raise BadArgument(msg)
    if not theirs.any():
        msg = "No other side has anything of its own to give in this case."
        raise BadArgument(msg)
    return p, own, theirs


def _state(
    model: Model, package: NDArray[np.int64] | None, closure: NDArray[np.int64], theirs: NDArray[np.bool_], *, proven: bool
) -> CounterState:
    if package is None:
        forbidden = not model.allowed[closure + model.first[:-1]].all()
        return "never" if forbidden else "not accepted" if proven else "not found"
    return "nothing more" if (package == closure)[theirs].all() else "found"


def _givers(model: Model, payer: int, package: NDArray[np.int64], giveaway: NDArray[np.int64]) -> Iterator[Giver]:
    """Who gives what of a package beside the giveaway, in the order of the case."""
    for k, party in enumerate(model.parties):
        moves = {
            name: option for name, option in _moves(model, package, giveaway).items() if model.giver[model.issues.index(name), k]
        }
        if moves:
            yield Giver(party, moves, ours=k in model.allies(payer))


def _least(model: Model, package: NDArray[np.int64], givers: list[int]) -> float:
    """The share of draws in which the least willing of the givers accepts."""
    values = model.values(package)
    return min(float((values[g] >= model.answers.bar[g] - ROUNDING).mean()) for g in givers)


def _short(model: Model, package: NDArray[np.int64], need: NDArray[np.float64]) -> dict[str, Shortfall]:
    """Who accepts a package in fewer draws than it must."""
    share = (model.values(package) >= model.answers.bar - ROUNDING).mean(axis=1)
    return {model.parties[k]: Shortfall(float(share[k]), float(need[k])) for k in np.flatnonzero(share < need)}


def _mean(model: Model, p: int, package: NDArray[np.int64]) -> float:
    return float(model.means(package[None, :])[0, p])


def _moves(model: Model, package: NDArray[np.int64] | None, start: NDArray[np.int64]) -> dict[str, str]:
    """Option by issue where a package differs from `start`; empty where there is none."""
    if package is None:
        return {}
    return {model.issues[i]: model.options[i][int(package[i])] for i in np.flatnonzero(package != start)}


def _chit(model: Model, issue: str, option: str) -> tuple[int, NDArray[np.int64], NDArray[np.int64]]:
    """The giver of a chit, the chit with its prerequisites, and those of them that the giver's side does not give by itself."""
    q = model.column(issue, option)
    i = int(model.issue_of[q])
    if q == model.first[i]:
        msg = f"{issue}.{option} is the status quo: it is worth nothing to anybody."
        raise BadArgument(msg)
    givers = np.flatnonzero(model.giver[i])
    if len({int(model.side[g]) for g in givers}) != 1:
        msg = f"{issue} {'can be given by both sides' if len(givers) else 'has no giver'}: a rate needs one chit of each side."
        raise BadArgument(msg)
    closure = model.closure(model.row({issue: option}))
    return int(givers[0]), closure, np.where(model.given_by(int(givers[0])), 0, closure)


def _besides(model: Model, package: NDArray[np.int64], base: NDArray[np.int64], issue: str) -> dict[str, str]:
    return {name: option for name, option in _moves(model, package, base).items() if name != issue}


def _by_means(
    model: Model, a: tuple[NDArray[np.int64], NDArray[np.int64], int], b: tuple[NDArray[np.int64], NDArray[np.int64], int]
) -> tuple[float, float]:
    """Ask and bid by PERT means, from each chit's package, base and giver."""
    va, vb = (model.means(x[None, :])[0] - model.means(base[None, :])[0] for x, base, _ in (a, b))
    ask = -vb[b[2]] / va[b[2]] if va[b[2]] > 0.0 else np.inf
    return float(ask), float(-vb[a[2]] / va[a[2]])


def _quantiles(rates: NDArray[np.float64]) -> tuple[float, float, float]:
    """The 20, 50 and 80 % quantiles, each a value that occurs, so that infinite ones do not spread."""
    low, mid, high = np.quantile(rates, QUANTILES, method="inverted_cdf")
    return float(low), float(mid), float(high)
