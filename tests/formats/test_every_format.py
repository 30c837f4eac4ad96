"""Each format under the one contract, and that none is forgotten."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import ANY

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generators
from contracts.formats import FormatContract, ScaledContract, WritableContract, gains, options
from summitry import formats
from summitry.case import load
from summitry.case.checks_case import RESERVED
from summitry.formats.files import Place
from summitry.formats.scenario import Matter, Profile, Scenario, Term, point, to_case

if TYPE_CHECKING:
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


@pytest.mark.parametrize("name", ["genius", "geniusweb", "negolog", "negmas", "xlsx"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_utilities_within_one_are_kept_whatever_the_weights_sum_to(name: str, data: st.DataObject) -> None:
    share = st.integers(0, 1000).map(lambda k: k / 1000)
    count = data.draw(st.integers(1, 4))
    matters = [Matter(f"issue {i}", ("low", "middle", "high"), Place("drawn")) for i in range(count)]
    profiles = []
    for side in ("A", "B"):
        weights = data.draw(st.lists(share, min_size=count, max_size=count))
        values = [{o: point(w / count * data.draw(share)) for o in matters[0].options} for w in weights]
        values[0]["high"] = point(1 / count)
        profiles.append(Profile(side, side, "drawn", Place("drawn"), values))
    case = to_case(Scenario("drawn", matters, profiles, used=["drawn"]), "drawn", "drawn", "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"out{formats.FORMATS[name].single}"
        formats.write(case, path, name)
        again = formats.read(path)
    assert not any("scale" in loss for loss in formats.losses(case, name))
    for party in range(2):
        assert gains(again, party) == pytest.approx(gains(case, party), abs=1e-11)


@pytest.mark.parametrize("name", ["genius", "geniusweb", "negolog"])
def test_whoever_is_rescaled_is_named_with_the_factor(name: str) -> None:
    matters = [Matter("prize", ("mine", "yours"), Place("drawn"))]
    values = {"A": (4.0, -1.0), "B": (0.25, 0.5)}
    profiles = [
        Profile(side, side, "drawn", Place("drawn"), [dict(zip(matters[0].options, map(point, worths), strict=True))])
        for side, worths in values.items()
    ]
    case = to_case(Scenario("drawn", matters, profiles, used=["drawn"]), "drawn", "drawn", "")
    (words,) = [loss for loss in formats.losses(case, name) if "scale" in loss]
    assert words == "the scale of A's points: every package's are raised by 1 and divided by 5"


def test_the_factor_of_combinations_is_named(tmp_path: Path) -> None:
    """Each addend is within 0..1, but together they are worth 1.5."""
    matters = [Matter("amount", ("0", "1"), Place("drawn"))]
    worth = [{"0": point(0.0), "1": point(0.75)}]
    terms = [Term({0: ("1",)}, point(0.75))]
    profiles = [Profile(side, side, "drawn", Place("drawn"), worth, terms=terms) for side in ("A", "B")]
    case = to_case(Scenario("drawn", matters, profiles, used=["drawn"]), "drawn", "drawn", "")
    assert sum("divided by 1.5" in loss for loss in formats.losses(case, "genius")) == 2
    formats.write(case, tmp_path / "out", "genius")
    assert gains(formats.read(tmp_path / "out"), 0) == pytest.approx([0.0, 1.0])
