"""What to ask for under uncertainty: the ask with the largest expected gain, its regret, and how often each would be best.

An ask is a whole package. In a draw it pays the principal its value over no deal where every party accepts, the principal among
them, and every home ratifies, and nothing elsewhere; making no ask pays nothing. The first rung is the best ask under the gates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.case.types import require_native
from summitry.deals import frontier, information, swaps
from summitry.deals.gates import judge
from summitry.deals.rung import around
from summitry.interests.home import ROUNDING
from summitry.reasons import reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.deals.gates import Verdict
    from summitry.deals.information import Unknown
    from summitry.model import Model, Package
    from summitry.reasons import Reason

SCREEN_DRAWS = 256
CONTENDERS = 512
BEAM = 40
CLIMBS = 20
LISTED = 10
BLOCK = 4096
FEW = 20_000


@dataclass(frozen=True, slots=True)
class Ask:
    """A package to ask for.

    `expected` is its expected gain with its sampling `error`, in the asker's points over its reservation value. `probability`
    is the share of draws in which all accept and every home ratifies, `gain` the mean gain in those (None where
    there are none), `share` the share of draws in which no other ask would have paid more. `differs` holds the option, or the
    status quo, of each issue in which it differs from the best ask.
    """

    moves: Package
    differs: Package
    expected: float
    error: float
    probability: float
    gain: float | None
    share: float


@dataclass(frozen=True, slots=True)
class Start:
    """The best ask under the gates: its moves, how it `differs` from the best ask, and its gain as of an `Ask`."""

    moves: Package
    differs: Package
    expected: float
    error: float
    probability: float
    gain: float | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many numbers the draws show to be worth knowing, and how many not."""

    worthwhile: int
    worthless: int


@dataclass(frozen=True, slots=True)
class AskAnswer:
    """The best ask under uncertainty. `best` is None where no ask has an expected gain above zero; then `expected` is 0.

    `perfect` is the expected gain of choosing anew in each draw, `regret` what the best ask leaves of it. `no_ask_share` is the
    share of draws in which no ask pays. `leaders` are the asks that are the best in most draws; `unlisted` more, together with
    `unlisted_share`, are the best in some draw. `candidates` says what was looked at, `considered` how many packages
    in the first draws, `contenders` how many in all draws: regret, shares and `questions` are over these. `questions` are what
    single numbers are worth knowing, sorted by worth; `counts` counts them for `theirs`, numbers of other sides, and `ours`.
    `start` is the best ask under the gates, where the question asked for it; None where nothing passes.
    """

    principal: str
    best: Ask | None
    verdict: Verdict | None
    expected: float
    perfect: float
    regret: float
    no_ask_share: float
    leaders: tuple[Ask, ...]
    unlisted: int
    unlisted_share: float
    questions: tuple[Unknown, ...]
    counts: dict[str, Counts]
    candidates: Reason
    considered: int
    contenders: int
    draws: int
    start: Start | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Payments:
    """What packages bring in each draw, shape (N, D): `off` where one comes off, `pays` the principal's gain there, else 0."""

    pays: NDArray[np.float64]
    off: NDArray[np.bool_]


def best_ask(model: Model, principal: str) -> AskAnswer:
    """The package that `principal` does best to ask for, among candidates and what climbing from them finds.

    1. Candidates: all packages where they are at most 20,000, else the small swaps of `swaps.candidates` and the efficient
    packages that every party accepts by its means. 2. The first 256 draws find the best of them; climb from these, one issue
    changed at a time, while that raises the expected gain. 3. Contenders are the 512 with the largest expected gain and every
    package that is the best of all in one of those draws; all draws play them. 4. Best is the largest expected gain; climb once
    more from it with all draws, by one or two issues. 5. Regret is the expected gain of choosing anew in each draw, among
    contenders, less that of the best; so it also is what knowing everything would be worth. 6. Which single number is worth most
    to know: see `information`.

    Equal expected gains: the first in lexicographic order of options. Raises LinkMissing for scenarios without a status quo,
    UnknownName for an unknown principal.
    """
    require_native(model, "The best ask")
    p = model.party(principal)
    candidates, scope = _candidates(model, p)
    packages, considered = _contenders(model, p, candidates)
    payments = play(model, p, packages)
    packages, payments = _polish(model, p, packages, payments)
    expected = payments.pays.mean(axis=1)
    k = int(np.argmax(expected)) if len(packages) else -1
    best = k if k >= 0 and expected[k] > 0.0 else -1
    share, none = _hindsight(payments.pays, expected)
    top = [int(j) for j in np.lexsort((-expected, -share))[:LISTED] if share[j] > 0.0]
    gain = float(expected[best]) if best >= 0 else 0.0
    perfect = float(np.maximum(payments.pays.max(axis=0), 0.0).mean()) if len(packages) else 0.0

    unknowns = information.worth(model, payments.pays, best)
    own = model.side[p]
    counts = {"theirs": [u.shows for u in unknowns if model.side[model.party(u.party)] != own]}
    counts["ours"] = [u.shows for u in unknowns if model.side[model.party(u.party)] == own]

    def ask(j: int) -> Ask:
        return _ask(model, packages[j], packages[best] if best >= 0 else None, payments.pays[j], payments.off[j], float(share[j]))

    return AskAnswer(
        principal=principal,
        best=ask(best) if best >= 0 else None,
        verdict=judge(model, packages[best], title=reason("ask.title")) if best >= 0 else None,
        expected=gain,
        perfect=perfect,
        regret=perfect - gain,
        no_ask_share=none,
        leaders=tuple(map(ask, top)),
        unlisted=int((share > 0.0).sum()) - len(top),
        unlisted_share=float(share.sum() - share[top].sum()),
        questions=unknowns,
        counts={side: Counts(sum(shows), len(shows) - sum(shows)) for side, shows in counts.items()},
        candidates=reason("ask.searched", first=scope, more=considered - len(candidates) or None),
        considered=considered,
        contenders=len(packages),
        draws=model.draws,
    )


def with_start(model: Model, answer: AskAnswer, moves: Package | None) -> AskAnswer:
    """The answer with the best ask under the gates, `moves`, played in the same draws; without one where nothing passes."""
    if moves is None:
        return answer
    row, best = model.row(moves), model.row({} if answer.best is None else answer.best.moves)
    payments = play(model, model.party(answer.principal), row[None, :])
    found = _ask(model, row, best, payments.pays[0], payments.off[0], 0.0)
    return replace(answer, start=Start(found.moves, found.differs, found.expected, found.error, found.probability, found.gain))


def _candidates(model: Model, p: int) -> tuple[NDArray[np.int64], Reason]:
    """Every package where they are few; else small swaps of every kind, and the efficient packages that all accept by means."""
    if model.packages <= FEW:
        every = np.stack(np.meshgrid(*(np.arange(size) for size in model.sizes), indexing="ij"), axis=-1)
        lawful = swaps.feasible(model, every.reshape(-1, len(model.issues)))
        return lawful[lawful.any(axis=1)], reason("ask.searched.every", packages=len(lawful) - 1)
    small = swaps.candidates(model, p)
    zone = frontier.efficient(model, zone=True)
    kind = "exact" if zone.epsilon == 0.0 else "grid"
    scope = reason(f"ask.searched.{kind}", small=small.scope, efficient=len(zone.packages))
    return swaps.feasible(model, np.concatenate([small.packages, zone.packages])), scope


def play(model: Model, p: int, packages: NDArray[np.int64], draws: int | None = None) -> Payments:
    """What each package (N, I) brings party p in each draw; the first `draws` draws in single precision, or all in double."""
    count = model.draws if draws is None else draws
    kind = np.float64 if draws is None else np.float32
    pays, off = np.zeros((len(packages), count), dtype=kind), np.zeros((len(packages), count), dtype=np.bool_)
    values = model.drawn_all[:, :, :count].astype(kind)
    for start in range(0, len(packages), BLOCK if draws else SCREEN_DRAWS):
        some = slice(start, start + (BLOCK if draws else SCREEN_DRAWS))
        rows = swaps.design(model, packages[some])
        used = np.flatnonzero(rows.any(axis=0))
        x = rows[:, used].astype(kind)
        yes = np.ones((len(x), count), dtype=np.bool_)
        for k in range(len(model.parties)):
            yes &= x @ values[k][used] >= (model.answers.bar[k, :count] - ROUNDING).astype(kind)
        willing = np.flatnonzero(yes.any(axis=1))
        yes[willing] &= swaps.ratified(model, packages[some][willing], rows[willing], draws)
        gain = x @ values[p][used] - model.reserve_drawn[p, :count].astype(kind)
        off[some], pays[some] = yes, np.where(yes, gain, 0.0)
    return Payments(pays, off)


def _contenders(model: Model, p: int, packages: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """The packages worth playing in every draw, in lexicographic order, and how many were considered.

    All of them where they are no more than the limit; no climb is needed where they are all packages.
    """
    draws = min(model.draws, SCREEN_DRAWS)
    rows = packages
    expected, winner = _screen(model, p, rows, draws)
    visited = {row.tobytes() for row in rows}
    for _ in range(CLIMBS):
        top = np.argsort(-expected, kind="stable")[:BEAM]
        near = _unseen(model, rows[top], visited)
        if not len(near):
            break
        mean, ahead = _screen(model, p, near, draws)
        old = len(rows)
        rows, expected, winner = np.concatenate([rows, near]), np.append(expected, mean), _ahead(winner, ahead, old)
        if (np.argsort(-expected, kind="stable")[:BEAM] < old).all():
            break
    worthy = np.unique(
        np.concatenate([np.argsort(-expected, kind="stable")[:CONTENDERS], winner[1][winner[0] > 0.0].astype(np.int64)])
    )
    return swaps.feasible(model, rows[worthy]), len(rows)


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


def _unseen(model: Model, rows: NDArray[np.int64], visited: set[bytes]) -> NDArray[np.int64]:
    """What differs from one of `rows` in one issue, prerequisites added, and was not visited before; it is marked as visited."""
    return _fresh(swaps.feasible(model, model.closure(swaps.neighbours(model, rows))), visited)


def _fresh(near: NDArray[np.int64], visited: set[bytes]) -> NDArray[np.int64]:
    """Those that were not visited before, which are marked as visited; the status quo is no ask."""
    fresh = near[np.array([row.tobytes() not in visited for row in near], dtype=np.bool_) & near.any(axis=1)]
    visited |= {row.tobytes() for row in fresh}
    return fresh


def _polish(model: Model, p: int, packages: NDArray[np.int64], payments: Payments) -> tuple[NDArray[np.int64], Payments]:
    """Contenders with what climbing from the best of them adds, counted in all draws: no change of one or two helps it then."""
    visited = {row.tobytes() for row in packages}
    while len(packages):
        expected = payments.pays.mean(axis=1)
        near = _fresh(around(model, packages[int(np.argmax(expected))])[0], visited)
        if not len(near):
            break
        more = play(model, p, near)
        better = np.flatnonzero(more.pays.mean(axis=1) > expected.max() + ROUNDING)
        if not better.size:
            break
        packages = np.concatenate([packages, near[better]])
        payments = Payments(np.concatenate([payments.pays, more.pays[better]]), np.concatenate([payments.off, more.off[better]]))
    return packages, payments


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


def _ask(
    model: Model,
    package: NDArray[np.int64],
    best: NDArray[np.int64] | None,
    pays: NDArray[np.float64],
    off: NDArray[np.bool_],
    share: float,
) -> Ask:
    differs = np.flatnonzero(package != (0 if best is None else best))
    return Ask(
        moves=model.named(package),
        differs={model.issues[i]: model.options[i][int(package[i])] for i in differs},
        expected=float(pays.mean()),
        error=float(pays.std() / np.sqrt(model.draws)),
        probability=float(off.mean()),
        gain=float(pays[off].mean()) if off.any() else None,
        share=share,
    )
