"""What waiting costs, in words."""

from __future__ import annotations

import dataclasses

import pytest

from summitry.answers import Answer, open_case
from summitry.plan.waiting import Loss, WaitResult
from summitry.reasons import reason


@pytest.fixture(scope="module")
def waited() -> Answer[WaitResult]:
    answer: Answer[WaitResult] = open_case("supply-contract").wait("volume-for-speed", days=90)
    return answer


def text(answer: Answer[WaitResult], **changes: object) -> str:
    value = dataclasses.replace(answer.value, **changes)  # type: ignore[arg-type] # fields of the result
    return Answer(answer.question, value, answer.wording.names).to_text(10_000)


def test_each_kind_of_loss_has_its_words_and_says_whether_the_deal_holds_it(waited: Answer[WaitResult]) -> None:
    losses = (
        Loss("2024-07-01", "expires", "", "volume", None, in_deal=False, why="no word", source=""),
        Loss("2024-07-02", "fades", "buyer", "delivery", 0.6, in_deal=True, why="autumn", source=""),
        Loss("2024-07-03", "deadline", "buyer", "Budget round", None, in_deal=True, why="", source=""),
    )
    shown = text(waited, losses=losses)
    assert "After 2024-07-01: Yearly volume committed is no longer on offer (not in this deal)" in shown
    assert f"From 2024-07-02: Time from order to delivery is worth 60 % to The buyer by {waited.value.until}\n    autumn" in shown
    assert "From 2024-07-03: The buyer: Budget round\n" in shown
    assert "no word" not in shown
    assert "Nothing that the case states" in text(waited, losses=())


def test_a_day_tells_what_fell_out_what_forbids_the_rest_and_what_the_deliverable_costs(waited: Answer[WaitResult]) -> None:
    moment = dataclasses.replace(
        waited.value.moments[0],
        expired=("volume",),
        faults=(reason("fault.requires", move="delivery.two-weeks", other="volume.most"),),
        price=None,
        ratify=None,
    )
    shown = text(waited, moments=(moment,), meets=moment.date)
    assert f"{moment.date} (the meeting): all accept" in shown
    assert "Without Yearly volume committed, which has expired" in shown
    assert "Cannot be formed: Time from order to delivery: two-weeks (call home) requires Yearly volume committed: most" in shown
    assert "homes: not tested" in shown
    assert "No price buys" in shown
    assert "buys" not in text(waited, moments=(moment,), price_left_out=reason("wait.unpriced"))
    assert "No price: the case names no deliverable to price." in text(waited, price_left_out=reason("wait.unpriced"))


def test_days_that_are_not_shown_and_homes_that_nobody_wrote_down_are_told(waited: Answer[WaitResult]) -> None:
    shown = text(waited, unlisted=1, silent=("buyer",))
    assert f"Something changes on 1 more day before {waited.value.until}." in shown
    assert "The buyer: no back table is given; its home is taken as willing." in shown
    assert "more day" not in text(waited, unlisted=0)


def test_the_days_are_a_table(waited: Answer[WaitResult]) -> None:
    assert [row["date"] for row in waited.rows()] == [moment.date for moment in waited.value.moments]
