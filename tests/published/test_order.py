from __future__ import annotations

from math import inf

import numpy as np
import pytest

from summitry.kernels.ordering import check_terms, least_load, strain, trust_needed
from summitry.kernels.unenforced import divisible_steps, safe_order


def test_least_maximal_exposure_of_six_gifts() -> None:
    """Recomputed by trying all orders; the model is Sandholm & Lesser's, "... unenforced exchange", IJCAI 1995."""
    gifts = {0: [(2, 5), (3, 4), (6, 12)], 1: [(2, 6), (3, 5), (5, 9)]}
    rows = [(-cost, value) if side == 0 else (value, -cost) for side, pairs in gifts.items() for cost, value in pairs]
    balance = np.array(rows, dtype=np.float64)
    mover = np.array([0, 0, 0, 1, 1, 1])
    even, unlimited = np.full(2, 0.5), np.full(2, inf)  # with these and gains of one, a load is an exposure
    found = least_load(check_terms(balance, np.ones(2), even, mover, 6, unlimited, None), np.zeros((6, 6), dtype=np.bool_))
    assert found is not None
    assert found.exposure.max() == 2.0
    for order, exposure in (([0, 3, 1, 4, 2, 5], 2.0), ([0, 1, 2, 3, 4, 5], 11.0)):
        moments = np.array([[s in order[:k] for s in range(6)] for k in range(7)])
        assert strain(moments, balance, np.ones(2), even).exposure.max() == exposure


@pytest.mark.parametrize(("defection", "expected"), [(0.0, None), (1.0, ((4, 9), (2, 4), (1, 3)))])
def test_chunks_of_goods_for_money(defection: float, expected: tuple[tuple[int, int], ...] | None) -> None:
    """Sandholm & Lesser, "Equilibrium analysis of the possibilities of unenforced exchange in multiagent systems", IJCAI 1995."""
    chunks = [(4, 9), (1, 3), (2, 4)]
    found = safe_order([cost for cost, _ in chunks], [value for _, value in chunks], defection)
    assert (None if found is None else tuple(chunks[k] for k in found)) == expected


@pytest.mark.parametrize(("cost", "value", "defection", "steps"), [(10, 20, 1, 4), (10, 15, 1, 5)])
def test_instalments_of_a_divisible_good(cost: float, value: float, defection: float, steps: int) -> None:
    """Sandholm & Lesser, "Equilibrium analysis of the possibilities of unenforced exchange in multiagent systems", IJCAI 1995."""
    assert divisible_steps(cost, value, defection) == steps


def test_trust_game_played_in_sequence() -> None:
    """Kydd, "Trust and Mistrust in International Relations", Princeton 2005: minimal trust of R, S, P = 3, 0, 1."""
    assert trust_needed(1 - 0, 3 - 1) == pytest.approx(1 / 3)


@pytest.mark.parametrize(("swaps", "theta"), [(1, 0.67), (2, 0.50), (4, 0.33), (8, 0.20)])
def test_equal_swaps_need_less_trust_the_smaller_they_are(swaps: int, theta: float) -> None:
    """Give 20, get 30 in m equal swaps, giver first; after Watson, "Starting small and commitment", GEB 38(1), 2002."""
    balance = np.repeat([[-20.0 / swaps, 25.0 / swaps], [30.0 / swaps, -20.0 / swaps]], swaps, axis=0)
    mover = np.repeat([0, 1], swaps)
    before = np.zeros((2 * swaps, 2 * swaps), dtype=np.bool_)
    before[0, 1:] = True
    trust, limit = np.array([0.3, 0.99]), np.array([inf, 0.0])
    found = least_load(check_terms(balance, balance.sum(axis=0), trust, mover, 2 * swaps, limit, None), before)
    assert found is not None
    assert found.trust_needed[0] == pytest.approx(theta, abs=0.005)
