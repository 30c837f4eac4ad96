"""Score sheets, as text and as spreadsheets."""

from __future__ import annotations

import builtins
import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from contracts.formats import told
from summitry import formats
from summitry.errors import BadArgument, CaseInvalid, ExtraMissing, OutputInTheWay
from summitry.formats import read, template, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCORES = {"us": "14, 8, 0\n11,7\n55", "them": "0, 5, 10 \n 0, 9\n 30 "}
RULES = 'Issue A: "Taxes"\nWho pays.\nA1 nobody\n====\nIssue B: "Dates"\nWhen.\n'


def put(folder: Path, scores: Mapping[str, str] = SCORES, config: str = "Them,them,p2,x\nU S,us,player,x\n") -> Path:
    (folder / "scores_files").mkdir()
    for name, text in scores.items():
        (folder / "scores_files" / f"{name}.txt").write_text(text)
    (folder / "config.txt").write_text(config)
    return folder


def test_text_sheets_give_scores_thresholds_names_and_vetoes(tmp_path: Path) -> None:
    (put(tmp_path) / "global_instructions.txt").write_text(RULES)
    case = read(tmp_path)
    assert [party.name for party in case.file.parties.values()] == ["Them", "U S"]
    assert [each.reservation[1] for each in told(case)] == [30.0, 55.0]
    assert {issue: list(body.options) for issue, body in case.file.issues.items()} == {
        "taxes": ["A1", "A2", "A3"],
        "dates": ["B1", "B2"],
    }
    assert case.file.issues["taxes"].about == "Who pays. A1 nobody"
    assert [points[1] for points in told(case)[1].values["taxes"].options.values()] == [14.0, 8.0, 0.0]
    assert any("veto: Them (them)" in note for note in case.notes)


@pytest.mark.parametrize(
    ("scores", "config", "words"),
    [
        ({"us": "1, x\n2"}, "", "scores_files/us.txt:1:4: error: a score is 'x'"),
        ({"us": "1, NaN\n2"}, "", "scores_files/us.txt:1:4: error: a score is NaN"),
        ({"us": "1, 2\n3, 4"}, "", "scores_files/us.txt:2:1: error: the last line is no threshold"),
        ({"us": "1, 2\n3", "them": "1, 2, 3\n3"}, "", "the options by issue are [2], elsewhere [3]"),
        ({"us": "1, 2\n3"}, "A,a,p1\n", "scores_files/a.txt is not there"),
        (SCORES, "A,us\n", "config.txt:1:1: error: the line 'A,us' names no new party"),
        (SCORES, "A,us,x\nB,us,x\n", "config.txt:2:1"),
        ({"us": "1, 2\n3"}, "", "1 preference profile"),
        ({"us": "\udcff"}, "", "is not UTF-8"),
    ],
)
def test_text_sheets_say_what_is_wrong_and_where(tmp_path: Path, scores: dict[str, str], config: str, words: str) -> None:
    put(tmp_path, {}, config)
    for name, text in scores.items():
        (tmp_path / "scores_files" / f"{name}.txt").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(CaseInvalid) as caught:
        read(tmp_path)
    assert words in str(caught.value.problems[0])


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return template(tmp_path / "scores.xlsx")


def edit(path: Path, sheet: str, cell: str, value: str | float | None) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def test_the_template_reads_as_it_is_and_is_never_written_over(workbook: Path) -> None:
    case = read(workbook)
    assert list(case.file.parties) == ["party-a", "party-b"]
    assert told(case)[1].values["issue-2"].options["some"] == (2.0, 3.0, 5.0)
    with pytest.raises(OutputInTheWay):
        template(workbook)


def test_a_spreadsheet_is_written_to_the_file_that_is_named(workbook: Path, tmp_path: Path) -> None:
    assert write(read(workbook), tmp_path / "out.xlsx", "xlsx") == [tmp_path / "out.xlsx"]
    assert told(read(tmp_path / "out.xlsx")) == told(read(workbook))


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "words"),
    [
        ("values", "C3", "=1+1", "scores.xlsx:3:3: error at values: a formula stands here"),
        ("values", "B3", '=HYPERLINK("http://x")', "scores.xlsx:3:2: error at values: a formula"),
        ("parties", "C2", "=A1", "scores.xlsx:2:3: error at parties: a formula"),
        ("values", "C3", "NaN", "the cell is NaN"),
        ("values", "C3", "lots", "the cell is 'lots'"),
        ("values", "C3", "[5, 3, 9]", "does not rise"),
        ("values", "C3", None, "there is no value here"),
        ("values", "C3", True, "neither text nor number"),
        ("values", "B3", "none", "'none' of 'Issue 1' is named twice"),
        ("values", "A7", "Issue 1", "'Issue 1' is named twice"),
        ("values", "B3", None, "names no option"),
        ("values", "D1", "Party A", "'Party A' has two columns"),
        ("values", "D1", "Party C", "'Party C' has no row"),
        ("parties", "D2", 2, "discount 2 lies outside"),
        ("parties", "A1", "who", "the heads are"),
        ("parties", "A4", "Party X", "'Party X' has no column"),
    ],
)
def test_a_spreadsheet_says_what_is_wrong_and_where(
    workbook: Path, sheet: str, cell: str, value: str | float | None, words: str
) -> None:
    edit(workbook, sheet, cell, value)
    with pytest.raises(CaseInvalid) as caught:
        read(workbook)
    assert words in str(caught.value.problems[0])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "{=1}"])
def test_texts_that_begin_like_formulas_stay_texts(workbook: Path, tmp_path: Path, text: str) -> None:
    case = read(workbook)
    issues = {"issue": case.file.issues["issue-1"].model_copy(update={"title": text})}
    named = case.file.model_copy(update={"issues": {**case.file.issues, "issue-1": issues["issue"]}})
    (path,) = write(case.model_copy(update={"file": named}), tmp_path / "out.xlsx", "xlsx")
    cells = [cell for row in openpyxl.load_workbook(path)["values"] for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def repack(path: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(path) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part, content in (parts | {name: data}).items():
            new.writestr(part, content)
    path.write_bytes(stream.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_inside_a_workbook_are_refused(workbook: Path, encoding: str) -> None:
    repack(workbook, "xl/styles.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode(encoding))
    with pytest.raises(CaseInvalid, match="document type"):
        read(workbook)


def test_a_workbook_that_unpacks_to_too_much_is_refused(workbook: Path) -> None:
    repack(workbook, "xl/media/bomb.bin", bytes(129 * 2**20))
    with pytest.raises(CaseInvalid, match="unpacks to more than"):
        read(workbook)


def test_a_missing_openpyxl_is_named_with_its_remedy(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name in {"openpyxl", "xlsxwriter"}:
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type] # the import system's own arguments, passed on

    case = read(workbook)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExtraMissing, match=r"pip install '\.\[xlsx\]'"):
        read(workbook)
    with pytest.raises(ExtraMissing, match=r"pip install '\.\[xlsx\]'"):
        write(case, workbook.with_name("new.xlsx"), "xlsx")


def test_what_a_format_loses_is_listed(workbook: Path) -> None:
    case = read(workbook)
    assert formats.losses(case, "xlsx") == []
    assert formats.losses(case, "negmas") == ["ranges: the mean is written"]
    assert any(re.fullmatch(r"the scale of .*'s points: .* divided by \d+", loss) for loss in formats.losses(case, "genius"))
    assert formats.losses(case, "summitry") == ["values without a status quo: the first option of each issue becomes it"]
    with pytest.raises(BadArgument, match="genius, geniusweb"):
        formats.losses(case, "sheet")
