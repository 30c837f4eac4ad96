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
from summitry.trade import ask as asking
from summitry.trade import counter as mirror
from summitry.trade import frontier, rung
from summitry.trade import improve as improving

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from summitry.case.types import Case
    from summitry.errors import Problem
    from summitry.evidence.holdings import Holding
    from summitry.study import Findings
    from summitry.trade.results import (
        AskResult,
        CounterAsk,
        ExchangeRate,
        FrontierResult,
        ImproveResult,
        Price,
        RungResult,
        Verdict,
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A study and the files that tell of it."""

    findings: Findings
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """The files that were written, what the format could not hold, and the conventions under which the source was read."""

    files: tuple[Path, ...]
    losses: tuple[str, ...]
    notes: tuple[str, ...]


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


def ask(name: str, *, viewer: str | None = None, seed: int = 0) -> tuple[Case, AskResult]:
    """What the principal does best to ask for, and which question to ask first."""
    opened = case.load(name, viewer=viewer)
    made = build(opened, seed=seed, record=record(opened))
    return opened, asking.best_ask(made, study.principal_of(opened, study.Settings()))


def counter(
    name: str, giveaway: str, *, viewer: str | None = None, at: float | None = None, seed: int = 0
) -> tuple[Case, CounterAsk]:
    """The most that a giveaway ISSUE=OPTION brings."""
    opened = case.load(name, viewer=viewer)
    issue, option = split(giveaway)
    made = build(opened, seed=seed)
    return opened, mirror.counter_ask(made, issue, option, payer=study.principal_of(opened, study.Settings()), at=at)


def rate(name: str, a: str, b: str, *, viewer: str | None = None, seed: int = 0) -> tuple[Case, ExchangeRate]:
    """How many of one chit A=OPTION for one chit B=OPTION."""
    opened = case.load(name, viewer=viewer)
    return opened, mirror.exchange_rate(build(opened, seed=seed), split(a), split(b))


def improve(name: str, deal: Sequence[str], *, viewer: str | None = None) -> tuple[Case, ImproveResult]:
    """What nobody minds and somebody prefers to a deal ISSUE=OPTION...; issues left out stay at the status quo."""
    opened = case.load(name, viewer=viewer)
    moves = dict(split(move) for move in deal)
    left = [issue for issue in opened.file.issues if issue not in moves]
    if opened.foreign and left:
        msg = f"A {opened.foreign} scenario has no status quo, so a deal must settle every issue; missing: {', '.join(left)}."
        raise BadArgument(msg)
    made = build(opened, draws=0)
    return opened, improving.improve(made, made.row(moves))


def trade(
    name: str, *, viewer: str | None = None, convention: Literal["genius", "raw"] = "genius", lotteries: bool = False
) -> tuple[Case, FrontierResult]:
    """The exact frontier of a case or a foreign scenario, with its solutions; `convention` is for GENIUS scenarios."""
    opened = case.load(name, viewer=viewer, convention=convention)
    return opened, frontier.explore(build(opened, draws=0), lotteries=lotteries)


def convert(name: str, target: Path, form: str, *, convention: Literal["genius", "raw"] = "genius") -> Converted:
    """Write a case or scenario in another format; files are never overwritten."""
    from summitry.case import formats

    opened = case.load(name, convention=convention)
    return Converted(tuple(formats.write(opened, target, form)), tuple(formats.losses(opened, form)), opened.notes)


def template(target: Path) -> Path:
    """Write an empty score sheet to fill in, as .xlsx."""
    from summitry.case.formats.xlsx import template as write

    write(target)
    return target


def inventory(name: str, *, viewer: str | None = None) -> tuple[Holding, ...]:
    """What each party is claimed to hold, by kind of claim, and the fused estimate."""
    return holdings(case.load(name, viewer=viewer))


def schema(part: Literal["case", "preferences"]) -> str:
    """The JSON Schema of case.yaml or of a preference file."""
    return json.dumps(case.schema(part), indent=2, ensure_ascii=False)


def as_json(result: object, *, rounded: bool = True) -> str:
    """One documented object for --json; rounded as in findings.json unless every digit is asked for."""
    plain = export.plain(result) if rounded else result
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False)


def trade_json(opened: Case, found: FrontierResult) -> dict[str, object]:
    """The documented object of `trade --json`: notes, parties, packages, exact, reservation, frontier, solutions, lotteries.

    A foreign scenario's parties are named by their files' stems and its issues as the scenario names them.
    """
    party = {key: value.name if opened.foreign else key for key, value in opened.file.parties.items()}
    issue = {key: value.title if opened.foreign else key for key, value in opened.file.issues.items()}

    def named(package: dict[str, str]) -> dict[str, str]:
        return {issue[key]: option for key, option in package.items()}

    return {
        "notes": opened.notes,
        "parties": [party[key] for key in found.parties],
        "packages": found.packages_total,
        "exact": True if found.exact else found.epsilon,
        "reservation": {party[key]: value for key, value in found.reservation.items()},
        "frontier": [
            {"values": dict(zip(party.values(), values, strict=True)), "package": named(package), "count": str(count)}
            for values, package, count in zip(found.points, found.packages, found.counts, strict=True)
        ],
        "solutions": {
            s.name: {"values": {party[key]: v for key, v in s.values.items()}, "package": named(s.package), "ties": s.ties}
            for s in found.solutions
        },
        "lotteries": {
            mix.name: {
                "values": {party[key]: v for key, v in mix.values.items()},
                "shares": [{"share": share, "package": named(package)} for share, package in mix.shares],
            }
            for mix in found.lotteries
        },
    }


def price_json(found: Price) -> dict[str, object]:
    """The documented object of `price --json`: the fields of a price, with what it is worth as one object."""
    plain = export.plain(found)
    worth = {"stand_alone": "worth_alone", "sure": "worth_sure", "opportunity": "worth_opportunity"}
    fields = {key: value for key, value in plain.items() if key not in worth.values()}
    return fields | {"worth": {key: plain[field] for key, field in worth.items()}}


def split(deliverable: str) -> tuple[str, str]:
    """ISSUE and OPTION from ISSUE=OPTION."""
    issue, sign, option = deliverable.partition("=")
    if not sign or not issue or not option:
        msg = f"A deliverable is written ISSUE=OPTION, for example declaration=full; found {deliverable!r}."
        raise BadArgument(msg)
    return issue, option
