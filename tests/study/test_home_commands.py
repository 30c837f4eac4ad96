"""Laws of the commands about homes: what they print for people and for programs, and what they refuse."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from generators import build, write
from summitry import case
from summitry.cli import app
from summitry.desk import home
from summitry.errors import BadArgument, SummitryError, UnknownName
from summitry.packages import of_file

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "commands.md"
COMMANDS: dict[str, tuple[str, ...]] = {
    "home": ("volume=half", "delivery=four-weeks"),
    "mandate": ("volume=most", "delivery=four-weeks"),
}


def said(command: str, *options: str) -> str:
    done = CliRunner().invoke(app, [command, "supply-contract", *COMMANDS[command], *options], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_key_of_json_is_documented(command: str) -> None:
    section = REFERENCE.read_text().partition(f"\n## `summitry {command} ")[2].partition("\n## ")[0]
    documented = set(re.findall(r"`([a-z_]+)`", section.partition("JSON")[2]))
    found: dict[str, Any] = json.loads(said(command, "--json"))
    assert set(found) - documented == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_quiet_prints_nothing_and_a_summary_is_plain_text(command: str) -> None:
    assert said(command, "--quiet") == ""
    text = said(command)
    assert len(text.split()) > 20
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (b"", "deal.txt:1:1: error: this file names no package"),
        (b"# nothing\n", "names no package"),
        (b"delivery\n", "names no package"),
        (b"delivery: [two-weeks]\n", "names no package"),
        (b"delivery=two-weeks\ndelivery = four-weeks", "deal.txt:2:1: error at delivery: 'delivery' stands here twice"),
        (b"\xff\xfe", "UTF-16"),
        (b"{", "deal.txt:1:1: error: a value is missing here"),
        (b"{}", "names no package"),
        (b'{"delivery": 3}', "There is no option of delivery '3'"),
        (b"a" * 3_000_000, "At most 1 MB"),
        (b"delivery=two-wks", "Did you mean 'two-weeks'"),
        (b'{"delivry": "two-weeks"}', "Did you mean 'delivery'"),
        (b"[" * 100_000, "nested more than 12 levels"),
        (b'{"a":' * 100_000, "nested more than 12 levels"),
    ],
)
def test_a_package_that_cannot_be_read_is_one_message(tmp_path: Path, text: bytes, wrong: str) -> None:
    path = tmp_path / "deal.txt"
    path.write_bytes(text)
    with pytest.raises(SummitryError) as problem:
        home.home("supply-contract", package=str(path))
    assert wrong in str(problem.value)
    assert len(str(problem.value)) < 400


def test_a_file_holds_a_package_as_lines_or_as_an_object_or_is_a_plan(tmp_path: Path) -> None:
    texts = (
        "# from the last round\nvolume = half\ndelivery=four-weeks  # floated\n",
        "\ufeffvolume: half\ndelivery: four-weeks\n",
        '{"volume": "half", "delivery": "four-weeks"}',
        '{"package": {"volume": "half", "delivery": "four-weeks"}, "title": "as in plan.json"}',
    )
    for text in texts:
        (tmp_path / "deal").write_text(text)
        assert of_file(tmp_path / "deal") == {"volume": "half", "delivery": "four-weeks"}


def test_a_package_is_named_once() -> None:
    with pytest.raises(BadArgument, match="not by both"):
        home.home("supply-contract", ["volume=half"], package="best")
    with pytest.raises(UnknownName, match="There is no package"):
        home.home("supply-contract", package="nowhere.txt")


def test_allies_print_every_documented_key_and_speak_in_titles(tmp_path: Path) -> None:
    values = {"us": {"list": {"full": 9}, "aid": {"food": -1}}, "rok": {"list": {"full": -2}, "aid": {"food": 4}}}
    made = build(
        {**values, "dprk": {"list": {"full": -3}, "aid": {"food": 5}}},
        givers={"list": "dprk", "aid": "us"},
        coalitions={"west": {"name": "The West", "lead": "us"}},
        parties={p: {"name": p.upper(), "coalition": None if p == "dprk" else "west"} for p in ("us", "rok", "dprk")},
    )
    folder = str(write(made, tmp_path / "west"))
    done = CliRunner().invoke(app, ["allies", folder, "--json", "--as-one"], catch_exceptions=False)
    section = REFERENCE.read_text().partition("\n## `summitry allies ")[2].partition("\n## ")[0]
    documented = set(re.findall(r"`([a-z_]+)`", section.partition("JSON")[2]))
    (coalition,) = json.loads(done.stdout)["coalitions"]
    assert set(coalition) - documented == set()
    told = " ".join(CliRunner().invoke(app, ["allies", folder, "--as-one"], catch_exceptions=False).stdout.split())
    assert "US takes Issue list: full; Issue aid: food" in told
    assert "Treated as one" in told
    assert "WHAT SPLITS THEM" in told
    assert CliRunner().invoke(app, ["allies", folder, "--quiet"]).stdout == ""


@pytest.mark.parametrize(
    "command", [("home",), ("home", "volume=half"), ("mandate", "volume=most"), ("mandate", "--package", "best")]
)
def test_nothing_of_another_holder_is_felt(tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(Path(case.__file__).parents[1] / "cases" / "supply-contract", folder)

    def seen() -> str:
        name, *more = command
        return CliRunner().invoke(app, [name, str(folder), *more, "--as", "buyer", "--json"], catch_exceptions=False).stdout

    before = seen()
    own = folder / "preferences" / "supplier" / "supplier.yaml"
    own.write_text(own.read_text().replace("call home", "never").replace("influence: 2", "influence: 9"))
    assert seen() == before
    shutil.rmtree(own.parent)
    assert seen() == before
