"""What kinds of event files there are, and which one a file is."""

from __future__ import annotations

import csv
import gzip
import os
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summitry.errors import BadArgument
from summitry.kernels.rows import Layout

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

SAMPLE = 1 << 17
MARK = b"\xef\xbb\xbf"
"""The mark of UTF-8 that some programs put at the head of a file."""
TAB, LINE_END, RETURN = ord("\t"), ord("\n"), ord("\r")


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of file is laid out; `header`: its first line names the columns."""

    name: str
    layout: Layout
    header: bool = False


GDELT = Form("GDELT 1.0", Layout((0, 7, 17, 26, 57, 1, 30, 56, 29), 57, 58, TAB))
GDELT2 = Form("GDELT 2.0", Layout((0, 7, 17, 26, 60, 1, 30, 59, 29), 61, 61, TAB))
ICEWS = Form("ICEWS", Layout((0, 4, 10, 6, 11, 1, 7, -1, -1), 20, 20, TAB))
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


def opened(path: Path) -> gzip.GzipFile | FileIO:
    """The bytes of a file, unpacked where its name ends in .gz."""
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb", buffering=0)


def recognise(path: Path) -> Form:
    """The form of a file by its first rows; BadArgument where it is none of those that are known."""
    if not os.path.isfile(path):  # noqa: PTH113 (no error for a name that no file system accepts)
        raise BadArgument(f"There is no file of events {_plain(path)!r}: give files of GDELT, ICEWS or plain CSV.")
    try:
        with opened(path) as file:
            raw = file.read(SAMPLE).removeprefix(MARK)
    except (OSError, EOFError, zlib.error) as problem:
        raise BadArgument(f"{path} cannot be read: {problem}. Give a file of events.") from problem
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadArgument(f"{_plain(path)} is written in UTF-16: save it as UTF-8.")
    newline = RETURN if b"\r" in raw and b"\n" not in raw else LINE_END
    rows = [row.removesuffix(b"\r").decode("utf-8", "replace") for row in raw.split(bytes([newline]))]
    widths = [row.count("\t") + 1 for row in rows[:-1] or rows if row]
    usual = max(sorted(set(widths)), key=widths.count, default=0)
    form = next((one for one in (GDELT, GDELT2, ICEWS) if one.layout.narrowest <= usual <= one.layout.widest), None)
    if form is None:
        form = _named(path, rows[0]) if widths else GDELT
    if form is ICEWS:
        form = replace(ICEWS, header=not rows[0].split("\t")[0].strip().isdigit())
    return replace(form, layout=replace(form.layout, newline=newline))


def _plain(path: Path) -> str:
    from summitry.case.source import plain  # what reads cases takes a while to load, and is needed here for messages only

    return plain(str(path))


def _named(path: Path, first: str) -> Form:
    """A CSV whose first row names what it needs."""
    separator = max(",;\t", key=first.count)
    names = ["_".join(name.casefold().split()) for name in next(csv.reader([first], delimiter=separator), [])]
    at = {what: next((names.index(name) for name in known if name in names), -1) for what, known in NAMED.items()}
    missing = [what for what in NEEDED if at[what] < 0]
    if missing:
        raise BadArgument(
            f"{path} is neither GDELT 1.0 (57 or 58 columns), GDELT 2.0 (61) nor ICEWS (20), and as plain CSV it lacks "
            f"{', '.join(missing)}: name its columns date, source, target, code (CAMEO) and goldstein in the first row."
        )
    return Form("CSV", Layout(tuple(at.values()), len(names), len(names), ord(separator), ord('"')), header=True)
