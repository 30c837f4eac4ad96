from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from icalendar import Calendar
from typer.testing import CliRunner

import summitry
from generators import build as small
from generators import write
from summitry.answers import Answer, open_case
from summitry.cli import app
from summitry.errors import LinkMissing, SummitryError
from summitry.plan.conflicts import Conflict
from summitry.plan.schedule import Tried
from summitry.plan.timeline import Shift
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.questions.plan import PlanAnswer

DEAL = ("--package", "volume=half", "--package", "delivery=four-weeks", "--package", "payment=net-45")


def asked(*words: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["plan", "supply-contract", *words, "--json"], catch_exceptions=False)
    assert done.exit_code == 0
    return flat(json.loads(done.stdout))


def flat(answer: dict[str, Any]) -> dict[str, Any]:
    """The plan's own keys beside the package and where it stands."""
    return {**answer.pop("plan"), **answer}


def refused(*words: str) -> str:
    with pytest.raises(SummitryError) as problem:
        CliRunner().invoke(app, ["plan", "supply-contract", *words], catch_exceptions=False)
    return str(problem.value)


def test_a_plan_starts_where_it_is_told_and_every_step_is_verified_by_the_end() -> None:
    found = asked(*DEAL, "--start", "2028-02-28")
    assert found["start"] == "2028-02-28" == min(s["start"] for s in found["steps"])
    assert found["end"] == max(v["end"] for v in found["verifications"]) >= found["bound"]
    assert [v["step"] for v in found["verifications"]] == [s["id"] for s in found["steps"]]
    for d in found["decisions"]:
        after = next(s for s in found["steps"] if s["id"] == d["after"])
        assert d["back"] == after["held"]
        assert d["go"] == found["gain"]


def test_a_day_later_start_moves_every_date_by_a_day_where_no_day_is_off() -> None:
    first, second = (asked(*DEAL, "--start", day) for day in ("2028-02-28", "2028-02-29"))
    for a, b in zip(first["steps"], second["steps"], strict=True):
        for key in ("start", "end"):
            assert dt.date.fromisoformat(b[key]) - dt.date.fromisoformat(a[key]) == dt.timedelta(days=1)


def test_files_are_the_same_bytes_again_and_leave_others_alone(tmp_path: Path) -> None:
    for folder in ("a", "b", "b"):
        asked(*DEAL, "--out", str(tmp_path / folder))
    names = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert {"plan.ics", "plan.json", "plan.xlsx", "gantt.svg", "staircase.svg", "stops.svg"} <= set(names)
    assert all((tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in names)
    (tmp_path / "a" / "plan.ics").write_text("mine")
    assert "not written by summitry" in refused(*DEAL, "--out", str(tmp_path / "a"))
    assert (tmp_path / "a" / "plan.ics").read_text() == "mine"


def test_the_calendar_holds_each_step_check_and_decision_as_whole_days(tmp_path: Path) -> None:
    found = asked(*DEAL, "--out", str(tmp_path / "a"))
    events = Calendar.from_ical((tmp_path / "a" / "plan.ics").read_bytes()).walk("VEVENT")
    assert len(events) == len(found["steps"]) + len(found["verifications"]) + len(found["decisions"])
    assert len({e["uid"] for e in events}) == len(events)
    by = {str(e["uid"]).partition("-")[0]: e for e in events}
    for s in found["steps"]:
        event = by[s["id"]]
        assert type(event.decoded("dtstart")) is dt.date
        assert event.decoded("dtstart").isoformat() == s["start"]
        assert (event.decoded("dtend") - dt.timedelta(days=1)).isoformat() == s["end"]


def test_a_package_file_and_the_same_moves_are_the_same_plan(tmp_path: Path) -> None:
    file = tmp_path / "deal.yaml"
    file.write_text("volume: half\ndelivery: four-weeks\npayment: net-45\n")
    a, b = asked("--package", str(file)), asked(*DEAL)
    assert {**a, "title": ""} == {**b, "title": ""}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--package", "nonsense"), "There is no package 'nonsense'"),
        (("--package", "volume=all"), "option"),
        (("--package", "delivery=two-weeks"), "requires Yearly volume committed: half"),
        (("--package", "best", "--package", "nash"), "Name one package"),
        ((*DEAL, "--start", "2024-2-1"), "year-month-day"),
        ((*DEAL, "--start", "9999-01-01"), "must lie between"),
        ((*DEAL, "--start", "2020-01-01"), "before the case's date"),
        ((*DEAL, "--status", "/nowhere/status.csv"), "status file"),
    ],
)
def test_what_cannot_be_planned_is_one_message(words: tuple[str, ...], said: str) -> None:
    assert said in refused(*words)


def status(tmp_path: Path, *lines: str) -> tuple[str, ...]:
    file = tmp_path / "status.csv"
    file.write_text("\n".join(["step,status,date,evidence", *lines]) + "\n")
    return (*DEAL, "--status", str(file))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("S9,done,2024-07-01,x", "S9' is no step of this plan"),
        ("S1,finished,2024-07-01,x", "row 2, column status"),
        ("S1,done,,x", "row 2, column date"),
        ("S1,done,2023-07-01,x", "outside of the plan"),
        ("S1,done,yesterday,x", "a date is expected"),
    ],
)
def test_an_error_in_a_status_file_names_its_line_and_column(tmp_path: Path, line: str, said: str) -> None:
    told = refused(*status(tmp_path, line))
    assert said in told
    assert "status.csv:2" in told


def test_a_template_that_is_sent_back_says_that_all_is_open(tmp_path: Path) -> None:
    asked(*DEAL, "--template", str(tmp_path / "s.csv"))
    found = asked(*DEAL, "--status", str(tmp_path / "s.csv"))
    assert found["following"]["score"] == 0
    assert set(found["following"]["status"].values()) == {"open"}
    rest = found["following"]["remaining"]
    assert [(s["issue"], s["start"], s["end"]) for s in rest["steps"]] == [
        (s["issue"], s["start"], s["end"]) for s in found["steps"]
    ]
    assert rest["load"] == pytest.approx(found["load"])


def test_what_is_done_counts_and_only_the_rest_is_planned_from_there(tmp_path: Path) -> None:
    plan = asked(*DEAL)
    first = plan["steps"][0]
    found = asked(*status(tmp_path, f"{first['id']},done,2024-07-10,receipt"))["following"]
    assert found["held"] == first["held"]
    assert {p["issue"]: p["score"] for p in found["provisions"]}[first["issue"]] == 3
    assert found["now"] == "2024-07-10" == found["remaining"]["start"]
    assert {s["id"] for s in found["remaining"]["steps"]} == {s["id"] for s in plan["steps"]} - {first["id"]}
    last = found["remaining"]["steps"][-1]
    assert last["held"] == pytest.approx(plan["steps"][-1]["held"])


def test_a_broken_step_lowers_the_belief_in_its_party_and_a_kept_one_raises_it(tmp_path: Path) -> None:
    first = asked(*DEAL)["steps"][0]
    believed = {}
    for state in ("done", "broken"):
        found = asked(*status(tmp_path, f"{first['id']},{state},2024-12-10,letter"))["following"]
        believed[state] = {(b["party"], b["other"]): b["now"] for b in found["learnt"]}
    giver, other = first["givers"][0], next(p for p in ("buyer", "supplier") if p not in first["givers"])
    assert believed["done"][other, giver] > believed["broken"][other, giver]
    assert believed["done"][giver, other] == believed["broken"][giver, other]


def learnt(folder: Path, moves: Sequence[str], states: dict[str, str]) -> tuple[dict[tuple[str, str], tuple[float, float]], int]:
    """Beliefs before and now of a plan of which each issue's steps end in a state, all on one day; and the number of steps."""
    words = [word for move in moves for word in ("--package", move)]

    def plan(*more: str) -> dict[str, Any]:
        done = CliRunner().invoke(app, ["plan", str(folder), *words, *more, "--json"], catch_exceptions=False)
        return flat(json.loads(done.stdout))

    rows = [f"{step['id']},{states.get(step['issue'], 'done')},2025-12-10,letter" for step in plan()["steps"]]
    file = folder.parent / "followed.csv"
    file.write_text("\n".join(["step,status,date,evidence", *rows]) + "\n")
    beliefs = plan("--status", str(file))["following"]["learnt"]
    return {(b["party"], b["other"]): (b["before"], b["now"]) for b in beliefs}, len(rows)


MOVES = ("volume=half", "delivery=four-weeks", "payment=net-45")


@pytest.fixture
def supply(tmp_path: Path) -> Path:
    folder = tmp_path / "supply"
    shutil.copytree(Path(summitry.__file__).parent / "cases" / "supply-contract", folder)
    return folder


def test_lumps_never_change_what_a_plan_teaches(supply: Path) -> None:
    issues = [move.partition("=")[0] for move in MOVES]
    outcomes = [{}, *({issue: "broken"} for issue in issues), {issues[0]: "late", issues[1]: "broken"}]
    whole = [learnt(supply, MOVES, states) for states in outcomes]
    text = (supply / "case.yaml").read_text()
    for issue in issues:
        assert text.count(f"\n  {issue}:\n") == 1
        text = text.replace(f"\n  {issue}:\n", f"\n  {issue}:\n    splits: true\n    smallest: 1\n")
    (supply / "case.yaml").write_text(text)
    cut = [learnt(supply, MOVES, states) for states in outcomes]
    for (a, few), (b, many) in zip(whole, cut, strict=True):
        assert few < many
        for pair in a:
            assert b[pair] == pytest.approx(a[pair], abs=1e-9)


def test_leaving_the_central_obligation_brings_the_belief_below_where_it_began(supply: Path) -> None:
    moves = ("volume=half", "payment=net-45", "delivery=four-weeks", "warranty=five-years")
    done, _ = learnt(supply, moves, {})
    assert all(now > before for before, now in done.values())
    below = {
        issue: [pair for pair, (before, now) in learnt(supply, moves, {issue: "broken"})[0].items() if now < before]
        for issue in ("volume", "payment", "delivery", "warranty")
    }
    assert {other for pairs in below.values() for _, other in pairs} == {"buyer", "supplier"}


def test_who_broke_a_step_is_said_where_that_was_not_who_signed(tmp_path: Path) -> None:
    first = asked(*DEAL)["steps"][0]["id"]
    file = tmp_path / "s.csv"
    file.write_text(f"step,status,date,evidence,broken_by\n{first},broken,2024-12-10,letter,the new owner\n")
    words = ["plan", "supply-contract", *DEAL, "--status", str(file)]
    shown = CliRunner().invoke(app, words, catch_exceptions=False).stdout
    assert f"{first} the new owner" in shown
    file.write_text(f"step,status,date,evidence,broken_by\n{first},done,2024-12-10,letter,the new owner\n")
    assert "who failed" in refused(*DEAL, "--status", str(file))


SHARED = ("--package", "warranty=five-years", "--package", "volume=half", "--package", "delivery=four-weeks")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The supply contract with a warranty that both sides give together."""
    folder = tmp_path / "shared"
    shutil.copytree(Path(summitry.__file__).parent / "cases" / "supply-contract", folder)
    text = (folder / "case.yaml").read_text()
    old = "    title: Warranty\n    giver: supplier\n"
    assert text.count(old) == 1
    (folder / "case.yaml").write_text(text.replace(old, "    title: Warranty\n    giver: [supplier, buyer]\n"))
    return folder


def told(folder: Path, *words: str) -> dict[str, Any]:
    done = CliRunner().invoke(app, ["plan", str(folder), *SHARED, *words, "--json"], catch_exceptions=False)
    return flat(json.loads(done.stdout))


def test_a_shared_step_names_all_who_give_it_wherever_it_stands(shared: Path, tmp_path: Path) -> None:
    found = told(shared, "--out", str(tmp_path / "a"), "--template", str(tmp_path / "s.csv"))
    step = next(s for s in found["steps"] if s["issue"] == "warranty")
    assert set(step["givers"]) == {"buyer", "supplier"}
    names = [v.name for v in summitry.case.load(str(shared)).file.parties.values()]
    terminal = CliRunner().invoke(app, ["plan", str(shared), *SHARED], catch_exceptions=False).stdout
    calendar = [str(e["summary"]) for e in Calendar.from_ical((tmp_path / "a" / "plan.ics").read_bytes()).walk("VEVENT")]
    line = next(text for text in calendar if text.startswith(f"{step['id']} "))
    row = next(row for row in (tmp_path / "s.csv").read_text().splitlines() if row.startswith(f"{step['id']},"))
    shown = " ".join(terminal.split())
    assert all(name in line for name in names)
    assert any(f"{a} and {b}: Warranty" in shown for a, b in (names, names[::-1]))
    assert "buyer" in row
    assert "supplier" in row


def test_what_becomes_of_a_shared_step_moves_the_beliefs_in_all_who_give_it_or_in_whom_the_table_names(
    shared: Path, tmp_path: Path
) -> None:
    step = next(s["id"] for s in told(shared)["steps"] if s["issue"] == "warranty")

    def believed(state: str, by: str = "") -> dict[str, float]:
        file = tmp_path / "s.csv"
        file.write_text(f"step,status,date,evidence,by\n{step},{state},2024-12-10,letter,{by}\n")
        found = told(shared, "--status", str(file))["following"]
        return {b["other"]: b["now"] - b["before"] for b in found["learnt"]}

    broken, done, blamed = believed("broken"), believed("done"), believed("broken", "buyer")
    assert set(broken) == {"buyer", "supplier"}
    assert all(move < 0 for move in broken.values())
    assert all(move > 0 for move in done.values())
    assert blamed["buyer"] == broken["buyer"]
    assert broken["supplier"] < blamed["supplier"] < done["supplier"]
    for state, by, said in (("broken", "acme", "does not give"), ("done", "buyer", "says who failed")):
        with pytest.raises(SummitryError, match=said):
            believed(state, by)


def test_what_is_disputed_is_worth_nothing_to_who_receives_it(tmp_path: Path) -> None:
    first = asked(*DEAL)["steps"][0]
    found = asked(*status(tmp_path, f"{first['id']},disputed,2024-07-10,letter"))["following"]
    giver, other = first["givers"][0], next(p for p in ("buyer", "supplier") if p not in first["givers"])
    assert found["held"][other] == 0
    assert found["held"][giver] == first["held"][giver]
    assert found["unverified"] == [first["id"]]


def test_what_another_holder_believes_changes_no_byte_of_a_partys_plan(tmp_path: Path) -> None:
    case = tmp_path / "supply-contract"
    shutil.copytree(Path(summitry.__file__).parent / "cases" / "supply-contract", case)
    words = ["plan", str(case), *DEAL, "--as", "buyer", "--json"]
    before = CliRunner().invoke(app, words, catch_exceptions=False).stdout
    for file in (case / "preferences" / "supplier").iterdir():
        file.write_text(file.read_text().replace("reservation:", "reservation: [7, 8, 9]  #"))
    assert CliRunner().invoke(app, words, catch_exceptions=False).stdout == before


def test_without_the_extra_for_spreadsheets_the_other_files_are_written_and_the_missing_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(*DEAL, "--out", str(tmp_path / "with"))
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    done = CliRunner().invoke(app, ["plan", "supply-contract", *DEAL, "--out", str(tmp_path / "without"), "--quiet"])
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr.startswith("Left out: plan.xlsx: Spreadsheets need xlsxwriter")
    assert "pip install '.[xlsx]'" in done.stderr
    names = {p.name for p in (tmp_path / "with").iterdir()}
    assert {p.name for p in (tmp_path / "without").iterdir()} == names - {"plan.xlsx"}
    again = CliRunner().invoke(app, ["plan", "supply-contract", *DEAL, "--out", str(tmp_path / "with"), "--quiet"])
    assert "is of an earlier run" in again.stderr


def test_a_ladder_without_trust_is_declined_by_name(tmp_path: Path) -> None:
    values = {"us": {"list": {"full": 5}}, "dprk": {"list": {"full": 1}}}
    folder = write(small(values, givers={"list": "dprk"}), tmp_path / "talks")
    with pytest.raises(LinkMissing, match=r"A ladder cannot be answered .* how far us and dprk trust"):
        open_case(str(folder)).ladder()


@pytest.fixture(scope="module")
def deal() -> Answer[PlanAnswer]:
    answer: Answer[PlanAnswer] = open_case("supply-contract").plan(package={"volume": "half", "delivery": "four-weeks"})
    return answer


def text(answer: Answer[PlanAnswer], **changes: Any) -> str:  # noqa: ANN401 (fields of a plan)
    """The words of a plan of which some fields are others."""
    value = dataclasses.replace(answer.value, plan=dataclasses.replace(answer.value.plan, **changes))
    return Answer(answer.question, value, answer.wording.names).to_text(10_000)


def test_words_and_a_mapping_name_the_same_package(deal: Answer[PlanAnswer]) -> None:
    workspace = open_case("supply-contract")
    for words in (
        ("volume=half", "delivery=four-weeks"),
        "volume=half, delivery=four-weeks",
        ["volume=half delivery=four-weeks"],
    ):
        assert workspace.plan(words).to_dict() == deal.to_dict()


def test_two_orders_that_were_tried_are_shown_and_one_alone_is_not(deal: Answer[PlanAnswer]) -> None:
    order = Tried(1, 0.5, "2025-01-01", fits=False)
    assert "ORDERS THAT WERE TRIED" not in text(deal, orders=(order,))
    shown = text(deal, orders=(order, dataclasses.replace(order, phases=2, end="", fits=True)))
    assert "1 phase: load 0.5, could end 2025-01-01, does not keep every limit" in shown
    assert "2 phases: load 0.5, asks for more than there is, keeps every limit" in shown


def test_a_conflict_says_what_would_do_and_which_change_the_dates_have(deal: Answer[PlanAnswer]) -> None:
    what = reason("plan.limit.latest", limit="2024-07-01", needed="2024-07-02", by=1)
    conflict = Conflict(1, "latest", "volume", "2024-07-01", "2024-07-02", 1, applied=True, what=what)
    fixed = reason("plan.limit.horizon.fixed", limit="2024-08-01")
    horizon = Conflict(1, "horizon", "", "2024-08-01", "", None, applied=False, what=fixed)
    shown = text(deal, conflicts=(conflict, horizon))
    assert "* Yearly volume committed: it must be done by 2024-07-01; 2024-07-02 would do, 1 day later" in shown
    assert "the horizon: all must be done by 2024-08-01; no change of this alone would do" in shown


def test_a_side_beyond_its_limit_is_told_when_and_a_side_without_limit_that_it_has_none(deal: Answer[PlanAnswer]) -> None:
    first, second = deal.value.plan.stop_loss
    stops = (
        dataclasses.replace(first, limit=2.0, kind="stated", date="2024-07-01", step="S1"),
        dataclasses.replace(second, limit=float("inf")),
    )
    shown = text(deal, stop_loss=stops)
    assert "Limit 2 (stated), beyond it from 2024-07-01 (S1): stop there" in shown
    assert "No limit, never beyond it" in shown


def test_a_part_of_a_move_and_a_step_that_nobody_verifies_are_told(deal: Answer[PlanAnswer]) -> None:
    step, *rest = deal.value.plan.steps
    shown = text(deal, steps=(dataclasses.replace(step, part=0.25, verification=""), *rest))
    assert "(25 % of the move)" in shown
    assert "none stated: counts as unverified" in shown
    assert "(25 % of the move)" not in text(deal)


def test_many_moved_dates_are_counted_and_not_all_told(deal: Answer[PlanAnswer]) -> None:
    shift = Shift("S1", "end", "2024-07-06", "2024-07-08", ("a Saturday", "a Sunday"))
    assert "S1 end: 2024-07-06 → 2024-07-08 (a Saturday; a Sunday)" in text(deal, shifts=(shift,))
    many = text(deal, shifts=(shift,) * 13)
    assert many.count("S1 end") == 12
    assert "All 13 are in --json." in many


def test_the_workbook_has_every_table_with_all_digits_and_no_formula(deal: Answer[PlanAnswer]) -> None:
    step, *rest = deal.value.plan.steps
    named = dataclasses.replace(step, owner="=1+1", held={"buyer": 1 / 3, "supplier": -2 / 3})
    plan = dataclasses.replace(deal.value.plan, steps=(named, *rest))
    value = dataclasses.replace(deal.value, plan=plan)
    book = openpyxl.load_workbook(io.BytesIO(Answer(deal.question, value, deal.wording.names).files().contents["plan.xlsx"]))
    tables = ("steps", "verifications", "decisions", "conflicts", "shifts")
    assert book.sheetnames == [name for name in tables if getattr(plan, name)]
    heads, first = [[cell.value for cell in row] for row in list(book["steps"].rows)[:2]]
    row = dict(zip(heads, first, strict=True))
    assert (row["Step"], row["Owner"]) == ("S1", "=1+1")
    assert (row["The buyer holds"], row["The supplier holds"]) == (1 / 3, -2 / 3)
    assert all(cell.data_type != "f" for sheet in book for cells in sheet.rows for cell in cells)


def test_files_are_written_from_python_as_by_the_command(deal: Answer[PlanAnswer], tmp_path: Path) -> None:
    paths = deal.write(tmp_path / "python")
    words = ["--package", "volume=half", "--package", "delivery=four-weeks"]
    asked(*words, "--out", str(tmp_path / "command"))
    assert {path.name for path in paths} == {path.name for path in (tmp_path / "command").iterdir()} - {".summitry"}
    assert all(path.read_bytes() == (tmp_path / "command" / path.name).read_bytes() for path in paths)
