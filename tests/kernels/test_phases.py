from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles import phases as oracle
from summitry.kernels import ordering
from summitry.kernels._space import narrow_space
from summitry.kernels.phases import Phases, Work, length

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels.ordering import Terms


@st.composite
def works(draw: st.DrawFn, most: int = 4) -> tuple[Terms, Work, float]:
    """A few steps of two or three sides with durations, lags and prerequisites, and a load that is borne."""
    count, parties = draw(st.integers(1, most)), draw(st.integers(1, 3))
    row = st.lists(st.integers(-6, 6).map(float), min_size=parties, max_size=parties)
    balance = np.array(draw(st.lists(row, min_size=count, max_size=count))).reshape(count, parties)
    mover = np.array(draw(st.lists(st.integers(0, 2), min_size=count, max_size=count)))
    days = np.array(draw(st.lists(st.sampled_from((0, 1, 5, 20)), min_size=count, max_size=count)))
    lag = np.array(draw(st.lists(st.sampled_from((0, 2)), min_size=count, max_size=count)))
    before = np.zeros((count, count), dtype=np.bool_)
    for a, b in combinations(draw(st.permutations(range(count))), 2):
        before[a, b] = draw(st.integers(0, 5)) == 0
    after = np.where(before, np.where(mover[:, None] == mover[None, :], 0, lag[:, None]), -1)
    gain = np.array(draw(st.lists(st.integers(1, 9).map(float), min_size=parties, max_size=parties)))
    terms = ordering.check_terms(balance, gain, np.full(parties, 0.5), mover, 99, np.full(parties, inf), None)
    return terms, Work(days, lag, after), draw(st.sampled_from((0.3, 0.6, 1.0, 2.0)))


def level_of(terms: Terms) -> oracle.Level:
    def level(state: frozenset[int]) -> float:
        exposed = np.maximum(0.0, -terms.balance[list(state)].sum(axis=0))
        return float((exposed / terms.gain).max())

    return level


def required(work: Work) -> dict[tuple[int, int], int]:
    return {(int(a), int(b)): int(work.after[a, b]) for a, b in np.argwhere(work.required)}


def pairs(matrix: NDArray[np.bool_]) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in np.argwhere(matrix)]


@settings(max_examples=300)
@given(works())
def test_the_quickest_division_is_the_one_that_trying_each_finds(case: tuple[Terms, Work, float]) -> None:
    terms, work, cap = case
    space = narrow_space(terms.balance, terms.mover, work.required, terms.traits, 10**6)
    assert space is not None
    level, _ = ordering.levels(space, terms)
    path = Phases(space, level <= cap * (1 + 1e-9), work).quickest()
    best = oracle.quickest_phases(work.days.tolist(), work.lag.tolist(), required(work), level_of(terms), cap)
    assert (path is None) == (best is None)
    order = ordering.quickest(terms, work, cap, 0)
    assert (order is None) == (best is None)
    if order is not None and best is not None:
        assert length(work, order.waits) <= best


@settings(max_examples=150, deadline=None)
@given(works(3))
def test_no_set_of_waits_is_quicker_where_nothing_runs_on(case: tuple[Terms, Work, float]) -> None:
    terms, work, cap = case
    order = ordering.quickest(terms, work, cap, 0)
    best = oracle.quickest_waits(work.days.tolist(), work.lag.tolist(), required(work), level_of(terms), cap)
    assert (order is None) == (best is None)
    if order is not None and best is not None:
        assert length(work, order.waits) >= best


@settings(max_examples=300)
@given(works())
def test_every_state_that_an_order_lets_arise_is_borne_and_said_so(case: tuple[Terms, Work, float]) -> None:
    terms, work, cap = case
    order = ordering.quickest(terms, work, cap, 0)
    if order is None:
        return
    waits = [*pairs(order.waits), *required(work)]
    assert oracle.borne(len(work.days), waits, level_of(terms), cap)
    states = {frozenset(np.flatnonzero(row).tolist()) for row in order.states}
    assert states == set(oracle.states(len(work.days), waits))
    worst = max((level_of(terms)(x) for x in states if 0 < len(x) < len(work.days)), default=0.0)
    assert order.load == pytest.approx(worst)
    assert all(order.steps.index(a) < order.steps.index(b) for a, b in waits)
    place = dict(zip(order.steps, order.phases, strict=True))
    assert all(place[a] < place[b] for a, b in pairs(order.waits))
    assert length(work, order.waits) == oracle.length(work.days.tolist(), work.lag.tolist(), required(work), pairs(order.waits))


@given(works(), st.integers(1, 4))
def test_fewer_phases_never_lower_the_load_and_with_one_all_states_arise(case: tuple[Terms, Work, float], phases: int) -> None:
    terms, work, _ = case
    few = ordering.least_load(replace(terms, phases=phases), work.required)
    many = ordering.least_load(terms, work.required)
    assert few is not None
    assert many is not None
    assert few.load >= many.load * (1 - 1e-9)
    if phases == 1:
        states = oracle.states(len(work.days), required(work))
        assert few.load == pytest.approx(max((level_of(terms)(x) for x in states if 0 < len(x) < len(work.days)), default=0.0))
