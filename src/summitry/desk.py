"""The only place where a study meets files: the command line and the web page call this and nothing below it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summitry import brief, case, study
from summitry.brief import export, files
from summitry.errors import BadArgument
from summitry.evidence.holdings import holdings
from summitry.evidence.record import record
from summitry.model import build
from summitry.trade import frontier, rung

if TYPE_CHECKING:
    from collections.abc import Callable

    from summitry.case.types import Case
    from summitry.errors import Problem
    from summitry.evidence.holdings import Holding
    from summitry.study import Findings
    from summitry.trade.results import FrontierResult, Price, RungResult, Verdict


@dataclass(frozen=True, slots=True)
class Prepared:
    """A study and the files that tell of it."""

    findings: Findings
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class RungAnswer:
    """Where to start, and the case's named ideas under the same gates."""

    rung: RungResult
    ideas: tuple[Verdict, ...]


def prepare(
    name: str,
    *,
    viewer: str | None = None,
    seed: int = 0,
    out: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Prepared:
    """Study a case from end to end and write its brief into `out` (by default NAME-brief in the current folder)."""
    progress("reading")
    opened = case.load(name, viewer=viewer)
    folder = Path(f"{opened.name}-brief") if out is None else out
    files.check(folder, dict.fromkeys(brief.NAMES))
    findings = study.run(opened, study.Settings(seed=seed), progress=progress)
    progress("brief")
    return Prepared(findings, brief.write(findings, folder))


def check(name: str, *, viewer: str | None = None) -> tuple[Problem, ...]:
    """Every problem of a case at once."""
    return case.check(name, viewer=viewer)


def start(name: str, *, viewer: str | None = None, deliverable: str | None = None, seed: int = 0) -> tuple[Case, RungAnswer]:
    """Where to start, for any deliverable or for one ISSUE=OPTION."""
    opened = case.load(name, viewer=viewer)
    settings = study.Settings(seed=seed)
    made = build(opened, seed=seed, record=record(opened))
    wanted = None if deliverable is None else split(deliverable)
    ideas = study.ideas(made)
    extra = [made.row(idea.package) for idea in opened.file.ideas.values()]
    return opened, RungAnswer(rung.first_rung(made, study.principal_of(opened, settings), wanted, extra), ideas)


def price(
    name: str, deliverable: str, *, viewer: str | None = None, at: float | None = None, seed: int = 0
) -> tuple[Case, Price]:
    """What a deliverable ISSUE=OPTION costs."""
    opened = case.load(name, viewer=viewer)
    issue, option = split(deliverable)
    seen = record(opened)
    made = build(opened, seed=seed, record=seen)
    made.column(issue, option)
    return opened, study.price_with_range(made, seen, f"{issue}.{option}", study.principal_of(opened, study.Settings()), at)


def trade(name: str, *, viewer: str | None = None, seed: int = 0, draws: int = 0) -> FrontierResult:
    """The exact frontier of a case or a foreign scenario, with its solutions."""
    return frontier.explore(build(case.load(name, viewer=viewer), seed=seed, draws=draws))


def inventory(name: str, *, viewer: str | None = None) -> tuple[Holding, ...]:
    """What each party is claimed to hold, by kind of claim, and the fused estimate."""
    return holdings(case.load(name, viewer=viewer))


def schema(part: Literal["case", "preferences"]) -> str:
    """The JSON Schema of case.yaml or of a preference file."""
    return json.dumps(case.schema(part), indent=2, ensure_ascii=False)


def as_json(result: object) -> str:
    """One documented object for --json, with the same rounding as findings.json."""
    return json.dumps(export.plain(result), ensure_ascii=False, indent=1, allow_nan=False)


def trade_json(found: FrontierResult) -> dict[str, object]:
    """The documented object of `trade --json`: parties, packages, exact, frontier, solutions by name."""
    return {
        "parties": found.parties,
        "packages": found.packages_total,
        "exact": True if found.exact else found.epsilon,
        "reservation": found.reservation,
        "frontier": [
            {"values": dict(zip(found.parties, values, strict=True)), "package": package, "count": str(count)}
            for values, package, count in zip(found.points, found.packages, found.counts, strict=True)
        ],
        "solutions": {s.name: {"values": s.values, "package": s.package, "ties": s.ties} for s in found.solutions},
    }


def split(deliverable: str) -> tuple[str, str]:
    """ISSUE and OPTION from ISSUE=OPTION."""
    issue, sign, option = deliverable.partition("=")
    if not sign or not issue or not option:
        msg = f"A deliverable is written ISSUE=OPTION, for example declaration=full; found {deliverable!r}."
        raise BadArgument(msg)
    return issue, option
