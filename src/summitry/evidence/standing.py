"""What the record settles before a deal is looked for: what is offered today, on which condition, what is agreed and refused.

1. What all givers of an issue offer today without a condition is a floor.
2. An offer on a condition is one package that its giver accepts; it binds only what also holds its condition. The rows of one
   party with the same `offer`, or without one those of one day and one source, are one such package: what it gives hangs on what
   it demands there and has not withdrawn, and on the conditions in its rows. A condition that nobody has named cannot be met.
3. What is agreed without a condition is fixed.
4. What a giver refuses is said; it closes nothing, because "refused today" is not "refused for good".
What others report, what is floated and what stands no more binds nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.case.rows import UNSTATED
from summitry.evidence.positions import known_rows, offers, read_positions, read_stands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from summitry.case.types import Case
    from summitry.evidence.positions import Stand


@dataclass(frozen=True, slots=True)
class Offer:
    """What a party gives on conditions: option by issue of both; `date` and `source` are those of its latest row."""

    party: str
    gives: dict[str, str]
    conditions: dict[str, str]
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a giver refuses today, as ISSUE.OPTION: by whom, since when, from which source."""

    label: str
    by: str
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record settles: `floors` and `fixed` are options by issue, `bundles` the offers on conditions."""

    floors: dict[str, str]
    fixed: dict[str, str]
    bundles: tuple[Offer, ...]
    refused: tuple[Refusal, ...]


NOTHING = Standing({}, {}, (), ())


def standing_offers(case: Case) -> Standing:
    """What the case's positions settle on its as-of date, by the rules above; nothing where there are no positions."""
    positions = None if case.foreign else read_positions(case)
    if positions is None:
        return NOTHING
    rows = [row for row in known_rows(case) if row.party in case.file.parties and row.own]
    stands = read_stands(case, rows)
    every = tuple(_offers(case, stands))
    return Standing(
        floors=_floors(case, [offer for offer in every if not offer.conditions]),
        fixed={one.issue: one.option for one in positions.settled if not one.conditional},
        bundles=tuple(offer for offer in every if offer.conditions and UNSTATED not in offer.conditions),
        refused=tuple(
            Refusal(f"{s.issue}.{s.option}", s.party, s.date, s.source)
            for s in stands
            if s.stands and s.status == "refused" and s.party in case.file.issues[s.issue].giver
        ),
    )


def _floors(case: Case, free: Sequence[Offer]) -> dict[str, str]:
    """By issue the most that each of its givers offers without a condition."""
    floors = {}
    for name, issue in case.file.issues.items():
        options = list(issue.options)
        most = [
            max((options.index(offer.gives[name]) for offer in free if offer.party == giver and name in offer.gives), default=0)
            for giver in issue.giver
        ]
        if least := min(most, default=0):
            floors[name] = options[least]
    return floors


def _offers(case: Case, stands: Sequence[Stand]) -> Iterator[Offer]:
    """What each party gives today, by the rows that belong together, with what it hangs on."""
    groups: dict[tuple[str, ...], list[Stand]] = {}
    for stand in stands:
        if offers(case, stand):
            key = (stand.offer,) if stand.offer else (stand.date, stand.source)
            groups.setdefault((stand.party, *key), []).append(stand)
    for (party, *_), group in groups.items():
        hangs = {name for stand in group for name in (*stand.conditions, *stand.asks)}
        last = max(group, key=lambda stand: (stand.date, stand.source))
        gives = _most(case, [f"{stand.issue}.{stand.option}" for stand in group])
        conditions = {UNSTATED: ""} if UNSTATED in hangs else _most(case, sorted(hangs))
        yield Offer(party, gives, conditions, last.date, last.source)


def _most(case: Case, labels: Sequence[str]) -> dict[str, str]:
    """Option by issue; of several options of an issue the last."""
    chosen: dict[str, str] = {}
    for issue, _, option in (label.partition(".") for label in labels):
        options = list(case.file.issues[issue].options)
        if issue not in chosen or options.index(option) > options.index(chosen[issue]):
            chosen[issue] = option
    return chosen
