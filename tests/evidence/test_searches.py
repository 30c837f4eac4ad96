from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles.complete import looked
from summitry.case.types import Search
from summitry.errors import BadArgument
from summitry.evidence.searches import in_vain, visited_in_vain


def search(**more: object) -> Search:
    told = {"of": "sheds", "places": 12, "visits": 6, "hidden": 2, "power": 0.8, "reach": [0.3, 0.6, 0.9], "why": "by hand"}
    return Search.model_validate(told | more)


@pytest.mark.parametrize(("complete", "reach", "power", "visits"), [(0.3, 0.6, 0.8, 6), (0.8, 1.0, 1.0, 3), (0.5, 0.2, 0.5, 12)])
def test_looking_in_vain_agrees_with_playing_it(complete: float, reach: float, power: float, visits: int) -> None:
    found = visited_in_vain(search(visits=visits, power=power, reach=reach), complete, (complete, complete))
    share, error = looked(complete, reach, 12, 2, power, visits, np.random.default_rng(3))
    assert found.after.complete == pytest.approx(share, abs=4 * error)


@given(
    st.floats(0.01, 0.99),
    st.integers(1, 60),
    st.floats(0.05, 1.0),
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(sorted),
    st.data(),
)
def test_each_visit_in_vain_speaks_for_completeness_and_never_more_than_the_places_can_tell(
    complete: float, places: int, power: float, reach: list[float], data: st.DataObject
) -> None:
    hidden, visits = (data.draw(st.integers(1, places)) for _ in range(2))
    told = search(places=places, hidden=hidden, visits=visits, power=power, reach=reach)
    low, high = complete / 2, (1 + complete) / 2
    found = visited_in_vain(told, complete, (low, high))
    assert found.points[0].visits == 0
    assert found.points[0].complete == pytest.approx(complete)
    assert found.points[-1].visits == places
    assert found.after.visits == visits
    rising = [p.complete for p in found.points]
    assert all(b >= a - 1e-12 for a, b in itertools.pairwise(rising))
    assert rising[-1] <= in_vain(complete, reach[1]) + 1e-12
    assert all(p.complete_range[0] <= p.complete + 1e-12 <= p.complete_range[1] + 2e-12 for p in found.points)


def test_where_it_cannot_lie_visits_tell_nothing() -> None:
    assert {round(p.complete, 12) for p in visited_in_vain(search(reach=0.0), 0.4, (0.2, 0.6)).points} == {0.4}


def test_certainty_stays_certain() -> None:
    assert in_vain(1.0, 0.5) == 1.0
    assert in_vain(0.0, 1.0) == 0.0


def test_more_hiding_places_than_places_are_refused() -> None:
    with pytest.raises(BadArgument, match="13 defects among 12 items"):
        visited_in_vain(search(hidden=13), 0.4, (0.2, 0.6))
