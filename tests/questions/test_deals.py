"""Laws of the questions about single deals: what they say to people and to programs."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from generators import build as small
from summitry.answers import Answer, Methods, open_case
from summitry.errors import BadArgument
from summitry.questions import question
from summitry.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from generators import Worth
    from summitry.case.types import Case

VALUES = {
    "us": {"declaration": {"part": [8, 10, 14], "full": [16, 20, 28]}, "relief": {"some": [-6, -4, -3], "all": [-20, -15, -12]}},
    "dprk": {"declaration": {"part": [-8, -5, -3], "full": [-22, -16, -12]}, "relief": {"some": [6, 8, 11], "all": [18, 22, 28]}},
}
GIVERS = {"declaration": "dprk", "relief": "us"}


@cache
def supply() -> Workspace:
    return open_case("supply-contract")


def workspace(case: Case) -> Workspace:
    return Workspace(case, questions=Methods())


def shown(answer: Answer[Any], **changes: Any) -> str:  # noqa: ANN401 (the fields of any answer)
    """An answer in words, with other values in some fields."""
    names = answer.wording.names
    return Answer(question(answer.question.name), replace(answer.value, **changes), names).to_text(10_000)


def test_a_summary_speaks_in_titles_and_never_in_escapes() -> None:
    counter = supply().counter("volume=most").to_text(200)
    assert "FOR Yearly volume committed: most" in counter
    assert "The cheapest way to the same answer" in counter
    rate = supply().rate("volume=most", "delivery=two-weeks").to_text(200)
    assert "A rate suits both in" in rate
    ask = supply().ask().to_text(200)
    assert "WHAT TO FIND OUT ABOUT The supplier FIRST" in ask
    for text in (counter, rate, ask):
        assert len(text.split()) > 20
        assert "\x1b" not in text


def test_the_price_says_both_what_it_is_worth_alone_and_against_the_best_without_it() -> None:
    answer = supply().price("delivery=two-weeks").to_dict()
    assert set(answer) >= {"state", "price", "package", "probability", "price_of_nothing"}
    assert set(answer) >= {"worth_alone", "worth_sure", "worth_opportunity"}


def test_what_a_deliverable_unlocks_is_said_with_what_each_party_gains() -> None:
    text = open_case("korea-2019").price("declaration=full").to_text(500)
    unlocks = text.partition("WHAT IT UNLOCKS")[2]
    assert "Warheads handed over: few" in unlocks
    assert "United States +" in unlocks


def test_a_chance_that_is_asked_for_is_shown_to_a_tenth() -> None:
    for at, said in ((0.495, "49.5 %"), (0.5, "50 %")):
        assert said in supply().price("delivery=two-weeks", at=at).to_text(200)
        assert said in supply().counter("volume=most", at=at).to_text(200)


def test_what_a_party_asks_names_its_side() -> None:
    mine = open_case("supply-contract", viewer="buyer").counter("volume.most")
    assert (mine.payer, mine.givers) == ("buyer", ("supplier",))
    with pytest.raises(BadArgument, match="side to give"):
        open_case("supply-contract", viewer="supplier").counter("volume.most")


def test_the_best_ask_is_itself_once_and_every_other_is_told_by_what_differs() -> None:
    answer = supply().ask()
    model = supply().model
    assert [leader.differs for leader in answer.leaders].count({}) == 1
    best = model.row(answer.best.moves)
    for leader in answer.leaders:
        assert (model.row(leader.moves) == model.row({**answer.best.moves, **leader.differs})).all()
        assert len(leader.differs) == (model.row(leader.moves) != best).sum()
    listed = answer.to_text(10_000).partition("OFTEN THE BEST")[2]
    assert listed.count("the best ask itself") == 1
    alone = shown(answer, best=None, verdict=None)
    assert "Nothing: no ask has an expected gain above zero for The buyer." in alone


def test_numbers_worth_knowing_are_counted_by_whose_they_are() -> None:
    answer = supply().ask()
    ours = [u for u in answer.questions if u.party == "buyer"]
    assert answer.counts["ours"].worthwhile == sum(u.worth > 2 * u.error for u in ours)
    assert sum(c.worthwhile + c.worthless for c in answer.counts.values()) == len(answer.questions)
    theirs = answer.to_text(10_000).partition("WHAT TO FIND OUT")[2].partition("WHAT TO SETTLE")[0]
    assert theirs.count("To know it is worth ") == min(answer.counts["theirs"].worthwhile, 3)
    assert "The buyer:" not in theirs
    assert len(answer.rows()) == answer.counts["theirs"].worthwhile


def test_who_refuses_a_giveaway_is_named_with_the_share_that_is_needed() -> None:
    answer = workspace(small(VALUES, givers=GIVERS, reservation={"dprk": 12}, settings={"principal": "us", "slip": 0})).counter(
        "relief.some"
    )
    assert answer.state == "not accepted"
    text = answer.to_text(200)
    assert "No package with it is accepted by all who must, whatever else anybody gives." in text
    assert "DPRK accepts in under 5 %, 50 % needed." in text
    assert "allowed and accepted as often as it must be" in shown(answer, short={})
    stopped = shown(answer, state="not found", most=3.5)
    assert "The search stopped before it found a package" in stopped
    assert "No answer worth more than 3.5 is accepted for this alone." in stopped


def test_what_a_giveaway_is_worth_is_set_beside_what_it_costs() -> None:
    answer = workspace(small(VALUES, givers=GIVERS, settings={"principal": "us"})).counter("relief.all")
    assert answer.net == pytest.approx(answer.worth - answer.cost)
    never = small(
        VALUES, givers=GIVERS, settings={"principal": "us"}, preferences={"us": {"mandate": {"relief": {"all": "never"}}}}
    )
    assert "A mandate forbids it." in workspace(never).counter("relief.all").to_text(200)
    assert "No giveaways buy this answer" in shown(answer, cheapest=None, cheapest_proven=True)
    assert "No giveaways were found" in shown(answer, cheapest=None, cheapest_proven=False)


MEDIATION: dict[str, Any] = {
    "values": {
        "us": {"recognition": {"full": 6}, "aid": {"paid": -3}, "sinai": {"all": 1}},
        "egypt": {"recognition": {"full": -10}, "aid": {"paid": 4}, "sinai": {"all": 30}, "demil": {"buffer": -2}},
        "israel": {"recognition": {"full": 20}, "sinai": {"all": -8}, "demil": {"buffer": 3}},
    },
    "givers": {"recognition": "egypt", "aid": "us", "sinai": "israel", "demil": "egypt"},
    "issues": {"sinai": {"with": {"all": "demil.buffer"}}},
}


def test_what_a_mediator_cannot_buy_alone_is_priced_with_its_payers() -> None:
    answer = workspace(small(**MEDIATION, settings={"principal": "us"})).price("recognition.full")
    assert (answer.state, answer.alone, answer.price, answer.package) == (
        "buyable",
        False,
        0.0,
        {"sinai": "all", "demil": "buffer"},
    )
    assert {one.party: (one.gives, one.cost) for one in answer.payers} == {
        "egypt": ({"demil": "buffer"}, pytest.approx(2.0)),
        "israel": ({"sinai": "all"}, pytest.approx(5.0)),
    }
    text = answer.to_text(300)
    assert "Not for what US alone can give" in text
    assert "ISRAEL gives Issue sinai: all: 5, accepts in 8" in text
    assert "Every package with fewer moves of others was tested" in text
    assert "Nothing was found that US alone can give" in shown(answer, proven=False)


def test_a_giveaway_that_another_side_must_answer_names_who_gives_that() -> None:
    answer = workspace(small(**MEDIATION, settings={"principal": "israel"})).price("recognition.full")
    assert (answer.alone, answer.price, answer.package) == (True, pytest.approx(5.0), {"sinai": "all", "demil": "buffer"})
    assert "EGYPT gives Issue demil: buffer: 2, accepts in" in answer.to_text(300)


def test_a_counter_ask_names_who_gives_and_what_must_be_given_beside_the_giveaway() -> None:
    answer = workspace(small(**MEDIATION, settings={"principal": "egypt"})).counter("recognition.full")
    assert (answer.answer, answer.also, answer.also_cost) == (
        {"aid": "paid", "sinai": "all"},
        {"demil": "buffer"},
        pytest.approx(2.0),
    )
    text = answer.to_text(300)
    assert "ISRAEL gives Issue sinai: all." in text
    assert "Beside it Issue demil: buffer must be given too, which costs EGYPT 2." in text
    assert "With this alone" not in text


def test_where_a_giveaway_alone_brings_nothing_what_must_be_added_is_said() -> None:
    values: Worth = {"us": {**VALUES["us"], "visit": {"paid": -1}}, "dprk": {**VALUES["dprk"], "visit": {"paid": 6}}}
    case = small(values, givers={**GIVERS, "visit": "us"}, reservation={"dprk": 12}, settings={"principal": "us", "slip": 0})
    answer = workspace(case).counter("relief.some")
    assert (answer.state, answer.alone, answer.also) == ("nothing more", False, {"visit": "paid"})
    assert "With this alone no package is accepted; with something given beside it, one is." in answer.to_text(300)


def test_a_chit_that_benefits_its_giver_has_no_rate_and_that_is_said() -> None:
    values = {**VALUES, "dprk": {**VALUES["dprk"], "declaration": {"part": [-8, 0, 8], "full": [-22, -16, -12]}}}
    answer = workspace(small(values, givers=GIVERS)).rate("relief.some", "declaration.part")
    assert set(answer.undefined) == {"declaration.part"}
    text = answer.to_text(200)
    assert "There is no rate: Issue declaration: part costs DPRK something in only" in text
    assert "suits both" not in text


def test_a_package_is_spelled_alike_from_every_side() -> None:
    spellings: tuple[Any, ...] = (
        {"price": "less-5", "volume": "half"},
        "price=less-5 volume=half",
        ("price=less-5", "volume=half"),
    )
    answers = [supply().improve(deal).to_dict() for deal in spellings]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["deal"] == {"price": "less-5", "volume": "half"}
    assert supply().counter("volume=most").to_dict() == supply().counter("volume.most").to_dict()
    assert supply().improve("nash").efficient


def test_a_deal_that_cannot_be_improved_is_said_to_be_efficient() -> None:
    answer = supply().improve("nash")
    assert "Nothing: the deal is efficient." in answer.to_text(200)
    text = supply().improve({"price": "less-5"}).to_text(10_000)
    assert "; efficient)" in text
    assert "Price per housing: less-5 → " in text
    assert "Nothing was found." in shown(answer, efficient=None)


def test_a_foreign_deal_must_settle_every_issue(shared_data: Path) -> None:
    scenario = next(p for p in sorted((shared_data / "scenarios").rglob("*omain.xml")) if p.is_file())
    with pytest.raises(BadArgument, match="must settle every issue"):
        open_case(str(scenario)).improve("nothing=said")
