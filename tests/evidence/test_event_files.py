from __future__ import annotations

import csv
import gzip
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import numpy as np
import pytest

from oracles.evidence import dyad_months
from summitry.errors import BadArgument, ExtraMissing, OutputInTheWay
from summitry.evidence import event_files, event_sources
from summitry.evidence.credibility import compare_sides
from summitry.evidence.event_files import Loaded, connect, load, open_scratch, read_dyad

pytest.importorskip("duckdb")


def gdelt(k: int, width: int, **more: str) -> str:
    """One row of GDELT: the needed columns filled, the others empty."""
    added = {57: 56, 58: 56, 61: 59}[width]
    row = [""] * width
    row[0], row[1], row[7], row[17], row[26], row[28], row[29], row[30] = (
        str(k),
        "20180612",
        "PRK",
        "USA",
        "043",
        "04",
        "1",
        "2.8",
    )
    row[added] = "20180613" + ("000000" if width == 61 else "")
    if width > 57:
        row[added + 1] = f"https://example.org/{k}"
    for at, value in more.items():
        row[int(at.removeprefix("c"))] = value
    return "\t".join(row)


def written(folder: Path, lines: list[str], name: str = "events.tsv") -> Loaded:
    source = folder / name
    source.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
    return load([source], folder / "out.parquet")


def stored(folder: Path) -> list[tuple[object, ...]]:
    """The rows of the Parquet file, in its order."""
    query = "SELECT * EXCLUDE file_row_number FROM read_parquet(?, file_row_number=true) ORDER BY file_row_number"
    return connect().execute(query, [str(folder / "out.parquet")]).fetchall()


def read_only(monkeypatch: pytest.MonkeyPatch, *, direct: bool) -> None:
    """Let files be read in one of the two ways only."""

    def refuse(part: event_files._Part) -> None:
        assert not direct, f"{part.form} was not read directly"

    monkeypatch.undo()
    monkeypatch.setattr(event_files._Part, "scan_cleaned" if direct else "scan_directly", refuse)


def put_aside(folder: Path) -> list[tuple[int, str, str]]:
    with (folder / "out.rejected.csv").open(newline="") as file:
        return [(int(row["line"]), row["reason"], row["text"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize(("width", "form"), [(57, "GDELT 1.0"), (58, "GDELT 1.0"), (61, "GDELT 2.0")])
def test_every_bad_row_is_put_aside_with_its_line_and_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int, form: str, *, direct: bool
) -> None:
    read_only(monkeypatch, direct=direct)
    good = [*(gdelt(k, width) for k in range(19)), gdelt(19, width, c6="\udcff: a column that nobody needs")]
    bad = {
        "1\t20180612\tPRK": "too few columns",
        gdelt(1, width) + "\tx\ty\tz\tz": "too many columns",
        gdelt(2, width, c7="\udcff\udcfe"): "not UTF-8",
        gdelt(2, width, c7="P\0RK"): "a control character in a value",
        gdelt(3, width, c1="20181301"): "not a date of the calendar",
        gdelt(4, width, c1=""): "no date",
        gdelt(5, width, c26="---"): "no known CAMEO code",
        gdelt(6, width, c30="x"): "no score within -10 to 10",
        gdelt(7, width, c30="99"): "no score within -10 to 10",
        gdelt(8, width, c29="7"): "no quad class of 1 to 4",
        gdelt(9, width, c1="20310101"): "dated after it was reported",
    }
    lines = good + list(bad)
    np.random.default_rng(4).shuffle(lines)
    found = written(tmp_path, lines)
    assert set(found.forms.values()) == {form}
    assert (found.read, found.kept, found.rejected) == (31, 20, 11)
    assert found.reasons == {reason: list(bad.values()).count(reason) for reason in sorted(bad.values())}
    expected = [(k, bad[line], line) for k, line in enumerate(lines, 1) if line in bad]
    shown = [text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") for _, _, text in expected]
    assert put_aside(tmp_path) == [(*row[:2], text) for row, text in zip(expected, shown, strict=True)]


def test_nothing_that_is_put_aside_is_a_formula(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = Path("=1+1.tsv")
    name.write_text("".join(f"{line}\n" for line in (*(gdelt(k, 61) for k in range(20)), "=2+2")))
    load([name], tmp_path / "out.parquet")
    with (tmp_path / "out.rejected.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["file"], row["text"]) == ("'=1+1.tsv", "'=2+2")


@pytest.mark.parametrize("ending", ["tsv", "csv", "tsv.gz"])
def test_rows_stand_in_the_order_of_the_files_however_they_are_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    rows = [gdelt(k, 61, c30="x" if k % 7 == 0 else "1.5") for k in range(300)]
    if ending == "csv":
        rows = [
            "id,date,source,target,code,goldstein",
            *(f'{k},2018-06-12,"North, ""{k}""",B,040,{"x" if k % 7 == 0 else 1}' for k in range(300)),
        ]
    raw = "\r\n".join(rows).encode()
    (tmp_path / f"a.{ending}").write_bytes(gzip.compress(raw) if ending.endswith("gz") else raw)
    (tmp_path / "b.tsv").write_text(gdelt(300, 61))
    told = []
    for direct in (True, False):
        read_only(monkeypatch, direct=direct)
        found = load([tmp_path / f"a.{ending}", tmp_path / "b.tsv"], tmp_path / "out.parquet")
        told.append((found, stored(tmp_path), put_aside(tmp_path), (tmp_path / "out.parquet").read_bytes()))
        (tmp_path / "out.parquet").unlink()
        (tmp_path / "out.rejected.csv").unlink()
    assert [row[0] for row in told[0][1]] == [str(k) for k in range(301) if k % 7 or k == 300]
    assert [line for line, _, _ in told[0][2]] == [k + 1 + (ending == "csv") for k in range(0, 300, 7)]
    assert all(other == told[0] for other in told[1:])


def test_a_line_without_end_and_a_quote_without_end_cost_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_sources, "LONGEST", 4000)
    head, row = "date,source,target,code,goldstein", "2018-06-12,A,B,040,1"
    found = written(tmp_path, [head, row, "=" * 20_000, row, f'"{row}', *[row] * 300, '"x'], "e.csv")
    assert (found.read, found.kept) == (305, 302)
    long, *quotes = put_aside(tmp_path)
    assert (long[0], long[1][:11], len(long[2])) == (3, "longer than", 1 + 1000 + len("... (20,000 bytes in all)"))
    assert long[2].startswith("'="), "a spreadsheet would compute it"
    assert quotes == [(5, "a quote that is not closed", f'"{row}'), (306, "a quote that is not closed", '"x')]


def test_icews_and_plain_csv_are_recognised(tmp_path: Path) -> None:
    head = "Event ID\tEvent Date\t" + "\t".join(f"h{k}" for k in range(18))
    row = "1\t2018-06-01\tA\tGov\tNorth Korea\tConsult\t040\t1\tB\tGov\tUnited States\t47\t2" + "\tx" * 7
    assert set(written(tmp_path, [head, row]).forms.values()) == {"ICEWS"}
    (tmp_path / "out.parquet").unlink()
    found = written(
        tmp_path, ["Date;Actor;Target;CAMEO code;Goldstein", '2018-06-01;"North Korea";US;040;1,5', "2018-06-02;N;US;040;1"]
    )
    assert set(found.forms.values()) == {"CSV"}
    assert (found.kept, found.rejected) == (1, 1)


def test_both_quad_class_conventions_are_kept(tmp_path: Path) -> None:
    rows = ["date,source,target,code,goldstein", *(f"2018-01-01,A,B,{root:02d}0,0" for root in range(1, 21))]
    written(tmp_path, rows, "roots.csv")
    found = connect().execute("SELECT root, class_codebook, class_gdelt FROM read_parquet(?)", [str(tmp_path / "out.parquet")])
    told = {root: (book, own) for root, book, own in found.fetchall()}
    assert [book for book, _ in told.values()] == [1] * 5 + [2] * 3 + [3] * 5 + [4] * 7
    assert {root for root, (book, own) in told.items() if book != own} == {9, 14}
    assert (told[9][1], told[14][1]) == (2, 3)


@pytest.mark.parametrize("count", [1, 3], ids=["one", "duplicated"])
def test_small_files_survive(tmp_path: Path, count: int) -> None:
    found = written(tmp_path, [gdelt(1, 61)] * count)
    assert (found.kept, found.rejected) == (count, 0)


@pytest.mark.parametrize("raw", ["", "\n\n", "date,source,target,code,goldstein", "\ufeffdate,source,target,code,goldstein\n"])
def test_a_file_without_a_row_is_named_and_nothing_is_written(tmp_path: Path, raw: str) -> None:
    (tmp_path / "e.csv").write_text(raw)
    with pytest.raises(BadArgument, match=r"no row in .*e\.csv"):
        load([tmp_path / "e.csv"], tmp_path / "out.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["e.csv"]
    (tmp_path / "f.tsv").write_text(gdelt(1, 61))
    found = load([tmp_path / "e.csv", tmp_path / "f.tsv"], tmp_path / "out.parquet")
    assert list(found.rows.values()) == [0, 1]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "mixed"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_of_any_kind_are_read(tmp_path: Path, end: str, mark: str) -> None:
    rows = [gdelt(k, 61) for k in range(6)]
    ends = ["\n", "\r\n"] * 3 if end == "mixed" else [end] * 5 + [""]
    (tmp_path / "e.tsv").write_text(mark + "".join(row + stop for row, stop in zip(rows, ends, strict=True)), newline="")
    assert load([tmp_path / "e.tsv"], tmp_path / "out.parquet").kept == 6
    assert [row[0] for row in stored(tmp_path)] == list("012345")


def test_a_file_whose_name_is_not_utf8_is_named_beside_its_rows(tmp_path: Path) -> None:
    (tmp_path / "e\udcff.tsv").write_text(gdelt(1, 61) + "\n" + gdelt(2, 61, c1="20181301"))
    assert load([tmp_path / "e\udcff.tsv"], tmp_path / "out.parquet").kept == 1
    assert "e\\udcff.tsv,2," in (tmp_path / "out.rejected.csv").read_text()


def test_what_a_killed_run_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    killed = f"""
import os, pathlib, signal
from summitry.evidence.event_files import open_scratch
with open_scratch(pathlib.Path({str(tmp_path)!r})) as folder:
    (folder / "events.parquet").touch()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", killed], check=False)
    (left,) = tmp_path.iterdir()
    with open_scratch(tmp_path) as busy:
        foreign, bare = (tmp_path / f".summitry-events-{name}" for name in ("foreign", "bare"))
        for folder in (foreign, bare):
            folder.mkdir()
        (foreign / "in-use").touch()
        (foreign / "mine.txt").touch()
        (tmp_path / ".summitry-events-link").symlink_to(foreign)
        assert written(tmp_path, [gdelt(1, 61)]).cleared == [left.name]
        assert busy.exists()
    kept = {".summitry-events-bare", ".summitry-events-foreign", ".summitry-events-link", "events.tsv", "out.parquet"}
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_what_cannot_be_read_is_one_message_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "noise.tsv").write_bytes(np.random.default_rng(1).bytes(3000))
    (tmp_path / "broken.tsv.gz").write_bytes(gzip.compress(gdelt(1, 61).encode() * 50)[:60])
    rng = np.random.default_rng(1)
    packed = gzip.compress("".join(gdelt(k, 61, c60=str(rng.integers(1 << 60))) + "\n" for k in range(3000)).encode())
    (tmp_path / "cut.tsv.gz").write_bytes(packed[:-100])  # the beginning, by which it is recognised, is sound
    for name in ("noise.tsv", "broken.tsv.gz", "cut.tsv.gz", "absent.tsv"):
        with pytest.raises(BadArgument, match=name):
            load([tmp_path / name], tmp_path / "out.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.tsv.gz", "cut.tsv.gz", "noise.tsv"]


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out.parquet").write_text("mine")
    with pytest.raises(BadArgument, match="left alone"):
        written(tmp_path, [gdelt(1, 61)])
    assert (tmp_path / "out.parquet").read_text() == "mine"


def test_a_file_that_comes_in_between_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = event_files._read
    for name in ("out.parquet", "out.rejected.csv"):
        mine = tmp_path / name

        def late(*args: object, mine: Path = mine) -> object:
            done = read(*args)  # type: ignore[arg-type]
            mine.write_text("mine")
            return done

        monkeypatch.setattr(event_files, "_read", late)
        with pytest.raises(OutputInTheWay):
            written(tmp_path, [gdelt(1, 61), gdelt(2, 61), "too few"])
        assert mine.read_text() == "mine"
        mine.unlink()
        assert [path.name for path in tmp_path.iterdir()] == ["events.tsv"]


@pytest.mark.parametrize("to", [".", ""])
def test_a_folder_is_no_file_to_write(tmp_path: Path, to: str) -> None:
    (tmp_path / "events.tsv").write_text(gdelt(1, 61) + "\n")
    with pytest.raises(BadArgument, match="name a file"):
        load([tmp_path / "events.tsv"], Path(to))


def test_without_duckdb_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ExtraMissing, match=r"pip install '\.\[events\]'"):
        connect()


def test_an_interruption_ends_a_query_that_writes(tmp_path: Path) -> None:
    endless = "SELECT a.range FROM range(1000000) a, range(1000000) b WHERE hash(a.range + b.range) = 0"
    Timer(0.3, os.kill, [os.getpid(), signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        event_files._count_written(connect(), f"COPY ({endless}) TO '{tmp_path}/out.parquet' (FORMAT parquet)")


def test_a_reason_has_the_number_of_its_column(tmp_path: Path) -> None:
    written(tmp_path, ["code,date,goldstein,source,target", "040,2018-01-01,x,A,B", "040,2018-01-01"], "e.csv")
    with (tmp_path / "out.rejected.csv").open(newline="") as file:
        assert [(row["reason"], row["column"]) for row in csv.DictReader(file)] == [
            ("no score within -10 to 10", "3"),
            ("too few columns", ""),
        ]


@pytest.mark.parametrize("classes", ["codebook", "gdelt"])
def test_months_of_a_dyad_are_those_counted_by_hand(tmp_path: Path, classes: str) -> None:
    rng = np.random.default_rng(9)
    rows = [
        {
            "date": f"2018-{rng.integers(1, 5):02d}-{rng.integers(1, 4):02d}",
            "source": str(rng.choice(["A", "B", "C"])),
            "target": str(rng.choice(["A", "B", "C"])),
            "code": str(rng.choice(["040", "057", "090", "140", "190", "070"])),
            "goldstein": str(rng.choice([-10.0, -2.5, 0.0, 1.5, 7.0])),
            "story": str(rng.integers(1, 31)),
        }
        for _ in range(300)
    ]
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows + rows[:50])]
    written(tmp_path, lines, "e.csv")
    found = read_dyad(tmp_path / "out.parquet", "A", "B", "codebook" if classes == "codebook" else "gdelt")
    for side, other, made in (("A", "B", found.by_a), ("B", "A", found.by_b)):
        by_hand = dyad_months(rows, side, other, classes)
        assert {m.month: (m.word_count, m.deed_count) for m in made} == {k: (len(w), len(d)) for k, (w, d) in by_hand.items()}
        for m in made:
            words, deeds = by_hand[m.month]
            assert m.words == (pytest.approx(sum(words) / len(words) / 5.0) if words else None)
            assert m.deeds == (pytest.approx(sum(deeds) / len(deeds) / 5.0) if deeds else None)
    assert len(compare_sides(found).dissonance) == 4


def test_unknown_side_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    written(tmp_path, [gdelt(1, 61)])
    with pytest.raises(BadArgument, match="PRK and USA"):
        read_dyad(tmp_path / "out.parquet", "PRK", "US")


def test_real_samples_load_with_every_row_accounted_for(tmp_path: Path, shared_data: Path) -> None:
    events = shared_data / "events"
    files = [*sorted((events / "gdelt_raw_samples").iterdir()), events / "icews_raw_20col_sample_2018-06.tab.gz"]
    found = load(files, tmp_path / "out.parquet")
    assert list(found.forms.values()) == ["GDELT 1.0", "CSV", "ICEWS"]
    assert found.read == 710 + 3929 + 3705 == found.kept + found.rejected
