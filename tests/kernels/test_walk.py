"""Draws by slices have the density that was asked for, and the diagnostics see chains that disagree."""

from __future__ import annotations

import numpy as np
import pytest

from summitry.kernels import walk
from summitry.kernels.draw import generator


def nothing(points: np.ndarray) -> np.ndarray:
    return np.zeros(len(points))


def test_without_a_density_the_walk_is_uniform_on_the_simplex() -> None:
    rng = generator(0, "uniform")
    path = walk.hit_and_run(nothing, rng.dirichlet(np.ones(4), 64), rng, 600)[100:]
    assert path.min() >= 0.0
    assert path.sum(axis=2) == pytest.approx(1.0)
    error = 4.0 * np.sqrt(3.0 / 80.0 / walk.effective(path))
    assert np.all(np.abs(path.mean(axis=(0, 1)) - 0.25) < error)
    assert path.var(axis=(0, 1)) == pytest.approx(3.0 / 80.0, rel=0.1)  # of Dirichlet(1, 1, 1, 1)


def test_the_walk_in_a_polyhedron_agrees_with_rejection() -> None:
    def inside(points: np.ndarray) -> np.ndarray:
        holds = (points[:, 0] >= 2.0 * points[:, 1]) & (points[:, 2] <= points[:, 0])
        return np.where(holds, 0.0, -np.inf)

    rng = generator(1, "polyhedron")
    thrown = rng.dirichlet(np.ones(3), 60_000)
    kept = thrown[np.isfinite(inside(thrown))]
    path = walk.hit_and_run(inside, kept[:64], rng, 500)
    assert np.isfinite(inside(path.reshape(-1, 3))).all()
    error = 4.0 * np.sqrt(kept.var(axis=0) * (1.0 / len(kept) + 1.0 / walk.effective(path)))
    assert np.all(np.abs(path.mean(axis=(0, 1)) - kept.mean(axis=0)) < error)


def test_elliptical_slices_agree_with_weighing_draws_of_the_prior() -> None:
    def told(points: np.ndarray) -> np.ndarray:
        return -np.logaddexp(0.0, -8.0 * (points[:, 0] - 0.7 * points[:, 1] ** 2))

    rng = generator(2, "elliptical")
    prior = rng.standard_normal((60_000, 2))
    weight = np.exp(told(prior))
    path = walk.elliptical_slice(told, rng.standard_normal((64, 2)), rng, 600)[100:]
    found, wanted = path.mean(axis=(0, 1)), weight @ prior / weight.sum()
    assert np.all(np.abs(found - wanted) < 4.0 / np.sqrt(walk.effective(path)) + 0.02)
    assert walk.r_hat(path).max() < 1.02


def test_r_hat_sees_chains_that_disagree_and_effective_size_counts_them() -> None:
    rng = generator(3, "diagnostics")
    same = rng.standard_normal((200, 32, 1))
    apart = same + np.where(np.arange(32) < 16, 0.0, 3.0)[None, :, None]
    assert walk.r_hat(same)[0] < 1.02
    assert walk.r_hat(apart)[0] > 1.5
    assert walk.effective(same)[0] == pytest.approx(6400, rel=0.6)
    assert walk.effective(apart)[0] < 100
    assert walk.effective(np.ones((10, 4, 1)))[0] == 40
