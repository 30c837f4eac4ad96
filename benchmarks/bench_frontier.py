"""How long the exact frontier takes on the opposed family: python benchmarks/bench_frontier.py [PATH OF opposed.py] [--rounds N].

Prints, per size: the efficient points, the time of numpy, of the compiled kernels, of counting all packages, and the target.
Times are the best of N rounds, warm, back-pointers included; the first call of each compiled kernel stands below the table.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import measure
import numpy as np

from summitry.kernels.pareto import frontier

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
    parser.add_argument("opposed", nargs="?", type=Path, help="opposed.py, the generator of the opposed family")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    place = measure.find_opposed(arguments.opposed)
    if place is None:
        return 0
    opposed = measure.generator(place)
    first = {parties: measure.seconds(lambda: frontier([np.eye(parties)] * 2, compiled=True), 1) for parties in (2, 3, 4)}  # noqa: B023 (called at once)
    print("| parties | packages | efficient | numpy ms | compiled ms | count ms | target ms |")
    print("|---|---|---|---|---|---|---|")
    for issues, options, parties, target in SIZES:
        groups = measure.groups(opposed(issues, options, parties))
        slow = 1e3 * measure.seconds(lambda: frontier(groups, compiled=False), arguments.rounds)  # noqa: B023 (called at once)
        fast = 1e3 * measure.seconds(lambda: frontier(groups, compiled=True), arguments.rounds)  # noqa: B023 (called at once)
        front = frontier(groups, compiled=True)
        count = 1e3 * measure.seconds(front.count, 1)
        goal = "" if target is None else f"{target:g}"
        print(f"| {parties} | {options**issues:.0e} | {len(front.values)} | {slow:.2f} | {fast:.2f} | {count:.1f} | {goal} |")
    print("\nfirst call of a compiled kernel, with numba's import if it comes first, and compilation if its cache is empty:")
    print(*(f"{parties} parties {spent:.1f} s" for parties, spent in first.items()), sep=", ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
