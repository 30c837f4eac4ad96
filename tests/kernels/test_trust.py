from __future__ import annotations

from dataclasses import replace
from math import inf, log
from typing import TYPE_CHECKING

import numpy as np
import pytest

from oracles import trust as slow
from summitry.evidence.seriousness import READY, SERIOUS, performs, pretender_keeps
from summitry.kernels import _space, ordering
from summitry.kernels.front import front_load
from summitry.kernels.ordering import check_terms, strain
from summitry.kernels.trust import Joint, Trust, along, apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels.ordering import Order

    Instance = tuple[
        NDArray[np.float64],
        NDArray[np.float64],
        list[slow.Doubt],
        list[slow.Bond],
        NDArray[np.int64],
        NDArray[np.bool_],
        NDArray[np.float64],
    ]


def trust_of(doubts: list[slow.Doubt], count: int) -> Trust:
    serious = np.array([d.serious for d in doubts])
    blind = np.array([d.costs is None for d in doubts])
    costs = np.array([d.costs or (0.0, 1.0) for d in doubts])
    return Trust(
        np.array([d.party for d in doubts], dtype=np.int64),
        np.where(blind, SERIOUS * serious + READY / 2 * (1 - serious), SERIOUS * serious),
        np.where(blind, 0.0, READY * (1 - serious)),
        costs.sum(axis=1) / 2,
        (costs[:, 1] - costs[:, 0]) / (2 * log(9)),
        np.array([d.kept for d in doubts]).T.reshape(count, len(doubts)),
        np.array([d.end for d in doubts]),
    )


def joint_of(bonds: list[slow.Bond], doubts: list[slow.Doubt], count: int, parties: int) -> Joint | None:
    if not bonds:
        return None
    need, ends = (np.zeros((len(bonds), count), dtype=np.bool_) for _ in range(2))
    for t, bond in enumerate(bonds):
        need[t, list(bond.need)] = True
        ends[t, list(bond.ends)] = True
    kept = np.array([[d.together[t] for d in doubts] for t in range(len(bonds))])
    return Joint(need, ends, np.array([b.held for b in bonds]).reshape(len(bonds), parties), kept)


def instance(rng: np.random.Generator, count: int) -> Instance:
    parties = int(rng.integers(2, 4))
    held = rng.integers(-6, 7, (count, parties)).astype(np.float64)
    gain = rng.integers(1, 9, parties).astype(np.float64)
    mover = rng.integers(0, 2, count)
    before = np.triu(rng.random((count, count)) < 0.1, 1)
    bonds = []
    for _ in range(int(rng.integers(0, 3)) if count > 1 else 0):
        some = rng.permutation(count)[:3].tolist()
        bonds.append(slow.Bond(frozenset(some[:2]), frozenset(some[2:]), rng.integers(-4, 5, parties).astype(float).tolist()))
    doubts = [
        slow.Doubt(
            int(p),
            float(rng.choice([0.05, 0.3, 0.8])),
            None if rng.random() < 0.2 else (float(rng.integers(-3, 2)), float(rng.integers(3, 9))),
            rng.integers(-5, 6, count).astype(float).tolist(),
            float(rng.integers(-3, 9)),
            rng.integers(-3, 4, len(bonds)).astype(float).tolist(),
        )
        for p in range(parties)
        for _ in range(int(rng.integers(1, 3)))
    ]
    limit = rng.choice([inf, inf, 6.0], parties)
    return held, gain, doubts, bonds, mover, before, limit


def least(case: Instance) -> Order | None:
    """The order of least load of an instance, one step after the other."""
    held, gain, doubts, bonds, mover, before, limit = case
    joint = joint_of(bonds, doubts, len(held), held.shape[1])
    return ordering.least_load(check_terms(held, gain, trust_of(doubts, len(held)), mover, len(held), limit, joint), before)


def agree(rng: np.random.Generator, count: int) -> bool:
    case = instance(rng, count)
    held, gain, doubts, bonds, _, before, limit = case
    pairs = [(int(a), int(b)) for a, b in np.argwhere(before)]
    best = slow.least_load_by_trying(held.tolist(), gain.tolist(), doubts, bonds, pairs, limit.tolist())
    found = least(case)
    assert (found is None) == (best is None)
    if found is None or best is None:
        return False
    assert found.load == pytest.approx(best, rel=1e-9)
    load, exposed = slow.load_of(found.steps, held.tolist(), gain.tolist(), doubts, bonds)
    assert found.load == pytest.approx(load)
    assert found.exposure == pytest.approx(exposed)
    return True


@pytest.mark.parametrize(("count", "cases"), [(1, 50), (3, 600), (4, 600), (5, 200), (6, 30)])
def test_the_order_with_moving_trust_is_the_best_of_all_permutations(count: int, cases: int) -> None:
    rng = np.random.default_rng(count)
    assert sum(agree(rng, count) for _ in range(cases)) > cases / 4


@pytest.mark.slow
@pytest.mark.parametrize(("count", "cases"), [(7, 300), (8, 40), (9, 6)])
def test_the_order_with_moving_trust_is_the_best_of_all_permutations_of_up_to_nine_steps(count: int, cases: int) -> None:
    rng = np.random.default_rng(count)
    assert sum(agree(rng, count) for _ in range(cases)) > cases / 4


def front_agrees(rng: np.random.Generator, count: int, cap: float) -> bool:
    held, gain, doubts, bonds, mover, before, limit = instance(rng, count)
    trust, joint = trust_of(doubts, count), joint_of(bonds, doubts, count, held.shape[1])
    pairs = [(int(a), int(b)) for a, b in np.argwhere(before)]
    best = slow.front_load_by_trying(held.tolist(), gain.tolist(), doubts, bonds, pairs, limit.tolist(), 0, cap)
    found = front_load(check_terms(held, gain, trust, mover, count, limit, joint), before, 0, cap)
    assert (found is None) == (best is None)
    if found is None or best is None:
        return False
    load, exposed = slow.load_of(found, held.tolist(), gain.tolist(), doubts, bonds)
    together = apart(held, np.zeros((count, 0))) if joint is None else joint
    sums = along(found, held[:, [0]], together, together.balance[:, [0]])
    assert sums[1:-1, 0].sum() == pytest.approx(best)
    assert load <= cap * (1 + 1e-9)
    assert (np.array(exposed) <= limit * (1 + 1e-9)).all()
    assert all(found.index(a) < found.index(b) for a, b in pairs)
    return True


@pytest.mark.parametrize(("count", "cases", "cap"), [(1, 20, 1.0), (3, 300, 1.0), (4, 300, 2.0), (5, 100, inf), (6, 15, 2.0)])
def test_the_front_loading_order_is_the_best_of_all_permutations(count: int, cases: int, cap: float) -> None:
    rng = np.random.default_rng(count)
    assert sum(front_agrees(rng, count, cap) for _ in range(cases)) > cases / 8


@pytest.mark.slow
@pytest.mark.parametrize(("count", "cases"), [(7, 200), (8, 30), (9, 4)])
def test_the_front_loading_order_is_the_best_of_all_permutations_of_up_to_nine_steps(count: int, cases: int) -> None:
    rng = np.random.default_rng(count)
    assert sum(front_agrees(rng, count, 2.0) for _ in range(cases)) > cases / 8


def test_where_not_all_orders_are_compared_a_lower_bound_is_proven() -> None:
    rng = np.random.default_rng(9)
    for _ in range(60):
        case = instance(rng, 6)
        best = least(case)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_space, "MOST_STATES", 8)
            patch.setattr(_space, "NARROW_TO", 8)
            found = least(case)
        if found is not None:
            assert best is not None
            assert found.bound <= best.load * (1 + 1e-9) <= found.load * (1 + 2e-9)


def two_steps(serious: float, returns: float, cost: float) -> tuple[NDArray[np.float64], NDArray[np.float64], Trust]:
    """We pay 10, of which `returns` comes back after a breakdown; then they hand over what costs them `cost`: worth 14 to us."""
    held = np.array([[-10.0 * (1 - returns), 10.0 * (1 - returns)], [14.0, -cost]])
    gain = np.array([4.0, 10.0 - cost])
    doubt = slow.Doubt(0, serious, (2.0, 8.0), [10.0 * (1 - returns), -cost], 10.0 - cost)
    blind = slow.Doubt(1, 0.99, None, [0.0, 0.0], 0.0)
    return held, gain, trust_of([doubt, blind], 2)


MOMENTS = np.array([[False, False], [True, False], [True, True]])


def load(serious: float, returns: float, cost: float) -> float:
    held, gain, trust = two_steps(serious, returns, cost)
    return float(strain(MOMENTS, held, gain, trust).load[0])


def test_a_deal_that_pays_a_pretender_to_keep_is_carried_at_low_seriousness() -> None:
    assert load(0.05, 0.9, 3.0) <= 1.0


def test_a_hand_over_after_an_irreversible_payment_is_not_carried_at_low_seriousness() -> None:
    assert load(0.05, 0.0, 9.0) > 1.0
    assert load(0.3, 0.0, 9.0) > 1.0


def test_raising_seriousness_never_raises_the_load() -> None:
    rng = np.random.default_rng(5)
    for _ in range(200):
        held, gain, doubts, bonds, mover, before, limit = instance(rng, 5)
        higher = [replace(d, serious=min(1.0, d.serious + 0.15)) for d in doubts]
        some, more = (least((held, gain, d, bonds, mover, before, limit)) for d in (doubts, higher))
        assert (some is None) == (more is None)
        if some is not None and more is not None:
            assert more.load <= some.load * (1 + 1e-9)


def test_a_party_that_surely_means_it_is_trusted_as_far_as_things_go_right() -> None:
    held, gain, trust = two_steps(1.0, 0.0, 9.0)
    assert strain(MOMENTS, held, gain, trust).trust[0] == pytest.approx(SERIOUS)


def test_trust_at_a_moment_is_the_one_likelihood_of_a_kept_step() -> None:
    held, gain, trust = two_steps(0.3, 0.0, 6.0)
    expected = SERIOUS * 0.3 + 0.7 * pretender_keeps(6.0, 2.0, 8.0)
    assert strain(MOMENTS, held, gain, trust).trust[0] == pytest.approx(expected)
    assert performs(0.3, pretender_keeps(6.0, 2.0, 8.0)) == pytest.approx(expected)


def test_the_less_is_left_to_stop_with_the_more_trust_there_is() -> None:
    loads = [load(0.3, returns, 6.0) for returns in (0.0, 0.3, 0.6, 0.9)]
    assert loads == sorted(loads, reverse=True)


def test_an_order_of_some_steps_holds_what_its_own_steps_bring_together() -> None:
    need, ends = np.array([[True, True, False]]), np.zeros((1, 3), dtype=np.bool_)
    joint, rows = Joint(need, ends, np.array([[5.0]]), np.zeros((1, 1))), np.array([[1.0], [2.0], [4.0]])
    assert along((), rows, joint, joint.balance).tolist() == [[0.0]]
    assert along((2, 0), rows, joint, joint.balance).tolist() == [[0.0], [4.0], [5.0]]
    assert along((1, 0), rows, joint, joint.balance).tolist() == [[0.0], [2.0], [8.0]]
