"""The search over subsets of moves finds what looking at all of them finds, and says when it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from oracles import groundwork as slow
from summitry.kernels.portfolio import Votes, carried, efficient

if TYPE_CHECKING:
    from numpy.typing import NDArray


def drawn(
    seed: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64], Votes, NDArray[np.float64], NDArray[np.bool_]]:
    """A small problem in whole numbers, so that sums are exact: moves that help, harm, do nothing, and wait for others."""
    rng = np.random.default_rng(seed)
    moves, rows, draws, groups = rng.integers(0, 8), rng.integers(1, 7), rng.integers(1, 25), rng.integers(0, 3)
    group = rng.integers(-1, groups, size=rows) if groups else np.full(rows, -1)
    votes = Votes(group, rng.integers(1, 4, size=rows).astype(float), rng.integers(0, 5, size=groups).astype(float))
    needs = np.triu(rng.random((moves, moves)) < 0.2, 1).T
    shuffle = rng.permutation(moves)
    margin = rng.integers(-6, 3, size=(rows, draws)).astype(float)
    shift = (rng.integers(-2, 5, size=(moves, rows, draws)) * (rng.random((moves, rows, 1)) < 0.5)).astype(float)
    return margin, shift, votes, rng.integers(0, 4, size=moves).astype(float), needs[np.ix_(shuffle, shuffle)]


@pytest.mark.parametrize("seed", range(150))
def test_the_search_finds_every_efficient_subset_and_no_other(seed: int) -> None:
    margin, shift, votes, cost, needs = drawn(seed)
    found = efficient(margin, shift, votes, cost, needs)
    assert found.proven
    assert list(zip(found.cost.tolist(), found.count.tolist(), strict=True)) == slow.efficient(margin, shift, votes, cost, needs)


@pytest.mark.parametrize("seed", range(40))
def test_each_subset_costs_and_reaches_what_is_said_and_holds_what_it_needs(seed: int) -> None:
    margin, shift, votes, cost, needs = drawn(1000 + seed)
    found = efficient(margin, shift, votes, cost, needs)
    for chosen, paid, count in zip(found.subsets, found.cost, found.count, strict=True):
        assert cost[chosen].sum() == paid
        assert carried(margin + shift[chosen].sum(axis=0), votes).sum() == count
        assert not any((needs[m] & ~chosen).any() for m in np.flatnonzero(chosen))


def test_a_search_that_stops_says_so_and_bounds_what_it_missed() -> None:
    for seed in range(60):
        margin, shift, votes, cost, needs = drawn(2000 + seed)
        found, every = (
            efficient(margin, shift, votes, cost, needs, most_work=30_000),
            slow.efficient(margin, shift, votes, cost, needs),
        )
        assert found.bound >= every[-1][1]
        if found.proven:
            assert found.count[-1] == every[-1][1]


def test_more_draws_than_none_and_no_moves_are_one_subset() -> None:
    votes = Votes(np.array([-1]), np.ones(1), np.zeros(0))
    found = efficient(np.array([[1.0, -1.0]]), np.zeros((0, 1, 2)), votes, np.zeros(0), np.zeros((0, 0), dtype=bool))
    assert (found.subsets.shape, found.count.tolist(), found.proven) == ((1, 0), [1], True)
