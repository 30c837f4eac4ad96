from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from report.sample import findings
from summitry import files, publish
from summitry.errors import BadArgument, OutputInTheWay

FIRST = {"a.txt": b"one", "b.txt": b"two"}
SECOND = {"a.txt": b"uno", "b.txt": b"due"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_write_gives_the_three_files_and_a_manifest_with_their_hashes(tmp_path: Path) -> None:
    paths = publish.write(findings(), tmp_path / "new" / "folder")
    assert tuple(p.name for p in paths) == publish.NAMES
    manifest = {e["name"]: e["sha256"] for e in json.loads((paths[0].parent / ".summitry").read_text())}
    assert manifest == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}
    assert {p.name for p in paths[0].parent.iterdir()} == {*publish.NAMES, ".summitry"}


def test_writing_again_replaces_what_was_written(tmp_path: Path) -> None:
    files.write(tmp_path, FIRST)
    files.write(tmp_path, SECOND)
    assert {n: d for n, d in contents(tmp_path).items() if n != ".summitry"} == SECOND
    files.write(tmp_path, FIRST)


@pytest.mark.parametrize("how", ["foreign", "edited", "folder", "link", "manifest"])
def test_what_is_in_the_way_stops_everything_before_anything_is_written(tmp_path: Path, how: str) -> None:
    if how == "foreign":
        (tmp_path / "b.txt").write_bytes(b"mine")
    elif how == "edited":
        files.write(tmp_path, FIRST)
        (tmp_path / "b.txt").write_bytes(b"two, and a remark")
    elif how == "folder":
        (tmp_path / "b.txt").mkdir()
    elif how == "link":
        files.write(tmp_path, {"b.txt": b"two"})
        (tmp_path / "b.txt").rename(tmp_path / "c.txt")
        (tmp_path / "b.txt").symlink_to(tmp_path / "c.txt")
    else:
        (tmp_path / ".summitry").write_text("a shopping list")
    before = sorted(p.name for p in tmp_path.iterdir())
    kept = {p: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    with pytest.raises(OutputInTheWay):
        files.write(tmp_path, SECOND)
    assert sorted(p.name for p in tmp_path.iterdir()) == before
    assert {p: p.read_bytes() for p in kept} == kept


def test_a_file_in_the_place_of_the_folder_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(OutputInTheWay):
        files.write(tmp_path / "out", FIRST)


def test_a_folder_that_cannot_be_made_is_a_bad_argument(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(BadArgument, match="another place"):
        files.write(tmp_path / "file" / "folder", FIRST)


def test_a_file_that_the_user_deleted_is_written_again(tmp_path: Path) -> None:
    files.write(tmp_path, FIRST)
    (tmp_path / "a.txt").unlink()
    files.write(tmp_path, SECOND)
    assert (tmp_path / "a.txt").read_bytes() == b"uno"


def test_files_of_another_writing_stay_known(tmp_path: Path) -> None:
    files.write(tmp_path, FIRST)
    files.write(tmp_path, {"c.txt": b"three"})
    files.write(tmp_path, SECOND)


@pytest.mark.parametrize("fails_at", range(1, 7))
def test_a_failure_at_any_move_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    files.write(tmp_path, FIRST)
    before = contents(tmp_path)
    real, moves = Path.replace, iter(range(1, 100))

    def replace(self: Path, target: Path) -> Path:
        if next(moves) == fails_at:
            msg = "the disk is full"
            raise OSError(msg)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(BadArgument, match="disk is full"):
        files.write(tmp_path, SECOND)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("stops_at", range(1, 7))
def test_a_death_at_any_move_leaves_a_folder_that_can_be_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops_at: int
) -> None:
    files.write(tmp_path, FIRST)
    real, moves = Path.replace, iter(range(1, 100))

    def replace(self: Path, target: Path) -> Path:
        if next(moves) >= stops_at:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        patch.setattr(files, "_put_back", lambda *_: None)
        patch.setattr(Path, "write_bytes", _no_more_manifests(Path.write_bytes))
        with pytest.raises(KeyboardInterrupt):
            files.write(tmp_path, SECOND)
    files.write(tmp_path, SECOND)
    assert (tmp_path / "a.txt").read_bytes() == b"uno"


def _no_more_manifests(real: object) -> object:
    def write_bytes(self: Path, data: bytes) -> int:
        assert callable(real)
        return 0 if self.name == ".summitry" else int(real(self, data))

    return write_bytes


def test_a_failure_in_a_new_folder_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_publish", full)
    with pytest.raises(BadArgument, match="No space left"):
        files.write(tmp_path / "new", FIRST)
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(find_spec("fcntl") is None, reason="this system has no such locks")
def test_two_writers_into_one_folder_leave_the_files_of_one(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from summitry import files
sys.stdin.readline()
for _ in range(40):
    files.write(Path(sys.argv[1]), dict.fromkeys(("a.txt", "b.txt", "c.txt"), sys.argv[2].encode() * 20000))
"""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "both"), name],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in "AB"
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate(timeout=60)[1] for writer in writers]
    assert [(writer.returncode, words) for writer, words in zip(writers, said, strict=True)] == [(0, ""), (0, "")]
    found = contents(tmp_path / "both")
    assert len({found[name] for name in ("a.txt", "b.txt", "c.txt")}) == 1
    files.write(tmp_path / "both", FIRST)
