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
from oracles.order import least_load_by_trying, least_load_in_phases_by_trying
from summitry.kernels import _space, ordering
from summitry.kernels._space import space_of
from summitry.kernels._walks import LayerSearch, ListSearch
from summitry.kernels.ordering import check_terms, least_load, loads, strain, trust_needed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.kernels.ordering import Order

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


def least(case: Arguments, phases: int | None = None) -> Order | None:
    """The order of least load of an instance, or with other phases than it says."""
    balance, gain, trust, mover, before, own, limit = case
    return least_load(check_terms(balance, gain, trust, mover, own if phases is None else phases, limit, None), before)


def prefixes(steps: Sequence[int]) -> NDArray[np.bool_]:
    """The moments of an order, one step after the other."""
    return np.array([[s in steps[:k] for s in range(len(steps))] for k in range(len(steps) + 1)], dtype=np.bool_)


def in_numbers(case: Arguments) -> tuple[list[list[Fraction]], list[Fraction], list[Fraction], list[tuple[int, int]]]:
    balance, gain, trust, _, before, _, _ = case
    return [exact(row) for row in balance], exact(gain), exact(trust), [(int(a), int(b)) for a, b in np.argwhere(before)]


def bounds(case: Arguments) -> list[Fraction | float]:
    return [inf if bound == inf else Fraction(str(bound)) for bound in case[-1].tolist()]


def agree(case: Arguments) -> None:
    found, best = least(case, len(case[0])), least_load_by_trying(*in_numbers(case), bounds(case))
    if best is None:
        assert found is None
        return
    assert found is not None
    assert found.load == pytest.approx(float(best[0]), rel=1e-12)
    if best[0] < inf:
        assert found.steps == best[1]


@settings(max_examples=1000)
@given(instances())
def test_one_step_after_the_other_the_order_is_the_one_that_trying_every_permutation_finds(case: Arguments) -> None:
    agree(case)


@settings(max_examples=300, deadline=None)
@given(instances(5))
def test_within_so_many_phases_the_load_is_the_least_that_trying_every_division_finds(case: Arguments) -> None:
    balance, gain, trust, _, before, phases, limit = case
    found, best = least(case), least_load_in_phases_by_trying(*in_numbers(case), phases, bounds(case))
    assert (found is None) == (best is None)
    if found is None or best is None:
        return
    assert found.load == pytest.approx(float(best), rel=1e-12)
    assert max(found.phases, default=0) <= phases
    assert found.load == strain(found.states, balance, gain, trust).load.max(initial=0.0)
    assert all(found.steps.index(a) < found.steps.index(b) for a, b in np.argwhere(before | found.waits).tolist())
    assert (found.exposure <= limit + 1e-9).all()


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
    balance, gain, trust, mover, before, _, limit = case
    found = least(case, len(mover))
    if found is None:
        return
    assert sorted(found.steps) == list(range(len(mover)))
    assert all(found.steps.index(a) < found.steps.index(b) for a, b in np.argwhere(before).tolist())
    shortfall = exposures_by_listing([exact(balance[s]) for s in found.steps], len(gain))
    assert found.exposure == pytest.approx([float(e) for e in shortfall], abs=1e-12)
    assert (found.exposure <= limit + 1e-9).all()
    assert found.phases == tuple(range(1, len(mover) + 1))
    assert np.array_equal(found.trust_needed, trust_needed(found.exposure, gain))
    assert found.load == strain(prefixes(found.steps), balance, gain, trust).load.max(initial=0.0)
    assert found.balance.shape == (len(mover) + 1, len(gain))
    assert found.balance[-1] == pytest.approx(balance.sum(axis=0), abs=1e-12)


@settings(max_examples=300)
@given(instances(7))
def test_the_fast_searches_equal_the_reference(case: Arguments) -> None:
    from summitry.kernels._walks_fast import CompiledSearch

    balance, gain, _, mover, before, _, limit = case
    space = space_of(balance, mover, before)
    if space is None or not len(mover):
        return
    level = np.maximum(0.0, -space.sums(balance)).max(axis=0)
    level[level > limit.min() + gain.max()] = inf
    level[[0, -1]] = 0.0
    slow = ListSearch(space, level).ahead()
    for fast in (CompiledSearch(space, level), LayerSearch(space, level)):
        assert np.array_equal(slow, fast.ahead())


@given(instances(), st.integers(0, 3))
def test_more_phases_never_raise_the_load(case: Arguments, more: int) -> None:
    few, many = least(case), least(case, case[5] + more)
    if few is not None:
        assert many is not None
        assert many.load <= few.load * (1 + 1e-9)


@given(instances(), st.randoms(use_true_random=False))
def test_a_draw_is_evaluated_as_if_it_were_alone(case: Arguments, random: object) -> None:
    balance, gain, trust, mover, *_ = case
    rng = np.random.default_rng(hash(str(random)) % 2**32)
    states = rng.random((5, len(mover))) < 0.5
    drawn = balance[:, :, None] * rng.uniform(0.5, 2.0, (1, 1, 4))
    gains = gain[:, None] * rng.uniform(0.5, 2.0, (1, 4))
    together = strain(states, drawn, gains, trust)
    assert together.load.shape == (len(gain), 4)
    for d in range(4):
        alone = strain(states, drawn[:, :, d], gains[:, d], trust)
        assert together.load[:, d] == pytest.approx(alone.load, rel=1e-9)
        assert together.needed[:, d] == pytest.approx(alone.needed, rel=1e-9)


def free(count: int) -> NDArray[np.bool_]:
    return np.zeros((count, count), dtype=np.bool_)


@settings(max_examples=60)
@given(st.lists(st.integers(1, 12), min_size=2, max_size=8))
def test_an_order_within_tight_limits_exists_iff_the_numbers_can_be_halved(numbers: list[int]) -> None:
    """PARTITION: A pays `numbers`, B pays half their sum twice; nobody may be exposed beyond A's half and B's nothing."""
    half = sum(numbers) / 2
    balance = np.array([*([-a, a] for a in numbers), [half, -half], [half, -half]], dtype=np.float64)
    mover = np.array([0] * len(numbers) + [1, 1])
    found = least((balance, np.ones(2), np.full(2, 0.5), mover, free(len(mover)), len(mover), np.array([half, 0.0])))
    sums = {sum(part) for size in range(len(numbers) + 1) for part in combinations(numbers, size)}
    assert (found is not None) == (half in sums)


def test_nothing_to_do_needs_no_trust() -> None:
    found = least((np.zeros((0, 2)), np.zeros(2), np.full(2, 0.5), np.zeros(0, dtype=np.int64), free(0), 0, np.zeros(2)))
    assert found is not None
    assert (found.steps, found.load, found.phases, found.balance.shape) == ((), 0.0, (), (1, 2))


def test_prerequisites_in_a_circle_leave_no_order() -> None:
    before = np.array([[False, True], [True, False]])
    case = (np.ones((2, 1)), np.ones(1), np.full(1, 0.5), np.zeros(2, dtype=np.int64), before, 9, np.full(1, inf))
    assert least(case) is None
    assert least(case, 1) is None


def test_a_party_that_gains_nothing_but_is_exposed_makes_the_load_infinite_and_the_others_are_still_spared() -> None:
    balance = np.array([[-4.0, 4.0], [0.0, -6.0], [1.0, 3.0]])
    before = np.array([[False, True, True], [False] * 3, [False] * 3])
    found = least((balance, np.array([-3.0, 1.0]), np.full(2, 0.5), np.array([0, 1, 0]), before, 9, np.full(2, inf)))
    assert found is not None
    assert found.load == inf
    assert found.steps == (0, 2, 1)
    assert found.trust_needed.tolist() == [1.0, 0.0]


def test_sums_that_cancel_expose_nobody() -> None:
    """0.3 - 0.1 - 0.2 is below 0 in floats, and any exposure would be unbearable for a party that gains nothing."""
    balance = np.array([[0.3], [-0.1], [-0.2], [0.0]])
    assert 0.3 - 0.1 - 0.2 < 0
    before = np.triu(np.ones((4, 4), dtype=np.bool_), 1)
    found = least((balance, np.zeros(1), np.full(1, 0.5), np.zeros(4, dtype=np.int64), before, 4, np.zeros(1)))
    assert found is not None
    assert (found.load, found.exposure.tolist()) == (0.0, [0.0])


def test_lumps_in_chains_are_searched_exactly_far_beyond_20_steps() -> None:
    """60 steps in 2 x 2 chains of equal lumps are 16^4 states."""
    balance = np.repeat([[-1.0, 2.0], [2.0, -1.0], [-2.0, 3.0], [3.0, -2.0]], 15, axis=0)
    mover = np.repeat([0, 1, 0, 1], 15)
    found = least((balance, balance.sum(axis=0), np.full(2, 0.5), mover, free(60), 60, np.full(2, inf)))
    assert found is not None
    assert found.exposure.max() == 1.0


@given(case=instances(), at_once=st.booleans())
def test_with_too_many_states_the_order_is_valid_and_says_that_it_may_not_be_the_least(case: Arguments, *, at_once: bool) -> None:
    balance, gain, trust, mover, before, phases, limit = case
    most = phases if at_once else len(mover)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_space, "MOST_STATES", 8)
        patch.setattr(_space, "NARROW_TO", 8)
        patch.setattr(ordering, "MOST_PAIRS", 36)
        narrowed = least(case, most)
    if narrowed is None:
        return
    best = least(case, most)
    assert best is not None
    assert narrowed.load >= best.load * (1 - 1e-9)
    assert narrowed.exact or len(mover) > 3
    assert not narrowed.exact or narrowed.load == pytest.approx(best.load)
    assert sorted(narrowed.steps) == list(range(len(mover)))
    assert all(narrowed.steps.index(a) < narrowed.steps.index(b) for a, b in np.argwhere(before).tolist())
    assert max(narrowed.phases, default=0) <= most
    assert (narrowed.exposure <= limit + 1e-9).all()
    assert narrowed.load == strain(narrowed.states, balance, gain, trust).load.max(initial=0.0)


@pytest.mark.parametrize("phases", [40, 20])
def test_forty_free_steps_are_ordered_although_not_exactly(phases: int) -> None:
    rng = np.random.default_rng(0)
    mover = np.arange(40) % 2
    balance = np.where((mover == 0)[:, None], [-1.0, 1.5], [1.5, -1.0]) * rng.uniform(1, 5, (40, 1))
    found = least((balance, balance.sum(axis=0), np.full(2, 0.5), mover, free(40), phases, np.full(2, inf)))
    assert found is not None
    assert not found.exact
    states = prefixes([*range(0, 40, 2), *range(1, 40, 2)])
    worst = strain(states, balance, balance.sum(axis=0), np.full(2, 0.5)).load.max()
    assert found.load < worst / 5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"balance": np.array([[np.nan, 1.0]])}, "balance not finite"),
        ({"mover": np.zeros(2, dtype=np.int64)}, r"balance \(1, 2\), mover \(2,\)"),
        ({"gain": np.array([1.0])}, "gain .*not 2 numbers"),
        ({"trust": np.array([0.5, np.nan])}, "trust .*not 2 numbers"),
        ({"phases": -1}, "phases -1 < 0"),
        ({"before": np.zeros((2, 2), dtype=np.bool_)}, r"before \(2, 2\)"),
    ],
)
def test_arguments_that_cannot_be_used_are_named(change: dict[str, object], message: str) -> None:
    good: dict[str, object] = {
        "balance": np.ones((1, 2)),
        "gain": np.ones(2),
        "trust": np.full(2, 0.5),
        "mover": np.zeros(1, dtype=np.int64),
        "phases": 1,
        "limit": np.full(2, inf),
        "joint": None,
    }
    before = change.pop("before", free(1))
    with pytest.raises(ValueError, match=message):
        least_load(check_terms(**(good | change)), before)  # type: ignore[arg-type]  # one of them is wrong on purpose


def test_loads_are_ratios_of_odds_and_have_their_limits() -> None:
    needed, trust = np.array([0.0, 0.2, 0.6]), np.array([0.0, 0.5, 0.4])
    assert loads(needed, trust) == pytest.approx((0.6 / 0.4) / (0.4 / 0.6))
    assert loads(np.array([1.0]), np.array([1.0])) == inf
    assert loads(np.array([0.5]), np.array([1.0])) == 0.0
    assert loads(np.array([0.5]), np.array([0.0])) == inf


def test_small_packages_never_wait_for_a_compiler() -> None:
    program = (
        "import sys, numpy as np; from summitry.kernels.ordering import check_terms, least_load;"
        "n = 8; balance = np.arange(16.0).reshape(n, 2) - 7;"
        "terms = np.ones(2), np.full(2, .5), np.arange(n) % 2, 3, np.full(2, np.inf), None;"
        "least_load(check_terms(balance, *terms), np.zeros((n, n), bool));"
        "print('numba' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False"]
