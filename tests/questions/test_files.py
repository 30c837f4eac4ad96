"""Laws of the questions and commands about files: check, schema, convert, events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from questions.test_every_question import NAMES, example, spans
from summitry import case, formats, questions
from summitry.answers import Answer, Door
from summitry.cli import app
from summitry.cli.doors import Conversion, view_conversion, view_events
from summitry.document import look_up
from summitry.errors import BadArgument
from summitry.evidence.event_files import Loaded
from summitry.questions import question
from summitry.questions.schema import request_schema
from summitry.wording import Names

if TYPE_CHECKING:
    from pathlib import Path

CASE = """\
summitry: 1
title: Saturday work
as_of: 2026-01-15
parties: {firm: {name: The firm}, union: {name: The union}}
issues:
  pay: {title: Pay, giver: firm, options: [as-now, plus-2]}
  saturdays: {title: Saturdays, giver: nobody, options: [none, ten]}
"""
KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "number": (int, float), "integer": int, "boolean": bool, "null": type(None),
}  # fmt: skip
LOADED = Loaded(
    "out.parquet", "out.rejected.csv", {"a[1].csv": "CSV", "b.csv": "CSV"}, {"a[1].csv": 3, "b.csv": 0}, 3, 1, 2,
    {"no date": 1, "not UTF-8": 1}, [".summitry-1"],
)  # fmt: skip


def run(*words: object) -> Any:  # noqa: ANN401 (a result of typer's runner)
    return CliRunner().invoke(app, list(map(str, words)), catch_exceptions=False)


def lines(text: str) -> str:
    return " ".join(text.split())


def fits(value: Any, schema: dict[str, Any], root: dict[str, Any]) -> bool:  # noqa: ANN401 (any JSON)
    """Whether a value keeps to a schema, of which only the words are known that ours use."""
    if "$ref" in schema:
        return fits(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "anyOf" in schema:
        return any(fits(value, one, root) for one in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    kind = schema.get("type")
    if kind == "number" and value in {"NaN", "Infinity", "-Infinity"}:  # as JSON names them
        return True
    if kind is not None and not (isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))):
        return False
    if isinstance(value, list):
        each = schema.get("prefixItems", [schema.get("items", {})] * len(value))
        return len(each) == len(value) and all(fits(one, of, root) for one, of in zip(value, each, strict=True))
    if isinstance(value, dict):
        properties, more = schema.get("properties", {}), schema.get("additionalProperties", {})
        inside = all(fits(one, properties.get(key, more), root) for key, one in value.items())
        return inside and set(schema.get("required", ())) <= set(value) and (not properties or set(value) <= set(properties))
    return True


@pytest.mark.parametrize("value", [{"part": 3}, {"other": "case"}, [], None, "case"])
def test_what_does_not_keep_to_a_schema_is_noticed(value: object) -> None:
    schema = request_schema(question("schema"))
    assert fits({"part": "case"}, schema, schema)
    assert not fits(value, schema, schema)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    folder = tmp_path / ("talks" + "-" * 90)
    folder.mkdir()
    (folder / "case.yaml").write_text(CASE)
    return folder


def test_check_lists_each_problem_on_one_unbroken_line_with_its_place(faulty: Path) -> None:
    problems = case.check(faulty)
    result = run("check", faulty)
    assert result.exit_code == 2
    assert any(problem.path == "issues.saturdays.giver" for problem in problems)
    assert [str(problem) for problem in problems] == result.stdout.splitlines()[-len(problems) :]


def test_check_counts_what_it_lists_and_its_exit_code_follows_the_errors(faulty: Path) -> None:
    for name in (str(faulty), "supply-contract"):
        result = run("check", name, "--json")
        check = json.loads(result.stdout)
        levels = [problem["level"] for problem in check["problems"]]
        assert (check["errors"], check["warnings"]) == (levels.count("error"), levels.count("warning"))
        assert result.exit_code == (2 if check["errors"] else 0)


def test_check_as_a_party_opens_its_files_alone(faulty: Path) -> None:
    (faulty / "case.yaml").write_text(CASE.replace("nobody", "union"))
    for party in ("firm", "union"):
        (faulty / "preferences" / party).mkdir(parents=True)
        (faulty / "preferences" / party / f"{party}.yaml").write_text("reservation: [")
    named = {problem["file"] for problem in json.loads(run("check", faulty, "--as", "firm", "--json").stdout)["problems"]}
    assert "preferences/firm/firm.yaml" in named
    assert not [file for file in named if file.startswith("preferences/union")]


@pytest.mark.parametrize("part", ["case", "preferences"])
def test_the_schema_of_a_file_is_printed_as_it_is(part: str) -> None:
    schema = json.loads(run("schema", part).stdout)
    assert schema == case.schema(part)  # type: ignore[arg-type] # one of two
    assert json.loads(run("schema", part, "--json").stdout) == {"part": part, "schema": schema}


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_of_a_question_hold_for_its_example(name: str) -> None:
    schemas = json.loads(run("schema", name).stdout)
    request = dict(questions.question(name).example[1])
    assert fits(json.loads(json.dumps(request)), schemas["request"], schemas["request"])
    assert fits(example(name).to_dict(), schemas["answer"], schemas["answer"])
    assert schemas["request"] == json.loads(json.dumps(request_schema(question(name))))


def test_a_schema_of_nothing_is_refused_by_name() -> None:
    with pytest.raises(BadArgument, match=r"no schema of 'nonsense'; there are those of case, preferences, .*price"):
        run("schema", "nonsense")


def test_convert_names_every_file_whole_and_every_loss(tmp_path: Path) -> None:
    target = tmp_path / ("canal" + "-" * 90)
    printed = run("convert", "panama-1977", target, "--to", "negmas").stdout
    files = sorted(str(path) for path in target.iterdir())
    assert sorted(line for line in printed.splitlines() if line.startswith(str(target))) == files
    for loss in formats.losses(case.load("panama-1977"), "negmas"):
        assert f"- {loss}" in lines(printed)


def test_convert_reads_the_case_of_one_delegation(tmp_path: Path) -> None:
    run("convert", "supply-contract", tmp_path / "own", "--as", "buyer")
    assert {path.parent.name for path in (tmp_path / "own").glob("preferences/*/*.yaml")} == {"buyer"}
    assert run("check", tmp_path / "own", "--as", "buyer").exit_code == 0


def test_convert_says_the_conventions_under_which_it_read(tmp_path: Path) -> None:
    run("convert", "panama-1977", tmp_path / "canal", "--to", "negmas")
    (note,) = formats.load(tmp_path / "canal").notes[:1]
    assert note in lines(run("convert", tmp_path / "canal", tmp_path / "back", "--to", "genius").stdout)
    assert run("convert", tmp_path / "canal", tmp_path / "quiet", "--to", "genius", "--quiet").stdout == ""


def test_events_tells_of_every_file_every_reason_and_both_files_written() -> None:
    text = Answer(Door("events", view_events), LOADED, Names()).to_text()
    assert "a[1].csv: read as CSV." in text
    assert "b.csv: read as CSV, without a row." in text
    assert "3 rows read, 1 kept, 2 put aside." in text
    assert "- 1: no date" in text
    assert ".summitry-1, which a run that was stopped had left, is removed." in text
    assert text.endswith("out.parquet\nout.rejected.csv")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(Door("events", view_events), LOADED, Names()),
        Answer(Door("convert", view_conversion), Conversion(("a",), ("b",), ("c",)), Names()),
    ],
)
def test_every_number_that_a_door_shows_stands_in_its_answer(answer: Answer[Any]) -> None:
    for span in spans(answer):
        if span.kind == "number" and span.path and span.value is not None:
            assert look_up(answer.value, span.path) == span.value
    assert answer.to_pdf().startswith(b"%PDF")
