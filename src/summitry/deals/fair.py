"""What each party has under Kalai-Smorodinsky: what people hold out for, as a share of the way there (see `acceptance`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals.frontier import efficient
from summitry.kernels.bargain import kalai_smorodinsky

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model


def fair_values(model: Model) -> NDArray[np.float64]:
    """Each party's value at the Kalai-Smorodinsky package, by PERT means of values and walk-aways, shape (P,).

    NaN where no package gives everybody its walk-away, and in another tool's scenario, of which nothing says what no deal is.
    """
    nothing = np.full(len(model.parties), np.nan)
    if model.foreign:
        return nothing
    rows = efficient(model, zone=True)
    winners = kalai_smorodinsky(rows.values, model.reserve)
    return rows.values[int(winners[0])] if len(winners) else nothing


def hopeful(model: Model, fair: NDArray[np.float64] | None = None) -> Model:
    """The model in which the others answer by what they hope for, not by their walk-away; `fair` where it is known already."""
    return replace(model, fair=fair_values(model) if fair is None else fair) if model.draws else model
