"""What a party prepares and what time does to it: groundwork, fading values, deadlines at home, its checklist, the meeting."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from summitry.case.fields import Day, DayInReach, Days, Doc, Names, Range, Slug

TARGETS = ("seat", "law", "accepts", "trusts")


class Effect(Doc):
    """What a move or a deadline changes, and by how much; exactly one of `seat`, `law`, `accepts`, `trusts` says on whom.

    `seat` (PARTY/SEAT) and `accepts` (PARTY): points for the deal, or only where it holds one of `places`. `law`, the beginning
    of its name: chance that it is lifted. `trusts` (PARTY): log-odds of its belief that the other side means to deliver.
    """

    seat: str = ""
    law: str = ""
    accepts: str = ""
    trusts: str = ""
    places: Names = ()
    shift: Range
    why: str = ""

    @model_validator(mode="after")
    def _one_target(self) -> Effect:
        named = [key for key in TARGETS if getattr(self, key)]
        if len(named) != 1:
            msg = f"an effect names exactly one of {', '.join(TARGETS)}; found {', '.join(named) or 'none'}"
            raise ValueError(msg)
        return self


class Move(Doc):
    """One move of groundwork: its cost in its party's unit, how long it takes, what must be done before, what it changes."""

    title: Annotated[str, Field(min_length=1)]
    cost: Annotated[float, Field(ge=0, le=1e9)]
    takes: Days
    after: Names = ()
    effects: Annotated[tuple[Effect, ...], Field(min_length=1)]
    why: str = ""
    source: str = ""


class Groundwork(Doc):
    """The moves that a party could make before a deal, with the unit in which their costs are counted."""

    unit: Annotated[str, Field(min_length=1)]
    moves: Annotated[dict[Slug, Move], Field(min_length=1)]
    why: str = ""


class Fade(Doc):
    """How an issue's values change with time after the as-of date: by `half_life` down to `floor`, or by a `schedule`.

    The schedule gives factors by date, 1 on the as-of date and on a straight line in between; after its last date it stays.
    Without `options` all options of the issue fade.
    """

    half_life: Annotated[Days, Field(gt=0)] | None = None
    floor: Annotated[float, Field(ge=0, le=1)] = 0.0
    schedule: dict[Day, Annotated[float, Field(ge=0, le=100)]] = {}
    options: Names = ()
    why: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Fade:
        if (self.half_life is None) == (not self.schedule):
            msg = "give either a half_life or a schedule of factors by date"
            raise ValueError(msg)
        return self


class Deadline(Doc):
    """A date at home after which a deal is carried more easily or less."""

    date: Day
    title: Annotated[str, Field(min_length=1)]
    effects: Annotated[tuple[Effect, ...], Field(min_length=1)]
    why: str = ""
    source: str = ""


class Task(Doc):
    """An item of a party's checklist.

    Under the name of a bundled item it says who does that one, in what time, and whether it is done.
    """

    what: str = ""
    owner: str = ""
    takes: Days | None = None
    after: Names | None = None
    done: bool = False
    why: str = ""
    source: str = ""


def _dated(value: Any) -> Any:  # noqa: ANN401 (whatever the file holds; pydantic checks the result)
    return {"date": value} if isinstance(value, (str, dt.date)) else value


class Meeting(Doc):
    """When the parties meet, and when that was announced."""

    date: DayInReach
    announced: Day | None = None
    source: str = ""


Meets = Annotated[Meeting, BeforeValidator(_dated, json_schema_input_type=dt.date | Meeting)]
"""A date, or a meeting with its announcement and source."""
