"""Attacks on a verdict: the smallest single change that opens a closed gate, and the single inputs whose change flips an answer.

A shift of one number is found in closed form: on the draws in which everything else holds, sort the margins; the k-th largest
is the shift at which a share k / D of all draws passes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from summitry.interests.home import ROUNDING, least_shift
from summitry.kernels.halving import least_share
from summitry.kernels.order import strain
from summitry.trade import horizon, steps, swaps
from summitry.trade.gates import Chances, chances
from summitry.trade.results import Change
from summitry.trade.trust import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from summitry.kernels.order import Order
    from summitry.model import Model

HALVINGS = 12


def openings(model: Model, package: NDArray[np.int64]) -> tuple[Change, ...]:
    """What it would take to open each closed gate, the other gates left as they are; `gate` names which.

    Accept: one issue moved, where that suffices, and how much more the whole must be worth to those who are unwilling. Ratify:
    by home, the laws in the way and the constituency whose smallest shift carries it; where every home alone is willing enough,
    the value that lifts the joint chance. Trust: the exposure to be borne, the gain, or the belief that is missing. Time: the day
    by which the quickest order is done.
    """
    drawn = chances(model, package)
    needed = model.case.file.settings.joint
    found: list[Change] = []
    if drawn.all_accept.mean() < needed:
        found += [*_shorter(model, package, needed), *_worth_more(model, package, drawn, needed, "accept")]
    if model.homes and drawn.joint.mean() < needed:
        short = [p for p, party in enumerate(model.parties) if party in model.homes and drawn.ratified[p].mean() < needed]
        for p in short:
            found += _home(model, model.parties[p], package, needed)
        found += [] if short else _worth_more(model, package, drawn, needed, "ratify")
    if steps.trust_tested(model):
        made = steps.steps(model, package)
        order = steps.least_load(model, package, made)
        found += _carried(model, package, made, order)
        found += _longer(model, made, order)
    found += [Change(*fault.opened, "prerequisites") for fault in model.faults(package)]
    return tuple(found)


def flips(model: Model, package: NDArray[np.int64]) -> tuple[Change, ...]:
    """Single inputs that flip a passing swap: how far each may move before the joint probability or the trust no longer suffices.

    The closest to its own range comes first.
    """
    drawn = chances(model, package)
    needed = model.case.file.settings.joint
    rest = drawn.ratified.all(axis=0)
    found = []
    for p, party in enumerate(model.parties):
        others = rest & np.delete(drawn.accepted, p, axis=0).all(axis=0)
        room = _kth(drawn.margin[p][others], needed, model.draws)
        if room is not None and room >= 0.0:
            low, high = np.quantile(model.reserve_drawn[p], (0.05, 0.95))
            at = model.reserve[p] + room
            inside = " (inside its stated range)" if at <= high else ""
            now, then = apart(float(model.reserve[p]), float(at), "3g")
            found.append((room / max(high - low, 1e-9), Change(
                f"reservation value of {_name(model, party)}", now, f"{then}{inside}",
                f"acceptance and ratification fall to {100 * needed:.0f} %",
            )))  # fmt: skip
    order = steps.least_load(model, package) if steps.trust_tested(model) else None
    if order is not None:
        strained = np.flatnonzero(order.trust_needed > 0.0).tolist()
        found += [(1.0, change) for p in strained for change in _believes_less(model, package, order, p)]
    return tuple(change for _, change in sorted(found, key=lambda x: x[0]))


def _shorter(model: Model, package: NDArray[np.int64], needed: float) -> list[Change]:
    """One issue moved to another option so that all accept: the fewest options away, then the likeliest to be accepted."""
    near = swaps.feasible(model, swaps.neighbours(model, package[None, :]))
    if not len(near):
        return []
    yes = swaps.agreed(model, swaps.design(model, near)).mean(axis=1)
    open_ = np.flatnonzero(yes >= needed)
    if not open_.size:
        return []
    chosen = open_[int(np.lexsort((-yes[open_], np.abs(near[open_] - package).sum(axis=1)))[0])]
    best = near[chosen]
    i = int(np.flatnonzero(best != package)[0])
    return [
        Change(
            model.case.file.issues[model.issues[i]].title,
            model.options[i][int(package[i])],
            model.options[i][int(best[i])],
            f"all accept in {100 * yes[chosen]:.0f} % of draws",
            "accept",
        )
    ]


def lift(margin: NDArray[np.float64], holds: NDArray[np.bool_], needed: float) -> NDArray[np.float64] | None:
    """By how much each party's margin (P, D) must rise so that all reach 0, while `holds` (D,), in a share `needed` of draws.

    All are lifted to the same chance of reaching it, the least at which the joint chance suffices. None where `holds` is too
    rare.
    """

    def shift(level: float) -> NDArray[np.float64]:
        return np.maximum(0.0, -np.quantile(margin, 1.0 - level, axis=1, method="lower"))

    def enough(level: float) -> bool:
        return bool(((margin + shift(level)[:, None] >= -ROUNDING).all(axis=0) & holds).mean() >= needed)

    return shift(least_share(enough, 40)) if enough(1.0) else None


def _worth_more(
    model: Model, package: NDArray[np.int64], drawn: Chances, needed: float, gate: Literal["accept", "ratify"]
) -> list[Change]:
    """By how many of its own points each party falls short of all accepting (and, for ratify, all ratifying) often enough."""
    holds = np.asarray(drawn.ratified.all(axis=0)) if gate == "ratify" else np.ones(model.draws, dtype=np.bool_)
    shift = lift(drawn.margin, holds, needed)
    if shift is None:
        return []
    short = [p for p in range(len(model.parties)) if shift[p] > 0.0]
    mean = model.means(package[None, :])[0]
    names = " and ".join(_name(model, model.parties[p]) for p in short)
    then = "all accept and ratify" if gate == "ratify" else "all accept"
    return [
        Change(
            f"the value of the whole to {names}",
            " and ".join(f"{mean[p]:.3g}" for p in short) + " points",
            " and ".join(f"{up(float(mean[p]) + float(shift[p])):.3g}" for p in short) + " points",
            f"{then} in {100 * needed:.0f} % of draws",
            gate,
        )
    ]


def apart(before: float, after: float, form: Literal["2f", "3g"] = "2f") -> tuple[str, str]:
    """Two numbers in a format, with as many more digits as tell them from each other."""
    forms = [f"{digits}{form[1]}" for digits in range(int(form[0]), 10)]
    told = next((f for f in forms if f"{before:.{f}}" != f"{after:.{f}}"), form)
    return f"{before:.{told}}", f"{after:.{told}}"


def up(number: float) -> float:
    """A number rounded up to three significant digits, so that what is printed still suffices."""
    if number == 0.0:
        return 0.0
    unit = 10.0 ** (int(np.floor(np.log10(abs(number)))) - 2)
    return float(np.ceil(number / unit - ROUNDING) * unit)


def _home(model: Model, party: str, package: NDArray[np.int64], needed: float) -> list[Change]:
    """At one home: the law that must be lifted, and the single constituency whose smallest shift carries the package."""
    home, columns = model.homes[party], model.columns(package)
    found = []
    yes = home.yes(columns)
    name = _name(model, party)
    laws = [law for law in home.laws if law.forbids[columns].any() and not law.waived.all()]
    found += [
        Change(
            f"{name}: {law.name}",
            f"waived in {100 * law.waived.mean():.0f} % of draws",
            "waived",
            "the law no longer forbids it",
            "ratify",
        )
        for law in laws
    ]
    if home.carried(yes).mean() >= needed:
        return found
    best = least_shift(home, columns, needed)
    if best is not None:
        seat_name = model.case.file.constituencies[party][home.seats[best[0]]].name
        found.append(
            Change(
                f"{name}: {seat_name}",
                "its stance today",
                f"{up(best[1]):.3g} points more in favour",
                f"{name} carries it in {100 * needed:.0f} % of draws",
                "ratify",
            )
        )
    else:
        seats = [seat for c, seat in enumerate(home.seats) if yes[c].mean() < needed]
        names = ", ".join(model.case.file.constituencies[party][seat].name for seat in seats)
        found.append(
            Change(
                f"{name}: {names}",
                "opposed",
                "all of them in favour",
                f"{name} carries it; none of them suffices alone",
                "ratify",
            )
        )
    return found


def _carried(model: Model, package: NDArray[np.int64], made: steps.Steps, order: Order | None) -> list[Change]:
    """What would carry a package that trust does not carry."""
    if order is None:
        return _bears_more(model, made)
    return [] if order.load <= 1.0 else _gains_more(model, package, made) or _believes_more(model, package, made, order)


def _longer(model: Model, made: steps.Steps, least: Order | None) -> list[Change]:
    """The horizon by which the quickest order that was tried would be done, where none is in time."""
    if not made.count:
        return []
    found = horizon.in_time(model, made, least, prove=False)
    if found.fits is not False:
        return []
    by = horizon.day_after(model, found.allowed).isoformat()
    if found.days is None or not found.over:
        return [
            Change("windows, expiries and capacities", "as they are", "eased", "`summitry plan` tells the least change", "time")
        ]
    then = horizon.day_after(model, found.days).isoformat()
    which = "that trust carries" if least is not None and least.load <= 1.0 else "found, which trust does not carry,"
    return [Change("the day by which all must be done", by, then, f"the quickest order {which} is done", "time")]


def _bears_more(model: Model, made: steps.Steps) -> list[Change]:
    """Where no order keeps within the exposure limits: the least exposure that must be borne for one to exist."""
    over = steps.beyond_limits(model, made)
    if over is None:
        allowed, then = str(steps.changes_allowed(model)), "an order can meet all prerequisites"
        return [Change("changes of mover that the horizon allows", allowed, "more", then, "trust")]
    names = " and ".join(_name(model, model.parties[p]) for p in over)
    return [
        Change(
            f"exposure that {names} bears",
            " and ".join(f"{model.limit[p]:.3g}" for p in over) + " points",
            " and ".join(f"{up(e):.3g}" for e in over.values()),
            "an order exists; its load is tested next",
            "trust",
        )
    ]


def _gains_more(model: Model, package: NDArray[np.int64], made: steps.Steps) -> list[Change]:
    """For parties that are exposed and gain nothing, whom no trust carries: the gain at which today's trust does.

    A party's load is its exposure over its gain and its odds of trust, so that one search with a tiny gain gives the least.
    """
    tiny = 1e-6
    short = np.flatnonzero(made.gain <= 0.0).tolist()
    gain = made.gain.copy()
    for p in short:
        alone = np.where(made.gain <= 0.0, 1e12, made.gain)
        alone[p] = tiny
        found = steps.least_load(model, package, replace(made, gain=alone))
        gain[p] = np.inf if found is None else up(found.load * tiny)
    needed = [p for p in short if gain[p] > 0.0]
    raised = np.where(made.gain <= 0.0, np.maximum(gain, tiny), made.gain)
    carried = steps.least_load(model, package, replace(made, gain=raised)) if np.isfinite(raised).all() else None
    if not needed or carried is None or carried.load > 1.0 + ROUNDING:
        return []
    names = " and ".join(_name(model, model.parties[p]) for p in needed)
    before = " and ".join(f"{made.gain[p]:.3g}" for p in needed) + " points"
    return [
        Change(
            f"what the whole brings {names}",
            before,
            " and ".join(f"{gain[p]:.3g}" for p in needed),
            "today's trust carries it",
            "trust",
        )
    ]


def _believes_more(model: Model, package: NDArray[np.int64], made: steps.Steps, order: Order) -> list[Change]:
    """The belief that the others are serious at which those who are short carry the package; none where certainty fails."""
    short = np.flatnonzero(order.trust_needed > order.trust).tolist()

    def load(serious: float) -> float:
        return _load(_believing(model, short, lambda now: max(now, serious)), package, order)

    if load(1.0) > 1.0:
        return []
    least = least_share(lambda serious: load(serious) <= 1.0, HALVINGS)
    serious = min(1.0, float(np.ceil(least * 100.0) / 100.0))
    found = [b for b in asked(model, made.givers) if b.party in short and b.serious < serious]
    what = " and ".join(f"of {_name(model, model.parties[b.party])} in {_name(model, model.parties[b.other])}" for b in found)
    told = [apart(b.serious, serious) for b in found]
    before, after = " and ".join(now for now, _ in told), max((then for _, then in told), key=len)
    return [Change(f"belief that the other is serious, {what},", before, after, "today's trust carries it", "trust")]


def _believes_less(model: Model, package: NDArray[np.int64], order: Order, p: int) -> list[Change]:
    """The belief of a party that the others are serious below which no order is carried; none where disbelief is not enough."""

    def believing(serious: float) -> Model:
        return _believing(model, [p], lambda now: min(now, serious))

    def carried(serious: float) -> bool:
        if _load(believing(serious), package, order) <= 1.0:
            return True
        other = steps.least_load(believing(serious), package)
        return other is not None and other.load <= 1.0

    if carried(0.0):
        return []
    now = max(b.serious for b in model.beliefs if b.party == p)
    # The belief one part below the least that carries the order.
    low = now * (least_share(lambda share: carried(now * share), HALVINGS) - 2.0**-HALVINGS)
    what = f"belief of {_name(model, model.parties[p])} that the other side is serious"
    before, after = apart(now, low)
    return [Change(what, before, after, "today's trust no longer carries it", "trust")]


def _believing(model: Model, parties: Sequence[int], serious: Callable[[float], float]) -> Model:
    beliefs = tuple(replace(b, serious=serious(b.serious)) if b.party in parties else b for b in model.beliefs)
    return replace(model, beliefs=beliefs)


def _load(model: Model, package: NDArray[np.int64], order: Order) -> float:
    """The load of a given order under a model's beliefs."""
    made = steps.steps(model, package)
    return float(strain(order.steps, made.balance, made.gain, made.trust, made.joint).load.max(initial=0.0))


def _kth(margin: NDArray[np.float64], needed: float, draws: int) -> float | None:
    """The margin that at least a share `needed` of all `draws` reach, or None where too few draws are left."""
    k = int(np.ceil(needed * draws - 1e-9))
    return float(np.sort(margin)[::-1][k - 1]) if 0 < k <= margin.size else None


def _name(model: Model, party: str) -> str:
    return model.case.file.parties[party].name
