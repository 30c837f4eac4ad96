"""From which value others say yes: the published form, kept apart from gains, loads and our own answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

import generators
from summitry import case
from summitry.case.rows import Evidence, Position
from summitry.deals import swaps
from summitry.deals.fair import fair_values, hopeful
from summitry.deals.outcomes import chances
from summitry.interests.acceptance import RANGES, slips
from summitry.model import Model, build

if TYPE_CHECKING:
    from summitry.case.types import Case

DRAWS = 16384


def talk(*, slip: float = 0.2, answers: str = "closing", **more: object) -> Case:
    """Two sides with known values: we give an amount of 0 to 10, worth as much to them; they give a thing worth 10 to us."""
    amounts = {f"a{k}": -k for k in range(1, 11)}
    values = {
        "us": {"pay": amounts, "thing": {"all": 10}},
        "dprk": {"pay": {o: -v for o, v in amounts.items()}, "thing": {"all": -2}},
    }
    return generators.build(
        values,
        givers={"pay": "us", "thing": "dprk"},
        settings={"principal": "us", "slip": slip, "answers": answers, "draws": DRAWS},
        **more,  # type: ignore[arg-type]
    )


def model_of(made: Case) -> Model:
    return hopeful(build(made))


def chance(made: Model, moves: dict[str, str], party: str) -> float:
    return float(chances(made, made.row(moves)).accepted[made.party(party)].mean())


@pytest.mark.parametrize("answers", ["closing", "open"])
@pytest.mark.parametrize("pay", [1, 3, 6, 8])
def test_a_known_value_is_accepted_as_often_as_the_published_form_says(answers: str, pay: int) -> None:
    made = model_of(talk(answers=answers))
    gain = pay - 2.0
    fair = float(fair_values(made)[1])
    low, mode, high = RANGES[answers]
    share = (mode - low) / (high - low)
    below = beta(1.0 + 4.0 * share, 5.0 - 4.0 * share).cdf((gain / fair - low) / (high - low))
    assert fair == 4.0  # of the twelve at hand each has half: it pays 6 for what is worth 10 to us and costs 2
    assert chance(made, {"pay": f"a{pay}", "thing": "all"}, "dprk") == pytest.approx(0.1 + 0.8 * below, abs=0.01)


def test_only_the_others_hope_and_slip() -> None:
    made = model_of(talk())
    assert (made.answers.bar[0] == made.reserve_drawn[0]).all()
    assert (np.abs(made.answers.slips).mean(axis=1) == [0.0, pytest.approx(0.2, abs=1e-3)]).all()
    assert chance(made, {"pay": "a10", "thing": "all"}, "us") == 1.0
    assert chance(made, {"thing": "all"}, "dprk") == pytest.approx(0.1, abs=0.001 + 0.8 * 0.01)


def test_what_no_deal_is_worth_measures_gain_and_nothing_else_moves_it() -> None:
    made, bare = model_of(talk()), build(talk())
    package = made.row({"pay": "a6", "thing": "all"})
    assert (chances(made, package).gain == chances(bare, package).gain).all()
    assert (chances(bare, package).margin == chances(bare, package).gain).all()


def test_a_stated_aspiration_stands_and_no_zone_gives_none() -> None:
    stated = model_of(talk(slip=0.0, preferences={"dprk": {"aspiration": [3.0, 3.0, 3.0]}}))
    assert (stated.answers.bar[1] == 3.0).all()
    hopeless = model_of(talk(slip=0.0, reservation={"us": 20}))
    assert np.isnan(fair_values(hopeless)).all()
    assert (hopeless.answers.bar == hopeless.reserve_drawn).all()
    assert hopeless.answers.by_no_deal[1]
    assert not stated.answers.by_no_deal[1]


@given(
    slip=st.floats(0.0, 0.9),
    others=st.integers(0, 4),
    draws=st.integers(64, 400),
    seed=st.integers(0, 5),
)
def test_one_slip_a_talk_and_every_answer_to_it_as_often_as_any_other(slip: float, others: int, draws: int, seed: int) -> None:
    found = slips(seed, slip, range(1, others + 1), others + 2, draws)
    assert not found[[0, others + 1]].any()
    some = found[1 : others + 1, np.abs(found).any(axis=0)]
    if others:
        assert (some != 0).all()  # in a talk that slips all do
        assert some.shape[1] == round(slip * draws)
        counts = [int(np.all(np.array(answer) == some.T, axis=1).sum()) for answer in product((1, -1), repeat=others)]
        assert max(counts) - min(counts) <= 1


def test_several_others_all_accept_as_often_as_the_form_of_one_slip_says() -> None:
    made = hopeful(build(case.load("korea-2019"), homes=False, draws=DRAWS))
    for idea in made.idea_rows():
        values = made.values(idea)
        ours = values[0] >= made.reserve_drawn[0] - 1e-9
        others = (values[1:] >= made.answers.aspiration[1:] - 1e-9).all(axis=0)
        wanted = float((ours * (0.2 * 2.0**-2 + 0.8 * others)).mean())
        assert float(chances(made, idea).all_accept.mean()) == pytest.approx(wanted, abs=0.02)


@settings(max_examples=25, deadline=None)
@given(generators.cases(), st.integers(0, 3))
def test_more_for_a_party_is_never_accepted_less_and_the_screen_drops_nothing(drawn: Case, seed: int) -> None:
    made = hopeful(build(drawn, seed=seed, draws=256))
    rng = np.random.default_rng(seed)
    packages = swaps.lawful(made, (rng.integers(0, made.sizes, (40, len(made.issues)))).astype(np.int64))
    shares = swaps.accepted(made, swaps.design(made, packages)).mean(axis=2)
    for p in range(len(made.parties)):
        richer = replace(made, value_draws=made.value_draws + 0.5 * (np.arange(len(made.parties)) == p)[:, None, None])
        moved = packages.any(axis=1)
        more = swaps.accepted(richer, swaps.design(made, packages)).mean(axis=2)
        assert (more[moved, p] >= shares[moved, p]).all()
    for needed in (0.05, 0.3, 0.6, 0.95):
        kept = swaps.reachable(made, packages, np.full(len(made.parties), needed))
        assert not ((shares >= needed).all(axis=1) & ~kept).any()


def test_a_giver_accepts_its_own_offer_of_today_and_whatever_is_as_good_for_it() -> None:
    def said(status: str, issue: str, option: str) -> Position:
        row = {
            "date": "2019-01-09",
            "party": "dprk",
            "issue": issue,
            "option": option,
            "status": status,
            "source": "x",
            "offer": "a",
        }
        return Position.model_validate(row)

    rows = (said("offered", "thing", "all"), said("demanded", "pay", "a3"))
    made, silent = model_of(talk(evidence=Evidence(positions=rows))), model_of(talk())
    own = {"thing": "all", "pay": "a3"}
    assert chance(made, own, "dprk") == chance(made, {"thing": "all", "pay": "a7"}, "dprk") == 1.0
    assert chance(silent, own, "dprk") < 0.6
    assert chance(made, {"thing": "all", "pay": "a2"}, "dprk") == chance(silent, {"thing": "all", "pay": "a2"}, "dprk")
    contrary = model_of(talk(evidence=Evidence(positions=rows), reservation={"dprk": 4}))  # its offer is worth 1 to it
    assert chance(contrary, own, "dprk") < 0.2
    reopened = replace(made, bounds=made.bounds.reopened())
    assert chance(reopened, own, "dprk") == chance(silent, own, "dprk")


@settings(max_examples=25, deadline=None)
@given(generators.cases(), st.floats(-20.0, 20.0))
def test_a_number_added_to_every_package_and_to_no_deal_changes_no_answer(drawn: Case, extra: float) -> None:
    made = hopeful(build(drawn, draws=256))
    shifted = replace(made, reserve_drawn=made.reserve_drawn - extra, fair=None if made.fair is None else made.fair - extra)
    assert shifted.answers.aspiration + extra == pytest.approx(made.answers.aspiration, abs=1e-9)
    assert (shifted.answers.slips == made.answers.slips).all()
