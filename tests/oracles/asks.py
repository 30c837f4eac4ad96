"""Slow, obvious twins of asks, counter-asks and improvements: every package is listed, every draw is walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oracles.deals import packages, value

if TYPE_CHECKING:
    from summitry.model import Model


def pays(model: Model, row: tuple[int, ...], principal: str) -> list[float]:
    """What asking for a package brings the principal, draw by draw."""
    p = model.party(principal)
    columns = model.columns(row)
    found = []
    for d in range(model.draws):
        worth = model.values(row)[:, d] - model.reserve_drawn[:, d]
        off = all(worth[k] >= -1e-9 for k in range(len(model.parties)) if k != p)
        for home in model.homes.values():
            off = off and bool(home.ratified(columns)[d])
        found.append(float(worth[p]) if off else 0.0)
    return found


def best_ask(model: Model, principal: str) -> tuple[float, float]:
    """The largest expected gain of one ask, and the expected gain of choosing anew in each draw; no ask pays nothing."""
    every = [pays(model, row, principal) for row in packages(model) if any(row)]
    best = max([0.0, *(sum(p) / model.draws for p in every)])
    perfect = sum(max([0.0, *(p[d] for p in every)]) for d in range(model.draws)) / model.draws
    return best, perfect


def counter(model: Model, payer: str, issue: str, option: str, at: float) -> tuple[float, float] | None:
    """The most mean value that a giveaway brings from packages that are accepted often enough, and their probability.

    For two parties.
    """
    p = model.party(payer)
    g = 1 - p
    theirs = [i for i in range(len(model.issues)) if model.giver[i, g] and not model.giver[i, p]]
    closure = model.closure(model.row({issue: option}))
    given = tuple(0 if i in theirs else int(o) for i, o in enumerate(closure))
    best: tuple[float, float] | None = None
    for row in packages(model):
        if all(row[i] >= closure[i] if i in theirs else row[i] == closure[i] for i in range(len(row))):
            chance = float((model.values(row)[g] >= model.reserve_drawn[g] - 1e-9).mean())
            worth = round(value(model, row, payer) - value(model, given, payer), 9)
            if chance >= at and (best is None or (worth, chance) > best):
                best = worth, chance
    return best


def improvements(model: Model, deal: tuple[int, ...]) -> dict[int, set[tuple[float, ...]]]:
    """By number of changes, the gains of packages that nobody minds and somebody prefers, undominated among as few changes."""
    start = [value(model, deal, party) for party in model.parties]
    found: list[tuple[int, tuple[float, ...]]] = []
    for row in packages(model):
        gains = tuple(round(value(model, row, party) - s, 9) + 0.0 for party, s in zip(model.parties, start, strict=True))
        if min(gains) >= 0.0 and max(gains) > 0.0:
            found.append((sum(a != b for a, b in zip(row, deal, strict=True)), gains))
    result: dict[int, set[tuple[float, ...]]] = {}
    for moved, gains in found:
        as_few = [other for n, other in found if n <= moved]
        fewer = [other for n, other in found if n < moved]
        beaten = any(o != gains and all(b >= a for a, b in zip(gains, o, strict=True)) for o in as_few) or gains in fewer
        if not beaten:
            result.setdefault(moved, set()).add(gains)
    return result
