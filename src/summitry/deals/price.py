"""What a deliverable costs: the cheapest of our giveaways that buys it, what it is worth to us, and what it unlocks.

The search itself is in `cheapest`; here the question is put and its answer named (definitions: the module's functions).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from summitry.case.types import require_native
from summitry.deals import swaps
from summitry.deals.chances import chances
from summitry.deals.cheapest import Cheapest, check_probability, find_cheapest
from summitry.errors import BadArgument

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
class Price:
    """The least that buys a deliverable at a chosen probability of acceptance, beside what it is worth to the payer.

    States: `not for sale` (even all giveaways do not reach the probability), `too dear`, `buyable`, `free` (price <= 0), `not
    found` (the search stopped before every package was tested). `price` is the payer's mean cost over the status quo, None when
    not for sale; `price_range` spans the seeds that were run. `proven` is False when the search stopped before every cheaper
    package was tested; then `floor` is the proven lower bound. A price asks for acceptance alone: `joint` is the share of draws
    in which all accept what is bought with what pays for it, and every home ratifies (None where nothing buys it). `unlocks` are
    the options that require the deliverable, and those that require these in turn. `near` is the cheapest package that misses
    the probability by no more than two sampling errors (None: nothing that is cheaper comes so near).
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
    unlocks: tuple[Unlocked, ...] = ()
    near: Near | None = None

    @property
    def brings(self) -> Package:
        """What the deliverable requires, without itself."""
        return {issue: option for issue, option in self.closure.items() if f"{issue}.{option}" != self.deliverable}


def price_deliverable(model: Model, issue: str, option: str, *, payer: str, at: float | None = None) -> Price:
    """Price of `issue`=`option` to `payer`, over what is on the table, at probability `at` that its giver accepts.

    1. Fix the deliverable with its prerequisites; the other side's further issues stay at what it offers today. 2. Free are the
    giveaways of the payer's coalition. 3. Cheapest by the payer's mean such that P(giver accepts) >= at and each ally accepts
    with the case's probability. 4. Worth: the mean of the closure to the payer, and its 1 - at quantile. 5. The price of
    nothing: buying the reservation. Raises UnknownName, and BadArgument where the option is the status quo or the payer's own
    to give. 6. The cheapest package at two sampling errors below `at`, where it costs less: other draws may accept it.
    """
    p, givers, closure, at = _subject(model, issue, option, payer, at)
    own = model.given_by(p)
    closure_theirs = np.where(own, 0, closure)
    search = find_cheapest(model, p, givers, closure, own, at)
    nothing = find_cheapest(model, p, givers, model.base, own, at)
    free = np.where(own, 0, model.base)
    worth = float(model.means(closure_theirs[None, :])[0, p] - model.means(free[None, :])[0, p])
    sure = float(np.quantile(model.values(closure_theirs)[p] - model.values(free)[p], 1.0 - at))
    least = None if search.package is None else _cost(model, p, search.package, own)
    return Price(
        deliverable=f"{issue}.{option}",
        payer=payer,
        giver=model.parties[givers[0]],
        at=at,
        state=_state(least, worth, search),
        price=least,
        price_range=None,
        floor=None if search.package is not None or search.floor is None else search.floor + _cost(model, p, closure, own),
        proven=search.proven,
        package={} if search.package is None else model.named(np.where(own & (search.package != model.base), search.package, 0)),
        closure=model.named(np.where(closure != model.base, closure, 0)),
        probability=search.probability,
        worth_alone=worth,
        worth_sure=sure,
        worth_opportunity=_opportunity(model, p, givers, closure, search.package, at),
        price_of_nothing=None if nothing.package is None else _cost(model, p, nothing.package, own),
        joint=None if search.package is None else float(chances(model, search.package).joint.mean()),
        unlocks=find_unlocked(model, model.row({issue: option}), closure),
        near=None if least is None else _near(model, p, givers, closure, at, least),
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
    saved = 0.0 if search.package is None else price - _cost(model, payer, search.package, own)
    if search.package is None or saved <= swaps.SLACK:
        return None
    return Near(model.named(np.where(own, search.package, 0)), saved, search.probability, error)


def cost(model: Model, issue: str, option: str, *, payer: str, at: float | None = None) -> float | None:
    """The price alone, or None where no package was found that buys it; arguments as for `price_deliverable`."""
    p, givers, closure, at = _subject(model, issue, option, payer, at)
    own = model.given_by(p)
    search = find_cheapest(model, p, givers, closure, own, at)
    return None if search.package is None else _cost(model, p, search.package, own)


def _subject(
    model: Model, issue: str, option: str, payer: str, at: float | None
) -> tuple[int, list[int], NDArray[np.int64], float]:
    """The payer, the givers on other sides, the deliverable with its prerequisites, and the probability; raises BadArgument."""
    require_native(model, "A price")
    p, q = model.party(payer), model.column(issue, option)
    i = int(model.issue_of[q])
    at = check_probability(model.settings.price_at if at is None else at)
    if q == model.first[i]:
        msg = f"{issue}.{option} is the status quo: there is nothing to buy."
        raise BadArgument(msg)
    givers = [int(g) for g in np.flatnonzero(model.giver[i]) if model.side[g] != model.side[p]]
    if not givers:
        msg = f"{issue} is not the other side's to give: name one of its deliverables, or ask as another party with --as."
        raise BadArgument(msg)
    return p, givers, model.lifted(model.closure(model.row({issue: option}))[None, :])[0], at


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
    rows = np.stack([np.where(own, package, 0), np.where(own, model.base, 0)])
    mean = model.means(rows)[:, payer]
    return float(mean[1] - mean[0]) + 0.0  # nothing costs 0, not -0


def _state(price: float | None, worth: float, search: Cheapest) -> PriceState:
    if price is None:
        return "not for sale" if search.proven else "not found"
    return "free" if price <= 0.0 else "too dear" if price > worth else "buyable"


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
