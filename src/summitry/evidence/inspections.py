"""What an inspection can find: detection probabilities and smallest samples, of plain numbers or as an issue states them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.errors import BadArgument
from summitry.kernels import inspect

if TYPE_CHECKING:
    from summitry.case.types import Inspection, Issue

MOST_ITEMS = 1_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """The inspection of one option in numbers: `drawn` of `items` looked at finds `significant` wrong ones with `detection`.

    `goal` is what was wanted and `reachable` whether any sample meets it; `days` is the time within which it must be found.
    """

    of: str
    items: int
    significant: int
    power: float
    drawn: int
    detection: float
    goal: float
    reachable: bool
    days: int
    challenge: bool
    why: str
    source: str
    kind: str


def detection(items: int, defects: int, drawn: int, power: float = 1.0) -> float:
    """The probability that at least one of `defects` wrong items is recognised when `drawn` of `items` are looked at.

    `power` is the probability that a wrong item is recognised. Raises BadArgument for counts that cannot be.
    """
    _bounded(items)
    try:
        return 1.0 - inspect.miss_probability(items, defects, drawn, power)
    except ValueError as problem:
        raise _refused(problem) from None


def smallest_sample(items: int, defects: int, goal: float, power: float = 1.0) -> int | None:
    """The fewest items to look at so that the detection probability reaches `goal`; None where even all of them do not suffice.

    Raises BadArgument for counts that cannot be.
    """
    _bounded(items)
    try:
        return inspect.sample_size(items, defects, goal, power)
    except ValueError as problem:
        raise _refused(problem) from None


def check_of(issue: Issue, option: str) -> Check | None:
    """The inspection that the case states for an option of an issue; None where it states none, or not for this option.

    Looked at are as many as the case says, else the fewest that meet the goal, and all of them where no number does.
    """
    said = issue.inspection
    if said is None or option == issue.status_quo or (said.options and option not in said.options):
        return None
    return check(said)


def check(said: Inspection) -> Check:
    """An inspection entry in numbers; see `check_of`."""
    fewest = smallest_sample(said.items, said.significant, said.goal, said.power)
    drawn = said.drawn if said.drawn is not None else said.items if fewest is None else fewest
    found = detection(said.items, said.significant, drawn, said.power)
    return Check(
        said.of,
        said.items,
        said.significant,
        said.power,
        drawn,
        found,
        said.goal,
        fewest is not None,
        said.days,
        said.challenge,
        said.why,
        said.source,
        said.kind,
    )


def _bounded(items: int) -> None:
    if not 0 <= items <= MOST_ITEMS:
        msg = f"There are {items} items: this counts 0 to {MOST_ITEMS:,}. Count lots or sites instead of pieces."
        raise BadArgument(msg)


def _refused(problem: ValueError) -> BadArgument:
    text = str(problem)
    return BadArgument(f"{text[0].upper()}{text[1:]}.")
