"""The frontier by listing every package, in fractions: slow, obvious, and exact."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[Fraction, ...]


def frontier_by_listing(groups: Sequence[Sequence[Sequence[Fraction]]], parties: int) -> dict[Point, list[tuple[int, ...]]]:
    """Every efficient point with all of its packages in lexicographic order; points by first value descending, then the next."""
    packages: dict[Point, list[tuple[int, ...]]] = {}
    for choice in product(*(range(len(group)) for group in groups)):
        rows = [group[c] for group, c in zip(groups, choice, strict=True)]
        point = tuple(sum((row[p] for row in rows), Fraction(0)) for p in range(parties))
        packages.setdefault(point, []).append(choice)
    efficient = [point for point in packages if not any(dominates(other, point) for other in packages)]
    return {point: packages[point] for point in sorted(efficient, reverse=True)}


def dominates(one: Point, other: Point) -> bool:
    """Nobody is worse off and somebody better."""
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))
