from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles.evidence import pert, pooled_sample
from summitry.evidence import fuse

SPANS = st.lists(
    st.tuples(st.floats(0, 50), st.floats(0.1, 50), st.floats(0.1, 50)).map(lambda t: (t[0], t[0] + t[1], t[0] + t[1] + t[2])),
    min_size=1,
    max_size=6,
)


@given(SPANS)
def test_moments_are_those_of_the_beta_distribution(spans: list[tuple[float, float, float]]) -> None:
    mean, deviation = fuse.pert_moments(*np.array(spans).T)
    for k, span in enumerate(spans):
        assert mean[k] == pytest.approx(pert(*span).mean())
        assert deviation[k] == pytest.approx(pert(*span).std())


@given(SPANS)
def test_pool_has_the_quantiles_of_the_mixed_sample(spans: list[tuple[float, float, float]]) -> None:
    low, mode, high = np.array(spans).T
    at = np.array([0.05, 0.2, 0.5, 0.8, 0.95])
    found = fuse.pool_quantiles(low, mode, high, at)
    sample = np.array(pooled_sample(spans, 400))
    below = np.searchsorted(sample, found * (1 + 1e-9)) / sample.size
    assert below == pytest.approx(at, abs=0.005)


@given(SPANS)
def test_pool_of_one_opinion_told_twice_is_that_opinion(spans: list[tuple[float, float, float]]) -> None:
    low, mode, high = np.array(spans).T
    twice = fuse.pool_quantiles(np.tile(low, 2), np.tile(mode, 2), np.tile(high, 2), fuse.AT)
    steepest = 3.0 * 3e-11 * (high.max() - low.min()) / (high - low).min()  # a quantile is found within 3e-11 of the range
    assert fuse.pert_cdf(low, mode, high, twice).mean(axis=0) == pytest.approx(fuse.AT, abs=max(1e-9, steepest))


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 30)), min_size=2, max_size=6))
def test_inverse_variance_mean_lies_within_and_is_surer_than_each(rows: list[tuple[float, float]]) -> None:
    mean, deviation = np.array(rows).T
    fused, spread, statistic = fuse.inverse_variance(mean, deviation)
    assert mean.min() - 1e-9 <= fused <= mean.max() + 1e-9
    assert spread < deviation.min()
    assert statistic >= 0.0


@given(st.floats(-20, 100), st.floats(0.1, 50))
def test_cut_normal_is_monotone_and_never_negative(mean: float, deviation: float) -> None:
    curve = fuse.normal_quantiles(mean, deviation, fuse.AT)
    assert (curve >= 0.0).all()
    assert (np.diff(curve) >= 0.0).all()


def test_claim_without_width_is_a_step() -> None:
    step = np.array([3.0])
    assert fuse.pert_cdf(step, step, step, np.array([2.9, 3.0, 3.1])).tolist() == [[0.0, 1.0, 1.0]]
