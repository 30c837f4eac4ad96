"""Laws of the vote count: it is the slow twin's, ties included, and it counts what it does not tabulate."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest

from oracles.ballot import carried as carried_slowly
from summitry.kernels import ballot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Case: TypeAlias = tuple[Floats, Floats, Floats, NDArray[np.bool_], float, Floats]


def drawn(seed: int, *, whole: bool = False, seats: int | None = None, draws: int = 37, scale: float = 1.0) -> Case:
    """A random table and packages; `whole` numbers, whose sums meet thresholds and quotas exactly."""
    rng = np.random.default_rng(seed)
    count, columns = seats or int(rng.integers(1, 6)), int(rng.integers(1, 12))
    stance, threshold = rng.normal(0.0, 2.0, (count, columns, draws)), rng.normal(0.0, 1.0, (count, draws))
    weight = rng.integers(0, 4, count).astype(np.float64)
    if whole:
        stance, threshold = np.round(stance) / 10.0, np.round(threshold) / 10.0
    total = weight.sum() or 1.0
    quota = float(rng.choice([0.5, 2 / 3, 1.0, float(weight[: count // 2 + 1].sum() / total)]))
    rows = (rng.random((int(rng.integers(1, 9)), columns)) < 0.5).astype(np.float64)
    return scale * stance, scale * threshold, weight / total, rng.random(count) < 0.3, quota, rows


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", range(30))
def test_the_fast_count_is_the_slow_one(seed: int, whole: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    stance, threshold, weight, veto, quota, rows = drawn(seed, whole=whole)
    found = ballot.carried(ballot.ready(stance, threshold, weight, veto, quota), rows)
    assert found.tolist() == carried_slowly(stance, threshold, weight, veto, quota, rows)


@pytest.mark.parametrize("seed", range(4))
def test_more_seats_than_a_byte_holds_and_more_draws_than_a_block(seed: int) -> None:
    stance, threshold, weight, veto, quota, rows = drawn(seed, seats=19, draws=ballot.DRAWS + 3)
    found = ballot.carried(ballot.ready(stance, threshold, weight, veto, quota), rows)
    assert found.tolist() == carried_slowly(stance, threshold, weight, veto, quota, rows)


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_sums_that_single_precision_cannot_tell_from_their_threshold_are_told(scale: float) -> None:
    stance, _, weight, veto, quota, rows = drawn(3, scale=scale)
    row = rows[np.argmax(rows.sum(axis=1))][None, :]
    exact = np.einsum("cqd,q->cd", stance, row[0])
    rng = np.random.default_rng(0)
    threshold = exact + rng.choice([-1.0, 1.0], exact.shape) * np.maximum(np.abs(exact) * 1e-9, 1e-8)
    table = ballot.ready(stance, threshold, weight, veto, quota)
    assert ballot.carried(table, row).tolist() == carried_slowly(stance, threshold, weight, veto, quota, row)


def test_chances_count_what_carried_tabulates_and_the_law_allows() -> None:
    stance, threshold, weight, veto, quota, _ = drawn(5, draws=700)
    rng = np.random.default_rng(1)
    rows = (rng.random((2 * ballot.ROWS + 7, stance.shape[1])) < 0.4).astype(np.float64)
    waived, law = rng.random((3, 700)) < 0.6, rng.integers(0, 3, len(rows))
    table = ballot.ready(stance, threshold, weight, veto, quota)
    expected = (ballot.carried(table, rows) & waived[law]).mean(axis=1)
    assert ballot.chances(table, rows, waived, law) == pytest.approx(expected, abs=0.0)
    assert (ballot.carried(table, rows, 100) == ballot.carried(table, rows)[:, :100]).all()


def test_the_package_of_nothing_and_no_package_at_all() -> None:
    stance, threshold, weight, veto, quota, rows = drawn(7)
    table = ballot.ready(stance, threshold, weight, veto, quota)
    nothing = np.zeros_like(rows[:1])
    assert ballot.carried(table, nothing).tolist() == carried_slowly(stance, threshold, weight, veto, quota, nothing)
    assert ballot.carried(table, rows[:0]).shape == (0, stance.shape[2])
    assert ballot.chances(table, rows[:0], np.ones((1, stance.shape[2]), dtype=np.bool_), np.zeros(0, dtype=np.int64)).size == 0
