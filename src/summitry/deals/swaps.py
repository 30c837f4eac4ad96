"""Many packages at once: a stated set of candidates, and what every party and every home says to them in every draw.

A package becomes a row of 0 and 1 over the columns that it moves (and the interaction tables that it meets); sums of values
over a package are then one matrix product. Packages that cannot reach a probability are dropped by Cantelli's inequality, which
loses none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

from summitry.interests.home import ROUNDING
from summitry.kernels import ballot
from summitry.model import holds
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from summitry.interests.home import Home
    from summitry.model import Model
    from summitry.reasons import Reason

MOST_CANDIDATES = 200_000
SCREEN_DRAWS = 256
SCREEN_MARGIN = 0.15
SLACK = 1e-9
"""A rounding of sums, not a shortfall."""


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Distinct packages (N, I) that break no prerequisite, exclusion or mandate, and `scope`, which set this is."""

    packages: NDArray[np.int64]
    scope: Reason


def candidates(
    model: Model,
    principal: int,
    fixed: NDArray[np.int64] | None = None,
    extra: Sequence[NDArray[np.int64]] = (),
    efficient: Sequence[NDArray[np.int64]] = (),
) -> Candidates:
    """All swaps of a few moves by each side around `fixed` (the deliverable with its prerequisites).

    As many moves as fit in the limit. The other side makes one or two moves (beside `fixed`: none or one), ours none to three;
    every move brings its prerequisites along. `extra` are named packages and `efficient` those of the frontier that join them.
    """
    ours = [i for i in range(len(model.issues)) if model.giver[i, model.allies(principal)].any() or not model.giver[i].any()]
    theirs = [i for i in range(len(model.issues)) if i not in ours or model.giver[i, model.side != model.side[principal]].any()]
    base = np.zeros(len(model.issues), dtype=np.int64) if fixed is None else fixed
    asks = _sets(model, theirs, base, (0, 1) if fixed is not None else (1, 2))
    most = 0
    gives = _sets(model, ours, base, (0, 0))
    while most < 3 and len(asks) * _count(model, ours, most + 1) <= MOST_CANDIDATES:  # noqa: PLR2004 (small swaps are what is looked for)
        most += 1
        gives = _sets(model, ours, base, (0, most))
    rows = np.maximum(asks[:, None, :], gives[None, :, :]).reshape(-1, len(model.issues))
    rows = feasible(model, np.concatenate([rows, *(np.asarray(e)[None, :] for e in (*extra, *efficient))]))
    kind = "free" if fixed is None else "around"
    scope = reason(
        f"search.swaps.{kind}", most=most, named=len(extra) or None, efficient=len(efficient) or None, packages=len(rows)
    )
    return Candidates(rows, scope)


def feasible(model: Model, packages: NDArray[np.int64]) -> NDArray[np.int64]:
    """The distinct packages, lifted to what is on the table, that break no prerequisite, exclusion or mandate; in order."""
    return lawful(model, model.bounds.lift(packages))


def lawful(model: Model, packages: NDArray[np.int64]) -> NDArray[np.int64]:
    """The distinct packages that break no prerequisite, exclusion or mandate, in lexicographic order."""
    choices = packages.T.astype(np.int32)  # an issue's choices side by side, several times faster to compare
    keep = np.ones(len(packages), dtype=np.bool_)
    for i, options in enumerate(choices):
        allowed = model.allowed[model.first[i] : model.first[i + 1]]
        if not allowed.all():
            keep &= allowed[options]
    for q, r in model.needs:
        i, j = model.issue_of[q], model.issue_of[r]
        keep &= (choices[i] != q - model.first[i]) | (choices[j] >= r - model.first[j])
    for q, r in model.bars:
        i, j = model.issue_of[q], model.issue_of[r]
        keep &= (choices[i] != q - model.first[i]) | (choices[j] != r - model.first[j])
    indices = np.flatnonzero(keep)
    _, first = np.unique(keys(model, packages)[indices], return_index=True)
    result: NDArray[np.int64] = packages[indices[first]]
    return result


def design(model: Model, packages: NDArray[np.int64]) -> NDArray[np.float64]:
    """0/1 rows over columns and interaction tables, shape (N, Q + T).

    The status quo's columns stay 0 unless the scenario has none.
    """
    rows = np.zeros((len(packages), int(model.first[-1]) + len(model.tables)))
    at = packages + model.first[:-1]
    rows[np.arange(len(packages))[:, None], at] = 1.0 if model.foreign else (packages > 0).astype(np.float64)
    for t, table in enumerate(model.tables):
        rows[:, int(model.first[-1]) + t] = holds(table, packages)
    return rows


def reachable(model: Model, packages: NDArray[np.int64], at_least: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which packages can possibly be accepted by party p in a share `at_least[p]` of the draws, shape (N,).

    Never drops one that is. With sample mean m < 0 and deviation s of value less aspiration, P(accept) >= a needs m + c s >= 0,
    c = sqrt((1 - a) / a) (Cantelli), where a is what is left of the share beside slips. First with s at most the sum of the
    options' deviations, then, for what is left, with s itself.
    """
    keep = np.ones(len(packages), dtype=np.bool_)
    mean, covariance = model.moments
    share = at_least - model.answers.luck
    factors = [(int(p), float(np.sqrt((1.0 - share[p]) / share[p]))) for p in np.flatnonzero(share > 0.0)]
    columns = int(model.first[-1])
    for p, c in factors:
        reach = mean[p] + c * np.sqrt(np.diagonal(covariance[p]))
        tables = float(np.maximum(reach[columns:-1], 0.0).sum())
        keep[keep] = np.take(reach, packages[keep] + model.first[:-1]).sum(axis=1) + reach[-1] + tables >= -SLACK
    for block in blocks(np.flatnonzero(keep), 20_000):
        rows = np.concatenate([design(model, packages[block]), np.ones((len(block), 1))], axis=1)
        used = np.flatnonzero(rows.any(axis=0))
        rows = rows[:, used]
        alive = np.arange(len(block))
        for p, c in factors:
            x = rows[alive]
            m, v = x @ mean[p, used], ((x @ covariance[p][np.ix_(used, used)]) * x).sum(axis=1)
            alive = alive[m + c * np.sqrt(np.maximum(v, 0.0)) >= -SLACK * (1.0 + np.abs(m))]
        keep[block] = False
        keep[block[alive]] = True
    return keep


def needs(model: Model, payer: int, givers: Sequence[int], at: float) -> NDArray[np.float64]:
    """The share of draws in which each party must accept what `payer` buys of `givers`, shape (P,).

    The givers in a share `at`, their allies and the payer's in the share that the case states; the payer decides for itself.
    """
    need = np.zeros(len(model.parties))
    for k in (*model.allies(payer), *(ally for giver in givers for ally in model.allies(giver))):
        need[k] = model.ally_accept[k]
    need[list(givers)] = at
    need[payer] = 0.0
    return need


def accepted(model: Model, rows: NDArray[np.float64], draws: int | None = None) -> NDArray[np.bool_]:
    """Which party accepts which package in which draw, from rows (N, Q + T) to (N, P, D)."""
    count = model.draws if draws is None else draws
    kind = np.float64 if draws is None else np.float32
    x = rows.astype(kind)
    least = model.answers.bar[:, :count] - ROUNDING
    used = np.flatnonzero(rows.any(axis=0))
    points = model.drawn_all[:, used, :count].astype(kind)
    return np.stack([x[:, used] @ points[p] >= least[p].astype(kind) for p in range(len(model.parties))], axis=1)


def agreed(model: Model, rows: NDArray[np.float64], draws: int | None = None) -> NDArray[np.bool_]:
    """In which draws all parties accept which package, shape (N, D); no further party is asked where no draw is left."""
    count = model.draws if draws is None else draws
    kind = np.float64 if draws is None else np.float32
    used = np.flatnonzero(rows.any(axis=0))
    x = rows[:, used].astype(kind)
    result = np.ones((len(rows), count), dtype=np.bool_)
    alive = np.arange(len(rows))
    for p in range(len(model.parties)):
        least = (model.answers.bar[p, :count] - ROUNDING).astype(kind)
        result[alive] &= x[alive] @ model.drawn_all[p, used, :count].astype(kind) >= least
        alive = alive[result[alive].any(axis=1)]
    return result


def ratified(
    model: Model,
    packages: NDArray[np.int64],
    rows: NDArray[np.float64],
    draws: int | None = None,
    homes: Mapping[str, Home] | None = None,
) -> NDArray[np.bool_]:
    """In which draws every home, or each of `homes`, ratifies, shape (N, D)."""
    count = model.draws if draws is None else draws
    result = np.ones((len(rows), count), dtype=np.bool_)
    for home in (model.homes if homes is None else homes).values():
        result &= ballot.carried(home.ballots, rows[:, : int(model.first[-1])], draws)
        for law in home.laws:
            struck = law.forbids[packages + model.first[:-1]].any(axis=1)
            result[struck] &= law.waived[:count]
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Odds:
    """What N packages come to in the draws: P(all accept), P(all accept and ratify) (N,), by party the expected gain (N, P).

    The gain is E[(value - no deal) x (all accept and all ratify)]; both it and the chance are those of a screen, or 0, where a
    package lies far below what is needed.
    """

    everyone: NDArray[np.float64]
    both: NDArray[np.float64]
    gains: NDArray[np.float64]


def odds(model: Model, packages: NDArray[np.int64], needed: float, draws: int | None = None) -> Odds:
    """How often all accept, and all ratify, and what packages (N, I) are expected to bring.

    1. Cantelli drops what no draw can save. 2. The first 256 draws drop what is .15 below the need (a miss is five standard
    errors away: under 1e-5). 3. All draws, or the first `draws`, count the rest. What is dropped carries the screen's estimate,
    or 0 where not even acceptance came near; both lie below `needed`.
    """
    result = Odds(np.zeros(len(packages)), np.zeros(len(packages)), np.zeros((len(packages), len(model.parties))))
    alive = np.flatnonzero(reachable(model, packages, np.full(len(model.parties), needed)))
    if model.draws > 4 * SCREEN_DRAWS:
        for block in blocks(alive, 4096):
            result.everyone[block], result.both[block], _ = _counted(model, packages[block], SCREEN_DRAWS, needed - SCREEN_MARGIN)
        alive = alive[result.both[alive] >= needed - SCREEN_MARGIN]
    for block in blocks(alive, 256):
        counted = _counted(model, packages[block], draws, needed - SCREEN_MARGIN, gains=True)
        result.everyone[block], result.both[block], result.gains[block] = counted
    return result


def _counted(
    model: Model, packages: NDArray[np.int64], draws: int | None, least: float, *, gains: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """P(all accept), and P(all accept and ratify) and the expected gains where acceptance alone reaches `least`, else 0."""
    rows = design(model, packages)
    yes = agreed(model, rows, draws)
    everyone = yes.mean(axis=1)
    both, gain, likely = np.zeros(len(packages)), np.zeros((len(packages), len(model.parties))), np.flatnonzero(everyone >= least)
    all_say = yes[likely] & ratified(model, packages[likely], rows[likely], draws)
    both[likely] = all_say.mean(axis=1)
    if gains:
        gain[likely] = _expected(model, rows[likely], all_say)
    return everyone, both, gain


def _expected(model: Model, rows: NDArray[np.float64], holds: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The mean over draws of value over no deal where `holds` (N, D), by party, shape (N, P).

    Summed over the options first: E[v 1] is a sum over the columns of a package of their draws where it holds.
    """
    count = holds.shape[1]
    used = np.flatnonzero(rows.any(axis=0))
    weight = holds.astype(np.float32)
    result = np.zeros((len(rows), len(model.parties)))
    for p in range(len(model.parties)):
        drawn = model.drawn_all[p, used, :count].astype(np.float32)
        least = model.reserve_drawn[p, :count].astype(np.float32)
        result[:, p] = ((weight @ drawn.T) * rows[:, used]).sum(axis=1) - weight @ least
    return np.asarray(result / max(count, 1))


def neighbours(model: Model, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every package that differs from one of `rows` in one issue."""
    changes = []
    for i in range(rows.shape[1]):
        for option in range(int(model.sizes[i])):
            changed = rows[rows[:, i] != option].copy()
            changed[:, i] = option
            changes.append(changed)
    return np.concatenate(changes)


def blocks(index: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
    """A long index in parts of at most `size`, so that what is computed of each fits in memory."""
    for start in range(0, len(index), size):
        yield index[start : start + size]


def _sets(model: Model, issues: list[int], base: NDArray[np.int64], moves: tuple[int, int]) -> NDArray[np.int64]:
    """`base` with every choice of moves[0]..moves[1] further moves among `issues`, closed, distinct and feasible."""
    rows = []
    for count in range(moves[0], moves[1] + 1):
        for picks in combinations([i for i in issues if not base[i]], count):
            for options in product(*(range(1, int(model.sizes[i])) for i in picks)):
                row = base.copy()
                row[list(picks)] = options
                rows.append(row)
    return feasible(model, model.closure(np.array(rows, dtype=np.int64).reshape(-1, len(model.issues))))


def _count(model: Model, issues: list[int], most: int) -> int:
    """How many choices of at most `most` moves there are: elementary symmetric sums of the issues' numbers of moves."""
    sums = [1] + [0] * most
    for i in issues:
        for k in range(most, 0, -1):
            sums[k] += sums[k - 1] * (int(model.sizes[i]) - 1)
    return sum(sums)


def keys(model: Model, packages: NDArray[np.int64]) -> NDArray[np.generic]:
    """One key per package, shape (N,), that sorts as packages do: a number, or bytes where no number is large enough."""
    if model.packages < 2**62:
        radix = np.concatenate((np.cumprod(model.sizes[::-1])[::-1][1:], [1]))
        numbers: NDArray[np.int64] = packages @ radix
        return numbers
    return np.ascontiguousarray(packages, dtype=">i8").view(np.dtype((np.void, 8 * packages.shape[1])))[:, 0]


def distinct(model: Model, packages: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The distinct packages in lexicographic order, and for each package the place of its like among them, shape (N,)."""
    _, at, back = np.unique(keys(model, packages), return_index=True, return_inverse=True)
    return packages[at], back
