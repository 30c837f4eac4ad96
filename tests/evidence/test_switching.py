from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles.evidence import forward
from summitry.evidence.seriousness import HALF_LIFE
from summitry.evidence.switching import YEAR, filtered, predicted, told

chances = st.floats(0.02, 0.98)


@given(chances, chances, chances, st.lists(st.tuples(chances, chances), max_size=6))
def test_filter_is_the_sum_over_all_paths(prior: float, stays: float, comes: float, evidence: list[tuple[float, float]]) -> None:
    belief = prior
    for first, second in evidence:
        belief = told(predicted(belief, stays, comes), first / second)
    assert belief == pytest.approx(forward(prior, stays, comes, evidence))


@given(
    chances,
    st.lists(st.tuples(st.integers(0, 9000).map(float), st.floats(-9, 9)), max_size=20),
    st.randoms(use_true_random=False),
)
def test_belief_stays_open_and_does_not_depend_on_the_order_of_rows(
    prior: float, evidence: list[tuple[float, float]], random: object
) -> None:
    mixed = list(evidence)
    random.shuffle(mixed)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    belief = filtered(prior, evidence, 9000.0)
    assert 0.0 < belief < 1.0
    assert filtered(prior, mixed, 9000.0) == pytest.approx(belief)


def test_belief_returns_to_the_prior_by_half_in_every_half_life() -> None:
    day = YEAR * HALF_LIFE
    fresh = filtered(0.3, [(0.0, math.log(4.0))], 0.0)
    assert filtered(0.3, [(0.0, math.log(4.0))], day) - 0.3 == pytest.approx((fresh - 0.3) / 2.0)
    assert filtered(0.3, [], day) == 0.3


def test_a_hundred_favourable_days_do_not_bury_one_broken_promise() -> None:
    kept = [(float(day), math.log(2.0)) for day in range(100)]
    before = filtered(0.3, kept, 100.0)
    after = filtered(0.3, [*kept, (100.0, math.log(0.05))], 100.0)
    assert before > 0.95
    assert after < 1.0 - 0.0025
