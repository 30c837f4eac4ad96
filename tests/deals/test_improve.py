"""Laws of post-settlement improvements, against a twin that lists every package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generators import build as small
from generators import cases
from oracles import asks as oracle
from oracles import deals
from summitry.deals import improve
from summitry.errors import BadArgument
from summitry.model import build

if TYPE_CHECKING:
    from summitry.case.types import Case


@given(cases(evidence=False, issues=(1, 3)), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_improvements_are_those_of_the_list(case: Case, chance: st.DataObject) -> None:
    model = build(case, draws=0)
    every = list(deals.packages(model))
    deal = every[chance.randrange(len(every))]  # type: ignore[attr-defined] # hypothesis gives a random.Random
    found = improve.improve_deal(model, np.array(deal))
    listed: dict[int, set[tuple[float, ...]]] = {}
    for better in found.improvements:
        gains = tuple(round(g, 9) + 0.0 for g in better.gains.values())
        listed.setdefault(len(better.changed), set()).add(gains)
        moves = {**model.named(deal), **{i: after for i, (_, after) in better.changed.items()}}
        point = tuple(round(deals.value(model, tuple(model.row(moves)), party), 9) + 0.0 for party in model.parties)
        assert better.efficient == (point in {tuple(v + 0.0 for v in e) for e in deals.efficient(model)})
    slow = oracle.improvements(model, deal)
    assert set(listed) == set(slow)
    assert all(listed[n] <= slow[n] and len(listed[n]) == min(len(slow[n]), improve.OF_EACH) for n in slow)
    assert found.unlisted == sum(len(gains) for gains in slow.values()) - sum(len(gains) for gains in listed.values())
    assert found.efficient == (not slow)


def test_a_deal_outside_the_rules_is_refused() -> None:
    values = {"us": {"a": {"x": 1}, "b": {"y": 1}}, "dprk": {"a": {"x": 1}, "b": {"y": 1}}}
    model = build(small(values, issues={"a": {"requires": {"x": "b.y"}}}), draws=0)
    with pytest.raises(BadArgument, match="requires"):
        improve.improve_deal(model, model.row({"a": "x"}))


def test_who_is_below_its_reservation_value_is_named_for_the_deal_and_for_every_improvement() -> None:
    values: dict[str, dict[str, dict[str, float]]] = {
        "us": {"x": {"some": 4}, "y": {"some": -1}},
        "dprk": {"x": {"some": -2}, "y": {"some": 5}},
    }
    model = build(small(values, reservation={"us": 1, "dprk": 1}), draws=64)
    found = improve.with_chances(model, improve.improve_deal(build(small(values), draws=0), model.row({"x": "some"})))
    assert found.below == ("dprk",)
    assert found.accept == {"us": 1.0, "dprk": 0.0}
    for better in found.improvements:
        row = model.row({**found.deal, **{issue: after for issue, (_, after) in better.changed.items()}})
        assert better.below == tuple(p for k, p in enumerate(model.parties) if model.means(row[None])[0, k] < model.reserve[k])
