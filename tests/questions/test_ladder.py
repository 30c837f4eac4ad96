"""Laws of the ladder as it is told."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from summitry.answers import open_case
from summitry.deals.candidates import search
from summitry.deals.ladder import climb
from summitry.model import build


@cache
def workspace() -> Any:  # noqa: ANN401 (its questions are methods)
    return open_case("supply-contract")


def test_every_rung_that_climbs_is_told_and_the_first_is_marked() -> None:
    answer = workspace().ladder()
    text = answer.to_text()
    for k, rung in enumerate(answer.rungs):
        assert (f"Rung {k + 1}\n" in text) == (rung.climbs and k != answer.first)
    assert text.count("THE FIRST RUNG:") == 1
    for idea in workspace().case.file.ideas.values():
        assert idea.title in text


@pytest.mark.parametrize("stated", [False, True])
def test_what_stopping_costs_is_missed_only_where_nobody_states_it(*, stated: bool) -> None:
    case = workspace().case
    if stated:
        own = {party: {**files} for party, files in case.preferences.items()}
        own["buyer"]["buyer"] = own["buyer"]["buyer"].model_copy(update={"defection_cost": 2.0})
        case = case.model_copy(update={"preferences": own})
    model = build(case, draws=128, record=workspace().record)
    found = climb(model, "buyer", search(model, "buyer"), deep=False)
    assert ("ladder.gap.defection" in {gap.code for gap in found.gaps}) == (not stated)


def test_a_deal_beyond_trust_names_what_would_mend_it() -> None:
    model = workspace().model
    doubting = replace(model, beliefs=tuple(replace(b, serious=0.02, pretender=(-60.0, -50.0)) for b in model.beliefs))
    other = open_case("supply-contract")
    other.__dict__["model"] = doubting
    answer = other.ladder()
    mends = [(rung, mend) for rung in answer.ideas for mend in rung.mends]
    assert mends
    text = " ".join(answer.to_text(10_000).split())
    for _, mend in mends:
        assert f"An order would hold with {'a ' if mend.kind in {'bond', 'guarantor', 'snapback'} else ''}{mend.kind}" in text
