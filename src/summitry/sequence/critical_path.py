"""The fewest days that any order of a package's steps takes, whatever trust, its windows and capacities: its critical path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.timetable import topological
from summitry.sequence.orders import days_of, lag_of, lumps, mover_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """What each option takes, by column (Q,): `mover` does it (-1: nobody), `days` from the option before, `lag` to verify it.

    `before` lists every column that somebody does, each after those that it waits for, with the columns of which it needs those
    that a package has; `passed` marks options that a later one of their issue passes through.
    """

    mover: NDArray[np.int64]
    days: NDArray[np.int64]
    lag: NDArray[np.int64]
    passed: NDArray[np.bool_]
    before: tuple[tuple[int, tuple[int, ...]], ...]


def pace(model: Model, most: NDArray[np.int64] | None = None) -> Pace:
    """The pace of all options, or of those up to the option number `most` (I,) of each issue."""
    width, most = int(model.first[-1]), model.sizes - 1 if most is None else most
    mover = np.full(width, -1, dtype=np.int64)
    days, lag = np.zeros(width, dtype=np.int64), np.zeros(width, dtype=np.int64)
    passed, first = np.zeros(width, dtype=np.bool_), np.zeros((width, width), dtype=np.bool_)
    for i in np.flatnonzero(model.acts).tolist():
        base = int(model.first[i])
        splits = model.terms[model.issues[i]].splits
        who = mover_of(model, tuple(np.flatnonzero(model.giver[i]).tolist()))
        for q in range(base + 1, base + int(most[i]) + 1):
            parts = [days_of(model, b, a, share) for _, b, a, share in lumps(model, i, q - base)[0] if a == q]
            mover[q], days[q], lag[q], passed[q] = who, sum(parts), lag_of(model, i), splits
            first[q - 1, q] = splits and q > base + 1
    for q, r in model.first_needs:
        last = int(model.first[model.issue_of[r] + 1])
        first[r : r + 1 if passed[r] else last, q] = True
    first[mover < 0] = False
    first[:, mover < 0] = False
    before = tuple((q, tuple(np.flatnonzero(first[:, q]).tolist())) for q in topological(first) if mover[q] >= 0)
    return Pace(mover, days, lag, passed, before)


def least_days(model: Model, packages: NDArray[np.int64], at: Pace | None = None) -> NDArray[np.int64]:
    """Days that every order of the steps of packages (N, I) takes at least, shape (N,), whatever trust, windows and capacities.

    All that does not require one another runs side by side: the longest chain of prerequisites, each until it is done, and until
    it is seen to be done wherever somebody else follows or nobody does. `at` is `pace(model)`, so that many calls make it once.
    """
    at = pace(model, packages.max(axis=0, initial=0)) if at is None else at
    options = np.ascontiguousarray(packages.T)
    total = np.zeros(len(packages), dtype=np.int64)
    ends: dict[int, tuple[NDArray[np.bool_], NDArray[np.int64]]] = {}
    for q, waits in at.before:
        there = _has(model, options, at, q)
        begin = np.zeros(len(packages), dtype=np.int64)
        if there.any():
            for c in waits:
                other, end = ends[c]
                begin = np.maximum(begin, other * (end + at.lag[c] * (at.mover[c] != at.mover[q])))
        ends[q] = there, begin + at.days[q]
        np.maximum(total, there * (begin + at.days[q] + at.lag[q]), out=total)
    return total


def _has(model: Model, options: NDArray[np.int64], at: Pace, q: int) -> NDArray[np.bool_]:
    """Which packages, as option numbers (I, N), come to the option of a column or pass through it, shape (N,)."""
    i = int(model.issue_of[q])
    least = q - int(model.first[i])
    return np.asarray(options[i] >= least if at.passed[q] else options[i] == least)
