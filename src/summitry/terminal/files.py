"""What the commands about files print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.brief.words import counted
from summitry.terminal.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.errors import Problem


def show_problems(name: str, problems: Sequence[Problem]) -> None:
    """A line for each problem."""
    page = Page()
    for problem in problems:
        page.line(str(problem), whole=True)
    errors = sum(problem.level == "error" for problem in problems)
    page.line(f"{name}: {counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}.", whole=True)
