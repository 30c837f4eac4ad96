"""What happens to packages in the draws: who accepts, which homes ratify, how much substance each side gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.interests.home import ROUNDING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """What happens to one package in each draw.

    `margin` (P, D) value less what the party says yes from, `gain` (P, D) value less no deal, `ratified` (P, D) True without a
    back table.
    """

    values: NDArray[np.float64]
    margin: NDArray[np.float64]
    gain: NDArray[np.float64]
    ratified: NDArray[np.bool_]

    @property
    def accepted(self) -> NDArray[np.bool_]:
        """Which party accepts in which draw, shape (P, D)."""
        return self.margin >= -ROUNDING

    @property
    def all_accept(self) -> NDArray[np.bool_]:
        """The draws in which every party accepts, shape (D,)."""
        return np.asarray(self.accepted.all(axis=0))

    @property
    def joint(self) -> NDArray[np.bool_]:
        """The draws in which every party accepts and every home ratifies, shape (D,)."""
        return self.all_accept & self.ratified.all(axis=0)


def chances(model: Model, package: NDArray[np.int64]) -> Chances:
    """Draw what the parties and their homes say to a package."""
    values = model.values(package)
    columns = model.columns(package)
    ratified = np.ones(values.shape, dtype=np.bool_)
    for p, party in enumerate(model.parties):
        if party in model.homes:
            ratified[p] = model.homes[party].ratified(columns)
    return Chances(values, values - model.answers.bar, values - model.reserve_drawn, ratified)


def substance(model: Model, packages: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of what each party could receive from all others that packages (N, I) bring it, in [0, 1], shape (N, P).

    Its allies are among the others. Costs are left out, and ceremony, which honours and changes nothing. What lies outside its
    giver's mandate cannot be received: it counts as the best that may be.
    """
    result = np.zeros((len(packages), len(model.parties)))
    matters = np.array([not issue.ceremony for issue in model.terms.values()])
    for p in range(len(model.parties)):
        others = np.asarray(model.giver[:, np.arange(len(model.parties)) != p].any(axis=1)) & matters
        gain = np.maximum(model.value[p], 0.0)
        best = np.maximum.reduceat(np.where(model.allowed, gain, 0.0), model.first[:-1]) * others
        if best.sum() > 0.0:
            share = np.minimum(gain, best[model.issue_of]) * others[model.issue_of]
            result[:, p] = np.take(share, packages + model.first[:-1]).sum(axis=1) / best.sum()
    return result


def by_party(model: Model, numbers: NDArray[np.float64]) -> dict[str, float]:
    """Numbers (P,) by party."""
    return {party: float(numbers[p]) for p, party in enumerate(model.parties)}
