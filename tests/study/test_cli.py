"""Laws of the command line: exit codes, streams, and that no failure shows a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from summitry import questions
from summitry.cli import BY_HAND
from summitry.wording import messages


def run(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "summitry", *words], capture_output=True, text=True, check=False, cwd=cwd)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("rung", "nowhere"), "There is no case 'nowhere'"),
        (("rung", "korea-2018"), "Did you mean 'korea-2019'?"),
        (("rung", "supply-contract", "--as", "nobody"), "There is no party 'nobody'"),
        (("price", "supply-contract", "delivery"), "ISSUE=OPTION"),
        (("price", "supply-contract", "delivery=never"), "There is no option of delivery 'never'"),
        (("price", "supply-contract", "delivery=two-weeks", "--at", "1"), "between 0 and 1"),
        (("convert", "supply-contract"), "what to convert and where to"),
    ],
)
def test_a_mistake_is_one_message_with_a_remedy_and_exit_code_2(words: tuple[str, ...], says: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_prepare_overwrites_its_own_files_and_nobody_elses(tmp_path: Path) -> None:
    out = tmp_path / "brief"
    assert run("prepare", "supply-contract", "--quiet", "--out", str(out)).returncode == 0
    printed = run("prepare", "supply-contract", "--json", "--out", str(out))
    assert printed.returncode == 0
    assert printed.stdout.encode() == (out / "findings.json").read_bytes()
    (out / "book.html").write_text("my notes")
    done = run("prepare", "supply-contract", "--quiet", "--out", str(out))
    assert done.returncode == 2
    assert "was not written by summitry" in done.stderr
    assert (out / "book.html").read_text() == "my notes"


@pytest.mark.parametrize("command", ["rung", "frontier", "inventory", "check"])
def test_json_is_one_object_on_standard_output(command: str) -> None:
    done = run(command, "supply-contract", "--json")
    assert done.returncode == 0
    assert isinstance(json.loads(done.stdout), dict)


def test_an_interruption_while_it_still_loads_ends_it_without_a_word() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    module, _, function = project["scripts"]["summitry"].partition(":")
    program = f"""
import sys, {module} as start
class Interrupted:
    def find_spec(self, name, *_):
        if name == "typer":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
start.{function}()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


HELP_NEEDS = {
    "summitry",
    "summitry.__main__",
    "summitry.cli",
    "summitry.errors",
    "summitry.questions",
    "summitry.version",
    "summitry.wording",
    "summitry.wording.language",
}


def test_help_loads_no_question_and_nothing_that_computes() -> None:
    program = (
        "import sys; sys.argv = ['summitry', '--help']; from summitry.cli import main\n"
        "try: main()\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stderr.split() if not name.startswith("summitry.wording.english")}
    assert {name for name in loaded if name.partition(".")[0] == "summitry"} <= HELP_NEEDS
    assert not loaded & {"numpy", "pydantic", "rich", "yaml", "summitry.document"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [("check", "supply-contract", "--json"), ("check", "supply-contract")])
def test_a_full_disk_is_one_message(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "summitry", *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith("The output cannot be read or written: No space left on device.")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="processes are told apart by POSIX groups")
def test_no_helper_outlives_a_study_that_is_killed(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "summitry", "prepare", "supply-contract", "--out", str(tmp_path / "out")]
    study = subprocess.Popen(words, stderr=subprocess.PIPE, start_new_session=True)
    assert study.stderr is not None
    assert study.stderr.readline().startswith(b"reading")
    assert study.stderr.readline().startswith(b"evidence")  # the helper is on its way
    time.sleep(0.5)
    study.kill()
    study.wait()
    study.stderr.close()
    for _ in range(200):
        try:
            os.killpg(study.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.1)
    else:
        pytest.fail("a helper is still there after 20 seconds")
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_only_the_module_of_the_command_that_runs_is_loaded() -> None:
    program = (
        "import sys; sys.argv = ['summitry', 'check', 'supply-contract', '--quiet']; from summitry.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*sorted(name for name in sys.modules if name.startswith(('summitry.questions.', 'summitry.cli.'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["summitry.cli.commands", "summitry.questions.check"]


def group_title(group: str) -> str:
    return messages()[f"group.{group}"]


def test_names_of_commands_need_no_module_and_help_says_what_each_does_under_its_group() -> None:
    program = (
        "import sys; from summitry.cli import app; from typer.main import get_command\n"
        "print(*get_command(app).list_commands(None))\n"
        "print(*[name for name in sys.modules if name.startswith('summitry.questions.')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    names, loaded = done.stdout.splitlines()
    assert loaded == ""
    assert names.split() == sorted({*questions.names(), *BY_HAND})
    text = run("--help").stdout
    places = [text.index(f"\n{title}:\n") for title in map(group_title, questions.GROUPS) if f"\n{title}:\n" in text]
    assert places == sorted(places)
    flat = " ".join(text.split())
    for question in questions.questions():
        assert f"{question.name} {question.summary}" in flat
        assert text.index(f"\n{group_title(question.group)}:\n") < text.index(f"\n  {question.name} ")
    for name, group in BY_HAND.items():
        assert group in questions.GROUPS
        assert f"{name} {messages()[f'command.{name}']}" in flat


def test_a_misspelt_command_is_answered_with_its_neighbour() -> None:
    done = run("pric")
    assert done.returncode == 2
    assert "Did you mean 'price'?" in done.stderr
