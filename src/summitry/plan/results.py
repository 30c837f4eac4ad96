"""The result of planning one package: steps with dates, what verifies them, and what each side holds wherever it stops."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One act of one side, or of several sides at once: `givers` are all who do it.

    `held` is, by party, what it holds (own points, PERT means) if everything stops right after this step and what can be taken
    back is taken back; `exposure` is how far that lies below zero. `start` and `end` are ISO dates; `exit` says in one sentence
    what the mover can take back; `slack` is by how many days the step may be late while nothing moves but its own check.
    """

    id: str
    givers: tuple[str, ...]
    issue: str
    before: str
    after: str
    start: str
    end: str
    verification: str
    held: dict[str, float]
    exit: str
    owner: str = ""
    phase: int = 1
    exposure: dict[str, float] = field(default_factory=dict)
    slack: int = 0
    uses: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verification:
    """The verification of one step: when it runs, how, and how surely and soon it shows a step that was not done.

    `detection` is the probability that it shows what is wrong, None where the case does not say; `days` counts from the end of
    the step to its verification, `within` is the time in which what is wrong must be found, None where the case does not say.
    """

    id: str
    step: str
    start: str
    end: str
    method: str
    days: int
    within: int | None
    detection: float | None
    why: str
    uses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """A point at which the next side decides: go on, hold, or snap back.

    By party, own points: `go` is what it has at the end of the whole plan, `hold` what it has if all stays as it is here, `back`
    what it has once everything that can be taken back is taken back.
    """

    id: str
    date: str
    after: str
    next: tuple[str, ...]
    hold_until: str
    go: dict[str, float]
    hold: dict[str, float]
    back: dict[str, float]


@dataclass(frozen=True, slots=True)
class StopLoss:
    """From when on a party is exposed beyond its limit: `date` and `step` are empty where the plan never exposes it so far.

    `limit` in own points is stated by the party, or else the exposure that its trust carries, p G / (1 - p).
    """

    party: str
    limit: float
    kind: str
    exposure: float
    step: str
    date: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A date that a day off moved: of which step, what, from and to when, and why."""

    step: str
    what: str
    due: str
    moved: str
    why: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A limit that the plan cannot keep together with others, and the least change of it alone that lifts their conflict.

    `kind` is earliest, latest, expires, horizon or capacity; `about` the issue or resource. `limit` and `needed` are ISO dates or
    numbers of units. Conflicts of one `group` exclude each other; changing one of them is enough, and the plan shown has the one
    `applied`. `by` is the change in days or units; `needed` is empty where no change of it alone would do.
    """

    group: int
    kind: str
    about: str
    limit: str
    needed: str
    by: int | None
    applied: bool
    what: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What each party holds from a day on if everything stops, and how far it is exposed: a receipt counts once it is verified.

    Nobody is exposed once every step is done.
    """

    date: str
    held: dict[str, float]
    exposure: dict[str, float]


@dataclass(frozen=True, slots=True)
class Tried:
    """An order that was put on the calendar: its changes of mover and load, when it would end, and whether it keeps every limit.

    `end` keeps prerequisites, durations and capacities, and no other date.
    """

    changes: int
    load: float
    end: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the order of least load that the calendar bears, with dates, and what each party is exposed to.

    `trust_needed` holds the 20, 50 and 80 % quantiles over draws. `end` is when the last step is verified, `bound` the date
    before which no plan in this order of movers can end, `gap` their distance as a share of the plan's length. `critical` names
    the steps and checks that decide when the plan ends. `exposure` is the most that each party is exposed to on any day, where
    what it receives counts from its verification on; `exposed_days` counts, by party, points of exposure times days.
    """

    title: str
    steps: tuple[Step, ...]
    load: float
    changes: int
    changes_allowed: int
    exposure: dict[str, float]
    trust: dict[str, float]
    trust_needed: dict[str, tuple[float, float, float]]
    gain: dict[str, float]
    start: str = ""
    end: str = ""
    horizon: str = ""
    bound: str = ""
    gap: float = 0.0
    exposed_days: dict[str, float] = field(default_factory=dict)
    course: tuple[Moment, ...] = ()
    orders: tuple[Tried, ...] = ()
    verifications: tuple[Verification, ...] = ()
    decisions: tuple[Decision, ...] = ()
    stop_loss: tuple[StopLoss, ...] = ()
    critical: tuple[str, ...] = ()
    shifts: tuple[Shift, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    resources: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
