"""Laws of counter-asks and exchange rates, against a twin that lists every package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generators import build as small
from generators import cases
from oracles import asks as oracle
from oracles import deals
from summitry.deals import counter, price
from summitry.deals.cheapest import find_cheapest
from summitry.errors import BadArgument, LinkMissing
from summitry.model import build

if TYPE_CHECKING:
    from generators import Worth
    from summitry.case.types import Case

VALUES: Worth = {
    "us": {"declaration": {"part": [8, 10, 14], "full": [16, 20, 28]}, "relief": {"some": [-6, -4, -3], "all": [-20, -15, -12]}},
    "dprk": {"declaration": {"part": [-8, -5, -3], "full": [-22, -16, -12]}, "relief": {"some": [6, 8, 11], "all": [18, 22, 28]}},
}
GIVERS = {"declaration": "dprk", "relief": "us"}


@given(cases(parties=(2, 2), issues=(2, 4), evidence=False))
@settings(max_examples=60)
def test_counter_ask_is_the_most_of_all_packages(case: Case) -> None:
    model = build(case, seed=1, draws=64)
    ours = [i for i in range(len(model.issues)) if model.giver[i, 0]]
    assume(0 < len(ours) < len(model.issues))
    issue = model.issues[ours[0]]
    for option in model.options[ours[0]][1:]:
        for at in (0.3, 0.5, 0.8):
            slow = oracle.counter(model, model.parties[0], issue, option, at)
            found = counter.counter_ask(model, issue, option, payer=model.parties[0], at=at)
            assert found.proven
            if slow is None:
                assert (found.worth, found.state) == (None, "not accepted")
                assert found.probability < at
            else:
                assert found.worth is not None
                assert (found.worth - found.also_cost, found.probability) == pytest.approx(slow[:2])
                assert found.alone == slow[2]
                assert found.net == pytest.approx(found.worth - found.also_cost - found.cost)


@st.composite
def together(draw: st.DrawFn) -> Case:
    """A small case whose parties value issues together."""
    case = draw(cases(parties=(2, 2), issues=(3, 4), evidence=False, prerequisites=False, back_tables=False))
    preferences = {}
    for party, held in case.preferences.items():
        tables = [
            {"when": {issue: list(case.file.issues[issue].options)[1:] for issue in chosen}, "value": sorted(value)}
            for chosen in draw(st.lists(st.sets(st.sampled_from(sorted(case.file.issues)), min_size=2, max_size=2), max_size=2))
            for value in [draw(st.lists(st.integers(-12, 12), min_size=3, max_size=3))]
        ]
        own = held[party].model_dump()
        preferences[party] = {party: type(held[party]).model_validate({**own, "together": tables})}
    return case.model_copy(update={"preferences": preferences})


@given(together())
@settings(max_examples=60)
def test_the_cheapest_search_is_exact_where_issues_are_valued_together(case: Case) -> None:
    model = build(case, seed=1, draws=64)
    payer, giver = model.parties
    theirs = [i for i in range(len(model.issues)) if model.giver[i, 1]]
    assume(theirs)
    closure = np.zeros(len(model.issues), dtype=np.int64)
    closure[theirs[0]] = 1
    own = model.giver[:, 0] & ~model.giver[:, 1]
    for at in (0.3, 0.7):
        best = None
        for row in deals.packages(model):
            if all(row[i] >= closure[i] if own[i] else row[i] == closure[i] for i in range(len(row))):
                chance = float((model.values(row)[1] >= model.reserve_drawn[1] - 1e-9).mean())
                cost = round(deals.value(model, tuple(closure), payer) - deals.value(model, row, payer), 9)
                if chance >= at and (best is None or (cost, -chance) < best):
                    best = cost, -chance
        found = find_cheapest(model, 0, [1], closure, own, at)
        assert found.proven
        assert (found.package is None) == (best is None)
        if found.package is not None and best is not None:
            cost = deals.value(model, tuple(closure), payer) - deals.value(model, tuple(found.package), payer)
            assert (cost, -found.probability) == pytest.approx(best)
    assert giver in model.parties


def test_what_a_giveaway_brings_can_be_bought_with_it_or_cheaper() -> None:
    model = build(small(VALUES, givers=GIVERS), draws=1024)
    found = counter.counter_ask(model, "relief", "all", payer="us", at=0.5)
    assert (found.state, found.answer, found.probability_alone) == ("found", {"declaration": "full"}, 1.0)
    assert found.worth == pytest.approx((16 + 80 + 28) / 6)
    assert found.cost == pytest.approx((20 + 60 + 12) / 6)
    assert found.cheapest is not None
    assert found.cheapest <= found.cost
    assert found.cheapest == price.price_deliverable(model, "declaration", "full", payer="us", at=0.5).price


def test_a_small_giveaway_that_misses_the_reservation_brings_nothing() -> None:
    model = build(small(VALUES, givers=GIVERS, reservation={"dprk": 12}), draws=256)
    found = counter.counter_ask(model, "relief", "some", payer="us")
    assert (found.state, found.worth, found.answer) == ("not accepted", None, {})
    assert found.probability == found.probability_alone < found.at
    assert found.short == {"dprk": counter.Shortfall(found.probability_alone, 0.5)}


def test_an_ally_that_does_not_accept_is_named_and_not_the_giver_who_does() -> None:
    values = {**VALUES, "rok": {"declaration": {"part": 1, "full": 2}, "relief": {"some": -9, "all": -9}}}
    parties = {
        "us": {"name": "US", "coalition": "allies"},
        "rok": {"name": "ROK", "coalition": "allies"},
        "dprk": {"name": "DPRK"},
    }
    coalitions = {"allies": {"name": "Allies", "lead": "us"}}
    model = build(small(values, givers=GIVERS, parties=parties, coalitions=coalitions), draws=256)
    found = counter.counter_ask(model, "relief", "some", payer="us")
    assert (found.state, found.probability_alone) == ("not accepted", 1.0)
    assert found.short == {"rok": counter.Shortfall(0.0, model.ally_accept[model.party("rok")])}


def test_what_a_foreign_scenario_cannot_answer_is_named_as_it_was_asked() -> None:
    model = build(small(VALUES, givers=GIVERS).model_copy(update={"foreign": "GENIUS"}), draws=64)
    with pytest.raises(LinkMissing, match=r"^A counter-ask"):
        counter.counter_ask(model, "relief", "all", payer="us")
    with pytest.raises(LinkMissing, match=r"^An exchange rate"):
        counter.exchange_rate(model, ("relief", "all"), ("declaration", "full"))


def test_a_base_counts_for_both_and_a_mandate_is_named() -> None:
    model = build(small(VALUES, givers=GIVERS, reservation={"dprk": 12}), draws=256)
    found = counter.counter_ask(model, "relief", "all", payer="us", base=model.row({"declaration": "part"}))
    assert found.cost == pytest.approx((20 + 60 + 12) / 6)
    assert found.answer == {}
    assert found.state == "nothing more"
    never = small(VALUES, givers=GIVERS, preferences={"us": {"mandate": {"relief": {"all": "never"}}}})
    assert counter.counter_ask(build(never, draws=64), "relief", "all", payer="us").state == "never"


def test_counter_ask_refuses_what_gives_nothing_away() -> None:
    model = build(small(VALUES, givers=GIVERS), draws=64)
    with pytest.raises(BadArgument, match="status quo"):
        counter.counter_ask(model, "relief", "none", payer="us")
    with pytest.raises(BadArgument, match="side to give"):
        counter.counter_ask(model, "declaration", "full", payer="us")
    with pytest.raises(BadArgument, match="between 0 and 1"):
        counter.counter_ask(model, "relief", "all", payer="us", at=1.0)
    with pytest.raises(BadArgument, match="anything of its own"):
        counter.counter_ask(build(small(VALUES, givers=dict.fromkeys(GIVERS, "us")), draws=64), "relief", "all", payer="us")


def test_rate_is_the_quotient_of_certain_values() -> None:
    values = {
        "us": {"declaration": {"full": 20}, "relief": {"all": -16}},
        "dprk": {"declaration": {"full": -12}, "relief": {"all": 24}},
    }
    found = counter.exchange_rate(build(small(values, givers=GIVERS), draws=64), ("relief", "all"), ("declaration", "full"))
    assert found.ask == pytest.approx((0.5, 0.5, 0.5))
    assert found.bid == pytest.approx((1.25, 1.25, 1.25))
    assert found.chance == 1.0
    assert found.by_means == pytest.approx((0.5, 1.25))


def test_the_rate_of_b_in_a_is_the_inverse_of_the_rate_of_a_in_b() -> None:
    model = build(small(VALUES, givers=GIVERS), draws=1024)
    one = counter.exchange_rate(model, ("relief", "all"), ("declaration", "full"))
    other = counter.exchange_rate(model, ("declaration", "full"), ("relief", "all"))
    assert one.chance == other.chance
    assert one.by_means is not None
    assert other.by_means is not None
    assert other.by_means == pytest.approx((1.0 / one.by_means[1], 1.0 / one.by_means[0]))


def test_no_rate_where_a_chit_benefits_its_giver_in_some_draws() -> None:
    values: Worth = {**VALUES, "dprk": {**VALUES["dprk"], "declaration": {"part": [-8, 0, 8], "full": [-22, -16, -12]}}}
    found = counter.exchange_rate(build(small(values, givers=GIVERS), draws=256), ("relief", "some"), ("declaration", "part"))
    assert found.undefined == {"declaration.part": pytest.approx(0.5, abs=0.01)}
    assert (found.ask, found.bid, found.chance, found.by_means) == (None, None, None, None)


def test_an_ask_is_infinite_where_a_chit_is_worth_nothing_to_the_other() -> None:
    values: Worth = {**VALUES, "dprk": {**VALUES["dprk"], "relief": {"some": [-1, 0, 1], "all": -5}}}
    model = build(small(values, givers=GIVERS), draws=256)
    found = counter.exchange_rate(model, ("relief", "all"), ("declaration", "full"))
    assert found.ask == (np.inf, np.inf, np.inf)
    assert found.chance == 0.0


def test_a_rate_needs_one_chit_of_each_side() -> None:
    model = build(small(VALUES, givers={**GIVERS, "relief": ["us", "dprk"]}), draws=64)
    with pytest.raises(BadArgument, match="both sides"):
        counter.exchange_rate(model, ("relief", "all"), ("declaration", "full"))
    model = build(small(VALUES, givers=dict.fromkeys(GIVERS, "us")), draws=64)
    with pytest.raises(BadArgument, match="same side"):
        counter.exchange_rate(model, ("relief", "all"), ("declaration", "full"))
    with pytest.raises(BadArgument, match="status quo"):
        counter.exchange_rate(model, ("relief", "none"), ("declaration", "full"))


def test_a_chit_is_valued_on_top_of_what_the_other_side_must_give_first() -> None:
    values = {
        "us": {"declaration": {"full": 20}, "relief": {"all": -16}, "visit": {"paid": -1}},
        "dprk": {"declaration": {"full": -12}, "relief": {"all": 24}, "visit": {"paid": 30}},
    }
    case = small(values, givers={**GIVERS, "visit": "us"}, issues={"declaration": {"requires": {"full": "visit.paid"}}})
    found = counter.exchange_rate(build(case, draws=64), ("relief", "all"), ("declaration", "full"))
    assert (found.presupposes, found.brings_b) == ({"visit": "paid"}, {})
    assert found.by_means == pytest.approx((0.5, 1.25))
    own = small(values, givers={**GIVERS, "visit": "dprk"}, issues={"declaration": {"requires": {"full": "visit.paid"}}})
    found = counter.exchange_rate(build(own, draws=64), ("relief", "all"), ("declaration", "full"))
    assert (found.presupposes, found.brings_b) == ({}, {"visit": "paid"})
    assert found.undefined == {"declaration.full": 0.0}
