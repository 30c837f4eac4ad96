"""Laws of time: the bound lies below every order, and what a verdict says of time is what the plan finds."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings

from generators import build as small
from generators import cases
from oracles import phases as oracle
from oracles.in_time import some_order_fits
from summitry import case
from summitry.deals import rung
from summitry.deals.gates import judge, openings
from summitry.evidence.conduct import record
from summitry.kernels.phases import length
from summitry.model import Model, build
from summitry.plan.schedule import lay_out
from summitry.sequence import horizon, orders
from summitry.sequence.critical_path import least_days

if TYPE_CHECKING:
    from summitry.case.types import Case

START, TRUST = dt.date(2019, 2, 15), (0.3, 0.5, 0.7)
NAMES = pytest.mark.parametrize("name", ["korea-2019", "supply-contract"])
TRUSTING = {"us": {"trust": {"dprk": {"prior": 0.5}}}, "dprk": {"trust": {"us": {"prior": 0.5}}}}
EVEN = {
    "us": {"list": {"full": 3}, "relief": {"some": -2}},
    "dprk": {"list": {"full": -2}, "relief": {"some": 3}},
}
EACH_10 = {name: {"takes": 10, "recoverable": 0} for name in ("list", "relief")}
GIVERS = {"list": "dprk", "visits": "dprk", "relief": "us", "aid": "us"}
WORTH = {
    "us": {"list": {"full": 9}, "visits": {"yes": 6}, "relief": {"some": -2}, "aid": {"food": -2}},
    "dprk": {"list": {"full": -2}, "visits": {"yes": -2}, "relief": {"some": 9}, "aid": {"food": 6}},
}


@cache
def model(name: str) -> Model:
    opened = case.load(name)
    return build(opened, draws=64, record=record(opened))


def packages(made: Model, count: int, share: float = 0.4) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    rng = np.random.default_rng(3)
    rows = [[rng.integers(0, size) if rng.random() < share else 0 for size in made.sizes] for _ in range(count)]
    return made.closure(np.array(rows, dtype=np.int64))


def swap(**file: Any) -> Model:  # noqa: ANN401 (whatever case.yaml may hold)
    opened = small(WORTH, givers=GIVERS, preferences=TRUSTING, **file)
    return build(opened, draws=256, record=record(opened))


@given(cases(parties=(2, 3), issues=(2, 4), evidence=False))
@settings(max_examples=60)
def test_the_bound_is_the_longest_chain_of_prerequisites_and_the_length_of_everything_at_once(drawn: Case) -> None:
    made = build(drawn, draws=0)
    rows = packages(made, 6, 0.7)
    for row, bound in zip(rows, least_days(made, rows), strict=True):
        parts = orders.steps(made, row)
        work = orders.work_of(made, parts)
        required = {(int(a), int(b)): int(work.after[a, b]) for a, b in np.argwhere(work.required)}
        if parts.count:
            assert bound == oracle.length(work.days.tolist(), work.lag.tolist(), required, [])
            assert bound == length(work, orders.at_once(made, parts).waits)


@given(cases(parties=(2, 3), issues=(2, 4), evidence=False))
@settings(max_examples=60)
def test_no_order_that_is_shown_is_quicker_than_the_bound(drawn: Case) -> None:
    made = build(drawn, draws=0, record=record(drawn))
    rows = packages(made, 4, 0.7)
    for row, bound in zip(rows, least_days(made, rows), strict=True):
        parts = orders.steps(made, row)
        for order in horizon.to_try(made, parts) if parts.count else ():
            assert length(orders.work_of(made, parts), order.waits) >= bound


@NAMES
def test_the_bound_of_many_packages_is_that_of_each(name: str) -> None:
    made = model(name)
    rows = packages(made, 40)
    assert least_days(made, rows).tolist() == [int(least_days(made, row[None])[0]) for row in rows]


def test_a_prerequisite_of_another_side_is_seen_first_and_one_of_the_same_side_only_done() -> None:
    takes = {name: {"takes": 10} for name in GIVERS}
    row = {"list": "full", "relief": "some", "visits": "yes"}
    free = swap(issues=takes)
    own = swap(issues=takes | {"visits": {"takes": 10, "requires": {"yes": "list.full"}}})
    tied = swap(
        issues=takes
        | {
            "relief": {"takes": 10, "requires": {"some": "list.full"}},
            "visits": {"takes": 10, "requires": {"yes": "relief.some"}},
        }
    )
    assert [int(least_days(made, made.row(row)[None])[0]) for made in (free, own, tied)] == [40, 50, 120]


@NAMES
def test_a_verdict_and_the_plan_agree_on_what_can_be_done_in_time(name: str) -> None:
    made = model(name)
    said = []
    for row in packages(made, 60, {"korea-2019": 0.25}.get(name, 0.7)):
        if made.faults(row) or not orders.steps(made, row).count:
            continue
        gate = judge(made, row).gates[-1]
        assert gate.name == "time"
        planned = lay_out(made, orders.steps(made, row), "", made.signed)
        if planned is None:
            assert gate.passed is not True
            continue
        assert (gate.passed is True) == (not planned[0].conflicts)
        said.append(gate.passed)
        if gate.passed:
            assert gate.score == (dt.date.fromisoformat(planned[0].end) - made.signed).days
    assert {True, False} <= set(said)


def test_the_first_rung_is_one_that_can_be_done_in_time() -> None:
    slow = {"list": {"takes": 200}}
    late, long = swap(issues=slow), swap(issues=slow, settings={"horizon": 300})
    whole = {"list": "full", "visits": "yes"}
    best = rung.first_rung(long, "us").best
    assert best is not None
    assert whole.items() <= best.moves.items()
    found = rung.first_rung(late, "us")
    assert found.best is not None
    assert "list" not in found.best.moves
    assert found.failing["time"] > 0
    verdict = judge(late, late.row(best.moves))
    assert [gate.name for gate in verdict.gates if gate.passed is False] == ["time"]


def test_where_nothing_can_be_done_in_time_the_nearest_miss_says_by_when() -> None:
    made = swap(issues={name: {"takes": 200} for name in GIVERS})
    found = rung.first_rung(made, "us")
    assert found.best is None
    assert found.nearest is not None
    opens = next(change for change in found.nearest.opens if change.gate == "time")
    start = made.as_of
    assert opens.what.values["before"] == (start + dt.timedelta(days=180)).isoformat()
    days = (dt.date.fromisoformat(opens.what.values["after"]) - start).days
    other = swap(issues={name: {"takes": 200} for name in GIVERS}, settings={"horizon": days})
    assert judge(other, other.row(found.nearest.moves)).gates[-1].passed
    short = swap(issues={name: {"takes": 200} for name in GIVERS}, settings={"horizon": days - 1})
    assert judge(short, short.row(found.nearest.moves)).gates[-1].passed is False


def test_a_chit_that_expires_before_its_turn_is_late_whatever_the_horizon() -> None:
    made = swap(issues={"relief": {"expires": "2019-02-20", "requires": {"some": "list.full"}}}, settings={"horizon": 3000})
    verdict = judge(made, made.row({"list": "full", "relief": "some"}))
    gate = verdict.gates[-1]
    assert gate.passed is False
    assert gate.why.code == "gate.time.windows"


def test_without_trust_everything_is_tried_at_once() -> None:
    opened = small(WORTH, givers=GIVERS, issues={"list": {"takes": 400}})
    made = build(opened, draws=256)
    row = {"relief": "some", "visits": "yes"}
    gate = judge(made, made.row(row)).gates[-1]
    assert gate.passed
    assert (gate.why.code, gate.score) == ("gate.time.free", least_days(made, made.row(row)[None])[0])
    assert judge(made, made.row(row | {"list": "full"})).gates[-1].passed is False


def test_what_no_calendar_is_kept_for_is_not_tested_and_stops_no_search() -> None:
    long = {name: {"takes": 300_000} for name in ("list", "visits")}
    made = swap(issues=long, settings={"horizon": 365_000})
    found = rung.first_rung(made, "us")
    assert found.best is not None
    assert {"list", "visits"} <= set(found.best.moves)
    gate = found.best.gates[-1]
    assert gate.passed is None
    assert "a calendar is kept for" in gate.why.values["why"].values["problem"]


def timed(seed: int) -> tuple[Model, tuple[int, ...]]:
    """A case of four issues with lags, several givers, expiries, windows and prerequisites drawn, and a package of it."""
    rng = np.random.default_rng(seed)
    names = [f"i{k}" for k in range(4)]
    givers: dict[str, list[str]] = {}
    issues: dict[str, dict[str, Any]] = {}
    worth: dict[str, dict[str, dict[str, float]]] = {"us": {}, "rok": {}, "dprk": {}}
    for k, name in enumerate(names):
        givers[name] = [["us"], ["rok"], ["us", "rok"], ["dprk"], ["dprk"]][int(rng.integers(5))]
        issues[name] = {"takes": int(rng.integers(60)), "lag": int(rng.integers(40)), "verified_by": {"yes": "inspection"}}
        if rng.random() < 0.3:
            issues[name]["expires"] = START + dt.timedelta(days=int(rng.integers(1, 120)))
        if rng.random() < 0.3:
            opens = int(rng.integers(0, 40))
            window = {"earliest": opens, "latest": opens + int(rng.integers(60, 140))}
            issues[name]["window"] = {end: START + dt.timedelta(days=day) for end, day in window.items()}
        if k and rng.random() < 0.2:
            issues[name]["requires"] = {"yes": f"{names[int(rng.integers(k))]}.yes"}
        for party, own in worth.items():
            gives = party in givers[name] or {party, *givers[name]} <= {"us", "rok"}
            own[name] = {"yes": float(rng.integers(-6, 0) if gives else rng.integers(2, 12))}
    beliefs = {p: {"trust": {q: {"prior": TRUST[seed % 3]} for q in worth if q != p}} for p in worth}
    allies = {p: {"name": p.upper(), "coalition": "north" if p == "dprk" else "west"} for p in worth}
    opened = small(worth, givers=givers, preferences=beliefs, issues=issues, parties=allies)
    made = build(opened, draws=0, record=record(opened))
    row = made.closure(np.array([rng.integers(0, 2, 4)]))[0]
    return made, tuple(row.tolist())


def test_an_order_called_in_time_is_one_and_few_that_fit_are_missed() -> None:
    """Against every set of waits: none is called in time where none fits, nor proven late where one does."""
    fit = missed = late = 0
    for seed in range(300):
        made, row = timed(seed)
        parts = orders.steps(made, row)
        least = orders.least_load(made, row, parts) if parts.count > 1 else None
        if least is None:
            continue
        found = horizon.in_time(made, parts, horizon.to_try(made, parts))
        there = some_order_fits(made, parts, least, max(1.0, least.load))
        assert there or not found.fits
        assert not (there and horizon.proven_late(made, parts))
        fit, missed, late = fit + there, missed + (there and not found.fits), late + (found.fits is False)
    assert min(fit, late) >= 30
    assert missed <= 0.02 * fit


@pytest.mark.parametrize("soon", ["aid", "relief"])
def test_a_chit_that_expires_soon_goes_first_where_its_order_is_carried(soon: str) -> None:
    """We bear to give one of two things before we receive, and not both; whichever expires is given first."""
    wary = {"us": {"trust": {"dprk": {"prior": 0.05}}}, "dprk": {"trust": {"us": {"prior": 0.5}}}}
    worth = {
        "us": {"aid": {"food": -5}, "relief": {"some": -5}, "list": {"full": 20}},
        "dprk": {"aid": {"food": 8}, "relief": {"some": 8}, "list": {"full": -4}},
    }
    issues: dict[str, dict[str, Any]] = {
        name: {"takes": 10, "verified_by": dict.fromkeys(own, "inspection")} for name, own in worth["us"].items()
    }
    issues[soon]["expires"] = "2019-02-20"
    opened = small(worth, givers=GIVERS, preferences=wary, issues=issues)
    made = build(opened, draws=256, record=record(opened))
    row = made.row({"aid": "food", "relief": "some", "list": "full"})
    planned = lay_out(made, orders.steps(made, row), "", made.signed)
    assert planned is not None
    assert judge(made, row).gates[-1].passed
    assert not planned[0].conflicts
    assert planned[0].load <= 1.0
    start = {step.issue: step.start for step in planned[0].steps}
    assert start[soon] < start[({"aid", "relief"} - {soon}).pop()]


def test_no_order_is_said_to_be_carried_where_trust_carries_none() -> None:
    wary = {"us": {"trust": {"dprk": {"prior": 0.03}}}, "dprk": {"trust": {"us": {"prior": 0.03}}}}
    for days, fits in ((180, True), (15, False)):
        opened = small(EVEN, givers=GIVERS, preferences=wary, settings={"horizon": days, "lag": 10}, issues=EACH_10)
        made = build(opened, draws=256, record=record(opened))
        verdict = judge(made, made.row({"list": "full", "relief": "some"}))
        assert verdict.load is not None
        assert verdict.load > 1.0
        assert verdict.gates[-1].passed is fits
        effects = [change.effect.code for change in openings(made, made.row(verdict.moves)) if change.gate == "time"]
        assert not {verdict.gates[-1].why.code, *effects} & {"gate.time.carried", "effect.done"}


def test_a_verification_lag_of_no_days_is_not_the_default() -> None:
    assert [
        int(least_days(made, made.row({"list": "full"})[None])[0])
        for made in (swap(issues={"list": {"takes": 10} | own}) for own in ({"lag": 0}, {"lag": 5}, {}))
    ] == [10, 15, 40]
