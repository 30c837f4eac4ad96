"""Packages raised to what rules and offers ask for. Rules are rows (issue, option, other issue, its option) of whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def rules_of(pairs: Sequence[tuple[int, int]], first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pairs of columns as rules (K, 4); `first` (I + 1,) are the columns where the issues begin."""
    columns = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    issues = np.searchsorted(first, columns, side="right") - 1
    return np.stack([issues, columns - first[issues]], axis=2).reshape(-1, 4)


def close(packages: NDArray[np.int64], rules: NDArray[np.int64]) -> NDArray[np.int64]:
    """Packages (..., I) with every prerequisite of `rules` (K, 4) added, each at the least option that meets it."""
    closed = np.array(packages, dtype=np.int64)
    rows = closed.reshape(-1, closed.shape[-1])
    changed = True
    while changed:
        changed = False
        for i, option, j, least in rules:
            short = (rows[:, i] == option) & (rows[:, j] < least)
            if short.any():
                rows[short, j] = least
                changed = True
    return closed


def lift(
    packages: NDArray[np.int64],
    fixed: NDArray[np.int64],
    floor: NDArray[np.int64],
    bundles: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> NDArray[np.int64]:
    """Packages (N, I) at `fixed` (I,) where it is no -1, else at least at `floor` (I,).

    Of `bundles`, pairs (needs, moves) of (I,), what holds the needs is at least at the moves; one may meet the needs of another.
    """
    settled = fixed >= 0
    rows = np.maximum(np.where(settled, fixed, packages), floor)
    for _ in bundles:
        for needs, moves in bundles:
            due = (rows >= needs).all(axis=1)
            rows[due] = np.maximum(rows[due], moves)
    return np.where(settled, fixed, rows)


def barred(packages: NDArray[np.int64], rules: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which packages (N, I) hold two options of `rules` (K, 4) that exclude each other, shape (N,)."""
    result = np.zeros(len(packages), dtype=np.bool_)
    for i, option, j, other in rules:
        result |= (packages[:, i] == option) & (packages[:, j] == other)
    return result
