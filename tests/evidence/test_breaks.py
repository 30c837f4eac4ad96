from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.test_trend import noise
from oracles.evidence import all_cuts
from summitry.evidence.breaks import Break, breaks
from summitry.kernels.segments import best_cuts, squares


@pytest.mark.parametrize(("length", "memory"), [(10, 0.0), (12, 0.5), (16, 0.0), (24, 0.3), (24, 0.7), (48, 0.5), (100, 0.3)])
def test_noise_is_seldom_called_a_break(length: int, memory: float) -> None:
    alarms = np.mean([bool(breaks(row)) for row in noise(np.random.default_rng(11), 600, length, memory)])
    assert alarms <= 0.07


def test_noise_of_signs_with_silent_months_is_seldom_called_a_break() -> None:
    rng = np.random.default_rng(5)
    rows = rng.integers(-4, 5, size=(600, 40)).astype(np.float64)
    rows[rng.random(rows.shape) < 0.4] = np.nan
    assert np.mean([bool(breaks(row)) for row in rows]) <= 0.07


def test_clear_jump_is_found_and_its_range_holds_it() -> None:
    rows = noise(np.random.default_rng(7), 200, 24, 0.0)
    rows[:, 14:] += 2.5
    found = [breaks(row) for row in rows]
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
    plain, moved = breaks(series), breaks(series * scale + round(shift))
    assert plain is not None
    assert moved is not None
    assert [b.at for b in plain] == [b.at for b in moved]


def test_too_few_values_make_no_test_and_a_flat_line_no_break() -> None:
    assert breaks(np.arange(9.0)) is None
    assert breaks(np.full(30, np.nan)) is None
    assert breaks(np.full(30, 1e9)) == ()


def test_a_step_without_noise_is_one_break_at_its_place_in_the_series() -> None:
    series = np.array([np.nan, *[1.0] * 6, np.nan, *[3.0] * 6])
    assert breaks(series) == (Break(8, 8, 8, 1.0, 3.0),)
