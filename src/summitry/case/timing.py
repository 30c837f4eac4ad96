"""When things can be done: windows, working days, holidays, and the resources that steps share."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from summitry.case.fields import Day, Doc, Slug

Units: TypeAlias = Annotated[int, Field(ge=0, le=1_000_000)]
Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Window(Doc):
    """When an issue can be acted on: begun on `earliest` or later, done on `latest` or earlier."""

    earliest: Day | None = None
    latest: Day | None = None

    @model_validator(mode="after")
    def _rises(self) -> Window:
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            msg = f"a window ends before it begins: {self.earliest} to {self.latest}"
            raise ValueError(msg)
        return self


class Calendar(Doc):
    """The days on which work is done, and how many units of each resource there are.

    A step begins and is done on working days; `durations` says whether 60d means calendar days or working days. `holidays` gives
    each day its reason. `resources` are counted in units, such as inspectors or teams.
    """

    working_days: Annotated[tuple[Weekday, ...], Field(min_length=1)] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    holidays: dict[Day, str] = {}
    durations: Literal["calendar", "working"] = "calendar"
    resources: dict[Slug, Units] = {}
    source: str = ""
