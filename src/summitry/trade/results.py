"""One result type per question of the trade link: plain frozen data, names instead of indices, the reason where it failed.

Points are one party's own and are never summed across parties. Probabilities are shares of draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Package: TypeAlias = dict[str, str]
"""Option by issue; issues left at the status quo may be omitted where the type says `moves`."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One of the four tests of a swap, or the calendar's (`time`, in days from the case's date).

    `score` is compared with `needed`; `who` names those who block it; `why` is one sentence.
    `passed` is None where the case lacks what the test needs: the gate is left out by name, in `why`.
    """

    name: Literal["accept", "ratify", "trust", "prerequisites", "time"]
    passed: bool | None
    score: float | None
    needed: float | None
    who: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change found that opens a closed gate or flips an answer: what changes, from and to, and what then holds."""

    what: str
    before: str
    after: str
    effect: str
    gate: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A swap under the four gates. `moves` lists only the issues that move. Probabilities are joint over parties where named so.

    `load` is least over orders; <= 1 means that today's trust carries it. `trust` and `trust_needed` are by party, `exposure`
    in own points. `trust_share` is the share of draws in which each party's trust suffices. `substance` is by party, in [0, 1].
    """

    title: str
    moves: Package
    gates: tuple[Gate, ...]
    joint: float
    joint_error: float
    accept: dict[str, float]
    ratify: dict[str, float | None]
    substance: dict[str, float]
    values: dict[str, tuple[float, float, float]]
    load: float | None
    trust: dict[str, float]
    trust_needed: dict[str, float]
    trust_share: dict[str, float]
    exposure: dict[str, float]
    order: tuple[str, ...]
    opens: tuple[Change, ...] = ()
    source: str = ""

    @property
    def passed(self) -> bool:
        """True when no gate is closed; gates that could not be tested say so themselves."""
        return all(gate.passed is not False for gate in self.gates)


@dataclass(frozen=True, slots=True)
class RungResult:
    """Where to start: the most substantive swap that passes all gates, or the nearest miss; and how many were looked at.

    `candidates` says in words which set was searched, `considered` how many swaps it holds, `ratified` how many of them all
    accept and ratify often enough, `ordered` how many of these, the most substantive that the horizon does not rule out,
    were put in order (or ruled out by a bound on their load alone), `passing` how many of those trust carries in time. `failing`
    counts, by gate, the first gate at which candidates failed. `flips` are single inputs whose
    change flips the answer.
    """

    principal: str
    deliverable: str | None
    best: Verdict | None
    nearest: Verdict | None
    others: tuple[Verdict, ...]
    candidates: str
    considered: int
    ratified: int
    ordered: int
    passing: int
    failing: dict[str, int]
    flips: tuple[Change, ...]

    @property
    def chosen(self) -> Verdict | None:
        """The swap to start with, or the nearest miss where nothing passes."""
        return self.best or self.nearest
