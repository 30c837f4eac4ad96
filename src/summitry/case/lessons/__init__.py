"""What others learnt, as data with its sources: a checklist for preparing a meeting, and how long comparable talks took."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Point:
    """One item of the bundled checklist: `case` items are read off the case, `team` items somebody must say.

    `area` is the part of the preparation. `days` is a judgement of what a small team needs; a party's own checklist overrides it.
    `fits` says which cases it is asked of: all, those between states, those with allies, a meeting, or holdings.
    """

    name: str
    kind: Literal["case", "team"]
    area: str
    days: int
    after: tuple[str, ...]
    fits: Literal["", "states", "allies", "meeting", "holdings"]
    source: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A stretch of past talks from one dated event to another; `preparation` ends where the parties meet, `talks` with a text."""

    name: str
    kind: Literal["preparation", "talks"]
    began: str
    beginning: str
    ended: str
    ending: str
    source: str
    status: str

    @property
    def days(self) -> int:
        """How many days lie between the two events."""
        return (dt.date.fromisoformat(self.ended) - dt.date.fromisoformat(self.began)).days


@cache
def points() -> tuple[Point, ...]:
    """The bundled checklist, in the order in which it is shown."""
    rows = _rows("checklist.csv")
    return tuple(Point(**row | {"days": int(row["days"]), "after": tuple(row["after"].split())}) for row in rows)


@cache
def talks() -> tuple[Talk, ...]:
    """Comparable talks, by date."""
    return tuple(Talk(**row) for row in sorted(_rows("talks.csv"), key=lambda row: str(row["began"])))


def _rows(name: str) -> list[dict[str, Any]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
