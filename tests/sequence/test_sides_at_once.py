"""Laws of orders in which several sides act at the same time, and of what holds from the signature on."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings

from generators import build as small
from generators import cases
from summitry import case
from summitry.case.types import Issue, OptionValues
from summitry.deals.gates import judge
from summitry.evidence.conduct import record
from summitry.kernels import ordering
from summitry.kernels.phases import Work, length
from summitry.model import Model, build
from summitry.sequence import orders
from summitry.sequence.critical_path import least_days

if TYPE_CHECKING:
    from pathlib import Path

    from summitry.case.types import Case
    from summitry.kernels.ordering import Order
    from summitry.model import Package

DONE = {"verified_by": {"yes": "inspection"}}
EVEN = {p: {"trust": {q: {"prior": 0.6}}} for p, q in (("a", "b"), ("b", "a"))}


@pytest.fixture
def shared_cases(root: Path) -> Path:
    folder = root.parent / "shared" / "cases"
    if not folder.is_dir():
        pytest.skip("the cases for development (../shared/cases beside the checkout) are not on this machine")
    return folder


def model(opened: Case) -> Model:
    return build(opened, draws=64, record=record(opened))


def orders_of(made: Model, package: Package) -> dict[str, Order | None]:
    parts = orders.steps(made, made.row(package))
    purposes: tuple[orders.Purpose, ...] = ("quickest", "receive-first", "least-trust")
    return {purpose: orders.order_of(made, parts, purpose) for purpose in purposes}


def assert_equal_orders(one: Model, other: Model, package: Package, further: Package) -> None:
    """That a package needs the same trust in two models; `further` is what it also holds in the other."""
    row, wider = one.row(package), other.row({**package, **further})
    assert least_days(one, row[None]) == least_days(other, wider[None])
    a, b = orders.steps(one, row), orders.steps(other, wider)
    assert b.gain == pytest.approx(a.gain)
    for left, right in zip(orders_of(one, package).values(), orders_of(other, {**package, **further}).values(), strict=True):
        assert (left is None) == (right is None)
        if left is None or right is None:
            continue
        assert right.load == pytest.approx(left.load)
        assert right.exposure == pytest.approx(left.exposure)
        assert (right.steps, right.phases) == (left.steps, left.phases)
        assert length(orders.work_of(one, a), left.waits) == length(orders.work_of(other, b), right.waits)
        drawn, again = orders.strained(one, a, left), orders.strained(other, b, right)
        assert again.load == pytest.approx(drawn.load)


def shifted(drawn: Case, points: float) -> Case:
    """The case in which every party holds so many points more with every deal, and could walk away to as many more."""
    base = Issue(title="Peace", giver=("us",), options={"none": None, "yes": None}, at_signature=True)
    whole = {}
    for holder, about in drawn.preferences.items():
        whole[holder] = {
            party: own.model_copy(
                update={
                    "values": {**own.values, "base": OptionValues(options={"yes": (points,) * 3})},
                    "reservation": tuple(number + points for number in own.reservation),
                }
            )
            for party, own in about.items()
        }
    file = drawn.file.model_copy(update={"issues": {**drawn.file.issues, "base": base}})
    return drawn.model_copy(update={"file": file, "preferences": whole})


@given(cases(parties=(2, 3), issues=(2, 4), evidence=False, back_tables=False))
@settings(max_examples=60)
def test_what_every_deal_brings_and_no_deal_costs_changes_no_order(drawn: Case) -> None:
    one, other = model(drawn), model(shifted(drawn, 8.0))
    rng = np.random.default_rng(4)
    for row in one.closure(np.array([[rng.integers(0, size) for size in one.sizes] for _ in range(3)], dtype=np.int64)):
        package = {issue: one.options[i][int(row[i])] for i, issue in enumerate(one.issues) if row[i]}
        assert_equal_orders(one, other, package, {"base": "yes"})


def test_a_strike_that_ends_with_the_deal_is_the_same_as_a_walk_away_that_it_worsens() -> None:
    worth: dict[str, dict[str, dict[str, Any]]] = {
        "union": {"pay": {"p3": [5, 6, 7]}, "peace": {"two-years": [-8, -7, -6]}},
        "firm": {"pay": {"p3": [-8.5, -8, -7.5]}, "peace": {"two-years": [4, 5, 6]}},
    }
    givers = {"pay": "firm", "peace": "union", "strike": "union"}
    done: dict[str, dict[str, Any]] = {
        name: {"takes": 1, "recoverable": 0, "verified_by": dict.fromkeys(own, "text")} for name, own in worth["firm"].items()
    }
    beliefs = {
        p: {"trust": {q: {"prior": [0.9, 0.95, 0.97], "pretender": [1, 10]}}} for p, q in (("union", "firm"), ("firm", "union"))
    }
    common: dict[str, Any] = {"givers": givers, "preferences": beliefs, "settings": {"horizon": 30, "lag": 10}}
    walk_away = model(small(worth, reservation={"union": [-5, -5, -5], "firm": [-10, -10, -10]}, issues=done, **common))
    lasting: dict[str, dict[str, Any]] = {"strike": {"at_signature": True}}
    ends = {"union": {**worth["union"], "strike": {"ends": 5}}, "firm": {**worth["firm"], "strike": {"ends": 10}}}
    issue = model(small(ends, issues=done | lasting, **common))
    deal = {"pay": "p3", "peace": "two-years"}
    assert_equal_orders(walk_away, issue, deal, {"strike": "ends"})
    row = issue.row({**deal, "strike": "ends"})
    assert "strike" not in {issue.issues[i] for i in orders.steps(issue, row).issue}


def test_the_strike_that_is_shared_needs_little_trust(shared_cases: Path) -> None:
    opened = case.load(shared_cases / "strike-trust")
    made = model(opened)
    least = orders.least_load(made, made.row(made.ideas["deal"].package))
    assert least is not None
    assert least.load == pytest.approx(0.0801, abs=5e-4)


def parallel_works(**changes: Any) -> Model:  # noqa: ANN401 (whatever case.yaml may hold)
    """Two moves of three years side by side."""
    worth = {"a": {"x": {"yes": -4}, "y": {"yes": 9}}, "b": {"x": {"yes": 9}, "y": {"yes": -4}}}
    issues = {name: DONE | {"takes": "3y"} for name in ("x", "y")}
    return model(
        small(
            worth, givers={"x": "a", "y": "b"}, preferences=EVEN, issues=issues, settings={"horizon": "4y", "lag": 30} | changes
        )
    )


def test_two_works_of_three_years_run_side_by_side_where_trust_carries_it() -> None:
    made = parallel_works()
    row = made.row({"x": "yes", "y": "yes"})
    verdict = judge(made, row)
    assert all(gate.passed for gate in verdict.gates if gate.name in {"trust", "time"})
    time = next(gate for gate in verdict.gates if gate.name == "time")
    assert time.score == 3 * 365 + 30
    assert verdict.phases == (1, 1)
    assert verdict.exposure == {"a": pytest.approx(4.0), "b": pytest.approx(4.0)}
    assert verdict.trust_needed == {"a": pytest.approx(4 / 9), "b": pytest.approx(4 / 9)}


def test_the_shared_parallel_works_are_open(shared_cases: Path) -> None:
    opened = case.load(shared_cases / "parallel-works", viewer="a")
    made = model(opened)
    verdict = judge(made, made.row(made.ideas["both"].package))
    gates = {gate.name: gate for gate in verdict.gates}
    assert all(gate.passed is not False for gate in verdict.gates)
    assert gates["time"].score == 1125
    assert verdict.trust_needed["a"] == pytest.approx(0.444, abs=5e-4)


def test_the_camp_david_package_is_done_within_four_years(shared_cases: Path) -> None:
    opened = case.load(shared_cases / "camp-david-1978")
    made = model(opened)
    agreed = dict(line.split(": ") for line in (shared_cases / "camp-david-1978-agreed.yaml").read_text().splitlines() if line)
    gates = {gate.name: gate for gate in judge(made, made.row(agreed)).gates}
    assert all(gate.passed is not False for gate in gates.values())
    score = gates["time"].score
    assert score is not None
    assert score <= 1460


def swap_terms(count: int) -> ordering.Terms:
    """A gives what costs it 2 and is worth 6 to B; B gives what costs it 2 and is worth 5 to A."""
    balance = np.array([[-2.0, 6.0], [5.0, -2.0]])
    return ordering.check_terms(balance, np.array([3.0, 4.0]), np.full(2, 0.5), np.arange(2), count, np.full(2, inf), None)


def test_one_swap_in_turn_exposes_who_begins_and_at_once_it_exposes_both() -> None:
    free = np.zeros((2, 2), dtype=np.bool_)
    work = Work(np.full(2, 10), np.full(2, 5), np.full((2, 2), -1))
    first = free.copy()
    first[0, 1] = True
    in_turn = ordering.least_load(swap_terms(2), first)
    at_once = ordering.quickest(swap_terms(2), work, inf, 0)
    assert in_turn is not None
    assert at_once is not None
    assert in_turn.exposure.tolist() == [2.0, 0.0]
    assert at_once.exposure.tolist() == [2.0, 2.0]
    assert at_once.phases == (1, 1)
    assert length(work, at_once.waits) == 15
    one = ordering.least_load(swap_terms(1), free)
    assert one is not None
    assert one.exposure.tolist() == [2.0, 2.0]


def test_a_step_of_several_givers_blocks_nobody() -> None:
    worth = {
        "a": {"x": {"yes": -4}, "y": {"yes": 9}, "talks": {"yes": 1}},
        "b": {"x": {"yes": 9}, "y": {"yes": -4}, "talks": {"yes": 1}},
    }
    issues = {name: DONE | {"takes": takes} for name, takes in (("x", 100), ("y", 50), ("talks", 200))}
    made = model(
        small(worth, givers={"x": "a", "y": "b", "talks": ["a", "b"]}, preferences=EVEN, issues=issues, settings={"lag": 10})
    )
    parts = orders.steps(made, made.row({"x": "yes", "y": "yes", "talks": "yes"}))
    order = orders.order_of(made, parts)
    assert order is not None
    assert not order.waits[parts.mover >= orders.TOGETHER].any()
    assert length(orders.work_of(made, parts), order.waits) == 210


def with_pair(links: dict[str, dict[str, dict[str, str]]]) -> Model:
    """Recognition after two years and a withdrawal of three years, with `links` between them."""
    worth = {"a": {"x": {"yes": -4}, "y": {"yes": 9}}, "b": {"x": {"yes": 9}, "y": {"yes": -4}}}
    issues: dict[str, dict[str, Any]] = {
        name: {**DONE, "takes": takes, **links.get(name, {})} for name, takes in (("x", 1000), ("y", 700))
    }
    return model(
        small(worth, givers={"x": "a", "y": "b"}, preferences=EVEN, issues=issues, settings={"horizon": "9y", "lag": 30})
    )


def test_what_goes_with_another_is_in_the_same_package_in_any_order() -> None:
    free = with_pair({})
    with_each = with_pair({"x": {"with": {"yes": "y.yes"}}, "y": {"with": {"yes": "x.yes"}}})
    after = with_pair({"y": {"requires": {"yes": "x.yes"}}})
    both: Package = {"x": "yes", "y": "yes"}
    for made in (with_each, after):
        assert [fault.kind for fault in made.faults(made.row({"y": "yes"}))] == ["requires"]
        assert not made.faults(made.row(both))
        assert made.closure(made.row({"y": "yes"})[None]).tolist() == [made.row(both).tolist()]
    assert [int(least_days(made, made.row(both)[None])[0]) for made in (free, with_each, after)] == [1030, 1030, 1760]
    assert_equal_orders(free, with_each, both, {})
