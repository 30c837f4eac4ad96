"""The command line: thin. Every command parses words, calls `desk`, and prints what comes back."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summitry import __version__
from summitry.errors import BadArgument, SummitryError

if TYPE_CHECKING:
    from collections.abc import Callable

app = typer.Typer(
    name="summitry",
    help="Prepare a hard negotiation: which deals are possible, what each costs, where to start and in what order.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CASE = Annotated[
    str, typer.Argument(metavar="CASE", help="A folder with a case.yaml, a bundled case's name, or another tool's scenario.")
]
AS = Annotated[str | None, typer.Option("--as", metavar="PARTY", help="Open this party's preference files and nobody else's.")]
SEED = Annotated[int, typer.Option("--seed", min=0, help="Seed of all draws; the same seed gives the same answer.")]
JSON = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]
CONVENTION = Annotated[
    Literal["genius", "raw"],
    typer.Option("--convention", help="How GENIUS evaluations become values: as GENIUS 10.4 does, or raw as NegMAS does."),
]
AT = Annotated[float | None, typer.Option("--at", metavar="P", help="Probability of acceptance (default: the case's).")]
QUIET = Annotated[bool, typer.Option("--quiet", help="No progress and no summary; files, errors and --json only.")]


@app.callback(invoke_without_command=True)
def root(*, version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False) -> None:
    """Prepare a hard negotiation: which deals are possible, what each costs, where to start and in what order."""
    if version:
        typer.echo(f"summitry {__version__}")
        raise typer.Exit


@app.command()
def prepare(
    case: CASE,
    viewer: AS = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Where to write the brief (default: CASE-brief).")
    ] = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """The whole chain: evidence, deals, gates, price, plan, and the brief in a folder."""
    from summitry import desk, terminal

    with terminal.progress(quiet=quiet or as_json) as tell:
        done = desk.prepare(case, viewer=viewer, seed=seed, out=out, progress=tell)
    if as_json:
        _out(desk.as_json(done.findings))
    elif not quiet:
        terminal.show_prepared(done)


@app.command()
def rung(
    case: CASE,
    deliverable: Annotated[
        str | None, typer.Argument(metavar="[ISSUE=OPTION]", help="Start with this deliverable of the other side.")
    ] = None,
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Where to start: the best swap through the four gates, why the named ideas fail, and what would flip the answer."""
    from summitry import desk, terminal

    opened, answer = desk.start(case, viewer=viewer, deliverable=deliverable, seed=seed)
    _show(answer, as_json=as_json, quiet=quiet, show=lambda: terminal.show_rung(opened, answer))


@app.command()
def price(
    case: CASE,
    deliverable: Annotated[str, typer.Argument(metavar="ISSUE=OPTION", help="The other side's deliverable.")],
    at: AT = None,
    viewer: AS = None,
    seed: SEED = 0,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """What a deliverable costs: the cheapest giveaways that buy it, what it is worth, and whether a price exists."""
    from summitry import desk, terminal

    opened, found = desk.price(case, deliverable, viewer=viewer, at=at, seed=seed)
    _show(desk.price_json(found), as_json=as_json, quiet=quiet, show=lambda: terminal.show_price(opened, found))


@app.command()
def ask(case: CASE, viewer: AS = None, seed: SEED = 0, as_json: JSON = False, quiet: QUIET = False) -> None:
    """What to ask for under uncertainty: the ask with the largest expected gain, its regret, and which question to ask first."""
    from summitry import desk, terminal_trade

    opened, found = desk.ask(case, viewer=viewer, seed=seed)
    _show(found, as_json=as_json, quiet=quiet, show=lambda: terminal_trade.show_ask(opened, found))


@app.command()
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
    from summitry import desk, terminal_trade

    opened, found = desk.counter(case, giveaway, viewer=viewer, at=at, seed=seed)
    _show(found, as_json=as_json, quiet=quiet, show=lambda: terminal_trade.show_counter(opened, found))


@app.command()
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
    from summitry import desk, terminal_trade

    opened, found = desk.rate(case, a, b, viewer=viewer, seed=seed)
    _show(found, as_json=as_json, quiet=quiet, show=lambda: terminal_trade.show_rate(opened, found))


@app.command()
def improve(
    case: CASE,
    deal: Annotated[list[str], typer.Argument(metavar="ISSUE=OPTION...", help="The deal; the rest stays at the status quo.")],
    viewer: AS = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """Improvements of a deal that no party minds and at least one prefers, by how few issues change."""
    from summitry import desk, terminal_trade

    opened, found = desk.improve(case, deal, viewer=viewer)
    _show(found, as_json=as_json, quiet=quiet, show=lambda: terminal_trade.show_improvements(opened, found))


@app.command()
def check(case: CASE, viewer: AS = None, as_json: JSON = False, quiet: QUIET = False) -> None:
    """Every problem of a case at once, with file, line, column, what is wrong and what would be right; exit code 2."""
    from summitry import desk, terminal

    problems = desk.check(case, viewer=viewer)
    _show({"problems": problems}, as_json=as_json, quiet=quiet, show=lambda: terminal.show_problems(case, problems))
    if any(problem.level == "error" for problem in problems):
        raise typer.Exit(2)


@app.command()
def inventory(case: CASE, viewer: AS = None, as_json: JSON = False, quiet: QUIET = False) -> None:
    """What each party is claimed to hold: declared, estimated, verified, and the fused estimate with its disagreement."""
    from summitry import desk, terminal

    holdings = desk.inventory(case, viewer=viewer)
    _show({"holdings": holdings}, as_json=as_json, quiet=quiet, show=lambda: terminal.show_holdings(holdings))


@app.command()
def trade(
    case: CASE,
    convention: CONVENTION = "genius",
    lotteries: Annotated[bool, typer.Option("--lotteries", help="Add the solutions over lotteries of packages.")] = False,
    viewer: AS = None,
    as_json: JSON = False,
    quiet: QUIET = False,
) -> None:
    """The exact frontier of a case or of another tool's scenario, and its bargaining solutions."""
    from summitry import desk, terminal

    opened, found = desk.trade(case, viewer=viewer, convention=convention, lotteries=lotteries)
    if as_json:
        _out(desk.as_json(desk.trade_json(opened, found), rounded=False))
    elif not quiet:
        terminal.show_frontier(opened, found)


@app.command()
def convert(
    source: Annotated[str | None, typer.Argument(metavar="CASE", help="What to read; left out with --template.")] = None,
    target: Annotated[Path | None, typer.Argument(metavar="TARGET", help="A new folder, or a file for xlsx.")] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT", help="summitry, genius, geniusweb, negolog, negmas or xlsx.")
    ] = "summitry",
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", help="Write an empty score sheet (.xlsx).")
    ] = None,
    convention: CONVENTION = "genius",
    quiet: QUIET = False,
) -> None:
    """Write a case or another tool's scenario in another format, and say what that format cannot hold."""
    from summitry import desk, terminal

    if template is not None:
        terminal.show_lines([str(desk.template(template))], quiet=quiet)
    elif source is None or target is None:
        raise BadArgument("Say what to convert and where to: `summitry convert CASE TARGET --to FORMAT`, or `--template FILE`.")
    else:
        done = desk.convert(source, target, to, convention=convention)
        left = [f"left out: {loss}" for loss in done.losses]
        terminal.show_lines([*map(str, done.files), *left, *done.notes], quiet=quiet)


@app.command()
def schema(part: Annotated[Literal["case", "preferences"], typer.Argument(help="Which file's schema.")] = "case") -> None:
    """The JSON Schema of case.yaml or of a preference file, for editors that complete and check while typing."""
    from summitry import desk

    _out(desk.schema(part))


def _show(result: object, *, as_json: bool, quiet: bool, show: Callable[[], None]) -> None:
    from summitry import desk

    if as_json:
        _out(desk.as_json(result))
    elif not quiet:
        show()


def _out(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def main() -> None:
    """Run the command line; a failure that a user can mend is one message on standard error and its exit code."""
    # Matrices here are small: more threads wait for each other longer than they compute, and sums would depend on their number.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except SummitryError as problem:
        from summitry.brief import words

        sys.stderr.write(f"{words.lines(str(problem))}\n")
        sys.exit(problem.exit_code)
    except BrokenPipeError:
        sys.exit(141)
