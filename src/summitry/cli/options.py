"""Options that mean the same in every command, and how an answer is printed."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from summitry.answers import Answer

CASE = Annotated[
    str, typer.Argument(metavar="CASE", help="A folder with a case.yaml, a bundled case's name, or another tool's scenario.")
]
AS = Annotated[str | None, typer.Option("--as", metavar="PARTY", help="Open this party's preference files and nobody else's.")]
PACKAGE = Annotated[
    str | None,
    typer.Option("--package", metavar="DEAL", help="best (where to start), nash or another solution, an idea, or a file."),
]
SEED = Annotated[int, typer.Option("--seed", min=0, help="Seed of all draws; the same seed gives the same answer.")]
JSON = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]
CONVENTION = Annotated[
    Literal["genius", "raw"],
    typer.Option("--convention", help="How GENIUS evaluations become values: as GENIUS 10.4 does, or raw as NegMAS does."),
]
AT = Annotated[float | None, typer.Option("--at", metavar="P", help="Probability of acceptance (default: the case's).")]
QUIET = Annotated[bool, typer.Option("--quiet", help="No progress and no summary; files, errors and --json only.")]


def show_answer(answer: Answer[Any], *, as_json: bool, quiet: bool) -> None:
    """Print an answer: as one JSON object, or in words, or not at all."""
    if as_json:
        write(answer.to_json())
    elif not quiet:
        terminal = sys.stdout.isatty()
        write(answer.to_text(shutil.get_terminal_size().columns, bold=terminal and "NO_COLOR" not in os.environ))


def write(text: str) -> None:
    """Write a text to standard output as it is, with one line end at its end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()  # so that a full disk is told here
