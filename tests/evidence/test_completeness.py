"""What tells whether a declaration is all: past ones, and looking in vain."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracles.complete import looked
from summitry.case.types import Search
from summitry.errors import BadArgument
from summitry.evidence.completeness import base_rate, complete_in_vain, search_in_vain, share

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 1, 1)


def test_nothing_that_became_known_later_counts_or_is_shown() -> None:
    before, after = base_rate(dt.date(2019, 2, 15)), base_rate(TODAY)
    assert not any("Syria" in row.declaration for row in before.rows)
    assert (before.complete, before.decided) == (2, 6)
    assert (after.complete, after.decided) == (2, 7)
    assert base_rate(dt.date(1990, 1, 1)).decided == 0


def test_unaccounted_for_is_never_a_finding() -> None:
    unaccounted = [row for row in base_rate(TODAY).rows if "unaccounted" in row.found or "no evidence" in row.found]
    assert len(unaccounted) >= 3
    assert all(row.outcome == "open" for row in unaccounted)


def test_memory_is_shown_and_not_counted() -> None:
    rows = base_rate(TODAY).rows
    remembered = {row.declaration for row in rows if "unverified" in row.status}
    counted = {row.declaration for row in rows if "unverified" not in row.status}
    assert remembered - counted == {"Albania to the OPCW"}  # decided by memory alone, so it is no observation


def test_every_row_names_its_source() -> None:
    assert all(row.source and row.status and row.outcome in {"complete", "incomplete", "open"} for row in base_rate(TODAY).rows)


def test_few_cases_leave_a_wide_interval() -> None:
    """Jeffreys interval of 0 of 10 at 90 %: Beta(1/2, 21/2); of nothing at all: the arcsine law's 5 and 95 % quantiles."""
    low, mean, high = share(0, 10)
    assert mean == pytest.approx(0.5 / 11)
    assert high == pytest.approx(0.171, abs=0.001)
    assert low < 0.001
    assert list(share(0, 0)) == pytest.approx([0.00616, 0.5, 0.99384], abs=1e-4)


def test_facts_are_those_of_the_collected_table(shared_data: Path) -> None:
    with (shared_data / "verification" / "declared_vs_verified.csv").open(encoding="utf-8", newline="") as table:
        known = {row["source"] for row in csv.DictReader(table)}
    assert all(row.source in known for row in base_rate(TODAY).rows if "unverified" not in row.status)


def search(**more: object) -> Search:
    fields = {"of": "sheds", "places": 12, "visits": 6, "hidden": 2, "power": 0.8, "reach": [0.3, 0.6, 0.9], "why": "by hand"}
    return Search.model_validate(fields | more)


@pytest.mark.parametrize(("complete", "reach", "power", "visits"), [(0.3, 0.6, 0.8, 6), (0.8, 1.0, 1.0, 3), (0.5, 0.2, 0.5, 12)])
def test_looking_in_vain_agrees_with_playing_it(complete: float, reach: float, power: float, visits: int) -> None:
    found = search_in_vain(search(visits=visits, power=power, reach=reach), complete, (complete, complete))
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
    found = search_in_vain(told, complete, (low, high))
    assert found.points[0].visits == 0
    assert found.points[0].complete == pytest.approx(complete)
    assert found.points[-1].visits == places
    assert found.after.visits == visits
    rising = [p.complete for p in found.points]
    assert all(b >= a - 1e-12 for a, b in itertools.pairwise(rising))
    assert rising[-1] <= complete_in_vain(complete, reach[1]) + 1e-12
    assert all(p.complete_range[0] <= p.complete + 1e-12 <= p.complete_range[1] + 2e-12 for p in found.points)


def test_where_it_cannot_lie_visits_tell_nothing() -> None:
    assert {round(p.complete, 12) for p in search_in_vain(search(reach=0.0), 0.4, (0.2, 0.6)).points} == {0.4}


def test_certainty_stays_certain() -> None:
    assert complete_in_vain(1.0, 0.5) == 1.0
    assert complete_in_vain(0.0, 1.0) == 0.0


def test_more_hiding_places_than_places_are_refused() -> None:
    with pytest.raises(BadArgument, match="13 defects among 12 items"):
        search_in_vain(search(hidden=13), 0.4, (0.2, 0.6))
