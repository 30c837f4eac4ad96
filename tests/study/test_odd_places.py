"""Files and outputs that are not what a command expects: one clear message each, nothing waited for, nothing half-written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from summitry import dialogue, files
from summitry import packages as package
from summitry.errors import BadArgument, CaseInvalid, OutputInTheWay
from summitry.evidence import event_files
from summitry.formats.files import open_folder, open_one, write_file, write_folder
from summitry.questions import changes, signals

if TYPE_CHECKING:
    from summitry.evidence.credibility import Signals
    from summitry.evidence.declarations import Exchange

ITEMS = "id,type\na,launcher\n"
EVENTS = "date,source,target,code,goldstein\n2019-01-01,USA,PRK,010,1\n"
FULL = Path("/dev/full")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A named pipe that nobody writes to: whoever opens it waits forever."""
    os.mkfifo(tmp_path / "pipe.csv")
    return tmp_path / "pipe.csv"


def compare_lists(before: str, after: str) -> Exchange:
    return changes.answer(None, changes.ChangesRequest(before, after))


def of_dyad(path: Path) -> Signals:
    return signals.answer(None, signals.SignalsRequest(str(path), ("USA", "PRK")))


def summitry(*words: str, into: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", f'exec "$@" {into}', "sh", sys.executable, "-m", "summitry", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_no_command_waits_for_a_pipe(pipe: Path) -> None:
    with pytest.raises(BadArgument, match="a file is expected here"):
        package.of_file(pipe)
    with pytest.raises(BadArgument, match="There is no table"):
        compare_lists(str(pipe), str(pipe))
    with pytest.raises(BadArgument, match="There is no file of events"):
        of_dyad(pipe)
    with pytest.raises(BadArgument, match="There is no file of events"):
        event_files.load([pipe], pipe.parent / "out.parquet")
    assert [path.name for path in pipe.parent.iterdir()] == [pipe.name]


def test_answers_and_a_manifest_that_are_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.yaml.answers.json")
    with pytest.raises(BadArgument, match="is no file: move it away"):
        dialogue.begin("supply-contract", "buyer", out=tmp_path / "p.yaml")
    os.mkfifo(tmp_path / files.MANIFEST)
    with pytest.raises(OutputInTheWay):
        files.write(tmp_path, {"a": b""})


def test_a_manifest_nested_without_end_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / files.MANIFEST).write_text("[" * 100_000)
    with pytest.raises(OutputInTheWay):
        files.write(tmp_path, {"a": b""})


def test_a_table_that_a_user_links_to_is_read(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text(ITEMS)
    (tmp_path / "link.csv").symlink_to("items.csv")
    (tmp_path / "circle.csv").symlink_to("circle.csv")
    assert compare_lists(str(tmp_path / "link.csv"), str(tmp_path / "items.csv")).same == 1
    with pytest.raises(BadArgument, match="There is no table"):
        compare_lists(str(tmp_path / "circle.csv"), str(tmp_path / "items.csv"))
    with pytest.raises(BadArgument, match="symbolic link"):
        package.of_file(tmp_path / "circle.csv")


def test_many_types_are_counted_in_one_pass(tmp_path: Path) -> None:
    rows = "".join(f"i{k},t{k}\n" for k in range(20_000))
    (tmp_path / "items.csv").write_text("id,type\n" + rows)
    found = compare_lists(str(tmp_path / "items.csv"), str(tmp_path / "items.csv"))
    assert found.counts["all"] == (20_000.0, 20_000.0)


@pytest.mark.parametrize("name", ["e*.csv", "e[1].csv", "e?.csv", "it's.csv"])
def test_a_name_of_an_event_file_stands_for_this_file_alone(tmp_path: Path, name: str) -> None:
    pytest.importorskip("duckdb")
    for each in ("e1.csv", "e2.csv", name):
        (tmp_path / each).write_text(EVENTS)
    assert event_files.load([tmp_path / name], tmp_path / "o[1]*.parquet").read == 1
    assert of_dyad(tmp_path / "o[1]*.parquet").dyad == ("USA", "PRK")


def test_a_file_that_is_no_events_file_is_said_to_be_none(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    (tmp_path / "e.csv").write_text(EVENTS)
    (tmp_path / "u.csv").write_text(EVENTS, encoding="utf-16")
    with pytest.raises(BadArgument, match=r"is no file that `summitry events` wrote.*--to OUT.parquet"):
        of_dyad(tmp_path / "e.csv")
    with pytest.raises(BadArgument, match="UTF-16"):
        event_files.load([tmp_path / "u.csv"], tmp_path / "out.parquet")


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_names_that_no_file_system_accepts_are_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadArgument, match="cannot be written"):
        write_file(tmp_path / name, b"")
    with pytest.raises(BadArgument, match="cannot be written"):
        write_folder(tmp_path / name, {"a": b""})
    with pytest.raises(CaseInvalid, match="there is no such file"):
        open_one(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is readable and writable for root")
def test_places_without_access_are_named(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "s.xml").write_text("")
    (tmp_path / "s.xml").chmod(0)
    (tmp_path / "closed").chmod(0)
    try:
        with pytest.raises(CaseInvalid, match="cannot be listed"):
            open_folder(tmp_path / "closed")
        with pytest.raises(CaseInvalid, match="cannot be read"):
            open_one(tmp_path / "s.xml")
        with pytest.raises(BadArgument, match="cannot be written"):
            write_folder(tmp_path / "closed" / "out", {"a": b""})
    finally:
        (tmp_path / "closed").chmod(0o700)


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", [("schema",), ("positions", "supply-contract", "--json"), ("positions", "supply-contract")])
def test_a_full_disk_under_the_output_is_one_message(words: tuple[str, ...]) -> None:
    done = summitry(*words, into="> /dev/full")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "cannot be read or written" in done.stderr


def test_closed_outputs_are_no_failure_of_the_command() -> None:
    assert summitry("positions", "supply-contract", "--json", into=">&-").returncode == 0
    assert summitry("positions", "no-such-case", into="2>&-").returncode == 2
