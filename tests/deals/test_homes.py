"""Laws of the homes: what each carries is what the slow twin counts, and every change that is named carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from generators import build as small
from generators import cases
from oracles import deals as oracle
from summitry import case
from summitry.deals import homes, winset
from summitry.errors import LinkMissing
from summitry.model import build

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.case.types import Case
    from summitry.model import Model

DRAWS = 96


def share(model: Model, row: NDArray[np.int64], *, accept: bool = False) -> float:
    """The share of draws in which every home carries a package, each draw walked."""
    yes = np.ones(model.draws, dtype=np.bool_)
    for party in model.homes:
        yes &= np.array(oracle.carries(model, party, model.columns(row)))
    if accept:
        yes &= (model.values(row) >= model.reserve_drawn - 1e-9).all(axis=0)
    return float(yes.mean())


@given(cases(issues=(2, 3), options=(2, 3), evidence=False))
@settings(max_examples=12)
def test_win_sets_count_what_the_slow_twin_counts(drawn: Case) -> None:
    model = build(drawn, draws=DRAWS)
    found = winset.win_sets(model, model.parties[0])
    rows = [np.array(row) for row in oracle.packages(model) if any(row)]
    assert (found.complete, found.packages) == (True, len(rows))
    single = {
        party: [np.mean(oracle.carries(model, party, model.columns(row))) >= found.needed for row in rows]
        for party in model.homes
    }
    assert {home.party: home.count for home in found.homes} == {party: sum(yes) for party, yes in single.items()}
    common = [row for row in rows if share(model, row) >= found.needed]
    assert (found.each, found.common) == (sum(map(all, zip(*single.values(), strict=True))), len(common))
    assert found.accepted == sum(share(model, row, accept=True) >= found.needed for row in common)
    for party, best in found.best.items():
        values = [model.means(row[None, :])[0][model.party(party)] for row in common]
        assert best.values[party] == pytest.approx(max(values))
        assert best.probability >= found.needed


def test_an_ally_s_options_are_not_a_party_s_own_and_shared_ones_say_so() -> None:
    worth = {p: {"x": {"some": [-3, -2, -1]}, "y": {"some": [-1, 0, 1]}, "z": {"some": [1, 2, 3]}} for p in ("a", "b", "c")}
    table = {"back_table": {"seats": {"house": {"positions": {"y": {"some": 1}}}}}}
    made = build(
        small(
            worth,
            givers={"x": "a", "y": "b", "z": ["a", "b", "c"]},
            parties={"a": {"name": "A", "coalition": "l"}, "b": {"name": "B", "coalition": "l"}, "c": {"name": "C"}},
            preferences={"b": table},
            constituencies={"b": {"house": {"name": "House"}}},
            coalitions={"l": {"name": "League", "lead": "a"}},
        ),
        draws=DRAWS,
    )
    told = {o.issue: (o.own, o.shared) for o in homes.options(made, "b")}
    assert told == {"x": (False, ("a",)), "y": (True, ()), "z": (True, ("a", "c"))}
    (home,) = winset.win_sets(made, "a").homes
    assert "x" not in home.most
    assert set(home.most) == {"y", "z"}


@pytest.mark.parametrize("name", ["supply-contract", "korea-2019"])
def test_the_chance_of_every_option_and_package_is_that_of_the_home(name: str) -> None:
    model = build(case.load(name), draws=256)
    for party, home in model.homes.items():
        rows = [model.row(idea.package) for idea in model.ideas.values()]
        expected = [home.ratified(model.columns(row)).mean() for row in rows]
        assert homes.chance(model, party, np.array(rows)) == pytest.approx(expected, abs=0.0)
        for option in homes.options(model, party):
            row = model.row({**option.brings, option.issue: option.option})
            assert option.ratified == home.ratified(model.columns(row)).mean()


def test_every_change_that_is_named_carries_the_package() -> None:
    model = build(case.load("korea-2019"), draws=1024)
    package = model.row({"us-sanctions": "suspended", "inspectors": "challenge", "declaration": "weapons"})
    found = homes.support(model, "us", package)
    home, columns = model.homes["us"], model.columns(package)
    assert found.probability < 0.5
    assert found.laws
    for change in found.changes:
        what, effect = change.what, change.effect.code
        if what.code == "change.laws":
            chances = np.array([1.0 if f"us: {law.name}" in what.values["laws"] else law.chance for law in home.laws])
            if effect != "effect.not enough":
                assert home.ratified(columns, waiver=chances).mean() >= 0.5
        elif what.code == "change.seat":
            shift = np.zeros(len(home.seats))
            shift[home.seats.index(what.values["seat"].removeprefix("us/"))] = what.values["after"]
            lifted = np.ones(len(home.laws)) if effect == "effect.carries lawless" else None
            assert home.ratified(columns, shift, lifted).mean() >= 0.5
        else:
            assert what.code == "change.option"
            less = model.row({**model.named(package), what.values["issue"]: what.values["after"].partition(".")[2]})
            assert home.ratified(model.columns(less)).mean() >= 0.5


def test_the_least_shift_is_the_least() -> None:
    model = build(case.load("korea-2019"), draws=1024)
    package = model.row(model.ideas["relief-for-inspectors"].package)
    what = next(c.what for c in homes.support(model, "dprk", package).changes if c.what.code == "change.seat")
    home, columns, points = model.homes["dprk"], model.columns(package), what.values["after"]
    for c, seat in enumerate(home.seats):
        less = np.zeros(len(home.seats))
        less[c] = 0.97 * points
        assert home.ratified(columns, less).mean() < 0.5
        less[c] = points
        assert (home.ratified(columns, less).mean() >= 0.5) == (what.values["seat"] == f"dprk/{seat}")


def test_where_all_homes_carry_it_nothing_needs_to_change() -> None:
    model = build(case.load("supply-contract"), draws=256)
    found = homes.put_to_homes(model, np.zeros(len(model.issues), dtype=np.int64))
    for support in found.homes:
        assert (support.probability >= found.needed) == (support.changes == ())


def test_a_median_is_the_least_value_that_half_of_the_weight_reaches() -> None:
    assert homes.weighted_median(np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3])) == 1.0
    assert homes.weighted_median(np.array([3.0, 1.0, 2.0]), np.array([0.4, 0.3, 0.3])) == 2.0


def test_a_case_without_back_tables_says_what_to_add() -> None:
    model = build(small({"us": {"x": {"some": 1}}, "dprk": {"x": {"some": -1}}}), draws=64)
    with pytest.raises(LinkMissing, match="back_table"):
        homes.put_to_homes(model, model.row({"x": "some"}))
