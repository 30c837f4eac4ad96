"""Which signal to ask for: the cheapest deed that a side that means it would do and a pretender would not, or that there is none.

The likelihood is the one of all deeds and steps (`evidence.seriousness`): a serious side keeps with .95, a pretender the less the
more it costs it. A serious side does what costs it no more than the deal that may follow brings it; so what can tell lies between
what pretenders pay and what a deal is worth. That is the window of Kydd (2005), Trust and Mistrust in International Relations.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.evidence.contributions import C10, C90
from summitry.evidence.seriousness import log_kept, pretender_keeps
from summitry.kernels.draw import pert_mean
from summitry.trade.mandate import authorities, calls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.case.rows import Event
    from summitry.evidence.gestures import Weighed
    from summitry.interests.beliefs import Belief
    from summitry.model import Model
    from summitry.trade.frontier import Frontier

TELLING = 3.0
"""Assumption: a signal is worth asking for if it is three times as likely from who means it: it moves an even belief to .75."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to ask for, with what it requires: its cost to the other in its own points (low, middle, high), and its ratio.

    `ratio` is P(done | serious) over P(done | pretender) at these costs; `seen` says whether somebody verifies it. `barred` says
    which laws forbid it, with the mean chance that they are lifted, and which delegation may not concede it by itself.
    """

    deliverable: str
    moves: dict[str, str]
    cost: tuple[float, float, float]
    ratio: tuple[float, float, float]
    seen: bool
    why: str
    barred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalAsk:
    """What `party` should ask of `other` as a signal; `best` is null where there is none, and `why` says what binds.

    `gain` is what a deal brings the other, `pretender` what nine in ten and one in ten pretenders would pay, in its points;
    `stated` is False where nobody said what a pretender pays and the coder's scale stands in. `nearest` are the best that do
    not pass, or that cost more.
    """

    party: str
    other: str
    gain: float | None
    pretender: tuple[float, float]
    stated: bool
    best: Deed | None
    nearest: tuple[Deed, ...]
    why: str


def signal_asks(model: Model, found: Frontier) -> tuple[SignalAsk, ...]:
    """For every belief in a party of another side, the signal to ask for; `found` explored the zone of possible agreement."""
    deal = _deal(model, found)
    return tuple(_ask(model, belief, deal) for belief in model.beliefs)


def _deal(model: Model, found: Frontier) -> NDArray[np.int64] | None:
    """The Nash package of the zone of possible agreement, which stands for the deal that may follow; None without a zone."""
    solution = found.solutions.get("nash")
    return None if solution is None else model.row(solution.package)


def _ask(model: Model, belief: Belief, deal: NDArray[np.int64] | None) -> SignalAsk:
    """Every single move of the other side with its closure, cheapest first; the first that tells enough is the one to ask for.

    One that no law forbids and no mandate withholds goes before all that some law or mandate stands against.
    """
    party, other = model.parties[belief.party], model.parties[belief.other]
    ours = _own(model, belief.other)
    rows = [(q, _alone(model, q)) for q in range(len(model.allowed)) if _may(model, q, ours)]
    able = [(q, row) for q, row in rows if not model.faults(row) and ours[np.flatnonzero(row)].all()]
    costs = [_cost(model, belief, row) for _, row in able]
    dearest = max((cost[1] for cost in costs), default=0.0)
    pretender = belief.pretender or (C90 * dearest, C10 * dearest)
    gain = None if deal is None else _worth(belief, model, deal)
    if not dearest > 0.0 or gain is None:
        why = "there is none: " + (
            "no deal is known that both would take" if gain is None else "nothing it could do costs it anything"
        )
        return SignalAsk(party, other, gain, pretender, belief.pretender is not None, None, (), why)
    deeds = [_deed(model, q, row, cost, pretender, gain) for (q, row), cost in zip(able, costs, strict=True)]
    deeds.sort(key=lambda deed: (deed.cost[1], deed.deliverable))
    passing = [deed for deed in deeds if deed.seen and deed.cost[1] <= gain and deed.ratio[1] >= TELLING]
    best = min(passing, key=lambda deed: bool(deed.barred), default=None)
    nearest = sorted(
        (d for d in deeds if d is not best), key=lambda d: (-min(d.ratio[1], TELLING) * (d.cost[1] <= gain), d.cost[1])
    )
    return SignalAsk(
        party, other, gain, pretender, belief.pretender is not None, best, tuple(nearest[:SHOWN]), _why(best, deeds, gain)
    )


def _why(best: Deed | None, deeds: Sequence[Deed], gain: float) -> str:
    if best is not None:
        sure = "at every cost in its range" if best.ratio[0] >= TELLING else "at its middle cost, not at its lowest"
        cheaper = (
            any(d.seen and d.cost[1] < best.cost[1] and d.ratio[1] >= TELLING and d.barred for d in deeds) and not best.barred
        )
        free = " and that nothing at home forbids" if cheaper else ""
        against = "".join(f"; but {told}" for told in best.barred)
        return f"{best.deliverable} is the cheapest deed that tells enough{free}: {best.why}; {sure}{against}"
    seen = [deed for deed in deeds if deed.seen]
    bearable = [deed for deed in seen if deed.cost[1] <= gain]
    if not seen:
        return "there is none: nothing it could do would be verified"
    if not bearable:
        return f"there is none: whatever would be verified costs it more than the {gain:.3g} that a deal brings"
    top = max(bearable, key=lambda deed: deed.ratio[1])
    return f"there is none: what a side that means it would do tells at most {top.ratio[1]:.2g} to 1 ({top.deliverable})"


def _own(model: Model, p: int) -> NDArray[np.bool_]:
    """What a party can give without any other side, shape (I,): alone or with its allies."""
    strangers = model.giver[:, model.side != model.side[p]].any(axis=1)
    return np.asarray(model.giver[:, p] & ~strangers)


def _may(model: Model, q: int, ours: NDArray[np.bool_]) -> bool:
    i = int(model.issue_of[q])
    return bool(ours[i] and model.allowed[q] and q != model.first[i])


def _alone(model: Model, q: int) -> NDArray[np.int64]:
    row = np.zeros((1, len(model.issues)), dtype=np.int64)
    row[0, model.issue_of[q]] = q - model.first[model.issue_of[q]]
    closed: NDArray[np.int64] = model.closure(row)[0]
    return closed


def _worth(belief: Belief, model: Model, row: NDArray[np.int64]) -> float:
    """A package in the other's points as the believer sees them, over the status quo."""
    total = float(belief.value[model.columns(row)].sum())
    for where, value in belief.tables:
        total += value * (all(int(row[i]) in options for i, options in where) - all(0 in options for _, options in where))
    return total


def _cost(model: Model, belief: Belief, row: NDArray[np.int64]) -> tuple[float, float, float]:
    """What it costs the other: low and high from the ranges of its values taken together, the middle from their means."""
    middle = -_worth(belief, model, row)
    party, other = model.parties[belief.party], model.parties[belief.other]
    told = model.case.preferences.get(model.case.viewer or party, {}).get(other) or model.case.believed(other)
    moves = model.named(row)
    spans = [told.values[i].options[o] for i, o in moves.items() if told and i in told.values and o in told.values[i].options]
    low, high = -sum(span[2] for span in spans), -sum(span[0] for span in spans)
    return min(low, middle), middle, max(high, middle)


def _deed(
    model: Model, q: int, row: NDArray[np.int64], cost: tuple[float, float, float], pretender: tuple[float, float], gain: float
) -> Deed:
    columns = model.columns(row)
    seen = bool(model.seen[columns].all())
    low, middle, high = (math.exp(log_kept(pretender_keeps(c if seen else 0.0, *pretender))) for c in cost)
    why = f"costs it {cost[1]:.3g} of its points ({cost[0]:.3g} to {cost[2]:.3g})"
    why += f", {middle:.2g} times as likely from who means it" if seen else ", but nobody would verify it, so it can be feigned"
    why += f"; more than the {gain:.3g} that a deal brings it" if cost[1] > gain else ""
    return Deed(model.label(q), model.named(row), cost, (low, middle, high), seen, why, _barred(model, row))


def _barred(model: Model, row: NDArray[np.int64]) -> tuple[str, ...]:
    """What stands at home against moves of a package, in words, by the laws of the case and the mandates that are open here."""
    moves = [f"{issue}.{option}" for issue, option in model.named(row).items()]
    named, told = model.case.file.parties, []
    for law in model.case.file.laws:
        struck = [move for move in moves if move in law.forbids]
        if struck:
            chance = f"lifted with a probability of {pert_mean(*law.waiver):.2g}"
            told.append(f"a law of {named[law.party].name}, {law.name}, forbids {', '.join(struck)}, {chance}")
    for call in calls(model, authorities(model), row):
        silent = "" if call.stated else ", which its mandate does not name"
        told.append(f"the delegation of {named[call.party].name} must call home about {call.issue}.{call.option}{silent}")
    return tuple(told)


def in_points(model: Model, events: Sequence[Event], rows: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """Each deed in favour in points: by the option that its row names, else by the coder's scale, on which 1 is the dearest."""
    named = {(e.date.isoformat(), e.event): e.option for e in events if e.option}
    return tuple(row if not row.reads_as else _pointed(model, row, named.get((row.date, row.what), "")) for row in rows)


def _pointed(model: Model, row: Weighed, option: str) -> Weighed:
    if option:
        q = model.column(*option.split(".", 1))
        if q == int(model.first[model.issue_of[q]]):
            return replace(row, points={}, measured=f"{option} is the status quo now: it is given, and buys nothing again")
        points = {party: float(model.value[p, q]) for p, party in enumerate(model.parties)}
        return replace(row, points=points, measured=f"as {option} would count in a deal")
    points = {}
    for actor in row.actors:
        if actor in model.parties:
            p = model.parties.index(actor)
            own = [q for q in range(len(model.allowed)) if _may(model, q, _own(model, p))]
            dearest = max((-float(model.value[p, q]) for q in own), default=0.0)
            if row.cost is not None and dearest > 0.0:
                points[actor] = -row.cost * dearest
    return replace(
        row, points=points or None, measured="by the coder's scale, where 1 is the dearest thing it could give" if points else ""
    )
