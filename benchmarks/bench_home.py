"""Seconds and memory of P(ratify) for many packages, beside the target: 10,000 packages x 4,096 draws x 20 constituencies."""

from __future__ import annotations

import resource
from time import perf_counter

import numpy as np

from summitry.kernels import ballot

PACKAGES, DRAWS, SEATS, ISSUES, OPTIONS = 10_000, 4096, 20, 20, 4
TARGET, MEMORY = 3.0, 1024.0


def table(rng: np.random.Generator) -> ballot.Ballots:
    """A back table whose seats have something to say on every issue, one of them with a veto."""
    stance = rng.normal(0.0, 1.0, (SEATS, ISSUES * OPTIONS, DRAWS))
    stance[:, ::OPTIONS] = 0.0
    weight, veto = np.full(SEATS, 1.0 / SEATS), np.zeros(SEATS, dtype=np.bool_)
    veto[0] = True
    return ballot.ready(stance, rng.normal(0.0, 1.0, (SEATS, DRAWS)), weight, veto, 0.5)


def main() -> None:
    """Count, and print the best of three rounds."""
    rng = np.random.default_rng(0)
    ballots = table(rng)
    picks = rng.integers(0, OPTIONS, (PACKAGES, ISSUES))
    rows = np.zeros((PACKAGES, ISSUES * OPTIONS))
    rows[np.arange(PACKAGES)[:, None], picks + np.arange(ISSUES) * OPTIONS] = picks > 0
    lawful, law = np.ones((1, DRAWS), dtype=np.bool_), np.zeros(PACKAGES, dtype=np.int64)
    times = []
    for _ in range(3):
        start = perf_counter()
        ballot.chances(ballots, rows, lawful, law)
        times.append(perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{PACKAGES:,} packages x {DRAWS:,} draws x {SEATS} constituencies, {ISSUES} issues of {OPTIONS} options, one core")
    print(f"{min(times):.2f} s (target {TARGET:g} s); peak memory {peak:.0f} MB (target {MEMORY:.0f} MB)")


if __name__ == "__main__":
    main()
