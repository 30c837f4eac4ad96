"""Run the examples of a page as they stand, and show where the page and the program part.

    .venv/bin/python tools/examples.py docs/how-to/climb.md
    .venv/bin/python tools/examples.py README.md --write

The files that a page shows are written into an empty folder, and its commands run there in order. A file is a fenced block of
yaml or text under a line that ends with its path in backquotes. In a console block a line after `$ ` is a command. The lines
below it are what it prints; three dots stand for any text within a line, alone for any lines. A command may fail only where
the next one is `echo $?`. `--write` puts what is printed now into the page; between
dots, the lines that are most like those shown.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = re.compile(
    r"(?:^[^\n]*`(?P<path>[\w./-]+\.(?:yaml|csv))`:?\n+)?^```(?P<kind>yaml|text|console)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
DOTS = "..."
STATUS = "echo $?"


@dataclass(frozen=True, slots=True)
class Example:
    """A command of a page: the lines that the page shows, those that it prints, and the exit codes expected and real."""

    command: str
    shown: list[str]
    printed: list[str]
    expected: str
    status: str

    @property
    def holds(self) -> bool:
        """Whether the page shows what the command does."""
        return self.expected == self.status and prints(self.shown, self.printed)


def commands(body: str) -> list[tuple[str, list[str]]]:
    """Each command of a console block with the lines that it is said to print."""
    parts = re.split(r"^\$ ", body, flags=re.MULTILINE)
    assert not parts[0].strip(), f"a console block begins with a command: {body}"  # noqa: S101 (a page that is written wrongly)
    return [(part.splitlines()[0], part.splitlines()[1:]) for part in parts[1:]]


def prints(shown: list[str], output: list[str]) -> bool:
    """Whether runs of lines between lines of three dots stand in the output, in this order."""
    runs: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == DOTS:
            runs.append([])
        else:
            runs[-1].append(line.rstrip())
    at = 0
    for run in filter(None, runs):
        wanted = [re.compile(".*".join(map(re.escape, line.split(DOTS)))) for line in run]
        starts = [
            k
            for k in range(at, len(output) - len(run) + 1)
            if all(line.fullmatch(there) for line, there in zip(wanted, output[k : k + len(run)], strict=True))
        ]
        if not starts:
            return False
        at = starts[0] + len(run)
    return True


def matches(line: str, printed: str) -> bool:
    """Whether a line of a page, with its dots, is the one printed."""
    return re.fullmatch(".*".join(map(re.escape, line.rstrip().split(DOTS))), printed) is not None


def updated(shown: list[str], printed: list[str]) -> list[str]:
    """What a page may show of what is printed: each run of lines between dots becomes the run that is most like it."""
    if not any(DOTS in line for line in shown):
        return printed
    result, at, run = list[str](), 0, list[str]()
    for line in [*shown, DOTS]:
        if line.strip() != DOTS:
            run.append(line)
            continue
        if run:
            windows = range(at, max(at, len(printed) - len(run)) + 1)
            alike = [likeness(run, printed[k : k + len(run)]) for k in windows]
            at = windows[alike.index(max(alike))]
            now = printed[at : at + len(run)]
            result += [old if matches(old, new) else new for old, new in zip(run, now, strict=False)]
            at, run = at + len(run), []
        result.append(line)
    return result[:-1]


def likeness(shown: list[str], printed: list[str]) -> float:
    """How much the words of some lines are those of others."""
    return SequenceMatcher(None, " ".join(shown).split(), " ".join(printed).split(), autojunk=False).ratio()


def execute(command: str, folder: Path) -> tuple[str, list[str]]:
    """Exit code and printed lines of a command in a folder, on a page 80 characters wide."""
    paths = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    process = subprocess.run(  # noqa: S603 (the examples of this very repository)
        ["bash", "-c", command],  # noqa: S607 (the reader's own shell)
        cwd=folder,
        env={**os.environ, "PATH": paths, "COLUMNS": "80", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return str(process.returncode), [line.rstrip() for line in (process.stdout + process.stderr).strip("\n").splitlines()]


def run(text: str, folder: Path) -> Iterator[Example]:
    """The examples of a page, run in a folder one after another."""
    for block in BLOCK.finditer(text):
        if block["kind"] != "console":
            if block["path"]:
                target = folder / block["path"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(block["body"], encoding="utf-8")
            continue
        steps = commands(block["body"])
        for k, (command, shown) in enumerate(steps):
            if command == STATUS:
                continue
            follows = steps[k + 1] if k + 1 < len(steps) else ("", [])
            expected = " ".join(follows[1]) if follows[0] == STATUS else "0"
            status, printed = execute(command, folder)
            yield Example(command, shown, printed, expected, status)


def main() -> int:
    """Print each example that does not hold, with what it prints now; 1 where there is one that was not rewritten."""
    parser = argparse.ArgumentParser(description="Run the examples of pages, and show where page and program part.")
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGE")
    parser.add_argument("--write", action="store_true", help="put what is printed now into the page")
    parser.add_argument("--all", action="store_true", help="show what every command prints")
    options = parser.parse_args()
    left = 0
    for page in options.pages:
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            for example in run(text, Path(folder)):
                if example.holds and not options.all:
                    continue
                before = "\n".join((f"$ {example.command}", *example.shown))
                after = "\n".join((f"$ {example.command}", *updated(example.shown, example.printed)))
                if options.write and example.expected == example.status and text.count(before + "\n") == 1:
                    text = text.replace(before + "\n", after + "\n")
                    continue
                left += not example.holds
                state = "holds" if example.holds else "differs"
                print(f"{page}: {state}, exit code {example.status}\n{before}\n-- prints --", *example.printed, "", sep="\n")
        if options.write:
            page.write_text(text, encoding="utf-8")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
