"""The heart: where to start. The most substantive swap that passes all four gates in time, or the nearest miss and what binds it.

Candidates are filtered by the gates BEFORE any thought of dominance: the small swap that a grand deal dominates, but that the
grand deal's failure at home leaves standing, is exactly what is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.case.types import require_native
from summitry.errors import LinkMissing
from summitry.trade import horizon, steps, swaps
from summitry.trade.gates import judge
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
    require_native(model.case, "Where to start")
    _require_givers(model)
    fixed = None if deliverable is None else model.closure(model.row({deliverable[0]: deliverable[1]}))
    wanted = [e for e in model.ideas() if fixed is None or bool((e >= fixed).all())]
    needed = model.case.file.settings.joint
    found = swaps.climb(model, swaps.candidates(model, model.party(principal), fixed, wanted), needed)
    if fixed is None:
        return found
    kept = (found.packages >= fixed).all(axis=1)
    some = {part: getattr(found, part)[kept] for part in ("packages", "everyone", "both", "days", "substance")}
    return replace(found, **some)


def first_rung(
    model: Model,
    principal: str,
    deliverable: tuple[str, str] | None = None,
    found: swaps.Searched | None = None,
) -> RungResult:
    """The first rung for `principal`, of any deliverable or of one (issue, option).

    1. Form the candidates. 2. Keep those that all accept and ratify in enough draws, and that the horizon does not rule out. 3.
    From the most substantive down, find the order of least load, until one is found that today's trust carries in time, and a few
    that ask for something else. 4. Best: most substance, then fewest moves where a deliverable is asked for, then least load,
    then largest joint probability. 5. Where none passes, the nearest miss: the largest least of joint probability over need,
    1 / load, and the horizon over the fewest days.
    """
    p, needed = model.party(principal), model.case.file.settings.joint
    found = searched(model, principal, deliverable) if found is None else found
    everyone, both = found.everyone, found.both
    worth = found.substance[:, p]
    moved = (found.packages > 0).sum(axis=1)
    ratified = np.flatnonzero(both >= needed)
    passing = ratified[found.days[ratified] <= model.case.file.settings.horizon]
    size = moved if deliverable is not None else np.zeros_like(moved)
    passing = passing[np.lexsort((-both[passing], size[passing], -np.round(worth[passing], 9)))]
    looked = _put_in_order(model, found.packages, passing, np.round(worth, 9), size, p)
    best = None
    if looked.passing:
        top = looked.passing[0]
        level = [k for k in looked.passing if worth[k] >= worth[top] - EQUAL and size[k] == size[top]]
        best = judge(model, found.packages[min(level, key=lambda k: (looked.loads[k], -both[k]))], title="Start here")
    failing = {
        "accept": int((everyone < needed).sum()),
        "ratify": int(((everyone >= needed) & (both < needed)).sum()),
        "trust": sum(load > 1.0 for load in looked.loads.values()),
        "time": len(ratified) - len(passing) + len(looked.late),
    }
    return RungResult(
        principal=principal,
        deliverable=None if deliverable is None else ".".join(deliverable),
        best=best,
        nearest=None if best else _nearest(model, found, needed, looked.loads),
        others=tuple(judge(model, found.packages[k], title="Also passes") for k in looked.others),
        candidates=found.words,
        considered=len(found.packages),
        ratified=len(ratified),
        ordered=len(looked.loads),
        passing=len(looked.passing),
        failing=failing,
        flips=() if best is None else flips(model, model.row(best.moves)),
    )


def _require_givers(model: Model) -> None:
    if not model.giver.any():
        raise LinkMissing("Where to start", "no issue says who gives it", "Add `giver: PARTY` to the issues of case.yaml.")


@dataclass(frozen=True, slots=True)
class _Looked:
    """The swaps that were put in order, by place: their loads, those that pass, those that are late, a few others that pass.

    Where a bound alone shows that no order is carried, the load is that bound.
    """

    loads: dict[int, float]
    passing: list[int]
    late: list[int]
    others: list[int]


def _tested(model: Model, package: NDArray[np.int64]) -> tuple[float, bool]:
    """The load of a package, and whether trust carries it in time."""
    if not steps.trust_tested(model):
        return 0.0, True
    made = steps.steps(model, package)
    bound = steps.least_bound(model, made)
    if bound > 1.0:
        return bound, False
    order = steps.least_load(model, package, made)
    if order is None or order.load > 1.0:
        return np.inf if order is None else order.load, False
    return order.load, horizon.in_time(model, made, order, prove=False).fits is not False


def _load(model: Model, package: NDArray[np.int64]) -> float:
    if not steps.trust_tested(model):
        return 0.0
    order = steps.least_load(model, package)
    return np.inf if order is None else order.load


def _nearest(model: Model, found: swaps.Searched, needed: float, known: dict[int, float]) -> Verdict | None:
    """The swap that comes closest; of those that no sampling tells apart from it, the one with the fewest moves.

    Looked at: those that can come closest by chance and days, and all that are accepted, ratified and put in order.
    """
    near = swaps.nearness(model, found.both, found.days, needed)
    order = np.array(list(dict.fromkeys([*known, *np.argsort(-near, kind="stable")[:NEAR].tolist()])), dtype=np.int64)
    if not len(order):
        return None
    loads = np.array([known[k] if k in known else _load(model, found.packages[k]) for k in order.tolist()])
    score = np.minimum(near[order] / needed, 1.0 / np.maximum(loads, swaps.SLACK))
    error = 2.0 * np.sqrt(0.25 / max(model.draws, 1)) / needed
    close = order[score >= score.max() - error]
    moves = (found.packages[close] > 0).sum(axis=1)
    best = found.packages[close[int(np.lexsort((-near[close], moves))[0])]]
    return replace(judge(model, best, title="Nearest miss"), opens=openings(model, best))


def _put_in_order(
    model: Model,
    packages: NDArray[np.int64],
    passing: NDArray[np.int64],
    worth: NDArray[np.float64],
    size: NDArray[np.int64],
    principal: int,
) -> _Looked:
    """The swaps that had to be put in order, and the first few others that pass and ask for something else.

    `passing` runs from the best down; of equals the likeliest comes first. Until one passes all are put in order; then its
    equals, of which the least load decides (one of no load cannot be beaten); then one for each further thing that is asked for.
    """
    theirs = model.giver[:, model.side != model.side[principal]].any(axis=1)
    looked = _Looked({}, [], [], [])
    first_with: dict[bytes, int] = {}
    best: int | None = None
    for k in passing.tolist():
        asked = packages[k][theirs].tobytes()
        equal = best is not None and worth[k] == worth[best] and size[k] == size[best]
        deciding = best is None or (equal and looked.loads[best] > swaps.SLACK)
        if len(looked.loads) == MOST_ORDERS or (not deciding and len(first_with) > SHOWN):
            break
        if not deciding and asked in first_with:
            continue
        looked.loads[k], passes = _tested(model, packages[k])
        if passes:
            looked.passing.append(k)
            first_with.setdefault(asked, k)
            best = k if best is None or (deciding and looked.loads[k] < looked.loads[best]) else best
        elif looked.loads[k] <= 1.0:
            looked.late.append(k)
    taken = None if best is None else packages[best][theirs].tobytes()
    looked.others.extend([k for asked, k in first_with.items() if asked != taken][:SHOWN])
    return looked
