"""Efficient values of few packages, by listing all of them."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitry.kernels.coupled import Problem


def packages(problem: Problem) -> list[tuple[int, ...]]:
    """All packages that keep the rules."""
    first = problem.first.tolist()
    every = product(*(range(b - a) for a, b in pairwise(first)))
    return [package for package in every if lawful(problem, [a + o for a, o in zip(first[:-1], package, strict=True)])]


def lawful(problem: Problem, columns: list[int]) -> bool:
    """Whether the columns of a package are allowed, have what they need and exclude nothing of each other."""
    issue = {q: i for i, (a, b) in enumerate(zip(problem.first[:-1], problem.first[1:], strict=True)) for q in range(a, b)}
    return (
        all(problem.allowed[q] for q in columns)
        and all(q not in columns or columns[issue[r]] >= r for q, r in problem.needs)
        and not any(q in columns and r in columns for q, r in problem.bars)
    )


def worth(problem: Problem, package: tuple[int, ...]) -> tuple[float, ...]:
    """What a package is worth to each party."""
    totals = []
    for p, row in enumerate(problem.value):
        total = sum(float(row[problem.first[i] + o]) for i, o in enumerate(package))
        total += sum(float(value[p]) for where, value in problem.terms if all(package[i] in options for i, options in where))
        totals.append(total)
    return tuple(totals)


def efficient(points: set[tuple[float, ...]]) -> set[tuple[float, ...]]:
    """The points that no other dominates."""
    return {a for a in points if not any(b != a and all(x >= y for x, y in zip(b, a, strict=True)) for b in points)}
