from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.case.types import Calendar
from summitry.errors import BadArgument
from summitry.plan.conflicts import fit_limits
from summitry.plan.exposure import Stakes, exposed_days, moments, move_later
from summitry.plan.timeline import Shift, list_shifts
from summitry.sequence.calendar import Act, Agenda, Limits, agenda, days

EVERY = Calendar()
WEEK = Calendar(working_days=("mon", "tue", "wed", "thu", "fri"), holidays={dt.date(2024, 2, 29): "Leap Day"})
WORKING = WEEK.model_copy(update={"durations": "working"})
FREE = Limits(None, {})


def act(issue: str, phase: int = 1, length: int = 10, lag: int = 5, *, after: tuple[int, ...] = (), **more: object) -> Act:
    fields = {"earliest": None, "latest": None, "expires": None, "uses": {}, "checks": {}, "seen": ()} | more
    return Act(issue, phase, length, lag, after=after, **fields)  # type: ignore[arg-type] # the test names fields by word


def in_phases(acts: list[Act]) -> list[Act]:
    """Acts that each wait until all of the earlier phases are seen to be done."""
    return [replace(one, seen=tuple(k for k, other in enumerate(acts) if other.phase < one.phase)) for one in acts]


@pytest.mark.parametrize("first", [dt.date(y, 1, 1) for y in (1999, 2000, 2023, 2024, 2100)])
def test_every_day_of_a_year_is_counted_once_and_ends_where_the_calendar_says(first: dt.date) -> None:
    on = days(EVERY, first, 1000)
    for length in (0, 1, 28, 29, 30, 59, 60, 365, 366, 400):
        for start in (0, 30, 58, 59, 60, 364, 365):
            assert on.date(on.end(start, length)) == first + dt.timedelta(days=start + length)
    assert [on.date(k) for k in range(400)] == [first + dt.timedelta(days=k) for k in range(400)]


@pytest.mark.parametrize("calendar", [WEEK, WORKING])
def test_nothing_begins_or_ends_on_a_day_off_and_an_end_moves_no_further_than_it_must(calendar: Calendar) -> None:
    on = days(calendar, dt.date(2023, 12, 25), 600)
    for start in on.workdays[:200].tolist():
        for length in range(40):
            end = on.end(start, length)
            assert not on.reason(end)
            if calendar is WEEK:
                assert all(on.reason(d) for d in range(start + length, end))
            else:
                assert sum(not on.reason(d) for d in range(start, end)) == length


def test_days_off_are_named_by_their_reason() -> None:
    on = days(WEEK, dt.date(2024, 2, 26), 30)
    assert [on.reason(k) for k in range(7)] == ["", "", "", "Leap Day", "", "a Saturday", "a Sunday"]


def shifts_of(acts: list[Act], found: Agenda) -> tuple[Shift, ...]:
    count = len(acts)
    line = SimpleNamespace(acts=acts, agenda=found, listed=np.arange(count), numbers=range(1, count + 1))
    line.date = lambda number: found.days.date(number).isoformat()
    return list_shifts(line)  # type: ignore[arg-type] # what it reads


def acts_of(rng: np.random.Generator, n: int, resources: bool = True) -> list[Act]:  # noqa: FBT001, FBT002 (a test's switch)
    found: list[Act] = []
    phase = 1
    for k in range(n):
        phase += int(rng.random() < 0.4)
        after = tuple(j for j in range(k) if rng.random() < 0.2)
        uses, checks = ({"teams": int(rng.integers(0, 3))}, {"inspectors": int(rng.integers(0, 3))}) if resources else ({}, {})
        made = act(f"i{k}", phase, int(rng.integers(1, 60)), int(rng.integers(0, 20)), after=after, uses=uses, checks=checks)
        found.append(made)
    return in_phases(found)


ROOM = {"teams": 2, "inspectors": 2}


@pytest.mark.parametrize("calendar", [EVERY, WEEK, WORKING])
def test_a_plan_keeps_order_prerequisites_and_capacities_on_every_day(calendar: Calendar) -> None:
    rng = np.random.default_rng(1)
    for _ in range(12):
        acts = acts_of(rng, 6)
        found = agenda(acts, calendar, dt.date(2024, 1, 15), Limits(None, ROOM))
        assert found is not None
        assert found.last == found.bound == found.close.max()
        for k, one in enumerate(acts):
            assert found.start[k] <= found.end[k] <= found.check[k] <= found.close[k]
            assert all(found.end[j] <= found.start[k] for j in one.after)
            assert all(found.close[j] <= found.start[k] for j in one.seen)
            assert not any(found.days.reason(int(d)) for d in (found.start[k], found.end[k], found.check[k], found.close[k]))
        for day in range(found.last):
            for name, most in ROOM.items():
                busy = sum(a.uses.get(name, 0) for k, a in enumerate(acts) if found.start[k] <= day < found.end[k])
                busy += sum(a.checks.get(name, 0) for k, a in enumerate(acts) if found.check[k] <= day < found.close[k])
                assert busy <= most


def test_sixty_steps_that_share_teams_are_proven_shortest() -> None:
    rng = np.random.default_rng(7)
    acts = in_phases([replace(one, phase=1 + k // 10, after=one.after[-2:]) for k, one in enumerate(acts_of(rng, 60))])
    found = agenda(acts, WEEK, dt.date(2024, 1, 15), Limits(None, {"teams": 3, "inspectors": 2}))
    assert found is not None
    assert found.last == found.bound == found.close.max()


@pytest.mark.parametrize("calendar", [WEEK, WORKING])
def test_no_date_moves_without_being_listed_with_its_reason(calendar: Calendar) -> None:
    rng = np.random.default_rng(2)
    moved = 0
    for _ in range(15):
        acts = acts_of(rng, 5, resources=False)
        found = agenda(acts, calendar, dt.date(2024, 2, 1), FREE)
        assert found is not None
        told = shifts_of(acts, found)
        moved += len(told)
        ends = {s.step: s for s in told if s.what == "end"}
        for k, one in enumerate(acts):
            due = found.days.date(found.days.due(int(found.start[k]), one.days))
            end = found.days.date(int(found.end[k]))
            assert (due == end) == (f"S{k + 1}" not in ends)
        assert all(s.why and s.moved > s.due for s in told)
    assert moved or calendar is WORKING


def test_a_start_that_the_calendar_could_not_wait_for_moves_nothing() -> None:
    acts = acts_of(np.random.default_rng(2), 3, resources=False)
    found = agenda(acts, WEEK, dt.date(2024, 2, 1), FREE)
    assert found is not None
    far = [replace(one, earliest=dt.date(2034, 1, 1)) for one in acts]  # the conflict is told elsewhere
    told = [shifts_of(some, found) for some in (acts, far)]
    assert told[0] == told[1]


def test_a_plan_over_a_leap_year_and_a_year_end_lasts_as_many_days() -> None:
    for first in (dt.date(2023, 12, 20), dt.date(2024, 1, 31), dt.date(2024, 2, 28), dt.date(2100, 2, 28)):
        found = agenda(in_phases([act("a", 1, 60, 30), act("b", 2, 60, 30)]), EVERY, first, FREE)
        assert found is not None
        assert found.days.date(found.last) == first + dt.timedelta(days=180)


def test_durations_beyond_any_calendar_are_refused_in_words() -> None:
    acts = [act("a", 1, 365_000, 365_000), act("b", 2, 365_000, 365_000)]
    with pytest.raises(BadArgument, match="may take 4,000 years"):
        agenda(acts, Calendar(), dt.date(2499, 12, 31), Limits(None, {}))


def tight(rng: np.random.Generator) -> tuple[list[Act], Limits, dt.date]:
    first = dt.date(2024, 1, 1)

    def date(most: int) -> dt.date | None:
        return first + dt.timedelta(days=int(rng.integers(0, most))) if rng.random() < 0.4 else None

    acts = [replace(one, latest=date(200), expires=date(120)) for one in acts_of(rng, 4)]
    for k, one in enumerate(acts):
        early = date(100)
        acts[k] = replace(one, earliest=early if one.latest is None or early is None or early <= one.latest else None)
    return acts, Limits(date(250), {"teams": int(rng.integers(0, 3)), "inspectors": int(rng.integers(0, 3))}), first


def test_advice_for_what_does_not_fit_makes_it_fit_and_less_does_not() -> None:
    rng = np.random.default_rng(3)
    seen: set[str] = set()
    for _ in range(60):
        acts, limits, first = tight(rng)
        fits = agenda(acts, WEEK, first, limits) is not None
        found = fit_limits(acts, WEEK, first, limits)
        assert fits == (not found.conflicts)
        assert found.agenda is not None
        if fits:
            continue
        seen |= {c.kind for c in found.conflicts}
        applied = [c for c in found.conflicts if c.applied]
        eased, room = advised(acts, limits, applied)
        assert agenda(eased, WEEK, first, room) is not None
        if len(applied) == 1 and applied[0].by == 1:
            continue
        if len(applied) == 1:
            nearly = [replace(applied[0], needed=less(applied[0]))]
            assert agenda(*((a := advised(acts, limits, nearly))[0], WEEK, first, a[1])) is None
    assert seen >= {"latest", "horizon", "capacity"}


def less(conflict: object) -> str:
    kind, needed = conflict.kind, conflict.needed  # type: ignore[attr-defined] # a Conflict
    if kind == "capacity":
        return str(int(needed) - 1)
    return (dt.date.fromisoformat(needed) + dt.timedelta(days=1 if kind == "earliest" else -1)).isoformat()


def advised(acts: list[Act], limits: Limits, applied: list) -> tuple[list[Act], Limits]:  # type: ignore[type-arg] # Conflicts
    room, horizon = dict(limits.room), limits.horizon
    for c in applied:
        if c.kind == "capacity":
            room[c.about] = int(c.needed)
        elif c.kind == "horizon":
            horizon = dt.date.fromisoformat(c.needed)
        else:
            date = dt.date.fromisoformat(c.needed)
            acts = [replace(a, **{c.kind: date}) if a.issue == c.about else a for a in acts]  # type: ignore[arg-type] # one date
    return acts, Limits(horizon, room)


def test_limits_of_one_conflict_can_be_kept_without_any_one_of_them() -> None:
    found = fit_limits(
        in_phases([act("a", 1, 30, 10, latest=dt.date(2024, 1, 10)), act("b", 2, 30, 10)]),
        EVERY, dt.date(2024, 1, 1), Limits(dt.date(2024, 3, 1), {}),
    )  # fmt: skip
    assert [(c.kind, c.needed, c.by) for c in found.conflicts] == [("latest", "2024-01-31", 21), ("horizon", "2024-03-21", 20)]


def test_moving_acts_later_exposes_nobody_more_and_ends_no_later() -> None:
    rng = np.random.default_rng(4)
    better = 0
    for _ in range(15):
        acts = acts_of(rng, 6)
        giver = np.array([[one.phase % 2 == side for side in (0, 1)] for one in acts])
        held = np.where(giver, -rng.random((6, 2)), rng.random((6, 2)))
        none = np.zeros((0, 6), dtype=np.bool_)
        stakes = Stakes(held, giver, none, none, np.zeros((0, 2)), np.zeros(2))
        limits = Limits(None, ROOM)
        found = agenda(acts, WEEK, dt.date(2024, 1, 1), limits)
        assert found is not None
        moved = move_later(acts, found, limits, stakes)
        before, after = exposed_days(found, stakes), exposed_days(moved, stakes)
        assert (after <= before + 1e-9).all()
        better += bool((after < before - 1e-9).any())
        assert moved.last == found.last >= moved.close.max()
        assert (moved.start >= found.start).all()
        for a, b in pairwise(sorted({one.phase for one in acts})):
            ends = max(moved.close[k] for k, one in enumerate(acts) if one.phase == a)
            assert ends <= min(moved.start[k] for k, one in enumerate(acts) if one.phase == b)
    assert better


def test_a_plan_that_lacks_only_units_is_told_the_fewest_that_do() -> None:
    acts = [act("a", uses={"teams": 2}), act("b", uses={"teams": 3}, after=(0,)), act("c", checks={"teams": 1})]
    found = fit_limits(acts, EVERY, dt.date(2024, 1, 1), Limits(None, {"teams": 1}))
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.about, conflict.limit, conflict.needed, conflict.by) == ("capacity", "teams", "1", "3", 2)
    assert conflict.what.code == "plan.limit.capacity"
    assert found.agenda is not None
    assert agenda(acts, EVERY, dt.date(2024, 1, 1), Limits(None, {"teams": 3})) is not None
    assert agenda(acts, EVERY, dt.date(2024, 1, 1), Limits(None, {"teams": 2})) is None


def test_a_limit_that_lies_years_before_the_plan_is_moved_as_far_as_it_must() -> None:
    first = dt.date(2024, 1, 1)
    found = fit_limits([act("a", 1, 30, 10, latest=dt.date(1984, 1, 1))], EVERY, first, FREE)
    assert [(c.kind, c.needed) for c in found.conflicts] == [("latest", "2024-01-31")]


@given(st.integers(0, 2**32 - 1))
def test_an_amount_counts_for_givers_and_losers_when_done_and_for_receivers_when_seen(seed: int) -> None:
    """Two acts that are verified later: a slow twin counts day by day what each party has of each act."""
    rng = np.random.default_rng(seed)
    acts = [act(f"i{k}", int(rng.integers(1, 4)), int(rng.integers(1, 30)), int(rng.integers(1, 20))) for k in range(4)]
    acts = in_phases(acts)
    held, giver = rng.normal(size=(4, 2)).round(3), rng.random((4, 2)) < 0.5
    found = agenda(acts, EVERY, dt.date(2024, 1, 1), FREE)
    assert found is not None
    none = np.zeros((0, 4), dtype=np.bool_)
    day, holds, _ = moments(found, Stakes(held, giver, none, none, np.zeros((0, 2)), np.zeros(2)))
    for number in range(found.last + 1):
        expected = np.zeros(2)
        for k, p in np.ndindex(4, 2):
            at_once = giver[k, p] or held[k, p] < 0
            expected[p] += held[k, p] if number >= (found.end if at_once else found.close)[k] else 0.0
        assert holds[np.flatnonzero(day <= number)[-1]] == pytest.approx(expected, abs=1e-9)


def test_an_act_counts_for_its_giver_when_done_a_loss_too_and_a_receipt_when_seen() -> None:
    found = agenda([act("a", 1, 10, 5)], EVERY, dt.date(2024, 1, 1), FREE)
    assert found is not None
    none = np.zeros((0, 1), dtype=np.bool_)

    def counted(amount: float, *, gives: bool) -> int:
        stakes = Stakes(np.array([[amount]]), np.array([[gives]]), none, none, np.zeros((0, 1)), np.zeros(1))
        day, holds, _ = moments(found, stakes)
        return int(day[np.flatnonzero(holds[:, 0] == amount)[0]])

    end, seen = int(found.end[0]), int(found.close[0])
    assert end < seen
    assert [counted(2.0, gives=True), counted(-2.0, gives=True), counted(-2.0, gives=False)] == [end] * 3
    assert counted(2.0, gives=False) == seen
