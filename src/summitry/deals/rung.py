"""The heart: where to start. The swap that serves the principal most among those that pass all gates, or the nearest miss.

Candidates are filtered by the gates BEFORE any thought of dominance: the small swap that a grand deal dominates, but that the
grand deal's failure at home leaves standing, is exactly what is looked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals import gates, swaps
from summitry.deals.candidates import count, joined, search, searched
from summitry.deals.gates import Verdict
from summitry.deals.gates.gate import Subject
from summitry.deals.outcomes import chances, substance
from summitry.deals.purpose import Purpose, purpose_of
from summitry.reasons import Reason, reason
from summitry.sequence import orders

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from summitry.deals.candidates import Searched
    from summitry.deals.gates.gate import Change, GateKind
    from summitry.model import Model


MOST_TESTS = 400
"""How many swaps are tested one by one at most; how many were is told with the answer."""
MOST_NEAR = 60_000
"""Changes of two options that are looked at around the best; where there are more, changes of one option only."""
FINALISTS = 12
"""How many of the best are compared on draws that chose none of them."""
COMPARED = 2
"""Doublings of the draws on which they are."""
CURVE = 5
EQUAL = 1e-9
AROUND = reason("search.around")
NEAR = 8
"""How many of the likeliest are put in order to find the nearest miss."""


@dataclass(frozen=True, slots=True)
class RungResult:
    """Where to start: the swap of the largest expected gain that passes all gates, or the nearest miss; how many were looked at.

    `others` are the curve of substance against chance: what passes, from the safest to the boldest. `rivals` are packages
    that the draws do not tell apart from `best`, which one seed may name as well as another. `unexposed` is the best that exposes
    nobody, where trust could not be tested. `candidates` says which set was searched, `considered` how many swaps it holds,
    `ratified` how many of them all accept and ratify often enough, `ordered` how many of these, the best that no screen rules
    out, were tested one by one, `passing` how many of those pass all gates. `failing` counts, by gate, the first gate at which
    candidates failed. `flips` are single inputs whose change flips the answer. `changed` says within how many changes of an
    option nothing better was found.
    `serves` names the sides among whom a mediator makes the least share of what each could expect as large as can be.
    """

    principal: str
    deliverable: str | None
    best: Verdict | None
    nearest: Verdict | None
    others: tuple[Verdict, ...]
    rivals: tuple[dict[str, str], ...]
    unexposed: Verdict | None
    candidates: Reason
    considered: int
    ratified: int
    ordered: int
    passing: int
    failing: dict[str, int]
    flips: tuple[Change, ...]
    changed: int
    serves: tuple[str, ...] = ()

    @property
    def chosen(self) -> Verdict | None:
        """The swap to start with, or the nearest miss where nothing passes."""
        return self.best or self.nearest


@dataclass(slots=True)
class _Tests:
    """The swaps that were tested one by one, each once: the first gate that is closed, "" where it passes them all."""

    model: Model
    closed: dict[bytes, str] = field(default_factory=dict)

    def passes(self, package: NDArray[np.int64]) -> bool:
        """Put one swap through all gates, up to the first that does not let it pass."""
        key = package.tobytes()
        if key not in self.closed:
            self.closed[key] = next(self._closed(Subject(self.model, package)), "")
        return not self.closed[key]

    @staticmethod
    def _closed(subject: Subject) -> Iterator[str]:
        for kind in gates.GATES:
            gate = kind.test(subject) if kind.by_draw or kind.formed else None
            if kind.quick_share(subject) < 1.0 if gate is None else gate.passed is False or gate.near:
                yield kind.name

    def count(self, name: str) -> int:
        """How many were first closed by a gate, "" for those that pass."""
        return sum(closed == name for closed in self.closed.values())

    def first(self, pool: Searched, order: Sequence[int], most: int = MOST_TESTS) -> int | None:
        """The first of an order that passes; None where none of the first `most` does."""
        return next((k for k in order[:most] if self.passes(pool.packages[k])), None)


def first_rung(
    model: Model,
    principal: str,
    deliverable: tuple[str, str] | None = None,
    pool: Searched | None = None,
) -> RungResult:
    """The first rung for `principal`, of any deliverable or of one (issue, option).

    1. Form the candidates. 2. Keep those that no gate's screen closes: that all accept and ratify in enough draws, and that the
    horizon does not rule out. 3. From the largest expected gain down, test them one by one at all gates, the chances on draws
    that chose nothing, until one passes. 4. Climb from it: no change of one or two options that passes the gates betters it.
    5. Compare the best few on fresh draws: the largest gain stands, those that cannot be told apart are named. Equal gains: most
    substance, then fewest moves. 6. Where none passes, the nearest miss: see `_nearest`.
    """
    p, tests = model.party(principal), _Tests(model)
    pool = search(model, principal, deliverable) if pool is None else pool
    fixed = None if deliverable is None else model.closure(model.row({deliverable[0]: deliverable[1]}))
    failing, passing = _screened(model, pool)
    purpose = _purpose(model, tests, principal, pool, passing)
    order = passing[_ranked(pool.packages[passing], purpose.score(pool.gains[passing]), pool.substance[passing, p])]
    first, nearest, rivals = tests.first(pool, order.tolist()), None, tuple[dict[str, str], ...]()
    row = None if first is None else pool.packages[first]
    if row is None and len(pool.packages):
        closest, rivals = _nearest(model, pool, purpose, fixed)
        nearest = _missed(model, closest)
        if nearest.passed:  # the draws of the search ruled it out, those of the gates do not
            row, nearest = closest, None
    changed, start, others = 2, None, tuple[Verdict, ...]()
    if row is not None:
        row, near, changed = _climbed(model, tests, row, purpose, fixed)
        everything = searched(model, joined([pool, near]), pool.scope)
        row, rivals = _compared(model, tests, row, everything, purpose, p)
        start, others = gates.judge(model, row, title=reason("rung.title.best")), _curve(model, tests, everything, p)
    return RungResult(
        principal=principal,
        deliverable=None if deliverable is None else ".".join(deliverable),
        best=start,
        nearest=nearest,
        others=others,
        rivals=rivals,
        unexposed=None if orders.trust_tested(model) else _unexposed(model, pool, order),
        candidates=pool.scope,
        considered=len(pool.packages),
        ratified=int((gates.screened(model, pool, by_draw=True) >= 1.0).sum()),
        ordered=len(tests.closed),
        passing=tests.count(""),
        failing={name: number + tests.count(name) for name, number in failing.items()},
        flips=() if start is None else gates.flips(model, model.row(start.moves)),
        changed=changed,
        serves=tuple(model.parties[k] for k in purpose.parties) if principal == model.mediator else (),
    )


def _purpose(model: Model, tests: _Tests, principal: str, pool: Searched, passing: NDArray[np.int64]) -> Purpose:
    """The purpose of the search; a mediator's asks for the most that each side could expect of what passes all gates."""
    if principal != model.mediator:
        return purpose_of(model, principal)
    most = np.zeros(len(model.parties))
    for p in range(len(model.parties)):
        best = tests.first(pool, passing[np.argsort(-pool.gains[passing, p], kind="stable")].tolist())
        most[p] = 0.0 if best is None else pool.gains[best, p]
    return purpose_of(model, principal, most)


def _ranked(packages: NDArray[np.int64], score: NDArray[np.float64], worth: NDArray[np.float64]) -> NDArray[np.int64]:
    """From the best down: the largest score, then most substance, then the fewest moves; of equals the first in order."""
    scale = max(1.0, float(np.abs(score).max(initial=0.0)))
    return np.lexsort(((packages > 0).sum(axis=1), -np.round(worth, 9), -np.round(score / scale, 9)))


def _screened(model: Model, pool: Searched) -> tuple[dict[str, int], NDArray[np.int64]]:
    """How many candidates each gate's screen is the first to close, and which ones none closes."""
    left = np.ones(len(pool.packages), dtype=np.bool_)
    failing: dict[str, int] = {}
    for kind in gates.GATES:
        if not kind.formed:
            short = np.zeros_like(left) if kind.screen is None else left & (kind.screen(model, pool) < least_screen(model, kind))
            failing[kind.name] = int(short.sum())
            left &= ~short
    return failing, np.flatnonzero(left)


def least_screen(model: Model, kind: GateKind) -> float:
    """From which share of what it needs on a gate's screen leaves a package open: 1, less three sampling errors of a chance."""
    return 1.0 - 1.5 / np.sqrt(max(model.draws, 1)) / model.settings.joint if kind.by_draw else 1.0


def unscreened(model: Model, pool: Searched) -> NDArray[np.bool_]:
    """Which packages no gate's screen closes for sure, shape (N,): their chances may be those of the draws that chose them."""
    left = np.ones(len(pool.packages), dtype=np.bool_)
    for kind in gates.GATES:
        if kind.screen is not None and not kind.formed:
            left &= kind.screen(model, pool) >= least_screen(model, kind)
    return left


def around(model: Model, package: NDArray[np.int64], fixed: NDArray[np.int64] | None = None) -> tuple[NDArray[np.int64], int]:
    """What differs from a package in one or two options, prerequisites added, itself left out; and how many options those are.

    Where the changes of two options are too many, those of one.
    """
    near = swaps.neighbours(model, package[None, :])
    changes = 1
    if len(near) * int((model.sizes - 1).sum()) <= 2 * MOST_NEAR:
        near, changes = np.unique(np.concatenate([near, swaps.neighbours(model, near)]), axis=0), 2
    rows = swaps.feasible(model, model.closure(near))
    keep = rows.any(axis=1) & (rows != package).any(axis=1)
    return rows[keep if fixed is None else keep & (rows >= fixed).all(axis=1)], changes


def near_by(model: Model, package: NDArray[np.int64], principal: str) -> tuple[Verdict | None, int]:
    """The best that passes all gates within one or two changes of a package, itself among them, and how many changes those are.

    The largest expected gain of the principal, for a mediator the largest least share; None where nothing there passes.
    """
    rows, changes = around(model, package)
    pool = searched(model, count(model, np.concatenate([package[None, :], rows])), AROUND)
    left = np.flatnonzero(unscreened(model, pool))
    tests = _Tests(model)
    score = _purpose(model, tests, principal, pool, left).score(pool.gains[left])
    best = tests.first(pool, left[_ranked(pool.packages[left], score, pool.substance[left, model.party(principal)])].tolist())
    return None if best is None else gates.judge(model, pool.packages[best], title=reason("rung.title.near")), changes


def _climbed(
    model: Model, tests: _Tests, start: NDArray[np.int64], purpose: Purpose, fixed: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], Searched, int]:
    """Where climbing from a swap ends, by changes of one or two options that pass all gates; what lies around it, how far."""
    best = start
    while True:
        rows, changes = around(model, best, fixed)
        pool = searched(model, count(model, np.concatenate([best[None, :], rows])), AROUND)
        score = purpose.score(pool.gains)
        scale = max(1.0, float(np.abs(score).max()))
        better = np.flatnonzero((score > score[0] + EQUAL * scale) & unscreened(model, pool))
        found = tests.first(pool, better[np.argsort(-score[better], kind="stable")].tolist(), len(better))
        if found is None:
            return best, pool, changes
        best = pool.packages[found]


def _compared(
    model: Model, tests: _Tests, best: NDArray[np.int64], pool: Searched, purpose: Purpose, p: int
) -> tuple[NDArray[np.int64], tuple[dict[str, str], ...]]:
    """The best few on draws that chose none of them: that of the largest gain, and those that these draws do not tell apart."""
    score = purpose.score(pool.gains)
    own = score[int(np.flatnonzero((pool.packages == best).all(axis=1))[0])]
    error = 2.0 * float(np.abs(score).max()) / np.sqrt(max(model.draws, 1))
    close = np.flatnonzero((score >= own - 2.0 * error) & unscreened(model, pool))
    close = close[_ranked(pool.packages[close], score[close], pool.substance[close, p])]
    _, first = np.unique(pool.packages[close], axis=0, return_index=True)
    some = [pool.packages[close[k]] for k in sorted(first.tolist())[:FINALISTS]]
    finalists = [best, *(row for row in some if (row != best).any() and tests.passes(row))]
    drawn = model.fresh(COMPARED)
    pays = np.array([purpose.drawn(drawn, row) for row in finalists])
    top = int(np.argmax(pays.mean(axis=1)))
    less = pays[top] - pays
    untold = less.mean(axis=1) <= 2.0 * less.std(axis=1) / np.sqrt(max(drawn.draws, 1))
    rows = np.array(finalists)
    worth = substance(model, rows)[:, p]
    equal = np.flatnonzero(less.mean(axis=1) <= EQUAL * max(1.0, float(np.abs(pays).max())))
    top = int(equal[_ranked(rows[equal], np.zeros(len(equal)), worth[equal])[0]])
    return finalists[top], tuple(model.named(finalists[k]) for k in np.flatnonzero(untold).tolist() if k != top)


def _curve(model: Model, tests: _Tests, pool: Searched, p: int) -> tuple[Verdict, ...]:
    """What passes, from the safest to the boldest: none has another one both likelier and of more substance beside it.

    START HERE stands among them where it is one of them.
    """
    worth, chance = np.round(pool.substance[:, p], 9), pool.both
    passing = np.flatnonzero(unscreened(model, pool) & (worth > 0.0))
    safe = tests.first(pool, passing[np.lexsort((-worth[passing], -np.round(chance[passing], 9)))].tolist())
    bold = tests.first(pool, passing[np.lexsort((-chance[passing], -worth[passing]))].tolist())
    if safe is None or bold is None:
        return ()
    between = passing[(worth[passing] > worth[safe]) & (worth[passing] < worth[bold])]
    picked = [safe]
    for level in np.linspace(worth[safe], worth[bold], CURVE)[1:-1].tolist():
        above = between[(worth[between] >= level) & (worth[between] > worth[picked[-1]])]
        found = tests.first(pool, above[np.lexsort((-worth[above], -np.round(chance[above], 2)))].tolist(), NEAR)
        picked += [] if found is None else [found]
    rows = [pool.packages[k] for k in dict.fromkeys([*picked, bold])]
    codes = ["safest", *["between"] * (len(rows) - 2), "boldest"][: len(rows)]
    return tuple(
        replace(gates.judge(model, row, title=reason(f"rung.title.{code}"), thorough=False), flips=gates.flips(model, row)[:1])
        for row, code in zip(rows, codes, strict=False)
    )


def _unexposed(model: Model, pool: Searched, order: NDArray[np.int64]) -> Verdict | None:
    """The best swap in which nobody is ever exposed, so that it needs no trust at all."""
    for k in order[:MOST_TESTS].tolist():
        if orders.unexposed(model, pool.packages[k]):
            return gates.judge(model, pool.packages[k], title=reason("rung.title.unexposed"))
    return None


def _nearest(
    model: Model, pool: Searched, purpose: Purpose, fixed: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], tuple[dict[str, str], ...]]:
    """The swap that comes closest: the largest least share of what each gate needs, 1 at most; then the next least, and so on.

    1. Of those looked at, those that come furthest by the screens and by a bound on their load, each tested at every gate, as
    long as another one might come closer. 2. Climb from the best: no change of one or two options comes closer. Ties: the largest
    expected gain. 3. Compare those that come about as close on fresh draws: of what these do not tell apart the fewest moves.
    """
    shares = _Shares(model)
    reach = np.minimum(gates.screened(model, pool), 1.0)
    order = np.lexsort((-purpose.score(pool.gains), -pool.everyone, -reach))
    row = pool.packages[shares.closest(pool, order, purpose)]
    while True:
        rows, _ = around(model, row, fixed)
        needed = min(model.settings.joint, float(chances(model, row).joint.mean()))  # else a screen hides what comes as close
        near = searched(model, count(model, np.concatenate([row[None, :], rows]), needed=needed), AROUND)
        reach = np.minimum(gates.screened(model, near), 1.0)
        at = shares.closest(near, np.lexsort((-purpose.score(near.gains), -reach)), purpose)
        if at == 0 or (near.packages[at] == row).all():
            return _settled(model, searched(model, joined([pool, near]), pool.scope), shares, row)
        row = near.packages[at]


def _missed(model: Model, package: NDArray[np.int64]) -> Verdict:
    """The verdict on what comes closest; without a closed gate it is no miss, only not told apart."""
    verdict = gates.judge(model, package, title=reason("rung.title.nearest"), opens=True)
    return verdict if verdict.closed else replace(verdict, title=reason("rung.title.untold"))


def _settled(
    model: Model, pool: Searched, shares: _Shares, row: NDArray[np.int64]
) -> tuple[NDArray[np.int64], tuple[dict[str, str], ...]]:
    """The nearest miss among those that come about as close on draws that chose none, and those that these do not tell apart."""
    needed, drawn = model.settings.joint, model.fresh(COMPARED)
    error = 2.0 * np.sqrt(0.25 / max(model.draws, 1)) / needed
    reach = np.minimum(gates.screened(model, pool), 1.0)
    own = reach[int(np.flatnonzero((pool.packages == row).all(axis=1))[0])]
    close = np.flatnonzero(reach >= own - 2.0 * error)
    close = close[np.argsort(-reach[close], kind="stable")]
    _, first = np.unique(pool.packages[close], axis=0, return_index=True)
    some = [pool.packages[close[k]] for k in sorted(first.tolist())[: 4 * FINALISTS]]
    finalists = [row, *(other for other in some if (other != row).any())]
    holds = np.array([chances(drawn, other).joint for other in finalists]).astype(np.float64)
    less = holds[int(np.argmax(holds.mean(axis=1)))] - holds
    untold = np.flatnonzero(less.mean(axis=1) <= 2.0 * less.std(axis=1) / np.sqrt(max(drawn.draws, 1)))
    moves = np.array([int((finalists[k] > 0).sum()) for k in untold])
    ranked = [finalists[k] for k in untold[np.lexsort((less[untold].mean(axis=1), moves))].tolist()]
    least = min(shares.of(row, 1.0))
    best = next((other for other in ranked if min(shares.of(other, 1.0)) >= least - EQUAL), row)
    return best, tuple(model.named(other) for other in ranked if (other != best).any())[:FINALISTS]


@dataclass(slots=True)
class _Shares:
    """How far swaps come at every gate, each worked out once."""

    model: Model
    known: dict[bytes, tuple[float, ...]] = field(default_factory=dict)

    def of(self, package: NDArray[np.int64], screens: float) -> tuple[float, ...]:
        """The shares of one swap from the least up, each 1 at most; `screens` is what the gates that screen leave of it."""
        key = package.tobytes()
        if key not in self.known:
            subject = Subject(self.model, package)
            kinds = [kind for kind in gates.GATES if not kind.formed and not kind.by_draw]
            self.known[key] = tuple(min(kind.share_of(subject), 1.0) for kind in kinds)
        return tuple(sorted([round(min(screens, 1.0), 9), *(round(share, 9) for share in self.known[key])]))

    def closest(self, pool: Searched, order: NDArray[np.int64], purpose: Purpose) -> int:
        """The swap of a pool whose shares are largest from the least up; of equals the one of the largest gain.

        By descending screens: none further down comes closer once the least share exceeds what the screens leave it.
        """
        screens = {
            kind.name: np.minimum(kind.screen(self.model, pool), 1.0)
            for kind in gates.GATES
            if kind.screen is not None and not kind.formed
        }
        by_draw = np.minimum.reduce([screens[kind.name] for kind in gates.GATES if kind.by_draw])
        reach = np.minimum.reduce(list(screens.values()))
        gain = purpose.score(pool.gains)
        best: tuple[tuple[float, ...], float] = ((-1.0,), 0.0)
        at = int(order[0])
        for k in order[:MOST_TESTS].tolist():
            if reach[k] < best[0][0] - EQUAL:
                break
            found = (self.of(pool.packages[k], float(by_draw[k])), round(float(gain[k]), 9))
            if found > best:
                best, at = found, k
        return at
