"""Bargaining: numbers that stand in papers and books."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from summitry.answers import ask
from summitry.kernels import bargain, lottery
from summitry.kernels.pareto import frontier
from summitry.questions import question

BILL = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACK = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}


def test_nash_1950_barter_of_bill_and_jack() -> None:
    """J. Nash, "The bargaining problem", Econometrica 18 (1950), p. 161: book, whip, ball and bat for pen, toy and knife."""
    goods = [*BILL, *JACK]
    groups = [np.array([[0, 0], [-bill, jack]], dtype=np.float64) for bill, jack in BILL.values()]
    groups += [np.array([[0, 0], [bill, -jack]], dtype=np.float64) for bill, jack in JACK.values()]
    found = frontier(groups)
    winners = bargain.nash(found.values, np.zeros(2))
    assert [found.values[f].tolist() for f in winners] == [[12.0, 5.0]]
    moved = [{good for good, given in zip(goods, package, strict=True) if given} for package in found.packages(int(winners[0]))]
    assert moved == [{"book", "whip", "ball", "bat", "pen", "toy", "knife"}]


def test_lotteries_of_the_barter_of_bill_and_jack() -> None:
    """The same barter by lot: Kalai-Smorodinsky (324/29, 153/29), mixed with packages that are worse than no deal for one."""
    goods = [(-bill, jack) for bill, jack in BILL.values()] + [(bill, -jack) for bill, jack in JACK.values()]
    points = frontier([np.array([[0, 0], good], dtype=np.float64) for good in goods]).values
    values = lottery.kalai_smorodinsky(points, np.zeros(2)) @ points
    assert values == pytest.approx([324 / 29, 153 / 29], abs=1e-6)
    assert lottery.nash(points, np.zeros(2)) @ points == pytest.approx([12, 5], abs=1e-6)


@pytest.mark.parametrize("n", [1, 5, 12])
def test_issues_that_double_make_every_package_efficient(n: int) -> None:
    """Values 2^i against -2^i, the proof that a frontier can be exponential (P. Hansen, Bicriterion path problems, 1980)."""
    found = frontier([np.array([[0.0, 0.0], [2.0**i, -(2.0**i)]]) for i in range(n)])
    assert found.values.tolist() == [[float(k), float(-k)] for k in reversed(range(2**n))]
    assert found.count() == (1,) * 2**n
    assert {tuple(row) for row in found.choice.tolist()} == set(product((0, 1), repeat=n))


def test_adjusted_winner_of_the_panama_canal_treaty() -> None:
    """S. Brams & A. Taylor, "Fair Division" (1996), ch. 5: 66 points each, and the US keeps 2/15 of land and water."""
    division = ask(question("divide"))(None, str(Path(__file__).parents[1] / "data" / "points.csv"))
    assert (division.first, division.second) == pytest.approx((66, 66))
    assert [part.share for part in division.parts] == pytest.approx([1, 1, 2 / 15, 1, 0, 1, 0, 0, 0, 0])
    assert division.split == "land and water"


def test_kalai_smorodinsky_keeps_the_shares_of_the_ideal_on_a_fine_grid() -> None:
    """E. Kalai & M. Smorodinsky, Econometrica 43 (1975): on the line 2x + y = 2 with ideal (1, 2) it is (1/2, 1)."""
    line = np.array([(k / 100, 2 - k / 50) for k in range(101)])
    assert line[bargain.kalai_smorodinsky(line, np.zeros(2))].tolist() == [[0.5, 1.0]]


def test_raiffa_of_a_straight_line_is_its_midpoint() -> None:
    """H. Raiffa, "Arbitration schemes for generalized two-person games" (1953): the first midpoint is efficient already."""
    line = np.array([(k / 64, 1 - k / 64) for k in range(65)])
    assert line[bargain.raiffa(line, np.zeros(2))].tolist() == [[0.5, 0.5]]
