from __future__ import annotations

import csv
import gzip
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from oracles.evidence import dyad_months
from summitry.errors import BadArgument, ExtraMissing
from summitry.evidence.event_files import Loaded, connect, load
from summitry.evidence.event_months import months, signals

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize(("width", "form"), [(57, "GDELT 1.0"), (58, "GDELT 1.0"), (61, "GDELT 2.0")])
def test_every_bad_row_is_put_aside_with_its_reason(tmp_path: Path, width: int, form: str) -> None:
    good = [*(gdelt(k, width) for k in range(19)), gdelt(19, width, c6="\udcff: a column that nobody needs")]
    bad = {
        "short": "1\t20180612\tPRK",
        "long": gdelt(1, width) + "\tx\ty\tz\tz",
        "encoding": gdelt(2, width, c7="\udcff\udcfe"),
        "date": gdelt(3, width, c1="20181345"),
        "no date": gdelt(4, width, c1=""),
        "root": gdelt(5, width, c26="---"),
        "score": gdelt(6, width, c30="x"),
        "range": gdelt(7, width, c30="99"),
        "future": gdelt(8, width, c1="20310101"),
    }
    lines = good + list(bad.values())
    np.random.default_rng(4).shuffle(lines)
    found = written(tmp_path, lines)
    assert set(found.forms.values()) == {form}
    assert (found.read, found.kept, found.rejected) == (29, 20, 9)
    assert sum(found.reasons.values()) == 9
    assert found.rejected_file is not None
    rows = list(csv.DictReader((tmp_path / "out.rejected.csv").read_text().splitlines()))
    assert len(rows) == 9
    assert all(row["reason"] for row in rows)
    by_line = {int(row["line"]) for row in rows if row["line"]}
    assert by_line <= {k for k, line in enumerate(lines, 1) if line in bad.values()}


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


@pytest.mark.parametrize("lines", [[], [gdelt(1, 61)], [gdelt(1, 61)] * 3], ids=["empty", "one", "duplicated"])
def test_small_files_survive(tmp_path: Path, lines: list[str]) -> None:
    found = written(tmp_path, lines)
    assert (found.kept, found.rejected) == (len(lines), 0)


@pytest.mark.parametrize("ends", [b"\r\n", b"mixed"])
def test_line_ends_of_any_kind_are_read(tmp_path: Path, ends: bytes) -> None:
    rows = [gdelt(k, 61).encode() for k in range(6)]
    joined = b"\r\n".join(rows) + b"\r\n" if ends != b"mixed" else b"\n".join(rows[:3]) + b"\n" + b"\r\n".join(rows[3:]) + b"\r\n"
    (tmp_path / "e.tsv").write_bytes(joined)
    assert load([tmp_path / "e.tsv"], tmp_path / "out.parquet").kept == 6


def test_what_cannot_be_read_is_one_message_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "noise.tsv").write_bytes(np.random.default_rng(1).bytes(3000))
    (tmp_path / "broken.tsv.gz").write_bytes(gzip.compress(gdelt(1, 61).encode() * 50)[:60])
    for name in ("noise.tsv", "broken.tsv.gz", "absent.tsv"):
        with pytest.raises(BadArgument):
            load([tmp_path / name], tmp_path / "out.parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.tsv.gz", "noise.tsv"]


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out.parquet").write_text("mine")
    with pytest.raises(BadArgument, match="left alone"):
        written(tmp_path, [gdelt(1, 61)])
    assert (tmp_path / "out.parquet").read_text() == "mine"


def test_without_duckdb_the_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(ExtraMissing, match=r"pip install '\.\[events\]'"):
        connect()


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
    found = months(tmp_path / "out.parquet", "A", "B", "codebook" if classes == "codebook" else "gdelt")
    for side, other, made in (("A", "B", found.by_a), ("B", "A", found.by_b)):
        by_hand = dyad_months(rows, side, other, classes)
        assert {m.month: (m.word_count, m.deed_count) for m in made} == {k: (len(w), len(d)) for k, (w, d) in by_hand.items()}
        for m in made:
            words, deeds = by_hand[m.month]
            assert m.words == (pytest.approx(sum(words) / len(words) / 5.0) if words else None)
            assert m.deeds == (pytest.approx(sum(deeds) / len(deeds) / 5.0) if deeds else None)
    assert len(signals(found).dissonance) == 4


def test_unknown_side_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    written(tmp_path, [gdelt(1, 61)])
    with pytest.raises(BadArgument, match="PRK and USA"):
        months(tmp_path / "out.parquet", "PRK", "US")


def test_real_samples_load_with_every_row_accounted_for(tmp_path: Path, shared_data: Path) -> None:
    events = shared_data / "events"
    files = [*sorted((events / "gdelt_raw_samples").iterdir()), events / "icews_raw_20col_sample_2018-06.tab.gz"]
    found = load(files, tmp_path / "out.parquet")
    assert list(found.forms.values()) == ["GDELT 1.0", "CSV", "ICEWS"]
    assert found.read == 710 + 3929 + 3705 == found.kept + found.rejected
