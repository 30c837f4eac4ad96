"""What the bundled homes carry, with the share of draws, and the inputs that turn each statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from summitry import case
from summitry.deals import homes
from summitry.model import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.case.types import Case, Law, Seat
    from summitry.deals.homes import Support

DRAWS = 1024


def changed(opened: Case, party: str, seat: Callable[[str, Seat], Seat], law: Callable[[Law], Law] = lambda law: law) -> Case:
    """The case with a party's seats and laws changed."""
    own = opened.preferences[party][party]
    assert own.back_table is not None
    table = own.back_table.model_copy(update={"seats": {name: seat(name, body) for name, body in own.back_table.seats.items()}})
    held = {**opened.preferences[party], party: own.model_copy(update={"back_table": table})}
    file = opened.file.model_copy(update={"laws": tuple(law(one) for one in opened.file.laws)})
    return opened.model_copy(update={"preferences": {**opened.preferences, party: held}, "file": file})


def points(seat: Seat, issue: str, by: float) -> Seat:
    """A seat that likes every option of an issue so many points more."""

    def moved(span: tuple[float, float, float]) -> tuple[float, float, float]:
        return span[0] + by, span[1] + by, span[2] + by

    entry = seat.positions[issue]
    new = entry.model_copy(update={"options": {option: moved(span) for option, span in entry.options.items()}})
    return seat.model_copy(update={"positions": {**seat.positions, issue: new}})


def lifted(law: Law) -> Law:
    return law.model_copy(update={"waiver": (1.0, 1.0, 1.0)})


def asked(opened: Case, party: str, moves: dict[str, str]) -> Support:
    model = build(opened, draws=DRAWS)
    return homes.support(model, party, model.row(moves))


WITHDRAWAL = case.load("korea-2019").file.ideas["troops-for-warheads"].package
RELIEF = case.load("korea-2019").file.ideas["relief-for-inspectors"].package


def test_america_does_not_ratify_a_full_withdrawal_until_law_congress_and_defence_change() -> None:
    opened = case.load("korea-2019")
    today = asked(opened, "us", WITHDRAWAL)
    assert today.probability < 0.05
    assert [law.moves for law in today.laws] == [("troops.all",)]

    def won(name: str, seat: Seat) -> Seat:
        return points(seat, "troops", 8.0) if name in {"congress", "defense"} else seat

    only_law = asked(changed(opened, "us", lambda _, seat: seat, lifted), "us", WITHDRAWAL)
    only_seats = asked(changed(opened, "us", won), "us", WITHDRAWAL)
    both = asked(changed(opened, "us", won, lifted), "us", WITHDRAWAL)
    assert only_law.probability < 0.1
    assert only_seats.probability < 0.25
    assert both.probability > 0.9


def test_a_small_relief_for_inspectors_is_carried_by_both_allies_and_not_by_their_counterpart() -> None:
    opened = case.load("korea-2019")
    assert asked(opened, "us", RELIEF).probability > 0.5
    assert asked(opened, "rok", RELIEF).probability > 0.9
    theirs = asked(opened, "dprk", RELIEF)
    assert theirs.probability < 0.5
    assert not theirs.laws

    def worse(name: str, seat: Seat) -> Seat:
        return points(seat, "un-sanctions", -0.5) if name == "president" else seat

    def better(name: str, seat: Seat) -> Seat:
        return points(seat, "inspectors", 0.5) if name == "kim" else seat

    assert asked(changed(opened, "us", worse), "us", RELIEF).probability < 0.1
    assert asked(changed(opened, "dprk", better), "dprk", RELIEF).probability > 0.5


@pytest.mark.parametrize(("by", "carried"), [(0.0, False), (3.0, True)])
def test_the_strategy_departments_slide_fails_at_the_board_until_dependence_frightens_it_less(by: float, carried: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    opened = case.load("supply-contract")
    moves = opened.file.ideas["alliance"].package

    def calmer(name: str, seat: Seat) -> Seat:
        return points(seat, "exclusivity", by * 4.0) if name in {"board", "purchasing"} else seat

    assert (asked(changed(opened, "buyer", calmer), "buyer", moves).probability >= 0.5) == carried


def test_the_union_is_at_the_suppliers_table_and_its_weekends_can_decide() -> None:
    opened = case.load("supply-contract")
    moves = {"delivery": "two-weeks", "price": "less-5", "volume": "half"}
    said = {o.seat: o for o in asked(opened, "supplier", moves).opinions}
    assert {"board", "union", "plant", "sales", "bank"} == set(said)
    assert said["board"].role == "veto"
    assert said["bank"].influence is None
    assert said["union"].yes < 0.5

    def rested(name: str, seat: Seat) -> Seat:
        return points(seat, "delivery", 9.0) if name == "union" else seat

    after = asked(changed(opened, "supplier", rested), "supplier", moves)
    assert after.probability > asked(opened, "supplier", moves).probability


def test_a_table_whose_estimate_is_seen_alone_answers_for_that_reader() -> None:
    seen = case.load("supply-contract", viewer="buyer")
    said = asked(seen, "supplier", {"volume": "half"})
    assert {o.seat for o in said.opinions} == {"board", "union"}
