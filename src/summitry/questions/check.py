"""Every problem of a case at once, with file, line, column, what is wrong and what would be right.

The exit code is 2 where there is an error; warnings leave it at 0. With `--as` the files of that party alone are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Lines, head
from summitry.errors import Problem
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.wording.names import Names


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The case, which need not be readable, and whose view of it to check."""

    name: Annotated[str, Ask("CASE", position=True)]
    viewer: Annotated[str | None, Ask("PARTY", flag="--as")] = None


@dataclass(frozen=True, slots=True)
class Check:
    """The problems of a case, and how many of them are errors and how many warnings."""

    case: str
    errors: int
    warnings: int
    problems: tuple[Problem, ...]


def answer(_: object, request: CheckRequest) -> Check:
    """Read and check a case without opening it."""
    from summitry.formats import check

    problems = check(request.name, viewer=request.viewer)
    errors = sum(problem.level == "error" for problem in problems)
    return Check(request.name, errors, len(problems) - errors, problems)


def view(_: Check, __: Names) -> Iterator[Block]:
    """How many problems there are, and a line for each."""
    yield head("check.head")
    yield Lines("problems")


QUESTION = Question(
    name="check",
    group="files",
    request=CheckRequest,
    answer=answer,
    view=view,
    case="none",
    example=("", {"name": "supply-contract"}),
    exit_code=lambda check: 2 if check.errors else 0,
)
