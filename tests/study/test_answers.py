"""Laws of how the words of a call are read."""

from __future__ import annotations

import pytest

from summitry.answers import open_case
from summitry.case.dates import read_day
from summitry.errors import BadArgument


@pytest.mark.parametrize("text", ["2019-02-30", "20190228", "2019-02-28T00:00", "tomorrow", "", "٢٠١٩-٠٢-٢٨"])
def test_what_is_no_day_is_named_as_such(text: str) -> None:
    with pytest.raises(BadArgument, match="year-month-day"):
        read_day(text)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_day_out_of_reach_is_named_as_such(text: str) -> None:
    with pytest.raises(BadArgument, match="between 1800-01-01 and 2499-12-31"):
        read_day(text)


def test_a_span_beyond_a_century_is_refused_and_not_cut() -> None:
    with pytest.raises(BadArgument, match="at most 36500 days ahead"):
        open_case("supply-contract").groundwork(days=36_501)
