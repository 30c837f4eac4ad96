from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summitry.kernels.halving import least_share


@given(st.floats(0.0, 1.0), st.integers(1, 40))
def test_the_least_share_is_the_first_of_the_grid_that_suffices(threshold: float, halvings: int) -> None:
    asked: list[float] = []

    def suffices(share: float) -> bool:
        asked.append(share)
        return share >= threshold

    share, part = least_share(suffices, halvings), 2.0**-halvings
    assert (share * 2**halvings).is_integer()
    assert share >= threshold
    assert share == part or share - part < threshold
    assert len(asked) <= halvings
    assert 0.0 < min(asked) <= max(asked) < 1.0


@given(st.integers(1, 40))
def test_where_no_smaller_share_suffices_all_of_it_does(halvings: int) -> None:
    assert least_share(lambda _: False, halvings) == 1.0
