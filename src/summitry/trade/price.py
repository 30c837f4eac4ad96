"""What a deliverable costs: the cheapest of our giveaways that buys it at a chosen probability, and what it is worth to us.

Packages are tested from the cheapest up, every one of them unless Cantelli's inequality proves that no draw can save it, so the first that
passes is the price; where the test stops early, the floor that is proven is reported instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import BadArgument
from summitry.trade import swaps
from summitry.trade.results import Price, PriceState
from summitry.trade.rung import require_status_quo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.model import Model

MOST_PACKAGES = 3_000_000
MOST_TESTS = 60_000


@dataclass(frozen=True, slots=True, eq=False)
class Cheapest:
    """The cheapest package found (None if none passes), the best probability seen, and the cost below which every package was tested."""

    package: NDArray[np.int64] | None
    probability: float
    floor: float | None
    proven: bool


def price(model: Model, issue: str, option: str, *, payer: str, at: float | None = None) -> Price:
    """Price of `issue`=`option` to `payer`, over the status quo, at probability `at` that its giver accepts.

    1. Fix the deliverable with its prerequisites; the other side's further issues stay at the status quo. 2. Free are the giveaways of
    the payer's coalition. 3. Cheapest by the payer's mean such that P(giver accepts) >= at and each ally accepts with the case's
    probability. 4. Worth: the mean of the closure to the payer, and its 1 - at quantile. 5. The price of nothing: buying the reservation.
    Raises UnknownName, and BadArgument where the option is the status quo or the payer's own to give.
    """
    require_status_quo(model)
    p = model.party(payer)
    q = model.column(issue, option)
    i = int(model.issue_of[q])
    at = model.case.file.settings.price_at if at is None else at
    if not 0.0 < at < 1.0:
        msg = f"The probability of acceptance must lie between 0 and 1, found {at}."
        raise BadArgument(msg)
    if q == model.first[i]:
        msg = f"{issue}.{option} is the status quo: there is nothing to buy."
        raise BadArgument(msg)
    givers = [int(g) for g in np.flatnonzero(model.giver[i]) if model.side[g] != model.side[p]]
    if not givers:
        msg = f"{issue} is not the other side's to give: name one of its deliverables, or ask as another party with --as."
        raise BadArgument(msg)
    closure = model.closure(model.row({issue: option}))
    own = _own(model, p)
    closure_theirs = np.where(own, 0, closure)
    found = cheapest(model, p, givers, closure, at)
    nothing = cheapest(model, p, givers, np.zeros_like(closure), at)
    worth = model.value[p, model.first[:-1] + closure_theirs].sum()
    sure = float(np.quantile(model.drawn[p][model.columns(closure_theirs)].sum(axis=0), 1.0 - at))
    paid = None if found.package is None else _cost(model, p, found.package, own)
    return Price(
        deliverable=f"{issue}.{option}",
        payer=payer,
        giver=model.parties[givers[0]],
        at=at,
        state=_state(paid, float(worth), found),
        price=paid,
        price_range=None,
        floor=found.floor,
        proven=found.proven,
        package={} if found.package is None else model.named(np.where(own, found.package, 0)),
        closure=model.named(closure),
        probability=found.probability,
        worth_alone=float(worth),
        worth_sure=sure,
        worth_opportunity=_opportunity(model, p, givers, closure, found.package, at),
        price_of_nothing=None if nothing.package is None else _cost(model, p, nothing.package, own),
    )


def cost(model: Model, issue: str, option: str, *, payer: str, at: float | None = None) -> float | None:
    """The price alone: the payer's mean cost of the cheapest package, or None where none was found; arguments as for `price`."""
    p = model.party(payer)
    i = int(model.issue_of[model.column(issue, option)])
    givers = [int(g) for g in np.flatnonzero(model.giver[i]) if model.side[g] != model.side[p]]
    closure = model.closure(model.row({issue: option}))
    found = cheapest(model, p, givers, closure, model.case.file.settings.price_at if at is None else at)
    return None if found.package is None else _cost(model, p, found.package, _own(model, p))


def cheapest(model: Model, payer: int, givers: Sequence[int], base: NDArray[np.int64], at: float) -> Cheapest:
    """The payer's cheapest package of its coalition's giveaways on top of `base` that the givers, and each ally, accept often enough.

    Giveaways only rise from `base`. Equal costs: the larger probability, then the first in the order of the case.
    """
    own = _own(model, payer)
    packages, complete = _giveaways(model, own, base)
    need = np.zeros(len(model.parties))
    need[list(givers)] = at
    allies = [k for k in model.allies(payer) if k != payer]
    need[allies] = model.ally_accept[allies]
    asked = [k for k in range(len(model.parties)) if need[k] > 0.0]
    alive = np.flatnonzero(swaps.reachable(model, packages, need))
    costs = -model.means(packages)[:, payer]
    alive = alive[np.argsort(costs[alive], kind="stable")]
    drawn = swaps.margins(model)
    best, tested = 0.0, 0
    for start in range(0, min(len(alive), MOST_TESTS), 256):
        block = alive[start : start + 256]
        rows = swaps.design(model, packages[block])
        yes = np.stack([(rows @ drawn[k] >= model.reserve_drawn[k]).mean(axis=1) for k in asked], axis=1)
        chance = yes[:, [asked.index(g) for g in givers]].min(axis=1)
        passes = np.flatnonzero((yes >= need[asked]).all(axis=1))
        best, tested = max(best, float(chance.max())), start + len(block)
        if passes.size:
            k = passes[np.lexsort((-chance[passes], np.round(costs[block[passes]], 9)))[0]]
            return Cheapest(packages[block[k]], float(chance[k]), float(costs[block[k]]), proven=complete)
    done = tested == len(alive)
    if done and complete and best < at:
        best = max(best, _best_chance(model, packages, givers))
    return Cheapest(None, best, None if done else float(costs[alive[tested]]), proven=done and complete)


def _opportunity(  # noqa: PLR0913, PLR0917 (the question's own terms)
    model: Model, payer: int, givers: Sequence[int], closure: NDArray[np.int64], bought: NDArray[np.int64] | None, at: float
) -> float | None:
    """The payer's best mean value over small swaps that are accepted often enough, with the deliverable less without it.

    None where no such swap holds the deliverable. Doing nothing is always open without it.
    """
    if bought is None:
        return None
    packages = swaps.candidates(model, payer, extra=[bought]).packages
    need = np.zeros(len(model.parties))
    need[list(givers)] = at
    allies = [k for k in model.allies(payer) if k != payer]
    need[allies] = model.ally_accept[allies]
    mean = model.means(packages)[:, payer]
    alive = np.flatnonzero(swaps.reachable(model, packages, need) & (mean > 0.0))
    alive = alive[np.argsort(-mean[alive], kind="stable")]
    has = (packages >= closure).all(axis=1)
    best = {True: float(model.means(bought[None, :])[0, payer]), False: 0.0}
    done = {True: False, False: False}
    for start in range(0, len(alive), 256):
        block = alive[start : start + 256]
        rows = swaps.design(model, packages[block])
        yes = np.ones(len(block), dtype=np.bool_)
        for k in np.flatnonzero(need):
            yes &= (rows @ swaps.margins(model)[k] >= model.reserve_drawn[k]).mean(axis=1) >= need[k]
        for with_it in (True, False):
            hits = block[yes & (has[block] == with_it)]
            if hits.size and not done[with_it]:
                best[with_it], done[with_it] = max(best[with_it], float(mean[hits[0]])), True
        if all(done.values()):
            break
    return best[True] - best[False]


def _best_chance(model: Model, packages: NDArray[np.int64], givers: Sequence[int]) -> float:
    """The best probability among the 256 packages that the givers like most on average: what "not for sale" can at most reach."""
    drawn = swaps.margins(model)
    chance = []
    for g in givers:
        top = np.argsort(-model.means(packages)[:, g], kind="stable")[:256]
        rows = swaps.design(model, packages[top])
        chance.append(float((rows @ drawn[g] >= model.reserve_drawn[g]).mean(axis=1).max()))
    return min(chance)


def _giveaways(model: Model, own: NDArray[np.bool_], base: NDArray[np.int64]) -> tuple[NDArray[np.int64], bool]:
    """Every way to raise the coalition's own issues above `base`, feasible; False beside it where they are too many to list all."""
    packages = base[None, :]
    complete = True
    for i in np.flatnonzero(own):
        levels = [o for o in range(int(base[i]), int(model.sizes[i])) if model.allowed[model.first[i] + o]]
        if len(packages) * len(levels) > MOST_PACKAGES:
            complete = False
            continue
        packages = np.repeat(packages, len(levels), axis=0)
        packages[:, i] = np.tile(levels, len(packages) // len(levels))
    return swaps.feasible(model, packages), complete


def _own(model: Model, payer: int) -> NDArray[np.bool_]:
    """Which issues the payer's coalition gives by itself."""
    others = model.giver[:, model.side != model.side[payer]].any(axis=1)
    result: NDArray[np.bool_] = model.giver[:, model.allies(payer)].any(axis=1) & ~others
    return result


def _cost(model: Model, payer: int, package: NDArray[np.int64], own: NDArray[np.bool_]) -> float:
    """The payer's mean cost of its coalition's giveaways in a package."""
    return -float(model.means(np.where(own, package, 0)[None, :])[0, payer])


def _state(paid: float | None, worth: float, found: Cheapest) -> PriceState:
    if paid is None:
        return "not for sale" if found.proven else "not found"
    return "free" if paid <= 0.0 else "too dear" if paid > worth else "buyable"
