"""The result of planning one package: its steps in order with dates, and what each side holds if the other stops."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One act of one side.

    `held` is, by party, what it holds (own points, PERT means) if everything stops right after this step. `start` and `end` are
    ISO dates counted from the plan's first day; `exit` says in one sentence what the mover can take back.
    """

    id: str
    party: str
    issue: str
    before: str
    after: str
    start: str
    end: str
    verification: str
    held: dict[str, float]
    exit: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in the order of least load, and what each party is exposed to.

    `trust_needed` holds the 20, 50 and 80 % quantiles over draws.
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
