"""Draws by slices have the density that was asked for, and the diagnostics see chains that disagree."""

from __future__ import annotations

import numpy as np
import pytest

from summitry.kernels import walk
from summitry.kernels.draw import generator


def even(logs: np.ndarray) -> np.ndarray:
    """The density of logarithms of exponential variables: divided by their sum they are uniform on the simplex."""
    total: np.ndarray = (logs - np.exp(logs)).sum(axis=1)
    return total


def test_even_weights_are_uniform_on_the_simplex() -> None:
    rng = generator(0, "uniform")
    raw = np.exp(walk.hit_and_run(even, np.log(rng.exponential(size=(64, 4))), rng, 800)[100:])
    path = raw / raw.sum(axis=2, keepdims=True)
    error = 5.0 * np.sqrt(3.0 / 80.0 / walk.effective(path))
    assert np.all(np.abs(path.mean(axis=(0, 1)) - 0.25) < error)
    assert path.var(axis=(0, 1)) == pytest.approx(3.0 / 80.0, rel=0.1)  # of Dirichlet(1, 1, 1, 1)
    assert walk.r_hat(path).max() < 1.05


def test_the_walk_in_a_polyhedron_agrees_with_rejection() -> None:
    def inside(logs: np.ndarray) -> np.ndarray:
        raw = np.exp(logs)
        holds = (raw[:, 0] >= 2.0 * raw[:, 1]) & (raw[:, 2] <= raw[:, 0])
        return np.where(holds, even(logs), -np.inf)

    rng = generator(1, "polyhedron")
    thrown = np.log(rng.exponential(size=(60_000, 3)))
    kept = thrown[np.isfinite(inside(thrown))]
    raw = np.exp(walk.hit_and_run(inside, kept[:64], rng, 700)[100:])
    assert np.isfinite(inside(np.log(raw.reshape(-1, 3)))).all()
    path, wanted = raw / raw.sum(axis=2, keepdims=True), np.exp(kept) / np.exp(kept).sum(axis=1, keepdims=True)
    error = 5.0 * np.sqrt(wanted.var(axis=0) * (1.0 / len(kept) + 1.0 / walk.effective(path)))
    assert np.all(np.abs(path.mean(axis=(0, 1)) - wanted.mean(axis=0)) < error)


def test_a_narrow_ridge_is_walked_along() -> None:
    def ridge(points: np.ndarray) -> np.ndarray:
        along, across = points.sum(axis=1), points[:, 0] - points[:, 1]
        total: np.ndarray = -0.5 * (along**2 / 4.0 + across**2 * 1e4)
        return total

    rng = generator(4, "ridge")
    along, across = 2.0 * rng.standard_normal(64), 0.01 * rng.standard_normal(64)
    start = np.stack([along + across, along - across], axis=1) / 2.0
    path = walk.hit_and_run(ridge, start, rng, 1500)[200:]
    assert path.sum(axis=2).std() == pytest.approx(2.0, rel=0.1)
    assert (path[..., 0] - path[..., 1]).std() == pytest.approx(0.01, rel=0.1)


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
