"""What a search is for: the largest expected gain of the principal over no deal, or, for a mediator, the largest least share.

A mediator serves the sides: of every side that can gain, the share that a package brings of the most that it could expect under
the same gates; the least of these shares is what is made as large as can be. A side whose most is nothing is left out by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals.outcomes import chances

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model


@dataclass(frozen=True, slots=True, eq=False)
class Purpose:
    """Whose expected gains count: `parties` (K,), each over `most` (K,); the score of a package is the least of them."""

    parties: tuple[int, ...]
    most: NDArray[np.float64]

    def score(self, gains: NDArray[np.float64]) -> NDArray[np.float64]:
        """What packages are worth to the search, from their expected gains (N, P) to (N,)."""
        return np.asarray((gains[:, list(self.parties)] / self.most).min(axis=1))

    def drawn(self, model: Model, package: NDArray[np.int64]) -> NDArray[np.float64]:
        """What a package pays in each draw (D,), of the party whose share is the least on average."""
        found = chances(model, package)
        pays = found.gain[list(self.parties)] * found.joint / self.most[:, None]
        return np.asarray(pays[int(np.argmin(pays.mean(axis=1)))])


def purpose_of(model: Model, principal: str, most: NDArray[np.float64] | None = None) -> Purpose:
    """The purpose of a search for a principal: its own expected gain, or a mediator's least share.

    `most` (P,) is the largest expected gain that each party could have; without it nothing is known, and gains count as they are.
    """
    p = model.party(principal)
    if principal != model.mediator:
        return Purpose((p,), np.ones(1))
    sides = [k for k in range(len(model.parties)) if k != p and (most is None or most[k] > 0.0)]
    if not sides:
        return Purpose((p,), np.ones(1))
    return Purpose(tuple(sides), np.ones(len(sides)) if most is None else most[sides])
