"""Laws of the trade link, each against a twin that lists every package and walks every draw."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generators import build as small
from generators import cases
from oracles import deals as oracle
from summitry.deals import frontier, gates, outcomes, price, rung, swaps
from summitry.deals.cheapest import find_cheapest, spent
from summitry.deals.gates import accept
from summitry.deals.gates.gate import Subject, up
from summitry.errors import BadArgument, UnknownName
from summitry.evidence.conduct import record
from summitry.model import build
from summitry.sequence.critical_path import least_days

if TYPE_CHECKING:
    from summitry.case.types import Case
    from summitry.model import Model

VALUES = {
    "us": {"declaration": {"part": [8, 10, 14], "full": [16, 20, 28]}, "relief": {"some": [-6, -4, -3], "all": [-20, -15, -12]}},
    "dprk": {"declaration": {"part": [-8, -5, -3], "full": [-22, -16, -12]}, "relief": {"some": [6, 8, 11], "all": [18, 22, 28]}},
}
GIVERS = {"declaration": "dprk", "relief": "us"}


def model_of(case: Case, draws: int = 256) -> Model:
    return build(case, seed=1, draws=draws)


@given(cases(evidence=False))
@settings(max_examples=60)
def test_frontier_equals_the_undominated_of_all_packages(case: Case) -> None:
    model = model_of(case, 0)
    found = frontier.explore(model)
    assert {tuple(round(v, 9) for v in point.values.values()) for point in found.points} == oracle.efficient(model)
    for point in found.points:
        row = model.row(point.package)
        assert not model.faults(row)
        assert [oracle.value(model, tuple(row), p) for p in model.parties] == pytest.approx([*point.values.values()])


@given(cases(evidence=False))
@settings(max_examples=40)
def test_counts_of_equal_packages_are_those_of_the_list(case: Case) -> None:
    model = model_of(case, 0)
    found = frontier.explore(model)
    values = [tuple(round(oracle.value(model, row, p), 9) for p in model.parties) for row in oracle.packages(model)]
    for point in found.points:
        assert point.count == str(values.count(tuple(round(v, 9) for v in point.values.values())))


@given(cases(evidence=False))
@settings(max_examples=40)
def test_screened_probabilities_are_those_of_every_draw(case: Case) -> None:
    model = model_of(case, 64)
    rows = np.array(list(oracle.packages(model)))
    counted = swaps.odds(model, rows, 0.5)
    everyone, both = counted.everyone, counted.both
    for k, row in enumerate(rows):
        slow = oracle.joint(model, tuple(row))
        if slow[1] >= 0.5 or both[k] >= 0.5:
            assert (everyone[k], both[k]) == pytest.approx(slow)


@given(cases(evidence=False))
@settings(max_examples=40)
def test_cantelli_drops_no_package_that_is_accepted(case: Case) -> None:
    model = model_of(case, 64)
    rows = np.array(list(oracle.packages(model)))
    each = swaps.accepted(model, swaps.design(model, rows))
    assert np.array_equal(swaps.agreed(model, swaps.design(model, rows)), each.all(axis=1))
    accepted = each.mean(axis=2)
    for share in (0.2, 0.5, 0.9):
        need = np.full(len(model.parties), share)
        assert not ((accepted >= share).all(axis=1) & ~swaps.reachable(model, rows, need)).any()


def test_a_frontier_of_many_parties_is_cut_and_says_by_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    names = [f"p{k:02}" for k in range(12)]
    worth = {
        p: {f"i{i}": {"some": float(-rng.integers(4, 9) if i == k else rng.integers(0, 5))} for i in range(12)}
        for k, p in enumerate(names)
    }
    model = model_of(small(worth, givers={f"i{i}": names[i] for i in range(12)}), 0)
    assert frontier.most(model) == frontier.MOST_POINTS  # few packages
    monkeypatch.setattr(frontier, "LISTED", 0)
    cut, whole = frontier.explore(model), frontier.explore(model, limit=10_000)
    assert len(cut.points) <= frontier.MOST_OF_MANY < len(whole.points)
    assert whole.exact
    assert 0.0 < cut.epsilon <= 1.0
    span = model.value.reshape(12, -1, 2)
    reach = np.array([[*point.values.values()] for point in cut.points]) + cut.epsilon * np.ptp(span, axis=2).sum(axis=1) + 1e-9
    for point in np.array([[*p.values.values()] for p in whole.points])[:: max(1, len(whole.points) // 50)]:
        assert (reach >= point).all(axis=1).any()


@given(cases(parties=(2, 2), issues=(2, 4), evidence=False))
@settings(max_examples=60)
def test_price_is_the_cheapest_of_all_packages(case: Case) -> None:
    model = model_of(case, 64)
    payer, giver = model.parties
    theirs = [i for i in range(len(model.issues)) if model.giver[i, 1]]
    assume(theirs)
    closure = np.zeros(len(model.issues), dtype=np.int64)
    closure[theirs[0]] = 1
    own = model.giver[:, 0] & ~model.giver[:, 1]
    for at in (0.3, 0.5, 0.8):
        slow = oracle.cheapest(model, payer, giver, tuple(closure), at)
        fast = find_cheapest(model, 0, [1], closure, own, at)
        assert fast.proven
        if slow is None:
            assert fast.package is None
            assert fast.probability < at
        else:
            assert fast.package is not None
            paid = spent(model, 0, fast.package, closure, own)
            assert (paid, fast.probability) == pytest.approx(slow)


@given(cases(parties=(3, 3), issues=(2, 4), options=(2, 3), evidence=False, back_tables=False), st.sampled_from((0.3, 0.5, 0.8)))
@settings(max_examples=80)
def test_what_others_must_give_is_the_fewest_moves_of_all_packages(case: Case, at: float) -> None:
    model = model_of(case, 64)
    for issue, option, payer in _deliverables(model):
        p = model.party(payer)
        givers = [model.parties[g] for g in np.flatnonzero(model.giver[model.issues.index(issue)])]
        closure = model.closure(model.row({issue: option}))
        own = model.given_by(p)
        mine = np.flatnonzero(own).tolist()
        for alone in (True, False):
            slow = oracle.bought(model, payer, givers, tuple(closure.tolist()), mine, at, alone=alone)
            fast = find_cheapest(model, p, [model.party(g) for g in givers], closure, own, at, alone=alone)
            assert fast.proven
            assert (fast.package is None) == (slow is None)
            if fast.package is not None and slow is not None:
                moves = 0 if alone else int(((fast.package > closure) & ~own).sum())
                cost = oracle.value(model, tuple(closure), payer) - oracle.value(model, tuple(fast.package), payer)
                assert (moves, cost, fast.probability) == pytest.approx(slow)


@given(cases(parties=(3, 3), issues=(2, 4), options=(2, 3), evidence=False, back_tables=False))
@settings(max_examples=40)
def test_nothing_is_called_not_for_sale_that_some_package_buys(case: Case) -> None:
    model = model_of(case, 64)
    for issue, option, payer in _deliverables(model):
        found = price.price_deliverable(model, issue, option, payer=payer)
        closure, givers = model.row(found.closure), set(np.flatnonzero(model.giver[model.issues.index(issue)]))
        buying = [
            row
            for row in oracle.packages(model)
            if (np.array(row) >= closure).all()
            and all(
                oracle.accepts(model, row, party) >= found.at
                for k, party in enumerate(model.parties)
                if k in givers or (party != payer and oracle.moves(model, row, party))
            )
        ]
        assert (found.state == "not for sale") == (not buying)
        if found.price is None:
            assert found.probability < found.at
            continue
        whole = np.maximum(model.row(found.package), closure)
        assert tuple(whole.tolist()) in buying
        given_by = {(i, o) for one in found.payers for i, o in one.gives.items()}
        assert given_by == set(found.package.items()) | {x for x in given_by if x[1] == found.closure.get(x[0])}
        own = next((one for one in found.payers if one.party == payer), None)
        assert found.price == pytest.approx(0.0 if own is None else own.cost)


@given(cases(parties=(2, 2), issues=(2, 4), evidence=False, back_tables=False))
@settings(max_examples=40)
def test_the_price_of_nothing_is_paid_with_nothing_that_others_must_give(case: Case) -> None:
    model = model_of(case, 64)
    for issue, option, payer in _deliverables(model):
        own = model.given_by(model.party(payer))
        giver = next(party for party in model.parties if party != payer)
        costs = [
            -oracle.value(model, row, payer)
            for row in oracle.packages(model)
            if not np.array(row)[~own].any() and oracle.accepts(model, row, giver) >= model.settings.price_at
        ]
        found = price.price_deliverable(model, issue, option, payer=payer)
        assert found.price_of_nothing == (pytest.approx(min(costs)) if costs else None)


@given(cases(parties=(2, 3), issues=(3, 4), options=(2, 3), evidence=False, back_tables=False), st.data())
@settings(max_examples=60)
def test_a_stricter_prerequisite_never_makes_a_thing_cheaper(case: Case, data: st.DataObject) -> None:
    model = model_of(case, 64)
    some = _deliverables(model)
    assume(some)
    issue, option, payer = data.draw(st.sampled_from(some))
    p = model.party(payer)
    late, early = sorted(data.draw(st.sets(st.integers(0, len(model.issues) - 1), min_size=2, max_size=2)), reverse=True)
    pair = int(model.first[late]) + 1, int(model.first[early]) + 1
    strict = replace(model, needs=tuple(sorted({*model.needs, pair})))
    loose, dear = (price.price_deliverable(m, issue, option, payer=payer) for m in (model, strict))
    if dear.price is not None:
        assert loose.price is not None
    mine = model.given_by(p)[early] and not any(q == pair[1] for q, _ in model.needs)
    if dear.price is not None and dear.alone and mine:
        assert loose.alone
        assert loose.price is not None
        assert loose.price <= dear.price + 1e-9


def _deliverables(model: Model) -> list[tuple[str, str, str]]:
    """The first move of every issue that some party alone gives, each with another party that may ask its price."""
    found = []
    for i, issue in enumerate(model.issues):
        givers = np.flatnonzero(model.giver[i])
        if len(givers) == 1:
            payer = next(k for k in range(len(model.parties)) if k != givers[0])
            found.append((issue, model.options[i][1], model.parties[payer]))
    return found


@given(cases(parties=(2, 2), issues=(2, 4), evidence=False, prerequisites=False))
@settings(max_examples=60)
def test_a_price_names_the_cheapest_package_within_two_sampling_errors(case: Case) -> None:
    model = model_of(case, 64)
    payer, giver = model.parties
    theirs = [i for i in range(len(model.issues)) if model.giver[i, 1] and not model.giver[i, 0]]
    assume(theirs)
    issue = model.issues[theirs[0]]
    option = model.options[theirs[0]][1]
    closure = tuple(model.row({issue: option}).tolist())
    for at in (0.3, 0.5, 0.8):
        error = math.sqrt(at * (1 - at) / 64)
        found = price.price_deliverable(model, issue, option, payer=payer, at=at)
        slow = oracle.cheapest(model, payer, giver, closure, at - 2 * error)
        if found.price is None:
            assert found.near is None
        elif not found.alone:
            assert oracle.cheapest(model, payer, giver, closure, at) is None
            assert found.near is None
        elif found.near is None:
            assert slow is not None
            assert found.price == pytest.approx(slow[0])
        else:
            assert (found.price - found.near.saved, found.near.chance) == pytest.approx(slow)
            assert at - 2 * error <= found.near.chance < at
            assert found.near.error == pytest.approx(error)


def test_price_of_a_declaration_is_what_buys_it() -> None:
    model = model_of(small(VALUES, givers=GIVERS), 4096)
    found = price.price_deliverable(model, "declaration", "full", payer="us", at=0.5)
    assert found.state == "buyable"
    assert found.package == {"relief": "all"}
    assert found.price == pytest.approx((20 + 4 * 15 + 12) / 6)
    assert found.worth_alone == pytest.approx((16 + 4 * 20 + 28) / 6)
    assert found.price_of_nothing == 0.0


def test_price_refuses_what_is_not_the_other_sides() -> None:
    model = model_of(small(VALUES, givers=GIVERS))
    with pytest.raises(BadArgument, match="not another side's"):
        price.price_deliverable(model, "relief", "some", payer="us")
    with pytest.raises(BadArgument, match="status quo"):
        price.price_deliverable(model, "declaration", "none", payer="us")
    with pytest.raises(UnknownName, match="Did you mean 'full'"):
        price.price_deliverable(model, "declaration", "ful", payer="us")


def test_price_says_not_for_sale_where_all_giveaways_do_not_suffice() -> None:
    values = {**VALUES, "dprk": {**VALUES["dprk"], "relief": {"some": [1, 2, 3], "all": [2, 3, 4]}}}
    found = price.price_deliverable(model_of(small(values, givers=GIVERS)), "declaration", "full", payer="us")
    assert (found.state, found.price, found.proven) == ("not for sale", None, True)
    assert found.probability < found.at


@given(cases(parties=(2, 2), issues=(2, 4), evidence=False))
@settings(max_examples=40)
def test_first_rung_is_the_most_substantive_of_all_that_pass_in_time(case: Case) -> None:
    model = model_of(case, 64)
    found = rung.first_rung(model, model.parties[0])
    rows = np.array([row for row in oracle.packages(model) if any(row)]).reshape(-1, len(model.issues))
    rows = rows[least_days(model, rows) <= case.file.settings.horizon]
    passing = [k for k, row in enumerate(rows) if oracle.joint(model, tuple(row))[1] >= 0.5]
    if found.best is None:
        theirs = {i for i in range(len(model.issues)) if model.giver[i, 1]}
        assert not [k for k in passing if 1 <= sum(bool(rows[k][i]) for i in theirs) <= 2]
    else:
        worth = outcomes.substance(model, rows)[:, 0]
        assert found.best.moves
        assert found.best.joint >= 0.5
        assert found.best.substance[model.parties[0]] <= max(worth[passing]) + 1e-9
        assert found.best.passed


@given(cases(evidence=False))
@settings(max_examples=40)
def test_substance_lies_between_nothing_and_everything(case: Case) -> None:
    model = model_of(case, 0)
    rows = np.array(list(oracle.packages(model)))
    share = outcomes.substance(model, rows)
    assert ((share >= 0.0) & (share <= 1.0 + 1e-12)).all()
    assert (share[~rows.any(axis=1)] == 0.0).all()


def test_marginal_probabilities_are_never_multiplied() -> None:
    case = small(VALUES, givers=GIVERS, settings={"correlation": 0.0})
    model = model_of(case, 4096)
    verdict = gates.judge(model, model.row({"declaration": "part", "relief": "some"}))
    drawn = Subject(model, model.row({"declaration": "part", "relief": "some"})).chances
    assert verdict.joint == drawn.all_accept.mean()


def test_a_law_blocks_what_it_forbids_and_its_waiver_opens_it() -> None:
    law = {"party": "us", "name": "Sanctions act", "forbids": ["relief.all"], "source": "made for a test"}
    seats = {"congress": {"positions": {"relief": {"some": [1, 2, 3], "all": [1, 2, 3]}}}}
    case = small(
        VALUES,
        givers=GIVERS,
        laws=[law],
        constituencies={"us": {"congress": {"name": "Congress", "role": "veto"}}},
        preferences={"us": {"back_table": {"seats": seats}}},
    )
    model = model_of(case)
    package = model.row({"declaration": "full", "relief": "all"})
    verdict = gates.judge(model, package)
    ratify = next(g for g in verdict.gates if g.name == "ratify")
    assert ratify.passed is False
    assert ratify.who == ("us: Sanctions act",)
    assert verdict.ratify["us"] == 0.0
    assert any(change.what.code == "change.laws" for change in gates.openings(model, package))
    waived = small(
        VALUES,
        givers=GIVERS,
        laws=[{**law, "waiver": [1, 1, 1]}],
        constituencies={"us": {"congress": {"name": "Congress", "role": "veto"}}},
        preferences={"us": {"back_table": {"seats": seats}}},
    )
    assert gates.judge(model_of(waived), package).ratify["us"] == 1.0


def test_a_flip_named_for_a_rung_flips_it() -> None:
    case = small(VALUES, givers=GIVERS, reservation={"us": [0, 1, 2], "dprk": [0, 1, 2]})
    model = model_of(case, 1024)
    package = model.row({"declaration": "part", "relief": "some"})
    assert gates.judge(model, package).joint >= 0.5
    flips = [change.what for change in gates.flips(model, package)]
    what = next(w for w in flips if w.code == "change.reservation" and w.values["party"] == "us")
    shift = what.values["after"] - what.values["before"]
    moved = small(
        VALUES, givers=GIVERS, reservation={"us": [0 + shift + 0.2, 1 + shift + 0.2, 2 + shift + 0.2], "dprk": [0, 1, 2]}
    )
    assert gates.judge(model_of(moved, 1024), package).joint < 0.5


@given(cases(evidence=False))
@settings(max_examples=60)
def test_the_zone_is_the_part_of_the_frontier_above_every_reservation_value(case: Case) -> None:
    model = model_of(case, 0)
    whole, zone = frontier.explore(model), frontier.explore(model, zone=True)
    inside = [p for p in whole.points if all(p.values[party] >= least - 1e-9 for party, least in whole.reservation.items())]
    assert list(zone.points) == [replace(p, count=None) for p in inside]
    assert zone.solutions == whole.solutions


@given(cases(parties=(2, 3), issues=(1, 3), evidence=False))
@settings(max_examples=40)
def test_the_shift_that_is_said_to_open_a_gate_opens_it(case: Case) -> None:
    model = model_of(case, 64)
    for row in list(oracle.packages(model))[:6]:
        drawn = outcomes.chances(model, np.array(row))
        for holds in (np.ones(model.draws, dtype=np.bool_), np.asarray(drawn.ratified.all(axis=0))):
            shift = accept.lift(drawn.margin, holds, 0.5)
            if shift is None:
                assert holds.mean() < 0.5
            else:
                raised = drawn.margin + np.array([up(float(s)) for s in shift])[:, None]
                assert ((raised >= -1e-9).all(axis=0) & holds).mean() >= 0.5


def test_the_constituency_that_is_named_carries_its_home_with_the_shift_that_is_named() -> None:
    seats = {
        "house": {"influence": 2, "positions": {"relief": {"some": [-3, -2, -1], "all": [-5, -4, -3]}}},
        "court": {"influence": 1, "positions": {"relief": {"some": [-1, 1, 2], "all": [-2, 0, 2]}}},
    }
    people = {"us": {"house": {"name": "House"}, "court": {"name": "Court"}}}
    made = small(VALUES, givers=GIVERS, constituencies=people, preferences={"us": {"back_table": {"seats": seats}}})
    model = model_of(made, 1024)
    package = model.row({"declaration": "part", "relief": "some"})
    assert gates.judge(model, package).ratify["us"] == 0.0
    change = next(c for c in gates.openings(model, package) if c.what.values.get("seat") == "us/house")
    assert change.gate == "ratify"
    shift = change.what.values["after"]
    moved = {**seats, "house": {**seats["house"], "threshold": [-shift, -shift, -shift]}}
    opened = small(VALUES, givers=GIVERS, constituencies=people, preferences={"us": {"back_table": {"seats": moved}}})
    assert (gates.judge(model_of(opened, 1024), package).ratify["us"] or 0.0) >= 0.5
    closer = {**seats, "house": {**seats["house"], "threshold": [-shift * 0.9] * 3}}
    still = small(VALUES, givers=GIVERS, constituencies=people, preferences={"us": {"back_table": {"seats": closer}}})
    assert (gates.judge(model_of(still, 1024), package).ratify["us"] or 0.0) < 0.5


def test_who_gains_nothing_by_a_deal_is_not_told_that_more_trust_would_do() -> None:
    values = {"a": {"x": {"o": [-3, -2, -1]}, "y": {"o": [0, 1, 2]}}, "b": {"x": {"o": [0, 1, 2]}, "y": {"o": [-3, -2, -1]}}}
    believed = {p: {"trust": {q: {"prior": [0.3, 0.5, 0.7]}}} for p, q in (("a", "b"), ("b", "a"))}
    case = small(values, givers={"x": "a", "y": "b"}, preferences=believed)
    made = build(case, record=record(case))
    verdict = gates.judge(made, made.row({"x": "o", "y": "o"}), title="both lose")
    trust = next(gate for gate in verdict.gates if gate.name == "trust")
    assert trust.passed is False
    assert trust.why.code == "gate.trust.hopeless"
    assert not [c for c in gates.openings(made, made.row(verdict.moves)) if c.what.code == "change.belief"]


def test_what_is_free_costs_nothing_and_not_minus_nothing() -> None:
    values = {"a": {"x": {"o": [1, 2, 3]}}, "b": {"x": {"o": [1, 2, 3]}}}
    found = price.price_deliverable(model_of(small(values, givers={"x": "b"})), "x", "o", payer="a")
    assert (found.state, str(found.price), str(found.price_of_nothing)) == ("free", "0.0", "0.0")


def test_what_may_not_be_formed_is_said_in_titles_with_what_must_change() -> None:
    issues = {"relief": {"requires": {"some": "declaration.full"}, "excludes": {"all": "declaration.part"}}}
    preferences = {"dprk": {"mandate": {"declaration": {"part": "never"}}}}
    model = model_of(small(VALUES, givers=GIVERS, issues=issues, preferences=preferences), 64)
    lacking, barred = (model.row({"declaration": "part", "relief": option}) for option in ("some", "all"))
    why = {gate.name: gate.why for gate in gates.judge(model, lacking).gates}["prerequisites"]
    assert [(fault.code, fault.values["move"]) for fault in why.values["faults"]] == [
        ("fault.mandate", "declaration.part"),
        ("fault.requires", "relief.some"),
    ]
    opens = [c.what for c in gates.openings(model, lacking) if c.gate == "prerequisites"]
    assert [what.code for what in opens] == ["change.mandate", "change.requires"]
    assert (opens[1].values["before"], opens[1].values["after"]) == ("declaration.part", "declaration.full")
    assert str(model.faults(lacking)[0]) == "Issue declaration: part is outside its giver's mandate (never)"
    assert str(model.faults(barred)[-1]) == "Issue relief: all excludes Issue declaration: part"
