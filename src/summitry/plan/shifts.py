"""A deal as rows of margins, one for each that must accept, vote, agree or be lifted, and what moves or dates add to them.

Counting over these rows gives exactly the draws in which all accept and all homes ratify: the same draws as everywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.interests.home import ROUNDING
from summitry.kernels import draw
from summitry.kernels.portfolio import Votes
from summitry.trade.chances import chances

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from summitry.case.types import Effect
    from summitry.model import Model


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """K rows of one package: `names` such as "accepts us", "seat us/congress", "law NAME"; `margin` (K, D); how they count."""

    names: tuple[str, ...]
    margin: NDArray[np.float64]
    votes: Votes


def rows(model: Model, package: NDArray[np.int64]) -> Rows:
    """The margins of a package: value over reservation value, points over threshold, chance over the quantile of each law."""
    columns = model.columns(package)
    names = [f"accepts {party}" for party in model.parties]
    margin = list(chances(model, package).margin)
    group, weight, quota = [-1] * len(names), [1.0] * len(names), list[float]()
    for party, home in model.homes.items():
        over = home.points(columns) - home.threshold
        votes = len(quota)
        quota.append(home.quota)
        for c, seat in enumerate(home.seats):
            names.append(f"seat {party}/{seat}")
            margin.append(over[c])
            group.append(-1 if home.veto[c] else votes)
            weight.append(float(home.weight[c]))
        for law in home.laws:
            if law.forbids[columns].any():
                names.append(f"law {law.name}")
                margin.append(law.chance - law.at - 2.0 * ROUNDING)  # lifted only where the chance is the larger
                group.append(-1)
                weight.append(1.0)
    made = Votes(np.array(group, dtype=np.int64), np.array(weight), np.array(quota))
    return Rows(tuple(names), np.array(margin).reshape(len(names), model.draws), made)


def added(
    model: Model, made: Rows, package: NDArray[np.int64], effects: Iterable[Effect], *key: str
) -> tuple[NDArray[np.float64], tuple[str, ...], tuple[str, ...]]:
    """What `effects` add to the rows, shape (K, D), which rows they touch, and why the others touch nothing here.

    All effects of one move or date share a quantile, drawn by `key`: what works well works well on everybody that it is for.
    """
    rank = draw.generator(model.seed, *key).permutation(model.draws)
    total, touched, idle = np.zeros_like(made.margin), list[str](), list[str]()
    held = {model.label(q) for q in model.columns(package)}
    for effect in effects:
        if effect.places and not held & set(effect.places):
            idle.append(f"the deal holds none of {'; '.join(_titled(model, place) for place in effect.places)}")
            continue
        hits = _hits(model, made.names, effect)
        if not hits or not held:
            idle.append(_absent(model, effect))
        for k, strength in hits if held else ():
            total[k] += strength * draw.pert_draws(*effect.shift, rank)
            touched.append(made.names[k])
    return total, tuple(dict.fromkeys(touched)), tuple(dict.fromkeys(idle))


def _hits(model: Model, names: Sequence[str], effect: Effect) -> list[tuple[int, float]]:
    """The rows that an effect reaches, each with its strength; a voice reaches those whom it sways."""
    if effect.trusts:
        return []
    if effect.law:
        return [(k, 1.0) for k, name in enumerate(names) if name.startswith(f"law {effect.law}")]
    wanted = f"accepts {effect.accepts}" if effect.accepts else f"seat {effect.seat}"
    if wanted in names:
        return [(names.index(wanted), 1.0)]
    party, _, seat = effect.seat.partition("/")
    believed = model.case.believed(party) if party else None
    table = None if believed is None else believed.back_table
    sways = table.seats[seat].sways if table is not None and seat in table.seats else {}
    return [(names.index(f"seat {party}/{listener}"), strength) for listener, strength in sways.items()]


def _titled(model: Model, place: str) -> str:
    """ISSUE.OPTION by the issue's title."""
    issue, _, option = place.partition(".")
    return f"{model.case.file.issues[issue].title}: {option}"


def _absent(model: Model, effect: Effect) -> str:
    if effect.trusts:
        return "trust enters the gate of trust, not this probability"
    if effect.law:
        return f"no law that begins with {effect.law} stands in the way of this deal"
    party, _, seat = effect.seat.partition("/")
    file = model.case.file
    who = f"{file.parties[party].name}: {file.constituencies[party][seat].name}" if seat else file.parties[effect.accepts].name
    return f"{who} has no say here, or sways nobody who has"
