from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles.order import exposures as exposures_by_listing
from oracles.order import least_load_by_trying
from summitry.kernels import _space, _walks
from summitry.kernels._space import space_of
from summitry.kernels._walks import LayerSearch, ListSearch
from summitry.kernels.order import changes_of, check_terms, fewer_changes, least_load, loads, strain, trust_needed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Arguments = tuple[
        NDArray[np.float64],
        NDArray[np.float64],
        NDArray[np.float64],
        NDArray[np.int64],
        NDArray[np.bool_],
        int,
        NDArray[np.float64],
    ]


@st.composite
def instances(draw: st.DrawFn, most: int = 6) -> Arguments:
    """Steps whose sums collide and cancel often, so that ties, rounding and infeasibility are common."""
    count, parties = draw(st.integers(0, most)), draw(st.integers(1, 3))
    tenths = st.integers(-6, 6).map(lambda top: top / 10)
    row = st.lists(tenths, min_size=parties, max_size=parties)
    balance = draw(st.lists(row, min_size=count, max_size=count))
    gain = draw(st.lists(st.integers(-1, 9).map(lambda top: top / 10), min_size=parties, max_size=parties))
    trust = draw(st.lists(st.sampled_from((0.0, 0.1, 0.25, 0.5, 0.75)), min_size=parties, max_size=parties))
    mover = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    place = draw(st.permutations(range(count)))
    before = np.zeros((count, count), dtype=np.bool_)
    for a, b in combinations(range(count), 2):
        before[place[a], place[b]] = draw(st.integers(0, 5)) == 0
    limit = draw(st.lists(st.sampled_from((inf, 0.3, 0.8)), min_size=parties, max_size=parties))
    return (
        np.array(balance, dtype=np.float64).reshape(count, parties),
        np.array(gain),
        np.array(trust),
        np.array(mover, dtype=np.int64),
        before,
        draw(st.integers(0, 5)),
        np.array(limit),
    )


def exact(numbers: NDArray[np.float64]) -> list[Fraction]:
    return [Fraction(str(number)) for number in numbers.tolist()]


def expected(case: Arguments) -> tuple[Fraction | float, int, tuple[int, ...]] | None:
    balance, gain, trust, mover, before, changes, limit = case
    pairs = [(int(a), int(b)) for a, b in np.argwhere(before)]
    bounds = [inf if bound == inf else Fraction(str(bound)) for bound in limit.tolist()]
    return least_load_by_trying(
        [exact(row) for row in balance], exact(gain), exact(trust), mover.tolist(), pairs, changes, bounds
    )


def agree(case: Arguments) -> None:
    found, best = least_load(*case), expected(case)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert found.load == pytest.approx(float(best[0]), rel=1e-12)
    if best[0] < inf:
        assert (found.changes, found.steps) == best[1:]


@settings(max_examples=1000)
@given(instances())
def test_the_order_is_the_one_that_trying_every_permutation_finds(case: Arguments) -> None:
    agree(case)


def random_case(rng: np.random.Generator, count: int) -> Arguments:
    balance = rng.integers(-6, 7, (count, 2)) / 10
    before = np.triu(rng.random((count, count)) < 0.05, 1)
    mover = rng.integers(0, 2, count)
    gain, trust = rng.integers(1, 9, 2) / 10, rng.choice([0.1, 0.25, 0.5], 2)
    return balance, gain, trust, mover, before, int(rng.integers(1, 6)), rng.choice([inf, 1.0], 2)


def test_the_order_is_the_best_of_5040_permutations() -> None:
    rng = np.random.default_rng(7)
    for _ in range(12):
        agree(random_case(rng, 7))


@pytest.mark.slow
@pytest.mark.parametrize(("count", "cases"), [(8, 20), (9, 4)])
def test_the_order_is_the_best_of_all_permutations_of_8_and_9_steps(count: int, cases: int) -> None:
    rng = np.random.default_rng(count)
    for _ in range(cases):
        agree(random_case(rng, count))


@given(instances())
def test_what_is_said_of_an_order_is_true_of_its_steps(case: Arguments) -> None:
    balance, gain, trust, mover, before, changes, limit = case
    found = least_load(*case)
    if found is None:
        return
    assert sorted(found.steps) == list(range(len(mover)))
    assert not before[np.tril_indices(len(mover))].any() or all(
        found.steps.index(a) < found.steps.index(b) for a, b in np.argwhere(before).tolist()
    )
    shortfall = exposures_by_listing([exact(balance[s]) for s in found.steps], len(gain))
    assert found.exposure == pytest.approx([float(e) for e in shortfall], abs=1e-12)
    assert (found.exposure <= limit + 1e-9).all()
    assert found.changes == changes_of(found.steps, mover) <= changes
    assert np.array_equal(found.trust_needed, trust_needed(found.exposure, gain))
    assert found.load == strain(found.steps, balance, gain, trust).load.max(initial=0.0)
    assert found.balance.shape == (len(mover) + 1, len(gain))
    assert found.balance[-1] == pytest.approx(balance.sum(axis=0), abs=1e-12)


@settings(max_examples=300)
@given(instances(7))
def test_the_fast_searches_equal_the_reference(case: Arguments) -> None:
    from summitry.kernels._walks_fast import CompiledSearch

    balance, gain, _, mover, before, changes, limit = case
    space = space_of(balance, mover, before)
    if space is None or not len(mover):
        return
    level = np.maximum(0.0, -space.sums(balance)).max(axis=0)
    level[level > limit.min() + gain.max()] = inf
    level[[0, -1]] = 0.0
    slow = ListSearch(space, level)
    for fast in (CompiledSearch(space, level), LayerSearch(space, level)):
        assert slow.bottleneck() == fast.bottleneck()
        assert slow.bottlenecks(changes) == fast.bottlenecks(changes)
        for cap in np.unique(level[level < inf]):
            assert np.array_equal(slow.fewest(float(cap)), fast.fewest(float(cap)))


def test_bisecting_the_levels_equals_one_sweep_for_each_change(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    cases = [random_case(rng, 7) for _ in range(100)]
    swept = [least_load(*case) for case in cases]
    monkeypatch.setattr(_walks, "HALVE_AT", 0)
    halved = [least_load(*case) for case in cases]
    assert [o and o.steps for o in swept] == [o and o.steps for o in halved]
    assert any(o is None for o in swept)
    assert any(o is not None for o in swept)


@settings(max_examples=200)
@given(instances(5))
def test_orders_with_fewer_and_fewer_changes_are_those_of_one_search_each(case: Arguments) -> None:
    balance, gain, trust, mover, before, changes, limit = case
    found = [o.steps for o in fewer_changes(check_terms(balance, gain, trust, mover, changes, limit, None), before)]
    single = []
    while changes >= 0 and (order := least_load(balance, gain, trust, mover, before, changes, limit)) is not None:
        single.append(order.steps)
        changes = order.changes - 1
    assert found == single


@given(instances(), st.integers(0, 3))
def test_more_changes_of_mover_never_raise_the_load(case: Arguments, more: int) -> None:
    fewer, many = least_load(*case), least_load(*case[:5], case[5] + more, case[6])
    if fewer is not None:
        assert many is not None
        assert many.load <= fewer.load * (1 + 1e-9)


@given(instances(), st.randoms(use_true_random=False))
def test_a_draw_is_evaluated_as_if_it_were_alone(case: Arguments, random: object) -> None:
    balance, gain, trust, mover, *_ = case
    rng = np.random.default_rng(hash(str(random)) % 2**32)
    steps = rng.permutation(len(mover)).tolist()
    drawn = balance[:, :, None] * rng.uniform(0.5, 2.0, (1, 1, 4))
    gains = gain[:, None] * rng.uniform(0.5, 2.0, (1, 4))
    together = strain(steps, drawn, gains, trust)
    assert together.load.shape == (len(gain), 4)
    for d in range(4):
        alone = strain(steps, drawn[:, :, d], gains[:, d], trust)
        assert np.array_equal(together.load[:, d], alone.load)
        assert np.array_equal(together.needed[:, d], alone.needed)


def free(count: int) -> NDArray[np.bool_]:
    return np.zeros((count, count), dtype=np.bool_)


@settings(max_examples=60)
@given(st.lists(st.integers(1, 12), min_size=2, max_size=8))
def test_an_order_within_tight_limits_exists_iff_the_numbers_can_be_halved(numbers: list[int]) -> None:
    """PARTITION: A pays `numbers`, B pays half their sum twice; nobody may be exposed beyond A's half and B's nothing."""
    half = sum(numbers) / 2
    balance = np.array([*([-a, a] for a in numbers), [half, -half], [half, -half]], dtype=np.float64)
    mover = np.array([0] * len(numbers) + [1, 1])
    found = least_load(balance, np.ones(2), np.full(2, 0.5), mover, free(len(mover)), 3, np.array([half, 0.0]))
    sums = {sum(part) for size in range(len(numbers) + 1) for part in combinations(numbers, size)}
    assert (found is not None) == (half in sums)


def test_nothing_to_do_needs_no_trust() -> None:
    found = least_load(np.zeros((0, 2)), np.zeros(2), np.full(2, 0.5), np.zeros(0, dtype=np.int64), free(0), 0, np.zeros(2))
    assert found is not None
    assert (found.steps, found.load, found.changes, found.balance.shape) == ((), 0.0, 0, (1, 2))


def test_prerequisites_in_a_circle_leave_no_order() -> None:
    before = np.array([[False, True], [True, False]])
    assert (
        least_load(np.ones((2, 1)), np.ones(1), np.full(1, 0.5), np.zeros(2, dtype=np.int64), before, 9, np.full(1, inf)) is None
    )


def test_a_party_that_gains_nothing_but_is_exposed_makes_the_load_infinite_and_the_others_are_still_spared() -> None:
    balance = np.array([[-4.0, 4.0], [0.0, -6.0], [1.0, 3.0]])
    before = np.array([[False, True, True], [False] * 3, [False] * 3])
    found = least_load(balance, np.array([-3.0, 1.0]), np.full(2, 0.5), np.array([0, 1, 0]), before, 9, np.full(2, inf))
    assert found is not None
    assert found.load == inf
    assert found.steps == (0, 2, 1)
    assert found.trust_needed.tolist() == [1.0, 0.0]


def test_sums_that_cancel_expose_nobody() -> None:
    """0.3 - 0.1 - 0.2 is below 0 in floats, and any exposure would be unbearable for a party that gains nothing."""
    balance = np.array([[0.3], [-0.1], [-0.2], [0.0]])
    assert 0.3 - 0.1 - 0.2 < 0
    before = np.triu(np.ones((4, 4), dtype=np.bool_), 1)
    found = least_load(balance, np.zeros(1), np.full(1, 0.5), np.zeros(4, dtype=np.int64), before, 0, np.zeros(1))
    assert found is not None
    assert (found.load, found.exposure.tolist()) == (0.0, [0.0])


def test_lumps_in_chains_are_searched_exactly_far_beyond_20_steps() -> None:
    """60 steps in 2 x 2 chains of equal lumps are 16^4 states."""
    balance = np.repeat([[-1.0, 2.0], [2.0, -1.0], [-2.0, 3.0], [3.0, -2.0]], 15, axis=0)
    mover = np.repeat([0, 1, 0, 1], 15)
    found = least_load(balance, balance.sum(axis=0), np.full(2, 0.5), mover, free(60), 59, np.full(2, inf))
    assert found is not None
    assert found.exposure.max() == 1.0


@given(instances())
def test_with_too_many_states_the_order_is_valid_and_says_that_it_may_not_be_the_least(case: Arguments) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_space, "MOST_STATES", 8)
        patch.setattr(_space, "NARROW_TO", 8)
        narrowed = least_load(*case)
    if narrowed is None:
        return
    balance, gain, trust, mover, before, changes, limit = case
    best = least_load(*case)
    assert best is not None
    assert narrowed.load >= best.load * (1 - 1e-9)
    assert narrowed.exact or len(mover) > 3
    assert not narrowed.exact or narrowed.load == pytest.approx(best.load)
    assert sorted(narrowed.steps) == list(range(len(mover)))
    assert all(narrowed.steps.index(a) < narrowed.steps.index(b) for a, b in np.argwhere(before).tolist())
    assert narrowed.changes == changes_of(narrowed.steps, mover) <= changes
    assert (narrowed.exposure <= limit + 1e-9).all()
    assert narrowed.load == strain(narrowed.steps, balance, gain, trust).load.max(initial=0.0)


def test_forty_free_steps_are_ordered_although_not_exactly() -> None:
    rng = np.random.default_rng(0)
    mover = np.arange(40) % 2
    balance = np.where((mover == 0)[:, None], [-1.0, 1.5], [1.5, -1.0]) * rng.uniform(1, 5, (40, 1))
    found = least_load(balance, balance.sum(axis=0), np.full(2, 0.5), mover, free(40), 20, np.full(2, inf))
    assert found is not None
    assert not found.exact
    worst = strain([*range(0, 40, 2), *range(1, 40, 2)], balance, balance.sum(axis=0), np.full(2, 0.5)).load.max()
    assert found.load < worst / 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"balance": np.array([[np.nan, 1.0]])}, "balance not finite"),
        ({"mover": np.zeros(2, dtype=np.int64)}, r"balance \(1, 2\), mover \(2,\)"),
        ({"gain": np.array([1.0])}, "gain .*not 2 numbers"),
        ({"trust": np.array([0.5, np.nan])}, "trust .*not 2 numbers"),
        ({"changes": -1}, "changes -1 < 0"),
        ({"before": np.zeros((2, 2), dtype=np.bool_)}, r"before \(2, 2\)"),
    ],
)
def test_arguments_that_cannot_be_used_are_named(change: dict[str, object], message: str) -> None:
    good: dict[str, object] = {
        "balance": np.ones((1, 2)),
        "gain": np.ones(2),
        "trust": np.full(2, 0.5),
        "mover": np.zeros(1, dtype=np.int64),
        "before": free(1),
        "changes": 1,
        "limit": np.full(2, inf),
    }
    with pytest.raises(ValueError, match=message):
        least_load(**(good | change))  # type: ignore[arg-type]  # one of them is wrong on purpose


def test_loads_are_ratios_of_odds_and_have_their_limits() -> None:
    needed, trust = np.array([0.0, 0.2, 0.6]), np.array([0.0, 0.5, 0.4])
    assert loads(needed, trust) == pytest.approx((0.6 / 0.4) / (0.4 / 0.6))
    assert loads(np.array([1.0]), np.array([1.0])) == inf
    assert loads(np.array([0.5]), np.array([1.0])) == 0.0
    assert loads(np.array([0.5]), np.array([0.0])) == inf


def test_small_packages_never_wait_for_a_compiler() -> None:
    program = (
        "import sys, numpy as np; from summitry.kernels.order import least_load;"
        "n = 8; balance = np.arange(16.0).reshape(n, 2) - 7;"
        "least_load(balance, np.ones(2), np.full(2, .5), np.arange(n) % 2, np.zeros((n, n), bool), 3, np.full(2, np.inf));"
        "print('numba' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False"]
