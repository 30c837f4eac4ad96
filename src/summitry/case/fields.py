"""What the parts of a case are made of: their common base, and fields that read several spellings."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

MOST = 1e15
LARGEST, SMALLEST = 1e9, 1e-9
"""Points beyond the one lose their small differences in sums; a scale that ends below the other vanishes beside rounding."""
HANDY = "Use points of a handy size, such as 0 to 100."
MOST_DAYS = 365_000
FIRST, LAST = dt.date(1800, 1, 1), dt.date(2499, 12, 31)
"""The days from which a calendar of ours counts on."""
SLUG = r"^[a-z0-9][a-z0-9_-]*$"


class Doc(BaseModel):
    """Base of all parts of a case: frozen, and an unknown key is an error."""

    model_config = ConfigDict(serialize_by_alias=True, frozen=True, extra="forbid", strict=False, allow_inf_nan=False)

    @field_validator("*", mode="after")
    @classmethod
    def _keeps_its_digits(cls, value: object) -> object:
        if isinstance(value, float) and abs(value) > MOST:
            msg = f"expected a number within {MOST:g} of zero, because larger ones lose their digits in sums, found {value!r}"
            raise ValueError(msg)
        return value


def _range(value: object) -> tuple[float, float, float]:
    numbers = value if isinstance(value, (list, tuple)) else [value] * 3
    if len(numbers) != 3 or any(isinstance(n, bool) or not isinstance(n, (int, float)) for n in numbers):  # noqa: PLR2004 (low, mode, high)
        msg = f"expected a number or [low, mode, high], found {value!r}"
        raise ValueError(msg)
    low, mode, high = (float(n) for n in numbers if isinstance(n, (int, float)))
    if not all(map(math.isfinite, (low, mode, high))):
        msg = f"every number must be finite, found {value!r}"
        raise ValueError(msg)
    if max(-low, high) > MOST:
        msg = f"expected numbers within {MOST:g} of zero, because larger ones lose their digits in sums, found {value!r}"
        raise ValueError(msg)
    if not low <= mode <= high:
        msg = f"a range must rise, low <= mode <= high, found {value!r}"
        raise ValueError(msg)
    return low, mode, high


def _days(value: object) -> int:
    units = {"d": 1, "w": 7, "m": 30, "y": 365}
    match = re.fullmatch(r"(\d{1,6})([dwmy])", value) if isinstance(value, str) else None
    days = int(match[1]) * units[match[2]] if match else value
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= MOST_DAYS:
        msg = f"expected a duration of at most a thousand years, such as 60d, 8w, 6m or 2y, found {value!r}"
        raise ValueError(msg)
    return days


def _names(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, (list, tuple)) else value  # type: ignore[return-value] # pydantic refuses the rest by name


def _day(value: object) -> object:
    if isinstance(value, dt.date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        return value
    msg = f"expected a date, year-month-day, such as 2019-02-15, found {value!r}"
    raise ValueError(msg)


def _in_reach(value: dt.date) -> dt.date:
    if not FIRST <= value <= LAST:
        msg = f"expected a date from {FIRST} to {LAST}, found {value}"
        raise ValueError(msg)
    return value


Slug = Annotated[str, Field(pattern=SLUG, max_length=64)]
Range: TypeAlias = Annotated[
    tuple[float, float, float],
    BeforeValidator(_range, json_schema_input_type=float | Annotated[list[float], Field(min_length=3, max_length=3)]),
]
"""[low, mode, high] of a PERT distribution; a single number means certainty."""
Days: TypeAlias = Annotated[
    int, BeforeValidator(_days, json_schema_input_type=int | Annotated[str, Field(pattern=r"^\d{1,6}[dwmy]$")])
]
"""A duration in days; months count 30 and years 365 days."""
Names: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_names, json_schema_input_type=str | list[str])]
"""One name or a list of names."""
Day: TypeAlias = Annotated[dt.date, BeforeValidator(_day)]
"""A date written year-month-day; a bare number is refused, because it would count seconds."""
DayInReach: TypeAlias = Annotated[Day, AfterValidator(_in_reach)]
"""A date from which a calendar of ours can count on, whatever the durations."""
