"""THE FLOW: case -> evidence -> model -> trade -> plan -> Findings, pure: no clock, no files, one seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitry.evidence.holdings import Holding
    from summitry.evidence.record import Record
    from summitry.plan.results import Plan
    from summitry.trade.results import FrontierResult, Price, RungResult, Verdict


@dataclass(frozen=True, slots=True)
class Omission:
    """A link of the chain that was left out by name, and why."""

    link: str
    why: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a study found: plain data with the digest of its inputs, the version and the seed. Names map to titles for display."""

    case: str
    title: str
    as_of: str
    viewer: str | None
    principal: str
    version: str
    seed: int
    draws: int
    digest: str
    names: dict[str, str]
    settings: dict[str, float | int | str | None]
    counts: dict[str, int]
    holdings: tuple[Holding, ...]
    record: Record | None
    frontier: FrontierResult | None
    rung: RungResult | None
    ideas: tuple[Verdict, ...]
    price: Price | None
    plan: Plan | None
    omitted: tuple[Omission, ...]
    notes: tuple[str, ...]
