"""The structure of the source is tested, not described."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "summitry"
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE = 600
LONGEST_FUNCTION = 60

# Path, or path::function, and why it may be longer.
ALLOWED_FILES: dict[str, str] = {}
ALLOWED_FUNCTIONS: dict[str, str] = {}

SLOW_TO_IMPORT = ("numba", "scipy", "typst", "vl_convert")


def relative(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (f"{relative(path)}::{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def test_no_source_file_is_longer_than_a_second_thought() -> None:
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert too_long.keys() == ALLOWED_FILES.keys(), f"longer than {LONGEST_FILE} lines: {too_long}; allowed: {ALLOWED_FILES}"


def test_no_function_is_longer_than_a_second_thought() -> None:
    too_long = {name: lines for path in FILES for name, lines in functions(path) if lines > LONGEST_FUNCTION}
    assert too_long.keys() == ALLOWED_FUNCTIONS.keys(), (
        f"longer than {LONGEST_FUNCTION} lines: {too_long}; allowed: {ALLOWED_FUNCTIONS}"
    )


@pytest.mark.parametrize("module", ["summitry", "summitry.cli"])
def test_import_stays_fast_because_heavy_packages_come_when_needed(module: str) -> None:
    program = f"import sys, {module}; print(*sorted({set(SLOW_TO_IMPORT)!r} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [], f"import {module} pulls these in"


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_folder_of_code_is_a_package_so_that_the_import_order_sees_it() -> None:
    without = sorted({relative(path.parent) for path in FILES if not (path.parent / "__init__.py").exists()})
    assert without == []
