"""The other side of bench_peers.py: a program of its own that runs where NegMAS is installed; no part of summitry imports it.

Standard input: {"work": "frontier" | "sampler" | "statistics", "values": [party][issue][option], "rounds": n}. Standard output:
{"seconds": best of n, "points": efficient values, "solutions": {name: values of all winners}, "opposition": number or null}.
Building the utility functions and loading NegMAS are not timed. NegMAS is imported where it is used: without it the file loads.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[list[Any]], Any]
    """What is timed, on the utility functions of all parties."""
    Reading = Callable[[list[Any], Any], dict[str, Any]]
    """What of its result is passed on; not timed."""


def main() -> None:
    """Do the work and tell of it."""
    warnings.simplefilter("ignore")  # NegMAS warns that so many packages are slow: that is what is measured
    job = json.load(sys.stdin)
    work, read = works()[job["work"]]
    best = float("inf")
    for _ in range(job["rounds"]):
        both = utilities(job["values"])
        start = time.perf_counter()
        result = work(both)
        best = min(best, time.perf_counter() - start)
    json.dump({"seconds": best, "solutions": {}, "opposition": None, **read(both, result)}, sys.stdout)


def utilities(values: list[list[list[float]]]) -> list[Any]:
    """Utility functions over one outcome space, anew for each round because NegMAS keeps results in them."""
    from negmas.outcomes import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.preferences.value_fun import TableFun

    space = make_os([make_issue([f"v{o}" for o in range(len(issue))], name=f"i{i}") for i, issue in enumerate(values[0])])
    return [
        LinearAdditiveUtilityFunction(
            values=[TableFun({f"v{o}": value for o, value in enumerate(issue)}) for issue in party],
            weights=[1.0] * len(party),
            outcome_space=space,
            reserved_value=0.0,
        )
        for party in values
    ]


def works() -> dict[str, tuple[Work, Reading]]:
    """Each work by its name; what it needs of NegMAS is loaded here, before the clock runs."""
    from negmas.preferences.ops import calc_scenario_stats, pareto_frontier
    from negmas.preferences.pareto_sampler import MOBANOSParetoSampler

    def sample(both: list[Any]) -> Any:  # noqa: ANN401 (outcomes of NegMAS)
        """Its exact construction of the frontier issue by issue, for two parties."""
        sampler = MOBANOSParetoSampler(max_pareto_size=10**9)
        sampler.init(*both)
        return sampler.pareto_outcomes()

    return {
        "frontier": (
            lambda both: pareto_frontier(both, issues=both[0].outcome_space.issues),
            lambda _, front: {"points": plain(front[0])},
        ),
        "sampler": (
            sample,
            lambda both, outcomes: {"points": distinct([[utility(outcome) for utility in both] for outcome in outcomes])},
        ),
        "statistics": (calc_scenario_stats, lambda _, stats: solutions(stats)),
    }


def solutions(stats: Any) -> dict[str, Any]:  # noqa: ANN401 (a type of NegMAS)
    """What of its statistics has a counterpart on the other side."""
    winners = {
        "nash": stats.nash_utils,
        "kalai_smorodinsky": stats.ks_utils,
        "egalitarian": stats.kalai_utils,
        "utilitarian": stats.max_welfare_utils,
    }
    return {
        "points": plain(stats.pareto_utils),
        "solutions": {name: plain(rows) for name, rows in winners.items()},
        "opposition": float(stats.opposition),
    }


def plain(points: Any) -> list[list[float]]:  # noqa: ANN401 (tuples of several kinds of numbers)
    """Points as JSON has them."""
    return [[float(value) for value in row] for row in points]


def distinct(points: list[list[float]]) -> list[list[float]]:
    """One of several packages with equal values: the sampler lists them all."""
    return list({tuple(round(float(value), 9) for value in row): row for row in plain(points)}.values())


if __name__ == "__main__":
    main()
