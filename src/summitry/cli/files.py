"""Commands about the files of a case: checking, converting, the format itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from summitry.cli.options import AS, CASE, CONVENTION, JSON, QUIET, show, write
from summitry.errors import BadArgument


def check(case: CASE, viewer: AS = None, as_json: JSON = False, quiet: QUIET = False) -> None:
    """Every problem of a case at once, with file, line, column, what is wrong and what would be right; exit code 2."""
    from summitry.desk import files
    from summitry.terminal import files as told

    problems = files.check(case, viewer=viewer)
    show({"problems": problems}, as_json=as_json, quiet=quiet, tell=lambda: told.show_problems(case, problems))
    if any(problem.level == "error" for problem in problems):
        raise typer.Exit(2)


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
    from summitry.desk import files
    from summitry.terminal import page

    if template is not None:
        page.show_lines([str(files.template(template))], quiet=quiet)
    elif source is None or target is None:
        raise BadArgument("Say what to convert and where to: `summitry convert CASE TARGET --to FORMAT`, or `--template FILE`.")
    else:
        done = files.convert(source, target, to, convention=convention)
        left = [f"left out: {loss}" for loss in done.losses]
        page.show_lines([*map(str, done.files), *left, *done.notes], quiet=quiet)


def schema(part: Annotated[Literal["case", "preferences"], typer.Argument(help="Which file's schema.")] = "case") -> None:
    """The JSON Schema of case.yaml or of a preference file, for editors that complete and check while typing."""
    from summitry.desk import files

    write(files.schema(part))
