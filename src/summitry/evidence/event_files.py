"""Event files of GDELT 1.0 and 2.0, ICEWS and plain CSV as one Parquet file of few columns; bad rows kept aside with the reason.

The rows are read block by block and go straight into DuckDB (extra `events`), which writes; they are never all in memory. The
columns: id; date; source and target (country codes or names; empty where none); code and root (CAMEO); class_codebook (roots
01-05 verbal cooperation 1, 06-08 material cooperation 2, 09-13 verbal conflict 3, 14-20 material conflict 4); class_gdelt (as
GDELT's own rows have it: 09 in 2, 14 in 3); score (Goldstein's -10..10, or ICEWS's intensity); story (a number for what makes
repeats one, comparable within a file).
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.errors import BadArgument, ExtraMissing
from summitry.evidence.scratch import clear, scratch
from summitry.placing import place_new

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from summitry.evidence.event_forms import Form
    from summitry.evidence.event_rows import Reading

MEMORY = "1200MB"
REJECTED = ".rejected.csv"
SMALL = 1 << 23
"""Bytes of all files up to which no compiler is loaded, which takes as long as reading them without it."""
PACKED = 8
"""How much larger a packed file may well be when it is unpacked."""
SQL = """
COPY (
  SELECT id, date, source, target, code, root,
    CASE WHEN root <= 5 THEN 1 WHEN root <= 8 THEN 2 WHEN root <= 13 THEN 3 ELSE 4 END::UTINYINT AS class_codebook,
    CASE WHEN quad > 0 THEN quad WHEN root <= 5 THEN 1 WHEN root <= 9 THEN 2 WHEN root <= 14 THEN 3 ELSE 4 END::UTINYINT
      AS class_gdelt,
    score, hash(story) AS story
  FROM rows
) TO '{}' (FORMAT parquet)
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of every row: `read` = `kept` + `rejected`; `reasons` counts the rejected ones.

    `forms` and `rows` say of each file what it is and how many rows it has; `cleared` names what an earlier run that was
    killed had left in the folder, and is gone now.
    """

    file: str
    rejected_file: str | None
    forms: dict[str, str]
    rows: dict[str, int]
    read: int
    kept: int
    rejected: int
    reasons: dict[str, int]
    cleared: list[str]


def connect(spill: Path | None = None) -> DuckDBPyConnection:
    """A DuckDB in memory that may write to `spill` what does not fit; ExtraMissing with how to get it."""
    try:
        import duckdb
    except ImportError as problem:
        raise ExtraMissing("Event files", "DuckDB", "events") from problem
    con = duckdb.connect(config={"memory_limit": MEMORY})
    if spill is not None:
        con.execute("SET temp_directory = ?", [str(spill)])
    return con


def load(files: Sequence[Path], target: Path, *, until: dt.date | None = None) -> Loaded:
    """Read event files into one Parquet file, and what cannot be used into a CSV beside it; both appear at once, or neither.

    1. Recognise each file by its columns. 2. Read the needed columns; rows that do not fit the layout, or without a day of the
    calendar, a known CAMEO root or a score within -10..10, or dated after they were reported or after `until`, are put aside with
    their line and text. The others stand in the order of the files. Repeats stay, and are counted once by whoever counts.
    Raises BadArgument where nothing can be written, a file is none of those that are known, or none has a row.
    """
    from summitry.evidence.event_forms import recognise

    if not target.name:
        raise BadArgument(f"{target} is a folder: name a file in it with --to, such as events.parquet.")
    aside = target.with_name(target.stem + REJECTED)
    for path in (target, aside):
        if path.exists():
            raise BadArgument(f"{path} exists and is left alone: move it, or choose another place with --to.")
    if not target.parent.is_dir():
        raise BadArgument(f"There is no folder {target.parent}: make it, or choose another place with --to.")
    connect().close()
    import duckdb

    forms = [(path, recognise(path)) for path in files]
    try:
        cleared = clear(target.parent)
        with scratch(target.parent) as folder:
            reading = _read(forms, folder, until)
            rejected, read = reading.reasons.total(), sum(reading.read.values())
            if not read:
                names = ", ".join(reading.read)
                raise BadArgument(f"There is no row in {names}: nothing is written. Give files with at least one row.")
            place_new(folder / "events.parquet", target)
            if rejected:
                _beside(folder / "aside.csv", aside, target)
    except (duckdb.Error, OSError) as problem:
        remedy = "Free some space, check access rights, or choose another place with --to."
        raise BadArgument(f"The events cannot be written to {target}: {str(problem).splitlines()[0]}. {remedy}") from problem
    return Loaded(
        str(target), str(aside) if rejected else None, {str(path): form.name for path, form in forms}, reading.read, read,
        read - rejected, rejected, dict(sorted(reading.reasons.items())), cleared,
    )  # fmt: skip


def _beside(finished: Path, aside: Path, target: Path) -> None:
    """Place the second file; where that fails the first one goes too."""
    try:
        place_new(finished, aside)
    except BaseException:
        target.unlink()
        raise


def _read(forms: Sequence[tuple[Path, Form]], folder: Path, until: dt.date | None) -> Reading:
    import duckdb

    from summitry.evidence.arrow import Stream
    from summitry.evidence.event_rows import COLUMNS, Reading

    size = sum(path.stat().st_size * (PACKED if path.suffix == ".gz" else 1) for path, _ in forms)
    con = connect(folder / "spill")
    try:
        with (
            (folder / "aside.csv").open("w", encoding="utf-8", errors="backslashreplace", newline="") as aside,
            ThreadPoolExecutor(1) as pool,
        ):
            reading = Reading(forms, aside, until, compiled=size > SMALL)
            rows = Stream(COLUMNS, reading.batches(pool))
            con.register("rows", rows)
            try:
                _away(con, SQL.format(str(folder / "events.parquet").replace("'", "''")))
            except duckdb.Error:
                if rows.failure is not None:
                    raise rows.failure from None
                raise
    finally:
        con.close()
    return reading


def _away(con: DuckDBPyConnection, query: str) -> None:
    """Run a query that calls back to us in a thread of its own, because an interruption is lost where DuckDB calls."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(con.execute, query)
        try:
            done.result()
        except KeyboardInterrupt:
            con.interrupt()
            raise


def literal(path: Path) -> str:
    """A path in which no character stands for others, for DuckDB's readers."""
    return re.sub(r"[*?\[]", lambda sign: f"[{sign[0]}]", str(path))
