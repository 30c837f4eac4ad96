"""The result of climbing: rungs in the order in which trust comes to carry them, and where named ideas stand among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitry.trade.results import Package


@dataclass(frozen=True, slots=True)
class Mend:
    """One change after which an order holds: its `kind`, what changes by how much, and the load that it leads to."""

    kind: str
    what: str
    amount: float
    load: float


@dataclass(frozen=True, slots=True)
class Temptation:
    """What `party` could hold by stopping before its last step, less what it holds at the end; `cost` is what stopping costs it.

    `step` is ISSUE.OPTION of the step before which it tempts most. It `holds` where stopping brings no more than it costs.
    """

    party: str
    gain: float
    cost: float
    step: str
    mends: tuple[Mend, ...]

    @property
    def holds(self) -> bool:
        """True where stopping does not pay."""
        return self.gain <= self.cost + 1e-9


@dataclass(frozen=True, slots=True)
class Rung:
    """A deal on the ladder. Maps are by party; `values` and `exposure` in own points, probabilities are shares of draws.

    `joint` counts the draws in which all accept and all homes ratify, `passes` tells whether that is enough. `trust_needed` and
    `trust` stand at the moment that strains a party most; `load` is that of the best order by PERT means (None: no order is
    allowed), `in_time` tells if an order that trust carries keeps every date, `load_range` its 20, 50 and 80 % quantiles over
    draws and `carried` by party the share of draws in which its trust suffices (None and empty where these were not asked for).
    `kept_steps` counts the steps of the first rung after which trust would carry this one: 0 today, None where even all of them
    do not; `trust_after` is the trust there would be then. `stopping` is the most a party could hold by climbing along and
    stopping. `climbs` marks the rungs that bring the principal a hundredth more than every one of less load.
    """

    title: str
    package: Package
    load: float | None
    load_range: tuple[float, float, float] | None
    trust_needed: dict[str, float]
    trust: dict[str, float]
    carried: dict[str, float]
    exposure: dict[str, float]
    acceptance: dict[str, float]
    ratification: dict[str, float | None]
    joint: float
    passes: bool
    substance: dict[str, float]
    values: dict[str, float]
    order: tuple[str, ...]
    exact: bool
    in_time: bool | None
    kept_steps: int | None
    trust_after: dict[str, float]
    stopping: dict[str, float]
    temptations: tuple[Temptation, ...]
    mends: tuple[Mend, ...]
    climbs: bool
    source: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """After a step: by party, the value of all that is done, what it would hold if everything stopped, and its load then."""

    step: str
    mover: tuple[str, ...]
    done: dict[str, float]
    held: dict[str, float]


@dataclass(frozen=True, slots=True)
class Walk:
    """One order of the first rung's steps, moment by moment: of least load, or front-loading what the principal receives."""

    kind: str
    load: float
    exact: bool
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """The load of the first rung when one thing about its sequence is otherwise; None where no order is allowed then."""

    assumption: str
    load: float | None


@dataclass(frozen=True, slots=True)
class LadderResult:
    """Rungs in rising load, the number of the first one in it (None: today's trust carries none), and the ideas beside it.

    `searched` says in words which swaps were looked at, `considered` how many were accepted and ratified often enough (or, where
    `short` tells that none is, came nearest), `bounded` how many were bounded and `ordered` how many were put in order exactly.
    `walks` are orders of the first rung's steps; `sensitivity` attacks it; `gaps` are what the case does not say.
    """

    principal: str
    rungs: tuple[Rung, ...]
    first: int | None
    ideas: tuple[Rung, ...]
    searched: str
    considered: int
    bounded: int
    ordered: int
    short: str
    walks: tuple[Walk, ...]
    sensitivity: tuple[Assumption, ...]
    gaps: tuple[str, ...]
