from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from oracles import bargain as slow
from summitry.kernels import bargain, lottery

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Solution = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.intp]]

BY_NAME = {solution.name: solution for solution in bargain.SOLUTIONS}
SOLUTIONS = sorted(BY_NAME)
SCALE_FREE = [name for name in SOLUTIONS if not BY_NAME[name].comparable]
TWINS = [name for name in SOLUTIONS if hasattr(slow, name)]
LOTTERIES = [name for name in SOLUTIONS if BY_NAME[name].mix is not None]


@st.composite
def lists_of_packages(draw: st.DrawFn, most_parties: int = 4) -> tuple[list[list[int]], list[int]]:
    parties = draw(st.integers(1, most_parties))
    row = st.lists(st.integers(-3, 12), min_size=parties, max_size=parties)
    return draw(st.lists(row, min_size=1, max_size=14)), draw(row)


def run(name: str, points: list[list[int]] | NDArray[np.float64], disagreement: list[int] | NDArray[np.float64]) -> list[int]:
    won = BY_NAME[name].choose(np.array(points, dtype=np.float64), np.array(disagreement, dtype=np.float64))
    return [int(f) for f in won]


@pytest.mark.parametrize("name", TWINS)
@given(case=lists_of_packages())
def test_solution_is_what_fractions_find(name: str, case: tuple[list[list[int]], list[int]]) -> None:
    points, disagreement = case
    assert set(run(name, points, disagreement)) == getattr(slow, name)(points, disagreement)


@pytest.mark.parametrize("name", SOLUTIONS)
@given(case=lists_of_packages())
def test_nobody_wins_where_no_package_beats_no_deal(name: str, case: tuple[list[list[int]], list[int]]) -> None:
    points, disagreement = case
    short = [row for row in points if any(v < d for v, d in zip(row, disagreement, strict=True))]
    points = short or [[d - 1 for d in disagreement]]
    assert run(name, points, disagreement) == []


@pytest.mark.parametrize("name", SOLUTIONS)
@given(case=lists_of_packages())
def test_winners_are_rational_and_efficient(name: str, case: tuple[list[list[int]], list[int]]) -> None:
    points, disagreement = case
    table = np.array(points)
    for winner in run(name, points, disagreement):
        assert (table[winner] >= disagreement).all()
        assert not ((table >= table[winner]).all(axis=1) & (table > table[winner]).any(axis=1)).any()


@pytest.mark.parametrize("name", SOLUTIONS)
@given(case=lists_of_packages())
def test_solution_does_not_depend_on_who_is_named_first(name: str, case: tuple[list[list[int]], list[int]]) -> None:
    points, disagreement = case
    turned = run(name, [row[::-1] for row in points], disagreement[::-1])
    assert set(turned) == set(run(name, points, disagreement))


@pytest.mark.parametrize("name", SOLUTIONS)
@given(points=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8))
def test_a_symmetric_problem_has_symmetric_winners(name: str, points: list[tuple[int, int]]) -> None:
    table = [list(p) for p in {*points, *((b, a) for a, b in points)}]
    won = {tuple(table[f]) for f in run(name, table, [0, 0])}
    assert won == {(b, a) for a, b in won}


@pytest.mark.parametrize("name", SCALE_FREE)
@given(case=lists_of_packages(), data=st.data())
def test_solution_is_free_of_each_party_s_scale(name: str, case: tuple[list[list[int]], list[int]], data: st.DataObject) -> None:
    points, disagreement = case
    size = len(disagreement)
    factors = np.array(data.draw(st.lists(st.sampled_from([0.3, 0.5, 1.0, 3.0, 70.0]), min_size=size, max_size=size)))
    shifts = np.array(data.draw(st.lists(st.integers(-5, 5), min_size=size, max_size=size)))
    moved = run(name, (np.array(points) + shifts) * factors, (np.array(disagreement) + shifts) * factors)
    assert moved == run(name, points, disagreement)


@given(case=lists_of_packages(), data=st.data())
def test_nash_is_independent_of_irrelevant_alternatives(case: tuple[list[list[int]], list[int]], data: st.DataObject) -> None:
    points, disagreement = case
    winners = run("nash", points, disagreement)
    assume(winners)
    kept = [f for f in range(len(points)) if f == winners[0] or data.draw(st.booleans())]
    assert {kept[f] for f in run("nash", [points[f] for f in kept], disagreement)} == set(winners) & set(kept)


@given(case=lists_of_packages(), data=st.data())
def test_more_packages_never_lower_the_least_share_of_kalai_smorodinsky(
    case: tuple[list[list[int]], list[int]], data: st.DataObject
) -> None:
    """With the ideal gains held; for a single party's share the law fails on finite sets (see the docstring)."""
    points, disagreement = case
    table = np.array(points, dtype=np.float64)
    rational = table[bargain.individually_rational(table, np.array(disagreement, dtype=np.float64))]
    assume(len(rational) > 0)
    ideal = rational.max(axis=0)
    assume((ideal > disagreement).all())
    more = np.array(data.draw(st.lists(st.tuples(*(st.integers(d, int(i)) for d, i in zip(disagreement, ideal, strict=True))))))
    grown = np.concatenate([rational, more.reshape(-1, len(disagreement))])

    def least(rows: NDArray[np.float64]) -> float:
        winner = rows[run("kalai_smorodinsky", rows, disagreement)[0]]
        return float(((winner - disagreement) / (ideal - disagreement)).min())

    assert least(grown) >= least(rational) - 1e-12


@given(case=lists_of_packages(), more=st.lists(st.lists(st.integers(-3, 12), min_size=4, max_size=4)))
def test_more_packages_never_lower_the_least_gain_of_the_egalitarian(
    case: tuple[list[list[int]], list[int]], more: list[list[int]]
) -> None:
    points, disagreement = case
    grown = points + [row[: len(disagreement)] for row in more]
    before, after = run("egalitarian", points, disagreement), run("egalitarian", grown, disagreement)
    assume(before)

    def least(row: list[int]) -> int:
        return min(v - d for v, d in zip(row, disagreement, strict=True))

    assert least(grown[after[0]]) >= least(points[before[0]])


def test_equal_products_all_win_and_the_even_one_comes_first() -> None:
    """All products are 12. Shares of the ideal gains (12, 4): two halves; 1/3 and 3/4; twice 1/4 and 1, larger first value."""
    assert run("nash", [[3, 4], [12, 1], [4, 3], [6, 2]], [0, 0]) == [3, 2, 1, 0]


def test_where_only_the_split_of_a_fixed_sum_is_at_stake_the_utilitarian_takes_all() -> None:
    splits = [[k, 20_000 - k] for k in range(20_001)]
    assert len(run("utilitarian", splits, [0, 0])) == 20_001


def test_raiffa_stops_at_the_last_reachable_midpoint() -> None:
    """Ideals 8, 8: midpoint (4, 4) leaves (5, 5) and (4, 7). The next, (4.5, 5.5), leaves none: shares (1, 1/3) and (0, 1)."""
    assert run("raiffa", [[8, 0], [0, 8], [5, 5], [4, 7], [7, 3]], [0, 0]) == [2]


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=8))
def test_adjusted_winner_is_equitable_envy_free_and_efficient(bids: list[tuple[int, int]]) -> None:
    first, second = (np.array(side, dtype=np.float64) for side in zip(*bids, strict=True))
    assume(first.sum() > 0)
    assume(second.sum() > 0)
    division = bargain.adjusted_winner(first, second)
    mine, theirs = division.values[0] / first.sum(), division.values[1] / second.sum()
    assert mine == pytest.approx(theirs, abs=1e-9)
    assert mine >= 0.5 - 1e-9
    assert ((division.first > 0) & (division.first < 1)).sum() <= 1
    keenness = np.divide(first, first + second, out=np.zeros(len(bids)), where=first + second > 0)
    used = first + second > 0
    least_kept = keenness[used & (division.first > 0)].min(initial=1.0)
    assert least_kept >= keenness[used & (division.first < 1)].max(initial=0.0) - 1e-12


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [([1.0], [1.0, 2.0], "shapes"), ([-1.0], [1.0], "negative"), ([0.0], [1.0], "no points laid"), ([np.nan], [1.0], "finite")],
)
def test_adjusted_winner_refuses_points_that_make_no_sense(first: list[float], second: list[float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        bargain.adjusted_winner(np.array(first), np.array(second))


@pytest.mark.parametrize("name", SOLUTIONS)
def test_values_that_are_no_numbers_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        run(name, np.array([[np.nan, 1.0]]), [0, 0])
    with pytest.raises(ValueError, match="shape"):
        run(name, [[1, 2]], [0])


POINTS = st.integers(2, 3).flatmap(
    lambda parties: arrays(np.int64, st.tuples(st.integers(1, 7), st.just(parties)), elements=st.integers(-3, 12)).map(
        lambda a: a.astype(np.float64)
    )
)


def mix(name: str, points: NDArray[np.float64]) -> NDArray[np.float64]:
    solve = BY_NAME[name].mix
    assert solve is not None
    return solve(points, np.zeros(points.shape[1]))


def product(points: NDArray[np.float64], shares: NDArray[np.float64]) -> float:
    return float(np.prod(shares @ points))


def mixes(points: NDArray[np.float64]) -> bool:
    """Whether some lottery gives each party what it has without a deal, zero."""
    return slow.ideal_gains(points, np.zeros(points.shape[1])) is not None


@given(POINTS)
@settings(max_examples=80)
def test_shares_are_a_distribution_whose_expectation_everybody_accepts(points: NDArray[np.float64]) -> None:
    for name in LOTTERIES:
        shares = mix(name, points)
        assert (shares >= 0.0).all()
        assert abs(shares.sum() - float(mixes(points))) < 1e-12
        assert (shares @ points >= -1e-7).all()


@given(POINTS)
@settings(max_examples=60)
def test_lotteries_are_what_linear_programs_find(points: NDArray[np.float64]) -> None:
    zero = np.zeros(points.shape[1])
    assume(mixes(points))
    ideal = slow.ideal_gains(points, zero)
    assert ideal is not None
    able = ideal > 1e-7
    if able.any():
        share = slow.least_of_lotteries(points[:, able] / ideal[able], points)
        assert ((mix("kalai_smorodinsky", points) @ points)[able] / ideal[able]).min() == pytest.approx(share, abs=1e-7)
    assert (mix("egalitarian", points) @ points).min() == pytest.approx(slow.least_of_lotteries(points, points), abs=1e-6)


@given(lists_of_packages(2))
@settings(max_examples=60)
def test_the_nash_lottery_has_the_largest_product_of_all_mixtures_of_two(case: tuple[list[list[int]], list[int]]) -> None:
    points, disagreement = case
    assume(len(disagreement) == 2)
    largest = slow.largest_product(points, disagreement)
    gains = np.array(points, dtype=np.float64) - disagreement
    shares = mix("nash", gains)
    assert shares.any() == (largest is not None)
    if largest:
        assert product(gains, shares) == pytest.approx(float(largest), rel=1e-7)


@given(POINTS)
@settings(max_examples=60)
def test_no_package_has_a_larger_sum_of_gains_over_the_expected_gains_of_the_nash_lottery(points: NDArray[np.float64]) -> None:
    """The condition that proves the largest product; for parties of any number, all of whom can gain."""
    ideal = slow.ideal_gains(points, np.zeros(points.shape[1]))
    assume(ideal is not None and bool((ideal > 1e-7).all()))
    expected = mix("nash", points) @ points
    assert (points / expected).sum(axis=1).max() <= points.shape[1] * (1 + 1e-6)


@given(POINTS, st.integers(1, 3), st.data())
@settings(max_examples=80)
def test_a_lottery_over_sums_reaches_what_one_over_all_packages_reaches(
    points: NDArray[np.float64], count: int, data: st.DataObject
) -> None:
    number = st.integers(-3, 12).map(float)
    row = st.lists(number, min_size=points.shape[1], max_size=points.shape[1])
    more = [np.array(data.draw(st.lists(row, min_size=1, max_size=3))) for _ in range(count)]
    sums = points
    for group in more:
        sums = (sums[:, None] + group).reshape(-1, points.shape[1])
    floor = np.array(data.draw(row)) * count
    assert lottery.reaches([points, *more], floor) == (slow.ideal_gains(sums, floor) is not None)


def test_two_extremes_are_shared_half_and_half() -> None:
    points = np.array([[4.0, 0.0], [0.0, 1.0]])
    for name in ("nash", "kalai_smorodinsky"):
        assert mix(name, points) == pytest.approx([0.5, 0.5], abs=1e-6)
    assert mix("egalitarian", points) == pytest.approx([0.2, 0.8], abs=1e-6)


@given(st.integers(1, 6), st.integers(1, 4), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_what_a_solution_makes_largest_is_largest_at_its_choice(packages: int, parties: int, chance: st.DataObject) -> None:
    points = np.array([[float(chance.randint(0, 12)) for _ in range(parties)] for _ in range(packages)])  # type: ignore[attr-defined] # hypothesis gives a random.Random
    for solution in bargain.SOLUTIONS:
        if solution.score is not None and (points > 0).all(axis=1).any():
            score = solution.score(points.T[:, :, None])[:, 0]
            assert score[solution.choose(points, np.zeros(parties))[0]] == pytest.approx(score.max())


def test_names_and_marks_are_told_apart() -> None:
    assert len({solution.name for solution in bargain.SOLUTIONS}) == len(bargain.SOLUTIONS)
    assert len({solution.mark for solution in bargain.SOLUTIONS}) == len(bargain.SOLUTIONS)
