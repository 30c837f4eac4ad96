"""The reference pages name every option, key, column and JSON field that there is, and none that there is not."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from summitry import questions
from summitry.case import fields, types
from summitry.case import rows as evidence_rows
from summitry.cli import app
from summitry.deals.gates import Verdict
from summitry.deals.rung import RungResult
from summitry.questions.prepare import DOCUMENT
from summitry.wording import messages

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
LISTS = Path(__file__).resolve().parent / "data"
QUESTIONS = frozenset(questions.names())
"""Commands of the table, whose reference is written by a tool."""
COMMANDS = dict(get_command(app).commands)  # type: ignore[attr-defined] # the app has several commands, so it is a group
PARTS = {
    name: part
    for name, part in (vars(types) | vars(evidence_rows)).items()
    if isinstance(part, type) and issubclass(part, fields.Doc) and name not in {"Doc", "Case", "Evidence", "Document"}
}
CALLS = {
    "mandate": ["supply-contract", "volume=most"],
    "allies": ["korea-2019"],
    "groundwork": ["supply-contract"],
    "ready": ["supply-contract"],
    "wait": ["supply-contract"],
    "inventory": ["korea-2019"],
    "plan": ["supply-contract"],
    "declaration": ["supply-contract", "stock=3000"],
    "changes": [str(LISTS / f"{name}.csv") for name in ("before", "after")],
    "inspect": ["--items", "100", "--defects", "5", "--detect", "0.9"],
    "visits": ["supply-contract", "--budget", "500"],
    "signals": ["supply-contract"],
    "events": ["events.csv", "--to", "out.parquet"],
    "deeds": ["supply-contract"],
    "promises": ["supply-contract"],
    "positions": ["supply-contract"],
    "audit": ["supply-contract"],
    "substance": ["supply-contract", "volume=half"],
}


@pytest.mark.parametrize("page", ["commands.md", "python.md"])
def test_the_reference_of_questions_is_what_the_tool_writes(page: str) -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "reference.py"))
    _, mark, written = (REFERENCE / page).read_text().partition(tool["MARK"])
    assert mark
    assert written.strip() == tool["PAGES"][page]().strip(), "out of date: run `.venv/bin/python tools/reference.py`"


def sections(page: str, mark: str) -> dict[str, str]:
    """The text under each heading of one depth."""
    parts = re.split(rf"^{mark} (.*)$", (REFERENCE / page).read_text(), flags=re.MULTILINE)
    return {head.strip("`"): text for head, text in zip(parts[1::2], parts[2::2], strict=True)}


def rows(text: str) -> Iterable[tuple[str, bool]]:
    """Each name in the first column of the tables of a text, and whether it is bold."""
    for line in re.findall(r"^\| (.*?) \|", text, flags=re.MULTILINE):
        yield from ((name, bool(bold)) for bold, name in re.findall(r"(\*\*)?`(\w+)`", line))


def of_command(name: str) -> str:
    return next(text for head, text in sections("commands.md", "##").items() if head.split()[:2] == ["summitry", name])


def test_every_command_has_its_section_and_no_other_does() -> None:
    heads = (head.split() for head in sections("commands.md", "##"))
    assert {words[1] for words in heads if words[0] == "summitry"} == set(COMMANDS) - QUESTIONS


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - QUESTIONS))
def test_every_option_of_a_command_is_named_in_its_section(name: str) -> None:
    options = {o for p in COMMANDS[name].params for o in p.opts if o.startswith("--")} - {"--help"}
    assert set(re.findall(r"`(--[\w-]+)", of_command(name).partition("JSON:")[0])) == options


@pytest.mark.parametrize("name", sorted(set(CALLS) - QUESTIONS))
def test_every_key_of_a_json_answer_is_named_in_its_section(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("events.csv").write_text("date,source,target,code,goldstein\n2018-06-12,A,B,040,1\n")
    answer = json.loads(CliRunner().invoke(app, [name, *CALLS[name], "--json"], catch_exceptions=False).stdout)
    named = re.sub(r"\([^)]*\)", "", of_command(name).partition("JSON:")[2]).partition(", each with")[0]
    assert re.findall(r"`(\w+)`", named) == list(answer)


def test_every_command_with_json_is_called() -> None:
    by_hand = set(COMMANDS) - QUESTIONS
    assert {name for name in by_hand if "JSON:" in of_command(name)} == ({*CALLS} & by_hand) | {"elicit"}


def test_every_key_of_the_findings_is_named_in_order() -> None:
    head = (REFERENCE / "findings.md").read_text().partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \| (.*) \|$", head, flags=re.MULTILINE) == [
        (key, messages()[f"findings.{key}"]) for key in DOCUMENT
    ]


def test_every_field_of_a_verdict_and_a_rung_is_named() -> None:
    text = (REFERENCE / "findings.md").read_text().partition("\n## ")[2]
    named = {name for name, _ in rows(text)}
    assert named == {*Verdict.__dataclass_fields__, "passed"}
    told = {"best", "nearest", "others"} | set(re.findall(r"`(\w+)`", text.partition("The rest of `rung`:")[2]))
    assert told == set(RungResult.__dataclass_fields__)


def test_every_part_of_a_case_has_its_table_and_no_other_does() -> None:
    assert set(sections("case-files.md", "###")) == set(PARTS)


@pytest.mark.parametrize("name", PARTS)
def test_every_key_of_a_part_is_named_and_the_required_ones_are_bold(name: str) -> None:
    fields = {field.alias or key: field.is_required() for key, field in PARTS[name].model_fields.items()}
    if name == "OptionValues":
        fields["options"] = False  # in the file the options stand beside the other keys
    assert dict(rows(sections("case-files.md", "###")[name].partition("\n## ")[0])) == fields
