"""Slow, obvious twins of asks, counter-asks and improvements: every package is listed, every draw is walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oracles.deals import bought, packages, value

if TYPE_CHECKING:
    from summitry.model import Model


def pays(model: Model, row: tuple[int, ...], principal: str) -> list[float]:
    """What asking for a package brings the principal, draw by draw."""
    p = model.party(principal)
    columns = model.columns(row)
    found = []
    for d in range(model.draws):
        worth = model.values(row)[:, d] - model.reserve_drawn[:, d]
        off = all(worth[k] >= -1e-9 for k in range(len(model.parties)))
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


def counter(model: Model, payer: str, issue: str, option: str, at: float) -> tuple[float, float, bool] | None:
    """The most mean value that a giveaway brings from packages that are accepted often enough, their probability, and whether
    the giveaway alone brings it; else the same for the fewest moves beside it. Net of what is given beside it; two parties.
    """
    p = model.party(payer)
    other = model.parties[1 - p]
    theirs = [i for i in range(len(model.issues)) if model.giver[i, 1 - p] and not model.giver[i, p]]
    closure = tuple(model.closure(model.row({issue: option})).tolist())
    given = tuple(0 if i in theirs else o for i, o in enumerate(closure))
    for alone in (True, False):
        best = bought(model, payer, [other], closure, theirs, at, alone=alone, but=model.issues.index(issue))
        if best is not None:
            return value(model, closure, payer) - best[1] - value(model, given, payer), best[2], alone
    return None


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
