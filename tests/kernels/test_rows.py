from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from oracles.rows import events
from summitry.kernels.rows import EPOCH, FOREVER, MARGIN, TEXTS, Layout, Rows, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("id", "source", "target", "code", "story", "date", "score", "added", "quad")
WIDTH = 11
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


def block(data: bytes) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.frombuffer(data + b"\t" * MARGIN, dtype=np.uint8).copy()


def whole(data: bytes, layout: Layout, *, compiled: bool) -> list[Rows]:
    """All that is read of these bytes, pauses included, with places and lines counted from their beginning."""
    found, used, line = [], 0, 1
    while (part := rows(block(data[used:]), len(data) - used, layout, line, compiled=compiled)).used:
        part.bad[:, 1:3] += used
        used, line = used + part.used, line + part.lines
        found.append(part)
    return found


def told(parts: Sequence[Rows]) -> tuple[list[tuple[object, ...]], list[list[int]], int, int]:
    kept = [
        (
            *(part.day[r], part.root[r], part.quad[r], part.score[r].tobytes()),
            *(part.data[k, part.offsets[k, r] : part.offsets[k, r + 1]].tobytes() for k in range(TEXTS)),
        )
        for part in parts
        for r in range(part.day.size)
    ]
    return kept, [row for part in parts for row in part.bad.tolist()], sum(p.used for p in parts), sum(p.lines for p in parts)


def layouts(rng: np.random.Generator) -> Layout:
    columns = tuple(int(c) for c in rng.permutation(WIDTH)[: len(NAMES)])
    if rng.random() < 0.3:
        columns = tuple(
            -1 if rng.random() < 0.2 and name in {"id", "story", "added", "quad"} else c
            for name, c in zip(NAMES, columns, strict=True)
        )
    until = FOREVER if rng.random() < 0.5 else dt.date(2019, 1, 1).toordinal() - EPOCH
    quote = 34 if rng.random() < 0.5 else 0
    return Layout(
        columns,
        WIDTH - int(rng.integers(0, 2)),
        WIDTH,
        ord(str(rng.choice(list("\t,;")))),
        quote,
        int(rng.choice([10, 13])),
        until,
    )


def file(rng: np.random.Generator, layout: Layout, count: int) -> bytes:
    """Rows of plausible parts, some of them quoted, of the wrong width, blank, or with bytes that do not belong there."""
    separator, newline = bytes([layout.separator]), bytes([layout.newline])
    lines = []
    for _ in range(count):
        fields = [b"f"] * WIDTH
        for name, c in zip(NAMES, layout.columns, strict=True):
            if c >= 0:
                fields[c] = str(rng.choice(PARTS[name][: 3 if rng.random() < 0.7 else None])).encode()
        if layout.quote and rng.random() < 0.5:
            fields = [f if f != b"f" else separator * int(rng.integers(0, 200)) for f in fields]
            fields = [b'"%b"' % f.replace(b'"', b'""') if separator in f or rng.random() < 0.5 else f for f in fields]
        line = separator.join(fields[: WIDTH - int(rng.random() < 0.1)])
        if rng.random() < 0.15:
            at = int(rng.integers(0, len(line) + 1))
            noise = bytes(rng.choice([b'"', b"\xff", b"\0", b"\r", b"\n", separator, b"\xed\xa0\x80", b"\xc3\xa9", b" ", b"9"]))
            line = line[:at] + noise + line[at:]
        lines.append(b"" if rng.random() < 0.03 else line)
    ends = [newline, b"\r\n"] if layout.newline == ord("\n") else [newline]
    return b"".join(line + ends[int(rng.integers(0, len(ends)))] for line in lines)


def test_compiled_and_plain_reading_agree_on_rows_of_every_kind() -> None:
    rng = np.random.default_rng(1)
    seen = set()
    for _ in range(300):
        layout = layouts(rng)
        data = file(rng, layout, int(rng.integers(0, 30)))
        data = data[: len(data) - int(rng.integers(0, 5))]
        plain = told(whole(data, layout, compiled=False))
        assert told(whole(data, layout, compiled=True)) == plain
        seen |= {row[3] for row in plain[1]} | ({0} if plain[0] else set())
    assert seen == set(range(13)), "a kind of row never came up"


def test_compiled_and_plain_reading_agree_on_noise() -> None:
    rng = np.random.default_rng(2)
    signs = np.frombuffer(b'\t\t\t,,;\n\n\r""" 0123456789-/.eE+\x00\xff\xc3\xa9', dtype=np.uint8)
    for _ in range(300):
        layout = Layout((0, 1, 2, 3, 4, 5, 6, -1, -1), 2, 7, ord("\t"), int(rng.choice([0, 34])))
        data = rng.choice(signs, size=int(rng.integers(0, 400))).tobytes()
        assert told(whole(data, layout, compiled=True)) == told(whole(data, layout, compiled=False))


@pytest.mark.parametrize("compiled", [False, True])
def test_what_is_kept_is_what_the_obvious_reader_keeps(*, compiled: bool) -> None:
    rng = np.random.default_rng(3)
    for _ in range(40):
        quote = bool(rng.random() < 0.5)
        layout = Layout(
            tuple(int(c) for c in rng.permutation(WIDTH)[:9]), WIDTH, WIDTH, ord("," if quote else "\t"), 34 if quote else 0
        )
        lines = []
        for _ in range(20):
            fields = ["f"] * WIDTH
            for name, c in zip(NAMES, layout.columns, strict=True):
                part = str(rng.choice(PARTS[name][: 3 if rng.random() < 0.8 else None]))
                fields[c] = f'"{part}"' if quote and ("," in part or rng.random() < 0.3) else part
            lines.append(chr(layout.separator).join(fields[: WIDTH - int(rng.random() < 0.1)]))
        text = "\n".join(lines) + "\n"
        expected = events(
            text, dict(zip(NAMES, layout.columns, strict=True)), WIDTH, chr(layout.separator), '"' if quote else None
        )
        found = whole(text.encode(), layout, compiled=compiled)
        kept, bad, _, _ = told(found)
        assert {row[0] for row in bad} == {k for k, row in enumerate(expected, 1) if row is None}
        good = [row for row in expected if row is not None]
        assert len(kept) == len(good)
        scores = (score for part in found for score in part.score)
        for (day, root, quad, _, *texts), (date, *numbers, told_score, told_texts), score in zip(kept, good, scores, strict=True):
            assert (day, root, quad) == (date.toordinal() - EPOCH, *numbers)
            assert score == np.float32(told_score)
            assert texts == [text.encode() for text in told_texts]


def test_every_byte_sequence_that_is_no_utf8_is_told() -> None:
    rng = np.random.default_rng(4)
    layout = Layout((-1, 0, -1, 1, -1, 2, 3, -1, -1), 4, 4, ord("\t"))
    firsts = [
        bytes([a, *rng.choice([0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0], size=n)])
        for a in range(128, 256)
        for n in range(4)
        for _ in range(6)
    ]
    data = b"".join(b"a%bb\t043\t20180101\t1\n" % first for first in firsts)
    for compiled in (False, True):
        bad = {row[0] for row in told(whole(data, layout, compiled=compiled))[1]}
        assert bad == {k for k, first in enumerate(firsts, 1) if "\ufffd" in first.decode("utf-8", "replace")}


def test_many_rows_that_are_put_aside_are_all_told() -> None:
    layout = Layout((-1, 0, 1, 2, -1, 3, 4, -1, -1), 5, 5, ord(","))
    data = b"a,b\n" * 10_000 + b"a,b,040,20180101,1\n"
    for compiled in (False, True):
        kept, bad, used, lines = told(whole(data, layout, compiled=compiled))
        assert (len(kept), len(bad), used, lines) == (1, 10_000, len(data), 10_001)
        assert [row[0] for row in bad] == list(range(1, 10_001))


def test_compiled_reader_keeps_no_copy_of_an_older_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data, layout = b"a,b,c,12,s,20190203,1,,\n", Layout(tuple(range(9)), 9, 9, ord(","), ord('"'))
    for most, kept in ((20, [12]), (10, [])):
        monkeypatch.setattr("summitry.kernels.rows.ROOTS", most)
        for compiled in (True, False):
            assert rows(block(data), len(data), layout, 1, compiled=compiled).root.tolist() == kept
