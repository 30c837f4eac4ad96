"""The state of play by its stated rules, on rows made by hand, at random, and on the bundled cases."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, get_args

import pytest

from evidence import build
from summitry import load
from summitry.case.rows import Evidence, Position, PositionStatus
from summitry.case.types import Issue
from summitry.evidence.positions import GIVES, STATUSES, Positions, read_positions

if TYPE_CHECKING:
    from summitry.case.types import Case

ISSUES = {
    "list": Issue(title="A list", giver=("north",), options={"none": None, "part": None, "full": None}),
    "relief": Issue(title="Relief", giver=("west",), options={"none": None, "some": None}),
    "peace": Issue(title="Peace", giver=("west", "ally", "north"), options={"none": None, "signed": None}),
}


def at_table(*rows: tuple[str, str, str, str, str]) -> Case:
    made = build.case()
    positions = tuple(
        Position(date=dt.date.fromisoformat(d), party=p, issue=i, option=o, status=s, source=f"source {k}")  # type: ignore[arg-type] # checked by pydantic
        for k, (d, p, i, o, s) in enumerate(rows)
    )
    file = made.file.model_copy(update={"issues": ISSUES})
    return made.model_copy(update={"file": file, "evidence": Evidence(positions=positions)})


def seen(*rows: tuple[str, str, str, str, str]) -> Positions:
    found = read_positions(at_table(*rows))
    assert found is not None
    return found


def answer(found: Positions, party: str, option: str) -> tuple[str, str]:
    waiting = next(w for w in found.waiting if w.party == party and w.option == option)
    return waiting.answer, waiting.by


def test_a_case_without_positions_has_no_state_of_play() -> None:
    assert read_positions(at_table()) is None


def test_a_later_row_supersedes_and_a_withdrawal_ends() -> None:
    found = seen(
        ("2018-01-01", "north", "list", "part", "offered"),
        ("2018-03-01", "north", "list", "part", "withdrawn"),
        ("2018-02-01", "west", "list", "full", "demanded"),
        ("2018-04-01", "west", "list", "full", "demanded"),
    )
    (mine,), (theirs,) = found.board["list"]["north"], found.board["list"]["west"]
    assert (mine.status, mine.stands, mine.date) == ("withdrawn", False, "2018-03-01")
    assert (theirs.since, theirs.date, theirs.times) == ("2018-02-01", "2018-04-01", 2)
    assert found.table == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("2018-02-01", "north", "list", "full", "offered"), "met"),
        (("2018-02-01", "north", "list", "part", "offered"), "met in part"),
        (("2018-02-01", "north", "list", "part", "refused"), "refused"),
        (("2018-02-01", "north", "list", "full", "floated"), "floated"),
        (("2017-02-01", "north", "list", "full", "refused"), "open"),
        (("2018-02-01", "ally", "list", "full", "refused"), "open"),
        (("2018-02-01", "un", "list", "full", "offered"), "open"),
        (("2018-02-01", "north", "list", "none", "offered"), "open"),
    ],
)
def test_a_demand_is_answered_by_its_giver_later_and_as_far_as_the_options_tell(
    row: tuple[str, str, str, str, str], expected: str
) -> None:
    found = seen(("2018-01-01", "west", "list", "full", "demanded"), row)
    assert answer(found, "west", "full")[0] == expected


def test_a_refusal_of_more_leaves_a_demand_for_less_open() -> None:
    found = seen(("2018-01-01", "west", "list", "part", "demanded"), ("2018-02-01", "north", "list", "full", "refused"))
    assert answer(found, "west", "part")[0] == "open"


def test_what_is_repeated_after_a_refusal_waits_again() -> None:
    found = seen(
        ("2018-01-01", "west", "list", "full", "demanded"),
        ("2018-02-01", "north", "list", "full", "refused"),
        ("2018-03-01", "west", "list", "full", "demanded"),
    )
    assert answer(found, "west", "full") == ("reopened", "north")
    assert [w.party for w in found.unanswered] == ["west"]


def test_an_offer_waits_for_another_side_and_not_for_an_ally() -> None:
    rows = (("2018-01-01", "west", "relief", "some", "offered"), ("2018-02-01", "ally", "relief", "some", "accepted"))
    assert answer(seen(*rows), "west", "some")[0] == "open"
    assert answer(seen(*rows, ("2018-03-01", "north", "relief", "some", "refused")), "west", "some") == ("refused", "north")


def test_agreed_is_what_every_giver_gives_and_another_accepts() -> None:
    given = (("2018-01-01", "west", "relief", "some", "offered"), ("2018-02-01", "north", "relief", "some", "accepted"))
    assert seen(*given).agreements == ("relief.some",)
    assert seen(*given, ("2018-03-01", "west", "relief", "some", "withdrawn")).agreements == ()
    signed = [("2018-01-01", who, "peace", "signed", "accepted") for who in ("west", "ally", "north")]
    assert seen(*signed).agreements == ("peace.signed",)
    assert seen(*signed[:2]).agreements == ()


def test_a_point_that_is_taken_back_is_gone_back_on_and_its_demand_waits_again() -> None:
    rows = [
        ("2018-01-01", "west", "list", "full", "demanded"),
        ("2018-02-01", "north", "list", "part", "offered"),
        ("2018-03-01", "west", "list", "part", "accepted"),
        ("2018-03-01", "ally", "list", "part", "accepted"),
    ]
    assert seen(*rows).agreements == ("list.part",)
    assert answer(seen(*rows), "west", "full") == ("met in part", "north")
    found = seen(*rows, ("2018-04-01", "north", "list", "part", "withdrawn"))
    (gone,) = found.taken_back
    assert (found.agreements, gone.label, gone.by, gone.since, gone.until) == (
        (),
        "list.part",
        "north",
        "2018-03-01",
        "2018-04-01",
    )
    assert answer(found, "west", "full") == ("open", "")
    again = seen(*rows, ("2018-04-01", "north", "list", "part", "withdrawn"), ("2018-05-01", "north", "list", "part", "offered"))
    assert (again.agreements, again.taken_back) == (("list.part",), ())


def test_whoever_has_not_agreed_yet_is_named() -> None:
    found = seen(("2018-02-01", "north", "list", "part", "offered"), ("2018-03-01", "west", "list", "part", "accepted"))
    (partial,) = found.partial
    assert (found.agreements, partial.label, set(partial.agree), partial.missing) == (
        (),
        "list.part",
        {"north", "west"},
        ("ally",),
    )


def test_a_superseded_offer_answers_nothing_and_does_not_come_back() -> None:
    rows = [
        ("2018-01-01", "west", "list", "full", "demanded"),
        ("2018-02-01", "north", "list", "part", "offered"),
        ("2018-03-01", "north", "list", "full", "offered"),
    ]
    assert {s.option for s in seen(*rows).table} == {"full"}
    found = seen(*rows, ("2018-04-01", "north", "list", "full", "withdrawn"))
    assert (found.table, answer(found, "west", "full")) == ((), ("open", ""))


@pytest.mark.parametrize(
    ("before", "later", "left"),
    [("full", "part", {"part"}), ("full", "full", {"full"}), ("part", "full", {"part", "full"})],
)
def test_who_asks_for_a_return_no_longer_gives_as_much_for_nothing(before: str, later: str, left: set[str]) -> None:
    case = at_table(("2018-02-01", "north", "list", before, "offered"), ("2018-03-01", "north", "list", later, "offered"))
    first, second = case.evidence.positions
    on_condition = second.model_copy(update={"condition": "unstated"})
    found = read_positions(case.model_copy(update={"evidence": Evidence(positions=(first, on_condition))}))
    assert found is not None
    assert {s.option for s in found.table} == left


def test_a_move_is_called_by_its_direction() -> None:
    found = seen(
        ("2018-01-01", "west", "list", "full", "demanded"),
        ("2018-02-01", "west", "list", "part", "demanded"),
        ("2018-03-01", "north", "list", "part", "offered"),
        ("2018-04-01", "north", "list", "full", "refused"),
        ("2018-05-01", "north", "list", "part", "withdrawn"),
        ("2018-06-01", "north", "list", "full", "tabled"),
    )
    assert [(s.party, s.direction) for s in found.shifts] == [
        ("west", "further"),
        ("north", "same"),
        ("north", "back"),
        ("north", "further"),
    ]


def test_whoever_is_not_in_the_room_stands_apart_and_what_came_later_is_not_known() -> None:
    found = seen(
        ("2018-01-01", "un", "list", "full", "demanded"),
        ("2018-01-01", "north", "relief", "some", "demanded"),
        ("2019-02-16", "west", "relief", "some", "offered"),
    )
    assert [s.party for s in found.outside] == ["un"]
    assert "list" not in found.board
    assert found.untouched == ("list", "peace")
    assert found.table == ()


def replayed(rows: list[tuple[str, str, str, str, str]]) -> set[tuple[str, str, str]]:
    """What stands by playing the days one after the other: an offer clears earlier ones, a no what gives as much or more."""
    stands: dict[tuple[str, str, str], str] = {}
    for day in sorted({row[0] for row in rows}):
        today = sorted((row for row in rows if row[0] == day), key=lambda row: STATUSES.index(row[4]))
        before = dict(stands)
        for _, party, issue, option, status in today:
            options = list(ISSUES[issue].options)
            for key, was in [(key, was) for key, was in before.items() if key[:2] == (issue, party)]:
                clears = status in GIVES and was != "accepted" and key[2] != option
                refuses = status in {"refused", "withdrawn"} and options.index(key[2]) >= options.index(option)
                if clears or refuses:
                    stands.pop(key, None)
        for _, party, issue, option, status in today:
            stands.pop((issue, party, option), None)
            if status in GIVES and party in ISSUES[issue].giver:
                stands[issue, party, option] = status
    return set(stands)


def test_the_board_is_the_last_row_of_each_party_and_option_on_random_records() -> None:
    rng = random.Random(20190215)  # noqa: S311 (a test's own draws)
    statuses = get_args(PositionStatus)
    for _ in range(200):
        rows = []
        for _ in range(rng.randrange(1, 25)):
            issue = rng.choice(list(ISSUES))
            day = dt.date(2018, 1, 1) + dt.timedelta(days=rng.randrange(30))
            option = rng.choice(list(ISSUES[issue].options))
            rows.append((day.isoformat(), rng.choice(("west", "ally", "north")), issue, option, rng.choice(statuses)))
        found = seen(*rows)
        last: dict[tuple[str, str, str], tuple[str, str]] = {}
        for day_, party, issue, option, status in sorted(rows, key=lambda row: (row[0], STATUSES.index(row[4]))):
            last[issue, party, option] = status, day_
        board = {(i, p, s.option): (s.status, s.date) for i, of in found.board.items() for p, ss in of.items() for s in ss}
        assert board == last
        assert {(s.issue, s.party, s.option) for s in found.table} == replayed(rows)
        assert set(found.unanswered) <= set(found.waiting)


def test_every_cell_of_the_bundled_boards_has_its_source() -> None:
    for name in ("korea-2019", "panama-1977", "supply-contract"):
        found = read_positions(load(name))
        assert found is not None
        assert all(s.source for of in found.board.values() for stands in of.values() for s in stands)


def test_korea_waits_for_a_list_and_has_no_agreed_option() -> None:
    found = read_positions(load("korea-2019"))
    assert found is not None
    assert found.agreements == ()
    assert answer(found, "us", "full") == ("reopened", "dprk")
    assert answer(found, "us", "facilities") == ("refused", "dprk")
    assert {s.party for s in found.outside} == {"china", "russia"}


def test_panama_agreed_three_principles() -> None:
    found = read_positions(load("panama-1977"))
    assert found is not None
    assert set(found.agreements) == {"jurisdiction.shared", "panama-defense.shared", "compensation.shared"}
