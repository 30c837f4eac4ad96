"""How well past answers of real talks are forecast from what came before them, beside the base rate.

    .venv/bin/python benchmarks/bench_history.py FOLDER [--case NAME...]

FOLDER holds `NAME.positions.csv`, one talk each, with the columns of evidence/positions.csv; a talk becomes a case whose issues
and options are those of its rows. The bundled cases are scored with it, by their values too, which were judged with the record in
view.
Days are resampled with replacement, 2,000 times, within and over talks.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from summitry import case as cases
from summitry import open as open_case
from summitry.case.rows import Evidence, Position
from summitry.case.types import Case, CaseFile
from summitry.evidence.forecasts import Answered, brier_of, interval, log_of, past_answers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENDING = ".positions.csv"


def talk(path: Path) -> Case:
    """A case of nothing but its record."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = [Position.model_validate({key: value for key, value in row.items() if value}) for row in csv.DictReader(lines)]
    parties = list(dict.fromkeys(row.party for row in rows))
    issues = {
        issue: {
            "title": issue,
            "giver": parties,
            "options": ["today", *dict.fromkeys(row.option for row in rows if row.issue == issue)],
        }
        for issue in dict.fromkeys(row.issue for row in rows)
    }
    body = {"summitry": 1, "title": path.name, "as_of": max(row.date for row in rows), "issues": issues}
    file = CaseFile.model_validate({**body, "parties": {party: {"name": party} for party in parties}})
    return Case(name=path.name.removesuffix(ENDING), file=file, preferences={}, evidence=Evidence(positions=tuple(rows)))


def report(name: str, answers: Sequence[tuple[str, Answered]]) -> Iterator[str]:
    """One line for each way of forecasting: n, yes, both scores with intervals, and how much better than the base rate."""
    came = np.array([one.yes for _, one in answers], dtype=np.float64)
    days = np.array([f"{talk} {one.date}" for talk, one in answers])
    base = brier_of(np.array([one.chances["base"] for _, one in answers]), came)
    for way in answers[0][1].chances:
        chance = np.array([one.chances[way] for _, one in answers])
        brier, log = brier_of(chance, came), log_of(chance, came)
        low, high = interval(brier, days, name, way)
        better, worse = interval(base - brier, days, name, way, "gain")
        yield (
            f"{name:24} {way:8} n {len(came):3} yes {int(came.sum()):3}  Brier {brier.mean():.3f} [{low:.3f}, {high:.3f}]  "
            f"log {log.mean():.3f}  better than the base rate by {(base - brier).mean():+.3f} [{better:+.3f}, {worse:+.3f}]"
        )


def main() -> None:
    """Score every talk by itself, and all of them together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--case", nargs="*", default=list(cases.bundled()))
    arguments = parser.parse_args()
    every: list[tuple[str, Answered]] = []
    for path in sorted(arguments.folder.glob(f"*{ENDING}")) if arguments.folder else ():
        record = talk(path)
        answers = [(record.name, one) for one in past_answers(record)]
        every += answers
        print(*report(record.name, answers), sep="\n")
    for name in arguments.case:
        found = past_answers(open_case(name).case)
        if found:
            every += [(name, one) for one in found]
            print(*report(name, [(name, one) for one in open_case(name).score().answers]), sep="\n")
    if every:
        print(*report("all of them", every), sep="\n")


if __name__ == "__main__":
    main()
