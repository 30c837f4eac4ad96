"""A deal as rows of margins, one for each that must accept, vote, agree or be lifted, and what moves or dates add to them.

Counting over these rows gives exactly the draws in which all accept and all homes ratify: the same draws as everywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals.outcomes import chances
from summitry.interests.home import ROUNDING
from summitry.kernels import draw
from summitry.kernels.portfolio import Votes
from summitry.reasons import Reason, reason

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


@dataclass(frozen=True, slots=True, eq=False)
class Addition:
    """What a move or a date adds to the rows, shape (K, D); the names of the rows that it touches, and why others stay."""

    shift: NDArray[np.float64]
    touches: tuple[str, ...]
    idle: tuple[Reason, ...]


def rows_of(model: Model, package: NDArray[np.int64]) -> Rows:
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
    votes_of_rows = Votes(np.array(group, dtype=np.int64), np.array(weight), np.array(quota))
    return Rows(tuple(names), np.array(margin).reshape(len(names), model.draws), votes_of_rows)


def row_reason(name: str) -> Reason:
    """A row by its name as data: `row.accepts` or `row.seat` with `who`, `row.law` with the name of the law."""
    kind, _, who = name.partition(" ")
    return reason(f"row.{kind}", who=who)


def add_effects(model: Model, rows: Rows, package: NDArray[np.int64], effects: Iterable[Effect], *key: str) -> Addition:
    """What `effects` add to the rows.

    All effects of one move or date share a quantile, drawn by `key`: what works well works well on everybody that it is for.
    """
    rank = draw.generator(model.seed, *key).permutation(model.draws)
    shift, touches, idle = np.zeros_like(rows.margin), list[str](), list[Reason]()
    labels = {model.label(q) for q in model.columns(package)}
    for effect in effects:
        if effect.places and not labels & set(effect.places):
            idle.append(reason("groundwork.idle.places", places=effect.places))
            continue
        hits = _hits(model, rows.names, effect)
        if not hits or not labels:
            idle.append(_absent(effect))
        for k, strength in hits if labels else ():
            shift[k] += strength * draw.pert_draws(*effect.shift, rank)
            touches.append(rows.names[k])
    return Addition(shift, tuple(dict.fromkeys(touches)), tuple(one for k, one in enumerate(idle) if one not in idle[:k]))


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
    table = model.preferences[party].back_table if party in model.preferences else None
    sways = table.seats[seat].sways if table is not None and seat in table.seats else {}
    return [(names.index(f"seat {party}/{listener}"), strength) for listener, strength in sways.items()]


def _absent(effect: Effect) -> Reason:
    """Why an effect touches no row of this deal."""
    if effect.trusts:
        return reason("groundwork.idle.trust")
    if effect.law:
        return reason("groundwork.idle.law", law=effect.law)
    return reason("groundwork.idle.silent", who=effect.seat or effect.accepts)
