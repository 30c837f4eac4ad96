from __future__ import annotations

from fractions import Fraction
from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles import inspect as oracle
from summitry.kernels.inspect import (
    ImpossibleCounts,
    chapman,
    diversion_detection,
    iaea_sample_size,
    inspection_game,
    material_balance,
    miss_probability,
    remainder,
    sample_size,
)

if TYPE_CHECKING:
    from collections.abc import Callable

GOALS = st.sampled_from(("0.05", "0.1", "0.2", "0.3", "0.5", "0.7", "0.8", "0.9", "0.95", "0.99"))
METHODS = st.sampled_from(("0.1", "0.2", "0.5", "0.75", "0.9", "1.0"))


@st.composite
def lots(draw: st.DrawFn, most: int = 60) -> tuple[int, int]:
    """(items, defects) with at least one defect."""
    items = draw(st.integers(1, most))
    return items, draw(st.integers(1, items))


@given(lots(), METHODS, st.data())
def test_miss_probability_is_the_mean_over_what_can_be_drawn(lot: tuple[int, int], method: str, data: st.DataObject) -> None:
    drawn = data.draw(st.integers(0, lot[0]))
    assert miss_probability(*lot, drawn, float(method)) == pytest.approx(
        float(oracle.miss(*lot, drawn, Fraction(method))), rel=1e-9
    )


@given(lots(), GOALS, METHODS)
def test_sample_size_is_the_first_that_meets_the_goal(lot: tuple[int, int], goal: str, method: str) -> None:
    assert sample_size(*lot, float(goal), float(method)) == oracle.smallest(*lot, Fraction(goal), Fraction(method))


@given(lots(), GOALS)
def test_iaea_formula_is_rounded_up_exactly(lot: tuple[int, int], goal: str) -> None:
    assert iaea_sample_size(*lot, float(goal)) == oracle.iaea(*lot, Fraction(goal))


@given(lots(5000), st.floats(0.01, 0.95))
def test_iaea_formula_never_draws_too_few_nor_more_than_3_too_many_up_to_95_percent(lot: tuple[int, int], goal: float) -> None:
    exact = sample_size(*lot, goal)
    assert exact is not None
    assert exact <= iaea_sample_size(*lot, goal) <= exact + 3


def test_iaea_formula_draws_more_than_3_too_many_beyond_95_percent_where_nearly_all_is_defective() -> None:
    assert (sample_size(16, 16, 0.99), iaea_sample_size(16, 16, 0.99)) == (1, 5)


@given(lots(), GOALS, METHODS)
def test_more_defects_never_need_a_larger_sample(lot: tuple[int, int], goal: str, method: str) -> None:
    items, defects = lot
    fewer, more = (sample_size(items, d, float(goal), float(method)) for d in (defects, min(items, defects + 1)))
    assert fewer is None or (more is not None and more <= fewer)


@given(lots(), GOALS, METHODS)
def test_a_blunter_method_never_needs_a_smaller_sample(lot: tuple[int, int], goal: str, method: str) -> None:
    perfect, blunt = sample_size(*lot, float(goal)), sample_size(*lot, float(goal), float(method))
    assert perfect is not None
    assert blunt is None or blunt >= perfect


@pytest.mark.parametrize("defects", [10, 1000, 10**5, 10**6 - 1])
def test_a_million_items_take_no_time(defects: int) -> None:
    start = process_time()
    exact = sample_size(10**6, defects, 0.95)
    assert exact is not None
    assert miss_probability(10**6, defects, exact) <= 0.05 < miss_probability(10**6, defects, exact - 1)
    assert process_time() - start < 1.0


@given(st.integers(0, 30), st.data())
def test_what_may_be_left_is_bayes_rule_over_every_number_of_defects(items: int, data: st.DataObject) -> None:
    drawn = data.draw(st.integers(0, items))
    found = data.draw(st.integers(0, drawn))
    left, expected = remainder(items, drawn, found), oracle.left(items, drawn, found)
    assert left.chance == pytest.approx([float(p) for p in expected], rel=1e-9)
    assert left.none == left.chance[0]
    assert left.mean == pytest.approx(float(sum(k * p for k, p in enumerate(expected))), rel=1e-9, abs=1e-12)
    for goal in (Fraction(1, 2), Fraction(19, 20)):
        assert left.at_most(float(goal)) == next(k for k in range(len(expected)) if sum(expected[: k + 1]) >= goal)


@given(st.integers(1, 12), st.integers(0, 14))
def test_inspection_game_is_solved_period_by_period(periods: int, inspections: int) -> None:
    found, expected = inspection_game(periods, inspections), oracle.game(periods, inspections)
    assert (found.value, found.inspect_now, found.violate_now) == pytest.approx(tuple(map(float, expected)), rel=1e-14)


@given(st.floats(0.1, 100), st.floats(0.001, 0.4))
def test_a_balance_without_loss_alarms_as_often_as_was_allowed(sigma: float, false_alarm: float) -> None:
    assert diversion_detection(0.0, sigma, false_alarm) == pytest.approx(false_alarm, rel=1e-9)
    threshold = material_balance(0, 0, 0, 0, sigma, false_alarm).threshold
    assert diversion_detection(threshold, sigma, false_alarm) == pytest.approx(0.5)
    errors = np.random.default_rng(0).normal(0, sigma, 20_000)
    alarms = sum(material_balance(error, 0, 0, 0, sigma, false_alarm).alarm for error in errors.tolist())
    assert alarms / len(errors) == pytest.approx(false_alarm, abs=0.02)


def test_material_unaccounted_for_is_what_went_in_less_what_is_there_and_what_went_out() -> None:
    found = material_balance(10.0, 5.0, 3.0, 11.0, 0.5)
    assert (found.muf, found.alarm) == (1.0, True)
    assert not material_balance(10.0, 5.0, 3.0, 11.0, 0.7).alarm


def test_two_identical_lists_hide_nothing() -> None:
    assert chapman(7, 7, 7) == 7.0


@pytest.mark.parametrize(
    ("call", "broken"),
    [
        (lambda: sample_size(10, 11, 0.9), ("defects", 11, 10, 1)),
        (lambda: sample_size(10, 0, 0.9), ("defects", 0, 10, 1)),
        (lambda: miss_probability(10, 11, 1), ("defects", 11, 10, 0)),
        (lambda: sample_size(10, 1, 1.0), ("goal", 1.0)),
        (lambda: sample_size(10, 1, 0.9, 0.0), ("power", 0.0)),
        (lambda: iaea_sample_size(10, 1, 0.0), ("goal", 0.0)),
        (lambda: miss_probability(10, 1, 11), ("sample", 11, 10)),
        (lambda: remainder(10, 5, 6), ("hits", 6, 5, 10)),
        (lambda: remainder(10, 5, 1, 0.0, 1.0), ("prior", 0.0, 1.0)),
        (lambda: chapman(3, 4, 5), ("lists", 3, 4, 5)),
        (lambda: inspection_game(0, 1), ("periods", 0, 1)),
        (lambda: material_balance(1, 1, 1, 1, 0.0), ("alarm", 0.0, 0.05)),
    ],
)
def test_counts_that_cannot_be_are_named(call: Callable[[], object], broken: tuple[object, ...]) -> None:
    with pytest.raises(ImpossibleCounts) as problem:
        call()
    assert problem.value.args == broken


@given(st.integers(0, 12), METHODS, st.data())
def test_what_was_overlooked_is_left_too(items: int, method: str, data: st.DataObject) -> None:
    drawn = data.draw(st.integers(0, items))
    found = data.draw(st.integers(0, drawn))
    left = remainder(items, drawn, found, per_defect=float(method))
    expected = oracle.left_overlooked(items, drawn, found, Fraction(method))
    assert left.chance == pytest.approx([float(p) for p in expected][: len(left.chance)], rel=1e-9, abs=1e-15)
    assert float(left.chance.sum()) == pytest.approx(1.0)
