"""What holds an unwilling ally to a package: the cheapest concession by its allies, or the transfer at a declared rate."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import draw
from summitry.trade import swaps
from summitry.trade.results_home import SidePayment

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model
    from summitry.trade.allies import Bloc

CHANGED = 2
BLOCK = 512
SEARCHED = "packages that differ in at most two issues that allies alone give, the other side's moves left as they are"


def payment(model: Model, bloc: Bloc, package: NDArray[np.int64], ally: int) -> SidePayment | None:
    """The smallest payment that makes `ally` accept in the share of draws that its coalition states; None where it accepts.

    In chits: of the changed packages that it accepts, and that each other party accepts as often as it must (or as it does now),
    the one that costs the lead least, or, where the lead is the one to be won, the first other ally.
    """
    before = _accept(model, package[None, :])[0]
    if before[ally] >= bloc.need[ally] - swaps.SLACK:
        return None
    margin = np.sort(model.values(package)[ally] - model.reserve_drawn[ally])[::-1]
    short = -float(margin[max(int(np.ceil(bloc.need[ally] * model.draws - 1e-9)), 1) - 1])
    others = tuple(m for m in bloc.members if m != ally)
    payer = bloc.lead if bloc.lead != ally else others[0]
    rows = _changed(model, bloc, package)
    accept = _accept(model, rows)
    least = np.minimum(bloc.need, before)
    least[ally] = bloc.need[ally]
    open_ = np.flatnonzero((accept >= least - swaps.SLACK).all(axis=1))
    cost = model.means(package[None, :])[0] - model.means(rows)
    order = np.lexsort(((rows[open_] != package).sum(axis=1), np.round(cost[open_, payer], 9)))
    best = int(open_[order[0]]) if open_.size else None
    return SidePayment(
        ally=model.parties[ally],
        accepts=float(before[ally]),
        needed=float(bloc.need[ally]),
        short=short,
        payment=None if best is None else _moves(model, package, rows[best]),
        cost={} if best is None else {model.parties[m]: float(cost[best, m]) for m in others},
        then=None if best is None else float(accept[best, ally]),
        transfer=_transfer(model, others, ally, short),
        searched=SEARCHED,
    )


def _changed(model: Model, bloc: Bloc, package: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every feasible package with one or two allied issues at another option, and nothing else moved, shape (N, I)."""
    ours = np.flatnonzero(model.giver[:, list(bloc.members)].any(axis=1) & ~model.giver[:, list(bloc.others)].any(axis=1))
    found = []
    for count in range(1, CHANGED + 1):
        for issues in combinations(ours.tolist(), count):
            for options in product(*(range(int(model.sizes[i])) for i in issues)):
                row = package.copy()
                row[list(issues)] = options
                found.append(row)
    return swaps.feasible(model, np.array(found, dtype=np.int64).reshape(-1, len(package)))


def _accept(model: Model, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """P(accept) by party, shape (N, P)."""
    blocks = [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]
    shares = [swaps.accepted(model, swaps.design(model, block)).mean(axis=2) for block in blocks]
    return np.concatenate([np.empty((0, len(model.parties))), *shares])


def _moves(model: Model, before: NDArray[np.int64], after: NDArray[np.int64]) -> dict[str, str]:
    """The issues that changed, at their new options."""
    return {model.issues[i]: model.options[i][int(after[i])] for i in np.flatnonzero(before != after)}


def _transfer(model: Model, others: tuple[int, ...], ally: int, short: float) -> dict[str, float]:
    """By ally that declares a rate, its own points that the missing ones cost."""
    found = {}
    for m in others:
        rate = model.preferences[model.parties[m]].side_payments.get(model.parties[ally])
        if rate is not None:
            found[model.parties[m]] = short * draw.pert_mean(*rate)
    return found
