"""Whether all accept: every party gains, in one draw, often enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.deals import swaps
from summitry.deals.gates.gate import Change, Gate, GateKind, up
from summitry.interests.home import ROUNDING
from summitry.kernels.halving import least_share
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.deals.gates.gate import Subject
    from summitry.model import Model

TRACE = 0.01


def test(subject: Subject) -> Gate:
    """P(all accept) beside what the case asks for; those block who accept less often than that, or else the least willing."""
    model, chances = subject.drawn, subject.chances
    needed, score = model.settings.joint, float(chances.all_accept.mean())
    chance = chances.accepted.mean(axis=1)
    order = np.argsort(chance, kind="stable")
    passed = subject.passes(score)
    why = reason(
        "gate.accept.why" if passed is not None else "gate.accept.near",
        score=score,
        needed=needed,
        draws=model.draws,
        chances={model.parties[p]: float(chance[p]) for p in order.tolist()},
        slipping=tuple(model.parties[p] for p in order.tolist() if 0.0 < chance[p] <= model.answers.luck[p] + TRACE),
        own=tuple(model.parties[p] for p in order.tolist() if chance[p] >= 1.0 and np.isfinite(model.answers.offers[p]).all()),
        certain=tuple(model.parties[p] for p in order.tolist() if _rests_on_a_number(model, p, float(chance[p]))),
    )
    short = [p for p in order.tolist() if chance[p] < needed] or [int(np.argmin(chance))]
    return Gate(
        "accept", passed, score, needed, () if passed else tuple(model.parties[p] for p in short), why, near=passed is None
    )


def _rests_on_a_number(model: Model, p: int, chance: float) -> bool:
    """Whether a chance near 0 or 1 rests on a no-deal value that is stated without a range."""
    return bool(model.answers.by_no_deal[p] and not TRACE < chance < 1.0 - TRACE and np.ptp(model.reserve_drawn[p]) == 0.0)


def openings(subject: Subject) -> Iterator[Change]:
    """One issue moved, where that suffices, and how much more the whole must be worth to those who are unwilling."""
    needed = subject.model.settings.joint
    if subject.chances.all_accept.mean() < needed:
        yield from _moved(subject, needed)
        yield from worth_more(subject, needed, "accept")


def flips(subject: Subject) -> Iterator[tuple[float, Change]]:
    """How far what each party says yes from may rise before the joint chance no longer suffices, beside its stated range."""
    model, chances = subject.drawn, subject.chances
    needed = model.settings.joint
    ratified = chances.ratified.all(axis=0)
    for p, party in enumerate(model.parties):
        others = ratified & np.delete(chances.accepted, p, axis=0).all(axis=0)
        room = _kth(chances.margin[p][others], needed, model.draws)
        if room is not None and 0.0 <= room < np.inf:
            low, high = np.quantile(model.answers.aspiration[p], (0.05, 0.95))
            before = float(model.answers.aspiration[p].mean())
            after, kind = before + room, "reservation" if model.answers.by_no_deal[p] else "aspiration"
            what = reason(f"change.{kind}", party=party, before=before, after=after, inside=bool(after <= high))
            yield room / max(high - low, 1e-9), Change("accept", what, reason("effect.falls", needed=needed))


def _moved(subject: Subject, needed: float) -> Iterator[Change]:
    """One issue moved to another option so that all accept: the fewest options away, then the likeliest to be accepted."""
    model, package = subject.drawn, subject.package
    near = swaps.lawful(model, swaps.neighbours(model, package[None, :]))
    if not len(near):
        return
    yes = swaps.agreed(model, swaps.design(model, near)).mean(axis=1)
    enough = np.flatnonzero(yes >= needed)
    if not enough.size:
        return
    best = enough[int(np.lexsort((-yes[enough], np.abs(near[enough] - package).sum(axis=1)))[0])]
    i = int(np.flatnonzero(near[best] != package)[0])
    before, after = (model.label(int(model.first[i] + row[i])) for row in (package, near[best]))
    what = reason("change.option", issue=model.issues[i], before=before, after=after)
    yield Change("accept", what, reason("effect.accept", chance=float(yes[best])))


def worth_more(subject: Subject, needed: float, gate: str) -> Iterator[Change]:
    """By how many of its own points each party falls short of all accepting (and, for ratify, all ratifying) often enough."""
    model, chances = subject.drawn, subject.chances
    holds = np.asarray(chances.ratified.all(axis=0)) if gate == "ratify" else np.ones(model.draws, dtype=np.bool_)
    shift = lift(chances.margin, holds, needed)
    if shift is None:
        return
    short = [p for p in range(len(model.parties)) if shift[p] > 0.0]
    mean = model.means(subject.package[None, :])[0]
    what = reason(
        "change.value",
        before={model.parties[p]: float(mean[p]) for p in short},
        after={model.parties[p]: up(float(mean[p]) + float(shift[p])) for p in short},
    )
    yield Change(gate, what, reason(f"effect.{gate}", chance=needed))


def lift(margin: NDArray[np.float64], holds: NDArray[np.bool_], needed: float) -> NDArray[np.float64] | None:
    """By how much each party's margin (P, D) must rise so that all reach 0, while `holds` (D,), in a share `needed` of draws.

    All are lifted to the same chance of reaching it, the least at which the joint chance suffices. None where `holds` is too
    rare.
    """
    rising = [np.sort(own[np.isfinite(own)]) for own in margin]  # no value changes an answer by slip

    def shift(level: float) -> NDArray[np.float64]:
        return np.array([max(0.0, -float(own[int((own.size - 1) * (1.0 - level))])) for own in rising])

    def enough(level: float) -> bool:
        return bool(((margin + shift(level)[:, None] >= -ROUNDING).all(axis=0) & holds).mean() >= needed)

    return shift(least_share(enough, 40)) if enough(1.0) else None


def _kth(margin: NDArray[np.float64], needed: float, draws: int) -> float | None:
    """The margin that at least a share `needed` of all `draws` reach, or None where too few draws are left."""
    k = int(np.ceil(needed * draws - 1e-9))
    return float(np.sort(margin)[::-1][k - 1]) if 0 < k <= margin.size else None


GATE = GateKind(
    "accept",
    test,
    openings=openings,
    flips=flips,
    screen=lambda model, pool: pool.everyone / model.settings.joint,
    by_draw=True,
    place=1,
)
