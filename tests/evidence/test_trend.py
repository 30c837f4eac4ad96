from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles.evidence import kendall_score, shuffled_variance
from summitry.evidence.record import Month
from summitry.evidence.trend import Trend, dissonance, mann_kendall, trend


def noise(rng: np.random.Generator, series: int, length: int, memory: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    values = rng.normal(size=(series, length + 50))
    for t in range(1, length + 50):
        values[:, t] += memory * values[:, t - 1]
    return values[:, 50:]


@pytest.mark.parametrize(("length", "memory"), [(16, 0.0), (24, 0.0), (24, 0.3), (24, 0.5), (48, 0.5), (60, 0.7)])
def test_noise_is_seldom_called_a_trend(length: int, memory: float) -> None:
    found = [trend(row) for row in noise(np.random.default_rng(7), 600, length, memory)]
    alarms = np.mean([t is not None and t.p < 0.05 for t in found])
    assert alarms <= 0.07


def test_clear_trend_is_found() -> None:
    rows = noise(np.random.default_rng(7), 200, 24, 0.3) + np.arange(24) * 0.2
    found = [t for row in rows if (t := trend(row)) is not None]
    assert np.mean([t.p < 0.05 for t in found]) > 0.8
    assert np.mean([t.slope for t in found]) == pytest.approx(0.2, abs=0.02)


@given(st.lists(st.integers(-4, 4).map(float), min_size=2, max_size=25))
def test_score_is_rising_less_falling_pairs(values: list[float]) -> None:
    assert mann_kendall(np.array(values))[0] == kendall_score(values)


def test_variance_is_that_of_a_shuffled_order() -> None:
    values = [0.0, 0.0, 1.0, 2.0, 2.0, 2.0, 3.0, 5.0, 8.0, 8.0]
    assert mann_kendall(np.array(values))[1] == pytest.approx(shuffled_variance(values, 4000, np.random.default_rng(3)), rel=0.06)


def test_too_few_values_make_no_test_and_a_flat_line_no_trend() -> None:
    assert trend(np.arange(9.0)) is None
    assert trend(np.full(40, np.nan)) is None
    assert trend(np.ones(20)) == Trend(20, 0.0, 1.0, 0.0)


def test_gaps_are_left_out_and_the_slope_is_by_month() -> None:
    series = np.arange(30.0) / 10.0
    series[::3] = np.nan
    found = trend(series)
    assert found is not None
    assert (found.n, found.tau) == (20, 1.0)
    assert found.slope == pytest.approx(0.1)


def test_dissonance_is_words_minus_deeds_and_silence_is_not_zero() -> None:
    months = [Month("2018-01", 2.0, -1.0, 1, 1), Month("2018-02", 2.0, None, 1, 0), Month("2018-03", None, None, 0, 0)]
    assert np.array_equal(dissonance(months), [3.0, np.nan, np.nan], equal_nan=True)
    assert dissonance([]).shape == (0,)
