"""The short way through YAML and the general reader say the same of every text that both read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generators import cases, plain, yaml
from sound_case import FILES
from summitry.case.layout import parse
from summitry.case.quick import quick

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.case.types import Case

WORDS = st.sampled_from(
    [
        "a",
        "b",
        "key two",
        "no",
        "true",
        "~",
        "null",
        "1",
        "010",
        "3.10",
        "1e3",
        "-2",
        "- 1",
        "33%",
        ".inf",
        "x: y",
        "x:",
        "http://a.b/c?d=e#f",
        "'q'",
        '"q q"',
        '"a\\n"',
        "'it''s'",
        "a #b",
        "a#b",
        "# c",
        "",
        " ",
        "[1, 2]",
        "[]",
        "{}",
        "[1, 2,]",
        "{a: 1}",
        "{a: 1, b: [x, {c: d}]}",
        "{a}",
        "[a: b]",
        "[a b, 'c, d']",
        "{'a b': 1}",
        '{"a": x}',
        "{a: }",
        "{a:1}",
        "a, b",
        "a]",
        "-x",
        "--",
        "---",
        "...",
        "?x",
        "? x",
        "*x",
        "&x y",
        "!t x",
        "@x",
        "`x",
        "%x",
        "|",
        ">-",
        ">",
        "|-",
        ">+",
        "<<",
        "=",
        "é",
        "x\xa0y",
        "é: 1",
        "[a\xa0, b]",
        "2019-02-15",
        "12:30",
        "0x1F",
        "a" * 130,
        "(x)",
        "$x",
        "~x",
    ]
)
LINES = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 0, 1, 2, 2, 3, 4, 6]),
        st.sampled_from(["", "", "- ", "-  ", "a: ", "b: ", "c:  ", "- a: ", "'k': ", "é: ", "a:"]),
        WORDS,
    ),
    max_size=7,
).map(lambda lines: "".join(f"{' ' * indent}{key}{words}\n" for indent, key, words in lines))
PIECES = st.lists(st.sampled_from([*"[]{},: \n-#'\"ab1%>|?", "a: ", "\n  ", ", ", "\n- "]), max_size=20).map("".join)


@settings(max_examples=1500)
@given(text=LINES | PIECES.map("a: ".__add__) | PIECES)
@example(text="a: >-\n  x\n  y\n\nb: 1\n")
@example(text="a: >-\n  x\n\n  y\nb: 1\n")
@example(text="a: |\n  x\n   y\nb: 1\n")
@example(text="a: >\n  x\n")
@example(text="a: >-\n  x")
@example(text="a: >-\n # c\n x\nb: 1\n")
@example(text="a: >-\n  x\n   \nb: 1\n")
@example(text="a:\n- b: 1\n  c: 2\n- [d,\n  e]\nf:\n")
@example(text="a: [b,\n# c\n d]\n")
@example(text="a: {b: c\n d: e}\n")
@example(text="a: [b\n c]\n")
@example(text="a:\n  b: 1\n c: 2\n")
@example(text="a: 'x' y\n")
@example(text="a: 1\r\nb: 2\r\n")
def test_the_short_way_reads_what_the_general_reader_reads(text: str) -> None:
    short = quick(text, "x")
    if short is not None:
        general, problems = parse(text, "x")
        assert problems == []
        assert repr(short) == repr(general)


@settings(max_examples=40)
@given(case=cases())
def test_ordinary_files_go_the_short_way(case: Case) -> None:
    for part in (case.file, *(preferences for about in case.preferences.values() for preferences in about.values())):
        text = yaml(plain(part))
        assert repr(quick(text, "x")) == repr(parse(text, "x")[0])


@pytest.mark.parametrize("file", [name for name in FILES if name.endswith(".yaml")])
def test_the_sound_case_goes_the_short_way(file: str) -> None:
    assert repr(quick(FILES[file], "x")) == repr(parse(FILES[file], "x")[0])


def test_bundled_cases_go_the_short_way(root: Path) -> None:
    files = sorted((root / "src/summitry/cases").rglob("*.yaml"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert repr(quick(text, "x")) == repr(parse(text, "x")[0]), file
