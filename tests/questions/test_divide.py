"""Laws of a fair division: what a negotiator may rely on, whatever the points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from summitry.deals.division import Bid, divide
from summitry.errors import BadArgument

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=8)


def table(points: list[tuple[int, int]]) -> list[Bid]:
    assume(sum(one for one, _ in points) and sum(other for _, other in points))
    return [Bid(issue=f"issue {k}", first=one, second=other) for k, (one, other) in enumerate(points)]


def mirrored(bids: list[Bid]) -> list[Bid]:
    return [Bid(issue=bid.issue, first=bid.second, second=bid.first) for bid in bids]


@given(POINTS)
def test_each_gets_the_same_share_of_its_own_points_and_at_least_half(points: list[tuple[int, int]]) -> None:
    bids = table(points)
    division = divide(bids)
    assert division.first / sum(bid.first for bid in bids) == pytest.approx(division.of_own)
    assert division.second / sum(bid.second for bid in bids) == pytest.approx(division.of_own)
    assert division.of_own >= 0.5 - 1e-9


@given(POINTS)
def test_at_most_one_issue_is_split_and_it_is_the_one_that_is_named(points: list[tuple[int, int]]) -> None:
    division = divide(table(points))
    split = [part.issue for part in division.parts if 1e-9 < part.share < 1 - 1e-9]
    assert split == ([] if division.split is None else [division.split])


@given(POINTS, st.integers(2, 9))
def test_neither_the_scale_of_points_nor_who_is_called_first_changes_what_each_gets(
    points: list[tuple[int, int]], scale: int
) -> None:
    bids = table(points)
    larger = [Bid(issue=bid.issue, first=scale * bid.first, second=bid.second) for bid in bids]
    assert divide(larger).of_own == pytest.approx(divide(bids).of_own)
    assert divide(mirrored(bids)).of_own == pytest.approx(divide(bids).of_own)


@pytest.mark.parametrize(("points", "complaint"), [([(0, 3), (0, 4)], "lays no points"), ([(1, 3), (1, 4)], "named twice")])
def test_points_that_settle_nothing_are_refused(points: list[tuple[int, int]], complaint: str) -> None:
    issues: Callable[[int], str] = "same".format if complaint == "named twice" else "issue {}".format
    bids = [Bid(issue=issues(k), first=one, second=other) for k, (one, other) in enumerate(points)]
    with pytest.raises(BadArgument, match=complaint):
        divide(bids)
