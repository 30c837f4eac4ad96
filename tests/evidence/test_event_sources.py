from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from oracles.rows import events
from summitry.evidence.event_files import _Part, connect
from summitry.evidence.event_sources import BYTES, LONG, MACROS, ROLES, RULES, UNCLOSED, Form

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

pytest.importorskip("duckdb")

WIDTH = 11
TAME = {UNCLOSED, LONG, BYTES, len(RULES)}
"""Reasons that need noise."""
PARTS = {
    "id": ["1", "x2", ""],
    "source": ["USA", " North Korea ", "", "Côte d'Ivoire"],
    "target": ["PRK", "", "한국"],
    "code": ["043", "14", "7", "190", "21", "00", "", "4x", "---"],
    "story": ["https://example.org/a", "", "b"],
    "date": [
        "20180612",
        "2018-06-12",
        "2018-6-1",
        "2018/06/30",
        "20180229",
        "20200229",
        "2018-13-01",
        "",
        "soon",
        "2018-02-30",
        "1900-02-29",
        "20000229",
    ],
    "score": [
        "2.8",
        "-10",
        "10.0",
        "1e1",
        "-.5",
        "+3",
        "0.0000001",
        "10.01",
        "",
        "x",
        "-0",
        "2.7999999999999998",
        "1,5",
        "9.87654321098765432109876",
        "0.00000000000000000000000",
        "1e-23",
        "-123456789.5e-30",
        "0e99",
        "1e-99",
        "2e23",
    ],
    "added": ["", "20190101", "20190101123000", "2018-06-12", "20180611", "never", "2019-01-01 10:00:00"],
    "quad": ["", "1", "4", "2.0", "5", "0", "x"],
}


def random_form(rng: np.random.Generator) -> Form:
    columns = tuple(int(c) for c in rng.permutation(WIDTH)[: len(ROLES)])
    if rng.random() < 0.3:
        optional = {"id", "story", "added", "quad"}
        columns = tuple(-1 if rng.random() < 0.2 and role in optional else c for role, c in zip(ROLES, columns, strict=True))
    quote = '"' if rng.random() < 0.5 else ""
    narrowest = WIDTH - int(not quote and rng.random() < 0.5)
    newline = str(rng.choice(["\n", "\r\n", "\r"]))
    return Form("made", columns, narrowest, WIDTH, str(rng.choice(list("\t,;"))), quote, newline, header=bool(rng.random() < 0.3))


def random_file(rng: np.random.Generator, form: Form, count: int, noise: float) -> bytes:
    """Rows of plausible parts, some of them quoted, of the wrong width, blank, or with bytes that do not belong there."""
    separator = form.separator.encode()
    lines = [b"a header"] * form.header
    for _ in range(count):
        fields = [b"f"] * WIDTH
        for role, c in zip(ROLES, form.columns, strict=True):
            if c >= 0:
                fields[c] = str(rng.choice(PARTS[role][: 3 if rng.random() < 0.7 else None])).encode()
        if form.quote and rng.random() < 0.5:
            inside = separator if rng.random() > noise else b"\n"
            fields = [f if f != b"f" else inside * int(rng.integers(0, 200)) for f in fields]
            fields = [b'"%b"' % f if inside in f or rng.random() < 0.5 else f for f in fields]
        line = separator.join((fields * 2)[: WIDTH + int(rng.choice([0, 0, 0, 0, 0, 0, -1, -2, 1, 5]))])
        if rng.random() < noise:
            at = int(rng.integers(0, len(line) + 1))
            odd = [b'"', b"\xff", b"\0", b"\r", b"\n", separator, b"\xed\xa0\x80", b"\xc3\xa9", b" ", b"9", b"\\"]
            line = line[:at] + bytes(rng.choice(odd)) + line[at:]
        lines.append(b"" if rng.random() < noise / 5 else line)
    ends = [b"\n", b"\r\n"] if rng.random() < noise and form.newline != "\r" else [form.newline.encode()]
    data = b"".join(line + ends[int(rng.integers(0, len(ends)))] for line in lines)
    return data if rng.random() < 0.7 else data.removesuffix(b"\n").removesuffix(b"\r")


Answer = tuple[int, list[tuple[object, ...]], list[tuple[int, int, int, int]]]


@pytest.fixture(scope="module")
def con() -> DuckDBPyConnection:
    con = connect()
    con.execute(MACROS)
    return con


def read_both_ways(con: DuckDBPyConnection, folder: Path, form: Form, data: bytes, until: dt.date | None = None) -> list[Answer]:
    """All that comes of a file as it is cut here, and as DuckDB cuts it, unless it leaves that to us."""
    (folder / "file").write_bytes(data)
    part = _Part(con, folder / "out.parquet", form, folder / "file", data, until)
    answers = []
    for scan in (part.scan_cleaned, part.scan_directly):
        if (done := scan()) is not None:
            bad = [(*record[:3], number) for record, number in part.find_unusable(done[1])]
            rows = con.execute("SELECT * FROM read_parquet(?) WHERE date IS NOT NULL", [str(part.target)]).fetchall()
            assert done[0] + len(done[1]) == len(rows) + len(bad)
            answers.append((len(rows) + len(bad), rows, bad))
    return answers


@pytest.mark.parametrize(("noise", "least", "absent"), [(0.0, 40, TAME), (0.02, 30, TAME), (0.2, 3, {UNCLOSED, LONG})])
def test_a_file_that_duckdb_cuts_gives_what_it_gives_cut_here(
    con: DuckDBPyConnection, tmp_path: Path, noise: float, least: int, absent: set[int]
) -> None:
    rng = np.random.default_rng(1)
    reasons, direct = set(), 0
    for _ in range(80):
        form = random_form(rng)
        data = random_file(rng, form, int(rng.integers(1, 40)), noise)
        until = None if rng.random() < 0.5 else dt.date(2019, 1, 1)
        answers = read_both_ways(con, tmp_path, form, data, until)
        assert answers[-1] == answers[0], (form, data)
        direct += len(answers) == 2
        reasons |= {number for *_, number in answers[0][2]}
    assert direct >= least, "hardly ever left to DuckDB"
    assert reasons >= set(range(1, len(RULES) + 1)) - absent, "a kind of row never came up"


def test_noise_is_cut_alike(con: DuckDBPyConnection, tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    signs = np.frombuffer(b'\t\t\t,,;\n\n\r""" 0123456789-/.eE+\x00\xff\xc3\xa9', dtype=np.uint8)
    for _ in range(80):
        form = Form("made", (0, 1, 2, 3, 4, 5, 6, -1, -1), 7, 7, "\t", str(rng.choice(["", '"'])))
        data = rng.choice(signs, size=int(rng.integers(1, 400))).tobytes()
        answers = read_both_ways(con, tmp_path, form, data)
        assert answers[-1] == answers[0], data


def test_what_is_kept_is_what_the_obvious_reader_keeps(con: DuckDBPyConnection, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    for _ in range(40):
        quote = str(rng.choice(["", '"']))
        columns = tuple(int(c) for c in rng.permutation(WIDTH)[: len(ROLES)])
        form = Form("made", columns, WIDTH, WIDTH, "," if quote else "\t", quote)
        lines = []
        for _ in range(20):
            fields = ["f"] * WIDTH
            for role, c in zip(ROLES, columns, strict=True):
                part = str(rng.choice(PARTS[role][: 3 if rng.random() < 0.8 else None]))
                fields[c] = f'"{part}"' if quote and ("," in part or rng.random() < 0.3) else part
            lines.append(form.separator.join(fields[: WIDTH - int(rng.random() < 0.1)]))
        text = "\n".join(lines) + "\n"
        expected = events(text, dict(zip(ROLES, columns, strict=True)), WIDTH, form.separator, quote or None)
        for _, rows, bad in read_both_ways(con, tmp_path, form, text.encode()):
            assert {line for line, *_ in bad} == {k for k, row in enumerate(expected, 1) if row is None}
            for row, one in zip(rows, (row for row in expected if row is not None), strict=True):
                date, root, quad, score, (*texts, story) = one
                ((identity,),) = con.execute("SELECT hash(?)", [story]).fetchall()
                own = quad or next(c for c, most in ((1, 5), (2, 9), (3, 14), (4, 20)) if root <= most)
                book = next(c for c, most in ((1, 5), (2, 8), (3, 13), (4, 20)) if root <= most)
                assert row == (texts[0], date, *texts[1:], root, book, own, np.float32(score), identity)


def test_every_byte_sequence_that_is_no_utf8_is_put_aside(con: DuckDBPyConnection, tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    form = Form("made", (-1, 0, -1, 1, -1, 2, 3, -1, -1), 4, 4)
    firsts = [
        bytes([a, *rng.choice([0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0], size=n)])
        for a in range(128, 256)
        for n in range(4)
        for _ in range(6)
    ]
    data = b"".join(b"a%bb\t043\t20180101\t1\n" % first for first in firsts)
    answers = read_both_ways(con, tmp_path, form, data)
    assert len(answers) == 2
    for _, _, bad in answers:
        assert {line for line, *_ in bad} == {
            k for k, first in enumerate(firsts, 1) if "\ufffd" in first.decode("utf-8", "replace")
        }


def test_many_rows_that_are_put_aside_are_all_there(con: DuckDBPyConnection, tmp_path: Path) -> None:
    form = Form("made", (-1, 0, 1, 2, -1, 3, 4, -1, -1), 5, 5, ",")
    answers = read_both_ways(con, tmp_path, form, b"a,b\n" * 10_000 + b"a,b,040,20180101,1\n")
    assert len(answers) == 2
    for read, rows, bad in answers:
        assert (read, len(rows), [line for line, *_ in bad]) == (10_001, 1, list(range(1, 10_001)))


@pytest.mark.parametrize(
    "lines",
    [
        [b"1,2018-01-01,040,1,A,B", b"=" * 50_000_000, b"2,2018-01-01,040,1,A,B"],
        [b'"1,2018-01-01,040,1,A,B', *[b"2,2018-01-01,040,1,A,B"] * 200_000],
        [b"1,2018-01-01,040,1,A,B\r3", b"2,2018-01-01,040,1,A,B"],
        [b"1,2018-01-01,040,1,\r,B", b"2,2018-01-01,040,1,A,B"],
        [b"1,2018-01-01,040,1,\r,B", b"2,2018-01-01,040,1,A,B", b"\n3,2018-01-01,040,1,A,B"],
        [b"1,2018-01-01,040,1,A,B\r", b"2,2018-01-01,040,1,A,B"] * 3,
    ],
    ids=[
        "a line beyond the buffer",
        "a quote that is not closed",
        "a lone carriage return",
        "one in a field",
        "one beside a blank line",
        "mixed line ends",
    ],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_what_duckdb_passes_over_without_a_word_is_read(
    con: DuckDBPyConnection, tmp_path: Path, quote: str, lines: list[bytes]
) -> None:
    form = Form("made", (0, 4, 5, 2, -1, 1, 3, -1, -1), 6, 6, ",", quote)
    answers = read_both_ways(con, tmp_path, form, b"\n".join(lines) + b"\n")
    assert answers[-1][0] == len(lines)
    assert answers[-1] == answers[0]
