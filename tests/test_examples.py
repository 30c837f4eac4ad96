"""Every example in the documents is run as it stands: the files that a page shows are written, its commands executed in order.

A file is a fenced block of yaml or text under a line that ends with its path in backquotes. In a console block a line after `$
` is a command, the lines below it are what it prints; three dots stand for any text within a line, alone for any lines. A
command may fail only where the next one is `echo $?`.
"""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import summitry

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"(?:^[^\n]*`(?P<path>[\w./-]+\.(?:yaml|csv))`:?\n+)?^```(?P<kind>yaml|text|console)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
LARGEST_PICTURE = 300_000
WITH_EXAMPLES = [page for page in PAGES if BLOCK.search(page.read_text())]


def label(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def commands(body: str) -> list[tuple[str, list[str]]]:
    """Each command with the lines that it is said to print."""
    parts = re.split(r"^\$ ", body, flags=re.MULTILINE)
    assert not parts[0].strip(), f"a console block begins with a command: {body}"
    return [(part.splitlines()[0], part.splitlines()[1:]) for part in parts[1:]]


def printed(said: list[str], output: list[str]) -> bool:
    """Whether runs of lines between lines of three dots stand in the output, in this order."""
    runs: list[list[str]] = [[]]
    for line in said:
        if line.strip() == "...":
            runs.append([])
        else:
            runs[-1].append(line.rstrip())
    at = 0
    for run in filter(None, runs):
        wanted = [re.compile(".*".join(map(re.escape, line.split("...")))) for line in run]
        starts = [
            k
            for k in range(at, len(output) - len(run) + 1)
            if all(line.fullmatch(shown) for line, shown in zip(wanted, output[k : k + len(run)], strict=True))
        ]
        if not starts:
            return False
        at = starts[0] + len(run)
    return True


def execute(command: str, folder: Path) -> tuple[int, list[str]]:
    paths = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        ["bash", "-c", command],  # noqa: S607 (the reader's own shell)
        cwd=folder,
        env={**os.environ, "PATH": paths, "COLUMNS": "80", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, [line.rstrip() for line in (done.stdout + done.stderr).strip("\n").splitlines()]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=label)
def test_every_command_prints_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    failed = []
    for block in BLOCK.finditer(page.read_text()):
        if block["kind"] != "console":
            if block["path"]:
                target = tmp_path / block["path"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(block["body"])
            continue
        steps = commands(block["body"])
        for k, (command, said) in enumerate(steps):
            if command == "echo $?":
                continue
            status, output = execute(command, tmp_path)
            wanted = steps[k + 1][1] if k + 1 < len(steps) and steps[k + 1][0] == "echo $?" else ["0"]
            if [str(status)] != wanted or not printed(said, output):
                failed.append(f"$ {command}\nexit code {status}\n" + "\n".join(output))
    assert not failed, "\n\n".join(failed)


def test_the_picture_shows_what_the_tool_says_today() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "picture.py"))
    picture = (ROOT / "docs" / "pictures" / "korea-2019.png").read_bytes()
    assert len(picture) < LARGEST_PICTURE
    found = summitry.study.run(summitry.open("korea-2019"))
    assert tool["digest_of"](picture) == tool["words"](found), "out of date: run `.venv/bin/python tools/picture.py`"


def test_a_line_that_is_not_printed_is_noticed() -> None:
    assert printed(["a", "...", "c"], ["a", "b", "c"])
    assert printed(["a ... c (.)"], ["a b c (.)"])
    assert not printed(["a", "c"], ["a", "b", "c"])
    assert not printed(["a ... c"], ["a b d"])
    assert not printed(["c", "...", "a"], ["a", "b", "c"])
