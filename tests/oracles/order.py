"""The least-load order by trying every permutation in fractions: slow, obvious, and exact."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Row = Sequence[Fraction]
    Load = Fraction | float


def least_load_by_trying(
    held: Sequence[Row],
    gain: Row,
    trust: Row,
    mover: Sequence[int],
    before: Iterable[tuple[int, int]],
    changes: int,
    limit: Sequence[Load],
) -> tuple[Load, int, tuple[int, ...]] | None:
    """The least (load, changes, steps) over all permitted permutations; None where none is permitted."""
    found = []
    for steps in permitted(mover, before, changes):
        exposed = exposures([held[s] for s in steps], len(gain))
        if all(e <= most for e, most in zip(exposed, limit, strict=True)):
            found.append((load(exposed, gain, trust), turns(steps, mover), steps))
    return min(found, default=None)


def permitted(mover: Sequence[int], before: Iterable[tuple[int, int]], changes: int) -> Iterator[tuple[int, ...]]:
    """All orders that keep the prerequisites and the most changes of mover."""
    pairs = list(before)
    for steps in permutations(range(len(mover))):
        if turns(steps, mover) <= changes and all(steps.index(a) < steps.index(b) for a, b in pairs):
            yield steps


def turns(steps: Sequence[int], mover: Sequence[int]) -> int:
    """How often the mover changes."""
    return sum(mover[a] != mover[b] for a, b in pairwise(steps))


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
