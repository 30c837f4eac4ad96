"""Solutions over lotteries, as `trade --lotteries` tells them."""

from __future__ import annotations

import pytest

from generators import build as small
from summitry.model import build
from summitry.trade import frontier


def test_a_lottery_shares_what_no_package_can_share() -> None:
    values = {"a": {"prize": {"mine": 10, "yours": 0}}, "b": {"prize": {"mine": 0, "yours": 6}}}
    found = frontier.explore(build(small(values, givers={"prize": "a"}), draws=0), lotteries=True)
    nash = next(mix for mix in found.lotteries if mix.name == "nash")
    assert nash.values == pytest.approx({"a": 5.0, "b": 3.0}, rel=1e-6)
    assert sorted((round(share, 6), package["prize"]) for share, package in nash.shares) == [(0.5, "mine"), (0.5, "yours")]
    assert frontier.explore(build(small(values, givers={"prize": "a"}), draws=0)).lotteries == ()
