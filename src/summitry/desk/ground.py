"""Questions about preparation: what is ready, which groundwork to lay, what waiting costs."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from summitry import case, study
from summitry.errors import BadArgument
from summitry.plan.readiness import readiness

if TYPE_CHECKING:
    from summitry.case.types import Case
    from summitry.plan.readiness import Readiness


def ready(name: str, *, date: str | None = None, viewer: str | None = None) -> tuple[Case, Readiness]:
    """What is prepared for the principal and what is not, as of a day."""
    opened = _native(case.load(name, viewer=viewer), "What is prepared")
    return opened, readiness(opened, study.principal_of(opened, study.Settings()), day(date))


def day(text: str | None) -> dt.date | None:
    """A day from YEAR-MONTH-DAY."""
    if text is None:
        return None
    try:
        found = dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        found = None
    if found is None:
        msg = f"A day is written year-month-day, for example 2019-02-15; found {text!r}."
        raise BadArgument(msg)
    return found


def _native(opened: Case, question: str) -> Case:
    if opened.foreign:
        msg = (
            f"{question} cannot be said of a {opened.foreign} scenario, which has no calendar: convert it to a case folder first."
        )
        raise BadArgument(msg)
    return opened
