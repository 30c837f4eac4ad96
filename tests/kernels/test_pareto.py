from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles.pareto import frontier_by_listing
from summitry.kernels._pareto_numpy import FEW, extend_many, extend_two, undominated
from summitry.kernels.pareto import frontier

if TYPE_CHECKING:
    from numpy.typing import NDArray

DENOMINATORS = (1, 10, 100, 6, 3, 7, 600, 2**20)


@st.composite
def small_groups(draw: st.DrawFn, most_parties: int = 5) -> tuple[int, list[list[list[Fraction]]]]:
    """Groups whose numbers collide often, so that ties and equal packages are common."""
    parties = draw(st.integers(1, most_parties))
    below = draw(st.sampled_from(DENOMINATORS))
    number = st.integers(-6, 6).map(lambda top: Fraction(top, below))
    row = st.lists(number, min_size=parties, max_size=parties)
    return parties, draw(st.lists(st.lists(row, min_size=1, max_size=4), max_size=4))


def floats(groups: list[list[list[Fraction]]]) -> list[NDArray[np.float64]]:
    return [np.array(group, dtype=np.float64) for group in groups]


@given(small_groups())
def test_frontier_is_what_listing_every_package_finds(case: tuple[int, list[list[list[Fraction]]]]) -> None:
    parties, groups = case
    expected = frontier_by_listing(groups, parties)
    found = frontier(floats(groups), parties=parties)
    assert found.epsilon == 0.0
    assert found.values.tolist() == [[float(value) for value in point] for point in expected]
    assert [tuple(row) for row in found.choice.tolist()] == [packages[0] for packages in expected.values()]
    assert found.count() == tuple(len(packages) for packages in expected.values())
    assert [list(found.packages(f)) for f in range(len(expected))] == list(expected.values())


@st.composite
def larger_groups(draw: st.DrawFn) -> list[NDArray[np.float64]]:
    """Thousands of sums per step: even, tied, clustered (few scales far apart) or doubling, so that everything is efficient."""
    parties = draw(st.integers(2, 4))
    shape = draw(st.sampled_from(["even", "tied", "crowded", "clustered", "doubling"]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    if shape == "crowded":
        return [rng.integers(0, 5, (9, parties)).astype(np.float64) for _ in range(4)]
    sizes = rng.integers(1, 8, draw(st.integers(3, 6)))
    if shape == "doubling":
        return [np.array([[0.0] * parties, [2.0**g, -(2.0**g), *[0.0] * (parties - 2)]]) for g in range(11)]
    groups = [rng.random((n, parties)) for n in sizes]
    for group in groups:
        group[:, 0] = np.sort(group[:, 0])
        group[:, 1] = 1 - np.sort(group[:, 1])
    if shape == "tied":
        return [np.floor(4 * group) for group in groups]
    if shape == "clustered":
        return [group * 10.0 ** -rng.integers(0, 7) for group in groups]
    return groups


@settings(max_examples=150, deadline=None)
@given(larger_groups())
def test_compiled_and_numpy_give_the_same_bytes(groups: list[NDArray[np.float64]]) -> None:
    fast, slow = frontier(groups, compiled=True), frontier(groups, compiled=False)
    assert fast.values.tobytes() == slow.values.tobytes()
    assert fast.choice.tobytes() == slow.choice.tobytes()


@pytest.mark.parametrize("seed", range(4))
def test_the_staircase_of_two_parties_hides_nothing_efficient(seed: int) -> None:
    """Steps of thousands of sums, many equal in one value, against the way that lists and sorts them all."""
    rng = np.random.default_rng(seed)
    front = slow = np.zeros((2, 1), dtype=np.int64)
    for _ in range(9):
        rise = np.sort(rng.integers(0, 90 if seed % 2 else 4000, 9))
        options = np.stack([rise, rise[::-1] + rng.integers(0, 3, 9)])
        front, parent, pick = extend_two(front, options)
        slow, parent_slow, pick_slow = extend_many(slow, options, undominated)
        assert np.array_equal(front, slow)
        assert np.array_equal(parent, parent_slow)
        assert np.array_equal(pick, pick_slow)
    assert front.shape[1] * 9 > FEW


@given(larger_groups())
@settings(max_examples=30, deadline=None)
def test_no_point_of_a_larger_frontier_dominates_another(groups: list[NDArray[np.float64]]) -> None:
    values = frontier(groups).values
    for row in values[:: max(1, len(values) // 50)]:
        assert not ((values >= row).all(axis=1) & (values > row).any(axis=1)).any()


@given(larger_groups())
@settings(max_examples=30, deadline=None)
def test_every_random_package_is_matched_by_the_frontier(groups: list[NDArray[np.float64]]) -> None:
    values = frontier(groups).values
    rng = np.random.default_rng(0)
    for _ in range(50):
        package = np.sum([group[rng.integers(len(group))] for group in groups], axis=0)
        assert (values >= package - 1e-12 * np.abs(values).max()).all(axis=1).any()


@given(small_groups(), st.integers(1, 6))
def test_a_limit_keeps_its_bound_for_every_package(case: tuple[int, list[list[list[Fraction]]]], limit: int) -> None:
    parties, groups = case
    found = frontier(floats(groups), limit=limit, parties=parties)
    assert len(found.values) <= limit
    span = np.array([sum(max(r[p] for r in g) - min(r[p] for r in g) for g in groups) for p in range(parties)], dtype=np.float64)
    slack = found.epsilon * span + 1e-9
    for point in frontier_by_listing(groups, parties):
        wanted = np.array(point, dtype=np.float64)
        assert (found.values + slack >= wanted).all(axis=1).any()


def test_a_tight_limit_costs_what_epsilon_says_and_not_much() -> None:
    rng = np.random.default_rng(4)
    groups = [np.sort(rng.random((5, 2)), axis=0) * [1, -1] * rng.random(2) for _ in range(12)]
    full, held = frontier(groups), frontier(groups, limit=60)
    span = np.ptp(full.values, axis=0)
    shortfall = max(float(((row - held.values) / span).max(axis=1).min()) for row in full.values)
    assert 0 < shortfall <= held.epsilon * 1.0001 < 0.15


def test_a_limit_that_does_not_bind_changes_nothing() -> None:
    rng = np.random.default_rng(1)
    groups = [rng.random((4, 3)) for _ in range(4)]
    free = frontier(groups)
    held = frontier(groups, limit=len(free.values) + 100)
    assert held.epsilon == 0.0
    assert np.array_equal(held.values, free.values)


def test_counts_are_exact_beyond_64_bits() -> None:
    groups = [np.array([[1.0, 0.0], [0.0, 1.0]])] * 80
    found = frontier(groups)
    assert len(found.values) == 81
    assert sum(found.count()) == 2**80
    assert list(next(found.packages(40))) == [0] * 40 + [1] * 40


def test_decimal_ties_are_not_split_by_rounding() -> None:
    """0.1 + 0.2 and 0.3 + 0.0 are one point although their float sums differ."""
    groups = [np.array([[0.1, 0.3], [0.3, 0.1]]), np.array([[0.2, 0.0], [0.0, 0.2]])]
    found = frontier(groups)
    assert found.values.tolist() == [[0.5, 0.1], [0.3, 0.3], [0.1, 0.5]]
    assert found.count() == (1, 2, 1)


def test_what_rounding_left_of_a_zero_splits_no_tie() -> None:
    """0.1 + 0.2 - 0.3 is 5.6e-17 in floats."""
    groups = [np.array([[0.1 + 0.2 - 0.3, 1.0], [0.0, 1.0]]), np.array([[0.3, 0.0], [0.0, 0.3]])]
    assert frontier(groups).count() == (2, 2)


def test_the_bound_of_input_that_is_not_decimal_holds() -> None:
    rng = np.random.default_rng(3)
    groups = [rng.random((4, 2)) * np.pi for _ in range(6)]
    found = frontier(groups)
    sums = sum(groups[g][found.choice[:, g]] for g in range(6))
    assert np.abs(found.values - sums).max() <= 6 * 2.0**-53 * 6 * np.pi * 2


@pytest.mark.parametrize("parties", [1, 2, 3, 4, 6])
def test_reversing_the_parties_reverses_the_points(parties: int) -> None:
    rng = np.random.default_rng(parties)
    groups = [rng.integers(0, 30, (4, parties)).astype(np.float64) for _ in range(4)]
    there = frontier(groups).values
    back = frontier([group[:, ::-1] for group in groups]).values[:, ::-1]
    assert sorted(map(tuple, there.tolist())) == sorted(map(tuple, back.tolist()))


def test_no_group_is_one_package_of_zeros() -> None:
    found = frontier([], parties=3)
    assert found.values.tolist() == [[0.0, 0.0, 0.0]]
    assert found.choice.shape == (1, 0)
    assert found.count() == (1,)
    assert list(found.packages(0)) == [()]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_no_number_is_named(bad: float) -> None:
    group = np.zeros((3, 2))
    group[2, 1] = bad
    with pytest.raises(ValueError, match="group 1, choice 2, party 1"):
        frontier([np.zeros((2, 2)), group])


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([np.zeros((0, 2))], "group 0: shape"),
        ([np.zeros(2)], "group 0: shape"),
        ([np.zeros((2, 2)), np.zeros((2, 3))], "group 1: 3 parties, not 2"),
    ],
)
def test_groups_that_do_not_fit_are_named(groups: list[NDArray[np.float64]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        frontier(groups)


def test_a_small_value_is_not_lost_beside_a_large_one() -> None:
    found = frontier([np.array([[1e6, 0.0], [0.0, 1.0]]), np.array([[0.0, 0.0], [1e-9, 0.0]])])
    assert found.choice.tolist() == [[0, 1], [1, 1]]


@pytest.mark.parametrize("size", [1e305, 1e-300])
def test_values_beyond_any_scale_are_refused(size: float) -> None:
    with pytest.raises(ValueError, match="largest value"):
        frontier([np.array([[size / 3]])])


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="limit 0 < 1"):
        frontier([np.zeros((1, 2))], limit=0)


def test_importing_and_small_cases_do_not_import_numba() -> None:
    code = (
        "import sys, numpy as np; from summitry.kernels.pareto import frontier; "
        "frontier([np.eye(3)] * 5); frontier([np.eye(2)] * 9); sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
