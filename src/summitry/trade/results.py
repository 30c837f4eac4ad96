"""One result type per question of the trade link: plain frozen data, names instead of indices, the reason where it failed.

Points are one party's own and are never summed across parties. Probabilities are shares of draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from summitry.reasons import Reason
    from summitry.trade.gates import Verdict

Package: TypeAlias = dict[str, str]
"""Option by issue; issues left at the status quo may be omitted where the type says `moves`."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A bargaining solution.

    Its package, PERT-mean values by party, how many packages tie, and the share of draws that choose it (or None).
    """

    name: str
    values: dict[str, float]
    package: Package
    ties: int
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Lottery:
    """A solution over lotteries: expected values, and the packages with the share of the lottery that each has."""

    name: str
    values: dict[str, float]
    shares: tuple[tuple[float, Package], ...]


@dataclass(frozen=True, slots=True)
class FrontierResult:
    """The efficient packages: `points[k]` are values by party of `packages[k]`, `counts[k]` packages share that point.

    `packages_total` counts all packages as a string (it can exceed 10^30), `zone` is True where `points` holds only
    the zone of possible agreement; `counts` is empty where packages were not counted. `epsilon` is 0 when exact, else the proven
    bound.
    """

    parties: tuple[str, ...]
    packages_total: str
    epsilon: float
    zone: bool
    points: tuple[tuple[float, ...], ...]
    packages: tuple[Package, ...]
    counts: tuple[int, ...]
    reservation: dict[str, float]
    solutions: tuple[Solution, ...]
    lotteries: tuple[Lottery, ...] = ()

    @property
    def exact(self) -> bool:
        """True when nothing was approximated."""
        return self.epsilon == 0.0


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An option that a deliverable makes possible, who gives it, and its mean worth by party, each in own points.

    `through` are the options of the chain that it requires directly; `also` what it requires beside them and the deliverable's
    own prerequisites.
    """

    issue: str
    option: str
    givers: tuple[str, ...]
    through: tuple[str, ...]
    also: tuple[str, ...]
    worth: dict[str, float]


PriceState: TypeAlias = Literal["not for sale", "too dear", "buyable", "free", "not found"]


@dataclass(frozen=True, slots=True)
class Near:
    """A package that costs `saved` points less than the price, and that the giver accepts in a share `chance` of the draws.

    That is less than was asked for, by at most two sampling errors, so that other draws may accept it: `error` is one of them.
    """

    package: Package
    saved: float
    chance: float
    error: float


@dataclass(frozen=True, slots=True)
class Price:
    """The least that buys a deliverable at a chosen probability of acceptance, beside what it is worth to the payer.

    States: `not for sale` (even all giveaways do not reach the probability), `too dear`, `buyable`, `free` (price <= 0), `not
    found` (the search stopped before every package was tested). `price` is the payer's mean cost over the status quo, None when
    not for sale; `price_range` spans the seeds that were run. `proven` is False when the search stopped before every cheaper
    package was tested; then `floor` is the proven lower bound. A price asks for acceptance alone: `joint` is the share of draws
    in which all accept what is bought with what pays for it, and every home ratifies (None where nothing buys it). `unlocks` are
    the options that require the deliverable, and those that require these in turn. `near` is the cheapest package that misses
    the probability by no more than two sampling errors (None: nothing that is cheaper comes so near).
    """

    deliverable: str
    payer: str
    giver: str
    at: float
    state: PriceState
    price: float | None
    price_range: tuple[float, float] | None
    floor: float | None
    proven: bool
    package: Package
    closure: Package
    probability: float
    worth_alone: float
    worth_sure: float
    worth_opportunity: float | None
    price_of_nothing: float | None
    joint: float | None
    unlocks: tuple[Unlocked, ...] = ()
    near: Near | None = None

    @property
    def brings(self) -> Package:
        """What the deliverable requires, without itself."""
        return {issue: option for issue, option in self.closure.items() if f"{issue}.{option}" != self.deliverable}


@dataclass(frozen=True, slots=True)
class Ask:
    """A package to ask for.

    `expected` is its expected gain with its sampling `error`, in the asker's points over its reservation value. `probability`
    is the share of draws in which every other party accepts and every home ratifies, `gain` the mean gain in those (None where
    there are none), `share` the share of draws in which no other ask would have paid more.
    """

    moves: Package
    expected: float
    error: float
    probability: float
    gain: float | None
    share: float


QuestionKind: TypeAlias = Literal["value", "together", "reservation", "home", "law"]


@dataclass(frozen=True, slots=True)
class Question:
    """What it is worth to know one uncertain number of `party`; `about` names the issues, or the law.

    The number is its value of an issue or of issues together, its reservation value, the points of a constituency (`seat`) for
    an issue or its threshold, or whether a law is waived.

    `worth` is the rise of the expected gain with sampling `error`, `expected` the expected gain when the number is known,
    `switches` the share of draws in which another ask is then made. `low` and `high` are the expected gain of the unchanged
    best ask when the number stands at its 10 % and 90 % quantile (for a law: when it stands, when it is waived).
    """

    kind: QuestionKind
    party: str
    seat: str
    about: tuple[str, ...]
    worth: float
    error: float
    expected: float
    low: float
    high: float
    switches: float


@dataclass(frozen=True, slots=True)
class AskResult:
    """The best ask under uncertainty. `best` is None where no ask has an expected gain above zero; then `expected` is 0.

    `perfect` is the expected gain of choosing anew in each draw, `regret` what the best ask leaves of it. `no_ask_share` is the
    share of draws in which no ask pays. `leaders` are the asks that are the best in most draws; `unlisted` more, together with
    `unlisted_share`, are the best in some draw. `candidates` says what was looked at, `considered` how many packages
    in the first draws, `contenders` how many in all draws: regret, shares and `questions` are over these. `questions` is sorted
    by worth.
    """

    principal: str
    best: Ask | None
    verdict: Verdict | None
    expected: float
    perfect: float
    regret: float
    no_ask_share: float
    leaders: tuple[Ask, ...]
    unlisted: int
    unlisted_share: float
    questions: tuple[Question, ...]
    candidates: Reason
    considered: int
    contenders: int
    draws: int


CounterState: TypeAlias = Literal["found", "nothing more", "not accepted", "never", "not found"]


@dataclass(frozen=True, slots=True)
class CounterAsk:
    """The most that a giveaway brings. `answer` is what the other side moves for it, `value` its mean worth to the payer.

    States: `found`; `nothing more` (they accept the giveaway alone, and nothing that is worth more to the payer beside it);
    `not accepted` (they take part in no package with this giveaway often enough); `never` (a mandate forbids it); `not found`
    (the search stopped first: `most` then bounds `value` from above). `closure` is the giveaway with its prerequisites, `cost`
    the mean cost of the payer's part of it, so that value - cost is its mean net. `probability` is that of the answer, or the
    best one seen; `probability_alone` that of the giveaway with nothing asked. `cheapest` is the least mean cost for which the
    same answer can be bought with `cheapest_package` (None: no package of the payer's side buys it), proven or not. `short` are
    the parties, allies too, that accept the giveaway with nothing asked in fewer draws than they must: the share, and the share
    needed.
    """

    giveaway: str
    payer: str
    givers: tuple[str, ...]
    at: float
    state: CounterState
    proven: bool
    closure: Package
    answer: Package
    value: float | None
    most: float | None
    cost: float
    probability: float
    probability_alone: float
    short: dict[str, tuple[float, float]]
    cheapest: float | None
    cheapest_package: Package
    cheapest_proven: bool


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """Units of chit `a` for one of chit `b`: 20, 50 and 80 % quantiles of `ask` and `bid`, and `chance` = P(ask <= bid).

    `brings_a`, `brings_b` are prerequisites that their sides give themselves, valued with them; `presupposes` those of others,
    taken as given. `by_means` is (ask, bid) by PERT means. `undefined` holds the chits that do not cost their giver something in
    every draw, with the share of draws in which they do; where it is not empty there is no rate, and the numbers are None.
    """

    a: str
    b: str
    giver_a: str
    giver_b: str
    brings_a: Package
    brings_b: Package
    presupposes: Package
    undefined: dict[str, float]
    ask: tuple[float, float, float] | None
    bid: tuple[float, float, float] | None
    chance: float | None
    by_means: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Improvement:
    """A package that no party minds and at least one prefers to a deal: (before, after) by issue, and by party what it gains.

    `efficient` says that no package improves it further; None where the frontier is not exact.
    """

    changed: dict[str, tuple[str, str]]
    gains: dict[str, float]
    efficient: bool | None


@dataclass(frozen=True, slots=True)
class ImproveResult:
    """The improvements of a deal, by the number of issues that change; `unlisted` more were found, and `searched` says where.

    `values` are the deal's, by party; `efficient` is True where it cannot be improved (None where the frontier is not exact).
    """

    deal: Package
    values: dict[str, float]
    efficient: bool | None
    improvements: tuple[Improvement, ...]
    unlisted: int
    searched: str
