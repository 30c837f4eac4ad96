"""What a deliverable costs: the cheapest of our giveaways that buys it at a chosen probability, and what it is worth to us.

The search itself is in `cheapest`; here the question is put and its answer named (definitions: the module's functions).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.case.foreign import require_native
from summitry.errors import BadArgument
from summitry.trade import swaps
from summitry.trade.chances import chances
from summitry.trade.cheapest import Cheapest, cheapest
from summitry.trade.results import Near, Price, PriceState
from summitry.trade.unlock import unlocked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from summitry.model import Model

SEEDS = 3
"""Over how many seeds a price is told."""


def price(model: Model, issue: str, option: str, *, payer: str, at: float | None = None) -> Price:
    """Price of `issue`=`option` to `payer`, over the status quo, at probability `at` that its giver accepts.

    1. Fix the deliverable with its prerequisites; the other side's further issues stay at the status quo. 2. Free are the
    giveaways of the payer's coalition. 3. Cheapest by the payer's mean such that P(giver accepts) >= at and each ally accepts
    with the case's probability. 4. Worth: the mean of the closure to the payer, and its 1 - at quantile. 5. The price of
    nothing: buying the reservation. Raises UnknownName, and BadArgument where the option is the status quo or the payer's own
    to give. 6. The cheapest package at two sampling errors below `at`, where it costs less: other draws may accept it.
    """
    p, givers, closure, at = _asked(model, issue, option, payer, at)
    own = model.given_by(p)
    closure_theirs = np.where(own, 0, closure)
    found = cheapest(model, p, givers, closure, own, at)
    nothing = cheapest(model, p, givers, np.zeros_like(closure), own, at)
    worth = float(model.means(closure_theirs[None, :])[0, p])
    sure = float(np.quantile(model.values(closure_theirs)[p], 1.0 - at))
    paid = None if found.package is None else _cost(model, p, found.package, own)
    return Price(
        deliverable=f"{issue}.{option}",
        payer=payer,
        giver=model.parties[givers[0]],
        at=at,
        state=_state(paid, worth, found),
        price=paid,
        price_range=None,
        floor=None if found.package is not None or found.floor is None else found.floor + _cost(model, p, closure, own),
        proven=found.proven,
        package={} if found.package is None else model.named(np.where(own, found.package, 0)),
        closure=model.named(closure),
        probability=found.probability,
        worth_alone=worth,
        worth_sure=sure,
        worth_opportunity=_opportunity(model, p, givers, closure, found.package, at),
        price_of_nothing=None if nothing.package is None else _cost(model, p, nothing.package, own),
        joint=None if found.package is None else float(chances(model, found.package).joint.mean()),
        unlocks=unlocked(model, model.row({issue: option}), closure),
        near=None if paid is None else _near(model, p, givers, closure, at, paid),
    )


def price_over_seeds(
    model: Model, others: Iterable[Model], issue: str, option: str, *, payer: str, at: float | None = None
) -> Price:
    """The price with the range that it takes over models of other seeds too, which shows how much of it is sampling."""
    first = price(model, issue, option, payer=payer, at=at)
    costs = [first.price, *(cost(other, issue, option, payer=payer, at=at) for other in others)]
    known = [c for c in costs if c is not None]
    return replace(first, price_range=(min(known), max(known)) if len(known) == len(costs) else None)


def _near(model: Model, payer: int, givers: Sequence[int], closure: NDArray[np.int64], at: float, paid: float) -> Near | None:
    """The cheapest package that is accepted within two sampling errors of `at`, where it costs less than is paid."""
    error = float(np.sqrt(at * (1.0 - at) / max(model.draws, 1)))
    least, own = at - 2.0 * error, model.given_by(payer)
    if least <= 0.0:
        return None
    found = cheapest(model, payer, givers, closure, own, least)
    saved = 0.0 if found.package is None else paid - _cost(model, payer, found.package, own)
    if found.package is None or saved <= swaps.SLACK:
        return None
    return Near(model.named(np.where(own, found.package, 0)), saved, found.probability, error)


def cost(model: Model, issue: str, option: str, *, payer: str, at: float | None = None) -> float | None:
    """The price alone: the payer's mean cost of the cheapest package, or None where none was found; arguments as for `price`."""
    p, givers, closure, at = _asked(model, issue, option, payer, at)
    own = model.given_by(p)
    found = cheapest(model, p, givers, closure, own, at)
    return None if found.package is None else _cost(model, p, found.package, own)


def _asked(
    model: Model, issue: str, option: str, payer: str, at: float | None
) -> tuple[int, list[int], NDArray[np.int64], float]:
    """The payer, the givers on other sides, the deliverable with its prerequisites, and the probability; raises BadArgument."""
    require_native(model.case, "A price")
    p, q = model.party(payer), model.column(issue, option)
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
    return p, givers, model.closure(model.row({issue: option})), at


def _opportunity(
    model: Model, payer: int, givers: Sequence[int], closure: NDArray[np.int64], bought: NDArray[np.int64] | None, at: float
) -> float | None:
    """The payer's best mean value over small swaps that are accepted often enough, with the deliverable less without it.

    None where no such swap holds the deliverable. Doing nothing is always open without it.
    """
    if bought is None:
        return None
    packages = swaps.candidates(model, payer, extra=[bought]).packages
    need = swaps.needs(model, payer, givers, at)
    mean = model.means(packages)[:, payer]
    gains = np.flatnonzero(mean > swaps.SLACK)
    gains = gains[np.argsort(-mean[gains], kind="stable")]
    has = np.asarray((packages[gains] >= closure).all(axis=1))
    with_it, without = (_first_accepted(model, packages, gains[has == wanted], need) for wanted in (True, False))
    best = float(model.means(bought[None, :])[0, payer]) if with_it is None else mean[with_it]
    return float(best - (0.0 if without is None else mean[without]))


def _first_accepted(model: Model, packages: NDArray[np.int64], among: NDArray[np.int64], need: NDArray[np.float64]) -> int | None:
    """The first of the places `among` whose package every party accepts often enough."""
    for block in swaps.blocks(among, 4096):
        for part in swaps.blocks(block[swaps.reachable(model, packages[block], need)], 256):
            chance = swaps.accepted(model, swaps.design(model, packages[part])).mean(axis=2)
            if (yes := (chance >= need).all(axis=1)).any():
                return int(part[np.argmax(yes)])
    return None


def _cost(model: Model, payer: int, package: NDArray[np.int64], own: NDArray[np.bool_]) -> float:
    """The payer's mean cost of its coalition's giveaways in a package."""
    return 0.0 - float(model.means(np.where(own, package, 0)[None, :])[0, payer])  # nothing costs 0, not -0


def _state(paid: float | None, worth: float, found: Cheapest) -> PriceState:
    if paid is None:
        return "not for sale" if found.proven else "not found"
    return "free" if paid <= 0.0 else "too dear" if paid > worth else "buyable"
