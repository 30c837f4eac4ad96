"""Slow, obvious twins of the trade link: every package is listed, every draw is walked, nothing is pruned."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from summitry.model import redraw, voices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.case.types import Preferences
    from summitry.model import Model


def packages(model: Model) -> Iterator[tuple[int, ...]]:
    """All packages that break no prerequisite, exclusion or mandate."""
    for row in product(*(range(len(options)) for options in model.options)):
        if not model.faults(row):
            yield row


def value(model: Model, row: tuple[int, ...], party: str) -> float:
    """PERT-mean value of a package, read from the case."""
    believed = model.preferences[party]
    total = 0.0
    for i, option in enumerate(row):
        worth = believed.values.get(model.issues[i])
        span = worth.options.get(model.options[i][option]) if worth else None
        if span:
            total += (span[0] + 4 * span[1] + span[2]) / 6
    for together in believed.together:
        if all(
            model.options[model.issues.index(issue)][row[model.issues.index(issue)]] in names
            for issue, names in together.when.items()
        ):
            total += (together.value[0] + 4 * together.value[1] + together.value[2]) / 6
    return total


def efficient(model: Model) -> set[tuple[float, ...]]:
    """The values of all packages that no other package dominates."""
    points = {tuple(round(value(model, row, party), 9) for party in model.parties) for row in packages(model)}
    return {p for p in points if not any(q != p and all(b >= a for a, b in zip(p, q, strict=True)) for q in points)}


def joint(model: Model, row: tuple[int, ...]) -> tuple[float, float]:
    """P(all accept) and P(all accept and ratify), draw by draw."""
    accepted = both = 0
    columns = model.columns(row)
    for d in range(model.draws):
        yes = all(model.value_draws[p, columns, d].sum() >= model.reserve_drawn[p, d] for p in range(len(model.parties)))
        carried = True
        for home in model.homes.values():
            votes = 0.0
            for c in range(len(home.seats)):
                agrees = home.stance[c, columns, d].sum() >= home.threshold[c, d]
                votes += home.weight[c] if agrees else 0.0
                if home.veto[c] and not agrees:
                    carried = False
            if votes < home.quota - 1e-12:
                carried = False
            for law in home.laws:
                if law.forbids[columns].any() and not law.waived[d]:
                    carried = False
        accepted += yes
        both += yes and carried
    return accepted / model.draws, both / model.draws


def carries(model: Model, party: str, columns: list[int]) -> list[bool]:
    """Whether a home carries the package of `columns`, draw by draw, each vote counted by itself; voices from the case's file."""
    believed = model.preferences[party]
    heard = voices(model, party)
    assert believed.back_table is not None
    assert heard is not None
    home, table = model.homes[party], believed.back_table
    plain = redraw(replace(model, preferences=_without_sway(model, party)))
    result = []
    for d in range(model.draws):
        votes, refused = 0.0, False
        for c, name in enumerate(home.seats):
            margin = plain.homes[party].stance[c, columns, d].sum() - plain.homes[party].threshold[c, d]
            for v, voice in enumerate(heard.seats):
                strength = table.seats[voice].sways.get(name, 0.0)
                margin += strength * (heard.stance[v, columns, d].sum() - heard.threshold[v, d])
            votes += table.seats[name].influence if margin >= -1e-9 and not home.veto[c] else 0.0
            refused |= bool(home.veto[c] and margin < -1e-9)
        total = sum(table.seats[name].influence for c, name in enumerate(home.seats) if not home.veto[c])
        lawful = all(law.waived[d] for law in home.laws if law.forbids[columns].any())
        tied = table.quota == 0.5 and not table.tie_carries and abs(2 * votes - total) <= 1e-9
        result.append(votes >= table.quota * total - 1e-9 and not tied and not refused and lawful)
    return result


def _without_sway(model: Model, party: str) -> dict[str, Preferences]:
    believed = model.preferences[party]
    assert believed.back_table is not None
    seats = {name: seat.model_copy(update={"sways": {}}) for name, seat in believed.back_table.seats.items()}
    table = believed.back_table.model_copy(update={"seats": seats})
    return {**model.preferences, party: believed.model_copy(update={"back_table": table})}


def cheapest(model: Model, payer: str, giver: str, closure: tuple[int, ...], at: float) -> tuple[float, float] | None:
    """Least mean cost of the payer's own giveaways, with what they bring, at which the giver accepts `closure` often enough, and
    that chance; two parties.
    """
    p, g = model.party(payer), model.party(giver)
    own = [i for i in range(len(model.issues)) if model.giver[i, p] and not model.giver[i, g]]
    found = bought(model, payer, [giver], closure, own, at, alone=True)
    if found is None:
        return None
    fixed = tuple(0 if i in own else option for i, option in enumerate(closure))
    base = value(model, closure, payer) - value(model, fixed, payer)
    return found[1] - base, found[2]


def bought(
    model: Model,
    payer: str,
    givers: list[str],
    closure: tuple[int, ...],
    own: list[int],
    at: float,
    *,
    alone: bool,
    but: int | None = None,
) -> tuple[int, float, float] | None:
    """Of packages that hold `closure` and are accepted often enough, the least (moves of others, cost over closure, -chance).

    `alone`: what the payer does not give alone is raised only as the closure needs, and counts as no move; else
    everything but the issue `but` may be raised. No party has allies.
    """
    best: tuple[int, float, float] | None = None
    for row in packages(model):
        if any(option < least for option, least in zip(row, closure, strict=True)):
            continue
        raised = tuple(option if i in own else least for i, (option, least) in enumerate(zip(row, closure, strict=True)))
        if alone and tuple(model.closure(np.array(raised)).tolist()) != row:
            continue
        if not alone and but is not None and row[but] != closure[but]:
            continue
        asked = [k for k in model.parties if k in givers or (k != payer and moves(model, row, k))]
        chance = min(accepts(model, row, k) for k in asked)
        if chance >= at:
            others = 0 if alone else sum(row[i] > closure[i] for i in range(len(row)) if i not in own)
            key = others, round(value(model, closure, payer) - value(model, row, payer), 9), -chance
            best = key if best is None else min(best, key)
    return None if best is None else (best[0], best[1], -best[2])


def accepts(model: Model, row: tuple[int, ...], party: str) -> float:
    """The share of draws in which a party accepts a package."""
    k = model.party(party)
    return float((model.values(row)[k] >= model.reserve_drawn[k] - 1e-9).mean())


def moves(model: Model, row: tuple[int, ...], party: str) -> bool:
    """Whether a party gives something of a package."""
    return any(option and model.giver[i, model.party(party)] for i, option in enumerate(row))
