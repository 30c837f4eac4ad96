"""The structure of the source is tested, not described."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import structure

ROOT = Path(__file__).resolve().parents[1]
FILES = structure.files()
LONGEST_FILE = 600
LONGEST_FUNCTION = 60
MOST_BRANCHES = 15
MOST_BRANCHED = 7
MOST_BARE = 0.0055
"""Ceilings that may only go down: functions with more branches, and the share of names that are bare participles."""
COMPUTES = ("kernels", "model.py", "sequence", "deals", "plan", "study.py", "workspace.py", "questions", "answers.py", "cli")
"""What computes holds codes and numbers; sentences stand in the catalogue."""

SLOW_TO_IMPORT = ("numba", "scipy", "typst", "vl_convert")


def test_no_source_file_is_longer_than_a_second_thought() -> None:
    lengths = {structure.relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_second_thought() -> None:
    lengths = {
        name: (node.end_lineno or node.lineno) - node.lineno + 1 for path in FILES for name, node in structure.functions(path)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_few_functions_branch_more_than_a_second_thought() -> None:
    branches = {name: structure.branches(node) for path in FILES for name, node in structure.functions(path)}
    many = sorted(name for name, count in branches.items() if count > MOST_BRANCHES)
    assert len(many) <= MOST_BRANCHED, many


def test_names_say_what_they_hold_and_not_that_something_was_done() -> None:
    names = [name for path in FILES for name in structure.names(path)]
    bare = [name for name in names if name in structure.PARTICIPLES]
    assert len(bare) <= MOST_BARE * len(names), sorted(set(bare))


@pytest.mark.parametrize("part", COMPUTES)
def test_what_computes_holds_no_sentence(part: str) -> None:
    paths = [path for path in FILES if structure.relative(path).partition("/")[0] == part]
    assert paths
    assert {structure.relative(path): [*structure.sentences(path)] for path in paths if [*structure.sentences(path)]} == {}


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert structure.cycles(structure.imports()) == []


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
    without = sorted({structure.relative(path.parent) for path in FILES if not (path.parent / "__init__.py").exists()})
    assert without == []
