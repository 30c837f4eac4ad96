"""A package as dated steps, and where they stand.

The steps come in the quickest order that today's trust carries and the calendar bears (`--order` asks for another): who does
what from when to when, how and by when it is verified, where the next side decides, what each side holds wherever it stops, and
what does not fit. With a status file it tells [where the plan stands](../how-to/follow-a-plan.md), and plans what remains. What
summitry did not write itself `--out` leaves alone. Without the extra `xlsx` the other files are written all the same;
`plan.xlsx` is left out by name on standard error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from summitry.document import Block, Bullets, Figure, Folded, Phrase, bullets, column, head, places, say, table, why
from summitry.errors import BadArgument
from summitry.questions import Ask, Question, Template

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summitry.deals.gates.gate import Gate
    from summitry.model import Model
    from summitry.plan.following import Following
    from summitry.plan.schedule import Plan
    from summitry.reasons import Reason
    from summitry.sequence.orders import Purpose
    from summitry.wording.names import Names
    from summitry.workspace import Workspace

MOST_SHIFTS = 12


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """The package, when work begins, and what became of its steps."""

    package: Annotated[
        tuple[str, ...],
        Ask("DEAL"),
    ] = ()
    start: Annotated[str | None, Ask("DATE")] = None
    order: Annotated[Literal["quickest", "receive-first", "least-trust"], Ask("ORDER")] = "quickest"
    status: Annotated[Path | None, Ask("FILE")] = None


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """A package, its plan, and where the plan stands by a status file; `following` is None without one.

    `refused` is the gate that keeps it from being signed at all: too few accept it, or a home does not ratify.
    """

    package: dict[str, str]
    plan: Plan
    following: Following | None
    refused: Gate | None = None


def answer(workspace: Workspace, request: PlanRequest) -> PlanAnswer:
    """The plan of a package on a calendar, and where it stands."""
    from summitry.case.dates import read_day
    from summitry.case.tables import read_status
    from summitry.case.types import require_native
    from summitry.plan.following import follow

    case, model = require_native(workspace.case, "A plan"), workspace.model
    begin = model.signed if request.start is None else read_day(request.start)
    if begin < case.file.as_of:
        msg = f"A plan cannot start before the case's date, {case.file.as_of}; found {begin}."
        raise BadArgument(msg)
    package, title = workspace.package(request.package)
    plan, walk = _planned(model, package, title, begin, request.order)
    following = None
    if request.status is not None:
        givers = {step.id: step.givers for step in plan.steps}
        rows = read_status(request.status, acts(plan), givers, begin)
        following = follow(case, package, plan, walk, rows, begin, workspace.seed)
    return PlanAnswer(model.named(package), plan, following, _refused(model, package))


def _refused(model: Model, package: NDArray[np.int64]) -> Gate | None:
    """The first gate that is closed, of those that a plan does not lay out itself: what must be open for a signature."""
    from summitry.deals.gates import GATES
    from summitry.deals.gates.gate import Subject

    subject = Subject(model, package)
    tested = (kind.test(subject) for kind in GATES if not kind.formed and kind.name not in {"trust", "time"})
    return next((gate for gate in tested if gate.passed is False), None)


def _planned(
    model: Model, package: NDArray[np.int64], title: str | Reason, start: dt.date, purpose: Purpose
) -> tuple[Plan, tuple[int, ...]]:
    """The plan of a package; raises BadArgument where there is none."""
    from summitry.plan.schedule import lay_out
    from summitry.sequence.orders import require_trust, steps

    faults = model.faults(package)
    if faults:
        msg = f"This package cannot be formed: {'; '.join(map(str, faults))}. Add what is missing, or leave out what requires it."
        raise BadArgument(msg)
    require_trust(model, "A plan")
    work = steps(model, package)
    plan = lay_out(model, work, title, start, purpose=purpose) if work.count else None
    if plan is None:
        raise BadArgument(
            "There is no plan: the package moves nothing that anybody gives, or no order of its steps keeps the exposure limits "
            "within the phases that the horizon allows. Take a smaller package, or a longer settings.horizon."
        )
    return plan


def acts(plan: Plan) -> Mapping[str, str]:
    """Each step as a status file names it, by its id."""
    return {
        step.id: f"{'+'.join(step.givers)}: {step.issue}: {step.before} -> {step.after}"
        + ("" if step.part is None else f" ({step.part:.0%} of the move)")
        for step in plan.steps
    }


def _status_file(value: PlanAnswer) -> bytes:
    from summitry.case.tables import status_template

    return status_template(acts(value.plan))


def view(value: PlanAnswer, _: Names) -> Iterator[Block]:
    """Where the plan stands, if that was asked, with the plan of what remains; else the plan."""
    if value.refused is not None and value.following is None:
        yield say("plan.refused", "refused")
    if value.following is None:
        yield from _plan(value.plan, "plan")
        return
    yield from _standing(value.following, "following")
    if value.following.remaining is not None:
        yield from _plan(value.following.remaining, "following.remaining")


def _standing(following: Following, at: str) -> Iterator[Block]:
    yield head("follow.head", at)
    yield from (say("follow.provision", place) for place in places(f"{at}.provisions", following.provisions))
    yield from (say(f"follow.{part}", at) for part in ("held", "exposed", "unverified", "overdue", "broken_by"))
    yield from (say("follow.learnt", place) for place in places(f"{at}.learnt", following.learnt))
    yield say("follow.why", at)


def _plan(plan: Plan, at: str) -> Iterator[Block]:
    yield head("plan.head", at)
    yield say("plan.span.proven" if plan.gap <= 0.0 else "plan.span.open", at)
    yield say("plan.load.strained" if plan.order_is == "asked" and plan.load > 1.0 else f"plan.load.{plan.order_is}", at)
    yield say("plan.phases", at)
    yield from map(Figure, ("gantt", "staircase", "stops", "exposure"))
    yield from _steps(plan, at)
    yield from _limits(plan, at)
    yield head("plan.exposed", level=2)
    for place, stop in zip(places(f"{at}.stop_loss", plan.stop_loss), plan.stop_loss, strict=True):
        yield say("plan.exposed.most", at, party=stop.party)
        if stop.date:
            yield say(f"plan.stop.{stop.kind}", place, depth=1)
        else:
            yield say("plan.bears.none" if stop.limit == float("inf") else f"plan.bears.{stop.kind}", place, depth=1)
    yield say("plan.critical", at)
    yield from map(why, places(f"{at}.notes", plan.notes))
    yield Folded(tuple(_details(plan, at)))


def _steps(plan: Plan, at: str) -> Iterator[Block]:
    """Each step with its check, what is held after it, and the decision that follows."""
    checks = {
        check.step: place
        for check, place in zip(plan.verifications, places(f"{at}.verifications", plan.verifications), strict=True)
    }
    decisions = {
        point.after: place for point, place in zip(plan.decisions, places(f"{at}.decisions", plan.decisions), strict=True)
    }
    yield head("plan.steps.head", level=2)
    for place, step in zip(places(f"{at}.steps", plan.steps), plan.steps, strict=True):
        yield say("plan.step", place)
        if step.id in checks:
            yield say("plan.check" if step.verification else "plan.check.unseen", checks[step.id], depth=2)
        yield say("plan.held", place, depth=2)
        if step.id in decisions:
            yield say("plan.decision", decisions[step.id], depth=1)


def _limits(plan: Plan, at: str) -> Iterator[Block]:
    """What does not fit, the orders that were tried, and what days off moved."""
    if plan.conflicts:
        yield head("plan.conflicts.head", level=2)
    for place, conflict in zip(places(f"{at}.conflicts", plan.conflicts), plan.conflicts, strict=True):
        yield say("plan.conflict" if conflict.about else "plan.conflict.horizon", place)
    if len(plan.orders) > 1 or plan.conflicts:
        yield head("plan.orders.head", level=2)
        for place, order in zip(places(f"{at}.orders", plan.orders), plan.orders, strict=True):
            yield say("plan.order" if order.end else "plan.order.short", place)
    if plan.shifts:
        yield head("plan.shifts.head", level=2)
    yield from (say("plan.shift", place) for place in places(f"{at}.shifts", plan.shifts)[:MOST_SHIFTS])
    if len(plan.shifts) > MOST_SHIFTS:
        yield say("plan.shifts.more", at)


def _details(plan: Plan, at: str) -> Iterator[Block]:
    """All of it in tables, a table without rows left out."""
    parties = list(dict.fromkeys((*plan.exposure, *(party for step in plan.steps for party in step.held))))
    yield _parties(plan, at, parties)
    points = [
        column(f"plan.decisions.{way}", f"{way}[{party}]:number", party=party)
        for party in parties
        for way in ("go", "hold", "back")
    ]
    holds = [column("plan.steps.held", f"held[{party}]:number", party=party) for party in parties]
    tables: tuple[tuple[str, tuple[object, ...], tuple[object, ...]], ...] = (
        (
            "steps",
            plan.steps,
            ("id", "givers:names", "owner", "issue:name", "before", "after", "part:percent", "start", "end", "slack",
             "verification", *holds, "exit"),
        ),
        (
            "verifications",
            plan.verifications,
            ("id", "step", "start", "end", "days", "within", "method", "detection:percent", "why"),
        ),
        ("decisions", plan.decisions, ("id", "date", "after", "next:names", "hold_until", *points)),
        ("conflicts", plan.conflicts, ("about:name", "kind:word plan.conflict.kind", "limit", "needed", "applied", "what")),
        ("shifts", plan.shifts, ("step", "what:word plan.shift", "due", "moved", "why:each")),
    )  # fmt: skip
    for name, rows, columns in tables:
        if rows:
            yield table(f"plan.{name}", places(f"{at}.{name}", rows), columns)  # type: ignore[arg-type] # columns and their cells


def _parties(plan: Plan, at: str, parties: list[str]) -> Bullets:
    """For each party its gain, and the trust that is needed beside the trust that there is."""
    lines = (Phrase("plan.party" if party in plan.trust_needed else "plan.party.rest", at, {"party": party}) for party in parties)
    return bullets("plan.parties", lines)


QUESTION = Question(
    name="plan",
    group="plan",
    request=PlanRequest,
    answer=answer,
    view=view,
    example=("supply-contract", {"package": ("volume=half", "delivery=four-weeks", "payment=net-45")}),
    files=("plan.json", "plan.ics", "plan.xlsx", "*.svg"),
    template=Template(_status_file),
)
