"""Commands about declarations and data exchanges, asked as a person would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from summitry.cli import app
from summitry.errors import SummitryError

if TYPE_CHECKING:
    from pathlib import Path


def refused(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert isinstance(result.exception, (SummitryError, SystemExit)), result.exception
    return str(result.exception) if isinstance(result.exception, SummitryError) else result.output


@pytest.mark.parametrize(
    ("case", "declared"), [("korea-2019", ["warheads=30", "plutonium=45"]), ("supply-contract", ["stock=3000"])]
)
def test_a_declaration_is_judged_and_told_in_words(case: str, declared: list[str]) -> None:
    call = ["declaration", case, *declared]
    answer = json.loads(CliRunner().invoke(app, [*call, "--json"], catch_exceptions=False).stdout)
    assert [row["category"] for row in answer["categories"]] == [word.partition("=")[0] for word in declared]
    assert all(0 < row["complete"] < 1 for row in answer["categories"])
    again = json.loads(CliRunner().invoke(app, [*call, "--json"], catch_exceptions=False).stdout)
    assert again == answer
    told = CliRunner().invoke(app, call, catch_exceptions=False).stdout
    assert "BEFORE THIS DECLARATION" in told


def test_a_table_is_read_as_the_words_are(tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("category,declared,unit\nwarheads,30,weapons\n", encoding="utf-8")
    answers = [
        CliRunner().invoke(app, ["declaration", "korea-2019", word, "--json"], catch_exceptions=False).stdout
        for word in (str(table), "warheads=30", "dprk.warheads=30")
    ]
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("warheads", "Write NAME=NUMBER"),
        ("warheads=", "Write NAME=NUMBER"),
        ("warheads=many", "Write NAME=NUMBER"),
        ("warheads=-3", "Write NAME=NUMBER"),
        ("warheads=nan", "Write NAME=NUMBER"),
        ("warheads=inf", "Write NAME=NUMBER"),
        ("dprk.=3", "Write NAME=NUMBER"),
        ("warheads=1e300", "Write NAME=NUMBER"),
        ("warhead=3", "Did you mean 'warheads'"),
        ("rok.warheads=3", "no claim of the category"),
        ("list.csv", "There is no table"),
    ],
)
def test_what_cannot_be_declared_is_told_in_a_sentence(word: str, said: str) -> None:
    assert said in refused("declaration", "korea-2019", word)


def test_an_exchange_is_compared_and_its_limits_tested(tmp_path: Path) -> None:
    before, after = tmp_path / "a.csv", tmp_path / "b.csv"
    before.write_text("id,type,location\n1,silo,east\n2,silo,east\n", encoding="utf-8")
    after.write_text("id,type,location\n1,silo,west\n3,mobile,east\n", encoding="utf-8")
    call = ["changes", str(before), str(after), "--limit", "silo=1", "--limit", "all=1"]
    answer = json.loads(CliRunner().invoke(app, [*call, "--json"], catch_exceptions=False).stdout)
    assert [limit["met"] for limit in answer["limits"]] == [True, False]
    told = CliRunner().invoke(app, call, catch_exceptions=False).stdout
    assert "Moved: 1" in told
    assert "- 1 (east → west)" in told
    assert "EXCEEDED by 1" in told
    assert "Write NAME=NUMBER" in refused(*call, "--limit", "silo")
    after.write_text("id,type\n", encoding="utf-8")
    assert "has a header and no row" in refused(*call)
