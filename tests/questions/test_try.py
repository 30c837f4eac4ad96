"""Laws of `try`: one package under all gates, in every spelling, whatever may stand in its way."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from generators import build as small
from generators import write
from summitry.answers import open_case
from summitry.cli import app
from summitry.deals import gates
from summitry.errors import BadArgument, LinkMissing, UnknownName

if TYPE_CHECKING:
    from pathlib import Path

CASE = "supply-contract"


@cache
def workspace(case: str = CASE) -> Any:  # noqa: ANN401 (its questions are methods)
    return open_case(case)


def test_every_spelling_of_a_package_gives_the_same_answer(tmp_path: Path) -> None:
    moves = {"volume": "most", "price": "less-8"}
    words = [f"{issue}={option}" for issue, option in moves.items()]
    file = tmp_path / "deal.yaml"
    file.write_text("\n".join(f"{issue}: {option}" for issue, option in moves.items()))
    verdicts = [
        workspace().try_package(moves).verdict,
        workspace().try_package(words).verdict,
        workspace().try_package(" ".join(words)).verdict,
        workspace().try_package(package=str(file)).verdict,
    ]
    assert all(verdict == verdicts[0] for verdict in verdicts)
    done = CliRunner().invoke(app, ["try", CASE, *words, "--json"], catch_exceptions=False)
    assert json.loads(done.stdout) == workspace().try_package(moves).to_dict()


def test_json_holds_the_verdict_with_its_gates() -> None:
    answer = workspace().try_package(volume_half := {"volume": "half"}).to_dict()
    verdict = answer["verdict"]
    assert verdict["moves"] == volume_half
    assert {"joint", "accept", "ratify"} <= verdict.keys()
    for gate in verdict["gates"]:
        assert {"name", "passed", "score", "needed", "who"} <= gate.keys()
        assert set(gate["why"]) == {"code", "text", "values"}
        assert gate["why"]["text"]


def test_a_package_is_judged_as_the_rung_judges_it() -> None:
    best = workspace().rung().rung.best
    tried = workspace().try_package(best.moves)
    assert tried.verdict.gates == best.gates
    assert tried.verdict.joint == best.joint
    assert "PASSES ALL GATES" in tried.to_text()
    assert tried.days == best.gates[-1].score


def test_a_package_that_cannot_be_formed_is_an_answer(tmp_path: Path) -> None:
    values = {"us": {"list": {"full": 5}, "aid": {"food": -1}}, "dprk": {"list": {"full": -1}, "aid": {"food": 4}}}
    issues = {"aid": {"requires": {"food": "list.full"}}}
    folder = write(small(values, givers={"list": "dprk", "aid": "us"}, issues=issues), tmp_path / "talks")
    done = CliRunner().invoke(app, ["try", str(folder), "aid=food"], catch_exceptions=False)
    assert done.exit_code == 0
    told = " ".join(done.stdout.split())
    assert told.startswith("DOES NOT PASS")
    assert "Prerequisites: CLOSED. Issue aid: food requires Issue list: full." in told
    assert "Prerequisites: Issue list: full or further instead of none; then Issue aid: food has what it requires" in told
    whole = CliRunner().invoke(app, ["try", str(folder), "aid=food", "list=full"], catch_exceptions=False)
    assert "NO GATE THAT COULD BE TESTED IS CLOSED" in whole.stdout


def test_what_is_no_package_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(BadArgument, match="what moves as ISSUE=OPTION"):
        workspace().try_package()
    with pytest.raises(BadArgument, match="not by both"):
        workspace().try_package(["volume=half"], package="nash")
    with pytest.raises(UnknownName, match="Did you mean 'volume'"):
        workspace().try_package({"volumes": "half"})
    with pytest.raises(UnknownName):
        workspace().try_package({"volume": "hal"})


def test_a_scenario_without_a_status_quo_is_declined_by_name() -> None:
    foreign = open_case(CASE)
    foreign.__dict__["model"] = replace(workspace().model, foreign="negmas")
    with pytest.raises(LinkMissing, match="negmas"):
        foreign.try_package({"volume": "half"})


def test_calls_home_are_the_moves_that_no_mandate_leaves_free() -> None:
    answer = workspace().try_package({"volume": "most", "price": "less-8"})
    mandates = {party: workspace().case.believed(party).mandate for party in workspace().model.parties}
    for issue, option in answer.verdict.moves.items():
        giver = workspace().case.file.issues[issue].giver[0]
        permission = mandates[giver].get(issue, {}).get(option, "call home")
        calling = any((call.party, call.issue, call.option) == (giver, issue, option) for call in answer.calls)
        assert calling == (permission != "authorised")


def test_changes_that_are_named_open_their_gate() -> None:
    answer = workspace().try_package(
        {"price": "less-2", "delivery": "four-weeks", "warranty": "two-years", "volume": "half", "payment": "net-30"}
        | {"exclusivity": "one-line"}
    )
    model = workspace().model
    moved = next(change.what.values for change in answer.verdict.opens if change.what.code == "change.option")
    other = {**answer.verdict.moves, moved["issue"]: moved["after"].partition(".")[2]}
    assert gates.judge(model, model.row(other)).gates[0].passed
