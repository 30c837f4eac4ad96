"""Integer programs against the listing of all packages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles import coupled as slow
from summitry.kernels import coupled


@st.composite
def problems(draw: st.DrawFn, parts: int = 1) -> coupled.Problem:
    """Up to four issues and three parties, points that are whole numbers of 1/`parts`, terms for some packages, and rules."""
    parties, issues = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    sizes = draw(st.lists(st.integers(1, 3), min_size=issues, max_size=issues))
    first = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    columns = int(first[-1])
    number = st.integers(-9, 12).map(lambda k: k / parts)
    value = np.array(draw(st.lists(st.lists(number, min_size=columns, max_size=columns), min_size=parties, max_size=parties)))
    terms = []
    for _ in range(draw(st.integers(0, 5))):
        where = sorted(draw(st.sets(st.integers(0, issues - 1), min_size=1)))
        options = tuple((i, frozenset(draw(st.sets(st.integers(0, sizes[i] - 1), min_size=1)))) for i in where)
        terms.append((options, np.array(draw(st.lists(number, min_size=parties, max_size=parties)))))
    allowed = np.ones(columns, dtype=np.bool_)
    for i, size in enumerate(sizes):
        if size > 1 and draw(st.booleans()):
            allowed[first[i] + size - 1] = False
    column = st.integers(0, columns - 1)
    pairs = st.lists(st.tuples(column, column), max_size=2)
    bars = [(q, r) for q, r in draw(pairs) if q != r]
    return coupled.Problem(first, value, terms, allowed, draw(pairs), bars)


@pytest.mark.parametrize("parts", [1, 7])
@given(data=st.data())
@settings(max_examples=60)
def test_programs_find_the_efficient_values_of_all_packages(parts: int, data: st.DataObject) -> None:
    problem = data.draw(problems(parts))
    floor = data.draw(st.none() | st.just(np.full(len(problem.value), 2.0 / parts)))
    points = {tuple(round(v, 9) for v in slow.worth(problem, package)) for package in slow.packages(problem)}
    expected = {p for p in slow.efficient(points) if floor is None or all(v >= f - 1e-9 for v, f in zip(p, floor, strict=True))}
    result = coupled.frontier(problem, floor=floor)
    assert result.epsilon == 0.0
    assert {tuple(round(v, 9) for v in row) for row in result.values.tolist()} == expected
    assert len(result.values) == len(expected)
    assert all(
        slow.worth(problem, tuple(row)) == pytest.approx(values)
        for row, values in zip(result.packages.tolist(), result.values.tolist(), strict=True)
    )


@given(problem=problems(), programs=st.integers(1, 12))
@settings(max_examples=60)
def test_the_bound_holds_wherever_the_search_stops(problem: coupled.Problem, programs: int) -> None:
    points = [slow.worth(problem, package) for package in slow.packages(problem)]
    result = coupled.frontier(problem, programs=programs)
    if not points or result.epsilon == np.inf:
        return
    span = np.ptp(np.array(points), axis=0)
    for point in points:
        assert (np.array(point) - result.values <= result.epsilon * span + 1e-9).all(axis=1).any()


def test_values_without_a_common_step_are_found_within_the_stated_bound() -> None:
    value = np.sqrt(np.arange(1.0, 19.0)).reshape(2, 9) * [[1.0], [-1.0]]
    problem = coupled.Problem(np.array([0, 3, 6, 9]), value, [(((0, frozenset({1})), (2, frozenset({1}))), np.array([0.7, 0.1]))],
                              np.ones(9, dtype=np.bool_))  # fmt: skip
    result = coupled.frontier(problem)
    assert 0.0 < result.epsilon < 1e-5
    points = np.array([slow.worth(problem, package) for package in slow.packages(problem)])
    assert all((point - result.values <= result.epsilon * np.ptp(points, axis=0)).all(axis=1).any() for point in points)
