"""Questions about the order of steps: the plan of a package, its files, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry import case
from summitry.brief import figures, files, planned
from summitry.case.status import read_status
from summitry.case.status import template as status_template
from summitry.case.types import require_native
from summitry.desk.answers import as_json, day
from summitry.errors import BadArgument, ExtraMissing
from summitry.evidence.record import record
from summitry.model import build
from summitry.packages import BEST, named
from summitry.plan.following import follow
from summitry.plan.schedule import laid_out
from summitry.report import data
from summitry.sequence import steps as made_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from summitry.brief.planned import Planned
    from summitry.case.types import Case
    from summitry.model import Model
    from summitry.plan.following import Following
    from summitry.plan.results import Plan


SHEET = "plan.xlsx"


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """A package and its plan, the files that were written, and those that could not be, each with its reason."""

    package: dict[str, str]
    plan: Plan
    following: Following | None
    files: tuple[Path, ...]
    left_out: tuple[str, ...] = ()


def plan(
    name: str,
    deal: Sequence[str] = (),
    *,
    viewer: str | None = None,
    start: str | None = None,
    seed: int = 0,
    out: Path | None = None,
    status: Path | None = None,
    template: Path | None = None,
) -> tuple[Case, PlanAnswer]:
    """The plan of a package on a calendar, written into `out` where it is named, and where it stands by the file `status`.

    `deal` names the package (`packages.named`), by default where to start. `template` is where to write a status file to
    fill in.
    """
    opened = require_native(case.load(name, viewer=viewer), "A plan")
    begin = opened.file.as_of if start is None else day(start)
    if begin < opened.file.as_of:
        msg = f"A plan cannot start before the case's date, {opened.file.as_of}; found {begin}."
        raise BadArgument(msg)
    made = build(opened, seed=seed, record=record(opened))
    package, title = named(made, deal or (BEST,))
    found, walk = _planned(made, package, title, begin)
    moves = made.named(package)
    told = {step.id: f"{'+'.join(step.givers)}: {step.issue}: {step.before} -> {step.after}" for step in found.steps}
    following = None
    if status is not None:
        following = follow(
            opened,
            package,
            found,
            walk,
            read_status(status, told, {step.id: step.givers for step in found.steps}, begin),
            begin,
            seed,
        )
    written = () if template is None else files.write(template.parent, {template.name: status_template(told)})
    left: tuple[str, ...] = ()
    if out is not None:
        contents, left = _contents(_told(opened, found), plan_json(PlanAnswer(moves, found, following, ())), out)
        written += files.write(out, contents)
    return opened, PlanAnswer(moves, found, following, written, left)


def plan_json(answer: PlanAnswer) -> dict[str, object]:
    """The documented object of `plan --json`: the package, the fields of its plan, and where it stands by a status file."""
    return {"package": answer.package, **data.plain(answer.plan), "following": data.plain(answer.following)}


def _planned(made: Model, package: NDArray[np.int64], title: str, start: dt.date) -> tuple[Plan, tuple[int, ...]]:
    faults = made.faults(package)
    if faults:
        msg = f"This package cannot be formed: {'; '.join(map(str, faults))}. Add what is missing, or leave out what requires it."
        raise BadArgument(msg)
    made_of.require_trust(made, "A plan")
    steps = made_of.steps(made, package)
    found = laid_out(made, steps, title, start) if steps.count else None
    if found is None:
        msg = (
            "There is no plan: the package moves nothing that anybody gives, or no order of its steps keeps the exposure limits "
            "within the changes of mover that the horizon allows. Take a smaller package, or a longer settings.horizon."
        )
        raise BadArgument(msg)
    return found


def _told(opened: Case, found: Plan) -> Planned:
    file = opened.file
    names = {key: coalition.name for key, coalition in file.coalitions.items()}
    names |= {key: party.name for key, party in file.parties.items()} | {key: issue.title for key, issue in file.issues.items()}
    return planned.Planned(
        case=opened.name,
        title=file.title,
        names=names,
        sides=file.sides,
        givers={name: issue.giver for name, issue in file.issues.items()},
        principal=opened.principal,
        plan=found,
    )


def _contents(told: Planned, body: dict[str, object], out: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files of a plan by name, and what is left out: the workbook, where nothing here can write one."""
    made = {"plan.json": (as_json(body) + "\n").encode(), "plan.ics": planned.ics(told)}
    left: tuple[str, ...] = ()
    try:
        made[SHEET] = planned.xlsx(told)
    except ExtraMissing as missing:
        older = f" The {SHEET} that is there is of an earlier run." if (out / SHEET).exists() else ""
        left = (f"{SHEET}: {missing}{older}",)
    return made | {f"{figure.key}.svg": figures.alone(figure).encode() for figure in figures.of_plan(told)}, left
