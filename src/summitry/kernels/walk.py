"""Draws from densities known up to a factor: many chains at once, each step exact, with what tells whether the chains mix.

`log_density` maps points (C, n) to (C,). Every step is a slice (Neal 2003): a level is drawn under the density at the current
point, then points on a line or an ellipse through it until one lies above the level. Nothing is tuned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Density = Callable[[NDArray[np.float64]], NDArray[np.float64]]

REACH = 8.0
"""The bracket in standard deviations of a normal density along a difference of two of its draws."""
SHRINKS = 200
"""By then the bracket is narrower than rounding; the chain stays where it is."""


def hit_and_run(log_density: Density, start: NDArray[np.float64], rng: np.random.Generator, steps: int) -> NDArray[np.float64]:
    """Walk by hit-and-run (Smith 1984) from `start` (C, n), C even, of finite density; shape (steps, C, n); consumes rng.

    A direction is the difference of two chains of the other half, so that it has the spread of the density itself (ensemble slice
    sampling, Karamanis & Beutler 2021): narrow ridges in any position are walked along, without tuning.
    """
    chains, size = start.shape
    at, height = start.copy(), log_density(start)
    path = np.empty((steps, chains, size))
    half = chains // 2
    width = REACH / np.sqrt(2.0 * size)
    for step in range(steps):
        for mine, others in ((slice(0, half), slice(half, chains)), (slice(half, chains), slice(0, half))):
            one = rng.integers(half, size=(half,))
            other = (one + 1 + rng.integers(half - 1, size=(half,))) % half
            way = at[others][one] - at[others][other]
            at[mine], height[mine] = _on_line(log_density, at[mine], height[mine], rng, way, width)
        path[step] = at
    return path


def _on_line(
    log_density: Density,
    at: NDArray[np.float64],
    height: NDArray[np.float64],
    rng: np.random.Generator,
    way: NDArray[np.float64],
    width: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One slice along `way`: a bracket of `width` laid at random over the current point, then shrunk (Neal 2003, figure 5)."""
    count = height.size
    level = height - rng.exponential(size=(count,))
    low = -width * rng.random(size=(count,))
    high = low + width
    new, new_height = at.copy(), height.copy()
    open_ = np.arange(count)
    for _ in range(SHRINKS):
        if not open_.size:
            break
        t = low[open_] + (high[open_] - low[open_]) * rng.random(size=(open_.size,))
        trial = at[open_] + t[:, None] * way[open_]
        value = log_density(trial)
        ok = value >= level[open_]
        new[open_[ok]], new_height[open_[ok]] = trial[ok], value[ok]
        low[open_[~ok & (t < 0.0)]] = t[~ok & (t < 0.0)]
        high[open_[~ok & (t >= 0.0)]] = t[~ok & (t >= 0.0)]
        open_ = open_[~ok]
    return new, new_height


def elliptical_slice(
    log_likelihood: Density, start: NDArray[np.float64], rng: np.random.Generator, steps: int
) -> NDArray[np.float64]:
    """Walk under a standard normal prior times a likelihood (Murray, Adams & MacKay 2010), shape (steps, C, n); consumes rng."""
    chains, size = start.shape
    at, height = start.copy(), log_likelihood(start)
    path = np.empty((steps, chains, size))
    for step in range(steps):
        other = rng.standard_normal((chains, size))
        level = height - rng.exponential(size=chains)
        angle = 2.0 * np.pi * rng.random(size=(chains,))
        low, high = angle - 2.0 * np.pi, angle.copy()
        new, new_height = at.copy(), height.copy()
        open_ = np.arange(chains)
        for _ in range(SHRINKS):
            turn = angle[open_, None]
            trial = at[open_] * np.cos(turn) + other[open_] * np.sin(turn)
            value = log_likelihood(trial)
            ok = value >= level[open_]
            new[open_[ok]], new_height[open_[ok]] = trial[ok], value[ok]
            open_ = open_[~ok]
            if not open_.size:
                break
            left = angle[open_] < 0.0
            low[open_[left]], high[open_[~left]] = angle[open_[left]], angle[open_[~left]]
            angle[open_] = low[open_] + (high[open_] - low[open_]) * rng.random(open_.size)
        at, height = new, new_height
        path[step] = at
    return path


def r_hat(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Split R-hat of each quantity of `path` (S, C, K), shape (K,): near 1 where the chains agree (Gelman & Rubin 1992)."""
    half = path.shape[0] // 2
    split = np.concatenate([path[:half], path[half : 2 * half]], axis=1)
    within = split.var(axis=0, ddof=1).mean(axis=0)
    between = half * split.mean(axis=0).var(axis=0, ddof=1)
    ratio = np.divide(between, within, out=np.ones_like(within), where=within > 0.0)
    return np.asarray(np.sqrt(((half - 1) + ratio) / half))


def effective(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Effective number of independent draws of each quantity of `path` (S, C, K), shape (K,).

    From how much the means of the chains differ: C var(all) / var(chain means), at most S C; with C chains it is itself off by
    about sqrt(2 / (C - 1)).
    """
    steps, chains, _ = path.shape
    spread = path.mean(axis=0).var(axis=0, ddof=1)
    total = path.var(axis=(0, 1))
    draws = np.divide(chains * total, spread, out=np.full_like(total, float(steps * chains)), where=spread > 0.0)
    return np.asarray(np.minimum(draws, float(steps * chains)))
