"""Faults that tools for the same work are known to have, each held here as a law that it does not happen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from generators import build as small
from summitry.case.types import OptionValues
from summitry.deals import frontier
from summitry.kernels import bargain, pareto
from summitry.model import build

if TYPE_CHECKING:
    from pathlib import Path

VALUES = {"a": {"x": {"more": 5}, "y": {"more": -1}}, "b": {"x": {"more": -1}, "y": {"more": 5}}}
GIVERS = {"x": "b", "y": "a"}


def test_a_forbidden_package_is_never_reported_as_efficient() -> None:
    free = frontier.explore(build(small(VALUES, givers=GIVERS), draws=0))
    assert {"x": "more", "y": "none"} in [point.package for point in free.points]
    bound = frontier.explore(build(small(VALUES, givers=GIVERS, issues={"x": {"requires": {"more": "y.more"}}}), draws=0))
    assert {"x": "more", "y": "none"} not in [point.package for point in bound.points]
    assert {"x": "more", "y": "more"} in [point.package for point in bound.points]


def test_one_nan_is_refused_by_place_and_shifts_nothing() -> None:
    group = np.array([[1.0, 2.0], [math.nan, 1.0]])
    with pytest.raises(ValueError, match="group 0, choice 1, party 0: nan"):
        pareto.frontier([group])


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_no_number_is_refused_by_name(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        OptionValues.model_validate({"more": bad})


def test_kalai_smorodinsky_is_the_largest_least_share_and_not_the_nearest_to_the_diagonal() -> None:
    points = np.array([[1.0, 0.0], [0.0, 1.0], [0.42, 0.43], [0.7, 0.5]])
    assert list(bargain.kalai_smorodinsky(points, np.zeros(2))) == [3]


def test_reservation_values_are_kept_and_bound_the_solutions() -> None:
    found = frontier.explore(build(small(VALUES, givers=GIVERS, reservation={"a": 4.5, "b": 0}), draws=0))
    assert found.reservation == {"a": 4.5, "b": 0.0}
    assert not found.solutions


def test_no_solution_lies_below_a_reservation_value_of_both() -> None:
    points = np.array([[1.0, 1.0], [2.0, 0.5]])
    for solve in (bargain.nash, bargain.kalai_smorodinsky, bargain.egalitarian, bargain.raiffa):
        assert not len(solve(points, np.array([3.0, 3.0])))


def test_packages_of_equal_value_are_counted_and_listed() -> None:
    group = np.array([[0.0, 1.0], [1.0, 0.0]])
    found = pareto.frontier([group, group])
    middle = [tuple(v) for v in found.values].index((1.0, 1.0))
    assert found.count()[middle] == 2
    assert sorted(found.packages(middle)) == [(0, 1), (1, 0)]


def _scenarios(root: Path) -> list[Path]:
    home = root / "scenarios"
    found = [p for p in sorted((home / "genius").glob("*/*/*")) if p.is_dir()]
    found += [p for p in sorted((home / "genius" / "other").iterdir()) if p.is_dir() and p not in found]
    found += [p for kind in ("geniusweb", "negolog") for p in sorted((home / kind).iterdir()) if p.is_dir()]
    return [*found, home / "llm_deliberation" / "base"]


def test_every_scenario_that_can_be_listed_has_the_frontier_of_its_list(shared_data: Path) -> None:
    from summitry.formats import load

    listed = 0
    for folder in _scenarios(shared_data):
        model = build(load(folder), draws=0)
        if model.packages <= 10_000:
            rows = np.stack(np.meshgrid(*(np.arange(n) for n in model.sizes), indexing="ij"), axis=-1).reshape(
                -1, len(model.issues)
            )
            values = np.ascontiguousarray(np.round(model.means(rows), 9))
            efficient = {tuple(v) for v in values[_undominated(values)]}
            points = {tuple(round(v, 9) for v in point.values.values()) for point in frontier.explore(model).points}
            close = {tuple(np.round(p, 7)) for p in points}
            assert close == {tuple(np.round(p, 7)) for p in efficient}, folder.name
            listed += 1
    assert listed > 15


def _undominated(values: np.ndarray) -> np.ndarray:
    """Slow and obvious: a point stays unless another is at least as good for all and better for one."""
    distinct = np.unique(values, axis=0)
    keep = [not ((distinct >= point).all(axis=1) & (distinct > point).any(axis=1)).any() for point in distinct]
    return np.isin(
        values.view([("", values.dtype)] * values.shape[1]).ravel(), distinct[keep].view([("", values.dtype)] * values.shape[1])
    )
