from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.kernels.unenforced import divisible_steps, safe_order


def safe(order: tuple[int, ...], chunks: list[tuple[int, int]], defection: Fraction) -> bool:
    """For every chunk some sum still to be paid keeps both: cost of it and what follows <= value of what follows + defection."""
    return all(
        sum(chunks[k][0] for k in order[at:]) <= sum(chunks[k][1] for k in order[at + 1 :]) + 10 * defection
        for at in range(len(order))
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=5), st.integers(0, 12))
def test_goods_are_sold_safely_iff_some_order_is_safe(chunks: list[tuple[int, int]], tenths: int) -> None:
    defection = Fraction(tenths, 10)
    found = safe_order([c / 10 for c, _ in chunks], [v / 10 for _, v in chunks], tenths / 10)
    exists = any(safe(order, chunks, defection) for order in permutations(range(len(chunks))))
    assert (found is not None) == exists
    assert found is None or safe(found, chunks, defection)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 10))
def test_instalments_are_the_fewest_that_the_defection_cost_can_carry(cost: int, gain: int, defection: int) -> None:
    steps = divisible_steps(cost, cost + gain, defection)
    assert steps is not None
    ratio = Fraction(cost + gain, cost)
    sizes = [defection * ratio**k for k in range(steps)]
    assert sum(sizes) >= cost > sum(sizes[:-1])
    last = cost - sum(sizes[:-1])
    order = safe_order([float(s) for s in [*sizes[:-1], last]], [float(s * ratio) for s in [*sizes[:-1], last]], defection)
    assert order is not None


@pytest.mark.parametrize(("cost", "value", "defection"), [(10, 10, 1), (10, 20, 0), (0, 5, 1)])
def test_no_number_of_instalments_helps_without_gain_or_defection_cost(cost: float, value: float, defection: float) -> None:
    assert divisible_steps(cost, value, defection) is None
