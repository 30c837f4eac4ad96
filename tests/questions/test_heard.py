"""What was just heard at the table: read as rows of the record, judged, answered, and written only where asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from generators import build, write
from summitry import case
from summitry import open as open_case
from summitry.cli import app
from summitry.errors import BadArgument, UnknownName

if TYPE_CHECKING:
    from pathlib import Path

VALUES = {
    "us": {"relief": {"some": -1, "all": -4}, "halt": {"full": 6}, "talks": {"more": 1}},
    "dprk": {"relief": {"some": 3, "all": 8}, "halt": {"full": -2}, "talks": {"more": 1}},
}


def talk(folder: Path) -> str:
    made = build(VALUES, givers={"relief": "us", "halt": "dprk", "talks": ("us", "dprk")}, settings={"principal": "us"})
    return str(write(made, folder / "talk"))


def test_an_offer_that_names_what_others_give_is_on_that_condition(tmp_path: Path) -> None:
    answer = open_case(talk(tmp_path)).heard("dprk", "offers", ("halt=full", "relief=some", "talks=more"))
    assert [(row.issue, row.status) for row in answer.statements] == [
        ("halt", "offered"),
        ("relief", "demanded"),
        ("talks", "offered"),
    ]
    assert len({row.offer for row in answer.statements}) == 1
    assert answer.statements[0].offer
    assert answer.package.accept["dprk"] == 1.0  # it is its own offer
    assert answer.near.passed
    alone = open_case(talk(tmp_path)).heard("dprk", "offers", ("halt=full",))
    assert alone.statements[0].offer == ""


def test_what_is_heard_of_a_later_day_counts_from_that_day(tmp_path: Path) -> None:
    folder = talk(tmp_path)
    answer = open_case(folder).heard("dprk", "refuses", ("relief=some",), date="2019-03-01")
    assert (answer.date, answer.later) == ("2019-03-01", "2019-02-15")
    assert "taken to know it up to this day" in answer.to_text(1000)
    assert open_case(folder).heard("dprk", "refuses", ("relief=some",)).later is None


def test_the_advice_with_an_offer_that_gives_more_is_news_and_never_below_what_is_offered(tmp_path: Path) -> None:
    workspace = open_case(talk(tmp_path))
    before = workspace.rung().rung.best
    answer = workspace.heard("dprk", "offers", ("halt=full",))
    assert answer.before.moves == before.moves
    assert answer.after.moves["halt"] == "full"
    assert answer.news == (answer.before.moves != answer.after.moves)


def test_it_is_written_only_where_asked_and_reads_back_as_it_was_judged(tmp_path: Path) -> None:
    folder = talk(tmp_path)
    words = ["heard", folder, "dprk", "offers", "halt=full", "relief=some", "--quiet"]
    assert CliRunner().invoke(app, words, catch_exceptions=False).exit_code == 0
    assert not case.load(folder).evidence.positions
    assert CliRunner().invoke(app, [*words, "--write"], catch_exceptions=False).exit_code == 0
    rows = case.load(folder).evidence.positions
    assert [(row.issue, row.status, row.source) for row in rows] == [
        ("halt", "offered", "heard"),
        ("relief", "demanded", "heard"),
    ]
    heard = open_case(folder).heard("dprk", "offers", ("halt=full", "relief=some"))
    assert not heard.news


@pytest.mark.parametrize(
    ("says", "moves", "error", "words"),
    [
        ("offers", ("relief=some",), BadArgument, "write `demands`"),
        ("offers", (), BadArgument, "ISSUE=OPTION"),
        ("offers", ("hlat=full",), UnknownName, "hlat"),
        ("offers", ("halt=fll",), UnknownName, "fll"),
    ],
)
def test_what_the_case_does_not_have_is_named(
    tmp_path: Path, says: str, moves: tuple[str, ...], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        open_case(talk(tmp_path)).heard("dprk", says, moves)
    with pytest.raises(UnknownName, match="drpk"):
        open_case(talk(tmp_path)).heard("drpk", "offers", ("halt=full",))
