"""Steps in phases: who acts at the same time, so that all is done soon and nobody is strained beyond what is borne.

A phase is a set of steps that run together; whatever is done first within it, every state that can arise must be borne. So a
phase from the set D of steps done to D' is allowed iff every permitted set X with D <= X <= D' has a level of at most the cap.
The least time over all divisions into phases is a shortest path over pairs of sets: 3^n for n free steps, far fewer in chains.

A step may run on while later phases begin. What trust needs of the phases is a set of waits (b begins when a was seen to be
done): every state that can arise is then a set closed under them. Waits that no state needs are dropped, which lets steps begin
sooner; the result is at most as long as the phases, and its states are all borne.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels._space import TIE
from summitry.kernels.timetable import topological

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.kernels._space import Space

FAR = 1 << 60


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """How long n steps take.

    `days` (n,) each, `lag` (n,) until it is seen to be done; `after[a, b]` (n, n): how many days after the end of a, which it
    requires, b begins at the earliest; -1 where it does not require it.
    """

    days: NDArray[np.int64]
    lag: NDArray[np.int64]
    after: NDArray[np.int64]

    @property
    def required(self) -> NDArray[np.bool_]:
        """Which step requires which, shape (n, n)."""
        return np.asarray(self.after >= 0)


def starts(work: Work, waits: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The earliest start of each step (n,) where b also waits until each a with waits[a, b] is seen to be done."""
    count = len(work.days)
    gap = np.where(waits, work.lag[:, None], work.after)
    gap = np.where(work.required & waits, np.maximum(gap, work.after), gap)
    begin = np.zeros(count, dtype=np.int64)
    for _ in range(count):
        ends = (begin + work.days)[:, None] + gap
        later = np.where(gap >= 0, ends, 0).max(axis=0, initial=0)
        if (later == begin).all():
            return begin
        begin = later
    return begin


def length(work: Work, waits: NDArray[np.bool_]) -> int:
    """The day on which the last step is seen to be done."""
    return int((starts(work, waits) + work.days + work.lag).max(initial=0))


def tails(work: Work, waits: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many days there are at least from the start of each step to the end of all, shape (n,)."""
    gap = np.where(waits, np.maximum(work.lag[:, None], work.after), work.after)
    result = work.days + work.lag
    for _ in range(len(work.days)):
        longer = np.maximum(result, work.days + np.where(gap >= 0, gap + result[None, :], 0).max(axis=1, initial=0))
        if (longer == result).all():
            break
        result = longer
    return result


def cover(bad: NDArray[np.bool_], fixed: NDArray[np.bool_], work: Work, held: NDArray[np.float64]) -> NDArray[np.bool_] | None:
    """Waits that prevent every state of `bad` (S, n), added one by one to `fixed`: a search that is fast and proves nothing.

    Each time the wait that makes the whole least longer; of equals the one that prevents most; then the one that lets costs come
    after receipts, by `held` (n,), what each step leaves a party. None where a bad state cannot be prevented.
    """
    waits = fixed.copy()
    bad = bad[broken(bad, waits) == 0]
    prevents = _prevents(bad)
    while len(bad):
        close = starts(work, waits) + work.days + work.lag
        longer = np.maximum(close.max(), close[:, None] + tails(work, waits)[None, :])
        before = closed(waits | work.required)
        possible = (prevents > 0) & ~before.T & ~np.eye(len(close), dtype=np.bool_)
        if not possible.any():
            return None
        a, b = np.nonzero(possible)
        best = np.lexsort((held[b] - held[a], -prevents[a, b], longer[a, b]))[0]
        first, then = int(a[best]), int(b[best])
        waits[first, then] = True
        gone = bad[:, then] & ~bad[:, first]
        prevents -= _prevents(bad[gone])
        bad = bad[~gone]
    return waits


class Phases:
    """All divisions of the steps of a space into phases that let no other state arise than those of `borne` (states,)."""

    def __init__(self, space: Space, borne: NDArray[np.bool_], work: Work) -> None:
        self._space = space
        allowed = space.reachable
        between = _all_between(space, borne | ~allowed)
        here, then, axes = _pairs(space)
        keep = np.flatnonzero(between & allowed[here] & allowed[then] & (here != then))
        here, then = here.reshape(-1)[keep], then.reshape(-1)[keep]
        left = (len(space.side) - space.places().sum(axis=1)).astype(np.int16)
        order = np.argsort(left[here], kind="stable")
        self._here, self._then, self._left = here[order], then[order], left
        self._days = _days(space, work, axes).reshape(-1)[keep][order]
        self._ends = np.searchsorted(left[self._here], np.arange(len(space.side) + 2))

    def quickest(self, held: NDArray[np.float64] | None = None) -> list[int] | None:
        """The states between phases, from 0 to the last, of the quickest division; None where there is none.

        Of equally quick ones the one with most `held` (states,) times days; then the one whose first phase is largest.
        """
        here, then, days, ends = self._here, self._then, self._days, self._ends
        time = np.full(self._space.states, FAR, dtype=np.int64)
        area = np.full(self._space.states, -inf)
        time[-1], area[-1] = 0, 0.0
        weight = None if held is None else held[here] * days
        for layer in range(1, len(self._space.side) + 1):
            part = slice(ends[layer], ends[layer + 1])
            at, total = here[part], days[part] + time[then[part]]
            np.minimum.at(time, at, total)
            if weight is not None:
                best = total == time[at]
                np.maximum.at(area, at[best], (weight[part] + area[then[part]])[best])
        if time[0] >= FAR:
            return None
        path = [0]
        while path[-1] != len(time) - 1:
            state = path[-1]
            part = slice(ends[self._left[state]], ends[self._left[state] + 1])
            ways = np.flatnonzero((here[part] == state) & (days[part] + time[then[part]] == time[state])) + part.start
            if weight is not None:
                sums = weight[ways] + area[then[ways]]
                ways = ways[sums >= sums.max() - TIE * (1.0 + abs(float(sums.max())))]
            path.append(int(then[ways].max()))
        return path


def _pairs(space: Space) -> tuple[NDArray[np.int32], NDArray[np.int32], list[tuple[NDArray[np.int32], NDArray[np.int32]]]]:
    """The states before and after of every pair, an axis for each chain; and, by chain, the places before and after."""
    here, then = (np.zeros((1,) * len(space.chains), dtype=np.int32) for _ in range(2))
    axes = []
    for c, (chain, stride) in enumerate(zip(space.chains, space.strides, strict=True)):
        low, high = (ends.astype(np.int32) for ends in np.triu_indices(len(chain) + 1))
        shape = [1] * len(space.chains)
        shape[c] = len(low)
        axes.append((low.reshape(shape), high.reshape(shape)))
        here, then = here + axes[-1][0] * np.int32(stride), then + axes[-1][1] * np.int32(stride)
    return here, then, axes


def _all_between(space: Space, good: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether all states between the two of every pair are good, an axis for each chain.

    Along one chain: from place a to b they are where they are from a to b - 1 and from a + 1 to b.
    """
    between = good.reshape([len(chain) + 1 for chain in reversed(space.chains)]).transpose()
    for c, chain in enumerate(space.chains):
        size = len(chain) + 1
        column = np.zeros((size, size), dtype=np.int64)
        column[np.triu_indices(size)] = np.arange(size * (size + 1) // 2)
        along = np.moveaxis(between, c, 0)
        wide = np.empty((size * (size + 1) // 2, *along.shape[1:]), dtype=np.bool_)
        wide[column[np.arange(size), np.arange(size)]] = along
        for gap in range(1, size):
            low = np.arange(size - gap)
            wide[column[low, low + gap]] = wide[column[low, low + gap - 1]] & wide[column[low + 1, low + gap]]
        between = np.moveaxis(wide, 0, c)
    return between


def _days(space: Space, work: Work, axes: Sequence[tuple[NDArray[np.int32], NDArray[np.int32]]]) -> NDArray[np.int32]:
    """How long every pair takes as one phase: its longest chain of prerequisites, until the last step is seen to be done."""
    where = {step: (c, place) for c, chain in enumerate(space.chains) for place, step in enumerate(chain)}
    ends: dict[int, NDArray[np.int32]] = {}
    inside: dict[int, NDArray[np.bool_]] = {}
    total = np.zeros([axes[c][0].size for c in range(len(axes))], dtype=np.int32)
    after = np.where(set_apart(space, work), work.lag[:, None], work.after).astype(np.int32)
    for step in topological(after >= 0):
        c, place = where[step]
        low, high = axes[c]
        inside[step] = (low <= place) & (place < high)
        begin: NDArray[np.int32] = np.zeros((1,) * len(axes), dtype=np.int32)
        for a in np.flatnonzero(after[:, step] >= 0).tolist():
            begin = np.maximum(begin, np.where(inside[a], ends[a] + after[a, step], np.int32(0)))
        ends[step] = np.where(inside[step], begin + np.int32(work.days[step]), np.int32(0))
        np.maximum(total, np.where(inside[step], ends[step] + np.int32(work.lag[step]), np.int32(0)), out=total)
    return total


def set_apart(space: Space, work: Work) -> NDArray[np.bool_]:
    """Which step waits until which other is seen to be done only because the space was narrowed, shape (n, n)."""
    if space.whole:
        return np.zeros_like(work.required)
    return space.links() & ~closed(work.required)


def phases_of(space: Space, path: Sequence[int]) -> NDArray[np.int64]:
    """The phase of each step, from 0, where `path` are the states between phases, shape (n,)."""
    done = space.done
    phase = np.zeros(len(space.side), dtype=np.int64)
    for k, (now, then) in enumerate(pairwise(path)):
        phase[done[then] & ~done[now]] = k
    return phase


def waits_of(
    phase: NDArray[np.int64], bad: NDArray[np.bool_], work: Work, keep: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Which steps must wait until which others are seen to be done, so that no state of `bad` (S, n) can arise, shape (n, n).

    1. Every step waits for all of the earlier phases. 2. A wait is dropped where others still prevent every bad state, first
    those for the steps that are seen to be done last. What `keep` (n, n) marks stays.
    """
    waits = phase[:, None] < phase[None, :]
    fixed = np.zeros_like(waits) if keep is None else keep
    waits = waits | fixed
    prevented = broken(bad, waits)
    ends = starts(work, waits) + work.days + work.lag
    for a in np.argsort(-ends, kind="stable").tolist():
        for b in np.flatnonzero(waits[a] & ~fixed[a]).tolist():
            here = ~bad[:, a] & bad[:, b]
            if not (prevented[here] == 1).any():
                waits[a, b] = False
                prevented[here] -= 1
    return waits


def broken(states: NDArray[np.bool_], waits: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many waits each state (S, n) breaks: a step done without what it waits for, shape (S,)."""
    without = np.logical_not(states).astype(np.float32) @ waits.astype(np.float32)
    return np.asarray((without * states).sum(axis=1)).astype(np.int64)


def _prevents(bad: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many of the states (S, n) it prevents that b waits for a, shape (n, n)."""
    return np.rint(np.logical_not(bad).astype(np.float32).T @ bad.astype(np.float32)).astype(np.int64)


def receive_first(work: Work, waits: NDArray[np.bool_], held: NDArray[np.float64]) -> NDArray[np.bool_]:
    """More waits, so that what costs somebody comes after what it receives wherever that makes nothing later in the end.

    `held` (n,) is what each step leaves that party. More waits never let a further state arise.
    """
    waits, whole = waits.copy(), length(work, waits)
    before = closed(waits | work.required)
    for b in np.argsort(held, kind="stable").tolist():
        for a in np.argsort(-held, kind="stable").tolist():
            if held[b] >= 0.0 or held[a] <= 0.0:
                break
            if before[a, b] or before[b, a]:
                continue
            waits[a, b] = True
            if length(work, waits) > whole:
                waits[a, b] = False
            else:
                before = closed(waits | work.required)
    return waits


def closed(before: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which step precedes which, directly or not, shape (n, n)."""
    result = before.copy()
    for k in range(len(before)):
        result |= result[:, [k]] & result[[k], :]
    return result
