"""What every format of scenarios keeps: one class of laws, inherited by each format's test."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitry import formats
from summitry.errors import OutputInTheWay, SummitryError
from summitry.formats.files import Place
from summitry.formats.scenario import Matter, Points, Profile, Scenario, Term, mean, point, to_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.case.types import Case, Preferences

NASTY = [
    *(
        "=1+1",
        "+x",
        "-x",
        "@a",
        "<b>",
        "a&b;",
        "no",
        "12:30",
        "1e5",
        "null",
        "é",
        "{x}",
        "# c",
        "a: b",
        "'",
        '"',
        "\\",
        " x ",
        "%",
    ),
    *(
        "*a",
        "&b",
        "!c",
        "| d",
        "> e",
        "`f",
        "?",
        "2019-02-15",
        "<!DOCTYPE x>",
        "]]>",
        "日本",
        "a, b",
        "[1, 2, 3]",
        "why",
        "~",
        "0x1",
    ),
]
MARK = 0.8125
INHERITED = settings(
    max_examples=30, suppress_health_check=[HealthCheck.differing_executors]
)  # one law, many classes, on purpose


def names(count: int) -> st.SearchStrategy[list[str]]:
    """Different names, some of them what another language would take for something else."""
    letters = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)
    return st.lists(st.one_of(st.sampled_from(NASTY), letters), min_size=count, max_size=count, unique=True)


@st.composite
def scenarios(draw: st.DrawFn, parties: int = 3, *, ranges: bool = False, boxes: bool = False) -> Case:
    """A scenario as a reader makes it: values are decimals, each party's best package is worth something."""
    count = draw(st.integers(1, 4))
    sizes = draw(st.lists(st.integers(2, 4), min_size=count, max_size=count))
    place = Place("drawn")
    options = [[str(k) for k in range(size)] if boxes else draw(names(size)) for size in sizes]
    matters = [Matter(name, tuple(each), place) for name, each in zip(draw(names(count)), options, strict=True)]
    number = st.integers(-400, 2_000).map(lambda k: k / 100)
    drawn: st.SearchStrategy[Points] = number.map(point)
    if ranges:
        drawn = st.one_of(drawn, st.tuples(number, number, number).map(lambda three: (min(three), sorted(three)[1], max(three))))
    profiles = []
    for p in range(draw(st.integers(2, parties))):
        values = [{option: draw(drawn) for option in each} for each in options]
        values[0][options[0][0]] = point(21.0)
        terms = []
        for _ in range(draw(st.integers(0, 3)) if boxes else 0):
            where = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=count, unique=True))
            when = {i: tuple(o for o in options[i] if draw(st.booleans())) or (options[i][0],) for i in sorted(where)}
            terms.append(Term(when, draw(drawn)))
        discount = draw(st.sampled_from([1.0, 0.5]))
        profiles.append(Profile(f"Side {p}", f"Side {p}", "drawn", place, values, draw(drawn), discount, terms))
    return to_case(Scenario("drawn", matters, profiles, used=["drawn"]), "drawn", "drawn", "")


def told(case: Case) -> list[Preferences]:
    """Each party's own values, in the order of the case."""
    return [case.preferences[party][party] for party in case.file.parties]


def numbers(case: Case, preferences: Preferences) -> list[float]:
    """A party's points, issue by issue and option by option, low, mode and high."""
    return [
        number
        for issue, body in case.file.issues.items()
        for option in body.options
        for number in (preferences.values[issue].options[option] if issue in preferences.values else point(0.0))
    ]


def gains(case: Case, number: int) -> list[float]:
    """What each of the first thousand packages is worth to a party above its reservation value."""
    party = list(case.file.parties)[number]
    told = case.preferences[party][party]
    found = []
    for package in itertools.islice(itertools.product(*(body.options for body in case.file.issues.values())), 1000):
        by_issue = dict(zip(case.file.issues, package, strict=True))
        worth = sum(mean(told.values[i].options.get(o, point(0.0))) for i, o in by_issue.items() if i in told.values)
        worth += sum(
            mean(term.value) for term in told.together if all(by_issue[i] in options for i, options in term.when.items())
        )
        found.append(worth - mean(told.reservation))
    return found


class FormatContract:
    """Laws of reading. A subclass sets `name` and says how a case is put on disk in its format."""

    name: str
    keeps = frozenset({"names", "parties", "discount"})
    parties = 3
    ranges = False
    boxes = False

    def put(self, case: Case, folder: Path) -> None:
        formats.write(case, folder, self.name)

    def read(self, folder: Path) -> Case:
        return formats.read(folder)

    def named(self, case: Case) -> list[list[str]]:
        """Say which options are read back by name."""
        return options(case)

    def same(self, case: Case, again: Case) -> None:
        """Compare points exactly; a format that scales them compares what scaling keeps."""
        for before, after in zip(told(case), told(again), strict=True):
            assert numbers(again, after) == pytest.approx(numbers(case, before), abs=1e-9)
            assert after.reservation == pytest.approx(before.reservation, abs=1e-9)
            assert after.discount == (before.discount if "discount" in self.keeps else 1.0)

    def same_gains(self, case: Case, again: Case) -> None:
        for party in range(len(case.file.parties)):
            assert gains(again, party) == pytest.approx(gains(case, party), abs=1e-9)

    def on_disk(self, case: Case, check: Callable[[Path], None]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.put(case, Path(folder) / "drawn")
            check(Path(folder) / "drawn")

    @INHERITED
    @given(data=st.data())
    def test_what_is_written_reads_back(self, data: st.DataObject) -> None:
        case = data.draw(scenarios(self.parties, ranges=self.ranges))

        def check(folder: Path) -> None:
            again = self.read(folder)
            if "names" in self.keeps:
                assert list(again.file.issues) == list(case.file.issues)
                assert options(again) == self.named(case)
            if "parties" in self.keeps:
                assert list(again.file.parties) == list(case.file.parties)
            self.same(case, again)

        self.on_disk(case, check)

    @INHERITED
    @given(data=st.data())
    def test_same_bytes_give_the_same_case_and_others_another_digest(self, data: st.DataObject) -> None:
        case = data.draw(scenarios(self.parties))

        def check(folder: Path) -> None:
            first = self.read(folder)
            assert self.read(folder) == first
            assert len(first.digest) == 64
            victim = max(folder.rglob("*.*"), key=lambda path: (path.stat().st_size, path.name))
            victim.write_bytes(victim.read_bytes() + b"\n")
            try:
                assert self.read(folder).digest != first.digest
            except SummitryError:
                assert victim.suffix == ".xlsx"

        self.on_disk(case, check)

    @INHERITED
    @given(data=st.data())
    def test_damaged_bytes_are_read_or_refused_in_words(self, data: st.DataObject) -> None:
        case = data.draw(scenarios(self.parties))

        def check(folder: Path) -> None:
            victim = data.draw(st.sampled_from(sorted(path for path in folder.rglob("*") if path.is_file())))
            content = victim.read_bytes()
            start = data.draw(st.integers(0, len(content)))
            end = min(len(content), start + data.draw(st.integers(0, 40)))
            patch = data.draw(
                st.one_of(st.binary(max_size=6), st.sampled_from([b"NaN", b"-1", b"<", b"{", b"[", b"- ", b"&a", b"\xff"]))
            )
            victim.write_bytes(content[:start] + patch + content[end:])
            with contextlib.suppress(SummitryError):
                self.read(folder)

        self.on_disk(case, check)

    def spoil(self, folder: Path, old: str, new: str) -> tuple[str, int]:
        """Put `new` for the first `old` in the files; where that stands."""
        for path in sorted(folder.rglob("*.*")):
            text = path.read_text()
            if old in text:
                path.write_text(text.replace(old, new, 1))
                return path.relative_to(folder).as_posix(), text[: text.index(old)].count("\n") + 1
        raise AssertionError(old)

    @pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "nan", "1e999"])
    def test_numbers_that_are_no_values_are_refused_with_their_place(self, tmp_path: Path, word: str) -> None:
        marked = [{"a": point(MARK), "b": point(0.0)}, {"c": point(0.0), "d": point(0.1875)}]
        other = [{"a": point(0.0), "b": point(0.5)}, {"c": point(0.5), "d": point(0.0)}]
        profiles = [Profile(f"p{k}", f"p{k}", "made", Place("made"), v, point(MARK / 2)) for k, v in enumerate([marked, other])]
        matters = [Matter("one", ("a", "b"), Place("made")), Matter("two", ("c", "d"), Place("made"))]
        case = to_case(Scenario("made", matters, profiles, used=["made"]), "made", "made", "")
        self.put(case, tmp_path / "made")
        file, line = self.spoil(tmp_path / "made", str(MARK), word)
        with pytest.raises(SummitryError) as caught:
            self.read(tmp_path / "made")
        assert f"{file}:{line}" in str(caught.value)


class ScaledContract(FormatContract):
    """A format whose values lie within 0..1: a party's gains keep their proportions, and nothing else is promised."""

    def same(self, case: Case, again: Case) -> None:
        self.same_gains(case, again)

    def same_gains(self, case: Case, again: Case) -> None:
        for party in range(len(case.file.parties)):
            before, after = gains(case, party), gains(again, party)
            worths = [gain - min(before) for gain in before], [gain - min(after) for gain in after]
            scale = max(worths[0]) / max(worths[1]) if max(worths[1]) else 1.0
            assert [gain * scale for gain in after] == pytest.approx(before, abs=1e-7)


class WritableContract(FormatContract):
    """Laws of writing on top."""

    @INHERITED
    @given(data=st.data())
    def test_nothing_is_written_over(self, data: st.DataObject) -> None:
        case = data.draw(scenarios(self.parties))

        def check(folder: Path) -> None:
            before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
            kept = data.draw(st.sampled_from(sorted(before)))
            for path in before.keys() - {kept}:
                path.unlink()
            with pytest.raises(OutputInTheWay):
                formats.write(case, folder, self.name)
            assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == {kept: before[kept]}
            assert list(folder.parent.iterdir()) == [folder]

        self.on_disk(case, check)

    def test_a_write_that_fails_half_way_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        case = formats.read(formats.template(tmp_path / "made.xlsx"))
        real, done = os.link, len(list_of_files(self.name, case))

        def link(source: str, target: str) -> None:
            nonlocal done
            done -= 1
            if not done:
                raise KeyboardInterrupt
            real(source, target)

        monkeypatch.setattr(os, "link", link)
        with pytest.raises(KeyboardInterrupt):
            formats.write(case, tmp_path / "out", self.name)
        assert list(tmp_path.rglob("*")) == [tmp_path / "made.xlsx"]

    @INHERITED
    @given(data=st.data())
    def test_writing_twice_gives_the_same_bytes(self, data: st.DataObject) -> None:
        case = data.draw(scenarios(self.parties))
        assert list_of_files(self.name, case) == list_of_files(self.name, case)

    @INHERITED
    @given(data=st.data())
    def test_combinations_read_back_or_are_refused(self, data: st.DataObject) -> None:
        case = data.draw(scenarios(self.parties, boxes=True))
        if not self.boxes and any(case.preferences[p][p].together for p in case.file.parties):
            with tempfile.TemporaryDirectory() as folder, pytest.raises(SummitryError, match="combinations"):
                self.put(case, Path(folder) / "drawn")
            return

        def check(folder: Path) -> None:
            again = self.read(folder)
            self.same_gains(case, again)

        if self.boxes:
            self.on_disk(case, check)


def options(case: Case) -> list[list[str]]:
    return [list(body.options) for body in case.file.issues.values()]


def list_of_files(name: str, case: Case) -> dict[str, bytes]:
    writer = formats.FORMATS[name].write
    assert writer is not None
    return writer(case)
