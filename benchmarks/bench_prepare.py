"""How long `summitry prepare` takes on a bundled case, what it holds in memory, whether its files are the same each time.

Every run is a process of its own. Exit code 1 where two runs write different bytes, 0 however slow.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pstats
import shutil
import subprocess
import sys
from pathlib import Path

import measure

KEPT = ("findings.json", "brief.pdf")
"""The files that must be the same bytes whatever the machine does."""
MOST = 500.0
"""Megabytes that a run may hold at its peak."""
VARIED = (("OPENBLAS_NUM_THREADS", "1"), ("OPENBLAS_NUM_THREADS", "2"), ("PYTHONHASHSEED", "0"), ("PYTHONHASHSEED", "1"))
"""What must not change a byte; without a setting, Python's hashes differ from run to run."""


def main() -> int:
    """Print times and peaks, differences, and what dominates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="?", default="korea-2019", help="a bundled case or a folder")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    work = measure.WORKPLACE / "prepare"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    start = min((run_checked([measure.COMMAND, "--help"]) for _ in range(arguments.rounds)), key=lambda went: went.seconds)
    digests: dict[str, dict[str, str]] = {}
    empty = {f"empty cache {k}": {"NUMBA_CACHE_DIR": str(work / f"cache-{k}")} for k in (1, 2)}
    cold, most_cold = timed(arguments.case, work, digests, empty)
    warm, most_warm = timed(arguments.case, work, digests, {f"plain {k}": {} for k in range(1, arguments.rounds + 1)})
    timed(arguments.case, work, digests, {f"{name}={value}": {name: value} for name, value in VARIED})
    rows = [
        took("`summitry --help`", start, 0.3),
        took(f"prepare {arguments.case}, empty cache of compiled kernels", cold, 6.0),
        took(f"prepare {arguments.case}", warm, 3.0),
        ["peak memory, empty cache", f"{most_cold:.0f} MB", "", f"{MOST:.0f} MB", judge(met=most_cold < MOST)],
        ["peak memory", f"{most_warm:.0f} MB", "", f"{MOST:.0f} MB", judge(met=most_warm < MOST)],
    ]
    print(measure.table(["work", "measured", "processor", "target", "met"], rows))
    wrong = differences(digests)
    print("\n" + ("\n".join(wrong) or f"{' and '.join(KEPT)}: the same bytes in {len(digests)} runs ({', '.join(digests)})"))
    print("\n" + profile(arguments.case, work))
    shutil.rmtree(work)
    return 1 if wrong else 0


def timed(
    case: str, work: Path, digests: dict[str, dict[str, str]], runs: dict[str, dict[str, str]]
) -> tuple[measure.Child, float]:
    """Prepare the case once in each environment: the fastest run and most megabytes; digests go to `digests` by run."""
    every = []
    for name, env in runs.items():
        out = work / name
        every.append(run_checked([measure.COMMAND, "prepare", case, "--out", out, "--quiet"], env))
        digests[name] = {file: hashlib.sha256((out / file).read_bytes()).hexdigest() for file in KEPT}
    return min(every, key=lambda went: went.seconds), max(went.peak for went in every)


def took(work: str, went: measure.Child, target: float) -> list[str]:
    """One line of the table."""
    return [work, f"{went.seconds:.2f} s", f"{went.cpu:.2f} s", f"{target:g} s", judge(met=went.seconds < target)]


def run_checked(words: list[str | Path], env: dict[str, str] | None = None) -> measure.Child:
    """Run a command that must succeed."""
    went = measure.run(words, env=env)
    if went.code:
        raise subprocess.CalledProcessError(went.code, list(map(str, words)), went.out, went.err)
    return went


def differences(digests: dict[str, dict[str, str]]) -> list[str]:
    """Which runs wrote other bytes than the first."""
    first, *others = digests
    return [
        f"{file} of run {name!r} differs from that of {first!r}"
        for name in others
        for file in KEPT
        if digests[name][file] != digests[first][file]
    ]


def profile(case: str, work: Path) -> str:
    """What a run spends its time in, from a run under cProfile: whole times of our functions, own times of all."""
    statistics = work / "profile"
    run_checked(
        [
            sys.executable,
            "-m",
            "cProfile",
            "-o",
            statistics,
            measure.COMMAND,
            "prepare",
            case,
            "--out",
            work / "profiled",
            "--quiet",
        ]
    )
    stats = pstats.Stats(str(statistics))
    every = [(where, *numbers[:4]) for where, numbers in stats.stats.items()]  # type: ignore[attr-defined] # pstats has no public view of its table
    ours = [row for row in every if f"{os.sep}summitry{os.sep}" in row[0][0] and row[0][2] != "<module>"]
    importing = max(row[4] for row in every if row[0][2] == "_find_and_load")
    whole = sum(row[3] for row in every)
    lines = [f"under cProfile {whole:.1f} s, of it importing {importing:.1f} s; functions of summitry by whole time:"]
    lines += [f"{row[4]:7.2f} s {row[2]:>9} calls  {place(row[0])}" for row in sorted(ours, key=lambda row: -row[4])[:25]]
    lines += ["any function by own time:"]
    lines += [f"{row[3]:7.2f} s {row[2]:>9} calls  {place(row[0])}" for row in sorted(every, key=lambda row: -row[3])[:15]]
    return "\n".join(lines)


def place(where: tuple[str, int, str]) -> str:
    """A function by file and name."""
    file, number, name = where
    return name if file == "~" else f"{'/'.join(Path(file).parts[-2:])}:{number} {name}"


def judge(*, met: bool) -> str:
    """Pass or fail."""
    return "pass" if met else "FAIL"


if __name__ == "__main__":
    sys.exit(main())
