"""Orders with steps at the same time, by trying every division into phases and every set of waits: slow and obvious."""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Level = Callable[[frozenset[int]], float]
    Pair = tuple[int, int]


def divisions(steps: frozenset[int]) -> Iterator[list[frozenset[int]]]:
    """Every division of steps into phases, one after the other."""
    if not steps:
        yield []
    for first in subsets(steps):
        if first:
            yield from ([first, *rest] for rest in divisions(steps - first))


def subsets(steps: Iterable[int]) -> Iterator[frozenset[int]]:
    """Every set of some of the steps."""
    some = sorted(steps)
    return map(frozenset, chain.from_iterable(combinations(some, size) for size in range(len(some) + 1)))


def states(count: int, waits: Iterable[Pair]) -> Iterator[frozenset[int]]:
    """Every set of steps that can be done at one moment: none is in it without all that it waits for."""
    pairs = list(waits)
    return (x for x in subsets(range(count)) if all(a in x for a, b in pairs if b in x))


def borne(count: int, waits: Iterable[Pair], level: Level, cap: float) -> bool:
    """Whether every state that can arise before the end has a level of at most the cap."""
    return all(level(x) <= cap * (1 + 1e-9) for x in states(count, waits) if 0 < len(x) < count)


def waits_of(phases: Sequence[frozenset[int]]) -> list[Pair]:
    """Every step waits for all of the earlier phases."""
    return [(a, b) for k, late in enumerate(phases) for early in phases[:k] for a, b in product(early, late)]


def length(days: Sequence[int], lag: Sequence[int], required: dict[Pair, int], waits: Iterable[Pair]) -> int:
    """The day on which the last step is seen to be done, each begun as soon as it may."""
    pairs, ends = set(waits), dict[int, int]()
    while len(ends) < len(days):
        for b in range(len(days)):
            needed = {a for a, k in [*pairs, *required] if k == b}
            if b not in ends and needed <= ends.keys():
                begin = [ends[a] + lag[a] for a in needed if (a, b) in pairs]
                begin += [ends[a] + required[a, b] for a in needed if (a, b) in required]
                ends[b] = max([0, *begin]) + days[b]
                break
        else:
            msg = "the steps wait for one another in a circle"
            raise ValueError(msg)
    return max(ends[s] + lag[s] for s in ends)


def quickest_phases(days: Sequence[int], lag: Sequence[int], required: dict[Pair, int], level: Level, cap: float) -> int | None:
    """The least sum of the phases' times over all divisions whose states are borne."""
    best: list[int] = []
    for phases in divisions(frozenset(range(len(days)))):
        waits = waits_of(phases)
        if any((b, a) in waits for a, b in required) or not borne(len(days), [*waits, *required], level, cap):
            continue
        spans = []
        for phase in phases:
            own = sorted(phase)
            inside = {(own.index(a), own.index(b)): gap for (a, b), gap in required.items() if a in phase and b in phase}
            spans.append(length([days[s] for s in own], [lag[s] for s in own], inside, []))
        best.append(sum(spans))
    return min(best, default=None)


def quickest_waits(days: Sequence[int], lag: Sequence[int], required: dict[Pair, int], level: Level, cap: float) -> int | None:
    """The least time over all sets of waits whose states are borne; for four steps at most."""
    count, best = len(days), list[int]()
    pairs = [(a, b) for a in range(count) for b in range(count) if a != b]
    for some in subsets(range(len(pairs))):
        waits = [pairs[k] for k in some]
        try:
            span = length(days, lag, required, waits)
        except ValueError:
            continue
        if borne(count, [*waits, *required], level, cap):
            best.append(span)
    return min(best, default=None)
