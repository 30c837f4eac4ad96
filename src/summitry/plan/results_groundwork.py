"""Result types of the question which groundwork to lay: moves, portfolios, who stands in the way. Plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.trade.gates import kind_of

if TYPE_CHECKING:
    from summitry.reasons import Reason
    from summitry.trade.gates.gate import Gate


@dataclass(frozen=True, slots=True)
class Laid:
    """One move. `begin` and `end` are its earliest dates, `latest` the last day to begin so that it is done by the last day.

    `needs` are all moves that it must follow. `gain` is what it and they add to nothing, `own` what it adds to them; `marginal`
    what the portfolio loses without it and the laid moves that need it, `along` (None where it is not laid). Each has its
    sampling error. `out` says why it is not laid, `touches` whom it moves in this deal, `idle` why some effects move nobody.
    """

    name: str
    party: str
    title: str
    cost: float
    takes: int
    after: tuple[str, ...]
    chosen: bool
    begin: str
    end: str
    latest: str | None
    needs: tuple[str, ...]
    gain: float
    gain_error: float
    own: float
    own_error: float
    marginal: float | None
    marginal_error: float | None
    along: tuple[str, ...]
    out: str
    touches: tuple[str, ...]
    idle: tuple[str, ...]
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Moves that no others beat in cost and probability at once.

    `apart` tells whether their gain over the next cheaper ones that are apart can be told from nothing.
    """

    cost: float
    probability: float
    moves: tuple[str, ...]
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Who still stands in the way: the share of draws in which it says yes before, after, and with `all` moves that end in time.

    `short` is what it would still take with all of them, in its points or its chance, for a yes in half of the draws.
    """

    who: str
    before: float
    after: float
    all: float
    short: float


@dataclass(frozen=True, slots=True)
class GroundworkResult:
    """The best portfolio for a deal by a day and within a budget.

    `before` and `after` are the joint probability that all accept and all homes ratify, without and with it; `error` the sampling
    error of `after`, `needed` what a first rung must reach. `efficient` lists portfolios by rising cost, whatever the budget.
    `meeting` is the best one by the meeting. Neither it nor the portfolio holds a move whose gain cannot be told from nothing.
    `bound` is proven: no portfolio in time and budget reaches more; `most` is the same whatever the budget. `gates` are trust,
    prerequisites and time with the portfolio.
    """

    party: str
    title: str
    target: dict[str, str]
    today: str
    by: str
    unit: str
    budget: float | None
    before: float
    after: float
    error: float
    needed: float
    moves: tuple[Laid, ...]
    efficient: tuple[Portfolio, ...]
    meeting: Portfolio | None
    proven: bool
    bound: float
    most: float
    nodes: int
    obstacles: tuple[Obstacle, ...]
    gates: tuple[Gate, ...]
    left_out: tuple[str, ...]

    @property
    def closed(self) -> Reason | None:
        """Why no groundwork makes the deal possible: what stands before it is missing or a mandate forbids it; else nothing."""
        return next((gate.why for gate in self.gates if gate.passed is False and kind_of(gate.name).formed), None)

    @property
    def in_vain(self) -> bool:
        """Whether even the best moves, whatever they cost, leave the deal closed or below what is needed."""
        return self.closed is not None or self.most < self.needed
