"""Times of the least-load order beside their targets; `compiling` is what the first large search of a process waits."""

from __future__ import annotations

from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.order import least_load

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


def free_steps(count: int, changes: int, seed: int = 0) -> None:
    """Search all orders of so many steps without prerequisites."""
    balance, gain, mover = gifts(count, seed)
    least_load(balance, gain, TRUST, mover, np.zeros((count, count), dtype=np.bool_), changes, FREE)


def two_fixed(changes: int) -> None:
    """Merge two sides' 200 steps each."""
    balance, gain, mover = gifts(400, 1)
    before = (mover[:, None] == mover) & (np.arange(400)[:, None] < np.arange(400))
    least_load(balance, gain, TRUST, mover, before, changes, FREE)


def small_packages() -> None:
    """2,000 packages of six steps, as a ladder asks for."""
    for seed in range(2000):
        free_steps(6, (1, 2, 5)[seed % 3], seed)


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
    report("2,000 packages of 6 steps, K = 1, 2, 5", 1.0, small_packages)
    report("compiling", None, free_steps, 16, 2)
    for k in (1, 3, 5, 8, 19):
        report(f"20 free steps, K = {k}", 1.0, free_steps, 20, k)
    report("22 free steps, K = 4", None, free_steps, 22, 4)
    for k in (5, 15, 40, 399):
        report(f"2 x 200 steps in fixed orders, K = {k}", 0.2, two_fixed, k)
