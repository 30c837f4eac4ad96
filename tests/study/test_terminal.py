"""Laws of what the commands print: text from a case is shown, never obeyed."""

from __future__ import annotations

import dataclasses
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators import build as small
from report.sample import findings, idea
from summitry import cli, publish
from summitry.answers import Answer, Door, open_case
from summitry.cli.commands import LINKS
from summitry.cli.doors import Conversion, view_conversion
from summitry.errors import BadArgument, Problem
from summitry.model import build
from summitry.questions import question
from summitry.questions.check import Check
from summitry.questions.inventory import Inventory
from summitry.questions.rung import RungRequest
from summitry.report.terminal import paragraph
from summitry.wording import Names
from summitry.wording.numbers import NBSP
from summitry.wording.text import clean, clean_lines
from summitry.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EVIL = "a\x1b[2Jb\u202e\x9bc"
TOLD = "a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}c"


def test_the_bar_knows_every_link_in_the_order_in_which_it_is_told(tmp_path: Path) -> None:
    heard: list[str] = []
    publish.prepare(open_case("supply-contract"), tmp_path / "brief", heard.append)
    assert ("reading", *heard) == LINKS


def unsafe(shown: str) -> list[str]:
    return [char for char in shown if char != "\n" and clean(f".{char}.") != f".{char}."]


def poisoned(names: Mapping[str, str]) -> dict[str, str]:
    return {key: title + EVIL for key, title in names.items()}


def test_no_control_or_reordering_character_of_a_case_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    found = findings()
    bad = dataclasses.replace(found, title=EVIL, names=poisoned(found.names), ideas=(dataclasses.replace(idea(), title=EVIL),))
    sys.stdout.write(Answer(question("prepare"), bad, bad.wording_names).to_text())
    inventory = Inventory(tuple(dataclasses.replace(h, category=EVIL) for h in found.holdings), (), {})
    sys.stdout.write(Answer(question("inventory"), inventory, Names(poisoned(found.names))).to_text())
    check = Check(EVIL, 1, 0, (Problem(EVIL, 1, 2, EVIL, EVIL, EVIL),))
    sys.stdout.write(Answer(question("check"), check, Names()).to_text())
    conversion = Conversion((EVIL,), (EVIL,), (EVIL,))
    sys.stdout.write(Answer(Door("convert", view_conversion), conversion, Names()).to_text())
    shown = capsys.readouterr().out
    assert TOLD in shown
    assert not unsafe(shown)


def test_an_error_that_quotes_a_case_is_cleaned_and_keeps_its_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise BadArgument(f"first {EVIL}\n  second {EVIL}")

    monkeypatch.setattr(cli, "app", fails)
    monkeypatch.setattr(sys, "argv", ["summitry"])
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().err == f"first {TOLD}\n  second {TOLD}\n"


@given(st.text())
def test_a_line_is_a_line_whatever_it_quotes(text: str) -> None:
    assert "\n" not in clean(text)
    assert clean_lines(text).count("\n") == text.count("\n")


def test_a_back_table_is_named_with_its_party() -> None:
    found = findings()
    blocked = dataclasses.replace(idea().gates[1], who=("aland/senate",), passed=False)
    named = dataclasses.replace(
        found,
        names=found.names | {"aland/senate": "Senate"},
        ideas=(dataclasses.replace(idea(), gates=(blocked,)),),
    )
    shown = Answer(question("prepare"), named, named.wording_names).to_text()
    assert "Blocked by Aland: Senate" in " ".join(shown.split())


def test_what_is_not_tested_is_said_once() -> None:
    values = {"us": {"list": {"full": 5}, "aid": {"food": -1}}, "dprk": {"list": {"full": -1}, "aid": {"food": 4}}}
    opened = small(values, givers={"list": "dprk", "aid": "us"})
    workspace = Workspace(opened)
    workspace.model = build(opened, draws=256)
    asked = question("rung")
    answer = Answer(asked, asked.answer(workspace, RungRequest()), workspace.names)
    said = " ".join(answer.to_text(80).split())
    assert said.count("the case has no back table") == 1
    assert said.startswith("START HERE, IF TRUST CARRIES IT")
    assert said.count("how far DPRK and US trust" if "how far DPRK" in said else "how far US and DPRK trust") == 1


@given(st.lists(st.sampled_from(["in", "67 %", "of draws", "0.5 %,", "a longer phrase"]), min_size=1, max_size=60))
def test_no_line_ends_between_a_number_and_its_percent_sign(pieces: list[str]) -> None:
    lines = paragraph(" ".join(pieces), 60)
    assert not any(line.lstrip().startswith("%") for line in lines)
    assert all(line == line.rstrip() and NBSP not in line for line in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(pieces)
