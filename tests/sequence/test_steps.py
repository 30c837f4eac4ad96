from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from summitry import case
from summitry.deals.gates import judge
from summitry.evidence.conduct import record
from summitry.kernels.phases import length
from summitry.kernels.trust import along
from summitry.model import Model, build
from summitry.reasons import reason
from summitry.sequence import orders
from summitry.sequence.orders import TOGETHER, Purpose

PURPOSES: tuple[Purpose, ...] = ("quickest", "receive-first", "least-trust")
NAMES = pytest.mark.parametrize("name", ["korea-2019", "supply-contract"])


@cache
def model(name: str) -> Model:
    opened = case.load(name)
    return build(opened, draws=64, record=record(opened))


def packages(made: Model, count: int) -> list[np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    rng = np.random.default_rng(1)
    return [np.array([rng.integers(0, size) * rng.integers(0, 2) for size in made.sizes]) for _ in range(count)]


@NAMES
def test_where_nothing_returns_and_all_is_seen_a_moment_is_worth_the_package_done_so_far(name: str) -> None:
    made = model(name)
    sure = replace(made, recoverable=np.zeros_like(made.recoverable), verified=np.ones_like(made.verified))
    rng = np.random.default_rng(2)
    met = 0
    for package in packages(made, 40):
        whole = orders.steps(sure, package, finer=dict.fromkeys(range(len(package)), 1))
        met += whole.joint is not None
        order: list[int] = []
        while len(order) < whole.count:
            free = [
                s
                for s in range(whole.count)
                if s not in order and not (whole.first[:, s] & ~np.isin(np.arange(whole.count), order)).any()
            ]
            if not free:
                break
            order.append(int(rng.choice(free)))
        if len(order) < whole.count:
            continue
        held = along(order, whole.balance, whole.joint, whole.joint.balance)
        done = np.zeros(len(package), dtype=np.int64)
        for k, step in enumerate(order):
            done[whole.issue[step]] = whole.after[step] - made.first[whole.issue[step]]
            assert held[k + 1] == pytest.approx(made.means(done[None, :])[0], abs=1e-9)
        assert held[-1] == pytest.approx(whole.gain + made.reserve)
    assert met


@NAMES
def test_lumps_add_up_to_the_move_and_none_is_smaller_than_the_case_allows(name: str) -> None:
    made = model(name)
    for i, issue in enumerate(made.terms.values()):
        package = np.zeros(len(made.issues), dtype=np.int64)
        package[i] = len(issue.options) - 1
        steps = orders.steps(made, package)
        for after in set(steps.after):
            share = [steps.share[s] for s in range(steps.count) if steps.after[s] == after]
            assert sum(share) == pytest.approx(1.0)
            before = next(steps.before[s] for s in range(steps.count) if steps.after[s] == after)
            moved = abs(made.amounts[after] - made.amounts[before])
            if issue.smallest is not None and len(share) > 1:
                assert moved / len(share) >= issue.smallest - 1e-9


def test_percentages_of_a_holding_are_split_by_its_central_quantity() -> None:
    made = model("korea-2019")
    third = orders.steps(made, made.row({"warheads": "third"}))
    assert sum(after == made.column("warheads", "third") for after in third.after) > 1


def test_lumps_that_are_made_coarser_are_said_in_the_gate() -> None:
    made = model("korea-2019")
    row = made.row({"energy": "full"})
    assert orders.steps(made, row).coarse
    trust = next(gate for gate in judge(made, row).gates if gate.name == "trust")
    coarse = [one for one in trust.why.values["unseen"] if one.code == "gate.trust.coarse"]
    assert coarse[0].values["moves"] == (reason("steps.coarse", move="energy.full", lumps=4, allowed=18),)


def test_a_pretender_whose_price_nobody_states_is_said_in_the_gate() -> None:
    made = model("supply-contract")
    row = made.row(made.ideas["volume-for-speed"].package)
    blind = replace(made, beliefs=tuple(replace(b, pretender=None) for b in made.beliefs))
    told = [one for one in judge(blind, row).gates[2].why.values["unseen"] if one.code == "gate.trust.blind"]
    pairs = [(one.values["party"], one.values["other"]) for one in told[0].values["beliefs"]]
    assert pairs == [("buyer", "supplier"), ("supplier", "buyer")]
    assert not judge(made, row).gates[2].why.values["unseen"]


def test_an_issue_that_two_sides_give_is_nobodys_turn_alone() -> None:
    made = model("supply-contract")
    giver = made.giver.copy()
    giver[0] = True
    both = orders.steps(replace(made, giver=giver), made.row({"price": "less-2", "volume": "half"}))
    assert both.mover[0] == TOGETHER
    assert both.givers[0] == (0, 1)
    assert both.mover[1] < TOGETHER


@NAMES
def test_a_dearer_step_and_less_time_never_lower_the_load(name: str) -> None:
    made = model(name)
    for idea in made.ideas.values():
        row = made.row(idea.package)
        loads = [
            np.inf if order is None else order.load
            for order in (orders.least_load(replace(made, step_cost=cost), row) for cost in (0.0, 0.1, 0.5))
        ]
        assert loads == sorted(loads)


@NAMES
def test_each_order_does_best_what_it_is_for_within_what_trust_carries(name: str) -> None:
    made = model(name)
    principal = made.party(made.principal)
    for idea in made.ideas.values():
        parts = orders.steps(made, made.row(idea.package))
        work, least = orders.work_of(made, parts), orders.least_load(made, made.row(idea.package), parts)
        by_purpose = {purpose: orders.order_of(made, parts, purpose) for purpose in PURPOSES}
        assert {order is None for order in by_purpose.values()} == {least is None}
        if least is None:
            continue
        days = {purpose: length(work, order.waits) for purpose, order in by_purpose.items() if order is not None}
        held = {purpose: order.balance[1:-1, principal].sum() for purpose, order in by_purpose.items() if order is not None}
        loads = {purpose: order.load for purpose, order in by_purpose.items() if order is not None}
        assert days["quickest"] == min(days.values())
        assert held["receive-first"] >= max(held.values()) - 1e-9
        assert max(loads.values()) <= max(1.0, least.load) * (1 + 1e-9)
        assert loads["least-trust"] == pytest.approx(least.load)
