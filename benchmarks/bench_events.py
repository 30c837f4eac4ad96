"""How fast rows of GDELT 2.0 go into Parquet: a file of 61 columns is generated and read; target 1.5 million rows/s, under 2 GB.

`python benchmarks/bench_events.py [ROWS]`, twelve million by default, which are 5 GB in the folder of temporary files. Wall time
depends on what else runs, so processor time stands beside it. The first round compiles the reader where this machine has not
done so yet.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
from measure import COMMAND, run

ROWS, BLOCK, ROUNDS = 12_000_000, 20_000, 3
TARGET, MEMORY = 1_500_000, 2_000
QUADS = {root: 1 if root < 6 else 2 if root < 10 else 3 if root < 15 else 4 for root in range(1, 21)}  # noqa: PLR2004 (GDELT's own)
SIDES = ("USA", "PRK", "KOR", "CHN", "RUS", "JPN", "GBR", "IRN", "", "")


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


def main() -> None:
    """Generate, read, report."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "gdelt.tsv", Path(folder) / "events.parquet"
        block = rows(np.random.default_rng(0))
        with source.open("w") as file:
            for k in range(count // BLOCK):
                file.write(block.replace("@", f"{k + 7000:04d}"))
        with source.open("rb") as file:  # in the system's memory before the clock runs, as after a download; never in ours
            while file.read(1 << 24):
                pass
        read = count // BLOCK * BLOCK
        for _ in range(ROUNDS):
            target.unlink(missing_ok=True)
            done = run([COMMAND, "events", source, "--to", target, "--quiet"])
            if done.code:
                sys.exit(done.err)
            print(f"{read:,} rows, {source.stat().st_size / 1e6:,.0f} MB in, {target.stat().st_size / 1e6:,.0f} MB out")
            print(f"  {read / done.seconds:,.0f} rows/s in {done.seconds:.2f} s wall (target {TARGET:,})")
            print(f"  {read / done.cpu:,.0f} rows per second of one processor; {done.cpu / done.seconds:.2f} processors were had")
            print(f"  peak {done.peak:,.0f} MB (target {MEMORY:,})")


if __name__ == "__main__":
    main()
