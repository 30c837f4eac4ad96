"""Laws of the commands about single trades: what they print for people and for programs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summitry.cli import app
from summitry.desk import deals
from summitry.errors import BadArgument

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "commands.md"
COMMANDS = {
    "ask": (),
    "counter": ("volume=most",),
    "rate": ("volume=most", "delivery=two-weeks"),
    "improve": ("price=less-5", "volume=half"),
    "price": ("delivery=two-weeks",),
}


def said(command: str, *options: str) -> str:
    done = CliRunner().invoke(app, [command, "supply-contract", *COMMANDS[command], *options], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def documented(command: str) -> set[str]:
    section = REFERENCE.read_text().partition(f"\n## `summitry {command} ")[2].partition("\n## ")[0]
    (paragraph,) = re.findall(r"^JSON: (.*?)(?:\n\n|\Z)", section, flags=re.DOTALL | re.MULTILINE)
    return set(re.findall(r"`([a-z_]+)`", paragraph))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_key_of_json_is_documented(command: str) -> None:
    found: dict[str, Any] = json.loads(said(command, "--json"))
    assert set(found) - documented(command) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_quiet_prints_nothing_and_a_summary_is_plain_text(command: str) -> None:
    assert said(command, "--quiet") == ""
    text = said(command)
    assert len(text.split()) > 20
    assert "\x1b" not in text


def test_a_summary_speaks_in_titles() -> None:
    text = " ".join(said("counter").split())
    assert "FOR Yearly volume committed: most" in text
    assert "The cheapest way to the same answer" in text
    assert "WHAT TO FIND OUT ABOUT THEM FIRST" in said("ask")
    assert "There is a rate that suits both" in " ".join(said("rate").split())
    assert "efficient" in said("improve")


def test_the_price_says_both_what_it_is_worth_alone_and_against_the_best_without_it() -> None:
    found = json.loads(said("price", "--json"))
    assert set(found) >= {"state", "price", "package", "probability", "price_of_nothing"}
    assert set(found) >= {"worth_alone", "worth_sure", "worth_opportunity"}


def test_a_chance_that_is_asked_for_is_shown_to_a_tenth() -> None:
    for command in ("price", "counter"):
        assert "49.5 %" in " ".join(said(command, "--at", "0.495").split())
        assert "50 %" in " ".join(said(command, "--at", "0.5").split())


def test_what_a_party_is_told_names_its_side() -> None:
    _, mine = deals.counter("supply-contract", "volume=most", viewer="buyer")
    assert (mine.payer, mine.givers) == ("buyer", ("supplier",))
    with pytest.raises(BadArgument, match="own to give"):
        deals.counter("supply-contract", "volume=most", viewer="supplier")


def test_a_foreign_deal_must_settle_every_issue(shared_data: Path) -> None:
    scenario = next(p for p in sorted((shared_data / "scenarios").rglob("*omain.xml")) if p.is_file())
    with pytest.raises(BadArgument, match="must settle every issue"):
        deals.improve(str(scenario), [])
