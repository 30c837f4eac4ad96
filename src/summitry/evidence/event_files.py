"""Event files of GDELT 1.0 and 2.0, ICEWS and plain CSV as one Parquet file of few columns; bad rows kept aside with the reason.

DuckDB (extra `events`) reads, judges and writes; the rows are never all in memory. The columns: id; date; source and target
(country codes or names; empty where none); code and root (CAMEO); class_codebook (roots 01-05 verbal cooperation 1, 06-08
material cooperation 2, 09-13 verbal conflict 3, 14-20 material conflict 4); class_gdelt (as GDELT's own rows have it: 09 in 2,
14 in 3); score (Goldstein's -10..10, or ICEWS's intensity); story (a number for what makes repeats one, to compare in a file).
"""

from __future__ import annotations

import csv
import gzip
import mmap
import os
import re
import shutil
import tempfile
import zlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summitry.errors import BadArgument, ExtraMissing
from summitry.evidence.event_sources import (
    BYTES,
    CLEAN,
    FEW,
    LONGEST,
    MACROS,
    MANY,
    ROLES,
    clean_rows,
    cut_records,
    list_rules,
    open_unpacked,
    recognise,
    scan_rows,
)  # fmt: skip
from summitry.files import place_new

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from summitry.evidence.event_sources import Bytes, Form, Record, Rule
    from summitry.evidence.months import Month

Classes = Literal["codebook", "gdelt"]
MEMORY = "1200MB"
REJECTED = ".rejected.csv"
FORMAT = "(FORMAT parquet, DICTIONARY_SIZE_LIMIT 8192)"
"""With a limit, DuckDB sees sooner that a column, such as id, has no dictionary; names and codes of events are fewer."""
SHOWN = 1000
"""Bytes of a row that are kept where it cannot be used."""
WINDOW, BATCH = 1 << 16, 1 << 10
REJECTS = {"MISSING COLUMNS": FEW, "TOO MANY COLUMNS": MANY, "INVALID ENCODING": BYTES}
"""What DuckDB says of a row that it rejects and whose end it knows."""
PREFIX, LOCK, WORK = ".summitry-events-", "in-use", "work"
OURS = {LOCK, WORK, "events.parquet", "aside.csv"}
LOCKS = find_spec("fcntl") is not None
"""Whether this system has locks on files; where it has none, what a killed run left stays."""
DYAD = """
WITH stories AS (
  SELECT DISTINCT date, source, target, code, story, class_{classes} IN (1, 3) AS word, CAST(score AS DECIMAL(6, 2)) AS score
  FROM read_parquet(?)
  WHERE (source = ? AND target = ?) OR (source = ? AND target = ?)
)
SELECT source, strftime(date, '%Y-%m') AS month, word, count(*) AS number, sum(score) AS total
FROM stories GROUP BY ALL ORDER BY ALL
"""
"""The months of a dyad; docs/how-to/use-event-data.md has the same for BigQuery."""
SCALE = 5.0
"""Goldstein's -10..10 over this is the scale of -2..2 of all words and deeds."""


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
        cleared = clear_abandoned(target.parent)
        with open_scratch(target.parent) as folder:
            rows, reasons = _read(forms, folder, until)
            rejected, read = reasons.total(), sum(rows.values())
            if not read:
                raise BadArgument(f"There is no row in {', '.join(rows)}: nothing is written. Give files with at least one row.")
            place_new(folder / "events.parquet", target)
            if rejected:
                _place_beside(folder / "aside.csv", aside, target)
    except (duckdb.Error, OSError) as problem:
        raise BadArgument(
            f"The events cannot be written to {target}: {str(problem).splitlines()[0]}. Free some space, check access rights, or "
            "choose another place with --to."
        ) from problem
    return Loaded(
        str(target), str(aside) if rejected else None, {str(path): form.name for path, form in forms}, dict(rows), read,
        read - rejected, rejected, dict(sorted(reasons.items())), cleared,
    )  # fmt: skip


def _place_beside(finished: Path, aside: Path, target: Path) -> None:
    """Place the second file; where that fails the first one goes too."""
    try:
        place_new(finished, aside)
    except BaseException:
        target.unlink()
        raise


def _read(forms: Sequence[tuple[Path, Form]], folder: Path, until: dt.date | None) -> tuple[Counter[str], Counter[str]]:
    """Make `events.parquet` and `aside.csv` in a folder: the number of rows by file, and of those put aside by reason."""
    rows, reasons, rules = Counter({str(path): 0 for path, _ in forms}), Counter[str](), list_rules(until)
    words = _word(rules, until)
    work = folder / WORK
    work.mkdir()
    con = connect(work / "spill")
    try:
        con.execute(MACROS)
        with (folder / "aside.csv").open("w", encoding="utf-8", errors="backslashreplace", newline="") as aside:
            writer = csv.writer(aside)
            writer.writerow(["file", "line", "column", "reason", "text"])
            for k, (path, form) in enumerate(forms):
                with _open_plain(path, work) as (file, data):
                    part = _Part(con, work / f"{k}.parquet", form, file, data, until)
                    count, rejects = part.scan_directly() or part.scan_cleaned()
                    rows[str(path)] += count + len(rejects)
                    for record, number in part.find_unusable(rejects):
                        rule = rules[number]
                        column = form.columns[ROLES.index(rule.role)] + 1 if rule.role else ""
                        writer.writerow([_disarm(str(path)), record.line, column, words[number], _show(data, record)])
                        reasons[words[number]] += 1
        _join(con, [work / f"{k}.parquet" for k in range(len(forms))], folder / "events.parquet", clean=not reasons)
    finally:
        con.close()
    return rows, reasons


def _word(rules: Mapping[int, Rule], until: dt.date | None) -> dict[int, str]:
    """What the file of rows put aside says of each rule."""
    from summitry.wording import Names, Wording, messages

    wording, values = Wording(Names(), messages()), {"limit": LONGEST >> 20, "until": until}
    return {number: "".join(span.text for span in wording.message(rule.code, values)) for number, rule in rules.items()}


def _join(con: DuckDBPyConnection, parts: Sequence[Path], target: Path, *, clean: bool) -> None:
    """Make one file of the parts, without the rows that cannot be used; a single part that has none is that file."""
    if clean and len(parts) == 1:
        parts[0].rename(target)
        return
    files = [literal(part) for part in parts]
    query = f"COPY (SELECT * FROM read_parquet(?) WHERE date IS NOT NULL) TO {in_quotes(target)} {FORMAT}"  # noqa: S608 (in quotes)
    _count_written(con, query, [files])


def _count_written(con: DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> int:
    """Run a query that writes, and say how many rows: in a thread of its own, because DuckDB looks for an interruption rarely."""
    with ThreadPoolExecutor(1) as pool:
        count = pool.submit(lambda: con.execute(query, values).fetchall())
        try:
            return int(count.result()[0][0])
        except KeyboardInterrupt:
            con.interrupt()
            raise


def _disarm(text: str) -> str:
    """A text that a spreadsheet would compute, with an apostrophe before it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _show(data: Bytes, record: Record) -> str:
    """The text of a record; of a long one its beginning."""
    size = record.stop - record.start
    text = _disarm(data[record.start : record.start + min(size, SHOWN)].decode("utf-8", "backslashreplace"))
    return f"{text}... ({size:,} bytes in all)" if size > SHOWN else text


@contextmanager
def _open_plain(path: Path, work: Path) -> Iterator[tuple[Path, Bytes]]:
    """A file that DuckDB can open, unpacked and with a name in UTF-8, and its bytes."""
    plain = path.absolute()
    if path.suffix == ".gz":
        plain = work / "unpacked"
        with open_unpacked(path) as packed, plain.open("wb") as file:
            try:
                shutil.copyfileobj(packed, file, WINDOW)
            except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
                raise BadArgument(
                    f"{path} cannot be read to its end: {problem}. It may be damaged or cut short: get it anew, or leave it out."
                ) from problem
    elif os.fsencode(plain) != str(plain).encode(errors="replace"):
        plain = work / "named"
        plain.unlink(missing_ok=True)
        plain.symlink_to(path.absolute())
    with plain.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            yield plain, b""
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield plain, data


@dataclass(frozen=True, slots=True)
class _Part:
    """A file of a form, with its bytes, and the Parquet file `target` of its rows, where unusable ones lack a date."""

    con: DuckDBPyConnection
    target: Path
    form: Form
    file: Path
    data: Bytes
    until: dt.date | None

    def scan_directly(self) -> tuple[int, dict[int, int]] | None:
        """Let DuckDB read the file: how many rows it took, and by its first byte the reason for each row that it rejected.

        None where it gives up, or where rows and lines may not be the same: without a word it passes over rows after a quote that
        is not closed or a line beyond its buffer, takes no row after a header with another line end, and cuts a row in two at a
        carriage return, so that one is too short. Lines are counted where any of this may be, or where lines must be named.
        """
        import duckdb

        self.con.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        if self.form.newline == "\r" or _has_long_line(self.data, self.form):
            return None
        try:
            count = self._write(self.form, self.file)
        except duckdb.InvalidInputException:
            return None
        rejects = {}
        query = "SELECT line_byte_position - 1, list(error_type::VARCHAR) FROM reject_errors GROUP BY ALL"
        for at, kinds in self.con.execute(query).fetchall():
            start = at
            while self.data[start : start + 1] in {b"\r", b"\n"}:  # it counts the blank lines before a row to the row
                start += 1
            if not REJECTS.keys() >= set(kinds) or (start and self.data[start - 1 : start] not in {b"\r", b"\n"}):
                return None
            rejects[start] = min(REJECTS[kind] for kind in kinds)
        query = "SELECT count(*) FROM read_parquet(?) WHERE date IS NULL"
        ((unusable,),) = self.con.execute(query, [literal(self.target)]).fetchall()
        doubtful = self.form.quote or self.form.header or rejects or unusable
        if doubtful and not _has_row_per_line(self.data, self.form, count + len(rejects)):
            return None
        return count, rejects

    def scan_cleaned(self) -> tuple[int, dict[int, int]]:
        """Cut the records here, and let DuckDB read what is needed of them, each with its fault."""
        clean = self.target.with_name("clean")
        with clean.open("w", encoding="utf-8", newline="") as into:
            clean_rows(self.data, self.form, into)
        return self._write(CLEAN, clean), {}

    def _write(self, form: Form, file: Path) -> int:
        query = scan_rows(form, in_quotes(literal(file)), self.until)
        return _count_written(self.con, f"COPY ({query}) TO {in_quotes(self.target)} {FORMAT}")

    def find_unusable(self, rejects: Mapping[int, int]) -> Iterator[tuple[Record, int]]:
        """The records that cannot be used, in their order, each with the number of its reason."""
        query = "SELECT file_row_number, story FROM read_parquet(?, file_row_number = true) WHERE date IS NULL ORDER BY ALL"
        cursor = self.con.execute(query, [literal(self.target)])
        unusable = (row for rows in iter(lambda: cursor.fetchmany(BATCH), []) for row in rows)
        (at, number), left, ordinal = next(unusable, (-1, 0)), len(rejects), 0
        for record in cut_records(self.data, self.form) if left or number else ():
            if record.start in rejects:
                left -= 1
                yield record, rejects[record.start]
            else:
                if ordinal == at:
                    yield record, number
                    at, number = next(unusable, (-1, 0))
                ordinal += 1
            if not left and not number:
                return


def _has_long_line(data: Bytes, form: Form) -> bool:
    """Whether a line may be longer than is allowed: then a small window somewhere has no line end, so that few are looked at."""
    newline = form.newline[-1].encode()
    return any(data.find(newline, at, at + WINDOW) < 0 for at in range(WINDOW, len(data) - WINDOW, LONGEST - WINDOW))


def _has_row_per_line(data: Bytes, form: Form, rows: int) -> bool:
    """Whether there are as many rows as lines that are neither the header nor blank, and no carriage return within a line."""
    ends, returns = int(data[-1:] != b"\n"), 0
    for at in range(0, len(data), LONGEST):
        chunk = data[at : at + LONGEST + 1]  # with one byte of the next
        ends += chunk.count(b"\n", 0, LONGEST)
        returns += chunk.count(b"\r", 0, LONGEST) - chunk.count(b"\r\n")
    if not returns and ends - form.header > rows:
        ends -= data[:1] == b"\n" or data[:2] == b"\r\n"
        ends -= sum(1 for _ in re.finditer(rb"\n(?=\r?\n)", data))
    return not returns and ends - form.header == rows


def in_quotes(text: Path | str) -> str:
    """A text as a literal of SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def literal(path: Path) -> str:
    """A path in which no character stands for others, for DuckDB's readers."""
    return re.sub(r"[*?\[]", lambda sign: f"[{sign[0]}]", str(path))


@contextmanager
def open_scratch(place: Path) -> Iterator[Path]:
    """A new folder in `place` for what is not finished yet, gone when the work is done or has failed.

    A process that is killed leaves its folder behind. In it is a file on which the system held a lock for as long as the process
    lived; so a later run can tell a folder that nobody works in from one that is in use.
    """
    with tempfile.TemporaryDirectory(dir=place, prefix=PREFIX) as name, (Path(name) / f"{LOCK}.new").open("w") as lock:
        if LOCKS:
            from fcntl import LOCK_EX, flock

            flock(lock, LOCK_EX)
            Path(lock.name).rename(Path(name) / LOCK)  # nobody may find it before it is held
        yield Path(name)


def clear_abandoned(place: Path) -> list[str]:
    """Remove the folders in `place` that a killed run left there and nobody works in; their names.

    One that holds anything else than what is made here is left alone.
    """
    return sorted(folder.name for folder in place.glob(f"{PREFIX}*") if LOCKS and _remove_unused(folder))


def _remove_unused(folder: Path) -> bool:
    from fcntl import LOCK_EX, LOCK_NB, flock

    if folder.is_symlink() or not folder.is_dir() or not {entry.name for entry in folder.iterdir()} <= OURS:
        return False
    with suppress(OSError):  # there is no lock, or it is held: the folder is in use, or not ours
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW)
        try:
            flock(lock, LOCK_EX | LOCK_NB)
            shutil.rmtree(folder)
        finally:
            os.close(lock)
        return True
    return False


@dataclass(frozen=True, slots=True)
class Dyad:
    """What each of two sides said and did to the other, by month; mean score on -2..2."""

    a: str
    b: str
    by_a: tuple[Month, ...]
    by_b: tuple[Month, ...]


def read_dyad(path: Path, a: str, b: str, classes: Classes = "codebook") -> Dyad:
    """The months of a dyad in a file that `load` wrote.

    Raises BadArgument where the file is no such file or does not have both sides against each other.
    """
    from summitry.case.source import is_file, plain  # what reads cases takes a while to load

    if not is_file(path):
        raise BadArgument(
            f"There is no file of events {plain(str(path))!r}. Make one of the event files of other sources: "
            "`summitry events FILE... --to OUT.parquet`."
        )
    con = connect()
    import duckdb

    try:
        rows = con.execute(DYAD.format(classes=classes), [literal(path), a, b, b, a]).fetchall()
        names = [] if rows else _names(path, a, b)
    except duckdb.Error as problem:
        raise BadArgument(
            f"{plain(str(path))} is no file that `summitry events` wrote, or it is damaged. Make one of the event files of other "
            "sources: `summitry events FILE... --to OUT.parquet`."
        ) from problem
    finally:
        con.close()
    if not rows:
        raise BadArgument(f"{path} has no event between {a!r} and {b!r}; most events are between {', '.join(names) or 'nobody'}.")
    return Dyad(a, b, _of(a, rows), _of(b, rows))


def _names(path: Path, a: str, b: str) -> list[str]:
    """The dyads with most events, those with one of the two names first."""
    con = connect()
    rows = con.execute(
        "SELECT source || ' and ' || target FROM read_parquet(?) WHERE source <> '' AND target <> '' AND source <> target "
        "GROUP BY source, target ORDER BY max(source IN (?, ?) OR target IN (?, ?)) DESC, count(*) DESC, 1 LIMIT 5",
        [literal(path), a, b, a, b],
    ).fetchall()
    con.close()
    return [name for (name,) in rows]


def _of(side: str, rows: list[tuple[str, str, bool, int, float]]) -> tuple[Month, ...]:
    from summitry.evidence.months import Month

    tallies = {
        (month, word): (count, float(total) / count / SCALE) for source, month, word, count, total in rows if source == side
    }
    months = []
    for month in sorted({month for month, _ in tallies}):
        (words, level), (deeds, acts) = tallies.get((month, True), (0, None)), tallies.get((month, False), (0, None))
        months.append(Month(month, level, acts, words, deeds))
    return tuple(months)
