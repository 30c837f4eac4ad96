"""Bargaining solutions over lotteries: shares of packages whose expected values each theory of a fair deal chooses.

The theories assume that what can be had is convex, as it is when packages may be drawn by lot. Common to all here:

- `points` (F, P) are the values of F packages for P parties, `disagreement` (P,) what each has without a deal; the answer is the
  share (F,) of each package. Shares sum to 1; they are all zero where no lottery gives every party its disagreement value.
- What must reach the disagreement values is the expectation. A package below them for some party may be part of a lottery.
- A party's ideal gain is the largest expected gain over the lotteries that give everybody the disagreement value. A party whose
  ideal gain is zero is nobody's reason for a choice, but keeps its disagreement value.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

GAP = 1e-9
"""How far a solution may be from the largest value: of the logarithm of the product per party, of the least share."""
NEGLIGIBLE = 1e-9
"""Smaller shares are left out."""
SLACK = 1e-9
"""Gains are zero below this share of the party's largest gain or loss."""
ROUNDS = 300
NEWTON = 30
TANGENTS = 24
TOLERANCES = (1e-10, 1e-9, 1e-7)


class _Best(NamedTuple):
    """What a linear program finds: the columns, the value of its goal, and the price of each of its limits."""

    x: Points
    value: float
    prices: Points


def _over_corners(solve: Callable[[Points, Points], Points]) -> Callable[[Points, Points], Points]:
    """Let two parties' lotteries mix only the corners of what can be had, which suffice."""

    @wraps(solve)
    def over_corners(points: Points, disagreement: Points) -> Points:
        if points.shape[1] != 2:  # noqa: PLR2004 (two parties)
            return solve(points, disagreement)
        corners = _corners(points)
        shares = np.zeros(len(points))
        shares[corners] = solve(points[corners], disagreement)
        return shares

    return over_corners


def _corners(points: Points) -> NDArray[np.intp]:
    """The corners of the upper hull of two parties' points, by rising first value (A. Andrew, 1979)."""
    order = np.lexsort((points[:, 1], points[:, 0]))
    chain: list[int] = []
    for k in order.tolist():
        x, y = points[k]
        while chain and points[chain[-1], 0] == x:
            chain.pop()
        while len(chain) > 1:
            (ax, ay), (bx, by) = points[chain[-2]], points[chain[-1]]
            if (bx - ax) * (y - ay) < (by - ay) * (x - ax):
                break
            chain.pop()
        chain.append(k)
    return np.array(chain, dtype=np.intp)


@_over_corners
def nash(points: Points, disagreement: Points) -> Points:
    """Shares whose expected gains have the largest product: J. Nash, "The bargaining problem", Econometrica 18 (1950).

    1. Where some party cannot gain, the product is that of the parties who can. 2. Maximise the sum of logarithms by cutting
    planes (J. Kelley, SIAM 8, 1960): each logarithm lies below its tangents, so a linear program over the packages met so far
    gives the next lottery; the package that its prices like best joins. 3. Stop where no package's mean of gain over expected
    gain exceeds 1 by more than 1e-9, which bounds the logarithm of the product by that gap times P.
    """
    gain, least = _gains(points, disagreement)
    shares = np.zeros(len(points))
    if least is None:
        return shares
    ideals = [_largest(gain, gain[:, p], least) for p in range(gain.shape[1])]
    can = np.array([float(gain[:, p] @ w) > SLACK for p, w in enumerate(ideals)])
    start = np.mean([w for w, able in zip(ideals, can, strict=True) if able] or ideals[:1], axis=0)
    return _cleaned(_largest_product(gain, can, start, least) if can.any() else start)


@_over_corners
def kalai_smorodinsky(points: Points, disagreement: Points) -> Points:
    """Shares with the largest least share of the ideal gain, a linear program: Kalai & Smorodinsky, Econometrica 43 (1975)."""
    gain, least = _gains(points, disagreement)
    if least is None:
        return np.zeros(len(points))
    ideal = np.array([float(gain[:, p] @ _largest(gain, gain[:, p], least)) for p in range(gain.shape[1])])
    able = ideal > SLACK
    if not able.any():
        return _cleaned(_largest(gain, gain.sum(axis=1), least))
    return _cleaned(_largest_least(gain[:, able] / ideal[able], gain[:, ~able], least))


@_over_corners
def egalitarian(points: Points, disagreement: Points) -> Points:
    """Shares with the largest least gain, where points may be compared between parties: E. Kalai, Econometrica 45 (1977)."""
    gain, least = _gains(points, disagreement)
    if least is None:
        return np.zeros(len(points))
    height = points - disagreement
    return _cleaned(_largest_least(height / (np.abs(height).max() or 1.0), gain, least))


def reaches(groups: Sequence[Points], floor: Points) -> bool:
    """Tell whether some lottery over the sums of one choice from every group (n_g, P) gives each party its `floor` (P,).

    1. The best lottery over the packages met so far has a largest least gain, and its prices say how much each party counts.
    2. The package worth most at these prices takes from each group its best choice. 3. Where it brings no more than the lottery,
    no lottery does better; else it joins.
    """
    size = np.maximum(np.abs(np.array([np.abs(group).max(axis=0) for group in groups])).sum(axis=0) + np.abs(floor), 1e-290)
    rows = np.zeros((0, len(floor)))
    prices = 1.0 / size
    for _ in range(ROUNDS):
        best = sum((group[int((group @ prices).argmax())] for group in groups), np.zeros(len(floor))) - floor
        rows = np.vstack([rows, best / size])
        _, level, weights = _level(rows, np.zeros((len(rows), 0)), 0.0)
        if level >= -SLACK:
            return True
        prices = weights / size
        most = sum(float((group @ prices).max()) for group in groups) - float(floor @ prices)
        if most < -SLACK or most <= level + SLACK**2:
            return False
    return False


def _gains(points: Points, disagreement: Points) -> tuple[Points, float | None]:
    """Gains in shares of each party's largest gain or loss, and what every lottery must bring each; None where none can."""
    gain = points - disagreement
    size = np.abs(gain).max(axis=0, initial=0.0)
    gain = gain / np.where(size > 0.0, size, 1.0)
    if not len(gain):
        return gain, None
    if (gain >= 0.0).all(axis=1).any():
        return gain, 0.0
    _, level, _ = _level(gain, gain[:, :0], 0.0)
    return gain, None if level < -SLACK else min(level, 0.0)


def _largest(gain: Points, goal: Points, least: float) -> Points:
    """The lottery with the largest goal (F,) of those that bring each party at least `least`."""
    packages, parties = gain.shape
    rows, most = -gain.T, np.full(parties, -least + SLACK * 1e-3)
    return _program(-goal, rows, most, np.ones((1, packages)), [(0.0, None)] * packages).x


def _level(height: Points, others: Points, least: float) -> tuple[Points, float, Points]:
    """The lottery whose least expected height is largest while the others get `least`; that height; each party's price."""
    packages, parties = height.shape
    rows = np.vstack([np.hstack([-height.T, np.ones((parties, 1))]), np.hstack([-others.T, np.zeros((others.shape[1], 1))])])
    most = np.append(np.zeros(parties), np.full(others.shape[1], -least + SLACK * 1e-3))
    one = np.append(np.ones(packages), 0.0)[None]
    best = _program(np.append(np.zeros(packages), -1.0), rows, most, one, [*[(0.0, None)] * packages, (None, None)])
    return best.x[:-1], -best.value, best.prices[:parties]


def _largest_least(height: Points, others: Points, least: float) -> Points:
    """Maximise the least expected height; of the optima, one with the largest sum of heights, so that nothing is wasted."""
    packages, parties = height.shape
    _, level, _ = _level(height, others, least)
    rows = np.vstack([-height.T, -others.T])
    most = np.append(np.full(parties, GAP - level), np.full(others.shape[1], -least + SLACK * 1e-3))
    best = _program(-height.sum(axis=1), rows, most, np.ones((1, packages)), [(0.0, None)] * packages)
    return best.x


def _largest_product(gain: Points, can: NDArray[np.bool_], start: Points, least: float) -> Points:
    """The steps of `nash`, from a lottery that brings each party that can gain something."""
    mine, others = gain[:, can], gain[:, ~can]
    parties = mine.shape[1]
    shares, x = start, start @ mine
    tangents = [np.append(mine[:, p].max() * 0.5 ** np.arange(TANGENTS), x[p]) for p in range(parties)]
    active = np.unique(np.append(np.flatnonzero(start > NEGLIGIBLE), (mine / x).sum(axis=1).argmax()))
    for _ in range(ROUNDS):
        some, prices, extra = _below_tangents(mine[active], others[active], tangents, least)
        some = some if others.shape[1] else _polished(mine[active], some)
        shares = np.zeros(len(gain))
        shares[active] = some
        x = np.maximum(shares @ mine, SLACK)
        tangents = [np.unique(np.append(at, value)) for at, value in zip(tangents, x, strict=True)]
        worth = mine @ (1.0 / x) + others @ extra
        if worth.max() <= parties * (1.0 + GAP):
            break
        wider = np.unique(np.concatenate([active, [worth.argmax(), (mine @ prices + others @ extra).argmax()]]))
        active = wider
    return shares


def _below_tangents(mine: Points, others: Points, tangents: Sequence[Points], least: float) -> tuple[Points, Points, Points]:
    """The lottery with the largest sum of the least tangents of each party's logarithm; the prices of both kinds of parties."""
    packages, parties = mine.shape
    rows, most = [], []
    for p, at in enumerate(tangents):
        height = np.zeros((len(at), parties))
        height[:, p] = 1.0
        rows.append(np.hstack([-mine[:, p] / at[:, None], height]))
        most.append(np.log(at) - 1.0)
    rows.append(np.hstack([-others.T, np.zeros((others.shape[1], parties))]))
    most.append(np.full(others.shape[1], -least + SLACK * 1e-3))
    one = np.append(np.ones(packages), np.zeros(parties))[None]
    goal = np.append(np.zeros(packages), -np.ones(parties))
    best = _program(goal, np.vstack(rows), np.concatenate(most), one, [*[(0.0, None)] * packages, *[(None, None)] * parties])
    marginals = np.split(best.prices, np.cumsum([len(at) for at in tangents]))
    prices = np.array([float((dual / at).sum()) for dual, at in zip(marginals, tangents, strict=False)])
    return best.x[:packages], prices, marginals[-1]


def _polished(mine: Points, shares: Points) -> Points:
    """The same lottery nearer to the largest product, by Newton's method on the packages that it draws from."""
    support = np.flatnonzero(shares > NEGLIGIBLE)
    g, w = mine[support], shares[support] / shares[support].sum()
    for _ in range(NEWTON):
        x = w @ g
        if (x <= 0.0).any():
            return shares
        side = np.ones((len(w), 1))
        matrix = np.block([[(g / x) @ (g / x).T, side], [side.T, np.zeros((1, 1))]])
        step = np.linalg.lstsq(matrix, np.append((g / x).sum(axis=1), 0.0), rcond=None)[0][:-1]
        if not np.isfinite(step).all() or (w + step < 0.0).any():
            return shares
        w = w + step
        if np.abs(step).max() < GAP**2:
            break
    result = np.zeros(len(shares))
    result[support] = w
    return result


def _cleaned(shares: Points) -> Points:
    """Shares without the negligible ones."""
    shares = np.where(shares >= NEGLIGIBLE, shares, 0.0)
    return np.asarray(shares / shares.sum())


def _program(goal: Points, rows: Points, most: Points, one: Points, bounds: Sequence[tuple[float | None, float | None]]) -> _Best:
    """Minimise goal @ x with rows @ x <= most and one @ x = 1."""
    from scipy.optimize import linprog

    for fine in TOLERANCES:
        options = {"primal_feasibility_tolerance": fine, "dual_feasibility_tolerance": fine}
        best = linprog(goal, A_ub=rows, b_ub=most, A_eq=one, b_eq=[1.0], bounds=bounds, options=options)  # type: ignore[call-overload] # a dict of its options
        if best.status == 0:
            return _Best(np.asarray(best.x), float(best.fun), -np.asarray(best.ineqlin.marginals))
    msg = f"the linear program of a lottery over {rows.shape[1]} packages failed: {best.message}"
    raise ArithmeticError(msg)
