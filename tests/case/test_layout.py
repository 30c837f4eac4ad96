"""YAML is read with its places: a fault is told where it is, each value and name stands where its place says."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import summitry
from summitry.case.yaml import parse
from summitry.errors import LibraryIncomplete

if TYPE_CHECKING:
    from summitry.case.yaml import Layout

SIGNS = "[]{},:&*!|>'\"%@`#-?\\ \n\t~é\0\r\x85\u2028\ufffe"
WORDS = [
    ": ",
    "- ",
    "\n  ",
    "? ",
    "<<: ",
    "&a ",
    "*a",
    "!!str ",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "\\x",
    "|\n",
    "|2-\n",
    ">+\n",
    "0x1F",
]
PIECES = st.sampled_from([*SIGNS, *WORDS, "[]", "''", "a: b", "x y: z\n", "{a: }"])


@cache
def texts() -> tuple[str, ...]:
    """Every YAML file of the bundled cases, and of the cases for development where they lie beside the checkout."""
    folders = (Path(summitry.__file__).parent / "cases", Path(__file__).resolve().parents[3] / "shared" / "cases")
    return tuple(file.read_text(encoding="utf-8") for folder in folders for file in sorted(folder.rglob("*.yaml")))


@st.composite
def parts(draw: st.DrawFn) -> str:
    """Some lines out of a case's file."""
    lines = draw(st.sampled_from(texts())).splitlines(keepends=True)
    first = draw(st.integers(0, len(lines) - 1))
    return "".join(lines[first : first + draw(st.integers(1, 12))])


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Some lines out of a case's file, into which pieces were thrown, and out of which others were taken."""
    text = draw(parts())
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(PIECES | st.just("")) + text[at + draw(st.sampled_from([0, 0, 1, 4])) :]
    return text


def lines_of(text: str) -> list[str]:
    return re.split("\r\n|[\r\n]", text)


def rest(text: str, place: tuple[int, int]) -> str:
    """What stands in the line of `place` from its column on."""
    line, column = place
    assert line >= 1
    assert column >= 1
    assert column <= len(lines_of(text)[line - 1]) + 1
    return lines_of(text)[line - 1][column - 1 :]


def at(data: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 (plain data of any shape)
    for step in path:
        data = data[step]
    return data


def check_places(text: str, layout: Layout) -> None:
    """Names and values begin where their places say; a list or mapping where its bracket or first part does."""
    for path, place in layout.keys.items():
        name, found = str(path[-1]), rest(text, place)
        assert found.startswith((re.split(r"\s", name)[0], '"', "'", "|", ">", "?")), (path, found)
    for path, place in layout.places.items():
        if "\0again" in path:
            continue
        value, found = at(layout.data, path), rest(text, place)
        if isinstance(value, (dict, list)):
            first: dict[Any, tuple[int, int]] = layout.keys if isinstance(value, dict) else layout.places
            inner = (*path, next(iter(value))) if isinstance(value, dict) and value else (*path, 0)
            below = found.startswith(("- ", "? ", "-", "?"))
            assert found.startswith(("[", "{")) or below or first[inner] == place, (path, found)
        else:
            written = layout.spellings[path]
            assert found.startswith((re.split(r"\s", written)[0], '"', "'", "|", ">")), (path, found)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\nb:\n  c: @x\n", (3, 6), "has a meaning"),
        ("a: 1\nb:\n    @c: 2\n", (3, 5), "has a meaning"),
        ("a: 1\nb:\n    \tc: 2\n", (3, 5), "a tab"),
        ("a: 1\nb:\n  c: d: e\n", (3, 7), "a colon"),
        ("a: 1\nb: [c, d:]\n", (2, 9), "a colon"),
        ("a: [b,\n  c: d,\n  {]\n", (3, 4), "a bracket closes"),
        ("a:\n    b: 1\n  c: 2\n", (3, 3), "indentation"),
        ("a:\n  - b\n  c: d\n", (3, 3), "indentation"),
        ("a: b\nsome words\nc: d\n", (2, 1), "without its colon"),
        ("a: b\nc: 'd\ne: f\n", (2, 4), "does not end"),
        ("a: b\nc: [d,\n  e\n", (2, 4), "not closed"),
        ("a: b\nc: {d: [e,\n  f}\n", (3, 4), "not closed"),
        ("a: b\nc: {d: e,\n  f: g\n", (2, 4), "not closed"),
        ("a: b\nc: [\n", (2, 4), "a value is missing"),
        ("a: b\nc: | d\n", (2, 6), "| or >"),
        ('a: b\nc: "d\\qe"\n', (2, 6), "no escape"),
        ("a: [b]\nc: d\n}\n", (3, 1), "indentation"),
        ("[a]\nb\n", (2, 1), "does not belong"),
        ("a: b\nc: & d\n", (2, 4), "begins with &"),
        ("a: b\nc: &d e\n", (2, 4), "anchors"),
        ("a: b\nc:\n  <<: *d\n", (3, 7), "anchors"),
        ("a: b\n*d : c\n", (2, 1), "anchors"),
        ("a: b\nc: !d e\n", (2, 4), "a tag"),
        ("a: b\n---\nc: d\n", (2, 1), "a second document"),
        ("a: b\nc: {[d]: e}\n", (2, 5), "a name is needed"),
        ("a: b\nc: d\n  \nc: e\n", (4, 1), "twice: in line 2 and in line 4"),
        ("a: b\né: é\ufffe\n", (2, 5), "U+FFFE"),
        ("a: b\nc: \ud800\n", (2, 4), "U+D800"),
        ("a: b\u2028c\nd:\x85@\n", (2, 4), "has a meaning"),
        ("a: b\rc: d\r\ne: @\r\n", (3, 4), "has a meaning"),
        ("a: b\nc: [" + "[" * 12 + "]" * 13, (2, 16), "levels deep"),
        ("[" * 100_000, (1, 1001), "levels deep"),
        ("{" * 100_000, (1, 1001), "levels deep"),
        ('{"a":' * 100_000, (1, 66), "levels deep"),
    ],
)
def test_a_fault_is_told_at_its_place(text: str, place: tuple[int, int], words: str) -> None:
    _, problems = parse(text, "x")
    assert [(problem.line, problem.column) for problem in problems] == [place]
    assert words in problems[0].what


@settings(max_examples=80)
@given(text=parts(), data=st.data())
@pytest.mark.parametrize(
    ("sign", "words"),
    [("@", "has a meaning"), ("`", "has a meaning"), ("&a ", "anchors"), ("!a ", "a tag"), ("! ", "a tag"), ("*a ", "")],
)
def test_a_sign_put_before_any_value_is_refused_where_it_was_put(sign: str, words: str, text: str, data: st.DataObject) -> None:
    layout, _ = parse(text, "x")
    assume(layout is not None and layout.places)
    assert layout is not None
    line, column = data.draw(st.sampled_from([*layout.places.values(), *layout.keys.values()]))
    lines = text.splitlines(keepends=True)
    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    lines[line - 1] = before + sign + after
    damaged_layout, problems = parse("".join(lines), "x")
    assert damaged_layout is None
    if not sign.endswith(" ") or (words and not after.startswith("- ")):
        assert [(problem.line, problem.column) for problem in problems] == [(line, column)]
        assert words in problems[0].what


@settings(max_examples=400)
@given(text=damaged())
def test_whatever_is_damaged_places_lie_where_things_stand(text: str) -> None:
    layout, problems = parse(text, "x")
    for problem in problems:
        assert problem.line is not None
        assert problem.column is not None
        rest(text, (problem.line, problem.column))
        assert problem.remedy
        assert str(problem).isprintable()
        assert "this is not YAML" not in problem.what, "the parser's words are not ours"
    if layout is not None:
        check_places(text, layout)
    else:
        assert problems


def test_the_places_of_all_cases_are_where_things_stand() -> None:
    for text in texts():
        layout, problems = parse(text, "x")
        assert problems == []
        assert layout is not None
        assert layout.places
        check_places(text, layout)


def by_the_slow_twin(text: str, monkeypatch: pytest.MonkeyPatch) -> Layout | None:
    """What the same constructor makes of the events of PyYAML's parser in Python."""
    with monkeypatch.context() as patch:
        patch.setattr("yaml._yaml.CParser", yaml.SafeLoader)
        return parse(text, "x")[0]


def test_the_slow_twin_reads_the_same_of_all_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in texts():
        assert repr(by_the_slow_twin(text, monkeypatch)) == repr(parse(text, "x")[0])


def test_the_slow_twin_reads_the_same_of_damaged_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin refuses tabs and ? within words and takes colons otherwise; what both read is the same."""

    @settings(max_examples=400)
    @given(text=damaged())
    def reads_the_same(text: str) -> None:
        layout, twin = parse(text, "x")[0], by_the_slow_twin(text, monkeypatch)
        if layout is None or twin is None:
            assert layout is twin or re.search(r"[\t?]|:[^\s/]", text) or re.search(r"\\[Uu]|%|:[,\]}]|: *$", text), text
        else:
            assert repr(layout) == repr(twin)

    reads_the_same()


def test_a_build_without_libyaml_is_told_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)
    with pytest.raises(LibraryIncomplete, match="libyaml") as caught:
        parse("a: b", "x")
    assert "make setup" in str(caught.value)
