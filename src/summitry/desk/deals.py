"""Questions about deals: prices, asks, rates, improvements, the frontier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from summitry import case
from summitry.errors import BadArgument
from summitry.evidence.record import record
from summitry.model import build
from summitry.packages import moves as read_moves
from summitry.packages import parse_option
from summitry.trade import ask as asking
from summitry.trade import counter as mirror
from summitry.trade import frontier
from summitry.trade import improve as improving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summitry.case.types import Case
    from summitry.trade.results import AskResult, CounterAsk, ExchangeRate, FrontierResult, ImproveResult


def ask(name: str, *, viewer: str | None = None, seed: int = 0) -> tuple[Case, AskResult]:
    """What the principal does best to ask for, and which question to ask first."""
    opened = case.load(name, viewer=viewer)
    made = build(opened, seed=seed, record=record(opened))
    return opened, asking.best_ask(made, opened.principal)


def counter(
    name: str, giveaway: str, *, viewer: str | None = None, at: float | None = None, seed: int = 0
) -> tuple[Case, CounterAsk]:
    """The most that a giveaway ISSUE=OPTION brings."""
    opened = case.load(name, viewer=viewer)
    issue, option = parse_option(giveaway)
    made = build(opened, seed=seed)
    return opened, mirror.counter_ask(made, issue, option, payer=opened.principal, at=at)


def rate(name: str, a: str, b: str, *, viewer: str | None = None, seed: int = 0) -> tuple[Case, ExchangeRate]:
    """How many of one chit A=OPTION for one chit B=OPTION."""
    opened = case.load(name, viewer=viewer)
    return opened, mirror.exchange_rate(build(opened, seed=seed), parse_option(a), parse_option(b))


def improve(name: str, deal: Sequence[str], *, viewer: str | None = None) -> tuple[Case, ImproveResult]:
    """What nobody minds and somebody prefers to a deal ISSUE=OPTION...; issues left out stay at the status quo."""
    opened = case.load(name, viewer=viewer)
    moves = read_moves(deal)
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
