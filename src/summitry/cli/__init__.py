"""The command line: thin. Every command parses words, asks `desk`, and has `terminal` print what comes back."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from summitry import __version__
from summitry.cli import deals, evidence, files, ground, home, sequence, signals, start, texts, values
from summitry.errors import SummitryError

app = typer.Typer(
    name="summitry",
    help="Prepare a hard negotiation: which deals are possible, what each costs, where to start and in what order.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def root(*, version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False) -> None:
    """Prepare a hard negotiation: which deals are possible, what each costs, where to start and in what order."""
    if version:
        typer.echo(f"summitry {__version__}")
        raise typer.Exit


for command in (
    start.prepare,
    start.rung,
    evidence.inventory,
    evidence.declaration,
    evidence.exchange,
    evidence.inspect,
    evidence.visits,
    signals.signals,
    signals.events,
    texts.play,
    texts.audit,
    texts.substance,
    values.elicit,
    values.infer,
    home.home,
    home.mandate,
    home.allies,
    deals.trade,
    deals.price,
    deals.ask,
    deals.counter,
    deals.rate,
    deals.improve,
    sequence.ladder,
    sequence.plan,
    ground.groundwork,
    ground.wait,
    ground.ready,
    files.check,
    files.convert,
    files.schema,
):
    app.command()(command)


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
