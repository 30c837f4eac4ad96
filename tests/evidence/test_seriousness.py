from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles.evidence import forward
from summitry.errors import BadArgument
from summitry.evidence.seriousness import (
    HALF_LIFE,
    YEAR,
    condition,
    faded,
    filter_belief,
    log_broken,
    log_kept,
    log_step,
    predict,
    pretender_keeps,
    talk_factor,
    updated,
)

probabilities = st.floats(0.001, 0.999)


@given(probabilities, st.floats(-50, 50), st.floats(0.001, 5))
def test_more_evidence_moves_further_and_never_makes_certain(prior: float, ratio: float, more: float) -> None:
    first, second = updated(prior, ratio), updated(prior, ratio + more)
    assert first <= second
    assert min(prior, 0.02) - 1e-12 <= first <= max(prior, 0.98) + 1e-12


@given(st.floats(0.05, 0.95), st.floats(-0.5, 0.5))
def test_small_evidence_adds_up_as_bayes_has_it(prior: float, ratio: float) -> None:
    assert updated(prior, ratio) == pytest.approx(updated(prior, ratio, None), rel=0.03)


@given(probabilities)
def test_no_evidence_leaves_the_prior(prior: float) -> None:
    assert updated(prior, 0.0) == pytest.approx(prior)


@given(st.floats(-1e6, 1e6), st.floats(0, 1e5))
def test_costlier_step_teaches_more_and_no_more_than_twenty(cost: float, more: float) -> None:
    cheap, dear = (log_kept(pretender_keeps(c, 2.0, 14.0)) for c in (cost, cost + more))
    assert 0.0 < cheap <= dear <= math.log(20.0)


@given(st.floats(0.001, 0.9), st.floats(0, 1))
def test_partial_outcome_lies_between_broken_and_kept(pretender: float, share: float) -> None:
    low, high = log_broken(pretender), log_kept(pretender)
    assert low - 1e-12 <= log_step(share, pretender) <= high + 1e-12
    assert low >= math.log(0.2)


@given(st.floats(-100, 100))
def test_talk_is_scaled_down_only_beyond_its_bounds(total: float) -> None:
    factor = talk_factor(total)
    assert 0.0 < factor <= 1.0
    assert 0.8 - 1e-12 <= math.exp(total * factor) <= 1.25 + 1e-12


def test_evidence_halves_in_five_years() -> None:
    assert faded(0) == 1.0
    assert faded(5 * 365.25) == pytest.approx(0.5)
    assert faded(-10) == 1.0


def test_costs_of_pretenders_must_rise() -> None:
    with pytest.raises(BadArgument, match="exchange them"):
        pretender_keeps(1.0, 5.0, 5.0)


chances = st.floats(0.02, 0.98)


@given(chances, chances, chances, st.lists(st.tuples(chances, chances), max_size=6))
def test_filter_is_the_sum_over_all_paths(prior: float, stays: float, comes: float, evidence: list[tuple[float, float]]) -> None:
    belief = prior
    for first, second in evidence:
        belief = condition(predict(belief, stays, comes), first / second)
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
    belief = filter_belief(prior, evidence, 9000.0)
    assert 0.0 < belief < 1.0
    assert filter_belief(prior, mixed, 9000.0) == pytest.approx(belief)


def test_belief_returns_to_the_prior_by_half_in_every_half_life() -> None:
    day = YEAR * HALF_LIFE
    fresh = filter_belief(0.3, [(0.0, math.log(4.0))], 0.0)
    assert filter_belief(0.3, [(0.0, math.log(4.0))], day) - 0.3 == pytest.approx((fresh - 0.3) / 2.0)
    assert filter_belief(0.3, [], day) == 0.3


def test_a_hundred_favourable_days_do_not_bury_one_broken_promise() -> None:
    kept = [(float(day), math.log(2.0)) for day in range(100)]
    before = filter_belief(0.3, kept, 100.0)
    after = filter_belief(0.3, [*kept, (100.0, math.log(0.05))], 100.0)
    assert before > 0.95
    assert after < 1.0 - 0.0025
