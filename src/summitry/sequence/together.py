"""Points that arise only when several options hold, as amounts over sets of steps: what they leave if everything stops."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from summitry.kernels.trust import Joint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.interests.preferences import Belief
    from summitry.model import Model

    Where: TypeAlias = tuple[tuple[int, frozenset[int]], ...]
    Spec: TypeAlias = tuple[int, int, int, float]


def joint_of(
    model: Model,
    specs: Sequence[Spec],
    givers: Sequence[tuple[int, ...]],
    beliefs: Sequence[Belief],
    *,
    drawn: bool = False,
) -> Joint:
    """The interaction tables that the steps can meet, each party's own and those that `beliefs` see in the others.

    After a breakdown stays the least share of what stays of the options that a table joins; of what others give and nobody
    verifies a gain counts nothing.
    """
    parties = range(len(model.parties))
    rows: list[tuple[list[int], list[int], NDArray[np.float64], NDArray[np.float64]]] = []
    empty = np.zeros((len(parties), model.draws) if drawn else len(parties))
    for table in model.tables:
        for need, ends, sign in _runs(model, specs, table.where):
            own = (table.draws if drawn else table.value) * sign
            left = np.array([_left(model, p, own[p], need, specs, givers) for p in parties])
            rows.append((need, ends, left, np.zeros(len(beliefs))))
    for k, belief in enumerate(beliefs):
        for where, value in belief.tables:
            for need, ends, sign in _runs(model, specs, where):
                other = np.zeros(len(beliefs))
                other[k] = _left(model, belief.other, np.asarray(value * sign), need, specs, givers)
                rows.append((need, ends, empty, other))
    mask = np.zeros((2, len(rows), len(specs)), dtype=np.bool_)
    for t, (need, ends, _, _) in enumerate(rows):
        mask[0, t, need] = True
        mask[1, t, ends] = True
    balance = np.array([row[2] for row in rows]).reshape(len(rows), *empty.shape)
    theirs = np.array([row[3] for row in rows]).reshape(len(rows), len(beliefs))
    return Joint(mask[0], mask[1], balance, theirs)


def _left(
    model: Model, p: int, value: NDArray[np.float64], need: list[int], specs: Sequence[Spec], givers: Sequence[tuple[int, ...]]
) -> NDArray[np.float64]:
    left: NDArray[np.float64] = value * min(1.0 - model.recoverable[specs[s][2]] for s in need)
    unseen = any(not model.verified[specs[s][2]] and model.side[p] not in model.side[list(givers[s])] for s in need)
    return np.minimum(left, 0.0) if unseen else left


def _runs(model: Model, specs: Sequence[Spec], where: Where) -> Iterator[tuple[list[int], list[int], float]]:
    """(steps needed, steps that end it, sign) for every way in which the steps come to meet a condition, status quo as zero.

    An issue holds an option from its last lump to the last lump of its next option. A condition that the status quo meets is a
    loss from the first step that ends it: by inclusion and exclusion over the steps that do.
    """
    ways = [_stays(model, specs, issue, options) for issue, options in where]
    for way in product(*ways):
        need = [begin for begin, _ in way if begin is not None]
        stop = [end for _, end in way if end is not None]
        if need:
            yield need, stop, 1.0
        else:
            for size in range(1, len(stop) + 1):
                for some in combinations(stop, size):
                    yield list(some), [], (-1.0) ** size


def _stays(model: Model, specs: Sequence[Spec], issue: int, options: frozenset[int]) -> list[tuple[int | None, int | None]]:
    """When an issue holds one of some options: from which step (None: from the start) to which (None: to the end)."""
    stops = [(0, None)] + [
        (after - int(model.first[issue]), s)
        for s, (i, _, after, _) in enumerate(specs)
        if i == issue and (s + 1 == len(specs) or specs[s + 1][:3] != specs[s][:3])
    ]
    ends = [*(s for _, s in stops[1:]), None]
    stays: list[tuple[int | None, int | None]] = []
    for (option, begin), end in zip(stops, ends, strict=True):
        if option in options:
            joined = stays and stays[-1][1] == begin and begin is not None
            stays[-1:] = [(stays[-1][0], end)] if joined else [*stays[-1:], (begin, end)]
    return stays
