"""The kinds of event files there are: how each is laid out, what makes a row usable, and the SQL that reads it.

A record ends with `newline` and has its fields between `separator`s. Where `quote` is not empty, a field that begins with it goes
on to the quote that is not doubled, separators and line ends in it included. Blank records are none.
"""

from __future__ import annotations

import csv
import gzip
import os
import re
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from summitry.errors import BadArgument

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from io import FileIO
    from mmap import mmap
    from pathlib import Path
    from typing import TextIO

    Bytes = bytes | mmap

SAMPLE = 1 << 17
LONGEST = 1 << 22
"""Bytes of a record at most."""
MARK = b"\xef\xbb\xbf"
"""The mark of UTF-8 that some programs put at the head of a file."""
ROLES = ("id", "source", "target", "code", "story", "date", "score", "added", "quad")
"""What is read of a record; `added` is the day on which it was reported."""
NAMED = {
    "id": ("id", "event_id", "global_event_id", "globaleventid"),
    "source": ("source_side", "actor_1_country_abbr", "actor1countrycode", "source_country", "source", "actor"),
    "target": ("target_side", "actor_2_country_abbr", "actor2countrycode", "target_country", "target"),
    "code": ("code", "cameo", "cameo_code", "event_code", "eventcode"),
    "story": ("story", "story_id", "source_url", "sourceurl"),
    "date": ("date", "day", "sqldate", "event_date"),
    "score": ("goldstein", "goldstein_scale", "goldsteinscale", "intensity", "score"),
    "added": ("date_added", "dateadded"),
    "quad": ("quad_class", "quadclass"),
}
"""What the columns of a plain CSV may be called, in any case, with blanks for underscores; the first that is there counts."""
NEEDED = ("date", "source", "target", "code", "score")


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of file is laid out.

    `columns`: the number of the column of each role, -1 where there is none; records have `narrowest` to `widest` fields.
    `header`: the first line names the columns; `fault`: the column that says why a record was put aside before, or -1.
    """

    name: str
    columns: tuple[int, ...]
    narrowest: int
    widest: int
    separator: str = "\t"
    quote: str = ""
    newline: str = "\n"
    header: bool = False
    fault: int = -1


GDELT = Form("GDELT 1.0", (0, 7, 17, 26, 57, 1, 30, 56, 29), 57, 58)
GDELT2 = Form("GDELT 2.0", (0, 7, 17, 26, 60, 1, 30, 59, 29), 61, 61)
ICEWS = Form("ICEWS", (0, 4, 10, 6, 11, 1, 7, -1, -1), 20, 20)
CLEAN = Form("clean", tuple(range(1, 10)), 10, 10, ",", '"', fault=0)
"""What `clean_rows` makes of any other form."""


def open_unpacked(path: Path) -> gzip.GzipFile | FileIO:
    """The bytes of a file, unpacked where its name ends in .gz."""
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb", buffering=0)


def recognise(path: Path) -> Form:
    """The form of a file by its first rows; BadArgument where it is none of those that are known."""
    if not os.path.isfile(path):  # noqa: PTH113 (no error for a name that no file system accepts)
        raise BadArgument(f"There is no file of events {_plain(path)!r}: give files of GDELT, ICEWS or plain CSV.")
    try:
        with open_unpacked(path) as file:
            raw = file.read(SAMPLE).removeprefix(MARK)
    except (OSError, EOFError, zlib.error) as problem:
        raise BadArgument(f"{path} cannot be read: {problem}. Give a file of events.") from problem
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadArgument(f"{_plain(path)} is written in UTF-16: save it as UTF-8.")
    newline = next((end for end in (b"\r\n", b"\n", b"\r") if end in raw), b"\n").decode()
    rows = [row.removesuffix(b"\r").decode("utf-8", "replace") for row in raw.split(newline[-1].encode())]
    widths = [row.count("\t") + 1 for row in rows[:-1] or rows if row]
    usual = max(sorted(set(widths)), key=widths.count, default=0)
    form = next((one for one in (GDELT, GDELT2, ICEWS) if one.narrowest <= usual <= one.widest), None)
    if form is None:
        form = _read_names(path, rows[0]) if widths else GDELT
    if form is ICEWS:
        form = replace(ICEWS, header=not rows[0].split("\t")[0].strip().isdigit())
    return replace(form, newline=newline)


def _plain(path: Path) -> str:
    from summitry.case.source import plain  # what reads cases takes a while to load, and is needed here for messages only

    return plain(str(path))


def _read_names(path: Path, first: str) -> Form:
    """A CSV whose first row names what it needs."""
    separator = max(",;\t", key=first.count)
    names = ["_".join(name.casefold().split()) for name in next(csv.reader([first], delimiter=separator), [])]
    at = {what: next((names.index(name) for name in aliases if name in names), -1) for what, aliases in NAMED.items()}
    missing = [what for what in NEEDED if at[what] < 0]
    if missing:
        raise BadArgument(
            f"{path} is neither GDELT 1.0 (57 or 58 columns), GDELT 2.0 (61) nor ICEWS (20), and as plain CSV it lacks "
            f"{', '.join(missing)}: name its columns date, source, target, code (CAMEO) and goldstein in the first row."
        )
    return Form("CSV", tuple(at.values()), len(names), len(names), separator, '"', header=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row is put aside for the reason `code` where `fails`, an SQL condition, is true; `role` names the column at fault.

    Without a condition it is about the record as such, which is judged before anything is read of it.
    """

    code: str
    fails: str = ""
    role: str = ""


ESCAPES = {"\n": "\\n", "\r\n": "\\r\\n", "\r": "\\r"}
NEVER = "\x1f no field \x1f"
"""A field that stands for none; an empty field is one."""
UNCLOSED, LONG, MANY, BYTES, FEW = range(1, 6)
LATE = "events.aside.late"
RULES = (
    Rule("events.aside.unclosed"),
    Rule("events.aside.long"),
    Rule("events.aside.many"),
    Rule("events.aside.bytes"),
    Rule("events.aside.few"),
    Rule("events.aside.undated", "day IS NULL AND trim(date) = ''", "date"),
    Rule("events.aside.calendar", "day IS NULL OR day < DATE '0001-01-01'", "date"),
    Rule(
        "events.aside.code",
        "root IS NULL OR root NOT BETWEEN 1 AND 20 OR (NOT usual AND NOT regexp_matches(code, '^[0-9]([0-9]|$)'))",
        "code",
    ),
    Rule("events.aside.score", "number IS NULL OR number NOT BETWEEN -10 AND 10", "score"),
    Rule("events.aside.quad", "(class IS NULL OR class NOT IN (1, 2, 3, 4)) AND trim(quad) <> ''", "quad"),
    Rule("events.aside.added", "(reported IS NULL OR reported < DATE '0001-01-01') AND trim(added) <> ''", "added"),
    Rule("events.aside.early", "reported < day", "date"),
    Rule(LATE, "day > DATE '{until}'", "date"),
    Rule("events.aside.control", "NOT usual AND regexp_matches(concat(id, source, target, code), '[\\x00-\\x1f]')"),
)
DAY = "(?s)^ *(?:([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{6})?|([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2}))(?:[^0-9].*)?$"
"""YYYYMMDD, with or without HHMMSS, or YYYY-M-D with - or /, and what does not begin with a digit."""
MACROS = rf"""
CREATE MACRO day_of(text) AS coalesce(
  CASE strlen(text) WHEN 8 THEN try_strptime(text, '%Y%m%d') WHEN 14 THEN try_strptime(text, '%Y%m%d%H%M%S') END::DATE,
  CASE WHEN regexp_matches(text, '{DAY}') THEN TRY_CAST(regexp_replace(text, '{DAY}', '\1\4-\2\5-\3\6') AS DATE) END);
"""
SCAN = """
SELECT id, CASE WHEN verdict = 0 THEN day END AS date, source, target, code, root,
  CASE WHEN root <= 5 THEN 1 WHEN root <= 8 THEN 2 WHEN root <= 13 THEN 3 ELSE 4 END::UTINYINT AS class_codebook,
  CASE WHEN class > 0 THEN TRY_CAST(class AS UTINYINT) WHEN root <= 5 THEN 1 WHEN root <= 9 THEN 2 WHEN root <= 14 THEN 3
    ELSE 4 END::UTINYINT AS class_gdelt,
  TRY_CAST(number + 0.0 AS FLOAT) AS score, CASE WHEN verdict = 0 THEN identity ELSE verdict END AS story
FROM (
  SELECT *, CASE WHEN fault <> 0 THEN fault {judged} ELSE 0 END::UBIGINT AS verdict,
    hash(CASE WHEN story <> '' AND NOT contains(story, ' ') THEN story ELSE coalesce(nullif(trim(story), ''), id) END) AS identity
  FROM (
    SELECT *, TRY_CAST(left(code, 2) AS UTINYINT) AS root, day_of(date) AS day, day_of(added) AS reported,
      TRY_CAST(score AS DOUBLE) AS number, TRY_CAST(quad AS DOUBLE) AS class
    FROM (
      SELECT * REPLACE (
        CASE WHEN usual THEN id ELSE trim(id) END AS id, CASE WHEN usual THEN source ELSE trim(source) END AS source,
        CASE WHEN usual THEN target ELSE trim(target) END AS target, CASE WHEN usual THEN code ELSE trim(code) END AS code)
      FROM (
        SELECT *, url_encode(id) = id AND url_encode(source) = source AND url_encode(target) = target
          AND url_encode(code) = code AND NOT contains(code, '.') AS usual
        FROM (SELECT {fields} FROM {file})))))
"""
"""A row that cannot be used has no date, and in place of its story the number of the reason.

`usual`: letters, digits and -_~ only, which URLs leave as they are; to see so costs less than to look for what must not be there.
"""


def list_rules(until: dt.date | None) -> dict[int, Rule]:
    """The rules by number, in the order in which they are asked; the one about the last day only where there is one."""
    rules = {number: rule for number, rule in enumerate(RULES, 1) if until is not None or rule.code != LATE}
    return {number: replace(rule, fails=rule.fails.format(until=until)) for number, rule in rules.items()}


def scan_rows(form: Form, file: str, until: dt.date | None) -> str:
    """SQL for the rows of a file, a literal of SQL, in its order; those the reader rejects are in `reject_errors` afterwards."""
    columns = ", ".join(f"'c{k}': 'VARCHAR'" for k in range(form.widest))
    reader = (
        f"read_csv({file}, auto_detect = false, columns = {{{columns}}}, delim = '{form.separator}', quote = '{form.quote}', "
        f"escape = '{form.quote}', new_line = '{ESCAPES[form.newline]}', header = false, skip = {int(form.header)}, "
        f"null_padding = {not form.quote}, nullstr = '{NEVER}', compression = 'none', store_rejects = true, "
        f"max_line_size = {4 * LONGEST}, buffer_size = {8 * LONGEST})"
    )
    few = f"CASE WHEN c{form.narrowest - 1} IS NULL THEN {FEW} ELSE 0 END"
    fields = [f"{few if form.fault < 0 else f'c{form.fault}::UTINYINT'} AS fault"]
    for role, at in zip(ROLES, form.columns, strict=True):
        fields.append(f"{_read_column(at, form)} AS {role}")
    judged = " ".join(f"WHEN {rule.fails} THEN {number}" for number, rule in list_rules(until).items() if rule.fails)
    return SCAN.format(judged=judged, fields=", ".join(fields), file=reader)


def _read_column(at: int, form: Form) -> str:
    if at < 0:
        return "''"
    return f"c{at}" if at < form.narrowest else f"coalesce(c{at}, '')"


class Record(NamedTuple):
    """A record that is not blank: its line, the bytes at which it begins and stops, line end aside, and its fault or 0."""

    line: int
    start: int
    stop: int
    fault: int


def cut_records(data: Bytes, form: Form) -> Iterator[Record]:
    """The records of a file, one after the other, whatever is in it.

    A quote that is not closed within `LONGEST` bytes, and a line that is longer, are each a fault of one line.
    """
    newline, quote = form.newline[-1].encode(), form.quote.encode()
    record = re.compile(_PATTERN % {b"s": re.escape(form.separator.encode()), b"q": quote or b'"', b"n": newline})
    size, line, at = len(data), 1, len(MARK) if data[: len(MARK)] == MARK else 0
    if form.header:
        line, at = 2, data.find(newline, at) + 1 or size
    while at < size:
        end = data.find(newline, at) % (size + 1)
        fault = LONG if end - at > LONGEST else 0
        if quote and data.find(quote, at, end) >= 0:
            match = record.match(data, at, min(size, at + LONGEST + 1))
            if match is None or match.end() - at > LONGEST:
                fault = fault or UNCLOSED
            else:
                end = match.end()
        body = data[at:end].rstrip(b"\r")
        if rest := body.lstrip(b"\r"):
            stop = at + len(body)
            yield Record(line, stop - len(rest), stop, fault)
        line += 1 + (data[at:end].count(newline) if quote else 0)
        at = end + 1


_FIELD = rb"(?:%(q)b(?:[^%(q)b]|%(q)b%(q)b)*+%(q)b[^%(s)b%(n)b]*+|(?!%(q)b)[^%(s)b%(n)b]*+)"
_PATTERN = _FIELD + rb"(?:%(s)b" + _FIELD + rb")*+(?=%(n)b|\Z)"


def clean_rows(data: Bytes, form: Form, into: TextIO) -> None:
    """Write every record of a file in the form CLEAN: its fault, and the fields that are needed."""
    writer = csv.writer(into, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for record in cut_records(data, form):
        fields = [] if record.fault else _split(data[record.start : record.stop], form)
        fault = record.fault or (MANY if len(fields) > form.widest else FEW if len(fields) < form.narrowest else 0)
        try:
            texts = [fields[at].strip(b" ").decode() if 0 <= at < len(fields) else "" for at in form.columns]
        except UnicodeDecodeError:
            fault = min(fault or BYTES, BYTES)
        if fault:
            texts = [""] * len(ROLES)
        writer.writerow([fault, *texts])


def _split(raw: bytes, form: Form) -> list[bytes]:
    """The fields of a record without their quotes."""
    separator, quote = form.separator.encode(), form.quote.encode()
    if not quote or quote not in raw:
        return raw.split(separator)
    pattern = rb"(?:\A|%(s)b)(?:%(q)b((?:[^%(q)b]|%(q)b%(q)b)*+)%(q)b)?([^%(s)b]*+)" % {b"s": re.escape(separator), b"q": quote}
    return [inside.replace(quote * 2, quote) + rest for inside, rest in re.findall(pattern, raw)]
