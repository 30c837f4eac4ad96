"""summitry beside NegMAS 0.16 on the same numbers in one run: python benchmarks/bench_peers.py [PATH OF opposed.py].

NegMAS is installed by name into an environment of its own under .bench and run as a program of its own. Wall times, the best of
several rounds of ours and of one or two of theirs. Targets are for us. Exit code 1 where the two disagree, 0 however slow.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import measure

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Values = list[list[list[float]]]

PEER = "negmas==0.16.0"
HEAD = ["work", "ours ms", "NegMAS s", "ratio", "target", "met", "points: ours / NegMAS"]
CLOSE = 1e-9
"""Values that differ by less are the same: both sides add in different orders."""


@dataclass(frozen=True, slots=True)
class Row:
    """One work: its name, our seconds, what we found, theirs (or why there is none), our target (None: be faster)."""

    work: str
    ours: float
    mine: dict[str, Any]
    theirs: dict[str, Any] | str
    target: float | None


def main() -> int:
    """Print the table and every disagreement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("opposed", nargs="?", type=Path, help="opposed.py, the generator of the opposed family")
    parser.add_argument("--patience", type=float, default=300.0, help="seconds that the peer may take for one work")
    arguments = parser.parse_args()
    place = measure.find_opposed(arguments.opposed)
    if place is None:
        return 0
    python = environment()
    if python is None:
        return 0
    rows = works(measure.generator(place), python, arguments.patience)
    city = place.parent / "genius" / "other" / "AMPOvsCity"
    if city.is_dir():
        rows += command(city, python, arguments.patience)
    else:
        sys.stderr.write(f"Not measured: there is no {city}.\n")
    print(measure.table(HEAD, [line(row) for row in rows]))
    print("\nThe command is timed from start to end, solutions and output included, with an empty cache of compiled kernels.")
    wrong = [f"{row.work}: {what}" for row in rows for what in disagreements(row)]
    print(*wrong, sep="\n")
    return 1 if wrong else 0


def environment() -> Path | None:
    """The Python of an environment with the peer, made at the first call; None, and said so, where it cannot be installed."""
    home = measure.WORKPLACE / PEER.replace("==", "-")
    python = home / "bin" / "python"
    if (home / "ready").is_file():
        return python
    shutil.rmtree(home, ignore_errors=True)
    own = measure.ROOT / ".boot" / "bin" / "uv"
    uv = str(own) if own.is_file() else shutil.which("uv")
    steps: list[list[str | Path]] = (
        [[uv, "venv", "--quiet", "--python", sys.executable, home], [uv, "pip", "install", "--quiet", "--python", python, PEER]]
        if uv
        else [[sys.executable, "-m", "venv", home], [python, "-m", "pip", "install", "--quiet", PEER]]
    )
    for words in steps:
        child = measure.run(words, patience=600.0)
        if child.code:
            sys.stderr.write(f"Not measured: {PEER} could not be installed.\n{child.err}")
            return None
    (home / "ready").touch()
    return python


def works(opposed: Callable[[int, int, int], NDArray[np.float64]], python: Path, patience: float) -> list[Row]:
    """All works on the opposed family; (name, issues, parties, their work, their rounds, our target)."""
    from summitry.kernels.pareto import frontier

    plans = [
        ("2 parties, 10^6, all packages listed", 6, 2, "frontier", 2, 1e-3),
        ("2 parties, 10^6, its exact sampler", 6, 2, "sampler", 3, 1e-3),
        ("2 parties, 10^20, its exact sampler", 20, 2, "sampler", 1, 3e-3),
        ("3 parties, 10^6, all packages listed", 6, 3, "frontier", 1, 20e-3),
        ("2 parties, 10^6, all statistics", 6, 2, "statistics", 1, None),
    ]
    rows = []
    for name, issues, parties, work, rounds, target in plans:
        values = opposed(issues, 10, parties)
        groups = measure.groups(values)
        frontier(groups, compiled=True)  # compiles, and from here on the kernel is loaded
        if work == "statistics":
            mine = statistics(groups)
            ours = measure.seconds(lambda: statistics(groups), 20)  # noqa: B023 (called at once)
        else:
            mine = {"points": frontier(groups).values.tolist()}
            ours = measure.seconds(lambda: frontier(groups), 20)  # noqa: B023 (called at once)
        rows.append(Row(name, ours, mine, peer(python, work, values.tolist(), rounds, patience), target))
    return rows


def statistics(groups: list[NDArray[np.float64]]) -> dict[str, Any]:
    """Frontier, five solutions and opposition (least distance to everybody's best, in shares of it) over the worst packages.

    NegMAS takes each party's worst value for the disagreement where that lies above the reservation value, as it does here.
    """
    import numpy as np

    from summitry.kernels import bargain, pareto

    points = pareto.frontier(groups).values
    worst, best = (sum(pick(group, axis=0) for group in groups) for pick in (np.min, np.max))
    names = ["nash", "kalai_smorodinsky", "egalitarian", "utilitarian", "raiffa"]
    return {
        "points": points,
        "solutions": {name: points[getattr(bargain, name)(points, worst)] for name in names},
        "opposition": float(np.sqrt(((1.0 - points / best) ** 2).sum(axis=1).min())),
    }


def command(city: Path, python: Path, patience: float) -> list[Row]:
    """The whole command on a scenario of GENIUS, each time with an empty cache, beside the peer."""
    from summitry import formats, model

    best, mine = math.inf, {}
    for _ in range(3):
        with tempfile.TemporaryDirectory() as cache:
            child = measure.run([measure.COMMAND, "frontier", city, "--json"], env={"NUMBA_CACHE_DIR": cache})
        if child.code:
            raise subprocess.CalledProcessError(child.code, "summitry frontier", child.out, child.err)
        best = min(best, child.seconds)
        output = json.loads(child.out)
        mine = {"points": [[point["values"][party] for party in output["parties"]] for point in output["points"]]}
    built = model.build(formats.load(str(city)), draws=0)
    values = [[party[a:b].tolist() for a, b in zip(built.first, built.first[1:], strict=False)] for party in built.value]
    listed = peer(python, "frontier", values, 1, patience)
    sampled = peer(python, "sampler", values, 1, patience)
    if not isinstance(sampled, str):
        others = [peer(python, "sampler", values, 1, patience) for _ in range(2)]
        sampled["seconds"] = min(one["whole"] for one in [sampled, *others] if not isinstance(one, str))
    return [
        Row("`summitry frontier` AMPO-City / its frontier alone", best, mine, listed, None),
        Row("`summitry frontier` AMPO-City / a program with its sampler", best, mine, sampled, None),
    ]


def peer(python: Path, work: str, values: Values, rounds: int, patience: float) -> dict[str, Any] | str:
    """What NegMAS finds and how long it takes, or why there is nothing."""
    job = json.dumps({"work": work, "values": values, "rounds": rounds})
    child = measure.run([python, Path(__file__).with_name("negmas_side.py")], stdin=job, patience=patience)
    if child.late:
        return f"stopped after {patience:.0f} s"
    if child.code:
        raise subprocess.CalledProcessError(child.code, f"NegMAS, {work}", child.out, child.err)
    return {**json.loads(child.out), "whole": child.seconds}


def line(row: Row) -> list[str]:
    """One line of the table."""
    here = str(len(row.mine["points"]))
    target = "faster" if row.target is None else f"{row.target * 1e3:g} ms"
    if isinstance(row.theirs, str):
        verdict = "?" if row.target is None else judge(met=row.ours <= row.target)
        return [row.work, f"{row.ours * 1e3:.2f}", row.theirs, "", target, verdict, here]
    goal = row.theirs["seconds"] if row.target is None else row.target
    ratio = f"{row.theirs['seconds'] / row.ours:,.1f}"
    counts = f"{here} / {len(row.theirs['points'])}"
    return [row.work, f"{row.ours * 1e3:.2f}", f"{row.theirs['seconds']:.2f}", ratio, target, judge(met=row.ours <= goal), counts]


def judge(*, met: bool) -> str:
    """Pass or fail."""
    return "pass" if met else "FAIL"


def disagreements(row: Row) -> list[str]:
    """In what the two sides differ that should be equal.

    Kalai-Smorodinsky is left out: NegMAS takes the efficient point with the least spread of shares, not that with the largest
    least share.
    """
    if isinstance(row.theirs, str):
        return []
    differences = []
    if not same(row.mine["points"], row.theirs["points"]):
        differences.append(f"{len(row.mine['points'])} efficient points, NegMAS {len(row.theirs['points'])}, or other values")
    differences += [
        f"{name} {row.mine['solutions'][name]}, NegMAS {values}"
        for name, values in row.theirs["solutions"].items()
        if name != "kalai_smorodinsky" and not same(row.mine["solutions"][name], values)
    ]
    theirs = row.theirs["opposition"]
    if theirs is not None and abs(row.mine["opposition"] - theirs) > CLOSE:
        differences.append(f"opposition {row.mine['opposition']}, NegMAS {theirs}")
    return differences


def same(mine: Any, theirs: Any) -> bool:  # noqa: ANN401 (lists or an array of points)
    """Tell whether two sets of points are equal but for rounding."""
    import numpy as np

    one, other = (np.array(sorted(points, key=lambda point: np.round(point, 9).tolist())) for points in (mine, theirs))
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=0.0, atol=CLOSE))


if __name__ == "__main__":
    sys.exit(main())
