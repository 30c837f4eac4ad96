"""Laws of what two lists say of things that stand on neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.errors import BadArgument
from summitry.evidence.recapture import Thing, overlap

LISTS = st.sets(st.integers(0, 30), min_size=1)


def things(ids: set[int]) -> list[Thing]:
    return [Thing(id=str(k)) for k in sorted(ids)]


@given(LISTS, LISTS)
def test_no_estimate_is_below_what_is_listed_and_dependence_only_adds_to_what_is_not(first: set[int], second: set[int]) -> None:
    result = overlap(things(first), things(second))
    listed = len(first | second)
    assert result.total >= listed - 1e-9
    for row in result.dependent:
        assert row.total == pytest.approx(listed + row.odds * (result.total - listed))
        assert row.total == pytest.approx(listed + row.unlisted)
    assert [row.odds for row in result.dependent] == sorted(row.odds for row in result.dependent)
    assert next(row.total for row in result.dependent if row.odds == 1.0) == pytest.approx(result.total)


@given(LISTS, LISTS)
def test_which_list_is_called_first_does_not_matter(first: set[int], second: set[int]) -> None:
    assert overlap(things(first), things(second)).total == pytest.approx(overlap(things(second), things(first)).total)


@given(LISTS, LISTS)
def test_a_list_within_the_other_leaves_nothing_unlisted(first: set[int], second: set[int]) -> None:
    assert overlap(things(first & second or first), things(first)).total == pytest.approx(len(first))


@pytest.mark.parametrize("ids", [[], ["a", "a"]])
def test_a_list_that_names_nothing_or_a_thing_twice_is_refused(ids: list[str]) -> None:
    with pytest.raises(BadArgument, match="second list must name at least one thing"):
        overlap([Thing(id="a")], [Thing(id=name) for name in ids])
