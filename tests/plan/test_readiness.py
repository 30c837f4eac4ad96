"""What is prepared is read off the case and nothing else; start dates run backward from the meeting."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from generators import build
from summitry import load
from summitry.case import lessons
from summitry.case.rows import Document, Evidence
from summitry.case.types import BackTable
from summitry.errors import BadArgument
from summitry.plan.gaps import GAPS
from summitry.plan.readiness import Item, Readiness, assess_readiness

if TYPE_CHECKING:
    from summitry.case.types import Case

WORTH: dict[str, dict[str, dict[str, Any]]] = {
    "a": {"x": {"some": [-3, -2, -1]}, "y": {"some": [4, 5, 6]}},
    "b": {"x": {"some": 3}, "y": {"some": [-2, -1, 0]}},
}
ROW = {"holder": "b", "category": "ships", "central": 3, "unit": "pieces", "kind": "estimated", "claimant": "a", "source": "s"}
SILENT = {"ranges", "claims", "asked", "groundwork", "play"}
"""Items without a gap where the case says nothing at all that they could be about."""
DAY = dt.date(2019, 2, 15)


def small(own: dict[str, Any] | None = None, **file: Any) -> Case:  # noqa: ANN401 (whatever case.yaml may hold)
    return build(WORTH, givers={"x": "a", "y": "b"}, preferences={"a": own or {}}, **file)


def item(found: Readiness, name: str) -> Item:
    return next(item for item in found.items if item.name == name)


def test_every_item_of_the_bundled_list_that_the_case_tells_has_its_reader() -> None:
    assert {point.name for point in lessons.points() if point.kind == "case"} == set(GAPS)


def test_what_an_item_waits_for_is_an_item() -> None:
    names = {point.name for point in lessons.points()}
    assert {before for point in lessons.points() for before in point.after} <= names


def test_each_gap_closes_where_the_case_answers_it() -> None:
    bare = assess_readiness(small(), "a")
    assert {i.name for i in bare.items if i.from_case and i.state == "done"} == SILENT
    full = small(
        {
            "values": {i: {"options": o, "why": "because"} for i, o in WORTH["a"].items()},
            "fallback": "go on as before",
            "mandate": {"x": {"some": "authorised"}},
            "trust": {"b": {"prior": [0.2, 0.3, 0.4]}},
        },
        issues={"x": {"verified_by": "looking"}, "y": {"verified_by": "looking"}},
    )
    done = {i.name for i in assess_readiness(full, "a").items if i.from_case and i.state == "done"}
    assert done == SILENT | {"values", "fallback", "mandate", "trust", "verification"}


PEOPLE = {
    "a": {"house": {"name": "House"}, "press": {"name": "Press", "role": "voice"}},
    "b": {"court": {"name": "Court"}, "guard": {"name": "Guard"}},
}
HOUSE = {"seats": {"house": {"positions": {"x": {"some": 1}, "y": {"some": 1}}}}}
COURT = {"seats": {"court": {"positions": {"x": {"some": 1}}}, "guard": {"positions": {}}}}


def seen_by_a(beliefs: dict[str, dict[str, Any]], **more: Any) -> Readiness:  # noqa: ANN401 (of case.yaml)
    """A case as party a alone may read it: its beliefs about each party."""
    case = build(WORTH, givers={"x": "a", "y": "b"}, preferences={p: {} for p in "ab"}, constituencies=PEOPLE, **more)
    full = {about: case.preferences[about][about].model_copy(update=update) for about, update in parsed(beliefs).items()}
    return assess_readiness(case.model_copy(update={"preferences": {"a": full}}), "a")


def parsed(beliefs: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        about: {key: BackTable.model_validate(value) if key == "back_table" else value for key, value in fields.items()}
        for about, fields in beliefs.items()
    }


def paths(found: Readiness, name: str) -> dict[str, tuple[object, ...]]:
    return {place.file: place.paths for place in item(found, name).places}


def test_a_party_of_which_there_is_no_estimate_is_missing_as_a_file() -> None:
    alone, both = seen_by_a({"a": {}}), seen_by_a({"a": {}, "b": {}})
    assert paths(alone, "estimates") == {"preferences/a/b.yaml": ()}
    assert (item(alone, "estimates").state, item(both, "estimates").state) == ("open", "done")


def test_a_home_is_missing_without_a_table_or_without_a_seat_that_must_consent() -> None:
    bare = seen_by_a({"a": {"back_table": HOUSE}, "b": {}})
    assert paths(bare, "homes") == {"preferences/a/b.yaml": ("back_table",)}
    seatless = seen_by_a({"a": {"back_table": HOUSE}, "b": {"back_table": {"seats": {"guard": {"positions": {}}}}}})
    assert paths(seatless, "homes") == {"preferences/a/b.yaml": ("back_table.seats.court",)}
    full = seen_by_a({"a": {"back_table": HOUSE}, "b": {"back_table": COURT}})
    assert item(full, "homes").state == "done"  # the press is a voice, and needs no seat
    assert item(full, "asked").state == "done"


def test_words_and_deeds_of_the_other_side_close_the_record() -> None:
    row = {"date": "2019-01-01", "actor": "b", "target": "a", "event": "came", "sign": 1, "kind": "deed", "source": "s"}
    case = build(WORTH, evidence=Evidence.model_validate({"events": [row]}))
    assert item(assess_readiness(case, "a"), "record").state == "done"
    assert paths(assess_readiness(small(), "a"), "record") == {"evidence/events.csv": ("b",)}


def test_a_draft_under_the_name_of_contours_closes_the_contours() -> None:
    draft = Document(name="Contours-2.txt", text="A draft.")
    case = build(WORTH, evidence=Evidence(documents=(draft,)))
    assert item(assess_readiness(case, "a"), "contours").state == "done"
    assert paths(assess_readiness(small(), "a"), "contours") == {"evidence/documents/contours.txt": ()}


@pytest.mark.parametrize(("age", "open_"), [(364, False), (366, True)])
def test_a_claim_counts_for_a_year(age: int, open_: bool) -> None:  # noqa: FBT001 (a parameter of pytest)
    day = DAY - dt.timedelta(days=age)
    case = build(WORTH, evidence=Evidence.model_validate({"claims": [{**ROW, "as_of": day.isoformat()}]}))
    assert (item(assess_readiness(case, "a"), "claims").state == "open") is open_


def test_a_newer_claim_of_the_same_holding_makes_the_old_one_do() -> None:
    rows = [{**ROW, "as_of": "2005"}, {**ROW, "as_of": "2018-12"}]
    case = build(WORTH, evidence=Evidence.model_validate({"claims": rows}))
    assert item(assess_readiness(case, "a"), "claims").state == "done"


def test_a_chain_of_tasks_starts_backward_from_the_meeting() -> None:
    checklist = {
        "one": {"what": "One", "takes": 10},
        "two": {"what": "Two", "takes": "2w", "after": "one"},
        "three": {"what": "Three", "takes": 3, "after": ["one"]},
        "past": {"what": "Past", "takes": 50, "done": True, "after": "two"},
    }
    found = assess_readiness(small({"checklist": checklist}, meets="2019-03-10"), "a")
    starts = {name: item(found, name).start for name in checklist}
    assert starts == {"one": "2019-02-14", "two": "2019-02-24", "three": "2019-03-07", "past": None}
    assert (item(found, "one").late, item(found, "two").late) == (True, False)
    assert found.left == 23


def test_without_a_meeting_no_task_has_a_last_day() -> None:
    assert {i.start for i in assess_readiness(small(), "a").items} == {None}


def test_what_the_party_accepts_is_told_from_what_is_done() -> None:
    found = assess_readiness(
        small({"checklist": {"fallback": {"done": True, "why": "known"}, "list-first": {"done": True}}}), "a"
    )
    assert (item(found, "fallback").state, item(found, "list-first").state) == ("accepted", "done")


def test_silence_that_the_back_table_says_is_meant_is_not_missing() -> None:
    table = {"seats": {"house": {"positions": {"x": {"some": 1}}}}}
    people = {"a": {"house": {"name": "House"}}}
    silent = assess_readiness(small({"back_table": table}, constituencies=people), "a")
    meant = assess_readiness(small({"back_table": {**table, "unnamed": "indifferent"}}, constituencies=people), "a")
    assert [place.paths for place in item(silent, "asked").places] == [("back_table: y",)]
    assert (item(silent, "asked").state, item(meant, "asked").state) == ("open", "done")


def test_talks_that_ended_after_the_cases_date_stay_out() -> None:
    assert assess_readiness(load("panama-1977"), "us").talks == ()
    assert {t.name for t in assess_readiness(load("korea-2019"), "us").talks} >= {"New START", "Singapore 2018", "Dayton 1995"}


def test_a_day_before_the_cases_date_is_refused() -> None:
    with pytest.raises(BadArgument, match="lies before it"):
        assess_readiness(small(), "a", DAY - dt.timedelta(days=1))


@pytest.mark.parametrize(("name", "party"), [("korea-2019", "us"), ("korea-2019", "dprk"), ("supply-contract", "buyer")])
def test_an_analyst_sees_what_the_party_itself_sees(name: str, party: str) -> None:
    assert assess_readiness(load(name), party) == assess_readiness(load(name, viewer=party), party)


def test_days_of_past_talks_are_the_days_between_their_dates() -> None:
    days = {(t.name, t.kind): t.days for t in lessons.talks()}
    assert days["Iran nuclear agreement (JCPOA)", "talks"] == 597
    assert days["Camp David 1978", "talks"] == 12
    assert all(t.days > 0 and t.source and t.status for t in lessons.talks())


def test_only_what_fits_the_case_is_asked() -> None:
    asked = {item.name for item in assess_readiness(small(), "a").items}
    assert not asked & {"speech", "concede", "prestige", "list-first"}
    assert not assess_readiness(small(), "a").talks
    states = assess_readiness(small(between="states"), "a")
    assert {item.name for item in states.items} - asked == {"speech"}
    assert states.talks
    own = small({"checklist": {"speech": {"done": True}}})
    assert item(assess_readiness(own, "a"), "speech").state == "done"
