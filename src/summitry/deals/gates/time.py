"""Whether it can be done in time: an order that trust carries, or else one of the least load, keeps every date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from summitry.deals.gates.gate import Change, Gate, GateKind
from summitry.reasons import reason
from summitry.sequence import horizon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from summitry.deals.gates.gate import Pool, Subject
    from summitry.model import Model
    from summitry.reasons import Reason


def test(subject: Subject) -> Gate:
    """The days from the signature that the package takes, beside the horizon."""
    if not subject.steps.count:
        return Gate("time", passed=True, score=0.0, needed=None, who=(), why=reason("gate.time.still"))
    dated = subject.in_time
    score = None if dated.days is None else float(dated.days)
    return Gate("time", dated.fits, score, float(dated.allowed), (), _why(subject))


def _why(subject: Subject) -> Reason:
    model, dated = subject.model, subject.in_time
    by = horizon.day_after(model, dated.allowed).isoformat()
    if dated.fits is None:
        return reason("gate.time.untested", why=dated.why)
    if dated.proven:
        return reason("gate.time.proven", days=dated.days, allowed=dated.allowed, by=by)
    ends = None if dated.days is None else horizon.day_after(model, dated.days).isoformat()
    fewest = dated.fewest if dated.days is not None and dated.fewest < dated.days else None
    kind = "windows"
    if dated.fits:
        carried = "carried" if dated.first else "kept"
        kind = "free" if not subject.trust_tested else carried if subject.load <= 1.0 else "strained"
    elif dated.over:
        kind = "late" if subject.trust_tested and subject.load <= 1.0 else "late-strained"
    return reason(f"gate.time.{kind}", days=dated.days, ends=ends, by=by, fewest=fewest)


def openings(subject: Subject) -> Iterator[Change]:
    """The day by which the quickest order that was tried would be done; or that its windows must be eased."""
    model = subject.model
    if not subject.steps.count or subject.dates.fits is not False:
        return
    dated = subject.dates
    if dated.days is None or not dated.over:
        yield Change("time", reason("change.windows"), reason("effect.windows"))
        return
    before, after = (horizon.day_after(model, days).isoformat() for days in (dated.allowed, dated.days))
    effect = reason("effect.done" if subject.load <= 1.0 else "effect.done strained")
    yield Change("time", reason("change.horizon", before=before, after=after), effect)


def screen(model: Model, pool: Pool) -> NDArray[np.float64]:
    """The horizon beside the fewest days that any order takes; to be early is no merit."""
    allowed = model.settings.horizon
    return np.where(pool.days > allowed, allowed / np.maximum(pool.days, 1), np.inf)


def share(subject: Subject) -> float:
    """1 unless no order that was tried keeps every date."""
    if not subject.steps.count or subject.soon or subject.dates.fits is not False:
        return 1.0
    dated = subject.dates
    return dated.allowed / dated.days if dated.over and dated.days else 0.0


GATE = GateKind("time", test, openings=openings, screen=screen, share=share, place=5, lower=True, measure="days")
