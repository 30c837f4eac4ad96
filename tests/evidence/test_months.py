"""The test of a trend and of breaks: slow twins, false alarms on noise, and what is found where it is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles.evidence import all_cuts, kendall_score, shuffled_variance
from summitry.evidence.months import Break, Month, Trend, compare_months, differences, find_breaks, find_trend, mann_kendall
from summitry.kernels.segments import best_cuts, squares


def noise(rng: np.random.Generator, series: int, length: int, memory: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    values = rng.normal(size=(series, length + 50))
    for t in range(1, length + 50):
        values[:, t] += memory * values[:, t - 1]
    return values[:, 50:]


@pytest.mark.parametrize(("length", "memory"), [(16, 0.0), (24, 0.0), (24, 0.3), (24, 0.5), (48, 0.5), (60, 0.7)])
def test_noise_is_seldom_called_a_trend(length: int, memory: float) -> None:
    found = [find_trend(row) for row in noise(np.random.default_rng(7), 600, length, memory)]
    alarms = np.mean([t is not None and t.p < 0.05 for t in found])
    assert alarms <= 0.07


def test_clear_trend_is_found() -> None:
    rows = noise(np.random.default_rng(7), 200, 24, 0.3) + np.arange(24) * 0.2
    found = [t for row in rows if (t := find_trend(row)) is not None]
    assert np.mean([t.p < 0.05 for t in found]) > 0.8
    assert np.mean([t.slope for t in found]) == pytest.approx(0.2, abs=0.02)


@given(st.lists(st.integers(-4, 4).map(float), min_size=2, max_size=25))
def test_score_is_rising_less_falling_pairs(values: list[float]) -> None:
    assert mann_kendall(np.array(values))[0] == kendall_score(values)


def test_variance_is_that_of_a_shuffled_order() -> None:
    values = [0.0, 0.0, 1.0, 2.0, 2.0, 2.0, 3.0, 5.0, 8.0, 8.0]
    assert mann_kendall(np.array(values))[1] == pytest.approx(shuffled_variance(values, 4000, np.random.default_rng(3)), rel=0.06)


def test_too_few_values_make_no_test_and_a_flat_line_no_trend() -> None:
    assert find_trend(np.arange(9.0)) is None
    assert find_trend(np.full(40, np.nan)) is None
    assert find_trend(np.ones(20)) == Trend(20, 0.0, 1.0, 0.0)


def test_gaps_are_left_out_and_the_slope_is_by_month() -> None:
    series = np.arange(30.0) / 10.0
    series[::3] = np.nan
    found = find_trend(series)
    assert found is not None
    assert (found.n, found.tau) == (20, 1.0)
    assert found.slope == pytest.approx(0.1)


def test_dissonance_is_words_minus_deeds_and_silence_is_not_zero() -> None:
    months = [Month("2018-01", 2.0, -1.0, 1, 1), *(Month(f"2018-{m:02d}", 2.0, -1.0, 1, 1) for m in range(2, 11))]
    months += [Month("2018-11", 2.0, None, 1, 0), Month("2018-12", None, 1.0, 0, 1)]
    series = compare_months("a", "a", months, months)
    assert series is not None
    assert np.array_equal(differences(series), [*[3.0] * 10, np.nan, np.nan], equal_nan=True)


@pytest.mark.parametrize(("length", "memory"), [(10, 0.0), (12, 0.5), (16, 0.0), (24, 0.3), (24, 0.7), (48, 0.5), (100, 0.3)])
def test_noise_is_seldom_called_a_break(length: int, memory: float) -> None:
    alarms = np.mean([bool(find_breaks(row)) for row in noise(np.random.default_rng(11), 600, length, memory)])
    assert alarms <= 0.07


def test_noise_of_signs_with_silent_months_is_seldom_called_a_break() -> None:
    rng = np.random.default_rng(5)
    rows = rng.integers(-4, 5, size=(600, 40)).astype(np.float64)
    rows[rng.random(rows.shape) < 0.4] = np.nan
    assert np.mean([bool(find_breaks(row)) for row in rows]) <= 0.07


def test_clear_jump_is_found_and_its_range_holds_it() -> None:
    rows = noise(np.random.default_rng(7), 200, 24, 0.0)
    rows[:, 14:] += 2.5
    found = [find_breaks(row) for row in rows]
    single = [jumps[0] for jumps in found if jumps is not None and len(jumps) == 1]
    assert len(single) > 150
    assert np.mean([jump.earliest <= 14 <= jump.latest for jump in single]) > 0.9
    assert np.mean([jump.after - jump.before for jump in single]) == pytest.approx(2.5, abs=0.3)


@given(st.lists(st.integers(-4, 4).map(float), min_size=4, max_size=11), st.integers(1, 3))
def test_best_cuts_are_the_best_of_all_cuts(values: list[float], least: int) -> None:
    found = best_cuts(squares(np.array(values)), least, 3)
    for count, (total, cuts) in enumerate(found):
        assert len(cuts) == count
        assert total == pytest.approx(all_cuts(values, least, count), abs=1e-9)
    if len(found) < 4:
        assert all_cuts(values, least, len(found)) is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=10, max_size=40), st.floats(-1e3, 1e3), st.sampled_from([0.5, 2.0, 1024.0]))
def test_breaks_do_not_depend_on_origin_and_unit(values: list[float], shift: float, scale: float) -> None:
    series = np.round(np.array(values))
    plain, moved = find_breaks(series), find_breaks(series * scale + round(shift))
    assert plain is not None
    assert moved is not None
    assert [b.at for b in plain] == [b.at for b in moved]


def test_too_few_values_make_no_break_and_a_flat_line_none() -> None:
    assert find_breaks(np.arange(9.0)) is None
    assert find_breaks(np.full(30, np.nan)) is None
    assert find_breaks(np.full(30, 1e9)) == ()


def test_a_step_without_noise_is_one_break_at_its_place_in_the_series() -> None:
    series = np.array([np.nan, *[1.0] * 6, np.nan, *[3.0] * 6])
    assert find_breaks(series) == (Break(8, 8, 8, 1.0, 3.0),)
