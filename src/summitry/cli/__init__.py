"""The command line: every question of the table is a command; what asks people or writes files is one by hand.

Only the module of the command that runs is loaded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from summitry import questions
from summitry.errors import SummitryError
from summitry.version import __version__
from summitry.wording import messages

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from typer.core import TyperCommand

WORDS = messages()
BY_HAND = {"elicit": "values", "convert": "files", "events": "files"}
"""Commands that are not made of the table but are the functions of these names in `doors`, and the group of each in the help."""


class _Commands(Mapping[str, "TyperCommand"]):
    """All commands by name, each made when it is asked for; a question of the table comes before a command by hand."""

    def __getitem__(self, name: str) -> TyperCommand:
        if name not in self:
            raise KeyError(name)
        single = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        single.command(name, help=_summary(name))(_function(name))
        return cast("TyperCommand", get_command(single))

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*questions.names(), *BY_HAND}))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in questions.names() or name in BY_HAND


class _Group(TyperGroup):
    """The commands, of which none is made before it runs; help lists them by group."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (those of typer)
        super().__init__(**options)
        self.commands = cast("MutableMapping[str, Any]", _Commands())

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 (typer's own, under a private name)
        """All names; no module is loaded for that."""
        return [*self.commands]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 (as above)
        """The commands with their summaries, by group."""
        for group, members in questions.by_group().items():
            here = sorted([*members, *(name for name, of in BY_HAND.items() if of == group)])
            with formatter.section(WORDS[f"group.{group}"]):
                formatter.write_dl([(name, _summary(name)) for name in here])


def _function(name: str) -> Callable[..., None]:
    if name in questions.names():
        from summitry.cli.commands import command

        return command(questions.question(name))
    function: Callable[..., None] = getattr(import_module(f"{__name__}.doors"), name)
    return function


def _summary(name: str) -> str:
    """What a command does, in a sentence."""
    return questions.summary_of(name) if name in questions.names() else WORDS[f"command.{name}"]


app = typer.Typer(
    name="summitry",
    cls=_Group,
    help=WORDS["command"],
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True, help=WORDS["command"])
def root(*, version: Annotated[bool, typer.Option("--version", help=WORDS["command.version"], is_eager=True)] = False) -> None:
    """Show the version, or nothing where a command follows."""
    if version:
        typer.echo(f"summitry {__version__}")
        raise typer.Exit


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
        where = problem.filename if isinstance(problem.filename, str) else WORDS["command.output"]
        text = WORDS["command.unusable"].format(where=where, why=problem.strerror or problem)
        _fail(text, SummitryError.exit_code)


def _fail(message: str, code: int) -> None:
    from summitry.wording.text import clean_lines

    sys.stderr.write(f"{clean_lines(message)}\n")
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
