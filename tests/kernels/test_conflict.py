"""What is named as a contradiction contradicts, and nothing in it is idle; compared with all corners of the square."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from summitry.kernels import conflict
from summitry.kernels.draw import generator


def test_a_contradiction_is_one_and_every_part_of_it_is_needed() -> None:
    rng = generator(0, "conflict")
    found = 0
    for _ in range(60):
        rows = rng.integers(-3, 4, size=(5, 2)).astype(float)
        bounds = np.array([[1.0, 5.0], [1.0, 5.0]])
        named = conflict.contradiction(rows, np.arange(5), bounds)
        assert bool(named) is not conflict.feasible(rows, bounds)
        if named:
            found += 1
            assert not conflict.feasible(rows[list(named)], bounds)
            assert all(conflict.feasible(rows[[k for k in named if k != one]], bounds) for one in named)
    assert 10 < found < 60


def test_feasible_agrees_with_looking_at_every_corner() -> None:
    rng = generator(1, "corners")
    answers = []
    for _ in range(80):
        rows = rng.integers(-3, 4, size=(4, 2)).astype(float)
        low = np.array([1.0, 1.0])
        bounds = np.array([[1.0, 3.0], [1.0, 3.0]])
        lines = np.c_[rows, np.zeros(4)]
        corners = [low, [1.0, 3.0], [3.0, 1.0], [3.0, 3.0]]
        edges = [np.array(v) for v in ((1.0, 0.0, -1.0), (1.0, 0.0, -3.0), (0.0, 1.0, -1.0), (0.0, 1.0, -3.0))]
        for one, other in combinations([*lines, *edges], 2):
            turn = np.array([one[:2], other[:2]])
            if abs(np.linalg.det(turn)) > 1e-12:
                corners.append(np.linalg.solve(turn, [-one[2], -other[2]]))
        within = [c for c in np.array(corners) if c.min() >= 1 - 1e-9 and c.max() <= 3 + 1e-9]
        wanted = any((rows @ corner >= -1e-9).all() for corner in within)
        assert conflict.feasible(rows, bounds) == wanted
        answers.append(wanted)
    assert 10 < sum(answers) < 70


def test_rows_of_one_statement_stay_together() -> None:
    rows = np.array([[1.0, -1.0], [-1.0, 1.5], [1.0, 0.0]])
    assert conflict.contradiction(rows, np.array([4, 7, 9]), np.array([[1.0, 5.0], [1.0, 5.0]])) == ()
    rows[1] = [-1.0, 0.5]
    assert conflict.contradiction(rows, np.array([4, 7, 9]), np.array([[1.0, 5.0], [1.0, 5.0]])) == (4, 7)
