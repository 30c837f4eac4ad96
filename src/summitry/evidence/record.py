"""The record: words beside deeds by month, commitments kept and broken, and the belief about seriousness that follows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one actor: mean sign of words and of deeds on -2..2 (None where there were none), and how many of each."""

    month: str
    words: float | None
    deeds: float | None
    word_count: int
    deed_count: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one event or commitment adds to the log-odds of seriousness, with the sentence that says why."""

    date: str
    what: str
    log_ratio: float
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Seriousness:
    """Probability that `other` performs, as `party` sees it: prior range, posterior range (low, mode, high), and each contribution."""

    party: str
    other: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """All of it: months by actor, beliefs by (party, other), and what was actually surrendered or moved so far, with sources."""

    months: dict[str, tuple[Month, ...]]
    beliefs: tuple[Seriousness, ...]
    deeds: tuple[Contribution, ...]
