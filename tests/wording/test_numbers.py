"""Laws of written numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summitry.wording import numbers


@given(st.floats(-1e9, 1e9).filter(lambda value: abs(value) >= numbers.DUST))
def test_a_signed_number_shows_on_which_side_of_zero_it_lies(value: float) -> None:
    assert numbers.signed(value)[0] == ("+" if value > 0 else "−")


@given(st.floats(-numbers.DUST, numbers.DUST, exclude_min=True, exclude_max=True))
def test_what_sums_of_decimals_leave_of_nothing_is_zero(value: float) -> None:
    assert numbers.signed(value) == "0"
