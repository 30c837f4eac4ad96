"""Numbers of the evidence that stand in the literature or follow from its formulas by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from summitry.evidence import fuse
from summitry.evidence.seriousness import log_broken, log_kept, log_odds, pretender_keeps, updated


def test_inverse_variance_of_three_estimates_by_hand() -> None:
    """30 +- 5, 45 +- 10, 60 +- 20; formulas of Cochran (1954), Biometrics 10, 101-129."""
    mean, spread, statistic = fuse.inverse_variance(np.array([30.0, 45.0, 60.0]), np.array([5.0, 10.0, 20.0]))
    assert mean == pytest.approx(34.286, abs=5e-4)
    assert spread == pytest.approx(4.364, abs=5e-4)
    assert statistic == pytest.approx(3.536, abs=5e-4)


def test_chi_square_table() -> None:
    """Critical values at 5 % with 1, 2 and 10 degrees of freedom: Fisher (1925), Statistical Methods, table III."""
    for freedom, critical in ((1, 3.841), (2, 5.991), (10, 18.307)):
        assert fuse.chi_square_tail(critical, freedom) == pytest.approx(0.05, abs=5e-5)


def test_pert_mean_is_one_sixth_of_ends_and_four_modes() -> None:
    """Malcolm, Roseboom, Clark & Fazar (1959), Operations Research 7, 646-669: (a + 4m + b) / 6."""
    mean, _ = fuse.pert_moments(np.array([1.0]), np.array([2.0]), np.array([9.0]))
    assert mean[0] == pytest.approx(3.0)


def test_promises_kept_and_broken_by_bayes_rule() -> None:
    """Prior .3, kept with .9 by those who reciprocate and .5 by the rest; Bayes' rule by hand."""
    kept, broken = log_kept(0.5, serious=0.9), log_broken(0.5, serious=0.9)
    assert math.exp(broken) == pytest.approx(0.2)
    assert updated(0.3, 3 * kept, None) == pytest.approx(0.7142, abs=5e-5)
    assert updated(0.3, 3 * kept + broken, None) == pytest.approx(0.3333, abs=5e-5)
    assert updated(0.3, 2 * kept + broken, None) == pytest.approx(0.2174, abs=5e-5)


def test_talk_and_deeds_add_up_in_log_odds() -> None:
    """Prior .3; ten talks of ratio .8333 without the bound on talk, then two deeds of ratio 3.5; Bayes' rule by hand."""
    after_talk = 10 * math.log(0.8333)
    assert updated(0.3, after_talk, None) == pytest.approx(0.0647, abs=5e-5)
    assert updated(0.3, after_talk + 2 * math.log(3.5), None) == pytest.approx(0.4588, abs=1e-4)
    assert log_odds(0.5) == 0.0


@pytest.mark.parametrize(("cost", "ratio"), [(-10, 1.06), (5, 1.41), (8, 2.1), (14, 10.6)])
def test_kept_step_teaches_by_its_net_cost(cost: float, ratio: float) -> None:
    """Nine in ten pretenders pay 2, one in ten pays 14; .95 (1 + exp((c - 8) / w)) / .9 with w = 12 / (2 ln 9), by hand."""
    assert math.exp(log_kept(pretender_keeps(cost, 2.0, 14.0))) == pytest.approx(ratio, rel=0.006)
