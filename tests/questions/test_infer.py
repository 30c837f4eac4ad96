"""What a record says of values, as the answer holds it and as its words tell it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from summitry.answers import open_case
from summitry.errors import UnknownName

if TYPE_CHECKING:
    from summitry.answers import Answer


@cache
def inference(case: str, party: str, viewer: str | None = None) -> Answer[Any]:
    answer: Answer[Any] = open_case(case, viewer).infer(party)
    return answer


def words(answer: Answer[Any]) -> str:
    return " ".join(answer.to_text(10_000).split())


def test_it_says_whose_judgement_the_record_is_read_on_top_of() -> None:
    assert "on top of the judgement of The buyer" in words(inference("supply-contract", "supplier", "buyer"))
    assert "on top of its own file" in words(inference("supply-contract", "supplier"))


def test_what_the_judgement_said_already_is_not_explained() -> None:
    answer = inference("supply-contract", "supplier", "buyer")
    assert not any(effect.moves or effect.doubtful for effect in answer.effects)
    assert words(answer).count("of draws before") == 0
    assert "Nothing that the judgement did not say already" in words(answer)


def test_every_row_of_the_party_is_told_or_said_to_imply_nothing() -> None:
    answer = inference("korea-2019", "dprk", "us")
    positions = open_case("korea-2019", "us").case.evidence.positions
    own = {number for number, row in enumerate(positions, start=1) if row.party == "dprk"}
    heard = {number for effect in answer.effects for number in effect.statement.rows}
    assert own <= heard | {silent.row for silent in answer.silent}


def test_values_are_counted_once_as_telling_or_steady_and_only_issues_that_tell_are_pasted() -> None:
    answer = inference("korea-2019", "dprk", "us")
    telling = [one for one in answer.values if one.telling]
    assert telling
    assert answer.steady == len(answer.values) - len(telling)
    pasted = yaml.safe_load("\n".join(answer.paste))
    assert set(pasted["values"]) == {one.issue for one in telling if one.issue}
    assert ("reservation" in pasted) == any(not one.issue for one in telling)
    for one in answer.values:
        if one.issue in pasted["values"]:
            assert pasted["values"][one.issue][one.option] == list(one.paste)


def test_lines_to_paste_keep_their_indents_on_the_terminal() -> None:
    answer = inference("korea-2019", "dprk", "us")
    assert "\n".join(answer.paste) in answer.to_text(40)


def test_what_hardly_fits_is_doubted_and_nothing_else() -> None:
    answer = inference("korea-2019", "dprk", "us")
    assert {effect.doubtful for effect in answer.effects} == {True, False}
    for effect in answer.effects:
        assert effect.doubtful == (effect.after < 0.2)
    assert words(answer).count("does not fit the judgement") == sum(effect.doubtful for effect in answer.effects)


def test_a_party_that_the_case_does_not_have_is_named() -> None:
    with pytest.raises(UnknownName, match="no party 'nobody'"):
        open_case("supply-contract").infer("nobody")
