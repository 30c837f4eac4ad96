"""Laws of single fields: what no sum and no calendar could hold is refused where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from summitry.case.types import Issue, Seat

if TYPE_CHECKING:
    from sound_case import Written


@pytest.mark.parametrize("value", [1e16, [0, 1, 1e300], [-1e308, 0, 1]])
def test_a_number_that_would_lose_its_digits_in_a_sum_is_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="lose their digits"):
        Seat.model_validate({"threshold": value, "positions": {}})


def test_so_is_an_influence() -> None:
    with pytest.raises(ValidationError, match="lose their digits"):
        Seat.model_validate({"influence": 1e300, "positions": {}})


@pytest.mark.parametrize("value", [10**30, "999999y", -1, True, 1.5])
def test_a_duration_that_no_calendar_holds_is_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="duration"):
        Issue.model_validate({"title": "t", "options": ["a", "b"], "takes": {"b": value}})


@pytest.mark.parametrize("day", ["0999-12-31", "2500-01-01"])
def test_a_case_is_of_a_day_from_which_its_calendar_can_count(sound: Written, day: str) -> None:
    sound.change("case.yaml", "as_of: 2019-02-15", f"as_of: {day}")
    assert "from 1800-01-01 to 2499-12-31" in str(sound.problems()[0])
