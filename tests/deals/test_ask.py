"""Laws of the best ask and of what questions are worth, against a twin that lists every package and walks every draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from generators import build as small
from generators import cases
from oracles import asks as oracle
from summitry import load
from summitry.deals import ask, information, swaps
from summitry.errors import LinkMissing, UnknownName
from summitry.model import build

if TYPE_CHECKING:
    from generators import Worth
    from summitry.case.types import Case

VALUES: Worth = {
    "us": {"declaration": {"part": 10, "full": 20}, "relief": {"some": -4, "all": -12}},
    "dprk": {"declaration": {"part": -5, "full": -16}, "relief": {"some": 8, "all": 20}},
}
GIVERS = {"declaration": "dprk", "relief": "us"}


def flat(found: ask.AskAnswer) -> tuple[object, ...]:
    return found.expected, found.perfect, found.best, found.leaders, found.questions


@given(cases(evidence=False, issues=(1, 3)))
@settings(max_examples=40)
def test_best_ask_is_the_best_of_all_packages(case: Case) -> None:
    model = build(case, seed=1, draws=64)
    for principal in model.parties:
        found = ask.best_ask(model, principal)
        assert (found.expected, found.perfect) == pytest.approx(oracle.best_ask(model, principal), abs=1e-9)
        assert found.regret == pytest.approx(found.perfect - found.expected)
        if found.best is not None:
            paid = oracle.pays(model, tuple(model.row(found.best.moves)), principal)
            assert found.best.expected == pytest.approx(sum(paid) / model.draws, abs=1e-9)


@given(cases(evidence=False, issues=(1, 3)))
@settings(max_examples=30)
def test_every_draw_has_one_best_ask_or_none(case: Case) -> None:
    model = build(case, seed=1, draws=64)
    found = ask.best_ask(model, model.parties[0])
    listed = sum(a.share for a in found.leaders)
    assert listed + found.unlisted_share + found.no_ask_share == pytest.approx(1.0)
    assert (found.unlisted == 0) == (found.unlisted_share == pytest.approx(0.0, abs=1e-12))


@given(cases(evidence=False, issues=(1, 3)))
@settings(max_examples=15)
def test_no_question_is_worth_more_than_knowing_everything(case: Case) -> None:
    model = build(case, seed=1, draws=256)
    found = ask.best_ask(model, model.parties[0])
    assert all(0.0 <= q.worth <= found.regret + 1e-9 for q in found.questions)
    assert list(found.questions) == sorted(found.questions, key=lambda q: -q.worth)


def test_without_uncertainty_there_is_no_regret_and_nothing_to_ask() -> None:
    found = ask.best_ask(build(small(VALUES, givers=GIVERS), draws=256), "us")
    assert found.best is not None
    assert found.best.moves == {"declaration": "full", "relief": "all"}
    assert (found.expected, found.regret, found.questions) == (8.0, 0.0, ())
    assert found.best.probability == 1.0


def test_knowing_the_only_uncertain_number_is_worth_the_regret() -> None:
    # Full for all pays 15 where they reserve at most 4; part for all pays 5 whatever they reserve.
    values: Worth = {**VALUES, "us": {**VALUES["us"], "relief": {"some": -4, "all": -5}}}
    found = ask.best_ask(build(small(values, givers=GIVERS, reservation={"dprk": [0, 4, 12]}), seed=3, draws=4096), "us")
    assert [(q.kind, q.party) for q in found.questions] == [("reservation", "dprk")]
    assert found.regret > 1.0
    assert found.questions[0].worth == pytest.approx(found.regret, rel=0.1)
    assert found.questions[0].expected == pytest.approx(found.expected + found.questions[0].worth)


def test_a_number_that_changes_no_payment_is_worth_nothing() -> None:
    values: Worth = {**VALUES, "dprk": {**VALUES["dprk"], "anthem": {"played": [-2, 1, 2]}}}
    case = small(values, givers={**GIVERS, "anthem": "dprk"}, reservation={"dprk": [-50, -49, -48]})
    found = ask.best_ask(build(case, seed=3, draws=1024), "us")
    assert {q.about: q.worth for q in found.questions} == {("anthem",): 0.0, (): 0.0}


def test_questions_agree_with_conditional_means_over_many_draws() -> None:
    # Two asks and one number u: the first pays 2u, the second pays 1 whatever u is. Knowing u is worth E max(2u, 1) - 1 = 1/4.
    model = build(small(VALUES, givers=GIVERS, reservation={"dprk": [0, 4, 12]}), seed=3, draws=4096)
    (number,) = information.numbers(model)
    pays = np.stack([2.0 * number.at, np.ones(4096)])
    (q,) = information.worth(model, pays, 1)
    assert q.worth == pytest.approx(0.25, abs=0.01)
    assert q.switches == pytest.approx(0.5, abs=0.02)
    assert (q.low, q.high) == pytest.approx((1.0, 1.0))


def test_noise_does_not_look_like_information() -> None:
    model = build(small(VALUES, givers=GIVERS, reservation={"dprk": [0, 4, 12]}), seed=3, draws=1024)
    pays = np.random.default_rng(5).normal(size=(200, 1024))
    (q,) = information.worth(model, pays, int(pays.mean(axis=1).argmax()))
    assert q.worth <= 2.0 * q.error


def test_a_law_that_may_be_waived_is_a_question() -> None:
    law = {"party": "us", "name": "Act", "forbids": ["relief.all"], "waiver": [0.5, 0.5, 0.5], "source": "made for a test"}
    seats = {"house": {"positions": {"relief": {"some": 1, "all": 1}}}}
    case = small(
        VALUES,
        givers=GIVERS,
        laws=[law],
        constituencies={"us": {"house": {"name": "House"}}},
        preferences={"us": {"back_table": {"seats": seats}}},
    )
    found = ask.best_ask(build(case, draws=1024), "us")
    (question,) = found.questions
    assert (question.kind, question.about) == ("law", ("Act",))
    assert question.low == pytest.approx(6.0)
    assert found.expected == pytest.approx(6.0)
    assert question.worth == pytest.approx(found.regret, rel=0.02)


def test_same_seed_same_answer_and_an_unknown_principal_is_named() -> None:
    case = small(VALUES, givers=GIVERS, reservation={"dprk": [0, 4, 12]})
    first, second = (ask.best_ask(build(case, seed=2, draws=512), "us") for _ in range(2))
    assert flat(first) == flat(second)
    with pytest.raises(UnknownName):
        ask.best_ask(build(case, draws=64), "france")
    with pytest.raises(LinkMissing):
        ask.best_ask(build(case.model_copy(update={"foreign": "GENIUS"}), draws=64), "us")


def test_no_single_change_of_an_issue_helps_the_best_ask_of_korea() -> None:
    model = build(load("korea-2019"), seed=0, draws=1024)
    found = ask.best_ask(model, "us")
    assert found.best is not None
    p, package = model.party("us"), model.row(found.best.moves)
    near = np.array([package, *swaps.feasible(model, model.closure(swaps.neighbours(model, package[None, :])))])
    expected = ask.play(model, p, near).pays.mean(axis=1)
    assert expected.argmax() == 0
    assert isinstance(found.questions[0], information.Unknown)
    assert found.questions[0].worth > 2.0 * found.questions[0].error
