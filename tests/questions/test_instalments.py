"""Laws of goods for money without trust."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.answers import Answer, ask
from summitry.errors import BadArgument
from summitry.questions import question

PRICES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5)


def instalments(prices: list[tuple[int, int]], defection: float) -> Answer[object]:
    goods = tuple(f"good{k}={cost}/{value}" for k, (cost, value) in enumerate(prices))
    return ask(question("instalments"))(None, goods, defection)


@given(PRICES, st.integers(0, 12))
def test_an_order_is_safe_iff_a_sum_may_be_unpaid_at_every_turn_that_keeps_both(
    prices: list[tuple[int, int]], defection: int
) -> None:
    answer = instalments(prices, defection)
    assert sorted((good.cost, good.value) for good in answer.goods) == sorted(prices)
    if answer.safe:
        assert all(good.least <= good.most + defection for good in answer.goods)
    else:
        assert any(good.least > good.most + defection for good in answer.goods)


@given(PRICES, st.integers(0, 12), st.integers(1, 5))
def test_a_dearer_walking_out_makes_nothing_unsafe_and_needs_no_more_parts(
    prices: list[tuple[int, int]], defection: int, more: int
) -> None:
    cheap, dear = instalments(prices, defection), instalments(prices, defection + more)
    assert dear.safe or not cheap.safe
    parts = {good.name: good.parts for good in dear.goods}
    assert all(good.parts is None or parts[good.name] <= good.parts for good in cheap.goods)


def test_nothing_that_costs_something_is_safe_where_walking_out_costs_nothing() -> None:
    """Sandholm & Lesser: the last step that costs somebody something is not taken."""
    assert not instalments([(1, 100)], 0).safe
    assert instalments([(0, 100)], 0).safe


@pytest.mark.parametrize(
    ("goods", "complaint"),
    [((), "at least one good"), (("a=1/2", "a=2/3"), "named twice"), (("a=1",), "COST/VALUE"), (("a=-1/2",), "COST/VALUE")],
)
def test_goods_that_cannot_be_read_are_refused(goods: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(BadArgument, match=complaint):
        ask(question("instalments"))(None, goods, 1.0)
