from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from summitry import case
from summitry.deals.climbing import taught
from summitry.deals.gates import judge, openings
from summitry.deals.gates.trust import parts
from summitry.deals.outcomes import substance
from summitry.evidence.conduct import record
from summitry.evidence.seriousness import log_kept
from summitry.kernels.trust import along, apart
from summitry.model import Model, build
from summitry.sequence import orders
from summitry.wording import numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.sequence.orders import Steps

LIST = "relief-for-few-warheads"
"""North Korea gains nothing from this idea."""
SOLD = {
    "declaration": "full",
    "missiles": "some-icbms",
    "inspectors": "declared",
    "yongbyon": "dismantled",
    "end-of-war": "declaration",
}
"""North Korea is exposed by it far beyond its limit, in whatever order."""


@cache
def model(name: str = "korea-2019") -> Model:
    opened = case.load(name)
    return build(opened, draws=256, record=record(opened))


def moments(made: Steps, order: tuple[int, ...]) -> NDArray[np.float64]:
    return along(order, made.balance, made.joint, made.joint.balance)[1:-1]


def allowed(made: Steps) -> list[tuple[int, ...]]:
    return [
        order
        for order in permutations(range(made.count))
        if not any(made.first[b, a] for k, a in enumerate(order) for b in order[k:])
    ]


def test_the_exposure_that_must_be_borne_is_the_least_over_all_orders_and_only_who_must_bear_it_blocks() -> None:
    made, dprk = model(), model().party("dprk")
    steps = orders.steps(made, made.row(SOLD))
    least = min(max(-moments(steps, order)[:, dprk]) for order in allowed(steps))
    assert least > made.limit[dprk]
    over = orders.beyond_limits(made, steps)
    assert over is not None
    assert list(over) == [dprk]
    assert over[dprk] == pytest.approx(least)
    gate = next(gate for gate in judge(made, made.row(SOLD)).gates if gate.name == "trust")
    assert gate.who == ("dprk",)
    told = next(change for change in openings(made, made.row(SOLD)) if change.gate == "trust")
    for limit, there in ((told.what.values["after"]["dprk"], True), (0.98 * least, False)):
        borne = made.limit.copy()
        borne[dprk] = limit
        assert (orders.least_load(replace(made, limit=borne), made.row(SOLD)) is not None) == there


def test_who_is_exposed_and_gains_nothing_is_carried_by_no_trust_but_by_the_gain_that_is_named() -> None:
    made, dprk = model(), model().party("dprk")
    steps = orders.steps(made, made.row(made.ideas[LIST].package))
    assert steps.gain[dprk] < 0.0
    certain = replace(made, beliefs=tuple(replace(b, serious=1.0) for b in made.beliefs))
    order = orders.least_load(certain, made.row(made.ideas[LIST].package))
    assert order is not None
    assert order.load == np.inf
    told = next(change for change in openings(made, made.row(made.ideas[LIST].package)) if change.gate == "trust")
    assert told.what.code == "change.gain"
    least = told.what.values["after"]["dprk"]
    for gain, carried in ((least, True), (0.98 * least, False)):
        more = steps.gain.copy()
        more[dprk] = gain
        found = orders.least_load(made, made.row(made.ideas[LIST].package), replace(steps, gain=more))
        assert found is not None
        assert (found.load <= 1.0) == carried


def test_the_belief_that_is_said_to_carry_a_deal_carries_it_and_a_smaller_one_does_not() -> None:
    made = model("supply-contract")
    grim = replace(
        made,
        beliefs=tuple(replace(b, serious=0.02, pretender=(-60.0, -50.0)) for b in made.beliefs),
        recoverable=0 * made.recoverable,
    )
    package = made.row({"price": "less-8", "volume": "most"})
    order = orders.least_load(grim, package)
    assert order is not None
    assert 1.0 < order.load < np.inf
    told = next(change for change in openings(grim, package) if change.gate == "trust")
    least = told.what.values["after"]
    for serious, carried in ((least, True), (least - 0.02, False)):
        other = replace(grim, beliefs=tuple(replace(b, serious=max(b.serious, serious)) for b in grim.beliefs))
        found = orders.least_load(other, package)
        assert found is not None
        assert (found.load <= 1.0) == carried


@pytest.mark.parametrize("name", ["korea-2019", "supply-contract"])
def test_the_trust_that_a_gate_tells_is_made_of_the_belief_and_the_pretender_that_it_tells(name: str) -> None:
    made = model(name)
    told = 0
    for idea in made.ideas.values():
        verdict = judge(made, made.row(idea.package))
        why = next(gate.why for gate in verdict.gates if gate.name == "trust")
        if why.code == "gate.trust.strained":
            told += 1
            believed, serious, pretender = (why.values[name] for name in ("believed", "serious", "pretender"))
            assert believed == pytest.approx(0.95 * serious + (1 - serious) * pretender)
            assert believed == pytest.approx(verdict.trust[why.values["party"]])
    assert told


def test_parts_of_trust_add_up_to_the_trust_of_the_order() -> None:
    made = model()
    for idea in made.ideas.values():
        steps = orders.steps(made, made.row(idea.package))
        order = orders.least_load(made, made.row(idea.package), steps)
        for p in range(len(made.parties)) if order is not None else ():
            part = parts(made, steps, order.worst[p], p)  # type: ignore[union-attr]
            if order is not None and part is not None and order.trust_needed[p] > 0.0:
                assert part.performs == pytest.approx(order.trust[p], abs=1e-9)


def test_what_lies_outside_a_mandate_never_makes_substance_more_than_all() -> None:
    made = model()
    most = np.array(made.sizes) - 1
    assert made.faults(most)
    shares = substance(made, most[None, :])
    assert (shares <= 1.0 + 1e-12).all()
    assert shares.max() == pytest.approx(1.0)


def test_the_last_step_is_measured_against_the_whole_deal_as_trust_is() -> None:
    """Who keeps the last step holds the whole afterwards, not what a breakdown would leave."""
    made = model("supply-contract")
    steps = orders.steps(made, made.row({"price": "less-5", "volume": "half"}))
    order = orders.least_load(made, made.row({"price": "less-5", "volume": "half"}), steps)
    assert order is not None
    assert steps.count == 2
    last = order.steps[-1]
    learnt = taught(made, steps, order)
    checked = 0
    for b, belief in enumerate(made.beliefs):
        if belief.other in steps.givers[last]:
            part = parts(made, steps, np.arange(steps.count) != last, belief.party)
            assert part is not None
            assert learnt[b, -1] - learnt[b, -2] == pytest.approx(log_kept(part.pretender))
            checked += 1
    assert checked


@pytest.mark.parametrize(("before", "after"), [(0.7003, 0.6996), (0.5, 0.25), (4.1234, 4.1236)])
def test_two_numbers_that_differ_are_told_apart(before: float, after: float) -> None:
    now, then = numbers.apart(before, after), numbers.apart(after, before)
    assert now != then
    assert float(now) == pytest.approx(before, abs=5e-3)


def test_sums_that_cancel_are_nothing() -> None:
    held = np.array([[0.1, 1.0], [0.2, -1.0], [-0.3, 0.5]])
    assert np.array([0.1, 0.2, -0.3]).cumsum()[-1] != 0.0
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        none = apart(held, held)
        assert along(order, held, none, none.balance)[-1].tolist() == [0.0, 0.5]
    tiny = np.array([[1e-15, 1.0]])
    small = along([0], tiny, apart(tiny, tiny), apart(tiny, tiny).balance)
    assert small[-1].tolist() == [1e-15, 1.0]
