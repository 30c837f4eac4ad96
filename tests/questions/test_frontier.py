"""Laws of the question what is possible, through every door."""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from typer.testing import CliRunner

from generators import build as small
from generators import cases
from report.test_figures import strings
from summitry.answers import Answer, Methods, open_case
from summitry.cli import app
from summitry.deals.frontier import explore
from summitry.errors import BadArgument
from summitry.kernels.bargain import SOLUTIONS
from summitry.model import build
from summitry.packages import package_of
from summitry.report import data
from summitry.report.figures.deals import MOST_LINES
from summitry.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.case.types import Case

VALUES = {
    "us": {"declaration": {"part": 10, "full": 20}, "relief": {"some": -4, "all": -12}},
    "dprk": {"declaration": {"part": -5, "full": -16}, "relief": {"some": 8, "all": 20}},
}


def ask(case: Case, **options: Any) -> Answer[Any]:  # noqa: ANN401 (the fields of the request)
    answer: Answer[Any] = Workspace(case, questions=Methods()).frontier(**options)
    return answer


def test_solutions_are_there_by_name_and_their_titles_are_shown() -> None:
    answer = open_case("panama-1977").frontier()
    assert list(answer.solutions) == sorted(solution.name for solution in SOLUTIONS if not solution.comparable)
    assert answer.solutions["kalai_smorodinsky"].values == {"us": 15.5, "panama": 15.5}
    assert "Kalai-Smorodinsky: " in answer.to_text()


def test_points_are_compared_only_where_the_case_says_so() -> None:
    compared = {solution.name for solution in SOLUTIONS if solution.comparable}
    mixed = {solution.name for solution in SOLUTIONS if solution.mix is not None}
    for comparable in (False, True):
        case = small(VALUES, settings={"comparable": comparable})
        answer = ask(case, lotteries=True)
        assert set(answer.solutions) == {s.name for s in SOLUTIONS if comparable or not s.comparable}
        assert ("Points of two parties are not compared." in answer.to_text()) != comparable
        assert set(answer.lotteries) == (mixed if comparable else mixed - compared)
        model = Workspace(case).certain_model
        for solution in SOLUTIONS:
            if solution.name in answer.solutions:
                package, _ = package_of(model, [solution.word])
                assert model.named(package, moved=False) == answer.solutions[solution.name].package
            else:
                with pytest.raises(BadArgument, match="comparable"):
                    package_of(model, [solution.word])
    assert answer.solutions["utilitarian"].values == answer.solutions["egalitarian"].values == {"us": 8.0, "dprk": 4.0}


def test_a_lottery_shares_what_no_package_can_share() -> None:
    values = {"a": {"prize": {"mine": 10, "yours": 0}}, "b": {"prize": {"mine": 0, "yours": 6}}}
    answer = ask(small(values, givers={"prize": "a"}), lotteries=True)
    nash = answer.lotteries["nash"]
    assert nash.values == pytest.approx({"a": 5.0, "b": 3.0}, rel=1e-6)
    assert sorted((round(part.share, 6), part.package["prize"]) for part in nash.shares) == [(0.5, "mine"), (0.5, "yours")]
    assert "Nash over lotteries: A 5, B 3 expected" in answer.to_text(200)
    assert ask(small(values, givers={"prize": "a"})).lotteries == {}


def test_without_a_zone_of_agreement_that_is_said() -> None:
    nothing = small(VALUES, reservation={"us": 100, "dprk": 100})
    assert "no zone of possible agreement" in ask(nothing).to_text(200)
    with pytest.raises(BadArgument, match="no zone of possible agreement"):
        package_of(Workspace(nothing).certain_model, ["nash"])
    empty = ask(nothing, zone=True)
    assert empty.points == ()
    assert "<svg" not in empty._repr_html_()
    with pytest.raises(TypeError, match="nothing to draw"):
        empty.plot()


def test_where_only_a_lottery_gives_both_enough_that_is_said() -> None:
    values = {"a": {"prize": {"mine": 10, "yours": 0}}, "b": {"prize": {"mine": 0, "yours": 6}}}
    case = small(values, givers={"prize": "a"}, reservation={"a": 4, "b": 3})
    for zone in (False, True):
        answer = ask(case, lotteries=True, zone=zone)
        assert answer.solutions == {}
        assert answer.only_lottery
        assert "but a lottery over packages does" in answer.to_text(200)
        assert "no zone" not in answer.to_text(200)
        assert answer.lotteries["kalai_smorodinsky"].values == pytest.approx({"a": 4.5, "b": 3.3}, abs=1e-6)
    with pytest.raises(BadArgument, match="a lottery over packages does"):
        package_of(Workspace(case).certain_model, ["nash"])


@given(cases(evidence=False))
@settings(max_examples=30)
def test_every_efficient_point_is_a_row_by_the_ids_of_the_case(case: Case) -> None:
    answer = ask(case)
    rows = answer.rows()
    assert [{p: row[f"values.{p}"] for p in answer.parties} for row in rows] == sorted(
        (dict(point.values) for point in answer.points), key=lambda values: [*values.values()]
    )
    assert {tuple(row[f"package.{i}"] for i in case.file.issues) for row in rows} == {
        tuple(point.package.values()) for point in answer.points
    }


def test_a_frame_has_a_column_for_each_party_and_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = ModuleType("pandas")
    fake.DataFrame = list  # type: ignore[attr-defined] # stands for the class that takes rows
    monkeypatch.setitem(sys.modules, "pandas", fake)
    answer = ask(small(VALUES))
    assert answer.to_frame() == answer.rows()
    assert set(answer.rows()[0]) == {"values.us", "values.dprk", "package.declaration", "package.relief", "count"}
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ModuleNotFoundError, match="pandas, which is not installed"):
        answer.to_frame()


def test_a_long_table_shows_some_rows_with_both_ends_and_says_so() -> None:
    answer = open_case("supply-contract").frontier()
    markup = answer.to_html()
    assert f'12</data> of <data value="{len(answer.points)}">' in markup
    first, *_, last = (row["package.price"] for row in answer.rows())
    body = markup.partition("<tbody")[2].partition("</tbody>")[0]
    assert body.count("<tr") == 12
    assert first in body.partition("</tr>")[0]
    assert last in body.rpartition("<tr")[2]


@given(cases(evidence=False))
@settings(max_examples=10)
def test_a_notebook_shows_a_picture(case: Case) -> None:
    answer = ask(case)
    spec = answer.plot()
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert "<svg" in answer._repr_html_()


def test_names_of_a_case_are_only_labels_and_titles_of_the_picture() -> None:
    hostile = "datum['x'] <b>$"
    case = small({**VALUES, "rok": VALUES["us"]})
    parties = {key: party.model_copy(update={"name": hostile}) for key, party in case.file.parties.items()}
    for keys in (["us", "dprk"], ["us", "dprk", "rok"]):
        preferences = {key: case.preferences[key] for key in keys}
        file = case.file.model_copy(update={"parties": {key: parties[key] for key in keys}})
        spec = ask(case.model_copy(update={"file": file, "preferences": preferences})).plot()
        places = {path[-1] if path[-1] != "title" else "axis.title" for path, text in strings(spec) if "datum" in text}
        assert places
        assert places <= {"label", "axis.title"}


def test_what_is_left_out_of_the_picture_is_announced() -> None:
    many = {f"i{k}": {"x": float(2**k)} for k in range(9)}
    values = {"us": many, "dprk": {i: {"x": -w["x"]} for i, w in many.items()}, "rok": many}
    (figure,) = ask(small(values)).figures()
    assert figure.notes == (f"{MOST_LINES} of 512 packages are drawn, evenly spread.",)


def test_a_number_of_packages_may_be_larger_than_any_floating_point_number() -> None:
    values = {f"i{k}": {"x": 1.0} for k in range(1100)}
    answer = ask(small({"a": values, "b": values}))
    assert answer.packages == str(2**1100)
    assert f"1 efficient point of {2**1100:,} packages." in answer.to_text(10_000)


def test_coupled_issues_have_an_answer_and_say_how_far_it_is(shared_data: Path) -> None:
    """Ten issues of ten options, coupled by boxes: no joint domain of theirs could be held."""
    scenario = shared_data / "scenarios" / "genius" / "anac" / "y2014" / "10issuesDiscountedwithRV"
    result = CliRunner().invoke(app, ["frontier", str(scenario)], catch_exceptions=False)
    assert "8 efficient points of 10,000,000,000 packages." in result.stdout
    assert "zones open, within" in result.stderr
    assert CliRunner().invoke(app, ["frontier", str(scenario), "--quiet"], catch_exceptions=False).stderr == ""
    whole = open_case(str(scenario)).frontier()
    least = whole.reservation
    zone = open_case(str(scenario)).frontier(zone=True)
    both = open_case(str(scenario)).frontier(zone=True, lotteries=True)
    rational = [dict(point.values) for point in whole.points if all(v >= least[p] for p, v in point.values.items())]
    assert 0 < len(rational) < len(whole.points)
    assert [dict(p.values) for p in zone.points] == [dict(p.values) for p in both.points] == rational
    assert both.exact
    assert set(both.lotteries) == {solution.name for solution in SOLUTIONS if solution.mix is not None}


def test_a_scenario_of_another_tool_is_told_in_its_own_names_with_every_digit(shared_data: Path) -> None:
    scenario = shared_data / "scenarios" / "genius" / "anac" / "y2010" / "EnglandZimbabwe"
    spoken = {}
    for convention in ("genius", "raw"):
        words = ["frontier", str(scenario), "--json", "--convention", convention]
        spoken[convention] = json.loads(CliRunner().invoke(app, words, catch_exceptions=False).stdout)
    answer = spoken["genius"]
    workspace = open_case(str(scenario))
    names = [party.name for party in workspace.case.file.parties.values()]
    assert answer["parties"] == names
    assert set(answer["points"][0]["package"]) == {issue.title for issue in workspace.case.file.issues.values()}
    assert all(list(point["values"]) == names for point in answer["points"])
    assert answer["packages"] == str(workspace.certain_model.packages)
    assert answer["status_quo"] is None
    assert answer["notes"] == list(workspace.case.notes)
    assert answer["points"] != spoken["raw"]["points"]
    value = workspace.frontier().points[0].values[names[0]]
    assert answer["points"][0]["values"][names[0]] == value != data.rounded(value)


def test_an_empty_zone_says_how_far_each_party_comes_while_the_others_have_theirs() -> None:
    worth = {"a": {"x": {"some": 3}}, "b": {"x": {"some": -1}}}
    model = build(small(worth, reservation={"a": 2, "b": 1}), draws=0)
    found = explore(model, zone=True)
    assert not found.solutions
    assert found.short == {"b": -1.0}  # b has its 1 in no package, so nothing is told of a
    model = build(small(worth, reservation={"a": 2, "b": 0}), draws=0)
    assert explore(model, zone=True).short == {"a": 0.0, "b": -1.0}
