"""What waiting costs: a deal, its chance and the price of the deliverable on later days, and what is lost first.

Every day is asked with the same draws. Chits that have expired are taken out of the deal; values fade or rise as their holder
says; deadlines at home shift who says yes there; a gain that comes later is discounted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from summitry.deals import price as pricing
from summitry.errors import BadArgument, LinkMissing
from summitry.interests.preferences import discounted, factor, starts
from summitry.kernels import portfolio
from summitry.plan.margins import add_effects, rows_of
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from summitry.model import Model
    from summitry.reasons import Reason

MOST_DAYS = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """The deal on one day.

    `expired` are the chits that are no longer on offer and were taken out; `faults` why the rest may not be formed, if so.
    `values` are means in each party's own points, `accept` and `ratify` (all homes; None without any) shares of draws, `joint`
    both in the same draw. `worth` is the principal's expected gain over its reservation value, discounted to today. `price` is
    the least that buys the deliverable then, None where nothing does.
    """

    date: str
    days: int
    expired: tuple[str, ...]
    faults: tuple[Reason, ...]
    values: dict[str, float]
    accept: dict[str, float]
    ratify: float | None
    joint: float
    worth: float
    price: float | None


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that changes with time: a chit expires or fades (`left` of its value by the last day), or a date at home passes.

    `in_deal` tells whether the deal holds it; for a date at home whether it moves anybody in this deal.
    """

    date: str
    kind: Literal["expires", "fades", "deadline"]
    party: str
    what: str
    left: float | None
    in_deal: bool
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class WaitResult:
    """What waiting until a day costs `party`: the deal on a few days, and all that changes, the first first.

    It is the same deal on every day: whether another one would then be the first rung is not searched. `unlisted` counts days on
    which something changes and that are not among `moments`; `price_left_out` says why no price stands; `silent` are the parties
    whose home counts as willing, because nobody wrote it down.
    """

    party: str
    title: str | Reason
    target: dict[str, str]
    today: str
    until: str
    meets: str | None
    discount: float
    deliverable: str | None
    moments: tuple[Moment, ...]
    losses: tuple[Loss, ...]
    unlisted: int
    price_left_out: Reason | None
    silent: tuple[str, ...]


def weigh_waiting(
    model: Model,
    on: Callable[[dt.date], Model],
    package: NDArray[np.int64],
    party: str,
    *,
    until: dt.date,
    title: str | Reason = "",
) -> WaitResult:
    """The deal from today until a day: on the days on which something changes, and at quarters of the time.

    1. What changes until then. 2. The model of each day, by `on`, with the same seed. 3. The deal without what has
    expired, with the dates at home that have passed. Raises BadArgument where the last day is not after today.
    """
    today = model.as_of
    if until <= today:
        raise BadArgument(f"Waiting ends after the case's date {today}; {until} does not.")
    losses = tuple(sorted(_losses(model, package, until), key=lambda loss: (loss.date, loss.kind, loss.party, loss.what)))
    days, unlisted = _days(model, today, until)
    discount = model.preferences[party].discount
    deliverable = model.settings.deliverable
    unpriced = None if deliverable else reason("wait.unpriced")
    moments = []
    for day in days:
        then = on(day)
        cost = None
        if deliverable and unpriced is None:
            try:
                cost = pricing.cost(then, *deliverable.split(".", 1), payer=party)
            except (LinkMissing, BadArgument) as problem:
                unpriced = reason("wait.failed", problem=str(problem))
        moments.append(_moment(then, package, party, today, discount, cost))
    return WaitResult(
        party=party,
        title=title,
        target=model.named(package),
        today=today.isoformat(),
        until=until.isoformat(),
        meets=None if model.meets is None else model.meets.date.isoformat(),
        discount=discount,
        deliverable=deliverable,
        moments=tuple(moments),
        losses=losses,
        unlisted=unlisted,
        price_left_out=unpriced,
        silent=tuple(name for name in model.parties if name not in model.homes),
    )


def _days(model: Model, today: dt.date, until: dt.date) -> tuple[list[dt.date], int]:
    """Today, the days on which something changes, the quarters of the time and its end; and how many changes were too many."""
    expires = [issue.expires for issue in model.terms.values() if issue.expires is not None]
    ends = {last + dt.timedelta(days=1) for last in expires if last < until}
    for preferences in model.preferences.values():
        ends |= {deadline.date for deadline in preferences.deadlines}
        ends |= {date for fade in preferences.fades.values() for date in fade.schedule}
    if model.meets is not None:
        ends.add(model.meets.date)
    changes = sorted(day for day in ends if today < day < until)
    listed = changes[:MOST_DAYS]
    quarters = [today + dt.timedelta(days=(until - today).days * k // 4) for k in (1, 2, 3)]
    room = quarters if len(listed) < MOST_DAYS // 2 else []
    return sorted({today, *listed, *room, until}), len(changes) - len(listed)


def _moment(then: Model, package: NDArray[np.int64], party: str, today: dt.date, discount: float, price: float | None) -> Moment:
    """The deal in a model of a later day; dates at home count from the day after `today` on."""
    rest = np.array(package)
    days = (then.as_of - today).days
    gone = [
        i
        for i, name in enumerate(then.issues)
        if rest[i] and (ends := then.terms[name].expires) is not None and ends < then.as_of
    ]
    rest[gone] = 0
    rows = rows_of(then, rest)
    margin = rows.margin.copy()
    for name, preferences in then.preferences.items():
        for deadline in preferences.deadlines:
            if today < deadline.date <= then.as_of:
                margin += add_effects(then, rows, rest, deadline.effects, "deadline", name, deadline.title).shift
    faults = tuple(fault.reason for fault in then.faults(rest))
    count = len(then.parties)
    home = portfolio.Votes(rows.votes.group[count:], rows.votes.weight[count:], rows.votes.quota)
    joint = portfolio.carried(margin, rows.votes) & (not faults)
    p = then.party(party)
    return Moment(
        date=then.as_of.isoformat(),
        days=days,
        expired=tuple(then.issues[i] for i in gone),
        faults=faults,
        values={name: float(then.values(rest)[k].mean()) for k, name in enumerate(then.parties)},
        accept={name: float((margin[k] >= -portfolio.ROUNDING).mean()) for k, name in enumerate(then.parties)},
        ratify=float(portfolio.carried(margin[count:], home).mean()) if then.homes else None,
        joint=float(joint.mean()),
        worth=float((margin[p] * joint).mean()) * discounted(discount, days),
        price=price,
    )


def _losses(model: Model, package: NDArray[np.int64], until: dt.date) -> Iterator[Loss]:
    today, moves = model.as_of, model.named(package)
    for name, issue in model.terms.items():
        if issue.expires is not None and today <= issue.expires < until:
            yield Loss(issue.expires.isoformat(), "expires", "", name, None, name in moves, issue.about, issue.source)
    rows = rows_of(model, package)
    for party, preferences in model.preferences.items():
        for name, fade in preferences.fades.items():
            left = factor(fade, today, until)
            date = starts(fade, today)
            touched = name in moves and (not fade.options or moves[name] in fade.options)
            yield Loss(date.isoformat(), "fades", party, name, left, touched, fade.why, fade.source)
        for deadline in preferences.deadlines:
            if today < deadline.date <= until:
                hit = bool(add_effects(model, rows, package, deadline.effects, "deadline", party, deadline.title).touches)
                yield Loss(deadline.date.isoformat(), "deadline", party, deadline.title, None, hit, deadline.why, deadline.source)
