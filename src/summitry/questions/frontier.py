"""What is possible at all, and the bargaining solutions.

For a scenario of another tool, parties and issues have the names that the scenario gives them. Numbers in JSON keep all digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from summitry.document import Block, Column, Figure, Folded, column, head, places, say, table
from summitry.questions import Ask, Question

if TYPE_CHECKING:
    from summitry.deals.frontier import Frontier
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

MOST_POINTS = 12


@dataclass(frozen=True, slots=True)
class FrontierRequest:
    """What to add, and what to leave out."""

    lotteries: Annotated[bool, Ask()] = False
    zone: Annotated[bool, Ask()] = False


def answer(workspace: Workspace, request: FrontierRequest) -> Frontier:
    """The exact frontier by mean values, and the solutions over the walk-aways."""
    from summitry.deals.frontier import explore

    def progress(points: int, zones: int, epsilon: float) -> None:
        workspace.progress("frontier.progress", points=points, zones=zones, epsilon=min(epsilon, 1.0))

    case = workspace.case
    frontier = explore(workspace.certain_model, zone=request.zone, lotteries=request.lotteries, progress=progress)
    if case.foreign:
        parties = {key: party.name for key, party in case.file.parties.items()}
        frontier = frontier.renamed(parties, {key: issue.title for key, issue in case.file.issues.items()})
    return replace(frontier, notes=case.notes)


def view(frontier: Frontier, _: Names) -> Iterator[Block]:
    """How many efficient packages there are, each solution with its package, and the efficient packages themselves."""
    from summitry.kernels.bargain import SOLUTIONS

    yield head("frontier.head")
    for place in places("notes", frontier.notes):
        yield say("frontier.note", place)
    yield say("frontier.zone" if frontier.zone else "frontier.size")
    yield say("frontier.exact" if frontier.exact else "frontier.bounded")
    if not any(solution.comparable and solution.name in frontier.solutions for solution in SOLUTIONS):
        yield say("frontier.incomparable")
    if not frontier.solutions:
        yield say("frontier.mixed" if frontier.only_lottery else "frontier.apart")
        yield from (say("frontier.short", f"short[{party}]", party=party) for party in frontier.short)
    if frontier.points:
        yield Figure("frontier")
    for place, solution in zip(places("solutions", frontier.solutions), frontier.solutions.values(), strict=True):
        yield head("frontier.solution" if solution.ties == 1 else "frontier.tied", place, level=2)
        yield say("frontier.package", place)
    for name, lottery in frontier.lotteries.items():
        yield head("frontier.lottery", f"lotteries[{name}]", level=2)
        for place in places(f"lotteries[{name}].shares", lottery.shares):
            yield say("frontier.share", place)
    order = sorted(range(len(frontier.points)), key=lambda k: (*frontier.points[k].values.values(), k))
    yield Folded(
        (
            say("frontier.reservation"),
            table(
                "frontier.points",
                [f"points[{k}]" for k in order],
                ["package = package:moves", *_values(frontier), "count:count"],
                MOST_POINTS,
            ),
            table(
                "frontier.solutions",
                places("solutions", frontier.solutions),
                ["name = name:word solution", *_values(frontier), "ties:count", "share = share:whole"],
            ),
        )
    )


def _values(frontier: Frontier) -> list[Column]:
    """A column for each party's values; one for all where a scenario of another tool names its parties as it likes."""
    if frontier.status_quo is None:
        return [column("frontier.values", "values:each number")]
    return [column("frontier.party", f"values[{party}]:number", party=party) for party in frontier.parties]


QUESTION = Question(
    name="frontier",
    group="deals",
    request=FrontierRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"lotteries": True}),
    foreign=True,
    digits=None,
)
