"""How long the exact frontier takes on the opposed family: python benchmarks/frontier.py [PATH OF opposed.py] [--rounds N].

Prints, per size: the efficient points, the time of numpy, of the compiled kernels, of counting all packages, and the target.
Times are the best of N rounds, warm, back-pointers included; the first call of each compiled kernel stands below the table.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels.pareto import frontier

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

USUAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "scenarios" / "opposed.py"
SIZES = [
    (6, 10, 2, 1.0),
    (20, 10, 2, 3.0),
    (30, 20, 2, 20.0),
    (6, 10, 3, 20.0),
    (10, 10, 3, None),
    (6, 10, 4, None),
    (8, 10, 4, None),
    (6, 8, 5, None),
]
"""Issues, options an issue, parties, and the target in milliseconds."""


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("opposed", nargs="?", type=Path, default=USUAL, help="opposed.py, the generator of the opposed family")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if not given.opposed.is_file():
        print(f"There is no {given.opposed}: give the path of opposed.py.", file=sys.stderr)
        return 2
    opposed = load(given.opposed)
    first = {parties: milliseconds(lambda: frontier([np.eye(parties)] * 2, compiled=True), 1) for parties in (2, 3, 4)}  # noqa: B023 (called at once)
    print("| parties | packages | efficient | numpy ms | compiled ms | count ms | target ms |")
    print("|---|---|---|---|---|---|---|")
    for issues, options, parties, target in SIZES:
        values = opposed(issues, options, parties)
        groups = [np.ascontiguousarray(values[:, issue].T) for issue in range(issues)]
        slow = milliseconds(lambda: frontier(groups, compiled=False), given.rounds)  # noqa: B023 (called at once)
        fast = milliseconds(lambda: frontier(groups, compiled=True), given.rounds)  # noqa: B023 (called at once)
        found = frontier(groups, compiled=True)
        count = milliseconds(found.count, 1)
        goal = "" if target is None else f"{target:g}"
        print(f"| {parties} | {options**issues:.0e} | {len(found.values)} | {slow:.2f} | {fast:.2f} | {count:.1f} | {goal} |")
    print("\nfirst call of a compiled kernel, with numba's import if it comes first, and compilation if its cache is empty:")
    print(*(f"{parties} parties {spent / 1e3:.1f} s" for parties, spent in first.items()), sep=", ")
    return 0


def load(path: Path) -> Callable[[int, int, int], NDArray[np.float64]]:
    """Take the generator out of a file that is no part of the project."""
    spec = importlib.util.spec_from_file_location("opposed", path)
    if spec is None or spec.loader is None:
        message = f"{path} is no Python file"
        raise ImportError(message)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    generator: Callable[[int, int, int], NDArray[np.float64]] = module.opposed
    return generator


def milliseconds(call: Callable[[], object], rounds: int) -> float:
    """Time the fastest of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best * 1e3


if __name__ == "__main__":
    sys.exit(main())
