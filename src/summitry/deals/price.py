"""What a deliverable costs: the cheapest of our giveaways that buys it, what it is worth to us, and what it unlocks.

The search itself is in `cheapest`; here the question is put and its answer named (definitions: the module's functions).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from summitry.case.types import require_native
from summitry.deals import swaps
from summitry.deals.cheapest import Cheapest, askings, check_probability, find_cheapest, spent
from summitry.deals.outcomes import chances
from summitry.errors import BadArgument
from summitry.interests.home import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.model import Model, Package

SEEDS = 3
"""Over how many seeds a price is told."""

PriceState: TypeAlias = Literal["not for sale", "too dear", "buyable", "free", "not found"]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An option that a deliverable makes possible, who gives it, and its mean worth by party, each in own points.

    `through` are the options of the chain that it requires directly; `also` what it requires beside them and the deliverable's
    own prerequisites.
    """

    issue: str
    option: str
    givers: tuple[str, ...]
    through: tuple[str, ...]
    also: tuple[str, ...]
    worth: dict[str, float]


@dataclass(frozen=True, slots=True)
class Near:
    """A package that costs `saved` points less than the price, and that the giver accepts in a share `chance` of the draws.

    That is less than was asked for, by at most two sampling errors, so that other draws may accept it: `error` is one of them.
    """

    package: Package
    saved: float
    chance: float
    error: float


@dataclass(frozen=True, slots=True)
class Payer:
    """Who gives what of that which pays for a deliverable, the deliverable's own side only what it gives beside it.

    `cost` is its mean cost in its own points of what its side gives, with what that brings along; `accepts` the share of draws
    in which it accepts the whole. `ours` says that it is the payer or its ally.
    """

    party: str
    gives: Package
    cost: float
    accepts: float
    ours: bool


@dataclass(frozen=True, slots=True)
class Price:
    """The least that buys a deliverable at a chosen probability of acceptance, beside what it is worth to the payer.

    States: `not for sale` (even all giveaways of all parties do not reach the probability), `too dear`, `buyable`, `free` (price
    <= 0), `not found` (the search stopped before every package was tested). `price` is the payer's mean cost over the status quo
    of what its coalition gives and of what that brings along, None when not for sale; `price_range` spans the seeds that were
    run. `package` is all that pays, `payers` who gives it. `alone` is False where the payer's giveaways do not buy it: then they
    reach at most `alone_probability`, and `package` is what asks the fewest moves of others. `probability` is that of whoever of
    those who must accept is the least willing: the giver, and others that give. `proven` is False when the search stopped
    before every cheaper package was tested; where nothing was found, `floor` is the proven lower bound for the payer alone. A
    price asks for acceptance alone: `joint` is the share of draws in which all accept what is bought with what pays for it, and
    every home ratifies (None where nothing buys it). `unlocks` are the options that require the deliverable, and those that
    require these in turn. `near` is the cheapest package of the payer alone that misses the probability by no more than two
    sampling errors (None: nothing that is cheaper comes so near).
    """

    deliverable: str
    payer: str
    giver: str
    at: float
    state: PriceState
    price: float | None
    price_range: tuple[float, float] | None
    floor: float | None
    proven: bool
    package: Package
    closure: Package
    probability: float
    worth_alone: float
    worth_sure: float
    worth_opportunity: float | None
    price_of_nothing: float | None
    joint: float | None
    alone: bool = True
    alone_probability: float = 0.0
    payers: tuple[Payer, ...] = ()
    unlocks: tuple[Unlocked, ...] = ()
    near: Near | None = None

    @property
    def brings(self) -> Package:
        """What the deliverable requires, without itself."""
        return {issue: option for issue, option in self.closure.items() if f"{issue}.{option}" != self.deliverable}


def price_deliverable(model: Model, issue: str, option: str, *, payer: str, at: float | None = None) -> Price:
    """Price of `issue`=`option` to `payer`, over what is on the table, at probability `at` that its giver accepts.

    1. Fix the deliverable with its prerequisites; the other side's further issues stay at what it offers today. 2. Free are the
    giveaways of the payer's coalition, each with its prerequisites, whoever gives these. 3. Cheapest by the payer's mean such
    that P(giver accepts) >= at, as must whoever of a third side gives something, and each ally accepts with the case's
    probability. 4. Where nothing is, the giveaways of every party are tried: the fewest moves of others, then the best for the
    payer. 5. Worth: the mean of the closure to the payer, and its 1 - at quantile. 6. The price of nothing: buying the
    reservation with giveaways that need nothing of others. 7. The cheapest package at two sampling errors below `at`, where it
    costs less: other draws may accept it.

    Raises UnknownName, and BadArgument where the option is the status quo or the payer's own to give.
    """
    p, givers, closure, at = _subject(model, issue, option, payer, at)
    own = model.given_by(p)
    closure_theirs = np.where(own, 0, closure)
    base = model.bounds.base
    first, search = _buy(model, p, givers, closure, at)
    alone, bought = search is first, search.package
    nothing = find_cheapest(model, p, givers, base, own, at, closed=False)
    free = np.where(own, 0, base)
    worth = float(np.subtract(*model.means(np.stack([closure_theirs, free]))[:, p]))
    sure = float(np.quantile(model.values(closure_theirs)[p] - model.values(free)[p], 1.0 - at))
    least = None if bought is None else _cost(model, p, bought, closure)
    proven = search.proven and (bought is None or first.proven)
    bounded = bought is None and first.floor is not None and not proven
    return Price(
        deliverable=f"{issue}.{option}",
        payer=payer,
        giver=model.parties[givers[0]],
        at=at,
        state=_state(least, worth, alone=alone, proven=proven),
        price=least,
        price_range=None,
        floor=first.floor + spent(model, p, closure, closure, own, base) if bounded and first.floor is not None else None,
        proven=proven,
        package={} if bought is None else model.named(np.where((own & (bought != base)) | (bought > closure), bought, 0)),
        closure=model.named(np.where(closure != base, closure, 0)),
        probability=max(first.probability, search.probability) if bought is None else search.probability,
        worth_alone=worth,
        worth_sure=sure,
        worth_opportunity=_opportunity(model, p, givers, closure, bought, at),
        price_of_nothing=None if nothing.package is None else spent(model, p, nothing.package, base, own, base),
        joint=None if bought is None else float(chances(model, bought).joint.mean()),
        alone=alone,
        alone_probability=first.probability,
        payers=() if bought is None else tuple(_payers(model, p, givers, bought, closure)),
        unlocks=find_unlocked(model, model.row({issue: option}), closure),
        near=None if least is None or not alone else _near(model, p, givers, closure, at, least),
    )


def price_over_seeds(
    model: Model, others: Iterable[Model], issue: str, option: str, *, payer: str, at: float | None = None
) -> Price:
    """The price with the range that it takes over models of other seeds too, which shows how much of it is sampling."""
    first = price_deliverable(model, issue, option, payer=payer, at=at)
    costs = [first.price, *(cost(other, issue, option, payer=payer, at=at) for other in others)]
    numbers = [c for c in costs if c is not None]
    return replace(first, price_range=(min(numbers), max(numbers)) if len(numbers) == len(costs) else None)


def _near(model: Model, payer: int, givers: Sequence[int], closure: NDArray[np.int64], at: float, price: float) -> Near | None:
    """The cheapest package that is accepted within two sampling errors of `at`, where it costs less than the price."""
    error = float(np.sqrt(at * (1.0 - at) / max(model.draws, 1)))
    lower, own = at - 2.0 * error, model.given_by(payer)
    if lower <= 0.0:
        return None
    search = find_cheapest(model, payer, givers, closure, own, lower)
    saved = 0.0 if search.package is None else price - _cost(model, payer, search.package, closure)
    if search.package is None or saved <= swaps.SLACK:
        return None
    payment = np.where(own | (search.package > closure), search.package, 0)
    return Near(model.named(payment), saved, search.probability, error)


def cost(model: Model, issue: str, option: str, *, payer: str, at: float | None = None) -> float | None:
    """The price alone, or None where no package was found that buys it; arguments as for `price_deliverable`."""
    p, givers, closure, at = _subject(model, issue, option, payer, at)
    _, search = _buy(model, p, givers, closure, at)
    return None if search.package is None else _cost(model, p, search.package, closure)


def _buy(model: Model, payer: int, givers: Sequence[int], closure: NDArray[np.int64], at: float) -> tuple[Cheapest, Cheapest]:
    """The cheapest that the payer alone can give, and what buys the deliverable: the same, or else with what others give."""
    own = model.given_by(payer)
    first = find_cheapest(model, payer, givers, closure, own, at)
    return first, first if first.package is not None else find_cheapest(model, payer, givers, closure, own, at, alone=False)


def _payers(
    model: Model, payer: int, givers: Sequence[int], package: NDArray[np.int64], closure: NDArray[np.int64]
) -> Iterator[Payer]:
    """Who gives something of what pays, in the order of the case."""
    accepts = (model.values(package) >= model.answers.bar - ROUNDING).mean(axis=1)
    selling = {int(model.side[g]) for g in givers}
    for k, party in enumerate(model.parties):
        seller = int(model.side[k]) in selling
        gives = model.giver[:, k] & ((package > closure) | (not seller))
        moves = model.named(np.where(gives, package, 0))
        if moves:
            yield Payer(
                party, moves, _cost(model, k, package, closure, seller=seller), float(accepts[k]), k in model.allies(payer)
            )


def _subject(
    model: Model, issue: str, option: str, payer: str, at: float | None
) -> tuple[int, list[int], NDArray[np.int64], float]:
    """The payer, the givers on other sides, the deliverable with its prerequisites, and the probability; raises BadArgument."""
    require_native(model, "A price")
    p, q = model.party(payer), model.column(issue, option)
    i = int(model.issue_of[q])
    at = check_probability(model, at)
    if q == model.first[i]:
        msg = f"{issue}.{option} is the status quo: there is nothing to buy."
        raise BadArgument(msg)
    givers = [int(g) for g in np.flatnonzero(model.giver[i]) if model.side[g] != model.side[p]]
    if not givers:
        msg = f"{issue} is not another side's to give: name one of its deliverables, or ask as another party with --as."
        raise BadArgument(msg)
    return p, givers, model.bounds.lift(model.closure(model.row({issue: option}))[None, :])[0], at


def _opportunity(
    model: Model, payer: int, givers: Sequence[int], closure: NDArray[np.int64], bought: NDArray[np.int64] | None, at: float
) -> float | None:
    """The payer's best mean value over small swaps that are accepted often enough, with the deliverable less without it.

    None where no such swap holds the deliverable. Doing nothing is always open without it.
    """
    if bought is None:
        return None
    packages = swaps.candidates(model, payer, extra=[bought]).packages
    mean = model.means(packages)[:, payer]
    gains = np.flatnonzero(mean > swaps.SLACK)
    gains = gains[np.argsort(-mean[gains], kind="stable")]
    has = np.asarray((packages[gains] >= closure).all(axis=1))
    with_it, without = (_first_accepted(model, packages, gains[has == wanted], payer, givers, at) for wanted in (True, False))
    best = float(model.means(bought[None, :])[0, payer]) if with_it is None else mean[with_it]
    return float(best - (0.0 if without is None else mean[without]))


def _first_accepted(
    model: Model, packages: NDArray[np.int64], among: NDArray[np.int64], payer: int, givers: Sequence[int], at: float
) -> int | None:
    """The first of the places `among` whose package every party accepts often enough."""
    need = swaps.needs(model, payer, givers, at)
    for block in swaps.blocks(among, 4096):
        for part in swaps.blocks(block[swaps.reachable(model, packages[block], need)], 256):
            chance = swaps.accepted(model, swaps.design(model, packages[part])).mean(axis=2)
            if (yes := (chance >= askings(model, packages[part], need, payer, givers, at)).all(axis=1)).any():
                return int(part[np.argmax(yes)])
    return None


def _cost(model: Model, k: int, package: NDArray[np.int64], closure: NDArray[np.int64], *, seller: bool = False) -> float:
    """Party k's mean cost of what its side gives in a package, with what that brings; a seller's only beyond the deliverable."""
    side = model.giver[:, model.allies(k)].any(axis=1)
    row = model.closure(np.maximum(closure, np.where(side, package, 0)))
    own = np.zeros_like(side) if seller else model.given_by(k)
    return spent(model, k, row, closure, own, model.bounds.base)


def _state(price: float | None, worth: float, *, alone: bool, proven: bool) -> PriceState:
    if price is None:
        return "not for sale" if proven else "not found"
    return "free" if price <= 0.0 and alone else "too dear" if price > worth else "buyable"


def find_unlocked(model: Model, deliverable: NDArray[np.int64], closure: NDArray[np.int64]) -> tuple[Unlocked, ...]:
    """The options that need `deliverable` (I,), a package of one move, directly or through each other; the direct ones first.

    `closure` is the deliverable with its prerequisites; `also` names what an option requires beside it. A later option of an
    issue meets a requirement too. These are facts of the case: nothing is searched.
    """
    issue = int(np.flatnonzero(deliverable)[0])
    step = {int(model.first[issue]) + option: 0 for option in range(1, int(deliverable[issue]) + 1)}
    there = {int(model.first[i]) + option for i, most in enumerate(closure) for option in range(1, int(most) + 1)}
    waits: dict[int, list[int]] = {}
    for q, r in model.needs:
        waits.setdefault(q, []).append(r)
    level = 0
    while level in step.values():
        level += 1
        new = [q for q, some in waits.items() if q not in step and q not in there and any(r in step for r in some)]
        step |= dict.fromkeys(new, level)
    columns = sorted((q for q, level in step.items() if level), key=lambda q: (step[q], q))
    return tuple(_unlocked(model, q, waits[q], step, there) for q in columns)


def _unlocked(model: Model, q: int, waits: list[int], step: dict[int, int], there: set[int]) -> Unlocked:
    i = int(model.issue_of[q])
    return Unlocked(
        issue=model.issues[i],
        option=model.options[i][q - int(model.first[i])],
        givers=tuple(model.parties[p] for p in np.flatnonzero(model.giver[i])),
        through=tuple(model.label(r) for r in waits if r in step and step[r] < step[q]),
        also=tuple(model.label(r) for r in waits if r not in step and r not in there),
        worth={party: float(model.value[p, q]) for p, party in enumerate(model.parties)},
    )
