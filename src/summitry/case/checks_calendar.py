"""What the calendar says about issues: every resource that is asked for exists, and windows and holidays can matter."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from summitry.case.source import shown
from summitry.case.words import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.case.draft import Draft
    from summitry.case.types import Issue
    from summitry.errors import Problem

LAST = dt.date(9000, 1, 1)


def calendar_checks(draft: Draft) -> Iterator[Problem]:
    """All checks of the calendar, and of what issues take from it."""
    room = draft.file.calendar.resources
    for name, issue in draft.issues.items():
        for part, asked in (("uses", issue.uses), ("checks", issue.checks)):
            for option, units in asked.items():
                if option not in issue.options:
                    what = f"{shown(option)} is no option of {name}"
                    yield draft.layout.problem(("issues", name, part), what, suggest(option, issue.options), key=True)
                for resource, number in units.items():
                    if resource not in room:
                        what = f"{shown(resource)} is no resource of this case"
                        remedy = f"{suggest(resource, room)} Resources stand under calendar.resources."
                        yield draft.layout.problem(("issues", name, part), what, remedy, key=True)
                    elif number > room[resource]:
                        what = f"{name}.{option} asks for {number} of {resource}, and there are {room[resource]}"
                        remedy = "Raise the number under calendar.resources, or ask for less; until then no plan can hold it."
                        yield draft.layout.problem(("issues", name, part), what, remedy, key=True, level="warning")
        yield from _window(draft, name, issue)


def _window(draft: Draft, name: str, issue: Issue) -> Iterator[Problem]:
    """A window lies in a time that the plan can reach."""
    for key, day in (("latest", issue.window.latest), ("earliest", issue.window.earliest)):
        if day is not None and day >= LAST:
            yield draft.layout.problem(("issues", name, "window", key), f"{day} is too far away", "Write a nearer date.")
    if issue.window.latest is not None and issue.window.latest < draft.file.as_of:
        what = f"this had to be done by {issue.window.latest}, before the case's date {draft.file.as_of}"
        yield draft.layout.problem(("issues", name, "window", "latest"), what, "Correct the date.", level="warning")
