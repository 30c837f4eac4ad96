"""THE FLOW: case -> evidence -> model -> deals -> plan -> Findings. Pure: no clock, no files, one seed.

holdings, record = what they have, what they said and did
declaration      = whether what they declare is all of it, and what visits that find nothing would say
readiness        = what is prepared and what is not
model            = the case compiled to arrays, with draws
signals          = how serious the record shows each side to be, whether words drift from deeds, and which signal to ask for
frontier         = what is possible at all, with the bargaining solutions
rung             = where to start: the swap of the largest expected gain that passes all gates
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

from summitry.deals import frontier, gates, homes, ladder, rung, signal
from summitry.deals import price as pricing
from summitry.deals.candidates import search
from summitry.deals.sensitivity import vary_assumptions
from summitry.errors import BadArgument, LinkMissing
from summitry.evidence.conduct import deliveries
from summitry.evidence.credibility import signals
from summitry.evidence.declarations import outlook
from summitry.evidence.inspections import checks
from summitry.evidence.positions import read_positions
from summitry.evidence.quantities import titles
from summitry.evidence.texts.documents import audits
from summitry.plan.groundwork import find_groundwork
from summitry.plan.readiness import assess_readiness
from summitry.plan.schedule import plan_package
from summitry.reasons import Reason, reason
from summitry.sequence import orders
from summitry.version import __version__
from summitry.wording.names import Names

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.case.types import Case
    from summitry.deals.frontier import Frontier
    from summitry.deals.gates import Verdict
    from summitry.deals.homes import AtHome
    from summitry.deals.ladder import LadderResult
    from summitry.deals.price import Price
    from summitry.deals.rung import RungResult
    from summitry.deals.sensitivity import Sensitivity
    from summitry.evidence.conduct import Deed, Delivery, Record
    from summitry.evidence.credibility import Signals
    from summitry.evidence.declarations import Declaration
    from summitry.evidence.inspections import Checked
    from summitry.evidence.inventory import Holding
    from summitry.evidence.positions import Positions
    from summitry.evidence.quantities import Share
    from summitry.evidence.texts.audit import Audit
    from summitry.model import Model
    from summitry.plan.groundwork import GroundworkResult
    from summitry.plan.readiness import Readiness
    from summitry.plan.schedule import Plan
    from summitry.workspace import Workspace

QUICK = (24, 8)
"""So many swaps are bounded, and so many put in order, for the ladder of a whole study; `summitry ladder` takes more."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to study a case: whose side is served, the number of draws, and the deliverable ISSUE.OPTION to price.

    Without a principal it is the viewer, else the case's own, else the first party; without a deliverable the case's own.
    """

    principal: str | None = None
    draws: int | None = None
    deliverable: str | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """A link of the chain that was left out, and why; the catalogue holds its title as `link.LINK`."""

    link: str
    why: Reason


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a study found: plain data with the digest of its inputs, the version and the seed.

    `names` maps ids to titles for display, `givers` issues to the parties that can give them, `calls` are the moves that need a
    call home, `nevers` those of them that a mandate forbids, `sides` give the coalition of each party (or the party itself).
    `counts` tells how many rows of each kind of evidence there were; `omitted` which links were left out, and why; `notes` are
    conventions and warnings that belong to every number here.
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
    calls: tuple[str, ...]
    sides: dict[str, str]
    settings: dict[str, float | int | str | None]
    counts: dict[str, int]
    nevers: tuple[str, ...] = ()
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
    notes: tuple[Reason, ...] = ()

    @property
    def other(self) -> str | None:
        """The main other party: who gives the deliverable, else whom the principal has a belief about, else the last one."""
        parties = [self.price.giver] if self.price is not None else []
        if self.record is not None:
            parties += [belief.other for belief in self.record.beliefs if belief.party == self.principal]
        if self.frontier is not None:
            parties += reversed(self.frontier.parties)
        ours = self.wording_names.ours
        return next((party for party in parties if not ours(party)), None)

    @property
    def other_deeds(self) -> tuple[Deed, ...]:
        """What the main other party did, alone or with others, the substantive first; all deeds where there is no such party."""
        deeds, other = () if self.record is None else self.record.deeds, self.other
        theirs = (deed for deed in deeds if other is None or other in deed.actors)
        return tuple(sorted(theirs, key=lambda deed: deed.weight != "substantive"))

    @property
    def tally(self) -> dict[str, int]:
        """How many deeds of the main other party carry each weight."""
        return dict(sorted(Counter(deed.weight for deed in self.other_deeds).items()))

    @property
    def not_today(self) -> Verdict | None:
        """The idea ruled out for today: the one that the settings name where it fails, else the first that fails a gate."""
        wanted = self.settings.get("idea")
        titles = {wanted, self.names.get(str(wanted))} if wanted else set()
        failing = [idea for idea in self.ideas if not idea.passed]
        return next(iter([idea for idea in failing if idea.title in titles] or failing), None)

    @property
    def plain_names(self) -> Names:
        """Titles where there is little room: a seat of a back table without its party."""
        marks = frozenset(self.calls), frozenset(self.nevers)
        return Names(self.names, self.sides, self.givers, self.principal, self.case, self.title, *marks)

    @property
    def wording_names(self) -> Names:
        """Titles for whoever words these findings; a seat of a back table is named with its party."""
        parties = {key: key.partition("/")[0] for key in self.names if "/" in key}
        seats = {key: f"{self.names[party]}: {self.names[key]}" for key, party in parties.items() if party in self.sides}
        return replace(self.plain_names, titles=self.names | seats)


def run(
    workspace: Workspace,
    settings: Settings | None = None,
    *,
    progress: Callable[[str], None] = lambda _: None,
    so_far: Callable[[Findings], None] = lambda _: None,
) -> Findings:
    """Study a case from end to end; `progress` hears the name of each link as it begins, `so_far` what is found when it ends.

    A link that the case has no evidence for is left out by name in `omitted`; nothing is filled in. Same workspace and settings:
    same findings. Raises LinkMissing where this reader lacks even the values of deals, UnknownName for unknown names.
    """
    settings, omitted, case = settings or Settings(), list[Omission](), workspace.case
    progress("evidence")
    record, positions = workspace.record, read_positions(case)
    omitted += _silent(case, workspace.holdings, record, positions)
    progress("model")
    model = workspace.model if settings.draws is None else workspace.build(draws=settings.draws)
    principal = settings.principal or workspace.principal
    findings = Findings(
        **_about(workspace, model, principal),
        holdings=workspace.holdings,
        shares=workspace.shares,
        declaration=outlook(case, workspace.holdings, workspace.seed),
        inspections=checks(case),
        record=record,
        signals=_signals(case, model, record),
        positions=positions,
        promises=deliveries(case),
        audits=audits(case),
        readiness=None if case.foreign else assess_readiness(case, principal),
    )
    so_far(findings)
    progress("frontier")
    explored = workspace.zone if settings.draws is None else frontier.explore(model, zone=not case.foreign)
    with_asks = findings.signals and signal.with_asks(findings.signals, model, explored, positions)
    findings = replace(findings, frontier=explored, signals=with_asks)
    so_far(findings)
    progress("rung")
    first, rungs = _rung(model, principal, omitted)
    verdict = None if first is None else first.chosen
    findings = replace(findings, rung=first, ladder=rungs, ideas=gates.judge_ideas(model))
    so_far(findings)
    progress("plan")
    findings = replace(
        findings,
        plan=_plan(model, verdict, omitted),
        homes=homes.at_home(model, None if verdict is None else model.row(verdict.moves), explored),
        groundwork=_groundwork(model, verdict, principal, omitted),
    )
    so_far(findings)
    progress("price")
    price = _price(workspace, model, settings.deliverable or case.file.settings.deliverable, principal, omitted)
    return replace(
        findings,
        sensitivity=() if verdict is None else vary_assumptions(model, verdict),
        price=price,
        omitted=(*omitted, *_untested(model)),
        notes=(*(reason("study.note", note=note) for note in case.notes), *_plan_notes(findings.plan)),
    )


def _about(workspace: Workspace, model: Model, principal: str) -> dict[str, Any]:
    """What findings say of the case, the reader and the study itself: the first fields of `Findings`, by name."""
    case = workspace.case
    return {
        "case": case.name,
        "title": case.file.title,
        "as_of": case.file.as_of.isoformat(),
        "viewer": case.viewer,
        "principal": principal,
        "version": __version__,
        "seed": workspace.seed,
        "draws": model.draws,
        "digest": case.digest,
        "names": _names(case) | titles(workspace.shares),
        "givers": {name: issue.giver for name, issue in case.file.issues.items()},
        "calls": tuple(sorted(workspace.calls)),
        "nevers": tuple(sorted(workspace.nevers)),
        "sides": case.file.sides,
        "settings": case.file.settings.model_dump(),
        "counts": _counts(case),
    }


def _signals(case: Case, model: Model, record: Record | None) -> Signals | None:
    """What the record tells as it stands today, the deeds weighed in points too."""
    so_far = signals(case, record, path=False)
    return so_far and replace(so_far, events=signal.in_points(model, case.evidence.events, so_far.events))


def _refused(link: str, problem: Exception) -> Omission:
    """A link whose question was refused, with the message."""
    return Omission(link, reason("study.refused", problem=str(problem)))


def _groundwork(model: Model, verdict: Verdict | None, principal: str, omitted: list[Omission]) -> GroundworkResult | None:
    """The groundwork for the swap to start with, until the case's horizon."""
    if verdict is None or model.foreign:
        return None
    by = model.as_of + dt.timedelta(days=model.settings.horizon)
    try:
        return find_groundwork(model, model.row(verdict.moves), principal, by=by, title=verdict.title)
    except LinkMissing as problem:
        omitted.append(_refused("groundwork", problem))
        return None


def _price(workspace: Workspace, model: Model, target: str | None, principal: str, omitted: list[Omission]) -> Price | None:
    if target is None:
        omitted.append(Omission("price", reason("study.unpriced")))
        return None
    issue, _, option = target.partition(".")
    others = (workspace.build(seed=workspace.seed + k, draws=model.draws, homes=False) for k in range(1, pricing.SEEDS))
    try:
        return pricing.price_over_seeds(model, others, issue, option, payer=principal)
    except (LinkMissing, BadArgument) as problem:
        omitted.append(_refused("price", problem))
        return None


def _plan(model: Model, verdict: Verdict | None, omitted: list[Omission]) -> Plan | None:
    if verdict is None:
        return None
    try:
        plan = plan_package(model, model.row(verdict.moves), title=verdict.title, start=model.signed)
    except BadArgument as problem:
        omitted.append(_refused("plan", problem))
        return None
    if plan is None:
        omitted.append(Omission("plan", next(gate.why for gate in verdict.gates if gate.name == "trust")))
    return plan


def _rung(model: Model, principal: str, omitted: list[Omission]) -> tuple[RungResult | None, LadderResult | None]:
    """The first rung and a quick ladder, from one search."""
    try:
        pool = search(model, principal)
    except LinkMissing as problem:
        omitted.append(_refused("rung", problem))
        return None, None
    rungs = ladder.climb(model, principal, pool, deep=False, most=QUICK)
    first = rung.first_rung(model, principal, pool=pool)
    if first.chosen is None:
        omitted += [
            Omission(link, reason("study.no swap", candidates=first.candidates)) for link in ("rung", "plan", "groundwork")
        ]
    return first, rungs if rungs.rungs or rungs.ideas else None


def _plan_notes(plan: Plan | None) -> list[Reason]:
    """What the calendar of the plan runs into: the horizon, windows, capacities, and chits that expire before their turn."""
    conflicts = () if plan is None else plan.conflicts
    return [reason("plan.unmet" if c.about else "plan.unmet.horizon", about=c.about, what=c.what) for c in conflicts]


def _silent(case: Case, holdings: tuple[Holding, ...], record: Record | None, positions: Positions | None) -> list[Omission]:
    """Links of the evidence that the case says nothing of."""
    evidence = case.evidence
    missing = {
        "holdings": not holdings,
        "words and deeds": record is None or not (evidence.events or evidence.commitments),
        "state of play": positions is None,
        "texts": not evidence.documents,
    }
    return [Omission(link, reason(f"study.silent.{link}")) for link, absent in missing.items() if absent]


def _untested(model: Model) -> list[Omission]:
    """Gates that no verdict could test, and homes that nobody wrote down."""
    if model.foreign:
        return []
    trust = [] if orders.trust_tested(model) else [Omission("trust", reason("study.untested.trust"))]
    unwritten = (party for party in model.parties if party not in model.homes)
    return [*trust, *(Omission("ratification", reason("study.untested.home", party=party)) for party in unwritten)]


def _names(case: Case) -> dict[str, str]:
    file = case.file
    seats = {f"{party}/{key}": seat.name for party, inside in file.constituencies.items() for key, seat in inside.items()}
    return {
        **{key: outsider.name for key, outsider in file.outsiders.items()},
        **{key: coalition.name for key, coalition in file.coalitions.items()},
        **{key: party.name for key, party in file.parties.items()},
        **{key: issue.title for key, issue in file.issues.items()},
        **{key: idea.title for key, idea in file.ideas.items()},
        **seats,
    }


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
