"""Laws of what a deliverable unlocks, against a twin that follows the requirements one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings

from generators import build as small
from generators import cases
from summitry import case
from summitry.deals.price import find_unlocked, price_deliverable
from summitry.evidence.conduct import record
from summitry.model import Model, build

if TYPE_CHECKING:
    from summitry.case.types import Case


def requires(model: Model, label: str, wanted: set[str]) -> bool:
    """Whether an option requires one of the wanted, by itself or through what it requires."""
    issue, _, option = label.partition(".")
    asked = model.terms[issue].requires.get(option, ())
    return any(other in wanted or requires(model, other, wanted) for other in asked)


@given(cases(parties=(2, 3), issues=(2, 5), evidence=False))
@settings(max_examples=60)
def test_what_is_unlocked_is_what_requires_the_deliverable_in_turn(drawn: Case) -> None:
    model = build(drawn, draws=0)
    for i, options in enumerate(model.options):
        for option in range(1, len(options)):
            row = np.zeros(len(model.issues), dtype=np.int64)
            row[i] = option
            closure = model.closure(row)
            found = find_unlocked(model, row, closure)
            wanted = {f"{model.issues[i]}.{name}" for name in options[1 : option + 1]}
            brought = {f"{issue}.{o}" for k, issue in enumerate(model.issues) for o in model.options[k][1 : closure[k] + 1]}
            every = {f"{issue}.{o}" for k, issue in enumerate(model.issues) for o in model.options[k][1:]} - brought
            assert {f"{one.issue}.{one.option}" for one in found} == {label for label in every if requires(model, label, wanted)}
            for one in found:
                asked = set(model.terms[one.issue].requires[one.option])
                assert one.through
                assert set(one.through) | set(one.also) <= asked
                assert asked - set(one.through) - set(one.also) <= brought | wanted


def test_an_unlocked_option_is_told_with_its_giver_and_each_partys_worth() -> None:
    worth = {
        "us": {"list": {"part": 3, "full": 6}, "visits": {"yes": 5}, "relief": {"some": -2}, "aid": {"food": -1}},
        "dprk": {"list": {"part": -1, "full": -4}, "visits": {"yes": -2}, "relief": {"some": 8}, "aid": {"food": 4}},
    }
    needs: dict[str, dict[str, Any]] = {
        "visits": {"requires": {"yes": "list.part"}},
        "relief": {"requires": {"some": ["visits.yes", "aid.food"]}},
    }
    made = small(worth, givers={"list": "dprk", "visits": "dprk", "relief": "us", "aid": "us"}, issues=needs)
    found = price_deliverable(build(made, draws=64), "list", "full", payer="us").unlocks
    assert [(one.issue, one.option, one.givers) for one in found] == [("visits", "yes", ("dprk",)), ("relief", "some", ("us",))]
    assert [(one.through, one.also) for one in found] == [(("list.part",), ()), (("visits.yes",), ("aid.food",))]
    assert found[1].worth == {"us": -2.0, "dprk": 8.0}


@pytest.mark.parametrize(
    ("name", "deliverable", "opened"),
    [("korea-2019", ("declaration", "weapons"), "warheads.few"), ("supply-contract", ("volume", "half"), "delivery.two-weeks")],
)
def test_the_bundled_cases_unlock_what_their_files_say(name: str, deliverable: tuple[str, str], opened: str) -> None:
    told = case.load(name)
    made = build(told, draws=64, record=record(told))
    row = made.row(dict([deliverable]))
    assert opened in {f"{one.issue}.{one.option}" for one in find_unlocked(made, row, made.closure(row))}
