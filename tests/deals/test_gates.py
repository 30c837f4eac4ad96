"""Laws of the table of gates: whoever judges, searches, opens or shows gates asks it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from generators import build as small
from summitry.answers import open_case
from summitry.case import load
from summitry.deals import gates
from summitry.deals.gates.gate import Change, Gate, GateKind, Pool, Subject
from summitry.deals.outcomes import chances
from summitry.deals.rung import first_rung
from summitry.evidence.conduct import record
from summitry.model import Model, build
from summitry.reasons import reason
from summitry.sequence import orders, trust
from summitry.wording import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

CASE = "supply-contract"


def brief_gate(most: float, *, screened: bool = False) -> GateKind:
    """A gate of a test's own: at most so many moves."""

    def test(subject: Subject) -> Gate:
        moves = int((subject.package > 0).sum())
        return Gate(
            "brief", moves <= most, moves, most, ("press",) if moves > most else (), reason("gate.brief.why", moves=moves)
        )

    def openings(subject: Subject) -> Iterator[Change]:
        moves = int((subject.package > 0).sum())
        if moves > most:
            yield Change("brief", reason("gate.brief.why", moves=moves), reason("effect.free"))

    def screen(_: Model, pool: Pool) -> NDArray[np.float64]:
        return np.asarray(most / np.maximum((pool.packages > 0).sum(axis=1), 1))

    return GateKind("brief", test, openings, screen=screen if screened else None, lower=True)


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(messages(), "gate.brief", "Short enough")
    monkeypatch.setitem(messages(), "gate.brief.why", "It has {moves:plural move|moves}.")


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("screened", [False, True])
def test_a_gate_of_ones_own_is_asked_by_try_rung_and_the_nearest_miss(monkeypatch: pytest.MonkeyPatch, *, screened: bool) -> None:
    workspace = open_case(CASE)
    workspace.model = build(workspace.case, draws=512, record=workspace.record)
    free = workspace.rung().rung
    assert len(free.best.moves) > 3
    monkeypatch.setattr(gates, "GATES", (*gates.GATES, brief_gate(3, screened=screened)))
    words = [f"{issue}={option}" for issue, option in free.best.moves.items()]
    tried = workspace.try_package(words)
    assert not tried.verdict.passed
    closed = [gate for gate in tried.verdict.gates if gate.passed is False]
    assert [(gate.name, gate.score, gate.needed, gate.who) for gate in closed] == [("brief", len(words), 3, ("press",))]
    assert [change.gate for change in tried.verdict.opens] == ["brief"]
    text = " ".join(tried.to_text(200).split())
    assert f"Short enough: CLOSED. It has {len(words)} moves. Blocked by press." in text
    best = workspace.rung()
    assert 0 < len(best.rung.best.moves) <= 3
    assert best.rung.failing["brief"] > 0
    assert "Short enough:" in best.to_text()
    monkeypatch.setattr(gates, "GATES", (*gates.GATES[:-1], brief_gate(0.5, screened=screened)))
    none = first_rung(workspace.model, workspace.principal)
    assert none.best is None
    assert none.nearest is not None
    assert len(none.nearest.moves) < len(free.best.moves)
    assert "brief" in {gate.name for gate in none.nearest.gates if gate.passed is False}


def test_a_gate_is_found_by_its_name_and_has_a_title() -> None:
    for kind in gates.GATES:
        assert gates.kind_of(kind.name) is kind
        assert f"gate.{kind.name}" in messages()
    with pytest.raises(KeyError):
        gates.kind_of("luck")


def test_a_share_passes_just_where_its_gate_does() -> None:
    opened = load(CASE)
    model = build(opened, draws=256, record=record(opened))
    rng = np.random.default_rng(5)
    seen = set()
    for _ in range(40):
        row = model.closure(np.where(rng.random(len(model.issues)) < 0.4, rng.integers(0, model.sizes), 0))
        subject = Subject(model, row)
        for kind in gates.GATES:
            gate = kind.test(subject)
            if gate.passed is not None and kind.name != "time":
                assert (kind.share_of(subject) >= 1.0) == gate.passed, kind.name
                assert kind.quick_share(subject) >= 1.0 or not gate.passed
                seen.add((kind.name, gate.passed))
            reach = kind.reach(gate)
            if reach is not None and gate.passed is not None:
                assert (reach >= 1.0) == gate.passed
    assert {("accept", True), ("accept", False), ("trust", True)} <= seen


def test_the_openings_of_a_package_are_those_of_its_closed_gates() -> None:
    opened = load("korea-2019")
    model = build(opened, draws=256, record=record(opened))
    for idea in gates.judge_ideas(model):
        closed = {gate.name for gate in idea.gates if gate.passed is False}
        assert {change.gate for change in idea.opens} <= closed
        assert not idea.passed or not idea.opens


def test_every_flip_of_a_deal_of_three_flips_it() -> None:
    worth = {
        "us": {"x": {"o": [4, 6, 8]}, "y": {"o": [-3, -2, -1]}, "z": {"o": [-1, 0, 1]}},
        "dprk": {"x": {"o": [-4, -3, -2]}, "y": {"o": [3, 5, 7]}, "z": {"o": [1, 2, 3]}},
        "rok": {"x": {"o": [1, 3, 5]}, "y": {"o": [0, 1, 2]}, "z": {"o": [-3, -2, -1]}},
    }
    givers = {"x": "dprk", "y": "us", "z": "rok"}
    reservation = {"us": [0, 1, 3], "dprk": [0, 1, 3], "rok": [0, 1, 2]}
    model = build(small(worth, givers=givers, reservation=reservation), seed=1, draws=2048)
    package = model.row({"x": "o", "y": "o", "z": "o"})
    assert gates.judge(model, package).joint >= 0.5
    flips = [change.what.values for change in gates.flips(model, package)]
    assert {values["party"] for values in flips} == {"us", "dprk", "rok"}
    for values in flips:
        rise = values["after"] - values["before"]
        for shift, passes in ((rise - 0.01, True), (rise + 0.01, False)):
            drawn = Subject(model, package).drawn
            moved = drawn.reserve_drawn.copy()
            moved[model.party(values["party"])] += shift
            assert (chances(replace(drawn, reserve_drawn=moved), package).joint.mean() >= 0.5) == passes


def test_what_the_other_holds_at_the_end_is_its_worth_of_the_package_less_that_of_the_status_quo() -> None:
    opened = load(CASE)
    model = build(opened, draws=0, record=record(opened))
    both = ((0, frozenset({0})), (1, frozenset({0})))
    belief = replace(model.beliefs[0], pretender=(1.0, 2.0), tables=((both, 5.0), (((0, frozenset({1})),), 3.0)))
    bare = replace(belief, tables=())
    ends = []
    for one in (belief, bare):
        made = replace(model, beliefs=(one,))
        row = np.zeros(len(model.issues), dtype=np.int64)
        row[0] = 1
        ends.append(float(orders.steps(made, row).trust.end[0]) if trust.beliefs_tested(made, ((0,), (1,))) else 0.0)
    assert ends[0] - ends[1] == pytest.approx(3.0 - 5.0)


def test_an_interaction_that_a_step_ends_is_gone_from_then_on() -> None:
    values = {"us": {"x": {"a": 1, "b": 2}, "y": {"o": 0}}, "dprk": {"x": {"a": 0, "b": 0}, "y": {"o": 1}}}
    together = {"us": {"together": [{"when": {"x": ["a"], "y": ["o"]}, "value": [7, 7, 7]}]}}
    case = small(
        values,
        givers={"x": "dprk", "y": "us"},
        preferences=together,
        issues={"x": {"splits": True, "verified_by": {"a": "a visit", "b": "a visit"}}},
    )
    model = build(case, draws=0)
    made = orders.steps(model, model.row({"x": "b", "y": "o"}))
    assert made.joint is not None
    at = {model.label(after): k for k, after in enumerate(made.after)}
    row = next(k for k in range(len(made.joint.need)) if made.joint.balance[k, 0] > 0.0)
    assert set(np.flatnonzero(made.joint.need[row])) == {at["x.a"], at["y.o"]}
    assert set(np.flatnonzero(made.joint.ends[row])) == {at["x.b"]}


def test_two_who_gain_nothing_and_whose_cheapest_orders_expose_each_other_are_raised_together() -> None:
    trusting = {"trust": {"us": {"prior": [0.4, 0.5, 0.6]}, "dprk": {"prior": [0.4, 0.5, 0.6]}}}
    case = small(
        {"us": {"x": {"o": -3}, "y": {"o": 2}}, "dprk": {"x": {"o": 2}, "y": {"o": -3}}},
        givers={"x": "us", "y": "dprk"},
        preferences={party: {"trust": {other: trusting["trust"][other]}} for party, other in (("us", "dprk"), ("dprk", "us"))},
    )
    model = build(case, draws=64, record=record(case))
    subject = Subject(model, np.array([1, 1]))
    (change,) = [one for one in gates.openings(model, subject.package) if one.gate == "trust"]
    assert change.what.code == "change.gain"
    after = change.what.values["after"]
    assert set(after) == {"us", "dprk"}
    raised = replace(subject.steps, gain=np.array([after["us"], after["dprk"]]))
    order = orders.least_load(model, subject.package, raised)
    assert order is not None
    assert order.load <= 1.0
    less = orders.least_load(model, subject.package, replace(raised, gain=0.9 * raised.gain))
    assert less is None or less.load > 1.0


def test_a_verdict_misses_only_where_a_gate_is_closed() -> None:
    model = build(load(CASE), draws=256)
    for idea in gates.judge_ideas(model):
        assert idea.passed == (not idea.closed and not any(gate.near for gate in idea.gates))
        assert set(idea.closed) == {gate.name for gate in idea.gates if gate.passed is False}
