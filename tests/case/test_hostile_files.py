"""Whatever bytes stand in whatever file: problems with a place, never a traceback, never a long wait."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generators import put
from summitry.case import check, load
from summitry.case.yaml import parse
from summitry.errors import CaseInvalid, CaseNotFound

if TYPE_CHECKING:
    from sound_case import Written

YAML = ("case.yaml", "preferences/us/us.yaml")
CSV = tuple(f"evidence/{name}.csv" for name in ("claims", "events", "positions", "commitments"))
DOCUMENT = "evidence/documents/singapore.txt"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


def _folder(place: str, file: str, data: bytes) -> Path:
    folder = Path(place) / "case"
    put(folder / "case.yaml", _CASE)
    for party in ("us", "dprk"):
        put(folder / f"preferences/{party}/{party}.yaml", _OWN)
    put(folder / file, "")
    (folder / file).write_bytes(data)
    return folder


_CASE = (
    "summitry: 1\ntitle: T\nas_of: 2019-02-15\nparties: {us: {name: U}, dprk: {name: D}}\n"
    "issues: {a: {title: A, giver: us, options: [x, y]}}\n"
)
_OWN = "basis: b\nreservation: 0\nvalues: {a: {y: [1, 2, 3]}}\n"
_PIECES = st.lists(
    st.sampled_from(
        [
            "summitry: 1\n",
            "title:",
            " x\n",
            "issues:\n",
            "  a:\n",
            "    options: [",
            "{",
            "}",
            "]",
            ",",
            ": ",
            "- ",
            "&a ",
            "*a",
            "!!str ",
            "\t",
            "'",
            '"',
            "|\n",
            ">\n",
            "? ",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "\\x",
            "0x",
            "1e999",
            ".nan",
            "~",
            "<<: ",
            "é",
            "\u2028",
            "\x85",
            "as_of: 99999-01-01\n",
        ]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=60)
@given(file=st.sampled_from((*YAML, *CSV, DOCUMENT)), data=st.binary(max_size=300))
def test_random_bytes_in_any_file_yield_problems(file: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = _folder(place, file, data)
        for problem in check(folder):
            assert problem.what
            assert problem.remedy
            assert str(problem).replace("\n", "").isprintable()


@settings(max_examples=150)
@given(file=st.sampled_from(YAML), text=_PIECES | st.text(max_size=60))
@example(file="case.yaml", text='a: "\\UFFFFFFFF"')
@example(file="case.yaml", text="a: 0x" + "f" * 4000)
@example(file="case.yaml", text="a: " + "9" * 6000)
@example(file="case.yaml", text="? [a, b]\n: c")
@example(file="case.yaml", text="summitry: {" * 40)
@example(file="case.yaml", text="as_of: 0000-00-00")
def test_almost_yaml_yields_problems(file: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        check(_folder(place, file, text.encode("utf-8", "replace")))


@settings(max_examples=100)
@given(
    file=st.sampled_from(CSV),
    header=st.sampled_from(
        [
            "date,actor,kind,event,sign,source",
            "date,party,issue,option,status,source",
            "agreement,signed,party,commitment,source",
            "holder,category,low,high,unit,as_of,published,kind,claimant,source",
        ]
    ),
    rows=st.lists(
        st.lists(st.text(max_size=8) | st.sampled_from(["us", "2018-01-01", "1", "x.y", "9" * 400, "nan", '"']), max_size=11),
        max_size=5,
    ),
)
def test_almost_tables_yield_problems(file: str, header: str, rows: list[list[str]]) -> None:
    text = "\n".join([header, *(",".join(row) for row in rows)])
    with tempfile.TemporaryDirectory() as place:
        check(_folder(place, file, text.encode("utf-8", "replace")))


@settings(max_examples=100)
@given(
    at=st.sampled_from(["title", "as_of", "parties", "issues", "coalitions", "laws", "ideas", "settings", "constituencies"]),
    value=st.recursive(
        st.sampled_from(["null", "1", "1e400", "true", "x", "us", "a.y", "2019-01-01"]),
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda v: f"[{', '.join(v)}]")
            | st.dictionaries(
                st.sampled_from(["us", "a", "y", "name", "options", "giver", "requires", "party", "package", "principal"]),
                inner,
                max_size=3,
            ).map(lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}")
        ),
        max_leaves=8,
    ),
)
def test_any_shape_in_any_part_yields_problems(at: str, value: str) -> None:
    lines = [line for line in _CASE.splitlines() if not line.startswith(f"{at}:")]
    with tempfile.TemporaryDirectory() as place:
        for problem in check(_folder(place, "case.yaml", "\n".join([*lines, f"{at}: {value}"]).encode())):
            assert "input should" not in str(problem).lower()
            assert "pydantic" not in str(problem).lower()


@pytest.mark.parametrize("file", [*YAML, *CSV, DOCUMENT])
def test_a_file_of_100_megabytes_is_refused_before_it_is_read(sound: Written, file: str) -> None:
    with (sound.folder / file).open("wb") as stream:
        stream.truncate(100_000_000)
    started = time.perf_counter()
    problem = next(problem for problem in sound.problems() if problem.file == file)
    assert "100.0 MB" in problem.what
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "anchors and aliases"),
        ("title: *x", "anchors and aliases"),
        ("title: !!python/object/apply:os.system ['true']", "a tag"),
        ("title: ! x", "a tag"),
        ("%YAML 1.1\n---\ntitle: x", "a directive"),
        ("title: x\n---\ntitle: y", "a second document"),
        ("title: " + "[" * 40 + "]" * 40, "levels deep"),
        ("title: [" + "x, " * 70_000 + "]", "more than"),
        ("? [a]\n: b", "a name is needed"),
        ("a: b\na: c", "twice: in line 1 and in line 2"),
        ("caf\u00e9: b\ncafe\u0301: c", "twice: in line 1 and in line 2"),
        ("title: 'x", "does not end"),
        ("title: [a, b", "not closed"),
        ("title: {a: b", "not closed"),
        ("title: a: b", "a colon"),
        ("title:\n\ta: b", "a tab"),
        ("a:\n  b: 1\n c: 2", "indentation"),
        ("title: @x", "has a meaning in YAML"),
        ("- a\n- b", "no names with values"),
        ("", "no names with values"),
        (f"about: {'x' * 20_001}", "20001 characters"),
    ],
)
def test_what_yaml_could_do_and_a_case_does_not_need_is_refused(sound: Written, text: str, words: str) -> None:
    put(sound.folder / "case.yaml", text)
    started = time.perf_counter()
    found = [problem for problem in sound.problems() if words in problem.what and problem.level == "error"]
    assert len(found) == 1, "\n".join(map(str, sound.problems()))
    assert found[0].line is not None
    assert time.perf_counter() - started < 4


def test_no_is_a_word_and_leading_zeros_survive_as_text() -> None:
    layout, problems = parse("a: no\nb: on\nc: 010\nd: 1_000\ne: 0x10\nf: .inf\ng: true\nh: ~\ni: 12:30\nj: '1'\n", "x")
    assert not problems
    assert layout is not None
    assert layout.data == {
        "a": "no",
        "b": "on",
        "c": 10,
        "d": "1_000",
        "e": 16,
        "f": float("inf"),
        "g": True,
        "h": None,
        "i": "12:30",
        "j": "1",
    }
    assert layout.spellings["c",] == "010"


def test_options_keep_the_letters_of_the_file(sound: Written) -> None:
    sound.change("case.yaml", "[none, weapons, full]", "[none, weapons, full, 3.10, 010, true]")
    for party in ("us", "rok", "dprk"):
        file = f"preferences/{party}/{party}.yaml"
        sound.change(
            file,
            "  declaration: {weapons: [" if party != "us" else "  declaration: {weapons: [4",
            "  declaration: {3.10: [1, 2, 3], 010: [1, 2, 3], true: [1, 2, 3], weapons: [" + ("4" if party == "us" else ""),
        )
    sound.change("preferences/us/us.yaml", "{positions: {declaration: {", "{positions: {declaration: {3.10: 1, 010: 2, true: 3, ")
    assert list(load(sound.folder).file.issues["declaration"].options) == ["none", "weapons", "full", "3.10", "010", "true"]


@pytest.mark.parametrize("file", [*YAML, *CSV, DOCUMENT])
@pytest.mark.parametrize(
    ("data", "words", "line"),
    [
        (b"title: x\ntitle: caf\xe9\n", "byte 19 (0xe9) is not UTF-8", 2),
        ("title: x".encode("utf-16"), "UTF-16", 1),
        (b"title: x\nab\x00c\n", "a control character (code 0) stands at character 3", 2),
        (b"\x1b[31mred", "a control character (code 27)", 1),
    ],
)
def test_other_encodings_are_refused_with_their_place(sound: Written, file: str, data: bytes, words: str, line: int) -> None:
    (sound.folder / file).write_bytes(data)
    found = [problem for problem in sound.problems() if problem.file == file]
    assert [(problem.level, problem.line) for problem in found if words in problem.what] == [("error", line)]
    assert "UTF-8" in found[0].remedy


@pytest.mark.parametrize("file", [*YAML, *CSV])
def test_a_byte_order_mark_is_pointed_out_and_read_over(sound: Written, file: str) -> None:
    data = (sound.folder / file).read_bytes()
    (sound.folder / file).write_bytes(b"\xef\xbb\xbf" + data)
    problem = sound.only()
    assert (problem.file, problem.level) == (file, "warning")


def test_names_are_compared_in_one_form_of_unicode(sound: Written) -> None:
    sound.change("case.yaml", "options: [none, weapons, full]", "options: [none, we\u0301, weapons, full]")
    assert any("Unicode NFD" in problem.what for problem in sound.problems())
    sound.change("case.yaml", "options: [none, we\u0301,", "options: [none, w\u00e9, we\u0301,")
    assert any("named twice" in problem.what for problem in sound.problems())


@pytest.mark.parametrize("file", [*YAML, *CSV, DOCUMENT])
def test_a_symbolic_link_is_not_followed(sound: Written, tmp_path: Path, file: str) -> None:
    path = sound.folder / file
    path.rename(tmp_path / "outside")
    path.symlink_to(tmp_path / "outside")
    assert any(
        problem.file == file and "symbolic link" in problem.what and problem.level == "error" for problem in sound.problems()
    )


@pytest.mark.parametrize("folder", ["preferences", "preferences/us", "evidence", "evidence/documents"])
def test_a_linked_folder_is_not_followed(sound: Written, tmp_path: Path, folder: str) -> None:
    (sound.folder / folder).rename(tmp_path / "outside")
    (sound.folder / folder).symlink_to(tmp_path / "outside")
    assert any(problem.file == folder and "symbolic link" in problem.what for problem in sound.problems())


@pytest.mark.parametrize("file", [*CSV, "preferences/us/us.yaml", DOCUMENT])
def test_a_folder_or_pipe_in_place_of_a_file_is_pointed_out(sound: Written, file: str) -> None:
    (sound.folder / file).unlink()
    (sound.folder / file).mkdir()
    assert any(problem.file == file for problem in sound.problems())
    (sound.folder / file).rmdir()
    os.mkfifo(sound.folder / file)
    assert any(problem.file == file for problem in sound.problems())


def test_a_file_in_place_of_a_folder_is_pointed_out(sound: Written, tmp_path: Path) -> None:
    (sound.folder / "evidence").rename(tmp_path / "outside")
    put(sound.folder / "evidence", "x")
    assert any(problem.file == "evidence" and "a folder is expected" in problem.what for problem in sound.problems())


def test_strange_files_are_pointed_out_without_writing_to_the_terminal(sound: Written) -> None:
    for name in (
        "notes.docx",
        "preferences/us/old.yaml.bak",
        "evidence/event.csv",
        "evidence/documents/a.pdf",
        "bad\x1b[31mname",
    ):
        put(sound.folder / name, "x")
    put(sound.folder / "README.md", "x")
    put(sound.folder / ".git/config", "x")
    found = sound.problems()
    assert len(found) == 5
    assert {problem.level for problem in found} == {"warning"}
    assert all(str(problem).isprintable() for problem in found)
    assert "Did you mean 'events.csv'?" in next(problem.remedy for problem in found if problem.file == "evidence/event.csv")


def test_preferences_of_nobody_are_an_error(sound: Written) -> None:
    put(sound.folder / "preferences/usa/us.yaml", "x")
    assert "Did you mean 'us'?" in sound.only().remedy
    (sound.folder / "preferences/usa/us.yaml").rename(sound.folder / "preferences/us/drpk.yaml")
    (sound.folder / "preferences/usa").rmdir()
    assert "Did you mean 'dprk'?" in sound.only().remedy


@pytest.mark.parametrize("name", ["", "nowhere", "../nowhere", "\0", "x" * 5000, "korea\n2019", "con/../..//nothing"])
def test_a_name_that_leads_nowhere_is_no_case(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CaseNotFound):
        load(name)


def test_every_error_is_raised_at_once(sound: Written) -> None:
    sound.change("case.yaml", "principal: us", "principal: uss").change("preferences/us/us.yaml", "few: [5", "fw: [5")
    sound.change("evidence/events.csv", "2018-07-27", "2019-07-27").change(
        "case.yaml", "title: A sound case", "title: A sound case\nabuot: x"
    )
    with pytest.raises(CaseInvalid) as caught:
        load(sound.folder)
    assert {problem.path for problem in caught.value.problems} >= {
        "settings.principal",
        "values.warheads.fw",
        "row 4, column date",
        "abuot",
    }
