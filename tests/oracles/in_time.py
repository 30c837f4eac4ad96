"""Whether any order of a package's steps is carried and keeps every date, by trying every set of waits: slow and obvious."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from oracles.phases import borne, length, subsets
from summitry.kernels.ordering import strain
from summitry.sequence import horizon
from summitry.sequence.calendar import agenda

if TYPE_CHECKING:
    from summitry.kernels.ordering import Order
    from summitry.model import Model
    from summitry.sequence.orders import Steps


def some_order_fits(model: Model, sequence: Steps, order: Order, bearable: float) -> bool:
    """Whether some set of waits, all states of which keep the load and the exposure limits, has a calendar that keeps every date.

    More waits than suffice never help a calendar. `order` is any order of the steps. For four steps at most.
    """
    count, required = sequence.count, {(int(a), int(b)): 0 for a, b in np.argwhere(sequence.first)}
    pairs = [(a, b) for a in range(count) for b in range(count) if a != b]
    sufficient: list[frozenset[int]] = []

    @cache
    def level(state: frozenset[int]) -> float:
        done = np.isin(np.arange(count), list(state))[None]
        asks = strain(done, sequence.balance, sequence.gain, sequence.trust, sequence.joint)
        return inf if (asks.exposure > model.limit).any() else float(asks.load.max())

    for some in subsets(range(len(pairs))):
        waits = [pairs[k] for k in some]
        if any(known <= some for known in sufficient) or not borne(count, [*waits, *required], level, bearable):
            continue
        sufficient.append(some)
        matrix = np.zeros((count, count), dtype=np.bool_)
        for a, b in waits:
            matrix[a, b] = True
        try:
            length([0] * count, [0] * count, required, waits)
        except ValueError:
            continue
        rank = _in_turn(matrix | sequence.first)
        acts = horizon.acts_of(model, sequence, replace(order, steps=rank, phases=(1,) * count, waits=matrix))
        if agenda(acts, model.calendar, model.signed, horizon.limits(model, model.signed)) is not None:
            return True
    return False


def _in_turn(before: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> tuple[int, ...]:
    """The steps, none before what it waits for."""
    rank = list[int]()
    while len(rank) < len(before):
        rank.append(next(s for s in range(len(before)) if s not in rank and set(np.flatnonzero(before[:, s])) <= set(rank)))
    return tuple(rank)
