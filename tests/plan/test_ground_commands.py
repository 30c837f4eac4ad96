"""The commands about preparation: what another party holds stays unseen, and mistakes are told in one message."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import summitry
from summitry.cli import app
from summitry.errors import SummitryError

CASES = Path(summitry.__file__).parent / "cases"


def told(*words: str) -> str:
    result = CliRunner().invoke(app, [*words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize("command", ["groundwork", "ready", "wait"])
def test_what_another_party_prepares_changes_nothing_that_a_viewer_sees(command: str, tmp_path: Path) -> None:
    folder = tmp_path / "supply-contract"
    shutil.copytree(CASES / "supply-contract", folder)
    before = told(command, str(folder), "--as", "buyer", "--json")
    theirs = folder / "preferences" / "supplier" / "supplier.yaml"
    text = theirs.read_text(encoding="utf-8")
    assert "deadlines:" in text
    assert "groundwork:" in text
    theirs.write_text(text.replace("shift: [0, 2, 4]", "shift: [-9, -8, -7]").replace("cost: 8", "cost: 80"), encoding="utf-8")
    with theirs.open("a", encoding="utf-8") as file:
        file.write("fades: {volume: {half_life: 1d}}\nchecklist: {briefed: {done: true}}\n")
    assert told(command, str(folder), "--as", "buyer", "--json") == before
    shutil.rmtree(folder / "preferences" / "supplier")
    assert told(command, str(folder), "--as", "buyer", "--json") == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("groundwork", "supply-contract", "--target", "aliance"), "Did you mean 'alliance'"),
        (("groundwork", "supply-contract", "--target", "volume=all"), "no option of volume 'all'"),
        (("groundwork", "supply-contract", "--target", "volume=none"), "needs no groundwork"),
        (("groundwork", "supply-contract", "--by", "2024-06-31"), "year-month-day"),
        (("groundwork", "supply-contract", "--by", "2024-01-01"), "must lie between"),
        (("groundwork", "supply-contract", "--by", "2024-09-01", "--days", "3"), "not both"),
        (("groundwork", "supply-contract", "--budget", "inf"), "budget is a number"),
        (("groundwork", "panama-1977", "--target", "halfway"), "names no moves"),
        (("ready", "supply-contract", "--date", "tomorrow"), "year-month-day"),
        (("ready", "supply-contract", "--date", "2024-06-02"), "lies before it"),
        (("wait", "supply-contract", "--until", "2024-06-03"), "after the case's date"),
        (("wait", "supply-contract", "--days", "9999999"), "a century"),
    ],
)
def test_a_mistake_is_told_and_mended(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(SummitryError, match=said):
        CliRunner().invoke(app, [*words], catch_exceptions=False)
