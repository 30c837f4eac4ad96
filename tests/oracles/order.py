"""The order of least load by trying every permutation and every division into phases in fractions: slow, obvious, exact."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import permutations
from math import inf
from typing import TYPE_CHECKING

from oracles.phases import divisions, states, waits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Row = Sequence[Fraction]
    Load = Fraction | float


def least_load_by_trying(
    held: Sequence[Row], gain: Row, trust: Row, before: Iterable[tuple[int, int]], limit: Sequence[Load]
) -> tuple[Load, tuple[int, ...]] | None:
    """The least (load, steps) over all permitted permutations, one step after the other; None where none is permitted."""
    found = []
    for steps in permitted(len(held), before):
        exposed = exposures([held[s] for s in steps], len(gain))
        if all(e <= most for e, most in zip(exposed, limit, strict=True)):
            found.append((load(exposed, gain, trust), steps))
    return min(found, default=None)


def least_load_in_phases_by_trying(
    held: Sequence[Row], gain: Row, trust: Row, before: Iterable[tuple[int, int]], phases: int, limit: Sequence[Load]
) -> Load | None:
    """The least load over all divisions into at most so many phases; None where none keeps the limits.

    Within a phase every set of its steps can be done first, so that each such moment counts.
    """
    pairs, whole = list(before), frozenset(range(len(held)))
    found: list[Load] = []

    @cache
    def moment(done: frozenset[int]) -> Load | None:
        exposed = [max(Fraction(0), -sum((held[s][p] for s in done), Fraction(0))) for p in range(len(gain))]
        borne = all(e <= most for e, most in zip(exposed, limit, strict=True))
        return load(exposed, gain, trust) if borne else None

    for division in divisions(whole):
        waits = [*waits_of(division), *pairs]
        if len(division) > phases or any((b, a) in waits for a, b in pairs):
            continue
        asks = [moment(state) for state in states(len(held), waits) if state and state != whole]
        if None not in asks:
            found.append(max((ask for ask in asks if ask is not None), default=Fraction(0)))
    return min(found, default=None)


def permitted(count: int, before: Iterable[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    """All orders that keep the prerequisites."""
    pairs = list(before)
    for steps in permutations(range(count)):
        if all(steps.index(a) < steps.index(b) for a, b in pairs):
            yield steps


def exposures(rows: Sequence[Row], parties: int) -> list[Fraction]:
    """The greatest shortfall of each party over the proper prefixes of rows (n, P)."""
    prefixes = [[sum((row[p] for row in rows[:done]), Fraction(0)) for p in range(parties)] for done in range(1, len(rows))]
    return [max([Fraction(0), *(-prefix[p] for prefix in prefixes)]) for p in range(parties)]


def load(exposed: Row, gain: Row, trust: Row) -> Load:
    """The greatest odds(theta) / odds(p)."""
    greatest: Load = Fraction(0)
    for e, g, p in zip(exposed, gain, trust, strict=True):
        if e > 0 and (g <= 0 or p == 0):
            return inf
        if e > 0:
            theta = e / (e + g)
            greatest = max(greatest, theta / (1 - theta) / (p / (1 - p)))
    return greatest
