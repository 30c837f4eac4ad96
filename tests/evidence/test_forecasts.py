"""Forecasts that are written down, settled and scored; past answers forecast from what came before them alone."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators import build, write
from summitry import case
from summitry import open as open_case
from summitry.additions import Addition, add
from summitry.case.rows import Evidence, Forecast, Position
from summitry.errors import BadArgument, CaseInvalid, LinkMissing
from summitry.evidence.forecasts import PUT, REFUSED, Settled, brier_of, interval, log_of, past_answers, scores, settle

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.case.types import Case

VALUES = {
    "us": {"relief": {"some": -1, "all": -4}, "halt": {"full": 6}},
    "dprk": {"relief": {"some": 3, "all": 8}, "halt": {"full": -2}},
}
GIVERS = {"relief": "us", "halt": "dprk"}


def row(day: int, party: str, status: str, issue: str = "halt", option: str = "full", **more: str) -> Position:
    return Position.model_validate(
        {"date": f"2019-01-{day:02}", "party": party, "issue": issue, "option": option, "status": status, "source": "x", **more}
    )


def talk(*rows: Position, forecasts: tuple[Forecast, ...] = ()) -> Case:
    made = build(VALUES, givers=GIVERS, evidence=Evidence(positions=rows), settings={"principal": "us"})
    return made.model_copy(update={"forecasts": forecasts})


def forecast(package: str = "halt=full", until: str = "2019-01-31", chance: float = 0.7) -> Forecast:
    return Forecast.model_validate({"date": "2019-01-05", "until": until, "party": "dprk", "package": package, "chance": chance})


@pytest.mark.parametrize(
    ("rows", "package", "until", "outcome"),
    [
        ((row(10, "dprk", "accepted"),), "halt=full", "2019-01-31", "yes"),
        ((row(5, "dprk", "accepted"),), "halt=full", "2019-01-31", "no"),  # said before it was forecast
        ((row(20, "dprk", "accepted"),), "halt=full", "2019-01-15", "no"),  # too late
        ((), "halt=full", "2019-12-31", "open"),
        ((row(10, "us", "accepted"),), "halt=full", "2019-01-31", "no"),  # somebody else
        ((row(10, "dprk", "accepted"),), "halt=full relief=some", "2019-01-31", "no"),  # a part of it
        (
            (row(10, "dprk", "accepted"), row(11, "dprk", "accepted", "relief", "some")),
            "halt=full relief=some",
            "2019-01-31",
            "yes",
        ),
        ((row(10, "dprk", "accepted", by="us"),), "halt=full", "2019-01-31", "no"),  # a report binds nobody
    ],
)
def test_a_forecast_comes_true_where_its_party_says_yes_to_all_of_it_in_time(
    rows: tuple[Position, ...], package: str, until: str, outcome: str
) -> None:
    (settled,) = settle(talk(*rows, forecasts=(forecast(package, until),)))
    assert (settled.outcome, settled.chance) == (outcome, 0.7)


def test_what_is_taken_back_before_the_rest_comes_is_no_yes() -> None:
    rows = (row(10, "dprk", "accepted"), row(11, "dprk", "withdrawn"), row(12, "dprk", "accepted", "relief", "some"))
    (settled,) = settle(talk(*rows, forecasts=(forecast("halt=full relief=some"),)))
    assert settled.outcome == "no"


@given(
    st.lists(
        st.tuples(st.integers(1, 28), st.sampled_from(["us", "dprk"]), st.booleans(), st.booleans()), min_size=1, max_size=12
    )
)
def test_no_answer_is_forecast_from_its_own_day_or_later(drawn: list[tuple[int, str, bool, bool]]) -> None:
    rows = [
        row(day, party, "accepted" if yes else "refused", *(("halt", "full") if halt else ("relief", "some")))
        for day, party, yes, halt in drawn
    ]
    answers = past_answers(talk(*rows))
    for answer in answers:
        day = dt.date.fromisoformat(answer.date)
        before = [one for one in rows if one.date < day]
        later = [
            one.model_copy(update={"status": "refused" if one.status == "accepted" else "accepted"})
            for one in rows
            if one.date > day
        ]
        same = [one for one in rows if one.date == day]
        again = next(
            one for one in past_answers(talk(*before, *same, *later)) if (one.date, one.party, one.moves, one.yes) == _key(answer)
        )
        assert again.chances == answer.chances
        assert all(0.0 < chance < 1.0 for chance in answer.chances.values())


def _key(answer: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return answer.date, answer.party, answer.moves, answer.yes


def test_the_base_rate_and_the_record_by_hand() -> None:
    answers = past_answers(
        talk(
            row(1, "us", "demanded"),
            row(2, "dprk", "refused"),
            row(3, "us", "demanded"),
            row(4, "dprk", "refused"),
            row(5, "dprk", "accepted"),
        )
    )
    assert [answer.chances["base"] for answer in answers] == pytest.approx([1 / 2, 1 / 3, 1 / 4])
    assert [answer.chances["record"] for answer in answers] == pytest.approx([1 / 2, REFUSED, REFUSED])
    (met,) = past_answers(talk(row(1, "dprk", "floated"), row(2, "dprk", "accepted")))
    assert met.chances["record"] == PUT


def test_what_is_accepted_on_one_day_is_one_package_and_each_refusal_an_answer() -> None:
    rows = (row(2, "dprk", "accepted"), row(2, "dprk", "accepted", "relief", "some"), row(3, "us", "refused", "relief", "some"))
    assert [answer.moves for answer in past_answers(talk(*rows, row(3, "us", "refused", "relief", "all")))] == [
        {"halt": "full", "relief": "some"},
        {"relief": "some"},
        {"relief": "all"},
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans(), st.integers(0, 4)), min_size=1, max_size=30))
def test_scores_are_means_and_their_intervals_hold_them(drawn: list[tuple[float, bool, int]]) -> None:
    settled = [
        Settled("2019-01-01", f"2019-01-{day + 1:02}", "dprk", {"halt": "full"}, p, "yes" if y else "no", "", "")
        for p, y, day in drawn
    ]
    (score,) = scores(talk(), settled, ())
    came = np.array([y for _, y, _ in drawn], dtype=float)
    assert score.brier == pytest.approx(float(np.mean([(p - y) ** 2 for p, y, _ in drawn])))
    assert score.log == pytest.approx(
        float(-np.log(np.clip(np.where(came, [p for p, _, _ in drawn], [1 - p for p, _, _ in drawn]), 0.01, 0.99)).mean())
    )
    assert score.brier_range[0] <= score.brier_range[1]
    assert interval(np.ones(3), np.array(["a", "b", "c"])) == (1.0, 1.0)
    assert (brier_of(came, came) == 0.0).all()
    assert log_of(1.0 - came, came) == pytest.approx(-np.log(0.01))


def test_an_open_forecast_counts_in_no_score() -> None:
    assert not list(scores(talk(), settle(talk(forecasts=(forecast(until="2019-12-31"),))), ()))


def test_a_study_writes_what_it_forecasts_and_score_reads_it_as_its_writer_alone(tmp_path: Path) -> None:
    folder = write(talk(row(2, "us", "demanded"), row(3, "dprk", "refused")), tmp_path / "talk")
    prepare = open_case(str(folder)).prepare()
    paths = add(folder, prepare.question.additions(prepare.value))
    assert [path.relative_to(folder).as_posix() for path in paths] == ["preferences/us/forecasts.csv"]
    assert add(folder, prepare.question.additions(prepare.value)) == ()  # the same forecast is written once
    answer = open_case(str(folder)).score()
    assert {(one.party, one.outcome) for one in answer.forecasts} == {("dprk", "open")}
    assert answer.forecasts[0].chance == pytest.approx(prepare.value.rung.chosen.accept["dprk"], abs=5e-4)
    assert "THE ANSWERS OF THE RECORD" in answer.to_text()
    shutil.copy(folder / "preferences" / "us" / "us.yaml", folder / "preferences" / "dprk" / "us.yaml")
    assert not open_case(str(folder), viewer="dprk").score().forecasts
    assert not [problem for problem in case.check(folder) if "forecasts" in problem.file]


def test_rows_are_added_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = write(talk(row(2, "us", "demanded")), tmp_path / "talk")
    table = folder / "evidence" / "positions.csv"
    old = table.read_text(encoding="utf-8")
    heard = {"date": "2019-01-09", "party": "dprk", "issue": "halt", "option": "full", "status": "offered", "source": "heard"}
    with pytest.raises(CaseInvalid):
        add(folder, [Addition("evidence/positions.csv", {**heard, "date": "soon"})])
    assert table.read_text(encoding="utf-8") == old
    assert add(
        folder, [Addition("evidence/positions.csv", {**heard, "condition": "relief.some", "note": 'he said "yes", twice'})]
    ) == (table,)
    assert table.read_text(encoding="utf-8").splitlines()[1].startswith(old.splitlines()[1])
    rows = case.load(folder).evidence.positions
    assert (rows[-1].condition, rows[-1].note) == ("relief.some", 'he said "yes", twice')
    assert not [path for path in table.parent.iterdir() if path.name.startswith(".summitry")]
    with pytest.raises(BadArgument, match="is not a case folder of yours"):
        add("supply-contract", [])


def test_nothing_to_score_says_what_to_write() -> None:
    with pytest.raises(LinkMissing, match="--write"):
        open_case("supply-contract").score()
