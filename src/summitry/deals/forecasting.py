"""What a case's values say of who accepts what: of the packages that were found, and of what the record was asked to answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from summitry.deals.outcomes import chances

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from summitry.case.rows import Position
    from summitry.deals.gates import Verdict
    from summitry.model import Model

PUT = frozenset({"floated", "demanded", "offered", "tabled"})


def chance_of_answers(model: Model) -> Callable[[str, dict[str, str], Sequence[Position]], float]:
    """The chance that a party says yes to some moves, from the rows before that day, by the values of the case.

    The package is what one of the others put forward on the last day on which it put forward any of the moves, with these and
    their prerequisites; the moves alone where nobody had. Whoever answers, does so like anybody but ourselves.
    """
    others = {
        party: replace(model, principal=next(other for other in model.parties if other != party)) for party in model.parties
    }

    def chance(party: str, moves: dict[str, str], before: Sequence[Position]) -> float:
        theirs = [row for row in before if row.party != party and row.status in PUT]
        asks = [row for row in theirs if moves.get(row.issue) == row.option]
        same = [row for row in theirs if asks and (row.party, row.date) == (asks[-1].party, asks[-1].date)]
        package = model.closure(model.row({row.issue: row.option for row in same} | moves))
        return float(chances(others[party], package).accepted[model.party(party)].mean())

    return chance


def forecasts_of(verdicts: Sequence[tuple[str, Verdict]], ours: str) -> Iterator[tuple[str, str, dict[str, str], float]]:
    """Of packages with a word on what each is: party, that word, moves, and the chance that the party accepts; ours left out."""
    for about, verdict in verdicts:
        for party, chance in verdict.accept.items():
            if party != ours and verdict.moves:
                yield party, about, verdict.moves, chance
