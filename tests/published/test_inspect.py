from __future__ import annotations

import pytest

from summitry.kernels.inspect import (
    chapman,
    diversion_detection,
    iaea_sample_size,
    inspection_game,
    material_balance,
    miss_probability,
    remainder,
    sample_size,
)


@pytest.mark.parametrize(
    ("items", "defects", "exact", "iaea"), [(100, 1, 95, 95), (100, 5, 45, 46), (100, 10, 25, 26), (1000, 10, 258, 259)]
)
def test_sample_sizes_at_95_percent(items: int, defects: int, exact: int, iaea: int) -> None:
    """Formula: IAEA, "Statistical Concepts and Techniques for IAEA Safeguards" (SG/SCT/5), 1998; exact numbers recomputed."""
    assert sample_size(items, defects, 0.95) == exact
    assert iaea_sample_size(items, defects, 0.95) == iaea


@pytest.mark.parametrize(("goal", "size"), [(0.9, 37), (0.5, 13), (0.2, 5)])
def test_sample_sizes_of_5_in_100_at_lower_goals(goal: float, size: int) -> None:
    """The IAEA's high, medium and low detection probabilities (Safeguards Glossary, 2001); exact numbers recomputed."""
    assert sample_size(100, 5, goal) == size


@pytest.mark.parametrize(("per_defect", "size"), [(0.9, 28), (0.5, 52), (0.2, None)])
def test_sample_sizes_with_an_imperfect_method(per_defect: float, size: int | None) -> None:
    """Model: Avenhaus & Canty, "Compliance Quantified", Cambridge 1996, attribute sampling; numbers recomputed."""
    assert sample_size(100, 10, 0.95, per_defect) == size


def test_all_items_are_not_enough_for_a_blunt_method() -> None:
    assert miss_probability(100, 10, 100, 0.2) == pytest.approx(0.8**10)


@pytest.mark.parametrize(("periods", "inspections", "value"), [(2, 1, -1 / 3), (3, 1, -1 / 2), (4, 2, -3 / 11)])
def test_value_of_the_inspection_game(periods: int, inspections: int, value: float) -> None:
    """Dresher, "A sampling-inspection problem in arms control agreements", RAND RM-2972, 1962."""
    assert inspection_game(periods, inspections).value == pytest.approx(value, rel=1e-15)


def test_what_may_be_left_after_20_clean_items_of_100() -> None:
    """Beta-binomial predictive distribution with a uniform prior (Laplace's rule of succession): 21/101 and 40/11."""
    left = remainder(100, 20, 0)
    assert left.none == pytest.approx(21 / 101, rel=1e-12)
    assert left.mean == pytest.approx(40 / 11, rel=1e-12)


def test_two_lists_of_10_and_15_with_5_in_common() -> None:
    """Chapman, "Some properties of the hypergeometric distribution with applications to zoological sample censuses", 1951."""
    assert chapman(10, 15, 5) == pytest.approx(28.33, abs=0.005)


def test_a_diversion_of_3_29_sigma_is_detected_with_95_percent_at_5_percent_false_alarms() -> None:
    """IAEA, "Statistical Concepts and Techniques for IAEA Safeguards" (SG/SCT/5), 1998: the factor 3.29 = 2 x 1.645."""
    assert diversion_detection(3.29, 1.0) == pytest.approx(0.95, abs=0.0005)
    assert material_balance(0, 0, 0, 0, 1.0).threshold == pytest.approx(1.645, abs=0.0005)
