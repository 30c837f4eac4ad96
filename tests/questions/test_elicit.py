"""Laws of elicit on the command line: nothing is lost, nothing overwritten, nothing outside of the party's folder."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from summitry import case, dialogue
from summitry.cli import app
from summitry.errors import BadArgument, CaseInvalid, OutputInTheWay, SummitryError, UnknownName

if TYPE_CHECKING:
    from pathlib import Path

CASE = """\
summitry: 1
title: Saturday work
as_of: 2026-01-15
parties:
  firm: {name: The firm}
  union: {name: The union}
issues:
  pay: {title: Pay, giver: firm, options: [as-now, plus-2, plus-4]}
  saturdays: {title: Saturdays, giver: union, options: [none, ten, thirty]}
"""
FIRST = "the board\n-50 -100; the wage bill\n"
REST = "40 100; orders\na 1.5..3\nb\n5\n"


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A case of issues alone."""
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "case.yaml").write_text(CASE)
    return folder


def said(typed: str, *words: object) -> Any:  # noqa: ANN401 (a result of typer's runner)
    return CliRunner().invoke(app, list(map(str, words)), input=typed, catch_exceptions=False)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_interview_from_nothing_writes_a_file_that_passes_check(talks: Path) -> None:
    said(FIRST + REST, "elicit", talks, "--as", "firm")
    assert (talks / "preferences/firm/firm.yaml").is_file()
    problems = case.check(talks, viewer="firm")
    assert [p.file for p in problems] == ["preferences/firm/union.yaml"]  # what it thinks of the other is not asked


def test_nothing_is_lost_where_the_input_ends(talks: Path) -> None:
    with pytest.raises(BadArgument, match="2 answers kept"):
        said(FIRST, "elicit", talks, "--as", "firm")
    with pytest.raises(BadArgument, match="--resume"):
        said(REST, "elicit", talks, "--as", "firm")
    said(REST, "elicit", talks, "--as", "firm", "--resume")
    in_two = (talks / "preferences/firm/firm.yaml").read_bytes()
    shutil.rmtree(talks / "preferences")
    said(FIRST + REST, "elicit", talks, "--as", "firm")
    assert (talks / "preferences/firm/firm.yaml").read_bytes() == in_two


def test_an_interrupt_keeps_every_answer(talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(FIRST.splitlines())

    def line(_: object) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(dialogue, "_read_line", line)
    with pytest.raises(BadArgument, match="2 answers kept"):
        said("", "elicit", talks, "--as", "firm")
    assert len(json.loads((talks / "preferences/firm/answers.json").read_text())["answers"]) == 2


def test_a_hand_written_file_is_never_overwritten_and_the_draft_takes_over_what_is_not_asked(talks: Path) -> None:
    own = talks / "preferences/firm/firm.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "basis: ours\nreservation: [0, 1, 2]\nvalues:\n  pay: {plus-2: [1, 2, 3], plus-4: [4, 5, 6]}\n"
        "indifferent: [saturdays]\nmandate:\n  pay: {plus-4: never}\n"
    )
    before = own.read_bytes()
    done = said(FIRST + REST, "elicit", talks, "--as", "firm", "--json")
    found = json.loads(done.stdout)
    assert own.read_bytes() == before
    assert found["draft"] is True
    assert found["from_file"] == ["mandate"]
    draft = own.with_name("firm.yaml.elicited")
    assert found["file"] == str(draft)
    assert not [p for p in case.check(talks, viewer="firm") if "firm/firm" in p.file or "answers" in p.file]
    own.write_bytes(draft.read_bytes())
    assert not [p for p in case.check(talks, viewer="firm") if "firm/firm" in p.file]
    assert "never" in draft.read_text()


def test_an_own_file_is_renewed_until_somebody_edits_it(talks: Path) -> None:
    said(FIRST + REST, "elicit", talks, "--as", "firm")
    assert "draft" not in said("", "elicit", talks, "--as", "firm", "--resume").stdout
    own = talks / "preferences/firm/firm.yaml"
    own.write_text(own.read_text() + "# mine\n")
    said("", "elicit", talks, "--as", "firm", "--resume")
    assert own.read_text().endswith("# mine\n")
    assert own.with_name("firm.yaml.elicited").exists()


def test_nothing_outside_of_the_partys_folder_is_read_or_written(talks: Path) -> None:
    (talks / "preferences/union").mkdir(parents=True)
    (talks / "preferences/union/union.yaml").write_bytes(b"\xff\x00: [")
    before = snapshot(talks)
    one = said(FIRST + REST, "elicit", talks, "--as", "firm").stdout
    after = snapshot(talks)
    assert {name for name in after if after[name] != before.get(name)} == {
        f"preferences/firm/{name}" for name in ("answers.json", "firm.yaml", ".summitry")
    }
    shutil.rmtree(talks / "preferences")
    assert said(FIRST + REST, "elicit", talks, "--as", "firm").stdout == one


def test_the_json_is_one_object_with_the_documented_keys(talks: Path) -> None:
    found = json.loads(said(FIRST + REST, "elicit", talks, "--as", "firm", "--json").stdout)
    assert list(found) == [
        "party", "method", "answers", "file", "draft", "from_file", "contradiction", "weights",
        "values", "reservation", "indifferent",
    ]  # fmt: skip
    assert found["answers"] == 6
    assert said("", "elicit", talks, "--as", "firm", "--resume", "--quiet").stdout == ""


def test_contradicting_answers_are_told_at_once(talks: Path) -> None:
    out = said("me\n-50 -100\n40 100\na 3\nb 3\n5\n", "elicit", talks, "--as", "firm").stdout
    assert out.count("contradict each other") == 2  # at once, and in the end
    assert out.count("4: Pay: plus-4, against Saturdays: thirty: a 3") == 2
    assert "redo N" in out


def test_a_filled_sheet_answers_at_once(talks: Path, tmp_path: Path) -> None:
    import openpyxl

    sheet = tmp_path / "firm.xlsx"
    said("", "elicit", talks, "--as", "firm", "--template", sheet)
    with pytest.raises(OutputInTheWay):
        said("", "elicit", talks, "--as", "firm", "--template", sheet)
    with pytest.raises(CaseInvalid, match="there is no value here"):
        said("", "elicit", talks, "--as", "firm", "--from", sheet)
    book = openpyxl.load_workbook(sheet)
    for row, value in ((3, "[-6, -4, -3]"), (4, -9), (6, 8), (7, 13)):
        book["values"].cell(row, 3).value = value
    book["parties"].cell(2, 3).value = 1
    book["parties"].cell(2, 5).value = "=the board"
    book["parties"].cell(2, 5).data_type = "s"
    book["why"].cell(2, 2).value = "the wage bill"
    book.save(sheet)
    said("", "elicit", talks, "--as", "firm", "--from", sheet)
    made = case.own_preferences(talks / "preferences/firm", "firm")
    assert made is not None
    assert made.values["pay"].options["plus-2"] == (-6.0, -4.0, -3.0)
    assert made.values["pay"].why == "the wage bill"
    assert made.reservation == (0.9, 1.0, 1.1)
    book["values"].cell(3, 2).value = "plus-3"
    book.save(sheet)
    with pytest.raises(CaseInvalid, match="not those of the case"):
        said("", "elicit", talks, "--as", "firm", "--from", sheet, "--resume")


@pytest.mark.parametrize(
    "spoilt",
    [b"", b"[]", b"\xff", b'{"party": "firm"', b'{"party": "firm", "answers": [{"key": [], "text": "x"}]}', b"[" * 100_000],
)
def test_spoilt_answers_are_one_message(talks: Path, spoilt: bytes) -> None:
    (talks / "preferences/firm").mkdir(parents=True)
    (talks / "preferences/firm/answers.json").write_bytes(spoilt)
    with pytest.raises(BadArgument, match=r"answers\.json"):
        said("", "elicit", talks, "--as", "firm", "--resume")


def test_answers_that_no_longer_fit_the_case_are_named(talks: Path) -> None:
    with pytest.raises(BadArgument):
        said(FIRST, "elicit", talks, "--as", "firm")
    (talks / "case.yaml").write_text(CASE.replace("plus-2, plus-4", "plus-2"))
    with pytest.raises(BadArgument, match=r"Answer 2 in .* no longer fits"):
        said(REST, "elicit", talks, "--as", "firm", "--resume")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--as", "nobody"), UnknownName),
        ((), BadArgument),
        (("--as", "firm", "--from", "missing.xlsx"), SummitryError),
        (("--as", "firm", "--template", "/proc/firm.xlsx"), BadArgument),
    ],
)
def test_a_wrong_call_is_one_message(talks: Path, words: tuple[str, ...], error: type[Exception]) -> None:
    with pytest.raises(error):
        said("", "elicit", talks, *words)


def test_a_bundled_case_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="--out"):
        said("", "elicit", "supply-contract", "--as", "buyer")
    out = tmp_path / "buyer.yaml"
    with pytest.raises(BadArgument, match="1 answer kept"):
        said("me\n", "elicit", "supply-contract", "--as", "buyer", "--out", out)
    assert (tmp_path / "buyer.yaml.answers.json").is_file()
    out.write_text("mine")
    typed = "33 67 100\n50 100\n50 100\n-40 -100\n-50 -100\n-30 -100\nenough\n1\n"
    with pytest.raises(OutputInTheWay):
        said(typed, "elicit", "supply-contract", "--as", "buyer", "--out", out, "--resume")
    assert out.read_text() == "mine"
