"""The bundled case korea-2019 keeps its promises: its date, its sources, its counts, and every chit that the essay names."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import pytest
import yaml

import summitry
from summitry.case import check, load
from summitry.case.types import Case, CaseFile, Preferences

ROOT = Path(summitry.__file__).parent / "cases" / "korea-2019"
TABLES = ("claims", "events", "positions", "commitments")
AS_OF = dt.date(2019, 2, 15)

ESSAY = {
    "an inventory of weapons": ("declaration", "full", "dprk"),
    "warheads, a few": ("warheads", "few", "dprk"),
    "warheads, a fair chunk": ("warheads", "most", "dprk"),
    "missiles": ("missiles", "some-icbms", "dprk"),
    "missile launchers": ("launchers", "icbm", "dprk"),
    "biological and chemical stockpiles": ("chembio", "all", "dprk"),
    "international inspectors": ("inspectors", "declared", "dprk"),
    "remains of soldiers": ("remains", "joint-recovery", "dprk"),
    "sanctions relief": ("un-sanctions", "partial", "us"),
    "aid": ("aid", "programme", "us"),
    "cash handouts": ("cash", "small", "us"),
    "a declaration ending the war": ("end-of-war", "declaration", "us"),
    "diplomatic recognition": ("recognition", "embassies", "us"),
    "air assets to Japan": ("air-assets", "moved-to-japan", "us"),
    "withdrawal of the troops": ("troops", "all", "us"),
    "the prestige of a meeting": ("summit", "third-meeting", "us"),
    "infrastructure and money of the South": ("inter-korean", "reopened", "rok"),
}


@pytest.fixture(scope="module")
def case() -> Case:
    return load("korea-2019")


@pytest.fixture(scope="module")
def tables() -> dict[str, list[dict[str, str]]]:
    rows = {}
    for name in TABLES:
        with (ROOT / "evidence" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows[name] = list(csv.DictReader(file))
    return rows


def _yaml(path: Path) -> object:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _first_day(text: str) -> dt.date:
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return dt.date(year, month, day)


def test_the_case_has_no_problem_to_mend() -> None:
    assert check("korea-2019") == ()


def test_every_file_is_a_document_of_the_format() -> None:
    CaseFile.model_validate(_yaml(ROOT / "case.yaml"))
    files = sorted((ROOT / "preferences").glob("*/*.yaml"))
    assert [f"{file.parent.name}/{file.stem}" for file in files] == [
        f"{holder}/{about}" for holder in ("dprk", "rok", "us") for about in ("dprk", "rok", "us")
    ]
    for file in files:
        Preferences.model_validate(_yaml(file))


def test_no_evidence_is_younger_than_the_case(tables: dict[str, list[dict[str, str]]]) -> None:
    assert _yaml(ROOT / "case.yaml")["as_of"] == AS_OF  # type: ignore[index]  # the file holds a mapping
    for row in tables["claims"]:
        assert row["published"], row
        assert _first_day(row["published"]) <= AS_OF, row
    for name, column in (("events", "date"), ("positions", "date"), ("commitments", "signed")):
        assert all(dt.date.fromisoformat(row[column]) <= AS_OF for row in tables[name])


def test_no_source_is_a_page_dated_after_the_case() -> None:
    later = re.compile(r"\b(?:2019[-/](?:0[3-9]|1[0-2])|2019[-/]0?2[-/](?:1[6-9]|2\d)|202\d[-/]\d)")
    for file in [*ROOT.glob("evidence/*.csv"), *ROOT.rglob("*.yaml")]:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            cited = line.replace("2019-02-27", "").replace("weapons,2020-12,", "")  # the meeting announced; a projection of 2017
            ahead = re.match(r"\s*(?:schedule:|(?:- )?date:)", line)  # what is expected to fade, and dates that are known ahead
            assert ahead or not later.search(cited), f"{file.name}:{number}: {line}"


def test_every_row_names_a_source_and_how_far_it_was_checked(tables: dict[str, list[dict[str, str]]]) -> None:
    for name, rows in tables.items():
        assert all(row["source"].strip() for row in rows), name
        if name != "positions":
            assert all(row["status"].strip() for row in rows), name
            assert all("memory" in row["status"] for row in rows if row["source"] == "no document at hand"), name


def test_the_readme_counts_what_is_there(tables: dict[str, list[dict[str, str]]]) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    said = {name: int(rows) for name, rows in re.findall(r"^\| (\w+)(?:\.csv)? \| (\d+) \|", text, re.MULTILINE)}
    assert said == {
        **{name: len(rows) for name, rows in tables.items()},
        "documents": len(list((ROOT / "evidence" / "documents").iterdir())),
    }
    remembered = {
        name: sum(r["status"].startswith("unverified memory") for r in tables[name]) for name in TABLES if name != "positions"
    }
    kinds = {kind: sum(row["kind"] == kind for row in tables["claims"]) for kind in ("estimated", "declared", "verified")}
    spoken = {kind: sum(row["kind"] == kind for row in tables["events"]) for kind in ("deed", "word")}
    unsettled = sum(not row["outcome"] for row in tables["commitments"])
    for part in (
        "{estimated} estimated, {declared} declared, {verified} verified".format(**kinds)
        + f"; {remembered['claims']} unverified",
        f"{spoken['deed']} deeds, {spoken['word']} words; ",
        f"6 nuclear tests; {remembered['events']} unverified memory",
        f"{unsettled} still open on the date of the case; {remembered['commitments']} unverified memory",
    ):
        assert part in text


@pytest.mark.parametrize("chit", ESSAY)
def test_every_chit_of_the_essay_is_an_issue(case: Case, chit: str) -> None:
    issue, option, giver = ESSAY[chit]
    assert option in list(case.file.issues[issue].options)[1:]
    assert giver in case.file.issues[issue].giver


def test_every_idea_contains_what_its_moves_require(case: Case) -> None:
    issues = case.file.issues
    for name, idea in case.file.ideas.items():
        for issue, option in idea.package.items():
            for required in issues[issue].requires.get(option, ()):
                other, least = required.split(".")
                order = list(issues[other].options)
                assert order.index(idea.package.get(other, order[0])) >= order.index(least), (name, required)


def test_every_number_of_a_preference_is_uncertain_and_has_a_reason(case: Case) -> None:
    for holder, sheets in case.preferences.items():
        for about, sheet in sheets.items():
            for issue, values in sheet.values.items():
                assert values.why, (holder, about, issue)
                assert values.kind == "judgement"
                assert all(low < high for low, _, high in values.options.values()), (holder, about, issue)


def test_every_party_says_what_it_may_concede(case: Case) -> None:
    for party in case.file.parties:
        own = {name for name, issue in case.file.issues.items() if party in issue.giver}
        mandate = case.preferences[party][party].mandate
        assert {name: list(options) for name, options in mandate.items()} == {
            name: list(case.file.issues[name].options)[1:] for name in own
        }


def test_what_cannot_be_taken_back_is_not_recoverable(case: Case) -> None:
    issues = case.file.issues
    assert set(issues["warheads"].recoverable.values()) == {0.0}
    assert min(issues["un-sanctions"].recoverable.values()) > max(issues["launchers"].recoverable.values())


def test_an_open_commitment_has_no_outcome(case: Case) -> None:
    for row in case.evidence.commitments:
        assert (row.outcome is None) == row.note.startswith("open"), row.commitment


def test_one_side_reads_the_whole_case_but_only_its_own_files() -> None:
    seen = load("korea-2019", viewer="us")
    assert set(seen.preferences) == {"us"}
    assert set(seen.preferences["us"]) == {"us", "rok", "dprk"}
