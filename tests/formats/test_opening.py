"""Finding what to read, and writing whole or not at all."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import generators
from contracts.formats import told
from summitry.case.fields import SLUG
from summitry.errors import BadArgument, CaseInvalid, LinkMissing, OutputInTheWay
from summitry.formats import load, read, template, write
from summitry.formats.files import MOST_BYTES, Place
from summitry.formats.scenario import Matter, Profile, Scenario, slugs, to_case

if TYPE_CHECKING:
    from pathlib import Path


def test_what_no_format_recognises_is_refused_with_the_formats_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(BadArgument, match=r"GENIUS XML, GeniusWeb JSON, .* text score sheets"):
        read(tmp_path)


def test_a_case_folder_is_no_foreign_scenario(tmp_path: Path) -> None:
    generators.write(generators.build({"us": {"i": {"a": 1}}, "dprk": {"i": {"a": -1}}}), tmp_path)
    with pytest.raises(BadArgument, match="open it as a case"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["absent.xml", "absent.xlsx", "absent"])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CaseInvalid, match="there is no such file"):
        read(tmp_path / name)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "domain.xml")
    with pytest.raises(CaseInvalid, match="there is no such file"):
        read(tmp_path / "domain.xml")


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "big.xml").open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(CaseInvalid, match="larger than 32 MiB"):
        read(tmp_path)


@given(names=st.lists(st.text(max_size=80), max_size=6))
def test_ids_fit_their_pattern_and_differ(names: list[str]) -> None:
    found = slugs(names, "issue")
    assert len(set(found)) == len(names)
    assert all(len(each) <= 64 for each in found)
    assert all(re.fullmatch(SLUG, each) for each in found)


def test_writing_into_a_folder_leaves_its_other_files(tmp_path: Path) -> None:
    case = read(template(tmp_path / "made.xlsx"))
    out = tmp_path / "out"
    out.mkdir()
    (out / "keep.txt").write_text("mine")
    paths = write(case, out, "genius")
    assert (out / "keep.txt").read_text() == "mine"
    assert sorted([*paths, out / "keep.txt"]) == sorted(out.iterdir())


def test_a_dangling_link_is_in_the_way(tmp_path: Path) -> None:
    case = read(template(tmp_path / "made.xlsx"))
    (tmp_path / "out.xlsx").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputInTheWay):
        write(case, tmp_path / "out.xlsx", "xlsx")
    assert not (tmp_path / "nowhere").exists()


def test_an_unknown_format_is_refused_with_those_there_are(tmp_path: Path) -> None:
    case = read(template(tmp_path / "made.xlsx"))
    with pytest.raises(BadArgument, match="choose one of genius"):
        write(case, tmp_path / "out", "pdf")


def test_a_scenario_is_not_written_without_every_partys_values(tmp_path: Path) -> None:
    case = generators.build({"us": {"i": {"a": 1}}, "dprk": {"i": {"a": -1}}})
    ours = case.model_copy(update={"viewer": "us", "preferences": {"us": case.preferences["us"]}})
    with pytest.raises(LinkMissing, match="DPRK"):
        write(ours, tmp_path / "out", "genius")
    assert not (tmp_path / "out").exists()


def test_a_case_folder_reads_as_a_person_would_write_it(tmp_path: Path) -> None:
    case = generators.build(
        {"us": {"talks": {"some": [1, 2, 4], "all": 3}}, "dprk": {"talks": {"some": -1, "all": -2}}}, givers={"talks": "dprk"}
    )
    write(case, tmp_path / "small", "summitry")
    text = (tmp_path / "small" / "case.yaml").read_text()
    assert "as_of: 2019-02-15\n" in text
    assert "  us: {name: US}\n" in text
    assert "  talks: {title: Issue talks, giver: dprk, options: [none, some, all]}\n" in text
    assert "values:\n  talks: {some: [1, 2, 4], all: 3}\n" in (tmp_path / "small/preferences/us/us.yaml").read_text()
    assert told(load(tmp_path / "small")) == told(case)


def test_options_that_a_case_folder_cannot_name_are_renamed_and_told(tmp_path: Path) -> None:
    case = read(template(tmp_path / "made.xlsx"))
    data = case.model_dump()
    data["file"]["issues"]["issue-1"]["options"] = ["why", "why (option)", " "]
    for party in case.file.parties:
        said = data["preferences"][party][party]["values"]["issue-1"]
        said["options"] = dict(zip(["why", "why (option)", " "], said["options"].values(), strict=True))
    write(type(case).model_validate(data), tmp_path / "out", "summitry")
    again = load(tmp_path / "out")
    assert list(again.file.issues["issue-1"].options) == ["why (option 2)", "why (option)", "blank (option)"]
    assert "# issue-1: why is called why (option 2)\n" in (tmp_path / "out" / "case.yaml").read_text()


@pytest.mark.parametrize(
    ("size", "said"),
    [(1e-300, "too small"), (1e20, "too large"), (1e-3, ""), (0.0, ""), (1e9, ""), (2e9, "too large"), (5e-10, "too small")],
)
def test_values_that_numbers_cannot_add_are_refused_by_party(size: float, said: str) -> None:
    here = Place("some.xml")
    values = [{"a": (0.0, 0.0, 0.0), "b": (size, size, size)}]
    told = Scenario("", [Matter("one", ("a", "b"), here)], [Profile(name, name, "a test", here, values) for name in ("x", "y")])
    if not said:
        assert to_case(told, "some", "test", "").preferences["x"]["x"].values.keys() | {"one"} == {"one"}
        return
    with pytest.raises(CaseInvalid, match=f"x.* is {said}|{said} to count"):
        to_case(told, "some", "test", "")
