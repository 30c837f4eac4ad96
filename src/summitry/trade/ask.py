"""What to ask for under uncertainty: the ask with the largest expected gain, its regret, and how often each would be best.

An ask is a whole package. In a draw it pays the principal its value less the reservation value where every other party accepts
and every home ratifies, and nothing elsewhere; making no ask pays nothing. Whoever asks is bound by it, so a gain below zero
counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.case.foreign import require_native
from summitry.interests.home import ROUNDING
from summitry.reasons import reason
from summitry.trade import frontier, questions, swaps
from summitry.trade.gates import judge
from summitry.trade.results import Ask, AskResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.model import Model

SCREEN_DRAWS = 256
CONTENDERS = 512
BEAM = 40
CLIMBS = 20
LISTED = 10
BLOCK = 4096
FEW = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """What packages bring in each draw, shape (N, D): `off` where one comes off, `pays` the principal's gain there, else 0."""

    pays: NDArray[np.float64]
    off: NDArray[np.bool_]


def best_ask(model: Model, principal: str, candidates: swaps.Candidates | None = None) -> AskResult:
    """The package that `principal` does best to ask for, among `candidates` and what climbing from them finds.

    1. Candidates: by default all packages where they are at most 20,000, else the small swaps of `swaps.candidates` and the
    efficient packages that every party accepts by its means. 2. The first 256 draws find the best of them; climb from these,
    one issue changed at a time, while that raises the expected gain. 3. Contenders are the 512 with the largest expected gain
    and every package that is the best of all in one of those draws; all draws play them. 4. Best is the largest expected gain;
    climb once more from it with all draws. 5. Regret is the expected gain of choosing anew in each draw, among contenders, less
    that of the best; so it also is what knowing everything would be worth. 6. Which single number is worth most to know: see
    `questions`.

    Equal expected gains: the first in lexicographic order of options. Raises LinkMissing for scenarios without a status quo,
    UnknownName for an unknown principal.
    """
    require_native(model.case, "The best ask")
    p = model.party(principal)
    found = default_candidates(model, p) if candidates is None else candidates
    packages, considered = _contenders(model, p, found.packages)
    more = considered - len(found.packages)
    played = play(model, p, packages)
    packages, played = _polish(model, p, packages, played)
    expected = played.pays.mean(axis=1)
    k = int(np.argmax(expected)) if len(packages) else -1
    chosen = k if k >= 0 and expected[k] > 0.0 else -1
    share, none = _hindsight(played.pays, expected)
    top = [int(j) for j in np.lexsort((-expected, -share))[:LISTED] if share[j] > 0.0]
    gained = float(expected[chosen]) if chosen >= 0 else 0.0
    perfect = float(np.maximum(played.pays.max(axis=0), 0.0).mean()) if len(packages) else 0.0
    return AskResult(
        principal=principal,
        best=_ask(model, packages, played, share, chosen) if chosen >= 0 else None,
        verdict=judge(model, packages[chosen], title="Best ask") if chosen >= 0 else None,
        expected=gained,
        perfect=perfect,
        regret=perfect - gained,
        no_ask_share=none,
        leaders=tuple(_ask(model, packages, played, share, j) for j in top),
        unlisted=int((share > 0.0).sum()) - len(top),
        unlisted_share=float(share.sum() - share[top].sum()),
        questions=questions.worth(model, played.pays, chosen),
        candidates=reason("search.climbed", start=found.scope, more=more or None),
        considered=considered,
        contenders=len(packages),
        draws=model.draws,
    )


def default_candidates(model: Model, p: int) -> swaps.Candidates:
    """Every package where they are few; else small swaps of every kind, and the efficient packages that all accept by means."""
    if model.packages <= FEW:
        every = np.stack(np.meshgrid(*(np.arange(size) for size in model.sizes), indexing="ij"), axis=-1)
        formed = swaps.feasible(model, every.reshape(-1, len(model.issues)))
        return swaps.Candidates(formed[formed.any(axis=1)], reason("search.every", packages=len(formed) - 1))
    small = swaps.candidates(model, p)
    zone = frontier.explore(model, zone=True)
    place = [{option: o for o, option in enumerate(options)} for options in model.options]
    rows = [[place[i][package[issue]] for i, issue in enumerate(model.issues)] for package in zone.packages]
    efficient = np.array(rows, dtype=np.int64).reshape(-1, len(model.issues))
    kind = "exact" if zone.exact else "grid"
    scope = reason(f"search.efficient.{kind}", small=small.scope, efficient=len(efficient))
    return swaps.Candidates(swaps.feasible(model, np.concatenate([small.packages, efficient])), scope)


def play(model: Model, p: int, packages: NDArray[np.int64], draws: int | None = None) -> Played:
    """What each package (N, I) brings party p in each draw; the first `draws` draws in single precision, or all in double."""
    count = model.draws if draws is None else draws
    kind = np.float64 if draws is None else np.float32
    pays, off = np.zeros((len(packages), count), dtype=kind), np.zeros((len(packages), count), dtype=np.bool_)
    others = [k for k in range(len(model.parties)) if k != p]
    drawn = model.drawn_all[:, :, :count].astype(kind)
    for start in range(0, len(packages), BLOCK if draws else SCREEN_DRAWS):
        some = slice(start, start + (BLOCK if draws else SCREEN_DRAWS))
        rows = swaps.design(model, packages[some])
        used = np.flatnonzero(rows.any(axis=0))
        x = rows[:, used].astype(kind)
        yes = np.ones((len(x), count), dtype=np.bool_)
        for k in others:
            yes &= x @ drawn[k][used] >= (model.reserve_drawn[k, :count] - ROUNDING).astype(kind)
        willing = np.flatnonzero(yes.any(axis=1))
        yes[willing] &= swaps.ratified(model, packages[some][willing], rows[willing], draws)
        gain = x @ drawn[p][used] - model.reserve_drawn[p, :count].astype(kind)
        off[some], pays[some] = yes, np.where(yes, gain, 0.0)
    return Played(pays, off)


def _contenders(model: Model, p: int, packages: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """The packages worth playing in every draw, in lexicographic order, and how many were considered.

    All of them where they are no more than the limit; no climb is needed where they are all packages.
    """
    draws = min(model.draws, SCREEN_DRAWS)
    rows = packages
    expected, winner = _screen(model, p, rows, draws)
    seen = {row.tobytes() for row in rows}
    for _ in range(CLIMBS):
        top = np.argsort(-expected, kind="stable")[:BEAM]
        near = _unseen(model, rows[top], seen)
        if not len(near):
            break
        mean, ahead = _screen(model, p, near, draws)
        old = len(rows)
        rows, expected, winner = np.concatenate([rows, near]), np.append(expected, mean), _ahead(winner, ahead, old)
        if (np.argsort(-expected, kind="stable")[:BEAM] < old).all():
            break
    kept = np.unique(
        np.concatenate([np.argsort(-expected, kind="stable")[:CONTENDERS], winner[1][winner[0] > 0.0].astype(np.int64)])
    )
    return swaps.feasible(model, rows[kept]), len(rows)


def _screen(model: Model, p: int, rows: NDArray[np.int64], draws: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Expected gain in the first draws, shape (N,), and by draw the best gain and who makes it, shape (2, draws)."""
    expected = np.zeros(len(rows))
    best = np.zeros((2, draws))
    for start in range(0, len(rows), BLOCK):
        pays = play(model, p, rows[start : start + BLOCK], draws).pays
        expected[start : start + BLOCK] = pays.mean(axis=1)
        who = pays.argmax(axis=0)
        best = _ahead(best, np.stack([pays[who, np.arange(draws)], who]), start)
    return expected, best


def _ahead(best: NDArray[np.float64], new: NDArray[np.float64], offset: int) -> NDArray[np.float64]:
    """By draw, whichever of the two is larger; the new one's numbers begin at `offset`."""
    return np.where(new[0] > best[0], new + np.array([[0.0], [offset]]), best)


def _unseen(model: Model, rows: NDArray[np.int64], seen: set[bytes]) -> NDArray[np.int64]:
    """What differs from one of `rows` in one issue, prerequisites added, and was not seen before; it is marked as seen."""
    near = swaps.feasible(model, model.closure(swaps.neighbours(model, rows)))
    fresh = near[np.array([row.tobytes() not in seen for row in near], dtype=np.bool_) & near.any(axis=1)]
    seen |= {row.tobytes() for row in fresh}
    return fresh


def _polish(model: Model, p: int, packages: NDArray[np.int64], played: Played) -> tuple[NDArray[np.int64], Played]:
    """Contenders with what climbing from the best of them adds, all draws counted: in the end no change of one issue helps it."""
    seen = {row.tobytes() for row in packages}
    while len(packages):
        expected = played.pays.mean(axis=1)
        near = _unseen(model, packages[[int(np.argmax(expected))]], seen)
        if not len(near):
            break
        more = play(model, p, near)
        better = np.flatnonzero(more.pays.mean(axis=1) > expected.max() + ROUNDING)
        if not better.size:
            break
        packages = np.concatenate([packages, near[better]])
        played = Played(np.concatenate([played.pays, more.pays[better]]), np.concatenate([played.off, more.off[better]]))
    return packages, played


def _hindsight(pays: NDArray[np.float64], expected: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """In which share of draws each package is the best, shape (N,), and in which none is worth asking for.

    Ties within rounding go to the larger expected gain.
    """
    order = np.argsort(-expected, kind="stable")
    if not len(order):
        return np.zeros(0), 1.0
    best = pays.max(axis=0)
    who = order[(pays[order] >= best - ROUNDING).argmax(axis=0)]
    worth = best > ROUNDING
    return np.bincount(who[worth], minlength=len(order)) / pays.shape[1], float(1.0 - worth.mean())


def _ask(model: Model, packages: NDArray[np.int64], played: Played, share: Sequence[float] | NDArray[np.float64], k: int) -> Ask:
    pays, off = played.pays[k], played.off[k]
    return Ask(
        moves=model.named(packages[k]),
        expected=float(pays.mean()),
        error=float(pays.std() / np.sqrt(model.draws)),
        probability=float(off.mean()),
        gain=float(pays[off].mean()) if off.any() else None,
        share=float(share[k]),
    )
