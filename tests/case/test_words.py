"""What is said about a part that breaks the format: the place, what is wrong, and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generators import put
from summitry.case import load, schema
from summitry.case.types import CaseFile, Preferences

if TYPE_CHECKING:
    from pathlib import Path

    from sound_case import Written

CASE, US = "case.yaml", "preferences/us/us.yaml"
CLAIMS, EVENTS = "evidence/claims.csv", "evidence/events.csv"

# (file, old text, new text), (line, column), path, what, remedy
SAID = [
    ((CASE, "title: A sound case\n", ""), (1, 1), "", "'title' is missing", "`title: Second summit`"),
    ((US, "basis: made for a test\n", ""), (1, 1), "", "'basis' is missing", "Add it here"),
    ((CASE, "title: A sound case", "title:"), (2, 1), "title", "nothing stands here", "Write a value"),
    ((CASE, "as_of: 2019-02-15", "as_of: 20190215"), (3, 8), "as_of", "found '20190215'", "such as 2019-02-15"),
    ((CASE, "as_of: 2019-02-15", "as_of: 2019-02-30"), (3, 8), "as_of", "found '2019-02-30'", "such as 2019-02-15"),
    (
        (CASE, "{name: China, interest", "{nmae: China, interest"),
        (11, 11),
        "outsiders.china.nmae",
        "not a name",
        "Did you mean 'name'?",
    ),
    ((CASE, "  dprk: {name", "  DPRK: {name"), (7, 3), "parties.DPRK", "'DPRK' cannot be a name", "small letters"),
    (
        (CASE, "{weapons: 60d", "{weapons: 60 days"),
        (17, 22),
        "issues.declaration.takes.weapons",
        "found '60 days'",
        "d, w, m or y",
    ),
    ((CASE, "role: veto", "role: vetto"), (37, 32), "constituencies.us.hawks.role", "'vetto' is none", "Did you mean 'veto'?"),
    (
        (CASE, "recoverable: 0.8", "recoverable: {eased: 80}"),
        (32, 26),
        "issues.relief.recoverable.eased",
        "out of range",
        "at most 1",
    ),
    ((CASE, "[none, weapons, full]", "[full]"), (16, 14), "issues.declaration.options", "at least two", "status quo first"),
    ((CASE, "[none, weapons, full]", "[no, no]"), (16, 14), "issues.declaration.options", "named twice", "its own name"),
    ((CASE, "[none, weapons, full]", "full"), (16, 14), "issues.declaration.options", "a list of options", "[none, some, all]"),
    ((CASE, "splits: true", "splits: maybe"), (27, 13), "issues.warheads.splits", "true or false", "Write true or false"),
    ((CASE, "summitry: 1", "summitry: 2"), (1, 11), "summitry", "reads version 1", "newer summitry"),
    (
        (CASE, "principal: us", "draws: many"),
        (43, 19),
        "settings.draws",
        "a whole number is expected, found 'many'",
        "Write digits",
    ),
    ((US, "few: [5, 6, 7]", "few: [7, 6, 5]"), (6, 10), "values.warheads.few", "a range must rise", "in this order"),
    ((US, "few: [5, 6, 7]", "few: [5, 7]"), (6, 10), "values.warheads.few", "[low, mode, high]", "three such as"),
    ((US, "few: [5, 6, 7]", "few: 5,5"), (6, 10), "values.warheads.few", "found '5,5'", "a point for decimals"),
    ((US, "few: [5, 6, 7]", "few: .inf"), (6, 10), "values.warheads.few", "finite", "ordinary size"),
    ((US, "[0.1, 0.2, 0.4]", "[0, 0.2, 1]"), (23, 9), "trust.dprk", "strictly between 0 and 1", "nobody is wholly sure"),
    ((US, "lifted: call home", "lifted: maybe"), (12, 39), "mandate.relief.lifted", "'maybe' is none", "'call home'"),
    ((CLAIMS, "dprk,warheads,20", "dprk,warheads,1 200"), (2, None), "row 2, column low", "found '1 200'", "thousands mark"),
    ((CLAIMS, "Someone,A report", "Someone,A report, 2018"), (2, None), "row 2", "12 cells, and the header has 11", "in quotes"),
    ((CLAIMS, "holder,", "hodler,"), (1, None), "column hodler", "not a column", "Did you mean 'holder'?"),
    ((CLAIMS, "central,high", "central,central"), (1, None), "column central", "twice", "Keep one"),
    ((CLAIMS, ",source", ""), (1, None), "column source", "is missing", "Add it"),
    ((EVENTS, "2018-07-27,DPRK", "27.7.2018,DPRK"), (4, None), "row 4, column date", "found '27.7.2018'", "year-month-day"),
    ((EVENTS, "us,deed,Boxes", "us,dead,Boxes"), (4, None), "row 4, column kind", "'dead' is none", "Did you mean 'deed'?"),
    ((EVENTS, "returned,1", "returned,3"), (4, None), "row 4, column sign", "out of range", "at most 2"),
    ((EVENTS, 'signed",1', "signed,1"), (2, None), "", "does not end", "Close the quotes"),
]


@pytest.mark.parametrize(("change", "place", "path", "what", "remedy"), SAID)
def test_a_breach_of_the_format_is_said_at_its_place(
    sound: Written, change: tuple[str, str, str], place: tuple[int, int | None], path: str, what: str, remedy: str
) -> None:
    found = [p for p in sound.change(*change).problems() if p.path == path and what in p.what and p.level == "error"]
    assert [(p.file, p.line, p.column) for p in found] == [(change[0], *place)], "\n".join(map(str, sound.problems()))
    assert remedy in found[0].remedy


def test_one_row_tells_all_that_is_wrong_with_it(sound: Written) -> None:
    sound.change(EVENTS, "2018-07-27,DPRK,us,deed,Boxes returned,1,A paper", "27.7.2018,DPRK,us,dead,Boxes returned,3,")
    assert {problem.path for problem in sound.problems()} >= {f"row 4, column {c}" for c in ("date", "kind", "sign", "source")}


@pytest.mark.parametrize(("separator", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_table_with_other_separators_is_recognised(sound: Written, separator: str, name: str) -> None:
    put(sound.folder / "evidence/positions.csv", f"date{separator}party{separator}issue\n")
    assert f"separated by {name}" in sound.only().what


def test_an_empty_table_is_pointed_out(sound: Written) -> None:
    put(sound.folder / "evidence/positions.csv", "\n\n")
    assert "Begin with the header date,party,issue,option,status,source" in sound.only().remedy


def test_an_absurdly_long_cell_is_refused(sound: Written) -> None:
    sound.change(EVENTS, "Boxes returned", "x" * 20_001)
    assert "20001 characters" in sound.only().what
    sound.change(EVENTS, "x" * 20_001, '"' + "x" * 200_000)
    assert "absurdly long" in sound.only().what


def test_names_that_look_like_numbers_are_texts(sound: Written) -> None:
    sound.change(CASE, "name: North Korea", "name: 1948").change(CASE, "title: A sound case", "title: 3.10")
    file = load(sound.folder).file
    assert (file.parties["dprk"].name, file.title) == ("1948", "3.10")


def test_broken_preferences_and_tables_are_told_beside_a_broken_case_file(sound: Written) -> None:
    sound.change(CASE, "role: veto", "role: vetto").change(US, "basis: made for a test\n", "").change(
        EVENTS, "returned,1", "returned,x"
    )
    assert {problem.file for problem in sound.problems()} == {CASE, US, EVENTS}


def test_warnings_are_notes_of_the_case(sound: Written) -> None:
    sound.change(US, "few: [5, 6, 7]", "few: 6")
    (note,) = load(sound.folder).notes
    assert note.startswith(f"warning: {US} at values.warheads.few: a judgement stands as a single number")


@pytest.mark.parametrize("change", [change for change, *_ in SAID])
def test_no_message_speaks_like_a_program(sound: Written, change: tuple[str, str, str]) -> None:
    said = "\n".join(map(str, sound.change(*change).problems())).lower()
    assert said
    assert not [word for word in ("pydantic", "input should", "http", "value error", "nonetype", "traceback") if word in said]


@pytest.mark.parametrize("part", ["case", "preferences"])
def test_the_schema_names_what_the_types_read(part: Any) -> None:  # noqa: ANN401 (one of two words)
    made = schema(part)
    model = CaseFile if part == "case" else Preferences
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(made["properties"]) == set(model.model_fields)
    assert made["additionalProperties"] is False
    references = {value for value in _values(made) if isinstance(value, str) and value.startswith("#/$defs/")}
    assert {reference.removeprefix("#/$defs/") for reference in references} <= set(made["$defs"])


def test_the_schema_lets_options_stand_beside_why() -> None:
    entry = schema("preferences")["$defs"]["OptionValues"]
    assert set(entry["properties"]) == {"why", "source", "kind"}
    assert entry["additionalProperties"]["anyOf"][0] == {"type": "number"}
    options = schema("case")["$defs"]["Issue"]["properties"]["options"]["anyOf"]
    assert [option["type"] for option in options] == ["object", "array"]


def _values(part: object) -> list[object]:
    if isinstance(part, dict):
        return [found for value in part.values() for found in _values(value)]
    return [found for value in part for found in _values(value)] if isinstance(part, list) else [part]


def test_a_bundled_name_leads_to_its_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: Written) -> None:
    monkeypatch.setattr("summitry.case.read.HOME", sound.folder.parent)
    monkeypatch.chdir(tmp_path.parent)
    assert load("sound") == load(sound.folder)
