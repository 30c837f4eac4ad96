"""Result types of the questions about homes: back tables, win-sets, mandates, coalitions. Plain frozen data, as in `results`.

Points of a constituency are its own, and only the plain benchmark reads those of several on one scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from summitry.model import Package
    from summitry.reasons import Reason
    from summitry.trade.gates.gate import Change


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one constituency says to a package: `yes` is the share of draws, `margin` 20, 50, 80 % of its points less threshold.

    `influence` is its share of the votes (None without a vote); `sways` are the constituencies that a voice moves.
    """

    seat: str
    role: Literal["vote", "veto", "voice"]
    influence: float | None
    yes: float
    margin: tuple[float, float, float]
    sways: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LawInTheWay:
    """A law that forbids part of a package: which moves, the chance that it is lifted, and where it stands."""

    name: str
    source: str
    moves: tuple[str, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The plain benchmark: weighted mean and weighted median of the votes' mean margins, all scales read as one.

    Each says yes where it is not below zero. It knows no veto, law, quota or uncertainty.
    """

    mean: float
    median: float


@dataclass(frozen=True, slots=True)
class Support:
    """One home's answer to a package. `probability` is P(ratify); `votes` the same with the laws aside.

    `changes` are the smallest single changes by which it is carried, each by itself; empty where it is carried.
    """

    party: str
    moves: Package
    probability: float
    error: float
    votes: float
    opinions: tuple[Opinion, ...]
    laws: tuple[LawInTheWay, ...]
    benchmark: Benchmark | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class HomeAnswer:
    """A package before every home: `ratified` by all in the same draw, `together` accepted by all parties as well.

    `faults` say why it may not be formed as it stands, `silent` names parties whose back table is not known.
    """

    title: str
    moves: Package
    needed: float
    ratified: float
    together: float
    homes: tuple[Support, ...]
    faults: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionAtHome:
    """One option by itself, with the prerequisites that it `brings`, before one home.

    `own` says that the party gives it, `shared` who else does. `ratified` is P(ratify) of it alone, `points` each constituency's
    mean points for the option without its prerequisites.
    """

    issue: str
    option: str
    own: bool
    shared: tuple[str, ...]
    ratified: float
    brings: Package
    points: dict[str, float]


@dataclass(frozen=True, slots=True)
class Preferred:
    """Where the votes at one home want an issue to be: weighted mean of option numbers, and the weighted median option."""

    issue: str
    mean: float
    median: str


@dataclass(frozen=True, slots=True)
class AtHome:
    """One home in the findings: the swap under START HERE before it, every option by itself, and points of the frontier.

    `frontier` pairs the number of an efficient point with P(ratify) of its package here.
    """

    party: str
    needed: float
    support: Support | None
    options: tuple[OptionAtHome, ...]
    frontier: tuple[tuple[int, float], ...]

    @property
    def moved(self) -> tuple[OptionAtHome, ...]:
        """The options of the swap under START HERE."""
        return tuple(o for o in self.options if self.support is not None and self.support.moves.get(o.issue) == o.option)


@dataclass(frozen=True, slots=True)
class Offered:
    """A package with each party's mean value, P(ratify) at each home, and the probability of what it was chosen for."""

    moves: Package
    values: dict[str, float]
    ratified: dict[str, float]
    probability: float


@dataclass(frozen=True, slots=True)
class WinSet:
    """The packages of a stated set that one home carries, as moves.

    `carried` of `considered`. `options` is every option by itself; `most` is, by issue that the party gives, the furthest option
    that is carried alone; `most_given` the package of the set in which the party itself gives most, in its own mean points, and
    that is still carried.
    """

    party: str
    carried: int
    options: tuple[OptionAtHome, ...]
    preferred: tuple[Preferred, ...]
    most: Package
    most_given: Offered | None


@dataclass(frozen=True, slots=True)
class WinSets:
    """The win-sets of all homes and what they have in common, counted over a stated set of packages.

    `words` says which set, `complete` that it holds every package. `each` counts the packages that every home by itself carries
    often enough, `common` those that all carry in the same draw often enough; `best` is, by party, its best of these.
    `accepted` counts those of `common` that all parties also accept, in the same draw.
    """

    needed: float
    words: Reason
    complete: bool
    considered: int
    homes: tuple[WinSet, ...]
    each: int
    common: int
    accepted: int
    best: dict[str, Offered]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """What a party's delegation may say of one of its own options; `stated` is False where the mandate is silent on it."""

    party: str
    issue: str
    option: str
    permission: Literal["authorised", "call home", "never"]
    stated: bool


@dataclass(frozen=True, slots=True)
class MandateAnswer:
    """What can be signed in the room, and what calls home would add.

    `calls` are the options of `moves` (a package that was asked about) that need a call home or that a mandate rules out.
    `room` is the first rung within what every known delegation is authorised to concede, `reach` the first rung with calls home,
    `reach_calls` the calls that it needs. None where nothing passes. `unknown` names parties whose mandate this reader cannot
    see.
    """

    principal: str
    moves: Package
    options: tuple[Authority, ...]
    calls: tuple[Authority, ...]
    room: Signed | None
    reach: Signed | None
    reach_calls: tuple[Authority, ...]
    unknown: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A swap in short: its moves, the joint probability that all accept and ratify, substance and load; `passed` its gates."""

    moves: Package
    joint: float
    substance: dict[str, float]
    load: float | None
    passed: bool
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """An issue on which allies differ: `opposite sign` of an option, or a `different rank` of two options.

    `size` is, by ally and in its own points, the most that it puts on a pair of options that another ranks the other way;
    `place` is the issue's place by that size among the ally's splits. Sizes of two allies are not compared.
    """

    issue: str
    kind: Literal["opposite sign", "different rank"]
    options: tuple[str, ...]
    values: dict[str, dict[str, float]]
    size: dict[str, float]
    place: dict[str, int]


@dataclass(frozen=True, slots=True)
class SidePayment:
    """What holds an unwilling ally: `short` is how many of its own points it lacks to accept in a share `needed` of draws.

    `payment` are the cheapest moves of issues that the allies give by which it accepts, the other side and the other allies
    still accepting often enough; `cost` is their mean cost to each other ally. `transfer` is, by ally with a declared rate, what
    the missing points cost it in its own. `payment` is None where no such moves were found, and `searched` says among which.
    """

    ally: str
    accepts: float
    needed: float
    short: float
    payment: Package | None
    cost: dict[str, float]
    then: float | None
    transfer: dict[str, float]
    searched: str


@dataclass(frozen=True, slots=True)
class Common:
    """A package on the allied frontier: mean values by ally, and chances.

    `accept` is each party's own; `allied` that all allies accept and their homes ratify, `joint` that all parties and all homes
    do, in the same draw, which is what a first rung needs.
    """

    moves: Package
    values: dict[str, float]
    accept: dict[str, float]
    allied: float
    joint: float


@dataclass(frozen=True, slots=True)
class AlliesAnswer:
    """One coalition: its common positions, what splits it, what holds it together, and the most that it can concede.

    `common` are packages that no other of those that the other side accepts improves for one ally without loss to another;
    `positions` counts them. `lead` is the lead's choice among them, `nash` the package with the largest product of the allies'
    gains. `payments` hold the allies to `lead`, or to the package asked about. `conceded` is the package that gives the other
    side most while each ally accepts and every allied home ratifies. `as_one` is the choice by the plain sum of allied points,
    or with declared rates, where it was asked for.
    """

    coalition: str
    lead_party: str
    allies: tuple[str, ...]
    needed: float
    words: Reason
    considered: int
    positions: int
    common: tuple[Common, ...]
    lead: Common | None
    nash: Common | None
    splits: tuple[Split, ...]
    asked: Common | None
    payments: tuple[SidePayment, ...]
    conceded: Common | None
    conceded_to: dict[str, float]
    as_one: Common | None
    rates: dict[str, float]
