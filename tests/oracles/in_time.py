"""Whether any order of a package's steps is carried and keeps every date, by trying each of them: slow and obvious."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.order import changes_of, strain
from summitry.sequence import horizon
from summitry.sequence import steps as made_of
from summitry.sequence.agenda import agenda

if TYPE_CHECKING:
    from summitry.model import Model
    from summitry.sequence.steps import Steps


def some_order_fits(model: Model, made: Steps, bearable: float) -> bool:
    """Whether an order within the load, the exposure limits and the changes of mover has a calendar that keeps every date."""
    start, calendar = model.as_of, model.calendar
    pairs = [(int(a), int(b)) for a, b in np.argwhere(made.first)]
    for order in permutations(range(made.count)):
        if any(order.index(a) > order.index(b) for a, b in pairs):
            continue
        if changes_of(order, made.mover) > made_of.changes_allowed(model):
            continue
        asked = strain(order, made.balance, made.gain, made.trust, made.joint)
        if float(asked.load.max()) > bearable or (asked.exposure > model.limit).any():
            continue
        if agenda(horizon.acts_of(model, made, order), calendar, start, horizon.limits(model, start)) is not None:
            return True
    return False
