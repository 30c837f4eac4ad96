"""Words and deeds of two sides by month, from a file of events that `event_files` wrote: each story counted once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summitry.case.source import is_file, plain
from summitry.errors import BadArgument
from summitry.evidence.drift import compare_months, judge_drift
from summitry.evidence.event_files import connect, literal
from summitry.evidence.reciprocity import compare_answers
from summitry.evidence.record import Month
from summitry.evidence.signals import Signals

if TYPE_CHECKING:
    from pathlib import Path

Classes = Literal["codebook", "gdelt"]
SQL = """
WITH told AS (
  SELECT DISTINCT date, source, target, code, story, class_{classes} IN (1, 3) AS word, CAST(score AS DECIMAL(6, 2)) AS score
  FROM read_parquet(?)
  WHERE (source = ? AND target = ?) OR (source = ? AND target = ?)
)
SELECT source, strftime(date, '%Y-%m') AS month, word, count(*) AS stories, sum(score) AS total
FROM told GROUP BY ALL ORDER BY ALL
"""
"""The months of a dyad; docs/how-to/use-event-data.md has the same for BigQuery."""
REMEDY = "Make one of the event files of other sources: `summitry events FILE... --to OUT.parquet`."
SCALE = 5.0
"""Goldstein's -10..10 over this is the scale of -2..2 of all words and deeds."""


@dataclass(frozen=True, slots=True)
class Dyad:
    """What each of two sides said and did to the other, by month; mean score on -2..2."""

    a: str
    b: str
    by_a: tuple[Month, ...]
    by_b: tuple[Month, ...]


def months(path: Path, a: str, b: str, classes: Classes = "codebook") -> Dyad:
    """Months of a dyad; raises BadArgument where the file is no such file or does not have both sides against each other."""
    if not is_file(path):
        raise BadArgument(f"There is no file of events {plain(str(path))!r}. {REMEDY}")
    con = connect()
    import duckdb

    try:
        rows = con.execute(SQL.format(classes=classes), [literal(path), a, b, b, a]).fetchall()
        names = [] if rows else _names(path, a, b)
    except duckdb.Error as problem:
        raise BadArgument(f"{plain(str(path))} is no file that `summitry events` wrote, or it is damaged. {REMEDY}") from problem
    finally:
        con.close()
    if not rows:
        raise BadArgument(f"{path} has no event between {a!r} and {b!r}; most events are between {', '.join(names) or 'nobody'}.")
    return Dyad(a, b, _of(a, rows), _of(b, rows))


def _names(path: Path, a: str, b: str) -> list[str]:
    """The dyads with most events, those with one of the two names first."""
    con = connect()
    found = con.execute(
        "SELECT source || ' and ' || target FROM read_parquet(?) WHERE source <> '' AND target <> '' AND source <> target "
        "GROUP BY source, target ORDER BY max(source IN (?, ?) OR target IN (?, ?)) DESC, count(*) DESC, 1 LIMIT 5",
        [literal(path), a, b, a, b],
    ).fetchall()
    con.close()
    return [name for (name,) in found]


def _of(side: str, rows: list[tuple[str, str, bool, int, float]]) -> tuple[Month, ...]:
    found = {(month, word): (count, float(total) / count / SCALE) for source, month, word, count, total in rows if source == side}
    made = []
    for month in sorted({month for month, _ in found}):
        words, deeds = found.get((month, True)), found.get((month, False))
        made.append(
            Month(
                month,
                words[1] if words else None,
                deeds[1] if deeds else None,
                words[0] if words else 0,
                deeds[0] if deeds else 0,
            )
        )
    return tuple(made)


def signals(dyad: Dyad) -> Signals:
    """Drift, breaks and answers of a dyad; event data hold no promises and no priors, so there is no belief."""
    sides = {dyad.a: dyad.by_a, dyad.b: dyad.by_b}
    made = [compare_months(speaker, doer, sides[speaker], sides[doer]) for speaker in sides for doer in sides]
    series = tuple(one for one in made if one is not None)
    found = [judge_drift(one) for one in series]
    answers = tuple(
        compare_answers(first, follower, (sides[first], sides[follower]))
        for first, follower in ((dyad.a, dyad.b), (dyad.b, dyad.a))
        if dyad.a != dyad.b
    )
    return Signals((), series, tuple(t for t, _ in found), tuple(j for _, jumps in found for j in jumps), answers, ())
