"""How long a calendar of 60 steps takes, and how far it is proven: python benchmarks/bench_calendar.py [--plans N].

Each plan has 60 steps with durations of one to thirteen weeks, a verification of one to five, prerequisites, windows, five
working days a week, holidays, and three resources (dismantling teams, inspectors, aircraft) that steps and checks share. The
families differ in their number of phases: the fewer, the harder. Prints, per family, the seconds and the proven gap.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time

import numpy as np

from summitry.case.types import Calendar
from summitry.sequence.calendar import Act, Limits, agenda

STEPS = 60
FAMILIES = (20, 12, 6, 4, 2, 1)
"""Numbers of phases."""
ROOM = {"teams": 4, "inspectors": 6, "aircraft": 2}
FIRST = dt.date(2024, 1, 15)


def plan(rng: np.random.Generator, phases: int) -> list[Act]:
    """The steps of one plan."""
    acts: list[Act] = []
    for k in range(STEPS):
        phase = 1 + k * phases // STEPS
        own = [j for j, act in enumerate(acts) if act.phase == phase]
        seen = tuple(j for j, act in enumerate(acts) if act.phase < phase)
        after = tuple(sorted(rng.choice(own, min(len(own), int(rng.integers(0, 3))), replace=False).tolist())) if own else ()
        uses = {"teams": int(rng.integers(0, 4)), "aircraft": int(rng.random() < 0.2)}  # noqa: PLR2004 (one step in five)
        earliest = FIRST + dt.timedelta(days=int(rng.integers(0, 60))) if rng.random() < 0.1 else None  # noqa: PLR2004 (one in ten)
        length, lag = int(rng.integers(7, 91)), int(rng.integers(7, 36))
        checks = {"inspectors": int(rng.integers(0, 5))}
        acts.append(Act(f"i{k}", phase, length, lag, earliest, None, None, uses, checks, after, seen))
    return acts


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=5)
    arguments = parser.parse_args()
    week = Calendar(working_days=("mon", "tue", "wed", "thu", "fri"), holidays={dt.date(2024, 12, 25): "Christmas"})
    agenda(plan(np.random.default_rng(0), 12), week, FIRST, Limits(None, ROOM))  # compiles
    print("| phases | seconds, median | seconds, worst | gap, median | gap, worst | proven within 2 % |")
    print("|---|---|---|---|---|---|")
    for phases in FAMILIES:
        spent, gaps = [], []
        for seed in range(arguments.plans):
            acts = plan(np.random.default_rng([phases, seed]), phases)
            before = time.perf_counter()
            timetable = agenda(acts, week, FIRST, Limits(None, ROOM))
            spent.append(time.perf_counter() - before)
            if timetable is None:
                print(f"{phases} phases, plan {seed}: no calendar found")
                return 1
            gaps.append((timetable.last - timetable.bound) / timetable.bound)
        good = sum(gap <= 0.02 for gap in gaps)  # noqa: PLR2004 (the measure)
        times, shares = f"{np.median(spent):.1f} | {max(spent):.1f}", f"{np.median(gaps):.1%} | {max(gaps):.1%}"
        print(f"| {phases} | {times} | {shares} | {good} of {len(gaps)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
