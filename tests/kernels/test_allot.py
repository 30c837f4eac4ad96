from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles import inspect as oracle
from summitry.kernels import allot


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[list[int]], list[int], int]:
    """Gains in hundredths that never fall, costs, and a budget."""
    rows = draw(st.integers(1, 4))
    gains = [[0, *sorted(draw(st.lists(st.integers(0, 100), min_size=0, max_size=4)))] for _ in range(rows)]
    return gains, [draw(st.integers(1, 6)) for _ in range(rows)], draw(st.integers(0, 14))


@given(problems())
def test_no_way_to_spend_the_budget_is_better(problem: tuple[list[list[int]], list[int], int]) -> None:
    gains, costs, budget = problem
    best, least = oracle.allot([[Fraction(g, 100) for g in row] for row in gains], list(map(Fraction, costs)), Fraction(budget))
    rows, cost = [np.array(row) / 100.0 for row in gains], np.array(costs, dtype=np.float64)
    chosen = allot.most_in_sum(rows, cost, float(budget))
    assert chosen is not None
    assert cost @ chosen <= budget
    assert sum(row[v] for row, v in zip(rows, chosen, strict=True)) == pytest.approx(float(best))
    assert allot.most_in_least(rows, cost, float(budget)) == pytest.approx(float(least))


def test_a_level_that_no_spread_reaches_has_no_answer() -> None:
    assert allot.most_in_sum([np.array([0.0, 0.5])], np.array([2.0]), 1.0, least=0.5) is None
