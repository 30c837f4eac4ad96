"""A package as a plan.

Its steps in the order of least load, with dates, verification, and what each side holds if the other stops.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from summitry.plan.results import Plan, Step
from summitry.trade import steps as made_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from summitry.model import Model
    from summitry.trade.steps import Steps


def plan(model: Model, package: NDArray[np.int64], *, title: str, start: dt.date) -> Plan | None:
    """Lay the steps of a package out from `start`, or None where no order meets prerequisites, exposure limits and the horizon.

    1. The order of least load. 2. Steps of one mover run side by side as far as prerequisites allow; when the mover changes,
    the other side first waits until they are done and verified. 3. Exposure by PERT means; trust needed per draw, at the 20, 50
    and 80 % quantiles.
    """
    made = made_of.steps(model, package)
    if not made.count or not made_of.trust_tested(model):
        return None
    order = made_of.least_load(model, package, made)
    if order is None:
        return None
    theta = np.quantile(made_of.strained(model, made, order.steps).needed, (0.2, 0.5, 0.8), axis=1)
    return Plan(
        title=title,
        steps=_dated(model, made, order.steps, order.held, start),
        load=order.load,
        changes=order.changes,
        changes_allowed=made_of.changes_allowed(model),
        exposure={party: float(order.exposure[p]) for p, party in enumerate(model.parties)},
        trust={party: float(order.trust[p]) for p, party in enumerate(model.parties)},
        trust_needed={
            party: (float(theta[0, p]), float(theta[1, p]), float(theta[2, p])) for p, party in enumerate(model.parties)
        },
        gain={party: float(v) for party, v in zip(model.parties, model.means(package[None, :])[0], strict=True)},
    )


def _dated(model: Model, made: Steps, order: tuple[int, ...], held: NDArray[np.float64], start: dt.date) -> tuple[Step, ...]:
    found: list[Step] = []
    ends: dict[int, int] = {}
    opens, closes, mover = 0, 0, -1
    for k, s in enumerate(order):
        issue = model.case.file.issues[model.issues[made.issue[s]]]
        if made.mover[s] != mover:
            opens, mover = closes, int(made.mover[s])
        day = max([opens, *(ends[t] for t in ends if made.first[t, s])])
        ends[s] = day + _days(model, made, s)
        closes = max(closes, ends[s] + (issue.lag or model.case.file.settings.lag))
        after = model.options[made.issue[s]][made.after[s] - int(model.first[made.issue[s]])]
        before = model.options[made.issue[s]][made.before[s] - int(model.first[made.issue[s]])]
        share = "" if made.share[s] == 1.0 else f" ({made.share[s]:.0%} of the move)"
        found.append(
            Step(
                id=f"S{k + 1}",
                party=model.parties[made.giver[s]],
                issue=model.issues[made.issue[s]],
                before=before,
                after=after + share,
                start=(start + dt.timedelta(days=day)).isoformat(),
                end=(start + dt.timedelta(days=ends[s])).isoformat(),
                verification=issue.verified_by.get(after, "none stated: counts as unverified"),
                held={party: float(held[k + 1, p]) for p, party in enumerate(model.parties)},
                exit=_exit(float(model.recoverable[made.after[s]])),
            )
        )
    return tuple(found)


def _days(model: Model, made: Steps, s: int) -> int:
    """How long a step takes: its option's time less that of the option it starts from, times its share of the move."""
    whole = int(model.days[made.after[s]]) - int(model.days[made.before[s]])
    return round(max(whole, 0) * made.share[s])


def _exit(recoverable: float) -> str:
    if recoverable >= 1.0:
        return "can be taken back whole"
    if recoverable <= 0.0:
        return "cannot be taken back"
    return f"{100 * recoverable:.0f} % can be taken back"
