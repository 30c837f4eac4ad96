"""A correction names a document of the case, quotes words that stand there once, and maps to an issue that exists."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from generators import put
from summitry import load
from summitry.case import check
from summitry.case.read import HOME
from summitry.evidence.positions import read_positions
from summitry.questions import audit

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.evidence.texts.audit import Audits

HEAD = "document,words,field,value,by,note\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    shutil.copytree(HOME / "supply-contract", tmp_path / "supply")
    return tmp_path / "supply"


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("letter,improve,act,x,me,", "document", "no document of this case"),
        ("letter-of-intent,never said,act,x,me,", "words", "nowhere"),
        ("letter-of-intent,The,act,x,me,", "words", "times"),
        ("letter-of-intent,improve,commitment,perhaps,me,", "value", "neither yes nor no"),
        ("letter-of-intent,improve,issue,deliverry,me,", "value", "no issue"),
        ("letter-of-intent,improve,issue,delivery.soon,me,", "value", "no option of delivery"),
        ("letter-of-intent,improve,colour,red,me,", "field", "none of the words"),
        ("letter-of-intent,improve,act,x,,", "by", "nothing stands here"),
    ],
)
def test_a_wrong_correction_is_found_at_its_cell(case: Path, row: str, column: str, what: str) -> None:
    put(case / "evidence/corrections.csv", HEAD + row + "\n")
    (problem,) = [p for p in check(case) if p.level == "error"]
    assert (problem.file, problem.line) == ("evidence/corrections.csv", 2)
    assert problem.path.endswith(f"column {column}")
    assert what in problem.what


def audits(case: str) -> Audits:
    return audit.answer(None, audit.AuditRequest((case,), viewer="buyer"))


def test_an_audit_does_not_depend_on_what_anybody_believes(case: Path) -> None:
    before = audits(str(case))
    shutil.rmtree(case / "preferences/supplier")
    assert audits(str(case)) == before
    assert read_positions(load(str(case), viewer="buyer")) == read_positions(load("supply-contract", viewer="buyer"))
