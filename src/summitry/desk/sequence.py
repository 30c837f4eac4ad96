"""Questions about the order of steps: the plan of a package, its files, and what has become of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summitry import case, study
from summitry.brief import export, figures, files, planned
from summitry.case.layout import parse
from summitry.case.source import YAML_LIMIT, Folder, is_file, plain
from summitry.case.status import read_status
from summitry.case.status import template as status_template
from summitry.desk.answers import as_json, split
from summitry.errors import BadArgument, CaseInvalid, LinkMissing, UnknownName
from summitry.evidence.record import record
from summitry.model import build
from summitry.plan.following import follow
from summitry.plan.schedule import laid_out
from summitry.trade import frontier
from summitry.trade import steps as made_of
from summitry.trade.ladder import climb
from summitry.trade.rung import first_rung, searched

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from summitry.brief.planned import Planned
    from summitry.case.types import Case
    from summitry.model import Model
    from summitry.plan.following import Following
    from summitry.plan.results import Plan
    from summitry.trade.ladder_results import LadderResult

BEST = "best"


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """A package and its plan, and the files that were written."""

    package: dict[str, str]
    plan: Plan
    following: Following | None
    files: tuple[Path, ...]


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

    `deal` is "best" (where to start, or the nearest miss), the name of a bargaining solution or of an idea of the case, the path
    of a file with one option for each issue, or moves ISSUE=OPTION. `template` is where to write a status file to fill in.
    """
    opened = case.load(name, viewer=viewer)
    if opened.foreign:
        msg = f"A {opened.foreign} scenario has no status quo to start from, so there is no plan for it: convert it to a case."
        raise BadArgument(msg)
    begin = opened.file.as_of if start is None else day(start)
    made = build(opened, seed=seed, record=record(opened))
    package, title = _package(made, opened, deal or (BEST,), seed)
    found, walk = _planned(made, package, title, begin)
    moves = made.named(package)
    told = {step.id: f"{step.party}: {step.issue}: {step.before} -> {step.after}" for step in found.steps}
    following = None
    if status is not None:
        following = follow(opened, package, found, walk, read_status(status, told, begin), begin, seed)
    written = () if template is None else files.write(template.parent, {template.name: status_template(told)})
    if out is not None:
        written += files.write(out, _contents(_told(opened, found), plan_json(PlanAnswer(moves, found, following, ()))))
    return opened, PlanAnswer(moves, found, following, written)


def plan_json(answer: PlanAnswer) -> dict[str, object]:
    """The documented object of `plan --json`: the package, the fields of its plan, and where it stands by a status file."""
    return {"package": answer.package, **export.plain(answer.plan), "following": export.plain(answer.following)}


def day(text: str) -> dt.date:
    """A plain date; BadArgument where it is none, or one that no calendar of ours reaches."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or len(text) != len("2019-02-15") or not dt.date(1800, 1, 1) <= found < dt.date(2500, 1, 1):
        msg = f"A date is written year-month-day, such as 2019-02-15; found {plain(text)!r}."
        raise BadArgument(msg)
    return found


def _planned(made: Model, package: NDArray[np.int64], title: str, start: dt.date) -> tuple[Plan, tuple[int, ...]]:
    faults = made.faults(package)
    if faults:
        msg = f"This package cannot be formed: {'; '.join(faults)}. Add what is missing, or leave out what requires it."
        raise BadArgument(msg)
    if not made_of.trust_tested(made):
        raise LinkMissing(
            "A plan",
            "it does not say what each side believes of the other",
            "Add `trust:` to the preference files, for each party about the other side.",
        )
    steps = made_of.steps(made, package)
    found = laid_out(made, steps, title, start) if steps.count else None
    if found is None:
        msg = (
            "There is no plan: the package moves nothing that anybody gives, or no order of its steps keeps the exposure limits "
            "within the changes of mover that the horizon allows. Take a smaller package, or a longer settings.horizon."
        )
        raise BadArgument(msg)
    return found


def _package(made: Model, opened: Case, deal: Sequence[str], seed: int) -> tuple[NDArray[np.int64], str]:
    """The package that the words name, and its title."""
    if all("=" in word for word in deal) and not (len(deal) == 1 and is_file(Path(deal[0]))):
        return made.row(dict(split(word) for word in deal)), "the package asked for"
    if len(deal) > 1:
        msg = f"Name one package, or moves ISSUE=OPTION; found {', '.join(map(plain, deal))}."
        raise BadArgument(msg)
    word = deal[0]
    if word == BEST:
        extra = [made.row(idea.package) for idea in opened.file.ideas.values()]
        answer = first_rung(made, study.principal_of(opened, study.Settings(seed=seed)), None, extra)
        verdict = answer.best or answer.nearest
        if verdict is None:
            msg = "No swap was found to plan: name a package with --package."
            raise BadArgument(msg)
        return made.row(verdict.moves), "where to start" if answer.best else "the nearest miss"
    if word in opened.file.ideas:
        return made.row(opened.file.ideas[word].package), opened.file.ideas[word].title
    if is_file(Path(word)):
        return made.row(_moves(Path(word))), "the package of the file"
    solutions = {s.name: s for s in frontier.explore(build(opened, draws=0)).solutions}
    if word.replace("-", "_") in solutions:
        return made.row(solutions[word.replace("-", "_")].package), f"the {word.replace('_', '-')} solution"
    raise UnknownName("package", plain(word), (BEST, *(s.replace("_", "-") for s in solutions), *opened.file.ideas))


def _moves(path: Path) -> dict[str, str]:
    """The moves of a file that holds one option for each issue, as YAML or JSON; other keys than `package` are not looked at."""
    folder = Folder(path.parent)
    text = folder.text(path.name, YAML_LIMIT, required=True)
    layout, problems = (None, []) if text is None else parse(text, path.name)
    data = None if layout is None else layout.data
    if isinstance(data, dict) and isinstance(data.get("package"), dict):
        data = data["package"]
    if problems or folder.problems or layout is None:
        raise CaseInvalid([*folder.problems, *problems])
    if not isinstance(data, dict) or not data or not all(isinstance(v, (str, int, float)) for v in data.values()):
        raise CaseInvalid(
            [layout.problem((), "this file names no package", "Write one `issue: option` line for each issue that moves.")]
        )
    return {str(issue): str(option) for issue, option in data.items()}


def _told(opened: Case, found: Plan) -> Planned:
    file = opened.file
    names = {key: coalition.name for key, coalition in file.coalitions.items()}
    names |= {key: party.name for key, party in file.parties.items()} | {key: issue.title for key, issue in file.issues.items()}
    return planned.Planned(
        case=opened.name,
        title=file.title,
        names=names,
        sides={name: party.coalition or name for name, party in file.parties.items()},
        givers={name: issue.giver for name, issue in file.issues.items()},
        principal=study.principal_of(opened, study.Settings()),
        plan=found,
    )


def _contents(told: Planned, body: dict[str, object]) -> dict[str, bytes]:
    """The files of a plan by name."""
    drawn = {f"{figure.key}.svg": figures.alone(figure).encode() for figure in figures.of_plan(told)}
    return {
        "plan.json": (as_json(body) + "\n").encode(),
        "plan.ics": planned.ics(told),
        "plan.xlsx": planned.xlsx(told),
        **drawn,
    }


def ladder(name: str, *, viewer: str | None = None, seed: int = 0) -> tuple[Case, LadderResult]:
    """The rungs in rising load for the principal, and the case's ideas among them."""
    opened = case.load(name, viewer=viewer)
    made = build(opened, seed=seed, record=record(opened))
    principal = study.principal_of(opened, study.Settings())
    extra = [made.row(idea.package) for idea in opened.file.ideas.values()]
    return opened, climb(made, principal, searched(made, principal, extra=extra))
