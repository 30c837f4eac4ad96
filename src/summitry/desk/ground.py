"""Questions about preparation: what is ready, which groundwork to lay, what waiting costs."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from summitry import case
from summitry.case.types import require_native
from summitry.desk.answers import day
from summitry.errors import BadArgument
from summitry.evidence.record import record
from summitry.model import build
from summitry.packages import BEST, named
from summitry.plan import groundwork as laying
from summitry.plan import waiting
from summitry.plan.readiness import readiness

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from summitry.case.types import Case
    from summitry.model import Model
    from summitry.plan.readiness import Readiness
    from summitry.plan.results_groundwork import GroundworkResult
    from summitry.plan.waiting import WaitResult

LONGEST = 36_500
"""Days that a question may look ahead: a century."""


def groundwork(
    name: str,
    target: Sequence[str] | None = None,
    *,
    budget: float | None = None,
    by: str | None = None,
    days: int | None = None,
    viewer: str | None = None,
    seed: int = 0,
) -> tuple[Case, GroundworkResult]:
    """The moves that raise the chance of the target deal most; by default of the first rung, or of the nearest miss."""
    opened = require_native(case.load(name, viewer=viewer), "Which groundwork to lay")
    last = _until(opened, by, days, opened.file.settings.horizon)
    if budget is not None and not budget < float("inf"):
        raise BadArgument("A budget is a number in the unit of the case's groundwork, such as 20.")
    made = build(opened, seed=seed, record=record(opened))
    party = opened.principal
    package, title = _target(made, target)
    return opened, laying.groundwork(made, package, party, by=last, budget=budget, title=title)


def ready(name: str, *, date: str | None = None, viewer: str | None = None) -> tuple[Case, Readiness]:
    """What is prepared for the principal and what is not, as of a day."""
    opened = require_native(case.load(name, viewer=viewer), "What is prepared")
    return opened, readiness(opened, opened.principal, None if date is None else day(date))


def wait(
    name: str,
    target: Sequence[str] | None = None,
    *,
    until: str | None = None,
    days: int | None = None,
    viewer: str | None = None,
    seed: int = 0,
) -> tuple[Case, WaitResult]:
    """What waiting costs for a deal; by default for the first rung, or the nearest miss."""
    opened = require_native(case.load(name, viewer=viewer), "What waiting costs")
    last = _until(opened, until, days, opened.file.settings.horizon)
    seen = record(opened)
    made = build(opened, seed=seed, record=seen)
    party = opened.principal
    package, title = _target(made, target)
    return opened, waiting.waiting(made, seen, package, party, until=last, title=title)


def _target(made: Model, target: Sequence[str] | None) -> tuple[NDArray[np.int64], str]:
    """The package to prepare, with its title; words may be parted by blanks or commas."""
    package, title = named(made, [word for part in target or () for word in re.split(r"[\s,]+", part) if word] or [BEST])
    if not package.any():
        raise BadArgument("Everything stays at the status quo in this target, which needs no groundwork.")
    return package, title


def _until(opened: Case, date: str | None, days: int | None, otherwise: int) -> dt.date:
    """A last day from a date or from days after the case's date."""
    today = opened.file.as_of
    if date is not None and days is not None:
        raise BadArgument("Give a date or a number of days, not both.")
    if days is not None and days > LONGEST:
        msg = f"A question looks at most {LONGEST} days ahead, a century; found {days}."
        raise BadArgument(msg)
    found = day(date) if date is not None else today + dt.timedelta(days=min(otherwise if days is None else days, LONGEST))
    if not today <= found <= today + dt.timedelta(days=LONGEST):
        msg = f"The last day must lie between the case's date {today} and a century later; found {found}."
        raise BadArgument(msg)
    return found
