"""The heart: where to start. The most substantive swap that passes all gates, or the nearest miss and what binds it.

Candidates are filtered by the gates BEFORE any thought of dominance: the small swap that a grand deal dominates, but that the
grand deal's failure at home leaves standing, is exactly what is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals import gates, swaps
from summitry.deals.gates.gate import Subject
from summitry.deals.search import search
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.deals.gates import Verdict
    from summitry.deals.gates.gate import Change
    from summitry.deals.search import Searched
    from summitry.model import Model


MOST_ORDERS = 400
"""How many accepted and ratified swaps are put in order at most; how many were is told with the answer."""
SHOWN = 5
EQUAL = 1e-9
NEAR = 8
"""How many of the likeliest are put in order to find the nearest miss."""


@dataclass(frozen=True, slots=True)
class RungResult:
    """Where to start: the most substantive swap that passes all gates, or the nearest miss; and how many were looked at.

    `candidates` says which set was searched, `considered` how many swaps it holds, `ratified` how many of them all
    accept and ratify often enough, `ordered` how many of these, the most substantive that no screen rules out,
    were put in order (or ruled out by a bound on their load alone), `passing` how many of those pass all gates. `failing`
    counts, by gate, the first gate at which candidates failed. `flips` are single inputs whose
    change flips the answer.
    """

    principal: str
    deliverable: str | None
    best: Verdict | None
    nearest: Verdict | None
    others: tuple[Verdict, ...]
    candidates: Reason
    considered: int
    ratified: int
    ordered: int
    passing: int
    failing: dict[str, int]
    flips: tuple[Change, ...]

    @property
    def chosen(self) -> Verdict | None:
        """The swap to start with, or the nearest miss where nothing passes."""
        return self.best or self.nearest


@dataclass(frozen=True, slots=True)
class _Tests:
    """The swaps that were tested one by one, by place.

    `shares` tells how far each came by gate, up to the first that is closed; `loads` are those of the swaps that pass, in the
    order in which they were tested; `failing` counts first closed gates; `others` are a few that ask for something else.
    """

    shares: dict[int, dict[str, float]] = field(default_factory=dict)
    loads: dict[int, float] = field(default_factory=dict)
    failing: dict[str, int] = field(default_factory=dict)
    others: list[int] = field(default_factory=list)

    def passes(self, k: int, subject: Subject) -> bool:
        """Test one swap, and keep what was found."""
        self.shares[k], closed = _shares(subject)
        if closed:
            self.failing[closed] = self.failing.get(closed, 0) + 1
            return False
        self.loads[k] = subject.load
        return True


def first_rung(
    model: Model,
    principal: str,
    deliverable: tuple[str, str] | None = None,
    pool: Searched | None = None,
) -> RungResult:
    """The first rung for `principal`, of any deliverable or of one (issue, option).

    1. Form the candidates. 2. Keep those that no gate's screen closes: that all accept and ratify in enough draws, and that the
    horizon does not rule out. 3. From the most substantive down, test them one by one at the other gates (the order of least load
    for trust), until one is found that passes, and a few that ask for something else. 4. Best: most substance, then fewest moves
    where a deliverable is asked for, then least load, then largest joint probability. 5. Where none passes, the nearest miss: the
    largest least of joint probability over need, 1 / load, the horizon over the fewest days, and so on for every gate.
    """
    p = model.party(principal)
    pool = search(model, principal, deliverable) if pool is None else pool
    worth, both = pool.substance[:, p], pool.both
    moves = (pool.packages > 0).sum(axis=1)
    failing, passing = _screened(model, pool)
    size = moves if deliverable is not None else np.zeros_like(moves)
    passing = passing[np.lexsort((-both[passing], size[passing], -np.round(worth[passing], 9)))]
    tests = _run_tests(model, pool.packages, passing, np.round(worth, 9), size, p)
    best = None
    if tests.loads:
        top = next(iter(tests.loads))
        level = [k for k in tests.loads if worth[k] >= worth[top] - EQUAL and size[k] == size[top]]
        lightest = min(level, key=lambda k: (tests.loads[k], -both[k]))
        best = gates.judge(model, pool.packages[lightest], title=reason("rung.title.best"))
    return RungResult(
        principal=principal,
        deliverable=None if deliverable is None else ".".join(deliverable),
        best=best,
        nearest=None if best else _nearest(model, pool, tests.shares),
        others=tuple(gates.judge(model, pool.packages[k], title=reason("rung.title.other")) for k in tests.others),
        candidates=pool.scope,
        considered=len(pool.packages),
        ratified=int((gates.screened(model, pool, by_draw=True) >= 1.0).sum()),
        ordered=len(tests.shares),
        passing=len(tests.loads),
        failing={name: count + tests.failing.get(name, 0) for name, count in failing.items()},
        flips=() if best is None else gates.flips(model, model.row(best.moves)),
    )


def _screened(model: Model, pool: Searched) -> tuple[dict[str, int], NDArray[np.int64]]:
    """How many candidates each gate's screen is the first to close, and which ones none closes."""
    left = np.ones(len(pool.packages), dtype=np.bool_)
    failing: dict[str, int] = {}
    for kind in gates.GATES:
        if not kind.formed:
            short = np.zeros_like(left) if kind.screen is None else left & (kind.screen(model, pool) < 1.0)
            failing[kind.name] = int(short.sum())
            left &= ~short
    return failing, np.flatnonzero(left)


def _run_tests(
    model: Model,
    packages: NDArray[np.int64],
    passing: NDArray[np.int64],
    worth: NDArray[np.float64],
    size: NDArray[np.int64],
    principal: int,
) -> _Tests:
    """The swaps that had to be tested, and the first few others that pass and ask for something else.

    `passing` runs from the best down; of equals the likeliest comes first. Until one passes all are tested; then its equals, of
    which the least load decides (one of no load cannot be beaten); then one for each further thing that is asked for.
    """
    theirs = model.giver[:, model.side != model.side[principal]].any(axis=1)
    tests, first_with, best = _Tests(), dict[bytes, int](), -1
    for k in passing.tolist():
        ask = packages[k][theirs].tobytes()
        deciding = best < 0 or (worth[k] == worth[best] and size[k] == size[best] and tests.loads[best] > swaps.SLACK)
        if len(tests.shares) == MOST_ORDERS or (not deciding and len(first_with) > SHOWN):
            break
        if (deciding or ask not in first_with) and tests.passes(k, Subject(model, packages[k])):
            first_with.setdefault(ask, k)
            if best < 0 or (deciding and tests.loads[k] < tests.loads[best]):
                best = k
    others = [k for k in first_with.values() if (packages[k][theirs] != packages[best][theirs]).any()]
    tests.others.extend(others[:SHOWN])
    return tests


def _shares(subject: Subject) -> tuple[dict[str, float], str]:
    """How far a swap comes at the gates that its screens do not decide, up to the first that is closed, and that one's name."""
    shares: dict[str, float] = {}
    for kind in gates.GATES:
        if not kind.by_draw and not kind.formed:
            shares[kind.name] = kind.quick_share(subject)
            if shares[kind.name] < 1.0:
                return shares, kind.name
    return shares, ""


def _nearest(model: Model, pool: Searched, known: dict[int, dict[str, float]]) -> Verdict | None:
    """The swap that comes closest; of those that no sampling tells apart from it, the one with the fewest moves.

    Looked at: those that come furthest by the screens, and all that were tested. Where a gate has no screen, its share counts.
    """
    near = gates.screened(model, pool)
    order = np.array(list(dict.fromkeys([*known, *np.argsort(-near, kind="stable")[:NEAR].tolist()])), dtype=np.int64)
    if not len(order):
        return None
    score = near[order].copy()
    for at, k in enumerate(order.tolist()):
        subject = Subject(model, pool.packages[k])
        for kind in gates.GATES:
            if kind.screen is None and not kind.formed:
                share = known.get(k, {}).get(kind.name)
                score[at] = min(score[at], kind.share_of(subject) if share is None else share)
    error = 2.0 * np.sqrt(0.25 / max(model.draws, 1)) / model.settings.joint
    close = order[score >= score.max() - error]
    moves = (pool.packages[close] > 0).sum(axis=1)
    best = pool.packages[close[int(np.lexsort((-near[close], moves))[0])]]
    return gates.judge(model, best, title=reason("rung.title.nearest"), opens=True)
