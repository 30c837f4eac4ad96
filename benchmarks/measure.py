"""What all measurements share: where the opposed family is, the best of some rounds, and a child process with its time and peak.

Nothing heavy is imported here: on Linux a child's peak memory counts what its parent held when it was started.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
WORKPLACE = ROOT / ".bench"
"""Environments and outputs of measurements; git does not see it and `make clean` removes it."""
USUAL = ROOT.parent / "shared" / "data" / "scenarios" / "opposed.py"
COMMAND = Path(sys.executable).parent / "summitry"


@dataclass(frozen=True, slots=True)
class Child:
    """How a child process went: exit code, wall and processor seconds, peak resident megabytes, output; `late` if stopped."""

    code: int
    seconds: float
    cpu: float
    peak: float
    out: str
    err: str
    late: bool


def run(words: Sequence[str | Path], *, stdin: str = "", patience: float = 300.0, env: Mapping[str, str] | None = None) -> Child:
    """Start a program with `stdin` on standard input, wait at most `patience` seconds; `env` adds to the environment."""
    with tempfile.TemporaryFile("w+") as inward, tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        inward.write(stdin)
        inward.seek(0)
        start = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603 (the programs measured are named in these scripts)
            [str(word) for word in words], stdin=inward, stdout=out, stderr=err, env={**os.environ, **(env or {})}
        )
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        guard = threading.Timer(patience, stop)
        guard.start()
        _, status, used = os.wait4(child.pid, 0)
        guard.cancel()
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        cpu = used.ru_utime + used.ru_stime
        return Child(child.returncode, seconds, cpu, used.ru_maxrss / 1024, out.read(), err.read(), late.is_set())


def seconds(call: Callable[[], object], rounds: int) -> float:
    """Time the fastest of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def find_opposed(path: Path | None) -> Path | None:
    """The generator of the opposed family at `path` or its usual place; None, and said so, where the usual place has none.

    Ends the program where a path that was asked for is not there.
    """
    if path is not None and not path.is_file():
        raise SystemExit(f"There is no {path}.")
    place = path or USUAL
    if not place.is_file():
        sys.stderr.write(f"Not measured: there is no {place}. Give the path of opposed.py.\n")
        return None
    return place


def generator(path: Path) -> Callable[[int, int, int], NDArray[np.float64]]:
    """The function `opposed(issues, options, parties)` of a file that is no part of the project; see there."""
    spec = importlib.util.spec_from_file_location("opposed", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    opposed: Callable[[int, int, int], NDArray[np.float64]] = module.opposed
    return opposed


def groups(values: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Values of shape (parties, issues, options) as the frontier takes them: by issue (options, parties)."""
    import numpy as np

    return [np.ascontiguousarray(values[:, issue].T) for issue in range(values.shape[1])]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that reads in a terminal and in Markdown."""
    widths = [max(len(row[k]) for row in [head, *rows]) for k in range(len(head))]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in [head, *rows]]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
