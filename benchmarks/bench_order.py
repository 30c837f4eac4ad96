"""Times of the least-load order beside their targets; `compiling` is what the first large search of a process waits."""

from __future__ import annotations

from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.ordering import check_terms, least_load

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FREE = np.full(2, inf)
TRUST = np.array([0.4, 0.5])


def gifts(count: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Steps of two sides in turn that cost the giver and please the receiver, what both gain at least, and who moves."""
    mover = np.arange(count) % 2
    size = np.random.default_rng(seed).uniform(1.0, 5.0, (count, 2))
    balance = np.where((mover == 0)[:, None], [-1.0, 1.0], [1.0, -1.0]) * size
    return balance, np.maximum(balance.sum(axis=0), 2.0), mover


def free_steps(count: int, phases: int, seed: int = 0) -> None:
    """Search all orders of so many steps without prerequisites; with fewer phases than steps, all divisions into phases."""
    balance, gain, mover = gifts(count, seed)
    least_load(check_terms(balance, gain, TRUST, mover, phases, FREE, None), np.zeros((count, count), dtype=np.bool_))


def two_fixed(phases: int) -> None:
    """Merge two sides' 200 steps each."""
    balance, gain, mover = gifts(400, 1)
    before = (mover[:, None] == mover) & (np.arange(400)[:, None] < np.arange(400))
    least_load(check_terms(balance, gain, TRUST, mover, phases, FREE, None), before)


def small_packages() -> None:
    """2,000 packages of six steps, as a ladder asks for."""
    for seed in range(2000):
        free_steps(6, (2, 3, 6)[seed % 3], seed)


def report(name: str, target: float | None, work: Callable[..., None], *arguments: int) -> None:
    """Print the best of three times, or the only one where nothing is promised."""
    times = []
    for _ in range(1 if target is None else 3):
        start = perf_counter()
        work(*arguments)
        times.append(perf_counter() - start)
    promise = "" if target is None else f"target {target:.1f} s"
    print(f"{name:<44} {min(times):8.3f} s  {promise}")


if __name__ == "__main__":
    report("2,000 packages of 6 steps, K = 2, 3, 6", None, small_packages)
    report("compiling", None, free_steps, 18, 18)
    for count in (20, 22):
        report(f"{count} free steps, one after the other", None, free_steps, count, count)
    for k in (2, 4, 8):
        report(f"14 free steps, K = {k}", None, free_steps, 14, k)
    report("20 free steps, K = 4, not all compared", None, free_steps, 20, 4)
    report("2 x 200 steps in fixed orders, one after the other", 0.2, two_fixed, 400)
