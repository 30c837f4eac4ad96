"""Event files of GDELT 1.0 and 2.0, ICEWS and plain CSV as one Parquet file of few columns; bad rows kept aside with the reason.

DuckDB (extra `events`) reads and writes; nothing is held in memory at once. The columns: id; date; source and target
(country codes or names; empty where none); code and root (CAMEO); class_codebook (roots 01-05 verbal cooperation 1, 06-08
material cooperation 2, 09-13 verbal conflict 3, 14-20 material conflict 4); class_gdelt (as GDELT's own rows have it: 09 in 2, 14
in 3); score (Goldstein's -10..10, or ICEWS's intensity); story (a number for what makes repeats one, comparable within a file);
reason (empty: the rows that had one are in the other file).
"""

from __future__ import annotations

import csv
import gzip
import re
import tempfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.case.source import is_file, plain
from summitry.errors import BadArgument, ExtraMissing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from duckdb import DuckDBPyConnection

MEMORY = "1200MB"
SAMPLE = 1 << 17
REJECTED = ".rejected.csv"


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of file is laid out: separator, quote, number of columns, and an SQL expression for each thing that is read.

    Columns are c0, c1, ...; `typed` gives those that are read as something else than text, so that a value that does not fit
    puts its row aside. GDELT pads no value with blanks, so nothing is trimmed there. `padded` allows the last column to be
    absent, `header` says that the first row names the columns.
    """

    name: str
    width: int
    date: str
    source: str
    target: str
    code: str
    score: str
    id: str
    story: str
    added: str = "NULL::BIGINT"
    quad: str = ""
    separator: str = "\t"
    quote: str = ""
    padded: bool = False
    header: bool = False
    typed: tuple[tuple[int, str], ...] = ()


GDELT = Form(
    "GDELT 1.0", 58, "c1", "c7", "c17", "c26", "c30", "c0", "coalesce(c57, c0)", "c56", "c29", padded=True,
    typed=((1, "DATE"), (29, "UTINYINT"), (30, "FLOAT"), (56, "BIGINT")),
)  # fmt: skip
GDELT2 = replace(
    GDELT, name="GDELT 2.0", width=61, story="c60", added="c59 // 1000000", padded=False,
    typed=((1, "DATE"), (29, "UTINYINT"), (30, "FLOAT"), (59, "BIGINT")),
)  # fmt: skip
ICEWS = Form(
    "ICEWS", 20, "try_cast(left(c1, 10) AS DATE)", "trim(c4)", "trim(c10)", "trim(c6)", "try_cast(c7 AS FLOAT)", "c0", "c11",
    header=True,
)  # fmt: skip
NAMED = {
    "date": ("date", "day", "sqldate", "event_date"),
    "source": ("source_side", "actor_1_country_abbr", "actor1countrycode", "source_country", "source", "actor"),
    "target": ("target_side", "actor_2_country_abbr", "actor2countrycode", "target_country", "target"),
    "code": ("code", "cameo", "cameo_code", "event_code", "eventcode"),
    "score": ("goldstein", "goldstein_scale", "goldsteinscale", "intensity", "score"),
    "id": ("id", "event_id", "global_event_id", "globaleventid"),
    "story": ("story", "story_id", "source_url", "sourceurl"),
    "added": ("date_added", "dateadded"),
    "quad": ("quad_class", "quadclass"),
}
"""What the columns of a plain CSV may be called, in any case, with blanks for underscores; the first that is there counts."""
NEEDED = ("date", "source", "target", "code", "score")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of every row: `read` = `kept` + `rejected`; `reasons` counts the rejected ones."""

    file: str
    rejected_file: str | None
    forms: dict[str, str]
    read: int
    kept: int
    rejected: int
    reasons: dict[str, int]


def connect() -> DuckDBPyConnection:
    """A DuckDB in memory, or ExtraMissing with how to get it."""
    try:
        import duckdb
    except ImportError as problem:
        raise ExtraMissing("Event files", "DuckDB", "events") from problem
    return duckdb.connect(config={"memory_limit": MEMORY, "preserve_insertion_order": False})


def load(files: Sequence[Path], target: Path, *, until: dt.date | None = None) -> Loaded:
    """Read event files into one Parquet file, and what cannot be used into a CSV beside it; both appear at once, or neither.

    1. Recognise each file by its columns. 2. Read the needed columns; rows that do not fit the layout are put aside with their
    line and text; the others stand in no order. 3. Put aside rows without a date, a known CAMEO root or a score within -10..10,
    and rows dated after they were reported or after `until`. Repeats stay in the file and are counted once by whoever counts.
    """
    aside = target.with_name(target.stem + REJECTED)
    for path in (target, aside):
        if path.exists():
            raise BadArgument(f"{path} exists and is left alone: move it, or choose another place with --to.")
    if not target.parent.is_dir():
        raise BadArgument(f"There is no folder {target.parent}: make it, or choose another place with --to.")
    con = connect()
    import duckdb

    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".summitry-") as scratch:
            return _load(con, files, Path(scratch), target, aside, until)
    except (duckdb.Error, OSError) as problem:
        raise BadArgument(f"The events cannot be read or written: {str(problem).splitlines()[0]}") from problem
    finally:
        con.close()


def _load(
    con: DuckDBPyConnection, files: Sequence[Path], scratch: Path, target: Path, aside: Path, until: dt.date | None
) -> Loaded:
    con.execute("CREATE TABLE aside (file VARCHAR, line BIGINT, reason VARCHAR, text VARCHAR)")
    forms: dict[str, str] = {}
    parts = [scratch / f"{k}.parquet" for k in range(len(files))]
    for path, part in zip(files, parts, strict=True):
        form = recognise(path)
        forms[str(path)] = form.name
        _read(con, path, form, part, until)
    made, bad = parts[0], f"SELECT count(*) FROM {_listed(parts)} WHERE reason IS NOT NULL"  # noqa: S608 (quoted paths)
    if len(parts) > 1 or _one(con, bad):
        made = scratch / "events.parquet"
        con.execute(f"COPY (SELECT * FROM {_listed(parts)} WHERE reason IS NULL) TO {_text(made)} (FORMAT parquet)")  # noqa: S608
    kept, rejected = _one(con, f"SELECT count(*) FROM {_listed([made])}"), _one(con, "SELECT count(*) FROM aside")  # noqa: S608
    reasons = dict(con.execute("SELECT reason, count(*) FROM aside GROUP BY reason ORDER BY reason").fetchall())
    if rejected:
        rows = "SELECT * FROM aside ORDER BY file, line NULLS LAST, reason, text"
        con.execute(f"COPY ({rows}) TO {_text(scratch / 'aside.csv')} (FORMAT csv, HEADER)")
        (scratch / "aside.csv").rename(aside)
    made.rename(target)
    return Loaded(str(target), str(aside) if rejected else None, forms, kept + rejected, kept, rejected, reasons)


def recognise(path: Path) -> Form:
    """The form of a file by its first rows; BadArgument where it is none of those that are known."""
    if not is_file(path):
        raise BadArgument(f"There is no file of events {plain(str(path))!r}: give files of GDELT, ICEWS or plain CSV.")
    try:
        with (gzip.open if path.suffix == ".gz" else Path.open)(path, "rb") as file:
            raw = file.read(SAMPLE)
    except (OSError, EOFError, zlib.error) as problem:
        raise BadArgument(f"{path} cannot be read: {problem}. Give a file of events.") from problem
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadArgument(f"{plain(str(path))} is written in UTF-16: save it as UTF-8.")
    rows = raw.decode("utf-8", "replace").splitlines()
    widths = [row.count("\t") + 1 for row in rows[:-1] or rows]
    usual = max(sorted(set(widths)), key=widths.count, default=0)
    if not rows or usual in {GDELT.width - 1, GDELT.width}:
        return GDELT
    if usual == GDELT2.width:
        return GDELT2
    if usual == ICEWS.width:
        return replace(ICEWS, header=not rows[0].split("\t")[0].strip().isdigit())
    return _plain(path, rows[0])


def _plain(path: Path, first: str) -> Form:
    """A CSV whose first row names what it needs."""
    separator = max(",;\t", key=first.count)
    names = [
        "_".join(name.casefold().split()) for name in next(csv.reader([first.removeprefix("\ufeff")], delimiter=separator), [])
    ]
    at = {what: next((f"c{names.index(n)}" for n in known if n in names), "") for what, known in NAMED.items()}
    missing = [what for what in NEEDED if not at[what]]
    if missing:
        raise BadArgument(
            f"{path} is neither GDELT 1.0 (57 or 58 columns), GDELT 2.0 (61) nor ICEWS (20), and as plain CSV it lacks "
            f"{', '.join(missing)}: name its columns date, source, target, code (CAMEO) and goldstein in the first row."
        )
    day = f"coalesce(try_cast(left({at['date']}, 10) AS DATE), try_strptime({at['date']}, '%Y%m%d')::DATE)"
    return Form(
        "CSV", len(names), day, f"trim({at['source']})", f"trim({at['target']})", f"trim({at['code']})",
        f"try_cast({at['score']} AS FLOAT)", at["id"] or "NULL::VARCHAR", at["story"] or at["id"] or "NULL::VARCHAR",
        added=f"try_cast(left({at['added']}, 8) AS BIGINT)" if at["added"] else "NULL::BIGINT",
        quad=f"try_cast({at['quad']} AS UTINYINT)" if at["quad"] else "", separator=separator, quote='"', header=True,
    )  # fmt: skip


def _read(con: DuckDBPyConnection, path: Path, form: Form, part: Path, until: dt.date | None) -> None:
    """One file into a Parquet of its own, with the reason beside each row that cannot be used; misfits go to `aside` at once."""
    import duckdb

    types = dict(form.typed)
    columns = ", ".join(f"'c{k}': '{types.get(k, 'VARCHAR')}'" for k in range(form.width))
    reader = (
        f"read_csv({_pattern(path)}, delim='{form.separator}', quote='{form.quote}', escape='{form.quote}', "
        f"header={form.header}, auto_detect=false, columns={{{columns}}}, dateformat='%Y%m%d', null_padding={form.padded}, "
        "ignore_errors=true, store_rejects=true)"
    )
    copy = f"COPY ({_select(form, reader, until)}) TO {_text(part)} (FORMAT parquet)"
    try:
        con.execute(copy)
    except duckdb.InvalidInputException as problem:
        if "invalid state" not in str(problem):
            raise
        # Line ends of two kinds: a copy with one kind is read instead.
        even = part.with_suffix(".txt")
        _one_line_end(path, even)
        con.execute(copy.replace(_pattern(path), _pattern(even)))
    name = str(path)
    con.execute(
        "INSERT INTO aside SELECT ?, line, string_agg(DISTINCT lower(replace(error_type::VARCHAR, '_', ' ')), ', '), "
        "any_value(csv_line) FROM reject_errors GROUP BY line",
        [name],
    )
    con.execute("DROP TABLE reject_errors; DROP TABLE reject_scans")
    shown = "concat_ws(' ', id, date, source, target, code, score)"
    valued = f"SELECT ?, NULL, reason, {shown} FROM {_listed([part])} WHERE reason IS NOT NULL"  # noqa: S608 (quoted path)
    con.execute(f"INSERT INTO aside {valued}", [name])


def _one_line_end(path: Path, plain: Path) -> None:
    with (gzip.open if path.suffix == ".gz" else Path.open)(path, "rb") as source, plain.open("wb") as out:
        for line in source:
            out.write(line.removesuffix(b"\n").removesuffix(b"\r") + b"\n")


def _select(form: Form, reader: str, until: dt.date | None) -> str:
    late = "" if until is None else f"WHEN date > DATE '{until.isoformat()}' THEN 'dated after {until.isoformat()}' "
    return (
        f"WITH read AS (SELECT {form.id} AS id, {form.date} AS date, coalesce({form.source}, '') AS source, "  # noqa: S608 (ours)
        f"coalesce({form.target}, '') AS target, {form.code} AS code, "
        f"try_cast(left({form.code}, 2) AS UTINYINT) AS root, {form.score} AS score, hash({form.story}) AS story, "
        f"{form.added} AS added, {form.quad or 'NULL'} AS quad FROM {reader}), "
        "sorted AS (SELECT *, CASE WHEN root <= 5 THEN 1 WHEN root <= 8 THEN 2 WHEN root <= 13 THEN 3 ELSE 4 END "
        "AS class_codebook FROM read) "
        "SELECT id, date, source, target, code, root, class_codebook::UTINYINT AS class_codebook, "
        "coalesce(quad, CASE root WHEN 9 THEN 2 WHEN 14 THEN 3 ELSE class_codebook END)::UTINYINT AS class_gdelt, score, "
        "story, "
        f"CASE WHEN {'added IS NULL' if form.padded else 'false'} THEN 'fewer columns' WHEN date IS NULL THEN 'no date' "
        "WHEN root IS NULL OR root NOT BETWEEN 1 AND 20 THEN 'no known CAMEO code' "
        "WHEN score IS NULL OR NOT score BETWEEN -10 AND 10 THEN 'no score within -10 to 10' "
        "WHEN added < year(date) * 10000 + month(date) * 100 + day(date) THEN 'dated after it was reported' "
        f"{late}END AS reason FROM sorted"
    )


def _one(con: DuckDBPyConnection, query: str) -> int:
    return int(con.execute(query).fetchall()[0][0])


def _listed(parts: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(map(_pattern, parts))}])"


def _pattern(path: Path) -> str:
    """A path as an SQL string that names this file alone: the reader takes * ? and [ for any characters."""
    return _text(Path(literal(path)))


def literal(path: Path) -> str:
    """A path in which no character stands for others, for DuckDB's readers."""
    return re.sub(r"[*?\[]", lambda sign: f"[{sign[0]}]", str(path))


def _text(path: Path) -> str:
    """A path as an SQL string."""
    return "'" + str(path).replace("'", "''") + "'"
