"""The gates of a package: they accept, every home ratifies, today's trust carries it, it may be formed, it can be done in time.

`GATES` is the table; whoever judges, searches, opens or shows gates asks it. To add one, write a module here with a `GATE`,
and its words (`gate.NAME` and its reasons) in the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from summitry.deals.gates.gate import Change, Gate, GateKind, Pool, Subject
from summitry.deals.outcomes import by_party, substance
from summitry.sequence import orders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.kernels.ordering import Order
    from summitry.model import Model
    from summitry.reasons import Reason
    from summitry.sequence.orders import Steps


def _of_modules() -> Iterator[GateKind]:
    for module in iter_modules(__path__):
        kind: GateKind | None = getattr(import_module(f"{__name__}.{module.name}"), "GATE", None)
        if kind is not None:
            yield kind


GATES: tuple[GateKind, ...] = tuple(sorted(_of_modules(), key=lambda kind: (kind.place, kind.name)))
"""The gates of the modules beside this one, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A package under all gates.

    `title` is that of an idea, or says what a search came to. `moves` lists only the issues that move. Probabilities are joint
    over parties where named so. `load` is least over orders; <= 1 means that today's trust carries it. `order` is the one that is
    shown, `phases` its phases, `order_load` its load; `trust`, `trust_needed` and `exposure`, in own points, are those of it, by
    party. `trust_share` is the share of draws in which each party's trust suffices. `substance` is by party, in [0, 1]. `gain` is
    the expected gain over no deal, by party. `opens` are the smallest changes that would open the closed gates, `flips` the
    single inputs that would close an open one, where they were asked for.
    """

    title: str | Reason
    moves: dict[str, str]
    gates: tuple[Gate, ...]
    joint: float
    joint_error: float
    accept: dict[str, float]
    ratify: dict[str, float | None]
    substance: dict[str, float]
    gain: dict[str, float]
    values: dict[str, tuple[float, float, float]]
    load: float | None
    trust: dict[str, float]
    trust_needed: dict[str, float]
    trust_share: dict[str, float]
    exposure: dict[str, float]
    order: tuple[str, ...]
    phases: tuple[int, ...] = ()
    order_load: float | None = None
    days: int | None = None
    opens: tuple[Change, ...] = ()
    flips: tuple[Change, ...] = ()
    source: str = ""

    @property
    def passed(self) -> bool:
        """True when no gate is closed or too near to tell; gates that could not be tested say so themselves."""
        return all(gate.passed is not False and not gate.near for gate in self.gates)

    @property
    def closed(self) -> tuple[str, ...]:
        """The gates that are closed. Where there is none, a package that does not pass is too near to tell, and no miss."""
        return tuple(gate.name for gate in self.gates if gate.passed is False)


def kind_of(name: str) -> GateKind:
    """The gate of this name in the table; raises KeyError where there is none."""
    return {kind.name: kind for kind in GATES}[name]


def judge(
    model: Model,
    package: NDArray[np.int64],
    *,
    title: str | Reason = "",
    source: str = "",
    opens: bool = False,
    thorough: bool = True,
) -> Verdict:
    """Put one package through all gates; with `opens` also find what would open the closed ones.

    Without `thorough` a quick order will do instead of the quickest, and the share of draws that trust carries is left out.
    """
    subject = Subject(model, package, thorough=thorough)
    chances, order, joint = subject.chances, subject.order, subject.joint
    gates = tuple(kind.test(subject) for kind in GATES)
    return Verdict(
        title=title,
        moves=model.named(package),
        gates=gates,
        joint=joint,
        joint_error=float(np.sqrt(joint * (1.0 - joint) / max(subject.drawn.draws, 1))),
        accept=by_party(model, chances.accepted.mean(axis=1)),
        ratify={
            party: float(chances.ratified[p].mean()) if party in model.homes else None for p, party in enumerate(model.parties)
        },
        substance=by_party(model, substance(model, package[None, :])[0]),
        gain=by_party(model, (chances.gain * chances.joint).mean(axis=1)),
        values={party: _quantiles(chances.values[p]) for p, party in enumerate(model.parties)},
        load=None if subject.least is None else subject.least.load,
        **_sequence(model, subject.steps, order, drawn=thorough),
        days=subject.dates.days if subject.steps.count else None,
        opens=_openings(subject) if opens else (),
        source=source,
    )


class _Sequence(TypedDict):
    """The fields of a verdict that the order fills which is shown."""

    trust: dict[str, float]
    trust_needed: dict[str, float]
    trust_share: dict[str, float]
    exposure: dict[str, float]
    order: tuple[str, ...]
    phases: tuple[int, ...]
    order_load: float | None


def _sequence(model: Model, sequence: Steps, order: Order | None, *, drawn: bool) -> _Sequence:
    if order is None:
        return _Sequence(trust={}, trust_needed={}, trust_share={}, exposure={}, order=(), phases=(), order_load=None)
    return _Sequence(
        trust=by_party(model, order.trust),
        trust_needed=by_party(model, order.trust_needed),
        trust_share=by_party(model, (orders.strained(model, sequence, order).load <= 1.0).mean(axis=1)) if drawn else {},
        exposure=by_party(model, order.exposure),
        order=tuple(model.label(sequence.after[s]) for s in order.steps),
        phases=order.phases,
        order_load=order.load,
    )


def judge_ideas(model: Model) -> tuple[Verdict, ...]:
    """The case's named ideas under all gates, each with what would open its closed ones."""
    ideas = model.ideas.values()
    return tuple(judge(model, model.row(idea.package), title=idea.title, source=idea.source, opens=True) for idea in ideas)


def openings(model: Model, package: NDArray[np.int64]) -> tuple[Change, ...]:
    """The smallest change that would open each closed gate, the others left as they are."""
    return _openings(Subject(model, package))


def _openings(subject: Subject) -> tuple[Change, ...]:
    return tuple(change for kind in GATES for change in kind.openings(subject))


def flips(model: Model, package: NDArray[np.int64]) -> tuple[Change, ...]:
    """Single inputs that flip a passing package, and how far each may move; the closest to its own range comes first."""
    subject = Subject(model, package)
    near = [flip for kind in GATES for flip in kind.flips(subject)]
    return tuple(change for _, change in sorted(near, key=lambda flip: flip[0]))


def screened(model: Model, pool: Pool, *, by_draw: bool | None = None) -> NDArray[np.float64]:
    """How far packages come at the gates that screen many at once, shape (N,): 1 where none of them says no.

    `by_draw` asks only those that are events of the draws, or only the others.
    """
    shares = [kind.screen(model, pool) for kind in GATES if kind.screen is not None and by_draw in {None, kind.by_draw}]
    return np.asarray(np.minimum.reduce([np.full(len(pool.packages), np.inf), *shares]))


def _quantiles(drawn: NDArray[np.float64]) -> tuple[float, float, float]:
    low, mid, high = np.quantile(drawn, (0.2, 0.5, 0.8))
    return float(low), float(mid), float(high)
