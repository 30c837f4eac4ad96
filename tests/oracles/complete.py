"""Declarations played: somebody holds an amount, names all or a share of it, and only those who named this amount are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def played(
    at: Floats, amounts: Floats, declared: float, prior: float, miss: float, rng: np.random.Generator
) -> tuple[float, Floats]:
    """The share of complete declarations among those within 1 % of the declared amount, and what the others left out."""
    games = 2_000_000
    held = np.interp(rng.uniform(at[0], at[-1], games), at, amounts)
    low, high = np.log(max(amounts[0], amounts[-1] / 100.0) / 4.0), np.log(amounts[-1] * 4.0)
    held = np.where(rng.random(games) < miss, np.exp(rng.uniform(low, high, games)), held)
    honest = rng.random(games) < prior
    said = held * np.where(honest, 1.0, rng.random(games))
    near = np.abs(said - declared) < 0.01 * declared
    return float(honest[near].mean()), (held - said)[near & ~honest]


def integrated(
    density: Callable[[Floats], Floats], ends: tuple[float, float], declared: float, prior: float, miss: float
) -> float:
    """Bayes' rule by Gauss-Legendre quadrature over a density; where it misses, what is held lies as `weigh` says of `ends`."""
    low, high = max(ends[0], ends[1] / 100.0) / 4.0, ends[1] * 4.0

    def held(x: Floats) -> Floats:
        found: Floats = (1.0 - miss) * density(x) + miss / (x * np.log(high / low)) * ((low <= x) & (x <= high))
        return found

    edges = np.unique(np.maximum(declared, (*np.linspace(*ends, 400), low, high)))
    nodes, weights = np.polynomial.legendre.leggauss(12)
    middle, half = (edges[1:] + edges[:-1])[:, None] / 2.0, np.diff(edges)[:, None] / 2.0
    x = middle + half * nodes
    yes, no = prior * float(held(np.array([declared]))[0]), (1.0 - prior) * float((half * weights * held(x) / x).sum())
    return yes / (yes + no)


def looked(
    complete: float, reach: float, places: int, hidden: int, power: float, visits: int, rng: np.random.Generator
) -> tuple[float, float]:
    """The share of complete declarations among those where nothing was found, and its standard error, by playing it."""
    games = 40_000
    whole = rng.random(games) < complete
    among = rng.random(games) < reach
    found = np.zeros(games, dtype=np.bool_)
    for k in np.flatnonzero(~whole & among):
        seen = rng.permutation(places)[:visits] < hidden
        found[k] = (rng.random(int(seen.sum())) < power).any()
    share = float(whole[~found].mean())
    return share, float(np.sqrt(share * (1.0 - share) / (~found).sum()))
