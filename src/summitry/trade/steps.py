"""A package as steps, and the trust that its best order needs.

Each issue's move is one step of its giver; an issue that `splits` goes through its options in between, and through equal lumps
of its `smallest` tranche where quantities are stated. What a party holds after a breakdown is (1 - recoverable) times its value
of what was done; what it received counts nothing while no option says how it is verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import order as kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.kernels.order import Order
    from summitry.model import Model

MOST_LUMPS = 4
"""Most lumps of one move: finer ones change the load little and the search a lot."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """n steps of a package. `before`, `after` are columns, `share` the part of that move that the step does; `mover` is a side.

    `held` (n, P) is what the step leaves each party after a breakdown, in PERT means; `first[a, b]` is True where a must
    precede b.
    """

    issue: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    share: tuple[float, ...]
    giver: tuple[int, ...]
    mover: NDArray[np.int64]
    held: NDArray[np.float64]
    first: NDArray[np.bool_]

    @property
    def count(self) -> int:
        """The number of steps."""
        return len(self.issue)

    def held_drawn(self, model: Model) -> NDArray[np.float64]:
        """`held` per draw, shape (n, P, D)."""
        return np.array(
            [_held(model, model.drawn, *spec) for spec in zip(self.before, self.after, self.share, self.giver, strict=True)]
        )


def steps(model: Model, package: Sequence[int] | NDArray[np.int64]) -> Steps:
    """The steps of a package, in the order of the case's issues; issues without a giver take no step of anybody's."""
    specs: list[tuple[int, int, int, float, int]] = []
    for i, option in enumerate(int(o) for o in package):
        if option and model.giver[i].any():
            specs += _lumps(model, i, option)
    count = len(specs)
    first = np.zeros((count, count), dtype=np.bool_)
    last_lump = {after: k for k, (_, _, after, _, _) in enumerate(specs)}
    for a, b in zip(range(count), range(1, count), strict=False):
        first[a, b] |= specs[a][0] == specs[b][0]
    for q, r in model.needs:
        if q in last_lump:
            i = model.issue_of[r]
            met = [last_lump[c] for c in last_lump if model.issue_of[c] == i and c >= r]
            if met:
                opening = min(k for k in range(count) if specs[k][2] == q)
                first[min(met), opening] = True
    held = np.array(
        [_held(model, model.value[:, :, None], before, after, share, giver)[:, 0] for _, before, after, share, giver in specs]
    )
    return Steps(
        issue=tuple(s[0] for s in specs),
        before=tuple(s[1] for s in specs),
        after=tuple(s[2] for s in specs),
        share=tuple(s[3] for s in specs),
        giver=tuple(s[4] for s in specs),
        mover=np.array([model.side[s[4]] for s in specs], dtype=np.int64),
        held=held.reshape(count, len(model.parties)),
        first=first,
    )


def least_load(model: Model, package: Sequence[int] | NDArray[np.int64], made: Steps | None = None) -> Order | None:
    """The order of least load of a package's steps within the case's horizon; None where no order is allowed."""
    made = steps(model, package) if made is None else made
    gain = model.means(np.asarray(package, dtype=np.int64)[None, :])[0]
    return kernel.least_load(made.held, gain, model.trust, made.mover, made.first, changes_allowed(model), model.limit)


def trust_tested(model: Model) -> bool:
    """Whether the record tells every party's belief in the other side, so that trust can be tested at all."""
    return bool(np.isfinite(model.trust).all())


def changes_allowed(model: Model) -> int:
    """K = floor(horizon / verification lag): how often the mover may change."""
    settings = model.case.file.settings
    return settings.horizon // max(settings.lag, 1)


def trust_needed_drawn(
    model: Model, package: Sequence[int] | NDArray[np.int64], made: Steps, order: Sequence[int]
) -> NDArray[np.float64]:
    """Theta per party and draw for a given order, shape (P, D)."""
    return kernel.load_of(order, made.held_drawn(model), model.values(package), model.trust)[1]


def _lumps(model: Model, i: int, option: int) -> list[tuple[int, int, int, float, int]]:
    """(issue, column before, column after, share of the move, giver) for each step of issue i to `option`."""
    issue = model.case.file.issues[model.issues[i]]
    base, giver = int(model.first[i]), int(np.flatnonzero(model.giver[i])[0])
    stops = range(1, option + 1) if issue.splits else (option,)
    found, before = [], base
    quantities = list(issue.options.values())
    for stop in stops:
        pieces = 1
        here, past = quantities[stop], quantities[before - base]
        if issue.splits and issue.smallest is not None and isinstance(here, (int, float)) and isinstance(past, (int, float)):
            pieces = min(MOST_LUMPS, max(1, int((abs(here - past) + 1e-9) // issue.smallest)))
        found += [(i, before, base + stop, 1.0 / pieces, giver)] * pieces
        before = base + stop
    return found


def _held(model: Model, value: NDArray[np.float64], before: int, after: int, share: float, giver: int) -> NDArray[np.float64]:
    """What one step leaves each party after a breakdown, from values (P, Q, D) to (P, D)."""
    gain = share * (1.0 - model.recoverable[after]) * (value[:, after] - value[:, before])
    if not model.seen[after]:
        receivers = model.side != model.side[giver]
        gain[receivers] = np.minimum(gain[receivers], 0.0)
    result: NDArray[np.float64] = gain
    return result
