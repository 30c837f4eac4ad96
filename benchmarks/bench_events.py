"""How fast rows of GDELT 2.0 go into Parquet, beside DuckDB's plain read of the same file into the same columns, without rules.

`python benchmarks/bench_events.py [ROWS]`: three million rows by default, which are 1.3 GB in the folder of temporary files. Both
read in turn, three rounds; the best of each counts. Wall time depends on what else runs, so processor time stands beside it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import numpy as np
from measure import COMMAND, run

from summitry.evidence.event_files import load

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS, BLOCK, ROUNDS = 3_000_000, 20_000, 3
TARGET, MEMORY = 0.9, 2_000
QUADS = {root: 1 if root < 6 else 2 if root < 10 else 3 if root < 15 else 4 for root in range(1, 21)}  # noqa: PLR2004 (GDELT's own)
SIDES = ("USA", "PRK", "KOR", "CHN", "RUS", "JPN", "GBR", "IRN", "", "")
PLAIN = """
COPY (
  SELECT column00::VARCHAR AS id, strptime(column01::VARCHAR, '%Y%m%d')::DATE AS date, column07 AS source, column17 AS target,
    column26 AS code, column28::UTINYINT AS root,
    CASE WHEN root <= 5 THEN 1 WHEN root <= 8 THEN 2 WHEN root <= 13 THEN 3 ELSE 4 END::UTINYINT AS class_codebook,
    column29::UTINYINT AS class_gdelt, column30::FLOAT AS score, hash(column60) AS story
  FROM read_csv('{source}', delim = '\t', header = false)
) TO '{target}' (FORMAT parquet)
"""
"""What anybody would write for the columns that `summitry events` makes: no row is judged, and a bad one ends it."""


def rows(rng: np.random.Generator) -> str:
    """A block of rows as GDELT writes them: about 430 bytes each, half of the columns empty, @ for the number of the block."""
    lines = []
    for k in range(BLOCK):
        a, b = (SIDES[i] for i in rng.integers(0, len(SIDES), 2))
        root, day = int(rng.integers(1, 21)), 20180101 + 100 * int(rng.integers(0, 12)) + int(rng.integers(0, 28))
        code, quad = f"{root:02d}{int(rng.integers(0, 6))}", QUADS[root]
        place = ["4", "Pyongyang, P'yongyang-si, North Korea", "KN", "KN12", "65566", "39.0194", "125.755", "-178334"]
        row = [f"@{k:05d}", str(day), str(day // 100), "2018", "2018.5", a, "SOME NAME", a, *[""] * 7]
        row += [b, "OTHER NAME", b, *[""] * 7, "1", code, code, f"{root:02d}", str(quad), f"{rng.integers(-100, 101) / 10}"]
        row += [
            "12",
            "2",
            "10",
            f"{rng.normal():.14f}",
            *place * 3,
            "20190101000000",
            f"https://www.example.org/2018/a-title-@{k}",
        ]
        lines.append("\t".join(row))
    return "\n".join(lines) + "\n"


def write_rows(source: Path, count: int) -> int:
    """Write a file of about `count` rows, and leave it in the system's memory, as after a download: how many there are."""
    block = rows(np.random.default_rng(0))
    with source.open("w") as file:
        for k in range(count // BLOCK):
            file.write(block.replace("@", f"{k + 7000:04d}"))
    with source.open("rb") as raw:
        while raw.read(1 << 24):
            pass
    return count // BLOCK * BLOCK


def spend(call: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds of a call."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Generate, read, report."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "gdelt.tsv", Path(folder) / "events.parquet"
        count = write_rows(source, count)
        ways = {
            "summitry events": lambda: load([source], target),
            "DuckDB, no rules": lambda: duckdb.connect().execute(PLAIN.format(source=source, target=target)),
        }
        spent: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, read in ways.items():
                target.unlink(missing_ok=True)
                spent[name].append(spend(read))
        best = {name: [min(times) for times in zip(*rounds, strict=True)] for name, rounds in spent.items()}
        print(f"{count:,} rows, {source.stat().st_size / 1e6:,.0f} MB in, {target.stat().st_size / 1e6:,.0f} MB out")
        for name, (wall, cpu) in best.items():
            print(f"  {name:16} {count / wall:>9,.0f} rows/s of wall time, {count / cpu:>9,.0f} rows/s of one processor")
        ratios = [plain / own for own, plain in zip(*best.values(), strict=True)]
        print(f"  ratio            {ratios[0]:.2f} of wall time, {ratios[1]:.2f} of processor time (target {TARGET})")
        target.unlink()
        done = run([COMMAND, "events", source, "--to", target, "--quiet"])
        if done.code:
            sys.exit(done.err)
        print(f"  the command takes {done.seconds:.2f} s and has {done.peak:,.0f} MB at its peak (target {MEMORY:,})")


if __name__ == "__main__":
    main()
