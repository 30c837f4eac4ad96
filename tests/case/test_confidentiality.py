"""A viewer's reading does not depend on any other holder's folder: not on a byte, a name, a size or whether it is there."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from generators import put
from summitry.case import check, load
from summitry.errors import CaseInvalid, UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sound_case import Written


def _deleted(folder: Path) -> None:
    for holder in ("rok", "dprk"):
        shutil.rmtree(folder / "preferences" / holder)


def _altered(folder: Path) -> None:
    path = folder / "preferences/dprk/dprk.yaml"
    put(path, path.read_text(encoding="utf-8").replace("12", "13"))


def _corrupted(folder: Path) -> None:
    for holder in ("rok", "dprk"):
        (folder / "preferences" / holder / f"{holder}.yaml").write_bytes(b"\xff\x00: [\n\t&a *a")


def _emptied(folder: Path) -> None:
    put(folder / "preferences/dprk/dprk.yaml", "")


def _crowded(folder: Path) -> None:
    for name in ("dprk/us.yaml", "dprk/extra.bin", "nobody/x.yaml", "stray.txt", "dprk/deep/er/x"):
        put(folder / "preferences" / name, "x")


def _huge(folder: Path) -> None:
    with (folder / "preferences/dprk/dprk.yaml").open("wb") as stream:
        stream.truncate(100_000_000)


def _links(folder: Path) -> None:
    _deleted(folder)
    (folder / "preferences/dprk").symlink_to("/etc")
    (folder / "preferences/rok").symlink_to("us")


def _locked(folder: Path) -> None:
    (folder / "preferences/dprk").chmod(0)


def _fifo(folder: Path) -> None:
    (folder / "preferences/dprk/dprk.yaml").unlink()
    os.mkfifo(folder / "preferences/dprk/dprk.yaml")


def _files(folder: Path) -> None:
    _deleted(folder)
    put(folder / "preferences/dprk", "a file")


def _mandate(folder: Path) -> None:
    path = folder / "preferences/dprk/dprk.yaml"
    put(path, path.read_text(encoding="utf-8") + "mandate: {declaration: {full: never}}\n")


CHANGES = (_deleted, _altered, _corrupted, _emptied, _crowded, _huge, _links, _locked, _fifo, _files, _mandate)


def _seen(folder: Path, viewer: str) -> tuple[str, str]:
    """All that a viewer can see: the case or the sentence of the failure, and the problems."""
    try:
        outcome = load(folder, viewer=viewer).model_dump_json()
    except CaseInvalid as invalid:
        outcome = str(invalid)
    return outcome, "\n".join(map(str, check(folder, viewer=viewer)))


@pytest.fixture
def estimates(sound: Written) -> Written:
    """The sound case, in which the United States also have estimates of the others."""
    for about in ("rok", "dprk"):
        shutil.copy(sound.folder / f"preferences/{about}/{about}.yaml", sound.folder / f"preferences/us/{about}.yaml")
    return sound


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("whole", [True, False])
def test_no_other_holders_file_is_felt(estimates: Written, change: Callable[[Path], None], *, whole: bool) -> None:
    if not whole:
        (estimates.folder / "preferences/us/rok.yaml").unlink()
        estimates.change("preferences/us/us.yaml", "few: [5", "fw: [5")
    before = _seen(estimates.folder, "us")
    assert ("cannot be used" in before[0]) is not whole
    change(estimates.folder)
    assert _seen(estimates.folder, "us") == before


@pytest.mark.parametrize("change", CHANGES)
def test_no_other_holders_file_is_felt_where_the_case_is_broken(estimates: Written, change: Callable[[Path], None]) -> None:
    estimates.change("case.yaml", "title: A sound case", "tile: A sound case")
    before = _seen(estimates.folder, "us")
    change(estimates.folder)
    assert _seen(estimates.folder, "us") == before


def test_a_viewer_opens_and_lists_nothing_of_others(estimates: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[str] = []

    def noted(really: Callable[..., Any]) -> Callable[..., Any]:
        def note(path: object, *more: object, **named: object) -> object:
            touched.append(str(path))
            return really(path, *more, **named)

        return note

    for name in ("open", "scandir"):
        monkeypatch.setattr(os, name, noted(getattr(os, name)))
    case = load(estimates.folder, viewer="us")
    inside = {path.removeprefix(str(estimates.folder)).strip("/") for path in touched}
    assert not {path for path in inside if path.startswith("preferences") and not path.startswith("preferences/us")}
    assert "preferences" not in inside
    assert list(case.preferences) == ["us"]


@pytest.mark.parametrize("viewer", ["", "nobody", "../us", "us/../dprk", "us\0", ".", "US", "a" * 5000])
def test_a_viewer_is_a_party(sound: Written, viewer: str) -> None:
    with pytest.raises(UnknownName):
        load(sound.folder, viewer=viewer)
    sound.change("case.yaml", "title: A sound case", "tile: A sound case")
    assert not [problem for problem in check(sound.folder, viewer=viewer) if problem.file.startswith("preferences")]


def test_the_digest_tells_the_opened_bytes_and_not_the_place(estimates: Written, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "sound"
    shutil.copytree(estimates.folder, copy)
    assert load(copy) == load(estimates.folder)
    before = load(estimates.folder, viewer="us").digest
    put(copy / "evidence/documents/singapore.txt", "The parties agree!\n")
    assert load(copy, viewer="us").digest != before
    assert load(estimates.folder).digest != before
