"""How long steps take, and the fewest days that any order of a package's steps takes, whatever its windows and capacities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.timetable import topological
from summitry.sequence.steps import lumps, mover_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model


def days_of(model: Model, before: int, after: int, share: float) -> int:
    """How long a step takes: its option's time less that of the option it starts from, times its share of the move."""
    return round(max(int(model.days[after]) - int(model.days[before]), 0) * share)


def lag_of(model: Model, i: int) -> int:
    """How long it takes until a step of an issue is seen to be done."""
    own = model.terms[model.issues[i]].lag
    return model.settings.lag if own is None else own


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """What each option takes, by column (Q,): `mover` does it (-1: nobody), `days` from the option before, `lag` to verify it.

    `alone` is all that it takes by itself, from the status quo on. `before` lists, for each column that waits for others, the
    columns of which it needs those that a package has, each column after those that it waits for; `passed` marks options that a
    later one of their issue passes through.
    """

    mover: NDArray[np.int64]
    days: NDArray[np.int64]
    lag: NDArray[np.int64]
    alone: NDArray[np.int64]
    passed: NDArray[np.bool_]
    before: tuple[tuple[int, tuple[int, ...]], ...]


def pace(model: Model, most: NDArray[np.int64] | None = None) -> Pace:
    """The pace of all options, or of those up to the option number `most` (I,) of each issue."""
    width, most = int(model.first[-1]), model.sizes - 1 if most is None else most
    mover = np.full(width, -1, dtype=np.int64)
    days, lag, alone = (np.zeros(width, dtype=np.int64) for _ in range(3))
    passed, first = np.zeros(width, dtype=np.bool_), np.zeros((width, width), dtype=np.bool_)
    for i in np.flatnonzero(model.giver.any(axis=1)).tolist():
        base = int(model.first[i])
        splits = model.terms[model.issues[i]].splits
        who = mover_of(model, tuple(np.flatnonzero(model.giver[i]).tolist()))
        for q in range(base + 1, base + int(most[i]) + 1):
            parts = [days_of(model, b, a, share) for _, b, a, share in lumps(model, i, q - base)[0] if a == q]
            mover[q], days[q], lag[q], passed[q] = who, sum(parts), lag_of(model, i), splits
            alone[q] = days[q] + (alone[q - 1] - lag[q - 1] if splits and q > base + 1 else 0) + lag[q]
            first[q - 1, q] = splits and q > base + 1
    for q, r in model.needs:
        last = int(model.first[model.issue_of[r] + 1])
        first[r : r + 1 if passed[r] else last, q] = True
    first[mover < 0] = False
    first[:, mover < 0] = False
    before = tuple((q, tuple(np.flatnonzero(first[:, q]).tolist())) for q in topological(first) if first[:, q].any())
    return Pace(mover, days, lag, alone, passed, before)


def least_days(model: Model, packages: NDArray[np.int64], at: Pace | None = None) -> NDArray[np.int64]:
    """Days that every order of the steps of packages (N, I) takes at least, shape (N,), whatever the windows and capacities.

    Phases of different movers do not overlap. A mover needs, along each chain of prerequisites, the days of its own steps, and
    those of a verification wherever the chain passes to somebody else or ends; so the most of these, summed over the movers.
    `at` is `pace(model)`, so that many calls make it once.
    """
    at = pace(model, packages.max(axis=0, initial=0)) if at is None else at
    columns = packages + model.first[:-1]
    options = np.ascontiguousarray(packages.T)
    total = np.zeros(len(packages), dtype=np.int64)
    for mover in np.unique(at.mover[at.mover >= 0]).tolist():
        longest = np.where(at.mover[columns] == mover, at.alone[columns], 0).max(axis=1, initial=0)
        spent: dict[int, NDArray[np.int64]] = {}
        for q, waits in at.before:
            own, there = at.mover[q] == mover, _has(model, options, at, q)
            so_far = np.zeros(len(packages), dtype=np.int64)
            for c in waits if there.any() else ():
                mine = at.mover[c] == mover
                before = spent[c] if c in spent else _has(model, options, at, c) * (at.days[c] * mine)
                if mine and not own:
                    before = before + at.lag[c] * _has(model, options, at, c)
                np.maximum(so_far, before, out=so_far)
            spent[q] = there * (so_far + at.days[q] * own)
            np.maximum(longest, spent[q] + there * at.lag[q] * own, out=longest)
        total += longest
    return total


def _has(model: Model, options: NDArray[np.int64], at: Pace, q: int) -> NDArray[np.bool_]:
    """Which packages, as option numbers (I, N), come to the option of a column or pass through it, shape (N,)."""
    i = int(model.issue_of[q])
    least = q - int(model.first[i])
    return np.asarray(options[i] >= least if at.passed[q] else options[i] == least)
