"""What a deliverable unlocks: the options that require it, and those that require these in turn. Facts of the case, no search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.trade.results import Unlocked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model


def unlocked(model: Model, deliverable: NDArray[np.int64], closure: NDArray[np.int64]) -> tuple[Unlocked, ...]:
    """The options that need `deliverable` (I,), a package of one move, directly or through each other; the direct ones first.

    `closure` is the deliverable with its prerequisites: what an option requires beside it is told in `also`. A requirement is
    met by any later option of its issue too.
    """
    moved = int(np.flatnonzero(deliverable)[0])
    step = {int(model.first[moved]) + option: 0 for option in range(1, int(deliverable[moved]) + 1)}
    there = {int(model.first[i]) + option for i, most in enumerate(closure) for option in range(1, int(most) + 1)}
    waits: dict[int, list[int]] = {}
    for q, r in model.needs:
        waits.setdefault(q, []).append(r)
    level = 0
    while level in step.values():
        level += 1
        new = [q for q, some in waits.items() if q not in step and q not in there and any(r in step for r in some)]
        step |= dict.fromkeys(new, level)
    found = sorted((q for q, level in step.items() if level), key=lambda q: (step[q], q))
    return tuple(_told(model, q, waits[q], step, there) for q in found)


def _told(model: Model, q: int, waits: list[int], step: dict[int, int], there: set[int]) -> Unlocked:
    i = int(model.issue_of[q])
    return Unlocked(
        issue=model.issues[i],
        option=model.options[i][q - int(model.first[i])],
        givers=tuple(model.parties[p] for p in np.flatnonzero(model.giver[i])),
        through=tuple(model.label(r) for r in waits if r in step and step[r] < step[q]),
        also=tuple(model.label(r) for r in waits if r not in step and r not in there),
        worth={party: float(model.value[p, q]) for p, party in enumerate(model.parties)},
    )
