"""Numbers of the evidence that stand in the literature or follow from its formulas by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from summitry.evidence import fuse
from summitry.evidence.months import find_breaks
from summitry.evidence.seriousness import condition, log_broken, log_kept, log_odds, predict, pretender_keeps, updated


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


NILE = (
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100, 1210,
    1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702,
    1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771,
    676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901,
    1170, 912, 746, 919, 718, 714, 740,
)  # fmt: skip


def test_flow_of_the_nile_has_one_break_after_1898() -> None:
    """Annual flow at Aswan 1871-1970: Cobb (1978), Biometrika 65, 243-251; Zeileis et al. (2003): one break, after 1898."""
    assert len(NILE) == 100
    found = find_breaks(np.array(NILE, dtype=np.float64))
    assert found is not None
    assert [1871 + jump.at for jump in found] == [1899]
    assert found[0].before == pytest.approx(1097.75)
    assert found[0].after == pytest.approx(849.97, abs=5e-3)


def test_umbrella_on_two_days() -> None:
    """Russell & Norvig, Artificial Intelligence: rain stays with .7, comes with .3; an umbrella is seen with .9 or .2."""
    first = condition(predict(0.5, 0.7, 0.3), 0.9 / 0.2)
    assert first == pytest.approx(0.818, abs=5e-4)
    assert condition(predict(first, 0.7, 0.3), 0.9 / 0.2) == pytest.approx(0.883, abs=5e-4)
