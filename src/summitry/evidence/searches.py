"""What visits that find nothing say of a declaration: as far as one looks in the right places, they speak for completeness.

With c the probability that it is complete, r that what is left out lies among the places visited, and q(v) the detection
probability of v of the places: P(complete | v visits find nothing) = c / (c + (1 - c)(1 - r q(v))).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.evidence.inspections import detection

if TYPE_CHECKING:
    from summitry.case.types import Search

POINTS = 12


@dataclass(frozen=True, slots=True)
class Looked:
    """After so many visits that found nothing: the probability of completeness, and its range with prior and reach together."""

    visits: int
    complete: float
    complete_range: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Searched:
    """The visits that the case states for a category, and how the probability of completeness moves while they find nothing.

    `points` go from no visit to one at every place, with the number that is planned among them.
    """

    of: str
    places: int
    hidden: int
    power: float
    reach: tuple[float, float, float]
    planned: int
    points: tuple[Looked, ...]
    why: str
    source: str
    kind: str

    @property
    def after(self) -> Looked:
        """The point of the planned visits."""
        return next(point for point in self.points if point.visits == self.planned)


def visited_in_vain(plan: Search, complete: float, span: tuple[float, float]) -> Searched:
    """How visits in vain move a probability of completeness, and its low and high end with the low and high reach.

    Raises BadArgument for counts that cannot be.
    """
    step = max(1, -(-plan.places // POINTS))
    at = sorted({*range(0, plan.places, step), plan.visits, plan.places})
    chances = (complete, *span)
    reaches = (plan.reach[1], plan.reach[0], plan.reach[2])
    points = []
    for visits in at:
        chance = detection(plan.places, plan.hidden, visits, plan.power)
        middle, low, high = (in_vain(c, r * chance) for c, r in zip(chances, reaches, strict=True))
        points.append(Looked(visits, middle, (low, high)))
    return Searched(
        plan.of, plan.places, plan.hidden, plan.power, plan.reach, plan.visits, tuple(points), plan.why, plan.source, plan.kind
    )


def in_vain(complete: float, detected: float) -> float:
    """The probability of completeness after looking in vain where an omission would be detected with this probability."""
    missed = (1.0 - complete) * (1.0 - detected)
    return complete / (complete + missed) if complete + missed > 0.0 else complete
