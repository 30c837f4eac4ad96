"""Laws of mandates and coalitions, on small cases where everything can be listed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generators import build as small
from oracles import deals as oracle
from summitry import case
from summitry.deals import allies, mandate
from summitry.errors import LinkMissing
from summitry.model import Model, build

DRAWS = 256
VALUES: dict[str, dict[str, dict[str, Any]]] = {
    "us": {
        "list": {"part": [3, 5, 8], "full": [8, 12, 18]},
        "relief": {"some": [-6, -4, -2], "all": [-14, -10, -7]},
        "aid": {"food": [-1, -0.5, -0.2]},
    },
    "rok": {
        "list": {"part": [-6, -4, -3], "full": [-9, -6, -4]},
        "relief": {"some": [1, 2, 3], "all": [4, 5, 7]},
        "aid": {"food": [3, 6, 8]},
    },
    "dprk": {
        "list": {"part": [-6, -4, -2], "full": [-12, -8, -5]},
        "relief": {"some": [5, 8, 12], "all": [10, 16, 22]},
        "aid": {"food": [0, 1, 3]},
    },
}
GIVERS = {"list": "dprk", "relief": "us", "aid": "us"}


def model_of(accept: float = 0.5, lead: str = "us", **preferences: dict[str, Any]) -> Model:
    made = small(
        VALUES,
        givers=GIVERS,
        preferences=preferences,
        coalitions={"allies": {"name": "Allies", "lead": lead, "accept": accept}},
        parties={
            "us": {"name": "US", "coalition": "allies"},
            "rok": {"name": "ROK", "coalition": "allies"},
            "dprk": {"name": "DPRK"},
        },
        settings={"principal": "us"},
    )
    return build(made, draws=DRAWS)


def accepts(model: Model, row: tuple[int, ...]) -> list[float]:
    package = np.array(row)
    return [float((model.values(package)[p] >= model.reserve_drawn[p] - 1e-9).mean()) for p in range(len(model.parties))]


def common(model: Model, accept: float) -> dict[tuple[int, ...], tuple[float, ...]]:
    """Every package that all accept often enough and that none improves for both allies, by listing."""
    pool = {
        row: tuple(round(oracle.value(model, row, ally), 9) for ally in ("us", "rok"))
        for row in oracle.packages(model)
        if any(row) and (said := accepts(model, row))[2] >= 0.5 and min(said[:2]) >= accept
    }
    return {
        row: value
        for row, value in pool.items()
        if not any(other != value and all(b >= a for a, b in zip(value, other, strict=True)) for other in pool.values())
    }


@pytest.mark.parametrize("accept", [0.3, 0.5, 0.9])
@pytest.mark.parametrize("lead", ["us", "rok"])
def test_common_positions_are_those_of_the_slow_twin_and_the_lead_takes_its_best(accept: float, lead: str) -> None:
    model = model_of(accept, lead)
    (bloc,) = allies.blocs(model)
    found, expected = allies.study_bloc(model, bloc), common(model, accept)
    assert found.positions == len(set(expected.values()))
    assert (found.lead is None) == (not expected)
    for position in found.common:
        assert tuple(model.row(position.moves).tolist()) in expected
        assert min(position.accept["us"], position.accept["rok"]) >= accept
    if found.lead is not None:
        assert found.lead.values[lead] == pytest.approx(max(value[("us", "rok").index(lead)] for value in expected.values()))


def test_who_leads_changes_the_choice() -> None:
    first, second = (allies.study_bloc(m := model_of(lead=lead), allies.blocs(m)[0]).lead for lead in ("us", "rok"))
    assert first is not None
    assert second is not None
    assert first.values["us"] > second.values["us"]
    assert first.values["rok"] < second.values["rok"]


def test_issues_split_allies_where_they_rank_options_the_other_way_round() -> None:
    model = model_of()
    found = {split.issue: split for split in allies.splits(model, allies.blocs(model)[0])}
    assert set(found) == {"list", "relief", "aid"}
    assert {split.kind for split in found.values()} == {"opposite sign"}
    assert found["list"].size["us"] == pytest.approx(model.value[0, model.column("list", "full")])
    for ally in ("us", "rok"):
        sizes = sorted(found.values(), key=lambda split: split.place[ally])
        assert [split.size[ally] for split in sizes] == sorted((split.size[ally] for split in sizes), reverse=True)


def test_a_reversed_order_without_a_reversed_sign_is_a_different_rank() -> None:
    values = {party: {**worth, "list": {"part": 2, "full": 3 if party == "us" else 1}} for party, worth in VALUES.items()}
    made = small(
        values,
        givers=GIVERS,
        coalitions={"allies": {"name": "Allies", "lead": "us"}},
        parties={p: {"name": p, "coalition": None if p == "dprk" else "allies"} for p in values},
    )
    model = build(made, draws=64)
    split = next(s for s in allies.splits(model, allies.blocs(model)[0]) if s.issue == "list")
    assert (split.kind, split.options, split.size) == ("different rank", ("part", "full"), {"us": 1.0, "rok": 1.0})


def test_the_payment_is_the_cheapest_that_holds_the_ally() -> None:
    model = model_of()
    (bloc,) = allies.blocs(model)
    asked = model.row({"list": "part", "relief": "some"})
    (found,) = allies.study_bloc(model, bloc, asked).payments
    assert found.ally == "rok"
    assert found.accepts < found.needed
    assert found.payment is not None
    assert found.then is not None
    assert found.then >= found.needed
    before, now = np.minimum(bloc.need, accepts(model, tuple(asked.tolist()))), model.means(asked[None, :])[0]
    before[model.party("rok")] = 0.5
    costs = {
        row: float(now[0] - model.means(np.array(row)[None, :])[0][0])
        for row in oracle.packages(model)
        if row[model.issues.index("list")] == 1 and (np.array(accepts(model, row)) >= before - 1e-9).all()
    }
    assert found.cost["us"] == pytest.approx(min(costs.values()))


def test_what_an_ally_lacks_is_the_least_that_suffices_and_the_declared_rate_prices_it() -> None:
    model = model_of(us={"side_payments": {"rok": [1, 2, 3]}})
    (bloc,) = allies.blocs(model)
    asked = model.row({"list": "part", "relief": "some"})
    (found,) = allies.study_bloc(model, bloc, asked).payments
    margin = model.values(asked)[1] - model.reserve_drawn[1]
    assert (margin + found.short >= -1e-9).mean() >= found.needed
    assert (margin + 0.98 * found.short >= 0).mean() < found.needed
    assert found.transfer == {"us": pytest.approx(2.0 * found.short)}
    assert allies.study_bloc(model_of(), bloc, asked).payments[0].transfer == {}


def test_nothing_more_can_be_conceded_than_the_slow_twin_finds() -> None:
    model = model_of()
    (bloc,) = allies.blocs(model)
    found = allies.study_bloc(model, bloc)
    given = {}
    for row in oracle.packages(model):
        yes = (model.values(np.array(row))[:2] >= model.reserve_drawn[:2] - 1e-9).all(axis=0).mean()
        if any(row) and yes >= found.needed:
            given[row] = sum(model.value[2, model.first[i] + row[i]] for i in (1, 2))
    assert found.concession is not None
    assert found.concession.allied >= found.needed
    assert found.concession_worth["dprk"] == pytest.approx(max(given.values()))


def test_as_one_is_asked_for_and_weighs_by_the_declared_rate() -> None:
    model, rated = model_of(), model_of(us={"side_payments": {"rok": 5}})
    (bloc,) = allies.blocs(model)
    assert allies.study_bloc(model, bloc).as_one is None
    for made, weight in ((model, 1.0), (rated, 5.0)):
        found, pool = allies.study_bloc(made, bloc, as_one=True), common(made, 0.5).values()
        assert found.as_one is not None
        assert found.as_one.values["us"] + weight * found.as_one.values["rok"] == pytest.approx(
            max(u + weight * r for u, r in pool)
        )


def test_without_allies_there_is_a_sentence() -> None:
    with pytest.raises(LinkMissing, match="coalition"):
        allies.blocs(build(case.load("supply-contract"), draws=64))


def test_what_is_signed_in_the_room_needs_no_call_and_calling_home_never_makes_it_worse() -> None:
    model = build(case.load("supply-contract"), draws=512)
    found = mandate.read_mandates(model, "buyer")
    known = found.options
    assert found.room is not None
    assert found.reach is not None
    assert mandate.calls(model, known, model.row(found.room.moves)) == ()
    if found.room.passed:
        assert found.reach.passed
        assert found.reach.substance["buyer"] >= found.room.substance["buyer"] - 1e-9
    assert found.unknown == ()


def test_silence_is_not_authority_and_never_is_told() -> None:
    model = model_of(us={"mandate": {"relief": {"some": "authorised", "all": "never"}}})
    found = mandate.read_mandates(model, "us", model.row({"relief": "some", "aid": "food"}))
    assert {(a.option, a.permission, a.stated) for a in found.options} == {
        ("some", "authorised", True),
        ("all", "never", True),
        ("food", "call home", False),
    }
    assert [a.option for a in found.calls] == ["food"]
    assert found.unknown == ("rok", "dprk")
    assert [a.option for a in mandate.read_mandates(model, "us", model.row({"relief": "all"})).calls] == ["all"]


def test_without_a_mandate_there_is_a_sentence() -> None:
    with pytest.raises(LinkMissing, match="mandate"):
        mandate.read_mandates(model_of(), "us")


def test_what_all_accept_together_is_counted_beside_what_each_accepts() -> None:
    model = model_of()
    (bloc,) = allies.blocs(model)
    found = allies.study_bloc(model, bloc)
    assert found.common
    for one in found.common:
        assert one.joint == oracle.joint(model, tuple(model.row(one.moves).tolist()))[1]
        assert one.joint <= min(*one.accept.values(), one.allied)
