"""How a swap's joint probability moves when an assumption is another: fresh draws, or another correlation of the values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.model import build
from summitry.reasons import reason
from summitry.trade.chances import chances

if TYPE_CHECKING:
    from collections.abc import Collection

    from summitry.case.types import Case, OptionValues, Preferences
    from summitry.model import Model
    from summitry.reasons import Reason
    from summitry.trade.gates import Verdict

FRESH = 1_000_003
"""Added to the seed for draws that no search has seen."""
CORRELATIONS = (0.0, 0.3, 0.6)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The joint probability of the swap under START HERE when one assumption is another: fresh draws, or another correlation."""

    assumption: Reason
    joint: float


def vary_assumptions(model: Model, verdict: Verdict) -> tuple[Sensitivity, ...]:
    """How a swap's joint probability moves on draws that did not choose it, and with the correlation of the values.

    The swap was picked among many on the same draws that judged it, so the fresh ones are the fairer judge.
    """
    settings = model.case.file.settings
    assumptions = [(reason("sensitivity.fresh"), model.seed + FRESH, settings.correlation)]
    assumptions += [
        (reason("sensitivity.correlation", correlation=c, instead=settings.correlation), model.seed, c)
        for c in CORRELATIONS
        if c != settings.correlation
    ]
    answers = []
    for assumption, seed, correlation in assumptions:
        file = model.case.file.model_copy(update={"settings": settings.model_copy(update={"correlation": correlation})})
        other = build(_only(model.case.model_copy(update={"file": file}), verdict.moves), seed=seed, draws=model.draws)
        answers.append(Sensitivity(assumption, float(chances(other, other.row(verdict.moves)).joint.mean())))
    return tuple(answers)


def _only(case: Case, moves: Collection[str]) -> Case:
    """The case with nothing said about issues that do not move: the moved ones draw the same numbers, in much less time."""

    def of_moves(values: dict[str, OptionValues]) -> dict[str, OptionValues]:
        return {issue: value for issue, value in values.items() if issue in moves}

    def narrow(preferences: Preferences) -> Preferences:
        table = preferences.back_table
        if table is not None:
            seats = {name: seat.model_copy(update={"positions": of_moves(seat.positions)}) for name, seat in table.seats.items()}
            table = table.model_copy(update={"seats": seats})
        return preferences.model_copy(update={"values": of_moves(preferences.values), "back_table": table})

    narrowed = {holder: {about: narrow(p) for about, p in files.items()} for holder, files in case.preferences.items()}
    return case.model_copy(update={"preferences": narrowed})
