"""Groundwork in words; and of all questions about preparation: what another party holds stays unseen, mistakes are told."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import summitry
from summitry.answers import Answer, open_case
from summitry.cli import app
from summitry.deals.gates.gate import Gate
from summitry.errors import SummitryError
from summitry.plan.groundwork import GroundworkResult, Obstacle, Portfolio
from summitry.reasons import reason

CASES = Path(summitry.__file__).parent / "cases"


def told(*words: str) -> str:
    result = CliRunner().invoke(app, [*words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize("command", ["groundwork", "ready", "wait"])
def test_what_another_party_prepares_changes_nothing_that_a_viewer_sees(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "supply-contract"
    shutil.copytree(CASES / "supply-contract", folder)
    before = told(command, str(folder), "--as", "buyer", "--json")
    theirs = folder / "preferences" / "supplier" / "supplier.yaml"
    text = theirs.read_text(encoding="utf-8")
    assert "deadlines:" in text
    assert "groundwork:" in text
    theirs.write_text(text.replace("shift: [0, 2, 4]", "shift: [-9, -8, -7]").replace("cost: 8", "cost: 80"), encoding="utf-8")
    with theirs.open("a", encoding="utf-8") as file:
        file.write("fades: {volume: {half_life: 1d}}\nchecklist: {briefed: {done: true}}\n")
    assert told(command, str(folder), "--as", "buyer", "--json") == before
    shutil.rmtree(folder / "preferences" / "supplier")
    assert told(command, str(folder), "--as", "buyer", "--json") == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("groundwork", "supply-contract", "--target", "aliance"), "Did you mean 'alliance'"),
        (("groundwork", "supply-contract", "--target", "volume=all"), "no option of volume 'all'"),
        (("groundwork", "supply-contract", "--target", "volume=none"), "needs no groundwork"),
        (("groundwork", "supply-contract", "--by", "2024-06-31"), "year-month-day"),
        (("groundwork", "supply-contract", "--by", "2024-01-01"), "must lie between"),
        (("groundwork", "supply-contract", "--by", "2024-09-01", "--days", "3"), "not both"),
        (("groundwork", "supply-contract", "--budget", "inf"), "budget is a number"),
        (("groundwork", "panama-1977", "--target", "halfway"), "names no moves"),
        (("ready", "supply-contract", "--date", "tomorrow"), "year-month-day"),
        (("ready", "supply-contract", "--date", "2024-06-02"), "lies before it"),
        (("wait", "supply-contract", "--until", "2024-06-03"), "after the case's date"),
        (("wait", "supply-contract", "--days", "9999999"), "a century"),
    ],
)
def test_a_mistake_is_told_and_mended(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(SummitryError, match=said):
        CliRunner().invoke(app, [*words], catch_exceptions=False)


@pytest.fixture(scope="module")
def found() -> Answer[GroundworkResult]:
    answer: Answer[GroundworkResult] = open_case("supply-contract").groundwork(target="volume-for-speed")
    return answer


def text(answer: Answer[GroundworkResult], **changes: object) -> str:
    value = dataclasses.replace(answer.value, **changes)  # type: ignore[arg-type] # fields of the result
    return Answer(answer.question, value, answer.wording.names).to_text(10_000)


def test_a_move_that_is_laid_is_told_with_its_dates_and_another_with_its_reason(found: Answer[GroundworkResult]) -> None:
    alone = dataclasses.replace(found.value.moves[0], needs=(), along=(), after=(), out=None)
    move = dataclasses.replace(alone, chosen=True, latest="2024-06-04", marginal=0.1, marginal_error=0.01)
    left = dataclasses.replace(move, chosen=False, latest=None, out=reason("groundwork.out.dear", cost=7.0))
    laid, not_laid = text(found, moves=(move,), efficient=()), text(found, moves=(left,), efficient=())
    assert f"{move.begin} to {move.end}; begin by 2024-06-04 at the latest" in laid
    assert "Lost without it: 10.0 percentage points (sampling error 1.0)" in laid
    assert "LEAVE" not in laid
    assert "costs 7 with what it must follow, more than the budget" in not_laid
    assert "LAY" not in not_laid
    assert "at the latest" not in not_laid


def test_moves_that_other_moves_need_are_told_by_their_titles(found: Answer[GroundworkResult]) -> None:
    by_name = {move.name: move for move in found.value.moves}
    first, second = (
        dataclasses.replace(by_name[name], chosen=True, latest=by_name[name].begin, marginal=0.1, marginal_error=0.0, out=None)
        for name in ("buyer/board-visit", "buyer/forecast")
    )
    shown = text(found, moves=(first, second), efficient=())
    assert f"after {first.title}; begin by" in shown
    assert f"With what it needs ({first.title}):" in shown


def test_a_deal_that_stays_out_of_reach_begins_with_that(found: Answer[GroundworkResult]) -> None:
    shown = text(found, needed=0.99, most=0.5, proven=False, bound=0.4)
    assert "None of the moves brings it to 99 %: none of them reaches more than 50 %." in shown
    assert "none reaches more than 40 %" in shown
    assert "WOULD ADD, AND YET NOT CARRY IT" in shown
    assert "None of the moves brings it" not in text(found, needed=0.0)
    shut = Gate(
        "prerequisites", passed=False, score=None, needed=None, who=(), why=reason("time.refused", problem="it is forbidden")
    )
    assert "No groundwork opens this deal: it is forbidden" in text(found, gates=(shut,))


def test_who_stands_in_the_way_is_told_and_nobody_where_there_is_none(found: Answer[GroundworkResult]) -> None:
    one = Obstacle(reason("row.law", who="An act"), 0.1, 0.2, 0.3, 0.0)
    shown = text(found, obstacles=(one, dataclasses.replace(one, who=reason("row.accepts", who="buyer"), short=1.5)))
    assert "the law An act: yes in 10 % of draws today, 20 % then, 30 % with every move that ends in time" in shown
    assert "The buyer (accepts): yes in 10 % of draws today" in shown
    assert shown.count("still short by 1.5") == 1
    assert "Nobody says no in most draws." in text(found, obstacles=(), gates=())
    assert "Nobody says no in most draws." not in shown


def test_sets_that_cannot_be_told_apart_are_left_out_of_the_list(found: Answer[GroundworkResult]) -> None:
    sets = tuple(Portfolio(float(cost), 0.5, (), apart=cost != 3) for cost in range(20))
    shown = text(found, efficient=sets)
    assert "Cost 2: 50 % (nothing)" in shown
    assert "Cost 3: 50 %" not in shown
    assert shown.count("(nothing)") == 12
    assert "All 20 sets are in --json." in shown
    assert "left out" in shown
