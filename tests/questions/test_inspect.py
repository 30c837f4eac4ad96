"""Commands about inspections, asked as a person would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from summitry.cli import app
from summitry.errors import SummitryError

if TYPE_CHECKING:
    from pathlib import Path

SITES = "site,category,items,significant,timeliness,cost,power,manner,weight\n"


def told(*words: str) -> dict[str, object]:
    answer: dict[str, object] = json.loads(CliRunner().invoke(app, [*words, "--json"], catch_exceptions=False).stdout)
    return answer


def refused(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    assert isinstance(result.exception, (SummitryError, SystemExit)), result.exception
    return str(result.exception) if isinstance(result.exception, SummitryError) else result.output


@pytest.mark.parametrize(
    ("more", "exact", "iaea", "imperfect"),
    [([], 25, 26, None), (["--power", "0.9"], 25, 26, 28), (["--power", "0.2"], 25, 26, "not reachable")],
)
def test_sample_sizes_are_printed(more: list[str], exact: int, iaea: int, imperfect: int | str | None) -> None:
    answer = told("inspect", "--items", "100", "--defects", "10", "--detect", "0.95", *more)
    sizes = answer["sizes"]
    assert isinstance(sizes, dict)
    assert (sizes["exact"], sizes["iaea"], sizes["imperfect"]) == (exact, iaea, imperfect)
    curve = sizes["curve"]
    assert isinstance(curve, list)
    assert [point["detected"] for point in curve] == sorted(point["detected"] for point in curve)
    assert curve[0] == {"defects": 0, "detected": 0.0, "passes": 1.0}


def test_each_question_is_answered_without_the_others() -> None:
    left = told("inspect", "--items", "100", "--drawn", "20", "--found", "0")
    assert left["sizes"] is None
    assert left["left"]["none"] == pytest.approx(21 / 101, rel=1e-5)  # type: ignore[index] # an object
    game = told("inspect", "--periods", "4", "--inspections", "2")
    assert game["game"]["value"] == pytest.approx(-3 / 11, rel=1e-5)  # type: ignore[index] # an object


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Give --items"),
        (["--items", "5", "--defects", "1"], "--items and --defects also need --detect"),
        (["--items", "5", "--found", "1"], "also need --drawn"),
        (["--items", "5", "--defects", "9", "--detect", "0.9"], "9 defects among 5 items"),
        (["--items", "5", "--defects", "1", "--detect", "1.5"], "the detection goal is 1.5"),
        (["--items", "5", "--defects", "1", "--detect", "nan"], "goal is nan"),
        (["--items", "99999999", "--defects", "1", "--detect", "0.9"], "99,999,999 items"),
        (["--periods", "0", "--inspections", "1"], "in 0 periods"),
        (["--periods", "100000", "--inspections", "1"], "100,000 periods"),
        (["--items", "9000", "--drawn", "9", "--found", "0", "--power", "0.5"], "up to 4,000"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(words: list[str], said: str) -> None:
    assert said.casefold() in refused("inspect", *words).casefold()


def test_a_table_of_sites_is_spread(tmp_path: Path) -> None:
    table = tmp_path / "sites.csv"
    table.write_text(SITES + "hall,units,10,2,90,1,1,random,1\nyard,units,10,2,90,1,1,scheduled,1\n", encoding="utf-8")
    answer = told("visits", "--sites", str(table), "--budget", "9")
    mean = answer["mean"]
    assert isinstance(mean, dict)
    assert sum(row["visits"] for row in mean["visits"]) <= 9
    assert {row["manner"] for row in mean["visits"]} == {"random", "scheduled"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "this table is empty"),
        (SITES.encode(), "has a header and no row"),
        (b"site\nhall\n", "the column 'category' is missing"),
        (SITES.encode() + b"hall,units,ten,2,90,1,1,random,1\n", "column items"),
        (SITES.encode() + b"hall,units,10,2,90,nan,1,random,1\n", "column cost"),
        (SITES.encode() + b"hall,units,10,2,90,1e400,1,random,1\n", "column cost"),
        (SITES.encode() + b"h\xe4ll,units,10,2,90,1,1,random,1\n", "not UTF-8"),
        (SITES.encode() + b"hall,units,1,2,90,1,1,random,1\n", "more wrong or drawn items"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path: Path, text: bytes, said: str) -> None:
    table = tmp_path / "sites.csv"
    table.write_bytes(text)
    assert said in refused("visits", "--sites", str(table), "--budget", "9")


def test_budgets_that_cannot_be_spent_are_refused(tmp_path: Path) -> None:
    assert "The budget is nan" in refused("visits", "korea-2019", "--budget", "nan")
    assert "There is no table" in refused("visits", "--sites", str(tmp_path / "no" / "sites.csv"), "--budget", "9")
    assert "no table" in refused("visits", "--sites", str(tmp_path / "sites.csv"), "--budget", "9")
    assert "No issue of this case can be visited" in refused("visits", "panama-1977", "--budget", "9")
