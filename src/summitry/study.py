"""THE FLOW: case -> evidence -> model -> trade -> plan -> Findings. Pure: no clock, no files, one seed.

holdings, record = what they have, what they said and did
declaration      = whether what they declare is all of it, and what visits that find nothing would say
readiness        = what is prepared and what is not
model            = the case compiled to arrays, with draws
signals          = how serious the record shows each side to be, whether words drift from deeds, and which signal to ask for
frontier         = what is possible at all, with the bargaining solutions
rung             = where to start: the most substantive swap that passes the four gates
ideas            = named proposals under the same gates, and what would open the closed ones
plan             = the rung's steps in order, with what each side holds if the other stops
groundwork       = the moves that raise the rung's chance most
price            = what the asked deliverable costs
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from summitry import __version__, model
from summitry.errors import BadArgument, LinkMissing
from summitry.evidence.holdings import holdings
from summitry.evidence.inspections import checks
from summitry.evidence.outlook import outlook
from summitry.evidence.positions import read_positions
from summitry.evidence.record import deliveries, record
from summitry.evidence.shares import shares, titles
from summitry.evidence.signals import signals
from summitry.evidence.texts.documents import audits
from summitry.plan.groundwork import find_groundwork
from summitry.plan.readiness import assess_readiness
from summitry.plan.schedule import plan_package
from summitry.reasons import Reason, reason
from summitry.sequence import steps
from summitry.trade import frontier, gates, homes, ladder, rung, signal
from summitry.trade import price as pricing
from summitry.trade.search import search
from summitry.trade.sensitivity import vary_assumptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.case.types import Case
    from summitry.evidence.declarations import Declaration
    from summitry.evidence.holdings import Holding
    from summitry.evidence.inspections import Checked
    from summitry.evidence.positions import Positions
    from summitry.evidence.record import Delivery, Record
    from summitry.evidence.shares import Share
    from summitry.evidence.signals import Signals
    from summitry.evidence.texts.audit import Audit
    from summitry.model import Model
    from summitry.plan.groundwork import GroundworkResult
    from summitry.plan.readiness import Readiness
    from summitry.plan.schedule import Plan
    from summitry.reasons import Reason
    from summitry.trade.frontier import Frontier
    from summitry.trade.gates import Verdict
    from summitry.trade.homes import AtHome
    from summitry.trade.ladder import LadderResult
    from summitry.trade.price import Price
    from summitry.trade.rung import RungResult
    from summitry.trade.sensitivity import Sensitivity

QUICK = (24, 8)
"""So many swaps are bounded, and so many put in order, for the ladder of a whole study; `summitry ladder` takes more."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to study a case: whose side is served, the seed, the number of draws, and the deliverable ISSUE.OPTION to price.

    Without a principal it is the viewer, else the case's own, else the first party; without a deliverable the case's own.
    """

    principal: str | None = None
    seed: int = 0
    draws: int | None = None
    deliverable: str | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """A link of the chain that was left out by name, and why."""

    link: str
    why: Reason | str


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a study found: plain data with the digest of its inputs, the version and the seed.

    `names` maps ids to titles for display, `givers` issues to the parties that can give them, `sides` parties to their
    coalition (or to themselves). `counts` tells how many rows of each kind of evidence there were; `omitted` which links were
    left out, and why; `notes` are conventions and warnings that belong to every number here.
    """

    case: str
    title: str
    as_of: str
    viewer: str | None
    principal: str
    version: str
    seed: int
    draws: int
    digest: str
    names: dict[str, str]
    givers: dict[str, tuple[str, ...]]
    sides: dict[str, str]
    settings: dict[str, float | int | str | None]
    counts: dict[str, int]
    holdings: tuple[Holding, ...] = ()
    shares: tuple[Share, ...] = ()
    declaration: Declaration | None = None
    inspections: tuple[Checked, ...] = ()
    record: Record | None = None
    signals: Signals | None = None
    frontier: Frontier | None = None
    rung: RungResult | None = None
    sensitivity: tuple[Sensitivity, ...] = ()
    ideas: tuple[Verdict, ...] = ()
    price: Price | None = None
    ladder: LadderResult | None = None
    plan: Plan | None = None
    homes: tuple[AtHome, ...] = ()
    positions: Positions | None = None
    promises: tuple[Delivery, ...] = ()
    audits: tuple[Audit, ...] = ()
    groundwork: GroundworkResult | None = None
    readiness: Readiness | None = None
    omitted: tuple[Omission, ...] = ()
    notes: tuple[str | Reason, ...] = ()

    def _repr_html_(self) -> str:
        from summitry.brief import notebook  # a view of this object, loaded only when a notebook asks for it

        return notebook(self)


def run(
    case: Case,
    settings: Settings | None = None,
    *,
    progress: Callable[[str], None] = lambda _: None,
    so_far: Callable[[Findings], None] = lambda _: None,
) -> Findings:
    """Study a case from end to end; `progress` hears the name of each link as it begins, `so_far` what is found when it ends.

    A link that the case has no evidence for is left out by name in `omitted`; nothing is filled in. Same case, settings and
    seed: same findings. Raises LinkMissing where this reader lacks even the values of deals, UnknownName for unknown names.
    """
    settings, omitted = settings or Settings(), list[Omission]()
    progress("evidence")
    held, seen, spoken = holdings(case), record(case), read_positions(case)
    omitted += _silent(case, held, seen, spoken)
    progress("model")
    made = model.build(case, seed=settings.seed, draws=settings.draws, record=seen, holdings=held)
    principal = settings.principal or case.principal
    found = Findings(
        **_about(case, settings, made, principal, held),
        holdings=held,
        shares=shares(case, held),
        declaration=outlook(case, held, settings.seed),
        inspections=checks(case),
        record=seen,
        signals=_signals(case, made, seen),
        positions=spoken,
        promises=deliveries(case),
        audits=audits(case),
        readiness=None if case.foreign else assess_readiness(case, principal),
    )
    so_far(found)
    progress("frontier")
    explored = frontier.explore(made, zone=not case.foreign)
    told = found.signals and signal.with_asks(found.signals, made, explored)
    found = replace(found, frontier=explored, signals=told)
    so_far(found)
    progress("rung")
    first, climbed = _rung(made, principal, omitted)
    verdict = None if first is None else first.chosen
    found = replace(found, rung=first, ladder=climbed, ideas=gates.judge_ideas(made))
    so_far(found)
    progress("plan")
    found = replace(
        found,
        plan=_plan(made, verdict, omitted),
        homes=homes.at_home(made, None if verdict is None else made.row(verdict.moves), explored),
        groundwork=_groundwork(made, verdict, principal, omitted),
    )
    so_far(found)
    progress("price")
    priced = _price(case, made, seen, settings.deliverable or case.file.settings.deliverable, principal, omitted)
    return replace(
        found,
        sensitivity=() if verdict is None else vary_assumptions(made, verdict),
        price=priced,
        omitted=(*omitted, *_untested(case, made)),
        notes=(*case.notes, *_plan_notes(found.plan)),
    )


def _about(case: Case, settings: Settings, made: Model, principal: str, held: tuple[Holding, ...]) -> dict[str, Any]:
    """What findings say of the case, the reader and the study itself: the first fields of `Findings`, by name."""
    return {
        "case": case.name,
        "title": case.file.title,
        "as_of": case.file.as_of.isoformat(),
        "viewer": case.viewer,
        "principal": principal,
        "version": __version__,
        "seed": settings.seed,
        "draws": made.draws,
        "digest": case.digest,
        "names": _names(case) | titles(shares(case, held)),
        "givers": {name: issue.giver for name, issue in case.file.issues.items()},
        "sides": case.file.sides,
        "settings": case.file.settings.model_dump(),
        "counts": _counts(case),
    }


def _signals(case: Case, made: Model, seen: Record | None) -> Signals | None:
    """What the record tells as it stands today, the deeds weighed in points too."""
    told = signals(case, seen, path=False)
    return told and replace(told, events=signal.in_points(made, case.evidence.events, told.events))


def _groundwork(made: Model, verdict: Verdict | None, principal: str, omitted: list[Omission]) -> GroundworkResult | None:
    """The groundwork for the swap to start with, until the case's horizon."""
    if verdict is None or made.foreign:
        return None
    by = made.as_of + dt.timedelta(days=made.settings.horizon)
    try:
        return find_groundwork(made, made.row(verdict.moves), principal, by=by, title=verdict.title)
    except LinkMissing as problem:
        omitted.append(Omission("groundwork", str(problem)))
        return None


def _price(
    case: Case, made: Model, seen: Record | None, target: str | None, principal: str, omitted: list[Omission]
) -> Price | None:
    why = "neither the case nor the call names a deliverable to price"
    try:
        if target is not None:
            issue, _, option = target.partition(".")
            others = (
                model.build(case, seed=made.seed + k, draws=made.draws, record=seen, homes=False) for k in range(1, pricing.SEEDS)
            )
            return pricing.price_over_seeds(made, others, issue, option, payer=principal)
    except (LinkMissing, BadArgument) as problem:
        why = str(problem)
    omitted.append(Omission("price", why))
    return None


def _plan(made: Model, verdict: Verdict | None, omitted: list[Omission]) -> Plan | None:
    if verdict is None:
        return None
    why: Reason | str = next(gate.why for gate in verdict.gates if gate.name == "trust")
    try:
        found = plan_package(made, made.row(verdict.moves), title=verdict.title, start=made.as_of)
    except BadArgument as problem:
        found, why = None, str(problem)
    if found is None:
        omitted.append(Omission("plan", why))
    return found


def _rung(made: Model, principal: str, omitted: list[Omission]) -> tuple[RungResult | None, LadderResult | None]:
    """The first rung and a quick ladder, from one search."""
    try:
        pool = search(made, principal)
    except LinkMissing as problem:
        omitted.append(Omission("rung", str(problem)))
        return None, None
    climbed = ladder.climb(made, principal, pool, deep=False, most=QUICK)
    found = rung.first_rung(made, principal, pool=pool)
    if found.chosen is None:
        omitted += [
            Omission(link, reason("study.no swap", candidates=found.candidates)) for link in ("rung", "plan", "groundwork")
        ]
    return found, climbed if climbed.rungs or climbed.ideas else None


def _plan_notes(scheduled: Plan | None) -> list[Reason]:
    """What the calendar of the plan runs into: the horizon, windows, capacities, and chits that expire before their turn."""
    conflicts = () if scheduled is None else scheduled.conflicts
    return [reason("plan.unmet" if c.about else "plan.unmet.horizon", about=c.about, what=c.what) for c in conflicts]


def _silent(case: Case, held: tuple[Holding, ...], seen: Record | None, spoken: Positions | None) -> list[Omission]:
    """Links of the evidence that the case says nothing of."""
    missing = {
        "holdings": ("the case makes no claim about what anybody holds", not held),
        "words and deeds": (
            "the case has no events and no commitments",
            seen is None or not (case.evidence.events or case.evidence.commitments),
        ),
        "state of play": ("the case has no positions", spoken is None),
        "texts": ("the case has no documents to audit", not case.evidence.documents),
    }
    return [Omission(link, why) for link, (why, absent) in missing.items() if absent]


def _untested(case: Case, made: Model) -> list[Omission]:
    """Gates that no verdict could test, and homes that nobody wrote down."""
    if made.foreign:
        return []
    found = []
    if not steps.trust_tested(made):
        found.append(
            Omission(
                "trust",
                "the case does not say what each side believes of the other, so no swap was tested against trust or the calendar",
            )
        )
    found += [
        Omission("ratification", f"no back table is given for {case.file.parties[party].name}; its home is taken as willing")
        for party in made.parties
        if party not in made.homes
    ]
    return found


def _names(case: Case) -> dict[str, str]:
    file = case.file
    found = {key: outsider.name for key, outsider in file.outsiders.items()}
    found |= {key: coalition.name for key, coalition in file.coalitions.items()}
    found |= {key: party.name for key, party in file.parties.items()}
    found |= {key: issue.title for key, issue in file.issues.items()}
    found |= {key: idea.title for key, idea in file.ideas.items()}
    for party, seats in file.constituencies.items():
        found |= {f"{party}/{key}": seat.name for key, seat in seats.items()}
    return found


def _counts(case: Case) -> dict[str, int]:
    evidence = case.evidence
    kinds = Counter({f"claims {claim}": 0 for claim in ("declared", "estimated", "verified")})
    kinds.update(f"claims {claim.kind}" for claim in evidence.claims)
    return {
        **kinds,
        "words": sum(event.kind == "word" for event in evidence.events),
        "deeds": sum(event.kind == "deed" for event in evidence.events),
        "positions": len(evidence.positions),
        "commitments": len(evidence.commitments),
        "documents": len(evidence.documents),
        "issues": len(case.file.issues),
        "options": sum(len(issue.options) for issue in case.file.issues.values()),
    }
