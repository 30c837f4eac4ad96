"""The heart: where to start. The most substantive swap that passes all four gates, or the nearest miss and the gate that binds.

Candidates are filtered by the gates BEFORE any thought of dominance: the small swap that a grand deal dominates, but that the
grand deal's failure at home leaves standing, is exactly what is looked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.errors import LinkMissing
from summitry.trade import steps, swaps
from summitry.trade.gates import judge, substance
from summitry.trade.opening import flips, openings
from summitry.trade.results import RungResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model
    from summitry.trade.results import Verdict

MOST_ORDERS = 400
"""How many accepted and ratified swaps are put in order at most; how many were is told with the answer."""
SHOWN = 5
EQUAL = 1e-9
NEAR = 8
"""How many of the likeliest are put in order to find the nearest miss."""


def searched(model: Model, principal: str, deliverable: tuple[str, str] | None = None) -> swaps.Searched:
    """The swaps that are looked at, with how often all accept and all homes ratify; with a deliverable only those that hold it.

    The case's named ideas are always among them.

    Raises LinkMissing for scenarios of other tools, and where no issue says who gives it.
    """
    require_status_quo(model)
    _require_givers(model)
    fixed = None if deliverable is None else model.closure(model.row({deliverable[0]: deliverable[1]}))
    wanted = [e for e in model.ideas() if fixed is None or bool((e >= fixed).all())]
    needed = model.case.file.settings.joint
    found = swaps.climb(model, swaps.candidates(model, model.party(principal), fixed, wanted), needed)
    if fixed is None:
        return found
    kept = (found.packages >= fixed).all(axis=1)
    return swaps.Searched(found.packages[kept], found.words, found.everyone[kept], found.both[kept])


def first_rung(
    model: Model,
    principal: str,
    deliverable: tuple[str, str] | None = None,
    found: swaps.Searched | None = None,
) -> RungResult:
    """The first rung for `principal`, of any deliverable or of one (issue, option).

    1. Form the candidates. 2. Keep those that all accept and ratify in enough draws. 3. From the most substantive down, find
    the order of least load, until one is found that today's trust carries, and a few that ask for something else. 4. Best: most
    substance, then fewest moves where a deliverable is asked for, then least load, then largest joint probability. 5. Where
    none passes, the nearest miss: the largest smaller of joint probability over need and 1 / load.
    """
    p, needed = model.party(principal), model.case.file.settings.joint
    found = searched(model, principal, deliverable) if found is None else found
    everyone, both = found.everyone, found.both
    worth = substance(model, found.packages)[:, p]
    moved = (found.packages > 0).sum(axis=1)
    passing = np.flatnonzero(both >= needed)
    size = moved if deliverable is not None else np.zeros_like(moved)
    passing = passing[np.lexsort((-both[passing], size[passing], -np.round(worth[passing], 9)))]
    loads, others = _put_in_order(model, found.packages, passing, np.round(worth, 9), size, p)
    carried = [k for k in loads if loads[k] <= 1.0]
    best = None
    if carried:
        level = [k for k in carried if (worth[k] >= worth[carried[0]] - EQUAL and size[k] == size[carried[0]])]
        best = judge(model, found.packages[min(level, key=lambda k: (loads[k], -both[k]))], title="Start here")
    failing = {
        "accept": int((everyone < needed).sum()),
        "ratify": int(((everyone >= needed) & (both < needed)).sum()),
        "trust": len(loads) - len(carried),
    }
    return RungResult(
        principal=principal,
        deliverable=None if deliverable is None else ".".join(deliverable),
        best=best,
        nearest=None if best else _nearest(model, found, needed, loads),
        others=tuple(judge(model, found.packages[k], title="Also passes") for k in others),
        candidates=found.words,
        considered=len(found.packages),
        ratified=len(passing),
        ordered=len(loads),
        passing=len(carried),
        failing=failing,
        flips=() if best is None else flips(model, model.row(best.moves)),
    )


def require_status_quo(model: Model) -> None:
    """Raise LinkMissing for scenarios of other tools, which say neither what holds today nor who gives what."""
    if model.case.foreign:
        raise LinkMissing(
            "Where to start",
            f"a {model.case.foreign} scenario names neither a status quo nor who gives what",
            "Convert it with `summitry convert` and add givers, or ask `summitry trade` for its frontier.",
        )


def _require_givers(model: Model) -> None:
    if not model.giver.any():
        raise LinkMissing("Where to start", "no issue says who gives it", "Add `giver: PARTY` to the issues of case.yaml.")


def _load(model: Model, package: NDArray[np.int64]) -> float:
    if not steps.trust_tested(model):
        return 0.0
    order = steps.least_load(model, package)
    return np.inf if order is None else order.load


def _nearest(model: Model, found: swaps.Searched, needed: float, known: dict[int, float]) -> Verdict | None:
    """The swap that comes closest; of those that no sampling tells apart from it, the one with the fewest moves.

    Looked at: the likeliest, and all whose load is `known` because they are accepted and ratified.
    """
    order = np.array(list(dict.fromkeys([*known, *np.argsort(-found.both, kind="stable")[:NEAR].tolist()])), dtype=np.int64)
    if not len(order):
        return None
    loads = np.array([known[k] if k in known else _load(model, found.packages[k]) for k in order.tolist()])
    score = np.minimum(found.both[order] / needed, 1.0 / np.maximum(loads, swaps.SLACK))
    error = 2.0 * np.sqrt(0.25 / max(model.draws, 1)) / needed
    close = order[score >= score.max() - error]
    moves = (found.packages[close] > 0).sum(axis=1)
    best = found.packages[close[int(np.lexsort((-found.both[close], moves))[0])]]
    return replace(judge(model, best, title="Nearest miss"), opens=openings(model, best))


def _put_in_order(
    model: Model,
    packages: NDArray[np.int64],
    passing: NDArray[np.int64],
    worth: NDArray[np.float64],
    size: NDArray[np.int64],
    principal: int,
) -> tuple[dict[int, float], list[int]]:
    """Loads of the swaps that had to be put in order, by place, and the first few others that pass and ask for something else.

    `passing` runs from the best down; of equals the likeliest comes first. Until one is carried all are put in order; then its
    equals, of which the least load decides (one of no load cannot be beaten); then one for each further thing that is asked for.
    """
    theirs = model.giver[:, model.side != model.side[principal]].any(axis=1)
    loads: dict[int, float] = {}
    first_with: dict[bytes, int] = {}
    best: int | None = None
    for k in passing.tolist():
        asked = packages[k][theirs].tobytes()
        equal = best is not None and worth[k] == worth[best] and size[k] == size[best]
        deciding = best is None or (equal and loads[best] > swaps.SLACK)
        if len(loads) == MOST_ORDERS or (not deciding and len(first_with) > SHOWN):
            break
        if not deciding and asked in first_with:
            continue
        loads[k] = _load(model, packages[k])
        if loads[k] <= 1.0:
            first_with.setdefault(asked, k)
            best = k if best is None or (deciding and loads[k] < loads[best]) else best
    taken = None if best is None else packages[best][theirs].tobytes()
    return loads, [k for asked, k in first_with.items() if asked != taken][:SHOWN]
