from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicHermiteSpline, PchipInterpolator
from scipy.stats import beta

from oracles.complete import integrated, played
from summitry.evidence import fuse
from summitry.kernels import complete
from summitry.kernels.complete import weigh

AT = np.linspace(0.0, 1.0, 41)


def curve(low: float, high: float, bend: float) -> np.ndarray:
    return low + (high - low) * AT**bend


@pytest.mark.parametrize(
    ("low", "high", "bend", "declared", "prior", "miss"),
    [(10, 50, 1, 20, 0.4, 0), (10, 50, 2, 45, 0.2, 0), (10, 50, 0.5, 12, 0.7, 0.1), (40, 50, 1, 20, 0.5, 0.3)],
)
def test_bayes_rule_agrees_with_playing_it(
    low: float, high: float, bend: float, declared: float, prior: float, miss: float
) -> None:
    amounts = curve(low, high, bend)
    found = weigh(AT, amounts, declared, miss)
    complete, left_out = played(AT, amounts, declared, prior, miss, np.random.default_rng(5))
    assert found.probability(prior) == pytest.approx(complete, abs=0.04)
    for q in (0.5, 0.8, 0.95):
        assert found.undeclared(q, 0.0) == pytest.approx(float(np.quantile(left_out, q)), rel=0.06, abs=0.6)


@pytest.mark.parametrize("seed", range(20))
def test_the_distribution_function_is_the_monotone_cubic_of_scipy_but_for_its_end_slopes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(3, 200))
    at = np.sort(np.concatenate([[0.0, 1.0], rng.random(count - 2)]))
    amounts = np.cumsum(rng.random(count) * rng.choice([0.001, 1.0, 100.0]) + 1e-6)
    slopes = PchipInterpolator(amounts, at)(amounts, 1)
    slopes[[0, -1]] = (np.diff(at) / np.diff(amounts))[[0, -1]]
    spline, x = CubicHermiteSpline(amounts, at, slopes), np.sort(rng.uniform(amounts[0], amounts[-1], 500))
    share, density = complete._cubic(at, amounts, complete._slopes(at, amounts), x)
    assert share == pytest.approx(spline(x), rel=1e-12, abs=1e-12)
    assert density == pytest.approx(spline(x, 1), rel=1e-9, abs=1e-12 * density.max())


@pytest.mark.parametrize("seed", range(24))
def test_completeness_agrees_with_quadrature_into_the_tails(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mean, deviation = rng.uniform(50, 200), rng.uniform(2, 12)
    normal = fuse.AT, fuse.normal_quantiles(mean, deviation, fuse.AT)
    claims = np.sort(rng.uniform(20, 120, (int(rng.integers(1, 4)), 3)), axis=1)
    pooled = fuse.pool_table(*claims.T)

    def one(x: np.ndarray) -> np.ndarray:
        found: np.ndarray = np.exp(-(((x - mean) / deviation) ** 2) / 2.0) / (deviation * np.sqrt(2.0 * np.pi))
        return found

    def several(x: np.ndarray) -> np.ndarray:
        share = (claims[:, 1] - claims[:, 0]) / (claims[:, 2] - claims[:, 0])
        parts = [beta.pdf(x, 1 + 4 * m, 5 - 4 * m, a, b - a) for m, (a, _, b) in zip(share, claims, strict=True)]
        found: np.ndarray = np.array(parts).mean(axis=0)
        return found

    for (at, belief), density in ((normal, one), (pooled, several)):
        ends = float(belief[0]), float(belief[-1])
        for declared in rng.uniform(ends[0] * 0.9, ends[1] * 1.1, 8):
            found = weigh(at, belief, declared, 0.1).probability(0.4)
            assert found == pytest.approx(integrated(density, ends, declared, 0.4, 0.1), abs=0.01)


def test_tail_of_a_normal_belief_rises_without_a_plateau() -> None:
    belief = fuse.normal_quantiles(121.83, 5.636, fuse.AT)
    found = [weigh(fuse.AT, belief, declared, 0.1).probability(0.5) for declared in (104.0, 106.0, 108.0, 110.0, 114.0)]
    assert found == pytest.approx([0.087, 0.167, 0.311, 0.494, 0.779], abs=0.001)  # by adaptive quadrature


@given(st.floats(1, 100), st.floats(0.1, 100), st.floats(0.3, 3), st.floats(0.5, 400), st.floats(0.01, 0.98))
def test_a_better_record_makes_completeness_more_probable(
    low: float, width: float, bend: float, declared: float, prior: float
) -> None:
    found = weigh(AT, curve(low, low + width, bend), declared, 0.1)
    less, more = found.probability(prior), found.probability(prior + 0.01)
    if less is None or more is None:
        return
    assert 0.0 <= less <= more <= 1.0
    left = [found.undeclared(q, less) for q in (0.2, 0.5, 0.8, 0.95)]
    assert left == sorted(left)
    assert all(amount == 0.0 for q, amount in zip((0.2, 0.5, 0.8, 0.95), left, strict=True) if q <= less)


def test_where_an_estimate_is_certain_it_is_named_or_missed() -> None:
    sure = np.full(len(AT), 30.0)
    assert weigh(AT, sure, 30.0).probability(0.3) == pytest.approx(1.0, abs=1e-3)
    assert weigh(AT, sure, 20.0).probability(0.3) == 0.0
    assert weigh(AT, sure, 20.0).undeclared(0.5, 0.0) == pytest.approx(10.0, rel=1e-3)


def test_amount_that_one_of_two_is_certain_of_is_recognised() -> None:
    spans = np.array([[30.0, 30.0, 30.0], [20.0, 30.0, 40.0]])
    at, halves = fuse.pool_table(*spans.T)
    assert weigh(at, halves, 30.0).probability(0.3) == pytest.approx(1.0, abs=1e-3)
    aside = weigh(at, halves, 30.5).probability(0.3)
    assert aside is not None
    assert aside < 0.9


def test_what_no_estimate_allows_is_not_judged_unless_they_may_miss() -> None:
    assert weigh(AT, curve(10, 20, 1), 30.0).probability(0.5) is None
    assert weigh(AT, curve(10, 20, 1), 30.0, 0.1).probability(0.5) is not None
