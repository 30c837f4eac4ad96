from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from oracles import timetable as oracle
from summitry.kernels import timetable
from summitry.kernels._timetable_fast import _place

if TYPE_CHECKING:
    from summitry.kernels.timetable import Work

FAR = timetable.FAR


def work_of(rng: np.random.Generator, n: int, *, windows: bool = False, working: bool = False, longest: int = 8) -> Work:
    span = 12 * n * longest + 60
    days = np.arange(span)
    work = days[((days + int(rng.integers(7))) % 7 < rng.integers(4, 8)) & (rng.random(span) > 0.05)]
    count = int(work[-1]) + 1
    done = work[np.searchsorted(work, np.arange(count))]
    far = np.full(n, FAR)
    begin_by, end_by = far.copy(), far.copy()
    if windows:
        for k in range(n):
            if rng.random() < 0.4:
                end_by[k] = int(rng.integers(longest, (n + 1) * longest))
            if rng.random() < 0.2:
                begin_by[k] = int(rng.integers(0, n * longest))
    return timetable.Work(
        length=rng.integers(0, longest, n),
        opens=rng.integers(0, longest, n) * (rng.random(n) < 0.4),
        begin_by=begin_by,
        end_by=end_by,
        before=np.triu(rng.random((n, n)) < 0.2, 1),
        uses=rng.integers(0, 4, (n, 2)),
        room=np.array([3, 4]),
        next_workday=done,
        workdays=work,
        steps=np.searchsorted(work, np.arange(count)) if working else None,
    )


def check(work: Work, found: timetable.Timetable) -> None:
    for k in range(len(work.length)):
        start, end = int(found.start[k]), int(found.end[k])
        assert work.next_workday[start] == start >= work.opens[k]
        assert end == work.end(k, start) <= work.end_by[k]
        assert start <= work.begin_by[k]
        assert all(found.end[a] <= start for a in np.flatnonzero(work.before[:, k]))
    for day in range(int(found.last)):
        busy = (found.start <= day) & (found.end > day)
        assert (work.uses[busy].sum(axis=0) <= work.room).all()


@pytest.mark.parametrize("working", [False, True])
@pytest.mark.parametrize("windows", [False, True])
def test_the_timetable_is_the_best_of_all_orders(windows: bool, working: bool) -> None:  # noqa: FBT001 (pytest passes by name)
    rng = np.random.default_rng(3)
    states = set()
    for _ in range(60):
        work = work_of(rng, int(rng.integers(1, 7)), windows=windows, working=working)
        found, best = timetable.solve(work), oracle.shortest(work)
        states.add(found.state)
        assert found.state != "not found"
        assert (best is None) == (found.state == "impossible")
        if best is not None:
            check(work, found)
            assert found.last == found.bound == best
    assert states == ({"found", "impossible"} if windows else {"found"})


def test_larger_timetables_keep_every_limit_and_never_undercut_their_bound() -> None:
    rng = np.random.default_rng(4)
    for _ in range(5):
        work = work_of(rng, 12, longest=5)
        found = timetable.solve(work, nodes=200)
        check(work, found)
        assert found.last == int(found.end.max()) >= found.bound


@pytest.mark.parametrize("working", [False, True])
@pytest.mark.parametrize("windows", [False, True])
def test_the_exact_search_alone_finds_the_best_of_all_orders(windows: bool, working: bool) -> None:  # noqa: FBT001 (pytest passes by name)
    rng = np.random.default_rng(9)
    for _ in range(50):
        work = work_of(rng, int(rng.integers(1, 7)), windows=windows, working=working)
        if timetable.earliest(work) is None:
            continue
        found, whole = timetable._exact(work, FAR, 0, timetable.NODES)
        best = oracle.shortest(work)
        assert whole
        assert (best is None) == (found is None)
        if found is not None:
            check(work, found)
            assert found.last == best
            assert timetable._exact(work, found.last, 0, timetable.NODES) == (None, True)


def test_what_the_exact_search_remembers_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(10)
    works = [work_of(rng, 11, windows=k % 2 == 0, working=k % 3 == 0) for k in range(40)]
    works = [work for work in works if timetable.earliest(work) is not None]
    ends = []
    for entries in (timetable.ENTRIES, 16, 0):
        monkeypatch.setattr(timetable, "ENTRIES", entries)
        found = [timetable._exact(work, FAR, 0, 3_000_000) for work in works]
        assert all(whole for _, whole in found)
        ends.append([-1 if best is None else best.last for best, _ in found])
    assert ends[0] == ends[1] == ends[2]
    assert len(set(ends[0])) > len(works) // 2


def test_a_bound_holds_where_the_search_was_cut_off_and_where_tasks_may_begin_sooner() -> None:
    rng = np.random.default_rng(11)
    open_gaps = 0
    for k in range(40):
        work = work_of(rng, 5, working=k % 2 == 0)
        sooner = (work.opens * rng.random(5)).astype(np.int64)
        best, first = oracle.shortest(work), oracle.shortest(replace(work, opens=sooner))
        assert best is not None
        assert first is not None
        cut, whole = timetable.solve(work, nodes=4, since=sooner), timetable.solve(work, since=sooner)
        assert cut.bound <= first <= best <= cut.last
        assert (whole.bound, whole.last) == (first, best)
        open_gaps += cut.bound < first
    assert open_gaps


def test_rounded_capacities_let_in_whatever_fits_together() -> None:
    rng = np.random.default_rng(12)
    tighter = 0
    for _ in range(60):
        room = rng.integers(1, 12, 2)
        uses = rng.integers(0, room + 1, (7, 2))
        length = rng.integers(0, 9, 7)
        ask, top = timetable.cuts(uses, room, length)
        for size in range(1, 8):
            for some in combinations(range(7), size):
                if (uses[list(some)].sum(axis=0) <= room).all():
                    assert (ask[list(some)].sum(axis=0) <= top).all()
        assert (ask >= 0).all()
        days, plain = (ask * length[:, None]).sum(axis=0) / top, (uses * length[:, None]).sum(axis=0) / room
        tighter += days.max(initial=0.0) > plain.max() + 1e-9
    assert tighter


def test_changes_of_an_order_keep_every_limit_and_end_no_later() -> None:
    rng = np.random.default_rng(13)
    shorter = 0
    for k in range(12):
        work = work_of(rng, 20, windows=k % 2 == 0, working=k % 3 == 0)
        order = np.array(timetable.topological(work.before))
        plain = oracle.place(work, order)
        if plain is None:
            continue
        first = timetable.Timetable(*plain, int(plain[1].max()), 0)
        found = timetable._improve(work, first, 0, rng, 300)
        check(work, found)
        assert found.last == found.end.max() <= first.last
        shorter += found.last < first.last
    assert shorter


def test_the_compiled_placement_is_the_plain_one() -> None:
    rng = np.random.default_rng(5)
    for working in (False, True) * 20:
        work = work_of(rng, 7, windows=True, working=working)
        order = np.array(timetable.topological(work.before))
        priority = np.argsort(order).astype(float)
        start, end = np.zeros(7, dtype=np.int64), np.zeros(7, dtype=np.int64)
        last = _place(priority, *timetable._arrays(work), start, end)
        plain = oracle.place(work, order)
        assert (plain is None) == (last < 0)
        if plain is not None:
            assert (plain[0].tolist(), plain[1].tolist()) == (start.tolist(), end.tolist())


def test_more_room_never_takes_longer_and_a_longer_task_never_less() -> None:
    rng = np.random.default_rng(6)
    for _ in range(40):
        work = work_of(rng, 5)
        last = timetable.solve(work).last
        assert timetable.solve(replace(work, room=work.room + 1)).last <= last
        assert timetable.solve(replace(work, length=work.length + 1)).last >= last


def test_a_task_that_needs_more_than_there_is_is_impossible() -> None:
    work = work_of(np.random.default_rng(7), 3)
    assert timetable.solve(replace(work, uses=work.uses + 9)).state == "impossible"


def test_a_circle_is_named() -> None:
    work = work_of(np.random.default_rng(8), 3)
    circle = np.zeros((3, 3), dtype=np.bool_)
    circle[0, 1] = circle[1, 0] = True
    with pytest.raises(ValueError, match="circle"):
        timetable.solve(replace(work, before=circle))
