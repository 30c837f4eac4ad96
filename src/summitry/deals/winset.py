"""The win-sets (Putnam 1988): which packages each home carries, and what the homes have in common.

Counted over a stated set of packages: all of them where there are few enough, else the swaps that the search for the first rung
begins from and the case's named ideas. Nothing in the set is sampled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals import candidates, homes, swaps
from summitry.reasons import reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.deals.homes import OptionAtHome, Preference
    from summitry.model import Model, Package
    from summitry.reasons import Reason

BLOCK = 512
STAGES = ((swaps.SCREEN_DRAWS, swaps.SCREEN_MARGIN), (candidates.GUIDE_DRAWS, candidates.CLOSE))
"""A chance in so many draws that lies so far from what is needed lies on that side of it in all draws: five errors or more."""
MANY = 20_000_000
"""Packages times draws up to which every package is counted in all draws."""


@dataclass(frozen=True, slots=True)
class Reception:
    """A package with each party's mean value, P(ratify) at each home, and the probability of what it was chosen for."""

    moves: Package
    values: dict[str, float]
    ratified: dict[str, float]
    probability: float


@dataclass(frozen=True, slots=True)
class WinSet:
    """The packages of a stated set that one home carries, as moves.

    `count` tells how many. `options` is every option by itself; `most` is, by issue that the party gives, the furthest option
    that is carried alone; `most_given` the package of the set in which the party itself gives most, in its own mean points, and
    that is still carried.
    """

    party: str
    count: int
    options: tuple[OptionAtHome, ...]
    preferences: tuple[Preference, ...]
    most: Package
    most_given: Reception | None


@dataclass(frozen=True, slots=True)
class WinSets:
    """The win-sets of all homes and what they have in common, counted over a stated set of packages.

    `scope` says which set, `complete` that it holds every package, `packages` how many it holds. `each` counts the packages that
    every home by itself carries often enough, `common` those that all carry in the same draw often enough; `best` is, by party,
    its best of these. `accepted` counts those of `common` that all parties also accept, in the same draw.
    """

    needed: float
    scope: Reason
    complete: bool
    packages: int
    homes: tuple[WinSet, ...]
    each: int
    common: int
    accepted: int
    best: dict[str, Reception]


def list_packages(model: Model, principal: int) -> tuple[swaps.Candidates, bool]:
    """The packages to count, and whether they are all there are."""
    if model.packages <= swaps.MOST_CANDIDATES:
        every = np.stack([axis.reshape(-1) for axis in np.indices(tuple(model.sizes.tolist()))], axis=1)
        rows = swaps.lawful(model, every)
        rows = rows[rows.any(axis=1)]
        return swaps.Candidates(rows, reason("search.every", packages=len(rows))), True
    return swaps.candidates(model, principal, None, model.idea_rows()), False


def win_sets(model: Model, principal: str) -> WinSets:
    """What each home carries and what all of them do, counted over the stated set."""
    needed = model.settings.joint
    listing, complete = list_packages(model, model.party(principal))
    rows = listing.packages
    carried = {party: carries(model, party, rows, needed) for party in model.homes}
    each = np.logical_and.reduce(list(carried.values())) if carried else np.ones(len(rows), dtype=np.bool_)
    both, agreed = _together(model, rows[each])
    common, accepted = rows[each][both >= needed - swaps.SLACK], agreed >= needed - swaps.SLACK
    return WinSets(
        needed=needed,
        scope=listing.scope,
        complete=complete,
        packages=len(rows),
        homes=tuple(_win_set(model, party, rows[carried[party]]) for party in model.homes),
        each=int(each.sum()),
        common=len(common),
        accepted=int(accepted.sum()),
        best={party: best for party in model.parties if (best := _best(model, party, common)) is not None},
    )


def carries(model: Model, party: str, rows: NDArray[np.int64], needed: float) -> NDArray[np.bool_]:
    """Which packages one home carries in a share `needed` of the draws, shape (N,).

    Packages that differ only in options that nobody there minds are counted once. Many are counted in the first 256 draws; those
    within .15 of `needed` (five standard errors) in the first 1,024; and those within .1 (six of them) in all.
    """
    home = model.homes[party]
    minds = home.stance.any(axis=(0, 2)) | np.logical_or.reduce([law.forbids for law in home.laws], initial=False)
    rows, back = swaps.distinct(model, np.where(minds[rows + model.first[:-1]], rows, 0))
    chance, open_ = np.zeros(len(rows)), np.arange(len(rows))
    for draws, margin in STAGES if len(rows) * model.draws > MANY else ():
        if 4 * draws <= model.draws:
            chance[open_] = homes.chance(model, party, rows[open_], draws)
            open_ = open_[np.abs(chance[open_] - needed) <= margin]
    chance[open_] = homes.chance(model, party, rows[open_])
    return np.asarray(chance >= needed - swaps.SLACK)[back]


def _together(model: Model, rows: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """P(all homes ratify) and P(all accept and all homes ratify), both in the same draw, shape (N,) each."""
    both, agreed = np.zeros(len(rows)), np.zeros(len(rows))
    for start in range(0, len(rows), BLOCK):
        at = slice(start, start + BLOCK)
        x = swaps.design(model, rows[at])
        ratified = swaps.ratified(model, rows[at], x)
        both[at] = ratified.mean(axis=1)
        agreed[at] = (ratified & swaps.agreed(model, x)).mean(axis=1)
    return both, agreed


def _win_set(model: Model, party: str, rows: NDArray[np.int64]) -> WinSet:
    single = homes.options(model, party)
    return WinSet(
        party=party,
        count=len(rows),
        options=single,
        preferences=homes.preferences(model, party),
        most=_most(model, single),
        most_given=_most_given(model, party, rows),
    )


def _most(model: Model, single: tuple[OptionAtHome, ...]) -> dict[str, str]:
    """By own issue, the furthest option that is carried alone."""
    needed = model.settings.joint
    return {o.issue: o.option for o in single if o.own and o.ratified >= needed - swaps.SLACK}


def _most_given(model: Model, party: str, rows: NDArray[np.int64]) -> Reception | None:
    """The package whose issues that the party gives cost it most, in its own mean points, of those that its home carries."""
    p = model.party(party)
    own = model.giver[:, p]
    if not len(rows):
        return None
    given = (model.value[p, rows + model.first[:-1]] * own).sum(axis=1)
    worst = int(np.argmin(np.round(given, 9)))
    return reception(model, rows[worst]) if given[worst] < 0.0 else None


def _best(model: Model, party: str, rows: NDArray[np.int64]) -> Reception | None:
    if not len(rows):
        return None
    value = np.round(model.means(rows)[:, model.party(party)], 9)
    return reception(model, rows[int(np.argmax(value))])


def reception(model: Model, row: NDArray[np.int64]) -> Reception:
    """A package with what it is worth and how often each home and all of them together ratify it."""
    mean = model.means(row[None, :])[0]
    both, _ = _together(model, row[None, :])
    return Reception(
        moves=model.named(row),
        values={party: float(mean[p]) for p, party in enumerate(model.parties)},
        ratified={party: float(homes.chance(model, party, row[None, :])[0]) for party in model.homes},
        probability=float(both[0]),
    )
