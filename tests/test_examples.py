"""Every example in the documents is run as it stands; `tools/examples.py` says what an example is."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

import summitry

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TOOL = runpy.run_path(str(ROOT / "tools" / "examples.py"))
LARGEST_PICTURE = 300_000
WITH_EXAMPLES = [page for page in PAGES if TOOL["BLOCK"].search(page.read_text())]


def label(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=label)
def test_every_command_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    failed = [
        f"$ {example.command}\nexit code {example.status}\n" + "\n".join(example.printed)
        for example in TOOL["run"](page.read_text(), tmp_path)
        if not example.holds
    ]
    assert not failed, "\n\n".join(failed)


def test_the_picture_shows_what_the_tool_says_today() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "picture.py"))
    picture = (ROOT / "docs" / "pictures" / "korea-2019.png").read_bytes()
    assert len(picture) < LARGEST_PICTURE
    found = summitry.study.run(summitry.open("korea-2019"))
    assert tool["digest_of"](picture) == tool["words"](found), "out of date: run `.venv/bin/python tools/picture.py`"


def test_a_line_that_is_not_printed_is_noticed() -> None:
    prints = TOOL["prints"]
    assert prints(["a", "...", "c"], ["a", "b", "c"])
    assert prints(["a ... c (.)"], ["a b c (.)"])
    assert not prints(["a", "c"], ["a", "b", "c"])
    assert not prints(["a ... c"], ["a b d"])
    assert not prints(["c", "...", "a"], ["a", "b", "c"])


def test_an_example_that_fails_or_prints_something_else_is_noticed(tmp_path: Path) -> None:
    page = "```console\n$ echo a\na\n$ echo b\nc\n$ false\n$ false\n$ echo $?\n1\n```\n"
    assert [example.holds for example in TOOL["run"](page, tmp_path)] == [True, False, False, True]


def test_a_file_that_a_page_shows_is_there(tmp_path: Path) -> None:
    page = "Here is `sub/a.yaml`:\n\n```yaml\nk: 1\n```\n\n```console\n$ cat sub/a.yaml\nk: 1\n```\n"
    assert [example.holds for example in TOOL["run"](page, tmp_path)] == [True]
