"""Laws of the solutions over lotteries."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from summitry.kernels import bargain, lottery

POINTS = st.integers(2, 3).flatmap(
    lambda parties: arrays(np.int64, st.tuples(st.integers(1, 7), st.just(parties)), elements=st.integers(-3, 12)).map(
        lambda a: a.astype(np.float64)
    )
)


def product(points: np.ndarray, shares: np.ndarray) -> float:
    return float(np.prod(shares @ points))


@given(POINTS)
@settings(max_examples=80)
def test_shares_are_a_distribution_over_packages_that_everybody_accepts(points: np.ndarray) -> None:
    zero = np.zeros(points.shape[1])
    for solve in (lottery.nash, lottery.kalai_smorodinsky, lottery.egalitarian):
        shares = solve(points, zero)
        rational = bargain.individually_rational(points, zero)
        assert (shares[~rational] == 0.0).all()
        assert shares.sum() == pytest.approx(1.0 if rational.any() else 0.0)


@given(POINTS)
@settings(max_examples=80)
def test_no_package_and_no_grid_lottery_has_a_larger_product(points: np.ndarray) -> None:
    zero = np.zeros(points.shape[1])
    rational = points[bargain.individually_rational(points, zero)]
    if not len(rational) or not (rational.max(axis=0) > 0).all():
        return
    best = product(points, lottery.nash(points, zero))
    for first in rational:
        for second in rational:
            for share in np.linspace(0, 1, 21):
                assert np.prod(share * first + (1 - share) * second) <= best * (1 + 1e-5)


@given(POINTS)
@settings(max_examples=60)
def test_a_lottery_never_gives_a_smaller_least_share_than_a_package(points: np.ndarray) -> None:
    zero = np.zeros(points.shape[1])
    rational = points[bargain.individually_rational(points, zero)]
    ideal = rational.max(axis=0, initial=0.0)
    if not (ideal > 0).all():
        return
    single = max((row / ideal).min() for row in rational)
    shares = lottery.kalai_smorodinsky(points, zero)
    assert ((shares @ points) / ideal).min() >= single - 1e-6


def test_two_extremes_are_shared_half_and_half() -> None:
    points = np.array([[4.0, 0.0], [0.0, 1.0]])
    for solve in (lottery.nash, lottery.kalai_smorodinsky):
        assert solve(points, np.zeros(2)) == pytest.approx([0.5, 0.5], abs=1e-6)
    assert lottery.egalitarian(points, np.zeros(2)) == pytest.approx([0.2, 0.8], abs=1e-6)
