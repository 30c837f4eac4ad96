"""The least load where trust depends on what is done, by trying every permutation: sums anew at every moment, plain floats."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf
from typing import TYPE_CHECKING

from oracles.order import permitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Doubt:
    """A belief in another: seriousness, the costs c90 and c10 (None: blind), what each step leaves the other, its end."""

    party: int
    serious: float
    costs: tuple[float, float] | None
    kept: Sequence[float]
    end: float
    together: Sequence[float] = ()


@dataclass(frozen=True)
class Bond:
    """Points by party that count while all of `need` are done and none of `ends`."""

    need: frozenset[int]
    ends: frozenset[int]
    held: Sequence[float]


def performs(doubt: Doubt, done: Sequence[int], bonds: Sequence[Bond]) -> float:
    """The probability that the other performs what remains."""
    if doubt.costs is None:
        return 0.95 * doubt.serious + 0.45 * (1.0 - doubt.serious)
    holds = sum(doubt.kept[s] for s in done) + sum(
        amount for bond, amount in zip(bonds, doubt.together, strict=True) if counts(bond, done)
    )
    low, high = doubt.costs
    lean = (holds - doubt.end - (low + high) / 2.0) * (2.0 * 2.1972245773362196) / (high - low)
    return 0.95 * doubt.serious + (1.0 - doubt.serious) * 0.9 / (1.0 + exp(min(lean, 700.0)))


def counts(bond: Bond, done: Sequence[int]) -> bool:
    """Whether the amount is there."""
    return bond.need <= set(done) and not bond.ends & set(done)


def load_of(
    steps: Sequence[int], held: Sequence[Sequence[float]], gain: Sequence[float], doubts: Sequence[Doubt], bonds: Sequence[Bond]
) -> tuple[float, list[float]]:
    """The load of an order and the greatest exposure of each party."""
    worst, exposed = 0.0, [0.0] * len(gain)
    for k in range(1, len(steps)):
        done = steps[:k]
        for p, whole in enumerate(gain):
            holds = sum(held[s][p] for s in done) + sum(bond.held[p] for bond in bonds if counts(bond, done))
            lost = max(0.0, -holds)
            if lost < 1e-12:
                continue
            exposed[p] = max(exposed[p], lost)
            trust = min((performs(d, done, bonds) for d in doubts if d.party == p), default=1.0)
            odds = trust / (1.0 - trust) if trust < 1.0 else inf
            worst = max(worst, inf if whole <= 0.0 or odds == 0.0 else lost / whole / odds)
    return worst, exposed


def least_load_by_trying(
    held: Sequence[Sequence[float]],
    gain: Sequence[float],
    doubts: Sequence[Doubt],
    bonds: Sequence[Bond],
    before: Iterable[tuple[int, int]],
    limit: Sequence[float],
) -> float | None:
    """The least load over all permitted orders, one step after the other; None where none keeps the limits."""
    found = []
    for steps in permitted(len(held), before):
        load, exposed = load_of(steps, held, gain, doubts, bonds)
        if all(e <= most * (1 + 1e-9) for e, most in zip(exposed, limit, strict=True)):
            found.append(load)
    return min(found, default=None)


def front_load_by_trying(
    held: Sequence[Sequence[float]],
    gain: Sequence[float],
    doubts: Sequence[Doubt],
    bonds: Sequence[Bond],
    before: Iterable[tuple[int, int]],
    limit: Sequence[float],
    party: int,
    cap: float,
) -> float | None:
    """The most that `party` can hold, summed over the moments before the end, in an order whose load is at most `cap`."""
    best = None
    for steps in permitted(len(held), before):
        load, exposed = load_of(steps, held, gain, doubts, bonds)
        if load > cap * (1 + 1e-9) or any(e > most * (1 + 1e-9) for e, most in zip(exposed, limit, strict=True)):
            continue
        total = 0.0
        for k in range(1, len(steps)):
            total += sum(held[s][party] for s in steps[:k]) + sum(b.held[party] for b in bonds if counts(b, steps[:k]))
        best = total if best is None else max(best, total)
    return best
