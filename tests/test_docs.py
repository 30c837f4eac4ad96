"""The documents cannot drift from the commands, the Makefile and the files that are there."""

from __future__ import annotations

import doctest
import io
import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from summitry.cli import app

ROOT = Path(__file__).resolve().parents[1]
ROWS = ROOT / "docs" / "rows.md"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
STATES = {"works", "in part", "not yet"}


def names() -> set[str]:
    return set(get_command(app).commands)  # type: ignore[attr-defined] # the app has several commands, so it is a group


def rows() -> list[tuple[str, set[str], str]]:
    cells = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in ROWS.read_text().splitlines()
        if line.startswith("| M")
    ]
    return [(row[0], set(re.findall(r"`(\w+)`", row[2])), row[3]) for row in cells]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],  # noqa: S607 (git is found on the PATH, as everywhere)
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_row_of_the_mission_stands_once_and_in_a_known_state() -> None:
    assert sorted(row for row, _, _ in rows()) == sorted(f"M{number}" for number in range(1, 28))
    assert {state for _, _, state in rows()} <= STATES


def test_every_row_names_its_command() -> None:
    assert [row for row, commands, _ in rows() if not commands] == []


def test_every_command_that_is_said_to_work_exists() -> None:
    claimed = {(row, command) for row, commands, state in rows() if state != "not yet" for command in commands}
    assert {(row, command) for row, command in claimed if command not in names()} == set()


def test_every_command_is_documented() -> None:
    text = "".join(path.read_text() for path in [ROWS, *sorted((ROOT / "docs" / "reference").rglob("*.md"))])
    assert {name for name in names() if not re.search(rf"`(summitry )?{name}\b", text)} == set()


@pytest.mark.parametrize("page", PAGES, ids=label)
def test_every_command_shown_in_a_page_exists(page: Path) -> None:
    shown = set(re.findall(r"(?:^\$ |`)summitry ([a-z][\w-]*)", page.read_text(), flags=re.MULTILINE))
    assert shown - names() == set()


@pytest.mark.parametrize("page", PAGES, ids=label)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [
        (f"{label(page)}, example {number}", block)
        for page in PAGES
        for number, block in enumerate(re.findall(r"^```python\n(.*?)^```", page.read_text(), flags=re.DOTALL | re.MULTILINE), 1)
    ]
    assert any(place.startswith("README.md") for place, _ in blocks)
    monkeypatch.chdir(tmp_path)
    for place, block in blocks:
        exec(compile(block, place, "exec"), {"__name__": "__example__"})  # noqa: S102 (the examples of this very repository)


@pytest.mark.parametrize("page", [page for page in PAGES if "```pycon\n" in page.read_text()], ids=label)
def test_every_python_session_goes_as_it_is_shown(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```pycon\n(.*?)^```", page.read_text(), flags=re.DOTALL | re.MULTILINE)
    session = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, label(page), str(page), 0)
    assert len(session.examples) > len(blocks)
    report = io.StringIO()
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(session, out=report.write)
    assert not result.failed, report.getvalue()


def test_the_two_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    shown = set(re.findall(r"^    make (\w+)", (ROOT / "README.md").read_text(), flags=re.MULTILINE))
    assert shown == {"demo", "test"}
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert shown <= targets


def test_what_ci_runs_is_what_a_person_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert re.search(r"^exec make test\b", script.read_text(), flags=re.MULTILINE)


def test_no_lock_says_where_its_files_come_from() -> None:
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert [path.name for path in locks] == ["boot.lock", "dev.lock", "run.lock"]
    for path in locks:
        text = path.read_text()
        assert "://" not in text, path
        assert not re.search(r"^\s*-(?!-hash=sha256:)", text, flags=re.MULTILINE), path


def test_every_line_of_a_lock_is_pinned_and_hashed() -> None:
    for path in (ROOT / "requirements").glob("*.lock"):
        entries = re.split(r"\n(?=\S)", path.read_text().strip())
        assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == [], path


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    homes = re.compile(r"(?<![\w.:/~*$}>)-])/(?:work|root|opt|home|Users)/\w")
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{label(path)}:{number}: {line.strip()}" for number, line in enumerate(lines, 1) if homes.search(line)]
    assert found == []
