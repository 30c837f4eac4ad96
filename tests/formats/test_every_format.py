"""Each format under the one contract, and that none is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import ANY

import openpyxl
import pytest
from hypothesis import given, settings

import generators
from contracts.formats import FormatContract, ScaledContract, WritableContract, gains, options
from summitry import formats
from summitry.case import load
from summitry.case.checks_case import RESERVED

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.case.types import Case


class TestGenius(ScaledContract, WritableContract):
    name = "genius"
    boxes = True


class TestGeniusWeb(ScaledContract, WritableContract):
    """The reservation value becomes the least acceptable package, so that the same packages stay acceptable."""

    name = "geniusweb"

    def same_gains(self, case: Case, again: Case) -> None:
        for party in range(len(case.file.parties)):
            before, after = gains(case, party), gains(again, party)
            scale = (max(before) - min(before)) / (max(after) - min(after)) if max(after) > min(after) else 1.0
            worths = [(gain - min(after)) * scale for gain in after]
            assert worths == pytest.approx([gain - min(before) for gain in before], abs=1e-7)
            if max(before) >= 0:
                assert [gain >= -1e-9 for gain in after] == [gain >= -1e-9 for gain in before]


class TestNegoLog(ScaledContract, WritableContract):
    name = "negolog"
    keeps = frozenset({"names"})
    parties = 2


class TestNegMAS(WritableContract):
    name = "negmas"
    boxes = True


class TestSpreadsheet(WritableContract):
    name = "xlsx"
    ranges = boxes = True

    def spoil(self, folder: Path, old: str, new: str) -> tuple[str, int]:
        path = next(folder.iterdir())
        book = openpyxl.load_workbook(path)
        cell = next(cell for row in book["values"] for cell in row if cell.value == float(old))
        cell.value = new
        book.save(path)
        return path.name, cell.row


class TestCaseFolder(WritableContract):
    name = "summitry"
    boxes = True

    def read(self, folder: Path) -> Case:
        return load(folder)

    def named(self, case: Case) -> list[list[str]]:
        return [[ANY if each in RESERVED or not each.strip() else each for each in row] for row in options(case)]

    def same(self, case: Case, again: Case) -> None:
        self.same_gains(case, again)

    @settings(max_examples=20)
    @given(case=generators.cases(estimates=True))
    def test_a_whole_case_reads_back(self, case: Case) -> None:
        def check(folder: Path) -> None:
            again = load(folder)
            kept = {"name": case.name, "digest": case.digest, "notes": case.notes}
            assert again.model_copy(update=kept) == case

        self.on_disk(case, check)


class TestScoreSheets(FormatContract):
    """Read only: the test writes them, with issues and options by letter and number."""

    name = "sheet"
    keeps = frozenset({"parties"})

    def put(self, case: Case, folder: Path) -> None:
        (folder / "scores_files").mkdir(parents=True)
        config = []
        for party, about in case.file.parties.items():
            told = case.preferences[party][party]
            rows = [
                ", ".join(repr(told.values[issue].options[option][1] if issue in told.values else 0.0) for option in body.options)
                for issue, body in case.file.issues.items()
            ]
            (folder / "scores_files" / f"{party}.txt").write_text("\n".join([*rows, repr(told.reservation[1])]))
            config.append(f"{about.name},{party},p1,greedy,none\n")
        (folder / "config.txt").write_text("".join(config))


def test_every_format_has_its_contract() -> None:
    under = {
        each.name for each in (*FormatContract.__subclasses__(), *WritableContract.__subclasses__()) if hasattr(each, "name")
    }
    assert under == set(formats.FORMATS)
