"""How a swap's joint probability moves when an assumption is another: draws, the correlation of values, how others answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals.outcomes import chances
from summitry.interests.home import ROUNDING
from summitry.model import FRESH, redraw
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from numpy.typing import NDArray

    from summitry.case.types import OptionValues, Preferences
    from summitry.deals.gates import Verdict
    from summitry.model import Model
    from summitry.reasons import Reason

CORRELATIONS = (0.0, 0.3, 0.6)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The joint probability of the swap under START HERE when one assumption is another."""

    assumption: Reason
    joint: float


def vary_assumptions(model: Model, verdict: Verdict) -> tuple[Sensitivity, ...]:
    """How a swap's joint probability moves on draws that did not choose it, with the correlation, and with how others answer.

    The swap was picked among many on the same draws that judged it, so the fresh ones are the fairer judge.
    """
    settings = model.settings
    assumptions = [(reason("sensitivity.fresh"), model.seed + FRESH, settings.correlation)]
    assumptions += [
        (reason("sensitivity.correlation", correlation=c, instead=settings.correlation), model.seed, c)
        for c in CORRELATIONS
        if c != settings.correlation
    ]
    standing = model.bounds.standing
    moving = {*verdict.moves, *standing.fixed, *(issue for one in standing.bundles for issue in (*one.gives, *one.conditions))}
    preferences, answers = _only(model.preferences, moving), []
    for assumption, seed, correlation in assumptions:
        varied = settings.model_copy(update={"correlation": correlation})
        other = redraw(replace(model, seed=seed, settings=varied, preferences=preferences))
        answers.append(Sensitivity(assumption, float(chances(other, other.row(verdict.moves)).joint.mean())))
    return (*answers, *other_answers(model, model.row(verdict.moves)))


def other_answers(model: Model, package: NDArray[np.int64]) -> Iterator[Sensitivity]:
    """The joint probability if others answered otherwise: to another offer, by no deal alone, each with a slip of its own."""
    if model.fair is None:
        return
    settings = model.settings
    other = "open" if settings.answers == "closing" else "closing"
    to_offers = replace(model, settings=settings.model_copy(update={"answers": other}))
    yield Sensitivity(reason(f"sensitivity.{other}"), float(chances(to_offers, package).joint.mean()))
    yield Sensitivity(reason("sensitivity.no-deal"), float(chances(replace(model, fair=None), package).joint.mean()))
    slipping = np.array([bool(own.any()) for own in model.answers.slips])
    if slipping.sum() > 1:
        yes = model.values(package) >= model.answers.aspiration - ROUNDING
        share = np.where(slipping[:, None], settings.slip / 2.0 + (1.0 - settings.slip) * yes, yes)
        ratified = chances(model, package).ratified.all(axis=0)
        yield Sensitivity(reason("sensitivity.slips"), float((share.prod(axis=0) * ratified).mean()))


def _only(preferences: Mapping[str, Preferences], moves: Collection[str]) -> dict[str, Preferences]:
    """The preferences without issues that do not move: the moved ones draw the same numbers, in much less time."""

    def of_moves(values: dict[str, OptionValues]) -> dict[str, OptionValues]:
        return {issue: value for issue, value in values.items() if issue in moves}

    def narrow(own: Preferences) -> Preferences:
        table = own.back_table
        if table is not None:
            seats = {name: seat.model_copy(update={"positions": of_moves(seat.positions)}) for name, seat in table.seats.items()}
            table = table.model_copy(update={"seats": seats})
        return own.model_copy(update={"values": of_moves(own.values), "back_table": table})

    return {party: narrow(own) for party, own in preferences.items()}
