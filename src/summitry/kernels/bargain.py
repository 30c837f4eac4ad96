"""Bargaining solutions: which of finitely many packages, or which lottery over them, each theory of a fair deal chooses.

To add one, write its function here and its line in `SOLUTIONS`; the words of its title are the message `solution.NAME`.

Every solution takes `points` (F, P), the values of F packages for P parties, and `disagreement` (P,), what each party has
without a deal, and returns the indices of all winners. Common to all:

- Only individually rational packages stand for election: those that give every party at least its disagreement value. Where
  there is none, nothing wins and the array is empty.
- Values that differ by less than `TIE` of what is at stake are equal. Several packages may win; a dominated one never does.
- Winners are ordered by the tie rule: leximin of each party's gain as a share of its ideal gain, then the larger values
  party by party, then the lower index. Take the first where a single package is needed.
- A party's ideal gain is its largest gain over the individually rational packages. A party whose ideal gain is zero is nobody's
  reason for a choice and is left out of shares.

The same solutions over lotteries stand in `lottery`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.kernels import lottery
from summitry.kernels._pareto_numpy import undominated

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Indices = NDArray[np.intp]

TIE = 1e-12
SLACK = 1e-9
"""Sums over draws that differ by less are equal."""


def individually_rational(points: Points, disagreement: Points) -> NDArray[np.bool_]:
    """Tell for each package (F,) whether it gives every party at least its disagreement value."""
    _check(points, disagreement)
    return np.asarray((points >= disagreement).all(axis=1))


def nash(points: Points, disagreement: Points) -> Indices:
    """Choose the largest product of gains: J. Nash, "The bargaining problem", Econometrica 18 (1950).

    1. Keep the individually rational packages; gains are values less the disagreement values.
    2. Where no package gives every party a gain, keep those where most parties gain (Caragiannis et al., "The unreasonable
       fairness of maximum Nash welfare", ACM TEAC 7(3), 2019): otherwise every product would be zero and dominated packages
       would tie.
    3. Choose the largest product of the gains that are above zero.

    Scale-invariant and independent of irrelevant alternatives.
    """
    who, _, shares = _standing(points, disagreement)
    if not who.size:
        return who
    gaining = (shares > TIE).sum(axis=1)
    product = np.where(shares > TIE, shares, 1.0).prod(axis=1)
    product[gaining < gaining.max()] = 0.0
    return _winners(points, who, shares, product >= product.max() * (1 - TIE))


def kalai_smorodinsky(points: Points, disagreement: Points) -> Indices:
    """Choose the largest least share of the ideal gain: E. Kalai & M. Smorodinsky, Econometrica 43 (1975).

    1. Keep the individually rational packages and find each party's ideal gain among them.
    2. Choose by leximin of the shares gain / ideal gain: the largest least share, then the largest second least, and so on
       (H. Imai, "Individual monotonicity and lexicographic maxmin solution", Econometrica 51, 1983).

    Scale-invariant. On a finite set monotonicity holds for the least share only: when packages are added and the ideal gains
    stay, the least share does not fall, but a single party's may.
    """
    who, _, shares = _standing(points, disagreement)
    return _winners(points, who, shares, _leximin(shares, TIE))


def egalitarian(points: Points, disagreement: Points) -> Indices:
    """Choose the largest least gain: E. Kalai, "Proportional solutions", Econometrica 45 (1977), by leximin.

    1. Keep the individually rational packages.
    2. Choose by leximin of the gains. This compares points of different parties, so it means something only where they are
       comparable.

    Monotonic on any set: when packages are added, the least gain does not fall.
    """
    who, gains, shares = _standing(points, disagreement)
    return _winners(points, who, shares, _leximin(gains, TIE * gains.max(initial=0.0)))


def utilitarian(points: Points, disagreement: Points) -> Indices:
    """Choose the largest sum of gains (Harsanyi, Journal of Political Economy 63, 1955).

    1. Keep the individually rational packages.
    2. Choose the largest sum of gains. This compares points of different parties, so it means something only where they are
       comparable.
    """
    who, gains, shares = _standing(points, disagreement)
    total = gains.sum(axis=1)
    return _winners(points, who, shares, total >= total.max(initial=0.0) * (1 - TIE))


def raiffa(points: Points, disagreement: Points) -> Indices:
    """Choose by sequential midpoints: H. Raiffa, "Arbitration schemes for generalized two-person games" (1953).

    1. Start from the disagreement point, d.
    2. Each party in turn names its best among the packages that give everybody at least d; the average of these wishes, d +
       (ideal
       - d) / P, is the interim settlement and becomes d.
    3. Repeat while a package gives everybody at least d. Packages are lumps, so unlike in Raiffa's convex set the midpoint
       may lie beyond all of them: then the last packages that were still possible compete by leximin of their shares of the
       ideal gain over the last d (the rule of `kalai_smorodinsky`).

    Scale-invariant. For two parties and a convex set this is his discrete solution.
    """
    who, gains, shares = _standing(points, disagreement)
    if not who.size:
        return who
    level = np.zeros(gains.shape[1])
    alive = np.ones(len(who), dtype=np.bool_)
    while True:
        ideal = gains[alive].max(axis=0)
        beyond = level + (ideal - level) / len(level)
        left = alive & (gains >= beyond).all(axis=1)
        if not left.any() or (beyond <= level).all() or (gains[left] == ideal).all():
            break
        alive, level = left, beyond
    reach = np.where(ideal > level, ideal - level, np.inf)
    rest = _leximin(np.where(np.isinf(reach), 1.0, (gains[alive] - level) / reach), TIE)
    best = np.zeros(len(who), dtype=np.bool_)
    best[np.flatnonzero(alive)[rest]] = True
    return _winners(points, who, shares, best)


def product(gains: Points) -> Points:
    """The product of gains (P, F, D), which the Nash solution makes largest: shape (F, D)."""
    return np.asarray(gains.prod(axis=0))


def least_share(gains: Points) -> Points:
    """The least share of the ideal gain in gains (P, F, D), which Kalai-Smorodinsky makes largest: shape (F, D)."""
    rational = (gains >= -SLACK).all(axis=0)
    ideal = np.where(rational, gains, 0.0).max(axis=1, keepdims=True)
    return np.asarray(np.divide(gains, ideal, out=np.ones_like(gains), where=ideal > 0.0).min(axis=0))


@dataclass(frozen=True, slots=True, eq=False)
class BargainingSolution:
    """A line of the table: `name` in answers, and `choose`, its winners among packages.

    `mark` is the shape by which pictures show it, as Vega-Lite names shapes. `comparable` says that it compares points of two
    parties. `mix` gives its lottery, where there is one. `score` is the one number that it makes largest, from gains (P, F, D),
    where it is one; so its choice can be made anew in each of D draws.
    """

    name: str
    choose: Callable[[Points, Points], Indices]
    mark: str
    comparable: bool = False
    mix: Callable[[Points, Points], Points] | None = None
    score: Callable[[Points], Points] | None = None

    @property
    def word(self) -> str:
        """Its name as people type it."""
        return self.name.replace("_", "-")


SOLUTIONS = (
    BargainingSolution("nash", nash, "diamond", mix=lottery.nash, score=product),
    BargainingSolution("kalai_smorodinsky", kalai_smorodinsky, "square", mix=lottery.kalai_smorodinsky, score=least_share),
    BargainingSolution("raiffa", raiffa, "cross"),
    BargainingSolution("egalitarian", egalitarian, "triangle-up", comparable=True, mix=lottery.egalitarian),
    BargainingSolution("utilitarian", utilitarian, "triangle-down", comparable=True),
)
"""All bargaining solutions. Whoever shows, draws or takes one asks this table."""


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """Who keeps how much: `first` (n,) is the first party's share of each issue; `values` are in the parties' own points."""

    first: Points
    values: tuple[float, float]


def adjusted_winner(first: Points, second: Points) -> Division:
    """Divide issues so that nobody envies, nothing is wasted and both get the same (Brams & Taylor, Fair Division, 1996).

    `first`, `second` (n,): the points that each party lays on winning each issue, not negative; each party's total counts as one.

    1. Each issue goes to whoever lays the larger share of its points on it; equal ones to the first party for now.
    2. The party that is ahead hands over issues in ascending order of its points / the other's, where it cares least in
       relation.
    3. The issue that would turn the lead is split so that both get the same share of their own points.
    """
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError(f"shapes {first.shape}, {second.shape}: not (issues,)")
    if not (np.isfinite(first).all() and np.isfinite(second).all() and (first >= 0).all() and (second >= 0).all()):
        raise ValueError("points not finite or negative")
    if first.sum() == 0 or second.sum() == 0:
        raise ValueError("no points laid")
    bids = np.stack([first / first.sum(), second / second.sum()])
    keeps = np.where(bids[0] >= bids[1], 1.0, 0.0)
    shares = np.stack([keeps, 1.0 - keeps])
    totals = (shares * bids).sum(axis=1)
    ahead = int(totals[1] > totals[0])
    behind = 1 - ahead
    lots = np.flatnonzero((shares[ahead] > 0) & (bids[behind] > 0))
    for issue in lots[np.argsort(bids[ahead, lots] / bids[behind, lots], kind="stable")]:
        lead = totals[ahead] - totals[behind]
        part = min(1.0, lead / (bids[ahead, issue] + bids[behind, issue]))
        shares[:, issue] = np.where(np.arange(2) == ahead, 1.0 - part, part)
        totals = (shares * bids).sum(axis=1)
        if part < 1.0:
            break
    return Division(shares[0], (float(shares[0] @ first), float(shares[1] @ second)))


def _check(points: Points, disagreement: Points) -> None:
    if points.ndim != 2 or disagreement.shape != points.shape[1:]:  # noqa: PLR2004 (packages, parties)
        raise ValueError(f"shapes {points.shape}, {disagreement.shape}: not (F, P) and (P,)")
    if not (np.isfinite(points).all() and np.isfinite(disagreement).all()):
        raise ValueError("values not finite")


def _standing(points: Points, disagreement: Points) -> tuple[Indices, Points, Points]:
    """Find who stands for election: indices (N,), gains (N, P), and shares of the ideal gain for the parties that have one."""
    who = np.flatnonzero(individually_rational(points, disagreement))
    gains = points[who] - disagreement
    ideal = gains.max(axis=0, initial=0.0)
    hopeful = ideal > 0
    return who, gains, gains[:, hopeful] / ideal[hopeful]


def _leximin(rows: Points, tie: float) -> NDArray[np.bool_]:
    """Mark the rows (N, P) whose sorted entries are largest from the least entry on."""
    alive = np.ones(len(rows), dtype=np.bool_)
    for column in np.sort(rows, axis=1).T:
        alive &= column >= column[alive].max(initial=-np.inf) - tie
    return alive


def _winners(points: Points, who: Indices, shares: Points, best: NDArray[np.bool_]) -> Indices:
    """Order the winners by the tie rule; where rounding made a dominated package tie with what dominates it, drop it."""
    at = np.flatnonzero(best)
    at = at[_efficient(points[who[at]])]
    values = points[who[at]]
    ascending = np.round(np.sort(shares[at], axis=1), 12)
    keys = np.concatenate([ascending, values], axis=1)
    return who[at[np.lexsort(-keys.T[::-1])]]


def _efficient(values: Points) -> NDArray[np.bool_]:
    """Mark the rows (N, P) that no other dominates."""
    rows, place = np.unique(values, axis=0, return_inverse=True)
    keep = np.zeros(len(rows), dtype=np.bool_)
    keep[len(rows) - 1 - undominated(rows[::-1].T)] = True
    return keep[place]
