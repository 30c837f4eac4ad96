"""The swaps that are looked at: small ones, and larger ones beside the most promising, each screened by all gates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.case.types import require_native
from summitry.deals import swaps
from summitry.deals.frontier import efficient
from summitry.deals.gates import screened
from summitry.deals.gates.gate import Pool
from summitry.deals.outcomes import substance
from summitry.deals.purpose import purpose_of
from summitry.errors import BadArgument, LinkMissing
from summitry.reasons import reason
from summitry.sequence.critical_path import Pace, least_days, pace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.deals.swaps import Candidates
    from summitry.model import Model
    from summitry.reasons import Reason

GUIDE_DRAWS = 512
"""The climb is guided by so many draws; what comes close is counted again in all of them."""
CLOSE = 0.1
"""Six standard errors of the guide: what lies further below the need is below it."""
BEAM, GAINING = 60, 20
CLIMBS = 30
MOST_EFFICIENT = 1_000
MOST_COUNTED = 2_000
"""Of those that come close so many, the ones of the largest gain, are counted in all draws."""


@dataclass(frozen=True, slots=True, eq=False)
class Searched(Pool):
    """The packages that were looked at, and `scope`, which set this is; `substance` (N, P) is each party's share.

    The probabilities of packages that cannot reach what is needed are those of a screen, and lie below it (see `swaps.odds`);
    those of packages that another screen rules out are counted in fewer draws.
    """

    scope: Reason
    substance: NDArray[np.float64]


def search(model: Model, principal: str, deliverable: tuple[str, str] | None = None) -> Searched:
    """The swaps that are looked at, with how often all accept and all homes ratify; with a deliverable only those that hold it.

    The case's named ideas are always among them, the other sides' offers with what they hang on, and efficient packages.

    Raises LinkMissing for scenarios of other tools, and where no issue says who gives it; BadArgument for a deliverable that is
    the status quo, or ours to give.
    """
    require_native(model, "Where to start")
    if not model.giver.any():
        raise LinkMissing("Where to start", "no issue says who gives it", "Add `giver: PARTY` to the issues of case.yaml.")
    fixed = None if deliverable is None else _asked(model, principal, *deliverable)
    wanted = [e for e in (*model.idea_rows(), *model.bounds.offers()) if fixed is None or bool((e >= fixed).all())]
    p = model.party(principal)
    result, scope = climb(model, p, swaps.candidates(model, p, fixed, wanted, _efficient(model, p, fixed)))
    result = result if fixed is None else result.of(np.flatnonzero((result.packages >= fixed).all(axis=1)))
    return searched(model, result, scope)


def _efficient(model: Model, p: int, fixed: NDArray[np.int64] | None) -> list[NDArray[np.int64]]:
    """Efficient packages that give everybody its walk-away by means: large deals that no climb of small changes may reach.

    At most MOST_EFFICIENT of them, spread evenly over the frontier, from which the climb goes on.
    """
    rows = efficient(model, zone=True, limit=MOST_EFFICIENT).packages
    theirs = model.giver[:, model.side != model.side[p]].any(axis=1)
    rows = rows[rows[:, theirs].any(axis=1) if fixed is None else (rows >= fixed).all(axis=1)]
    return list(rows[:: max(1, -(-len(rows) // MOST_EFFICIENT))])


def _asked(model: Model, principal: str, issue: str, option: str) -> NDArray[np.int64]:
    """A deliverable of another side with its prerequisites, shape (I,); raises BadArgument for what nobody else has to move."""
    row = model.row({issue: option})
    if not row.any():
        msg = f"{issue}.{option} is the status quo: there is nothing to ask for. Name an option that another side moves to."
        raise BadArgument(msg)
    givers = np.flatnonzero(model.giver[model.issues.index(issue)])
    if len(givers) and (model.side[givers] == model.side[model.party(principal)]).all():
        msg = f"{issue} is our own to give, so no swap starts with asking for it: `summitry counter` says what to ask in return."
        raise BadArgument(msg)
    closed: NDArray[np.int64] = model.closure(row)
    return closed


def searched(model: Model, pool: Pool, scope: Reason) -> Searched:
    """Packages with what else is known of them."""
    return Searched(pool.packages, pool.everyone, pool.both, pool.days, pool.gains, scope, substance(model, pool.packages))


def climb(model: Model, principal: int, start: Candidates) -> tuple[Pool, Reason]:
    """The candidates with larger swaps beside them, and which set this is.

    From the most promising, one issue changed at a time, as long as that brings gain. 1. Take the 20 that pass the screens of the
    gates with the largest expected gain of the principal, and the 60 that come furthest by the screens. 2. Add every package that
    differs from one of them in one issue, with its prerequisites. 3. Again from the best of all seen, until none of the new ones
    is among them. It is a search, not a proof: what it did not visit is not said to fail.
    """
    at, guide = pace(model), min(model.draws, GUIDE_DRAWS)
    parts = [count(model, start.packages, at, guide)]
    beam = _best(model, principal, parts[0])
    nothing = np.zeros((1, len(model.issues)), dtype=np.int64)  # moves nothing, so it is no swap
    visited = np.sort(np.concatenate((swaps.keys(model, start.packages), swaps.keys(model, nothing))))
    for _ in range(CLIMBS):
        near = swaps.feasible(model, model.closure(swaps.neighbours(model, beam.packages)))
        keys = swaps.keys(model, near)
        new = ~_among(visited, keys)
        if not new.any():
            break
        visited = np.sort(np.concatenate((visited, keys[new])), kind="stable")
        parts.append(count(model, near[new], at, guide))
        before = {row.tobytes() for row in beam.packages}
        beam = _best(model, principal, joined([beam, parts[-1]]))
        if before == {row.tobytes() for row in beam.packages}:
            break
    pool, needed = joined(parts), model.settings.joint
    close = np.flatnonzero((pool.both >= needed - CLOSE) & (screened(model, pool, by_draw=False) >= 1.0))
    score = purpose_of(model, model.parties[principal], pool.gains[close].max(axis=0, initial=0.0)).score(pool.gains[close])
    close = close[np.argsort(-score, kind="stable")[:MOST_COUNTED]]
    found = swaps.odds(model, pool.packages[close], needed)
    pool.everyone[close], pool.both[close], pool.gains[close] = found.everyone, found.both, found.gains
    return pool, reason("search.scope", start=start.scope, larger=len(pool.packages) - len(start.packages))


def count(
    model: Model, rows: NDArray[np.int64], at: Pace | None = None, draws: int | None = None, needed: float | None = None
) -> Pool:
    """What is known of packages by all draws, or by the first `draws`; below `needed`, else the chance asked for, by a screen."""
    found = swaps.odds(model, rows, model.settings.joint if needed is None else needed, draws)
    return Pool(rows, found.everyone, found.both, _days(model, rows, found.both, pace(model) if at is None else at), found.gains)


def joined(parts: list[Pool]) -> Pool:
    """Several pools as one."""
    names = ("packages", "everyone", "both", "days", "gains")
    return Pool(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _days(model: Model, rows: NDArray[np.int64], both: NDArray[np.float64], at: Pace) -> NDArray[np.int64]:
    """The fewest days of those that some draw carries, shape (N,); 0 for the others, which need none to fail."""
    days = np.zeros(len(rows), dtype=np.int64)
    some = both > 0.0
    days[some] = least_days(model, rows[some], at)
    return days


def _best(model: Model, principal: int, pool: Pool) -> Pool:
    """Those that pass the screens with most gain, and those that come furthest by the screens, then by acceptance.

    Where no draw accepts, those of the least willing party's largest margin.
    """
    rows, reach = pool.packages, screened(model, pool)
    order = np.lexsort((-pool.everyone, -reach))
    if len(rows) and pool.everyone[order[0]] == 0.0:
        bar = model.answers.aspiration
        short = (model.means(rows) - bar.mean(axis=1)) / np.maximum(bar.std(axis=1), swaps.SLACK)
        return pool.of(np.argsort(-short.min(axis=1), kind="stable")[:BEAM])
    passing = np.flatnonzero(reach >= 1.0)
    score = purpose_of(model, model.parties[principal], pool.gains[passing].max(axis=0, initial=0.0)).score(pool.gains[passing])
    gaining = passing[np.argsort(-score, kind="stable")[:GAINING]]
    return pool.of(np.unique(np.concatenate([gaining, order[:BEAM]])))


def _among(sorted_keys: NDArray[np.generic], keys: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Which keys are among the sorted ones."""
    at = np.searchsorted(sorted_keys, keys)
    return np.asarray((at < len(sorted_keys)) & (sorted_keys[np.minimum(at, len(sorted_keys) - 1)] == keys))
