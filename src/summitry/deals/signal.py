"""Which signal to ask for: the cheapest deed that a side that means it would do and a pretender would not, or that there is none.

The likelihood is the one of all deeds and steps (`evidence.seriousness`): a serious side keeps with .95, a pretender the less the
more it costs it. A serious side does what costs it no more than the deal that may follow brings it; so what can tell lies between
what pretenders pay and what a deal is worth. That is the window of Kydd (2005), Trust and Mistrust in International Relations.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from summitry.deals.mandate import authorities, calls
from summitry.evidence.contributions import C10, C90
from summitry.evidence.credibility import SignalAsk, SignalDeed
from summitry.evidence.seriousness import log_kept, pretender_keeps
from summitry.interests.home import ROUNDING
from summitry.kernels.draw import pert_mean
from summitry.reasons import Reason, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from summitry.case.rows import Event
    from summitry.deals.frontier import Frontier
    from summitry.evidence.contributions import WeighedEvent
    from summitry.evidence.credibility import Signals
    from summitry.evidence.positions import Positions
    from summitry.interests.preferences import Belief
    from summitry.model import Model

TELLING = 3.0
"""Assumption: a signal is worth asking for if it is three times as likely from who means it: it moves an even belief to .75."""
SHOWN = 5


def ask_for_signals(model: Model, zone: Frontier) -> tuple[SignalAsk, ...]:
    """For every belief in a party of another side, the signal to ask for; `zone` explored the zone of possible agreement."""
    deal = _deal(model, zone)
    return tuple(_ask(model, belief, deal) for belief in model.beliefs)


def with_asks(signals: Signals, model: Model, zone: Frontier, positions: Positions | None = None) -> Signals:
    """The signals with the one to ask for by belief; where no belief is open, with the reason why none was sought.

    `positions` tell which moves were refused already.
    """
    asks = ask_for_signals(model, zone)
    if positions is not None:
        asks = tuple(_with_refusals(ask, positions) for ask in asks)
    return replace(signals, ask=asks, omitted=() if asks else (reason("signals.unasked"),))


def _with_refusals(ask: SignalAsk, positions: Positions) -> SignalAsk:
    """The signal to ask for with what the other has refused of its moves."""
    if ask.best is None:
        return ask
    refused = tuple(
        reason("signal.refused", party=stand.party, move=f"{issue}.{option}", since=stand.since)
        for issue, option in ask.best.moves.items()
        for stand in positions.board.get(issue, {}).get(ask.other, ())
        if (stand.option, stand.status) == (option, "refused")
    )
    if not refused:
        return ask
    why = replace(ask.why, values={**ask.why.values, "refused": refused})
    return replace(ask, best=replace(ask.best, refused=refused), why=why)


def _deal(model: Model, zone: Frontier) -> NDArray[np.int64] | None:
    """The Nash package of the zone of possible agreement, which stands for the deal that may follow; None without a zone."""
    solution = zone.solutions.get("nash")
    return None if solution is None else model.row(solution.package)


def _ask(model: Model, belief: Belief, deal: NDArray[np.int64] | None) -> SignalAsk:
    """Every single move of the other with its closure, cheapest first; the first that tells enough is the one to ask for.

    Only what is worth more to the asker than the status quo, by its means. One that no law forbids and no mandate withholds goes
    before all that some law or mandate stands against.
    """
    party, other = model.parties[belief.party], model.parties[belief.other]
    able = _able(model, belief.other)
    costs = [_cost(model, belief, row) for _, row in able]
    dearest = max((cost[1] for cost in costs), default=0.0)
    pretender = belief.pretender or (C90 * dearest, C10 * dearest)
    is_stated = belief.pretender is not None
    gain = None if deal is None else _worth(belief, model, deal)
    if not dearest > 0.0 or gain is None:
        why = reason("signal.unpriced" if gain is None else "signal.costless")
        return SignalAsk(party, other, gain, pretender, is_stated, None, (), why)
    wanted = [(one, cost) for one, cost in zip(able, costs, strict=True) if _wants(model, belief.party, one[1])]
    if not wanted:
        return SignalAsk(party, other, gain, pretender, is_stated, None, (), reason("signal.unwanted", party=party, other=other))
    deeds = [_deed(model, q, row, cost, pretender, gain) for (q, row), cost in wanted]
    deeds.sort(key=lambda deed: (deed.cost[1], deed.deliverable))
    passing = [deed for deed in deeds if deed.verified and deed.cost[1] <= gain and deed.ratio[1] >= TELLING]
    best = min(passing, key=lambda deed: bool(deed.barred), default=None)
    nearest = sorted(
        (d for d in deeds if d is not best), key=lambda d: (-min(d.ratio[1], TELLING) * (d.cost[1] <= gain), d.cost[1])
    )
    why = _why_none(deeds, gain) if best is None else _why(best, deeds)
    return SignalAsk(party, other, gain, pretender, is_stated, best, tuple(nearest[:SHOWN]), why)


def _wants(model: Model, p: int, row: NDArray[np.int64]) -> bool:
    """Whether a package is worth more to a party than the status quo, by its means."""
    today, then = model.means(np.stack([np.zeros_like(row), row]))[:, p]
    return bool(then > today + ROUNDING)


def _able(model: Model, p: int) -> list[tuple[int, NDArray[np.int64]]]:
    """The options that a party can carry out by itself, each as its column and the package that it needs."""
    ours = _own(model, p)
    rows = [(q, _alone(model, q)) for q in range(len(model.allowed)) if _may(model, q, ours)]
    return [(q, row) for q, row in rows if not model.faults(row) and ours[np.flatnonzero(row)].all()]


def _why(best: SignalDeed, deeds: Sequence[SignalDeed]) -> Reason:
    cheaper = [d for d in deeds if d.verified and d.cost[1] < best.cost[1] and d.ratio[1] >= TELLING and d.barred]
    return reason(
        "signal.best",
        deliverable=best.deliverable,
        free=reason("signal.free") if cheaper and not best.barred else None,
        deed=best.why,
        sure=best.ratio[0] >= TELLING,
        barred=best.barred,
    )


def _why_none(deeds: Sequence[SignalDeed], gain: float) -> Reason:
    verified = [deed for deed in deeds if deed.verified]
    bearable = [deed for deed in verified if deed.cost[1] <= gain]
    if not verified:
        return reason("signal.unseen")
    if not bearable:
        return reason("signal.dear", gain=gain)
    top = max(bearable, key=lambda deed: deed.ratio[1])
    return reason("signal.weak", ratio=top.ratio[1], deliverable=top.deliverable)


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
    columns = model.columns(row)
    low, high = -sum(belief.high[columns].tolist()), -sum(belief.low[columns].tolist())
    return min(low, middle), middle, max(high, middle)


def _deed(
    model: Model, q: int, row: NDArray[np.int64], cost: tuple[float, float, float], pretender: tuple[float, float], gain: float
) -> SignalDeed:
    columns = model.columns(row)
    verified = bool(model.verified[columns].all())
    low, middle, high = (math.exp(log_kept(pretender_keeps(c if verified else 0.0, *pretender))) for c in cost)
    why = reason(
        "signal.deed",
        cost=cost,
        ratio=middle if verified else None,
        unseen=None if verified else reason("signal.feigned"),
        gain=gain if cost[1] > gain else None,
    )
    return SignalDeed(model.label(q), model.named(row), cost, (low, middle, high), verified, why, _barred(model, row))


def _barred(model: Model, row: NDArray[np.int64]) -> tuple[Reason, ...]:
    """What stands at home against moves of a package, by the laws of the case and the mandates that are open here."""
    moves = [f"{issue}.{option}" for issue, option in model.named(row).items()]
    laws = [(law, tuple(move for move in moves if move in law.forbids)) for law in model.laws]
    return (
        *(
            reason("barred.law", party=law.party, law=law.name, moves=struck, chance=pert_mean(*law.waiver))
            for law, struck in laws
            if struck
        ),
        *(
            reason(
                "barred.mandate",
                party=call.party,
                move=f"{call.issue}.{call.option}",
                silent=None if call.stated else reason("barred.silent"),
            )
            for call in calls(model, authorities(model), row)
        ),
    )


def in_points(model: Model, events: Sequence[Event], rows: Sequence[WeighedEvent]) -> tuple[WeighedEvent, ...]:
    """Each deed in favour in points: by the option that its row names, else by the coder's scale, on which 1 is the dearest."""
    options = {(e.date.isoformat(), e.event): e.option for e in events if e.option}
    return tuple(row if not row.reads_as else _pointed(model, row, options.get((row.date, row.what), "")) for row in rows)


def _pointed(model: Model, row: WeighedEvent, option: str) -> WeighedEvent:
    points: dict[str, float] = {}
    if option:
        q = model.column(*option.split(".", 1))
        if q == int(model.first[model.issue_of[q]]):
            return replace(row, points=points, measured=reason("points.status-quo", option=option))
        points = {party: float(model.value[p, q]) for p, party in enumerate(model.parties)}
        return replace(row, points=points, measured=reason("points.option", option=option))
    for actor in row.actors:
        if actor in model.parties:
            p = model.parties.index(actor)
            own = [q for q in range(len(model.allowed)) if _may(model, q, _own(model, p))]
            dearest = max((-float(model.value[p, q]) for q in own), default=0.0)
            if row.cost is not None and dearest > 0.0:
                points[actor] = -row.cost * dearest
    return replace(row, points=points or None, measured=reason("points.scale") if points else None)
