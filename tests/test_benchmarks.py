"""Laws of the scripts beside the package: every one loads as the package is today, and loading one does not run it.

What they import inside functions, and how they call it, is the type checker's to see.
"""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted(path.relative_to(ROOT) for folder in ("benchmarks", "tools") for path in (ROOT / folder).glob("*.py"))


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_every_benchmark_and_tool_loads_and_does_not_run(
    script: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(ROOT / script.parent)  # they import each other as neighbours
    monkeypatch.setattr("sys.argv", [str(script), "--no-such-option"])  # a script that ran would end here
    scope = runpy.run_path(str(ROOT / script))
    assert scope["__doc__"]
    assert capsys.readouterr() == ("", "")


def test_there_are_scripts_and_the_type_checker_reads_them() -> None:
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["files"]
    assert {script.parts[0] for script in SCRIPTS} == {"benchmarks", "tools"} <= set(checked)
