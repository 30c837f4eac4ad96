"""Whether every home ratifies, in the same draws in which all accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summitry.deals.gates.accept import worth_more
from summitry.deals.gates.gate import Change, Gate, GateKind, up
from summitry.interests.home import least_shift
from summitry.reasons import reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summitry.deals.gates.gate import Subject

MOST = 0.5
"""Who says no in more than this share of draws says no."""


def test(subject: Subject) -> Gate:
    """P(all accept and every home ratifies); at homes that ratify too seldom those block who say no, and laws."""
    model, joint = subject.drawn, subject.joint
    needed = model.settings.joint
    if not model.homes:
        return Gate("ratify", None, None, needed, (), reason("gate.ratify.untested"))
    chance = {p: float(subject.chances.ratified[model.parties.index(p)].mean()) for p in model.homes}
    chance = dict(sorted(chance.items(), key=lambda x: x[1]))
    passed = subject.passes(joint)
    who = () if passed else tuple(key for p, c in chance.items() if c < needed for key in _blockers(subject, p))
    code = "gate.ratify.why" if passed is not None else "gate.ratify.near"
    why = reason(code, score=joint, needed=needed, draws=model.draws, chances=chance)
    return Gate("ratify", passed, joint, needed, who, why, near=passed is None)


def _blockers(subject: Subject, party: str) -> list[str]:
    """Laws in the way and constituencies that say no in most draws, vetoes first, then by influence."""
    home, columns = subject.drawn.homes[party], subject.drawn.columns(subject.package)
    no = 1.0 - home.yes(columns).mean(axis=1)
    seats = [c for c in range(len(home.seats)) if no[c] > MOST]
    seats.sort(key=lambda c: (not home.veto[c], -home.weight[c]))
    laws = [f"{party}: {law.name}" for law in home.laws if law.forbids[columns].any() and not law.waived.all()]
    return laws + [f"{party}/{home.seats[c]}" for c in seats]


def openings(subject: Subject) -> Iterator[Change]:
    """By home, the laws in the way and the constituency whose smallest shift carries it.

    Where every home alone is willing enough: the value that lifts the joint chance.
    """
    model = subject.drawn
    needed = model.settings.joint
    if not model.homes or subject.joint >= needed:
        return
    ratified = subject.chances.ratified
    short = [party for p, party in enumerate(model.parties) if party in model.homes and ratified[p].mean() < needed]
    for party in short:
        yield from _home(subject, party, needed)
    if not short:
        yield from worth_more(subject, needed, "ratify")


def _home(subject: Subject, party: str, needed: float) -> Iterator[Change]:
    """At one home: the laws that must be lifted, and the single constituency whose smallest shift carries the package."""
    home, columns = subject.drawn.homes[party], subject.drawn.columns(subject.package)
    yes = home.yes(columns)
    for law in home.laws:
        if law.forbids[columns].any() and not law.waived.all():
            what = reason("change.laws", laws=(f"{party}: {law.name}",), before=float(law.waived.mean()), after=1.0)
            yield Change("ratify", what, reason("effect.waived"))
    if home.carried(yes).mean() >= needed:
        return
    best = least_shift(home, columns, needed)
    if best is not None:
        what = reason("change.seat", seat=f"{party}/{home.seats[best[0]]}", before=0.0, after=up(best[1]))
        yield Change("ratify", what, reason("effect.carries", party=party, chance=needed))
    else:
        seats = tuple(f"{party}/{seat}" for c, seat in enumerate(home.seats) if yes[c].mean() < needed)
        yield Change("ratify", reason("change.seats", seats=seats), reason("effect.carries all", party=party))


GATE = GateKind(
    "ratify",
    test,
    openings=openings,
    screen=lambda model, pool: pool.both / model.settings.joint,
    by_draw=True,
    place=2,
)
