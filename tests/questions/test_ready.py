"""What is prepared, in words."""

from __future__ import annotations

import dataclasses

import pytest

from summitry.answers import Answer, open_case
from summitry.case import lessons
from summitry.plan.readiness import Area, Place, Readiness
from summitry.wording import messages


@pytest.fixture(scope="module")
def ready() -> Answer[Readiness]:
    answer: Answer[Readiness] = open_case("korea-2019").ready()
    return answer


def text(answer: Answer[Readiness], **changes: object) -> str:
    value = dataclasses.replace(answer.value, **changes)  # type: ignore[arg-type] # fields of the result
    return Answer(answer.question, value, answer.wording.names).to_text(10_000)


def test_every_item_and_part_of_the_bundled_list_has_its_words() -> None:
    for point in lessons.points():
        assert {f"ready.item.{point.name}", f"ready.take.{point.name}", f"ready.area.{point.area}"} <= messages().keys()
    names = {point.name for point in lessons.points()}
    assert {code.removeprefix("ready.item.") for code in messages() if code.startswith("ready.item.")} == names


def test_an_item_is_told_by_its_state_its_places_and_its_last_day(ready: Answer[Readiness]) -> None:
    item = dataclasses.replace(
        ready.value.items[0], what="Chairs", area="own", state="open", take=None, days=2, owner="Ann", start="2019-02-01",
        late=True, why="", places=(Place("a.yaml", ()), Place("b.yaml", ("x", "y", "z")), Place("c.yaml", tuple("stuv"))),
    )  # fmt: skip
    shown = text(ready, items=(item,), areas=(Area("own", 0, 1),))
    assert "MISSING: Our own list\n  No: Chairs (Ann)\n" in shown
    assert "a.yaml is missing" in shown
    assert "b.yaml: x; y; z\n" in shown
    assert "c.yaml: s; t; u; 4 in all" in shown
    assert "2 days; start by 2019-02-01, too late" in shown
    early = text(ready, items=(dataclasses.replace(item, late=False),), areas=(Area("own", 0, 1),))
    assert "2 days; start by 2019-02-01\n" in early


def test_what_is_accepted_is_told_with_its_reason_or_that_there_is_none(ready: Answer[Readiness]) -> None:
    item = dataclasses.replace(ready.value.items[0], what="Chairs", area="own", state="accepted", why="we stand", owner="")
    areas = (Area("own", 1, 1),)
    assert "Accepted: Chairs; we stand" in text(ready, items=(item,), areas=areas)
    assert "Accepted: Chairs; no reason given" in text(ready, items=(dataclasses.replace(item, why=""),), areas=areas)
    assert "MISSING" not in text(ready, items=(dataclasses.replace(item, state="done"),), areas=areas)


def test_the_time_left_is_told_where_there_is_a_meeting(ready: Answer[Readiness]) -> None:
    assert "The meeting is on 2019-02-27, announced 22 days before; 12 days left." in text(ready)
    assert "announced 22 days before; that has passed." in text(ready, left=-1)
    assert "The case names no meeting" in text(ready, meets=None, left=None)
    assert "stay out" not in text(ready, later=0)
