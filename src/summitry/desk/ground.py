"""Questions about preparation: what is ready, which groundwork to lay, what waiting costs."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from summitry import case, study
from summitry.desk.answers import split
from summitry.errors import BadArgument, UnknownName
from summitry.evidence.record import record
from summitry.model import build
from summitry.plan import groundwork as laying
from summitry.plan import waiting
from summitry.plan.readiness import readiness
from summitry.trade.rung import first_rung

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from summitry.case.types import Case
    from summitry.model import Model
    from summitry.plan.groundwork import GroundworkResult
    from summitry.plan.readiness import Readiness
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
    opened = _native(case.load(name, viewer=viewer), "Which groundwork to lay")
    last = _until(opened, by, days, opened.file.settings.horizon)
    if budget is not None and not budget < float("inf"):
        raise BadArgument("A budget is a number in the unit of the case's groundwork, such as 20.")
    made = build(opened, seed=seed, record=record(opened))
    party = study.principal_of(opened, study.Settings())
    package, title = _target(made, party, target)
    return opened, laying.groundwork(made, package, party, by=last, budget=budget, title=title)


def ready(name: str, *, date: str | None = None, viewer: str | None = None) -> tuple[Case, Readiness]:
    """What is prepared for the principal and what is not, as of a day."""
    opened = _native(case.load(name, viewer=viewer), "What is prepared")
    return opened, readiness(opened, study.principal_of(opened, study.Settings()), day(date))


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
    opened = _native(case.load(name, viewer=viewer), "What waiting costs")
    last = _until(opened, until, days, opened.file.settings.horizon)
    seen = record(opened)
    made = build(opened, seed=seed, record=seen)
    party = study.principal_of(opened, study.Settings())
    package, title = _target(made, party, target)
    return opened, waiting.waiting(made, seen, package, party, until=last, title=title)


def _target(made: Model, party: str, target: Sequence[str] | None) -> tuple[NDArray[np.int64], str]:
    """A package and its title from ISSUE=OPTION..., a named idea, `idea` for the case's own, or `best` for the first rung."""
    file = made.case.file
    asked = [word for part in target or ("best",) for word in re.split(r"[\s,]+", part) if word]
    if asked == ["idea"] and file.settings.idea:
        asked = [file.settings.idea]
    if asked == ["best"]:
        extra = [made.row(idea.package) for idea in file.ideas.values()]
        found = first_rung(made, party, extra=extra)
        verdict = found.best or found.nearest
        if verdict is None:
            raise BadArgument("There is no swap to prepare: name one with --target ISSUE=OPTION.")
        return made.row(verdict.moves), "START HERE" if found.best else "the nearest miss"
    if len(asked) == 1 and "=" not in asked[0]:
        if asked[0] not in file.ideas:
            raise UnknownName("idea", asked[0], (*file.ideas, "best"))
        return made.row(file.ideas[asked[0]].package), file.ideas[asked[0]].title
    package = made.row(dict(split(word) for word in asked))
    if not package.any():
        raise BadArgument("Everything stays at the status quo in this target, which needs no groundwork.")
    return package, "the deal asked for"


def _until(opened: Case, date: str | None, days: int | None, otherwise: int) -> dt.date:
    """A last day from a date or from days after the case's date."""
    today = opened.file.as_of
    if date is not None and days is not None:
        raise BadArgument("Give a date or a number of days, not both.")
    found = day(date) or today + dt.timedelta(days=min(otherwise if days is None else days, LONGEST))
    if not today <= found <= today + dt.timedelta(days=LONGEST):
        msg = f"The last day must lie between the case's date {today} and a century later; found {found}."
        raise BadArgument(msg)
    return found


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
