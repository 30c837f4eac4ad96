"""Groundwork counts in the same draws as the gates, finds the best moves in time and budget, and dates them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from generators import build
from oracles import groundwork as slow
from summitry import load, model
from summitry.case.types import Effect
from summitry.deals.outcomes import chances
from summitry.errors import LinkMissing
from summitry.evidence.conduct import record
from summitry.kernels.portfolio import carried
from summitry.plan.groundwork import find_groundwork
from summitry.plan.margins import add_effects, rows_of
from summitry.reasons import reason

if TYPE_CHECKING:
    from summitry.case.types import Case, Move
    from summitry.plan.groundwork import GroundworkResult, MoveResult

WORTH: dict[str, dict[str, dict[str, Any]]] = {
    "a": {"x": {"some": [-3, -2, -1]}, "y": {"some": [4, 5, 6]}},
    "b": {"x": {"some": [1, 3, 5]}, "y": {"some": [-3, -2, 0]}},
}
HOUSE = {"seats": {"house": {"influence": 2, "positions": {"x": {"some": [-4, -2, -1]}}}, "guard": {"positions": {}}}}
SEATS = {
    "a": {"house": {"name": "House"}, "guard": {"name": "Guard", "role": "veto"}, "press": {"name": "Press", "role": "voice"}}
}
DEAL = {"x": "some", "y": "some"}
LATE = dt.date(2020, 1, 1)


def small(moves: dict[str, Any], table: dict[str, Any] | None = None, **file: Any) -> Case:  # noqa: ANN401 (of case.yaml)
    own = {"back_table": table or HOUSE, **({"groundwork": {"unit": "weeks", "moves": moves}} if moves else {})}
    return build(WORTH, givers={"x": "a", "y": "b"}, preferences={"a": own}, constituencies=SEATS, **file)


def move(*effects: dict[str, Any], cost: float = 1, takes: int = 10, **more: Any) -> dict[str, Any]:  # noqa: ANN401 (of a move)
    return {"title": "A move", "cost": cost, "takes": takes, "effects": list(effects), **more}


def laid(case: Case, by: dt.date = LATE, budget: float | None = None) -> GroundworkResult:
    made = model.build(case, draws=512)
    return find_groundwork(made, made.row(DEAL), "a", by=by, budget=budget)


def effects(case: Case) -> dict[str, Move]:
    believed = case.believed("a")
    assert believed is not None
    assert believed.groundwork is not None
    return believed.groundwork.moves


def of(found: GroundworkResult, name: str) -> MoveResult:
    return next(m for m in found.moves if m.name == name)


TALK = {"seat": "a/house", "shift": [1, 2, 3]}


@pytest.mark.parametrize("name", ["korea-2019", "supply-contract"])
def test_without_moves_the_rows_count_what_the_gates_count(name: str) -> None:
    case = load(name)
    made = model.build(case, record=record(case), draws=1024)
    for idea in case.file.ideas.values():
        package = made.row(idea.package)
        found = rows_of(made, package)
        assert np.array_equal(carried(found.margin, found.votes), chances(made, package).joint)


def test_a_shift_of_a_seat_counts_as_the_home_counts_it() -> None:
    case = small({"talk": move({"seat": "a/house", "shift": 2})})
    made = model.build(case, draws=512)
    package = made.row(DEAL)
    home = made.homes["a"]
    shift = np.array([2.0 if seat == "house" else 0.0 for seat in home.seats])
    expected = (chances(made, package).all_accept & home.ratified(made.columns(package), shift=shift)).mean()
    assert laid(case).after == pytest.approx(expected, abs=1e-12)


def test_a_law_that_is_more_often_lifted_counts_as_the_home_counts_it() -> None:
    law = {"party": "a", "name": "An act", "forbids": ["x.some"], "waiver": 0.2}
    case = small({"paper": move({"law": "An", "shift": 0.5})}, table={"seats": {"guard": {"positions": {}}}}, laws=[law])
    made = model.build(case, draws=512)
    package = made.row(DEAL)
    lawful = made.homes["a"].lawful(made.columns(package), waiver=np.array([0.7]))
    assert laid(case).after == pytest.approx((chances(made, package).all_accept & lawful).mean(), abs=1e-12)


def test_a_voice_moves_those_whom_it_sways_and_by_how_much() -> None:
    table = {"seats": {**HOUSE["seats"], "press": {"positions": {}, "sways": {"house": 0.5}}}}
    through = laid(small({"talk": move({"seat": "a/press", "shift": [2, 4, 6]})}, table))
    straight = laid(small({"talk": move(TALK)}, table))
    assert through.after == straight.after > through.before
    assert of(through, "a/talk").touches == (reason("row.seat", who="a/house"),)


def test_a_shift_for_other_places_changes_nothing_and_says_so() -> None:
    found = laid(small({"talk": move({**TALK, "places": ["x.none"]})}))
    assert (found.after, of(found, "a/talk").chosen) == (found.before, False)
    assert of(found, "a/talk").idle == (reason("groundwork.idle.places", places=("x.none",)),)


def test_what_cannot_be_done_in_time_is_left_with_its_date() -> None:
    moves = {"talk": move(TALK, takes=30), "first": move(TALK, takes=10), "second": move(TALK, takes=15, after="first")}
    found = laid(small(moves), by=dt.date(2019, 2, 15) + dt.timedelta(days=24))
    assert {m.name for m in found.moves if m.chosen} == {"a/first"}
    assert of(found, "a/second").out == reason("groundwork.out.late", end="2019-03-12")
    assert of(found, "a/second").begin == "2019-02-25"


def test_what_the_deal_holds_and_expires_ends_the_time_for_groundwork() -> None:
    moves = {"call": move({"seat": "a/house", "shift": [3, 4, 5]}, takes=30)}
    assert laid(small(moves)).by == LATE.isoformat()
    early = laid(small(moves, issues={"x": {"expires": "2019-03-01"}}))
    assert early.by == "2019-03-01"
    assert of(early, "a/call").out is not None  # thirty days are too long for two weeks


def test_the_latest_start_leaves_time_for_what_follows() -> None:
    moves = {"first": move({"seat": "a/house", "shift": [0, 1, 2]}, takes=10), "second": move(TALK, takes=15, after="first")}
    found = laid(small(moves), by=dt.date(2019, 4, 1))
    assert (of(found, "a/second").latest, of(found, "a/first").latest) == ("2019-03-17", "2019-03-07")


def test_the_budget_binds_and_what_more_would_bring_is_shown() -> None:
    moves = {"cheap": move({"seat": "a/house", "shift": [1, 2, 2]}, cost=1), "dear": move(TALK, cost=5)}
    found = laid(small(moves), budget=2)
    assert {m.name for m in found.moves if m.chosen} == {"a/cheap"}
    assert [p.cost for p in found.efficient] == sorted({p.cost for p in found.efficient})
    assert found.efficient[-1].probability > found.after > found.before


def test_what_a_move_adds_is_told_with_what_it_needs_and_beyond_it() -> None:
    moves = {"first": move({"seat": "a/house", "shift": [0, 1, 2]}), "second": move(TALK, after="first")}
    found, short = laid(small(moves)), laid(small({"first": moves["first"]}))
    first, second = of(found, "a/first"), of(found, "a/second")
    assert (first.needs, second.needs) == ((), ("a/first",))
    assert second.gain == pytest.approx(found.after - found.before)
    assert second.own == pytest.approx(found.after - short.after)
    assert first.gain == first.own == pytest.approx(short.after - short.before)
    assert second.own < second.gain
    assert (first.along, second.along) == (("a/second",), ())
    assert first.marginal == pytest.approx(second.gain)
    assert second.marginal == pytest.approx(second.own)


def test_a_deal_that_no_move_carries_often_enough_is_in_vain_whatever_the_budget() -> None:
    weak = laid(small({"talk": move({"seat": "a/house", "shift": [0, 1, 2]})}, settings={"joint": 0.99}))
    assert weak.before < weak.most < weak.needed
    assert weak.in_vain
    dear = laid(small({"talk": move(TALK, cost=9)}, settings={"joint": 0.3}), budget=1)
    assert dear.after < dear.most
    assert dear.most >= dear.needed
    assert not dear.in_vain


@pytest.mark.parametrize("seed", range(4))
def test_what_no_budget_exceeds_is_what_every_move_in_time_reaches(seed: int) -> None:
    """Moves that only help: the most of all budgets is the portfolio of all of them, and that of enough money."""
    rng = np.random.default_rng(seed)
    moves = {f"m{k}": move({"seat": "a/house", "shift": float(rng.uniform(0.5, 1.5))}, cost=float(k + 1)) for k in range(3)}
    case = small(moves)
    whole, none, made = laid(case), laid(case, budget=0), model.build(case, draws=512)
    package = made.row(DEAL)
    everything = rows_of(made, package)
    extra = np.zeros_like(everything.margin)
    for name, one in effects(case).items():
        extra += add_effects(made, everything, package, one.effects, "groundwork", "a", name).shift
    assert whole.most == none.most == whole.after == carried(everything.margin + extra, everything.votes).mean()
    assert none.after == none.before < none.most
    assert whole.cost == sum(m.cost for m in whole.moves if m.chosen)


def test_a_deal_outside_a_mandate_is_closed_whatever_is_laid() -> None:
    own = {"back_table": HOUSE, "groundwork": {"unit": "weeks", "moves": {"talk": move(TALK)}}}
    never = own | {"mandate": {"x": {"some": "never"}}}
    free, shut = (
        laid(build(WORTH, givers={"x": "a", "y": "b"}, preferences={"a": said}, constituencies=SEATS)) for said in (own, never)
    )
    assert free.closed is None
    assert shut.closed is not None
    assert shut.in_vain


def test_the_meeting_shows_what_can_be_done_until_then() -> None:
    moves = {"quick": move({"seat": "a/house", "shift": [1, 2, 2]}, takes=5), "slow": move(TALK, takes=60)}
    found = laid(small(moves, meets="2019-02-27"))
    assert found.meeting is not None
    assert found.meeting.moves == ("a/quick",)
    assert found.before < found.meeting.probability < found.after


def test_without_moves_the_question_says_what_is_missing() -> None:
    with pytest.raises(LinkMissing, match="names no moves"):
        laid(small({}))


def test_another_seed_changes_no_choice_here_and_the_same_seed_nothing() -> None:
    case = load("supply-contract")

    def once(seed: int) -> GroundworkResult:
        made = model.build(case, seed=seed, draws=1024)
        return find_groundwork(made, made.row(case.file.ideas["volume-for-speed"].package), "buyer", by=dt.date(2025, 1, 1))

    assert once(3) == once(3)
    assert once(3).after == pytest.approx(once(4).after, abs=0.05)


def test_raised_trust_enters_the_gate_of_trust_and_not_the_probability() -> None:
    case = load("supply-contract")
    own = case.preferences["buyer"]["buyer"]
    assert own.groundwork is not None
    visit = own.groundwork.moves["board-visit"]
    more = visit.model_copy(update={"effects": (*visit.effects, Effect(trusts="buyer", shift=(1.0, 1.0, 1.0)))})
    ground = own.groundwork.model_copy(update={"moves": own.groundwork.moves | {"board-visit": more}})
    raised = case.model_copy(
        update={
            "preferences": case.preferences
            | {"buyer": case.preferences["buyer"] | {"buyer": own.model_copy(update={"groundwork": ground})}}
        }
    )

    def asked(which: Case) -> GroundworkResult:
        made = model.build(which, record=record(which), draws=512)
        return find_groundwork(made, made.row(which.file.ideas["alliance"].package), "buyer", by=dt.date(2025, 6, 1))

    plain, trusting = asked(case), asked(raised)
    assert of(trusting, "buyer/board-visit").chosen
    assert trusting.after == plain.after
    (before, *_), (after, *_) = plain.gates, trusting.gates
    assert before.score is not None
    assert after.score is not None
    assert after.score < before.score


@pytest.mark.parametrize("seed", range(6))
def test_no_move_is_laid_whose_gain_cannot_be_told_from_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    moves = {
        f"m{k}": move({"seat": "a/house", "shift": sorted(rng.normal(0.4, 0.5, 3).tolist())}, cost=float(rng.integers(1, 5)))
        for k in range(6)
    }
    case = small(moves)
    made = model.build(case, draws=512)
    found = find_groundwork(made, made.row(DEAL), "a", by=LATE)
    parts = rows_of(made, made.row(DEAL))
    shift = {n: add_effects(made, parts, made.row(DEAL), m.effects, "groundwork", "a", n).shift for n, m in effects(case).items()}
    chosen = [m.name.partition("/")[2] for m in found.moves if m.chosen]

    def yes(names: list[str]) -> list[bool]:
        margin = parts.margin + sum((shift[n] for n in names), np.zeros_like(parts.margin))
        return [slow.carried_once(margin[:, d], parts.votes) for d in range(512)]

    assert chosen
    for name in chosen:
        pairs = list(zip(yes(chosen), yes([n for n in chosen if n != name]), strict=True))
        gained, lost = sum(a and not b for a, b in pairs), sum(b and not a for a, b in pairs)
        assert gained - lost > 2.0 * np.sqrt(gained + lost - (gained - lost) ** 2 / 512)
    assert found.after == sum(yes(chosen)) / 512
    assert found.bound >= found.after


def test_a_move_that_does_next_to_nothing_is_left_and_says_so() -> None:
    found = laid(small({"talk": move(TALK), "whisper": move({"seat": "a/house", "shift": [0, 0.002, 0.02]})}))
    assert of(found, "a/talk").chosen
    assert not of(found, "a/whisper").chosen
    out = of(found, "a/whisper").out
    assert out is not None
    assert out.code in {"groundwork.out.worse", "groundwork.out.unsure"}
