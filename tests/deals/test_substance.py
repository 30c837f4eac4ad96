"""What a deal or a text delivers: shares by party, firmness, ceremony apart, and nothing for what is not said."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from summitry import load
from summitry.answers import open_case
from summitry.case.types import Issue
from summitry.deals.outcomes import substance
from summitry.deals.substance import _amount, _places, of_package
from summitry.document import Phrase
from summitry.errors import BadArgument, SummitryError, UnknownName
from summitry.evidence.texts.audit import Text, audit_text
from summitry.model import build
from summitry.reasons import reason
from summitry.wording import Names, Wording, messages

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.deals.substance import Substance
    from summitry.reasons import Reason


def delivered(case: str, **request: Any) -> Substance:  # noqa: ANN401 (the fields of the request)
    value: Substance = open_case(case).substance(**request).value
    return value


def test_a_package_brings_what_the_gates_say_without_its_ceremony() -> None:
    for name in ("korea-2019", "supply-contract", "panama-1977"):
        case = load(name)
        model = build(case, draws=0, homes=False)
        rng = random.Random(1)  # noqa: S311 (a test's own draws)
        for _ in range(20):
            moves = {issue: rng.choice(list(body.options)) for issue, body in case.file.issues.items() if rng.random() < 0.4}
            found = of_package(model, moves, "x")
            plain = {issue: option for issue, option in moves.items() if not case.file.issues[issue].ceremony}
            expected, whole = (substance(model, model.row(m)[None, :])[0] for m in (plain, moves))
            assert np.array_equal(expected, whole)
            assert np.allclose(list(found.substance.values()), expected)
            assert all(0.0 <= found.firm[p] <= found.substance[p] + 1e-12 <= 1.0 + 1e-9 for p in found.substance)


def test_all_that_is_no_ceremony_is_all_of_the_substance() -> None:
    model = build(load("korea-2019"), draws=0, homes=False)
    best = [
        0 if issue.ceremony else int(np.argmax(np.where(model.allowed, model.value[model.party("dprk")], -np.inf)[a:b]))
        for issue, a, b in zip(model.terms.values(), model.first[:-1], model.first[1:], strict=True)
    ]
    assert substance(model, np.array([best]))[0][model.party("dprk")] == 1.0


def test_the_next_meeting_is_ceremony() -> None:
    found = delivered("korea-2019", moves=("summit=third-meeting",))
    assert [m.issue for m in found.ceremony] == ["summit"]
    assert set(found.substance.values()) == {0.0}


def test_singapore_was_light_and_the_plan_of_2007_brought_more_and_firmer() -> None:
    singapore = delivered("korea-2019", text="singapore-2018")
    plan = delivered("korea-2019", text="action-plan-2007-fact-sheet-part.txt")
    assert max(singapore.substance.values()) < 0.05
    assert max(singapore.firm.values()) < 0.01
    assert plan.substance["us"] > singapore.substance["us"]
    assert plan.firm["us"] > 10 * singapore.firm["us"]
    assert singapore.declarations
    assert {o.values.get("issue") for o in singapore.omitted} >= {"declaration", "end-of-war", "recognition"}


def test_the_steps_of_2015_are_concrete_and_belong_to_nothing_in_korea() -> None:
    found = delivered("korea-2019", text="jcpoa-2015-steps-notes")
    assert found.moves == ()
    assert found.concreteness is not None
    assert found.concreteness > 0.8
    assert len(found.unplaced) == 9


def test_a_commitment_is_placed_by_the_words_of_a_title_and_it_is_said(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("The supplier will extend the warranty by 2 years. The moon will be examined.", encoding="utf-8")
    found = delivered("supply-contract", text=str(draft))
    (move,) = found.moves
    assert (move.issue, move.option, move.mapped) == ("warranty", "", reason("placed.words", words=("warranty",)))
    assert set(found.substance.values()) == {0.0}


def test_what_could_belong_to_several_issues_is_asked_and_the_actor_decides_between_titles() -> None:
    issues = {
        f"{party}-cut": Issue.model_validate({"title": f"{name}'s catch cut", "giver": party, "options": ["none", "tenth"]})
        for party, name in (("us", "Norland"), ("rok", "Sudmark"), ("dprk", "Isla"))
    }

    def placed(text: str, ids: tuple[str, ...]) -> tuple[list[tuple[str, Reason]], tuple[str, ...]]:
        return _places(issues, audit_text(Text("draft", text), (), lambda _: ids).commitments[0])

    promise = "Isla shall reduce its catch of mackerel by 10 per cent."
    assert placed(promise, ("dprk",)) == ([], ("dprk-cut",))
    assert placed("The Parties shall reduce their catch.", ()) == ([], ("us-cut", "rok-cut", "dprk-cut"))
    assert placed("Isla shall cut its catch.", ()) == ([], ("us-cut", "rok-cut", "dprk-cut"))
    assert placed("Isla shall cut its catch.", ("dprk",)) == ([("dprk-cut", reason("placed.words", words=("catch", "cut")))], ())
    assert placed("The Parties shall examine the moon.", ()) == ([], ())


def test_a_package_may_be_named_as_other_commands_name_it() -> None:
    for word, title in (("best", "where to start"), ("nash", "the nash solution")):
        found = delivered("supply-contract", package=word)
        assert Wording(Names(), messages()).text(Phrase("reason", "title"), found) == title
        assert found.moves
    with pytest.raises(UnknownName):
        delivered("supply-contract", package="nothing")


def test_amounts_are_told_as_people_write_them() -> None:
    issue = Issue.model_validate({"title": "t", "giver": "a", "options": ["none", "some"], "holding": "catch", "unit": "tonnes"})
    wording = Wording(Names(), messages())
    for amount, words in (("10%", "10% of catch"), (5.0, "5 tonnes"), (None, None)):
        term = _amount(amount, issue)
        assert (term and "".join(span.text for span in wording.reason(term))) == words


def test_a_package_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "deal.yaml"
    file.write_text("volume: half\ndelivery: four-weeks\n", encoding="utf-8")
    by_file = delivered("supply-contract", package=str(file))
    by_hand = delivered("supply-contract", moves=("volume=half", "delivery=four-weeks"))
    assert by_file.substance == by_hand.substance


@pytest.mark.parametrize("body", ["", "[a, b]", "volume: {x: 1}", "volume: 3", "a: b: c", "\x00"])
def test_a_file_without_a_package_is_one_message(tmp_path: Path, body: str) -> None:
    file = tmp_path / "deal.yaml"
    file.write_text(body, encoding="utf-8")
    with pytest.raises(SummitryError):
        delivered("supply-contract", package=str(file))


def test_unknown_names_are_one_message() -> None:
    with pytest.raises(UnknownName):
        delivered("supply-contract", moves=("nothing=half",))
    with pytest.raises(UnknownName):
        delivered("supply-contract", text="nothing")
    with pytest.raises(BadArgument):
        delivered("supply-contract", moves=("volume=half", "volume=most"))


def test_what_can_be_taken_back_is_less_firm() -> None:
    model = build(load("korea-2019"), draws=0, homes=False)
    moves = [(issue, option) for issue, body in model.terms.items() for option in list(body.options)[1:]]
    firm = {
        of_package(model, {issue: option}, "deal").moves[0].firmness for issue, option in moves if not model.terms[issue].ceremony
    }
    assert len(firm) > 3
    for issue, option in moves:
        (*_, move) = (*of_package(model, {issue: option}, "deal").moves, *of_package(model, {issue: option}, "deal").ceremony)
        back = model.terms[issue].recoverable
        stays = 1.0 - back[option] if option in back else 0.0
        said = sum(term is not None for name, term in move.terms.items() if name != "lasting")
        assert move.firmness == pytest.approx((said + stays) / len(move.terms))


def test_what_an_ally_gives_counts() -> None:
    model = build(load("korea-2019"), draws=0, homes=False)
    (move,) = of_package(model, {"inter-korean": "reopened"}, "deal").moves
    assert set(move.givers) == {"rok"}
    gains = {
        p for k, p in enumerate(model.parties) if model.value[k, model.column("inter-korean", "reopened")] > 0 and p != "rok"
    }
    assert set(move.brings) == gains
