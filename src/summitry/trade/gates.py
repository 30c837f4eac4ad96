"""The four gates of a swap: they accept, every home ratifies, today's trust carries it, its prerequisites are met.

Beside them stands the calendar: whether an order that trust carries, or else one of the least load, can be done in time.
Accepting and ratifying are events of the same draw and are counted jointly; marginal probabilities are never multiplied.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from summitry.interests.home import ROUNDING
from summitry.kernels.order import loads
from summitry.trade import horizon, steps, trust
from summitry.trade.results import Gate, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.kernels.order import Order
    from summitry.model import Model


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """What happens to one package in each draw.

    `margin` (P, D) value less reservation value, `ratified` (P, D) True without a back table.
    """

    values: NDArray[np.float64]
    margin: NDArray[np.float64]
    ratified: NDArray[np.bool_]

    @property
    def accepted(self) -> NDArray[np.bool_]:
        """Which party accepts in which draw, shape (P, D)."""
        return self.margin >= -ROUNDING

    @property
    def all_accept(self) -> NDArray[np.bool_]:
        """The draws in which every party accepts, shape (D,)."""
        return np.asarray(self.accepted.all(axis=0))

    @property
    def joint(self) -> NDArray[np.bool_]:
        """The draws in which every party accepts and every home ratifies, shape (D,)."""
        return self.all_accept & self.ratified.all(axis=0)


def chances(model: Model, package: NDArray[np.int64]) -> Chances:
    """Draw what the parties and their homes say to a package."""
    values = model.values(package)
    columns = model.columns(package)
    ratified = np.ones(values.shape, dtype=np.bool_)
    for p, party in enumerate(model.parties):
        if party in model.homes:
            ratified[p] = model.homes[party].ratified(columns)
    return Chances(values, values - model.reserve_drawn, ratified)


def judge(model: Model, package: NDArray[np.int64], *, title: str = "", source: str = "") -> Verdict:
    """Put one package through all four gates, in the order accept, ratify, trust, prerequisites, and on the calendar."""
    drawn = chances(model, package)
    joint = float(drawn.joint.mean())
    made = steps.steps(model, package)
    tested = steps.trust_tested(model)
    order = steps.least_load(model, package, made) if tested and made.count else None
    gates = (
        _accept(model, drawn),
        _ratify(model, drawn, package, joint),
        _trust(model, made, order),
        _prerequisites(model, package),
        _time(model, made, order),
    )
    drawn_strain = steps.strained(model, made, order.steps) if order and made.count else None
    return Verdict(
        title=title,
        moves=model.named(package),
        gates=gates,
        joint=joint,
        joint_error=float(np.sqrt(joint * (1.0 - joint) / max(model.draws, 1))),
        accept=_by_party(model, drawn.accepted.mean(axis=1)),
        ratify={
            party: float(drawn.ratified[p].mean()) if party in model.homes else None for p, party in enumerate(model.parties)
        },
        substance=_by_party(model, substance(model, package[None, :])[0]),
        values={party: _quantiles(drawn.values[p]) for p, party in enumerate(model.parties)},
        load=None if order is None else order.load,
        trust={} if order is None else _by_party(model, order.trust),
        trust_needed={} if order is None else _by_party(model, order.trust_needed),
        trust_share={} if drawn_strain is None else _by_party(model, (drawn_strain.load <= 1.0).mean(axis=1)),
        exposure={} if order is None else _by_party(model, order.exposure),
        order=() if order is None else tuple(model.label(made.after[s]) for s in order.steps),
        source=source,
    )


def substance(model: Model, packages: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of what each party could receive from the other sides that packages (N, I) bring it, in [0, 1], shape (N, P).

    Costs left out, and ceremony, which honours and changes nothing. What lies outside its giver's mandate cannot be received: it
    counts as the best that may be.
    """
    result = np.zeros((len(packages), len(model.parties)))
    matters = np.array([not issue.ceremony for issue in model.case.file.issues.values()])
    for p in range(len(model.parties)):
        others = np.asarray(model.giver[:, model.side != model.side[p]].any(axis=1)) & matters
        gain = np.maximum(model.value[p], 0.0)
        best = np.maximum.reduceat(np.where(model.allowed, gain, 0.0), model.first[:-1]) * others
        if best.sum() > 0.0:
            share = np.minimum(gain, best[model.issue_of]) * others[model.issue_of]
            result[:, p] = np.take(share, packages + model.first[:-1]).sum(axis=1) / best.sum()
    return result


def _accept(model: Model, drawn: Chances) -> Gate:
    needed = model.case.file.settings.joint
    score = float(drawn.all_accept.mean())
    chance = drawn.accepted.mean(axis=1)
    blockers = [p for p in np.argsort(chance, kind="stable") if chance[p] < needed] or [int(np.argmin(chance))]
    said = ", ".join(f"{_name(model, p)} in {_percent(chance[p])}" for p in np.argsort(chance, kind="stable"))
    passed = score >= needed
    why = f"All accept in {_percent(score, needed)} of draws, {_percent(needed)} needed: {said}."
    return Gate("accept", passed, score, needed, () if passed else tuple(model.parties[p] for p in blockers), why)


def _ratify(model: Model, drawn: Chances, package: NDArray[np.int64], joint: float) -> Gate:
    needed = model.case.file.settings.joint
    if not model.homes:
        return Gate("ratify", None, None, needed, (), "Not tested: the case has no back table.")
    passed = joint >= needed
    chance = {p: float(drawn.ratified[model.parties.index(p)].mean()) for p in model.homes}
    said = ", ".join(
        f"{_name(model, model.parties.index(p))} ratifies in {_percent(c)}" for p, c in sorted(chance.items(), key=lambda x: x[1])
    )
    why = f"All accept and ratify in {_percent(joint, needed)} of draws, {_percent(needed)} needed: {said}."
    who: list[str] = []
    if not passed:
        for party in [p for p, c in sorted(chance.items(), key=lambda x: x[1]) if c < needed]:
            who += _blockers(model, party, package)
    return Gate("ratify", passed, joint, needed, tuple(who), why)


def _blockers(model: Model, party: str, package: NDArray[np.int64]) -> list[str]:
    """Laws in the way and constituencies that say no in most draws, vetoes first, then by influence."""
    home = model.homes[party]
    columns = model.columns(package)
    no = 1.0 - home.yes(columns).mean(axis=1)
    seats = [c for c in range(len(home.seats)) if no[c] > 0.5]  # noqa: PLR2004 (in most draws)
    seats.sort(key=lambda c: (not home.veto[c], -home.weight[c]))
    name = _name(model, model.parties.index(party))
    laws = [f"{name}: {law.name}" for law in home.laws if law.forbids[columns].any() and not law.waived.all()]
    return laws + [f"{party}/{home.seats[c]}" for c in seats]


def _trust(model: Model, made: steps.Steps, order: Order | None) -> Gate:
    if not steps.trust_tested(model):
        silent = " and ".join(_name(model, p) for p in steps.silent(model))
        return Gate("trust", None, None, 1.0, (), f"Not tested: the case does not say how far {silent} trust the other side.")
    if not made.count:
        return Gate("trust", passed=True, score=0.0, needed=1.0, who=(), why="Nothing moves, so nobody is exposed.")
    if order is None:
        return _unordered(model, made)
    passed = order.load <= 1.0
    short = [p for p in range(len(model.parties)) if order.trust_needed[p] > order.trust[p]]
    p = max(range(len(model.parties)), key=lambda k: float(loads(order.trust_needed[[k]], order.trust[[k]])))
    why = " ".join([_strained(model, made, order, p), *_unseen(model, made)])
    return Gate("trust", passed, order.load, 1.0, () if passed else tuple(model.parties[p] for p in short), why)


def _strained(model: Model, made: steps.Steps, order: Order, p: int) -> str:
    """What the party that an order strains most must believe, what it believes, and of which parts that is made."""
    name, found = _name(model, p), "" if order.exact else "; the best order found, not proven the best"
    if order.trust_needed[p] <= 0.0:
        return f"In this order nobody is ever exposed, so that no trust is needed (load 0{found})."
    if made.gain[p] <= 0.0:
        return (
            f"{name} is exposed by up to {order.exposure[p]:.3g} points and gains nothing from the whole: no trust carries that."
        )
    part = trust.parts(model, made, order.steps, p, int(order.moment[p]))
    if part is None:
        return f"{name} believes nothing of the other side and is exposed (load {order.load:.2g}{found})."
    other = _name(model, part.belief.other)
    said = (
        f"Where it is strained most, {name} must believe with {order.trust_needed[p]:.2f} that {other} performs what remains, "
        f"and believes it with {part.performs:.2f} (load {order.load:.2g}{found}): {other} is serious with "
        f"{part.belief.serious:.2f}, and a pretender would perform with {part.pretender:.2f}"
    )
    if part.cost is None:
        return f"{said}."
    more = f"{abs(part.cost):.3g} points {'more' if part.cost > 0.0 else 'less'} than going on"
    return f"{said}, because stopping there leaves it {more}."


def _unordered(model: Model, made: steps.Steps) -> Gate:
    """The closed gate where there is no order: for want of changes of mover, or of parties that bear more exposure."""
    allowed = steps.changes_allowed(model)
    over = steps.beyond_limits(model, made)
    if over is None:
        why = f"No order was found that meets the prerequisites with at most {allowed} changes of mover."
        return Gate("trust", passed=False, score=None, needed=1.0, who=(), why=why)
    least = "at least " if len(over) == 1 else ""
    said = ", ".join(f"{_name(model, p)} by {least}{e:.3g} points, and it bears {model.limit[p]:.3g}" for p, e in over.items())
    why = f"Every order that was found with at most {allowed} changes of mover exposes somebody beyond a limit: {said}."
    return Gate("trust", passed=False, score=None, needed=1.0, who=tuple(model.parties[p] for p in over), why=why)


def _unseen(model: Model, made: steps.Steps) -> list[str]:
    """What the trust gate does not see: pretenders whose price nobody stated, and lumps coarser than the case allows."""
    blind = ", ".join(f"{_name(model, b.party)} of {_name(model, b.other)}" for b in trust.blind(model, made))
    said = (
        [f"What a pretender would pay is not stated by {blind}: taken to perform with 0.45 whatever it costs."] if blind else []
    )
    return said + ([f"Counted coarsely: {'; '.join(made.coarse)}."] if made.coarse else [])


def _prerequisites(model: Model, package: NDArray[np.int64]) -> Gate:
    faults = model.faults(package)
    why = "; ".join(map(str, faults)) + "." if faults else "All prerequisites are in the package and nobody leaves its mandate."
    return Gate("prerequisites", not faults, float(len(faults)), 0.0, (), why)


def _time(model: Model, made: steps.Steps, least: Order | None) -> Gate:
    """Whether an order that trust carries, or else one of the least load, keeps every date of the case's calendar."""
    if not made.count:
        return Gate("time", passed=True, score=0.0, needed=None, who=(), why="Nothing moves, so nothing takes time.")
    found = horizon.in_time(model, made, least)
    by, score = horizon.day_after(model, found.allowed), None if found.days is None else float(found.days)
    ends = "" if found.days is None or found.proven else horizon.day_after(model, found.days).isoformat()
    carried = least is not None and least.load <= 1.0
    order = "" if found.changes is None else f" with {found.changes} change{'s' * (found.changes != 1)} of mover"
    if found.fits is None:
        silent = "" if steps.trust_tested(model) else "without trust no order of its steps is known"
        why = f"Not tested: {(silent or found.why).removesuffix('.')}."
    elif found.fits:
        which = "An order that trust carries" if carried else "An order, though trust carries none,"
        why = f"{which}{order} ends on {ends}; all must be done by {by}."
    elif found.proven:
        why = f"Whatever the order, it takes {found.days} days at least, and there are {found.allowed} until {by}."
    elif found.over:
        why = f"The quickest order that was found{order} ends on {ends}; all must be done by {by}."
    else:
        why = f"No order was found that keeps the windows, expiries and capacities, with all done by {by}."
    return Gate("time", found.fits, score, float(found.allowed), (), why)


def _by_party(model: Model, numbers: NDArray[np.float64]) -> dict[str, float]:
    return {party: float(numbers[p]) for p, party in enumerate(model.parties)}


def _quantiles(drawn: NDArray[np.float64]) -> tuple[float, float, float]:
    low, mid, high = np.quantile(drawn, (0.2, 0.5, 0.8))
    return float(low), float(mid), float(high)


def _name(model: Model, p: int) -> str:
    return model.case.file.parties[model.parties[p]].name


def _percent(share: float, beside: float | None = None) -> str:
    """A share in whole percent, or with as many digits as tell it from the one that it is compared with."""
    digits = 0 if beside is None else 1 if abs(share - beside) < 0.01 else 0  # noqa: PLR2004 (one percent)
    return f"{100.0 * float(share):.{digits}f} %"
