"""The command line: thin. Every command parses words, asks `desk`, and has `terminal` print what comes back."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from summitry import __version__, questions
from summitry.cli import files, home, signals, values
from summitry.cli.generated import command as from_table
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
    signals.events,
    values.elicit,
    values.infer,
    home.home,
    home.mandate,
    home.allies,
    files.check,
    files.convert,
    files.schema,
):
    app.command()(command)
for question in questions.questions():
    app.command(question.name)(from_table(question))


def main() -> None:
    """Run the command line; a failure that a user can mend is one message on standard error and its exit code."""
    # Matrices here are small: more threads wait for each other longer than they compute, and sums would depend on their number.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _open_closed_streams()
    try:
        app()
    except SummitryError as problem:
        _fail(str(problem), problem.exit_code)
    except BrokenPipeError:
        _discard_output()
        sys.exit(141)
    except OSError as problem:
        _discard_output()
        where = problem.filename if isinstance(problem.filename, str) else "The output"
        remedy = "Free some space, check access rights, or choose another place."
        _fail(f"{where} cannot be read or written: {problem.strerror or problem}. {remedy}", SummitryError.exit_code)


def _fail(message: str, code: int) -> None:
    from summitry.brief import words

    sys.stderr.write(f"{words.lines(message)}\n")
    sys.exit(code)


def _open_closed_streams() -> None:
    """Send to nowhere what goes to an output that the caller has closed; Python has None there."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 (open until the program ends)


def _discard_output() -> None:
    """Send what is still to be printed to nowhere, or Python would fail with it once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
