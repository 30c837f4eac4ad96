"""Commands about deals: prices, asks, rates, improvements, the frontier."""

from __future__ import annotations

from typing import Annotated

import typer

from summitry.cli.options import AS, AT, CASE, CONVENTION, JSON, QUIET, SEED, show, write


def ask(case: CASE, viewer: AS = None, seed: SEED = 0, as_json: JSON = False, quiet: QUIET = False) -> None:
    """What to ask for under uncertainty: the ask with the largest expected gain, its regret, and which question to ask first."""
    from summitry.desk import deals
    from summitry.terminal import deals as told

    opened, found = deals.ask(case, viewer=viewer, seed=seed)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_ask(opened, found))


def counter(
    case: CASE,
    giveaway: Annotated[str, typer.Argument(metavar="ISSUE=OPTION", help="A giveaway of your own side.")],
    at: AT = None,
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """The most that a giveaway brings in return, and what the same answer would cost if it were bought the cheapest way."""
    from summitry.desk import deals
    from summitry.terminal import deals as told

    opened, found = deals.counter(case, giveaway, viewer=viewer, at=at, seed=seed)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_counter(opened, found))


def rate(
    case: CASE,
    a: Annotated[str, typer.Argument(metavar="A=OPTION", help="The chit to count in.")],
    b: Annotated[str, typer.Argument(metavar="B=OPTION", help="The chit of the other side that is paid for.")],
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """The exchange rate between two chits: how many of A for one B the one side asks and the other bids."""
    from summitry.desk import deals
    from summitry.terminal import deals as told

    opened, found = deals.rate(case, a, b, viewer=viewer, seed=seed)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_rate(opened, found))


def improve(
    case: CASE,
    deal: Annotated[list[str], typer.Argument(metavar="ISSUE=OPTION...", help="The deal; the rest stays at the status quo.")],
    viewer: AS = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Improvements of a deal that no party minds and at least one prefers, by how few issues change."""
    from summitry.desk import deals
    from summitry.terminal import deals as told

    opened, found = deals.improve(case, deal, viewer=viewer)
    show(found, as_json=as_json, quiet=quiet, tell=lambda: told.show_improvements(opened, found))


def trade(
    case: CASE,
    convention: CONVENTION = "genius",
    lotteries: Annotated[bool, typer.Option("--lotteries", help="Add the solutions over lotteries of packages.")] = False,
    viewer: AS = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """The exact frontier of a case or of another tool's scenario, and its bargaining solutions."""
    from summitry.desk import answers, deals
    from summitry.terminal import deals as told

    opened, found = deals.trade(case, viewer=viewer, convention=convention, lotteries=lotteries)
    if as_json:
        write(answers.as_json(deals.trade_json(opened, found), rounded=False))
    elif not quiet:
        told.show_frontier(opened, found)
